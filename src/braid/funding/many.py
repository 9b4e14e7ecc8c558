"""A contract over the facts of a nation: part by part, in one process or in several.

Subjects do not touch one another but under the caps of the whole contract, so that those
of some units can be concluded by themselves, wherever that happens; persons who have
been in several units are a part of their own. Where a cap of the whole contract is
passed, or advances of an earlier regime are netted, all is concluded at once instead.
What comes out is the same, whatever the parts and processes are. Imports no Django.
"""

from __future__ import annotations

import multiprocessing
import os
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

from braid.facts import foreign
from braid.facts.faults import FactsFaults
from braid.funding.line_columns import LineColumns
from braid.funding.reading import Part, candidates, of_units, without_collecting
from braid.method.contracts.running import (
    can_slim,
    concluded,
    concluded_part,
    in_parts,
    known_of_all,
    looked_at,
)
from braid.method.contracts.settling import Places
from braid.method.contracts.shape import Binding, Bindings, Contract
from braid.method.contracts.summing import added, totals_of
from braid.method.contracts.values import Totals
from braid.method.contracts.versions import Versions

if TYPE_CHECKING:
    from braid.facts.reading import Facts

Written = list[tuple[str, int, tuple[Binding, ...]]]
ENOUGH = 10_000  # episodes of a part


@dataclass(frozen=True, slots=True)
class Found:
    """The lines of a run in columns, and their sums."""

    lines: LineColumns
    totals: Totals


@dataclass(frozen=True, slots=True)
class Task:
    """What is run: a contract over a folder of facts, as of a day."""

    folder: Path
    versions: tuple[Contract, ...]
    bindings: tuple[Bindings, ...]
    as_of: date


@dataclass(frozen=True, slots=True)
class _Done:
    lines: LineColumns
    totals: Totals
    places: Places


def run_folder(
    folder: Path,
    versions: Sequence[Contract],
    bindings: Sequence[Bindings] = (),
    *,
    as_of: date,
    units: Collection[str] | None = None,
    processes: int | None = None,
    enough: int = ENOUGH,
) -> Found:
    """Return the brief run of a contract over a folder of facts.

    In as many `processes` as there are processors, unless it is said. Raises FactsFaults
    where the facts cannot be read.
    """
    task = Task(folder, tuple(versions), tuple(bindings), as_of)
    chosen = Versions.in_force(task.versions, as_of, task.bindings)
    unit = versions[-1].unit
    with _opened(task) as facts:
        if in_parts(chosen):
            parts = list(parts_of(facts, unit, units, enough))
            number = min(processes or processors(), len(parts))
            done = list(_all_done(task, facts, parts, number))
            places = Places(Counter(), {})
            for each in done:
                places.taken.update(each.places.taken)
                for key, amount in each.places.money.items():
                    places.money[key] = places.money.get(key, Decimal(0)) + amount
            if places.fit(chosen):
                lines = LineColumns.joined(unit, (each.lines for each in done))
                sums = [each.totals for each in done]
                currency = chosen.contracts[-1].currency
                return Found(lines, added([totals_of((), currency), *sums]))
            del done
        return _concluded_at_once(task, facts, chosen, units, enough)


def _concluded_at_once(
    task: Task,
    facts: Facts,
    chosen: Versions,
    units: Collection[str] | None,
    enough: int,
) -> Found:
    """Return the run of all cases beside one another, of which little is kept."""
    unit = task.versions[-1].unit
    shared = known_of_all(chosen, task.as_of) if can_slim(chosen) else None
    looked = []
    with without_collecting():
        for part in parts_of(facts, unit, units, enough):
            for case in candidates(facts, task.versions, task.bindings, part):
                one = looked_at(case, chosen, task.as_of, brief=True)
                if not one.drafts and not one.advances and not case.of("claims"):
                    one.let_go()
                    continue
                if shared is not None:
                    one.slim(shared)
                looked.append(one)
        whole = concluded(chosen, looked, task.as_of)
    return Found(LineColumns.of(unit, whole.lines), whole.totals)


def parts_of(
    facts: Facts, unit: str, units: Collection[str] | None, enough: int
) -> Iterator[Part]:
    """Yield the parts of the subjects: units in order, so many episodes together."""
    rows = facts.run_sql(
        "SELECT unit_id, count(*) AS n FROM episodes GROUP BY unit_id ORDER BY unit_id"
    )
    wandering = _wandering(facts, units) if unit == "person" else {}
    names: list[str] = []
    episodes = 0
    for row in rows:
        if units is not None and row["unit_id"] not in units:
            continue
        names.append(row["unit_id"])
        episodes += row["n"]
        if episodes >= enough:
            yield _part(names, wandering)
            names, episodes = [], 0
    if names:
        yield _part(names, wandering)
    people = sorted(wandering)
    for first in range(0, len(people), enough):
        only = tuple(people[first : first + enough])
        been = tuple(sorted({each for key in only for each in wandering[key]}))
        yield Part(been, only, lines_only=True)


def _part(names: Sequence[str], wandering: Mapping[str, Collection[str]]) -> Part:
    """Return the part of some units, without the persons who were elsewhere as well."""
    own = set(names)
    left = (key for key, been in wandering.items() if not own.isdisjoint(been))
    return Part(tuple(names), without=tuple(left), lines_only=True)


def _wandering(
    facts: Facts, units: Collection[str] | None
) -> dict[str, tuple[str, ...]]:
    """Return the persons who have been in more than one unit, with those units."""
    rows = facts.run_sql(
        "SELECT person_key, list_sort(list(DISTINCT unit_id)) AS been FROM episodes "  # noqa: S608
        f"WHERE {of_units(units)} GROUP BY person_key "
        "HAVING min(unit_id) <> max(unit_id) ORDER BY person_key"
    )
    return {row["person_key"]: tuple(row["been"]) for row in rows}


def processors() -> int:
    """Return how many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


@contextmanager
def _opened(task: Task) -> Iterator[Facts]:
    facts, faults = foreign.open_folder(task.folder, as_of=task.as_of)
    if facts is None or faults:
        if facts is not None:
            facts.close()
        raise FactsFaults(faults)
    with facts:
        yield facts


def _all_done(
    task: Task, facts: Facts, parts: Sequence[Part], processes: int
) -> Iterator[_Done]:
    """Yield what came of each part, in their order."""
    if processes <= 1:
        yield from (_conclude(task, facts, part) for part in parts)
        return
    # A process begun anew shares no thread, lock or connection with this one.
    fresh = multiprocessing.get_context("spawn")
    told = task.folder, task.versions, _written(task.bindings), task.as_of
    with ProcessPoolExecutor(processes, fresh, _begin, told) as pool:
        yield from pool.map(_work, parts)


def _written(bindings: Sequence[Bindings]) -> Written:
    """Return bindings as they can be told to another process."""
    return [(each.contract, each.version, each.bindings) for each in bindings]


_task: list[tuple[Task, Facts]] = []
"""What a process that was begun for a run works on: nothing in any other."""


def _begin(
    folder: Path, versions: tuple[Contract, ...], bindings: Written, as_of: date
) -> None:
    """Open the facts once for all parts that this process works on."""
    found = tuple(
        Bindings(contract=contract, version=version, bindings=values)
        for contract, version, values in bindings
    )
    task = Task(folder, versions, found, as_of)
    facts, _ = foreign.open_folder(folder, as_of=as_of)
    if facts is None:
        raise FactsFaults([])
    _task[:] = [(task, facts)]


def _work(part: Part) -> _Done:
    ((task, facts),) = _task
    return _conclude(task, facts, part)


def _conclude(task: Task, facts: Facts, part: Part) -> _Done:
    """Return what comes of the subjects of one part."""
    chosen = Versions.in_force(task.versions, task.as_of, task.bindings)
    with without_collecting():
        looked = [
            looked_at(case, chosen, task.as_of, brief=True)
            for case in candidates(facts, task.versions, task.bindings, part)
        ]
        lines, places = concluded_part(chosen, looked, task.as_of)
        totals = totals_of(lines, chosen.contracts[-1].currency)
        done = _Done(LineColumns.of(task.versions[-1].unit, lines), totals, places)
        for each in looked:
            each.let_go()
        return done
