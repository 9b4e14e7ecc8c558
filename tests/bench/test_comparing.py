"""A run is held against an earlier one by its ratios, for computers differ."""

import json

import pytest

from bench import comparing, report


def run(folder, name, *, to_peer, to_floor=None, median=10.0):
    figures = {
        "workload": "caseload list",
        "median_ms": median,
        "to_peer": to_peer,
        "to_floor": to_floor,
    }
    path = folder / f"{name}.json"
    document = {"sizes": [{"record": {"size": "unit"}, "workloads": [figures]}]}
    path.write_text(json.dumps(document))
    return path


@pytest.mark.parametrize(
    ("before", "after", "grown"),
    [
        pytest.param(0.50, 0.59, 0, id="within a fifth"),
        pytest.param(0.50, 0.61, 1, id="more than a fifth"),
        pytest.param(0.50, 0.20, 0, id="faster"),
        pytest.param(None, 0.90, 0, id="no peer then"),
        pytest.param(0.50, None, 0, id="no peer now"),
    ],
)
def test_a_ratio_that_grew_is_named(tmp_path, before, after, grown):
    old, new = (
        run(tmp_path, name, to_peer=ratio)
        for name, ratio in (("old", before), ("new", after))
    )
    found = comparing.slower(old, new)
    assert len(found) == grown
    assert all("caseload list (unit): to peer" in sentence for sentence in found)


def test_a_slower_computer_alone_is_no_regression(tmp_path):
    old = run(tmp_path, "old", to_peer=0.5, to_floor=4.0, median=10.0)
    new = run(tmp_path, "new", to_peer=0.5, to_floor=4.1, median=30.0)
    assert comparing.slower(old, new) == []


def test_the_table_says_of_each_goal_whether_it_is_met():
    figures = {
        "workload": "caseload list",
        "rows": 0,
        "queries": 10,
        "peak_memory_mib": 120.4,
        "first_call_cpu_ms": 30.0,
        "peer_ms": None,
        "to_peer": None,
        "floor_ms": 0.7,
        "to_floor": 11.9,
        **dict.fromkeys(("median_ms", "p99_ms", "cpu_ms"), 8.3),
        "goals": [
            {"of": "cpu", "text": "CPU ≤ 8 ms", "reached": 8.3, "is_met": False},
            {"of": "queries", "text": "≤ 12 queries", "reached": 10, "is_met": True},
        ],
    }
    documents = [{"record": {"size": "region"}, "workloads": [figures]}]
    table = report.table(documents, load=0.1)
    missed, met = table.splitlines()[2:4]
    assert missed.startswith("caseload list  region")
    assert missed.endswith("CPU ≤ 8 ms    MISS")
    assert met.endswith("≤ 12 queries  pass")
    assert "contended" not in table
    assert "contended" in report.table(documents, load=2.0)
