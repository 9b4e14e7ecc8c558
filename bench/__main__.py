"""`python -m bench`: measure, print one table, write one JSON document.

`--smoke` is short: it fails where a page asks another number of queries than it is
known to, where a time is twice its goal, or where an answer is wrong.
"""

import argparse
import sys
import tempfile
from pathlib import Path

from bench import ceilings, machine, record, report
from bench.measure import Figures, measure, measure_shortly
from bench.workload import Wrong


def main() -> int:
    """Run the workloads whose name holds one of the words; all without a word."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--smoke", action="store_true", help="short, for every commit")
    parser.add_argument("only", nargs="*", help="words of workloads' names")
    wish = parser.parse_args()
    load = machine.load()
    with tempfile.TemporaryDirectory(prefix="braid-bench-") as folder:
        made = record.make(Path(folder))
        found, faults = _measured(wish.only, smoke=wish.smoke)
        if wish.smoke:
            faults += ceilings.faults(found)
        else:
            print(report.table(found, load))
            print(f"Samples: {report.save(found, made, load)}")
    for fault in faults:
        print(fault, file=sys.stderr)
    if wish.smoke and not faults:
        print(f"bench-smoke: {len(found)} workloads well")
    return 1 if faults else 0


def _measured(only: list[str], *, smoke: bool) -> tuple[list[Figures], list[str]]:
    """Return the figures, and a sentence for each workload with a wrong answer."""
    from bench.workloads import all_of

    found, faults = [], []
    for workload in all_of():
        is_wanted = not only or any(word in workload.name for word in only)
        if not is_wanted or (smoke and not workload.goals):
            continue
        try:
            found.append(measure_shortly(workload) if smoke else measure(workload))
        except Wrong as wrong:
            faults.append(f"{workload.name}: wrong, so not measured. {wrong}")
    return found, faults


if __name__ == "__main__":
    sys.exit(main())
