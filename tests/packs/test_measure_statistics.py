"""What a measure says of how amounts are spread, and what a report may set otherwise."""

from decimal import Decimal
from fractions import Fraction

import pytest
from pydantic import ValidationError

from braid.kernel.errors import InputFault
from braid.packs import measures
from braid.packs.measures.statistics import (
    NO_ROWS,
    NO_UNIT,
    NOT_REACHED,
    TOO_SHORT,
    Kinds,
)


def _once(*pairs):
    return {pair: pairs.count(pair) for pair in pairs}


EARNINGS = _once(*((amount, 1) for amount in (0, 0, 0, 0, 40, 120, 900, 5000)))
STARTERS = _once(*((a, int(a > 0)) for a in (0, 0, 0, 0, 40, 120, 900, 5000)))
A = _once(
    *((20, 1), (35, 1), (35, 1), (60, 0), (90, 1), (120, 1), (150, 0), (200, 1)),
    *((300, 0), (300, 0), (540, 0), (540, 0)),
)
B = _once((50, 1), (110, 1), (180, 0), (240, 1), (400, 1), *([(540, 0)] * 7))
TIMES = {"days": "days", "event": "event"}
PAY = {"of": "pay", "among": "known"}


def said(pairs, **kind):
    return Kinds.model_validate(kind).read.said(pairs)


@pytest.mark.parametrize(
    ("pairs", "kind", "value"),
    [
        pytest.param(EARNINGS, {"median": PAY}, 20, id="the middle, zeros kept"),
        pytest.param(
            EARNINGS, {"quantile": {**PAY, "at": 0.25}}, 0, id="the lower quartile"
        ),
        pytest.param(
            EARNINGS, {"quantile": {**PAY, "at": 0.75}}, 315, id="the upper quartile"
        ),
        pytest.param(STARTERS, {"median": PAY}, 510, id="the middle among starters"),
        pytest.param(STARTERS, {"mean": PAY}, 1515, id="the mean among starters"),
        pytest.param(
            {(Decimal("1.5"), 1): 1, (Decimal("2.25"), 1): 1},
            {"mean": PAY},
            Fraction(15, 8),
            id="an exact mean of decimals",
        ),
        pytest.param(A, {"km_median": TIMES}, 200, id="half have started by day 200"),
        pytest.param(A, {"rmst": TIMES}, 292.6875, id="area to the longest time"),
        pytest.param(
            {(Decimal(days), event): n for (days, event), n in A.items()},
            {"rmst": TIMES},
            292.6875,
            id="area to the longest time, days told as decimals",
        ),
        pytest.param(
            A, {"rmst": {**TIMES, "horizon": 365}}, 213.9375, id="area to day 365"
        ),
        pytest.param(
            A,
            {"naive": {**TIMES, "horizon": 540}},
            Fraction(935, 3),
            id="everybody else set to 540",
        ),
        pytest.param(B, {"rmst": TIMES}, 422.5926, id="area of the other group"),
        pytest.param(
            B,
            {"naive": {**TIMES, "horizon": 540}},
            Fraction(1280, 3),
            id="naive mean of the other group",
        ),
        pytest.param(
            A,
            {"naive": {**TIMES, "horizon": 100}},
            Fraction(20 + 35 + 35 + 90 + 8 * 100, 12),
            id="a time beyond the horizon is cut",
        ),
        pytest.param(
            A, {"started_by": {**TIMES, "day": 200}}, 0.55, id="started by day 200"
        ),
    ],
)
def test_a_statistic_of_its_pairs(pairs, kind, value):
    found = said(pairs, **kind).value
    assert (
        found == value if isinstance(found, Fraction) else found == pytest.approx(value)
    )


@pytest.mark.parametrize(
    ("pairs", "kind", "reason", "rows"),
    [
        pytest.param(B, {"km_median": TIMES}, NOT_REACHED, 12, id="not half started"),
        pytest.param(
            A, {"rmst": {**TIMES, "horizon": 541}}, TOO_SHORT, 12, id="nobody that long"
        ),
        pytest.param({}, {"rmst": TIMES}, NO_ROWS, 0, id="nobody at all"),
        pytest.param({(5, 0): 2}, {"mean": PAY}, NO_ROWS, 0, id="none among them"),
    ],
)
def test_without_a_value_there_is_a_reason(pairs, kind, reason, rows):
    found = said(pairs, **kind)
    assert (found.value, found.reason, found.rows) == (None, reason, rows)


def test_the_curve_is_that_of_the_pairs():
    curve = said(A, km_median=TIMES).curve
    assert [(step.time, step.at_risk) for step in curve.steps][:2] == [
        (20, 12),
        (35, 11),
    ]


def test_the_mean_of_units_gives_each_the_same_weight():
    kind = Kinds.model_validate({"unit_mean": {"of": "working", "to": "served"}})
    x, y, empty = (
        {"working": Fraction(a), "served": Fraction(b)}
        for a, b in ((18, 40), (2, 10), (0, 0))
    )
    found = kind.read.said({"x": x, "y": y, "none": empty})
    assert (found.value, found.rows) == (Fraction(65, 200), 2)
    assert kind.read.said({"none": empty}).reason == NO_UNIT


@pytest.mark.parametrize(
    "kind",
    [
        pytest.param({}, id="no kind"),
        pytest.param({"median": PAY, "mean": PAY}, id="two kinds"),
        pytest.param({"quantile": {**PAY, "at": 1}}, id="a quantile beyond"),
        pytest.param({"naive": TIMES}, id="no horizon"),
        pytest.param({"variance": PAY}, id="no such kind"),
    ],
)
def test_what_is_no_statistic_is_refused(kind):
    with pytest.raises(ValidationError):
        Kinds.model_validate(kind)


# What a report may set otherwise


def test_an_option_goes_to_every_word_that_takes_it():
    measure = measures.get("out_job_starts")
    asked = measure.with_options(group="gender", profile="strict", min_paid_hours=8)
    served, starts = (asked.parameters(use) for use in asked.words)
    assert (served["group"], served["profile"]) == ("gender", "strict")
    assert starts["group"] == "gender"
    assert starts["min_paid_hours"] == Decimal(8)
    assert asked.chosen["scope"] == "person"
    assert measures.get("out_job_starts").chosen["group"] == "none"


def test_an_option_says_what_it_may_be():
    assert measures.get("ipsgrow_profiles").option("mode").choices == (
        "corrected",
        "compatible",
    )


@pytest.mark.parametrize(
    ("given", "reason"),
    [
        pytest.param({"dating": "first_shift"}, "option_unknown", id="not of this one"),
        pytest.param({"group": "shoe_size"}, "parameter_value", id="no such value"),
        pytest.param({"lately": "-1"}, "parameter_value", id="less than no day"),
        pytest.param({"lately": "soon"}, "parameter_value", id="no number"),
    ],
)
def test_what_is_no_option_is_refused(given, reason):
    with pytest.raises(InputFault) as caught:
        measures.get("ipsgrow_clients").with_options(**given)
    assert caught.value.reason == reason


def test_benchmarks_are_labels():
    marks = measures.get("out_working").benchmarks
    assert [mark.at for mark in marks] == [0.31, 0.41, 0.5]
    assert all(mark.means["da"] for mark in marks)
