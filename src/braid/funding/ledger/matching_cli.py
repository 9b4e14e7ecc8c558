"""`braid funding match`: whether another organisation asks money for one person too."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from braid.facts.shell import refusing, show_json, start

if TYPE_CHECKING:
    from braid.access.policy import Actor
    from braid.funding.ledger.meeting import Answer

FILE = click.Path(path_type=Path, exists=True, dir_okay=False)


@click.command()
@click.argument("theirs", required=False, type=FILE, metavar="[FILE]")
@click.option("--as", "as_email", required=True, metavar="EMAIL", help="Who does it.")
@click.option(
    "--key-file", required=True, type=FILE, metavar="FILE", help="The agreed key."
)
@click.option(
    "--sharing", required=True, metavar="NAME", help="The record of data sharing."
)
@click.option(
    "--number", "system", required=True, metavar="KIND", help="Such as dk-cpr."
)
@click.option(
    "--out", type=click.Path(path_type=Path), metavar="FILE", help="What to hand over."
)
@click.option(
    "--json", "as_json", is_flag=True, help="Print one JSON document and nothing else."
)
@refusing
def match(
    theirs: Path | None,
    as_email: str,
    key_file: Path,
    sharing: str,
    system: str,
    out: Path | None,
    as_json: bool,
) -> None:
    """Write our tokens, answer theirs with our lines, or read the lines of theirs.

    Without FILE our tokens are written. With a FILE of tokens our lines of the people
    whom both have are written; with a FILE of lines it is told where both ask money for
    one thing. The key is read and kept nowhere.

    Example: braid funding match --as ben@example.org --key-file key --sharing "Agreement 7" --number dk-cpr --out ours.json
    """  # noqa: E501
    start()
    from django.utils import timezone

    from braid.funding.ledger import handed, meeting

    actor = _actor(as_email)
    agreed = meeting.Agreed(sharing, key_file.read_bytes().strip(), system)
    data = theirs.read_bytes() if theirs else None
    answer = meeting.answered(
        actor=actor, agreed=agreed, theirs=data, today=timezone.localdate()
    )
    if answer.file is not None:
        _write(handed.written(answer.file), out)
    _say(answer, as_json, is_shown=answer.file is not None and out is None)


def _actor(email: str) -> Actor:
    """Return the place of a person from which they claim for a unit."""
    from django.utils import timezone

    from braid.access import policy
    from braid.access.policy import Action
    from braid.access.queries import places, user_by_email

    user = user_by_email(email)
    if user is None:
        raise click.BadParameter("nobody has this address.", param_hint="--as")
    actors = [place.actor for place in places(user, timezone.now())]
    if not actors:
        raise click.BadParameter("this person has no role now.", param_hint="--as")
    claims = (one for one in actors if policy.may(one, Action.CLAIM))
    return next(claims, actors[0])


def _write(data: bytes, out: Path | None) -> None:
    if out is None:
        click.echo(data.decode(), nl=False)
        return
    out.write_bytes(data)


def _say(answer: Answer, as_json: bool, *, is_shown: bool) -> None:
    numbers = _numbers({one.entry for one in answer.found if one.entry})
    told: dict[str, Any] = {
        "written": answer.file.kind if answer.file else None,
        "people": answer.people,
        "without_number": answer.without,
        "found": [
            {"rule": one.rule, "claim": numbers.get(one.entry), "against": one.against}
            for one in answer.found
        ],
        "new": answer.new,
    }
    if is_shown:
        return  # the document to hand over is what is printed
    if as_json:
        show_json(told)
        return
    click.echo(f"{answer.people} people; {answer.without} have no such number.")
    for one in told["found"]:
        claim = f"claim {one['claim']}" if one["claim"] else "no claim yet"
        click.echo(f"{one['rule']}: {claim}, against {one['against']}")


def _numbers(keys: set[str]) -> dict[str, int]:
    """Return the numbers of claims: who they are about is nobody's to print."""
    from braid.funding.models import Claim

    rows = Claim.objects.system("numbers of claims that the actor may see")
    return {str(row.pk): row.number for row in rows.filter(pk__in=keys)}
