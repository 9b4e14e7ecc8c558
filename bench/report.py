"""One table for readers, one JSON document for machines."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bench import machine

FOLDER = machine.ROOT / "build" / "bench"
HEAD = (
    "workload",
    "size",
    "median",
    "p99",
    "CPU",
    "first",
    "RSS",
    "queries",
    "peer",
    "floor",
    "to peer",
    "to floor",
    "goal",
    "",
)
WORDS = (0, 1, 12)  # columns that begin at their left edge
LEGEND = (
    "Times in ms; median and p99 by the wall, first: CPU of the first call, RSS: the "
    "largest memory during it, in MiB.\nPeer and floor, and the ratios to them: CPU, "
    "for an import or a set of facts the wall; medians of rounds in which the sides "
    "took turns."
)
Document = Mapping[str, Any]
Row = tuple[str, ...]


def table(documents: Iterable[Document], load: float) -> str:
    """Return the table: a line a workload, and one more for each further goal."""
    rows: list[Row] = [HEAD]
    for document in documents:
        for figures in document["workloads"]:
            rows += _rows(figures, document["record"]["size"])
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    lines = [_line(row, widths) for row in rows]
    lines.insert(1, "-" * len(lines[0]))
    if load > machine.QUIET:
        lines.append(f"contended: lower bounds (load {load} before the run)")
    return "\n".join([*lines, LEGEND])


def _line(row: Sequence[str], widths: Sequence[int]) -> str:
    words = (
        cell.ljust(width) if place in WORDS else cell.rjust(width)
        for place, (cell, width) in enumerate(zip(row, widths, strict=True))
    )
    return "  ".join(words).rstrip()


def _rows(figures: Document, size: str) -> list[Row]:
    own = (
        figures["workload"],
        f"{figures['rows']:,}" if figures["rows"] else size,
        *map(_number, (figures["median_ms"], figures["p99_ms"], figures["cpu_ms"])),
        _number(figures["first_call_cpu_ms"]),
        f"{figures['peak_memory_mib']:.0f}",
        str(figures["queries"]),
        *map(_number, (figures["peer_ms"], figures["floor_ms"])),
        *map(_ratio, (figures["to_peer"], figures["to_floor"])),
    )
    goals = [_goal(goal) for goal in figures["goals"]] or [("", "")]
    beneath = ("",) * len(own)
    return [(*own, *goals[0]), *((*beneath, *goal) for goal in goals[1:])]


def _goal(goal: Document) -> tuple[str, str]:
    is_rate = goal["of"] == "rate"
    text = f"{goal['text']} ({goal['reached']:,.0f})" if is_rate else goal["text"]
    return text, "pass" if goal["is_met"] else "MISS"


def _number(value: float | None) -> str:
    if value is None:
        return "–"
    return f"{value:.2f}" if value < 1000 else f"{value:,.0f}"


def _ratio(value: float | None) -> str:
    return "–" if value is None else f"{value:.2f}"


def save(documents: Iterable[Document], load: float) -> Path:
    """Write the JSON document and return where it is."""
    now, commit = datetime.now(UTC), machine.commit()
    document: dict[str, Any] = {
        "measured_at": now.isoformat(timespec="seconds"),
        "commit": commit,
        "machine": machine.described(),
        "load_before": load,
        "sizes": list(documents),
    }
    FOLDER.mkdir(parents=True, exist_ok=True)
    path = FOLDER / f"{now:%Y-%m-%dT%H%M}-{commit}.json"
    path.write_text(json.dumps(document, indent=1) + "\n")
    return path
