"""What an agreement means on a day: the vectors of the rules, and their properties."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from braid.access import consent_rules
from braid.access.consent_rules import Agreement, Entry, Kind, Span
from braid.access.policy import Information, Purpose

CENTRE, CLINIC = UUID(int=1), UUID(int=2)
JOBS, BENEFITS = Information.JOBS, Information.BENEFITS
BOTH = frozenset({JOBS, BENEFITS})
BEGIN = datetime(2025, 11, 1, tzinfo=UTC)
LATER = datetime(2030, 1, 1, tzinfo=UTC)
SUPPORT = Purpose.JOB_SEARCH_SUPPORT


def day(text: str) -> date:
    """Return a day: `02-01` of 2026, or a whole one."""
    return date.fromisoformat(text if len(text) > 5 else f"2026-{text}")


def step(kind: Kind, classes=(), first="01-01", last="12-31", **values) -> Entry:
    made = Entry(
        number=0,
        recorded_at=BEGIN,
        kind=kind,
        purpose=SUPPORT,
        receiver=CENTRE,
        information=frozenset(classes),
        first_day=day(first),
        last_day=day(last),
    )
    return replace(made, **values)


def ledger(*steps: Entry) -> list[Entry]:
    """Return the steps as numbered entries, each recorded a day after the one before."""
    return [
        replace(one, number=n, recorded_at=BEGIN + timedelta(days=n))
        for n, one in enumerate(steps, start=1)
    ]


def given_(*classes, first="01-01", last="12-31") -> Entry:
    return step(Kind.GIVEN, classes, first, last)


def extended(*classes, first, last) -> Entry:
    return step(Kind.EXTENDED, classes, first, last)


def narrowed(*classes, last="12-31") -> Entry:
    return step(Kind.NARROWED, classes, "01-01", last)


WITHDRAWN = step(Kind.WITHDRAWN)


def holds(entries, on: str, known_at=LATER, purpose=SUPPORT, receiver=CENTRE):
    return consent_rules.in_force(
        entries, purpose=purpose, receiver=receiver, on=day(on), known_at=known_at
    )


YEAR = given_(JOBS, BENEFITS)
VECTORS = {
    "no entries": ((), {"02-01": ()}),
    "given for the year": (
        (YEAR,),
        {
            "2025-12-31": (),
            "01-01": BOTH,
            "02-01": BOTH,
            "12-31": BOTH,
            "2027-01-01": (),
        },
    ),
    "narrowed to one class": ((YEAR, narrowed(JOBS)), {"02-01": {JOBS}}),
    "withdrawn": ((YEAR, WITHDRAWN), {"02-01": ()}),
    "narrowed without anything given": ((narrowed(JOBS),), {"02-01": ()}),
    "given again after a withdrawal": (
        (YEAR, WITHDRAWN, given_(JOBS)),
        {"02-01": {JOBS}},
    ),
    "a later one replaces the earlier": (
        (given_(JOBS), given_(BENEFITS)),
        {"02-01": {BENEFITS}},
    ),
    "a later one waits for its first day": (
        (given_(JOBS), given_(BENEFITS, first="07-01", last="2027-06-30")),
        {"06-30": {JOBS}, "07-01": {BENEFITS}},
    ),
    "a shorter one ends for both": (
        (given_(JOBS), given_(BENEFITS, first="04-01", last="05-31")),
        {"03-31": {JOBS}, "05-01": {BENEFITS}, "06-01": ()},
    ),
    "extended without a gap": (
        (YEAR, extended(*BOTH, first="2027-01-01", last="2027-06-30")),
        {"2027-02-01": BOTH, "2027-06-30": BOTH, "2027-07-01": ()},
    ),
    "extended after a gap of a day": (
        (YEAR, extended(*BOTH, first="2027-01-02", last="2027-06-30")),
        {"2027-01-02": ()},
    ),
    "extending adds no class": (
        (given_(JOBS), extended(*BOTH, first="2027-01-01", last="2027-06-30")),
        {"2027-02-01": {JOBS}},
    ),
    "extending never shortens": (
        (YEAR, extended(*BOTH, first="06-01", last="06-30")),
        {"12-31": BOTH},
    ),
    "extended without anything given": (
        (extended(JOBS, first="01-01", last="12-31"),),
        {"02-01": ()},
    ),
    "extending revives nothing withdrawn": (
        (YEAR, WITHDRAWN, extended(JOBS, first="01-01", last="12-31")),
        {"02-01": ()},
    ),
    "withdrawn before it began": (
        (given_(JOBS, first="07-01"), WITHDRAWN),
        {"08-01": ()},
    ),
    "narrowed whatever has yet to begin": (
        (YEAR, given_(*BOTH, first="07-01"), narrowed(JOBS)),
        {"02-01": {JOBS}, "08-01": {JOBS}},
    ),
    "narrowed to an earlier last day": (
        (YEAR, narrowed(*BOTH, last="03-31")),
        {"03-31": BOTH, "04-01": ()},
    ),
    "narrowing never lengthens": (
        (given_(JOBS, last="03-31"), narrowed(JOBS, last="12-31")),
        {"03-31": {JOBS}, "04-01": ()},
    ),
    "extended after a gap between two": (
        (
            given_(JOBS, last="06-30"),
            given_(JOBS, first="09-01"),
            extended(JOBS, first="2027-01-01", last="2027-03-31"),
        ),
        {"07-15": (), "2027-03-31": {JOBS}},
    ),
}


@pytest.mark.parametrize(("steps", "expected"), VECTORS.values(), ids=VECTORS)
def test_in_force_on_a_day(steps, expected) -> None:
    entries = ledger(*steps)

    for on, classes in expected.items():
        assert holds(entries, on) == frozenset(classes), on
        assert holds(reversed(entries), on) == frozenset(classes), "in any order"


def test_in_force_is_judged_by_what_was_known() -> None:
    entries = ledger(YEAR, WITHDRAWN)

    assert holds(entries, "02-01", known_at=entries[0].recorded_at) == BOTH
    assert holds(entries, "02-01", known_at=entries[1].recorded_at) == frozenset()


def test_an_extension_counts_from_when_it_was_recorded() -> None:
    entries = ledger(YEAR, extended(*BOTH, first="2027-01-01", last="2027-06-30"))

    assert holds(entries, "2027-02-01", known_at=entries[0].recorded_at) == frozenset()


@pytest.mark.parametrize(
    "other",
    [{"receiver": CLINIC}, {"purpose": Purpose.BENEFIT_DECISION}],
    ids=["another receiver", "another purpose"],
)
def test_in_force_is_for_one_purpose_and_receiver(other) -> None:
    assert holds(ledger(YEAR), "02-01", **other) == frozenset()


def test_an_agreement_names_the_entry_that_gave_it() -> None:
    entries = ledger(
        YEAR, given_(JOBS, first="07-01"), narrowed(JOBS, last="11-30"), given_(JOBS)
    )

    found = consent_rules.agreement(
        entries[:3], purpose=SUPPORT, receiver=CENTRE, on=day("08-01"), known_at=LATER
    )

    assert found == Agreement(frozenset({JOBS}), day("11-30"), 2)


def test_spans_go_on_through_an_extension_and_break_at_a_new_agreement() -> None:
    entries = ledger(
        given_(JOBS, last="06-30"),
        extended(JOBS, first="07-01", last="12-31"),
        given_(JOBS, BENEFITS, first="10-01"),
        narrowed(JOBS, BENEFITS, last="11-30"),
    )

    found = consent_rules.spans(
        entries, purpose=SUPPORT, receiver=CENTRE, known_at=LATER
    )

    assert found == [
        Span(BENEFITS, day("10-01"), day("11-30"), 3),
        Span(JOBS, day("01-01"), day("09-30"), 1),
        Span(JOBS, day("10-01"), day("11-30"), 3),
    ]


# Properties, over ledgers of up to eight steps in a short year.

DAYS = st.integers(0, 40).map(lambda n: day("01-01") + timedelta(days=n))
CLASSES = st.frozensets(
    st.sampled_from([JOBS, BENEFITS, Information.ATTENDANCE]), max_size=3
)


@st.composite
def steps(draw, kinds=tuple(Kind), **values) -> Entry:
    first, last = sorted((draw(DAYS), draw(DAYS)))
    return step(
        draw(st.sampled_from(kinds)),
        draw(CLASSES),
        first.isoformat(),
        last.isoformat(),
        **values,
    )


LEDGERS = st.lists(
    steps() | steps(receiver=CLINIC) | steps(purpose=Purpose.BENEFIT_DECISION),
    max_size=8,
).map(lambda made: ledger(*made))


def on_every_day(entries, known_at=LATER):
    days = (day("2025-12-30") + timedelta(days=n) for n in range(50))
    return {one: holds(entries, one.isoformat(), known_at) for one in days}


@given(LEDGERS, st.randoms())
def test_the_order_of_the_list_is_irrelevant(entries, random) -> None:
    mixed = random.sample(entries, len(entries))

    assert on_every_day(mixed) == on_every_day(entries)


@given(LEDGERS)
def test_spans_are_in_force_day_by_day(entries) -> None:
    found = consent_rules.spans(
        entries, purpose=SUPPORT, receiver=CENTRE, known_at=LATER
    )

    for on, classes in on_every_day(entries).items():
        told = [s for s in found if s.first_day <= on <= s.last_day]
        assert {span.information for span in told} == classes
        assert len(told) == len(classes), "no class twice on a day"


@given(LEDGERS)
def test_spans_name_a_given_entry(entries) -> None:
    for span in consent_rules.spans(
        entries, purpose=SUPPORT, receiver=CENTRE, known_at=LATER
    ):
        given_one = entries[span.number - 1]
        assert given_one.kind == Kind.GIVEN
        assert span.information in given_one.information
        assert given_one.first_day <= span.first_day


@given(LEDGERS, steps(kinds=(Kind.NARROWED,)))
def test_narrowing_never_adds(entries, narrowing) -> None:
    before, after = on_every_day(entries), on_every_day(ledger(*entries, narrowing))

    assert all(after[one] <= before[one] for one in before)
    assert all(after[one] <= narrowing.information for one in before)


@given(LEDGERS, steps(kinds=(Kind.EXTENDED,)))
def test_extending_takes_nothing_away_and_adds_no_class(entries, extension) -> None:
    before, after = on_every_day(entries), on_every_day(ledger(*entries, extension))
    named = {c for one in entries if one.kind == Kind.GIVEN for c in one.information}

    assert all(after[one] >= before[one] for one in before)
    assert all(after[one] <= named for one in before)


@given(LEDGERS, steps(kinds=(Kind.GIVEN,)))
def test_a_later_agreement_changes_no_day_before_its_first(entries, later) -> None:
    before, after = on_every_day(entries), on_every_day(ledger(*entries, later))

    for one in before:
        if one < later.first_day:
            assert after[one] == before[one]
        elif one <= later.last_day:
            assert after[one] == later.information


@given(LEDGERS, st.lists(steps(kinds=(Kind.NARROWED, Kind.EXTENDED)), max_size=3))
def test_after_a_withdrawal_nothing_is_shared(entries, following) -> None:
    after = on_every_day(ledger(*entries, WITHDRAWN, *following))

    assert not any(after.values())


@given(LEDGERS, steps(receiver=CLINIC))
def test_another_receiver_changes_nothing(entries, other) -> None:
    assert on_every_day(ledger(*entries, other)) == on_every_day(entries)


@given(LEDGERS, st.integers(0, 8))
def test_what_was_recorded_later_was_not_known(entries, known) -> None:
    known_at = BEGIN + timedelta(days=known)

    assert on_every_day(entries, known_at) == on_every_day(entries[:known])


# What may be asked for, and when it counts.


@pytest.mark.parametrize(
    ("purpose", "information", "may"),
    [
        (Purpose.BENEFIT_CONTROL, Information.TREATMENT, False),
        (Purpose.BENEFIT_CONTROL, Information.CONVERSATION, False),
        (Purpose.BENEFIT_CONTROL, Information.HEALTH_AT_WORK, False),
        (Purpose.BENEFIT_CONTROL, Information.JOBS, True),
        (Purpose.TREATMENT, Information.CONVERSATION, True),
        (Purpose.TREATMENT, Information.STATISTICAL, False),
    ],
    ids=lambda value: str(value),
)
def test_what_never_serves_a_purpose_is_never_asked(purpose, information, may) -> None:
    assert consent_rules.may_be_agreed(purpose, information) is may


@pytest.mark.parametrize(
    ("first", "asked", "own", "begins"),
    [
        ("01-10", True, False, "01-17"),
        ("01-12", True, False, "01-17"),
        ("02-01", True, False, "02-01"),
        ("01-10", False, False, "01-10"),
        ("01-10", True, True, "01-10"),
    ],
    ids=[
        "a caseworker's request waits",
        "the days count from the record",
        "a later first day is late enough",
        "nobody asked",
        "said in the own account",
    ],
)
def test_begins_on(first, asked, own, begins) -> None:
    assert consent_rules.begins_on(
        day(first),
        recorded_on=day("01-10"),
        asked_by_caseworker=asked,
        in_own_account=own,
        cooling_off_days=7,
    ) == day(begins)


def test_a_year_ends_the_day_before_its_birthday() -> None:
    assert consent_rules.longest_until(day("03-01"), 12) == day("2027-02-28")


def test_people_are_reminded_days_before_the_last() -> None:
    assert consent_rules.reminded_from(day("03-31"), 30) == day("03-01")
