"""`braid fidelity questionnaire`: a scale as FHIR."""

from __future__ import annotations

import click

from braid.facts.shell import refusing, show_json, start


@click.command()
@click.option("--scale", required=True, metavar="ID", help="A scale, such as ips-25.")
@click.option(
    "--language",
    default="en",
    show_default=True,
    metavar="CODE",
    help="Of titles and anchors, where the scale has it; else English.",
)
@click.option(
    "--json", "as_json", is_flag=True, help="As without it; refusals are JSON too."
)
@refusing
def questionnaire(scale: str, language: str, as_json: bool) -> None:
    """Print a scale as a Questionnaire of FHIR R4.

    Example: braid fidelity questionnaire --scale ips-25 --language da
    """
    start()
    from braid.fidelity.exchange_form import form

    show_json(form.questionnaire(scale, language))
