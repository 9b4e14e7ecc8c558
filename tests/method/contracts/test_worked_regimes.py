"""Worked situations: the Dutch change of regime, placement, split and VAT."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from tests.method.contracts.histories import (
    day,
    episode,
    facts,
    funder_event,
    job,
    month,
    ran,
    row,
    told,
)
from tests.method.contracts.schemes import (
    UWV_1,
    UWV_2,
    bound,
    contract,
    event,
    known,
    milestone,
)

from braid.method.contracts.case import CaseFile, cases
from braid.method.contracts.running import run

UWV = {"contract": "nl-uwv-ips"}


def trajectory(name, consent=None, grant="2017-02-01"):
    """Return somebody with an advance, and with a consent if the trajectory started."""
    found = [episode(name, accepted="2017-01-10")]
    if grant:
        found.append(funder_event("grant", grant, name, **UWV))
    if consent:
        found.append(funder_event("consent", consent, name, **UWV))
    return found


def ten(*more, started=7):
    """Return ten trajectories granted, some of them started before the switch."""
    people = [
        trajectory(f"t{n:02}", "2017-05-10" if n <= started else None)
        for n in range(1, 11)
    ]
    return [each for person in [*people, *more] for each in person]


def regimes(as_of, *more, previous=(), **given):
    found = cases(UWV_2, facts(ten(*more)))
    return run(UWV_2, found, day(as_of), versions=[UWV_1], previous=previous, **given)


def new_starts(number):
    return [trajectory(f"n{n}", "2018-09-03", grant=None) for n in range(number)]


def test_w1_ten_grants_bring_forty_percent_each():
    result = regimes("2017-12-31")
    assert result.totals.due.amount == Decimal("32000.00")
    assert {line.kind for line in result.lines if line.is_due} == {"advance"}


@pytest.mark.parametrize("beside_the_run_before", [True, False])
def test_w2_seven_started_are_due_less_their_advances(beside_the_run_before):
    before = regimes("2017-12-31").ledger if beside_the_run_before else ()
    result = regimes("2018-07-01", previous=before)
    assert result.totals.due.amount == Decimal("33600.00")
    switch = result.totals.switch
    assert (switch.due, switch.less_advances) == (
        Decimal("56000.00"),
        Decimal("22400.00"),
    )
    assert (switch.pay, switch.balance) == (Decimal("33600.00"), Decimal("9600.00"))


@pytest.mark.parametrize(
    ("starts", "as_of", "pay", "balance"),
    [
        pytest.param(2, "2018-09-30", "6400.00", "0.00", id="w3 two new starts"),
        pytest.param(1, "2019-06-30", "0.00", "1600.00", id="w4 one new start"),
        pytest.param(0, "2019-06-30", "0.00", "9600.00", id="w5 not earlier"),
        pytest.param(1, "2019-07-01", "-1600.00", "0.00", id="w4 reclaimed"),
        pytest.param(0, "2019-07-01", "-9600.00", "0.00", id="w5 reclaimed"),
        pytest.param(2, "2019-07-01", "6400.00", "0.00", id="w3 nothing to reclaim"),
    ],
)
def test_w3_to_w5_new_starts_take_up_advances_never_started(
    starts, as_of, pay, balance
):
    first = regimes("2017-12-31").ledger
    second = regimes("2018-07-01", previous=first).ledger
    result = regimes(as_of, *new_starts(starts), previous=second)
    assert result.totals.due.amount == Decimal(pay)
    assert result.totals.switch.balance == Decimal(balance)
    reclaims = [line for line in result.lines if line.kind == "reclaim"]
    assert all(line.reached_on == date(2019, 7, 1) for line in reclaims)


def test_w6_what_was_paid_for_placement_is_never_paid_again():
    work = [
        *job("j-1", "2017-06-01", who="t01"),
        month("j-1", "2017-07", hours="60"),
    ]
    values = bound(
        UWV_1,
        PLACEMENT_HOURS="48",
        PLACEMENT_REQUIREMENTS="none",
        PLACEMENT_REMAINDER="4800",
    )
    first = regimes("2018-06-30", work, bindings=values)
    paid = [
        line for line in first.lines if line.milestone == "placement" and line.is_due
    ]
    assert [line.amount for line in paid] == [Decimal("4800.00")]
    for previous in (first.ledger, ()):
        result = regimes("2018-07-01", work, previous=previous, bindings=values)
        own = [
            line.amount for line in result.lines if line.person == "t01" and line.is_due
        ]
        assert sorted(own) == [
            Decimal("-4800.00"),
            Decimal("-3200.00"),
            Decimal("8000.00"),
        ]


def resumed(first_day, *paid_rows, as_of="2020-06-30", **values):
    return ran(
        UWV_1,
        as_of,
        episode(accepted="2017-01-10"),
        funder_event("consent", values.pop("consent", "2017-05-10"), **UWV),
        job("j-1", first_day),
        *paid_rows,
        bindings=bound(
            UWV_1,
            PLACEMENT_HOURS="48",
            PLACEMENT_REQUIREMENTS="none",
            PLACEMENT_REMAINDER="4800",
        ),
    )


def test_w7_resuming_on_the_last_day_of_the_trajectory_counts():
    result = resumed("2020-05-09", month("j-1", "2020-05", hours="60"))
    assert told(result) == [("placement", "2020-05-31", "4800.00", ())]


def test_w7_a_day_later_the_window_has_failed():
    result = resumed("2020-05-10", month("j-1", "2020-05", hours="60"))
    assert told(result) == [("placement", None, "0.00", ("window_failed",))]


def test_w8_placement_is_dated_at_the_end_of_the_period_that_meets_it():
    result = resumed(
        "2017-03-15",
        month("j-1", "2017-03", hours="30"),
        month("j-1", "2017-04", hours="52"),
        consent="2017-02-01",
        as_of="2017-12-31",
    )
    assert told(result) == [("placement", "2017-04-30", "4800.00", ())]
    assert result.lines[0].first_day == date(2017, 3, 15)


MUNICIPAL = contract(
    milestone(
        "trajectory", "event", event("decision"), amount=known("10750.01"), split=()
    ),
    milestone(
        "determination", "settlement", event("end_report"), requires=("trajectory",)
    ),
    contract="nl-municipal-2023",
    unit="episode",
    anchor="entry",
    entry=event("decision"),
    rules=("requester_is_single_municipality",),
)


def municipal(*rows, files=(), as_of="2026-06-30"):
    found = facts(
        episode(accepted="2023-03-01"),
        funder_event("decision", "2023-04-03", contract="nl-municipal-2023"),
        row(
            "residence",
            episode_id="ada",
            area="A",
            first_day="2020-01-01",
            last_day="2024-01-02",
        ),
        row("residence", episode_id="ada", area="B", first_day="2024-01-03"),
        *rows,
    )
    named = cases(MUNICIPAL, found, files=dict(files))
    return run(MUNICIPAL, named, day(as_of))


def test_w9_a_joint_body_cannot_ask_for_a_municipality():
    result = municipal(files={"ada": CaseFile(requester="J", is_joint_body=True)})
    line = result.lines[0]
    assert line.reasons == ("not_covered",)
    assert "requester_is_single_municipality" in line.flags
    assert municipal(files={"ada": CaseFile(requester="A")}).lines[0].reasons == ()


def test_w10_moving_changes_neither_trajectory_nor_payer():
    result = municipal(files={"ada": CaseFile(requester="A")})
    assert told(result) == [("trajectory", "2023-04-03", "10750.01", ())]


def test_w37_net_and_vat_add_up_to_the_amount():
    priced = replace(UWV_2, vat_percent=Decimal(21), switch=None)
    result = ran(
        priced,
        "2019-01-01",
        episode(accepted="2017-01-10"),
        funder_event("consent", "2018-08-01", **UWV),
    )
    line = result.lines[0]
    assert (line.net, line.vat) == (Decimal("6611.57"), Decimal("1388.43"))
    assert line.net + line.vat == line.amount == Decimal("8000.00")
