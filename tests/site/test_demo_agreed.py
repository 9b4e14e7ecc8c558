"""What the people of the demo agreed to: plausible, in order, and within the laws."""

from collections import Counter
from datetime import timedelta

import pytest

from braid.packs import consents
from braid.site.demo import cast
from braid.site.demo.agreed import YEAR, around
from braid.site.demo.dice import Dice
from tests.site.test_demo_region import TODAY, drawn, lives_of


@pytest.fixture(scope="module")
def lives():
    return lives_of(drawn("demo", 1, TODAY))


@pytest.fixture(scope="module")
def drawn_around(lives):
    dice = Dice("1 sharing")
    return [(life, around(life, dice, TODAY)) for life in lives]


def test_steps_follow_the_days_of_an_accepted_episode(drawn_around):
    for life, found in drawn_around:
        days = [step.day for step in found.agreed]
        assert days == sorted(days)
        for day in days:
            assert life.accepted_on < day < min(life.exited_on or TODAY, TODAY) + YEAR
            assert day < TODAY


def test_only_what_the_country_offers_is_agreed(drawn_around):
    text = consents.of_country(cast.COUNTRY)
    for _life, found in drawn_around:
        for step in found.agreed:
            offered = text.purposes[step.purpose].may_ask_for
            assert set(step.information) <= set(offered)
            assert step.last_day is None or step.last_day - step.day == YEAR


def test_nothing_is_taken_back_that_was_not_given(drawn_around):
    for _life, found in drawn_around:
        given = Counter()
        for step in found.agreed:
            given[step.receiver] += 1 if step.is_given else -1
            assert given[step.receiver] >= 0


def test_who_works_together_has_agreed_to_it(drawn_around):
    met = [found for life, found in drawn_around if life.together_from]
    assert met
    for found in met:
        assert any(step.purpose == "treatment" for step in found.agreed)


def test_a_parallel_team_is_shared_with_less(drawn_around):
    asked, agreed = Counter(), Counter()
    for life, found in drawn_around:
        if life.accepted_on and life.accepted_on < TODAY - timedelta(days=60):
            asked[life.team] += 1
            agreed[life.team] += any(
                step.purpose == "treatment" for step in found.agreed
            )
    shares = {team: agreed[team] / asked[team] for team in asked}
    assert min(shares, key=lambda team: shares[team]) == "team-vest"
    assert shares["team-oest"] > 0.6


def test_the_same_seed_agrees_to_the_same(lives):
    once, again = Dice("7 sharing"), Dice("7 sharing")
    for life in lives[:40]:
        assert around(life, once, TODAY) == around(life, again, TODAY)
