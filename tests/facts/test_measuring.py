"""Measures over facts: sums in the engine, the same figures as the plain references."""

from collections import defaultdict
from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction

import pytest
from tests.facts import busy, sound

from braid.facts import measuring
from braid.facts.columns import table_from_dicts
from braid.facts.measuring import measured, periods_of, rows_behind, run
from braid.facts.read import Facts
from braid.facts.schema import TABLES
from braid.kernel.errors import InputFault
from braid.method.measures import Asked
from braid.packs import loader, measures
from braid.packs.measures.periods import between
from braid.packs.measures.situations import Given, figures_of, rows_of

EVERY = sorted(measures.load())
SITUATIONS = [
    pytest.param(edition.pack, situation, id=f"{edition.pack.id}: {situation.that}")
    for edition in loader.editions("measures")
    for situation in edition.situations
]
# What every row of the facts must have and a situation need not say.
TOLD = {
    "unit_id": "unit",
    "at_referral": "unknown",
    "first_of_person": False,
    "held_at_referral": False,
    "source": "employer",
}


@pytest.fixture(scope="module")
def units():
    with busy.facts() as facts:
        yield facts


@pytest.fixture
def nothing():
    with Facts.of({}, as_of=busy.AS_OF) as facts:
        yield facts


def facts_of(given):
    """Return a situation's few rows as facts; a column that is none fails here."""
    tables = {}
    for name, rows in rows_of(given.tables).items():
        known = set(TABLES[name].names)
        assert all(set(row) <= known | {"unit_id"} for row in rows), name
        told = {column: value for column, value in TOLD.items() if column in known}
        tables[name] = table_from_dicts(name, [told | row for row in rows])
    return Facts.of(tables, as_of=given.as_of)


@pytest.mark.parametrize(("measure", "situation"), SITUATIONS)
def test_engine_gives_the_figures_of_the_references(measure, situation):
    given = Given.model_validate(situation.input)
    periods = [between(*given.period, given.as_of)] if given.period else None
    with facts_of(given) as facts:
        found = run(measure, facts, periods=periods, by=given.by)
    assert found == figures_of(measure, given)


@pytest.mark.parametrize("measure_id", EVERY)
def test_groups_add_up_to_the_whole(units, measure_id):
    measure = measures.get(measure_id)
    asked = measured(measure, units)
    whole = {figure.period.period: figure for figure in asked.figures()}
    for key in measure.by:
        sums = defaultdict(lambda: defaultdict(Fraction))
        for figure in asked.figures([key]):
            found = sums[figure.period.period]
            found["rows"] += figure.rows
            found["left out"] += sum(figure.left_out.values())
            for name, amount in figure.amounts.items():
                found[name] += amount
        for period, figure in whole.items():
            expected = {
                "rows": figure.rows,
                "left out": sum(figure.left_out.values()),
                **figure.amounts,
            }
            assert expected == {name: sums[period][name] for name in expected}, key


@pytest.mark.parametrize("measure_id", EVERY)
def test_rows_behind_a_figure_sum_to_it(units, measure_id):
    measure = measures.get(measure_id)
    rows = rows_behind(measure, units)
    for figure in run(measure, units):
        own = [row for row in rows if row["period"] == figure.period.period]
        for name, amount in figure.amounts.items():
            assert sum(Fraction(row.get(name, 0)) for row in own) == amount
        left_out = [row["left_out"] for row in own if row["left_out"]]
        assert {reason: left_out.count(reason) for reason in left_out} == dict(
            figure.left_out
        )
        assert len(own) - len(left_out) == figure.rows
        assert figure.rows or not any(figure.amounts.values())


def test_rows_behind_one_group_are_its_own(units):
    measure = measures.get("item24_community")
    groups = run(measure, units, by=["unit_id", "staff_id"])
    figure = next(one for one in groups if one.value)
    rows = rows_behind(measure, units, group=figure.group)
    assert {(row["unit_id"], row["staff_id"]) for row in rows} == {
        (figure.group["unit_id"], figure.group["staff_id"])
    }
    assert sum(row["f2f_minutes"] for row in rows) == figure.denominator
    assert {row["word"] for row in rows} == {"contact_minutes"}
    assert all(row["contact_id"] for row in rows)


@pytest.mark.parametrize("measure_id", EVERY)
def test_of_nothing_there_is_a_figure_without_a_value(nothing, measure_id):
    measure = measures.get(measure_id)
    (figure,) = run(measure, nothing)
    assert not any(figure.amounts.values())
    assert figure.rows == 0
    if measure.ratios or measure.statistics:
        assert figure.value is None
        assert figure.reason in ("empty_denominator", "no_rows")
    assert run(measure, nothing, by=measure.by[:1]) == []


def test_figure_carries_what_must_be_known_to_read_it(units):
    (figure,) = run(measures.get("item01_caseload"), units)
    assert (figure.measure, figure.version) == ("item01_caseload", "2026.1")
    assert figure.period == Asked("on", busy.AS_OF, busy.AS_OF, busy.AS_OF)
    assert (figure.as_of, figure.snapshot) == (busy.AS_OF, None)
    assert (figure.basis, figure.profile) == ("accepted", None)
    assert (figure.value, figure.reason) == (None, "fte_unknown")
    (other,) = run(measures.get("item21_competitive_permanent"), units)
    assert other.value == other.numerator / other.denominator


def test_figure_names_the_snapshot_that_it_read():
    tables = busy.tables()
    with Facts.of(tables, as_of=busy.AS_OF, snapshot="0198") as facts:
        (figure,) = run(measures.get("counts"), facts)
    assert figure.snapshot == "0198"


def test_earlier_day_does_not_see_what_came_later():
    measure = measures.get("item01_caseload")
    with sound.facts() as facts:
        on_day = [
            run(measure, facts, periods=[between(day, day, day)])[0].numerator
            for day in (date(2026, 2, 9), date(2026, 3, 9), date(2026, 5, 4))
        ]
    assert on_day == [1, 2, 1]


def test_within_a_unit_only_its_rows_count(units):
    asked = measured(measures.get("counts"), units)
    groups = {f.group["unit_id"]: f.amounts for f in asked.figures(["unit_id"])}
    (north,) = asked.figures(within={"unit_id": "north"})
    assert north.amounts == groups["north"]
    (nowhere,) = asked.figures(within={"unit_id": "nowhere"})
    assert not any(nowhere.amounts.values())


def test_statistics_of_groups_are_of_their_own_rows(units):
    asked = measured(measures.get("time_to_first_competitive_job"), units)
    (whole,) = asked.figures()
    groups = asked.figures(["unit_id"])
    assert (
        sum(g.statistics["km_started_by_day_365"].rows for g in groups)
        == (whole.amounts["episodes"])
    )
    medians = {g.statistics["median_days_among_starters"].value for g in groups}
    assert len(medians) == 2


# Periods


def test_quarters_run_from_the_first_acceptance_of_the_unit():
    measure = measures.get("quarters")
    with sound.facts() as facts:
        found = [asked.period for asked in periods_of(measure, facts)]
        assert found == ["2026Q1", "2026Q2", "2026Q3", "2026Q4"]
        elsewhere = periods_of(measure, facts, unit="nowhere")
    assert [asked.period for asked in elsewhere] == ["2026Q4"]


def test_last_quarter_is_cut_at_the_day():
    measure = measures.get("quarters")
    with sound.facts() as facts:
        *_, last = periods_of(measure, facts, date(2026, 5, 10))
    assert (last.period, last.last_day) == ("2026Q2", date(2026, 5, 10))


@pytest.mark.parametrize("ask", [run, rows_behind], ids=["figures", "rows"])
def test_day_after_the_facts_is_refused(units, ask):
    late = busy.AS_OF + timedelta(1)
    measure = measures.get("counts")
    with pytest.raises(InputFault, match="The facts end on 2026-06-30") as fault:
        ask(measure, units, periods=[between(late, late, late)])
    assert fault.value.reason == "after_the_facts"


@pytest.mark.parametrize(
    "ask",
    [
        lambda measure, facts: run(measure, facts, by=["colour"]),
        lambda measure, facts: measured(measure, facts).figures(
            within={"colour": "red"}
        ),
        lambda measure, facts: rows_behind(measure, facts, group={"colour": "red"}),
    ],
    ids=["groups", "within", "rows"],
)
def test_key_that_a_measure_is_not_grouped_by_is_refused(units, ask):
    told = "'quarters' cannot be grouped by 'colour'. It can be grouped by unit_id."
    with pytest.raises(InputFault) as fault:
        ask(measures.get("quarters"), units)
    assert str(fault.value) == told


def test_queries_are_compiled_once_for_all_days_and_facts(units):
    measure = measures.get("item15_rapid_search")
    run(measure, units)
    run(measure, units, by=["unit_id"])
    before = measuring._sums_sql.cache_info().misses
    with sound.facts() as others:
        run(measure, others, by=["unit_id"])
        run(measure, others, periods=[between(sound.day(1, 1), *[sound.AS_OF] * 2)])
    assert measuring._sums_sql.cache_info().misses == before


def test_order_of_rows_changes_nothing(units):
    turned = {name: table.slice(0) for name, table in busy.tables().items()}
    for name, table in turned.items():
        turned[name] = table.take(list(reversed(range(table.num_rows))))
    with Facts.of(turned, as_of=busy.AS_OF) as facts:
        for measure in measures.load().values():
            again = run(measure, facts, by=measure.by)
            assert again == run(measure, units, by=measure.by)


def test_a_week_later_all_is_the_same():
    """Shifting every day and the window by seven days changes no figure."""
    measure = measures.get("item24_community")
    later = timedelta(7)
    shifted = {}
    for name, table in busy.tables().items():
        days = [c.name for c in TABLES[name].columns if c.type == "day"]
        shifted[name] = table_from_dicts(
            name,
            [
                row | {day: row[day] + later for day in days if row[day]}
                for row in table.to_pylist()
            ],
        )
    with Facts.of(shifted, as_of=busy.AS_OF + later) as facts:
        (moved,) = run(measure, facts)
    with busy.facts() as facts:
        (still,) = run(measure, facts)
    same = {"period": still.period, "as_of": still.as_of}
    assert replace(moved, **same) == still
