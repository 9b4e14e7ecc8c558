"""The cases of the table beside this file, as functions of agreement take them.

Source: `agreement-cases.csv` was made for Braid from published examples (named in its last
column) and from constructed tables, each recomputed with independent libraries. It is part
of this project and under its licence.
"""

import csv
import json
from pathlib import Path

TABLE = Path(__file__).parent / "agreement-cases.csv"
CASES = {
    row["case_id"]: row for row in csv.DictReader(TABLE.read_text("utf-8").splitlines())
}


def given(case):
    return json.loads(CASES[case]["input"])


def expected(case):
    return json.loads(CASES[case]["expected"])


def of(*statistics):
    return [case for case, row in CASES.items() if row["statistic"] in statistics]


def units(case):
    """Return the units of a case, whatever form it is given in: values by coder."""
    said = given(case)
    if "rows" in said:
        rows = [
            [None if v == said["missing"] else v for v in row] for row in said["rows"]
        ]
        return list(zip(*rows, strict=True))
    if "table" in said:
        return [
            (i, j)
            for i, row in enumerate(said["table"])
            for j, count in enumerate(row)
            for _ in range(count)
        ]
    if "counts" in said:
        most = max(map(sum, said["counts"]))
        rows = [
            [j for j, n in enumerate(row) for _ in range(n)] for row in said["counts"]
        ]
        return [tuple(row + [None] * (most - len(row))) for row in rows]
    inside = [
        {at for start, end in said[coder] for at in range(start, end)}
        for coder in ("coder_a", "coder_b")
    ]
    return [tuple(int(at in one) for one in inside) for at in range(said["length"])]


def is_near(found, wanted, case):
    if wanted is None or found is None:
        return wanted is found
    return abs(float(found) - wanted) <= float(CASES[case]["tolerance"])
