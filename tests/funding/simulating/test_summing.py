"""A contract over past facts: what it would have paid, and what each number moves."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from braid.funding.simulating import past
from braid.funding.simulating.documents import document, parity_document
from braid.funding.simulating.summing import parity, simulate
from braid.funding.simulating.varying import varied
from braid.method.contracts.running import cases
from braid.method.contracts.shape import (
    Binding,
    Bindings,
    Contract,
    Evidence,
    Known,
    Milestone,
    Open,
    Threshold,
    Window,
    Word,
    YearLevel,
)
from braid.packs.contracts import histories

AS_OF = date(2026, 6, 30)
START = Milestone(
    id="start",
    kind="event",
    reached=Word(word="job_start"),
    amount=Known(value=Decimal("400.00"), source="invented"),
    evidence=Evidence(any_of=(("payslip",),), deadline_days=30),
)
SUSTAINED = Milestone(
    id="sustained",
    kind="sustained",
    reached=Word(word="in_work"),
    window=Window(n=28, of=28, unit="day"),
    threshold=Threshold(measure="weekly_hours", statistic="mean", at_least=Decimal(16)),
    amount=Open(parameter="LASTED"),
)
CONTRACT = Contract(
    contract="invented",
    version=1,
    unit="person",
    currency="EUR",
    valid_from=date(2027, 1, 1),
    source="invented",
    entry=Word(word="accepted"),
    milestones=(START, SUSTAINED),
    decision_days=30,
)
LASTED = Bindings(
    contract="invented",
    version=1,
    bindings=(
        Binding(
            parameter="LASTED",
            value=Decimal("900.00"),
            source="invented",
            bound_by="the test",
            day=date(2026, 1, 1),
        ),
    ),
)


def _history(*jobs):
    """Return the cases of people; each job is episode, first day, last day, hours."""
    work = [
        histories.Job(
            episode_id=who, first_day=first, last_day=last, weekly_hours=hours
        )
        for who, first, last, hours in jobs
    ]
    episodes = [
        {"episode_id": who, "accepted_on": date(2026, 1, 5)}
        for who in ("ada", "ben", "cora", "dev")
    ]
    return histories.tables_of(
        work, {"episodes": episodes}, contract="invented", currency="EUR"
    )


TABLES = _history(
    ("ada", date(2026, 2, 2), None, "20"),
    ("ben", date(2026, 3, 2), None, "15.5"),
    ("cora", date(2026, 3, 9), date(2026, 3, 20), "16"),
)


def _simulated(contract=CONTRACT, bindings=LASTED, tables=TABLES, **asked):
    held = past.over(contract, past.first_day(tables, AS_OF), AS_OF)
    return simulate(held, list(cases(held, tables)), AS_OF, bindings=bindings, **asked)


def test_a_contract_that_is_not_yet_in_force_is_run_as_if_it_had_held():
    found = _simulated()

    assert (found.subjects, found.without) == (4, 1)
    assert found.by_milestone["start"].count == 3
    assert found.by_milestone["sustained"].count == 1
    assert found.total.amount == Decimal("2100.00")
    assert found.by_month["2026-03"].amount == Decimal("1700.00")


def test_months_milestones_groups_and_cash_add_up_to_the_whole():
    groups = {"ada": "long", "ben": "short"}
    found = _simulated(group_of=lambda episode: groups.get(episode, ""))

    for by in (found.by_month, found.by_milestone, found.by_group):
        assert sum(paid.amount for paid in by.values()) == found.total.amount
        assert sum(paid.count for paid in by.values()) == found.total.count
    assert (
        sum(found.cash.values()) == found.total.amount == sum(found.by_subject.values())
    )
    assert found.by_group["long"].amount == Decimal("1300.00")


def test_money_comes_after_the_days_that_the_funder_has_to_decide():
    assert list(_simulated().cash) == ["2026-03", "2026-04"]
    at_once = replace(CONTRACT, decision_days=None)
    assert list(_simulated(at_once).cash) == ["2026-02", "2026-03"]


def test_what_is_not_filled_in_is_counted_and_has_no_money():
    found = _simulated(bindings=None)

    assert found.by_milestone["sustained"].count == 1
    assert found.by_milestone["sustained"].unbound == 1
    assert found.total.amount == Decimal("1200.00")


def test_an_hour_less_would_pay_for_who_works_just_under_the_threshold():
    found = _simulated()
    moved = {
        (one.varied.what, one.varied.after): (one.outcomes, one.amount)
        for one in found.sensitivities
    }

    assert moved["hours", Decimal(15)] == (1, Decimal("900.00"))
    assert moved["hours", Decimal(17)] == (0, Decimal(0))
    assert moved["window", Decimal(29)] == (0, Decimal(0))
    assert found.rewards.nudged.count == 1
    assert found.rewards.nudged.amount == Decimal("900.00")


def test_short_jobs_that_follow_one_another_are_told_where_each_is_paid():
    tables = _history(
        ("ada", date(2026, 2, 2), date(2026, 2, 20), "20"),
        ("ada", date(2026, 3, 2), date(2026, 3, 20), "20"),
    )
    again = _simulated(tables=tables)
    once = _simulated(
        replace(CONTRACT, milestones=(replace(START, cap=None), SUSTAINED)),
        tables=_history(("ada", date(2026, 2, 2), date(2026, 2, 20), "20")),
    )

    assert again.rewards.repeated.count == again.by_milestone["start"].count - 1
    assert once.rewards.repeated.count == 0


def test_two_contracts_are_held_against_each_other_for_the_same_people():
    dearer = replace(
        CONTRACT,
        contract="dearer",
        milestones=(
            replace(START, amount=Known(value=Decimal("500.00"), source="invented")),
        ),
    )
    held = parity(_simulated(), _simulated(dearer, bindings=None))

    # Ada loses the sustained amount, Ben and Cora gain a hundred each, Dev has neither.
    assert (held.gain, held.lose, held.alike) == (2, 1, 1)
    assert held.difference == Decimal("-600.00")
    assert (
        parity(_simulated(), _simulated(replace(dearer, currency="GBP"))).difference
        is None
    )


def test_levels_of_other_years_are_those_of_the_nearest_year():
    levels = (YearLevel(name="twl", year=2025, value=Decimal(1160), source="invented"),)
    held = past.over(replace(CONTRACT, levels=levels), date(2024, 1, 1), AS_OF)

    assert {level.year: level.value for level in held.levels} == dict.fromkeys(
        (2024, 2025, 2026), Decimal(1160)
    )


@pytest.mark.parametrize(
    ("milestone", "bindings", "expected"),
    [
        pytest.param(
            SUSTAINED,
            None,
            {("hours", 15), ("hours", 17), ("window", 27), ("window", 29)},
            id="a threshold and its window",
        ),
        pytest.param(
            replace(
                SUSTAINED,
                threshold=Threshold(
                    measure="weekly_hours",
                    statistic="mean",
                    at_least=Open(parameter="HOURS"),
                ),
                window=Window(n=13, of=13, unit="week"),
            ),
            None,
            {("window", 12), ("window", 14)},
            id="a threshold that is open is left alone",
        ),
        pytest.param(
            replace(SUSTAINED, window=Window(n=13, of=16, unit="week"), threshold=None),
            None,
            {("window", 12), ("window", 14)},
            id="n of so many",
        ),
        pytest.param(
            replace(SUSTAINED, window=Window(n=1, of=1, unit="month"), threshold=None),
            None,
            {("window", 2)},
            id="no window below one",
        ),
        pytest.param(START, None, set(), id="nothing to vary"),
        pytest.param(
            replace(START, within_days=0),
            None,
            {("days", 1)},
            id="no days below nought",
        ),
    ],
)
def test_every_number_is_tried_one_lower_and_one_higher(milestone, bindings, expected):
    found = varied(replace(CONTRACT, milestones=(milestone,)), bindings)

    assert {(one.what, int(one.after)) for one in found} == expected


def test_the_documents_say_that_people_act_otherwise_under_other_rules():
    found = document(_simulated())

    assert "act otherwise" in found["caution"]
    assert found["total"] == {"outcomes": 4, "amount": "2100.00", "unbound": 0}
    assert found["per_subject"]["most"] == "1300.00"
    assert parity_document(parity(_simulated(), _simulated()))["difference"] == "0.00"
