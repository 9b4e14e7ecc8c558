"""Figures as `braid roster` prints them for people."""

from collections.abc import Iterator, Mapping
from typing import Any

import click
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from braid.packs import measures

NOTHING = "–"


def show_figures(figures: Mapping[str, Mapping[str, Any]]) -> None:
    """Print each figure under its name; those of people or quarters a line each."""
    click.echo()
    click.echo(_("What you would see"))
    for key, values in figures.items():
        click.echo("  " + measures.get(key).name(get_language() or "en"))
        for line in _lines(values):
            click.echo("    " + line)


def _lines(values: Mapping[str, Any]) -> Iterator[str]:
    plain = {name: one for name, one in values.items() if not isinstance(one, Mapping)}
    if plain:
        yield _listed(plain)
    for name, one in values.items():
        if isinstance(one, Mapping):
            if any(isinstance(part, Mapping) for part in one.values()):
                yield from _lines(one)
            else:
                yield f"{_words(name)}: {_listed(one)}"


def _listed(values: Mapping[str, Any]) -> str:
    return ", ".join(f"{_words(name)} {_value(one)}" for name, one in values.items())


def _words(name: str) -> str:
    return name.replace("_", " ")


def _value(value: Any) -> str:
    return (
        NOTHING
        if value is None
        else f"{value:g}"
        if value != int(value)
        else f"{value:.0f}"
    )
