"""Files that nobody but the owner reads, written whole or not at all."""

import fcntl
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

FOLDER_MODE, FILE_MODE = 0o700, 0o600


def folder(path: Path) -> Path:
    """Return the folder, made with its parents for the owner only where missing."""
    path.mkdir(mode=FOLDER_MODE, parents=True, exist_ok=True)
    return path


def is_open_to_others(path: Path) -> bool:
    """Say whether other accounts of this computer may read or change the file."""
    return bool(path.stat().st_mode & 0o077)


def create(path: Path, data: bytes) -> bool:
    """Write a new file and return True; False where there is one already.

    The file appears with all of its bytes, or not at all, and outlives a power cut.
    """
    beside = _write_beside(path, data)
    try:
        os.link(beside, path)
    except FileExistsError:
        return False
    finally:
        beside.unlink()
    _keep_names(path.parent)
    return True


def replace(path: Path, data: bytes) -> None:
    """Write a file in place of the one that is there, whole or not at all."""
    os.replace(_write_beside(path, data), path)
    _keep_names(path.parent)


def destroy(path: Path) -> bool:
    """Overwrite a file with noise and take it away; say whether there was one."""
    try:
        descriptor = os.open(path, os.O_WRONLY)
    except FileNotFoundError:
        return False
    with os.fdopen(descriptor, "wb") as file:
        file.write(secrets.token_bytes(os.fstat(descriptor).st_size))
        file.flush()
        os.fsync(descriptor)
    path.unlink()
    _keep_names(path.parent)
    return True


@contextmanager
def alone(path: Path) -> Iterator[None]:
    """Hold a lock file, so that no other process changes what it stands for."""
    folder(path.parent)
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT, FILE_MODE)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def _write_beside(path: Path, data: bytes) -> Path:
    folder(path.parent)
    beside = path.with_name(f".{path.name}.{secrets.token_hex(6)}")
    descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, FILE_MODE)
    with os.fdopen(descriptor, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(descriptor)
    return beside


def _keep_names(parent: Path) -> None:
    """Let the folder's list of names outlive a power cut."""
    descriptor = os.open(parent, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
