"""Making a demo in its database, finding the one that is there, taking it away."""

from pathlib import Path

import click
from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from braid.access.models import Organisation
from braid.access.queries import is_empty_installation
from braid.site.demo import large, shelf
from braid.site.demo import mark as marks
from braid.site.demo.cast import SIZES
from braid.site.demo.fill import fill
from braid.site.demo.mark import Mark

SQLITE_FILES = ("", "-wal", "-shm", "-journal")


def made(size: str, seed: int) -> Mark:
    """Return the demo that is there, or make one in the empty database."""
    found = marks.read()
    if found is not None:
        _refuse_half(found)
        _compare(found, size, seed)
        return found
    if not is_empty_installation():
        raise click.UsageError(
            "This database holds something other than a demo, and a demo needs one of "
            "its own. Name an empty folder with BRAID_DATA."
        )
    if size == large.REGION:
        return large.make_region(seed)
    shelf.use()
    today = timezone.localdate()
    token = marks.new_token()
    with transaction.atomic():
        filled = fill(SIZES[size], seed, today, token=token)
        mark = Mark(size, seed, today, token, filled)
        # Before the commit: a mark without its secret in the database opens nothing.
        marks.write(mark)
    return mark


def _refuse_half(found: Mark) -> None:
    if not found.finished:
        raise click.UsageError(
            "The demo that is here was interrupted before it was whole. "
            "Add --reset to make it anew."
        )


def _compare(found: Mark, size: str, seed: int) -> None:
    """Say where the demo that is there differs from what was asked for."""
    if (found.size, found.seed) != (size, seed):
        click.echo(
            f"The demo that is here has size {found.size} and seed {found.seed}. "
            "Add --reset to make the other one.",
            err=True,
        )
    if found.is_old(timezone.localdate()):
        click.echo(
            f"This demo was made on {found.day} and its stories have grown old. "
            "`make demo-reset` makes a fresh one.",
            err=True,
        )


def take_away() -> None:
    """Delete the database of a demo; nothing that a demo did not make."""
    if connection.vendor != "sqlite":
        raise click.UsageError(
            "--reset deletes a database file, and this database is on a server. "
            "Make an empty database there instead."
        )
    path = Path(str(connection.settings_dict["NAME"]))
    if path.exists() and not _may_go():
        raise click.UsageError(
            "This database was not made by `braid demo`, so it stays as it is. "
            "Name another folder with BRAID_DATA."
        )
    large.take_away_facts()
    connection.close()
    for ending in SQLITE_FILES:
        Path(f"{path}{ending}").unlink(missing_ok=True)
    settings.BRAID_DEMO_MARK.unlink(missing_ok=True)


def _may_go() -> bool:
    """Say whether a demo made this database, or nobody has put anything into it."""
    if Organisation._meta.db_table not in connection.introspection.table_names():
        return True
    return is_empty_installation() or marks.read() is not None
