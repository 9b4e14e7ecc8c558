"""Originals and previews: stored once, for the program alone."""

import hashlib
import stat
from uuid import uuid4

import pytest

from braid.exchange import storage
from braid.kernel.errors import InputFault


def mode(path):
    return stat.S_IMODE(path.stat().st_mode)


def test_original_lies_under_its_hash_and_nobody_else_reads_it(settings, tmp_path):
    settings.BRAID_UPLOADS = tmp_path / "uploads"
    unit = uuid4()
    stored = storage.store(unit, "roster.csv", [b"a;b\n", b"1;2\n"])
    path = storage.original(unit, stored.sha256)
    assert path.read_bytes() == b"a;b\n1;2\n"
    assert stored.sha256 == hashlib.sha256(b"a;b\n1;2\n").hexdigest()
    assert (mode(path), mode(path.parent)) == (0o600, 0o700)


def test_file_that_grows_too_large_leaves_nothing(settings, tmp_path, monkeypatch):
    settings.BRAID_UPLOADS = tmp_path
    monkeypatch.setattr(storage, "MAX_BYTES", 10)
    unit = uuid4()
    with pytest.raises(InputFault) as fault:
        storage.store(unit, "large.csv", [b"x" * 6, b"x" * 6])
    assert fault.value.reason == "too_large"
    assert list((tmp_path / str(unit)).iterdir()) == []


def test_preview_comes_back_and_is_forgotten(settings, tmp_path):
    settings.BRAID_UPLOADS = tmp_path
    unit, batch = uuid4(), uuid4()
    assert storage.read_preview(unit, batch) is None
    storage.write_preview(unit, batch, {"findings": []})
    storage.write_preview(unit, batch, {"findings": [{"value": "Æ"}]})
    assert storage.read_preview(unit, batch) == {"findings": [{"value": "Æ"}]}
    (written,) = (tmp_path / str(unit) / "plans").iterdir()
    assert mode(written) == 0o600
    storage.forget_preview(unit, batch)
    assert storage.read_preview(unit, batch) is None
