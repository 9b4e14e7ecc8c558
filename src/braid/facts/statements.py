"""Statements that were compiled before, kept on disk for the next process.

To put a word together and compile it takes far longer than to ask it of a unit's facts.
A statement names its periods as a table, so it is the same for all days and all facts:
it follows from what was asked, from the source of the method and from the libraries.
Where one of these is another, the folder is a new one and the old is taken away. A file
that is damaged is as one that is missing, and so is a folder that others may write to.
"""

import hashlib
import os
import re
import shutil
import stat
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from functools import cache
from importlib.metadata import version
from pathlib import Path

import braid
from braid.kernel import private_files

FOLDER = "statements"
LIBRARIES = ("duckdb", "ibis-framework", "sqlglot")
# Rather too much: what none of these says cannot be in a statement.
SOURCES = (
    "kernel/**/*.py",
    "method/**/*.py",
    *(f"facts/{name}.py" for name in ("keeping", "measuring", "reading", "schema")),
)
_NAMED = re.compile(r"[0-9a-f]{32}")
_OPEN = stat.S_IWGRP | stat.S_IWOTH
_chosen: list[Path] = []


def lie_in(folder: Path | None) -> None:
    """Keep statements in a folder from now on; None: in that of the account."""
    _chosen[:] = [] if folder is None else [folder]
    _folder.cache_clear()


def place() -> Path:
    """Return the folder in which there is one of this version."""
    if _chosen:
        return _chosen[0]
    own = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(own) / "braid" / FOLDER


def can_be_kept() -> bool:
    """Say whether there is a folder that statements can be kept in."""
    return _folder() is not None


def kept(told: str, compiled: Callable[[], str]) -> str:
    """Return the text that `told` stands for: as kept, else compiled, and kept then."""
    folder = _folder()
    if folder is None:
        return compiled()
    path = folder / hashlib.sha256(told.encode()).hexdigest()
    found = _read(path)
    if found is None:
        found = compiled()
        body = found.encode()
        with suppress(OSError):  # a full disk keeps nobody from an answer
            private_files.replace(path, _sum(body) + body)
    return found


def _read(path: Path) -> str | None:
    """Return what a file says; None where there is none, or it is not whole."""
    try:
        data = path.read_bytes()
    except OSError:
        return None
    head, body = data[: len(_sum(b""))], data[len(_sum(b"")) :]
    return body.decode() if head == _sum(body) else None


def _sum(body: bytes) -> bytes:
    return hashlib.sha256(body).hexdigest().encode() + b"\n"


@cache
def _folder() -> Path | None:
    """Return the folder of this version, alone in its place; None where it cannot be."""
    key = key_of(*SOURCES)
    if key is None:
        return None
    try:
        folder = private_files.folder(place() / key)
        if not all(map(_is_ours, (place(), folder))):
            return None
        for other in place().iterdir():
            if _NAMED.fullmatch(other.name) and other.name != key:
                shutil.rmtree(other, ignore_errors=True)
    except (OSError, RuntimeError):  # RuntimeError: the account has no home
        return None
    return folder


def _is_ours(folder: Path) -> bool:
    """Say whether nobody else can lay a statement there that we would run."""
    found = folder.stat()
    return found.st_uid == os.geteuid() and not found.st_mode & _OPEN


def key_of(*patterns: str) -> str | None:
    """Return what follows from these sources and the libraries, in short.

    Another version of either has another. None where the source is not there.
    """
    seen = hashlib.sha256()
    for name in LIBRARIES:
        seen.update(f"{name} {version(name)}\n".encode())
    sources = list(_sources(patterns))
    for name, text in sources:
        seen.update(f"{name} {len(text)}\n".encode())
        seen.update(text)
    return seen.hexdigest()[:32] if sources else None


def _sources(patterns: Iterable[str]) -> Iterator[tuple[str, bytes]]:
    root = Path(braid.__file__).parent
    for pattern in patterns:
        for path in sorted(root.glob(pattern)):
            yield path.relative_to(root).as_posix(), path.read_bytes()
