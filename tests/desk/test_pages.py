"""Today, the caseload, one person, the unit: what they say and what they cost."""

import re
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from braid.access.models import AuditEntry
from tests.cast import TODAY
from tests.factories.access import MembershipFactory
from tests.factories.people import (
    ApplicantFactory,
    CaseloadSpellFactory,
    EpisodeFactory,
    NoteFactory,
    TreatmentSpellFactory,
)
from tests.factories.work import (
    ContactFactory,
    EmployerContactFactory,
    EmployerFactory,
    JobFactory,
    JobTermsFactory,
)
from tests.talks import talked

AGO = timedelta(days=1)


def text(answer):
    """Return the words of a page, one space apart."""
    body = re.sub(
        r"<(script|style|svg).*?</\1>", " ", answer.content.decode(), flags=re.S
    )
    return " ".join(re.sub(r"<[^>]+>", " ", body).split())


@pytest.fixture
def ada(as_):
    return as_("ada")


def test_today_says_who_needs_me_and_why(ada, world):
    for episode in (world.pat_episode, world.quinn_episode):
        talked(episode, TODAY - 14 * AGO)
    ContactFactory(episode=world.pat_episode, day=TODAY - 27 * AGO)
    EmployerContactFactory(
        episode=world.pat_episode, unit=world.north, day=date(2026, 8, 25)
    )
    page = text(ada.get("/today/"))
    assert "Good morning, Ada" in page
    assert "2 people on your caseload" in page
    assert re.search(r"Pat Lund Not met for 27 days tomorrow", page)
    assert re.search(r"Quinn Bruun Not met for 49 days 21 days late", page)


def test_logging_a_contact_stops_the_clock_at_once(ada, world):
    talked(world.pat_episode, TODAY - 14 * AGO)
    ContactFactory(episode=world.pat_episode, day=TODAY - 27 * AGO)
    EmployerContactFactory(
        episode=world.pat_episode, unit=world.north, day=date(2026, 8, 25)
    )
    assert "Not met for 27 days" in text(ada.get("/today/"))
    answer = ada.post(
        "/log/contact/",
        {
            "person": world.pat_episode.pk,
            "day": TODAY.isoformat(),
            "mode": "phone",
            "attended": "yes",
        },
        follow=True,
    )
    page = text(answer)
    assert "Contact with Pat Lund logged." in page
    assert "Not met for 27 days" not in page


def test_an_attempt_that_nobody_answered_stops_nothing(ada, world):
    ContactFactory(episode=world.pat_episode, day=TODAY - 40 * AGO)
    ContactFactory(episode=world.pat_episode, day=TODAY, attended=False)
    ContactFactory(episode=world.pat_episode, day=TODAY, mode="message", attended=True)
    page = text(ada.get(reverse("desk:person", args=[world.pat.pk])))
    assert "Not met for 40 days 12 days late" in page


def test_an_employer_visit_for_the_person_stops_the_thirty_days(ada, world):
    talked(world.pat_episode, TODAY - 14 * AGO)
    employer = EmployerFactory(unit=world.north, name="Bageriet")
    person = reverse("desk:person", args=[world.pat.pk])
    assert "no employer met yet" in text(ada.get(person))
    ada.post(
        "/log/employer/",
        {
            "employer": employer.pk,
            "person": world.pat_episode.pk,
            "day": TODAY.isoformat(),
            "mode": "in_person",
            "outcome": "follow_up",
        },
    )
    page = text(ada.get(person))
    assert "no employer met yet" not in page
    assert "Employer contact in person: Bageriet (follow up)" in page


def test_a_quick_job_start_takes_three_fields_and_shows_at_once(ada, world):
    answer = ada.post(
        "/log/job-start/",
        {
            "person": world.pat_episode.pk,
            "new_employer": "Havnelund Bageri",
            "first_day": TODAY.isoformat(),
        },
        follow=True,
    )
    page = text(answer)
    assert "Job start of Pat Lund recorded." in page
    assert "Not decided yet" in page
    assert "The kind of job is not known yet." in page
    person = text(ada.get(reverse("desk:person", args=[world.pat.pk])))
    assert "New in work · Havnelund Bageri" in person
    assert "Started at Havnelund Bageri" in person


def test_a_form_without_what_it_needs_keeps_what_was_typed(ada, world):
    answer = ada.post(
        "/log/contact/", {"day": TODAY.isoformat(), "note": "Half a sentence"}
    )
    assert answer.status_code == 422
    assert "Half a sentence" in answer.content.decode()
    assert "Please look at this again" in text(answer)


def test_a_day_still_to_come_cannot_be_logged(ada, world):
    answer = ada.post(
        "/log/contact/",
        {
            "person": world.pat_episode.pk,
            "day": (TODAY + AGO).isoformat(),
            "mode": "phone",
            "attended": "yes",
        },
    )
    assert "still to come" in text(answer)


def test_undo_takes_back_what_was_just_logged(ada, world):
    logged = ada.post(
        "/log/note/",
        {
            "person": world.pat_episode.pk,
            "day": TODAY.isoformat(),
            "kind": "work_goals",
            "text": "Wants mornings.",
        },
        follow=True,
    )
    undo = re.search(r'action="(/log/undo/note/[^"]+)"', logged.content.decode()).group(
        1
    )
    assert "Taken back." in text(ada.post(undo, follow=True))
    assert "Wants mornings." not in text(
        ada.get(reverse("desk:person", args=[world.pat.pk]))
    )


def test_a_stale_form_is_told_who_changed_what(ada, as_, world):
    address = reverse("people:details", args=[world.pat.pk])
    form = {"given_name": "Pat", "family_name": "Lund", "row_version": 1}
    as_("ben").post(address, {**form, "phone": "11 11 11 11"})
    answer = ada.post(address, {**form, "phone": "22 22 22 22"})
    page = text(answer)
    assert answer.status_code == 422
    assert "Nothing was saved yet." in page
    assert "Ben Supervisor changed “Phone”" in page
    assert "22 22 22 22" in answer.content.decode()


def test_what_happened_is_paged_by_whole_days(ada, world):
    for number in range(70):
        ContactFactory(episode=world.pat_episode, day=TODAY - number * AGO)
    first = ada.get(reverse("desk:person", args=[world.pat.pk]))
    more = re.search(
        r'(/people/[^"]+/timeline/\?before=[0-9-]+)', first.content.decode()
    )
    second = ada.get(more.group(1))
    shown = first.content.decode().count(
        "timeline-entry"
    ) + second.content.decode().count("timeline-entry")
    assert shown == 71  # the contacts, and the talk on what employers may know


def test_opening_a_person_is_one_entry_in_the_audit(ada, world):
    before = AuditEntry.objects.count()
    ada.get(reverse("desk:person", args=[world.pat.pk]))
    entry = AuditEntry.objects.last()
    assert AuditEntry.objects.count() == before + 1
    assert (entry.action, entry.applicant_key) == ("person_opened", world.pat.pk)
    assert entry.ground == "own_care"


def test_a_list_is_one_entry_with_a_number_and_a_digest(ada, world):
    ada.get("/caseload/")
    entry = AuditEntry.objects.last()
    assert (entry.action, entry.count) == ("caseload_opened", 2)
    assert len(entry.digest) == 64
    assert "Pat" not in f"{entry.digest}{entry.record_key}"


@pytest.mark.parametrize(
    ("stage", "names"),
    [
        pytest.param("waiting", {"Wera"}, id="referred, not taken on"),
        pytest.param("starting", {"Gerd"}, id="taken on, not met yet"),
        pytest.param(
            "searching", {"Pat", "Quinn", "Ingo"}, id="met, without paid work"
        ),
        pytest.param("new_in_work", {"Nina"}, id="work in its first four weeks"),
        pytest.param("follow_along", {"Finn"}, id="longer in work"),
        pytest.param("resting", {"Rosa"}, id="paused"),
    ],
)
def test_the_list_of_a_stage_and_the_stage_of_a_person_agree(as_, world, stage, names):
    def someone(name, **values):
        values = {"state": "active", "entered_on": date(2026, 8, 17)} | values
        episode = EpisodeFactory(
            applicant=ApplicantFactory(
                organisation=world.havnelund, given_name=name, family_name="X"
            ),
            unit=world.north,
            **values,
        )
        CaseloadSpellFactory(episode=episode, specialist=world.ada.user)
        return episode

    someone("Wera", state="referred", entered_on=None)
    someone("Gerd", entered_on=None)
    someone("Rosa", state="paused")
    JobFactory(episode=someone("Ingo"), placement="unpaid_internship")
    JobFactory(episode=someone("Nina"), first_day=TODAY - 27 * AGO)
    JobFactory(episode=someone("Finn"), first_day=TODAY - 28 * AGO)
    ben = as_("ben")
    listed = ben.get(f"/caseload/?view=list&stage={stage}")
    everyone = ben.get("/caseload/?view=list")
    by_object = {
        line.row.name.split()[0]
        for line in everyone.context["lines"]
        if line.stage.slug == stage
    }
    assert {line.row.name.split()[0] for line in listed.context["lines"]} == names
    assert by_object == names


def crowd(world, number):
    """Put people on Ada's caseload, with all that a page could ask about."""
    for _ in range(number):
        episode = EpisodeFactory(
            applicant=ApplicantFactory(organisation=world.havnelund),
            unit=world.north,
            state="active",
            accepted_on=date(2026, 8, 10),
            entered_on=date(2026, 8, 17),
        )
        CaseloadSpellFactory(episode=episode, specialist=world.ada.user)
        TreatmentSpellFactory(episode=episode, team=world.east)
        ContactFactory(episode=episode, with_clinician=True)
        NoteFactory(episode=episode)
        EmployerContactFactory(episode=episode, unit=world.north)
        JobTermsFactory(
            job=JobFactory(episode=episode, employer=EmployerFactory(unit=world.north))
        )


@pytest.mark.parametrize(
    ("name", "path", "most"),
    [
        pytest.param("ada", "/today/", 12, id="today"),
        pytest.param("ada", "/caseload/", 12, id="caseload board"),
        pytest.param("ada", "/caseload/?view=list", 12, id="caseload list"),
        pytest.param("ada", "person", 16, id="one person"),
        pytest.param("ben", "/unit/", 15, id="unit"),
        pytest.param("ada", "/jobs/", 12, id="jobs"),
        pytest.param("ada", "/employers/", 12, id="employers"),
        pytest.param("ada", "/today/figures/", 12, id="own figures"),
    ],
)
def test_the_number_of_queries_does_not_grow(as_, world, name, path, most):
    client = as_(name)
    MembershipFactory(user=world.ben.user, team=world.north, role="supervisor")
    address = reverse("desk:person", args=[world.pat.pk]) if path == "person" else path
    crowd(world, 2)
    client.get(address)  # the first page of a sign-in also notes where it is used
    few = _queries(client, address)
    crowd(world, 20)
    for day in range(60):
        ContactFactory(episode=world.pat_episode, day=TODAY - day * AGO)
        NoteFactory(episode=world.pat_episode, day=TODAY - day * AGO)
    many = _queries(client, address)
    assert len(many) == len(few)
    assert len(many) <= most, "\n".join(query["sql"][:150] for query in many)


def _queries(client, address):
    with CaptureQueriesContext(
        connection,
    ) as caught:
        assert client.get(address).status_code == 200
    return caught.captured_queries
