"""What answers about facts: one set never sees another, whatever is kept between."""

import tempfile
from datetime import date
from pathlib import Path
from threading import Thread

import duckdb
import pyarrow.parquet
import pytest
from tests.facts import busy

from braid.facts import engine, foreign
from braid.facts.columns import table_from_dicts
from braid.facts.reading import Facts

DAY = date(2026, 6, 30)
STAFF = "SELECT staff_id FROM staff ORDER BY 1"


@pytest.fixture(autouse=True)
def _nothing_kept(monkeypatch):
    monkeypatch.setattr(engine, "_stands", [])


def facts(*staff):
    rows = [{"staff_id": each, "org_id": "havnelund"} for each in staff]
    return Facts.of({"staff": table_from_dicts("staff", rows)}, as_of=DAY)


def names(found):
    return [row["staff_id"] for row in found.run_sql(STAFF)]


def test_a_stand_is_used_again_and_remembers_nothing_of_whom_it_was_about():
    with facts("ada", "ben") as first:
        assert names(first) == ["ada", "ben"]
    (kept,) = engine._stands
    assert kept.table("staff").num_rows == 0
    with facts("ola") as second:
        assert engine._stands == []
        assert names(second) == ["ola"]
        assert second.table("staff").num_rows == 1
    assert engine._stands == [kept]


def test_two_sets_at_once_do_not_see_each_other():
    with facts("ada") as one, facts("ola") as other:
        assert (names(one), names(other)) == (["ada"], ["ola"])
    assert len(engine._stands) == 2


def test_a_statement_is_planned_once_a_stand():
    for staff in ("ada", "ben", "ola"):
        with facts(staff) as found:
            assert names(found) == [staff]
    (kept,) = engine._stands
    assert list(kept._planned) == [STAFF]


def test_closing_twice_gives_a_stand_back_once():
    found = facts("ada")
    found.close()
    found.close()
    assert len(engine._stands) == 1


def test_more_statements_than_a_stand_plans_are_still_answered(monkeypatch):
    monkeypatch.setattr(engine, "PLANNED", 1)
    with facts("ada") as found:
        assert names(found) == ["ada"]
        assert found.run_sql("SELECT count(*) AS n FROM staff") == [{"n": 1}]


def test_only_so_many_stands_are_kept(monkeypatch):
    monkeypatch.setattr(engine, "KEPT", 1)
    one, other = facts("ada"), facts("ben")
    one.close()
    other.close()
    assert len(engine._stands) == 1


def test_many_facts_have_a_connection_of_their_own(monkeypatch):
    monkeypatch.setattr(engine, "FEW", 1)
    with facts("ada", "ben") as found:
        assert names(found) == ["ada", "ben"]
        assert found.table("staff").num_rows == 2
    assert engine._stands == []


def test_threads_do_not_share_a_stand():
    seen = {}

    def look(staff):
        with facts(staff) as found:
            seen[staff] = [names(found) for _ in range(20)]

    threads = [Thread(target=look, args=(staff,)) for staff in ("ada", "ben", "ola")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert seen == {staff: [[staff]] * 20 for staff in ("ada", "ben", "ola")}


def test_engine_reaches_neither_files_nor_network():
    with facts("ada") as found, pytest.raises(Exception, match="disabled"):
        found.run_sql("SELECT * FROM read_csv('/etc/hostname')")


# Beside files


def _count(folder):
    return f"SELECT count(*) AS n FROM read_parquet({engine.quoted(folder)})"


def test_a_connection_beside_files_reads_them_and_nothing_else(tmp_path):
    own, other = tmp_path / "it's own.parquet", tmp_path / "other.parquet"
    for path in (own, other):
        pyarrow.parquet.write_table(table_from_dicts("staff", []), path)
    with engine.connect_beside([own]) as connection:
        assert connection.execute(_count(own)).fetchall() == [(0,)]
        for reached in (
            _count(other),
            "SELECT * FROM read_csv('/etc/hostname')",
            "COPY (SELECT 1) TO '/dev/null'",
            "INSTALL httpfs",
            f"ATTACH {engine.quoted(tmp_path / 'new.db')}",
            "SET enable_external_access = true",
            "SET allowed_paths = ['/etc/hostname']",
        ):
            with pytest.raises(duckdb.Error):
                connection.execute(reached)


def test_a_table_of_a_snapshot_is_bound_when_it_is_first_asked_for(tmp_path):
    folder = busy.frozen(tmp_path / "facts", people=3)
    facts, faults = foreign.open_folder(folder)
    assert (faults, "jobs" in facts._engine._later) == ([], True)
    with facts:
        assert facts.run_sql("SELECT count(*) AS n FROM jobs")[0]["n"] > 0
        assert "jobs" not in facts._engine._later
        assert facts.table("episodes").num_rows > 0


def test_what_memory_does_not_hold_lies_in_a_folder_of_this_account_alone():
    """Left to itself the engine would lay it beside whatever a process was started in."""
    (row,) = (
        engine.connect().execute("SELECT current_setting('temp_directory')").fetchall()
    )
    folder = Path(row[0])
    assert folder.is_dir() and folder.stat().st_mode & 0o777 == 0o700
    assert folder.parent == Path(tempfile.gettempdir())
