"""`braid facts compare` and `braid facts schema`."""

from __future__ import annotations

from contextlib import ExitStack
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import UUID

import click

from braid.facts.shell import must_have_record, refusing, show_json, start
from braid.kernel.errors import InputFault

if TYPE_CHECKING:
    from braid.facts.comparing import Movement
    from braid.facts.reading import Facts

TASK = "shell"
Document = dict[str, Any]
AS_JSON = click.option(
    "--json", "as_json", is_flag=True, help="Print one JSON document and nothing else."
)


@click.command()
@click.argument("before", metavar="A")
@click.argument("after", metavar="B")
@click.option(
    "--measure", metavar="ID", help="Also tell why this measure moved between the two."
)
@click.option(
    "--as-of",
    type=click.DateTime(formats=["%Y-%m-%d"]),
    metavar="DATE",
    help="The day on which the measure's window ends; the earlier set's, if not given.",
)
@AS_JSON
@refusing
def compare(
    before: str, after: str, measure: str | None, as_of: datetime | None, as_json: bool
) -> None:
    """Tell what changed between two sets of facts: folders, or ids of snapshots.

    Rows are counted by table and unit: those that came, went and changed. With
    --measure, the rows behind its figure that entered, left or changed, and the facts
    that made them do so.

    Example: braid facts compare facts-of-march facts-of-april --measure item01_caseload
    """
    start()
    from braid.facts import comparing
    from braid.facts.measuring import periods_of
    from braid.packs import measures

    with ExitStack() as opened:
        one = opened.enter_context(_facts(before))
        other = opened.enter_context(_facts(after))
        document: Document = {
            "before": _named(one, before),
            "after": _named(other, after),
            "tables": [_difference(each) for each in comparing.differences(one, other)],
        }
        if measure is not None:
            known = measures.load()
            if measure not in known:
                raise InputFault(
                    f"'{measure}' is no measure. 'braid measures list' shows them.",
                    field="measure",
                    reason="measure_unknown",
                )
            day = as_of.date() if as_of else min(one.as_of, other.as_of)
            periods = periods_of(known[measure], one, day)
            found = comparing.movement(known[measure], one, other, periods)
            document["measure"] = _movement(measure, found)
    if as_json:
        show_json(document)
    else:
        _print(document)


def _facts(name: str) -> Facts:
    """Open a folder of facts, else a snapshot of this installation by its id."""
    folder = Path(name)
    if folder.is_dir():
        from braid.facts import verifying

        return verifying.read_sound(folder, None)[0]
    from braid.access.queries import installation_actor
    from braid.facts import queries

    must_have_record("Give two folders of facts.")
    actor = installation_actor(TASK)
    found = queries.snapshot(actor, name) if actor and _is_id(name) else None
    if actor is None or found is None:
        raise InputFault(
            f"'{name}' is neither a folder of facts nor a snapshot.",
            field="set",
            reason="facts_unknown",
        )
    return queries.snapshot_facts(actor, found)


def _is_id(name: str) -> bool:
    try:
        UUID(name)
    except ValueError:
        return False
    return True


def _named(facts: Facts, name: str) -> Document:
    return {"name": name, "snapshot": facts.snapshot, "as_of": facts.as_of.isoformat()}


def _difference(each: Any) -> Document:
    return {
        "table": each.table,
        "unit": each.unit,
        "came": each.came,
        "went": each.went,
        "changed": each.changed,
    }


def _movement(measure: str, found: Movement) -> Document:
    from braid.facts.measure_documents import plain_row
    from braid.facts.numbers import rounded

    def row(given: Any) -> Document | None:
        return None if given is None else plain_row(given)

    return {
        "id": measure,
        "figures": [
            {
                "period": now.period.period,
                "before": rounded(was.value),
                "after": rounded(now.value),
            }
            for was, now in zip(found.before, found.after, strict=True)
        ],
        "rows": [
            {
                "how": moved.how,
                "was": row(moved.was),
                "now": row(moved.now),
                "because": [
                    {
                        "table": reason.table,
                        "columns": reason.columns,
                        "was": row(reason.was),
                        "now": row(reason.now),
                    }
                    for reason in moved.reasons
                ],
            }
            for moved in found.rows
        ],
    }


def _print(document: Document) -> None:
    for each in document["tables"]:
        place = " ".join(filter(None, (each["table"], each["unit"])))
        counts = (f"{each[name]} {name}" for name in ("came", "went", "changed"))
        click.echo(f"{place}: {', '.join(counts)}")
    if not document["tables"]:
        click.echo("Nothing changed.")
    moved = document.get("measure")
    if moved is None:
        return
    for figure in moved["figures"]:
        values = f"{figure['before']} before, {figure['after']} after"
        click.echo(f"{moved['id']} {figure['period']}: {values}")
    for row in moved["rows"]:
        shown = row["now"] or row["was"]
        pairs = ", ".join(f"{name} {value}" for name, value in shown.items())
        click.echo(f"  {row['how']}: {pairs}")
        for reason in row["because"]:
            what = ", ".join(reason["columns"]) or "the whole row"
            click.echo(f"    because of {reason['table']}: {what}")


@click.command()
@click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="DIR",
    help="Write datapackage.json there; print it, if not given.",
)
def schema(out: Path | None) -> None:
    """Give the tables of the facts as a data package of Frictionless Table Schemas.

    Example: braid facts schema --out facts-schema
    """
    from braid.facts import frictionless

    if out is None:
        click.echo(frictionless.as_text(frictionless.package()), nl=False)
        return
    out.mkdir(parents=True, exist_ok=True)
    click.echo(f"The schema is in {frictionless.write(out)}.")
