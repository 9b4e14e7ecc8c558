"""Pages of rating alone: all items with their own state, one item, the lock."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from braid.fidelity import commands, queries
from braid.fidelity.rating import figures
from braid.fidelity.rating.forms import RatingForm
from braid.fidelity.rating.reading import Place, place
from braid.fidelity.rating.saving import NO_CHANGES, save
from braid.fidelity.rating.words import (
    crumbs,
    item_words,
    pack_of,
    score_figure,
    score_note,
    score_text,
    tabs,
)
from braid.fidelity.reviewing.presenters import next_step
from braid.kernel.errors import InputFault, Refused
from braid.web.pages import status_of
from braid.web.responses import go

if TYPE_CHECKING:
    from braid.fidelity.models import Rating


@dataclass(frozen=True, slots=True)
class Line:
    """One item on the list of a reviewer, with their own rating and no other."""

    name: str
    section: str
    url: str
    score: str
    note: str


def _rater(request: HttpRequest, key: UUID) -> Place:
    """Return a review for who has a seat to rate in. Raises Refused, and Http404."""
    found = place(request, key)
    if not found.rates:
        raise Refused("no_ground")
    return found


def _lines(found: Place, mine: dict[int, Rating]) -> list[Line]:
    pack = pack_of(found.review)
    said = [item_words(found, item, pack) for item in found.scale.items]
    open_note = _("not rated yet")
    return [
        Line(
            each.name,
            each.section,
            reverse("fidelity:rate_item", args=[found.review.pk, each.number]),
            score_figure(mine.get(each.number)),
            score_note(mine.get(each.number)) if each.number in mine else open_note,
        )
        for each in said
    ]


@require_GET
def rate(request: HttpRequest, key: UUID) -> HttpResponse:
    """All items with the own state of each, and whether the others are ready.

    Of another reviewer this page knows that all is locked, or not yet: neither what was
    rated nor how much.
    """
    found = _rater(request, key)
    mine = queries.own_ratings(found.actor, found.review)
    lines = _lines(found, mine)
    context = {
        "title": _("My ratings"),
        "place": found,
        "review": found.review,
        "crumbs": crumbs(found.review),
        "tabs": tabs(found, "rate"),
        "lines": lines,
        "rated": len(mine),
        "may_lock": found.may_rate_now and len(mine) == len(lines),
        "next_url": _next(found, set(mine), 0) if len(mine) < len(lines) else "",
        "others": [one for one in found.raters if one.user_id != found.actor.id],
        "onward": next_step(found.actor, found.review, timezone.localdate()),
        "current_year": timezone.localdate().year,
    }
    return render(request, "fidelity/rating/rate.html", context)


@require_POST
def lock(request: HttpRequest, key: UUID) -> HttpResponse:
    """Lock the own ratings."""
    found = _rater(request, key)
    try:
        commands.lock(actor=found.actor, review=found.review)
    except InputFault as fault:
        messages.error(request, str(fault))
    else:
        messages.success(request, _("Your ratings are locked. Thank you."))
    return go(request, reverse("fidelity:rate", args=[key]))


@require_http_methods(["GET", "POST"])
def rate_item(request: HttpRequest, key: UUID, item: int) -> HttpResponse:
    """One item: its anchors, the figures and own evidence beside it, the own rating."""
    found = _rater(request, key)
    words = item_words(found, found.item(item))
    mine = queries.own_ratings(found.actor, found.review)
    form, changes = None, NO_CHANGES
    if found.may_rate_now or request.method == "POST":
        data = request.POST if request.method == "POST" else None
        form = RatingForm(data, words=words, row=mine.get(item))
        if data is not None:
            is_saved, changes = save(
                form,
                lambda said, shown: commands.rate(
                    actor=found.actor, review=found.review, said=said, shown=shown
                ),
                lambda: queries.own_ratings(found.actor, found.review).get(item),
            )
            if is_saved:
                messages.success(request, _("Saved: %(item)s") % {"item": words.name})
                return go(request, _next(found, {*mine, item}, item))
    context = {
        "title": words.name,
        "place": found,
        "review": found.review,
        "crumbs": [
            *crumbs(found.review),
            {"label": _("My ratings"), "url": reverse("fidelity:rate", args=[key])},
        ],
        "words": words,
        "form": form,
        "changes": changes,
        "mine": mine.get(item),
        "mine_text": score_text(mine.get(item)),
        "figures": figures.figures(found.review, item),
        "evidence": queries.evidence(found.actor, found.review).filter(item=item),
        "pager": pager(found, item, "rate_item"),
        "current_year": timezone.localdate().year,
    }
    status = status_of(form) if form else 200
    return render(request, "fidelity/rating/rate_item.html", context, status=status)


def _next(found: Place, rated: set[int], item: int) -> str:
    """Return the address of the next item without a rating, else of the list."""
    numbers = [one.no for one in found.scale.items]
    later = [no for no in numbers if no > item] + [no for no in numbers if no < item]
    for number in later:
        if number not in rated:
            return reverse("fidelity:rate_item", args=[found.review.pk, number])
    return reverse("fidelity:rate", args=[found.review.pk])


@dataclass(frozen=True, slots=True)
class Pager:
    """The items before and after; empty at an end."""

    before: str
    after: str
    text: str


def pager(found: Place, item: int, name: str) -> Pager:
    """Return the way to the items beside one, in the order of the form."""
    numbers = [one.no for one in found.scale.items]
    at = numbers.index(item)
    beside = (
        numbers[at - 1] if at else None,
        numbers[at + 1] if at + 1 < len(numbers) else None,
    )
    before, after = (
        reverse(f"fidelity:{name}", args=[found.review.pk, number]) if number else ""
        for number in beside
    )
    said = _("%(number)s of %(all)s") % {"number": at + 1, "all": len(numbers)}
    return Pager(before, after, said)
