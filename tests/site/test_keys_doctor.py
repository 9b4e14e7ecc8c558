"""`braid doctor` tells when the keys are not those of the database."""

import json

import pytest
from click.testing import CliRunner

from braid.access import keyring
from braid.people import commands
from braid.site import installation
from braid.site.keys_cli import keys


@pytest.fixture(autouse=True)
def folder(own_keys):
    return own_keys


@pytest.fixture
def number(world, today):
    commands.add_identifier(
        actor=world.ada.actor, applicant=world.pat, system="dk-cpr", value="1707614285"
    )


def test_the_right_keys_are_sound(number):
    assert installation._keys() == "ok"


def test_another_ring_is_told(number, settings, tmp_path):
    settings.BRAID_KEYS = tmp_path / "other"
    assert "Put back the folder of keys" in installation._keys()


def test_keys_that_others_can_read_are_told(number, folder):
    (folder / "ring.json").chmod(0o644)
    assert "chmod 600" in installation._keys()


def test_an_installation_without_numbers_is_sound(world):
    assert installation._keys() == "ok"


def test_retiring_the_key_of_pseudonyms_says_first_what_changes(world):
    first = keyring.FIRST
    assert keyring.ring().pseudonyms == first
    asked = CliRunner().invoke(keys, ["retire", first, "--json"])
    assert "pseudonyms" in json.loads(asked.output)["warning"]
    assert first in keyring.ids()
    done = CliRunner().invoke(keys, ["retire", first, "--yes", "--json"])
    assert json.loads(done.output) == {"retired": first, "pseudonyms_changed": True}
    assert first not in keyring.ids()
