"""The way in: referrals from every side, wishes from outside, receipt, first meeting."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.cache import cache
from django.urls import reverse

from braid.access import referring
from braid.access.models import AuditEntry, Change
from braid.access.policy import Information
from braid.kernel.errors import InputFault, Refused
from braid.people import commands, queries
from braid.people.models import (
    CaseworkSpell,
    Enquiry,
    Episode,
    EpisodeEntry,
    TreatmentSpell,
)
from tests.cast import TODAY
from tests.consents import agree
from tests.desk.test_pages import text
from tests.factories.people import (
    ApplicantFactory,
    EnquiryFactory,
    EpisodeFactory,
    RefusalFactory,
)

SIGNE = {
    "given_name": "Signe",
    "family_name": "Holm",
    "words": "Wants to smell bread in the morning.",
}
OUTSIDE = {"by": "self", "name": "Tove Krog", "reach_at": "55 50 10 12"}


def rows(queryset):
    return queryset.system("the test looks")


def referred_by(world, name, **more):
    actor = getattr(world, name).actor
    return commands.refer_from_outside(
        actor=actor, unit=world.north, referred_on=TODAY, **SIGNE, **more
    )


# By clinicians and caseworkers.


def test_a_clinician_refers_in_one_sentence_and_is_around_from_then_on(as_, world):
    answer = as_("cora").post(
        "/refer/", {**SIGNE, "unit": world.north.pk, "consent_to_contact": "on"}
    )
    assert answer.status_code == 302
    episode = rows(Episode.objects.filter(applicant__family_name="Holm")).get()
    assert (episode.referral_source, episode.referrer) == (
        "clinician",
        "Cora Clinician",
    )
    spell = rows(TreatmentSpell.objects.filter(episode=episode)).get()
    assert (spell.team, spell.key_clinician) == (world.east, world.cora.user)


def test_a_caseworker_who_refers_is_the_caseworker(world):
    episode = referred_by(world, "dev")
    spell = rows(CaseworkSpell.objects.filter(episode=episode)).get()
    assert (spell.team, spell.caseworker) == (world.job_centre, world.dev.user)
    assert episode.referral_source == "caseworker"


def test_nobody_refers_to_a_unit_that_the_team_does_not_work_with(world):
    with pytest.raises(Refused):
        commands.refer_from_outside(
            actor=world.cora.actor,
            unit=world.elsewhere,
            referred_on=TODAY,
            **SIGNE,
        )
    units = referring.units_to_refer_to(world.cora.actor)
    assert list(units) == [world.north]


def test_the_form_for_others_explains_zero_exclusion_and_asks_one_question(as_):
    page = text(as_("dev").get("/refer/"))
    assert "Everybody who wants to work. That is the only question." in page
    assert "In one sentence: what does the person want?" in page


def test_the_form_for_others_shows_nobody_who_is_known(as_, world):
    given = {
        "given_name": "Pat",
        "family_name": "Lund",
        "birth_date": "1990-04-12",
        "words": "Wants work.",
        "unit": world.north.pk,
        "consent_to_contact": "on",
    }
    answer = as_("cora").post("/refer/", given)
    assert answer.status_code == 302
    assert answer["Location"] == "/refer/sent/"


def test_who_referred_is_told_of_the_receipt_and_no_more_without_consent(as_, world):
    episode = referred_by(world, "cora")
    commands.acknowledge(actor=world.ada.actor, episode=episode, day=TODAY)
    page = text(as_("cora").get("/refer/sent/"))
    assert "A referral of yours" in page
    assert "receipt confirmed" in page
    assert "Signe" not in page
    assert "taken on" not in page


def test_who_referred_is_told_what_came_of_it_when_the_person_agreed(as_, world):
    episode = referred_by(world, "cora")
    commands.accept(
        actor=world.ben.actor, episode=episode, specialist=world.ada.user, day=TODAY
    )
    agree(
        world,
        episode.applicant,
        world.cora,
        Information.IDENTITY,
        Information.ATTENDANCE,
    )
    page = text(as_("cora").get("/refer/sent/"))
    assert "Signe Holm" in page
    assert "taken on" in page


def test_a_referral_of_who_has_blocked_the_sender_is_not_listed(world):
    commands.refer_from_outside(
        actor=world.blake.actor, unit=world.north, referred_on=TODAY, **SIGNE
    )
    (mine,) = queries.sent(world.blake.actor)
    assert mine.unit == "North"
    rows(Episode.objects.filter(referred_by=world.blake.user)).update(
        applicant=world.pat
    )
    assert queries.sent(world.blake.actor) == []


# By oneself.


@pytest.fixture
def over(world):
    """Pat's episode has ended."""
    rows(Episode.objects.filter(pk=world.pat_episode.pk)).update(
        state="exited", exited_on=TODAY, exit_reason="own_wish"
    )
    return world


def test_an_applicant_whose_episode_ended_comes_back_alone(as_, over):
    pat = as_("pat_account")
    assert "You need no referral and no reason." in text(pat.get("/me/again/"))
    given = {"unit": over.north.pk, "words": "I miss the mornings."}
    assert pat.post("/me/again/", given).status_code == 302
    again = rows(Episode.objects.filter(applicant=over.pat, state="referred")).get()
    assert (again.goal, again.referral_source) == ("I miss the mornings.", "self")


def test_there_is_no_second_way_in_while_one_is_open(as_, world):
    assert as_("pat_account").get("/me/again/").status_code == 404


def test_an_applicant_refers_nobody_else(world):
    with pytest.raises(Refused):
        commands.refer_oneself_again(
            actor=world.pat_account.actor,
            applicant=world.quinn,
            unit=world.north,
            day=TODAY,
            words="x",
        )


def test_after_an_exit_the_unit_begins_again_in_one_sentence(as_, over):
    address = reverse("people:again", args=[over.pat.pk])
    answer = as_("ada").post(
        address, {"words": "Back again.", "referred_on": TODAY.isoformat()}
    )
    assert answer.status_code == 302
    assert rows(Episode.objects.filter(applicant=over.pat)).count() == 2


# From outside, without an account.


@pytest.fixture
def open_door(world):
    cache.clear()
    referring.set_takes_enquiries(actor=world.ben.actor, unit=world.north, takes=True)
    return "/want-to-work/north/"


def test_anybody_can_write_that_they_want_to_work(client, today, open_door, world):
    page = text(client.get(open_door))
    assert "Wanting to work is enough." in page
    answer = client.post(
        open_door, {**OUTSIDE, "words": "A bakery 🥐 مخبز"}, follow=True
    )
    assert "has received it" in text(answer)
    (asked,) = queries.enquiries(world.ada.actor)
    assert (asked.name, asked.words) == ("Tove Krog", "A bakery 🥐 مخبز")


def test_the_answer_is_the_same_for_somebody_who_is_known(
    client, today, open_door, world
):
    known = {**OUTSIDE, "name": "Pat Lund"}
    first = client.post(open_door, OUTSIDE, follow=True)
    second = client.post(open_door, known, follow=True)
    assert text(first) == text(second)


def test_a_unit_that_takes_no_wishes_has_no_page(client, today, world):
    assert client.get("/want-to-work/north/").status_code == 404
    assert client.get("/want-to-work/nowhere/").status_code == 404


def test_a_program_that_writes_again_and_again_is_stopped(
    client, today, open_door, settings
):
    settings.ACCOUNT_RATE_LIMITS = {**settings.ACCOUNT_RATE_LIMITS, "enquiry": "2/h/ip"}
    for _turn in range(2):
        assert client.post(open_door, OUTSIDE).status_code == 302
    answer = client.post(open_door, OUTSIDE)
    assert answer.status_code == 422
    assert "Too many messages from here." in text(answer)


def test_only_so_many_wishes_wait_at_once(world, monkeypatch):
    monkeypatch.setattr("braid.people.commands.enquiries.ROOM", 1)
    now = datetime(2026, 10, 5, 8, tzinfo=UTC)
    commands.receive_enquiry(unit=world.north, now=now, **OUTSIDE)
    with pytest.raises(InputFault, match="Please ring us"):
        commands.receive_enquiry(unit=world.north, now=now, **OUTSIDE)


def test_a_wish_becomes_a_referral_of_the_day_it_came(as_, world):
    asked = EnquiryFactory(unit=world.north, name="Tove Krog", by="family")
    ada = as_("ada")
    page = ada.get(f"/refer/?enquiry={asked.pk}")
    assert 'value="Tove"' in page.content.decode()
    answer = ada.post(
        f"/refer/?enquiry={asked.pk}",
        {
            "given_name": "Tove",
            "family_name": "Krog",
            "words": "Wants work.",
            "source": "family",
            "referred_on": TODAY.isoformat(),
            "at_referral": "unknown",
        },
    )
    assert answer.status_code == 302
    episode = rows(Episode.objects.filter(applicant__family_name="Krog")).get()
    assert episode.referred_on == date(2026, 9, 28)
    assert list(queries.enquiries(world.ada.actor)) == []


def test_a_wish_is_closed_with_a_sentence_and_forgotten_in_two_weeks(world):
    asked = EnquiryFactory(unit=world.north)
    commands.close_enquiry(
        actor=world.ada.actor, enquiry=asked, today=TODAY, answer="Lives elsewhere."
    )
    late = datetime(2026, 10, 19, 8, tzinfo=UTC)
    assert commands.forget_enquiries(late) == 0
    assert commands.forget_enquiries(late + timedelta(days=1)) == 1
    assert rows(Enquiry.objects.all()).count() == 0
    assert Change.objects.filter(new__contains="elsewhere").count() == 0


def test_a_wish_is_answered_once(world):
    asked = EnquiryFactory(unit=world.north)
    closing = {"actor": world.ada.actor, "enquiry": asked, "today": TODAY}
    commands.close_enquiry(**closing, answer="Rang back.")
    with pytest.raises(InputFault, match="answered this already"):
        commands.close_enquiry(**closing, answer="Again.")


def test_wishes_of_another_unit_are_not_shown(world):
    EnquiryFactory(unit=world.north)
    assert list(queries.enquiries(world.ola.actor)) == []


def test_the_supervisor_opens_the_door_to_the_outside(as_, world):
    address = reverse("access:team_enquiries", args=[world.north.pk])
    assert as_("ben").post(address, {"takes": "on"}).status_code == 302
    assert referring.open_to_outside("north") == world.north
    assert as_("ada").get(address).status_code == 403


# The list, receipt, duplicates.


def test_the_list_says_who_waits_and_when_they_are_asked_again(as_, world):
    episode = referred_by(world, "cora")
    EnquiryFactory(unit=world.north, name="Tove Krog")
    RefusalFactory(
        episode=episode,
        unit=world.north,
        kind="not_yet",
        until_on=TODAY,
        day=TODAY - timedelta(days=14),
    )
    page = text(as_("ada").get("/referrals/"))
    assert "Tove Krog" in page
    assert "Signe Holm" in page
    assert "Cora Clinician" in page
    assert "ask again now" in page


def test_the_list_costs_the_same_for_many(as_, world, django_assert_max_num_queries):
    for _turn in range(12):
        EpisodeFactory(unit=world.north, state="referred")
        EnquiryFactory(unit=world.north)
    ada = as_("ada")
    ada.get("/referrals/")
    with django_assert_max_num_queries(16):
        ada.get("/referrals/")


def test_receipt_is_confirmed_once_and_by_itself_when_somebody_is_taken_on(world):
    episode = referred_by(world, "cora")
    ada = world.ada.actor
    assert commands.acknowledge(actor=ada, episode=episode, day=TODAY)
    later = TODAY + timedelta(days=1)
    assert not commands.acknowledge(actor=ada, episode=episode, day=later)
    commands.accept(actor=ada, episode=episode, specialist=world.ada.user, day=later)
    assert episode.acknowledged_on == TODAY
    other = referred_by(world, "dev")
    commands.accept(actor=ada, episode=other, specialist=None, day=later)
    assert other.acknowledged_on == later


@pytest.mark.parametrize(
    ("phone", "is_found"),
    [
        pytest.param("+45 55 50 10 12", True, id="with the code of the country"),
        pytest.param("55501012", True, id="without a space"),
        pytest.param("55 50 10 13", False, id="another number"),
        pytest.param("", False, id="no number"),
    ],
)
def test_the_same_telephone_finds_the_same_person(world, phone, is_found):
    known = ApplicantFactory(organisation=world.havnelund, phone="55 50 10 12")
    EpisodeFactory(applicant=known, unit=world.north)
    like = queries.possible_duplicates(
        world.ada.actor, name="Nobody Alike", birth_date=None, phone=phone
    )
    assert [one.applicant_id for one in like] == ([known.pk] if is_found else [])


def test_a_like_wish_from_outside_is_proposed_on_the_refer_page(as_, world):
    asked = EnquiryFactory(unit=world.north, name="Signe Holm")
    given = {
        **SIGNE,
        "source": "clinician",
        "referred_on": TODAY.isoformat(),
        "at_referral": "unknown",
    }
    answer = as_("ada").post("/refer/", given)
    assert answer.status_code == 422
    assert f"/refer/?enquiry={asked.pk}" in answer.content.decode()


def test_a_referral_of_somebody_who_is_known_joins_their_record(as_, over):
    episode = referred_by(over, "cora")
    rows(Episode.objects.filter(pk=episode.pk)).update()
    address = reverse("people:same", args=[episode.pk])
    assert as_("ada").post(address, {"known": over.pat.pk}).status_code == 302
    episode.refresh_from_db(from_queryset=rows(Episode.objects.all()))
    assert episode.applicant_id == over.pat.pk


def test_two_open_courses_never_become_one(world):
    episode = referred_by(world, "cora")
    with pytest.raises(InputFault, match="with the unit already"):
        commands.same_person(actor=world.ada.actor, episode=episode, known=world.pat)


# First meaningful contact.


@pytest.fixture
def new(world):
    """Signe is taken on, and not met yet."""
    episode = referred_by(world, "cora")
    commands.accept(
        actor=world.ada.actor, episode=episode, specialist=world.ada.user, day=TODAY
    )
    return episode


def logged(ada, episode, **more):
    given = {"person": episode.pk, "day": TODAY.isoformat(), "mode": "in_person"}
    return ada.post("/log/contact/", {**given, "attended": "yes", **more})


def test_after_the_first_contact_one_tap_says_that_it_was_the_first(as_, new):
    ada = as_("ada")
    answer = logged(ada, new)
    assert answer["Location"] == f"/episodes/{new.pk}/entered/?day={TODAY}"
    page = ada.get(answer["Location"])
    assert "Was this the first meaningful contact?" in text(page)
    ada.post(answer["Location"], {"day": TODAY.isoformat()})
    new.refresh_from_db(from_queryset=rows(Episode.objects.all()))
    assert new.entered_on == TODAY


@pytest.mark.parametrize(
    "more",
    [
        pytest.param({"attended": "no"}, id="nobody came"),
        pytest.param({"mode": "message"}, id="a message"),
    ],
)
def test_what_cannot_be_a_meeting_asks_nothing(as_, new, more):
    assert "entered" not in logged(as_("ada"), new, **more)["Location"]


def test_a_first_contact_before_the_referral_is_questioned(world, new):
    with pytest.raises(InputFault, match="before the referral"):
        commands.enter(
            actor=world.ada.actor, episode=new, day=TODAY - timedelta(days=1)
        )


def test_a_first_contact_that_stands_is_kept(world, new):
    ada = world.ada.actor
    assert commands.enter(actor=ada, episode=new, day=TODAY)
    assert not commands.enter(actor=ada, episode=new, day=TODAY + timedelta(days=9))
    assert new.entered_on == TODAY


def test_what_is_sent_leaves_no_words_in_the_audit(world):
    referred_by(world, "cora")
    said = [str(entry.__dict__) for entry in AuditEntry.objects.all()]
    assert not any("bread" in one or "Signe" in one for one in said)
    assert rows(EpisodeEntry.objects.filter(state="referred")).count() == 1
