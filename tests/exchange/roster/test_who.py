"""Which specialist or team is meant."""

import pytest

from braid.exchange.roster.who import Roll, names_in_use

STAFF = Roll(
    ["Beth Ollerenshaw", "Bo Lund", "Jens-Åge Bruun", "Søs Abildtrup"], people=True
)
TEAMS = Roll(["CMH Adult East", "CMH Adult West", "Recovery Hub North"], people=False)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("Beth Ollerenshaw", ("Beth Ollerenshaw", "", None)),
        ("OLLERENSHAW, Beth", ("Beth Ollerenshaw", "", None)),
        ("jens-aage bruun", ("Jens-Åge Bruun", "", None)),
        ("B. Ollerenshaw", ("Beth Ollerenshaw", "abbreviated", None)),
        ("Beth", ("Beth Ollerenshaw", "abbreviated", None)),
        ("Beth O", ("Beth Ollerenshaw", "abbreviated", None)),
        ("Ollerenshaw", ("Beth Ollerenshaw", "abbreviated", None)),
        ("BO", (None, "", None)),  # Beth Ollerenshaw, or Bo Lund
        ("SA", ("Søs Abildtrup", "abbreviated", None)),
        ("Beth Ollerenshw", ("Beth Ollerenshaw", "spelled_otherwise", None)),
        ("Beth Olerenshow", (None, "", "Beth Ollerenshaw")),
        ("Temp", (None, "", None)),
    ],
)
def test_specialist_is_meant_only_where_one_fits(typed, meant):
    found = STAFF.resolve(typed)
    assert found[:2] == meant[:2]
    assert found[2] == meant[2] or meant[0] is None


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("cmh adult EAST", ("CMH Adult East", "")),
        ("Recovery Hub Nrth", ("Recovery Hub North", "spelled_otherwise")),
        ("CMH Adult Est", (None, "")),  # East, or West
        ("Team 7", (None, "")),
        ("CMH Adult", (None, "")),
    ],
)
def test_team_is_meant_only_where_one_fits(typed, meant):
    assert TEAMS.resolve(typed)[:2] == meant


def test_nobody_is_meant_where_nobody_is_known():
    assert Roll([], people=True).resolve("Ada") == (None, "", None)


def test_names_in_use_leave_out_slips():
    texts = ["Ada Holm"] * 9 + ["Ben Marsh"] * 9 + ["A. Holm"] * 3 + ["Ada Hlom"]
    assert names_in_use(texts, [], people=True).names == ("Ada Holm", "Ben Marsh")


def test_names_of_a_list_come_first_and_count_once():
    roll = names_in_use(["ada holm"] * 9, ["Ada Holm", "Cy New"], people=True)
    assert roll.names == ("Ada Holm", "Cy New")


def test_few_rows_are_taken_at_their_word():
    assert names_in_use(["East", "West"], [], people=False).names == ("East", "West")
