"""What counselling gives to the facts: events with who did them, and no amounts."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from braid.benefits import commands, facts, queries
from tests.cast import TODAY
from tests.factories.benefits import BenefitFactory, CounsellingFactory

DAY = timedelta(days=1)


def events(world):
    rows = [row for part in facts.plan_events([world.north.pk]) for row in part]
    return sorted((row[3], row[4], row[5]) for row in rows)


@pytest.fixture
def counselled(world, una):
    row = CounsellingFactory(episode=world.pat_episode, offered_on=TODAY - DAY)
    commands.done(actor=una, counselling=row, done_on=TODAY, row_version=1)
    return queries.round_of(una, row.pk)


OFFERED = ("benefits_offered", TODAY - DAY, "specialist")


def test_counselling_counts_once_a_result_was_confirmed(
    world, una, counselled, asked, today
):
    page = asked(counselling=counselled)
    assert events(world) == [OFFERED]
    commands.confirm(
        actor=una, calculation=page, row_version=page.row_version, now=timezone.now()
    )
    done = ("benefits_counselling", TODAY, "counsellor")
    assert events(world) == [done, OFFERED]
    commands.recall(actor=una, calculations=[page], words="Wrong.", day=TODAY)
    assert events(world) == [OFFERED]


def test_a_refusal_is_the_applicants(world):
    CounsellingFactory(
        episode=world.pat_episode,
        offered_on=TODAY - DAY,
        answer="declined",
        answered_on=TODAY,
    )
    assert events(world) == [("benefits_declined", TODAY, "applicant"), OFFERED]


def test_another_unit_has_none_of_it(world, counselled):
    parts = facts.plan_events([world.elsewhere.pk])
    assert [row for part in parts for row in part] == []


def test_spells_are_those_of_the_applicant_by_the_name_of_the_rules(world):
    first = date(2025, 1, 1)
    pat = world.pat_episode
    BenefitFactory(episode=pat, benefit="support", first_day=first)
    BenefitFactory(episode=pat, member="partner", benefit="support", first_day=first)
    BenefitFactory(episode=pat, benefit="", words="From my aunt", first_day=first)
    BenefitFactory(episode=pat, benefit="rent_help")
    assert list(facts.benefit_spells([world.north.pk])) == [
        (pat.pk, world.north.pk, "support", first, None)
    ]
