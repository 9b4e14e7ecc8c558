"""A contract over any set of facts: candidates in columns, then one case at a time.

Only the tables and rows that the words of a contract read are brought, and only of
subjects to whom anything has happened that it speaks of. Imports no Django.
"""

from __future__ import annotations

import gc
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any

from braid.facts.schema import TABLES as SCHEMA
from braid.funding.candidates import chosen as chosen_by
from braid.funding.candidates import listed
from braid.method.contracts.case import OF_EPISODES, OF_JOBS, Case, CaseFile, case_of
from braid.method.contracts.needs import Needs, needs_of
from braid.method.contracts.running import concluded, looked_at
from braid.method.contracts.versions import Versions

if TYPE_CHECKING:
    from braid.facts.reading import Facts
    from braid.method.contracts.shape import Bindings, Contract
    from braid.method.contracts.values import Line, Result

COLUMNS: Mapping[str, tuple[str, ...]] = {
    "episodes": (
        *("episode_id", "unit_id", "person_key", "referred_on", "accepted_on"),
        *("entered_on", "profile_started_on", "exited_on", "exit_reason"),
        "at_referral",
    ),
    "jobs": (
        *("job_id", "unit_id", "episode_id", "employer_id", "first_day", "last_day"),
        *("last_confirmed_on", "placement", "permanence", "time_limit_origin"),
        *("open_to_all", "at_least_minimum", "going_rate", "employer_of_record"),
        *("normal_rights", "held_at_referral", "contracted_daily_hours"),
    ),
    "job_terms": ("job_id", "first_day", "last_day", "weekly_hours"),
    "paid_work": ("job_id", "first_day", "last_day", "hours", "gross", "net"),
    "absences": ("job_id", "first_day", "last_day", "paid"),
    "contacts": (
        *("contact_id", "episode_id", "day", "minutes", "with_applicant", "attended"),
    ),
    "plan_events": ("event_id", "episode_id", "kind", "day"),
}
"""What a contract reads of the larger tables; of the others all columns."""


def run(
    facts: Facts,
    versions: Sequence[Contract],
    bindings: Sequence[Bindings] = (),
    *,
    as_of: date,
    units: Collection[str] | None = None,
    previous: Sequence[Line] = (),
    others: Sequence[Line] = (),
    beside: Sequence[Contract] = (),
    settled: Collection[str] = (),
    files: Mapping[str, CaseFile] | None = None,
    brief: bool = False,
) -> Result:
    """Return the run of a contract over facts; its newest version comes last.

    `brief` keeps the reasons of each line and leaves out its steps and what lies ahead,
    so that subjects who can have no line are not read.
    """
    chosen = Versions.in_force(versions, as_of, bindings)
    part = Part(units=None if units is None else tuple(units), lines_only=brief)
    if previous:
        part = replace(part, lines_only=False)  # what is gone is taken back
    with without_collecting():
        looked = [
            looked_at(case, chosen, as_of, brief=brief)
            for case in candidates(facts, versions, bindings, part, files)
        ]
        return concluded(
            chosen,
            looked,
            as_of,
            previous=previous,
            others=others,
            beside=beside,
            settled=settled,
        )


@dataclass(frozen=True, slots=True)
class Part:
    """Some of the subjects of a set of facts.

    Those with episodes in `units`, None: in all; of those alone `only`, where that is
    said, and none of `without`. `lines_only`: only who may have a line.
    """

    units: tuple[str, ...] | None = None
    only: tuple[str, ...] | None = None
    without: tuple[str, ...] = ()
    lines_only: bool = False


@contextmanager
def without_collecting() -> Iterator[None]:
    """Look for no cycles meanwhile: all that is made is kept, and a nation has much."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def candidates(
    facts: Facts,
    versions: Sequence[Contract],
    bindings: Sequence[Bindings],
    part: Part,
    files: Mapping[str, CaseFile] | None = None,
) -> Iterator[Case]:
    """Yield the cases of a part, with all that the words of a contract read."""
    unit = versions[-1].unit
    subject = "person_key" if unit == "person" else "episode_id"
    wanted = "true"
    if part.lines_only:
        within = of_units(part.units)
        wanted = chosen_by(versions, bindings, subject, within)
    drawing = _Drawing(facts, needs_of(versions, bindings), unit, part, wanted)
    yield from drawing.cases(files or {})


@dataclass(slots=True)
class _Drawing:
    """What a contract needs of a part of a set of facts; `wanted` episodes alone."""

    facts: Facts
    needs: Needs
    unit: str
    part: Part
    wanted: str

    @property
    def _subject(self) -> str:
        return "person_key" if self.unit == "person" else "episode_id"

    def cases(self, files: Mapping[str, CaseFile]) -> Iterator[Case]:
        episodes: dict[str, list[Any]] = defaultdict(list)
        for row in self._rows("episodes", self._episodes()):
            episodes[row[self._subject]].append(row)
        held = {name: self._by(name, "episode_id") for name in OF_EPISODES}
        in_jobs = {name: self._by(name, "job_id") for name in OF_JOBS}
        for subject in sorted(episodes):
            own = tuple(sorted(episodes[subject], key=_age))
            yield case_of(subject, own, held, in_jobs, files)

    def _by(self, table: str, column: str) -> Mapping[str, Sequence[Any]]:
        if table not in self.needs.tables:
            return {}
        found: dict[str, list[Any]] = defaultdict(list)
        for row in self._rows(table, self._wanted(table)):
            found[row[column]].append(row)
        return found

    def _wanted(self, table: str) -> str:
        where = self._of_units()
        if table == "contacts":
            where += " AND attended AND episode_id IS NOT NULL"
            if not self.needs.minutes:
                where += " AND with_applicant"
        if table == "plan_events":
            where += f" AND kind IN ({listed(self.needs.plan_kinds)})"
        episodes = self._episodes()
        if episodes == self._of_units():
            return where
        own = f"episode_id IN (SELECT episode_id FROM episodes WHERE {episodes})"  # noqa: S608
        if table in OF_JOBS:
            own = f"job_id IN (SELECT job_id FROM jobs WHERE {self._of_units()} AND {own})"  # noqa: S608
        return f"{where} AND {own}"

    def _of_units(self) -> str:
        return of_units(self.part.units)

    def _episodes(self) -> str:
        """Return what the episodes of the part satisfy."""
        where = self._of_units()
        if self.wanted != "true":
            where += f" AND {self.wanted}"
        if self.part.only is not None:
            where += f" AND {self._subject} IN ({listed(self.part.only)})"
        if self.part.without:
            where += f" AND {self._subject} NOT IN ({listed(self.part.without)})"
        return where

    def _rows(self, table: str, where: str) -> Iterator[dict[str, Any]]:
        names = ", ".join(COLUMNS.get(table, SCHEMA[table].names))
        most, entered = self.needs.most_contacts, self.needs.entered
        if table != "contacts" or most is None:
            yield from self.facts.run_sql(
                f"SELECT {names} FROM {table} WHERE {where}"  # noqa: S608
            )
            return
        # No more contacts than settle the question; a nation has fifty million.
        yield from self.facts.run_sql(
            f"SELECT {names} FROM (SELECT c.*, row_number() OVER (PARTITION BY "  # noqa: S608
            "subject ORDER BY day, contact_id) AS nth FROM (SELECT * FROM contacts "
            f"WHERE {where}) AS c JOIN (SELECT episode_id AS owner, {self._subject} AS "
            f"subject, min({entered}) OVER (PARTITION BY {self._subject}) AS entered "
            "FROM episodes) AS e ON owner = episode_id AND day >= entered) "
            f"WHERE nth <= {most}"
        )


def of_units(units: Collection[str] | None) -> str:
    """Return what rows of some units satisfy."""
    return "true" if units is None else f"unit_id IN ({listed(units)})"


def _age(row: Mapping[str, Any]) -> tuple[str, str]:
    began = row["accepted_on"] or row["referred_on"] or row["entered_on"]
    return (began.isoformat() if began else "9999", row["episode_id"])
