"""Days before a record begins: refused by one rule, wherever a day is written."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from braid.people import beginning
from braid.people.queries import ref
from braid.teamwork.models import Meeting
from braid.work.models import Contact
from tests.cast import SINCE, TODAY
from tests.factories.teamwork import MeetingFactory

pytestmark = pytest.mark.django_db
DAY = timedelta(1)
LONG_AGO = date(1900, 1, 1)


def every(model):
    return model.objects.system("looked at in a test")


def test_a_unit_begins_with_the_first_who_worked_or_was_referred_there(world):
    assert beginning.of_unit(world.north.pk) == SINCE
    world.pat_episode.referred_on = SINCE - DAY
    world.pat_episode.save()
    assert beginning.of_unit(world.north.pk) == SINCE - DAY


def test_a_person_begins_with_the_first_referral_to_the_unit(world):
    world.pat_episode.referred_on = TODAY - 9 * DAY
    world.pat_episode.save()
    assert beginning.of_person(ref(world.pat_episode)) == TODAY - 9 * DAY


def _prepare(world, as_, day):
    address = reverse("desk:team_meeting_new", args=[world.east.pk, world.north.pk])
    return as_("ada").post(address, {"day": day.isoformat()})


def _plan(world, as_, day):
    given = {"whom": str(world.north.pk), "day": day.isoformat()}
    address = reverse("desk:gathering_new", args=["vocational_unit"])
    return as_("ben").post(address, given)


def _change_meeting(world, as_, day):
    meeting = MeetingFactory(unit=world.north, team=world.east, day=TODAY)
    address = reverse("desk:team_meeting_details", args=[meeting.pk])
    return as_("ada").post(address, {"day": day.isoformat(), "row_version": "1"})


def _change_gathering(world, as_, day):
    meeting = MeetingFactory(unit=world.north, kind="vocational_unit", day=TODAY)
    address = reverse("desk:gathering_edit", args=[meeting.pk])
    return as_("ben").post(address, {"day": day.isoformat(), "row_version": "1"})


def _corridor(world, as_, day):
    address = reverse("desk:corridor", args=[world.pat.pk])
    given = {"text": "Met.", "who": "mental_health", "day": day.isoformat()}
    return as_("ada").post(address, given)


@pytest.mark.parametrize(
    "write",
    [
        pytest.param(_prepare, id="a treatment-team meeting is prepared"),
        pytest.param(_plan, id="a meeting of the unit is planned"),
        pytest.param(_change_meeting, id="a treatment-team meeting is moved"),
        pytest.param(_change_gathering, id="a meeting of the unit is moved"),
        pytest.param(_corridor, id="a talk in passing is noted"),
    ],
)
def test_a_day_before_the_record_is_told_and_nothing_is_kept(world, as_, today, write):
    answer = write(world, as_, LONG_AGO)
    assert answer.status_code == 422
    (said,) = answer.context["form"].errors["day"]
    assert said.startswith("1 Jan 1900 lies before this record begins, on ")
    assert said.endswith("Choose that day or a later one.")
    for model in (Meeting, Contact):
        assert not every(model).filter(day=LONG_AGO).exists()
    assert write(world, as_, today).status_code == 302
