"""A compact history as rows of the facts: what a situation of a contract gives.

    work:
      - episode_id: ada
        first_day: 2025-03-03
        weekly_hours: 20                      # terms of the whole job
        worked: [8, 8, 0, 7.5]                # hours of each week from the first day on
        months: {2025-04: {gross: "1200"}}    # what a month was paid
    tables:
      funder_events: [{episode_id: [ada, ben], kind: consent, day: 2025-01-01}]

A row of which `episode_id` is a list, or a range such as `t01..t10`, is one for each. An
episode is of a person of its own and accepted on the first day that anything says of it,
and a job is competitive in every test, unless their rows say otherwise. What is not said
is unknown.
"""

import re
from calendar import monthrange
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from pydantic import Field

from braid.packs.shapes import Strict

Row = Mapping[str, Any]
THE_UNIT = "unit"
# What is true of a job of a situation unless its row says otherwise.
COMPETITIVE: Row = {
    "placement": "competitive",
    "permanence": "permanent",
    "open_to_all": True,
    "at_least_minimum": True,
    "going_rate": True,
    "employer_of_record": "employer",
    "normal_rights": True,
    "held_at_referral": False,
}
_KEYS = {"contacts": "contact_id", "plan_events": "event_id", "evidence": "evidence_id"}
_DECIMAL = re.compile(r"-?[0-9]+\.[0-9]+")
_RANGE = re.compile(r"([a-z-]+)([0-9]+)\.\.[a-z-]+([0-9]+)")
_MONTH = re.compile(r"([0-9]{4})-(0[1-9]|1[0-2])")


class Paid(Strict):
    """What was worked and paid in a month."""

    hours: Decimal | None = None
    gross: Decimal | None = None
    net: Decimal | None = None


class Job(Strict):
    """A job of an episode, or of each of several, with its terms and what was worked."""

    episode_id: str | list[str]
    first_day: date
    last_day: date | None = None
    job_id: str | None = None
    employer_id: str | None = None
    weekly_hours: Decimal | None = None
    worked: list[Decimal] = []
    months: dict[str, Paid] = {}
    facts: dict[str, Any] = Field(default={}, alias="job")

    @property
    def episodes(self) -> list[str]:
        """Return whose job it is."""
        return listed(self.episode_id)


def tables_of(
    work: Sequence[Job],
    said: Mapping[str, Sequence[Row]],
    *,
    contract: str,
    currency: str,
) -> Mapping[str, Sequence[Row]]:
    """Return a history as the tables of the facts. Raises ValueError for a wrong month."""
    found: dict[str, list[Row]] = defaultdict(list)
    for name, rows in said.items():
        for row in rows:
            for episode in listed(row.get("episode_id")):
                found[name].append(_row(name, len(found[name]), episode, row, contract))
    number = 0
    for job in work:
        for episode in job.episodes:
            number += 1
            _worked(found, job, episode, job.job_id or f"j-{number:03}", currency)
    _episodes(found)
    return found


def listed(value: Any) -> list[Any]:
    """Return the episodes that a list, a range such as `t01..t10`, or one id names."""
    if isinstance(value, list):
        return [each for part in value for each in listed(part)]
    ends = _RANGE.fullmatch(value) if isinstance(value, str) else None
    if ends is None:
        return [value]
    numbers = range(int(ends[2]), int(ends[3]) + 1)
    return [f"{ends[1]}{number:0{len(ends[2])}}" for number in numbers]


def _row(table: str, number: int, episode: Any, said: Row, contract: str) -> Row:
    row = {name: _exact(value) for name, value in said.items()}
    own: dict[str, Any] = {"unit_id": THE_UNIT}
    if episode is not None:
        row["episode_id"] = episode
    if table in _KEYS:
        own[_KEYS[table]] = f"{table}-{number + 1:03}"
    if table == "funder_events":
        own["contract_id"] = contract
    if table == "contacts":
        own |= {"with_applicant": True, "attended": True}
    return Known(own | row)


def _worked(
    found: dict[str, list[Row]], job: Job, episode: str, job_id: str, currency: str
) -> None:
    of_job = {"job_id": job_id, "unit_id": THE_UNIT}
    spell = {"first_day": job.first_day, "last_day": job.last_day}
    facts = {name: _exact(value) for name, value in job.facts.items()}
    found["jobs"].append(
        Known(
            {**of_job, "episode_id": episode, "employer_id": job.employer_id, **spell}
            | dict(COMPETITIVE)
            | facts
        )
    )
    if job.weekly_hours is not None:
        found["job_terms"].append(
            Known({**of_job, **spell, "weekly_hours": job.weekly_hours})
        )
    paid = [
        {
            "first_day": job.first_day + timedelta(7 * week),
            "last_day": job.first_day + timedelta(7 * week + 6),
            "hours": hours,
        }
        for week, hours in enumerate(job.worked)
    ]
    paid += [{**_month(name), **vars(each)} for name, each in job.months.items()]
    found["paid_work"] += [
        Known({**of_job, **each, "currency": currency, "source": "payslip"})
        for each in paid
    ]


def _month(name: str) -> dict[str, date]:
    matched = _MONTH.fullmatch(name)
    if matched is None:
        raise ValueError(f"'{name}' is no month. Write it like 2025-07")
    year, month = int(matched[1]), int(matched[2])
    last = monthrange(year, month)[1]
    return {"first_day": date(year, month, 1), "last_day": date(year, month, last)}


def _episodes(found: dict[str, list[Row]]) -> None:
    """Add the episodes that other rows name, and the ids that their rows leave out."""
    first: dict[str, date] = {}
    for name, rows in found.items():
        for episode, day in _days(name, rows):
            first[episode] = min(day, first.get(episode, day))
    said = {row["episode_id"]: row for row in found["episodes"]}
    found["episodes"] = [
        Known(
            {
                "episode_id": episode,
                "unit_id": THE_UNIT,
                "person_key": episode,
                "accepted_on": first.get(episode),
                "entered_on": first.get(episode),
                "at_referral": "unknown",
                "first_of_person": True,
                **said.get(episode, {}),
            }
        )
        for episode in sorted({*first, *said})
    ]


def _days(table: str, rows: Sequence[Row]) -> Iterator[tuple[str, date]]:
    for row in rows:
        day = row.get("day") or row.get("first_day")
        if "episode_id" in row and isinstance(day, date) and table != "episodes":
            yield row["episode_id"], day


def _exact(value: Any) -> Any:
    """Return a decimal, which a file holds as text, as a number; all else as it is."""
    is_text = isinstance(value, str)
    return Decimal(value) if is_text and _DECIMAL.fullmatch(value) else value


class Known(dict[str, Any]):
    """A row in which what is not said is unknown."""

    def __missing__(self, column: str) -> None:
        return None
