"""Figures as `braid roster` prints them for people."""

from collections.abc import Iterator, Mapping
from typing import Any

import click
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from braid.exchange.labels import WORDS
from braid.packs import measures

NOTHING = "–"
PARTS: Mapping[str, Any] = {
    "total": gettext_lazy("people"),
    "fte": gettext_lazy("full-time posts"),
    "ratio": gettext_lazy("for each full-time post"),
    "no_specialist": gettext_lazy("without a specialist"),
    "caseload": gettext_lazy("caseload"),
    "per_fte": gettext_lazy("for each full-time post"),
    "from_top_two": gettext_lazy("from the two largest teams"),
    "teams": gettext_lazy("treatment teams"),
    "share": gettext_lazy("share"),
    "pooled_numerator": gettext_lazy("all specialists: from their two largest teams"),
    "pooled_denominator": gettext_lazy("all specialists: caseload"),
    "pooled_share": gettext_lazy("all specialists: share"),
    "community_minutes": gettext_lazy("minutes out of the offices"),
    "f2f_minutes": gettext_lazy("minutes face to face"),
    "all_minutes": gettext_lazy("minutes in all"),
    "share_of_f2f": gettext_lazy("share of the time face to face"),
    "share_of_all": gettext_lazy("share of all time"),
    "contacts": gettext_lazy("contacts"),
    "weeks": gettext_lazy("weeks in post"),
    "per_week": gettext_lazy("a week"),
    "episodes": gettext_lazy("episodes"),
    "with_contact": gettext_lazy("with an employer contact"),
    "without_contact": gettext_lazy("without one yet"),
    "mean_days": gettext_lazy("mean days"),
    "mean_days_if_open_included": gettext_lazy("mean days, those without counted too"),
    "current_jobs": gettext_lazy("current jobs"),
    "competitive_and_permanent": gettext_lazy("competitive and permanent"),
    "volunteering_left_out": gettext_lazy("volunteering, left out"),
    "under_16": gettext_lazy("under 16 hours a week"),
    "16_and_over": gettext_lazy("16 hours a week and over"),
    "unknown": gettext_lazy("not known"),
    "served": gettext_lazy("served"),
    "working": gettext_lazy("working"),
    "rate": gettext_lazy("share working"),
    "first_job_starts": gettext_lazy("first job starts"),
    "job_starts": gettext_lazy("job starts"),
    "job_starts_without_4h_rule": gettext_lazy("job starts, very short jobs included"),
    "retention_new_jobs": gettext_lazy("new jobs of people in work when referred"),
    "starters": gettext_lazy("began a job"),
    "median_days_among_starters": gettext_lazy("median days of those who began"),
    "km_started_by_day_365": gettext_lazy("share that had begun by day 365"),
    "clients": gettext_lazy("people"),
    "referrals": gettext_lazy("referrals"),
    "employer_contacts": gettext_lazy("contacts with employers"),
    "employer_contacts_f2f": gettext_lazy("contacts with employers, face to face"),
    "jobs": gettext_lazy("jobs"),
    "jobs_by_type": gettext_lazy("jobs by kind"),
}
"""What the parts of figures are called; a specialist and a quarter call themselves."""


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
                yield f"{part_label(name)}: {_listed(one)}"


def _listed(values: Mapping[str, Any]) -> str:
    return ", ".join(f"{part_label(name)} {_value(v)}" for name, v in values.items())


def part_label(name: str) -> str:
    """Return what a part of a figure is called, a name as it is."""
    return str(PARTS.get(name) or WORDS.get(name, name))


def _value(value: Any) -> str:
    return (
        NOTHING
        if value is None
        else f"{value:g}"
        if value != int(value)
        else f"{value:.0f}"
    )
