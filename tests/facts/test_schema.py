"""The schema of the facts and the record say the same words."""

import pytest

from braid.facts import registry
from braid.facts.schema import CODES, TABLES
from braid.people.choices import EpisodeState

# What the record does not keep, or does not choose from a list.
NOT_CHOSEN = {
    ("refusals", "by_role"),
    ("plan_events", "kind"),
    ("plan_events", "by_role"),
    ("proposals", "by_role"),  # of the roles only those that propose
    ("reviews", "status"),  # a review that was withdrawn is in no facts
    ("ratings", "stage"),  # what a moderator changed is a step to the final score
}
# Tables for facts from elsewhere: no room of the record keeps them yet.
NOT_GIVEN = {"log_reviews"}
GIVEN = [name for name in TABLES if name not in NOT_GIVEN and not registry.maker(name)]
CODED = [
    pytest.param(name, number, column, id=f"{name}.{column.name}")
    for name in GIVEN
    for number, column in enumerate(TABLES[name].columns)
    if column.codes and (name, column.name) not in NOT_CHOSEN
]
# Roles that nobody signs in with, and states that are no state of the service.
BESIDES = {"role": {"family", "employer", "other"}}
NOT_DECIDED = {EpisodeState.REFERRED, EpisodeState.EXITED, EpisodeState.NOT_STARTED}


def field_of(name, number):
    """Return the field of the record that a column comes from."""
    (rows,) = registry.queries(name, None)
    path = rows._fields[number].split("__")
    model = rows.model
    for step in path[:-1]:
        model = model._meta.get_field(step).related_model
    return model._meta.get_field(path[-1])


@pytest.mark.parametrize(("name", "number", "column"), CODED)
def test_a_closed_list_is_the_one_that_the_record_chooses_from(name, number, column):
    chosen = {value for value, _label in field_of(name, number).choices}
    if column.codes == "state":
        chosen -= NOT_DECIDED
    assert chosen | BESIDES.get(column.codes, set()) == set(CODES[column.codes])


def test_what_no_room_gives_is_told_here():
    assert {name for name in TABLES if not registry.queries(name, None)} == {
        *NOT_GIVEN,
        "calendar",
    }


@pytest.mark.parametrize("name", GIVEN)
def test_every_table_has_a_room_that_gives_all_its_columns(name):
    parts = registry.queries(name, None)
    assert parts
    for rows in parts:
        assert len(rows._fields) == len(TABLES[name].columns)


@pytest.mark.parametrize("table", TABLES.values(), ids=TABLES)
def test_a_table_refers_to_tables_before_it_and_lists_that_are_there(table):
    names = list(TABLES)
    for column in table.columns:
        if column.refers:
            assert names.index(column.refers) <= names.index(table.name) or (
                column.refers == "employers"
            )
            assert len(TABLES[column.refers].key) == 1
        if column.codes:
            assert column.codes in CODES


def test_facts_tell_the_unit_first_or_second_and_no_names():
    of_nobody = {"organisations", "teams", "staff", "staff_teams", "calendar"}
    for table in TABLES.values():
        assert ("unit_id" in table.names[:2]) is (table.name not in of_nobody)
        assert not {"name", "address", "note", "email", "phone"} & set(table.names)


def test_nothing_can_be_given_that_the_schema_does_not_know():
    with pytest.raises(KeyError, match="no table 'visits'"):
        registry.register("visits", lambda units: None)
