"""The migrated database, made once and kept until a migration changes.

Every run of the tests begins with an empty database, and applying all migrations takes
longer than most runs. What they lead to is kept under a hash of the migrations; nothing
else is reused. PostgreSQL is migrated each time. Of several workers that begin together
one migrates, and the others wait for it.
"""

import fcntl
import hashlib
import os
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import django
from django.apps import apps
from django.core import management
from django.db import connection


def fingerprint() -> str:
    """Return a hash of everything that the migrated database follows from."""
    found = hashlib.sha256(f"{django.VERSION} {sqlite3.sqlite_version}".encode())
    for app in sorted(apps.get_app_configs(), key=lambda app: app.label):
        found.update(app.label.encode())
        for path in sorted(Path(app.path, "migrations").glob("*.py")):
            found.update(path.name.encode() + path.read_bytes())
    return found.hexdigest()[:32]


def kept_in(folder: Path) -> Path:
    """Return where the migrated database of these migrations is, or will be, kept."""
    return folder / f"{fingerprint()}.sqlite3"


def lay(kept: Path, data: Path) -> Path:
    """Put the migrated database into a data folder that has none, and return the folder.

    For programs in processes of their own: each would spend half a minute on migrations
    before it comes to what its test is about. That a folder with nothing in it becomes
    an installation is tested with `braid demo --reset` and with `braid organisation add`.
    """
    data.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(kept, data / "braid.sqlite3")
    return data


@contextmanager
def _alone(kept: Path) -> Iterator[None]:
    """Hold the others off while one process makes what all of them keep."""
    with kept.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def keep_in(folder: Path) -> Callable[[], None]:
    """Migrate from a kept database where there is one; return how to end that."""
    original = management.call_command

    def migrated(name: str, *args: Any, **options: Any) -> Any:
        if name != "migrate" or connection.vendor != "sqlite":
            return original(name, *args, **options)
        kept = kept_in(folder)
        connection.ensure_connection()
        with _alone(kept):
            if not kept.exists():
                found = original(name, *args, **options)
                unfinished = kept.with_suffix(f".{os.getpid()}")
                with closing(sqlite3.connect(unfinished)) as target:
                    connection.connection.backup(target)
                unfinished.replace(kept)
                return found
        with closing(sqlite3.connect(kept)) as source:
            source.backup(connection.connection)
        return None

    def end() -> None:
        management.call_command = original

    management.call_command = migrated
    return end
