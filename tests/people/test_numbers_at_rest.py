"""Numbers of applicants: encrypted, masked, found by the whole number only."""

import pytest
from django.db import connection

from braid.access import secrets
from braid.people import commands, queries
from braid.people.models import Identifier

# Invented numbers: valid by the registers' rules, given to nobody in these tests.
PLANTED = {
    "dk-cpr": "1707614285",
    "gb-nhs": "9434765919",
    "client:north": "ZX-4417/88",
}


@pytest.fixture
def kept(world, today):
    for system, value in PLANTED.items():
        commands.add_identifier(
            actor=world.ada.actor, applicant=world.pat, system=system, value=value
        )
    return list(Identifier.objects.system("test").order_by("pk"))


def spellings(number):
    digits = number.replace("-", "")
    yield from {number, digits, f"{digits[:6]}-{digits[6:]}", number.casefold()}


def test_the_bytes_of_the_database_hold_no_number(world, kept):
    if connection.vendor != "sqlite":
        pytest.skip("reads the bytes of SQLite")
    stored = connection.connection.serialize()
    assert b"Pat" in stored  # the bytes are those of this database
    for number in PLANTED.values():
        for spelling in spellings(number):
            assert spelling.encode() not in stored


def test_what_is_shown_leaves_out_a_part(kept):
    for row in kept:
        whole = secrets.decrypt(row.value_encrypted)
        assert whole not in row.masked
        assert "•" in row.masked


def test_the_whole_number_finds_its_person(world, kept):
    for number in PLANTED.values():
        found = queries.search_people(world.ada.actor, number)
        assert [row.applicant_id for row in found] == [world.pat.pk]


@pytest.mark.parametrize("number", PLANTED.values(), ids=PLANTED)
def test_no_part_of_a_number_finds_anybody(world, kept, number):
    parts = [number[:n] for n in range(1, len(number))]
    parts += [number[n:] for n in range(1, len(number))]
    met = [part for part in parts if queries.search_people(world.ada.actor, part)]
    assert met == []


def test_a_stranger_who_knows_the_number_finds_nobody(world, kept):
    for number in PLANTED.values():
        assert queries.search_people(world.ola.actor, number) == []


def test_the_same_number_in_two_registers_has_two_hashes(kept):
    assert secrets.keyed_hash("dk-cpr", "1") != secrets.keyed_hash("gb-nhs", "1")
