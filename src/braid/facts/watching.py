"""Triggers that note in the database which rows of the record came, changed or went.

They see every write, also those in bulk and those that no command makes. A trigger's
name holds a digest of what it does: where all names are there, all of it is watched.
They are taken off before a migration and put back after it: SQLite makes many tables
anew, and refuses to drop a column that a trigger names. The next build begins afresh.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import cache
from hashlib import sha256
from typing import Any

from django.db import connection, transaction

from braid.facts import dependence, journal
from braid.facts.models import Snapshot, Touched

PREFIX = "facts_touch_"
FUNCTION = "facts_touch"
EVENTS = ("INSERT", "UPDATE", "DELETE")
THERE = {
    "sqlite": "SELECT name, tbl_name FROM sqlite_master WHERE type = 'trigger'",
    "postgresql": (
        "SELECT tgname, c.relname FROM pg_trigger JOIN pg_class c ON c.oid = tgrelid "
        "JOIN pg_namespace n ON n.oid = c.relnamespace "
        "WHERE n.nspname = current_schema() AND NOT tgisinternal"
    ),
}
# One function for every table: the columns to note are the trigger's arguments.
POSTGRESQL_FUNCTION = f"""
CREATE OR REPLACE FUNCTION {FUNCTION}() RETURNS trigger AS $$
DECLARE
    name text; old_key text; new_key text;
BEGIN
    FOREACH name IN ARRAY TG_ARGV LOOP
        old_key := CASE WHEN TG_OP <> 'INSERT' THEN to_jsonb(OLD) ->> name END;
        new_key := CASE WHEN TG_OP <> 'DELETE' THEN to_jsonb(NEW) ->> name END;
        INSERT INTO {Touched._meta.db_table} (source, key)
        SELECT TG_TABLE_NAME || '.' || name, key
        FROM (SELECT old_key AS key UNION SELECT new_key) AS keys WHERE key IS NOT NULL;
    END LOOP;
    RETURN NULL;
END $$ LANGUAGE plpgsql
"""  # noqa: S608 - the name is that of our own table


def is_complete() -> bool:
    """Say whether every change that matters is noted."""
    return _wanted(connection.vendor).keys() <= _there().keys()


def install() -> None:
    """Put the triggers where they are not; what was built before begins afresh."""
    wanted, there = _wanted(connection.vendor), _there()
    _drop({name: there[name] for name in there if name not in wanted})
    missing = sorted(wanted.keys() - there.keys())
    if not missing:
        return
    with transaction.atomic(), connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(POSTGRESQL_FUNCTION)
        for name in missing:
            cursor.execute(wanted[name])
        Snapshot.objects.filter(footing__isnull=False).update(footing=None)
        journal.begin_anew()


def before_migration(plan: Sequence[Any], **_signal: Any) -> None:
    """Let tables be changed; for Django's `pre_migrate`."""
    if plan and connection.vendor in THERE:
        _drop(_there())


def after_migration(**_signal: Any) -> None:
    """Install, where the tables are as they must be; for Django's `post_migrate`."""
    if connection.vendor not in THERE:
        return
    wanted = {
        **dependence.noted(),
        Snapshot._meta.db_table: {"footing"},
        Touched._meta.db_table: {"source", "key"},
    }
    if all(columns <= _columns(table) for table, columns in wanted.items()):
        install()


def _columns(table: str) -> set[str]:
    """Return the columns that a table has in the database; none where it is not there."""
    with connection.cursor() as cursor:
        if table not in connection.introspection.table_names(cursor):
            return set()
        told = connection.introspection.get_table_description(cursor, table)
    return {column.name for column in told}


def _drop(triggers: Mapping[str, str]) -> None:
    with connection.cursor() as cursor:
        for name, table in triggers.items():
            on = f" ON {table}" if connection.vendor == "postgresql" else ""
            cursor.execute(f"DROP TRIGGER {name}{on}")


def _there() -> dict[str, str]:
    """Return the triggers of ours that there are, with their tables."""
    with connection.cursor() as cursor:
        cursor.execute(THERE[connection.vendor])
        return {name: on for name, on in cursor.fetchall() if name.startswith(PREFIX)}


@cache
def _wanted(vendor: str) -> Mapping[str, str]:
    """Return the statements that make the triggers, by the triggers' names."""
    says = {"sqlite": _in_sqlite, "postgresql": _in_postgresql}[vendor]
    found = {}
    for table, columns in dependence.noted().items():
        for event, body in says(table, sorted(columns)):
            digest = sha256(f"{body}{POSTGRESQL_FUNCTION}".encode()).hexdigest()[:8]
            name = f"{PREFIX}{digest}_{table}"[:63]
            found[name] = f"CREATE TRIGGER {name} AFTER {event} {body}"
    return found


def _in_sqlite(table: str, columns: Collection[str]) -> Iterator[tuple[str, str]]:
    for event in EVENTS:
        notes = "; ".join(
            f"INSERT INTO {Touched._meta.db_table} (source, key) "  # noqa: S608
            f"SELECT '{table}.{column}', key FROM ({_keys(event, column)}) "
            "WHERE key IS NOT NULL"
            for column in columns
        )
        yield event, f'ON "{table}" BEGIN {notes}; END'


def _keys(event: str, column: str) -> str:
    """Return the SQL of the values that a column had and has."""
    old, new = f'SELECT OLD."{column}" AS key', f'SELECT NEW."{column}" AS key'
    return {"INSERT": new, "DELETE": old, "UPDATE": f"{old} UNION {new}"}[event]


def _in_postgresql(table: str, columns: Collection[str]) -> Iterator[tuple[str, str]]:
    named = ", ".join(f"'{column}'" for column in columns)
    yield (
        " OR ".join(EVENTS),
        f'ON "{table}" FOR EACH ROW EXECUTE FUNCTION {FUNCTION}({named})',
    )
