"""Scales and their words as data: whole, told in every language, and all faults at once."""

import shutil

import pytest
import yaml

from braid.kernel.errors import InputFault, PackFaults
from braid.packs import loader, scale_texts, scales
from braid.packs.scale_texts.ranges import of_bands
from braid.packs.scales.situations import run_situation
from braid.packs.shapes import Situation

EDITIONS = {edition.pack.id: edition for edition in loader.editions("scales")}
TEXTS = list(scale_texts.load().values())
IPS25 = scales.get("ips-25")


def inputs(edition):
    return [each.input for each in edition.situations if isinstance(each.input, dict)]


# ---- What comes with Braid ---------------------------------------------------------------


def test_these_scales_come_with_braid():
    assert set(scales.load()) == {"ips-25", "ips-15", "jisef"} == set(EDITIONS)


@pytest.mark.parametrize(
    ("kind", "run"),
    [("scales", run_situation), ("scale_texts", scale_texts.run_situation)],
)
def test_their_situations_hold(kind, run):
    told = [
        (edition.pack.id, situation.that, found)
        for edition in loader.editions(kind)
        for situation in edition.situations
        for found in run(edition.pack, situation)
    ]
    assert told == []


def test_a_situation_of_words_that_does_not_hold_is_told():
    words = scale_texts.texts("ips-25", "en")

    def told(given, expect):
        situation = Situation(that="x", input=given, expect=expect)
        return scale_texts.run_situation(words, situation)

    assert told({"item": 1}, {"title": "Caseload"}) == [
        "title says 'Caseload size', expected was 'Caseload'."
    ]
    assert "names an 'item'" in told({"no": 1}, {"title": "Caseload"})[0]


@pytest.mark.parametrize("edition", EDITIONS.values(), ids=EDITIONS)
def test_every_documented_item_and_every_rule_has_a_situation(edition):
    scale = edition.pack.scale
    asked = {each["item"] for each in inputs(edition) if "item" in each}
    assert asked >= {item.no for item in scale.items if item.documented}
    told = {rule.id for rule in scale.rules}
    for situation in edition.situations:
        said = (
            situation.input.get("rules", {})
            if isinstance(situation.input, dict)
            else {}
        )
        found = (
            situation.expect.get("rule", [])
            if isinstance(situation.expect, dict)
            else []
        )
        told -= {*said, *found, situation.that.split()[0].rstrip(":")}
        if "mean_floored" in str(situation.expect):
            told -= {"HR-mean"}
    assert told == set()


@pytest.mark.parametrize(
    "no", [item.no for item in IPS25.items if item.auto == "A" and item.bands]
)
def test_every_computed_item_is_held_to_each_of_its_scores(no):
    scores = {
        each.expect["score"]
        for each in EDITIONS["ips-25"].situations
        if each.input.get("item") == no and each.expect.get("score")
    }
    lowest = 2 if no == 4 else 1  # 1 needs all specialists of a unit
    assert scores == set(range(lowest, 6))


@pytest.mark.parametrize("edition", EDITIONS.values(), ids=EDITIONS)
def test_a_scale_that_nobody_compared_says_so(edition):
    assert edition.pack.verified is False
    assert "not compared with the published form" in edition.pack.open_values
    assert edition.pack.rule_log
    assert edition.pack.edition_of_manual


def test_the_shape_of_the_printed_form():
    assert [len(each.items) for each in IPS25.sections] == [3, 8, 14]
    benefits = IPS25.item(12)
    assert (benefits.section, benefits.section_no) == ("services", 1)
    per_specialist = [item.no for item in IPS25.items if item.per_es]
    assert per_specialist == [2, 3, 4, 17, 18, 24]


def test_items_of_the_jisef_that_nobody_documented_have_no_anchors():
    words = scale_texts.texts("jisef", "en")
    silent = [item for item in scales.get("jisef").items if not item.documented]
    assert len(silent) == 22
    assert [words.anchors(item) for item in silent] == [{}] * 22
    assert words.not_documented
    assert any("no cut-offs" in each for each in EDITIONS["jisef"].pack.open_values)


def test_a_scale_that_is_not_there_names_those_that_are():
    with pytest.raises(InputFault, match="ips-15, ips-25, jisef") as caught:
        scales.get("qseis")
    assert caught.value.reason == "scale_unknown"


def test_a_situation_that_does_not_hold_is_told():
    pack = EDITIONS["ips-25"].pack

    def told(given, expect):
        return run_situation(pack, Situation(that="x", input=given, expect=expect))

    assert told({"total": 100}, {"band": "fair"}) == [
        "band is 'good', expected was 'fair'."
    ]
    assert "one of item, scores" in told({"ask": 1}, {"band": "fair"})[0]
    assert "nothing is expected" in told({"total": 100}, {})[0]
    assert "cannot be asked" in told({"item": 1}, {"score": 5})[0]
    assert "cannot be asked" in told({"total": 1, "of": 2}, {"score": 5})[0]


# ---- Words -------------------------------------------------------------------------------


def test_the_ips_25_is_told_in_these_languages():
    found = {text.locale for text in TEXTS if text.scale == "ips-25"}
    assert found == {"en", "en-US", "en-GB", "da", "nl", "nb", "sv"}


@pytest.mark.parametrize("text", TEXTS, ids=lambda each: each.id)
def test_every_item_has_five_anchors_of_its_own_in_every_language(text):
    for item in scales.get(text.scale).items:
        anchors = text.anchors(item)
        assert list(anchors) == ([5, 4, 3, 2, 1] if item.documented else [])
        assert len(set(anchors.values())) == len(anchors)
        components = [text.component(item, name) for name in item.components]
        assert all(components)
    assert text.paraphrased
    assert text.unverified


@pytest.mark.parametrize(
    ("locale", "found"),
    [
        ("en-GB", "en-GB"),
        ("en-AU", "en"),
        ("da-DK", "da"),
        ("fi", "en"),
    ],
)
def test_words_fall_back_to_the_base_of_a_language_and_to_english(locale, found):
    assert scale_texts.texts("ips-25", locale).locale == found


def test_a_scale_without_words_says_so():
    with pytest.raises(InputFault) as caught:
        scale_texts.texts("ips-y", "en")
    assert caught.value.reason == "texts_unknown"


def test_british_words_change_no_number():
    item = IPS25.item(1)
    said = {
        locale: scale_texts.texts("ips-25", locale).anchors(item)[5]
        for locale in ("en-GB", "da", "sv")
    }
    assert (
        said["en-GB"]
        == "Active clients for each full-time employment specialist: 20 or less"
    )
    assert all("20" in words for words in said.values())


@pytest.mark.parametrize(
    ("no", "score", "words"),
    [
        pytest.param(15, 4, "more than 30, up to 60", id="smaller is better"),
        pytest.param(15, 1, "more than 270", id="the rest, upwards"),
        pytest.param(2, 5, "96% or more", id="larger is better"),
        pytest.param(2, 4, "90% to under 96%", id="up to the next"),
        pytest.param(2, 1, "under 60%", id="the rest, downwards"),
        pytest.param(24, 2, "more than 30%, under 40%", id="an open limit"),
        pytest.param(24, 1, "30% or less", id="the rest beneath it"),
    ],
)
def test_a_range_is_told_by_the_numbers_of_the_scale(no, score, words):
    said = scale_texts.texts("ips-25", "en").anchors(IPS25.item(no))[score]
    assert said.endswith(f": {words}")


def test_items_without_limits_have_no_ranges():
    phrases = scale_texts.texts("ips-25", "en").phrases
    assert of_bands(IPS25.item(9), "x", phrases) == {}


# ---- A unit's own wording ----------------------------------------------------------------


DATA = loader.DATA


def writing(folder):
    """Return what puts a file into a folder of own packs and reads all anew."""

    def put(path, text):
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
        loader.use_folders([folder])
        return file

    return put


@pytest.fixture
def alone(tmp_path, monkeypatch):
    """Put own packs beside a house without any."""
    (tmp_path / "house").mkdir()
    monkeypatch.setattr(loader, "DATA", tmp_path / "house")
    yield writing(tmp_path / "own")
    monkeypatch.undo()
    loader.use_folders([])


@pytest.fixture
def own(tmp_path, alone):
    """Put own packs beside the IPS-25 and its English words, with few situations."""
    for kind, name, situation in (
        ("scales", "ips-25", "{total: 100}, expect: {band: good}"),
        ("scale_texts", "ips-25.en", "{item: 9}, expect: {title: Zero exclusion}"),
        ("scale_texts", "ips-25.en-gb", "{item: 9}, expect: {title: Zero exclusion}"),
    ):
        folder = tmp_path / "house" / kind
        (folder / "situations").mkdir(parents=True, exist_ok=True)
        shutil.copy(DATA / kind / f"{name}.yaml", folder)
        text = f"- {{that: It is whole, input: {situation}}}\n"
        (folder / "situations" / f"{name}.yaml").write_text(text)
    return alone


LICENSED = """\
id: ips-25.en-gb
version: 2026-own
extends: ips-25.en-gb
source: {title: Our licensed form, licence: of the publisher}
locale: en-GB
paraphrased: false
items:
"""
NINE = """\
  9:
    title: Zero exclusion as printed
    anchors: {5: All, 4: Most, 3: Some, 2: Few, 1: None of them}
"""
SITUATION = "- {that: As printed, input: {item: 9}, expect: {5: All}}\n"


def licensed(own, items, head=LICENSED):
    own("scale_texts/situations/uk.yaml", SITUATION)
    return own("scale_texts/uk.yaml", head + items)


def test_a_licensed_wording_stands_in_for_ours(own):
    licensed(own, NINE)
    words = scale_texts.texts("ips-25", "en-GB")
    assert words.items[9].title == "Zero exclusion as printed"
    assert words.anchors(IPS25.item(9))[2] == "Few"
    assert words.items[8].title == "Role of the team leader"
    assert not words.paraphrased
    assert scale_texts.texts("ips-25", "en").items[9].title == "Zero exclusion"


def test_printed_anchors_stand_in_for_those_made_from_numbers(own):
    licensed(own, NINE + "  1: {anchors: {5: A ratio of 20 or less to 1}}\n")
    anchors = scale_texts.texts("ips-25", "en-GB").anchors(IPS25.item(1))
    assert anchors[5] == "A ratio of 20 or less to 1"
    assert anchors[4].endswith("more than 20, up to 25")


def faults_of(kind):
    with pytest.raises(PackFaults) as caught:
        loader.load(kind)
    return [(fault.line, fault.message) for fault in caught.value.faults]


@pytest.mark.parametrize(
    ("items", "line", "part"),
    [
        pytest.param(
            "  18: {anchors: {3: Follows up adverts, 4: Follows  up adverts.}}\n",
            8,
            "the same as the anchor of 3",
            id="an anchor copied twice, as web copies do",
        ),
        pytest.param("  26: {title: More}\n", 8, "no such thing", id="an item too many"),
        pytest.param("  9: {anchors: {6: Best}}\n", 8, "from 1 to 5", id="a sixth score"),
        pytest.param("  9: {anchors: {5: ' '}}\n", 8, "no words", id="an empty anchor"),
        pytest.param("  5: {components: {f: More}}\n", 8, "no such component", id="part f"),
        pytest.param(
            "  5: {components: {a: Same, b: same}}\n", 8, "same as another", id="twins"
        ),
        pytest.param("  9: {anchor: {5: All}}\n", 8, "not a known key", id="a wrong key"),
        pytest.param("  9: {}\nrules: {HR-9: x}\n", 9, "no such thing", id="a rule"),
        pytest.param("  9: {}\nbands: {good: ''}\n", 9, "no words", id="an empty band"),
        pytest.param(
            "  9: {}\nphrases: {parts: '{n} of {m}'}\n", 9, "a place for each of k, n",
            id="a phrase without its number",
        ),
        pytest.param(
            "  9: {}\nphrases: {parts: '{n of {k}'}\n", 9, "a place for each of",
            id="a phrase with a broken brace",
        ),
        pytest.param("  9: {}\nscale: ips-26\n", 9, "no such scale", id="another scale"),
    ],
)  # fmt: skip
def test_a_fault_of_own_wording_is_told_with_its_line(own, items, line, part):
    licensed(own, items)
    found = faults_of("scale_texts")
    assert [where for where, message in found if part in message][:1] == [line], found


def test_all_faults_of_a_wording_are_told_in_one_go(own):
    licensed(
        own,
        "  9: {anchors: {5: All, 4: all}}\n"
        "  18: {anchors: {3: Same, 4: same.}}\n"
        "  26: {title: More}\n",
    )
    lines = [line for line, _message in faults_of("scale_texts")]
    assert lines == [8, 9, 10]


def test_a_wording_from_nothing_must_be_whole(own):
    head = LICENSED.replace("extends: ips-25.en-gb\n", "").replace(
        "id: ips-25.en-gb", "id: our"
    )
    head = head.replace("items:", "scale: ips-25\ntitle: Ours\nunverified: x\nitems:")
    licensed(own, NINE, head + "")
    told = " ".join(message for _line, message in faults_of("scale_texts"))
    for field in ("phrases", "sections", "bands", "rules", "not_documented"):
        assert f"'{field}' is missing" in told
    head += "".join(
        f"{name}: {{}}\n" for name in ("phrases", "sections", "bands", "rules")
    ).replace("items:\n", "")
    whole = head.replace("items:\n", "") + "not_documented: x\nitems:\n"
    licensed(own, NINE, whole)
    told = [message for _line, message in faults_of("scale_texts")]
    for wanted in ("for 1", "for HR-avg", "for good", "for staffing", "for percent"):
        assert any(f"there are no words {wanted}" in each for each in told), wanted


def test_anchors_and_components_may_not_be_missing(own):
    source = yaml.safe_load((DATA / "scale_texts" / "ips-25.en.yaml").read_text())
    del source["items"][9]["anchors"][4], source["items"][5]["components"]["b"]
    own("scale_texts/situations/all.yaml", SITUATION)
    own("scale_texts/all.yaml", yaml.safe_dump(source | {"version": "own"}))
    told = [message for _line, message in faults_of("scale_texts")]
    assert any("no words for the score 4" in each for each in told)
    assert any("no words for b" in each for each in told)


def test_scores_of_which_a_scale_is_silent_need_words(own):
    licensed(own, "  3: {measure: Phases, anchors: {2: Sends people on}}\n")
    assert len(scale_texts.texts("ips-25", "en-GB").anchors(IPS25.item(3))) == 5
    source = yaml.safe_load((DATA / "scale_texts" / "ips-25.en.yaml").read_text())
    source["items"][3] = {"title": "Phases", "measure": "Phases"}
    own("scale_texts/uk.yaml", yaml.safe_dump(source | {"version": "own"}))
    told = [message for _line, message in faults_of("scale_texts")]
    assert [each[-8:] for each in told] == ["score 1.", "score 2."]


def test_words_for_what_is_not_documented_are_refused(own, tmp_path):
    for file in ("jisef.yaml", "situations/jisef.yaml"):
        shutil.copy(DATA / "scales" / file, tmp_path / "house" / "scales" / file)
    source = yaml.safe_load((DATA / "scale_texts" / "jisef.en.yaml").read_text())
    source["items"][9]["anchors"] = {5: "Guessed"}
    own("scale_texts/situations/all.yaml", SITUATION)
    own("scale_texts/all.yaml", yaml.safe_dump(source | {"version": "own"}))
    assert any("does not document" in told for _line, told in faults_of("scale_texts"))


# ---- A scale of one's own ----------------------------------------------------------------

OWN_SCALE = """\
id: short
version: "1"
source: {title: A scale made for tests}
title: {en: Short}
edition_of_manual: none
verified: true
sections: {all: [1, 2]}
items:
  1:
    key: first
    kind: band
    quantity: {word: number, keys: [percent_done], as: percent}
    bands: {at_least: {5: 80, 4: 60, 3: 40, 2: 20}, otherwise: 1}
  2: {key: second, kind: ladder, quantity: {word: judged}}
bands: {low: {min: 2, max: 5}, high: {min: 6, max: 10}}
house_rules:
  HR-own: {items: [1], default: a, variants: {a: {rounding: exact}}}
rule_log: [{on: 2026-11-23, says: First edition}]
"""


def put_scale(put, text):
    put(
        "scales/situations/short.yaml",
        "- that: Half\n  input: {item: 1, quantities: {percent_done: 50}}\n"
        "  expect: {score: 3}\n",
    )
    put("scales/short.yaml", text)


def test_a_scale_of_ones_own_needs_no_code(alone):
    put_scale(alone, OWN_SCALE)
    pack = scales.pack("short")
    assert pack.open_values == []
    (situation,) = next(
        e for e in loader.editions("scales") if e.pack is pack
    ).situations
    assert run_situation(pack, situation) == []


@pytest.mark.parametrize(
    ("was", "becomes", "part"),
    [
        ("word: number", "word: guess", "'guess' is no word"),
        ("as: percent}", "at: percent}", "'number' takes as, keys"),
        ("5: 80, 4: 60", "5: 60, 4: 80", "limits go one way"),
        ("5: 80, 4: 60", "5: 80, 4: 80", "limits go one way"),
        (", otherwise: 1}", "}", "each score from 1 to 5"),
        ("otherwise: 1", "otherwise: 2", "each score from 1 to 5"),
        ("otherwise: 1}", "otherwise: 1, nearest: {5: 1}}", "limits, or anchors"),
        ("2: 20}", "2: 20}, at_most: {1: 20}", "not both"),
        ("    bands: {at_least", "    x: {at_least", "not a known key"),
        ("kind: band", "kind: count", "'count' item has the quantity"),
        ("kind: ladder,", "kind: band,", "'band' item has 'bands'"),
        ("kind: ladder,", "kind: ladder, documented: false,", "has no anchors"),
        ("kind: ladder,", "kind: ladder, rungs: {6: {all: [{key: a}]}},", "'rungs'"),
        ("kind: ladder,", "kind: ladder, rungs: {5: {}},", "one of 'all', 'any'"),
        ("kind: ladder,", "kind: ladder, components: [a, a],", "named twice"),
        ("kind: ladder,", "kind: ladder, mapping: [5, 1],", "never fall"),
        (
            "kind: ladder, quantity: {word: judged}",
            "kind: count, components: [a], mapping: [1], quantity: {word: components}",
            "none, one … and all",
        ),
        (
            "kind: ladder,",
            "kind: ladder, gates: [{key: a, caps: {b: 1, c: 2}, notes: {b: hm}}],",
            "'hm' is no note",
        ),
        ("key: second", "key: first", "key of two items"),
        ("sections: {all: [1, 2]}", "sections: {all: [2, 1]}", "every item once"),
        ("  2: {key", "  3: {key", "numbered from 1 to 2"),
        ("max: 5}", "max: 4}", "it begins at 5"),
        ("max: 10}", "max: 9}", "they end at 10"),
        (
            "bands: {low: {min: 2, max: 5}, high: {min: 6, max: 10}}",
            "",
            "bands_unknown",
        ),
        ("rule_log", "aliases: {top: best}\nrule_log", "'best' is no band"),
        ("items: [1], default", "items: [3], default", "there is no item 3"),
        ("default: a", "default: b", "one of the variants: a"),
        ("rounding: exact", "rounding: up", "exact, whole"),
        ("rounding: exact", "roundings: exact", "the settings"),
        (
            "rule_log",
            "  HR-two: {items: [1], default: a, variants: {a: {rounding: whole}}}\nrule_log",
            "decided by 'HR-own'",
        ),
        (
            "rule_log: [{on: 2026-11-23, says: First edition}]",
            "rule_log: []",
            "rule_log",
        ),
        ("source: {title: A scale made for tests}", "", "'source' is missing"),
    ],
)
def test_a_fault_of_a_scale_is_told(alone, was, becomes, part):
    assert was in OWN_SCALE
    put_scale(alone, OWN_SCALE.replace(was, becomes, 1))
    found = faults_of("scales")
    assert any(part in message for _line, message in found), found


def test_all_faults_of_a_scale_are_told_with_their_lines(alone):
    text = OWN_SCALE.replace("word: number", "word: guess").replace("max: 10", "max: 9")
    put_scale(alone, text.replace("rounding: exact", "rounding: up"))
    lines = [line for line, _message in faults_of("scales")]
    assert {12, 17} <= set(lines)


def test_words_in_another_language_are_better_than_none(own):
    scale_of_own = OWN_SCALE.replace("band\n", "band\n    mark: H\n")
    put_scale(own, scale_of_own)
    anchors = "{5: a, 4: b, 3: c, 2: d, 1: e}"
    phrases = yaml.safe_dump(scale_texts.texts("ips-25", "en").phrases)
    own(
        "scale_texts/situations/short.yaml",
        "- {that: x, input: {item: 2}, expect: {5: a}}",
    )
    own(
        "scale_texts/short.yaml",
        "id: short.fi\nversion: '1'\nsource: {title: Ours}\nscale: short\nlocale: fi\n"
        "paraphrased: true\ntitle: Lyhyt\nunverified: x\nnot_documented: x\n"
        f"phrases:\n  {phrases.strip().replace(chr(10), chr(10) + '  ')}\n"
        "sections: {all: kaikki}\nbands: {low: l, high: h}\nrules: {HR-own: r}\n"
        "items:\n  1: {title: yksi, measure: m}\n"
        f"  2: {{title: kaksi, anchors: {anchors}}}\n",
    )
    words = scale_texts.texts("short", "en")
    assert words.locale == "fi"
    assert words.anchors(scales.get("short").item(1))[5] == "m: 80% or more"


def test_a_mapping_and_bands_may_be_set_by_a_rule(alone):
    bands = "bands: {nearest: {5: 100, 4: 75, 3: 50, 2: 25, 1: 0}}"
    text = OWN_SCALE.replace("a: {rounding: exact}", f"a: {{{bands}}}")
    put_scale(alone, text)
    scale = scales.get("short")
    assert scale.rules[0].settles == {"bands"}


@pytest.mark.parametrize("scale", scales.load())
def test_every_language_says_what_a_house_rule_is_in_another_variant(scale):
    chosen = [
        (rule.id, name)
        for rule in scales.get(scale).rules
        for name in rule.variants
        if rule.settles and name != rule.default
    ]
    assert chosen
    for words in scale_texts.load().values():
        if words.scale == scale:
            told = {
                (rule, name) for rule in words.variants for name in words.variants[rule]
            }
            assert told == set(chosen), words.id


def test_a_variant_without_words_is_said_in_english_and_else_by_its_name(monkeypatch):
    danish = scale_texts.texts("ips-25", "da")
    assert "nærmeste" in scale_texts.variant("ips-25", "HR-17a=nearest", "da")
    bare = danish.model_copy(update={"variants": {}})
    known = {**scale_texts.load(), danish.id: bare}
    monkeypatch.setattr(scale_texts, "load", lambda: known)
    said = scale_texts.variant("ips-25", "HR-17a=nearest", "da")
    assert said.startswith("HR-17a: The nearest anchor counts")
    assert scale_texts.variant("ips-25", "HR-17a=by_eye", "da") == "HR-17a: by eye"
