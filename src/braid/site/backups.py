"""A backup in one file, and putting it back onto an empty data folder.

A tar archive of the database, the facts, brought files and documents, with a manifest
of hashes and counts, and behind it the hash of the whole: a single flipped bit is found.
The keys are not in it: without them treatment text and documents of somebody who was
erased stay unreadable in every old backup.
"""

import hashlib
import io
import json
import os
import shutil
import sqlite3
import tarfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

import braid
from braid.kernel.errors import BraidError, InputFault

FORMAT = "braid-backup-1"
MANIFEST = "manifest.json"
DATABASE = "braid.sqlite3"
JOURNAL = "erased.jsonl"
SECRET_KEY = "secret-key"  # noqa: S105
FOLDERS = ("facts", "uploads", "documents")
# What may lie in a folder that a backup is put back to: it is newer than the backup.
MAY_BE_THERE = {SECRET_KEY, JOURNAL, "backups.json", "keys", "static", "log"}
MARK = b"\nbraid-sha256 "
TRAILER = len(MARK) + 64 + 1
PIECE = 1024**2
MARKS = "destroyed"  # of keys, see access/subject_keys.py
HEADS = "access_audithead"


class DamagedBackup(BraidError):
    """A backup is not as it was written, or is none."""

    code = "damaged_backup"


def make(target: Path, data: Path, database: Path, now: datetime) -> dict[str, Any]:
    """Write a backup of a running installation to `target`; return what is in it."""
    draft = Path(mkdtemp(prefix=".backup-", dir=data))
    try:
        copy = draft / DATABASE
        counts, heads = _copy_database(database, copy)
        files = {DATABASE: copy} | dict(_files(data))
        manifest = {
            "format": FORMAT,
            "braid": braid.__version__,
            "made_at": now.isoformat(),
            "files": {name: _described(path) for name, path in files.items()},
            "counts": counts,
            "audit_heads": heads,
        }
        _write(target, manifest, files)
    finally:
        shutil.rmtree(draft)
    return manifest


def _copy_database(source: Path, copy: Path) -> tuple[dict[str, int], dict[str, Any]]:
    with (
        closing(sqlite3.connect(source)) as live,
        closing(sqlite3.connect(copy)) as kept,
    ):
        live.backup(kept)
        kept.execute("PRAGMA journal_mode=DELETE")
        _sound(kept)
        return _counts(kept), _heads(kept)


def _sound(database: sqlite3.Connection) -> None:
    try:
        (answer,) = database.execute("PRAGMA quick_check").fetchone()
    except sqlite3.DatabaseError as error:
        answer = str(error)
    if answer != "ok":
        raise DamagedBackup(
            "The database is damaged. Expected one that SQLite's quick_check finds "
            "sound. Use an earlier backup."
        )


def _counts(database: sqlite3.Connection) -> dict[str, int]:
    tables = database.execute(
        "SELECT name FROM sqlite_master WHERE type = 'table' "
        "AND name NOT LIKE 'sqlite_%' ORDER BY name"
    ).fetchall()
    return {
        name: database.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0]  # noqa: S608
        for (name,) in tables
    }


def _heads(database: sqlite3.Connection) -> dict[str, Any]:
    rows = database.execute(
        f"SELECT organisation_id, sequence, hash FROM {HEADS} ORDER BY 1"  # noqa: S608
    )
    return {key: [sequence, link] for key, sequence, link in rows}


def _files(data: Path) -> Iterator[tuple[str, Path]]:
    for folder in FOLDERS:
        for path in sorted((data / folder).rglob("*")):
            # A name with a dot in front is being written, or goes in this moment.
            within = path.relative_to(data)
            if path.is_file() and not any(p.startswith(".") for p in within.parts):
                yield within.as_posix(), path
    journal = data / JOURNAL
    if journal.exists():
        yield JOURNAL, journal


def _described(path: Path) -> dict[str, Any]:
    return {"size": path.stat().st_size, "sha256": _hash(_pieces(path))}


def _hash(pieces: Iterable[bytes]) -> str:
    digest = hashlib.sha256()
    for piece in pieces:
        digest.update(piece)
    return digest.hexdigest()


def _pieces(path: Path, length: int | None = None) -> Iterator[bytes]:
    with path.open("rb") as file:
        left = path.stat().st_size if length is None else length
        while left > 0 and (piece := file.read(min(PIECE, left))):
            left -= len(piece)
            yield piece


def _write(
    target: Path, manifest: Mapping[str, Any], files: Mapping[str, Path]
) -> None:
    """Write an archive whole or not at all, for nobody else to read."""
    beside = target.with_name(f".{target.name}.draft")
    beside.unlink(missing_ok=True)
    descriptor = os.open(beside, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        with tarfile.open(fileobj=file, mode="w", format=tarfile.PAX_FORMAT) as archive:
            text = json.dumps(manifest, indent=1, sort_keys=True).encode()
            archive.addfile(_named(MANIFEST, len(text)), io.BytesIO(text))
            for name, path in files.items():
                with path.open("rb") as content:
                    archive.addfile(_named(name, path.stat().st_size), content)
        file.flush()
        length = file.tell()
        file.write(MARK + _hash(_pieces(beside, length)).encode() + b"\n")
        file.flush()
        os.fsync(file.fileno())
    beside.replace(target)


def _named(name: str, size: int) -> tarfile.TarInfo:
    info = tarfile.TarInfo(name)
    info.size, info.mode = size, 0o600
    return info


def keep_keys(target: Path, data: Path, keys: Path, now: datetime) -> int:
    """Write the keys as they are now in place of the copy before; return how many files.

    The journal of the erased goes with them, and the marks that stand in place of the
    keys of erased people: it must be newer than any backup.
    """
    files = {
        f"keys/{path.relative_to(keys).as_posix()}": path
        for path in sorted(keys.rglob("*"))
        if path.is_file() and not path.name.startswith(".")
    }
    for name in (SECRET_KEY, JOURNAL):
        if (data / name).exists():
            files[name] = data / name
    manifest = {
        "format": FORMAT,
        "made_at": now.isoformat(),
        "files": {name: _described(path) for name, path in files.items()},
    }
    _write(target, manifest, files)
    return len(files)


def unpack(source: Path, into: Path) -> dict[str, Any]:
    """Unpack an archive after proving it whole; return its manifest.

    Raises DamagedBackup.
    """
    _prove(source)
    try:
        with tarfile.open(source, "r:") as archive:
            archive.extractall(into, filter="data")
        manifest: dict[str, Any] = json.loads((into / MANIFEST).read_text("utf-8"))
    except (tarfile.TarError, OSError, ValueError) as error:
        raise _damaged() from error
    found = {
        path.relative_to(into).as_posix(): path
        for path in into.rglob("*")
        if path.is_file() and path.name != MANIFEST
    }
    wrong = [
        name
        for name in {*manifest["files"], *found}
        if name not in found or _described(found[name]) != manifest["files"].get(name)
    ]
    if manifest.get("format") != FORMAT or wrong:
        raise _damaged()
    return manifest


def _prove(source: Path) -> None:
    length = source.stat().st_size - TRAILER
    if length < 0:
        raise _damaged()
    with source.open("rb") as file:
        file.seek(length)
        trailer = file.read()
    if trailer != MARK + _hash(_pieces(source, length)).encode() + b"\n":
        raise _damaged()


def _damaged() -> DamagedBackup:
    return DamagedBackup(
        "This file is no whole backup: a bit of it is not as it was written. "
        "Expected a file that `braid backup` made. Use another copy of it."
    )


def put_back(
    source: Path,
    data: Path,
    keys_from: Path | None,
    journal_from: Path | None = None,
) -> dict[str, Any]:
    """Put a backup into an empty data folder, before the program is loaded.

    Proves hashes, the soundness of the database and its counts first. The answer is the
    manifest, with the instant until which erasures are known: that of the latest copy of
    the journal at hand. Raises InputFault where the folder is not empty, DamagedBackup.
    """
    _refuse_full(data)
    data.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = Path(mkdtemp(prefix=".restore-", dir=data))
    try:
        unpacked = draft / "backup"
        manifest = unpack(source, unpacked)
        _compare(unpacked / DATABASE, manifest)
        known = [datetime.fromisoformat(manifest["made_at"])]
        known += [_written_at(data / JOURNAL)] if (data / JOURNAL).exists() else []
        _join_marks(data / "keys", data / JOURNAL)
        if keys_from is not None:
            made = unpack(keys_from, draft / "keys").get("made_at")
            known += [datetime.fromisoformat(made)] if made else []
            _join_marks(draft / "keys" / "keys", data / JOURNAL)
            _join_journals(draft / "keys" / JOURNAL, data / JOURNAL)
            _move(draft / "keys", data, [SECRET_KEY, "keys"])
        if journal_from is not None:
            known.append(_written_at(journal_from))
            _join_journals(journal_from, data / JOURNAL)
        _join_journals(unpacked / JOURNAL, data / JOURNAL)
        _move(unpacked, data, [*FOLDERS, DATABASE])
    finally:
        shutil.rmtree(draft)
    return manifest | {"erasures_known_until": max(known).isoformat()}


def unknown_erasures(manifest: Mapping[str, Any]) -> str:
    """Return the sentence to say where nothing tells of erasures after the backup."""
    made_at = datetime.fromisoformat(manifest["made_at"])
    if datetime.fromisoformat(manifest["erasures_known_until"]) > made_at:
        return ""
    return (
        f"PEOPLE ERASED SINCE {made_at.date().isoformat()} ARE NOT KNOWN HERE AND ARE "
        "BACK IN THE RECORD. Expected a copy of the keys or of the journal "
        "(erased.jsonl) that was made after the backup. Do not let anybody in: find "
        "one, and restore again into an empty folder with --keys or --journal."
    )


def _refuse_full(data: Path) -> None:
    if not data.exists():
        return
    there = {path.name for path in data.iterdir() if not path.name.startswith(".")}
    if there - MAY_BE_THERE:
        raise InputFault(
            "The data folder is not empty. A backup is put back into an empty one, so "
            "that nothing is overwritten. Name another with BRAID_DATA.",
            field="data",
            reason="folder_not_empty",
        )


def _compare(path: Path, manifest: Mapping[str, Any]) -> None:
    with closing(sqlite3.connect(path)) as database:
        _sound(database)
        if _counts(database) != manifest["counts"]:
            raise _damaged()
        if _heads(database) != manifest["audit_heads"]:
            raise _damaged()


def _move(source: Path, target: Path, names: Iterable[str]) -> None:
    for name in names:
        if not (source / name).exists():
            continue
        if (target / name).is_dir():
            shutil.rmtree(target / name)
        shutil.move(source / name, target / name)


def _written_at(path: Path) -> datetime:
    return datetime.fromtimestamp(path.stat().st_mtime, UTC)


def _join_marks(keys: Path, target: Path) -> None:
    """Add what stands in place of destroyed keys; each mark is a line of the journal."""
    for mark in sorted(keys.glob(f"subjects/{MARKS}/*")):
        _join_journals(mark, target)


def _join_journals(source: Path, target: Path) -> None:
    """Add the lines of a journal to the one that is there; who is erased stays erased."""
    if not source.exists():
        return
    known = target.read_text("utf-8").splitlines() if target.exists() else []
    lines = [*known, *source.read_text("utf-8").splitlines()]
    text = "".join(f"{line}\n" for line in dict.fromkeys(lines) if line)
    descriptor = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(text)
