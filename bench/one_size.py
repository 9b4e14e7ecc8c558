"""`python -m bench.one_size SIZE FILE`: measure one size, write what was found.

A process of its own, for Django is set up for one database. Its clock goes on from one
morning: what is in a diary is another thing each day, and so is what a page asks.
"""

import argparse
import json
import sys
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path

import time_machine

from bench import ceilings, record
from bench.measure import Figures, measure, measure_shortly
from bench.workload import Wrong

MORNING = datetime(2026, 11, 18, 10, tzinfo=UTC)


def main() -> int:
    """Run the workloads whose name holds one of the words; all without a word."""
    parser = argparse.ArgumentParser(prog="python -m bench.one_size")
    parser.add_argument("size", choices=record.SIZES)
    parser.add_argument("file", type=Path)
    parser.add_argument("--smoke", action="store_true")
    parser.add_argument("--only", default="")
    wish = parser.parse_args()
    words = [word.strip() for word in wish.only.split(",") if word.strip()]
    with time_machine.travel(MORNING, tick=True), record.made(wish.size) as made:
        found, faults = _measured(made, words, smoke=wish.smoke)
        document = {
            "record": asdict(made),
            "workloads": [figures.as_dict() for figures in found],
            "faults": faults,
        }
    wish.file.write_text(json.dumps(document, default=str))
    return 0


def _measured(
    made: record.Made, words: list[str], *, smoke: bool
) -> tuple[list[Figures], list[str]]:
    """Return the figures, and a sentence for each workload that is not as it must be."""
    from bench.workloads import all_of

    found, faults = [], []
    for workload in all_of(made, words):
        if smoke and not workload.goals:
            continue
        try:
            found.append(measure_shortly(workload) if smoke else measure(workload))
        except Wrong as wrong:
            faults.append(f"{workload.name}: wrong, so not measured. {wrong}")
    judged = ceilings.faults if smoke else ceilings.miscounted
    return found, faults + judged(found)


if __name__ == "__main__":
    sys.exit(main())
