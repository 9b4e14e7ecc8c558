"""When the next meeting is due, and what fidelity evidence meetings yield."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from braid.kernel.dates import add_months
from braid.method import gatherings
from braid.method.clocks import ClockLimit
from braid.method.gatherings import Sitting
from braid.teamwork.choices import MeetingKind

TODAY = date(2026, 10, 5)  # a Monday
WEEKLY = ClockLimit("unit_meeting", 7, "day", 1, "supervisor", "C16")
QUARTERLY = ClockLimit("steering_group", 3, "month", 14, "supervisor", "C18")


@pytest.mark.parametrize(
    ("limit", "last_on", "agreed_on", "due_on", "state"),
    [
        pytest.param(WEEKLY, date(2026, 9, 28), None, TODAY, "due", id="a week ago"),
        pytest.param(
            WEEKLY, date(2026, 9, 27), None, date(2026, 10, 4), "overdue", id="late"
        ),
        pytest.param(
            WEEKLY, date(2026, 9, 29), None, date(2026, 10, 6), "soon", id="tomorrow"
        ),
        pytest.param(WEEKLY, TODAY, None, date(2026, 10, 12), "ok", id="held today"),
        pytest.param(WEEKLY, None, None, None, "due", id="never held"),
        pytest.param(
            QUARTERLY,
            date(2026, 6, 30),
            None,
            date(2026, 9, 30),
            "overdue",
            id="a quarter is three months, whatever their days",
        ),
        pytest.param(
            QUARTERLY,
            date(2026, 9, 1),
            date(2026, 10, 9),
            date(2026, 10, 9),
            "soon",
            id="what was agreed goes before the limit",
        ),
        pytest.param(
            QUARTERLY,
            date(2026, 9, 1),
            date(2026, 8, 20),
            date(2026, 12, 1),
            "ok",
            id="a day agreed before the last meeting is over",
        ),
    ],
)
def test_due(limit, last_on, agreed_on, due_on, state):
    found = gatherings.due(limit, last_on, agreed_on)
    assert (found.due_on, found.state(TODAY)) == (due_on, state)
    assert found.source == limit.source


@pytest.mark.parametrize(
    ("since", "clock"),
    [
        pytest.param(date(2026, 4, 6), "field_mentoring_new", id="within six months"),
        pytest.param(date(2026, 4, 5), "field_mentoring", id="six months to the day"),
        pytest.param(None, "field_mentoring", id="since when is not known"),
    ],
)
def test_mentoring_is_monthly_for_somebody_new(since, clock):
    assert gatherings.mentoring_clock(since, TODAY) == clock


def test_every_kind_of_meeting_has_a_clock():
    assert set(gatherings.CLOCKS) == set(MeetingKind.values)


def group(day, specialists=2, leader=True):
    return Sitting(day, specialists=specialists, leader=leader)


@pytest.mark.parametrize(
    ("sittings", "held"),
    [
        pytest.param([], 0, id="none"),
        pytest.param(
            [group(TODAY - timedelta(weeks=n)) for n in range(4)], 4, id="each week"
        ),
        pytest.param(
            [group(TODAY), group(TODAY - timedelta(1))], 1, id="two in one week"
        ),
        pytest.param([group(TODAY, leader=False)], 0, id="without the leader"),
        pytest.param([group(TODAY, specialists=1)], 0, id="one specialist is no group"),
        pytest.param([group(TODAY - timedelta(days=27))], 1, id="the first day of all"),
        pytest.param([group(TODAY - timedelta(days=28))], 0, id="before the window"),
        pytest.param([group(TODAY + timedelta(days=1))], 0, id="planned for tomorrow"),
    ],
)
def test_unit_meetings_of_the_last_four_weeks(sittings, held):
    found = gatherings.evidence(gatherings.VOCATIONAL_UNIT, sittings, TODAY)
    assert (found.item, found.held, found.wanted) == ("7", held, 4)
    assert (found.first_day, found.last_day) == (date(2026, 9, 8), TODAY)


@pytest.mark.parametrize(
    ("kind", "sitting", "counts"),
    [
        ("steering", Sitting(TODAY, executive=True), True),
        ("steering", Sitting(TODAY, specialists=3, leader=True), False),
        ("job_centre", Sitting(TODAY, in_person=True), True),
        ("job_centre", Sitting(TODAY), False),
        ("supervision", Sitting(TODAY), True),
        ("field_mentoring", Sitting(TODAY), True),
        ("outcome_review", Sitting(TODAY), True),
    ],
)
def test_what_counts_of_each_kind(kind, sitting, counts):
    found = gatherings.evidence(kind, [sitting], TODAY)
    assert found.held == int(counts)
    assert found.counted == ((TODAY,) if counts else ())
    assert found.left_out == (() if counts else (TODAY,))


def test_of_the_practitioners_meeting_no_item_counts_anything():
    assert gatherings.evidence("practitioners", [Sitting(TODAY)], TODAY) is None


DAYS = st.dates(add_months(TODAY, -18), add_months(TODAY, 1))
SITTINGS = st.lists(
    st.builds(
        Sitting,
        DAYS,
        st.integers(0, 4),
        st.booleans(),
        st.booleans(),
        st.booleans(),
    ),
    max_size=30,
)


@given(kind=st.sampled_from(sorted(gatherings.RULES)), sittings=SITTINGS, more=SITTINGS)
def test_one_more_meeting_never_takes_evidence_away(kind, sittings, more):
    before = gatherings.evidence(kind, sittings, TODAY)
    after = gatherings.evidence(kind, [*more, *sittings], TODAY)
    assert before.held <= after.held <= after.wanted
    assert set(before.counted) <= set(after.counted)


@given(kind=st.sampled_from(sorted(gatherings.RULES)), sittings=SITTINGS)
def test_the_order_of_entry_does_not_matter(kind, sittings):
    assert gatherings.evidence(kind, sittings, TODAY) == gatherings.evidence(
        kind, sittings[::-1], TODAY
    )
