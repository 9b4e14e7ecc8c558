"""`braid demo`: the invented region in a database of its own, and the site on it."""

import json
import os
from dataclasses import asdict
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from braid.site.demo.mark import Mark

FOLDER = "var/demo"
SEED = 1


@click.command()
@click.option(
    "--size",
    type=click.Choice(["demo", "unit", "region", "nation"]),
    default="demo",
    show_default=True,
)
@click.option("--seed", type=int, default=SEED, show_default=True)
@click.option("--reset", is_flag=True, help="Take the demo away and make a fresh one.")
@click.option("--no-serve", is_flag=True, help="Only make the database.")
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", type=click.IntRange(1, 65535), default=8000, show_default=True)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
def demo(
    size: str,
    seed: int,
    reset: bool,
    no_serve: bool,
    host: str,
    port: int,
    as_json: bool,
) -> None:
    """Make the invented region Havnelund and show it in the browser.

    It is kept in var/demo, or where BRAID_DATA says. The sizes unit, region and nation
    are for measurements: 100 and 20,000 people with their record, and the facts of
    500,000 alone. Of a nation there are no pages.

    Example: braid demo --size unit --no-serve --json
    """
    os.environ.setdefault("BRAID_DATA", FOLDER)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "braid.site.settings")
    import django

    django.setup()
    from braid.site import serving
    from braid.site.demo import large, making

    if size == large.NATION:
        _say_nation(asdict(large.make_nation(seed, reset=reset)), as_json)
        return
    if reset:
        making.take_away()
    serving.prepare()
    mark = making.made(size, seed)
    _say(mark, as_json)
    if not no_serve:
        serving.serve(host, port)


def _say_nation(filled: dict[str, float], as_json: bool) -> None:
    if as_json:
        click.echo(json.dumps(filled))
        return
    click.echo(
        f"The facts of a nation: {filled['episodes']} episodes, "
        f"{filled['contacts']} contacts, {filled['jobs']} jobs. A nation has no record "
        "here, so there are no pages to show; `braid measures run --facts` reads it."
    )


def _say(mark: "Mark", as_json: bool) -> None:
    filled = asdict(mark.filled)
    if as_json:
        click.echo(json.dumps(filled))
        return
    click.echo(
        f"Havnelund, as on {mark.day}: {filled['episodes']} episodes, "
        f"{filled['contacts']} contacts, {filled['jobs']} jobs."
    )
