"""The pages of benefits: who sees what, in how many queries, and what they refuse."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone

from braid.access.models import AuditEntry
from braid.benefits import commands, queries
from braid.benefits.models import Benefit, Calculation, Counselling, ReportingDuty
from tests.cast import TODAY
from tests.factories.benefits import (
    BenefitFactory,
    CalculationFactory,
    CounsellingFactory,
    PayerQuestionFactory,
    ReportingDutyFactory,
)
from tests.factories.work import JobFactory, JobTermsFactory

DAY = timedelta(days=1)
LONG = "😀 <script>alert(1)</script> مرحبا " * 550  # 20 kB of what people paste


def at(name, *keys):
    return reverse(f"benefits:{name}", args=keys)


@pytest.fixture
def known(world):
    """Pat has a benefit, a question, a duty and a round with a decision."""
    CounsellingFactory(
        episode=world.pat_episode,
        offered_on=TODAY,
        done_on=TODAY,
        person_decision="markdecision",
    )
    BenefitFactory(
        episode=world.pat_episode, words="markbenefit", amount=1000, period="month"
    )
    PayerQuestionFactory(episode=world.pat_episode, question="markquestion")
    ReportingDutyFactory(episode=world.pat_episode, what="markduty")
    CalculationFactory(episode=world.pat_episode, question="markpage")


MARKS = {"markdecision", "markbenefit", "markquestion", "markduty", "markpage"}


def marks(answer):
    page = answer.content.decode()
    return {mark for mark in MARKS if mark in page}


@pytest.mark.parametrize(
    ("name", "seen"),
    [
        pytest.param("una", MARKS, id="a counsellor, all"),
        pytest.param("ada", {"markquestion"}, id="a specialist, how far and questions"),
        pytest.param("ben", {"markquestion"}, id="a supervisor, the same"),
    ],
)
def test_what_members_of_the_unit_see(as_, world, known, name, seen):
    answer = as_(name).get(at("person", world.pat.pk))
    assert (answer.status_code, marks(answer)) == (200, seen)
    assert "done" in answer.content.decode()


def test_the_person_sees_all_of_it_once_a_counsellor_confirmed(as_, world, known):
    CalculationFactory(
        episode=world.pat_episode,
        question="markpage, confirmed",
        confirmed_at=datetime(2026, 10, 5, 9, tzinfo=UTC),
    )
    answer = as_("pat_account").get(at("own"))
    assert marks(answer) == MARKS


def test_the_person_does_not_read_a_draft(as_, known):
    answer = as_("pat_account").get(at("own"))
    assert marks(answer) == MARKS - {"markpage"}


@pytest.mark.parametrize("name", ["kit", "cora", "dev", "ola", "blake"])
def test_others_get_no_page(as_, world, known, name):
    answer = as_(name).get(at("person", world.pat.pk))
    assert answer.status_code in (403, 404)
    assert marks(answer) == set()


def test_the_counsellors_home_names_who_waits_and_why(as_, world, una):
    job = JobFactory(
        episode=world.pat_episode, title="Barista", first_day=TODAY + 7 * DAY
    )
    commands.make_due(una, world.pat_episode.pk, "start", job.pk, job.first_day)
    CounsellingFactory(
        episode=world.quinn_episode,
        done_on=TODAY - 80 * DAY,
        next_review_on=TODAY + 3 * DAY,
    )
    page = as_("una").get("/", follow=True).content.decode()
    assert "Pat Lund" in page
    assert "Barista" in page
    assert "To look at again" in page
    assert "Quinn Bruun" in page
    entry = AuditEntry.objects.get(action="benefits_home_opened")
    assert (entry.count, entry.information) == (2, "benefits,identity")


def test_every_reading_of_benefits_is_written_down(as_, world, asked, known):
    page = asked()
    as_("una").get(at("scenario", page.pk))
    as_("ada").get(at("person", world.pat.pk))
    read = AuditEntry.objects.filter(
        applicant_key=world.pat.pk, information__contains="benefits"
    )
    assert set(read.values_list("action", flat=True)) >= {
        "scenarios_opened",
        "benefits_opened",
    }


@pytest.mark.parametrize("more", [0, 6], ids=["little known", "much known"])
@pytest.mark.parametrize(
    ("name", "page", "number"),
    [
        pytest.param("una", "home", 13, id="the counsellor's home"),
        pytest.param("una", "person", 20, id="a person's benefits"),
        pytest.param("pat_account", "own", 22, id="the own page"),
    ],
)
def test_a_page_takes_a_constant_number_of_queries(
    as_, world, known, django_assert_max_num_queries, name, page, number, more
):
    for _ in range(more):
        BenefitFactory(episode=world.pat_episode)
        PayerQuestionFactory(episode=world.pat_episode)
        CalculationFactory(episode=world.pat_episode)
        CounsellingFactory(episode=world.quinn_episode, offered_on=TODAY)
    client = as_(name)
    address = at(page, world.pat.pk) if page == "person" else at(page)
    client.get(address)
    with django_assert_max_num_queries(number):
        assert client.get(address).status_code == 200


def form(**more):
    given = {
        "question": "What happens if I take the café job?",
        "pay": "12.00",
        "pay_unit": "hour",
        "hours_offered": "16",
        "weeks_per_year": "52",
        "start_on": "2026-10-19",
        "today_hours": "0",
        "partner": "no",
        "rules": "xx-test",
    }
    return given | more


def test_the_form_is_filled_in_from_the_job_and_the_benefits(as_, world):
    job = JobFactory(
        episode=world.pat_episode, title="Barista", first_day=date(2026, 10, 19)
    )
    JobTermsFactory(
        job=job,
        first_day=job.first_day,
        weekly_hours=Decimal("16"),
        pay=Decimal("148.50"),
        pay_unit="hour",
        currency="DKK",
    )
    held = BenefitFactory(episode=world.pat_episode, amount=1000, period="month")
    found = as_("una").get(at("scenario_new", world.pat.pk)).context["form"].initial
    assert "Barista" in found["question"]
    assert (found["pay"], found["hours_offered"], found["start_on"]) == (
        Decimal("148.50"),
        Decimal("16"),
        job.first_day,
    )
    assert found["benefits"] == [str(held.pk)]


def test_a_question_becomes_a_page(as_, world, django_capture_on_commit_callbacks):
    BenefitFactory(episode=world.pat_episode, amount=1000, period="month")
    with django_capture_on_commit_callbacks(execute=True):
        answer = as_("una").post(at("scenario_new", world.pat.pk), form())
    made = Calculation.objects.system("a test").get()
    assert answer["Location"] == at("scenario", made.pk)
    page = as_("una").get(at("scenario", made.pk)).content.decode()
    for words in (
        "draft, not confirmed",
        "What happens if I take the café job?",
        "1,633",
        "less than before",
        "Between about 19 and 26 hours",
        "invented country",
        "xx-test 1",
    ):
        assert words in page, words


@pytest.mark.parametrize(
    ("sent", "told"),
    [
        pytest.param({"hours_offered": "160"}, "hours a month", id="hours of a month"),
        pytest.param(
            {"pay_unit": "month", "hours_offered": "0"},
            "needs the hours",
            id="pay of a month without hours",
        ),
        pytest.param(
            {"today_hours": "8"}, "their pay is needed", id="hours today without pay"
        ),
        pytest.param({"pay": ""}, "required", id="no pay"),
        pytest.param({"pay_unit": "fortnight"}, "valid choice", id="an unknown unit"),
    ],
)
def test_bad_input_is_told_and_nothing_is_lost(as_, world, sent, told):
    answer = as_("una").post(at("scenario_new", world.pat.pk), form(**sent))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert told in page
    assert "What happens if I take the café job?" in page
    assert not Calculation.objects.system("a test").exists()


@pytest.mark.parametrize(
    ("sent", "told"),
    [
        pytest.param({"period": ""}, "needs its period", id="an amount without period"),
        pytest.param(
            {"verified": "letter"}, "when it was checked", id="verified on no day"
        ),
        pytest.param(
            {"first_day": "2026-10-02", "last_day": "2026-10-01"},
            "before the first",
            id="ends before it begins",
        ),
        pytest.param(
            {"benefit": "", "words": ""}, "which benefit", id="no benefit named"
        ),
    ],
)
def test_a_benefit_that_cannot_be_is_told(as_, world, sent, told):
    given = {
        "row_version": 1,
        "member": "applicant",
        "benefit": "support",
        "amount": "1000",
        "period": "month",
        "verified": "told",
    }
    answer = as_("una").post(at("benefit_new", world.pat.pk), given | sent)
    assert answer.status_code == 422
    assert told in answer.content.decode()


def test_what_the_person_says_of_a_benefit_is_told_not_verified(as_, world):
    given = {
        "row_version": 1,
        "member": "applicant",
        "benefit": "support",
        "amount": "1000",
        "period": "month",
        "verified": "letter",
        "verified_on": "2026-10-01",
    }
    as_("pat_account").post(at("benefit_new", world.pat.pk), given)
    row = Benefit.objects.system("a test").get()
    assert (row.verified, row.verified_on) == ("told", None)
    page = as_("una").get(at("person", world.pat.pk)).content.decode()
    assert "assumed, not yet checked" in page


def test_a_benefit_turns_green_when_it_is_verified_and_a_stale_form_is_told(as_, world):
    row = BenefitFactory(episode=world.pat_episode, amount=1000, period="month")
    given = {
        "row_version": row.row_version,
        "member": "applicant",
        "benefit": "support",
        "amount": "1010",
        "period": "month",
        "verified": "letter",
        "verified_on": "2026-10-01",
    }
    una = as_("una")
    assert una.post(at("benefit", row.pk), given).status_code == 302
    page = una.get(at("person", world.pat.pk)).content.decode()
    assert "letter seen" in page
    assert "assumed, not yet checked" not in page
    stale = una.post(at("benefit", row.pk), given | {"amount": "900"})
    assert stale.status_code == 422
    assert "Somebody changed this while you were typing" in stale.content.decode()


def test_a_duty_is_ticked_off_and_taken_back(as_, world):
    una = as_("una")
    sent = {"who": "I", "to_whom": "the office", "what": "my pay"}
    una.post(at("duty_new", world.pat.pk), sent)
    row = ReportingDuty.objects.system("a test").get()
    as_("pat_account").post(at("duty_done", row.pk))
    row = ReportingDuty.objects.system("a test").get()
    assert row.done_on == TODAY
    una.post(at("duty_done", row.pk), {"undo": "1"})
    assert ReportingDuty.objects.system("a test").get().done_on is None


def test_a_payers_answer_is_kept_with_who_gave_it(as_, world):
    row = PayerQuestionFactory(episode=world.pat_episode, asked_on=TODAY)
    sent = {
        "row_version": row.row_version,
        "answer": "Not before March.",
        "answered_by": "Mr Holt",
        "answered_on": "2026-10-04",
    }
    ada = as_("ada")
    early = ada.post(at("question_answer", row.pk), sent)
    assert "before the question" in early.content.decode()
    ada.post(at("question_answer", row.pk), sent | {"answered_on": "2026-10-05"})
    page = ada.get(at("person", world.pat.pk)).content.decode()
    assert "Not before March." in page
    assert "Mr Holt" in page


def test_pasted_text_is_shown_as_text(as_, world):
    as_("ada").post(at("question_new", world.pat.pk), {"question": LONG[:19999]})
    page = as_("ada").get(at("person", world.pat.pk)).content.decode()
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert" in page
    assert "مرحبا" in page


def test_printing_is_refused_with_every_reason_until_it_may_be(as_, una, asked):
    page = asked()
    client = as_("una")
    refused = client.get(at("scenario_print", page.pk), follow=True)
    words = refused.content.decode()
    assert "A counsellor has not confirmed it yet." in words
    assert "duties to report have not been talked through" in words
    client.post(at("duties_told", page.pk))
    version = queries.calculation(una, page.pk).row_version
    client.post(at("confirm", page.pk), {"row_version": version})
    sheet = client.get(at("scenario_print", page.pk))
    assert sheet.status_code == 200
    assert "Confirmed by Una Counsellor" in sheet.content.decode()
    file = client.get(at("scenario_pdf", page.pk))
    assert file["Content-Type"] == "application/pdf"
    assert file.content.startswith(b"%PDF")


def test_the_person_shows_a_page_and_hides_it_again(as_, world, una, asked):
    page = asked()
    commands.confirm(
        actor=una,
        calculation=page,
        row_version=page.row_version,
        now=timezone.now(),
    )
    pat, ada = as_("pat_account"), as_("ada")
    assert ada.get(at("scenario", page.pk)).status_code == 404
    pat.post(at("shown", page.pk), {"shown": "yes"})
    assert ada.get(at("scenario", page.pk)).status_code == 200
    pat.post(at("shown", page.pk), {"shown": "no"})
    assert ada.get(at("scenario", page.pk)).status_code == 404


def test_a_recalled_page_says_so_and_its_person_waits(as_, una, asked):
    page = asked()
    client = as_("una")
    client.post(at("recall"), {"edition": "xx-test@1", "words": "The limit was wrong."})
    words = client.get(at("scenario", page.pk)).content.decode()
    assert "Recalled" in words
    assert "The limit was wrong." in words
    assert "Pat Lund" in client.get(at("home")).content.decode()


def test_counselling_is_offered_with_one_tap_and_answered_by_the_person(as_, world):
    as_("ada").post(at("offer", world.pat.pk))
    row = Counselling.objects.system("a test").get()
    own = as_("pat_account")
    assert "Would you like to talk" in own.get(at("own")).content.decode()
    own.post(
        at("answer", row.pk), {"answer": "accepted", "row_version": row.row_version}
    )
    row = Counselling.objects.system("a test").get()
    assert (row.answer, row.answered_on) == ("accepted", TODAY)
    page = as_("una").get(at("home")).content.decode()
    assert "Pat Lund" in page


@pytest.mark.parametrize("name", ["offer", "confirm", "shown", "discard"])
def test_acts_are_posted(as_, world, asked, name):
    key = world.pat.pk if name == "offer" else asked().pk
    assert as_("una").get(at(name, key)).status_code == 405


def test_a_page_that_is_being_worked_out_says_so(as_, world):
    page = CalculationFactory(episode=world.pat_episode)
    words = as_("una").get(at("scenario", page.pk)).content.decode()
    assert "It is being worked out." in words
    answer = as_("una").get(at("scenario_progress", page.pk))
    assert "HX-Refresh" not in answer
    Calculation.objects.filter(pk=page.pk).system("a test").update(state="failed")
    answer = as_("una").get(at("scenario_progress", page.pk))
    assert answer["HX-Refresh"] == "true"
    words = as_("una").get(at("scenario", page.pk)).content.decode()
    assert "It could not be worked out" in words
