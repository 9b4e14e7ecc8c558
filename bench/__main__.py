"""`python -m bench`: measure, print one table, write one JSON document.

`--smoke` is short: it fails where a page asks another number of queries than it is
known to, where a time is twice its goal, or where an answer is wrong.
"""

import argparse
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from bench import machine, record, report
from bench.measure import Figures, measure
from bench.workload import SLACK, Wrong

ROUNDS, SMOKE_ROUNDS, SMOKE_CALLS = 9, 3, 3


def main() -> int:
    """Run the workloads whose name holds one of the words; all without a word."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--smoke", action="store_true", help="short, for every commit")
    parser.add_argument("only", nargs="*", help="words of workloads' names")
    wish = parser.parse_args()
    load = machine.load()
    with tempfile.TemporaryDirectory(prefix="braid-bench-") as folder:
        made = record.make(Path(folder))
        found, wrong = _measured(wish.only, smoke=wish.smoke)
        if not wish.smoke:
            print(report.table(found, load))
            print(f"Samples: {report.save(found, made, load)}")
    faults = wrong + (list(_smoke_faults(found)) if wish.smoke else [])
    for fault in faults:
        print(fault, file=sys.stderr)
    if wish.smoke and not faults:
        print(f"bench-smoke: {len(found)} workloads well")
    return 1 if faults else 0


def _measured(only: list[str], *, smoke: bool) -> tuple[list[Figures], list[str]]:
    """Return the figures, and a sentence for each workload with a wrong answer."""
    from bench.workloads import all_of

    found, wrong = [], []
    for workload in all_of():
        if only and not any(word in workload.name for word in only):
            continue
        rounds, calls = (SMOKE_ROUNDS, SMOKE_CALLS) if smoke else (ROUNDS, None)
        try:
            found.append(measure(workload, rounds, calls))
        except Wrong as answer:
            wrong.append(f"{workload.name}: wrong, so not measured. {answer}")
    return found, wrong


def _smoke_faults(found: list[Figures]) -> Iterator[str]:
    """Say what is not as it must be: exact queries, times with slack; no ratios."""
    for figures in found:
        workload = figures.workload
        if figures.queries != workload.queries:
            yield (
                f"{workload.name}: {figures.queries} queries, "
                f"expected {workload.queries}."
            )
        for goal in workload.goals:
            reached = figures.figure(goal.of)
            if goal.of in ("cpu", "rate") and not goal.is_met(reached, SLACK):
                yield f"{workload.name}: {reached:,.1f}, twice off {goal.text}."


if __name__ == "__main__":
    sys.exit(main())
