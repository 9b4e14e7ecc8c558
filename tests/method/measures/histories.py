"""Invented histories of an IPS service, with all that is awkward in them.

`history(random, people)` returns one set of facts as plain rows. Days lie close
together, so that they meet: jobs before acceptance, exits on the last day, moves and
changes on one day, two episodes of a person, overlapping posts and jobs, shifts of a
few hours, leap days, and nulls wherever the schema lets a value be null.
"""

from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from random import Random

from hypothesis import strategies as st
from tests.method.measures import beside, funded, organised, paid, served

from braid.facts.schema import CODES, TABLES

FIRST = date(2024, 1, 1)
D = date(2026, 6, 30)
# Days on which much happens: ends of quarters, a leap day, D itself and the next day.
BUSY = (
    date(2024, 2, 29),
    date(2025, 12, 31),
    date(2026, 1, 1),
    date(2026, 3, 31),
    date(2026, 4, 1),
    date(2026, 5, 6),
    D,
    D + timedelta(1),
)
UNITS = ("north", "south")
STAFF = ("ada", "ben", "eva", "per")
TEAMS = ("east", "west", "mid")
CENTRES = ("centre", "quay")
SIDES = ("mental_health", "ips_provider", "employment", "funder")
EMPLOYERS = ("bakery", "garage", "shop", None)
NOTHING_KNOWN = {name: dict.fromkeys(table.names) for name, table in TABLES.items()}


@dataclass
class _Maker:
    """Makes rows; `random` is a `random.Random`, or one that Hypothesis shrinks."""

    random: object
    tables: dict = field(default_factory=lambda: {name: [] for name in TABLES})

    def add(self, table, **values):
        self.tables[table].append(NOTHING_KNOWN[table] | values)

    def number(self, table):
        return f"{table[0]}{len(self.tables[table]):05}"

    def chance(self, share):
        return self.random.random() < share

    def one_of(self, *values):
        return self.random.choice(values)

    def code(self, name, unknown=0.15):
        return None if self.chance(unknown) else self.random.choice(CODES[name])

    def answer(self):
        return self.one_of(None, True, True, True, True, False)

    def day(self, first=FIRST, last=D + timedelta(20)):
        if self.chance(0.1) and (busy := [d for d in BUSY if first <= d <= last]):
            return self.random.choice(busy)
        return first + timedelta(self.random.randint(0, max(0, (last - first).days)))

    def later(self, day, most):
        """Return a day some days after, or None for what goes on."""
        if self.chance(0.3):
            return None
        return day + timedelta(self.random.choice((0, 1, 5, 6, 7, most // 3, most)))

    def hours(self):
        return self.one_of(
            None, *map(Decimal, ("0", "1.5", "2", "3", "4", "7.5", "30"))
        )


def history(random, people=1000):
    """Return the facts of two units with so many people, as rows by table."""
    make = _Maker(random)
    _organisation(make)
    for number in range(people):
        _person(make, f"p{number:05}", make.one_of(*UNITS, UNITS[0]))
    _meetings(make, people)
    beside.add(make, UNITS, D)
    funded.add(make, FIRST)
    served.add(make, UNITS, STAFF, D)
    organised.add(make, UNITS, D)
    paid.add(make, D)
    return make.tables


class Drawn(dict):
    """A history that is told by its seed: all of its rows would be told in vain."""

    def __init__(self, seed):
        super().__init__(history(Random(seed), people=6))
        self.seed = seed

    def __repr__(self):
        return f"Drawn({self.seed})"


HISTORIES = st.integers(0, 2**32).map(Drawn)


def _organisation(make):
    make.add("organisations", org_id="o", sector="ips_provider", country="xx")
    for team in UNITS:
        make.add("teams", team_id=team, org_id="o", kind="ips_unit")
    for team in TEAMS:
        make.add("teams", team_id=team, org_id="o", kind="treatment_team")
    for team in CENTRES:
        make.add("teams", team_id=team, org_id="o", kind="job_centre")
    for staff in STAFF:
        make.add("staff", staff_id=staff, org_id="o")
        for _ in range(make.one_of(0, 1, 1, 2, 3)):
            first = make.day(last=D)
            make.add(
                "staff_teams",
                staff_id=staff,
                team_id=make.one_of(*UNITS),
                role=make.one_of("specialist", "specialist", "supervisor"),
                fte=make.one_of(None, Decimal("0.5"), Decimal("0.8"), Decimal(1)),
                first_day=first,
                last_day=make.later(first, 500),
            )
    for employer in filter(None, EMPLOYERS):
        make.add("employers", employer_id=employer, unit_id=UNITS[0])


def _person(make, person, unit):
    referred = make.day(last=D)
    for number in range(make.one_of(1, 1, 1, 2)):
        exited = _episode(make, f"{person}/{number}", person, unit, referred, number)
        if exited is None:
            break
        referred = exited + timedelta(make.one_of(0, 1, 30))


def _episode(make, episode, person, unit, referred, number):
    accepted = None if make.chance(0.1) else referred + timedelta(make.one_of(0, 3, 14))
    entered = accepted and accepted + timedelta(make.one_of(-3, 0, 0, 10))
    exited = None if accepted is None else make.later(accepted, 300)
    make.add(
        "episodes",
        episode_id=episode,
        unit_id=unit,
        person_key=person,
        referred_on=None if make.chance(0.05) else referred,
        accepted_on=accepted,
        entered_on=None if make.chance(0.15) else entered,
        profile_started_on=None if make.chance(0.5) else entered,
        exited_on=exited,
        referral_source=make.one_of("clinician", make.code("referral_source")),
        exit_reason=make.code("exit_reason") if exited else None,
        at_referral=make.one_of("out_of_work", "out_of_work", *CODES["at_referral"]),
        first_of_person=number == 0,
    )
    if accepted is not None:
        _spells(make, "caseload", "staff_id", episode, unit, accepted, (*STAFF, None))
        _spells(make, "treatment", "team_id", episode, unit, accepted, TEAMS)
        _spells(make, "casework", "team_id", episode, unit, accepted, CENTRES)
        _spells(make, "status", "state", episode, unit, accepted, CODES["state"])
    start = accepted or referred
    _contacts(make, episode, unit, start)
    _between(make, episode, unit, start)
    for _ in range(make.one_of(0, 0, 1, 1, 2, 3)):
        _jobs(make, episode, unit, start)
    return exited


def _spells(make, table, name, episode, unit, first, values):
    """Add spells after one another; now and then one overlaps, or leaves a day out."""
    for _ in range(make.one_of(0, 1, 1, 2, 3)):
        last = make.later(first, 200)
        make.add(
            table,
            episode_id=episode,
            unit_id=unit,
            first_day=first,
            last_day=last,
            **{name: make.one_of(*values)},
        )
        if last is None and make.chance(0.8):
            break
        first = (last or first) + timedelta(make.one_of(1, 1, 1, 0, 3))


def _contacts(make, episode, unit, start):
    for _ in range(make.one_of(0, 1, 2, 4)):
        make.add(
            "contacts",
            contact_id=make.number("contacts"),
            unit_id=unit,
            episode_id=make.one_of(episode, episode, None),
            staff_id=make.one_of(*STAFF, None),
            day=make.day(start),
            minutes=make.one_of(None, 0, 15, 45, 90),
            mode=make.one_of("in_person", make.code("mode")),
            place=make.code("place"),
            attended=make.one_of(True, True, True, False, None),
            with_applicant=make.answer(),
            with_clinician=make.one_of(None, True, False),
            initiated_by=make.one_of("clinician", make.code("initiated_by")),
        )
    for _ in range(make.one_of(0, 1, 2, 3)):
        make.add(
            "employer_contacts",
            employer_contact_id=make.number("employer_contacts"),
            unit_id=unit,
            made_by=make.one_of("specialist", *CODES["made_by"]),
            staff_id=make.one_of(*STAFF, None),
            employer_id=make.one_of(*EMPLOYERS),
            episode_id=make.one_of(episode, episode, None),
            day=make.day(start - timedelta(5), min(D, start + timedelta(60))),
            mode=make.one_of("in_person", make.code("mode")),
        )


def _between(make, episode, unit, start):
    """Add what goes to and fro between sectors, and what leads away from a job."""
    for _ in range(make.one_of(0, 1, 2)):
        asked_on = make.day(start)
        make.add(
            "questions",
            question_id=make.number("questions"),
            unit_id=unit,
            episode_id=make.one_of(episode, episode, None),
            asked_by_sector=make.one_of(*SIDES),
            asked_of_sector=make.one_of(*SIDES),
            asked_on=asked_on,
            answered_on=make.later(asked_on, 20),
        )
        plan = make.number("plan_events")
        agreed_on = make.day(start)
        event = {"event_id": plan, "unit_id": unit, "episode_id": episode}
        event["by_role"] = "specialist"
        make.add("plan_events", **event, kind="search_plan", day=agreed_on)
        if make.chance(0.7):
            seen_on = agreed_on + timedelta(make.one_of(-3, 0, 13, 14, 15, 60))
            make.add(
                "plan_events", **event, kind="plan_seen_by_treatment_team", day=seen_on
            )
    for _ in range(make.one_of(0, 0, 1, 2)):
        make.add(
            "proposals",
            proposal_id=make.number("proposals"),
            unit_id=unit,
            episode_id=episode,
            day=make.day(start),
            kind=make.one_of(*CODES["proposal_kind"]),
            by_role=make.one_of("caseworker", "clinician"),
            wanted=make.one_of(None, True, False),
        )
        make.add(
            "refusals",
            refusal_id=make.number("refusals"),
            unit_id=unit,
            episode_id=make.one_of(episode, None),
            day=make.day(start),
            by_role="clinician",
            stage="referral",
            reason=make.one_of(*CODES["refusal_reason"]),
        )
        first = make.day(start)
        make.add(
            "education",
            episode_id=episode,
            unit_id=unit,
            first_day=first,
            last_day=make.later(first, 90),
            level=make.code("education_level"),
            mainstream=make.chance(0.5),
        )


def _meetings(make, people):
    """Add meetings of units and teams, who was there, about whom, and what came of it."""
    known = [(row["episode_id"], row["unit_id"]) for row in make.tables["episodes"]]
    for _ in range(people // 2):
        unit = make.one_of(*UNITS)
        meeting, day = make.number("meetings"), make.day(D - timedelta(400))
        make.add(
            "meetings",
            meeting_id=meeting,
            unit_id=unit,
            kind=make.one_of("treatment_team", "treatment_team", "job_centre"),
            team_id=make.one_of(*TEAMS, *TEAMS, None),
            day=day,
            mode=make.one_of("in_person", "in_person", "video", None),
        )
        for staff in STAFF if make.chance(0.8) else ():
            make.add(
                "attendance",
                meeting_id=meeting,
                unit_id=unit,
                staff_id=staff,
                present=make.chance(0.3),
            )
        for episode, of_unit in [make.one_of(*known) for _ in range(4)]:
            make.add(
                "discussions",
                meeting_id=meeting,
                unit_id=of_unit,
                episode_id=make.one_of(episode, episode, None),
                unreferred=False,
                decision=False,
            )
            due_on = make.one_of(None, day + timedelta(make.one_of(0, 7, 30)))
            make.add(
                "tasks",
                task_id=make.number("tasks"),
                unit_id=of_unit,
                episode_id=episode,
                meeting_id=make.one_of(meeting, meeting, None),
                sector=make.one_of(*SIDES),
                due_on=due_on,
                done_on=make.later(day, 40),
            )
        make.add(
            "time_entries",
            entry_id=make.number("time_entries"),
            unit_id=unit,
            staff_id=make.one_of(*STAFF),
            day=make.day(D - timedelta(400)),
            minutes=60,
            activity="employment",
            place=make.one_of("treatment_office", make.code("place")),
        )


def _jobs(make, episode, unit, start):
    """Add a job, and now and then what carries it on, beside it, or after a day off."""
    first = start + timedelta(make.one_of(-200, -1, 0, 1, 10, 60, 150))
    employer = make.one_of(*EMPLOYERS)
    placement = make.one_of("competitive", "competitive", make.code("placement"))
    held = first < start and make.chance(0.7)
    for _ in range(make.one_of(1, 1, 1, 2, 3)):
        last = make.later(first, 120)
        _job(make, episode, unit, first, last, employer, placement, held)
        first = (last or first) + timedelta(make.one_of(1, 1, 2, 0))
        placement = make.one_of(placement, "competitive")
        held = held and make.chance(0.2)


def _job(make, episode, unit, first, last, employer, placement, held):
    job = make.number("jobs")
    good = make.chance(0.5)
    make.add(
        "jobs",
        job_id=job,
        unit_id=unit,
        episode_id=episode,
        employer_id=employer,
        first_day=first,
        last_day=last,
        placement=placement,
        found_by=make.code("found_by"),
        permanence="permanent" if good else make.code("permanence"),
        time_limit_origin=None if good else make.code("time_limit_origin", 0.6),
        open_to_all=good or make.answer(),
        at_least_minimum=good or make.answer(),
        going_rate=good or make.answer(),
        employer_of_record="employer" if good else make.code("employer_of_record", 0.4),
        normal_rights=good or make.answer(),
        held_at_referral=held,
    )
    for _ in range(make.one_of(0, 0, 1, 2, 3)):
        day = first + timedelta(make.one_of(0, 1, 2, 9))
        hours = make.hours()
        source = make.one_of(*CODES["paid_work_source"])
        days = {"first_day": day, "last_day": day + timedelta(make.one_of(0, 0, 6, 30))}
        make.add(
            "paid_work", job_id=job, unit_id=unit, hours=hours, source=source, **days
        )
    for _ in range(make.one_of(0, 1, 1, 2)):
        hours = make.one_of(
            None, Decimal(8), Decimal("15.99"), Decimal(16), Decimal(30)
        )
        end = make.later(first, 60)
        days = {"first_day": first, "last_day": end}
        make.add("job_terms", job_id=job, unit_id=unit, weekly_hours=hours, **days)
        first = (end or first) + timedelta(1)
