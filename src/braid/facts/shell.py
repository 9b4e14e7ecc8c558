"""What the commands about facts share: JSON documents, and how they refuse."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterable
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from braid.kernel.errors import BraidError, InputFault, Refused

if TYPE_CHECKING:
    from braid.facts.faults import FactsFaults, Violation

DONE, REFUSED, WRONG_USE = 0, 1, 2
Document = dict[str, Any]


def show_json(document: Any) -> None:
    click.echo(json.dumps(document, ensure_ascii=False, indent=2))


def told(violations: Iterable[Violation]) -> list[Document]:
    """Return violations as JSON has them."""
    return [
        {
            "table": violation.table,
            "key": violation.key,
            "rule": violation.rule,
            "severity": violation.severity,
            "message": violation.sentence,
        }
        for violation in violations
    ]


def line(violation: Violation) -> str:
    """Return a violation as a line for a person."""
    place = " ".join(filter(None, (violation.table, violation.key)))
    said = ": ".join(filter(None, (violation.severity, place, violation.sentence)))
    return f"{said} [{violation.rule}]"


def refusing(run: Callable[..., None]) -> Callable[..., None]:
    """Show what a command refuses: one JSON document with --json, else sentences.

    Ends with 2 where the command was used wrongly, with 1 where the facts or the
    policy say no.
    """

    @wraps(run)
    def command(*args: Any, as_json: bool, **options: Any) -> None:
        from braid.facts.faults import FactsFaults

        try:
            run(*args, as_json=as_json, **options)
        except FactsFaults as faults:
            _refuse_facts(faults, as_json=as_json)
        except (InputFault, Refused) as refused:
            _refuse(refused, as_json=as_json)

    return command


def _refuse_facts(faults: FactsFaults, *, as_json: bool) -> None:
    if as_json:
        message = "Nothing is done: there are errors in these facts."
        error = _error(faults, "not_sound", message)
        show_json({"error": error, "violations": told(faults.faults)})
    else:
        for fault in faults.faults:
            click.echo(line(fault), err=True)
    sys.exit(REFUSED)


def _refuse(refused: InputFault | Refused, *, as_json: bool) -> None:
    if isinstance(refused, Refused):
        message, ends = "The policy does not allow this.", REFUSED
    else:
        message, ends = str(refused), WRONG_USE
    if as_json:
        show_json({"error": _error(refused, refused.reason, message)})
    else:
        click.echo(message, err=True)
    sys.exit(ends)


def _error(refused: BraidError, reason: str, message: str) -> Document:
    return {"code": refused.code, "reason": reason, "message": message}


def start() -> None:
    """Set Django up, as a command that needs the installation begins."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "braid.site.settings")
    import django

    django.setup()


def must_have_record(remedy: str) -> None:
    """Raise InputFault (`no_record`) where nothing was recorded; leaves nothing behind."""
    from django.db import DEFAULT_DB_ALIAS, connections
    from django.db.backends.sqlite3.base import DatabaseWrapper

    from braid.facts.models import Snapshot

    connection = connections[DEFAULT_DB_ALIAS]
    # Merely looking into a database of SQLite that is not there would make it.
    is_missing = (
        isinstance(connection, DatabaseWrapper)
        and not connection.is_in_memory_db()
        and not Path(connection.settings_dict["NAME"]).exists()
    )
    tables = [] if is_missing else connection.introspection.table_names()
    if Snapshot._meta.db_table not in tables:
        raise InputFault(f"There is no record here yet. {remedy}", reason="no_record")
