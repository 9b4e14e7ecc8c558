"""The ratings side by side, once all have locked: what differs most comes first."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from braid.facts.presenters import number_text
from braid.fidelity import rules
from braid.fidelity.choices import RatingStage
from braid.fidelity.rating.reading import Place, Versions, compared, versions
from braid.fidelity.rating.sums import summed
from braid.fidelity.rating.words import (
    NOTHING,
    crumbs,
    item_words,
    pack_of,
    proposal_text,
    score_text,
    tabs,
)

if TYPE_CHECKING:
    from braid.fidelity.models import Rating, Seat
    from braid.fidelity.rating.words import ItemWords
from braid.fidelity.reviewing.presenters import next_step


@dataclass(frozen=True, slots=True)
class Side:
    """What one reviewer gave: the score, what was seen, what is recommended."""

    name: str
    score: str
    seen: str
    recommendation: str


@dataclass(frozen=True, slots=True)
class Compared:
    """One item with the ratings side by side."""

    words: ItemWords
    sides: tuple[Side, ...]
    proposal: str
    apart: int
    differ: bool
    url: str


@dataclass(frozen=True, slots=True)
class Agreement:
    """How far two reviewers agree."""

    names: str
    items: int
    exact: str
    within_one: str
    kappa: str


def sides(raters: list[Seat], known: Versions) -> tuple[Side, ...]:
    """Return the ratings of an item in the order of the seats."""
    return tuple(_side(seat, known.rated.get(seat.user_id)) for seat in raters)


def _side(seat: Seat, row: Rating | None) -> Side:
    if row is None:
        return Side(seat.user.name, NOTHING, "", "")
    return Side(seat.user.name, score_text(row), row.seen, row.recommendation)


def agreements(raters: list[Seat], known: dict[int, Versions]) -> list[Agreement]:
    """Return how far each two reviewers agree, over the items that both scored."""
    return [_agreement(one, other, known) for one, other in combinations(raters, 2)]


def _agreement(one: Seat, other: Seat, known: dict[int, Versions]) -> Agreement:
    given = [
        {
            no: row.score
            for no, each in known.items()
            if (row := each.rated.get(seat.user_id)) is not None
        }
        for seat in (one, other)
    ]
    found = rules.alike(*given)
    return Agreement(
        names=_("%(one)s and %(other)s")
        % {"one": one.user.name, "other": other.user.name},
        items=found.items,
        exact=_of(found.exact, found.items),
        within_one=_of(found.within_one, found.items),
        kappa=NOTHING if found.kappa is None else number_text(found.kappa, 2),
    )


def _of(part: int, whole: int) -> str:
    return _("%(part)s of %(whole)s") % {"part": part, "whole": whole}


def _compared(found: Place, known: dict[int, Versions]) -> list[Compared]:
    pack = pack_of(found.review)
    rows = [
        Compared(
            words=item_words(found, item, pack),
            sides=sides(found.raters, known[item.no]),
            proposal=proposal_text(known[item.no].stages.get(RatingStage.COMPUTED)),
            apart=known[item.no].apart,
            differ=known[item.no].differ,
            url=reverse("fidelity:consensus_item", args=[found.review.pk, item.no]),
        )
        for item in found.scale.items
    ]
    return sorted(rows, key=lambda row: -row.apart)


@require_GET
def disagreement(request: HttpRequest, key: UUID) -> HttpResponse:
    """All items with every rating, the largest differences first, and the agreement."""
    found = compared(request, key)
    known = versions(found.actor, found.review)
    rows = _compared(found, known)
    of_each = [
        (
            seat.user.name,
            summed(
                found.review,
                {no: each.rated.get(seat.user_id) for no, each in known.items()},
            ),
        )
        for seat in found.raters
    ]
    context = {
        "title": _("Side by side"),
        "place": found,
        "review": found.review,
        "crumbs": crumbs(found.review),
        "tabs": tabs(found, "disagreement"),
        "differing": [row for row in rows if row.differ],
        "same": [row for row in rows if not row.differ],
        "agreements": agreements(found.raters, known),
        "sums": of_each,
        "onward": next_step(found.actor, found.review, timezone.localdate()),
        "current_year": timezone.localdate().year,
    }
    return render(request, "fidelity/rating/disagreement.html", context)
