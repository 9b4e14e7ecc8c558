"""Spark says the same as DuckDB: every word, and every statement of a measure.

Starting Spark takes longer than asking it, so it is started once for all of them.
"""

import gc
import subprocess
import tempfile
from collections import Counter
from pathlib import Path
from random import Random

import pytest
from tests.method.measures.engine import (
    as_multiset,
    asked_table_of,
    by_engine,
    loaded,
)
from tests.method.measures.histories import D, history
from tests.method.measures.test_agreement import PERIODS, SEEDS

from braid.facts import spark
from braid.facts.measuring import measured, rows_behind
from braid.facts.reading import asked_table, compiled, tables
from braid.kernel.errors import InputFault
from braid.method.measures import WORDS
from braid.packs import measures


def _missing():
    try:
        spark.must_be_there()
    except InputFault as missing:
        return str(missing)
    return ""


pytestmark = [
    pytest.mark.spark,
    pytest.mark.long,
    pytest.mark.skipif(bool(_missing()), reason=_missing() or "Spark is here"),
    # Py4J leaves it to the end of the process to close its sockets.
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]


@pytest.fixture(scope="module")
def both():
    """A thousand people, asked about with DuckDB and with Spark; ended without trace."""
    # The reference is compared with DuckDB on these very facts, in test_agreement.
    facts = history(Random(SEEDS[0]), people=1000)
    before = _scratch()
    with loaded(facts, D) as by_duckdb, spark.over(loaded(facts, D)) as by_spark:
        java = _java()
        yield by_duckdb, by_spark
    assert _scratch() == before
    assert java.poll() is not None
    gc.collect()  # while what Py4J leaves open is no fault yet


def _java():
    """Return the Java program of this process."""
    from pyspark import SparkContext

    return SparkContext._gateway.proc


def _scratch():
    return set(Path(tempfile.gettempdir()).glob("braid-spark-*"))


def _must_be_the_same(found, expected):
    """Compare rows; a whole difference would be too long to read."""
    expected, found = Counter(expected), Counter(found)
    missing, surplus = list(expected - found), list(found - expected)
    assert (len(missing), missing[:2], surplus[:2]) == (0, [], [])


@pytest.mark.parametrize("name", WORDS)
def test_a_word_gives_the_same_rows(name, both):
    by_duckdb, by_spark = both
    sql = compiled(WORDS[name].ask(tables(), asked_table()), by_spark.dialect)
    expected = as_multiset(by_engine(name, by_duckdb, PERIODS))
    assert expected
    found = by_spark.run_sql(sql, asked_table_of(PERIODS))
    _must_be_the_same(as_multiset(found), expected)


@pytest.mark.parametrize("measure", measures.load().values(), ids=lambda each: each.id)
def test_a_measure_gives_the_same_sums_pairs_and_rows(measure, both):
    by_duckdb, by_spark = both
    expected = measured(measure, by_duckdb, periods=PERIODS).parts
    assert any(expected)
    assert measured(measure, by_spark, periods=PERIODS).parts == expected
    rows = [as_multiset(rows_behind(measure, f, periods=PERIODS)) for f in both]
    _must_be_the_same(rows[1], rows[0])


def test_tables_and_units_are_the_same(both):
    by_duckdb, by_spark = both
    assert by_spark.units == by_duckdb.units
    assert by_spark.table("jobs") == by_duckdb.table("jobs")


def test_only_this_computer_reaches_the_session(both):
    listed = subprocess.run(
        ["ss", "-Hltnp"], capture_output=True, text=True, check=True
    ).stdout
    own = [line for line in listed.splitlines() if f"pid={_java().pid}," in line]
    hosts = {line.split()[3].rpartition(":")[0].strip("[]") for line in own}
    assert hosts
    assert {host.removeprefix("::ffff:") for host in hosts} <= {"127.0.0.1", "::1"}


def test_a_second_session_is_refused_and_the_first_goes_on(both):
    by_duckdb, by_spark = both
    with pytest.raises(InputFault) as refused:
        spark.over(loaded({}, D))
    assert refused.value.reason == "engine_taken"
    assert by_spark.units == by_duckdb.units
