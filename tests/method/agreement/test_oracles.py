"""The same figures from other people's programs, and intervals that cover."""

import random
import warnings
from itertools import pairwise

import krippendorff
import numpy
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from scipy import stats
from sklearn.metrics import cohen_kappa_score
from statsmodels.stats.inter_rater import cohens_kappa, fleiss_kappa

from braid.kernel.errors import InputFault
from braid.method import agreement
from braid.method.agreement import Level
from braid.method.agreement.bootstrap import again, binomial

COUNTS = st.integers(2, 5).flatmap(
    lambda size: st.lists(
        st.lists(st.integers(0, 30), min_size=size, max_size=size),
        min_size=size,
        max_size=size,
    )
)
SAID = st.lists(
    st.tuples(st.integers(0, 4), st.integers(0, 4)), min_size=1, max_size=60
)
WITH_GAPS = st.integers(2, 5).flatmap(
    lambda coders: st.lists(
        st.tuples(*[st.sampled_from([None, 1, 2, 3, 5, 8])] * coders),
        min_size=1,
        max_size=30,
    )
)


@given(COUNTS, st.sampled_from([None, "linear", "quadratic"]))
def test_kappa_agrees_with_statsmodels(counts, weights):
    ours = agreement.kappa_of_table(counts, weights)
    assume(ours.value is not None)
    theirs = cohens_kappa(numpy.array(counts), wt=weights, return_results=False)
    assert float(ours) == pytest.approx(float(theirs), abs=1e-9)


@given(COUNTS, st.data())
def test_kappa_by_weights_of_one_s_own_agrees_with_statsmodels(counts, data):
    size = len(counts)
    own = [
        [abs(i - j) * data.draw(st.integers(1, 6)) for j in range(size)]
        for i in range(size)
    ]
    ours = agreement.kappa_of_table(counts, own)
    assume(ours.value is not None)
    theirs = cohens_kappa(
        numpy.array(counts), weights=numpy.array(own, float), return_results=False
    )
    assert float(ours) == pytest.approx(float(theirs), abs=1e-9)


@given(SAID, st.sampled_from([None, "linear", "quadratic"]))
def test_kappa_agrees_with_scikit_learn(said, weights):
    ours = agreement.kappa(agreement.of_units(said), weights)
    with warnings.catch_warnings():
        warnings.simplefilter(
            "ignore"
        )  # of a division by zero, where ours has a reason
        theirs = cohen_kappa_score(*zip(*said, strict=True), weights=weights)
    assert float(ours) == pytest.approx(theirs, abs=1e-9, nan_ok=True)


@given(WITH_GAPS, st.sampled_from(Level))
def test_alpha_agrees_with_krippendorff(units, level):
    ours = agreement.alpha(agreement.of_units(units), level)
    assume(ours.value is not None)
    coders = [
        [numpy.nan if v is None else v for v in row] for row in zip(*units, strict=True)
    ]
    theirs = krippendorff.alpha(
        reliability_data=numpy.array(coders, float), level_of_measurement=str(level)
    )
    assert float(ours) == pytest.approx(float(theirs), abs=1e-9)


@given(
    st.integers(3, 6).flatmap(
        lambda raters: st.lists(
            st.lists(st.sampled_from("abcd"), min_size=raters, max_size=raters),
            min_size=1,
            max_size=30,
        )
    )
)
def test_fleiss_agrees_with_statsmodels(units):
    ours = agreement.fleiss(agreement.of_units(units))
    assume(ours.value is not None)
    counts = [[unit.count(value) for value in "abcd"] for unit in units]
    assert float(ours) == pytest.approx(float(fleiss_kappa(counts)), abs=1e-9)


SPANS = st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)), max_size=8)


@given(st.lists(SPANS, min_size=2, max_size=3))
def test_characters_agree_with_walking_each_of_them(coders):
    inside = [{at for s, e in spans for at in range(s, e)} for spans in coders]
    walked = agreement.of_units(
        [tuple(at in one for one in inside) for at in range(60)], agreement.YES_OR_NO
    )
    assert agreement.by_character(60, coders).patterns == walked.patterns


@given(st.lists(st.integers(1, 9), max_size=8), st.lists(SPANS, min_size=2, max_size=3))
def test_a_turn_is_coded_where_a_highlight_shares_a_character(lengths, coders):
    ends = [sum(lengths[: at + 1]) for at in range(len(lengths))]
    turns = [(end - length, end) for end, length in zip(ends, lengths, strict=True)]
    wanted = [
        tuple(any(max(s, start) < min(e, end) for s, e in spans) for spans in coders)
        for start, end in turns
    ]
    assert agreement.by_turn(turns, coders) == wanted


def test_segments_have_one_code_of_each_coder():
    segments = [(0, 10), (10, 20), (25, 30)]
    ada = [(0, 10, "wish"), (12, 14, "job"), (15, 20, "job")]
    ben = [(3, 30, "job")]
    found = agreement.by_segment(segments, [ada, ben])
    assert found == [("wish", "job"), ("job", "job"), (None, "job")]
    for codings, reason in [
        ([(0, 12, "wish"), (11, 13, "job")], "two_codes"),
        (None, "not_apart"),
    ]:
        with pytest.raises(InputFault) as refused:
            if codings is None:
                agreement.by_segment([(0, 10), (5, 12)], [ada, ben])
            else:
                agreement.by_segment(segments, [codings, ben])
        assert refused.value.reason == reason


# ---- intervals ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("n", "p"),
    [(5, 0.3), (40, 0.5), (1_000, 0.004), (1_000, 0.3), (100_000, 0.93)],
)
def test_draws_are_binomial(n, p):
    """By the chi-squared test, on a fixed seed: a draw that leans is found."""
    chance = random.Random(7)
    drawn = [binomial(n, p, chance) for _ in range(4_000)]
    cuts = sorted({int(stats.binom.ppf(q / 10, n, p)) for q in range(1, 10)})
    edges = [-1, *cuts, n]
    wanted = numpy.diff(stats.binom.cdf(edges, n, p)) * len(drawn)
    met = [sum(a < k <= b for k in drawn) for a, b in pairwise(edges)]
    kept = wanted > 5
    assert (
        stats.chisquare(
            numpy.array(met)[kept],
            wanted[kept] * sum(numpy.array(met)[kept]) / wanted[kept].sum(),
        ).pvalue
        > 0.001
    )


def test_draws_never_invent_a_unit():
    chance = random.Random(3)
    for _ in range(200):
        drawn = again({"a": 3, "b": 0, "c": 5, "d": 1}, chance)
        assert sum(drawn.values()) == 9 and "b" not in drawn


def test_an_interval_is_that_of_drawing_units_one_by_one():
    units = [(1, 1)] * 30 + [(0, 0)] * 40 + [(0, 1)] * 9 + [(1, 0)] * 6
    found = agreement.interval(agreement.of_units(units), agreement.kappa, draws=3_000)
    chance = random.Random(11)
    plain = sorted(
        float(agreement.kappa(agreement.of_units(chance.choices(units, k=len(units)))))
        for _ in range(3_000)
    )
    assert found.interval.low == pytest.approx(plain[75], abs=0.02)
    assert found.interval.high == pytest.approx(plain[-75], abs=0.02)
    assert (found.draws, found.undefined) == (3_000, 0)


def test_a_seed_gives_the_same_interval_whatever_the_order_of_units():
    units = [(1, 1), (0, 1), (1, 0), (0, 0), (1, 1), (None, 1)]
    one, other, third = (
        agreement.interval(
            agreement.of_units(said), agreement.alpha, draws=200, seed=seed
        )
        for said, seed in ((units, 5), (units[::-1], 5), (units, 6))
    )
    assert one == other != third


@pytest.mark.parametrize(
    ("units", "undefined"),
    [
        pytest.param([], 50, id="no units"),
        pytest.param([("a", "a")] * 4, 50, id="one value only"),
    ],
)
def test_draws_without_a_coefficient_are_counted(units, undefined):
    found = agreement.interval(agreement.of_units(units), agreement.alpha, draws=50)
    assert (found.interval, found.undefined) == (None, undefined)


def test_some_draws_may_miss_the_second_value():
    ratings = agreement.of_units([("a", "a")] * 9 + [("b", "b")])
    found = agreement.interval(ratings, agreement.kappa)
    assert found.undefined == pytest.approx(1_000 * 0.9**10, abs=50)
    assert (found.interval.low, found.interval.high) == (1, 1)
    with pytest.raises(InputFault, match="one draw or more"):
        agreement.interval(ratings, agreement.kappa, draws=0)
