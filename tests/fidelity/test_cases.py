"""Every case of the table beside this file, through the commands and the library.

Source: `fidelity-cases.csv` was made for Braid from published totals (named in its last
column) and from constructed ratings and quantities. The rows of scales that are not
bundled (IPS-Y) are not run: their forms have not been obtained.
"""

import csv
import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from braid.method import scales
from braid.packs import scales as packs
from braid.site import cli

TABLE = Path(__file__).parent / "fidelity-cases.csv"
CASES = list(csv.DictReader(TABLE.read_text("utf-8").splitlines()))
NOT_BUNDLED = {"ips-y-employment", "ips-y-education"}


def rows(*kinds, check=False):
    return [
        pytest.param(
            row["scale"], given, json.loads(row["expected"]), id=row["case_id"]
        )
        for row in CASES
        for given in [json.loads(row["input"])]
        if row["kind"] in kinds
        and ("check" in given) == check
        and row["scale"] not in NOT_BUNDLED
    ]


def braid(*words):
    """Return what a command prints as JSON; of a refusal its reason, as cases have it."""
    done = CliRunner().invoke(
        cli.main, ["fidelity", *map(str, words), "--json"], catch_exceptions=False
    )
    document = json.loads(done.stdout)
    if "error" in document:
        assert done.exit_code == 2
        return {"error": document["error"]["reason"]}
    assert done.exit_code == 0
    return document


def test_every_case_of_a_bundled_scale_is_run():
    run = len(rows("vector", "raw", "total")) + len(rows("total", check=True))
    assert run == len(CASES) - 4 == 184
    assert set(packs.load()) == {row["scale"] for row in CASES} - NOT_BUNDLED


@pytest.mark.parametrize(("scale", "given", "expected"), rows("vector", "total"))
def test_a_rating_or_a_total(scale, given, expected, tmp_path):
    file = tmp_path / "ratings.json"
    file.write_text(json.dumps(given))
    found = braid("score", file, "--scale", scale)
    assert {part: found.get(part) for part in expected} == expected


@pytest.mark.parametrize(("scale", "given", "expected"), rows("raw"))
def test_an_item_from_raw_quantities(scale, given, expected):
    quantities = json.dumps(given["input"])
    found = braid("item", given["item"], "--scale", scale, "--input", quantities)
    assert {part: found.get(part) for part in expected} == expected


@pytest.mark.parametrize(("scale", "given", "expected"), rows("total", check=True))
def test_a_statistic_of_published_totals(scale, given, expected):
    if given["check"] == "correlation_p":
        p = scales.correlation_p(given["r"], given["n"])
        assert round(p, 4) == expected["p_two_sided"]
        return
    among = given["n"], given["min"], given["max"]
    population, sample = scales.largest_sd(*among)
    assert scales.sd_is_plausible(*among, given["sd"]) is expected["plausible"]
    assert (round(population, 2), round(sample, 2)) == (
        expected["max_sd_population"],
        expected["max_sd_sample"],
    )
