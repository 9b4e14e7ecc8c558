"""Counselling from what makes it due to what the person decided."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.http import Http404

from braid.access.models import AuditEntry
from braid.benefits import commands, queries
from braid.benefits.models import Counselling
from braid.kernel.errors import InputFault, Refused, Stale
from tests.cast import TODAY

DAY = timedelta(days=1)


@pytest.fixture
def due(world):
    """Counselling is due because of a worry; Ada noted it."""
    return commands.make_due(world.ada.actor, world.pat_episode.pk, "worry")


@pytest.fixture
def offered(world, due):
    commands.offer(actor=world.ada.actor, counselling=due, day=TODAY)
    return due


def again(actor, row):
    return queries.round_of(actor, row.pk)


def state(world):
    found = queries.process_of(world.ada.actor, [world.pat_episode.pk])
    return found[world.pat_episode.pk].state


def test_a_day_that_has_passed_is_no_day_for_counselling(world, una, offered):
    with pytest.raises(InputFault, match="has passed") as met:
        commands.book(
            actor=una,
            counselling=again(una, offered),
            booked_on=TODAY - DAY,
            row_version=again(una, offered).row_version,
            today=TODAY,
        )
    assert met.value.field == "booked_on"
    assert again(una, offered).booked_on is None


def test_from_a_worry_to_a_decision(world, una, due):
    """Given a worry, each step is seen by the specialist as a word and a day."""
    assert state(world) == "due"
    commands.offer(actor=world.ada.actor, counselling=due, day=TODAY)
    assert state(world) == "offered"
    commands.answer(
        actor=world.pat_account.actor,
        counselling=again(world.pat_account.actor, due),
        answer="accepted",
        day=TODAY,
        row_version=due.row_version,
    )
    commands.book(
        actor=una,
        counselling=again(una, due),
        booked_on=TODAY + 2 * DAY,
        row_version=again(una, due).row_version,
        today=TODAY,
    )
    assert state(world) == "booked"
    commands.done(
        actor=una,
        counselling=again(una, due),
        done_on=TODAY,
        row_version=again(una, due).row_version,
        person_decision="I take it.",
        next_review_on=TODAY + 90 * DAY,
    )
    assert state(world) == "done"
    row = again(una, due)
    assert (row.counsellor_id, row.person_decision) == (una.id, "I take it.")


def test_the_same_reason_is_due_once_while_it_is_open(world, una, due):
    ada, episode = world.ada.actor, world.pat_episode.pk
    assert commands.make_due(ada, episode, "worry").pk == due.pk
    job = uuid4()
    start = commands.make_due(ada, episode, "start", job, TODAY)
    assert start.pk != due.pk
    assert commands.make_due(ada, episode, "start", uuid4(), TODAY).pk != start.pk
    commands.done(actor=una, counselling=due, done_on=TODAY, row_version=1)
    assert commands.make_due(ada, episode, "worry").pk != due.pk


def test_declined_counselling_may_be_due_again(world, offered):
    commands.answer(
        actor=world.pat_account.actor,
        counselling=offered,
        answer="declined",
        day=TODAY,
        row_version=offered.row_version,
    )
    assert state(world) == "declined"
    assert commands.make_due(world.ada.actor, world.pat_episode.pk, "worry") != offered


def test_one_tap_offers_what_was_not_due(world):
    made = commands.offer_in_one_tap(
        actor=world.ada.actor, episode_id=world.pat_episode.pk, day=TODAY
    )
    assert (made.trigger, made.offered_on, made.offered_by_id) == (
        "worry",
        TODAY,
        world.ada.actor.id,
    )
    entries = AuditEntry.objects.filter(record_key=str(made.pk))
    assert set(entries.values_list("action", flat=True)) == {
        "counselling_due",
        "counselling_offered",
    }


@pytest.mark.parametrize("name", ["ola", "kit", "cora", "dev"])
def test_who_does_not_care_for_pat_makes_nothing_due(world, name):
    with pytest.raises((Http404, Refused)):
        commands.make_due(getattr(world, name).actor, world.pat_episode.pk, "worry")
    assert not Counselling.objects.system("counting").exists()


def test_the_person_makes_it_due_themselves(world):
    made = commands.make_due(world.pat_account.actor, world.pat_episode.pk, "profile")
    assert made.due_on == date(2026, 10, 19)


def test_only_a_counsellor_notes_that_counselling_took_place(world, offered):
    for name in ("ada", "ben", "pat_account"):
        with pytest.raises(Refused):
            commands.done(
                actor=getattr(world, name).actor,
                counselling=offered,
                done_on=TODAY,
                row_version=offered.row_version,
            )


@pytest.mark.parametrize(
    ("values", "field"),
    [
        pytest.param({"done_on": TODAY + DAY}, "done_on", id="tomorrow"),
        pytest.param(
            {"done_on": TODAY, "next_review_on": TODAY},
            "next_review_on",
            id="looked at again on the same day",
        ),
    ],
)
def test_days_out_of_order_are_told(una, offered, values, field):
    with pytest.raises(InputFault) as told:
        commands.done(
            actor=una, counselling=offered, row_version=offered.row_version, **values
        )
    assert told.value.field == field


def test_nobody_answers_what_was_not_offered(world, due):
    with pytest.raises(InputFault):
        commands.answer(
            actor=world.pat_account.actor,
            counselling=due,
            answer="accepted",
            day=TODAY,
            row_version=1,
        )


def test_a_stale_form_overwrites_nothing(world, una, offered):
    commands.book(
        actor=una,
        counselling=again(una, offered),
        booked_on=TODAY,
        row_version=offered.row_version,
        today=TODAY,
    )
    with pytest.raises(Stale):
        commands.answer(
            actor=world.ada.actor,
            counselling=again(world.ada.actor, offered),
            answer="later",
            day=TODAY,
            row_version=offered.row_version,
        )
