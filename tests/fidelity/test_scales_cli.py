"""`braid fidelity scales`, `score` and `item`: files, sentences, lines for people."""

import json

import pytest
import yaml
from click.testing import CliRunner

from braid.packs import loader
from braid.packs import scales as packs
from braid.site import cli


def braid(*words):
    return CliRunner().invoke(
        cli.main, ["fidelity", *map(str, words)], catch_exceptions=False
    )


def document(*words):
    done = braid(*words, "--json")
    assert done.exit_code == 0, done.stdout
    return json.loads(done.stdout)


@pytest.fixture
def write(tmp_path):
    def written(content, name="ratings.csv"):
        path = tmp_path / name
        if isinstance(content, bytes):
            path.write_bytes(content)
        else:
            said = content if isinstance(content, str) else json.dumps(content)
            path.write_text(said, encoding="utf-8")
        return path

    return written


def table(scores, heading="item,score", mark=","):
    rows = [f"{no}{mark}{score}" for no, score in enumerate(scores, 1)]
    return "\n".join([heading, *rows, ""])


ALL_FOUR = [4] * 25
GAP = [*ALL_FOUR[:-1], ""]


# ---- scales ------------------------------------------------------------------------------


def test_scales_are_listed_with_bands_and_with_what_nobody_compared():
    found = {each["scale"]: each for each in document("scales")}
    assert set(found) == {"ips-15", "ips-25", "jisef"}
    bands = {
        each["id"]: (each["min"], each["max"]) for each in found["ips-25"]["bands"]
    }
    assert bands["good"] == (100, 114)
    assert found["ips-25"]["sections"][0]["items"] == [1, 2, 3]
    assert found["jisef"]["bands"] == []
    assert "no cut-offs" in found["jisef"]["bands_unknown"]
    assert found["ips-15"]["no_fit_allowed"] and not found["ips-25"]["no_fit_allowed"]
    assert not any(each["verified"] for each in found.values())
    shown = braid("scales").stdout
    assert shown.count("Anchors not yet verified against the published form.") == 3
    assert "Exemplary 115-125" in shown


def test_one_scale_is_told_in_full_in_a_language():
    found = document("scales", "--scale", "ips-25", "--language", "en-GB")
    assert found["locale"] == "en-GB"
    assert len(found["items"]) == 25
    assert found["items"][7]["title"] == "Role of the team leader"
    assert found["items"][7]["components"]["b"].startswith("Weekly supervision")
    assert {rule["rule"] for rule in found["house_rules"]} >= {"HR-1a", "HR-zero"}
    assert found["rule_log"][0]["on"] == "2026-11-23"
    shown = braid("scales", "--scale", "jisef").stdout
    assert "The published anchors of this item are not known here." in shown
    assert "5. " in shown
    assert "(a) " in braid("scales", "--scale", "ips-25", "--language", "da").stdout


# ---- score -------------------------------------------------------------------------------


def test_a_table_is_added_up(write):
    found = document("score", write(table(ALL_FOUR)), "--scale", "ips-25")
    assert found["total"] == 100
    assert found["sections"] == [12, 32, 56]
    assert (found["band"], found["bands_possible"]) == ("good", ["good"])
    assert (found["missing"], found["warnings"]) == ([], [])
    assert "interval" not in found
    assert found["next_band"] == {"band": "exemplary", "points": 15}


def test_a_gap_gives_an_interval_and_no_total(write):
    found = document("score", write(table(GAP)), "--scale", "ips-25")
    assert (found["total"], found["interval"], found["band"]) == (None, [97, 101], None)
    assert (found["missing"], found["sections"]) == ([25], [12, 32, None])
    shown = braid("score", write(table(GAP)), "--scale", "ips-25").stdout
    assert "Between 97 and 101: Fair or Good" in shown
    assert "items 25; nothing is prorated" in shown
    assert "Services: not complete" in shown


@pytest.mark.parametrize(
    ("content", "name"),
    [
        pytest.param(table(ALL_FOUR, "item;score", ";"), "a.csv", id="semicolons"),
        pytest.param(
            "\ufeff" + table(ALL_FOUR, "Item,Score"), "a.csv", id="from Excel"
        ),
        pytest.param(table(ALL_FOUR) + ",\n", "a.csv", id="an empty last row"),
        pytest.param(ALL_FOUR, "a.json", id="a list"),
        pytest.param({"scores": ALL_FOUR}, "a.json", id="scores"),
        pytest.param({str(no): 4 for no in range(1, 26)}, "a.json", id="by number"),
        pytest.param(
            [{"item": no, "score": 4} for no in range(25, 0, -1)], "a.JSON", id="rows"
        ),
    ],
)
def test_a_rating_may_come_in_several_ways(write, content, name):
    assert document("score", write(content, name), "--scale", "ips-25")["total"] == 100


def test_sections_of_the_printed_form_may_stand_in_a_column(write):
    lines = ["section,item,score"]
    for section in packs.get("ips-25").sections:
        name = section.id.capitalize()
        lines += [f"{name},{no},5" for no, _item in enumerate(section.items, 1)]
    found = document("score", write("\n".join(lines)), "--scale", "ips-25")
    assert found["total"] == 125


@pytest.mark.parametrize(
    ("content", "name", "reason"),
    [
        pytest.param(
            table([*ALL_FOUR[1:], 9]), "a.csv", "score_out_of_range", id="a 9"
        ),
        pytest.param(
            table([*ALL_FOUR[1:], -1]), "a.csv", "score_out_of_range", id="-1"
        ),
        pytest.param(
            table([*ALL_FOUR[1:], "4.0"]), "a.csv", "score_not_integer", id="4.0"
        ),
        pytest.param(
            table([*ALL_FOUR[1:], "good"]), "a.csv", "score_not_integer", id="word"
        ),
        pytest.param(
            [*ALL_FOUR[1:], 4.0], "a.json", "score_not_integer", id="4.0 in JSON"
        ),
        pytest.param([*ALL_FOUR[1:], True], "a.json", "score_not_integer", id="true"),
        pytest.param(
            table([*ALL_FOUR[1:], "no_fit"]),
            "a.csv",
            "no_fit_not_in_scale",
            id="no fit",
        ),
        pytest.param(table(ALL_FOUR[1:]), "a.csv", "wrong_item_count", id="24 rows"),
        pytest.param(ALL_FOUR[1:], "a.json", "wrong_item_count", id="24 scores"),
        pytest.param([], "a.json", "wrong_item_count", id="no scores"),
        pytest.param("", "a.csv", "file_unfit", id="an empty file"),
        pytest.param("no,points\n1,5\n", "a.csv", "file_unfit", id="other columns"),
        pytest.param(b"\xff\xfe\x00", "a.csv", "file_unfit", id="no text"),
        pytest.param("x" * (2**20 + 1), "a.csv", "file_unfit", id="too large"),
        pytest.param(
            'item,score\n"1,' + "x" * 200_000, "a.csv", "file_unfit", id="an open quote"
        ),
        pytest.param("{", "a.json", "json_unfit", id="no JSON"),
        pytest.param("[NaN]", "a.json", "json_unfit", id="NaN"),
        pytest.param('{"1": 5, "1": 4}', "a.json", "json_unfit", id="a number twice"),
        pytest.param("[" * 100_000, "a.json", "json_unfit", id="too deep"),
        pytest.param('"five"', "a.json", "file_unfit", id="a word"),
        pytest.param({"scores": 5}, "a.json", "file_unfit", id="one score"),
        pytest.param([{"item": 1}], "a.json", "file_unfit", id="a row without a score"),
        pytest.param(
            {"scores": ALL_FOUR, "mean": 4}, "a.json", "file_unfit", id="a wrong key"
        ),
        pytest.param(
            {"total": 100, "claim": 3}, "a.json", "file_unfit", id="a claim of 3"
        ),
        pytest.param({"total": 1, "is_mean": "yes"}, "a.json", "file_unfit", id="yes"),
    ],
)
def test_a_file_that_cannot_be_is_refused_in_a_sentence(write, content, name, reason):
    path = write(content, name)
    done = braid("score", path, "--scale", "ips-25", "--json")
    assert done.exit_code == 2
    error = json.loads(done.stdout)["error"]
    assert (error["code"], error["reason"]) == ("input_fault", reason)
    assert braid("score", path, "--scale", "ips-25").stderr.strip() == error["message"]
    assert error["message"].endswith(".")


def test_a_file_that_is_not_there_is_refused(tmp_path):
    done = braid("score", tmp_path / "none.csv", "--scale", "ips-25")
    assert (done.exit_code, "cannot be read" in done.stderr) == (2, True)


def test_a_claim_is_held_against_what_was_added_up(write):
    path = write(table(ALL_FOUR))
    found = document("score", path, "--scale", "ips-25", "--claim", "high")
    assert (found["claim_band"], found["claim_agrees"]) == ("good", True)
    shown = braid("score", path, "--scale", "ips-25", "--claim", "exemplary").stdout
    assert "The claim Exemplary does not agree." in shown
    gap = document("score", write(table(GAP)), "--scale", "ips-25", "--claim", "good")
    assert (gap["claim_band"], gap["claim_agrees"]) == ("good", None)
    said = {"scores": ALL_FOUR, "claim": "fair"}
    assert not document("score", write(said, "a.json"), "--scale", "ips-25")[
        "claim_agrees"
    ]


def test_a_mean_and_a_stated_band_are_told_as_such(write):
    mean = write({"total": 99.9, "is_mean": True}, "mean.json")
    found = document("score", mean, "--scale", "ips-25")
    assert (found["total"], found["band"], found["is_mean"]) == ("99.9", "fair", True)
    shown = braid("score", mean, "--scale", "ips-25").stdout
    assert "Mean total: 99.9, Fair" in shown
    assert "Note: mean_floored" in shown
    upwards = document("score", mean, "--scale", "ips-25", "--rule", "HR-mean=half_up")
    assert (upwards["band"], upwards["warnings"]) == ("good", [])
    stated = write({"total": None, "stated_band": "fair"}, "stated.json")
    assert (
        "Stated without a total: Fair"
        in braid("score", stated, "--scale", "ips-25").stdout
    )


def test_a_scale_without_cut_offs_says_why_there_is_no_band(write):
    found = document("score", write(table(ALL_FOUR)), "--scale", "jisef")
    assert (found["total"], found["band"]) == (100, None)
    assert "no cut-offs" in found["bands_unknown"]
    gap = braid("score", write(table(GAP)), "--scale", "jisef").stdout
    assert "Between 97 and 101: no band" in gap


def test_no_fit_counts_one_where_the_scale_has_it(write):
    path = write(table([*[5] * 14, "no_fit"]))
    found = document("score", path, "--scale", "ips-15")
    assert (found["total"], found["no_fit"], found["band"]) == (71, [15], "good")


# ---- item --------------------------------------------------------------------------------


def test_an_item_tells_score_value_rules_and_what_would_raise_it():
    given = '{"active_clients": 82, "es_fte": 4.0}'
    found = document("item", 1, "--scale", "ips-25", "--input", given)
    assert (found["item"], found["score"], found["value"]) == (1, 4, "41/2")
    assert found["rule"] == ["HR-1a", "HR-1b"]
    assert found["notes"] == []
    assert found["anchor"].endswith("more than 20, up to 25")
    assert found["raise"]["change"] == {"points": "1/2", "count": 2}
    assert found["unverified"]
    shown = braid("item", 1, "--scale", "ips-25", "--input", given).stdout
    assert "Score 4: Active people" in shown
    assert "HR-1a: Upper limits are hard" in shown


def test_an_item_with_unknown_quantities_tells_its_bounds():
    given = '{"attached_teams": null, "clients_from_top_two": 18, "caseload": 20}'
    shown = braid("item", 4, "--scale", "ips-25", "--input", given).stdout
    assert "No score: from 1 to 5 (insufficient)" in shown
    assert "Note: attachment_unknown" in shown


def test_a_house_rule_may_be_asked_for_in_another_variant():
    given = (
        '{"face_to_face_per_week": "5.9", "form_review": "weekly", "job_seekers": 9}'
    )
    asked = ("item", 17, "--scale", "ips-25", "--input", given)
    assert document(*asked)["score"] == 4
    assert document(*asked, "--rule", "HR-17a=nearest")["score"] == 5


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        pytest.param((26, "ips-25", "{}"), "item_unknown", id="no such item"),
        pytest.param((1, "ips-26", "{}"), "scale_unknown", id="no such scale"),
        pytest.param((1, "ips-25", "five"), "json_unfit", id="no JSON"),
        pytest.param((1, "ips-25", "[]"), "input_unfit", id="a list"),
        pytest.param((1, "ips-25", '{"x": 1}'), "input_unknown", id="an unknown key"),
        pytest.param((4, "jisef", "{}"), "not_computed", id="not documented"),
    ],
)
def test_wrong_use_is_a_sentence(words, reason):
    number, scale, given = words
    done = braid("item", number, "--scale", scale, "--input", given, "--json")
    assert done.exit_code == 2
    assert json.loads(done.stdout)["error"]["reason"] == reason


@pytest.mark.parametrize(
    "rules", [("HR-17a",), ("HR-17a=nearest", "HR-17a=stairs")], ids=["half", "twice"]
)
def test_a_rule_is_named_once_with_its_variant(rules):
    asked = [word for rule in rules for word in ("--rule", rule)]
    done = braid("item", 1, "--scale", "ips-25", "--input", "{}", *asked, "--json")
    assert json.loads(done.stdout)["error"]["reason"] == "rule_unfit"


def test_a_wording_of_the_installation_is_the_one_that_is_told(tmp_path):
    folder = tmp_path / "scale_texts"
    (folder / "situations").mkdir(parents=True)
    (folder / "situations" / "own.yaml").write_text(
        "- {that: Ours, input: {item: 3}, expect: {title: As printed}}\n"
    )
    (folder / "own.yaml").write_text(
        "id: ips-25.en\nversion: own\nextends: ips-25.en\nsource: {title: Ours}\n"
        "scale: ips-25\nlocale: en\nparaphrased: false\nitems: {3: {title: As printed}}\n"
    )
    loader.use_folders([tmp_path])
    try:
        found = document(
            "item", 3, "--scale", "ips-25", "--input", '{"phases_delivered": 6}'
        )
    finally:
        loader.use_folders([])
    assert found["title"] == "As printed"
    assert found["anchor"] == "The specialist does all six phases."


VERIFIED = """\
id: short
version: "1"
source: {title: A scale made for tests}
title: {en: Short}
edition_of_manual: none
verified: true
sections: {all: [1]}
items:
  1:
    key: first
    kind: band
    quantity: {word: number, keys: [percent_done], as: percent}
    bands: {at_least: {5: 80, 4: 60, 3: 40, 2: 20}, otherwise: 1}
bands: {low: {min: 1, max: 5}}
rule_log: [{on: 2026-11-23, says: Compared with the form}]
"""


def test_a_scale_that_was_compared_says_nothing_about_it(tmp_path):
    words = yaml.safe_load((loader.DATA / "scale_texts" / "ips-25.en.yaml").read_text())
    words |= {"id": "short.en", "scale": "short", "sections": {"all": "All"}}
    words |= {"bands": {"low": "Low"}, "rules": {}, "variants": {}}
    words["items"] = {1: {"title": "First", "measure": "Done"}}
    for kind, text in (("scales", VERIFIED), ("scale_texts", yaml.safe_dump(words))):
        folder = tmp_path / kind / "situations"
        folder.mkdir(parents=True)
        asked = "{total: 3}, expect: {band: low}"
        if kind == "scale_texts":
            asked = "{item: 1}, expect: {title: First}"
        (folder / "short.yaml").write_text(f"- {{that: x, input: {asked}}}\n")
        (tmp_path / kind / "short.yaml").write_text(text)
    loader.use_folders([tmp_path])
    try:
        found = braid("item", 1, "--scale", "short", "--input", '{"percent_done": 80}')
    finally:
        loader.use_folders([])
    assert found.stdout == "1. First\nScore 5: Done: 80% or more\nValue: 4/5\n"
