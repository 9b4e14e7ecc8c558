"""Every case of the table, through the library, and laws that hold for any coders."""

import time

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from tests.method.agreement import cases

from braid.kernel.errors import InputFault
from braid.method import agreement
from braid.method.agreement import Level

TABLES = cases.of("cohen_kappa", "cohen_kappa_weighted")


def test_every_case_is_run():
    run = (
        *cases.of("cohen_kappa", "cohen_kappa_weighted", "krippendorff_alpha"),
        *cases.of("krippendorff_alpha_binary_closed_form", "fleiss_kappa"),
        *cases.of("character_units"),
    )
    assert sorted(run) == sorted(cases.CASES) and len(run) == 25


def held_to(found, case, statistic):
    """Hold a coefficient to what a case says of a statistic, its reason included."""
    wanted = cases.expected(case)
    name = {"alpha": "alpha", "fleiss": "kappa"}.get(statistic, "kappa")
    if name not in wanted:
        name = "nominal"
    assert cases.is_near(found.value, wanted[name], case)
    assert found.because == wanted.get("undefined_because", {}).get(statistic, "")


@pytest.mark.parametrize("case", [c for c in TABLES if "table" in cases.given(c)])
def test_kappa_of_a_table(case):
    said = cases.given(case)
    weights = said.get("weights") or said.get("disagreement_weights")
    held_to(agreement.kappa_of_table(said["table"], weights), case, "kappa")


@pytest.mark.parametrize(
    "case", [c for c in cases.of("cohen_kappa") if c != "D4"], ids=str
)
def test_kappa_of_units(case):
    ratings = agreement.of_units(cases.units(case))
    wanted = cases.expected(case)
    held_to(agreement.kappa(ratings), case, "kappa")
    assert ratings.n_units == wanted.get("n", ratings.n_units)
    if "p_o" in wanted:
        assert cases.is_near(agreement.percent_agreement(ratings), wanted["p_o"], case)


@pytest.mark.parametrize("case", cases.of("krippendorff_alpha"))
def test_alpha(case):
    ratings = agreement.of_units(cases.units(case))
    wanted = cases.expected(case)
    for level in Level:
        if level in wanted:
            found = agreement.alpha(ratings, level)
            assert cases.is_near(found.value, wanted[level], case)
            assert found.because == wanted.get("undefined_because", {}).get("alpha", "")


def test_alpha_of_two_coders_and_two_values_has_a_closed_form():
    said = cases.given("A5")
    n = 2 * said["units"]
    closed = 1 - (n - 1) * said["disagreeing_units"] / (said["n0"] * said["n1"])
    assert cases.is_near(closed, cases.expected("A5")["alpha"], "A5")
    assert cases.is_near(
        agreement.alpha(agreement.of_units(cases.units("A1"))).value, closed, "A5"
    )


@pytest.mark.parametrize("case", cases.of("fleiss_kappa"))
def test_fleiss(case):
    held_to(agreement.fleiss_of_counts(cases.given(case)["counts"]), case, "fleiss")
    held_to(agreement.fleiss(agreement.of_units(cases.units(case))), case, "fleiss")


@pytest.mark.parametrize("case", cases.of("character_units"))
def test_characters(case):
    said, wanted = cases.given(case), cases.expected(case)
    coders = [said["coder_a"], said["coder_b"]]
    ratings = agreement.by_character(said["length"], coders)
    held_to(agreement.kappa(ratings), case, "kappa")
    held_to(agreement.alpha(ratings), case, "alpha")
    assert cases.is_near(agreement.percent_agreement(ratings), wanted["p_o"], case)
    assert agreement.table(ratings) == wanted.get("table", [[1000, 0], [0, 0]])
    walked = agreement.of_units(cases.units(case), agreement.YES_OR_NO)
    assert walked.patterns == ratings.patterns


@pytest.mark.parametrize(
    ("units", "statistic", "because"),
    [
        pytest.param([], "kappa", "no_units", id="nobody judged anything"),
        pytest.param([], "alpha", "no_pairable_units", id="no units for alpha"),
        pytest.param([], "fleiss", "no_units", id="no units for Fleiss"),
        pytest.param([(None, "a")], "kappa", "no_units", id="one coder only"),
        pytest.param([("a", "b", "a")], "kappa", "not_two_coders", id="three coders"),
        pytest.param(
            [("a", "b")], "fleiss", "fewer_than_three_coders", id="two coders"
        ),
        pytest.param(
            [("a",) * 3] * 2, "fleiss", "expected_agreement_is_one", id="one value"
        ),
        pytest.param(
            [("a", "a", "a"), ("b", None, None)], "fleiss", "unequal_raters", id="gaps"
        ),
        pytest.param(
            [("a", None, None)], "fleiss", "no_units", id="one judgement each"
        ),
    ],
)
def test_what_cannot_be_worked_out_has_a_reason(units, statistic, because):
    found = getattr(agreement, statistic)(agreement.of_units(units))
    assert (found.value, found.because) == (None, because)


@pytest.mark.parametrize(
    ("work", "reason"),
    [
        pytest.param(
            lambda: agreement.kappa_of_table([[1, 2]]), "not_square", id="not square"
        ),
        pytest.param(
            lambda: agreement.kappa_of_table([[1, 2], [3, 4]], [[0, 1]]),
            "weights_unfit",
            id="weights of another size",
        ),
        pytest.param(
            lambda: agreement.kappa_of_table([[1, 2], [3, 4]], [[1, 1], [1, 0]]),
            "weights_unfit",
            id="a weight where both agree",
        ),
        pytest.param(
            lambda: agreement.alpha(agreement.of_units([("a", "b")]), Level.INTERVAL),
            "not_numbers",
            id="words as distances",
        ),
        pytest.param(
            lambda: agreement.alpha(agreement.of_units([(-1, 2)]), Level.RATIO),
            "below_zero",
            id="below zero",
        ),
        pytest.param(
            lambda: agreement.alpha(
                agreement.of_units((n, n + 1) for n in range(4_000)), Level.RATIO
            ),
            "too_many_values",
            id="each compared with each",
        ),
        pytest.param(
            lambda: agreement.of_units([("a", "b"), ("a",)]),
            "coders_differ",
            id="ragged",
        ),
        pytest.param(
            lambda: agreement.by_character(10, [[(5, 11)], []]),
            "outside",
            id="too long",
        ),
    ],
)
def test_what_makes_no_sense_is_refused(work, reason):
    with pytest.raises(InputFault) as refused:
        work()
    assert refused.value.reason == reason


def test_numbers_are_the_same_however_they_are_written():
    written = agreement.of_units([("1", "1.0"), ("2,50", "2.5"), ("10", "9")])
    assert written.values == ("1", "2.5", "9", "10")
    assert agreement.percent_agreement(written) == pytest.approx(2 / 3)


VALUES = st.sampled_from([None, 0, 1, 2, 3])
UNITS = st.integers(2, 4).flatmap(
    lambda coders: st.lists(st.tuples(*[VALUES] * coders), max_size=12)
)


@given(UNITS, st.permutations(range(4)), st.sampled_from(Level))
def test_alpha_does_not_ask_who_said_it_or_in_which_order(units, order, level):
    ratings = agreement.of_units(units)
    turned = agreement.of_units(
        tuple(unit[at] for at in order if at < len(unit)) for unit in reversed(units)
    )
    one, other = agreement.alpha(ratings, level), agreement.alpha(turned, level)
    assert one.because == other.because
    assert float(one) == pytest.approx(float(other), nan_ok=True)


@given(UNITS)
def test_agreement_is_whole_only_where_all_agree(units):
    ratings = agreement.of_units(units)
    differ = any(len({v for v in unit if v is not None}) > 1 for unit in units)
    found = agreement.alpha(ratings)
    assume(found.value is not None)
    assert (found.value == 1) is not differ
    assert found.value <= 1


@given(UNITS, st.integers(1, 7), st.integers(-3, 3))
def test_the_level_says_what_may_be_done_to_values(units, times, plus):
    """Distances keep their alpha when moved and stretched, orders whatever keeps them."""

    def changed(change, level):
        other = [tuple(v if v is None else change(v) for v in unit) for unit in units]
        return float(agreement.alpha(agreement.of_units(other), level))

    before = {
        level: float(agreement.alpha(agreement.of_units(units), level))
        for level in Level
    }
    same = pytest.approx
    assert changed(lambda v: "dbca"[v], "nominal") == same(
        before["nominal"], nan_ok=True
    )
    assert changed(lambda v: v**3 + plus, "ordinal") == same(
        before["ordinal"], nan_ok=True
    )
    assert changed(lambda v: times * v + plus, "interval") == same(
        before["interval"], nan_ok=True
    )
    assert changed(lambda v: times * v, "ratio") == same(before["ratio"], nan_ok=True)


def test_a_hundred_thousand_units_take_a_moment():
    units = [
        ((n * 7) % 5, (n * 11) % 5, None if n % 9 else n % 5) for n in range(100_000)
    ]
    began = time.process_time()
    ratings = agreement.of_units(units)
    for level in Level:
        agreement.alpha(ratings, level)
    assert time.process_time() - began < 1
