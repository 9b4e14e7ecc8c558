"""The job-centre room: what a decision needs of Pat, each class as far as it is shared."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from braid.access import shared
from braid.access.models import AuditEntry
from braid.access.policy import Information, Purpose
from braid.desk.job_centre import lines
from braid.packs import jurisdictions
from braid.people.sections import Present
from braid.people.sight import Known
from braid.teamwork import commands as teamwork
from braid.work.sections import Hours
from tests.cast import TODAY
from tests.consents import agree, withdraw
from tests.desk.test_pages import text
from tests.factories.access import RestrictionFactory, SharingFactory
from tests.factories.benefits import PayerQuestionFactory
from tests.factories.documents import DocumentFactory
from tests.factories.people import (
    ApplicantFactory,
    CaseworkSpellFactory,
    EpisodeFactory,
    NoteFactory,
    TreatmentNoteFactory,
)
from tests.factories.work import (
    AppointmentFactory,
    ContactFactory,
    EmployerFactory,
    JobFactory,
    JobTermsFactory,
)

LIST = "/job-centre/"
NAME = Information.IDENTITY
SOON = TODAY + timedelta(9)
KINDS = (
    Information.ATTENDANCE,
    Information.JOBS,
    Information.BENEFITS,
    Information.WORK_GOALS,
)


def page_of(world):
    return reverse("desk:job_centre_person", args=[world.pat.pk])


@pytest.fixture
def at_work(world):
    """Pat works twelve hours, meets Ada soon, and asks about her benefit."""
    episode = world.pat_episode
    job = JobFactory(
        episode=episode,
        title="Baker zqjobs",
        employer=EmployerFactory(unit=world.north, name="Bakery"),
        first_day=TODAY - timedelta(20),
        placement="competitive",
    )
    JobTermsFactory(job=job, first_day=job.first_day, weekly_hours=Decimal("12.0"))
    AppointmentFactory(
        unit=world.north,
        episode=episode,
        staff=world.ada.user,
        with_whom="applicant",
        day=SOON,
        topic="zqtalk",
    )
    PayerQuestionFactory(
        episode=episode, question="May she earn 6,000? zqbenefits", answered_on=None
    )
    teamwork.propose(
        actor=world.ada.actor,
        episode=episode,
        day=TODAY,
        kind="internship",
        by_role="caseworker",
        words="zqwork_goals",
    )
    NoteFactory(episode=episode, kind="conversation", text="zqtalk")
    NoteFactory(episode=episode, kind="health_at_work", text="zqhealth")
    TreatmentNoteFactory(applicant=world.pat, team=world.east)
    ContactFactory(episode=episode, day=TODAY - timedelta(3), note="zqtalk")
    return world


# What is shown, class by class.


SEEN = {
    "the name alone": ((), set()),
    "attendance": ((Information.ATTENDANCE,), {"attendance"}),
    "jobs": ((Information.JOBS,), {"jobs"}),
    "benefits": ((Information.BENEFITS,), {"benefits"}),
    "goals": ((Information.WORK_GOALS,), {"work_goals"}),
    "all that is ever shown": (KINDS, {"attendance", "jobs", "benefits", "work_goals"}),
}


@pytest.mark.parametrize(("agreed", "shown"), SEEN.values(), ids=SEEN)
def test_each_class_stands_there_when_pat_agreed_to_it_and_else_not(
    as_, at_work, agreed, shown
):
    agree(at_work, at_work.pat, at_work.dev, NAME, *agreed)
    page = text(as_("dev").get(page_of(at_work)))
    assert "Pat Lund" in page
    assert ("14 Oct" in page) == ("attendance" in shown)
    assert ("12 hours a week" in page) == ("jobs" in shown)
    for kind in ("jobs", "benefits", "work_goals"):
        assert (f"zq{kind}" in page) == (kind in shown), kind
    assert "zqtalk" not in page
    assert "zqhealth" not in page


def test_even_with_everything_agreed_nothing_of_the_treatment_is_there(as_, at_work):
    for one in Information:  # more than any agreement offers a job centre
        SharingFactory(
            applicant_id=at_work.pat.pk,
            organisation=at_work.havnelund,
            purpose="job_search_support",
            information=one.value,
        )
    for address in (LIST, page_of(at_work)):
        page = text(as_("dev").get(address))
        assert "Pat Lund" in page
        assert "zqtalk" not in page
        assert "East" not in page


def test_the_list_says_it_in_one_line(as_, at_work):
    agree(at_work, at_work.pat, at_work.dev, NAME, *KINDS)
    page = text(as_("dev").get(LIST))
    assert "Pat Lund in work · 12 hours a week · next 14 Oct" in page
    assert "1 benefit question open" in page
    assert "not there yet: IPS as active offer" in page


def test_the_list_tells_no_more_than_the_name_where_no_more_is_shared(as_, at_work):
    agree(at_work, at_work.pat, at_work.dev, NAME)
    page = text(as_("dev").get(LIST))
    assert "Pat Lund where it stands is not shared" in page
    assert "12 hours" not in page
    assert "not there yet" not in page


# Who gets the room, and of whom.


def test_nobody_is_there_without_consent_or_duty(as_, at_work):
    assert "Nobody is here yet" in text(as_("dev").get(LIST))
    assert as_("dev").get(page_of(at_work)).status_code == 404


def test_somebody_without_consent_is_no_part_of_the_list(as_, at_work):
    agree(at_work, at_work.pat, at_work.dev, NAME)
    page = text(as_("dev").get(LIST))
    assert "Pat Lund" in page
    assert "Quinn" not in page


@pytest.mark.parametrize(
    "who", ["ada", "ben", "cora", "una", "kit", "femi", "sam", "pat_account"]
)
def test_the_room_is_the_job_centres_alone(as_, at_work, who):
    agree(at_work, at_work.pat, at_work.dev, NAME, *KINDS)
    assert as_(who).get(LIST).status_code in (403, 404)
    assert as_(who).get(page_of(at_work)).status_code in (403, 404)


def test_blake_whom_pat_has_blocked_meets_nobody(as_, at_work):
    agree(at_work, at_work.pat, at_work.dev, NAME, *KINDS)
    assert "Pat" not in text(as_("blake").get(LIST))
    assert as_("blake").get(page_of(at_work)).status_code == 404


def test_what_is_withdrawn_is_gone_the_same_moment(as_, at_work):
    agree(at_work, at_work.pat, at_work.dev, NAME, *KINDS)
    withdraw(at_work, at_work.pat, at_work.dev)
    assert as_("dev").get(page_of(at_work)).status_code == 404
    assert "Pat" not in text(as_("dev").get(LIST))


def test_consent_for_another_purpose_opens_nothing(as_, at_work):
    agree(
        at_work,
        at_work.pat,
        at_work.dev,
        NAME,
        *KINDS,
        purpose=Purpose.BENEFIT_DECISION,
    )
    assert as_("dev").get(page_of(at_work)).status_code == 404


def test_a_restricted_record_shows_the_name_and_why_there_is_no_more(as_, at_work):
    agree(at_work, at_work.pat, at_work.dev, NAME, *KINDS)
    RestrictionFactory(organisation=at_work.havnelund, applicant_id=at_work.pat.pk)
    page = text(as_("dev").get(page_of(at_work)))
    assert "Pat Lund" in page
    assert "12 hours a week" not in page
    assert "zqbenefits" not in page
    assert "Note a proposal" not in page


def test_a_duty_of_the_law_opens_what_it_names_and_no_more(as_, at_work, monkeypatch):
    given = {Information.IDENTITY, Information.ATTENDANCE}
    monkeypatch.setattr(
        shared,
        "due",
        lambda information, day: (
            frozenset({(Purpose.JOB_SEARCH_SUPPORT, "dk")})
            if information in given
            else frozenset()
        ),
    )
    page = text(as_("dev").get(page_of(at_work)))
    assert "14 Oct" in page
    assert "12 hours a week" not in page
    seen = AuditEntry.objects.get(action="job_centre_person_opened")
    assert (seen.ground, seen.information) == ("duty", "attendance,identity")


# Documents, questions, the note.


def test_a_document_that_is_kept_is_no_longer_asked_for(as_, at_work):
    agree(at_work, at_work.pat, at_work.dev, NAME, *KINDS)
    assert "Ask for it IPS as active offer" in text(as_("dev").get(page_of(at_work)))
    kept = DocumentFactory(
        applicant_id=at_work.pat.pk,
        team=at_work.north,
        kind="attendance",
        template="dk_active_offer",
        title="IPS as active offer 2026-10-01",
    )
    page = as_("dev").get(page_of(at_work))
    assert reverse("desk:document", args=[kept.pk]) in page.content.decode()
    assert "Ask for it" not in text(page)
    assert "not there yet" not in text(as_("dev").get(LIST))


def test_a_document_of_a_class_that_is_not_shared_is_still_missing(as_, at_work):
    agree(at_work, at_work.pat, at_work.dev, NAME, Information.ATTENDANCE)
    DocumentFactory(
        applicant_id=at_work.pat.pk,
        team=at_work.north,
        kind="jobs",
        template="dk_active_offer",
        title="zqdocument",
    )
    page = text(as_("dev").get(page_of(at_work)))
    assert "Ask for it" in page
    assert "zqdocument" not in page


def test_a_question_is_asked_from_here_about_this_person(as_, at_work):
    agree(at_work, at_work.pat, at_work.dev, NAME, *KINDS)
    page = as_("dev").get(page_of(at_work)).content.decode()
    address = reverse("teamwork:question_new")
    assert f"{address}?person={at_work.pat.pk}&amp;of=ips_provider" in page


def test_the_note_says_what_the_countrys_pack_says_and_what_is_shared(as_, at_work):
    agree(at_work, at_work.pat, at_work.dev, NAME, Information.ATTENDANCE)
    page = as_("dev").get(page_of(at_work)).content.decode()
    note = page[page.index("<pre") : page.index("</pre>")]
    assert "Pat Lund takes part in IPS with North, since 17 Aug 2026" in note
    assert "IPS is used as an active offer of the job centre." in note
    assert "Lov om en aktiv beskæftigelsesindsats" in note
    assert "12 hours" not in note
    assert "not confirmed by a local reviewer yet" in page


def known():
    return Known(None, "Pat", "Lund", None, None, "Havnelund")


def course(**more):
    given = {
        "episode_id": None,
        "applicant_id": None,
        "unit": "North",
        "state": "active",
        "referred_on": TODAY,
        "accepted_on": None,
        "entered_on": None,
        "exited_on": None,
        "exit_reason": "",
    }
    return Present(**given | more)


def test_where_no_pack_says_it_nobody_claims_that_ips_counts():
    note = lines.note("ZZ", known(), course(), None, "")
    assert "not known for this country" in note.words
    assert note.text == ""


def test_without_attendance_there_is_nothing_to_write_down():
    assert lines.note("DK", known(), None, None, "").text == ""


def test_every_pack_says_whether_ips_counts_or_that_nobody_knows():
    packs = jurisdictions.load()
    assert {key for key, pack in packs.items() if pack.active_measure.counts} == {"dk"}
    assert all(pack.active_measure.words["en"] for pack in packs.values())


def hours(number):
    return Hours(None, "", "", "", TODAY, None if number is None else Decimal(number))


HOURS = {
    "no job": ((), ""),
    "one job": ((hours("12.00"),), "12 hours a week"),
    "two jobs": ((hours("7.50"), hours("5")), "12.5 hours a week"),
    "ten hours are no “1E+1”": ((hours("10"),), "10 hours a week"),
    "one of two is not known": ((hours("8"), hours(None)), "at least 8 hours a week"),
    "none is known": ((hours(None),), "hours not known"),
}


@pytest.mark.parametrize(("jobs", "words"), HOURS.values(), ids=HOURS)
def test_hours_are_added_and_a_gap_is_said(jobs, words):
    assert lines.hours_words(jobs) == words


STATES = {
    "not shared": (None, (), ""),
    "referred": (course(state="referred"), (), "referred"),
    "taken on, not met yet": (course(), (), "taken on"),
    "looking": (course(entered_on=TODAY), (), "looks for a job"),
    "in work": (course(entered_on=TODAY), (hours("5"),), "in work"),
    "resting, whatever job goes on": (
        course(state="paused"),
        (hours("5"),),
        "paused",
    ),
}


@pytest.mark.parametrize(("present", "jobs", "words"), STATES.values(), ids=STATES)
def test_where_somebody_stands_is_said_in_a_word(present, jobs, words):
    assert lines.status_words(present, jobs) == words


# What is recorded, and how many queries it takes.


def test_opening_pat_is_recorded_with_the_consent_it_rests_on(as_, at_work):
    entry = agree(at_work, at_work.pat, at_work.dev, NAME, Information.JOBS)
    as_("dev").get(page_of(at_work))
    seen = AuditEntry.objects.get(action="job_centre_person_opened")
    assert seen.applicant_key == at_work.pat.pk
    assert seen.information == "identity,jobs"
    assert (seen.ground, seen.consent_number) == ("consent", entry.number)


def test_the_list_is_recorded_for_the_organisation_that_holds_them(as_, at_work):
    agree(at_work, at_work.pat, at_work.dev, NAME)
    as_("dev").get(LIST)
    seen = AuditEntry.objects.get(action="job_centre_opened")
    assert (seen.count, seen.purpose) == (1, "job_search_support")


def counted(client, address):
    with CaptureQueriesContext(
        connection,
    ) as met:
        assert client.get(address).status_code == 200
    return len(met)


def test_a_list_of_forty_asks_no_more_than_one_of_two(as_, at_work):
    for person in (at_work.pat, at_work.quinn):
        agree(at_work, person, at_work.dev, NAME, *KINDS)
    dev = as_("dev")
    dev.get(LIST)
    few = counted(dev, LIST)
    for _n in range(38):
        person = ApplicantFactory(organisation=at_work.havnelund)
        episode = EpisodeFactory(
            applicant=person, unit=at_work.north, state="active", entered_on=TODAY
        )
        CaseworkSpellFactory(episode=episode, team=at_work.job_centre, first_day=TODAY)
        JobFactory(episode=episode, first_day=TODAY)
        PayerQuestionFactory(episode=episode)
        agree(at_work, person, at_work.dev, NAME, *KINDS)
    assert counted(dev, LIST) == few
    assert few <= 32


def test_one_person_takes_a_known_number_of_queries(as_, at_work):
    agree(at_work, at_work.pat, at_work.dev, NAME, *KINDS)
    dev = as_("dev")
    dev.get(page_of(at_work))
    assert counted(dev, page_of(at_work)) <= 45
