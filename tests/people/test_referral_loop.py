"""The loop of a referral: how it came, where it stands, and the news back to who referred."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.urls import reverse

from braid.access.models import AuditEntry
from braid.access.policy import Information, Purpose
from braid.kernel.errors import InputFault
from braid.people import commands, queries
from braid.people.models import Episode
from tests.cast import TODAY
from tests.consents import agree, withdraw
from tests.desk.test_pages import text
from tests.factories.access import BlockFactory, RestrictionFactory
from tests.factories.people import EnquiryFactory, EpisodeFactory, RefusalFactory
from tests.factories.work import JobFactory

NAME, MET = Information.IDENTITY, Information.ATTENDANCE
GOALS, JOBS = Information.WORK_GOALS, Information.JOBS
SENT, WAYS = "/refer/sent/", "/referrals/"
SIGNE = {
    "given_name": "Signe",
    "family_name": "Holm",
    "words": "Wants to smell bread in the morning.",
}
ASKED = {
    **SIGNE,
    "source": "clinician",
    "referred_on": TODAY.isoformat(),
    "at_referral": "out_of_work",
}


def rows(queryset):
    return queryset.system("the test looks")


def signe():
    return rows(Episode.objects.filter(applicant__family_name="Holm")).get()


@pytest.fixture
def referred(world):
    """Cora has referred Signe."""
    return commands.refer_from_outside(
        actor=world.cora.actor, unit=world.north, referred_on=TODAY, **SIGNE
    )


def at(hour):
    return datetime(TODAY.year, TODAY.month, TODAY.day, hour, tzinfo=UTC)


def taken_on(world, episode):
    commands.accept(
        actor=world.ben.actor, episode=episode, specialist=world.ada.user, day=TODAY
    )


def at_work(episode, day=TODAY, **more):
    facts = {
        "placement": "competitive",
        "open_to_all": True,
        "at_least_minimum": True,
        "going_rate": True,
        "employer_of_record": "employer",
        "normal_rights": True,
        "permanence": "permanent",
    }
    return JobFactory(episode=episode, first_day=day, **facts | more)


def of(world, name="cora"):
    (one,) = queries.sent(getattr(world, name).actor)
    return one


def kinds(one):
    return [event.kind for event in one.events]


# How it came.


def test_what_a_clinician_sends_here_is_live(referred):
    assert referred.referral_way == "live"


def test_what_is_taken_up_from_the_page_for_everybody_came_so(as_, world):
    asked = EnquiryFactory(unit=world.north, name="Signe Holm")
    page = as_("ada").get(f"/refer/?enquiry={asked.pk}").content.decode()
    assert 'name="way"' not in page
    assert 'name="referred_by"' not in page
    as_("ada").post(f"/refer/?enquiry={asked.pk}", ASKED | {"way": "phone"})
    assert signe().referral_way == "enquiry"


@pytest.mark.parametrize("way", ["phone", "meeting", "letter", ""])
def test_the_unit_says_how_it_came(as_, world, way):
    assert as_("ada").post("/refer/", ASKED | {"way": way}).status_code == 302
    assert signe().referral_way == way


def test_the_unit_cannot_say_that_somebody_else_sent_it_here(as_):
    assert as_("ada").post("/refer/", ASKED | {"way": "live"}).status_code == 422


def test_live_and_logged_ones_stand_side_by_side_and_apart(as_, world, referred):
    EpisodeFactory(
        unit=world.north, referral_way="phone", applicant__family_name="Ringer"
    )
    ada = as_("ada")
    both = text(ada.get(WAYS))
    assert "sent here" in both
    assert "by phone" in both
    live, logged = (
        text(ada.get(WAYS + "?way=live")),
        text(ada.get(WAYS + "?way=logged")),
    )
    assert "Holm" in live
    assert "Ringer" not in live
    assert "Ringer" in logged
    assert "Holm" not in logged
    assert "Holm" in text(ada.get(WAYS + "?way=by-pigeon"))


def test_who_rang_is_named_and_told_as_if_they_had_sent_it(as_, world):
    form = as_("ada").get("/refer/").content.decode()
    assert "Cora Clinician" in form
    assert "Ada Specialist</option>" not in form
    given = ASKED | {"way": "phone", "referred_by": world.cora.user.pk}
    assert as_("ada").post("/refer/", given).status_code == 302
    assert signe().referrer == "Cora Clinician"
    page = text(as_("cora").get(SENT))
    assert "by phone" in page
    assert "receipt not confirmed yet" in page
    assert "Signe" not in page


@pytest.mark.parametrize("who", ["ola", "femi", "ada"])
def test_nobody_else_is_named_as_who_referred(as_, world, who):
    user = getattr(world, who).user
    given = ASKED | {"referred_by": user.pk}
    assert as_("ada").post("/refer/", given).status_code == 422
    with pytest.raises(InputFault) as fault:
        commands.refer(
            actor=world.ada.actor,
            unit=world.north,
            referred_on=TODAY,
            source="clinician",
            referred_by=user,
            **SIGNE,
        )
    assert fault.value.field == "referred_by"


# News back to who referred.


def test_without_consent_the_receipt_is_all_that_is_told(as_, world, referred):
    taken_on(world, referred)
    at_work(referred)
    assert kinds(of(world)) == ["referral", "receipt"]
    page = text(as_("cora").get(SENT))
    assert "receipt confirmed" in page
    assert "Signe" not in page
    assert "start in ordinary work" not in page


def test_cora_reads_that_who_she_referred_started_work_once_signe_agreed(
    as_, world, referred
):
    taken_on(world, referred)
    commands.enter(actor=world.ada.actor, episode=referred, day=TODAY)
    at_work(referred)
    agree(world, referred.applicant, world.cora, NAME, MET, JOBS)
    assert kinds(of(world)) == [
        "referral",
        "receipt",
        "accepted",
        "first_contact",
        "job_start",
    ]
    page = text(as_("cora").get(SENT))
    assert "Signe Holm, referred by you, started work." in page
    assert "start in ordinary work" in page  # as a treatment team says it
    withdraw(world, referred.applicant, world.cora)
    page = text(as_("cora").get(SENT))
    assert "started work" not in page
    assert "Signe" not in page


def test_dev_reads_it_in_the_words_of_employment(as_, world):
    episode = commands.refer_from_outside(
        actor=world.dev.actor, unit=world.north, referred_on=TODAY, **SIGNE
    )
    taken_on(world, episode)
    at_work(episode)
    agree(world, episode.applicant, world.dev, NAME, MET, JOBS)
    assert "placed in employment" in text(as_("dev").get(SENT)).lower()


def test_the_first_meeting_is_told_and_no_job_where_jobs_are_not_shared(
    world, referred
):
    taken_on(world, referred)
    commands.enter(actor=world.ada.actor, episode=referred, day=TODAY)
    at_work(referred)
    agree(world, referred.applicant, world.cora, NAME, MET)
    assert kinds(of(world))[-1] == "first_contact"


NO_START = {
    "an internship": {"placement": "unpaid_internship"},
    "a job kept from before": {"held_at_referral": True},
    "a job that begins tomorrow": {"day": TODAY + timedelta(1)},
    "a job of which nothing is known": {"placement": ""},
}


@pytest.mark.parametrize("facts", NO_START.values(), ids=NO_START)
def test_what_is_no_competitive_start_is_no_news(world, referred, facts):
    taken_on(world, referred)
    at_work(referred, **facts)
    agree(world, referred.applicant, world.cora, NAME, MET, JOBS)
    assert "job_start" not in kinds(of(world))


def test_of_two_jobs_the_first_is_the_news(world, referred):
    taken_on(world, referred)
    at_work(referred, date(2026, 10, 4))
    at_work(referred, date(2026, 10, 2))
    agree(world, referred.applicant, world.cora, JOBS, NAME)
    assert of(world).events[-1].day == date(2026, 10, 2)


def declined(world, episode, reason="symptoms", **more):
    commands.log_refusal(
        actor=world.ben.actor,
        episode=episode,
        day=TODAY,
        stage="intake",
        by_role=more.pop("by_role", "clinician"),
        reason=reason,
        words="zqwords",
        **more,
    )
    commands.change_state(
        actor=world.ben.actor, episode=episode, state="not_started", day=TODAY
    )


def test_a_no_comes_back_with_its_reason_as_far_as_signe_agreed(as_, world, referred):
    """Nobody is around her any more; what she agreed with Cora's clinic still holds."""
    agree(world, referred.applicant, world.cora, NAME, MET, GOALS)
    declined(world, referred)
    page = text(as_("cora").get(SENT))
    assert "declined" in page
    assert "Why: symptoms" in page
    assert "zqwords" not in page
    assert of(world).standing.task == "rejected"


def test_without_the_goals_nobody_is_said_to_have_said_no(as_, world, referred):
    agree(world, referred.applicant, world.cora, NAME, MET)
    declined(world, referred, reason="changed_mind")
    page = text(as_("cora").get(SENT))
    assert "did not start" in page
    assert "declined" not in page
    assert "changed their mind" not in page


def test_without_any_consent_a_no_is_not_told(as_, world, referred):
    declined(world, referred)
    page = text(as_("cora").get(SENT))
    assert "receipt not confirmed yet" in page
    assert "did not start" not in page


def test_consent_for_another_purpose_tells_nothing_of_the_end(world, referred):
    agree(
        world,
        referred.applicant,
        world.dev,
        NAME,
        MET,
        purpose=Purpose.JOB_SEARCH_SUPPORT,
    )
    declined(world, referred)
    assert kinds(of(world)) == ["referral"]


def test_what_ended_is_told_to_nobody_but_who_referred(world, referred):
    agree(world, referred.applicant, world.cora, NAME, MET)
    declined(world, referred)
    assert queries.sent(world.dev.actor) == []
    assert queries.sent(world.ada.actor) == []


def test_a_not_yet_is_told_as_one_with_goals_shared(as_, world, referred):
    agree(world, referred.applicant, world.cora, NAME, MET, GOALS)
    RefusalFactory(
        episode=referred,
        unit=world.north,
        kind="not_yet",
        day=TODAY,
        until_on=TODAY + timedelta(14),
        reason="symptoms",
    )
    assert of(world).standing.business == "asked_again"
    assert "not yet; asked again" in text(as_("cora").get(SENT))


def test_whoever_has_blocked_cora_is_not_on_her_list(as_, world, referred):
    agree(world, referred.applicant, world.cora, NAME, MET, JOBS)
    BlockFactory(
        organisation=world.havnelund,
        applicant_id=referred.applicant_id,
        user=world.cora.user,
        name=world.cora.user.name,
    )
    page = text(as_("cora").get(SENT))
    assert "Nothing sent yet" in page
    assert "Signe" not in page


def test_a_restricted_record_tells_the_receipt_alone(as_, world, referred):
    agree(world, referred.applicant, world.cora, NAME, MET, GOALS, JOBS)
    declined(world, referred)
    RestrictionFactory(organisation=world.havnelund, applicant_id=referred.applicant_id)
    page = text(as_("cora").get(SENT))
    assert "receipt not confirmed yet" in page
    assert "symptoms" not in page
    assert "did not start" not in page


# What is new since the last look.


def test_news_are_marked_once_and_counted_for_the_home_page(as_, world, referred):
    commands.acknowledge(actor=world.ada.actor, episode=referred, day=TODAY)
    assert len(queries.referral_news(world.cora.actor)) == 1
    cora = as_("cora")
    assert "The unit confirmed that the referral arrived." in text(cora.get(SENT))
    assert queries.referral_news(world.cora.actor) == []
    assert "The unit confirmed" not in text(cora.get(SENT))


def test_what_is_written_down_later_the_same_day_is_new_again(as_, world, referred):
    agree(world, referred.applicant, world.cora, NAME, MET, JOBS)
    as_("cora").get(SENT)
    with time_machine.travel(at(9), tick=False):
        taken_on(world, referred)
    (news,) = queries.referral_news(world.cora.actor)
    assert {event.kind for event in news.news} == {"receipt", "accepted"}
    with time_machine.travel(at(10), tick=False):
        as_("cora").get(SENT)
    with time_machine.travel(at(11), tick=False):
        at_work(referred)
    (news,) = queries.referral_news(world.cora.actor)
    assert [event.kind for event in news.news] == ["job_start"]


def test_what_no_log_knows_is_new_by_its_own_day(world, referred):
    agree(world, referred.applicant, world.cora, NAME, MET)
    rows(Episode.objects.filter(pk=referred.pk)).update(
        state="active",
        accepted_on=TODAY - timedelta(3),
        entered_on=TODAY + timedelta(400),
    )
    AuditEntry.objects.create(
        organisation_id=world.cora.actor.organisation,
        sequence=9_000,
        at=datetime(2026, 10, 4, 8, tzinfo=UTC),
        actor_id=world.cora.user.pk,
        role="clinician",
        action="sent_referrals_opened",
    )
    assert [event.kind for event in of(world).news] == ["first_contact"]


def test_the_page_is_recorded_with_whose_names_it_told(as_, world, referred):
    as_("cora").get(SENT)
    assert not AuditEntry.objects.filter(action="sent_people_listed").exists()
    agree(world, referred.applicant, world.cora, NAME, MET)
    as_("cora").get(SENT)
    entry = AuditEntry.objects.get(action="sent_people_listed")
    assert (entry.count, entry.holder_id) == (1, world.havnelund.pk)


def test_a_list_of_thirty_asks_no_more_than_one_of_one(
    world, referred, django_assert_num_queries
):
    agree(world, referred.applicant, world.cora, NAME, MET, GOALS, JOBS)
    for n in range(29):
        one = commands.refer_from_outside(
            actor=world.cora.actor,
            unit=world.north,
            referred_on=TODAY,
            given_name=f"N{n}",
            family_name="Sørensen",
            words="Wants work.",
        )
        agree(world, one.applicant, world.cora, NAME, MET, GOALS, JOBS)
        at_work(one)
    with django_assert_num_queries(9):
        assert len(queries.sent(world.cora.actor)) == 30


# The loop as the unit sees it.


def test_the_unit_sees_the_whole_loop_of_a_live_referral(as_, world, referred):
    taken_on(world, referred)
    at_work(referred)
    page = text(as_("ada").get(reverse("people:loop", args=[referred.pk])))
    assert "taken on, first meeting ahead" in page
    assert "accepted ( accepted )" in page or "accepted (accepted)" in page
    assert "First ordinary job 5 Oct" in page
    assert "Cora Clinician reads under Referrals that it was received." in page


def test_a_logged_referral_has_no_state_for_other_systems(as_, world):
    one = EpisodeFactory(unit=world.north, referral_way="phone")
    page = text(as_("ada").get(reverse("people:loop", args=[one.pk])))
    assert "none: it was noted afterwards, not sent here" in page


def test_a_no_that_goes_against_zero_exclusion_says_so(as_, world, referred):
    declined(world, referred)
    page = text(as_("ada").get(reverse("people:loop", args=[referred.pk])))
    assert "This reason goes against zero exclusion." in page
    assert "rejected" in page


def test_a_no_by_the_persons_own_wish_breaches_nothing(as_, world, referred):
    declined(world, referred, reason="changed_mind", by_role="applicant")
    page = text(as_("ada").get(reverse("people:loop", args=[referred.pk])))
    assert "ended by the person" in page
    assert "zero exclusion" not in page


@pytest.mark.parametrize("who", ["ola", "cora", "dev", "una", "pat_account"])
def test_the_loop_is_the_units_page(as_, world, referred, who):
    agree(world, referred.applicant, world.cora, NAME, MET)
    address = reverse("people:loop", args=[referred.pk])
    assert as_(who).get(address).status_code in (403, 404)
