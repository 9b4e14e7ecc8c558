"""Runs of contracts over the facts of a nation, and one of them by an ORM's loop."""

from __future__ import annotations

import resource
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from bench import machine
from bench.contracts import CONTRACT, TABLES, Terms, told

CONTRACTS = (CONTRACT, "uk-ipspc", "uk-mhep-haringey-barnet")
SOME = 2  # units that the loop goes through
SECONDS, MEMORY, TIMES = 60.0, 4096.0, 20.0  # seconds, MiB, faster than the loop


def measured(folder: Path, only: str = "", *, few: bool = False) -> dict[str, Any]:
    """Return the seconds of each contract over all episodes, and of the loop.

    `few`: the first contract alone, in one process and in two.
    """
    from braid.facts import foreign

    facts, faults = foreign.open_folder(folder)
    if facts is None or faults:
        raise RuntimeError(f"The facts cannot be opened: {faults[:1]}.")
    with facts:
        as_of = facts.as_of
        ((episodes,),) = (
            row.values() for row in facts.run_sql("SELECT count(*) AS n FROM episodes")
        )
        units = facts.units[:SOME]
        listed = ", ".join(f"'{each}'" for each in units)
        rows = {
            name: facts.run_sql(f"SELECT * FROM {name} WHERE unit_id IN ({listed})")
            for name in TABLES
        }
    found: dict[str, Any] = {"episodes": episodes}
    words = [word.strip() for word in only.split(",") if word.strip()]
    names = [n for n in CONTRACTS if not words or any(word in n for word in words)]
    for name in names[:1] if few else names:
        found[name] = _ran(folder, Terms(name), as_of, 2 if few else None)
    found |= _beside_a_loop(folder, rows, units, as_of)
    if CONTRACT in found:
        ours = found[CONTRACT]["wall s"] / episodes * 1e6
        times = round(found["loop us an episode"] / ours, 1)
        found["times the loop"] = times
        verdict = "pass" if times >= TIMES else "MISS"
        found["loop"] = f"{verdict} (≥ {TIMES:g})"
    return {"funding": found, "lines agree": found.pop("lines agree")}


@contextmanager
def _clocked(told: dict[str, Any], name: str = "") -> Iterator[None]:
    """Note the wall, and the CPU of this process and of those it began."""
    wall, before = time.perf_counter(), _cpu()
    yield
    told[f"{name}wall s"] = round(time.perf_counter() - wall, 2)
    told[f"{name}cpu s"] = round(_cpu() - before, 2)


def _cpu() -> float:
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + children.ru_utime + children.ru_stime


def _ran(
    folder: Path, terms: Terms, as_of: Any, processes: int | None
) -> dict[str, Any]:
    from braid.funding import many

    figures: dict[str, Any] = {"load before": machine.load()}
    with _clocked(figures):
        found = many.run_folder(
            folder, terms.versions, terms.bindings, as_of=as_of, processes=processes
        )
    children = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    memory = machine.peak_memory() + children * many.processors()
    return figures | {
        "lines": len(found.lines),
        "due": found.totals.due.count,
        "seconds": _judged(figures["wall s"], SECONDS),
        "memory MiB": round(memory),
        "memory": _judged(memory, MEMORY),
    }


def _judged(reached: float, limit: float) -> str:
    return f"{'pass' if reached <= limit else 'MISS'} (≤ {limit:g})"


def _beside_a_loop(
    folder: Path, rows: dict[str, Any], units: list[str], as_of: Any
) -> dict[str, Any]:
    """Return what the loop takes for some units; both ways must say the same."""
    from braid.funding import many

    _settle()
    from bench.peers.payments import Loop

    terms = Terms()
    loop, episodes = Loop(rows, as_of), len(rows["episodes"])
    figures: dict[str, Any] = {}
    with _clocked(figures, "worked out "):
        found = loop.work_out()
    with _clocked(figures, "saved "):
        saved = loop.work_out_and_save()
    ours = told(
        many.run_folder(
            folder,
            terms.versions,
            terms.bindings,
            as_of=as_of,
            units=units,
            processes=1,
        ).lines
    )
    return {
        "lines agree": found == saved == ours and bool(ours),
        "episodes of the loop": episodes,
        "lines of the loop": len(found),
        "loop by episode": figures,
        "loop us an episode": round(figures["saved wall s"] / episodes * 1e6),
        "loop, nothing saved, us an episode": round(
            figures["worked out wall s"] / episodes * 1e6
        ),
    }


def _settle() -> None:
    """Set up Django for the loop alone, where nothing else did."""
    import django
    from django.conf import settings

    if not settings.configured:
        settings.configure(USE_TZ=True, DATABASES={})
        django.setup()
