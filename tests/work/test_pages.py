"""Employers and jobs as pages: what counts and why, lists, duplicates, stale forms."""

import re

import pytest
from django.urls import reverse

from braid.method.competitive import Class, competitive
from braid.work import presenters, rules
from tests.factories.work import (
    AbsenceFactory,
    EmployerContactFactory,
    EmployerFactory,
    JobFactory,
    JobTermsFactory,
    PaidWorkFactory,
)

YES = {
    "open_to_all": "yes",
    "at_least_minimum": "yes",
    "going_rate": "yes",
    "normal_rights": "yes",
    "employer_of_record": "employer",
    "permanence": "permanent",
}


def text(answer):
    body = re.sub(r"<(script|svg).*?</\1>", " ", answer.content.decode(), flags=re.S)
    return " ".join(re.sub(r"<[^>]+>", " ", body).split())


@pytest.fixture
def job(world):
    return JobFactory(episode=world.pat_episode, placement="")


@pytest.fixture
def ada(as_):
    return as_("ada")


def page(ada, job):
    return text(ada.get(reverse("work:job", args=[job.pk])))


def fill(ada, job, **values):
    given = {"first_day": "2026-09-14", "row_version": 1, "placement": "competitive"}
    return ada.post(reverse("work:job_edit", args=[job.pk]), given | YES | values)


@pytest.mark.parametrize(
    ("values", "says"),
    [
        pytest.param({}, "Counts as competitive employment.", id="every test holds"),
        pytest.param(
            {"going_rate": ""},
            "Not decided yet Does not count as competitive employment. "
            "Not known yet: it pays the legal minimum and what colleagues get.",
            id="pay of colleagues not known",
        ),
        pytest.param(
            {"open_to_all": "no"},
            "It fails this test: anyone could apply for it.",
            id="reserved",
        ),
        pytest.param(
            {"permanence": "fixed_term", "time_limit_origin": "programme"},
            "It fails this test: no service set a time limit.",
            id="a programme's time limit",
        ),
        pytest.param(
            {"placement": "unpaid_internship"},
            "A job of the kind “unpaid internship” never counts.",
            id="unpaid internship",
        ),
        pytest.param(
            {"placement": "wage_subsidy"},
            "Subsidised, shown apart Does not count as competitive employment. "
            "“wage subsidy” is not counted in this country.",
            id="wage subsidy in Denmark",
        ),
        pytest.param(
            {"held_at_referral": "on"},
            "it may count as work, never as a job start",
            id="held at referral",
        ),
    ],
)
def test_the_job_page_says_whether_it_counts_and_why(ada, job, values, says):
    assert fill(ada, job, **values).status_code == 302
    assert says in page(ada, job)


def test_the_danish_name_of_a_placement_stands_beside_its_kind(ada, job, world):
    form = ada.get(reverse("work:job_edit", args=[job.pk])).content.decode()
    assert "virksomhedspraktik" in form.lower()


def test_every_reason_of_the_decision_table_has_words():
    from itertools import product

    from braid.method.competitive import PLACEMENTS, JobFacts, Switches

    slugs = set()
    for placement, answer, on, held in product(
        [*PLACEMENTS, None], [True, False, None], [True, False], [True, False]
    ):
        verdict = competitive(
            JobFacts(
                placement,
                permanence="permanent",
                open_to_all=answer,
                at_least_minimum=answer,
                going_rate=answer,
                normal_rights=answer,
                employer_of_record="employer",
                held_at_referral=held,
            ),
            Switches(on, on, on),
        )
        words = presenters.verdict_words(verdict)
        slugs |= {reason.slug for reason in verdict.reasons}
        assert words.reasons
        for reason, sentence in zip(verdict.reasons, words.reasons, strict=False):
            assert reason.slug not in sentence
            assert reason.slug.replace("_", " ") != sentence
    assert {"test_failed", "test_open", "switch_on", "switch_off", "counts"} <= slugs
    assert set(presenters.CLASSES) == set(Class)


def test_a_blank_field_is_not_known_rather_than_no(job):
    facts = rules.facts(job)
    assert facts.placement is None
    assert facts.open_to_all is None


def test_hours_pay_absence_and_paid_hours_stand_on_the_page(ada, job):
    JobTermsFactory(job=job, pay="148.5", pay_unit="hour", currency="DKK")
    PaidWorkFactory(job=job, hours="12.50")
    AbsenceFactory(job=job, pay="none")
    shown = page(ada, job)
    assert "16 hours a week, 148.50 DKK an hour" in shown
    assert "12.50 paid hours are recorded in all." in shown
    assert "no pay" in shown


def test_pay_without_its_unit_is_asked_for(ada, job):
    answer = ada.post(
        reverse("work:terms", args=[job.pk]),
        {"first_day": "2026-09-14", "pay": "150", "pay_unit": ""},
    )
    assert "Pay needs its unit" in text(answer)


@pytest.mark.parametrize("hours", ["81", "-1", "many"])
def test_hours_that_no_week_has_are_refused(ada, job, hours):
    answer = ada.post(
        reverse("work:terms", args=[job.pk]),
        {"first_day": "2026-09-14", "weekly_hours": hours},
    )
    assert answer.status_code == 422


def test_a_stale_job_form_is_told_and_keeps_what_was_typed(ada, as_, job):
    fill(as_("ben"), job, title="Baker")
    answer = fill(ada, job, title="Cleaner")
    assert answer.status_code == 422
    assert "Ben Supervisor changed “Job title”" in text(answer)
    assert "Cleaner" in answer.content.decode()


def test_still_in_it_today_is_noted_with_one_tap(ada, job):
    ada.post(reverse("work:confirm", args=[job.pk]))
    assert "Last confirmed 5 Oct" in page(ada, job)


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        pytest.param("", {"Open", "Old", "Blank"}, id="all"),
        pytest.param("?going=now", {"Open", "Blank"}, id="going on now"),
        pytest.param("?going=ended", {"Old"}, id="ended"),
        pytest.param("?going=open", {"Blank"}, id="to be completed"),
        pytest.param("?placement=unknown", {"Blank"}, id="kind not known"),
        pytest.param("?placement=competitive", {"Open", "Old"}, id="ordinary"),
        pytest.param("?placement=nonsense", {"Open", "Old", "Blank"}, id="nonsense"),
    ],
)
def test_jobs_are_filtered(ada, world, query, shown):
    JobFactory(episode=world.pat_episode, title="Open")
    JobFactory(episode=world.pat_episode, title="Old", last_day="2026-10-04")
    JobFactory(episode=world.pat_episode, title="Blank", placement="")
    titles = {
        row.record.title for row in ada.get(f"/jobs/{query}").context["table"].rows
    }
    assert titles == shown


def test_an_employers_page_names_no_applicant(ada, world):
    employer = EmployerFactory(unit=world.north)
    EmployerContactFactory(
        employer=employer,
        unit=world.north,
        episode=world.pat_episode,
        learned="Early shifts.",
    )
    JobFactory(episode=world.pat_episode, employer=employer)
    shown = text(ada.get(employer.get_absolute_url()))
    assert "Early shifts." in shown
    assert "Pat" not in shown


def test_like_employers_are_merged_on_the_page(ada, world):
    first = EmployerFactory(unit=world.north, name="Brugsen Strandvej")
    second = EmployerFactory(unit=world.north, name="Brugsen Strandvejen")
    assert "Brugsen Strandvejen" in text(ada.get("/employers/alike/"))
    ada.post(
        "/employers/alike/", {"first": first.pk, "second": second.pk, "act": "merge"}
    )
    assert ada.get(second.get_absolute_url())["Location"] == first.get_absolute_url()


def test_a_new_employer_is_not_entered_twice(ada, world):
    EmployerFactory(unit=world.north, name="Nordlys ApS")
    answer = ada.post("/employers/new/", {"name": "nordlys"})
    assert "in the directory already" in text(answer)


def test_the_directory_is_searched_whatever_the_spelling(ada, world):
    EmployerFactory(unit=world.north, name="Slagter Bøgh")
    EmployerFactory(unit=world.north, name="Hotel Fjordblik")
    rows = ada.get("/employers/?q=slagter+boegh").context["table"].rows
    assert [row.record.name for row in rows] == ["Slagter Bøgh"]
