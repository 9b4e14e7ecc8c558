"""Reports and their releases as pages show them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from braid.outcomes.reporting import texts
from braid.outcomes.reporting.comparing import Change
from braid.outcomes.reporting.document import Definition, Document, Entry
from braid.outcomes.reporting.texts import Part, Told
from braid.packs import reports
from braid.packs.jurisdictions import in_language
from braid.web.presenters import Action as Button

if TYPE_CHECKING:
    from braid.outcomes.models import Release

FORMAT_NAMES = {"pdf": "PDF", "xlsx": "XLSX", "csv": "CSV", "json": "JSON"}


@dataclass(frozen=True, slots=True)
class ReportLine:
    """A report that can be made."""

    id: str
    label: str
    about: str
    url: str


@dataclass(frozen=True, slots=True)
class ReleaseLine:
    """A release in a list."""

    title: str
    where: str
    day: date
    by: str
    number: int
    is_corrected: bool
    url: str


@dataclass(frozen=True, slots=True)
class ChangeLine:
    """A line of two versions: what it was, what it is."""

    label: str
    group: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """A report as its page shows it."""

    heading: str
    about: str
    lead: tuple[Told, ...]
    parts: tuple[Part, ...]
    notes: tuple[str, ...]
    definitions: tuple[tuple[str, str], ...]
    source: str


def report_lines(query: str = "") -> list[ReportLine]:
    """Return the reports that there are, by their names."""
    language = get_language() or "en"
    found = [
        ReportLine(
            one.id,
            one.name(language),
            in_language(one.about, language),
            reverse("outcomes:report", args=[one.id]) + query,
        )
        for one in reports.load().values()
    ]
    return sorted(found, key=lambda line: line.label)


def sheet(document: Document) -> Sheet:
    """Return a report in words."""
    return Sheet(
        heading=texts.heading(document),
        about=document.about,
        lead=tuple(texts.lead(document)),
        parts=tuple(texts.parts(document)),
        notes=document.notes,
        definitions=tuple(_definition(one) for one in document.definitions),
        source=texts.as_of_text(document.known_on),
    )


def _definition(one: Definition) -> tuple[str, str]:
    return f"{one.label} ({one.measure} {one.version})", texts.definition_text(one)


def downloads(page: str, key: str, query: str = "") -> list[Button]:
    """Return a button a format, to the address of `page` for a report or a release."""
    return [
        Button(
            name,
            reverse(f"outcomes:{page}", args=[key, ending]) + query,
            "download",
        )
        for ending, name in FORMAT_NAMES.items()
    ]


def release_lines(releases: Iterable[Release]) -> list[ReleaseLine]:
    """Return releases as a list shows them."""
    found = list(releases)
    corrected = {one.corrects_id for one in found}
    return [
        ReleaseLine(
            title=title(one),
            where=one.unit.name if one.unit else _("All units"),
            day=timezone.localdate(one.created_at),
            by=one.created_by.name if one.created_by else "",
            number=one.number,
            is_corrected=one.pk in corrected,
            url=reverse("outcomes:released", args=[one.pk]),
        )
        for one in found
    ]


def title(of: Release) -> str:
    """Return what a release is called in a list."""
    known = reports.load().get(of.report)
    name = known.name(get_language() or "en") if known else of.report
    return f"{name}, {of.period}"


def change_lines(
    changes: Sequence[Change], old: Document, new: Document
) -> Iterator[ChangeLine]:
    """Yield each line that changed, with what it was and what it is."""
    names = {**old.unit_names, **new.unit_names}
    for change in changes:
        line = change.line
        yield ChangeLine(
            line.label,
            texts.group_name(line, names),
            _said(change.old),
            _said(change.new),
        )


def _said(line: Entry | None) -> str:
    if line is None:
        return _("not in it")
    value, made_of = texts.value_text(line), texts.made_of_text(line)
    return f"{value} · {made_of}" if made_of else value
