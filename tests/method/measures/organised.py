"""How a unit is led and works with teams, added to an invented history after all else."""

from datetime import date, timedelta
from decimal import Decimal

STAFF = ("ada", "ben", "eva", "per")
LEADERS = ("mia", "tom")
CLINICIANS = ("cora", "dina", "emil", "finn")
TEAMS = ("east", "west", "mid")
KINDS = (
    *("vocational_unit", "vocational_unit", "supervision", "supervision"),
    *("field_mentoring", "outcome_review", "steering", "job_centre", "treatment_team"),
)

QUIET = (12, 1, 2, 3)  # months in which little is known of caseworkers


def add(make, units, last):
    """Add posts, meetings, working time, reports and reviews; `last` is the last day."""
    # As much as there are people for: few make a small history.
    people = len(make.tables["episodes"])
    _posts(make, units, last, weeks=min(50, 8 + people // 12))
    for row in make.tables["contacts"]:
        said = (
            (None, False) if row["day"].month in QUIET else (None, False, False, True)
        )
        row |= {"phase": make.code("phase"), "with_caseworker": make.one_of(*said)}
    for row in make.tables["questions"]:
        days = {row["asked_on"], row["answered_on"]} - {None}
        if any(day.month in QUIET for day in days):
            row["episode_id"] = None
    for row in make.tables["episodes"]:
        row["referred_by_staff"] = make.one_of(None, *CLINICIANS[:3], "ada")
    for row in make.tables["refusals"]:
        row["stage"] = make.code("stage", 0)
    for row in make.tables["discussions"]:
        row["decision"] = make.chance(0.3)
        row["unreferred"] = row["episode_id"] is None and make.chance(0.7)
    for row in make.tables["meetings"]:
        if row["kind"] == "job_centre" and row["day"].month in QUIET:
            row["mode"] = make.one_of(None, "video")
    for unit in units:
        for _ in range(min(350, 30 + people)):
            _meeting(make, unit, last)
        _led(make, unit, last)
    for row in make.tables["episodes"][::4]:
        make.add(
            "plan_events",
            event_id=make.number("plan_events"),
            unit_id=row["unit_id"],
            episode_id=row["episode_id"],
            kind="document_to_health_record",
            day=make.day(last - timedelta(300)),
            by_role="specialist",
        )


def _posts(make, units, last, *, weeks):
    for leader in LEADERS:
        _post(make, leader, make.one_of(*units), "supervisor", last)
        _post(make, leader, units[0], "supervisor", last)
    for staff in STAFF:
        _post(make, staff, make.one_of(*units), "specialist", last)
        for team in TEAMS[: make.one_of(0, 1, 2, 3)]:
            _post(make, staff, team, make.one_of("specialist", "other"), last)
    for clinician in CLINICIANS:
        for _ in range(2):
            _post(make, clinician, make.one_of(*TEAMS), "clinician", last)
    for staff in STAFF:
        for unit in units:
            _time(make, staff, unit, last, weeks)


def _post(make, staff, team, role, last):
    first = make.day(last - timedelta(700), last - timedelta(60))
    make.add(
        "staff_teams",
        staff_id=staff,
        team_id=team,
        role=role,
        fte=make.one_of(None, Decimal("0.5"), Decimal(1)),
        first_day=first,
        last_day=make.one_of(None, None, first + timedelta(make.one_of(10, 90, 400))),
    )


def _time(make, staff, unit, last, weeks):
    """Log weeks of work, of leave alone, and of both."""
    monday = last - timedelta(last.weekday() + 7 * weeks)
    while monday <= last:
        activities = make.one_of((), ("leave",), ("employment", "other_services"))
        if make.chance(0.1):
            activities = ("leave", "meeting")
        for number in range(make.one_of(2, 5)):
            for activity in activities:
                make.add(
                    "time_entries",
                    entry_id=make.number("time_entries"),
                    unit_id=unit,
                    staff_id=staff,
                    day=monday + timedelta(number),
                    minutes=make.one_of(30, 240, 444),
                    activity=activity,
                    place=make.code("place"),
                )
        monday += timedelta(7)


def _meeting(make, unit, last):
    kind, day = make.one_of(*KINDS), make.day(last - timedelta(380))
    meeting = make.number("meetings")
    make.add(
        "meetings",
        meeting_id=meeting,
        unit_id=make.one_of(unit, unit, unit, unit, None),
        kind=kind,
        team_id=make.one_of(*TEAMS) if kind == "treatment_team" else None,
        day=day,
        mode=make.one_of(None if day.month in QUIET else "in_person", "video", None),
    )
    for staff in (*STAFF, *LEADERS) if make.chance(0.7) else ():
        make.add(
            "attendance",
            meeting_id=meeting,
            unit_id=unit,
            staff_id=staff,
            present=make.chance(0.5),
        )


def _led(make, unit, last):
    for _ in range(12):
        make.add(
            "reports_shared",
            unit_id=unit,
            report_id="one",
            period="2026Q1",
            shared_on=make.day(last - timedelta(500)),
            audience=make.one_of("leadership", "team", "steering"),
        )
    for number, day in enumerate((date(2025, 9, 1), date(2026, 3, 1), last)):
        review = f"{unit} whole {number}"
        make.add(
            "reviews",
            review_id=review,
            unit_id=unit,
            scale_id="ips-25",
            scale_version="1",
            day=day,
            mode="independent",
            remote=False,
            status=make.one_of("final", "final", "rating"),
        )
        for item in range(25):
            make.add(
                "ratings",
                review_id=review,
                unit_id=unit,
                item=f"{item + 1}",
                stage="final",
                score=make.one_of(3, 4, 5, 5),
                status="scored",
            )
