"""`braid funding simulate`: a contract over any past facts, as one JSON document.

Django, the facts and their engine are loaded when the command runs.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from braid.facts.shell import refusing, show_json, start
from braid.funding.telling import telling_faults

if TYPE_CHECKING:
    from braid.funding.simulating.queries import Proposal

FILE = click.Path(path_type=Path, exists=True, dir_okay=False)


@click.command()
@click.argument("contract", metavar="CONTRACT")
@click.option(
    "--facts",
    "folder",
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="A folder of facts, Parquet or CSV; without it, those of this installation.",
)
@click.option(
    "--unit", metavar="SLUG", help="Only this unit; with --facts its unit_id."
)
@click.option("--as-of", type=click.DateTime(formats=["%Y-%m-%d"]), metavar="DATE")
@click.option("--bindings", type=FILE, metavar="FILE", help="What is filled in.")
@click.option(
    "--against", metavar="CONTRACT", help="A second contract, held beside the first."
)
@click.option(
    "--against-bindings",
    type=FILE,
    metavar="FILE",
    help="What is filled into that one.",
)
@click.option(
    "--group", default="none", metavar="KEY", help="Tell by a group, e.g. prior_work."
)
@click.option(
    "--sensitivity/--no-sensitivity",
    default=True,
    help="Run it again with each number one lower and one higher.",
)
@click.option(
    "--json", "as_json", is_flag=True, help="Print one JSON document and nothing else."
)
@refusing
@telling_faults
def simulate(
    contract: str,
    folder: Path | None,
    unit: str | None,
    as_of: Any,
    bindings: Path | None,
    against: str | None,
    against_bindings: Path | None,
    group: str,
    sensitivity: bool,
    as_json: bool,
) -> None:
    """Say what a contract would have paid for past facts, and what it would reward.

    CONTRACT is the id of a contract, or a file of one. It is taken as if it had held
    from the first day of the facts, alone, and with all evidence.

    Example: braid funding simulate proposal.yaml --facts my-facts --json
    """
    start()
    from braid.facts import sources
    from braid.funding.simulating.documents import document, parity_document
    from braid.funding.simulating.queries import over_facts
    from braid.funding.simulating.summing import parity
    from braid.method.measures.words import GROUP

    group = GROUP.read("group", group)
    proposals = [_proposal(contract, bindings)]
    if against is not None:
        proposals.append(_proposal(against, against_bindings))
    day = as_of.date() if as_of else None
    source = sources.own(unit) if folder is None else sources.folder(folder, unit, day)
    with source.facts:
        sources.say_warnings(source)
        units = None if source.unit is None else [source.unit]
        found = over_facts(
            source.facts, units, proposals, group, as_of=day, sensitivity=sensitivity
        )
    shown: dict[str, Any] = {"simulations": [document(one) for one in found]}
    if len(found) > 1:
        shown["parity"] = parity_document(parity(*found))
    if as_json:
        show_json(shown)
        return
    for line in _told(shown):
        click.echo(line)


def _told(shown: dict[str, Any]) -> Iterator[str]:
    """Yield what was found for a person to read."""
    for one in shown["simulations"]:
        currency = one["currency"]
        yield f"{one['contract']}@{one['version']} as of {one['as_of']}"
        yield f"  In all: {_sum(one['total'], currency)}."
        yield (
            f"  Under it: {one['subjects']}; nothing to pay for "
            f"{one['without_payable_event']} of them."
        )
        for part in ("by_milestone", "by_month", "by_group"):
            for name, paid in one[part].items():
                yield f"  {name or 'not known'}: {_sum(paid, currency)}"
        for tried in one["sensitivity"]:
            yield (
                f"  {tried['milestone']}, {tried['what']} {tried['after']} instead of "
                f"{tried['before']}: {tried['outcomes']:+d} outcomes, {currency} "
                f"{tried['amount']}"
            )
        for name, paid in one["rewards"].items():
            yield f"  Rewards, {name.replace('_', ' ')}: {_sum(paid, currency)}"
        yield f"  {one['caution']}"
    if parity := shown.get("parity"):
        yield (
            f"The second against the first: {parity['gain']} gain, {parity['lose']} "
            f"lose, {parity['alike']} stay alike; in all {parity['difference']}."
        )


def _sum(paid: dict[str, Any], currency: str) -> str:
    unbound = f", {paid['unbound']} not bound" if paid["unbound"] else ""
    return f"{paid['outcomes']} outcomes, {currency} {paid['amount']}{unbound}"


def _proposal(name: str, bindings: Path | None) -> Proposal:
    from braid.funding.simulating.queries import Proposal
    from braid.packs import contracts

    path = Path(name)
    is_file = path.suffix in (".yaml", ".yml")
    contract = contracts.read_contract(path) if is_file else contracts.get(name)
    filled = None if bindings is None else contracts.read_bindings(bindings, contract)
    return Proposal(contract, filled)
