"""The caseload on a day: who is on it, who has them, from which teams."""

from decimal import Decimal

import pytest
from tests.method.measures.engine import rows_of, sums
from tests.method.measures.rows import (
    ON_D,
    D,
    day,
    episode,
    facts,
    held_by,
    post,
    row,
    state,
    treated_by,
)

from braid.method.measures import Asked

ADA = post("ada")


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        pytest.param(
            [episode("una")],
            {"episodes": 1, "without_specialist": 1},
            id="waits for a specialist",
        ),
        pytest.param(
            [episode("una"), held_by("una", "ada")],
            {"episodes": 1},
            id="held by somebody",
        ),
        pytest.param(
            [episode("una"), held_by("una", None)],
            {"episodes": 1, "without_specialist": 1},
            id="a spell that names nobody",
        ),
        pytest.param(
            [episode("una", accepted="2026-06-30")],
            {"episodes": 1, "without_specialist": 1},
            id="accepted on D",
        ),
        pytest.param(
            [episode("una", accepted="2026-07-01")], {}, id="accepted after D"
        ),
        pytest.param([episode("una", accepted=None)], {}, id="referred, not accepted"),
        pytest.param(
            [episode("una", exited="2026-06-30")],
            {},
            id="E27 exit on D: the first day off",
        ),
        pytest.param(
            [episode("una", exited="2026-07-01")],
            {"episodes": 1, "without_specialist": 1},
            id="last day on the caseload is D",
        ),
        pytest.param(
            [episode("una", accepted="2026-05-01", exited="2026-05-01")],
            {},
            id="exit on the day of acceptance",
        ),
        pytest.param(
            [
                episode("una 1", person="una", exited="2026-02-01"),
                episode("una 2", person="una", accepted="2026-06-01"),
            ],
            {"episodes": 1, "without_specialist": 1},
            id="E10 referred again: the second episode",
        ),
        pytest.param(
            [episode("una"), state("una", "paused", "2026-06-01")],
            {"paused": 1},
            id="paused on D",
        ),
        pytest.param(
            [episode("una"), state("una", "paused", "2026-05-01", "2026-06-29")],
            {"episodes": 1, "without_specialist": 1},
            id="a pause that is over",
        ),
        pytest.param(
            [episode("una"), state("una", "active", "2026-01-12")],
            {"episodes": 1, "without_specialist": 1},
            id="active is no reason",
        ),
        pytest.param(
            [episode("una"), state("una", "stepped_down", "2026-06-30")],
            {"stepped_down": 1},
            id="stepped down on D",
        ),
    ],
)
def test_episodes_of_the_caseload(rows, expected):
    assert sums("caseload_and_posts", facts(*rows), ON_D) == expected


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        pytest.param([post("ada", fte="0.8")], {"fte": Decimal("0.8")}, id="in post"),
        pytest.param(
            [post("ada", last="2026-06-30")], {"fte": 1}, id="the last day in post is D"
        ),
        pytest.param([post("ada", last="2026-06-29")], {}, id="left the day before"),
        pytest.param([post("ada", first="2026-07-01")], {}, id="comes tomorrow"),
        pytest.param(
            [post("ada", fte=None)],
            {"fte_unknown": 1},
            id="share of full time not known",
        ),
        pytest.param(
            [post("eva", role="supervisor")], {}, id="a supervisor is no specialist"
        ),
        pytest.param(
            [
                post("ada", last="2026-03-31"),
                post("ada", first="2026-04-01", fte="0.5"),
            ],
            {"fte": Decimal("0.5")},
            id="fewer hours from April",
        ),
        pytest.param(
            [
                post("ada", fte="0.8"),
                post("ada", fte=None, team="west"),
                row("teams", team_id="west", kind="treatment_team"),
            ],
            {"fte": Decimal("0.8")},
            id="a place in a treatment team is no post in a unit",
        ),
    ],
)
def test_posts(rows, expected):
    assert sums("caseload_and_posts", facts(*rows), ON_D) == expected


def test_another_basis_counts_from_another_day():
    una = episode(
        "una",
        accepted="2026-06-01",
        referred_on=day("2026-05-01"),
        entered_on=None,
        profile_started_on=day("2026-06-20"),
    )
    on = [
        Asked.on(day(text), text) for text in ("2026-05-15", "2026-06-10", "2026-06-25")
    ]
    found = {
        basis: sum(
            row["episodes"]
            for row in rows_of("caseload_and_posts", facts(una), *on, basis=basis)
        )
        for basis in ("referred", "accepted", "entered", "profile")
    }
    assert found == {"referred": 3, "accepted": 2, "entered": 0, "profile": 1}


def test_a_move_is_the_new_specialists_from_its_day():
    """E11: handed from Ada to Ben on 1 June; the unit has one caseload all the time."""
    moved = facts(
        episode("una"),
        held_by("una", "ada", last="2026-05-31"),
        held_by("una", "ben", first="2026-06-01"),
    )
    days = [Asked.on(day(text), text) for text in ("2026-05-31", "2026-06-01")]
    rows = rows_of("caseload_and_posts", moved, *days)
    assert [(row["period"], row["staff_id"], row["episodes"]) for row in rows] == [
        ("2026-05-31", "ada", 1),
        ("2026-06-01", "ben", 1),
    ]


def test_where_spells_overlap_the_later_one_holds():
    twice = facts(
        episode("una"),
        held_by("una", "ben"),
        held_by("una", "ada", first="2026-03-01"),
    )
    (row,) = rows_of("caseload_and_posts", twice, ON_D)
    assert (row["staff_id"], row["episodes"]) == ("ada", 1)


def _caseload_of_ada(*teams):
    """Return Ada in post with an episode for each team named; None: no team."""
    rows = [ADA]
    for number, team in enumerate(teams):
        who = f"p{number}"
        rows += [episode(who), held_by(who, "ada")]
        rows += [treated_by(who, team)] if team else []
    return facts(*rows)


@pytest.mark.parametrize(
    ("teams", "expected"),
    [
        pytest.param(
            ["east"] * 3, {"caseload": 3, "teams": 1, "from_top_two": 3}, id="one team"
        ),
        pytest.param(
            ["east", "east", "west", "south"],
            {"caseload": 4, "teams": 3, "from_top_two": 3},
            id="two with most",
        ),
        pytest.param(
            ["east", "west", "south"],
            {"caseload": 3, "teams": 3, "from_top_two": 2},
            id="all alike: any two",
        ),
        pytest.param(
            ["east", None, None],
            {"caseload": 3, "teams": 1, "from_top_two": 1},
            id="no team is no team, and in the caseload",
        ),
        pytest.param([None], {"caseload": 1}, id="no team at all"),
    ],
)
def test_teams_of_a_caseload(teams, expected):
    assert sums("caseload_teams", _caseload_of_ada(*teams), ON_D) == expected


def test_the_top_two_are_each_specialists_own():
    two = facts(
        ADA,
        post("ben"),
        *(episode(who) for who in ("a1", "a2", "a3", "b1")),
        *(held_by(who, "ada") for who in ("a1", "a2", "a3")),
        held_by("b1", "ben"),
        *(
            treated_by(who, team)
            for who, team in zip(
                ("a1", "a2", "a3", "b1"),
                ("east", "west", "south", "south"),
                strict=True,
            )
        ),
    )
    rows = rows_of("caseload_teams", two, ON_D)
    assert {row["episode_id"] for row in rows if row["from_top_two"]} == {
        "a1",
        "a3",
        "b1",
    }


@pytest.mark.parametrize(
    "rows",
    [
        pytest.param([episode("una"), held_by("una", "ada")], id="no longer in post"),
        pytest.param([ADA, episode("una")], id="nobody has the episode"),
        pytest.param(
            [post("ada", team="south"), episode("una"), held_by("una", "ada")],
            id="in post in another unit",
        ),
    ],
)
def test_only_caseloads_of_specialists_in_post_have_teams(rows):
    assert rows_of("caseload_teams", facts(*rows), ON_D) == []


def test_the_team_is_that_of_the_day():
    changed = facts(
        ADA,
        episode("una"),
        held_by("una", "ada"),
        treated_by("una", "east", last="2026-06-29"),
        treated_by("una", "west", first="2026-06-30"),
    )
    (row,) = rows_of("caseload_teams", changed, ON_D)
    assert (row["team_id"], D) == ("west", ON_D.last_day)
