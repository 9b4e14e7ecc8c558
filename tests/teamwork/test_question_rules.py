"""What may be asked, and how fast answers came: pure."""

from datetime import date, timedelta
from statistics import median

import pytest
from hypothesis import given
from hypothesis import strategies as st

from braid.access.policy import Information
from braid.teamwork import rules
from braid.teamwork.rules import Bar

KINDS = ("work_goals", "jobs", "attendance", "benefits", "health_at_work", "treatment")
IDENTITY, JOBS = Information.IDENTITY, Information.JOBS
TREATMENT = Information.TREATMENT
BOTH = frozenset({IDENTITY, JOBS})
TODAY = date(2026, 10, 5)

VECTORS = [
    ("both read it", JOBS, BOTH, BOTH, False, False, None),
    ("restricted", JOBS, BOTH, BOTH, False, True, Bar.RESTRICTED),
    ("name unknown", JOBS, BOTH, {JOBS}, False, False, Bar.RECEIVER_NOT_KNOWING),
    ("not theirs", JOBS, BOTH, {IDENTITY}, False, False, Bar.RECEIVER_NOT_READING),
    ("not ours", JOBS, {IDENTITY}, BOTH, False, False, Bar.ASKER_NOT_READING),
    (
        "treatment at a job centre",
        TREATMENT,
        {TREATMENT},
        {IDENTITY, TREATMENT},
        False,
        False,
        Bar.TREATMENT_ELSEWHERE,
    ),
    (
        "treatment at the clinic",
        TREATMENT,
        {TREATMENT},
        {IDENTITY, TREATMENT},
        True,
        False,
        None,
    ),
]


@pytest.mark.parametrize(
    ("kind", "asker", "receiver", "is_to_clinic", "is_restricted", "expected"),
    [vector[1:] for vector in VECTORS],
    ids=[vector[0] for vector in VECTORS],
)
def test_what_bars_a_question(
    kind, asker, receiver, is_to_clinic, is_restricted, expected
):
    assert (
        rules.bar(
            kind,
            asker=asker,
            receiver=receiver,
            is_to_clinic=is_to_clinic,
            is_restricted=is_restricted,
        )
        == expected
    )


CLASSES = st.frozensets(st.sampled_from([Information(kind) for kind in KINDS]))


@given(st.sampled_from(KINDS), CLASSES, CLASSES, st.booleans(), st.booleans())
def test_nothing_is_sent_that_one_of_the_two_may_not_read(
    kind, asker, receiver, knows, is_to_clinic
):
    known = receiver | ({IDENTITY} if knows else set())
    asked = Information(kind)
    barred = rules.bar(asked, asker=asker, receiver=known, is_to_clinic=is_to_clinic)
    if barred is None:
        assert knows
        assert asked in asker & receiver
        assert is_to_clinic or asked != TREATMENT


@given(st.lists(st.integers(0, 60)), st.integers(0, 20))
def test_figures_are_those_of_the_single_answers(days, unanswered):
    counted = [(taken, days.count(taken)) for taken in set(days)]
    found = rules.responses(len(days) + unanswered, counted)
    assert found.asked == len(days) + unanswered
    assert found.answered == len(days)
    assert found.in_time == sum(taken <= 7 for taken in days)
    assert found.median_days == (median(days) if days else None)


def test_every_question_that_counts_had_its_seven_days():
    first, last = rules.window(TODAY)
    assert (first, last) == (date(2026, 7, 1), date(2026, 9, 28))
    assert last + timedelta(rules.ANSWER_DAYS) == TODAY
    assert (last - first).days + 1 == rules.FIGURE_DAYS


@pytest.mark.parametrize(
    ("due_on", "is_over"),
    [(None, False), (TODAY, False), (TODAY - timedelta(1), True)],
    ids=["no day", "today", "yesterday"],
)
def test_a_day_is_over_when_it_has_passed(due_on, is_over):
    assert rules.is_overdue(due_on, TODAY) is is_over
