"""Who works in the region: organisations, teams, staff; and how large a demo is."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Any

from braid.site.demo import tables
from braid.site.demo.days import workday_from

COUNTRY, CURRENCY = "dk", "DKK"
PROVIDER = "ips"
ADA, BEN, SAM = "ada.holm", "ben.lauritsen", "sam.kjaer"
CORA, DEV, SIGNE = "cora.winther", "dev.rao", "signe.lindholm"
KIT, MARGIT, RUI = "kit.aaen", "margit.thune", "rui.tavares"
FEMI, GITTA, VIBEKE = "femi.adeyemi", "gitta.moos", "vibeke.storgaard"  # funding
STEWARD_NAME = "Sam Kjær"
DAYS_A_MONTH = 30.44
MAIL = "havnelund.example"  # a name that is reserved and never answers


@dataclass(frozen=True, slots=True)
class Organisation:
    """A body of the region; `sector` is a code of the record."""

    key: str
    name: str
    sector: str


@dataclass(frozen=True, slots=True)
class Team:
    """A unit, treatment team or job centre; what its habits mean stands in the table."""

    key: str
    name: str
    kind: str
    organisation: str
    together_days: int = 0
    meets: float = 0.0
    presses: float = 0.0


@dataclass(frozen=True, slots=True)
class Unit:
    """An IPS unit: the teams and job centres it works with, with shares; its towns."""

    key: str
    teams: Mapping[str, float]
    job_centres: Mapping[str, float]
    towns: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Specialist:
    """A specialist with the habits that the pages show."""

    key: str
    name: str
    unit: str
    teams: tuple[str, ...]
    fte: str
    visits: float
    outside: float
    care: float
    joined: int | None = None
    left: int | None = None


@dataclass(frozen=True, slots=True)
class Colleague:
    """Anybody else with a role in a team."""

    key: str
    name: str
    works_as: str
    team: str


@dataclass(frozen=True, slots=True)
class Size:
    """How large a demo is.

    `gap` stretches the days between two contacts; `stay` is how many days people stay
    on the caseload on average, if nothing cut the time short.
    """

    applicants: int
    years: int
    gap: float
    stay: int
    units: tuple[str, ...]
    specialists: int | None = None

    @property
    def days(self) -> int:
        return self.years * 365


# A larger region is a new row here, with units and staff drawn instead of named.
SIZES: Mapping[str, Size] = {
    "demo": Size(240, 2, 1.0, 1500, ("ips-nord", "ips-syd")),
    "unit": Size(100, 5, 1.9, 4500, ("ips-nord",), specialists=5),
}


def _rows(name: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = tables.load()["cast"][name]
    return rows


@lru_cache(maxsize=1)
def organisations() -> tuple[Organisation, ...]:
    return tuple(Organisation(**row) for row in _rows("organisations"))


@lru_cache(maxsize=1)
def teams() -> Mapping[str, Team]:
    return {row["key"]: Team(**row) for row in _rows("teams")}


@lru_cache(maxsize=1)
def units() -> Mapping[str, Unit]:
    return {
        row["key"]: Unit(**row | {"towns": tuple(row["towns"])})
        for row in _rows("units")
    }


@lru_cache(maxsize=8)
def specialists(size: Size) -> Mapping[str, Specialist]:
    """Return the specialists of a size by their key."""
    rows = [row for row in _rows("specialists") if row["unit"] in size.units]
    return {
        row["key"]: Specialist(**row | {"teams": tuple(row["teams"])})
        for row in rows[: size.specialists]
    }


@lru_cache(maxsize=1)
def colleagues() -> tuple[Colleague, ...]:
    return tuple(Colleague(**row) for row in _rows("colleagues"))


@lru_cache(maxsize=1)
def clinicians() -> Mapping[str, tuple[str, ...]]:
    """Return the clinicians by their treatment team."""
    found: dict[str, tuple[str, ...]] = {}
    for each in colleagues():
        if each.works_as == "clinician":
            found[each.team] = (*found.get(each.team, ()), each.key)
    return found


def in_post(each: Specialist, opened: date, today: date) -> tuple[date, date | None]:
    """Return the first and last day of a specialist in the unit."""
    first = _months_ago(today, each.joined) if each.joined else opened
    return first, _months_ago(today, each.left) if each.left else None


def _months_ago(today: date, months: int) -> date:
    return workday_from(today - timedelta(days=round(months * DAYS_A_MONTH)))
