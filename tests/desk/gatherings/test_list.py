"""All meetings of somebody's tables, and planning one."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from braid.teamwork import models
from tests.cast import TODAY
from tests.desk.gatherings.saying import DAY, WEEK, at, every, specialist
from tests.factories.teamwork import (
    GroupFactory,
    GroupMemberFactory,
    MatterFactory,
    MeetingFactory,
)

pytestmark = pytest.mark.django_db


def test_ada_sees_when_each_of_her_tables_meets(as_, world, steering):
    MeetingFactory(
        unit=world.north, kind="vocational_unit", day=TODAY - 9 * DAY, closed_on=TODAY
    )
    page = as_("ada").get(at("gatherings")).content.decode()
    assert "Unit meeting · North" in page
    assert "2 days late" in page
    assert "Steering group North" in page
    assert "none held yet" in page


def test_a_meeting_that_is_planned_is_shown_instead_of_a_clock(as_, world):
    MeetingFactory(unit=world.north, kind="vocational_unit", day=TODAY + DAY)
    page = as_("ada").get(at("gatherings")).content.decode()
    assert '<time datetime="2026-10-06">6 Oct</time>' in page


def test_a_planned_day_that_went_by_is_no_meeting_that_was_held(as_, world):
    MeetingFactory(unit=world.north, kind="vocational_unit", day=TODAY - DAY)
    page = as_("ada").get(at("gatherings")).content.decode()
    assert "Last" not in page


def test_ben_has_a_line_for_each_specialist_and_ada_only_her_own(as_, world):
    specialist(world, "Aki Berg")
    assert "Aki Berg" in as_("ben").get(at("gatherings")).content.decode()
    assert "Aki Berg" not in as_("ada").get(at("gatherings")).content.decode()


def test_somebody_invited_sees_their_group_and_no_other(as_, world, steering):
    GroupFactory(unit=world.north, kind="practitioners", name="Practitioners North")
    GroupMemberFactory(group=steering, user=world.femi.user, name="Femi", part="funder")
    page = as_("femi").get(at("gatherings")).content.decode()
    assert "Steering group North" in page
    assert "Practitioners North" not in page
    assert "Supervision" not in page


def test_a_stranger_finds_an_empty_list(as_, world, steering):
    assert (
        "Steering group North" not in as_("ola").get(at("gatherings")).content.decode()
    )


def test_a_role_that_never_sits_at_a_table_is_refused(as_):
    assert as_("sam").get(at("gatherings")).status_code == 403


def test_the_list_asks_the_same_number_of_queries(as_, world, steering):
    ben, asked = as_("ben"), []
    for number in range(3):
        specialist(world, f"Sp{number} Berg")
        GroupFactory(unit=world.north, kind="steering", name=f"Group {number}")
        MatterFactory(unit=world.north, kind="steering", group=steering)
        day = TODAY - number * WEEK
        MeetingFactory(unit=world.north, kind="vocational_unit", day=day)
        with CaptureQueriesContext(connection) as captured:
            assert ben.get(at("gatherings")).status_code == 200
        asked.append(len(captured))
    assert asked[1] == asked[2] < 40


def plan(client, kind, whom, day=TODAY, **more):
    return client.post(
        at("gathering_new", kind), {"whom": str(whom), "day": day.isoformat(), **more}
    )


def test_ben_plans_the_weekly_meeting_of_the_unit(as_, world):
    answer = plan(as_("ben"), "vocational_unit", world.north.pk, begins_at="09:30")
    meeting = every(models.Meeting).get()
    assert answer["Location"] == at("gathering", meeting.pk)
    assert (meeting.kind, meeting.unit, meeting.day) == (
        "vocational_unit",
        world.north,
        TODAY,
    )


def test_two_who_plan_the_same_meeting_have_one(as_, world):
    plan(as_("ben"), "vocational_unit", world.north.pk)
    plan(as_("ada"), "vocational_unit", world.north.pk)
    assert every(models.Meeting).count() == 1


def test_ben_plans_supervision_with_ada(as_, world):
    plan(as_("ben"), "supervision", world.ada.user.pk, led_by=str(world.ben.user.pk))
    meeting = every(models.Meeting).get()
    assert (meeting.specialist, meeting.led_by) == (world.ada.user, world.ben.user)


@pytest.mark.parametrize(
    "kind",
    [
        "vocational_unit",
        "outcome_review",
        "supervision",
        "field_mentoring",
        "job_centre",
        "steering",
        "practitioners",
    ],
)
def test_a_meeting_of_every_kind_is_planned_changed_and_closed(as_, world, kind):
    group = GroupFactory(unit=world.north, kind=kind)
    whom = {
        "supervision": world.ada.user,
        "field_mentoring": world.ada.user,
        "job_centre": world.job_centre,
        "steering": group,
        "practitioners": group,
    }.get(kind, world.north)
    ben = as_("ben")
    ben.get(at("gathering_new", kind))
    answer = plan(ben, kind, whom.pk, mode="in_person")
    meeting = every(models.Meeting).get()
    assert answer["Location"] == at("gathering", meeting.pk)
    assert ben.get(answer["Location"]).status_code == 200
    edit = {"day": "2026-10-02", "minutes": "45", "row_version": "1"}
    assert ben.post(at("gathering_edit", meeting.pk), edit).status_code == 302
    ben.post(at("gathering_close", meeting.pk))
    meeting.refresh_from_db()
    assert (meeting.minutes, meeting.closed_on) == (45, TODAY)
    assert "2 Oct" in ben.get(at("gatherings")).content.decode()


def test_ada_cannot_plan_the_supervision_of_somebody_else(as_, world):
    other = specialist(world, "Aki Berg")
    answer = plan(as_("ada"), "supervision", other.pk)
    assert answer.status_code == 422
    assert not every(models.Meeting).exists()


@pytest.mark.parametrize(
    ("sent", "field"),
    [
        pytest.param({"day": ""}, "day", id="no day"),
        pytest.param({"day": "26-10-05"}, "day", id="a slip of the keys"),
        pytest.param({"whom": "somebody"}, "whom", id="nobody of the list"),
        pytest.param({"minutes": "100000"}, "minutes", id="a meeting of two months"),
        pytest.param({"begins_at": "half past"}, "begins_at", id="no time of day"),
    ],
)
def test_what_cannot_be_planned_is_said_beside_its_field(as_, world, sent, field):
    given = {"whom": str(world.north.pk), "day": TODAY.isoformat(), **sent}
    answer = as_("ben").post(at("gathering_new", "vocational_unit"), given)
    assert answer.status_code == 422
    assert answer.context["form"].errors.keys() == {field}


def test_a_kind_that_nobody_knows_is_nothing(as_):
    assert as_("ben").get(at("gathering_new", "tea")).status_code == 404
    assert as_("ben").get(at("gathering_new", "treatment_team")).status_code == 404


def test_who_changes_a_meeting_that_somebody_changed_is_told(as_, world, unit_meeting):
    given = {"day": "2026-10-06", "row_version": "1"}
    as_("ada").post(at("gathering_edit", unit_meeting.pk), given)
    answer = as_("ben").post(
        at("gathering_edit", unit_meeting.pk), {**given, "place_words": "Room 2"}
    )
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Somebody changed this while you were typing" in page
    assert "Ada Specialist" in page
    assert "Room 2" in page  # what was typed is still there
