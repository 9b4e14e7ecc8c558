"""Occupations and industries are found by everyday words, in one's language or English."""

from collections import Counter

import pytest

from braid.packs import loader, occupations


def test_every_situation_of_the_lists_holds():
    faults = [
        fault
        for edition in loader.editions("occupations")
        for situation in edition.situations
        for fault in occupations.run_situation(edition.pack, situation)
    ]
    assert faults == []


@pytest.mark.parametrize(
    ("scheme", "sizes"),
    [
        ("occupation", {1: 10, 2: 43, 3: 130, 4: 436}),
        ("industry", {1: 21, 2: 88, 3: 238, 4: 419}),
    ],
)
def test_the_lists_are_whole_and_hang_together(scheme, sizes):
    groups = occupations._list(scheme, "en").groups
    assert Counter(one.level for one in groups.values()) == sizes
    for one in groups.values():
        parent = groups[one.parent] if one.parent else None
        assert (parent.level if parent else 0) == one.level - 1


@pytest.mark.parametrize("scheme", ["occupation", "industry"])
def test_danish_names_every_group_above_the_finest(scheme):
    pack = occupations.get(scheme)
    danish, english = (occupations._list(scheme, code).groups for code in ("da", "en"))
    rows = {row["code"] for row in occupations._rows(pack.words["da"])}
    upper = {
        one.code
        for one in english.values()
        if one.level < (4 if scheme == "occupation" else 3)
    }
    assert upper <= rows <= set(danish)


@pytest.mark.parametrize("text", ["", " ", "a", "  7  x"])
def test_too_little_finds_nothing_or_little_and_never_fails(text):
    assert len(occupations.find("occupation", text)) <= 12


def test_an_unknown_code_says_itself():
    assert occupations.label("occupation", "9999") == "9999"
    assert occupations.group("occupation", "9999") is None


def test_broad_groups_that_say_little_are_not_offered():
    levels = {one.level for one in occupations.find("occupation", "9")}
    assert levels and min(levels) >= 3
