"""Who pays what, and where two would pay for the same: stories and laws."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from braid.funding.ledger.rules import (
    Entry,
    Settled,
    Span,
    Terms,
    barred,
    conflicts,
)

DAY = date(2026, 3, 2)
TERMS = {
    "grant": Terms(
        contract="grant", kind="cost_grant", exclusive_with=frozenset({"ipes"})
    ),
    "ipes": Terms(contract="ipes"),
    "county": Terms(contract="county", complementary_with=frozenset({"bonus"})),
    "bonus": Terms(contract="bonus", complementary_with=frozenset({"county"})),
    "halfway": Terms(contract="halfway", complementary_with=frozenset({"ipes"})),
    "ticket": Terms(contract="ticket"),
    "state": Terms(contract="state"),
}


def outcome(key: str, contract: str, **other) -> Entry:
    """Return a job start that is paid for by a contract."""
    return Entry(
        **{
            "key": key,
            "what": "outcome",
            "natures": frozenset({"job_start"}),
            "event": "job-1",
            "person": "P",
            "case": "C",
            "day": DAY,
            "payer": contract,
            "contract": contract,
            "amount": Decimal("100.00"),
            "currency": "EUR",
        }
        | other
    )


def contact(key: str, contract: str, **other) -> Entry:
    """Return a contact that is paid for by a contract."""
    told = {"what": "activity", "natures": frozenset({"contact"}), "event": "contact-1"}
    return outcome(key, contract, **told | other)


def span(contract: str, first: date, last: date | None = None, **other) -> Span:
    return Span(
        **{
            "contract": contract,
            "payer": contract,
            "person": "P",
            "case": "C",
            "first_day": first,
            "last_day": last,
        }
        | other
    )


def told(entries, spans=()):
    """Return the rule and the lines of each conflict."""
    return [(one.rule, one.entries) for one in conflicts(entries, spans, TERMS)]


PAIRS = [
    pytest.param(
        [contact("a", "county"), contact("b", "ipes")],
        [("D1", ("a", "b"))],
        id="one contact, two payers",
    ),
    pytest.param(
        [contact("a", "county"), contact("b", "county", payer="other")],
        [("D1", ("a", "b"))],
        id="one contact, two payers of one contract",
    ),
    pytest.param(
        [contact("a", "county"), contact("b", "ipes", event="contact-2")],
        [],
        id="two contacts",
    ),
    pytest.param(
        [outcome("a", "county"), outcome("b", "ipes")],
        [("D2", ("a", "b"))],
        id="one job start, two contracts",
    ),
    pytest.param(
        [outcome("a", "county"), outcome("b", "bonus")],
        [],
        id="both files name each other",
    ),
    pytest.param(
        [outcome("a", "halfway"), outcome("b", "ipes")],
        [("D2", ("a", "b"))],
        id="one file alone names the other",
    ),
    pytest.param(
        [outcome("a", "county"), outcome("b", "ipes", person="Q")],
        [],
        id="two people",
    ),
    pytest.param(
        [
            outcome("a", "county"),
            outcome("b", "ipes", event="job-2", day=DAY + timedelta(days=60)),
        ],
        [],
        id="another job later",
    ),
    pytest.param(
        [outcome("a", "county"), outcome("b", "ipes", event="")],
        [("D2", ("a", "b"))],
        id="the same day, the row not known",
    ),
    pytest.param(
        [
            outcome("a", "county", natures=frozenset({"sustained:13"})),
            outcome("b", "ipes", natures=frozenset({"sustained:26"})),
        ],
        [],
        id="thirteen weeks and half a year",
    ),
    pytest.param(
        [outcome("a", "grant"), outcome("b", "county")],
        [("D3", ("a", "b"))],
        id="a grant and a tariff for one outcome",
    ),
    pytest.param(
        [contact("a", "grant"), contact("b", "county")],
        [("D3", ("a", "b"))],
        id="a grant and a tariff for one contact",
    ),
    pytest.param(
        [
            outcome("a", "state"),
            outcome(
                "b",
                "ticket",
                natures=frozenset({"earnings:4"}),
                day=DAY + timedelta(days=400),
                is_for_new_work=True,
            ),
        ],
        [("D5", ("a", "b"))],
        id="a placement that another programme paid",
    ),
    pytest.param(
        [
            outcome("a", "state", day=DAY + timedelta(days=400)),
            outcome(
                "b", "ticket", natures=frozenset({"earnings:4"}), is_for_new_work=True
            ),
        ],
        [],
        id="placed after the milestone",
    ),
    pytest.param(
        [contact("a", "county", paid_elsewhere="WIPA")],
        [("D6", ("a",))],
        id="counselling that is paid elsewhere",
    ),
]


@pytest.mark.parametrize(("entries", "expected"), PAIRS)
def test_where_two_would_pay(entries, expected):
    assert told(entries) == expected


def test_contracts_that_exclude_one_another_meet_on_the_same_days():
    spans = [span("grant", date(2026, 1, 1), DAY), span("ipes", DAY)]
    before = DAY - timedelta(days=9)
    lines = [
        outcome("a", "ipes"),
        outcome("b", "county", event="job-9", day=before),
        outcome("c", "grant", event="job-8", day=before - timedelta(days=1)),
    ]
    assert told(lines, spans) == [("D4", ("a",))]


def test_each_line_of_the_one_stands_against_each_of_the_other():
    spans = [span("grant", date(2026, 1, 1)), span("ipes", date(2026, 1, 1))]
    lines = [
        outcome("a", "ipes"),
        outcome("b", "grant", event="job-7", day=DAY + timedelta(days=9)),
        outcome("c", "grant", event="job-8", day=DAY + timedelta(days=99)),
    ]
    assert told(lines, spans) == [("D4", ("a", "b")), ("D4", ("a", "c"))]


def test_nothing_claimed_yet_is_a_warning_without_lines():
    spans = [span("grant", date(2026, 1, 1)), span("ipes", date(2026, 1, 1))]
    assert told([], spans) == [("D4", ())]
    assert barred(conflicts([], spans, TERMS), []) == {}


def test_contracts_that_exclude_one_another_may_follow_each_other():
    spans = [
        span("grant", date(2026, 1, 1), date(2026, 6, 29)),
        span("ipes", date(2026, 6, 30)),
    ]
    assert told([], spans) == []


def test_contracts_that_exclude_one_another_hold_for_one_person_only():
    spans = [
        span("grant", date(2026, 1, 1)),
        span("ipes", date(2026, 1, 1), person="Q"),
    ]
    assert told([], spans) == []


def test_a_contact_on_a_day_that_a_grant_carries_is_not_charged():
    spans = [span("grant", date(2026, 1, 1), DAY)]
    on_it = contact("a", "county")
    after = contact("b", "county", event="contact-2", day=DAY + timedelta(days=1))
    assert told([on_it, after], spans) == [("D3", ("a",))]


# What a steward decides.


def test_both_lines_wait_until_a_steward_decides():
    found = conflicts([outcome("a", "county"), outcome("b", "ipes")], [], TERMS)
    assert barred(found, []) == {"a": ("D2",), "b": ("D2",)}
    decided = Settled(rule="D2", entries=frozenset({"a", "b"}), pays="b")
    assert barred(found, [decided]) == {"a": ("D2",)}


def test_a_decision_on_two_lines_says_nothing_of_a_third():
    lines = [outcome("a", "county"), outcome("b", "ipes"), outcome("c", "state")]
    found = conflicts(lines, [], TERMS)
    decided = Settled(rule="D2", entries=frozenset({"a", "b"}), pays="a")
    assert barred(found, [decided]) == {"a": ("D2",), "b": ("D2",), "c": ("D2",)}


def test_the_last_decision_holds():
    found = conflicts([outcome("a", "county"), outcome("b", "ipes")], [], TERMS)
    both = frozenset({"a", "b"})
    made = [Settled(rule="D2", entries=both, pays=one) for one in ("a", None)]
    assert set(barred(found, made)) == {"a", "b"}


# Laws.

JAN = date(2026, 1, 1)

SPANS = st.lists(
    st.builds(
        lambda contract, first, days: span(
            contract,
            JAN + timedelta(days=first),
            None if days is None else JAN + timedelta(days=first + days),
        ),
        st.sampled_from(sorted(TERMS)),
        st.integers(-30, 400),
        st.none() | st.integers(0, 200),
    ),
    max_size=6,
)
_lines = st.lists(
    st.builds(
        lambda n, contract, what, day, event: (outcome if what else contact)(
            f"k{n}", contract, event=event, day=JAN + timedelta(days=day)
        ),
        st.integers(0, 9),
        st.sampled_from(sorted(TERMS)),
        st.booleans(),
        st.integers(0, 3),
        st.sampled_from(["", "job-1", "job-2"]),
    ),
    max_size=6,
    unique_by=lambda each: each.key,
)


@given(_lines, SPANS, st.randoms())
def test_the_order_of_entry_never_matters(lines, spans, random):
    found = conflicts(lines, spans, TERMS)
    random.shuffle(lines)
    random.shuffle(spans)
    assert conflicts(lines, spans, TERMS) == found


@given(_lines, SPANS, st.integers(0, 5))
def test_taking_a_line_away_never_makes_a_conflict(lines, spans, at):
    every = {
        (one.rule, key) for one in conflicts(lines, spans, TERMS) for key in one.entries
    }
    fewer = lines[:at] + lines[at + 1 :]
    left = {
        (one.rule, key) for one in conflicts(fewer, spans, TERMS) for key in one.entries
    }
    assert left <= every


@given(_lines, SPANS)
def test_nobody_pays_for_what_meets_a_rule_before_a_decision(lines, spans):
    found = conflicts(lines, spans, TERMS)
    met = {key for one in found for key in one.entries}
    assert set(barred(found, [])) == met
