"""What a service does for people, added to an invented history after all else."""

from datetime import timedelta
from decimal import Decimal

from braid.facts.schema import CODES

PLANS = (
    *("benefits_counselling", "disclosure_discussion", "profile_started"),
    *("profile_updated", "job_end_review", "step_down_plan"),
)
MINUTES = (20, 60, 240)
ELSEWHERE = ("ips_office", "job_centre", "remote", "employer_site")


def add(make, units, staff, last):
    """Add talks, meetings, support, working time and a log that is looked through."""
    for row in make.tables["employers"]:
        row["parent_id"] = make.one_of(None, "bakery")
    for row in make.tables["employer_contacts"]:
        row |= {
            "client_specific": make.answer(),
            "fits_plan": make.answer(),
            "with_hiring_role": make.answer(),
            "visit_no": make.one_of(None, 1, 2, 5),
        }
    for row in make.tables["contacts"]:
        row["with_family"] = make.one_of(None, True, False)
        row["outreach"] = make.one_of(None, False, False, False)
    for row in make.tables["episodes"]:
        _talked(make, row, staff)
        if make.chance(0.3):
            _stayed_away(make, row, staff)
    episodes = {row["episode_id"]: row for row in make.tables["episodes"]}
    agreed = {(row["job_id"], row["first_day"]) for row in make.tables["job_terms"]}
    for row in make.tables["jobs"]:
        _supported(make, row, episodes[row["episode_id"]], staff, agreed)
    # As many weeks as there are people for: few make a small history.
    weeks = min(64, 2 + len(episodes) // 12)
    for unit in units:
        for one in staff:
            _worked(make, unit, one, last, weeks)


def _event(make, episode, kind, day, role="specialist"):
    make.add(
        "plan_events",
        event_id=make.number("plan_events"),
        unit_id=episode["unit_id"],
        episode_id=episode["episode_id"],
        kind=kind,
        day=day,
        by_role=role,
    )


def _talked(make, episode, staff):
    since = episode["accepted_on"] or episode["referred_on"]
    for kind in PLANS if since else ():
        for _ in range(make.one_of(0, 0, 1, 2)):
            _event(
                make,
                episode,
                kind,
                since + timedelta(make.one_of(-5, 0, 10, 40, 90, 200, 400)),
                make.one_of("counsellor", "specialist", "caseworker"),
            )


def _met(make, episode, staff, day, **values):
    make.add(
        "contacts",
        **{
            "contact_id": make.number("contacts"),
            "unit_id": episode["unit_id"],
            "episode_id": episode["episode_id"],
            "staff_id": make.one_of(*staff, None),
            "day": day,
            "minutes": make.one_of(0, 30, None),
            "mode": make.one_of("in_person", "in_person", "in_person", "phone"),
            "place": make.code("place"),
            "attended": make.one_of(True, True, True, None),
            **values,
        },
    )


def _stayed_away(make, episode, staff):
    since = episode["accepted_on"] or episode["referred_on"]
    for _ in range(make.one_of(1, 2, 3) if since else 0):
        day = since + timedelta(make.one_of(5, 20, 21, 100))
        _met(make, episode, staff, day, attended=make.one_of(False, False, True))
    for _ in range(make.one_of(0, 1, 3) if since else 0):
        _met(
            make,
            episode,
            staff,
            since + timedelta(make.one_of(25, 30, 110)),
            attended=make.one_of(False, None),
            outreach=make.one_of(True, True, None),
            with_clinician=make.one_of(None, True, False),
            with_family=make.one_of(None, True, False),
            place=make.one_of("home", "community", "ips_office", None),
            initiated_by=make.one_of("clinician", "specialist", None),
        )


def _supported(make, job, episode, staff, agreed):
    start = job["first_day"]
    if job["last_day"]:
        heard = job["last_day"] + timedelta(make.one_of(-3, 0, 2, 20))
        job["end_known_on"] = make.one_of(None, heard)
        for days in make.one_of((), (0,), (3,), (4, 9)):
            _met(make, episode, staff, heard + timedelta(days))
    for days in make.one_of((), (), (-7,), (-1, 3), (4,)):
        _met(make, episode, staff, start + timedelta(days))
    for week in range(make.one_of(0, 0, 4, 13)):
        _met(make, episode, staff, start + timedelta(7 * week + make.one_of(0, 3, 6)))
    if make.chance(0.2):
        for month in range(make.one_of(4, 12, 13)):
            day = start + timedelta(30 * month + make.one_of(0, 29))
            _met(make, episode, staff, day, mode="in_person", attended=True)
    for _ in range(make.one_of(0, 0, 1, 3)):
        make.add(
            "supports",
            support_id=make.number("supports"),
            unit_id=job["unit_id"],
            job_id=job["job_id"],
            day=start + timedelta(make.one_of(0, 8, 40, 100)),
            kind=make.one_of(*CODES["support_kind"]),
            given_by=make.one_of("specialist", *CODES["given_by"]),
            mode=make.code("mode"),
        )
    if make.chance(0.2):
        first = start + timedelta(make.one_of(0, 14))
        make.add(
            "job_problems",
            job_id=job["job_id"],
            unit_id=job["unit_id"],
            first_day=first,
            last_day=make.later(first, 60),
        )
    changed = start + timedelta(make.one_of(61, 90))
    if make.chance(0.3) and (job["job_id"], changed) not in agreed:
        make.add(
            "job_terms",
            job_id=job["job_id"],
            unit_id=job["unit_id"],
            first_day=changed,
            weekly_hours=make.one_of(None, Decimal(20)),
        )


def _worked(make, unit, staff, last, weeks):
    monday = last - timedelta(last.weekday() + 7 * max(0, weeks - 4))
    for week in range(weeks):
        begins = monday + timedelta(7 * week)
        leave = make.chance(0.2)
        for day in range(make.one_of(0, 2, 3, 5)):
            activity = make.one_of("employment", *CODES["activity"])
            make.add(
                "time_entries",
                entry_id=make.number("time_entries"),
                unit_id=unit,
                staff_id=staff,
                day=begins + timedelta(day),
                minutes=make.one_of(*MINUTES),
                activity="leave" if leave else activity,
                place=make.one_of("community", "home", *ELSEWHERE, None),
            )
        if make.chance(0.6):
            make.add(
                "log_reviews",
                staff_id=staff,
                unit_id=unit,
                week=begins,
                reviewed_on=begins + timedelta(make.one_of(6, 8, 30)),
                by_role="supervisor",
            )
