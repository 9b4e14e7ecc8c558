"""`braid keys`: which keys there are, a new one, an old one away."""

import os
from typing import Any

import click

PSEUDONYMS = (
    "The pseudonyms in sets of facts that were handed on come from this key. In sets made "
    "afterwards everybody has another one: who joins sets by person needs all of them "
    "anew. Run it with --yes where that is meant."
)
AS_JSON = click.option(
    "--json", "as_json", is_flag=True, help="Print one JSON document and nothing else."
)


def _start() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "braid.site.settings")
    import django

    django.setup()


def _say(found: dict[str, Any], as_json: bool) -> None:
    from braid.site.cli import say

    say(found, as_json)


@click.group()
def keys() -> None:
    """The keys that encrypt numbers, treatment notes and documents."""


@keys.command("list")
@AS_JSON
def list_keys(as_json: bool) -> None:
    """Tell the keys, newest first, and what stands under each.

    Example: braid keys list
    """
    _start()
    from braid.access import keyring, rotation

    ring = keyring.ring()
    lines: list[Any] = []
    for key in ring.keys:
        kept = rotation.under(key.id)
        state = "encrypts" if key is ring.current else "reads only"
        if as_json:
            lines.append(
                {"id": key.id, "made_at": key.made_at, "state": state, "under": kept}
            )
        else:
            said = ", ".join(f"{count} {name}" for name, count in kept.items())
            lines.append(
                f"{key.id} {state}, made {key.made_at[:10]}: {said or 'empty'}"
            )
    _say(
        {"keys": lines, "pseudonyms": ring.pseudonyms, "rotating": ring.rotating},
        as_json,
    )


@keys.command()
@click.option(
    "--finish", is_flag=True, help="Make no new key; bring over what was left."
)
@AS_JSON
def rotate(finish: bool, as_json: bool) -> None:
    """Make a new key and bring everything under it. Stopped, it goes on where it was.

    Example: braid keys rotate
    """
    _start()
    from django.utils import timezone

    from braid.access import keyring, rotation

    done = rotation.renew() if finish else rotation.rotate(timezone.now())
    lines: Any = done if as_json else [f"{n} {name}" for name, n in done.items()]
    _say({"key": keyring.current(), "renewed": lines}, as_json)


@keys.command()
@click.argument("key_id", metavar="KEY")
@click.option("--yes", is_flag=True, help="Also where pseudonyms change by it.")
@AS_JSON
def retire(key_id: str, yes: bool, as_json: bool) -> None:
    """Take an old key away for good; refused while anything stands under it.

    Where the pseudonyms of handed-on facts come from it, it says so first and does
    nothing without --yes.

    Example: braid keys retire k1
    """
    _start()
    from braid.access import keyring, rotation

    changes = keyring.ring().pseudonyms == key_id
    if changes and key_id != keyring.current() and not yes:
        _say({"retired": None, "warning": PSEUDONYMS}, as_json)
        return
    rotation.retire(key_id)
    _say({"retired": key_id, "pseudonyms_changed": changes}, as_json)
