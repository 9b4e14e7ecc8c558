"""Who can see what: on a page, beside each group of fields, and while one writes."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from braid.access.models import AuditEntry
from braid.access.policy import ABOUT_A_PERSON, GRANTS, Information, Role
from braid.access.presenters.policy import ACTIONS, HOLDS_WHEN
from tests.cast import TODAY
from tests.consents import agree, withdraw
from tests.desk.test_shared import text
from tests.factories.access import MembershipFactory
from tests.factories.people import EpisodeEntryFactory
from tests.factories.work import JobFactory

UNIT = ("ada", "ben")


def page_of(world):
    return reverse("desk:who_sees", args=[world.pat.pk])


@pytest.mark.parametrize("reader", UNIT)
def test_it_says_in_plain_words_who_sees_what_and_why(as_, world, reader):
    agree(world, world.pat, world.cora, Information.IDENTITY, Information.JOBS)
    page = text(as_(reader).get(page_of(world)))
    assert (
        "North, Havnelund (employment specialist, supervisor) Ada Specialist, Ben Supervisor"
        in page
    )
    assert (
        "East, Region (clinician) Cora Clinician name and date of birth · jobs, past and "
        "present consent, until 31 Aug 2027 (agreement 1) For: treatment" in page
    )
    assert "Job centre, Havnelund (caseworker) sees nothing, not even the name." in page
    assert "Nobody outside the unit sees: " in page
    assert "Whatever is agreed, these never see a person's record: " in page
    assert "funder" in page.split("Whatever is agreed")[1]
    assert "Blake" not in page


def test_it_follows_what_is_agreed_at_once(as_, world):
    agree(world, world.pat, world.cora, Information.IDENTITY)
    ada = as_("ada")
    assert "Cora Clinician" in text(ada.get(page_of(world)))
    withdraw(world, world.pat, world.cora)
    assert "Cora Clinician" not in text(ada.get(page_of(world)))


@pytest.mark.parametrize("reader", ["cora", "dev", "kit", "ola", "blake"])
@pytest.mark.parametrize("name", ["desk:who_sees", "desk:audience"])
def test_nobody_outside_the_unit_sees_who_sees(as_, world, reader, name):
    agree(world, world.pat, world.cora, Information.IDENTITY)
    args = [world.pat.pk] + (["jobs"] if name == "desk:audience" else [])
    answer = as_(reader).get(reverse(name, args=args))
    assert answer.status_code in (403, 404)
    assert "Pat" not in text(answer)


def test_the_applicant_sees_it_about_themself_and_about_nobody_else(as_, world):
    agree(world, world.pat, world.cora, Information.IDENTITY)
    own = as_("pat_account")
    page = text(own.get("/me/who-sees/"))
    assert "Who can see what about me" in page
    assert "Cora Clinician" in page
    assert own.get(page_of(world)).status_code == 200
    other = reverse("desk:who_sees", args=[world.quinn.pk])
    assert own.get(other).status_code == 404
    entry = AuditEntry.objects.filter(action="who_sees_opened").first()
    assert entry.ground == "own_record"


@pytest.mark.parametrize("reader", ["ada", "cora", "dev", "sam"])
def test_the_applicants_page_is_for_applicants(as_, world, reader):
    assert as_(reader).get("/me/who-sees/").status_code == 403


@pytest.mark.parametrize("name", ["/me/who-sees/", "/log/audience/"])
def test_a_wrong_method_is_refused(as_, world, name):
    reader = "pat_account" if name.startswith("/me") else "ada"
    assert as_(reader).post(name).status_code == 405
    assert as_("ada").post(page_of(world)).status_code == 405


def test_the_persons_page_asks_for_it_afterwards_and_gets_the_lines_alone(as_, world):
    ada = as_("ada")
    person = ada.get(reverse("desk:person", args=[world.pat.pk])).content.decode()
    assert f'hx-get="{page_of(world)}"' in person
    part = ada.get(page_of(world), headers={"HX-Request": "true"})
    assert "<html" not in part.content.decode()
    assert "North, Havnelund (employment specialist, supervisor)" in text(part)
    # A header that a browser sends proves nothing: the lines are written down as well.
    assert AuditEntry.objects.filter(action="who_sees_opened").count() == 1


@pytest.mark.parametrize("information", ABOUT_A_PERSON, ids=lambda one: one.value)
def test_every_class_has_its_audience(as_, world, information):
    address = reverse("desk:audience", args=[world.pat.pk, information.value])
    page = text(as_("ada").get(address))
    assert "Who sees this?" in page
    is_treatment = information == Information.TREATMENT
    assert ("North, Havnelund" in page.split("Pat Lund:")[1]) is not is_treatment


AMOUNTS = "Amounts are shown to the specialist only when the person agrees."


@pytest.mark.parametrize(
    ("information", "status"),
    [
        pytest.param("benefits", 200, id="what a counsellor writes"),
        pytest.param("jobs", 403, id="what a counsellor only reads"),
        pytest.param("everything", 404, id="no class"),
    ],
)
def test_who_writes_a_class_sees_who_reads_it(as_, world, information, status):
    address = reverse("desk:audience", args=[world.pat.pk, information])
    answer = as_("una").get(address)
    assert answer.status_code == status
    assert (AMOUNTS in text(answer)) is (status == 200)
    assert page_of(world) not in answer.content.decode()


def test_a_counsellor_who_writes_nothing_of_somebody_sees_nothing_of_it(as_, world):
    agree(world, world.pat, world.kit, Information.IDENTITY)
    address = reverse("desk:audience", args=[world.pat.pk, "benefits"])
    assert as_("kit").get(address).status_code == 404


@pytest.mark.parametrize("information", ["statistical", "everything"])
def test_what_is_no_class_about_a_person_has_no_page(as_, world, information):
    address = reverse("desk:audience", args=[world.pat.pk, information])
    assert as_("ada").get(address).status_code == 404


def test_groups_of_fields_carry_the_control(as_, world):
    page = as_("ada").get(reverse("desk:person", args=[world.pat.pk]))
    for information in ("work_goals", "jobs", "attendance", "contact_details"):
        address = reverse("desk:audience", args=[world.pat.pk, information])
        assert f'href="{address}" data-dialog' in page.content.decode()


FORMS = {
    "a contact": ("desk:log_contact", "conversation"),
    "an employer visit": ("desk:log_employer", "work_goals"),
    "a job start": ("desk:log_job_start", "jobs"),
    "a note": ("desk:log_note", "conversation"),
}


@pytest.mark.parametrize("case", FORMS)
def test_a_form_of_the_log_asks_who_will_read_it(as_, world, case):
    name, information = FORMS[case]
    agree(world, world.pat, world.cora, Information.IDENTITY, Information.JOBS)
    address = f"{reverse(name)}?person={world.pat_episode.pk}"
    page = as_("ada").get(address).content.decode()
    (asked,) = re.findall(r'hx-get="(/log/audience/[^"]*)"', page)
    said = as_("ada").get(asked.replace("&amp;", "&"), headers={"HX-Request": "true"})
    assert "Read by: North, Havnelund (employment specialist, supervisor" in text(said)
    assert ("East, Region" in text(said)) is (information == "jobs")


KINDS = {"work_goals": True, "conversation": False, "health_at_work": True}


@pytest.mark.parametrize("kind", KINDS)
def test_the_kind_of_a_note_decides_who_reads_it(as_, world, kind):
    agree(
        world,
        world.pat,
        world.cora,
        Information.IDENTITY,
        Information.WORK_GOALS,
        Information.HEALTH_AT_WORK,
    )
    query = {"form": "note", "kind": kind, "person": world.pat_episode.pk}
    said = text(as_("ada").get("/log/audience/", query))
    assert ("East, Region" in said) is KINDS[kind]


def test_the_end_of_a_job_is_about_who_has_the_job(as_, world):
    job = JobFactory(episode=world.pat_episode)
    query = {"form": "job-end", "job": job.pk}
    assert "Pat Lund: jobs" in text(as_("ada").get("/log/audience/", query))


def test_before_somebody_is_chosen_it_says_so(as_, world):
    said = text(as_("ada").get("/log/audience/", {"form": "note", "person": ""}))
    assert "Choose whom it is about" in said


def test_a_stranger_learns_nothing_from_the_form(as_, world):
    query = {"form": "note", "person": world.pat_episode.pk}
    assert as_("ola").get("/log/audience/", query).status_code == 404
    assert as_("cora").get("/log/audience/", query).status_code == 403


def test_only_the_named_fields_follow_into_the_address(as_, world):
    """What is typed must not stand in an address, where logs would keep it."""
    page = as_("ada").get(reverse("desk:log_note")).content.decode()
    (fields,) = re.findall(r'hx-include="([^"]*)"', page)
    assert set(re.findall(r"name=(?:&#x27;|')(\w+)", fields)) == {
        "person",
        "job",
        "kind",
    }


def test_more_people_around_take_no_more_queries(as_, world):
    ada = as_("ada")
    ada.get(page_of(world))
    with CaptureQueriesContext(connection) as before:
        ada.get(page_of(world))
    for _number in range(15):
        MembershipFactory(team=world.east, role="clinician")
        MembershipFactory(team=world.north)
    with CaptureQueriesContext(connection) as after:
        ada.get(page_of(world))
    assert len(after) == len(before)


def test_the_job_centre_is_chosen_and_shown(as_, world):
    ada, episode = as_("ada"), world.pat_episode
    address = reverse("people:casework", args=[episode.pk])
    person = reverse("desk:person", args=[world.pat.pk])
    assert "Job centre, Dev Caseworker" in text(ada.get(person))
    sent = {"team": world.job_centre.pk, "day": TODAY.isoformat()}
    assert ada.post(address, sent)["Location"] == person
    assert "Dev Caseworker" not in text(ada.get(person))
    assert AuditEntry.objects.filter(action="caseworker_set").exists()
    assert as_("ola").get(address).status_code == 404
    assert as_("dev").get(address).status_code == 403
    sent["team"] = world.east.pk
    assert ada.post(address, sent).status_code == 422


def test_when_the_episode_ends_the_job_centre_is_around_no_more(as_, world):
    agree(world, world.pat, world.dev, Information.IDENTITY)
    dev, person = as_("dev"), reverse("desk:person", args=[world.pat.pk])
    assert dev.get(person).status_code == 200
    for number, state in enumerate(("referred", "active"), start=1):
        EpisodeEntryFactory(episode=world.pat_episode, number=number, state=state)
    sent = {"exited_on": TODAY.isoformat(), "reason": "moved", "words": ""}
    as_("ada").post(reverse("desk:end", args=[world.pat_episode.pk]), sent)
    assert dev.get(person).status_code == 404
    spell = world.pat_episode.casework.system("a test").get()
    assert spell.last_day is not None


def test_the_policy_page_holds_every_cell(as_, world):
    page = text(as_("sam").get("/access/policy/"))
    assert "Whatever has no ground here is refused." in page
    for word in (*ACTIONS.values(), *HOLDS_WHEN.values()):
        assert str(word) in page
    assert "Control of a benefit: treatment notes never" in page
    assert "Control of a benefit: health that matters at work only on: duty" in page
    assert "except the applicant's own record, and: name and date of birth." in page


def test_the_policy_page_changes_with_the_policy(as_, world, monkeypatch):
    before = text(as_("sam").get("/access/policy/"))
    cells = dict(GRANTS[Role.CASEWORKER])
    del cells[next(cell for cell in cells if cell[1] == Information.JOBS)]
    monkeypatch.setitem(GRANTS, Role.CASEWORKER, cells)
    assert text(as_("sam").get("/access/policy/")) != before


@pytest.mark.parametrize("reader", ["ada", "ben", "cora", "dev", "femi", "pat_account"])
def test_the_policy_page_is_for_stewards(as_, world, reader):
    assert as_(reader).get("/access/policy/").status_code == 403
