"""Replacing keys: everything comes along, everything is found meanwhile."""

import json

import pytest
from click.testing import CliRunner
from django.db import connection
from django.utils import timezone

from braid.access import keyring, queries, rotation, secrets, subject_keys
from braid.access.keyring import Use
from braid.access.models import AuditEntry, Block
from braid.exchange.models import ImportBatch
from braid.kernel.errors import InputFault
from braid.people import commands
from braid.people import queries as people
from braid.people.models import Identifier
from braid.site import cli
from tests.factories.exchange import ImportBatchFactory

NUMBER = "070761-4285"


pytestmark = pytest.mark.usefixtures("own_keys")


@pytest.fixture
def kept(world, today):
    """Something under every kind of key: a number, a block, an answer, a sealed text."""
    commands.add_identifier(
        actor=world.ada.actor, applicant=world.pat, system="dk-cpr", value=NUMBER
    )
    Block.objects.create(
        organisation=world.north.organisation,
        applicant_id=world.pat.pk,
        name="Ola Ferris",
        name_hash=secrets.name_hash("ola  ferris"),
        set_at=timezone.now(),
    )
    ImportBatchFactory(unit=world.north, answers=[{"row": "Pat"}])
    return subject_keys.seal(world.pat.pk, b"notes")


def found_by_number(world):
    return [row.applicant_id for row in people.search_people(world.ada.actor, NUMBER)]


def is_blocked(world):
    user = world.ola.user
    user.name = "OLA Ferris"
    return world.pat.pk in queries.standing(user, timezone.now()).hidden


def raw(table, column):
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {column} FROM {table}")
        return [row[0] for row in cursor.fetchall()]


def test_everything_comes_under_the_new_key(world, kept):
    old = keyring.current()
    assert sum(rotation.under(old).values()) == 4
    done = rotation.rotate(timezone.now())
    assert keyring.current() != old
    assert done["numbers of applicants"] == done["names of blocks"] == 1
    assert done["answers of imports"] == done["keys of applicants"] == 1
    assert rotation.under(old) == {}
    rotation.retire(old)
    assert old not in keyring.ids()
    assert found_by_number(world) == [world.pat.pk]
    assert is_blocked(world)
    assert ImportBatch.objects.system("test").get().answers == [{"row": "Pat"}]
    assert subject_keys.unseal(world.pat.pk, kept) == b"notes"


def test_while_keys_are_replaced_all_is_found(world, kept):
    keyring.begin_rotation(timezone.now())
    assert found_by_number(world) == [world.pat.pk]
    assert is_blocked(world)
    identifier = Identifier.objects.system("test").get()
    assert secrets.decrypt(identifier.value_encrypted) == "0707614285"


def test_a_rotation_that_was_stopped_goes_on_with_the_same_key(
    world, kept, monkeypatch
):
    old = keyring.current()
    broken = rotation.Holding("broken", lambda key_id: 0, lambda limit: 1 // 0)
    monkeypatch.setattr(rotation, "_holdings", {"b": broken, **rotation._holdings})
    with pytest.raises(ZeroDivisionError):
        rotation.rotate(timezone.now())
    begun = keyring.current()
    assert rotation.under(old)
    assert keyring.ring().rotating
    monkeypatch.undo()
    rotation.rotate(timezone.now(), batch=1)
    assert keyring.current() == begun
    assert rotation.under(old) == {}
    assert not keyring.ring().rotating


def test_a_number_recorded_under_both_keys_becomes_one(world, kept):
    keyring.begin_rotation(timezone.now())
    Identifier.objects.create(
        applicant=world.pat,
        system="dk-cpr",
        value_encrypted=secrets.encrypt("0707614285"),
        value_hash=secrets.keyed_hash("dk-cpr", "0707614285"),
        masked="070761••••",
    )
    rotation.rotate(timezone.now())
    kept_one = Identifier.objects.system("test").get()
    assert secrets.decrypt(kept_one.value_encrypted) == "0707614285"


def test_a_key_in_use_is_not_taken_away(world, kept):
    current = keyring.current()
    with pytest.raises(InputFault, match="the one that encrypts"):
        rotation.retire(current)
    keyring.begin_rotation(timezone.now())
    with pytest.raises(InputFault, match="1 numbers of applicants"):
        rotation.retire(current)
    with pytest.raises(InputFault, match="Known"):
        rotation.retire("k0")
    assert current in keyring.ids()


def test_it_stands_in_the_audit_who_did_it_and_which_key(world, kept):
    old = keyring.current()
    rotation.rotate(timezone.now())
    rotation.retire(old)
    entries = AuditEntry.objects.filter(system="shell: keys")
    told = list(entries.values_list("action", "digest"))
    new = keyring.current()
    assert told == [
        ("keys_rotation_begun", new),
        ("keys_rotated", new),
        ("key_retired", old),
    ]


def test_nothing_kept_under_keys_stands_in_its_column_in_clear(world, kept):
    for table, column in (
        ("people_identifier", "value_encrypted || value_hash || masked"),
        ("exchange_importbatch", "answers"),
    ):
        stored = " ".join(raw(table, column))
        assert "0707614285" not in stored
        assert "4285" not in stored
        assert "Pat" not in stored


def test_the_shell_lists_rotates_and_retires(world, kept):
    def braid(*words):
        done = CliRunner().invoke(cli.main, ["keys", *words, "--json"])
        assert done.exit_code == 0, done.output
        return json.loads(done.stdout)

    old = keyring.current()
    listed = braid("list")["keys"]
    assert [key["id"] for key in listed] == [old, keyring.FIRST]
    assert listed[0]["under"]["numbers of applicants"] == 1
    assert listed[1]["under"] == {}
    assert braid("rotate")["key"] == keyring.current() != old
    assert sum(braid("rotate", "--finish")["renewed"].values()) == 0
    done = braid("retire", old)
    assert done == {"retired": old, "pseudonyms_changed": False}
    secret = json.dumps(listed)
    assert "secret" not in secret
    refused = CliRunner().invoke(cli.main, ["keys", "retire", keyring.current()])
    assert refused.exit_code == cli.WRONG_USE


def test_a_text_column_of_another_use_stays_apart(world, kept):
    batch = raw("exchange_importbatch", "answers")[0]
    with pytest.raises(Exception) as met:
        secrets.decrypt(batch, Use.IDENTIFIER)
    assert "Pat" not in str(met.value)
