"""The weekly meeting of the unit: people, leads, cover, what went well."""

from datetime import date

import pytest

from braid.access.models import AuditEntry
from braid.access.policy import Information
from braid.teamwork import models
from braid.teamwork.queries import gatherings
from tests.cast import TODAY
from tests.consents import agree
from tests.desk.gatherings.saying import DAY, at, every, specialist
from tests.factories.teamwork import (
    CoverFactory,
    DiscussionFactory,
    MeetingFactory,
)
from tests.factories.work import EmployerFactory, JobFactory, LeadFactory

pytestmark = pytest.mark.django_db


def test_the_unit_meeting_shows_leads_starts_and_who_stands_in(
    as_, world, unit_meeting
):
    LeadFactory(
        employer=EmployerFactory(unit=world.north, name="Bakery Sol"),
        title="Shelves",
        heard_on=TODAY - DAY,
    )
    LeadFactory(
        employer=EmployerFactory(unit=world.north, name="Old Mill"),
        title="Long ago",
        heard_on=TODAY - 8 * DAY,
    )
    JobFactory(
        episode=world.pat_episode,
        first_day=TODAY - 2 * DAY,
        placement="competitive",
        title="Baker",
    )
    JobFactory(
        episode=world.quinn_episode,
        first_day=TODAY - 2 * DAY,
        placement="unpaid_internship",
        title="Intern",
    )
    CoverFactory(unit=world.north, staff=world.ben.user, covered_by=world.ada.user)
    page = as_("ada").get(at("gathering", unit_meeting.pk)).content.decode()
    assert "Shelves" in page
    assert "Long ago" not in page
    assert "Baker" in page
    assert "Intern" not in page
    assert "Ada Specialist for Ben Supervisor" in page


def test_people_with_an_overdue_clock_stand_first(as_, world, unit_meeting):
    JobFactory(
        episode=world.quinn_episode,
        first_day=TODAY - 40 * DAY,
        placement="competitive",
    )
    page = as_("ada").get(at("gathering_person_new", unit_meeting.pk))
    names = [label for _key, label in page.context["form"].fields["person"].choices]
    late = [" · " in name for name in names]
    assert late == sorted(late, reverse=True)
    assert any(late)


def test_a_case_is_put_on_the_list_once_and_talked_about(as_, world, unit_meeting):
    ada = as_("ada")
    new = at("gathering_person_new", unit_meeting.pk)
    sent = {"person": str(world.pat_episode.pk), "asked": "Who knows a bakery?"}
    assert ada.post(new, sent).status_code == 302
    assert ada.post(new, sent).status_code == 422  # on the list already
    ada.post(
        at("gathering_person", unit_meeting.pk, world.pat_episode.pk),
        {
            "words": "<b>Two</b> mornings a week 🙂",
            "asked": "Who knows a bakery?",
            "discussed": "on",
            "row_version": "1",
        },
    )
    line = every(models.Discussion).get()
    assert (line.discussed, line.asked) == (True, "Who knows a bakery?")
    page = ada.get(at("gathering", unit_meeting.pk)).content.decode()
    assert "&lt;b&gt;Two&lt;/b&gt; mornings a week 🙂" in page
    assert AuditEntry.objects.filter(action="gathering_people_opened").exists()


def test_two_who_write_the_same_line_lose_nothing(as_, world, unit_meeting):
    DiscussionFactory(meeting=unit_meeting, episode=world.pat_episode, words="")
    address = at("gathering_person", unit_meeting.pk, world.pat_episode.pk)
    as_("ada").post(address, {"words": "Ada was here", "row_version": "1"})
    answer = as_("ben").post(address, {"words": "Ben was here", "row_version": "1"})
    assert answer.status_code == 422
    assert "Ada Specialist" in answer.content.decode()
    assert every(models.Discussion).get().words == "Ada was here"


def test_who_was_there_is_ticked_and_yields_evidence(as_, world, unit_meeting):
    specialist(world, "Aki Berg")
    ben = as_("ben")
    for member in (world.ada, world.ben, world.aki):
        ben.post(
            at("gathering_seat", unit_meeting.pk),
            {"staff": str(member.user.pk), "present": "yes"},
        )
    page = ben.get(at("gathering", unit_meeting.pk)).content.decode()
    assert "Fidelity item 7: 1 of the last 4 weeks." in page
    ben.post(
        at("gathering_seat", unit_meeting.pk),
        {"staff": str(world.aki.user.pk), "present": "no"},
    )
    page = ben.get(at("gathering", unit_meeting.pk)).content.decode()
    assert "Fidelity item 7: 0 of the last 4 weeks." in page  # one is no group
    assert "does not count" in page


def test_nobody_from_elsewhere_is_seated(as_, world, unit_meeting):
    answer = as_("ben").post(
        at("gathering_seat", unit_meeting.pk),
        {"staff": str(world.ola.user.pk), "present": "yes"},
    )
    assert answer.status_code == 404
    for bad in ("", "nobody"):
        assert (
            as_("ben")
            .post(at("gathering_seat", unit_meeting.pk), {"staff": bad})
            .status_code
            == 404
        )


def test_a_guest_comes_and_goes(as_, world, unit_meeting):
    ada = as_("ada")
    ada.post(at("gathering_guest", unit_meeting.pk), {"guest": "Bodil Krogh"})
    guest = every(models.Attendance).get()
    assert guest.guest == "Bodil Krogh"
    ada.post(at("gathering_guest_back", unit_meeting.pk, guest.pk))
    assert not every(models.Attendance).exists()


def test_a_meeting_to_come_cannot_be_closed(as_, world):
    ahead = MeetingFactory(unit=world.north, kind="vocational_unit", day=TODAY + DAY)
    answer = as_("ben").post(at("gathering_close", ahead.pk), follow=True)
    assert "still to come" in answer.content.decode()
    assert every(models.Meeting).get().closed_on is None


def test_a_closed_meeting_is_opened_again_before_it_is_written_in(
    as_, world, unit_meeting
):
    ben = as_("ben")
    ben.post(at("gathering_close", unit_meeting.pk))
    answer = ben.post(at("gathering_note_new", unit_meeting.pk), {"text": "Late"})
    assert "Open it again" in answer.content.decode()
    ben.post(at("gathering_reopen", unit_meeting.pk))
    ben.post(at("gathering_note_new", unit_meeting.pk), {"text": "In time"})
    note = every(models.MeetingNote).get()
    assert note.text == "In time"
    as_("ada").post(at("gathering_note_back", unit_meeting.pk, note.pk))
    assert every(models.MeetingNote).exists()  # only one's own
    ben.post(at("gathering_note_back", unit_meeting.pk, note.pk))
    assert not every(models.MeetingNote).exists()


def test_only_an_empty_meeting_is_called_off(as_, world, unit_meeting):
    ben = as_("ben")
    ben.post(at("gathering_note_new", unit_meeting.pk), {"text": "Something"})
    ben.post(at("gathering_call_off", unit_meeting.pk))
    assert every(models.Meeting).exists()
    every(models.MeetingNote).delete()
    ben.post(at("gathering_call_off", unit_meeting.pk))
    assert not every(models.Meeting).exists()


@pytest.mark.parametrize("member", ["cora", "dev", "femi", "ola"])
def test_the_unit_meeting_is_the_units_own(as_, world, unit_meeting, member):
    agree(world, world.pat, world.cora, Information.ATTENDANCE)
    assert as_(member).get(at("gathering", unit_meeting.pk)).status_code == 404


def test_who_stands_in_for_whom(as_, world, unit_meeting):
    sent = {
        "staff": str(world.ben.user.pk),
        "covered_by": str(world.ada.user.pk),
        "first_day": "2026-10-12",
        "last_day": "2026-10-16",
        "words": "Ring the bakery on Monday",
    }
    new = f"{at('cover_new')}?meeting={unit_meeting.pk}"
    as_("ada").post(new, sent)
    cover = every(models.Cover).get()
    assert cover.meeting == unit_meeting
    actor = world.ada.actor
    assert gatherings.covers_for(actor, date(2026, 10, 11)) == []
    (told,) = gatherings.covers_for(actor, date(2026, 10, 12))
    assert (told.staff, told.words) == ("Ben Supervisor", "Ring the bakery on Monday")
    assert gatherings.covers_for(world.ben.actor, date(2026, 10, 12)) == []
    as_("ada").post(at("cover_back", cover.pk))
    assert not every(models.Cover).exists()


@pytest.mark.parametrize(
    ("sent", "field"),
    [
        ({"covered_by": "ben"}, "covered_by"),
        ({"last_day": "2026-10-11"}, "last_day"),
        ({"staff": "ola"}, "staff"),
    ],
    ids=["oneself", "it ends before it begins", "somebody from elsewhere"],
)
def test_a_cover_that_cannot_be(as_, world, sent, field):
    given = {
        "staff": "ben",
        "covered_by": "ada",
        "first_day": "2026-10-12",
        "last_day": "2026-10-16",
    } | sent
    for name in ("staff", "covered_by"):
        given[name] = str(getattr(world, given[name]).user.pk)
    answer = as_("ada").post(at("cover_new"), given)
    assert answer.status_code == 422
    assert field in answer.context["form"].errors
