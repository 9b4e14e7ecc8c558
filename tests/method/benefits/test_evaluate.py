"""What is left of pay: every kind of rule, and what is not known."""

from dataclasses import replace
from datetime import date
from decimal import Decimal as D

import pytest
from tests.method.benefits.rule_cast import (
    INVENTED,
    RENT_HELP,
    SUPPORT,
    TAX,
    banded,
    benefit,
    rules,
    tax,
)

from braid.kernel.errors import InputFault
from braid.method.benefits import Household, Inputs, Known, evaluate
from braid.method.benefits.rules import Cap, Condition, Income, Rounding

# Twelve an hour, twelve hours a year for each hour a week: 12 · h a month.
A_MONTH = {"wage": D(12), "weeks_per_year": D(12)}
STEPS = tuple(map(D, (0, 4, 8, 12, 16, 20, 24, 30, 37)))


def one(found, gross=100, **inputs):
    """Return the row of some pay a month."""
    asked = Inputs(wage=D(gross), hours=(D(1),), weeks_per_year=D(12), **inputs)
    return evaluate(found, asked).rows[0]


def test_the_invented_country_is_exact_to_the_cent():
    found = evaluate(INVENTED, Inputs(wage=D(12), hours=STEPS))

    assert [
        (r.gross, r.tax, r.benefits["support"], r.benefits["rent_help"], r.net)
        for r in found.rows
    ] == [
        tuple(map(D, row.split()))
        for row in (
            "0.00 0.00 1000.00 150 1150.00",
            "208.00 0.00 996.00 150 1354.00",
            "416.00 0.00 892.00 150 1458.00",
            "624.00 12.40 788.00 150 1549.60",
            "832.00 33.20 684.00 150 1632.80",
            "1040.00 54.00 580.00 0 1566.00",
            "1248.00 74.80 476.00 0 1649.20",
            "1560.00 106.00 320.00 0 1774.00",
            "1924.00 142.40 138.00 0 1919.60",
        )
    ]
    assert [r.marginal for r in found.rows] == [
        None,
        *map(D, ("1.9", "50.0", "56.0", "60.0", "132.1", "60.0", "60.0", "60.0")),
    ]
    assert all(r.kept == 100 - r.marginal for r in found.rows[1:])
    assert found.rows[4].change == D("482.80")


@pytest.mark.parametrize(
    ("rule", "gross", "left"),
    [
        ({"kind": "none"}, 5000, "1000.00"),
        ({"kind": "taper", "disregard": 200, "rate": "0.5"}, 200, "1000.00"),
        ({"kind": "taper", "disregard": 200, "rate": "0.5"}, 300, "950.00"),
        ({"kind": "taper", "disregard": 200, "rate": "0.5"}, 9000, "0.00"),
        (
            {
                "kind": "bands",
                "disregard": 100,
                "bands": banded((0, "0.2"), (400, "0.8")),
            },
            600,
            "840.00",
        ),
        ({"kind": "threshold_cliff", "limit": 600}, 600, "1000.00"),
        ({"kind": "threshold_cliff", "limit": 600}, "600.01", "0.00"),
        ({"kind": "hours_limit", "limit": 1}, 5000, "1000.00"),
        ({"kind": "hours_limit", "limit": "0.9"}, 5000, "0.00"),
        (
            {"kind": "taper", "applies_to": "hours", "disregard": 0, "rate": 10},
            5000,
            "990.00",
        ),
        ({"kind": "none", "hours_limit": "0.5", "has_hours_limit": True}, 50, "0.00"),
        ({"kind": "none", "hours_limit": 1, "has_hours_limit": True}, 50, "1000.00"),
    ],
    ids=[
        "not withdrawn",
        "within the disregard",
        "above the disregard",
        "never below nothing",
        "band by band",
        "at the limit",
        "a cent above the limit",
        "at the limit of hours",
        "above the limit of hours",
        "graded by hours",
        "above the hours of another kind",
        "at the hours of another kind",
    ],
)
def test_a_kind_of_withdrawal(rule, gross, left):
    assert one(rules(benefit("it", **rule)), gross).benefits["it"] == D(left)


@pytest.mark.parametrize(
    ("used", "gross", "left"),
    [(8, 5000, "1000.00"), (9, 5000, "0.00"), (9, 700, "1000.00"), (None, 0, None)],
    ids=["a month left", "none left", "none left, little pay", "nobody counted"],
)
def test_a_right_limited_in_time_counts_its_months(used, gross, left):
    rule = benefit(
        "it",
        kind="time_limited",
        limit=700,
        months_allowed=9,
        window_months=60,
        counter="trial",
    )
    known = Known("it", months_used=used)

    row = one(rules(rule), gross, benefits=(known,))

    assert row.benefits["it"] == (None if left is None else D(left))


def test_net_income_is_what_tax_leaves_of_pay():
    rule = benefit("it", kind="taper", applies_to="net", disregard=0, rate=1)

    assert one(rules(rule, taxes=[tax((0, "0.25"))]), 400).benefits["it"] == D("700.00")


def test_another_benefit_may_count_as_income():
    first = benefit("first", 300, 1, kind="taper", disregard=0, rate="0.5")
    second = benefit(
        "second", 500, 2, kind="taper", after=("first",), disregard=0, rate=1
    )

    row = one(rules(second, first), 100)

    assert row.benefits == {"first": D("250.00"), "second": D("150.00")}


@pytest.mark.parametrize(
    ("caps", "left"),
    [
        ((Cap(D(300)),), "300.00"),
        ((Cap(D(1200), ("first",)),), "200.00"),
        ((Cap(D(900), ("first",)),), "0.00"),
    ],
    ids=["alone", "together", "together, nothing left"],
)
def test_a_cap_cuts_the_later_benefit(caps, left):
    found = rules(benefit("first", 1000, 1), benefit("it", 500, 2, caps=caps))

    assert one(found).benefits["it"] == D(left)


def test_a_taxable_benefit_is_taxed():
    found = rules(benefit("it", 1000, taxable=True), taxes=[tax((0, "0.1"))])

    assert one(found, 100).tax == D("110.00")


def test_a_credit_takes_off_tax_and_never_pays_out():
    found = rules(benefit("it"), taxes=[tax((0, "0.1"), credit=D(30))])

    assert [one(found, gross).tax for gross in (200, 400)] == [D("0.00"), D("10.00")]


@pytest.mark.parametrize(
    ("period", "a_month"),
    [
        ("week", "433.33"),
        ("four_weeks", "108.33"),
        ("month", "100.00"),
        ("year", "8.33"),
    ],
)
def test_a_period_becomes_a_month(period, a_month):
    found = rules(benefit("it", 100, period=period))

    assert one(found).benefits["it"] == D(a_month)


def test_limits_are_those_of_the_rules_own_period():
    found = rules(benefit("it", 12, kind="threshold_cliff", limit=1200, period="year"))

    assert [one(found, gross).benefits["it"] for gross in (100, "100.01")] == [1, 0]


def test_a_year_is_told_as_a_year():
    found = rules(benefit("it", 100), unit="year")

    row = one(found, 10)

    assert (row.gross, row.benefits["it"], row.net) == (120, 1200, 1320)


@pytest.mark.parametrize(
    ("mode", "left"), [("nearest", "970"), ("up", "980"), ("down", "970")]
)
def test_an_amount_is_rounded_as_its_rule_says(mode, left):
    rule = benefit(
        "it", kind="taper", disregard=0, rate="0.25", rounding=Rounding(D(10), mode)
    )

    assert one(rules(rule), 105).benefits["it"] == D(left)


def test_other_incomes_count_as_their_basis_says():
    found = rules(
        benefit("it", 1000, kind="taper", disregard=0, rate="0.5"),
        taxes=[tax((0, "0.1"))],
        incomes=(Income("pension", "gross", "year"), Income("grant", "net", "month")),
    )

    row = one(found, 100, incomes={"pension": D(1200), "grant": D(50)})

    assert (row.gross, row.other, row.tax) == (100, 150, 20)
    assert row.benefits["it"] == 900
    assert row.net == 100 + 150 - 20 + 900


def test_what_is_had_today_is_compared_with():
    asked = Inputs(wage=D(12), hours=(D(20),), today_hours=D(10), today_wage=D(10))
    found = evaluate(INVENTED, asked)

    assert found.today.gross == D("433.33")
    assert found.rows[0].change == found.rows[0].net - found.today.net


# What is not known


OPEN = {
    "a base": (benefit("it", None), "base"),
    "a disregard": (
        benefit("it", kind="taper", disregard=None, rate=1),
        "withdrawal.disregard",
    ),
    "a rate": (benefit("it", kind="taper", disregard=0, rate=None), "withdrawal.rate"),
    "a band": (
        benefit("it", kind="bands", disregard=0, bands=banded((0, None))),
        "withdrawal.bands.1.rate",
    ),
    "a limit": (benefit("it", kind="threshold_cliff", limit=None), "withdrawal.limit"),
    "a limit of hours": (
        benefit("it", hours_limit=None, has_hours_limit=True),
        "withdrawal.hours_limit",
    ),
    "a cap": (benefit("it", caps=(Cap(None),)), "caps.1.at_most"),
}


@pytest.mark.parametrize(("rule", "name"), OPEN.values(), ids=OPEN)
def test_an_open_value_is_never_nothing(rule, name):
    found = evaluate(rules(rule), Inputs(wage=D(12), hours=(D(0), D(16))))

    assert [(row.benefits["it"], row.net) for row in found.rows] == [(None, None)] * 2
    assert [row.change for row in found.rows] == [None, None]
    (unknown,) = found.unknown
    assert (unknown.benefit, unknown.reason) == ("it", "open_value")
    assert unknown.missing == (name,)
    assert unknown.question == {"en": "How does my pay change this?"}
    assert (found.cliffs, found.dips, found.segments) == ((), (), ())


def test_an_open_tax_leaves_no_figure_of_what_one_has():
    row = one(rules(SUPPORT, taxes=[tax((0, None))]))

    assert (row.tax, row.net, row.benefits["support"]) == (None, None, 1000)


def test_whether_a_benefit_is_taxed_must_be_known():
    found = rules(benefit("it", taxable=None), taxes=[TAX])

    assert one(found).tax is None


def test_what_rests_on_the_unknown_is_unknown():
    first = benefit("first", None, 1)
    second = benefit(
        "second", 10, 2, kind="taper", after=("first",), disregard=0, rate=1
    )

    found = evaluate(rules(first, second), Inputs(wage=D(1), hours=(D(1),)))

    assert {each.benefit: each.reason for each in found.unknown} == {
        "first": "open_value",
        "second": "rests_on",
    }


@pytest.mark.parametrize(
    ("known", "left"),
    [
        ((), None),
        ((Known("it"),), None),
        ((Known("it", D(50)),), "50.00"),
        ((Known("it", D(600), "year"),), "50.00"),
    ],
    ids=["not named", "without an amount", "a month", "a year"],
)
def test_an_amount_of_the_household_is_taken_from_it(known, left):
    row = one(rules(benefit("it", "input")), benefits=known)

    assert row.benefits["it"] == (None if left is None else D(left))


@pytest.mark.parametrize(
    ("word", "number", "household", "counts"),
    [
        ("has_partner", None, Household(partner=True), True),
        ("has_partner", None, Household(partner=False), False),
        ("alone", None, Household(partner=False), True),
        ("has_children", None, Household(children=0), False),
        ("rents", None, Household(rent=D(5)), True),
        ("age_from", 18, Household(age=18), True),
        ("age_below", 18, Household(age=18), False),
        ("rents", None, Household(), None),
        ("age_from", 18, Household(), None),
    ],
)
def test_a_condition_is_asked_of_the_household(word, number, household, counts):
    found = rules(benefit("it", 10, conditions=(Condition(word, number),)))

    row = one(found, household=household)

    assert row.benefits == {True: {"it": 10}, False: {}, None: {"it": None}}[counts]


def test_only_what_is_received_counts():
    found = rules(benefit("it", 10, conditions=(Condition("receives"),)))

    assert one(found).benefits == {}
    assert one(found, benefits=(Known("it"),)).benefits == {"it": 10}


def test_a_benefit_without_rules_is_named_and_not_known():
    asked = Inputs(wage=D(1), hours=(D(1),), benefits=(Known("dragon"),))

    found = evaluate(rules(SUPPORT), asked)

    assert found.rows[0].benefits["dragon"] is None
    assert found.rows[0].net is None
    assert "not_in_pack:dragon" in found.warnings


@pytest.mark.parametrize(
    ("day", "left"),
    [(date(2024, 12, 31), None), (date(2025, 6, 30), 10), (date(2025, 7, 1), 20)],
    ids=["before any rule", "the first rule", "the next rule"],
)
def test_the_rule_in_force_on_the_day_counts(day, left):
    first = replace(benefit("it", 10), valid_to=date(2025, 6, 30))
    later = replace(benefit("it", 20), valid_from=date(2025, 7, 1))

    row = one(rules(first, later), day=day)

    assert row.benefits["it"] == left


@pytest.mark.parametrize(
    ("changed", "warning"),
    [
        ({"status": "draft"}, "draft"),
        ({"status": "expired"}, "expired"),
        ({"expires_on": date(2024, 12, 31)}, "expired"),
        ({"incomes": (Income("pension", "net", "month"),)}, "not_given:pension"),
    ],
)
def test_what_a_reader_must_mind_is_said(changed, warning):
    found = replace(rules(SUPPORT), **changed)

    assert warning in evaluate(found, Inputs(D(1), (D(1),))).warnings


def test_a_year_with_weeks_off_is_said_where_months_differ():
    found = rules(benefit("it", kind="taper", disregard=0, rate=1, averaging="month"))

    asked = Inputs(wage=D(1), hours=(D(1),), weeks_per_year=D(40))

    assert "averaging:it" in evaluate(found, asked).warnings


def test_what_nobody_verified_is_listed():
    asked = Inputs(
        D(1),
        (D(1),),
        benefits=(Known("support"), Known("rent_help", verified=True)),
    )

    found = evaluate(rules(SUPPORT, RENT_HELP), asked)

    assert asked.assumed == ("support",)
    assert [w for w in found.warnings if "assumed" in w] == ["assumed:support"]


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"wage": D(-1)}, "wage"),
        ({"wage": D("NaN")}, "wage"),
        ({"today_wage": D(-1)}, "today_wage"),
        ({"hours": ()}, "hours"),
        ({"hours": tuple(D(n) / 10 for n in range(201))}, "hours"),
        ({"hours": (D(81),)}, "hours"),
        ({"hours": (D(-1),)}, "hours"),
        ({"today_hours": D(81)}, "today_hours"),
        ({"weeks_per_year": D(0)}, "weeks_per_year"),
        ({"weeks_per_year": D(54)}, "weeks_per_year"),
    ],
)
def test_what_cannot_be_is_told_beside_its_field(wrong, field):
    with pytest.raises(InputFault) as fault:
        evaluate(INVENTED, replace(Inputs(D(12), STEPS), **wrong))

    assert fault.value.field == field
