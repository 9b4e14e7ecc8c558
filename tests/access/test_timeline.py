"""A timeline out of parts: one query, the latest first, cut where it is full."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from braid.access import timeline
from braid.kernel.moments import Strand
from braid.people.models import Note
from braid.people.queries import timeline as people_tell
from braid.work.models import Contact
from braid.work.queries import timeline as work_tells
from tests.factories.people import HandoverFactory, NoteFactory, SearchPlanFactory
from tests.factories.work import ContactFactory, JobEndReviewFactory, JobFactory

DAY = date(2026, 9, 1)


def two_parts(world, before=None):
    noted = timeline.told_as("note", Strand.EMPLOYMENT)
    met = timeline.told_as("contact", Strand.APPLICANT)
    return [
        timeline.part(
            Note.objects.visible_to(world.ada.actor),
            noted,
            before=before,
            by="author__name",
            values={"words": "text"},
        ),
        timeline.part(
            Contact.objects.visible_to(world.ada.actor),
            met,
            before=before,
            by="staff__name",
            values={"attended": "attended", "minutes": "minutes"},
        ),
    ]


@pytest.fixture
def told(world):
    for number in range(5):
        day = DAY + timedelta(number)
        ContactFactory(episode=world.pat_episode, day=day, staff=world.ada.user)
        NoteFactory(episode=world.pat_episode, day=day, text=f"Note {number} 🌱 سلام")
    return world


def test_parts_are_one_query_the_latest_first(told):
    timeline.moments(two_parts(told), 1)  # once a process asks SQLite about JSON
    with CaptureQueriesContext(connection) as asked:
        found = timeline.moments(two_parts(told), 7)
    assert len(asked) == 1
    days = [moment.day for moment in found]
    assert days == sorted(days, reverse=True)
    assert len(found) == 7
    assert days[0] == DAY + timedelta(4)


def test_what_a_moment_tells_is_as_it_was_written(told):
    found = timeline.moments(two_parts(told), 99)
    words = {m.values["words"] for m in found if m.title == "note"}
    assert words == {f"Note {number} 🌱 سلام" for number in range(5)}
    contact = next(m for m in found if m.title == "contact")
    assert (contact.by, contact.values["minutes"]) == ("Ada Specialist", 45)
    assert contact.values["attended"]


def test_before_a_day_leaves_that_day_out(told):
    found = timeline.moments(two_parts(told, before=DAY + timedelta(2)), 99)
    assert {moment.day for moment in found} == {DAY, DAY + timedelta(1)}


def test_every_room_tells_in_the_same_shape_and_the_stranger_is_told_nothing(world):
    keys = [world.pat_episode.pk]
    SearchPlanFactory(episode=world.pat_episode, agreed_on=DAY)
    HandoverFactory(episode=world.pat_episode, to_specialist=world.ada.user)
    JobEndReviewFactory(job=JobFactory(episode=world.pat_episode))
    parts = [*people_tell(world.ada.actor, keys), *work_tells(world.ada.actor, keys)]
    titles = {moment.title for moment in timeline.moments(parts, 99)}
    assert {"search_plan", "handover", "job_end_review", "disclosure"} <= titles
    strange = [*people_tell(world.ola.actor, keys), *work_tells(world.ola.actor, keys)]
    assert timeline.moments(strange, 99) == []
