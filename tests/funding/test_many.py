"""A contract over a folder of facts, part by part: what comes out is always the same."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pyarrow.parquet as pq
import pytest

from braid.funding import many, reading
from braid.funding.line_columns import LineColumns
from braid.method.contracts import shape as s
from braid.method.contracts.case import cases
from braid.method.contracts.running import run
from tests.funding.test_reading import drawn
from tests.method.contracts.generated import Made
from tests.method.contracts.histories import episode, facts, job
from tests.method.contracts.schemes import DES_BOUND, MHEP, bound
from tests.method.contracts.test_two_ways import SCHEMES, SKELETON

UNITS = ("north", "east", "south", "west")
AS_OF = date(2025, 1, 31)


def terms(name):
    scheme, values = SCHEMES[name]
    return scheme, DES_BOUND if values is None else bound(scheme, **values)


def people(scheme, seed=7, number=12):
    """Return people of several units; some of them have been in two."""
    tables = facts(*Made(seed, scheme).people(number))
    unit_of = {}
    for number, row in enumerate(tables["episodes"]):
        row["unit_id"] = unit_of[row["episode_id"]] = UNITS[number % len(UNITS)]
        if number % 5 == 4:  # carried on from the person before, in the unit before
            row["person_key"] = tables["episodes"][number - 1]["person_key"]
    jobs = {row["job_id"]: row["episode_id"] for row in tables["jobs"]}
    for name, rows in tables.items():
        for row in rows if name != "episodes" else ():
            owner = row.get("episode_id") or jobs.get(row.get("job_id"))
            row["unit_id"] = unit_of.get(owner, row.get("unit_id"))
    return tables


def kept(tables, folder, as_of=AS_OF):
    """Write facts into a folder, as those of a nation are."""
    folder.mkdir()
    with drawn(tables, as_of) as found:
        for name in tables:
            pq.write_table(found.table(name), folder / f"{name}.parquet")
    return folder


@pytest.mark.parametrize("name", SCHEMES)
def test_who_can_have_no_line_is_left_out_and_nobody_else(name):
    scheme, values = terms(name)
    for seed in range(40, 46):
        tables = people(scheme, seed)
        plain = run(scheme, cases(scheme, tables), AS_OF, bindings=values)
        with drawn(tables, AS_OF) as found:
            brief = reading.run(found, [scheme], [values], as_of=AS_OF, brief=True)
        assert list(brief.lines) == [replace(x, steps=()) for x in plain.lines]
        assert brief.totals == plain.totals


def test_somebody_without_work_is_not_read_for_a_contract_about_work():
    scheme, values = terms("uk-ipspc")
    tables = facts(episode("ada"), episode("ben"), *job("j-1", "2024-01-08", who="ben"))
    with drawn(tables, AS_OF) as found:
        part = reading.Part(lines_only=True)
        chosen = list(reading.candidates(found, [scheme], [values], part))
        everybody = list(reading.candidates(found, [scheme], [values], reading.Part()))
    assert [each.subject for each in chosen] == ["ben"]
    assert [each.subject for each in everybody] == ["ada", "ben"]


@pytest.mark.parametrize("name", SCHEMES)
def test_parts_come_to_what_the_whole_comes_to(name, tmp_path):
    scheme, values = terms(name)
    folder = kept(people(scheme), tmp_path / "facts")
    given = {"as_of": AS_OF, "processes": 1}
    parts = many.run_folder(folder, [scheme], [values], enough=1, **given)
    whole = many.run_folder(folder, [scheme], [values], enough=10**6, **given)
    with many._opened(many.Task(folder, (scheme,), (values,), AS_OF)) as found:
        plain = reading.run(found, [scheme], [values], as_of=AS_OF, brief=True)
    expected = [replace(each, steps=()) for each in plain.lines]
    assert list(parts.lines) == list(whole.lines) == expected
    assert parts.totals == whole.totals == plain.totals


def test_two_processes_come_to_what_one_comes_to(tmp_path):
    scheme, values = terms("au-des")
    folder = kept(people(scheme, number=8), tmp_path / "facts")
    given = {"as_of": AS_OF, "enough": 1}
    one = many.run_folder(folder, [scheme], [values], processes=1, **given)
    two = many.run_folder(folder, [scheme], [values], processes=2, **given)
    assert len(one.lines) > 10
    assert two.totals == one.totals
    for found, name in ((one, "one"), (two, "two")):
        found.lines.write(tmp_path / f"{name}.parquet")
    first, second = ((tmp_path / f"{n}.parquet").read_bytes() for n in ("one", "two"))
    assert first == second


def test_a_cap_of_the_whole_contract_is_held_across_units(tmp_path):
    most = s.Known(value=Decimal(500), source="invented")
    capped = replace(SKELETON, cap=s.Cap(contract=2, amount=most))
    tables = people(capped, number=20)
    folder = kept(tables, tmp_path / "facts")
    found = many.run_folder(folder, [capped], [], as_of=AS_OF, processes=1, enough=1)
    plain = run(capped, cases(capped, tables), AS_OF)
    assert found.totals == plain.totals
    assert found.totals.unpaid["over_cap"] > 0
    assert found.totals.due.amount <= 500


def test_the_one_processor_there_is_does_it_all(tmp_path, monkeypatch):
    scheme, values = terms("nl-cmd")
    folder = kept(people(scheme), tmp_path / "facts")
    monkeypatch.setattr(many, "processors", lambda: 1)
    monkeypatch.setattr(many, "ProcessPoolExecutor", None)
    found = many.run_folder(folder, [scheme], [values], as_of=AS_OF, enough=1)
    assert found.totals.counted == len([x for x in found.lines if x.counts])


def test_lines_in_columns_are_the_lines():
    scheme, values = terms("uk-mhep")
    tables = people(replace(MHEP, valid_to=None), number=6)
    lines = run(scheme, cases(scheme, tables), AS_OF, bindings=values).lines
    lines = [replace(each, steps=()) for each in lines]
    columns = LineColumns.of("person", lines)
    assert list(columns) == lines
    assert columns[1:3] == lines[1:3]
    assert columns[-1] == lines[-1]
    with pytest.raises(IndexError):
        columns[len(lines)]
