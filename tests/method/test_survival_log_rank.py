"""The log-rank test: the printed example, laws, and lifelines with several groups."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from lifelines.statistics import multivariate_logrank_test
from tests.method.survival_cast import PEOPLE, TABLES, columns, followed

from braid.method.survival import LifeTable, Observation, log_rank


def test_a_against_b():
    found = log_rank(TABLES)
    a = found.groups["A"]
    assert (a.observed, found.df) == (6, 1)
    assert a.expected == pytest.approx(3.971635, abs=5e-7)
    assert a.variance == pytest.approx(2.297514, abs=5e-7)
    assert found.chi2 == pytest.approx(1.790747, abs=5e-7)
    assert found.p == pytest.approx(0.180835, abs=5e-7)


@given(st.lists(PEOPLE, min_size=2, max_size=5))
def test_several_groups_are_those_of_lifelines(groups):
    tables = {str(n): LifeTable.of(each) for n, each in enumerate(groups)}
    found = log_rank(tables)
    assume(found.chi2 is not None and found.df == len(groups) - 1)
    days, events = columns([one for each in groups for one in each])
    names = [name for name, table in tables.items() for _ in range(table.observed)]
    theirs = multivariate_logrank_test(days, names, events)
    assert found.chi2 == pytest.approx(theirs.test_statistic, rel=1e-6, abs=1e-8)
    assert found.p == pytest.approx(theirs.p_value, rel=1e-6, abs=1e-12)


@given(st.lists(PEOPLE, min_size=2, max_size=4), st.randoms())
def test_the_order_of_the_groups_changes_nothing(groups, chance):
    tables = {str(n): LifeTable.of(each) for n, each in enumerate(groups)}
    shuffled = list(tables)
    chance.shuffle(shuffled)
    here, there = log_rank(tables), log_rank({name: tables[name] for name in shuffled})
    assert here.df == there.df
    if here.chi2 is not None and there.chi2 is not None:
        assert here.chi2 == pytest.approx(there.chi2, rel=1e-6, abs=1e-8)


@given(PEOPLE)
def test_a_group_and_its_like_do_not_differ(group):
    table = LifeTable.of(group)
    found = log_rank({"one": table, "other": table})
    assert found.chi2 is None or found.chi2 == pytest.approx(0, abs=1e-9)


@given(st.lists(PEOPLE, min_size=2, max_size=4))
def test_as_many_events_are_expected_as_there_were(groups):
    found = log_rank({str(n): LifeTable.of(each) for n, each in enumerate(groups)})
    expected = sum(group.expected for group in found.groups.values())
    assert expected == pytest.approx(sum(g.observed for g in found.groups.values()))


@pytest.mark.parametrize(
    ("groups", "reason", "df"),
    [
        pytest.param([followed((5, 1), (9, 0))], "one_group", 0, id="one group"),
        pytest.param([], "one_group", 0, id="no group"),
        pytest.param(
            [followed((5, 0)), followed((9, 0))],
            "groups_do_not_overlap",
            0,
            id="no events",
        ),
        pytest.param(
            [followed((5, 1)), followed((2, 0))],
            "groups_do_not_overlap",
            0,
            id="one had left before the first event",
        ),
        pytest.param(
            [followed((5, 1)), followed((5, 1))],
            "groups_do_not_overlap",
            1,
            id="all on the one day: nothing can vary",
        ),
    ],
)
def test_what_cannot_be_tested_has_a_reason(groups, reason, df):
    found = log_rank({str(n): LifeTable.of(each) for n, each in enumerate(groups)})
    assert (found.chi2, found.p, found.reason, found.df) == (None, None, reason, df)


def test_a_group_that_left_early_takes_no_degree_of_freedom():
    early = LifeTable.of([Observation(1, False, 4)])
    found = log_rank({**TABLES, "early": early})
    assert found.df == 1
    assert found.chi2 == pytest.approx(log_rank(TABLES).chi2)
