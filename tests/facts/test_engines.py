"""Which engine is meant, and what is said where it cannot be had."""

import socket
from datetime import date

import pytest
from tests.facts import busy

from braid.facts import engines, spark
from braid.kernel.errors import InputFault


@pytest.mark.parametrize(
    ("engine", "master", "found"),
    [
        pytest.param("duckdb", "", None, id="duckdb"),
        pytest.param("spark", "", "local[2]", id="spark"),
        pytest.param("spark", "local[*]", "local[*]", id="all threads"),
        pytest.param("spark", "spark://h:7077", "spark://h:7077", id="a cluster"),
        pytest.param("spark://h:7077", "", "spark://h:7077", id="as BRAID_ENGINE"),
        pytest.param("local[4]", "local[1]", "local[1]", id="the master wins"),
        pytest.param("spark", "spark://[::1]:7077", "spark://[::1]:7077", id="IPv6"),
    ],
)
def test_an_engine_is_duckdb_or_a_master_of_spark(engine, master, found):
    assert engines.master_of(engine, master) == found


@pytest.mark.parametrize(
    ("engine", "master", "reason"),
    [
        pytest.param("duckdb", "local[2]", "master_of_no_engine", id="of duckdb"),
        pytest.param("spark", "yarn", "master_wrong", id="another kind"),
        pytest.param("spark", "spark://h", "master_wrong", id="no port"),
        pytest.param("spark", "spark://h:port", "master_wrong", id="no number"),
        pytest.param("spark", "spark://h:7077/jobs", "master_wrong", id="a path"),
        pytest.param("spark", "spark://me:it@h:7077", "master_wrong", id="a password"),
        pytest.param("spark", "spark://h:70770", "master_wrong", id="no such port"),
        pytest.param("spark", "local[two]", "master_wrong", id="no threads"),
        pytest.param("sparkle", "", "master_wrong", id="no engine"),
    ],
)
def test_what_is_no_engine_is_refused(engine, master, reason):
    with pytest.raises(InputFault) as refused:
        engines.master_of(engine, master)
    assert refused.value.reason == reason


@pytest.mark.parametrize(
    ("master", "here"),
    [
        ("local[2]", True),
        ("spark://localhost:7077", True),
        ("spark://127.0.0.1:7077", True),
        ("spark://spark.example:7077", False),
    ],
)
def test_what_only_this_computer_needs_is_bound_to_it(master, here):
    assert engines.is_here(master) is here


def _facts():
    return busy.facts(people=1)


def test_without_the_extra_a_sentence_says_what_to_install(monkeypatch):
    monkeypatch.setattr(spark, "find_spec", lambda _name: None)
    with pytest.raises(InputFault, match=r"Install braid-ips\[spark\]") as refused:
        spark.over(_facts())
    assert refused.value.reason == "engine_missing"


def test_without_java_a_sentence_says_what_to_install(monkeypatch, tmp_path):
    monkeypatch.setattr(spark, "find_spec", lambda _name: "there")
    monkeypatch.setenv("JAVA_HOME", str(tmp_path))
    with pytest.raises(InputFault, match="Install Java 17") as refused:
        spark.over(_facts())
    assert refused.value.reason == "java_missing"


def test_a_master_of_no_name_is_named(monkeypatch):
    monkeypatch.setattr(spark, "must_be_there", lambda: None)
    with pytest.raises(InputFault, match=r"'spark://not\.\.one:7077'") as refused:
        spark.over(_facts(), master="spark://not..one:7077")
    assert refused.value.reason == "master_unreachable"


def test_a_master_that_does_not_answer_is_named(monkeypatch):
    monkeypatch.setattr(spark, "must_be_there", lambda: None)
    monkeypatch.setattr(spark, "PATIENCE", 1)
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))
        master = f"spark://127.0.0.1:{nobody.getsockname()[1]}"
        with pytest.raises(InputFault, match=master) as refused:
            spark.over(_facts(), master=master)
    assert refused.value.reason == "master_unreachable"


def test_facts_tell_which_sql_they_are_asked_in():
    with _facts() as facts:
        assert (facts.dialect, facts.as_of) == ("duckdb", date(2026, 6, 30))
