"""How the rows of a table lie in its parts: in groups of days, so that few are read."""

from datetime import date, timedelta
from random import Random

import pyarrow as pa
import pyarrow.parquet
import pytest

from braid.facts import parts
from braid.facts.columns import arrow_schema, table_from_dicts
from braid.facts.engine import connect_beside, quoted

DAYS = [date(2026, 1, 1) + timedelta(n) for n in range(100)]


@pytest.fixture
def small(monkeypatch):
    """Parts of a hundred rows, in groups of ten."""
    monkeypatch.setattr(parts, "PART", 100)
    monkeypatch.setattr(parts, "GROUP", 10)


def contacts(number):
    """Return contacts on days in no order, of two units."""
    lot = Random(number)
    rows = [
        {"contact_id": f"c{n}", "unit_id": lot.choice("ab"), "day": lot.choice(DAYS)}
        for n in range(number)
    ]
    return table_from_dicts("contacts", rows)


def laid(folder, name, rows):
    schema = arrow_schema(name)
    parts.lay(folder, name, parts.gathered(rows.to_batches(100), schema), schema)
    return parts.files(folder, name)


def test_no_two_groups_of_a_part_share_more_than_a_day(tmp_path, small):
    rows = contacts(250)
    files = laid(tmp_path, "contacts", rows)
    assert len(files) == 3
    for path in files:
        with pyarrow.parquet.ParquetFile(path) as file:
            groups = [file.read_row_group(n)["day"] for n in range(file.num_row_groups)]
        days = [day for group in groups for day in group.to_pylist()]
        assert days == sorted(days)
        assert max(map(len, groups)) == 10
    found = pa.concat_tables([pyarrow.parquet.read_table(path) for path in files])
    assert found.sort_by("contact_id").equals(rows.sort_by("contact_id"))


def test_who_asks_about_a_week_reads_the_groups_of_that_week(tmp_path, small):
    files = laid(tmp_path, "contacts", contacts(250))
    paths = ", ".join(quoted(path) for path in files)
    with connect_beside(files) as connection:
        connection.register(
            "asked", pa.table({"first": [DAYS[50]], "last": [DAYS[56]]})
        )
        (((_name, plan),)) = connection.execute(
            "EXPLAIN ANALYZE SELECT count(*) FROM "
            f"read_parquet([{paths}]) JOIN asked ON day BETWEEN first AND last"
        ).fetchall()
    (line,) = [line for line in plan.splitlines() if "Row Groups Scanned" in line]
    scanned, of = (
        int(word) for word in line.replace("/", " ").split() if word.isdigit()
    )
    assert (scanned <= 9, of) == (True, 25)


def test_a_table_without_days_lies_by_its_units(tmp_path, small):
    rows = [
        {"episode_id": f"e{n}", "unit_id": "ba"[n % 2], "first_day": DAYS[n]}
        for n in range(20)
    ]
    (path,) = laid(tmp_path, "caseload", table_from_dicts("caseload", rows))
    units = pyarrow.parquet.read_table(path)["unit_id"].to_pylist()
    assert units == sorted(units)
