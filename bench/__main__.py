"""`python -m bench`: measure, print one table, write one JSON document.

Each size is measured in a process of its own. `--smoke` is short: it fails where a page
asks another number of queries than it is known to, where a time is twice its goal, or
where an answer is wrong. `--compare` measures nothing: it fails where a ratio of the
last run is more than a fifth above that of the run before, or of a document named.
"""

import argparse
import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from bench import comparing, machine, report
from bench.record import SIZES


def main() -> int:
    """Do what was asked; return 1 where something is not as it must be."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--size", choices=SIZES, action="append")
    parser.add_argument("--smoke", action="store_true", help="short, for every commit")
    parser.add_argument("--only", default="", help="words of names, with commas")
    parser.add_argument("--compare", action="store_true", help="with an earlier run")
    parser.add_argument("earlier", nargs="?", type=Path, help="its JSON document")
    wish = parser.parse_args()
    faults = _compared(wish.earlier) if wish.compare else _measured(wish)
    for fault in faults:
        print(fault, file=sys.stderr)
    return 1 if faults else 0


def _measured(wish: argparse.Namespace) -> list[str]:
    load = machine.load()
    sizes = wish.size or (SIZES[:1] if wish.smoke else SIZES)
    documents = [_of_size(size, wish) for size in sizes]
    faults = [fault for document in documents for fault in document["faults"]]
    faults += _uneven(documents)
    if not wish.smoke:
        print(report.table(documents, load))
        print(f"Samples: {report.save(documents, load)}")
    elif not faults:
        number = sum(len(document["workloads"]) for document in documents)
        print(f"bench-smoke: {number} workloads well")
    return faults


def _of_size(size: str, wish: argparse.Namespace) -> dict[str, Any]:
    """Measure one size in a process of its own and return what was found."""
    with tempfile.TemporaryDirectory(prefix="braid-bench-") as folder:
        found = Path(folder) / "found.json"
        words = [size, str(found), "--only", wish.only, *["--smoke"] * wish.smoke]
        subprocess.run(
            [sys.executable, "-m", "bench.one_size", *words],
            cwd=machine.ROOT,
            check=True,
        )
        document: dict[str, Any] = json.loads(found.read_text())
    return document


def _uneven(documents: list[dict[str, Any]]) -> list[str]:
    """Return a sentence for each page whose queries grow with the record."""
    seen: dict[str, set[int]] = {}
    for document in documents:
        for figures in document["workloads"]:
            if figures["are_queries_fixed"]:
                seen.setdefault(figures["workload"], set()).add(figures["queries"])
    return [
        f"{name}: {' or '.join(map(str, sorted(counts)))} queries, by the size."
        for name, counts in seen.items()
        if len(counts) > 1
    ]


def _compared(earlier: Path | None) -> list[str]:
    *before, last = [None, *comparing.runs()]
    base = earlier or (before[-1] if before else None)
    if last is None or base is None:
        return ["There are not two runs to compare. Measure with `make bench` first."]
    faults = comparing.slower(base, last)
    print(f"{last.name} against {base.name}: {len(faults)} ratios grew")
    return faults


if __name__ == "__main__":
    sys.exit(main())
