"""One table for readers, one JSON document for machines."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bench import machine
from bench.measure import Figures
from bench.record import Made
from bench.workload import Goal

FOLDER = machine.ROOT / "build" / "bench"
HEAD = (
    "workload",
    "size",
    "median",
    "p99",
    "CPU",
    "first",
    "queries",
    "peer",
    "floor",
    "to peer",
    "to floor",
    "goal",
    "",
)
LEGEND = (
    "Times in ms; median and p99 by the wall, first: CPU of the first call. Peer and "
    "floor, and the ratios to them:\nCPU of a page, wall of an import; medians of "
    "rounds in which the sides took turns."
)
Row = tuple[str, ...]


def table(all_figures: Iterable[Figures], load: float) -> str:
    """Return the table: a line a workload, and one more for each further goal."""
    rows = [HEAD]
    for figures in all_figures:
        rows += _rows(figures)
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    lines = [_line(row, widths) for row in rows]
    lines.insert(1, "-" * len(lines[0]))
    if load > machine.QUIET:
        lines.append(f"contended: lower bounds (load {load} before the run)")
    return "\n".join([*lines, LEGEND])


def _line(row: Sequence[str], widths: Sequence[int]) -> str:
    words = (
        cell.ljust(width) if place in (0, 1, 11) else cell.rjust(width)
        for place, (cell, width) in enumerate(zip(row, widths, strict=True))
    )
    return "  ".join(words).rstrip()


def _rows(figures: Figures) -> list[Row]:
    own = (
        figures.workload.name,
        figures.rows_text,
        _number(figures.median),
        _number(figures.p99),
        _number(figures.cpu),
        _number(figures.first),
        str(figures.queries),
        _number(figures.of("peer")),
        _number(figures.of("floor")),
        _ratio(figures.ratio("peer")),
        _ratio(figures.ratio("floor")),
    )
    goals = [_goal(goal, figures) for goal in figures.workload.goals] or [("", "")]
    beneath = ("",) * len(own)
    return [(*own, *goals[0]), *((*beneath, *goal) for goal in goals[1:])]


def _goal(goal: Goal, figures: Figures) -> tuple[str, str]:
    reached = figures.figure(goal.of)
    text = f"{goal.text} ({reached:,.0f})" if goal.of == "rate" else goal.text
    return text, "pass" if goal.is_met(reached) else "MISS"


def _number(value: float | None) -> str:
    if value is None:
        return "–"
    return f"{value:.2f}" if value < 1000 else f"{value:,.0f}"


def _ratio(value: float | None) -> str:
    return "–" if value is None else f"{value:.2f}"


def save(all_figures: Iterable[Figures], made: Made, load: float) -> Path:
    """Write the JSON document and return where it is."""
    now, commit = datetime.now(UTC), machine.commit()
    document: dict[str, Any] = {
        "measured_at": now.isoformat(timespec="seconds"),
        "commit": commit,
        "machine": machine.described(),
        "load_before": load,
        "peak_memory_mib": machine.peak_memory(),
        "record": asdict(made),
        "workloads": [figures.as_dict() for figures in all_figures],
    }
    FOLDER.mkdir(parents=True, exist_ok=True)
    path = FOLDER / f"{now:%Y-%m-%d}-{commit}.json"
    path.write_text(json.dumps(document, indent=1, default=str) + "\n")
    return path
