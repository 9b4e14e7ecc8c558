"""What was claimed beside what was paid, as the record has it."""

from datetime import date
from decimal import Decimal

import pytest

from braid.funding.reconciling import queries, rules
from tests.cast import TODAY
from tests.factories.funding import AgreementFactory, ClaimEntryFactory, ClaimFactory

CONTRACT = "uk-mhep-haringey-barnet"


@pytest.fixture
def agreement(world, today):
    return AgreementFactory(
        unit=world.north, funder=world.job_centre, contract=CONTRACT
    )


def claimed(agreement, amount: str, *steps, **other):
    """Return a claim that went through steps: state, day, and what was paid."""
    made = ClaimFactory(
        agreement=agreement,
        amount=Decimal(amount),
        state=steps[-1][0] if steps else "draft",
        **other,
    )
    for number, (state, day, *paid) in enumerate(steps, start=1):
        ClaimEntryFactory(
            claim=made,
            number=number,
            state=state,
            day=day,
            amount=Decimal(paid[0]) if paid else None,
        )
    return made


JULY, SEPTEMBER = date(2026, 7, 6), date(2026, 9, 21)


@pytest.fixture
def year(agreement):
    claimed(agreement, "999.00")
    claimed(agreement, "100.00", ("submitted", SEPTEMBER))
    claimed(agreement, "200.00", ("submitted", JULY), ("accepted", JULY))
    claimed(agreement, "50.00", ("submitted", JULY), ("rejected", JULY))
    claimed(
        agreement,
        "300.00",
        ("submitted", date(2026, 3, 2)),
        ("queried", date(2026, 4, 1)),
        ("submitted", date(2026, 4, 8)),
        ("accepted", date(2026, 4, 9)),
        ("paid", date(2026, 4, 20), "280.00"),
    )
    return agreement


def test_what_was_not_sent_is_in_no_sum(world, year):
    found = rules.sums(queries.groups(world.ben.actor, year))
    assert (found.claimed, found.rejected) == (Decimal("650.00"), Decimal("50.00"))
    assert (found.due, found.paid) == (Decimal("600.00"), Decimal("280.00"))


def test_a_claim_stands_in_the_quarter_in_which_it_was_first_sent(world, year):
    found = rules.by_quarter(queries.groups(world.ben.actor, year))
    assert {quarter: sums.open for quarter, sums in found.items()} == {
        "2026Q3": Decimal("300.00"),
        "2026Q1": Decimal("20.00"),
    }


def test_claims_wait_for_an_answer_or_a_payment(world, year):
    waits = queries.waiting(world.ben.actor, year)
    assert sorted((each.state, each.sent_on) for each in waits) == [
        ("accepted", JULY),
        ("submitted", SEPTEMBER),
    ]


@pytest.mark.parametrize("by", ["ben", "femi", "sam"])
def test_both_sides_see_the_same_sums(year, as_, by):
    page = as_(by).get(f"/funding/agreements/{year.pk}/reconciliation/")
    assert b"600.00 GBP" in page.content
    assert b"4 claims that were sent, as of 5 Oct 2026." in page.content
    assert b"999" not in page.content
    assert b"-20.00" in page.content


@pytest.mark.parametrize("by", ["ada", "cora", "dev", "kit", "ola", "pat_account"])
def test_nobody_else_sees_them(year, as_, by):
    address = f"/funding/agreements/{year.pk}/reconciliation/"
    assert as_(by).get(address).status_code == 404


def test_before_anything_was_sent_the_page_says_what_will_stand_there(agreement, as_):
    page = as_("ben").get(f"/funding/agreements/{agreement.pk}/reconciliation/")
    assert b"No claim was sent yet" in page.content


def test_many_claims_cost_as_many_questions_as_few(year, as_):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client = as_("ben")
    address = f"/funding/agreements/{year.pk}/reconciliation/"
    client.get(address)
    counts = []
    for _each in range(2):
        with CaptureQueriesContext(connection) as met:
            client.get(address)
        counts.append(len(met))
        for _more in range(5):
            claimed(year, "10.00", ("submitted", TODAY), ("paid", TODAY, "9.00"))
    assert counts[0] == counts[1]
