"""Where more pay leaves less: exact, and as sampling cent by cent finds it."""

from datetime import date
from decimal import Decimal as D
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.method.benefits.rule_cast import (
    INVENTED,
    banded,
    benefit,
    plainly,
    rules,
    tax,
)

from braid.method.benefits import Dip, Inputs, Row, evaluate
from braid.method.benefits.cliffs import dips_between
from braid.method.benefits.rules import A_MONTH

# With these, hours a week times the wage is the pay of a month.
WAGE, WEEKS = D(1), D(12)


def at(found, *gross):
    """Return the result for amounts of pay a month, which are also hours here."""
    return evaluate(found, Inputs(WAGE, tuple(map(D, gross)), weeks_per_year=WEEKS))


def test_the_cliff_of_the_invented_country():
    found = evaluate(INVENTED, Inputs(D(12), (D(0), D(37))))

    (cliff,) = found.cliffs
    assert (cliff.at_gross, cliff.loss, cliff.benefit) == (1000, 150, "rent_help")
    assert (cliff.level_again_gross, cliff.level_again_hours) == (1375, D("26.44"))
    assert cliff.at_hours == D("19.23")
    assert [dip.about for dip in found.dips] == [(19, 26)]
    assert [segment.kept for segment in found.segments] == [100, 50, 40, 40]


def test_a_cliff_beyond_the_hours_asked_for_is_not_told():
    assert evaluate(INVENTED, Inputs(D(12), (D(19),))).cliffs == ()


def test_a_cliff_at_the_first_hour_is_found():
    found = at(rules(benefit("it", 10, kind="threshold_cliff", limit=0)), 0, 40)

    assert found.rows[0].benefits["it"] == 10
    assert (found.cliffs[0].at_gross, found.cliffs[0].level_again_gross) == (0, 10)


def test_a_cliff_that_is_never_made_up():
    found = at(
        rules(
            benefit("it", 10, kind="threshold_cliff", limit=20),
            taxes=[tax((0, 1))],
        ),
        40,
    )

    (cliff,) = found.cliffs
    assert (cliff.level_again_gross, cliff.level_again_hours) == (None, None)
    assert found.dips[0].until_hours is None
    assert found.dips[0].about == (20, None)


def test_level_again_only_beyond_the_longest_week_has_no_hours():
    found = at(rules(benefit("it", 90, kind="threshold_cliff", limit=20)), 40)

    assert found.cliffs[0].level_again_gross == 110
    assert found.cliffs[0].level_again_hours is None


def test_the_larger_fall_is_named_first():
    found = at(
        rules(
            benefit("small", 5, 1, kind="threshold_cliff", limit=20),
            benefit("large", 9, 2, kind="hours_limit", limit=20),
        ),
        40,
    )

    assert found.cliffs[0].benefits == ("large", "small")
    assert found.cliffs[0].loss == 14


def test_losing_more_than_is_earned_is_a_stretch_and_no_cliff():
    steep = benefit("it", 30, kind="taper", disregard=10, rate=2)

    found = at(rules(steep), 0, 60)

    assert found.cliffs == ()
    (dip,) = found.dips
    assert (dip.from_gross, dip.until_gross, dip.deepest) == (10, 40, 15)


def test_pay_of_nothing_has_no_shares():
    found = evaluate(INVENTED, Inputs(D(0), (D(0), D(10))))

    assert (found.segments, found.cliffs) == ((), ())
    assert found.rows[1].marginal is None


def test_between_single_hours_only_ends_that_are_rows_are_told():
    rows = [
        Row(f"h{n}", D(n), D(n), D(0), {}, D(net))
        for n, net in enumerate((5, 9, 7, 6, 9, 8))
    ]

    assert dips_between(rows) == (
        Dip(D(1), D(4), D(1), D(4), D(3)),
        Dip(D(4), None, D(4), None, D(1)),
    )


# Two ways must agree, and what holds for all rules

cents = st.integers(0, 3000).map(lambda n: D(n) / 100)
rates = st.integers(0, 10).map(lambda n: D(n) / 10)
tapers = st.builds(
    lambda base, disregard, rate: {
        "kind": "taper",
        "base": base,
        "disregard": disregard,
        "rate": rate,
    },
    cents,
    cents,
    rates,
)
falls = st.builds(
    lambda base, limit: {"kind": "threshold_cliff", "base": base, "limit": limit},
    cents,
    cents,
)


@st.composite
def rule_sets(draw):
    said = draw(st.lists(st.one_of(tapers, falls), min_size=1, max_size=3))
    above = draw(cents)
    low, high = sorted((draw(rates), draw(rates)))
    return rules(
        *(benefit(f"b{n}", order=n + 1, **one) for n, one in enumerate(said)),
        taxes=[tax((0, low), (above + 1, high))],
    )


def sampled(found, most):
    """Return each fall from one cent to the next, and the first cent level again."""
    step = D("0.01")
    nets = [plainly(found, n * step) for n in range(int(most / step) + 2)]
    slopes = 2  # more than any loss of one cent by rates
    cliffs = []
    for n in range(len(nets) - 1):
        fall = nets[n] - nets[n + 1]
        if fall > slopes * step:
            again = next(
                (m for m in range(n + 1, len(nets)) if nets[m] >= nets[n]), None
            )
            cliffs.append((n * step, again and again * step))
    return cliffs


@settings(max_examples=40, deadline=None)
@given(rule_sets())
def test_sampling_cent_by_cent_finds_the_same_cliffs(found):
    exact = [
        (cliff.at_gross, cliff.level_again_gross)
        for cliff in at(found, 30).cliffs
        if cliff.loss > D("0.03")
    ]
    naive = [pair for pair in sampled(found, D(75)) if pair[0] <= 30]

    assert [one for one, _ in exact if one] == [one for one, _ in naive if one]
    level = dict(naive)
    for one, again in exact:
        if one in level and level[one] is not None:
            assert abs(again - level[one]) <= D("0.02")


@settings(max_examples=60, deadline=None)
@given(rule_sets(), st.lists(cents, min_size=1, max_size=5))
def test_both_ways_agree_on_what_is_left(found, gross):
    for row in at(found, *gross).rows:
        assert abs(row.net - plainly(found, row.gross)) <= D("0.03")


@settings(max_examples=60, deadline=None)
@given(rule_sets(), st.lists(cents, min_size=1, max_size=5))
def test_a_benefit_lies_between_nothing_and_its_base(found, gross):
    for row in at(found, *gross).rows:
        for one in found.benefits:
            assert 0 <= row.benefits[one.id] <= one.base


@settings(max_examples=60, deadline=None)
@given(rule_sets(), cents)
def test_net_jumps_at_declared_limits_only(found, gross):
    declared = {one.withdrawal.limit for one in found.benefits}

    for cliff in at(found, gross, 30).cliffs:
        assert cliff.at_gross in declared


@settings(max_examples=60, deadline=None)
@given(tapers, rates, st.lists(cents, min_size=2, max_size=6))
def test_more_pay_never_leaves_less_while_rates_stay_below_all_of_it(said, rate, gross):
    below = min(rate, 1 - said["rate"])
    found = rules(benefit("it", **said), taxes=[tax((0, max(below, 0)))])

    nets = [row.net for row in at(found, *gross).rows]

    assert all(later >= one - D("0.02") for one, later in pairwise(nets))
    assert at(found, 30).dips == ()


@settings(max_examples=60, deadline=None)
@given(rule_sets(), st.lists(cents, min_size=1, max_size=5))
def test_another_band_without_a_rate_changes_nothing(found, gross):
    bands = found.taxes[0].bands
    more = rules(
        *found.benefits,
        taxes=[found.taxes[0], tax((0, 0), (7, 0), name="nothing")],
    )
    split = rules(
        *found.benefits,
        taxes=[tax(*((b.above, b.rate) for b in bands), (99, bands[-1].rate))],
    )

    for other in (more, split):
        assert at(other, *gross).rows == at(found, *gross).rows
        assert at(other, 30).cliffs == at(found, 30).cliffs


@given(
    st.sampled_from(sorted(A_MONTH)), st.sampled_from(sorted(A_MONTH)), st.fractions()
)
def test_converting_there_and_back_gives_the_same(one, other, value):
    there = value * A_MONTH[one] / A_MONTH[other]

    assert there * A_MONTH[other] / A_MONTH[one] == value


def test_a_whole_year_in_force_is_one_result():
    early = evaluate(INVENTED, Inputs(D(12), (D(20),), day=date(2025, 1, 1)))
    late = evaluate(INVENTED, Inputs(D(12), (D(20),), day=date(2025, 12, 31)))

    assert early == late


@pytest.mark.parametrize("bands", [((0, "0.2"), (10, "0.6")), ((5, "0.9"),)])
def test_bands_bend_and_never_jump(bands):
    rule = benefit("it", 40, kind="bands", disregard=2, bands=banded(*bands))

    assert at(rules(rule), 60).cliffs == ()
