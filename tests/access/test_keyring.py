"""The key ring: made safely, read by its owner only, old keys read on."""

import json
import stat
from datetime import UTC, datetime

import pytest
from cryptography.fernet import Fernet, InvalidToken

from braid.access import keyring, secrets
from braid.access.keyring import KeyMissing, UnsafeKeys, Use

NOW = datetime(2026, 10, 5, 7, tzinfo=UTC)


@pytest.fixture(autouse=True)
def folder(own_keys):
    return own_keys


def test_the_ring_is_made_for_its_owner_only(folder):
    assert keyring.current() != keyring.FIRST
    assert keyring.ids() == (keyring.current(), keyring.FIRST)
    assert stat.S_IMODE((folder / "ring.json").stat().st_mode) == 0o600
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_a_ring_that_others_can_read_is_refused(folder):
    keyring.current()
    (folder / "ring.json").chmod(0o644)
    with pytest.raises(UnsafeKeys, match="chmod 600"):
        keyring.current()


@pytest.mark.parametrize(
    "damage",
    [
        pytest.param(lambda text: "{", id="cut off"),
        pytest.param(lambda text: text.replace('"format": 1', '"format": 9'), id="new"),
        pytest.param(lambda text: text.replace("false", "true"), id="one word changed"),
        pytest.param(lambda text: "[]", id="another document"),
    ],
)
def test_a_damaged_ring_is_told_without_its_secrets(folder, damage):
    keyring.current()
    path = folder / "ring.json"
    secret = json.loads(path.read_text())["keys"][0]["secret"]
    path.write_text(damage(path.read_text()))
    with pytest.raises(UnsafeKeys, match="damaged") as met:
        keyring.current()
    assert secret not in repr(met.value)
    assert met.value.__cause__ is None


def test_every_use_and_every_key_has_bytes_of_its_own():
    keys = [keyring.derived(use, key_id) for use in Use for key_id in keyring.ids()]
    assert {len(key) for key in keys} == {32}
    # Before the ring, answers were sealed with the key of the identifiers.
    assert len(set(keys)) == len(keys) - 1


def test_what_was_written_before_the_ring_is_still_read(settings):
    """The text and hash were made by the program before it had a ring."""
    settings.SECRET_KEY = "a-secret-of-before-" + "x" * 20
    key = b"ds5L_4rUJPC4ASRcF2J6DhGpFNwYz5_bhcPjLD2Nz9w="
    old = Fernet(_before(settings.SECRET_KEY, "identifier"))
    stored = "k1:" + old.encrypt(b"0101011234").decode()
    assert secrets.decrypt(stored) == "0101011234"
    assert secrets.decrypt(stored, Use.SEALED_ANSWER) == "0101011234"
    with pytest.raises(InvalidToken):
        Fernet(key).decrypt(stored.removeprefix("k1:"))


def _before(secret, use):
    import base64

    from cryptography.hazmat.primitives import hashes
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF

    derive = HKDF(algorithm=hashes.SHA256(), length=32, salt=None, info=use.encode())
    return base64.urlsafe_b64encode(derive.derive(secret.encode()))


def test_pseudonyms_are_those_of_before_the_ring_and_survive_a_rotation():
    before = secrets.pseudonyms(["1", "2"])
    assert keyring.ring().pseudonyms == keyring.FIRST
    keyring.begin_rotation(NOW)
    assert secrets.pseudonyms(["1", "2"]) == before
    keyring.remove(keyring.FIRST)
    after = secrets.pseudonyms(["1", "2"])
    assert set(after).isdisjoint(before)
    assert len(set(after)) == 2


def test_a_new_key_encrypts_and_the_old_one_reads():
    stored, old = secrets.encrypt("123"), keyring.current()
    new = keyring.begin_rotation(NOW)
    assert new != old
    assert secrets.encrypt("123").startswith(f"{new}:")
    assert secrets.decrypt(stored) == "123"
    assert secrets.keyed_hash("cpr", "1") == secrets.keyed_hashes("cpr", "1")[0]
    assert secrets.keyed_hash("cpr", "1", old) in secrets.keyed_hashes("cpr", "1")


def test_a_rotation_that_is_under_way_makes_no_second_key():
    first = keyring.begin_rotation(NOW)
    assert keyring.begin_rotation(NOW) == first
    keyring.end_rotation()
    assert keyring.begin_rotation(NOW) != first


def test_another_ring_says_that_it_is_the_wrong_one(settings, tmp_path):
    stored = secrets.encrypt("123")
    settings.BRAID_KEYS = tmp_path / "other keys"
    with pytest.raises(KeyMissing, match="Put back the folder of keys") as met:
        secrets.decrypt(stored)
    assert "123" not in str(met.value)


def test_a_ring_changed_by_another_process_is_seen_at_once(folder):
    before = keyring.current()
    text = (folder / "ring.json").read_bytes()
    keyring.begin_rotation(NOW)
    assert keyring.current() != before
    (folder / "ring.json").write_bytes(text)
    assert keyring.current() == before
