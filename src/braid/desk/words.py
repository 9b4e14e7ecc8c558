"""What others call it: the glossary between sectors, for everybody who signs in."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy, pgettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from braid.access.policy import Actor
from braid.access.sector_words import sector_of
from braid.packs import words
from braid.packs.words import GROUPS, SECTORS, Group, Said, Sector

SECTOR_WORDS: Mapping[Sector, str | Promise] = {
    "ips": gettext_lazy("IPS unit"),
    "health": gettext_lazy("Treatment"),
    "employment": gettext_lazy("Job centre"),
    "municipality": gettext_lazy("Benefit office"),
    "applicant": gettext_lazy("The person"),
}
GROUP_WORDS: Mapping[Group, str | Promise] = {
    "people": pgettext_lazy("of a glossary", "People"),
    "course": gettext_lazy("The course"),
    "work": pgettext_lazy("of a glossary", "Work"),
    "instead": gettext_lazy("Instead of a job, or before it"),
    "together": gettext_lazy("Together"),
}


@dataclass(frozen=True, slots=True)
class Cell:
    """What one sector calls an event; `is_mine` is the reader's own."""

    sector: str
    word: str
    is_mine: bool


@dataclass(frozen=True, slots=True)
class Row:
    """An event: what it is, and its words in the order of the sectors."""

    about: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """The events of one group."""

    title: str
    rows: tuple[Row, ...]


@require_GET
def listed(request: HttpRequest) -> HttpResponse:
    """Every event in the words of each sector of the reader's country, or those found."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    asked = request.GET.get("q", "").strip()[:80]
    pack = words.of_country(actor.country)
    mine = sector_of(actor)
    tables = _tables(pack, get_language() or "", asked, mine)
    context = {
        "title": _("What others call it"),
        "asked": asked,
        "mine": SECTOR_WORDS[mine],
        "sectors": [SECTOR_WORDS[sector] for sector in SECTORS],
        "tables": tables,
        "pack": pack,
    }
    return render(request, "desk/words.html", context)


def _tables(
    pack: words.Words, language: str, asked: str, mine: Sector
) -> tuple[Table, ...]:
    tongue = pack.language(language)
    found: dict[Group, list[Row]] = {group: [] for group in GROUPS}
    for event in pack.events.values():
        said = event.said[tongue]
        if _is_asked_for(said, asked):
            found[event.group].append(_row(said, mine))
    return tuple(
        Table(str(GROUP_WORDS[group]), tuple(rows))
        for group, rows in found.items()
        if rows
    )


def _is_asked_for(said: Said, asked: str) -> bool:
    texts = (said.about, *(said.by(sector) for sector in SECTORS))
    return any(asked.casefold() in text.casefold() for text in texts)


def _row(said: Said, mine: Sector) -> Row:
    cells = (
        Cell(str(SECTOR_WORDS[sector]), said.by(sector), sector == mine)
        for sector in SECTORS
    )
    return Row(said.about, tuple(cells))
