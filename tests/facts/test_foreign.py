"""Facts that somebody else wrote, in Parquet or CSV: read exactly, or every fault told."""

import json
from datetime import date
from decimal import Decimal

import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet as pq
import pytest
from tests.facts.sound import AS_OF, facts, rows, tables

from braid.facts import foreign
from braid.facts.hashing import content_hash, folder_hash
from braid.facts.read import Facts, FactsFaults
from braid.facts.schema import VERSION


def write(folder, kind):
    for name, table in tables().items():
        if kind == "csv":
            pyarrow.csv.write_csv(table, folder / f"{name}.csv")
        else:
            pq.write_table(table, folder / f"{name}.parquet")
    return folder


@pytest.fixture
def csv(tmp_path):
    return write(tmp_path, "csv")


@pytest.fixture
def parquet(tmp_path):
    return write(tmp_path, "parquet")


def faults(folder, **options):
    with pytest.raises(FactsFaults) as refused:
        Facts.read(folder, **({"as_of": AS_OF} | options))
    return refused.value.faults


def said(folder, **options):
    return [(f.table, f.key, f.rule) for f in faults(folder, **options)]


@pytest.mark.parametrize("kind", ["csv", "parquet"])
def test_a_set_comes_back_as_it_was_written(tmp_path, kind):
    with Facts.read(write(tmp_path, kind), as_of=AS_OF) as read, facts() as written:
        for name in tables():
            assert read.table(name).equals(written.table(name)), name
        assert content_hash(read) == content_hash(written)


def test_a_missing_table_is_empty_and_a_missing_optional_column_null(tmp_path):
    (tmp_path / "contacts.csv").write_text(
        "contact_id,unit_id,day,minutes\nc1,north,2026-03-16,\nc2,north,2026-03-17,30\n"
    )
    with Facts.read(str(tmp_path), as_of=AS_OF) as read:
        first, second = read.table("contacts").to_pylist()
        assert (first["minutes"], second["minutes"]) == (None, 30)
        assert first["day"] == date(2026, 3, 16)
        assert second["attended"] is None
        assert read.table("jobs").num_rows == 0


def test_columns_may_stand_in_any_order_and_cells_in_quotation_marks(tmp_path):
    (tmp_path / "staff.csv").write_bytes(
        b"\xef\xbb\xbf" + b'"org_id","staff_id"\r\n"h,1","00\n7"\r\n'
    )
    with Facts.read(tmp_path, as_of=AS_OF) as read:
        assert read.table("staff").to_pylist() == [
            {"staff_id": "00\n7", "org_id": "h,1"}
        ]


@pytest.mark.parametrize("kind", ["csv", "parquet"])
def test_an_unknown_column_is_refused_with_the_known_ones(tmp_path, kind):
    given = pa.table({"staff_id": ["ada"], "org_id": ["havn"], "name": ["Ada"]})
    if kind == "csv":
        pyarrow.csv.write_csv(given, tmp_path / "staff.csv")
    else:
        pq.write_table(given, tmp_path / "staff.parquet")
    (fault,) = faults(tmp_path)
    assert (fault.rule, fault.key) == ("unknown_column", "name")
    assert fault.sentence == ("staff has no column 'name'. Known are staff_id, org_id.")


HEADINGS = "contact_id,unit_id,day,minutes,attended,mode"
CELLS = {
    "a day the other way round": ("c1,north,16-03-2026,,,", "wrong_type"),
    "a day that is not in the calendar": ("c1,north,2026-02-30,,,", "wrong_type"),
    "a day of the week calendar": ("c1,north,2026-W12-1,,,", "wrong_type"),
    "a day with an hour": ("c1,north,2026-03-16T00:00,,,", "wrong_type"),
    "minutes with places": ("c1,north,2026-03-16,4.5,,", "wrong_type"),
    "minutes in words": ("c1,north,2026-03-16,half an hour,,", "wrong_type"),
    "minutes beyond counting": (
        "c1,north,2026-03-16,9223372036854775808,,",
        "wrong_type",
    ),
    "yes for true": ("c1,north,2026-03-16,,yes,", "wrong_type"),
    "a word outside its list": ("c1,north,2026-03-16,,,teams", "unknown_code"),
    "a word in capitals": ("c1,north,2026-03-16,,,PHONE", "unknown_code"),
    "no day": ("c1,north,,,,", "missing_value"),
    "no key": (",north,2026-03-16,,,", "missing_value"),
    "a cell too many": ("c1,north,2026-03-16,,,,", "wrong_row"),
}


@pytest.mark.parametrize(("row", "rule"), CELLS.values(), ids=CELLS)
def test_a_cell_that_says_something_else_is_refused(tmp_path, row, rule):
    good = "c0,north,2026-03-15,45,TRUE,phone"
    path = tmp_path / "contacts.csv"
    path.write_text(f"{HEADINGS}\n{good}\n{row}\n")
    assert rule in {fault.rule for fault in faults(tmp_path)}
    path.write_text(f"{HEADINGS}\n{good}\n")
    Facts.read(tmp_path, as_of=AS_OF).close()


AMOUNTS = {
    "whole": ("12", Decimal(12)),
    "four places": ("7.4125", Decimal("7.4125")),
    "below nothing": ("-0.5", Decimal("-0.5")),
    "five places": ("7.41255", None),
    "a comma": ('"7,4"', None),
    "thousands": ('"1,000"', None),
    "with its unit": ("7.4 h", None),
    "not a number": ("nan", None),
    "a power of ten": ("1e3", None),
}


@pytest.mark.parametrize(("cell", "value"), AMOUNTS.values(), ids=AMOUNTS)
def test_an_amount_is_written_one_way(tmp_path, cell, value):
    (tmp_path / "job_terms.csv").write_text(
        f"job_id,unit_id,first_day,weekly_hours\nj1,north,2026-03-16,{cell}\n"
    )
    if value is None:
        assert said(tmp_path) == [("job_terms", "row 1", "wrong_type")]
        return
    with Facts.read(tmp_path, as_of=AS_OF) as read:
        assert read.table("job_terms")["weekly_hours"].to_pylist() == [value]


def test_evidence_of_31_june_is_refused_with_row_and_column(csv):
    lines = (csv / "evidence.csv").read_text().splitlines()
    wrong = lines[1].replace("2026-05-04", "2026-06-31")
    (csv / "evidence.csv").write_text(f"{lines[0]}\n{lines[1]}\n{wrong}\n")
    (fault,) = [one for one in faults(csv) if one.rule == "wrong_type"]
    assert (fault.table, fault.key) == ("evidence", "row 2")
    assert fault.sentence.startswith("evidence.received_on, row 2:")
    assert "2026-06-31" not in fault.sentence


@pytest.mark.parametrize("kind", ["csv", "parquet"])
@pytest.mark.parametrize("end", ["\r\n", "\n", "\r"])
def test_a_code_that_carries_a_line_end_is_the_code(tmp_path, kind, end):
    write(tmp_path, kind)
    coded = tables()["jobs"]
    place = coded.schema.get_field_index("placement")
    ended = pa.array([f"competitive{end}"])
    coded = coded.set_column(place, "placement", ended)
    if kind == "csv":
        pyarrow.csv.write_csv(coded, tmp_path / "jobs.csv")
    else:
        pq.write_table(coded, tmp_path / "jobs.parquet")
    with Facts.read(tmp_path, as_of=AS_OF) as read, facts() as written:
        assert content_hash(read) == content_hash(written)


def test_a_table_may_lie_in_parts(parquet):
    whole = pq.read_table(parquet / "episodes.parquet")
    (parquet / "episodes.parquet").unlink()
    (parquet / "episodes.parquet").mkdir()
    for number in range(whole.num_rows):
        part = parquet / "episodes.parquet" / f"{number}.parquet"
        pq.write_table(whole.slice(number, 1), part)
    with Facts.read(parquet, as_of=AS_OF) as read, facts() as written:
        assert content_hash(read) == content_hash(written) == folder_hash(parquet)


def test_all_faults_are_told_at_once(tmp_path):
    (tmp_path / "visits.csv").write_text("day\n2026-01-01\n")
    (tmp_path / "staff.csv").write_text("staff_id,staff_id,name\na,b,c\n")
    (tmp_path / "episodes.csv").write_text(
        "episode_id,unit_id,person_key,referred_on,first_of_person,at_referral\n"
        "e1,north,p1,1/2/2026,true,out_of_work\n"
        "e2,north,p2,2026-02-01,maybe,on_the_moon\n"
    )
    assert set(said(tmp_path, as_of=None)) == {
        ("", "", "no_day"),
        ("visits", "", "unknown_table"),
        ("staff", "staff_id", "column_twice"),
        ("staff", "name", "unknown_column"),
        ("staff", "org_id", "missing_column"),
        ("episodes", "row 1", "wrong_type"),
        ("episodes", "row 2", "wrong_type"),
    }
    assert ("episodes", "e2", "unknown_code") in said(tmp_path)


def test_a_sentence_names_the_row_and_never_what_stands_in_it(tmp_path):
    (tmp_path / "contacts.csv").write_text(
        f"{HEADINGS}\nc1,north,Pat Lund,,,\nc2,north,2026-03-16,,,Pat Lund\n"
    )
    told = faults(tmp_path)
    assert "contacts.day, row 1: expected a date such as 2026-03-31." in {
        fault.sentence for fault in told
    }
    assert not any("Pat" in fault.sentence + fault.key for fault in told)


def test_a_column_of_faults_is_counted_after_the_first_hundred(tmp_path):
    lines = "".join(f"c{n},north,today,,,\n" for n in range(150))
    (tmp_path / "contacts.csv").write_text(f"{HEADINGS}\n{lines}")
    wrong = [fault for fault in faults(tmp_path) if fault.rule == "wrong_type"]
    assert len(wrong) == 101
    assert "50 further cells" in wrong[-1].sentence


PARQUET_COLUMNS = {
    "days as texts": ("day", pa.array(["2026-03-16"]), "wrong_type"),
    "days with hours": ("day", pa.array([0], pa.timestamp("us")), "wrong_type"),
    "minutes as floats": ("minutes", pa.array([45.0]), "wrong_type"),
    "truths as numbers": ("attended", pa.array([1]), "wrong_type"),
    "ids as numbers": ("contact_id", pa.array([1]), "wrong_type"),
    "no day": ("day", pa.array([None], pa.date32()), "missing_value"),
    "a word outside its list": ("mode", pa.array(["teams"]), "unknown_code"),
    "minutes as small numbers": ("minutes", pa.array([45], pa.int8()), None),
    "words as categories": ("mode", pa.array(["phone"]).dictionary_encode(), None),
    "a column without a value": ("minutes", pa.nulls(1), None),
    "days in milliseconds": ("day", pa.array([date(2026, 3, 16)], pa.date64()), None),
}


@pytest.mark.parametrize(
    ("name", "values", "rule"), PARQUET_COLUMNS.values(), ids=PARQUET_COLUMNS
)
def test_a_column_of_parquet_is_of_its_type(tmp_path, name, values, rule):
    given = {
        "contact_id": pa.array(["c1"]),
        "unit_id": pa.array(["north"]),
        "day": pa.array([date(2026, 3, 16)]),
    }
    pq.write_table(pa.table(given | {name: values}), tmp_path / "contacts.parquet")
    if rule:
        assert rule in {fault.rule for fault in faults(tmp_path)}
        return
    with Facts.read(tmp_path, as_of=AS_OF) as read:
        assert read.table("contacts").num_rows == 1


AMOUNTS_OF_PARQUET = {
    "as a float": (pa.array([7.4]), Decimal("7.4")),
    "as a whole number": (pa.array([7]), Decimal(7)),
    "with two places": (pa.array([Decimal("7.40")]), Decimal("7.4")),
    "too large": (pa.array([1e20]), None),
    "with six places": (pa.array([Decimal("7.412345")]), None),
}


@pytest.mark.parametrize(
    ("values", "amount"), AMOUNTS_OF_PARQUET.values(), ids=AMOUNTS_OF_PARQUET
)
def test_amounts_of_parquet(tmp_path, values, amount):
    given = {
        "job_id": pa.array(["j1"]),
        "unit_id": pa.array(["north"]),
        "first_day": pa.array([date(2026, 3, 16)]),
        "weekly_hours": values,
    }
    pq.write_table(pa.table(given), tmp_path / "job_terms.parquet")
    if amount is None:
        assert {fault.rule for fault in faults(tmp_path)} == {"wrong_type"}
        return
    with Facts.read(tmp_path, as_of=AS_OF) as read:
        assert read.table("job_terms")["weekly_hours"].to_pylist() == [amount]


def test_files_that_are_not_what_their_names_say(tmp_path):
    (tmp_path / "staff.parquet").write_text("no parquet")
    (tmp_path / "teams.csv").write_bytes(b"team_id,org_id\n\xff\xfe\x00,a\n")
    (tmp_path / "jobs.csv").write_text("")
    assert {f[2] for f in said(tmp_path)} >= {"unreadable"}
    assert {f[0] for f in said(tmp_path)} >= {"staff", "jobs"}


@pytest.mark.parametrize(
    "content",
    [
        b"job_id,unit_id\n\xff\xfe,a,b\n",
        b"PK\x03\x04\n\xbb\x00,,\n" * 9,
        "job_id,unit_id\nj1,Nørre\n".encode("latin-1"),
    ],
    ids=["a row of another length", "a workbook", "another encoding"],
)
def test_a_binary_csv_is_one_fault_and_nothing_is_printed(tmp_path, capfd, content):
    (tmp_path / "jobs.csv").write_bytes(content)
    (fault,) = faults(tmp_path)
    assert fault.rule == "unreadable"
    assert fault.sentence.startswith("jobs.csv cannot be read as CSV. Expected UTF-8")
    assert capfd.readouterr() == ("", "")


def test_a_character_may_lie_across_two_pieces(tmp_path, monkeypatch):
    monkeypatch.setattr(foreign, "PIECE", 3)
    (tmp_path / "staff.csv").write_text("staff_id,org_id\næøå,øæå\n", "utf-8")
    with Facts.read(tmp_path, as_of=AS_OF) as read:
        assert read.table("staff").to_pylist() == [{"staff_id": "æøå", "org_id": "øæå"}]


@pytest.mark.parametrize("kind", ["csv", "parquet"])
def test_a_name_in_capitals_is_a_table_too(tmp_path, kind):
    path = write(tmp_path, kind) / f"episodes.{kind}"
    path.rename(path.with_name(f"Episodes.{kind.upper()}"))
    with Facts.read(tmp_path, as_of=AS_OF) as read:
        assert read.table("episodes").num_rows == len(rows()["episodes"])


def test_two_names_that_differ_in_capitals_are_one_table(csv):
    (csv / "Staff.CSV").write_text("staff_id,org_id\na,b\n")
    (fault,) = faults(csv)
    assert (fault.table, fault.rule) == ("staff", "table_twice")
    assert "'Staff.CSV' and 'staff.csv' are one table." in fault.sentence


def test_one_table_in_two_files(parquet):
    (parquet / "staff.csv").write_text("staff_id,org_id\na,b\n")
    assert said(parquet) == [("staff", "", "table_twice")]


MANIFEST = {
    "schema": VERSION,
    "snapshot": "s1",
    "made_at": "2026-10-05T07:00:00+00:00",
    "as_of": "2026-10-05",
    "units": ["north"],
    "rows": {},
    "hash": "",
}
MANIFESTS = {
    "another schema": (MANIFEST | {"schema": "1999.1"}, "other_schema"),
    "no day in it": (MANIFEST | {"as_of": None}, "wrong_manifest"),
    "something else": ([1], "wrong_manifest"),
}


@pytest.mark.parametrize(("stated", "rule"), MANIFESTS.values(), ids=MANIFESTS)
def test_a_manifest_that_cannot_be_true(csv, stated, rule):
    (csv / "manifest.json").write_text(json.dumps(stated))
    assert rule in {fault.rule for fault in faults(csv)}


def test_a_manifest_says_the_day_and_the_caller_may_know_better(csv):
    (csv / "manifest.json").write_text(json.dumps(MANIFEST))
    with Facts.read(csv) as read:
        assert (read.as_of, read.snapshot) == (AS_OF, "s1")
    with Facts.read(csv, as_of=date(2026, 6, 30)) as read:
        assert read.as_of == date(2026, 6, 30)


def test_a_folder_without_facts(tmp_path):
    assert said(tmp_path) == [("", "", "no_table")]
    assert said(tmp_path / "nowhere") == [("", "", "no_folder")]


def test_a_folder_may_have_any_name(tmp_path):
    folder = tmp_path / "fact's [2026] *"
    folder.mkdir()
    with Facts.read(write(folder, "parquet"), as_of=AS_OF) as read:
        assert read.table("jobs").num_rows == len(rows()["jobs"])
