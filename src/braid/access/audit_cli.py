"""`braid audit`: check the chains, sign and hand out anchors, look for unusual access.

Django is loaded when a command runs, so that `--help` is instant.
"""

from __future__ import annotations

import json
import os
import sys
import time
from datetime import datetime
from pathlib import Path
from typing import Any

import click

AS_JSON = click.option("--json", "as_json", is_flag=True, help="One JSON document.")
SLUG = click.option("--organisation", "slug", default="", metavar="SLUG")
FILE = click.Path(dir_okay=False, path_type=Path)


@click.group()
def audit() -> None:
    """The log of who opened and did what: whole, anchored, looked through."""


@audit.command()
@SLUG
@click.option("--from", "first", default=1, type=click.IntRange(1), metavar="N")
@click.option(
    "--roots",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="A file of anchors that was kept elsewhere.",
)
@click.option(
    "--key", "keys", multiple=True, metavar="ID=KEY", help="As `braid audit key` says."
)
@AS_JSON
def verify(
    slug: str, first: int, roots: Path | None, keys: tuple[str, ...], as_json: bool
) -> None:
    """Walk every chain and name its first broken line; exit code 1 where there is one.

    Example: braid audit verify --roots anchors.jsonl
    """
    _start()
    from braid.access import anchors, lines

    began = time.monotonic()
    known = anchors.public_keys() if not keys else dict(_pair(key) for key in keys)
    kept = list(anchors.kept())
    signed = anchors.checked(kept, {**known, **anchors.public_keys()})
    if roots is not None:
        for organisation, found in anchors.checked(anchors.read(roots), known).items():
            signed.setdefault(organisation, []).extend(found)
    chosen = lines.organisation(slug) if slug else None
    results = [*_walked(chosen, first, signed)]
    _report(results, time.monotonic() - began, as_json)
    if any(result["damage"] for result in results):
        sys.exit(1)


def _pair(text: str) -> tuple[str, str]:
    key_id, equals, key = text.partition("=")
    if not equals:
        raise click.BadParameter(
            f"'{text}' is not ID=KEY, as `braid audit key` says it."
        )
    return key_id, key


def _walked(chosen: Any, first: int, signed: dict[Any, Any]) -> Any:
    from braid.access import lines
    from braid.access.chain import BEGIN
    from braid.access.verifying import walk

    slugs = lines.slugs()
    known = [chosen] if chosen else sorted({*lines.organisations(), *signed})
    for organisation in known:
        previous = lines.hash_of(organisation, first - 1) if first > 1 else BEGIN
        read = lines.chain(organisation, signed.get(organisation, ()))
        found = walk(read, first, previous or BEGIN)
        yield {
            "organisation": slugs.get(organisation, str(organisation)),
            "lines": found.lines,
            "damage": found.damage.value if found.damage else None,
            "line": found.line if found.damage else None,
            "last_good_root": found.root or None,
        }


def _report(results: list[dict[str, Any]], seconds: float, as_json: bool) -> None:
    total = sum(result["lines"] for result in results)
    whole = not any(result["damage"] for result in results)
    if as_json:
        document = {"ok": whole, "lines": total, "chains": results}
        click.echo(json.dumps(document, indent=1))
        return
    for result in results:
        rooted = result["last_good_root"]
        known = f"anchored up to line {rooted}" if rooted else "no anchor"
        said = f"{result['lines']} lines, whole, {known}"
        if result["damage"]:
            said = f"line {result['line']}: {result['damage']}; before it {known}"
        click.echo(f"{result['organisation']}: {said}")
    rate = total / seconds if seconds else total
    click.echo(f"{total} lines in {seconds:.1f} s ({rate:,.0f} a second)")


@audit.command()
@SLUG
@click.option("--out", type=FILE, help="A file to add to; keep it somewhere else.")
def anchor(slug: str, out: Path | None) -> None:
    """Sign how far each chain has come; once an hour is well.

    Example: braid audit anchor --out /mnt/other-house/anchors.jsonl
    """
    _start()
    from django.utils import timezone

    from braid.access import anchors, lines

    chosen = [lines.organisation(slug)] if slug else lines.organisations()
    for organisation in chosen:
        anchors.make(organisation, timezone.now())
    roots = [root for key in chosen if (root := anchors.latest(key)) is not None]
    if out is None:
        for root in roots:
            click.echo(anchors.line(anchors.of_root(root)))
        return
    added = anchors.write(out, roots)
    click.echo(f"{out.name}: {len(added)} anchors added")


@audit.command()
def key() -> None:
    """Print the public keys of the anchors, for whoever keeps the file of anchors.

    Example: braid audit key
    """
    _start()
    from braid.access import anchors

    for key_id, public in anchors.public_keys().items():
        click.echo(f"{key_id}={public}")


@audit.command()
@click.option(
    "--week",
    type=click.DateTime(formats=["%Y-%m-%d"]),
    help="A day of the week to look through; the week before this one when not given.",
)
@AS_JSON
def review(week: datetime | None, as_json: bool) -> None:
    """Look through a week of accesses and put what is unusual before the stewards.

    Example: braid audit review --week 2026-10-05
    """
    _start()
    from django.utils import timezone

    from braid.access import lines, reviewing
    from braid.kernel.dates import iso_week_start

    today = timezone.localdate()
    monday = iso_week_start(week.date()) if week else reviewing.last_week(today)
    found = reviewing.look_through(monday, timezone.now())
    slugs = lines.slugs()
    numbers = {slugs[key]: number for key, number in found.items()}
    if as_json:
        document = {"week": monday.isoformat(), "findings": numbers}
        click.echo(json.dumps(document, indent=1))
        return
    click.echo(f"week from {monday.isoformat()}")
    for slug, number in sorted(numbers.items()):
        click.echo(f"{slug}: {number} to ask about")


def _start() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "braid.site.settings")
    import django

    django.setup()
