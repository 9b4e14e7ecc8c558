"""Benefit rule packs: the invented country, the empty ones, and what does not load."""

from copy import deepcopy
from datetime import date
from pathlib import Path

import pytest
import yaml

from braid.kernel.errors import InputFault, PackFaults
from braid.packs import benefits, loader
from braid.packs.benefits import run_situation
from braid.packs.shapes import Situation

COUNTRIES = ("au", "de", "dk", "fr", "gb", "nl", "no", "se", "us")
EDITIONS = loader.editions("benefits")
INVENTED = Path(loader.DATA, "benefits", "xx-test.yaml")


@pytest.mark.parametrize(
    ("pack", "situation"),
    [
        pytest.param(edition.pack, situation, id=f"{edition.pack.id}: {situation.that}")
        for edition in EDITIONS
        for situation in edition.situations
    ],
)
def test_every_situation_holds(pack, situation):
    assert run_situation(pack, situation) == []


def test_the_packs_are_those_of_the_countries_and_the_invented_one():
    assert set(benefits.load()) == {*COUNTRIES, "xx-test"}


@pytest.mark.parametrize("country", COUNTRIES)
def test_a_countrys_pack_is_a_draft_without_a_single_amount(country):
    pack = benefits.get(country)

    assert pack.status == "draft"
    assert {b.id for b in pack.benefits} | {"income_tax"} <= {
        line.partition(":")[0] for line in pack.open_values
    } | {b.id for b in pack.benefits if b.withdrawal.kind == "none"}
    assert not list(numbers(pack.model_dump(exclude={"incentives_us"})))


def numbers(said):
    """Yield every amount other than 0 in a pack: none may be there."""
    if isinstance(said, dict):
        for key, each in said.items():
            if key != "order":
                yield from numbers(each)
    elif isinstance(said, list):
        for each in said:
            yield from numbers(each)
    elif not isinstance(said, str | bool | date | None) and said != 0:
        yield said


@pytest.mark.parametrize("country", COUNTRIES)
def test_every_text_is_there_in_the_languages_of_the_country(country):
    pack = benefits.get(country)
    wanted = {"en", *pack.languages}

    for text in texts(pack.model_dump(exclude={"source", "incentives_us"})):
        assert set(text) == wanted


def texts(said):
    if isinstance(said, dict) and "en" in said:
        yield said
    elif isinstance(said, dict):
        for each in said.values():
            yield from texts(each)
    elif isinstance(said, list):
        for each in said:
            yield from texts(each)


@pytest.mark.parametrize("country", COUNTRIES)
def test_every_benefit_says_what_happens_when_the_job_ends(country):
    pack = benefits.get(country)

    assert [t.benefit for t in pack.transitions] == [b.id for b in pack.benefits]


def test_levels_that_nobody_saw_in_the_source_are_not_confirmed():
    found = benefits.get("us").incentives_us.by_year

    assert {year: level.confirmed for year, level in found.items()} == {
        2025: True,
        2026: False,
    }


@pytest.mark.parametrize(
    ("country", "found"),
    [("DK", "dk"), ("dk", "dk"), ("XX", "xx-test"), ("zz", None)],
)
def test_of_country(country, found):
    pack = benefits.of_country(country)

    assert (pack and pack.id) == found


def test_labels_are_in_the_language_asked_for():
    pack = benefits.get("dk")

    assert pack.label("boligstoette", "da") == "Boligstøtte"
    assert pack.label("boligstoette", "fr") == "Housing benefit"
    assert pack.label("unknown", "da") == "unknown"


@pytest.mark.parametrize(
    ("changed", "day", "expired"),
    [
        ({}, date(2099, 12, 31), False),
        ({}, date(2100, 1, 1), True),
        ({"status": "expired"}, date(2025, 1, 1), True),
    ],
    ids=["on its last day", "the day after", "called expired"],
)
def test_nothing_new_is_printed_by_an_expired_pack(changed, day, expired):
    pack = benefits.get("xx-test").model_copy(update=changed)

    assert pack.is_expired(day) is expired


# What does not load


@pytest.fixture
def own(tmp_path):
    """Write the invented country, changed, into a folder of one's own and load it."""
    folder = tmp_path / "benefits"
    (folder / "situations").mkdir(parents=True)
    folder.joinpath("situations", "xx-own.yaml").write_text(
        "- that: No work\n  input: {wage: 12, hours: 0}\n  expect: {gross: 0}\n"
    )

    def load(change):
        said = yaml.safe_load(INVENTED.read_text("utf-8"))
        said |= {"id": "xx-own", "version": "1"}
        change(said)
        text = yaml.safe_dump(said, sort_keys=False, allow_unicode=True)
        folder.joinpath("xx-own.yaml").write_text(text, "utf-8")
        loader.use_folders([tmp_path])
        return benefits.get("xx-own")

    yield load
    loader.use_folders([])


def support(said):
    return said["benefits"][0]


def rent_help(said):
    return said["benefits"][1]


def again(said, **changed):
    said["benefits"].append(deepcopy(support(said)) | changed)


FAULTS = {
    "an unknown key": (
        lambda s: support(s).update(bonus=1),
        "'benefits.0.bonus' is not a known key",
    ),
    "no source": (lambda s: support(s).pop("source"), "'benefits.0.source' is missing"),
    "no first day": (
        lambda s: s["taxes"][0].pop("valid_from"),
        "'taxes.0.valid_from' is missing",
    ),
    "a last day before the first": (
        lambda s: support(s).update(valid_to=date(2024, 1, 1)),
        "'valid_to' is before",
    ),
    "bands out of order": (
        lambda s: s["taxes"][0]["bands"].reverse(),
        "begins above the one before",
    ),
    "no bands": (lambda s: s["taxes"][0].update(bands=[]), "at least 1 item"),
    "a key its kind needs": (
        lambda s: support(s)["withdrawal"].pop("rate"),
        "also says rate",
    ),
    "a key of another kind": (
        lambda s: support(s)["withdrawal"].update(limit=1),
        "has no limit",
    ),
    "a rate below nothing": (
        lambda s: support(s)["withdrawal"].update(rate="-0.5"),
        "greater than or equal to 0",
    ),
    "a word that nobody defined": (
        lambda s: support(s).update(conditions=[{"is": "tall"}]),
        "'tall' is not one of",
    ),
    "an age without a number": (
        lambda s: support(s).update(conditions=[{"is": "age_from"}]),
        "has a 'number'",
    ),
    "two rules on one day": (
        lambda s: again(s, valid_from=date(2025, 6, 1)),
        "in force twice on 2025-06-01",
    ),
    "a circle": (
        lambda s: (
            support(s)["withdrawal"].update(applies_to={"after": ["rent_help"]}),
            rent_help(s)["withdrawal"].update(applies_to={"after": ["support"]}),
        ),
        "in a circle",
    ),
    "an order that cannot be": (
        lambda s: (
            rent_help(s).update(order=1),
            rent_help(s)["withdrawal"].update(applies_to={"after": ["support"]}),
        ),
        "not worked out before it",
    ),
    "an unknown benefit counted": (
        lambda s: rent_help(s).update(caps=[{"at_most": 1, "together_with": ["x"]}]),
        "'x' is not a benefit",
    ),
    "an unknown benefit named": (
        lambda s: support(s).update(interacts_with=["x"]),
        "'x' is not another benefit",
    ),
    "an unknown benefit after a job": (
        lambda s: s["transitions"][0].update(benefit="x"),
        "'x' is not a benefit",
    ),
    "no English": (lambda s: support(s).update(label={"da": "Hjælp"}), "English"),
    "an amount that nobody read": (
        lambda s: support(s).pop("read_on"),
        "say in 'read_on' when it was read",
    ),
    "an open value in a reviewed pack": (
        lambda s: support(s).update(base=None),
        "A reviewed pack has no open value",
    ),
    "an open value without a question": (
        lambda s: (s.update(status="draft"), support(s).update(base=None)),
        "give it a 'question'",
    ),
    "a review by nobody": (
        lambda s: s.pop("reviewed_by_role"),
        "says 'reviewed_by_role'",
    ),
    "a review without an end": (lambda s: s.pop("expires_on"), "'expires_on'"),
}


@pytest.mark.parametrize(("change", "message"), FAULTS.values(), ids=FAULTS)
def test_a_pack_with_a_fault_does_not_load(own, change, message):
    with pytest.raises(PackFaults) as faults:
        own(change)

    assert message in str(faults.value)
    assert "xx-own.yaml:" in str(faults.value)


def test_all_faults_are_told_at_once_each_at_its_line(own):
    def change(said):
        support(said)["interacts_with"] = ["x"]
        rent_help(said)["interacts_with"] = ["y"]

    with pytest.raises(PackFaults) as faults:
        own(change)

    lines = [fault.line for fault in faults.value.faults]
    assert len(set(lines)) == 2
    assert min(lines) > 1


def test_an_own_pack_in_a_folder_of_ones_own_is_used(own):
    pack = own(lambda said: support(said).update(base=2000))

    assert (
        pack.worked_out(benefits.inputs_of({"wage": 1, "hours": 0})).rows[0].net == 2150
    )


def test_a_filled_draft_still_lists_what_is_open(own):
    def change(said):
        said["status"] = "draft"
        rent_help(said)["base"] = None
        rent_help(said)["question"] = {"en": "How much?"}

    assert own(change).open_values == ["rent_help: base"]


def test_the_check_of_packs_lists_open_values_and_calls_them_no_fault():
    report = loader.check()

    assert report.ok
    assert any(
        line.startswith("benefits/dk@2026.1 kontanthjaelp: ") for line in report.open
    )
    assert not any("xx-test" in line for line in report.open)


@pytest.mark.parametrize(
    ("given", "expect", "said"),
    [
        ({"wage": 12, "hours": 16}, {"net": 1}, "net is '1632.80'"),
        ({"wage": 12, "hours": 16}, {}, "nothing is expected"),
        ({"wage": 12, "hours": 90}, {"net": 1}, "cannot be worked out"),
        ({"wage": 12, "hours": 16}, {"gold": 1}, "no part of it"),
        ({"wage": 12, "hours": 16}, {"net": "much"}, "expected was 'much'"),
        (3, {"net": 1}, "are missing"),
    ],
    ids=[
        "another answer",
        "no answer",
        "no such hours",
        "no such part",
        "a word",
        "odd",
    ],
)
def test_a_situation_that_does_not_hold_is_told(given, expect, said):
    situation = Situation(that="x", input=given, expect=expect)

    assert said in run_situation(benefits.get("xx-test"), situation)[0]


def test_inputs_of_names_what_it_cannot_read():
    with pytest.raises(InputFault) as fault:
        benefits.inputs_of({"wage": 12, "hours": [0], "name": "Ann"})

    assert fault.value.field == "inputs.name"
