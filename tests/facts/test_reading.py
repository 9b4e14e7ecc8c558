"""A set of facts can be asked, and can reach nothing else."""

import subprocess
import sys
from datetime import date

import duckdb
import ibis
import pyarrow as pa
import pytest
from tests.facts.sound import AS_OF, facts, rows, tables

from braid.facts import columns
from braid.facts.read import Facts, FactsFaults
from braid.facts.reading import asked_table
from braid.facts.schema import TABLES


def test_facts_know_their_day_their_units_and_their_tables():
    with facts() as north:
        assert (north.as_of, north.snapshot, north.units) == (AS_OF, None, ["north"])
        for name, table in tables().items():
            assert north.table(name).equals(table)


def test_a_table_that_is_not_given_is_empty():
    with Facts.of({}, as_of=AS_OF) as nothing:
        assert nothing.units == []
        assert all(nothing.table(name).num_rows == 0 for name in TABLES)


def test_an_expression_is_asked_for_periods():
    asked = pa.table(
        {
            "period": ["spring", "summer"],
            "first_day": [date(2026, 3, 1), date(2026, 6, 1)],
            "last_day": [date(2026, 5, 31), date(2026, 8, 31)],
            "as_of": [AS_OF, AS_OF],
        },
        schema=columns.ASKED,
    )
    with facts() as north:
        terms, periods = north.tables["job_terms"], asked_table()
        inside = [
            terms.first_day >= periods.first_day,
            terms.first_day <= periods.last_day,
        ]
        begun = terms.join(periods, inside).select("period", "weekly_hours")
        found = north.rows(begun.order_by("period"), asked)
    assert [(row["period"], row["weekly_hours"]) for row in found] == [
        ("spring", 12),
        ("summer", pytest.approx(16.5)),
    ]


def test_the_tables_for_words_have_the_types_of_the_facts():
    for name, table in Facts.of({}, as_of=AS_OF).tables.items():
        assert table.columns == TABLES[name].names
        with Facts.of({}, as_of=AS_OF) as nothing:
            assert nothing.rows(table) == []
    jobs = Facts.of({}, as_of=AS_OF).tables["jobs"]
    assert jobs.contracted_daily_hours.type() == ibis.dtype("decimal(18, 4)")


def test_two_sets_in_one_process_know_nothing_of_each_other():
    changed = rows()
    changed["contacts"] = []
    with facts() as one, facts(changed) as other:
        assert one.table("contacts").num_rows == 1
        assert other.table("contacts").num_rows == 0


WRONG_TABLES = {
    "a table that is none": ({"visits": pa.table({"day": [1]})}, "unknown_table"),
    "columns of another type": (
        {"staff": pa.table({"staff_id": [1], "org_id": [2]})},
        "wrong_columns",
    ),
    "columns in another order": (
        {"staff": pa.table({"org_id": ["a"], "staff_id": ["b"]})},
        "wrong_columns",
    ),
}


@pytest.mark.parametrize(("given", "rule"), WRONG_TABLES.values(), ids=WRONG_TABLES)
def test_tables_that_are_no_facts_are_refused(given, rule):
    with pytest.raises(FactsFaults) as refused:
        Facts.of(given, as_of=AS_OF)
    assert [fault.rule for fault in refused.value.faults] == [rule]


REACHING_OUT = {
    "a file": "SELECT * FROM read_csv('pyproject.toml')",
    "a file as a table": "SELECT * FROM 'pyproject.toml'",
    "writing a file": "COPY (SELECT 1) TO 'out.csv'",
    "the network": "SELECT * FROM read_parquet('https://example.org/x.parquet')",
    "another database": "ATTACH 'other.db'",
    "an extension": "INSTALL httpfs",
    "loading one": "LOAD httpfs",
    "the locks": "SET enable_external_access = true",
}


@pytest.mark.parametrize("sql", REACHING_OUT.values(), ids=REACHING_OUT)
def test_the_engine_reaches_neither_files_nor_network(sql):
    with facts() as north, pytest.raises(duckdb.Error):
        north.run_sql(sql)


def test_a_notebook_needs_no_settings():
    script = (
        "import sys; from braid.facts.read import Facts; "
        "assert not [name for name in sys.modules if name.startswith('django')]"
    )
    subprocess.run([sys.executable, "-W", "error", "-c", script], check=True)


def test_rows_may_be_given_as_columns_rows_or_mappings():
    by_column = {"staff_id": ["ada"], "org_id": ["havn"]}
    one = columns.table_from_columns("staff", by_column)
    assert one.equals(columns.table_from_rows("staff", [("ada", "havn")]))
    assert one.equals(columns.table_from_dicts("staff", [by_column_row(by_column)]))
    assert columns.table_from_rows("staff", []).equals(columns.empty("staff"))
    with pytest.raises(KeyError, match="org_id"):
        columns.table_from_columns("staff", {"staff_id": ["ada"]})


def by_column_row(columns_given):
    return {name: values[0] for name, values in columns_given.items()}
