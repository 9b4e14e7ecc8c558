"""The pages across units: reviews, live items, outcomes, the learning community."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from braid.access import audit
from braid.access.policy import Actor, Information
from braid.facts import queries as facts
from braid.facts.presenters import as_of_text
from braid.fidelity import reach
from braid.fidelity.across import board, files, pictures, reading, scatter, tables
from braid.fidelity.across.community import Community, community
from braid.fidelity.across.files import Paper
from braid.fidelity.across.reading import Reviews
from braid.fidelity.choices import ReviewMode
from braid.fidelity.next_reviews import next_reviews
from braid.packs import scale_texts
from braid.web.presenters import Tab

if TYPE_CHECKING:
    from braid.facts.models import Snapshot

STATISTICAL = (Information.STATISTICAL,)


def _actor(request: HttpRequest) -> Actor:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    reach.must_look(actor)
    return actor


def _frame(
    request: HttpRequest, actor: Actor, page: str, found: Reviews
) -> dict[str, Any]:
    """Return what the pages have around their figures."""
    named = {
        "across": _("Reviews"),
        "across_live": _("Live items"),
        "across_outcomes": _("Fidelity and work"),
        "across_community": _("Learning community"),
    }
    hidden = set() if reach.overseen(actor) else {"across_live", "across_outcomes"}
    scale = found.scale.id
    known = sorted({scale, *found.others})
    return {
        "title": _("Fidelity across units"),
        "pages": [
            Tab(label, f"{reverse(f'fidelity:{name}')}?scale={scale}", name == page)
            for name, label in named.items()
            if name not in hidden
        ],
        "scales": [
            Tab(_scale_name(name), f"{request.path}?scale={name}", name == scale)
            for name in known
        ]
        if len(known) > 1
        else [],
        "scale": _scale_name(scale),
        "query": f"?scale={scale}",
        "current_year": timezone.localdate().year,
    }


def _scale_name(scale: str) -> str:
    return scale_texts.texts(scale, tables.language()).title


def _asked(request: HttpRequest) -> str:
    return request.GET.get("scale", "")


@require_GET
def across(request: HttpRequest) -> HttpResponse:
    """Reviews over time, where each unit stands, and how items differ between units."""
    actor, today = _actor(request), timezone.localdate()
    found = reading.reviews(actor, _asked(request))
    last = list(found.last.values())
    items = reading.by_item(found.scale, last)
    ahead = next_reviews(actor, found.units)
    audit.record(
        actor, "reviews_compared", information=STATISTICAL, count=len(found.reviews)
    )
    context = {
        **_frame(request, actor, "across", found),
        "reviews": len(found.reviews),
        "units": len(found.by_unit),
        "without": [one.name for one in found.units if one not in found.by_unit],
        "trend": pictures.trend(found, reading.moved(found)),
        "last": tables.last_reviews(found),
        "all": tables.all_reviews(found),
        "spreads": pictures.spreads(found.scale, items),
        "items": tables.items(found.scale, items),
        "next": [(unit, ahead[unit.pk]) for unit in found.units],
        "rules": " · ".join(sorted({one.source for one in ahead.values()} - {""})),
        "today": today,
        "as_of": as_of_text(today),
        "days": _days(found),
    }
    return render(request, "fidelity/across/across.html", context)


def _days(found: Reviews) -> tuple[date, date] | None:
    days = [one.review.facts_on for one in found.last.values()]
    return (min(days), max(days)) if days else None


def _snapshot(actor: Actor) -> Snapshot | None:
    """Return the frozen facts of the units that somebody oversees, else answer 404.

    None where none were frozen, or their files are gone.
    """
    if not reach.overseen(actor):
        raise Http404
    found = facts.latest_snapshot(actor)
    return found if found is not None and found.folder.is_dir() else None


@require_GET
def live(request: HttpRequest) -> HttpResponse:
    """What the frozen facts say of every item of every unit that one oversees."""
    actor = _actor(request)
    snapshot = _snapshot(actor)
    found = reading.reviews(actor, _asked(request))
    context = _frame(request, actor, "across_live", found)
    if snapshot is not None:
        audit.record(
            actor,
            "live_items_compared",
            information=STATISTICAL,
            count=len(found.units),
        )
        context |= {
            "board": board.board(actor, snapshot, found.scale),
            "as_of": as_of_text(snapshot.as_of),
            "snapshot": str(snapshot.pk)[:12],
        }
    return render(request, "fidelity/across/live.html", context)


@require_GET
def outcomes(request: HttpRequest) -> HttpResponse:
    """Totals of reviews against the share working around them, with what is published."""
    actor = _actor(request)
    snapshot = _snapshot(actor)
    found = reading.reviews(actor, _asked(request))
    context = _frame(request, actor, "across_outcomes", found)
    context |= {"published": scatter.PUBLISHED, "caution": board.CAUTION}
    if snapshot is not None:
        placed = board.placed(actor, snapshot, found)
        name, about = tables.rate_definition()
        audit.record(actor, "fidelity_and_work_compared", information=STATISTICAL)
        context |= {
            "chart": pictures.against_outcomes(placed),
            "grid": tables.of_scatter(placed),
            "left_out": len(placed.left_out),
            "measure": name,
            "definition": about,
            "as_of": as_of_text(snapshot.as_of),
            "snapshot": str(snapshot.pk)[:12],
        }
    return render(request, "fidelity/across/outcomes.html", context)


@require_GET
def together(request: HttpRequest) -> HttpResponse:
    """All units of the own provider together; none that one may not open is named."""
    actor = _actor(request)
    found = reading.reviews(actor, _asked(request))
    shown = community(actor, found)
    audit.record(actor, "community_opened", information=STATISTICAL, count=shown.units)
    context = {
        **_frame(request, actor, "across_community", found),
        "community": shown,
        "median": tables.number(shown.median),
        "grid": tables.of_community(shown),
        "modes": _modes(shown),
        "profile": shown.profile.name(tables.language()),
        "small_numbers": shown.profile.text(tables.language()),
    }
    return render(request, "fidelity/across/community.html", context)


def _modes(shown: Community) -> list[tuple[str, int]]:
    return [
        (str(capfirst(mode.label)), shown.modes[mode])
        for mode in ReviewMode
        if shown.modes[mode]
    ]


# ---- Files -------------------------------------------------------------------------------


@require_GET
def file(request: HttpRequest, part: str, kind: str) -> HttpResponse:
    """The table of a page as CSV or JSON: what the page shows, no more."""
    actor = _actor(request)
    if part not in PAPERS or kind not in files.KINDS:
        raise Http404
    found = reading.reviews(actor, _asked(request))
    made = files.make(kind, PAPERS[part](actor, found))
    audit.record(actor, "figures_taken", information=STATISTICAL)
    name = f"fidelity-{part}-{found.scale.id}-{timezone.localdate()}.{kind}"
    return HttpResponse(
        made,
        content_type=files.KINDS[kind],
        headers={"Content-Disposition": content_disposition_header(True, name) or ""},
    )


def _said(found: Reviews, as_of: date) -> dict[str, str]:
    return {
        "scale": found.scale.id,
        "scale_version": found.scale.version,
        "as_of": as_of.isoformat(),
    }


def _reviews_paper(_actor: Actor, found: Reviews) -> Paper:
    return Paper(tables.all_reviews(found), _said(found, timezone.localdate()))


def _items_paper(_actor: Actor, found: Reviews) -> Paper:
    items = reading.by_item(found.scale, list(found.last.values()))
    return Paper(tables.items(found.scale, items), _said(found, timezone.localdate()))


def _live_paper(actor: Actor, found: Reviews) -> Paper:
    snapshot = _snapshot(actor)
    if snapshot is None:
        raise Http404
    shown = board.board(actor, snapshot, found.scale)
    said = _said(found, snapshot.as_of) | {"snapshot": str(snapshot.pk)}
    return Paper(shown.grid, said)


def _outcomes_paper(actor: Actor, found: Reviews) -> Paper:
    snapshot = _snapshot(actor)
    if snapshot is None:
        raise Http404
    placed = board.placed(actor, snapshot, found)
    name, about = tables.rate_definition()
    said = _said(found, snapshot.as_of) | {
        "snapshot": str(snapshot.pk),
        "measure": name,
        "definition": about,
        "found": pictures.against_outcomes(placed).finding,
        "caution": str(board.CAUTION),
    }
    return Paper(tables.of_scatter(placed), said)


def _community_paper(actor: Actor, found: Reviews) -> Paper:
    shown = community(actor, found)
    profile = shown.profile.text(tables.language())
    said = _said(found, timezone.localdate()) | {"small_numbers": profile}
    return Paper(tables.of_community(shown), said)


PAPERS: Mapping[str, Callable[[Actor, Reviews], Paper]] = {
    "reviews": _reviews_paper,
    "items": _items_paper,
    "live": _live_paper,
    "outcomes": _outcomes_paper,
    "community": _community_paper,
}
