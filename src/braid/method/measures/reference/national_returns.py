"""Words of the English national returns: first contacts, open and closed referrals."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from braid.kernel.dates import days_between
from braid.method.competitive import Profile, Switches
from braid.method.measures.reference.contact_weeks import with_person
from braid.method.measures.reference.equity import Groups
from braid.method.measures.reference.in_work import Job, jobs_by_day
from braid.method.measures.reference.populations import Person, by, person_of, spell
from braid.method.measures.words import (
    GROUP,
    PROFILE,
    SWITCHES,
    Asked,
    Parameter,
    Row,
    Tables,
    Word,
)

NO_SWITCHES = Switches()
MODES = ("in_person", "phone", "video")
APRIL = 4
WAITS = {"waited_0_to_7": 7, "waited_8_to_30": 30, "waited_over_30": None}
LENGTHS = {"0_to_90": 90, "91_to_180": 180, "over_180": None}
DOSES = {"contacts_0": 0, "contacts_1_to_5": 5, "contacts_6_to_10": 10}
MANY = "contacts_over_10"
HOURS = {"hours_under_16": Decimal(16), "hours_16_to_29": Decimal(30)}
"""Weekly hours and what each band stays under."""

FIRST_CONTACTS = Word(
    name="first_contacts",
    family="national_returns",
    about="Referrals whose first contact kept with the person lies in the period: the "
    "first of all, or the first of the financial year from April that holds the last "
    "day of the period.",
    ids=("episode_id", "person_key"),
    keys=("mode", "group"),
    amounts={
        "accessed": "referrals with the first contact of all in the period",
        "accessed_in_year": "referrals with the first contact of the year in the period",
        "waited_0_to_7": "accessed within 7 days of referral",
        "waited_8_to_30": "accessed from 8 to 30 days after referral",
        "waited_over_30": "accessed later",
        "wait_unknown": "accessed, the day of referral not known",
    },
    parameters={"group": GROUP},
)


def direct(contacts: Iterable[Row], as_of: date) -> dict[str, list[Row]]:
    """Return the contacts kept with the person by a day, by episode."""
    kept = [
        row for row in with_person(contacts) if row["attended"] and row["day"] <= as_of
    ]
    return by(kept, "episode_id")


def year_of(day: date) -> date:
    """Return the first day of the financial year of a day."""
    return date(day.year - (day.month < APRIL), APRIL, 1)


def first_contacts(
    tables: Tables, asked: Sequence[Asked], group: str = "none"
) -> list[dict[str, Any]]:
    """Return the rows of the word; its definition is FIRST_CONTACTS."""
    rows = []
    for each in asked:
        contacts = direct(tables["contacts"], each.as_of)
        for episode in tables["episodes"]:
            made = contacts[episode["episode_id"]]
            first = min((row["day"] for row in made), default=None)
            this_year = [r["day"] for r in made if r["day"] >= year_of(each.last_day)]
            of_year = min(this_year, default=None)
            ever = first is not None and each.days.contains(first)
            in_year = of_year is not None and each.days.contains(of_year)
            if ever or in_year:
                day = first if ever else of_year
                modes = [_mode(row) for row in made if row["day"] == day]
                rows.append(
                    FIRST_CONTACTS.row(
                        period=each.period,
                        unit_id=episode["unit_id"],
                        episode_id=episode["episode_id"],
                        person_key=episode["person_key"],
                        mode=min(modes),
                        accessed=int(ever),
                        accessed_in_year=int(in_year),
                        **(_waited(episode["referred_on"], first) if ever else {}),
                    )
                )
    return Groups(tables, group).told(rows)


def _mode(contact: Row) -> str:
    """Return how a contact was made, in the modes of the return."""
    return next((mode for mode in MODES if mode == contact["mode"]), "other")


def _waited(referred: date | None, first: date | None) -> dict[str, int]:
    if referred is None or first is None:
        return {"wait_unknown": 1}
    return {_band(days_between(referred, first), WAITS): 1}


def _band(number: int, bands: Mapping[str, int | None]) -> str:
    """Return the first band whose last number is not below `number`."""
    return next(name for name, most in bands.items() if most is None or number <= most)


OPEN_REFERRALS = Word(
    name="open_referrals",
    family="national_returns",
    about="Referrals received by the last day of the period and not discharged by then.",
    ids=("episode_id", "person_key"),
    keys=("group",),
    amounts={
        "open_referrals": "referrals open on the last day",
        "caseload": "of these, with a first contact kept by then",
    },
    parameters={"group": GROUP},
)


def open_referrals(
    tables: Tables, asked: Sequence[Asked], group: str = "none"
) -> list[dict[str, Any]]:
    """Return the rows of the word; its definition is OPEN_REFERRALS."""
    rows = []
    for each in asked:
        contacts = direct(tables["contacts"], each.last_day)
        for episode in tables["episodes"]:
            referred, exited = episode["referred_on"], episode["exited_on"]
            if referred is None or referred > each.last_day:
                continue
            if exited is None or exited > each.last_day:
                rows.append(
                    OPEN_REFERRALS.row(
                        period=each.period,
                        unit_id=episode["unit_id"],
                        episode_id=episode["episode_id"],
                        person_key=episode["person_key"],
                        open_referrals=1,
                        caseload=int(bool(contacts[episode["episode_id"]])),
                    )
                )
    return Groups(tables, group).told(rows)


DISCHARGED = Parameter(
    "Which referrals the parts count: those discharged in the period (corrected), or "
    "all discharged by its last day, as the published code has it (faithful).",
    "corrected",
    choices=("corrected", "faithful"),
)
CLOSED_REFERRALS = Word(
    name="closed_referrals",
    family="national_returns",
    about="Referrals discharged in the period, with what is known at discharge. Work is "
    "that of the last day before it.",
    ids=("episode_id", "person_key"),
    keys=("group",),
    amounts={
        "closed": "referrals discharged in the period",
        "closed_accessed": "of these, with a contact kept with the person",
        **{
            f"referral_{name}": f"open {name} days".replace("_", " ")
            for name in LENGTHS
        },
        "referral_unknown": "the day of referral not known",
        **{
            f"caseload_{name}": f"from first contact {name} days".replace("_", " ")
            for name in LENGTHS
        },
        "employed": "employed at discharge",
        "not_employed": "not employed at discharge",
        "employment_unknown": "whether employed at discharge hangs on a missing answer",
        "hours_30_and_over": "of the employed, 30 hours a week and over",
        "hours_16_to_29": "of the employed, from 16 to under 30 hours",
        "hours_under_16": "of the employed, under 16 hours",
        "hours_missing": "of the employed, hours not known",
        "contacts_0": "without a contact kept",
        "contacts_1_to_5": "with 1 to 5 contacts kept",
        "contacts_6_to_10": "with 6 to 10 contacts kept",
        MANY: "with more than 10 contacts kept",
    },
    parameters={
        "profile": PROFILE,
        "switches": SWITCHES,
        "discharged": DISCHARGED,
        "group": GROUP,
    },
)


def closed_referrals(
    tables: Tables,
    asked: Sequence[Asked],
    profile: Profile = "strict",
    switches: Switches = NO_SWITCHES,
    discharged: str = "corrected",
    group: str = "none",
) -> list[dict[str, Any]]:
    """Return the rows of the word; its definition is CLOSED_REFERRALS."""
    known = jobs_by_day(tables, asked, profile, switches)
    terms, rows = by(tables["job_terms"], "job_id"), []
    for each in asked:
        last = _LastDay(_by_person(known[each.as_of]), terms)
        contacts = direct(tables["contacts"], each.as_of)
        for episode in tables["episodes"]:
            exited = episode["exited_on"]
            if exited is None or exited > each.last_day:
                continue
            in_period = each.days.contains(exited)
            if in_period or discharged == "faithful":
                made = [r["day"] for r in contacts[episode["episode_id"]]]
                made = [day for day in made if day < exited]
                rows.append(_closed_row(each, episode, in_period, made, last))
    return Groups(tables, group).told(rows)


@dataclass(frozen=True, slots=True)
class _LastDay:
    """Work on the last day before discharge."""

    jobs: dict[Person, list[Job]]
    terms: dict[Any, list[Row]]

    def told(self, person: Person, day: date) -> dict[str, int]:
        held = [
            job
            for job in self.jobs.get(person, ())
            if job.days and job.days.contains(day)
        ]
        working = [job for job in held if job.verdict.counts]
        if not working:
            queued = any(job.verdict.in_queue for job in held)
            return {"employment_unknown" if queued else "not_employed": 1}
        return {"employed": 1, self._hours(working, day): 1}

    def _hours(self, jobs: Sequence[Job], day: date) -> str:
        total = Decimal(0)
        for job in jobs:
            in_force = [row for row in self.terms[job.id] if spell(row).contains(day)]
            latest = max(in_force, key=lambda row: row["first_day"], default=None)
            if latest is None or latest["weekly_hours"] is None:
                return "hours_missing"
            total += latest["weekly_hours"]
        under = (name for name, edge in HOURS.items() if total < edge)
        return next(under, "hours_30_and_over")


def _by_person(jobs: Iterable[Job]) -> dict[Person, list[Job]]:
    found: dict[Person, list[Job]] = {}
    for job in jobs:
        found.setdefault(job.person, []).append(job)
    return found


def _closed_row(
    asked: Asked, episode: Row, in_period: bool, made: Sequence[date], last: _LastDay
) -> dict[str, Any]:
    exited, referred = episode["exited_on"], episode["referred_on"]
    length = "unknown"
    if referred is not None:
        length = _band(days_between(referred, exited), LENGTHS)
    told = {f"referral_{length}": 1}
    if made:
        told[f"caseload_{_band(days_between(min(made), exited), LENGTHS)}"] = 1
    dose = (name for name, most in DOSES.items() if len(made) <= most)
    return CLOSED_REFERRALS.row(
        period=asked.period,
        unit_id=episode["unit_id"],
        episode_id=episode["episode_id"],
        person_key=episode["person_key"],
        closed=int(in_period),
        closed_accessed=int(in_period and bool(made)),
        **told,
        **{next(dose, MANY): 1},
        **last.told(person_of(episode), exited - timedelta(1)),
    )
