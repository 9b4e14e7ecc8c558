"""The engines themselves, where an environment of them is named."""

import os
from datetime import date
from decimal import Decimal as D
from pathlib import Path

import pytest

from braid.benefits import engines
from braid.method.benefits import Household, Inputs

FOLDER = os.environ.get("BRAID_BENEFIT_ENGINES", "")
pytestmark = [
    pytest.mark.long,
    pytest.mark.skipif(
        not FOLDER, reason="BRAID_BENEFIT_ENGINES names no environment of an engine"
    ),
]
# Figures of the model itself, in the version named; not ours, and of no authority.
UK_VERSION = "2.162.10"
UK_YEAR = {
    0: ("11098.80", "10918.80"),
    5200: ("8238.80", "13258.80"),
    10600: ("5268.80", "15688.80"),
    20000: ("1243.02", "18982.62"),
}


@pytest.fixture(autouse=True)
def folder(settings):
    settings.BRAID_BENEFIT_ENGINES = Path(FOLDER)
    yield
    engines.close()


def engine(country):
    found = engines.available(country)
    if not found:
        pytest.skip(f"no engine of {country} in BRAID_BENEFIT_ENGINES")
    return found[0]


def test_the_united_kingdom_gives_what_its_version_gave():
    if engine("GB").version != UK_VERSION:
        pytest.skip(f"figures are those of version {UK_VERSION}")
    request = {
        "v": 1,
        "country": "GB",
        "rules_date": "2026-01-01",
        "period": "year",
        "household": {"people": [{"id": "p1", "age": 35}], "rent": "6000"},
        "axis": [
            {"id": f"h{n}", "hours": "1", "wage": str(pay), "weeks": "1"}
            for n, pay in enumerate(UK_YEAR)
        ],
        "ask": ["net", "tax", "benefits"],
    }

    rows = engines.work_out("policyengine-uk", request)["rows"]

    for row, (credit, net) in zip(rows, UK_YEAR.values(), strict=True):
        assert abs(D(row["benefits"]["universal_credit"]) - D(credit)) <= D("0.01")
        assert abs(D(row["net"]) - D(net)) <= D("0.01")
        # What the model takes off and does not name is shown, not hidden.
        assert (row["other"], row["warnings"]) == ("-180.00", ["unexplained_amount"])


@pytest.mark.parametrize(
    ("country", "household", "benefit"),
    [
        ("US", Household(age=35, region="NH", flags=("is_disabled",)), "snap"),
        ("FR", Household(age=35, partner=False), "rsa"),
    ],
)
def test_an_engine_answers_as_a_rule_pack_would(country, household, benefit):
    asked = Inputs(wage=D(12), hours=(D(0), D(8), D(30)), household=household)

    found = engines.worked_out(engine(country).id, asked, date(2025, 6, 1))

    assert [row.id for row in found.rows] == ["h0", "h8", "h30"]
    assert found.rows[0].benefits[benefit] > found.rows[2].benefits[benefit] >= 0
    assert found.rows[2].gross == D("1560.00")
    assert all(row.net is not None for row in found.rows)
