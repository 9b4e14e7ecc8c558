"""The schema of the facts as others read it: a data package of Table Schemas."""

import json

import pytest

from braid.facts import frictionless
from braid.facts.schema import CODES, TABLES

PACKAGE = frictionless.package()
SCHEMAS = {one["name"]: one["schema"] for one in PACKAGE["resources"]}


def test_every_table_is_a_resource_with_its_file():
    paths = [one["path"] for one in PACKAGE["resources"]]
    assert paths == [f"{name}.csv" for name in TABLES]
    assert len({*paths}) == len(paths)


@pytest.mark.parametrize("table", TABLES.values(), ids=TABLES)
def test_every_column_says_its_type_its_list_and_whether_it_must_be_there(table):
    fields = {field["name"]: field for field in SCHEMAS[table.name]["fields"]}
    assert tuple(fields) == table.names
    for column in table.columns:
        field = fields[column.name]
        constraints = field.get("constraints", {})
        assert field["type"] == frictionless.TYPES[column.type]
        assert constraints.get("required", False) is not column.optional
        assert constraints.get("enum", []) == list(CODES.get(column.codes, ()))


@pytest.mark.parametrize("table", TABLES.values(), ids=TABLES)
def test_keys_name_columns_that_are_there(table):
    said = SCHEMAS[table.name]
    required = {column.name for column in table.columns if not column.optional}
    assert set(said.get("primaryKey", ())) <= required
    for key in said.get("foreignKeys", ()):
        assert key["fields"] in table.names
        other = TABLES[key["reference"]["resource"] or table.name]
        assert (key["reference"]["fields"],) == other.key


def test_a_package_says_of_which_form_its_files_are():
    (first, *_others) = frictionless.package("parquet", ["episodes"])["resources"]
    assert (first["path"], first["format"]) == ("episodes.parquet", "parquet")


def test_the_package_lies_beside_the_files(tmp_path):
    path = frictionless.write(tmp_path)
    assert json.loads(path.read_text()) == PACKAGE
