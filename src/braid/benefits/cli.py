"""`braid benefits recall` and `rules-changed`: who was told by rules that were wrong.

Django is loaded when a command runs, so that `--help` is instant.
"""

from __future__ import annotations

import json
import os
from dataclasses import asdict, replace
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from collections.abc import Sequence

    from braid.access.policy import Actor
    from braid.benefits.commands import Recalled

AS_JSON = click.option("--json", "as_json", is_flag=True, help="One JSON document.")


@click.command()
@click.argument("pack")
@click.argument("version")
@click.option(
    "--because", "words", required=True, help="What was wrong, for all to read."
)
@AS_JSON
def recall(pack: str, version: str, words: str, as_json: bool) -> None:
    """Recall every page that rests on VERSION of PACK; each person is to be contacted.

    Example: braid benefits recall dk 2026.2 --because "The limit of May was wrong"
    """
    actor = _actor("benefits recall")
    from braid.benefits import commands, queries

    rows = queries.all_calculations_with(actor, pack, version)
    found = commands.recall(actor=actor, calculations=rows, words=words, day=actor.day)
    _say(found, as_json)


@click.command("rules-changed")
@click.argument("pack")
@AS_JSON
def rules_changed(pack: str, as_json: bool) -> None:
    """Work confirmed pages out again by the present PACK; say whom it changes much for.

    Example: braid benefits rules-changed dk
    """
    actor = _actor("benefits rules-changed")
    from braid.benefits import commands, queries

    rows = queries.all_calculations_with(actor, pack)
    found = commands.rules_changed(actor=actor, calculations=rows, day=actor.day)
    _say(found, as_json)


def _actor(task: str) -> Actor:
    """Return the operator's task, for every unit of the installation."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "braid.site.settings")
    import django

    django.setup()
    from django.utils import timezone

    from braid.access.queries import installation_actor

    found = installation_actor(task)
    if found is None:
        raise click.UsageError(
            "There is no IPS unit here yet, so no page rests on any rules. "
            "Name the folder of the installation with BRAID_DATA."
        )
    return replace(found, day=timezone.localdate())


def _say(found: Sequence[Recalled], as_json: bool) -> None:
    if as_json:
        rows = [asdict(one) for one in found]
        click.echo(json.dumps(rows, default=str, indent=1))
        return
    click.echo(f"pages: {len(found)}; each person stands on the counsellors' list")
    for one in found:
        handed = one.handed_over_on or "not handed over"
        click.echo(f"  {one.calculation_id} of episode {one.episode_id}: {handed}")


COMMANDS = (recall, rules_changed)
