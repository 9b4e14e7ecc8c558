"""Errors carry what the page needs and leak nothing."""

from datetime import UTC, datetime

import pytest

from braid.kernel.errors import (
    BraidError,
    Broken,
    Change,
    InputFault,
    PackFault,
    PackFaults,
    Refused,
    Stale,
)


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (InputFault("Give a day."), "input_fault"),
        (PackFault("no source"), "pack_fault"),
        (PackFaults([]), "pack_faults"),
        (Refused("no_ground"), "refused"),
        (Stale(), "stale"),
        (Broken("7f3a"), "broken"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_every_family_has_a_stable_code(error, code):
    assert isinstance(error, BraidError)
    assert error.code == code


def test_input_fault_says_its_sentence_whenever_the_language_is_chosen():
    class Lazy:
        language = "en"

        def __str__(self) -> str:
            return {"en": "Give a day.", "da": "Angiv en dag."}[self.language]

    sentence = Lazy()
    fault = InputFault(sentence, field="day", reason="day_missing", least=1)
    sentence.language = "da"
    assert str(fault) == "Angiv en dag."
    assert (fault.field, fault.reason) == ("day", "day_missing")
    assert fault.params == {"least": 1}


def test_pack_fault_points_to_path_and_line():
    assert str(PackFault("It has no source.", path="dk/pack.yaml", line=3)) == (
        "dk/pack.yaml:3: It has no source."
    )


def test_pack_fault_without_a_file_is_only_its_sentence():
    assert str(PackFault("There is no such pack.")) == "There is no such pack."


def test_pack_faults_tell_all_in_the_order_of_the_files():
    faults = PackFaults(
        [
            PackFault("second", path="a.yaml", line=9),
            PackFault("third", path="b.yaml", line=1),
            PackFault("first", path="a.yaml", line=2),
            PackFault("second", path="a.yaml", line=9),
        ]
    )
    assert [fault.message for fault in faults.faults] == ["first", "second", "third"]
    assert str(faults).splitlines() == [
        "a.yaml:2: first",
        "a.yaml:9: second",
        "b.yaml:1: third",
    ]


def test_refused_says_a_reason_and_nothing_of_the_subject():
    assert str(Refused("no_ground")) == "no_ground"
    assert Refused("no_ground").reason == "no_ground"


def test_stale_carries_the_changes_but_its_text_holds_no_value():
    change = Change(
        field="phone",
        old="20 30 40 50",
        new="99 88 77 66",
        by="Ada Lind",
        at=datetime(2026, 1, 5, 9, 30, tzinfo=UTC),
    )
    stale = Stale([change])
    assert stale.changes == (change,)
    for text in (str(stale), repr(stale)):
        assert "phone" in text
        assert not any(secret in text for secret in ("20 30", "99 88", "Ada"))


def test_broken_shows_a_reference_only():
    assert str(Broken("7f3a")) == "7f3a"
    assert Broken("7f3a").reference == "7f3a"
