"""What is over stays over: closed meetings, groups that ended, and who may lead."""

import pytest

from braid.access.models import AuditEntry
from braid.kernel.errors import InputFault
from braid.teamwork.commands import gatherings as commands
from braid.teamwork.commands import not_yet, table
from braid.teamwork.models import Attendance, Matter
from braid.teamwork.queries import gatherings as queries
from tests.cast import TODAY
from tests.desk.gatherings.saying import at
from tests.factories.teamwork import GroupMemberFactory, MatterFactory, TaskFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def closed(sitting):
    sitting.closed_on = TODAY
    sitting.save(update_fields=["closed_on"])
    return sitting


def test_a_closed_meeting_takes_up_nothing(world, closed):
    matter = MatterFactory(unit=world.north, kind="steering", group=closed.group)
    with pytest.raises(InputFault, match="closed"):
        commands.take_up(
            actor=world.ben.actor,
            matter=matter,
            meeting=closed,
            answer="Talked through",
            is_settled=True,
        )
    assert Matter.objects.system("test").get().settled_on is None


def test_a_closed_meeting_seats_nobody(world, closed):
    member = GroupMemberFactory(group=closed.group)
    with pytest.raises(InputFault, match="closed"):
        commands.seat_member(
            actor=world.ben.actor, meeting=closed, member=member, present=True
        )
    assert not Attendance.objects.system("test").exists()


def test_what_is_settled_in_a_planned_meeting_is_settled_today(world, sitting):
    sitting.day = TODAY.replace(day=TODAY.day + 7)
    sitting.save(update_fields=["day"])
    matter = MatterFactory(unit=world.north, kind="steering", group=sitting.group)
    commands.take_up(
        actor=world.ben.actor,
        matter=matter,
        meeting=sitting,
        answer="Settled by telephone",
        is_settled=True,
    )
    assert Matter.objects.system("test").get().settled_on == TODAY


def test_a_group_that_ended_opens_nothing_to_its_members(world, sitting):
    GroupMemberFactory(group=sitting.group, user=world.femi.user, name="Femi")
    femi = world.femi.actor
    assert sitting in queries.seen(femi)
    commands.end_group(actor=world.ben.actor, group=sitting.group, today=TODAY)
    assert sitting not in queries.seen(femi)


def test_nobody_leads_their_own_supervision(world, supervision):
    with pytest.raises(InputFault, match="leads") as met:
        table.change(
            actor=world.ben.actor,
            meeting=supervision,
            row_version=supervision.row_version,
            led_by_id=world.ada.user.pk,
        )
    assert met.value.field == "led_by"


def test_a_decision_about_somebody_is_audited_where_it_is_opened(
    as_, world, unit_meeting
):
    decision = TaskFactory(meeting=unit_meeting, episode=world.pat_episode)
    answer = as_("ada").get(at("gathering_decision", unit_meeting.pk, decision.pk))
    assert answer.status_code == 200
    entry = AuditEntry.objects.filter(action="gathering_decision_opened").get()
    assert entry.applicant_key == world.pat.pk


def test_a_name_that_is_too_long_is_told_and_not_cut(world, sitting):
    with pytest.raises(InputFault, match="150 signs") as met:
        table.seat_guest(actor=world.ben.actor, meeting=sitting, name="x" * 151)
    assert met.value.field == "guest"
    with pytest.raises(InputFault, match="60 signs"):
        not_yet.add(actor=world.cora.actor, team=world.east, label="x" * 61, day=TODAY)
