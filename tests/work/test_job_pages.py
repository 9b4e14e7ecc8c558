"""The page of one job: its start with a paper, other jobs beside it, its terms."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from braid.documents.models import Document
from braid.work.models import (
    Evidence,
    Job,
    JobTerms,
)
from tests.cast import TODAY
from tests.documents import files
from tests.factories.work import (
    AbsenceFactory,
    JobFactory,
    JobTermsFactory,
)
from tests.work.test_pages import text

DAY = timedelta(days=1)
LONG = "<b>مرحبا</b> 🥖 " * 1200


def rows(model):
    return list(model.objects.system("the test looks"))


@pytest.fixture
def job(world):
    return JobFactory(episode=world.pat_episode, placement="", title="")


@pytest.fixture
def ada(as_):
    return as_("ada")


def at(name, thing):
    return reverse(f"work:{name}", args=[thing.pk])


def payslip(data=None, name="payslip.pdf"):
    return SimpleUploadedFile(name, data or files.pdf(), content_type="text/html")


def complete(ada, job, **values):
    given = {
        "first_day": job.first_day.isoformat(),
        "row_version": job.row_version,
        "placement": "competitive",
        "ordinary": "yes",
        "permanence": "permanent",
        "weekly_hours": "20",
        "pay": "150",
        "pay_unit": "hour",
        "currency": "dkk",
    }
    return ada.post(at("job_edit", job), given | values)


# The start


@pytest.mark.parametrize("kind", ["competitive", ""])
def test_one_yes_answers_what_makes_a_job_ordinary(ada, job, kind):
    assert complete(ada, job, placement=kind).status_code == 302
    shown = text(ada.get(at("job", job)))
    assert "Counts as competitive employment." in shown
    assert "20 hours a week, 150.00 DKK an hour" in shown


def test_what_was_said_one_by_one_stays_said(ada, job):
    complete(ada, job, going_rate="no", employer_of_record="agency")
    (kept,) = rows(Job)
    assert (kept.going_rate, kept.open_to_all, kept.employer_of_record) == (
        False,
        True,
        "agency",
    )


def test_without_the_yes_nothing_is_answered(ada, job):
    complete(ada, job, ordinary="")
    (kept,) = rows(Job)
    assert (kept.open_to_all, kept.normal_rights, kept.employer_of_record) == (
        None,
        None,
        "",
    )


def test_another_kind_of_job_is_not_overruled_by_the_yes(ada, job):
    complete(ada, job, placement="agency")
    assert rows(Job)[0].placement == "agency"


def test_an_answered_form_shows_its_answers_in_place_of_the_short_question(ada, job):
    complete(ada, job)
    form = ada.get(at("job_edit", job)).context["form"]
    assert "ordinary" not in form.fields


def test_the_currency_of_the_country_stands_there_already(ada, job):
    form = ada.get(at("job_edit", job)).context["form"]
    assert (form["currency"].value(), form["pay_unit"].value()) == ("DKK", "hour")


def test_the_rest_of_a_job_start_is_kept(ada, job):
    said = {
        "title": "Baker",
        "occupation": "7512",
        "limit_words": "until the summer, cover for leave",
        "expected_weekly_hours": "30",
        "contracted_daily_hours": "5.5",
        "in_kind": "Bread",
        "transport": "By bike",
        "workplace_contact": "Orla",
        "may_contact_workplace": "yes",
        "held_at_referral": "on",
        "note": LONG,
    }
    assert complete(ada, job, **said).status_code == 302
    (kept,) = rows(Job)
    assert kept.note == LONG.strip()
    assert kept.may_contact_workplace is True
    for name in ("limit_words", "in_kind", "transport", "workplace_contact"):
        assert getattr(kept, name) == said[name]
    shown = ada.get(at("job", job)).content.decode()
    assert "&lt;b&gt;مرحبا&lt;/b&gt; 🥖" in shown


def test_a_contract_that_is_brought_along_is_sealed_and_on_the_list(ada, job):
    complete(ada, job, file=payslip(name="contract.pdf"), paper_kind="contract")
    (paper,) = rows(Evidence)
    assert (paper.kind, paper.received_on, paper.document.kind) == (
        "contract",
        TODAY,
        "jobs",
    )
    shown = text(ada.get(at("job", job)))
    assert "Contract, or a letter from the employer there" in shown
    assert "Payslip, or what else shows the pay not yet" in shown


def test_a_file_that_is_not_taken_is_told_and_nothing_is_half_saved(ada, job):
    answer = complete(ada, job, file=payslip(b"MZ\x00\x00" * 40), title="Baker")
    assert answer.status_code == 422
    assert "This kind of file is not taken" in text(answer)
    assert "Baker" in answer.content.decode()
    assert (rows(Job)[0].title, rows(JobTerms), rows(Document)) == ("", [], [])


@pytest.mark.parametrize(
    ("values", "says"),
    [
        pytest.param({"pay_unit": ""}, "Pay needs its unit", id="pay without period"),
        pytest.param({"currency": ""}, "Pay needs its currency", id="in which money"),
        pytest.param({"currency": "kr."}, "three letters", id="no currency"),
        pytest.param({"weekly_hours": "81"}, "80", id="no week has them"),
        pytest.param({"last_day": "2026-09-01"}, "before its first day", id="order"),
        pytest.param(
            {"occupation": "0xyz"}, "not in the list", id="unknown occupation"
        ),
        pytest.param({"occupation_text": "qwxz"}, "Tick what", id="words nobody knows"),
        pytest.param({"first_day": ""}, "required", id="no first day"),
    ],
)
def test_what_cannot_be_is_told_beside_its_field(ada, job, values, says):
    answer = complete(ada, job, **values)
    assert answer.status_code == 422
    assert says in text(answer)
    assert rows(JobTerms) == []


def test_two_jobs_at_once_are_told_with_their_hours(ada, job, world):
    other = JobFactory(episode=world.pat_episode)
    JobTermsFactory(job=other, weekly_hours=10)
    complete(ada, job)
    shown = text(ada.get(at("job", job)))
    assert "There is another job in these days" in shown
    assert "Together 30 hours a week." in shown


def test_a_second_contract_with_one_employer_is_asked_for_once(ada, job, world):
    address = reverse("desk:log_job_start")
    given = {
        "person": world.pat_episode.pk,
        "employer": job.employer_id,
        "first_day": "2026-09-28",
    }
    quick = ada.get(address).content.decode()
    assert 'type="checkbox" name="twice"' not in quick
    asked = ada.post(address, given)
    assert asked.status_code == 422
    assert 'type="checkbox" name="twice"' in asked.content.decode()
    assert ada.post(address, given | {"twice": "on"}).status_code == 302
    assert len(rows(Job)) == 2


# Terms and days away


def test_a_rise_and_a_new_title_are_shown_as_steps_forward(ada, job):
    complete(ada, job, title="Helper")
    ada.post(
        at("terms", job),
        {
            "first_day": "2026-10-01",
            "weekly_hours": "25",
            "pay": "160",
            "pay_unit": "hour",
            "currency": "DKK",
            "title": "Baker",
            "reason": "raise",
        },
    )
    answer = ada.get(at("job", job))
    shown = text(answer)
    assert answer.context["title"] == "Baker"
    assert "a rise in pay more hours a new title" in shown
    assert len(rows(Job)) == 1


def test_an_absence_that_goes_on_can_be_ended(ada, job):
    away = AbsenceFactory(job=job, first_day=TODAY)
    assert "Back at work" in text(ada.get(at("job", job)))
    ada.post(
        at("absence_edit", away),
        {
            "first_day": TODAY.isoformat(),
            "last_day": TODAY.isoformat(),
            "kind": "sickness",
            "pay": "full",
            "row_version": 1,
        },
    )
    assert "Back at work" not in text(ada.get(at("job", job)))


def test_a_subsidised_job_turns_ordinary_with_one_form(ada, world):
    job = JobFactory(episode=world.pat_episode, placement="wage_subsidy")
    assert "It turned ordinary" in text(ada.get(at("job", job)))
    answer = ada.post(
        at("ordinary", job),
        {"first_day": "2026-10-01", "permanence": "permanent", "row_version": 1},
    )
    made = max(rows(Job), key=lambda one: one.first_day)
    assert answer["Location"] == made.get_absolute_url()
    assert made.placement == "competitive"
