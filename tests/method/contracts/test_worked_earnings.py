"""Worked situations of earnings by month: look-back, levels, counts, reconciliation."""

from datetime import date
from decimal import Decimal

from tests.method.contracts.histories import (
    episode,
    evidence,
    funder_event,
    job,
    month,
    ran,
    row,
    told,
)
from tests.method.contracts.schemes import TTW

ASSIGNED = "2025-07-01"


def ticket(*paid_rows, as_of="2025-12-31", benefit="ssdi", ends=None, first=ASSIGNED):
    return ran(
        TTW,
        as_of,
        episode(accepted="2025-06-01"),
        funder_event("assignment", first, contract=TTW.contract),
        job("j-1", "2023-01-02", hours="40"),
        row(
            "benefit_spells",
            episode_id="ada",
            benefit=benefit,
            first_day="2020-01-01",
            last_day=ends,
        ),
        *paid_rows,
    )


def pay(**gross):
    """Return gross pay by month of 2025, written as `apr="1200"`."""
    names = "jan feb mar apr may jun jul aug sep oct nov dec"
    return [
        month("j-1", f"2025-{names.split().index(name) + 1:02}", gross=amount)
        for name, amount in gross.items()
    ]


def removed(result):
    return [line.milestone for line in result.lines if "look_back" in line.reasons]


def test_w21_a_month_below_the_level_leaves_all_four():
    result = ticket(*pay(apr="1200", may="300", jun="0"))
    assert removed(result) == []
    assert {each.milestone for each in result.previews} >= {
        "P1M1",
        "P1M2",
        "P1M3",
        "P1M4",
    }


def test_w22_the_month_before_and_three_of_six_take_two_away():
    before = pay(feb="1200", apr="1160", jun="1300")
    result = ticket(*before)
    assert removed(result) == ["P1M1", "P1M2"]
    year = [month("j-1", f"2025-{n:02}", gross="1200") for n in range(7, 13)]
    later = [month("j-1", f"2026-{n:02}", gross="1200") for n in range(1, 7)]
    result = ticket(*before, *year, *later, as_of="2026-06-30")
    phase_1 = [
        line for line in result.lines if line.milestone.startswith("P1") and line.is_due
    ]
    assert [line.milestone for line in phase_1] == ["P1M3", "P1M4"]
    assert sum(line.amount for line in phase_1) == Decimal("3700.00")


def test_w23_the_level_itself_is_enough_and_a_cent_less_is_not():
    result = ticket(*pay(jul="1160", aug="900", sep="1200", oct="1159.99", nov="1300"))
    due = [each for each in told(result) if not each[3]]
    assert due == [
        ("P1M1", "2025-07-31", "1850.00", ()),
        ("P1M2", "2025-11-30", "1850.00", ()),
    ]


def test_w24_a_second_assignment_is_not_looked_back_from_again():
    result = ran(
        TTW,
        "2025-12-31",
        episode(accepted="2025-06-01"),
        episode("ada-2", accepted="2025-10-01", person="ada", unit_id="south"),
        funder_event("assignment", ASSIGNED, contract=TTW.contract),
        funder_event("assignment", "2025-10-06", "ada-2", contract=TTW.contract),
        job("j-1", "2023-01-02"),
        *pay(feb="1200", apr="1160", jun="1300", sep="1200"),
    )
    assert sorted(removed(result)) == ["P1M1", "P1M2"]


def outcome_months(number, first_year=2026):
    return [
        month("j-1", f"{first_year + n // 12}-{n % 12 + 1:02}", net="1700")
        for n in range(number)
    ]


def test_w25_the_thirty_seventh_outcome_month_is_over_the_cap():
    result = ticket(*outcome_months(37), as_of="2029-06-30", ends="2025-12-31")
    lines = [line for line in result.lines if line.milestone == "OUT"]
    assert len(lines) == 37
    assert sum(line.amount for line in lines) == Decimal("19980.00")
    assert (lines[-1].reasons, lines[-1].amount) == (("over_cap",), Decimal("0.00"))


def test_w26_sixty_months_of_the_other_benefit():
    result = ticket(
        *outcome_months(61), as_of="2031-06-30", benefit="ssi", ends="2025-12-31"
    )
    lines = [line for line in result.lines if line.milestone == "OUT"]
    assert sum(line.amount for line in lines) == Decimal("18600.00")
    assert lines[-1].reasons == ("over_cap",)


def made_good(*before):
    return ticket(
        *before,
        month("j-1", "2025-12", gross="1200"),
        *outcome_months(12),
        as_of="2027-01-31",
        ends="2025-12-31",
    )


def test_w27_after_twelve_outcomes_what_was_available_is_made_good():
    result = made_good()
    out = [line.amount for line in result.lines if line.milestone == "OUT"]
    assert sum(out) == Decimal("6660.00")
    made = [line for line in result.lines if line.kind == "reconciliation"]
    due = [line for line in made if line.is_due]
    assert [line.milestone for line in due] == ["P1M2", "P1M3", "P1M4"]
    assert sum(line.amount for line in due) == Decimal("5550.00")
    (open_,) = [line for line in made if not line.is_due]
    assert (open_.milestone, open_.reasons) == ("P2", ("amount_unbound",))
    assert {line.reached_on for line in made} == {date(2026, 12, 31)}


def test_w28_what_look_back_took_is_not_made_good():
    result = made_good(*pay(feb="1160", apr="1160", may="1160"))
    made = [
        line for line in result.lines if line.kind == "reconciliation" and line.is_due
    ]
    assert sum(line.amount for line in made) == Decimal("3700.00")


def test_w29_gross_without_net_is_no_outcome():
    result = ticket(
        month("j-1", "2026-01", gross="1700", net="1500"),
        as_of="2026-02-28",
        ends="2025-12-31",
    )
    reached = [line.milestone for line in result.lines if line.is_reached]
    assert "P2" in reached
    assert "OUT" not in reached


def test_cash_benefit_on_any_day_of_the_month_is_no_outcome():
    result = ticket(
        month("j-1", "2026-01", gross="1700", net="1700"),
        as_of="2026-02-28",
        ends="2026-01-01",
    )
    assert "OUT" not in [line.milestone for line in result.lines if line.is_reached]


def test_who_is_blind_needs_more():
    blind = evidence("other", "2025-06-20", label="blind")
    result = ticket(blind, month("j-1", "2025-07", gross="2000"))
    assert "P2" not in [line.milestone for line in result.lines if line.is_reached]
