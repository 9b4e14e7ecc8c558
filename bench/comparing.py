"""What became slower since an earlier run: ratios only, for computers differ."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from bench.report import FOLDER

SLOWER = 1.2  # a ratio may be this many times what it was
RATIOS = ("to_peer", "to_floor")
Key = tuple[str, str]


def runs() -> list[Path]:
    """Return the documents of the runs on this computer, the oldest first."""
    return sorted(FOLDER.glob("*T*.json"), key=lambda path: path.stat().st_mtime)


def slower(before: Path, after: Path) -> list[str]:
    """Return a sentence for each ratio that grew by more than a fifth."""
    old, new = _figures(before), _figures(after)
    return [
        sentence
        for key in sorted(old.keys() & new.keys())
        for sentence in _grown(key, old[key], new[key])
    ]


def _figures(path: Path) -> dict[Key, dict[str, Any]]:
    return {
        (document["record"]["size"], figures["workload"]): figures
        for document in json.loads(path.read_text())["sizes"]
        for figures in document["workloads"]
    }


def _grown(key: Key, old: dict[str, Any], new: dict[str, Any]) -> Iterator[str]:
    for ratio in RATIOS:
        before, after = old[ratio], new[ratio]
        if before and after and after > SLOWER * before:
            size, workload = key
            yield (
                f"{workload} ({size}): {ratio.replace('_', ' ')} is {after:.2f}, "
                f"it was {before:.2f}."
            )
