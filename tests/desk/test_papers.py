"""Documents about a person: seen before they are made, kept with their audience."""

import io
from datetime import date

import docx
import pytest
from django.http import Http404
from django.urls import reverse

from braid.access.models import AuditEntry
from braid.access.policy import Information
from braid.desk.papers.catalogue import KINDS
from braid.documents.models import Document
from braid.documents.queries import document, documents_of
from tests.consents import agree
from tests.desk.test_pages import text
from tests.factories.people import ProfileAnswerFactory, SearchPlanFactory
from tests.factories.work import (
    DisclosureDecisionFactory,
    EmployerFactory,
    JobFactory,
)

DAY = "2026-10-05"


def at(world, name):
    return reverse("desk:paper", args=[world.pat.pk, name])


def make(client, world, name, **given):
    asked = {"day": DAY, "included": ["work_goals"], "format": "docx", **given}
    return client.post(at(world, name), asked)


def words_of(answer):
    found = docx.Document(io.BytesIO(answer.content))
    return "\n".join(paragraph.text for paragraph in found.paragraphs)


@pytest.fixture
def plan(world):
    return SearchPlanFactory(
        episode=world.pat_episode,
        goal="I want to bake bread. 🥐 <b>",
        first_day=date(2026, 9, 1),
        agreed_on=date(2026, 9, 1),
        agreed_how="said",
        avoid="Nights",
    )


def test_the_list_offers_what_the_country_uses(world, as_):
    page = text(as_("ada").get(reverse("desk:papers", args=[world.pat.pk])))
    assert "Search plan" in page
    assert "IPS as active offer" in page
    assert "Stop notice" not in page


def test_another_countrys_document_is_not_there(world, as_):
    assert as_("ada").get(at(world, "nl_stop")).status_code == 404


def test_ada_sees_what_goes_in_and_takes_it_as_word(world, as_, plan):
    ada = as_("ada")
    page = text(ada.get(at(world, "search_plan")))
    assert "I want to bake bread." in page
    assert "goals and plans for work" in page
    answer = make(ada, world, "search_plan")
    assert answer["Content-Disposition"].startswith("attachment;")
    assert "I want to bake bread. 🥐 <b>" in words_of(answer)
    assert "Nights" in words_of(answer)
    assert not Document.objects.system("test").exists()
    assert AuditEntry.objects.filter(action="document_made").count() == 1


def test_kept_it_is_among_the_documents_of_its_class(world, as_, plan):
    ada = as_("ada")
    answer = make(ada, world, "search_plan", keep="on", format="pdf")
    assert answer["Location"] == reverse("desk:documents", args=[world.pat.pk])
    kept = Document.objects.system("test").get()
    assert (kept.kind, kept.template) == ("work_goals", "search_plan")
    assert kept.media_type == "application/pdf"


def test_without_a_plan_a_sentence_says_what_to_do(world, as_):
    page = text(as_("ada").get(at(world, "search_plan")))
    assert "No search plan is agreed for this day." in page
    answer = make(as_("ada"), world, "search_plan")
    assert answer.status_code == 422
    assert "No search plan is agreed for this day." in text(answer)


def test_what_is_not_ticked_does_not_go_in(world, as_):
    for kind, section, words in (
        ("health_at_work", "g", "Sleeps badly before"),
        ("work_goals", "e", "Patient with dough"),
    ):
        ProfileAnswerFactory(
            applicant=world.pat,
            kind=kind,
            section=section,
            question=_question(section, kind),
            text=words,
        )
    ada = as_("ada")
    answer = make(ada, world, "profile", included=["work_goals", "jobs"])
    assert "Sleeps badly" not in words_of(answer)
    both = make(ada, world, "profile", included=["work_goals", "health_at_work"])
    assert "Sleeps badly before" in words_of(both)


def _question(section, kind):
    from braid.people.profile import PARTS

    part = next(one for one in PARTS.values() if one.section.value == section)
    return next(one.id for one in part.questions if part.kind_of(one) == kind)


def _answers_of_two_kinds(pat):
    for section, kind, words in (
        ("g", "health_at_work", "Sleeps badly before"),
        ("a", "work_goals", "To bake bread"),
    ):
        question = _question(section, kind)
        ProfileAnswerFactory(
            applicant=pat, kind=kind, section=section, question=question, text=words
        )


def test_the_narrowest_class_that_goes_in_decides_who_reads_it(world, as_):
    _answers_of_two_kinds(world.pat)
    given = {"included": ["work_goals", "health_at_work"], "keep": "on"}
    make(as_("ada"), world, "profile", **given)
    kept = Document.objects.system("test").get()
    assert kept.kind == "health_at_work"
    assert set(kept.classes) == {"health_at_work", "work_goals"}


def test_a_kept_paper_is_read_only_by_who_may_read_all_that_it_holds(world, as_):
    _answers_of_two_kinds(world.pat)
    given = {"included": ["work_goals", "health_at_work"], "keep": "on"}
    make(as_("ada"), world, "profile", **given)
    kept = Document.objects.system("test").get()
    cora = world.cora.actor
    agree(world, world.pat, world.cora, Information.HEALTH_AT_WORK)
    assert not documents_of(cora, world.pat.pk).exists()
    with pytest.raises(Http404):
        document(cora, kept.pk)
    both = (Information.HEALTH_AT_WORK, Information.WORK_GOALS)
    agree(world, world.pat, world.cora, *both)
    assert list(documents_of(cora, world.pat.pk)) == [kept]
    assert document(cora, kept.pk)[0] == kept


def test_an_employer_is_told_nothing_that_was_not_agreed(world, as_):
    employer = EmployerFactory(unit=world.north)
    JobFactory(episode=world.pat_episode)
    answer = make(
        as_("ada"),
        world,
        "introduction",
        employer=employer.pk,
        included=["work_goals", "jobs"],
    )
    assert answer.status_code == 422
    assert "has not agreed" in text(answer)
    assert not AuditEntry.objects.filter(action="document_made").exists()


def test_for_an_employer_counts_what_is_agreed_now_not_what_was_then(world, as_):
    employer = EmployerFactory(unit=world.north)
    DisclosureDecisionFactory(
        episode=world.pat_episode,
        employer=employer,
        decision="name",
        discussed_on=date(2026, 9, 1),
        agreed_on=date(2026, 9, 1),
        agreed_how="said",
        revoked_on=date(2026, 10, 1),
    )
    JobFactory(episode=world.pat_episode)
    answer = make(
        as_("ada"),
        world,
        "introduction",
        employer=employer.pk,
        included=["work_goals", "jobs"],
        day="2026-09-20",
    )
    assert answer.status_code == 422
    assert "has not agreed" in text(answer)
    assert not AuditEntry.objects.filter(action="document_made").exists()


@pytest.mark.parametrize("name", sorted(KINDS))
@pytest.mark.parametrize("format", ["docx", "pdf"])
def test_every_document_is_made_or_says_what_is_missing(world, as_, plan, name, format):
    kind = KINDS[name]
    country = next(iter(kind.countries), "dk")
    world.havnelund.country = country
    world.havnelund.save()
    JobFactory(episode=world.pat_episode)
    employer = EmployerFactory(unit=world.north)
    ada = as_("ada")
    assert ada.get(at(world, name)).status_code == 200
    answer = make(
        ada,
        world,
        name,
        format=format,
        included=[one.value for one in kind.usual],
        employer=employer.pk,
    )
    assert answer.status_code in (200, 422)
    if answer.status_code == 422:
        assert "error-summary" in answer.content.decode()


@pytest.mark.parametrize("name", ["handover", "health_record", "profile"])
def test_text_can_be_chosen_without_a_script(world, as_, plan, name):
    page = as_("ada").get(at(world, name)).content.decode()
    if name != "profile":
        assert '<pre class="copy"' in page


def test_the_number_of_queries_does_not_grow(
    world, as_, plan, django_assert_max_num_queries
):
    ada = as_("ada")
    for _job in range(6):
        JobFactory(episode=world.pat_episode)
    with django_assert_max_num_queries(45):
        ada.get(at(world, "handover"))
