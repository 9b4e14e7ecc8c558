"""Jobs beside each other and over time: overlaps, hours that add, steps forward."""

from datetime import date
from decimal import Decimal
from types import SimpleNamespace
from uuid import uuid4

import pytest

from braid.kernel.dates import Period
from braid.work import job_rules
from braid.work.job_rules import Beside, Need, Step

BAKERY, LIBRARY = uuid4(), uuid4()
SEPTEMBER = Period(date(2026, 9, 1), date(2026, 9, 30))


def job(employer=BAKERY, first="2026-09-01", last=None, hours=None):
    days = Period(date.fromisoformat(first), date.fromisoformat(last) if last else None)
    return Beside(uuid4(), employer, "", days, Decimal(hours) if hours else None)


@pytest.mark.parametrize(
    ("other", "meets"),
    [
        pytest.param(job(first="2026-09-30"), True, id="begins on the last day"),
        pytest.param(job(first="2026-10-01"), False, id="begins the day after"),
        pytest.param(job(first="2026-08-01", last="2026-08-31"), False, id="before"),
        pytest.param(job(first="2026-08-01", last="2026-09-01"), True, id="touches"),
    ],
)
def test_jobs_overlap_when_they_have_a_day_in_common(other, meets):
    assert bool(job_rules.overlapping(SEPTEMBER, [other])) is meets


def test_two_jobs_at_once_add_their_hours():
    """Practice table: 10 hours and 8 hours are 18 hours a week."""
    assert job_rules.hours_together(Decimal(10), [job(hours=8)]) == 18
    assert job_rules.hours_together(None, [job()]) is None


def test_only_the_same_employer_is_the_same():
    other = job(LIBRARY)
    assert job_rules.with_same_employer(BAKERY, [other]) is None
    assert job_rules.with_same_employer(LIBRARY, [other]) == other
    assert job_rules.with_same_employer(None, [job(None)]) is None


def test_a_job_that_turned_ordinary_began_with_its_first_segment():
    trial = job(first="2026-02-03", last="2026-05-31")
    assert job_rules.began_on(date(2026, 6, 1), BAKERY, [trial]) == date(2026, 2, 3)
    assert job_rules.began_on(date(2026, 6, 2), BAKERY, [trial]) == date(2026, 6, 2)
    assert job_rules.began_on(date(2026, 6, 1), LIBRARY, [trial]) == date(2026, 6, 1)


def terms(hours=16, pay="150", unit="hour", currency="DKK", title=""):
    return SimpleNamespace(
        weekly_hours=hours and Decimal(hours),
        pay=pay and Decimal(pay),
        pay_unit=unit,
        currency=currency,
        title=title,
        first_day=date(2026, 9, 1),
    )


@pytest.mark.parametrize(
    ("after", "found"),
    [
        pytest.param(terms(), set(), id="nothing"),
        pytest.param(terms(hours=20), {Step.MORE_HOURS}, id="more hours"),
        pytest.param(terms(hours=10), {Step.FEWER_HOURS}, id="fewer hours"),
        pytest.param(terms(pay="151"), {Step.RAISE}, id="a rise"),
        pytest.param(terms(pay="149"), set(), id="less pay is no step forward"),
        pytest.param(terms(pay="26000", unit="month"), set(), id="another unit"),
        pytest.param(terms(pay="200", currency="SEK"), set(), id="another currency"),
        pytest.param(terms(title="Baker"), {Step.NEW_TITLE}, id="promoted"),
        pytest.param(terms(hours=None, pay=None), set(), id="nothing known"),
    ],
)
def test_a_change_of_terms_says_what_it_brought(after, found):
    assert job_rules.steps(terms(), after) == found


def test_the_title_is_that_of_the_latest_terms_that_gave_one():
    promoted = terms(title="Baker")
    assert job_rules.title_now("Helper", [promoted], date(2026, 8, 31)) == "Helper"
    assert job_rules.title_now("Helper", [promoted, terms()], date(2026, 9, 1)) == (
        "Baker"
    )


@pytest.mark.parametrize(
    ("kinds", "there"),
    [
        pytest.param([], set(), id="nothing"),
        pytest.param(["contract"], {Need.CONTRACT}, id="contract"),
        pytest.param(["employer_letter"], {Need.CONTRACT}, id="a letter does too"),
        pytest.param(["register_extract"], {Need.PAYSLIP}, id="a register does too"),
        pytest.param(["self_declaration", "other"], set(), id="own words prove little"),
        pytest.param(["payslip", "contract"], set(Need), id="both"),
    ],
)
def test_the_list_of_papers_says_what_is_there(kinds, there):
    needs = job_rules.evidence_needs(kinds)
    assert {need for need, is_there in needs.items() if is_there} == there


def test_a_paper_without_days_proves_no_lasting_work():
    since, until = date(2026, 11, 2), date(2026, 12, 7)
    assert not job_rules.has_evidence_for(since, until, [(None, None)])
    assert job_rules.has_evidence_for(since, until, [(date(2026, 11, 30), None)])
    assert not job_rules.has_evidence_for(
        since, until, [(date(2026, 9, 1), date(2026, 9, 30))]
    )
