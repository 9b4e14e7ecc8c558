"""The page of one job: support, windows to meet in, papers, and how it ended."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from braid.documents.models import Document
from braid.work import queries
from braid.work.models import (
    Evidence,
    Job,
    JobEndReview,
    JobProblem,
    JobSupportPlan,
    PlannedSupport,
    Support,
)
from tests.cast import TODAY
from tests.factories.work import (
    AbsenceFactory,
    ContactFactory,
    EvidenceFactory,
    JobEndReviewFactory,
    JobFactory,
    JobProblemFactory,
    JobSupportPlanFactory,
    JobTermsFactory,
    PlannedSupportFactory,
    SupportFactory,
)
from tests.work.test_job_pages import LONG, at, payslip, rows
from tests.work.test_pages import text

DAY = timedelta(days=1)


@pytest.fixture
def job(world):
    return JobFactory(episode=world.pat_episode, placement="", title="")


@pytest.fixture
def ada(as_):
    return as_("ada")


# Support


PLAN = {
    "made_on": "2026-10-05",
    "kind_0": "on_site",
    "by_0": "specialist",
    "words_0": "Monday mornings",
    "kind_1": "travel",
    "by_1": "family",
    "early_signs": "Sleeps badly; call Ada.",
    "may_contact_workplace": "yes",
    "agreed_on": "2026-10-05",
    "agreed_how": "said",
    "review_on": "2026-11-05",
}


def test_a_support_plan_is_made_and_changed(ada, job):
    assert ada.post(at("support_plan", job), PLAN).status_code == 302
    shown = text(ada.get(at("job", job)))
    assert "at the workplace: Monday mornings specialist" in shown
    assert "Sleeps badly; call Ada." in shown
    kept = {one.kind: one.pk for one in rows(PlannedSupport)}
    changed = PLAN | {"kind_1": "", "kind_2": "adjustment", "row_version": 1}
    ada.post(at("support_plan", job), changed)
    after = {one.kind: one.pk for one in rows(PlannedSupport)}
    assert set(after) == {"on_site", "adjustment"}
    assert after["on_site"] == kept["on_site"]
    assert rows(Job)[0].may_contact_workplace is True


@pytest.mark.parametrize(
    ("values", "says"),
    [
        pytest.param({"agreed_how": ""}, "Say both when", id="agreed, not how"),
        pytest.param({"review_on": "2026-10-04"}, "later day", id="review before"),
        pytest.param({"kind_0": ""}, "what kind of support", id="words alone"),
        pytest.param({"made_on": ""}, "required", id="no day"),
    ],
)
def test_a_plan_that_cannot_be_is_told(ada, job, values, says):
    answer = ada.post(at("support_plan", job), PLAN | values)
    assert answer.status_code == 422
    assert says in text(answer)
    assert "Sleeps badly" in answer.content.decode()
    assert rows(JobSupportPlan) == []


def test_two_who_plan_at_once_lose_nothing(ada, as_, job):
    as_("ben").post(at("support_plan", job), PLAN)
    answer = ada.post(at("support_plan", job), PLAN | {"early_signs": "Forgets food"})
    assert answer.status_code == 422
    assert "Forgets food" in answer.content.decode()


def test_support_given_is_ticked(ada, job):
    ada.post(
        at("support", job),
        {
            "day": "2026-10-05",
            "kinds": ["on_site", "travel"],
            "given_by": "specialist",
            "mode": "in_person",
        },
    )
    assert {(one.kind, one.given_by) for one in rows(Support)} == {
        ("on_site", "specialist"),
        ("travel", "specialist"),
    }


def test_support_is_ticked_where_a_meeting_is_looked_at_again(ada, job, world):
    met = ContactFactory(episode=world.pat_episode, day=TODAY, staff=world.ada.user)
    address = reverse("desk:contact", args=[met.pk])
    given = {
        "day": TODAY.isoformat(),
        "mode": "in_person",
        "attended": "yes",
        "place": "community",
        "minutes": "45",
        "row_version": 1,
        "job": job.pk,
    }
    ada.post(address, given | {"supports": ["on_site", "travel"]})
    assert {one.contact_id for one in rows(Support)} == {met.pk}
    met.refresh_from_db()
    now = {"supports": ["travel"], "row_version": met.row_version}
    ada.post(address, given | now)
    assert [one.kind for one in rows(Support)] == ["travel"]


def test_a_meeting_of_somebody_without_a_job_asks_for_no_support(ada, world):
    met = ContactFactory(episode=world.quinn_episode, day=TODAY)
    page = ada.get(reverse("desk:contact", args=[met.pk])).content.decode()
    assert "supports" not in page


def test_something_hard_is_noted_and_settled(ada, job):
    ada.post(at("problem", job), {"words": LONG, "first_day": "2026-10-01"})
    (hard,) = rows(JobProblem)
    assert "&lt;b&gt;مرحبا&lt;/b&gt;" in ada.get(at("job", job)).content.decode()
    given = {"words": LONG, "first_day": "2026-10-01", "row_version": 1}
    early = ada.post(at("problem_edit", hard), given | {"last_day": "2026-09-01"})
    assert "settled before it was known" in text(early)
    ada.post(
        at("problem_edit", hard),
        given | {"last_day": "2026-10-04", "settled_how": "A later shift"},
    )
    assert "A later shift" in text(ada.get(at("job", job)))


# Windows


def test_the_page_says_in_which_weeks_they_met(ada, job, world):
    for day in (date(2026, 9, 10), date(2026, 9, 16), date(2026, 9, 28)):
        ContactFactory(episode=world.pat_episode, day=day)
    ContactFactory(episode=world.pat_episode, day=date(2026, 9, 22), mode="phone")
    shown = text(ada.get(at("job", job)))
    assert "Before the start 7 Sept – 13 Sept met on 10 Sept" in shown
    assert "Right after the start 14 Sept – 17 Sept met on 16 Sept" in shown
    assert "Week 2 21 Sept – 27 Sept no meeting recorded" in shown
    assert "Week 3 28 Sept – 4 Oct met on 28 Sept" in shown
    assert "Week 4 5 Oct – 11 Oct open until 11 Oct" in shown
    assert "a prompt for a conversation" in shown


def test_a_job_that_turned_ordinary_asks_for_no_second_first_week(ada, world):
    trial = JobFactory(
        episode=world.pat_episode,
        placement="wage_subsidy",
        first_day=date(2026, 9, 7),
        last_day=TODAY - DAY,
    )
    now = JobFactory(
        episode=world.pat_episode, employer=trial.employer, first_day=TODAY
    )
    shown = text(ada.get(at("job", now)))
    assert "Right after the start 7 Sept – 10 Sept" in shown


def test_proof_of_lasting_work_is_asked_for_in_time(ada, job):
    job.first_day = TODAY - timedelta(weeks=13) + 7 * DAY
    job.save()
    assert "13 weeks in the job 12 Oct ask for a payslip" in text(
        ada.get(at("job", job))
    )
    EvidenceFactory(job=job, kind="payslip", period_first=TODAY - 20 * DAY)
    assert "13 weeks in the job 12 Oct there" in text(ada.get(at("job", job)))


# Papers


def test_a_payslip_is_added_with_its_days_and_taken_back(ada, job):
    answer = ada.post(
        at("evidence_new", job),
        {
            "file": payslip(),
            "paper_kind": "payslip",
            "received_on": "2026-10-05",
            "period_first": "2026-09-14",
            "period_last": "2026-09-30",
        },
    )
    assert answer.status_code == 302
    (paper,) = rows(Evidence)
    assert "payslip received 5 Oct · for 14 Sept – 30 Sept" in text(
        ada.get(at("job", job))
    )
    ada.post(at("evidence_back", paper))
    assert (rows(Evidence), rows(Document)) == ([], [])


def test_proof_of_a_job_does_not_leave_by_the_page_of_documents(ada, job):
    paper = EvidenceFactory(job=job)
    back = reverse("desk:document_back", args=[paper.document_id])
    shown = text(ada.post(back, follow=True))
    assert "kept as proof of a job" in shown
    assert len(rows(Evidence)) == 1


@pytest.mark.parametrize(
    "values",
    [
        pytest.param({"period_last": "2026-09-30"}, id="an end without a beginning"),
        pytest.param(
            {"period_first": "2026-09-30", "period_last": "2026-09-01"}, id="reversed"
        ),
        pytest.param({"received_on": "2026-10-06"}, id="not received yet"),
        pytest.param({"file": ""}, id="no file"),
    ],
)
def test_a_paper_that_cannot_be_is_told(ada, job, values):
    given = {"file": payslip(), "paper_kind": "payslip", "received_on": "2026-10-05"}
    assert ada.post(at("evidence_new", job), given | values).status_code == 422
    assert rows(Evidence) == []


# The end


@pytest.fixture
def ended(job):
    job.last_day = job.end_known_on = TODAY - DAY
    job.end_reason = "laid_off"
    job.save()
    return job


def test_after_an_end_the_page_asks_what_was_learned_within_three_days(ada, ended):
    shown = text(ada.get(at("job", ended)))
    assert "What did we learn?" in shown
    assert "best by 7 Oct" in shown
    ada.post(
        at("end_review", ended),
        {
            "day": "2026-10-05",
            "notice_given": "no",
            "person_view": "Too loud.",
            "do_differently": "Ask about the noise first.",
        },
    )
    shown = text(ada.get(at("job", ended)))
    assert "How Pat sees it Too loud." in shown
    assert "Ask about the noise first." in shown
    assert "best by" not in shown


def test_what_the_employer_thinks_is_not_even_asked_without_consent(ada, ended):
    page = ada.get(at("end_review", ended))
    assert "employer_view" not in page.context["form"].fields
    assert "nobody agreed" in text(page)
    ended.may_contact_workplace = True
    ended.save()
    form = ada.get(at("end_review", ended)).context["form"]
    assert "employer_view" in form.fields


def test_one_tap_and_the_search_begins_again(ada, ended):
    shown = text(ada.post(at("search_again", ended), follow=True))
    assert "Nobody has to be referred anew." in shown
    assert rows(JobEndReview)[0].search_again_on == TODAY


def test_an_end_that_was_none_is_taken_back(ada, ended):
    ada.post(at("job_reopen", ended))
    assert rows(Job)[0].last_day is None


def test_a_job_that_goes_on_leads_back_from_the_page_of_its_end(ada, job):
    assert ada.get(at("end_review", job))["Location"] == job.get_absolute_url()


# Who reads it, and how much it asks of the database


def everything(job, first, last):
    for i in range(first, last):
        SupportFactory(job=job)
        JobProblemFactory(job=job)
        EvidenceFactory(job=job)
        JobTermsFactory(job=job, first_day=TODAY + (i + 1) * DAY)
        AbsenceFactory(job=job)
        ContactFactory(episode=job.episode, day=TODAY - i * DAY)
        JobFactory(episode=job.episode)


def asked(client, address):
    with CaptureQueriesContext(connection) as said:
        assert client.get(address).status_code == 200
    return len(said)


def test_the_page_of_a_job_asks_the_same_however_much_there_is(ada, job):
    plan = JobSupportPlanFactory(job=job)
    everything(job, 0, 1)
    PlannedSupportFactory(plan=plan)
    asked(ada, at("job", job))
    few = asked(ada, at("job", job))
    everything(job, 1, 7)
    PlannedSupportFactory.create_batch(5, plan=plan)
    assert asked(ada, at("job", job)) == few
    assert few <= 22


def test_the_own_page_of_jobs_asks_the_same_however_many_there_are(as_, world):
    pat, address = as_("pat_account"), reverse("desk:own_jobs")

    def one_more():
        made = JobFactory(episode=world.pat_episode)
        PlannedSupportFactory(plan=JobSupportPlanFactory(job=made))
        JobProblemFactory(job=made)

    one_more()
    asked(pat, address)
    few = asked(pat, address)
    for _ in range(4):
        one_more()
    assert asked(pat, address) == few


def test_pat_reads_how_pat_is_supported(as_, job, world):
    plan = JobSupportPlanFactory(job=job, early_signs="I stop answering.")
    PlannedSupportFactory(plan=plan, words="Monday mornings")
    JobProblemFactory(job=job, words="Getting up at four")
    shown = text(as_("pat_account").get(reverse("desk:own_jobs")))
    for said in ("I stop answering.", "Monday mornings", "Getting up at four"):
        assert said in shown
    assert "Settled" not in shown


@pytest.mark.parametrize(
    ("reader", "signs", "hard"),
    [
        pytest.param("ada", "Sleeps badly", "Getting up", id="own care"),
        pytest.param("pat_account", "Sleeps badly", "Getting up", id="own record"),
    ],
)
def test_health_and_words_are_read_by_their_class(world, job, reader, signs, hard):
    JobSupportPlanFactory(job=job, early_signs="Sleeps badly")
    JobProblemFactory(job=job, words="Getting up")
    actor = getattr(world, reader).actor
    assert queries.support_plans(actor, [job.pk])[job.pk].early_signs == signs
    assert [one.words for one in queries.problems(actor, [job.pk])] == [hard]


def test_consent_to_jobs_opens_no_health_and_no_words(world, job):
    from braid.access.policy import Information
    from tests.consents import agree

    JobSupportPlanFactory(job=job, early_signs="Sleeps badly", career_goal="Head baker")
    JobProblemFactory(job=job, words="Getting up")
    JobEndReviewFactory(job=job, person_view="Too loud")
    agree(world, world.pat, world.cora, Information.JOBS)
    cora = world.cora.actor
    plan = queries.support_plans(cora, [job.pk])[job.pk]
    assert (plan.career_goal, plan.early_signs, plan.triggers) == ("Head baker", "", "")
    assert [one.words for one in queries.problems(cora, [job.pk])] == [""]
    assert queries.end_review(cora, job).person_view == ""
