"""`braid fidelity`: scales, totals of a rating, one item from raw quantities, live items.

Only the last reads the record. Django is started for the pack folders of an installation.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from braid.facts.shell import Document, refusing, show_json, start
from braid.fidelity.exchange_form.shell import questionnaire
from braid.fidelity.live.shell import live
from braid.kernel.errors import InputFault

if TYPE_CHECKING:
    from braid.method.scales import Scale
    from braid.packs.scale_texts import TextPack

AS_JSON = click.option(
    "--json", "as_json", is_flag=True, help="Print one JSON document and nothing else."
)
LANGUAGE = click.option(
    "--language",
    default="en",
    show_default=True,
    metavar="CODE",
    help="Of titles and anchors, where the scale has it; else English.",
)
SCALE = click.option(
    "--scale", required=True, metavar="ID", help="A scale, such as ips-25."
)
RULES = click.option(
    "--rule",
    "rules",
    multiple=True,
    metavar="ID=VARIANT",
    help="A house rule in another variant, such as HR-17a=nearest; may be given again.",
)


@click.group()
def fidelity() -> None:
    """Fidelity: scales as data, and scores that say how they came about."""


@fidelity.command()
@click.option("--scale", metavar="ID", help="Tell all of one scale: items, rules, log.")
@LANGUAGE
@AS_JSON
@refusing
def scales(scale: str | None, language: str, as_json: bool) -> None:
    """List the scales that there are, or all that one of them says.

    Example: braid fidelity scales --scale ips-25 --language en-GB
    """
    start()
    from braid.fidelity.scale_documents import described, in_full
    from braid.packs import scales as packs

    if scale is not None:
        document = in_full(packs.pack(scale), language)
        show_json(document) if as_json else _show_scale(document)
        return
    found = [described(packs.pack(name), language) for name in sorted(packs.load())]
    if as_json:
        show_json(found)
        return
    for each in found:
        bands = "; ".join(f"{b['label']} {b['min']}-{b['max']}" for b in each["bands"])
        click.echo(f"{each['scale']} {each['version']}: {each['title']}")
        click.echo(f"  {each['items']} items; {bands or each['bands_unknown']}")
        _say_unverified(each)


def _show_scale(document: Document) -> None:
    click.echo(f"{document['scale']} {document['version']}: {document['title']}")
    for item in document["items"]:
        click.echo(f"{item['item']}. {item['title']}")
        for score, words in item["anchors"].items():
            click.echo(f"   {score}: {words}")
        for name, words in item["components"].items():
            click.echo(f"   ({name}) {words}")
        if not item["anchors"]:
            click.echo(f"   {document['not_documented']}")
    for rule in document["house_rules"]:
        click.echo(f"{rule['rule']} ({rule['variant']}): {rule['says']}")
    _say_unverified(document)


@fidelity.command()
@click.argument("path", metavar="RATINGS", type=click.Path(path_type=Path))
@SCALE
@RULES
@click.option("--claim", metavar="WORD", help="The band that an author claims.")
@AS_JSON
@refusing
def score(
    path: Path, scale: str, rules: tuple[str, ...], claim: str | None, as_json: bool
) -> None:
    """Add up a rating: a CSV file with the columns item and score, or JSON.

    An empty score is insufficient evidence: then there is no total but an interval, and
    a band only where all of it lies in one. Items are numbered throughout, or within
    sections with a column section.

    Example: braid fidelity score ratings.csv --scale ips-25 --json
    """
    start()
    from braid.fidelity.rating_files import read_ratings
    from braid.fidelity.scale_documents import of_ratings
    from braid.packs import scales as packs

    pack = packs.pack(scale)
    ratings = read_ratings(path, pack.scale)
    document = of_ratings(pack, ratings, variants(rules), claim)
    if as_json:
        show_json(document)
        return
    _show_total(document, pack.scale)


def _show_total(document: Document, scale: Scale) -> None:
    from braid.packs.scale_texts import texts

    words = texts(scale.id, "en")
    names: dict[str | None, str] = {None: "no band"}
    names.update(words.bands)
    label = "Mean total" if document.get("is_mean") else "Total"
    if document["total"] is not None:
        click.echo(f"{label}: {document['total']}, {names[document['band']]}")
    elif "interval" in document:
        low, high = document["interval"]
        possible = " or ".join(names[each] for each in document["bands_possible"])
        click.echo(f"Between {low} and {high}: {possible or names[None]}")
        missing = ", ".join(map(str, document["missing"]))
        click.echo(f"Insufficient evidence for items {missing}; nothing is prorated.")
    else:
        click.echo(f"Stated without a total: {names[document['band']]}")
    for section, points in zip(
        scale.sections, document.get("sections", ()), strict=False
    ):
        shown = "not complete" if points is None else points
        click.echo(f"{words.sections[section.id]}: {shown}")
    if "claim_band" in document:
        verdict = "agrees" if document["claim_agrees"] else "does not agree"
        click.echo(f"The claim {names[document['claim_band']]} {verdict}.")
    for warning in document["warnings"]:
        click.echo(f"Note: {warning}")
    _say_unverified(document)


@fidelity.command()
@click.argument("number", metavar="N", type=int)
@SCALE
@click.option(
    "--input",
    "given",
    required=True,
    metavar="JSON",
    help="The raw quantities by name; null where an unknown is allowed.",
)
@RULES
@LANGUAGE
@AS_JSON
@refusing
def item(
    number: int,
    scale: str,
    given: str,
    rules: tuple[str, ...],
    language: str,
    as_json: bool,
) -> None:
    """Score one item from raw quantities, with the rules that had a say.

    Example: braid fidelity item 3 --scale ips-25 --input '{"phases_delivered": 5}'
    """
    start()
    from braid.fidelity.rating_files import read_json
    from braid.fidelity.scale_documents import of_item
    from braid.packs import scales as packs
    from braid.packs.scale_texts import texts

    quantities = read_json(given, "input")
    pack, words = packs.pack(scale), texts(scale, language)
    document = of_item(pack, words, number, quantities, variants(rules))
    if as_json:
        show_json(document)
        return
    _show_item(document, words)


def _show_item(document: Document, words: TextPack) -> None:
    click.echo(f"{document['item']}. {document['title']}")
    if document["score"] is None:
        floor, ceiling = document["floor"], document["ceiling"]
        click.echo(f"No score: from {floor} to {ceiling} ({document['status']})")
    else:
        click.echo(
            f"Score {document['score']}: {document['anchor'] or ''}".rstrip(": ")
        )
    if document["value"] is not None:
        click.echo(f"Value: {document['value']}")
    for note in document["notes"]:
        click.echo(f"Note: {note}")
    for rule in document["rule"]:
        click.echo(f"{rule}: {words.rules[rule]}")
    _say_unverified(document)


def _say_unverified(document: Mapping[str, Any]) -> None:
    if not document["verified"]:
        click.echo(document["unverified"])


def variants(rules: Sequence[str]) -> dict[str, str]:
    """Return variants by rule. Raises: InputFault (`rule_unfit`)."""
    found: dict[str, str] = {}
    for said in rules:
        name, mark, variant = said.partition("=")
        if not mark or name in found:
            raise InputFault(
                "A house rule is given once, as ID=VARIANT, such as HR-17a=nearest.",
                field="rule",
                reason="rule_unfit",
            )
        found[name] = variant
    return found


fidelity.add_command(live)
fidelity.add_command(questionnaire)
