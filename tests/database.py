"""The migrated database, made once and kept until a migration changes.

Every run of the tests begins with an empty database, and applying all migrations takes
longer than most runs. What they lead to is kept under a hash of the migrations; nothing
else is reused. PostgreSQL is migrated each time.
"""

import hashlib
import os
import sqlite3
from collections.abc import Callable
from contextlib import closing
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


def keep_in(folder: Path) -> Callable[[], None]:
    """Migrate from a kept database where there is one; return how to end that."""
    original = management.call_command

    def migrated(name: str, *args: Any, **options: Any) -> Any:
        if name != "migrate" or connection.vendor != "sqlite":
            return original(name, *args, **options)
        kept = folder / f"{fingerprint()}.sqlite3"
        connection.ensure_connection()
        if kept.exists():
            with closing(sqlite3.connect(kept)) as source:
                source.backup(connection.connection)
            return None
        found = original(name, *args, **options)
        unfinished = kept.with_suffix(f".{os.getpid()}")
        with closing(sqlite3.connect(unfinished)) as target:
            connection.connection.backup(target)
        unfinished.replace(kept)
        return found

    def end() -> None:
        management.call_command = original

    management.call_command = migrated
    return end
