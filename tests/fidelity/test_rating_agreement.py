"""How far two reviewers agree: beside a second library, and what the laws say."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st
from statsmodels.stats.inter_rater import cohens_kappa

from braid.fidelity import rules

SCORES = st.integers(1, 5)
PAIRS = st.lists(st.tuples(SCORES, SCORES), min_size=2, max_size=35)


def alike(pairs):
    first, second = ([pair[side] for pair in pairs] for side in (0, 1))
    return rules.alike(dict(enumerate(first)), dict(enumerate(second)))


def table(pairs):
    counted = Counter(pairs)
    return [[counted[one, other] for other in range(1, 6)] for one in range(1, 6)]


@given(PAIRS)
def test_weighted_kappa_is_that_of_a_second_library(pairs):
    found = alike(pairs)
    if (
        found.kappa is None
    ):  # all gave one and the same score: there is no chance to beat
        assert len({score for pair in pairs for score in pair}) == 1
        return
    other = cohens_kappa(table(pairs), wt="quadratic", return_results=False)
    assert found.kappa == pytest.approx(other)


@given(PAIRS)
def test_shares_are_counts_of_the_items_that_both_scored(pairs):
    found = alike(pairs)
    assert found.items == len(pairs)
    assert found.exact == sum(one == other for one, other in pairs)
    assert found.exact <= found.within_one <= found.items


@given(PAIRS)
def test_whoever_is_named_first_agreement_is_the_same(pairs):
    assert alike(pairs) == alike([(other, one) for one, other in pairs])


@given(st.lists(SCORES, min_size=2, max_size=35))
def test_who_agrees_wholly_has_kappa_one_or_none(scores):
    found = alike([(score, score) for score in scores])
    assert found.exact == len(scores)
    assert found.kappa in (None, 1)
