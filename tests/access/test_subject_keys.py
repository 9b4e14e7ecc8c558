"""A key of each applicant's own: seal, unseal, destroy."""

import shutil
import stat
from multiprocessing.pool import ThreadPool
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from braid.access import keyring, subject_keys
from braid.access.subject_keys import KeyDestroyed, NotSealedSo

PAT = UUID("018f3b1e-0000-7000-8000-0000000000aa")
QUINN = UUID("018f3b1e-0000-7000-8000-0000000000bb")
TEXT = "She hears the voices again. Æ".encode()


@pytest.fixture(autouse=True)
def folder(own_keys):
    return own_keys / "subjects"


@given(st.binary(max_size=2000), st.uuids(), st.text(max_size=20))
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_what_is_sealed_is_unsealed(data, applicant, use):
    sealed = subject_keys.seal(applicant, data, use=use)
    assert subject_keys.unseal(applicant, sealed, use=use) == data
    assert subject_keys.unseal(applicant, memoryview(sealed), use=use) == data
    assert len(data) < 8 or data not in sealed
    assert subject_keys.seal(applicant, data, use=use) != sealed


def test_the_key_is_made_on_first_use_for_its_owner_only(folder):
    assert not subject_keys.has_key(PAT)
    subject_keys.seal(PAT, TEXT)
    assert subject_keys.has_key(PAT)
    path = folder / "01" / str(PAT)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert path.read_bytes().startswith(keyring.current().encode() + b":")


def test_of_many_who_seal_first_all_use_one_key():
    with ThreadPool(8) as pool:
        sealed = pool.map(lambda _: subject_keys.seal(PAT, TEXT), range(24))
    assert {subject_keys.unseal(PAT, each) for each in sealed} == {TEXT}


@pytest.mark.parametrize(
    ("applicant", "use", "change"),
    [
        pytest.param(QUINN, "text", lambda b: b, id="another applicant"),
        pytest.param(PAT, "document", lambda b: b, id="another use"),
        pytest.param(PAT, "text", lambda b: b[:-1] + bytes([b[-1] ^ 1]), id="a bit"),
        pytest.param(PAT, "text", lambda b: b[:20], id="cut off"),
        pytest.param(PAT, "text", lambda b: b"", id="nothing"),
        pytest.param(PAT, "text", lambda b: b"\x02" + b[1:], id="another format"),
    ],
)
def test_sealed_bytes_serve_their_applicant_and_use_only(applicant, use, change):
    sealed = subject_keys.seal(PAT, TEXT)
    subject_keys.seal(QUINN, TEXT)
    with pytest.raises(NotSealedSo) as met:
        subject_keys.unseal(applicant, change(sealed), use=use)
    assert "voices" not in str(met.value)
    assert str(applicant) not in str(met.value)


def test_the_key_file_of_another_applicant_opens_nothing(folder):
    sealed = subject_keys.seal(PAT, TEXT)
    subject_keys.seal(QUINN, TEXT)
    shutil.copy(folder / "01" / str(QUINN), folder / "01" / str(PAT))
    with pytest.raises(NotSealedSo):
        subject_keys.unseal(PAT, sealed)


def test_after_the_key_is_destroyed_an_old_copy_says_nothing(folder):
    copy_of_the_database = subject_keys.seal(PAT, TEXT)
    of_quinn = subject_keys.seal(QUINN, TEXT)
    assert subject_keys.destroy(PAT)
    with pytest.raises(KeyDestroyed):
        subject_keys.unseal(PAT, copy_of_the_database)
    subject_keys.seal(PAT, b"a new key is another key")
    with pytest.raises(NotSealedSo):
        subject_keys.unseal(PAT, copy_of_the_database)
    assert subject_keys.unseal(QUINN, of_quinn) == TEXT
    assert not subject_keys.destroy(UUID(int=7))


def test_rewrapping_keeps_what_was_sealed_and_frees_the_old_key(today):
    from django.utils import timezone

    sealed, old = subject_keys.seal(PAT, TEXT), keyring.current()
    subject_keys.seal(QUINN, TEXT)
    keyring.begin_rotation(timezone.now())
    assert set(subject_keys.under(old)) == {PAT, QUINN}
    assert subject_keys.rewrap(1) == 1
    assert subject_keys.rewrap(5) == 1
    assert subject_keys.rewrap(5) == 0
    assert list(subject_keys.under(old)) == []
    keyring.remove(old)
    assert subject_keys.unseal(PAT, sealed) == TEXT


def test_a_destroyed_key_does_not_come_back_by_rewrapping(today):
    from django.utils import timezone

    subject_keys.seal(PAT, TEXT)
    keyring.begin_rotation(timezone.now())
    subject_keys.destroy(PAT)
    assert subject_keys.rewrap(5) == 0
    assert not subject_keys.has_key(PAT)
