"""People who entered in a period and are followed for a fixed time from that day on."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from braid.kernel.dates import Period, add_months
from braid.method.competitive import Profile, Switches
from braid.method.measures.reference.populations import (
    BASIS_COLUMNS,
    caseload_days,
    person_of,
)
from braid.method.measures.words import (
    BASIS,
    GROUP,
    PROFILE,
    SWITCHES,
    Asked,
    Parameter,
    Row,
    Tables,
)

NO_SWITCHES = Switches()
COHORT_PARAMETERS = {
    "basis": BASIS,
    "profile": PROFILE,
    "switches": SWITCHES,
    "length": Parameter("For how long people are followed.", 365, "number"),
    "length_in": Parameter(
        "What the length counts.", "days", choices=("days", "months")
    ),
    "group": GROUP,
}


@dataclass(frozen=True, slots=True)
class Cohort:
    """Who is followed, from which day, and for how long."""

    basis: str = "accepted"
    profile: Profile = "strict"
    switches: Switches = NO_SWITCHES
    length: int = 365
    length_in: str = "days"
    group: str = "none"

    def closes_on(self, origin: date) -> date:
        """Return the first day after the time for which somebody is followed."""
        if self.length_in == "months":
            return add_months(origin, self.length)
        return origin + timedelta(self.length)


@dataclass(frozen=True, slots=True)
class Followed:
    """A person, by the first episode that begins in the period, and the days followed.

    `closes_on` is the first day after these.
    """

    episode: Row
    days: Period
    closes_on: date

    @property
    def last_day(self) -> date:
        """Return the last day followed."""
        return self.closes_on - timedelta(1)

    def is_early(self, as_of: date) -> bool:
        """Say whether days to be followed lie after the facts."""
        return self.last_day > as_of

    @property
    def ids(self) -> dict[str, Any]:
        """Return the ids of a row about the person."""
        names = ("unit_id", "episode_id", "person_key")
        return {name: self.episode[name] for name in names}


def followed(tables: Tables, asked: Asked, of: Cohort) -> Sequence[Followed]:
    """Return everybody who entered in a period, once."""
    first: dict[tuple[str, str], Row] = {}
    for row in sorted(tables["episodes"], key=lambda row: _order(row, of.basis)):
        days = caseload_days(row, of.basis)
        if days is not None and asked.days.contains(days.first_day):
            first.setdefault(person_of(row), row)
    return [_followed(row, of) for row in first.values()]


def _order(row: Row, basis: str) -> tuple[date, str]:
    return row[BASIS_COLUMNS[basis]] or date.max, row["episode_id"]


def _followed(row: Row, of: Cohort) -> Followed:
    origin = row[BASIS_COLUMNS[of.basis]]
    closes_on = of.closes_on(origin)
    return Followed(row, Period(origin, closes_on - timedelta(1)), closes_on)
