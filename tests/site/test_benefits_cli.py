"""`braid benefits`: rule packs, one calculation, and engines."""

import json

import pytest
from click.testing import CliRunner

from braid.site.cli import main


def run(*words):
    return CliRunner().invoke(main, ["benefits", *map(str, words)])


@pytest.fixture
def asked(tmp_path):
    file = tmp_path / "cafe.json"
    file.write_text('{"wage": 12.00, "hours": [16, 20], "benefits": ["support"]}')
    return file


def test_packs_tell_how_much_is_open():
    assert "xx-test@1, reviewed: nothing is open" in run("packs").output
    (dk,) = [
        pack
        for pack in json.loads(run("packs", "--json").stdout)["packs"]
        if pack["id"] == "dk"
    ]
    assert dk["status"] == "draft"
    assert any(line.startswith("kontanthjaelp: ") for line in dk["open"])


def test_a_question_in_a_file_is_worked_out(asked):
    told = run("evaluate", asked, "--pack", "xx-test")

    assert told.exit_code == 0
    assert "16 hours: pay 832.00, left 1632.80" in told.output
    assert "from 19.23 hours to 26.44, at most 150.00 less" in told.output
    found = json.loads(run("evaluate", asked, "--pack", "xx-test", "--json").stdout)
    assert [row["net"] for row in found["rows"]] == ["1632.80", "1566.00"]


def test_what_is_open_is_told_with_its_question(asked):
    told = run("evaluate", asked, "--pack", "dk")

    assert "left not known" in told.output
    assert "income_tax: How much tax is taken" in told.output


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("nonsense", "holds no JSON object"),
        ("[1]", "holds no JSON object"),
        ('{"wage": 12}', "'inputs.hours'"),
        ('{"wage": 12, "hours": [90]}', "from 0 to 80 hours"),
        ('{"wage": 12, "hours": [0], "name": "Ann"}', "'inputs.name'"),
        ("{}" + " " * 1_000_001, "too large"),
    ],
    ids=["no JSON", "a list", "no hours", "too many hours", "a name", "too large"],
)
def test_a_file_that_cannot_be_used_is_wrong_use(asked, text, says):
    asked.write_text(text)

    told = run("evaluate", asked, "--pack", "xx-test")

    assert (told.exit_code, says in told.output) == (2, True)


def test_a_pack_that_is_not_there_is_told(asked):
    told = run("evaluate", asked, "--pack", "nowhere")

    assert told.exit_code == 1
    assert "There is no pack 'nowhere'" in told.output


def test_engines_are_named_with_their_licence(settings):
    settings.BRAID_BENEFIT_ENGINES = None

    assert "policyengine-uk (GB, AGPL-3.0): not installed" in run("engines").output
    found = json.loads(run("engines", "--json").stdout)["engines"]
    assert {(engine["id"], engine["installed"]) for engine in found} == {
        ("policyengine-uk", False),
        ("policyengine-us", False),
        ("openfisca-france", False),
    }


def test_the_check_of_packs_lists_what_is_open():
    told = CliRunner().invoke(main, ["packs", "check", "--json"])

    assert told.exit_code == 0
    assert any("benefits/dk@" in line for line in json.loads(told.stdout)["open"])
