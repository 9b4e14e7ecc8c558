"""Standing groups and job centres: matters, decisions, members, consent."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from braid.access.policy import Information
from braid.teamwork import models
from braid.teamwork.queries import gatherings
from tests.cast import TODAY
from tests.consents import agree
from tests.desk.gatherings.saying import DAY, WEEK, at, every
from tests.factories.teamwork import (
    AttendanceFactory,
    DiscussionFactory,
    GroupFactory,
    GroupMemberFactory,
    MatterFactory,
    MeetingFactory,
    MeetingNoteFactory,
    TaskFactory,
)

pytestmark = pytest.mark.django_db


def test_ada_raises_a_matter_the_group_decides_and_ada_is_told(as_, world, sitting):
    ada, ben = as_("ada"), as_("ben")
    where = f"steering:{sitting.group_id}"
    ada.post(
        at("matter_new"),
        {"where": where, "text": "The job centre asks for an internship first"},
    )
    matter = every(models.Matter).get()
    assert matter.group == sitting.group
    page = ben.get(at("gathering", sitting.pk)).content.decode()
    assert "asks for an internship first" in page
    ben.post(
        at("gathering_matter", sitting.pk, matter.pk),
        {
            "answer": "Bodil talks to the job centre",
            "is_settled": "on",
            "row_version": "1",
        },
    )
    ben.post(
        at("gathering_decision_new", sitting.pk),
        {
            "text": "Nobody is asked for an internship first",
            "for_unit": "on",
            "item": "10",
            "due_on": "2026-11-02",
        },
    )
    page = ada.get(at("gatherings")).content.decode()
    assert "Bodil talks to the job centre" in page

    (told,) = gatherings.untold(world.ada.actor, TODAY)
    assert told.text == "Nobody is asked for an internship first"
    assert gatherings.untold(world.ben.actor, TODAY) == []  # he wrote it himself
    assert gatherings.untold(world.ola.actor, TODAY) == []
    ada.post(at("unit_decision_seen", told.id))
    ada.post(at("unit_decision_seen", told.id))  # twice is once
    assert gatherings.untold(world.ada.actor, TODAY) == []
    assert every(models.Told).count() == 1


def test_a_matter_waits_for_a_steering_group_that_there_is_not_yet(as_, world):
    as_("ada").post(
        at("matter_new"),
        {"where": f"steering:{world.north.pk}", "text": "No room for talks"},
    )
    assert every(models.Matter).get().group is None
    as_("ben").post(at("group_new"), {"kind": "steering", "name": "Steering"})
    assert every(models.Matter).get().group.name == "Steering"


def test_a_matter_that_is_not_settled_stays_open(as_, world, sitting):
    matter = MatterFactory(unit=world.north, kind="steering", group=sitting.group)
    as_("ben").post(
        at("gathering_matter", sitting.pk, matter.pk),
        {"answer": "Asked the region", "row_version": "1"},
    )
    matter.refresh_from_db()
    assert matter.settled_on is None
    later = MeetingFactory(
        unit=world.north, kind="steering", group=sitting.group, day=TODAY + WEEK
    )
    page = as_("ben").get(at("gathering", later.pk)).content.decode()
    assert "Asked the region" in page


def test_a_matter_settled_without_a_word_is_asked_for_it(as_, world, sitting):
    matter = MatterFactory(unit=world.north, kind="steering", group=sitting.group)
    answer = as_("ben").post(
        at("gathering_matter", sitting.pk, matter.pk),
        {"answer": " ", "is_settled": "on", "row_version": "1"},
    )
    assert answer.status_code == 422
    assert "answer" in answer.context["form"].errors


def test_a_matter_of_another_table_is_not_taken_up_here(as_, world, sitting):
    matter = MatterFactory(unit=world.north, kind="vocational_unit")
    address = at("gathering_matter", sitting.pk, matter.pk)
    assert as_("ben").get(address).status_code == 404


def test_an_invited_funder_takes_part_in_the_group_and_in_nothing_else(
    as_, world, sitting, unit_meeting
):
    seat = GroupMemberFactory(
        group=sitting.group, user=world.femi.user, name="Femi", part="funder"
    )
    femi = as_("femi")
    assert femi.get(at("gathering", sitting.pk)).status_code == 200
    assert femi.get(at("group", sitting.group_id)).status_code == 200
    assert femi.get(at("gathering", unit_meeting.pk)).status_code == 404
    femi.post(at("gathering_note_new", sitting.pk), {"text": "The money is there"})
    assert every(models.MeetingNote).get().created_by == world.femi.user
    assert femi.get(at("group_member_new", sitting.group_id)).status_code == 403
    as_("ben").post(at("group_member_end", sitting.group_id, seat.pk))
    assert femi.get(at("gathering", sitting.pk)).status_code == 404


def test_members_by_name_are_ticked_and_the_management_makes_it_count(
    as_, world, sitting
):
    director = GroupMemberFactory(
        group=sitting.group, name="Bodil Krogh", part="clinical_director"
    )
    ben = as_("ben")
    ben.post(
        at("gathering_seat", sitting.pk),
        {"member": str(director.pk), "present": "yes"},
    )
    page = ben.get(at("gathering", sitting.pk)).content.decode()
    assert "Fidelity item 11c: 1 of the last 4 quarters." in page
    ben.post(
        at("gathering_seat", sitting.pk), {"member": str(director.pk), "present": "no"}
    )
    page = ben.get(at("gathering", sitting.pk)).content.decode()
    assert "Fidelity item 11c: 0 of the last 4 quarters." in page


def test_the_group_keeps_the_figures_of_the_unit(as_, world, sitting):
    GroupMemberFactory(
        group=sitting.group, user=world.femi.user, name="F", part="funder"
    )
    as_("ben").post(at("gathering_figures", sitting.pk))
    kept = every(models.Meeting).get(pk=sitting.pk).figures
    assert kept["lines"][0]["measure"] == "item01_caseload"
    assert all(line["definition"] for line in kept["lines"])
    page = as_("femi").get(at("gathering", sitting.pk)).content.decode()
    assert "Kept as they stood" in page
    assert as_("femi").post(at("gathering_figures", sitting.pk)).status_code == 404


@pytest.mark.parametrize(
    ("sent", "field"),
    [
        ({"part": "funder"}, "name"),
        ({"part": "funder", "email": "femi@example.org"}, "name"),
        ({"part": "king", "name": "Bodil"}, "part"),
    ],
    ids=["nobody", "no name beside the address", "no such part"],
)
def test_whom_cannot_be_asked_to_a_group(as_, steering, sent, field):
    answer = as_("ben").post(at("group_member_new", steering.pk), sent)
    assert answer.status_code == 422
    assert field in answer.context["form"].errors


def test_somebody_is_asked_by_the_address_of_their_account_once(as_, world, steering):
    ben = as_("ben")
    sent = {"part": "funder", "name": "Femi", "email": "FEMI@example.org"}
    assert ben.post(at("group_member_new", steering.pk), sent).status_code == 302
    again = {**sent, "name": "femi"}
    assert ben.post(at("group_member_new", steering.pk), again).status_code == 422
    assert every(models.GroupMember).get().user == world.femi.user


def test_who_asks_by_an_address_does_not_learn_whether_it_has_an_account(
    as_, world, sitting
):
    """Given three addresses, one of an account twice, when Ben asks, then all look alike."""
    ben, group = as_("ben"), sitting.group_id
    asked = (
        ("Bodil Krogh", "femi@example.org"),
        ("Bente Krogh", "femi@example.org"),
        ("Birte Krogh", "nobody@example.org"),
    )
    answers = {
        (answer.status_code, answer.headers["Location"])
        for answer in (
            ben.post(
                at("group_member_new", group),
                {"part": "funder", "name": name, "email": email},
            )
            for name, email in asked
        )
    }
    assert len(answers) == 1
    kept = {one.name: one for one in every(models.GroupMember)}
    assert [kept[name].user for name, _ in asked] == [world.femi.user, None, None]
    for address in (at("group", group), at("gathering", sitting.pk)):
        html = ben.get(address).content.decode()
        lines = {_line_of(html, kept[name]) for name, _ in asked}
        assert len(lines) == 1, address


def _line_of(html, member):
    """Return the row of a member without what is another for everybody."""
    (found,) = re.findall(
        rf'<li class="person-row">(?:(?!<li).)*?{member.name}.*?</li>', html, re.S
    )
    found = re.sub(r'csrfmiddlewaretoken" value="\w+"', "", found)
    return found.replace(member.name, "").replace(str(member.pk), "")


def test_ada_does_not_choose_who_sits_in_a_group(as_, steering):
    ada = as_("ada")
    assert ada.get(at("group", steering.pk)).status_code == 200
    for name in ("group_member_new", "group_rename"):
        assert ada.get(at(name, steering.pk)).status_code == 403
    assert ada.post(at("group_end", steering.pk)).status_code == 403
    assert ada.get(at("group_new")).status_code in (403, 404)


def test_a_group_is_renamed_and_ended(as_, steering):
    ben = as_("ben")
    sent = {"name": "Board", "row_version": "1"}
    ben.post(at("group_rename", steering.pk), sent)
    assert ben.post(at("group_rename", steering.pk), sent).status_code == 422
    ben.post(at("group_end", steering.pk))
    steering.refresh_from_db()
    assert (steering.name, steering.ended_on) == ("Board", TODAY)


@pytest.fixture
def practitioners(world):
    group = GroupFactory(unit=world.north, kind="practitioners", name="Practitioners")
    GroupMemberFactory(group=group, user=world.dev.user, name="Dev", part="caseworker")
    meeting = MeetingFactory(
        unit=world.north, kind="practitioners", group=group, day=TODAY
    )
    for episode, words in (
        (world.pat_episode, "bakery"),
        (world.quinn_episode, "mill"),
    ):
        DiscussionFactory(meeting=meeting, episode=episode, words=f"About the {words}")
    return meeting


def test_the_caseworker_reads_the_lines_of_those_who_agreed(as_, world, practitioners):
    address = at("gathering", practitioners.pk)
    page = as_("dev").get(address).content.decode()
    assert "About the bakery" not in page
    agree(world, world.pat, world.dev, Information.IDENTITY, Information.ATTENDANCE)
    page = as_("dev").get(address).content.decode()
    assert "Pat Lund" in page
    assert "About the bakery" in page
    assert "Quinn" not in page
    assert "About the mill" not in page
    page = as_("ada").get(address).content.decode()
    assert "About the mill" in page


def test_the_caseworker_writes_in_the_line_of_somebody_who_agreed(
    as_, world, practitioners
):
    agree(world, world.pat, world.dev, Information.IDENTITY, Information.ATTENDANCE)
    dev = as_("dev")
    sent = {"words": "The decision comes in May", "row_version": "1"}
    own = at("gathering_person", practitioners.pk, world.pat_episode.pk)
    assert dev.post(own, sent).status_code == 302
    other = at("gathering_person", practitioners.pk, world.quinn_episode.pk)
    assert dev.post(other, sent).status_code == 404
    assert dev.get(at("gathering_person_new", practitioners.pk)).status_code == 404


def test_the_job_centre_sits_at_its_own_table_by_own_care(as_, world):
    meeting = MeetingFactory(
        unit=world.north,
        kind="job_centre",
        team=world.job_centre,
        day=TODAY,
        mode="in_person",
        closed_on=TODAY,
    )
    AttendanceFactory(meeting=meeting, staff=world.dev.user)
    page = as_("dev").get(at("gathering", meeting.pk)).content.decode()
    assert "Fidelity item 6: 1 of the last 6 months." in page
    assert as_("cora").get(at("gathering", meeting.pk)).status_code == 404


@pytest.mark.parametrize("kind", ["vocational_unit", "steering", "supervision"])
def test_a_meeting_asks_the_same_number_of_queries_however_full(
    as_, world, steering, kind
):
    of = {
        "steering": {"group": steering},
        "supervision": {"specialist": world.ada.user, "led_by": world.ben.user},
    }.get(kind, {})
    client, asked = as_("ben"), []
    for more in (2, 9):
        day = TODAY - more * DAY
        meeting = MeetingFactory(unit=world.north, kind=kind, day=day, **of)
        for number in range(more):
            TaskFactory(unit=world.north, episode=None, meeting=meeting)
            AttendanceFactory(meeting=meeting, guest=f"Guest {number}")
            MeetingNoteFactory(meeting=meeting)
            DiscussionFactory(meeting=meeting, episode__unit=world.north)
            if kind == "steering":
                MatterFactory(unit=world.north, kind=kind, group=steering)
                GroupMemberFactory(group=steering, name=f"Member {number}")
        client.get(at("gathering", meeting.pk))
        with CaptureQueriesContext(connection) as captured:
            assert client.get(at("gathering", meeting.pk)).status_code == 200
        asked.append(len(captured))
    assert asked[0] == asked[1] < 45
