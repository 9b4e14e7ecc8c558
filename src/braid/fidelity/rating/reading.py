"""What somebody may read of the ratings of a review, and from which seat they look."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING
from uuid import UUID

from django.http import Http404

from braid.fidelity import queries
from braid.fidelity.choices import RATERS, READERS, RatingStage, ReviewStatus
from braid.fidelity.choices import Seat as Part
from braid.fidelity.held import TOLD
from braid.fidelity.models import Answer, Rating, Review, Seat
from braid.kernel.errors import Refused

if TYPE_CHECKING:
    from django.http import HttpRequest

    from braid.access.policy import Actor
    from braid.method.scales import Item, Scale

WHY = "the seats of a review that was opened"


@dataclass(frozen=True)
class Place:
    """A review as one reader has it open: who they are and where they sit."""

    actor: Actor
    review: Review
    seats: Sequence[Seat] = field(default_factory=tuple)

    @cached_property
    def scale(self) -> Scale:
        return queries.scale_of(self.review)

    @property
    def seat(self) -> Seat | None:
        """The own seat."""
        return next((one for one in self.seats if one.user_id == self.actor.id), None)

    @property
    def raters(self) -> list[Seat]:
        return [one for one in self.seats if one.part in RATERS]

    @property
    def has_moderator(self) -> bool:
        return any(one.part == Part.MODERATOR for one in self.seats)

    @cached_property
    def reads(self) -> bool:
        """Whether ratings and evidence are read by the own seat."""
        seat = self.seat
        return seat is not None and seat.part in READERS and self._is_granted

    @cached_property
    def _is_granted(self) -> bool:
        return queries.may_rate(self.actor, self.review)

    @property
    def rates(self) -> bool:
        """Whether the own seat is that of somebody who rates alone."""
        seat = self.seat
        return seat is not None and seat.part in RATERS and self.reads

    @property
    def is_compared(self) -> bool:
        """Whether the reviewers see each other's ratings by now."""
        return self.review.opened_on is not None

    @property
    def is_told(self) -> bool:
        return self.review.status in TOLD

    @property
    def may_rate_now(self) -> bool:
        seat = self.seat
        is_rating = self.review.status == ReviewStatus.RATING
        return is_rating and self.rates and seat is not None and not seat.locked_at

    def item(self, number: int) -> Item:
        """Return an item of the scale. Raises Http404."""
        for one in self.scale.items:
            if one.no == number:
                return one
        raise Http404


def place(request: HttpRequest, key: UUID) -> Place:
    """Return a review that the reader may know of. Raises Http404."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    review = queries.review(actor, key)
    if review is None:
        raise Http404
    seats = Seat.objects.system(WHY).filter(review=review, ended_on__isnull=True)
    return Place(actor, review, list(seats.select_related("user")))


def compared(request: HttpRequest, key: UUID) -> Place:
    """Return a review whose ratings are compared, for who reads them by their seat.

    Raises Refused, and Http404 before all have locked: nothing is here yet.
    """
    found = place(request, key)
    if not found.reads:
        raise Refused("no_ground")
    if not found.is_compared:
        raise Http404
    return found


@dataclass(frozen=True)
class Versions:
    """Every version of the score of one item that a reader may read."""

    item: int
    rated: Mapping[UUID, Rating] = field(default_factory=dict)
    stages: Mapping[str, Rating] = field(default_factory=dict)

    @property
    def standing(self) -> Rating | None:
        """The version that stands: final, else moderated, else agreed."""
        for stage in (RatingStage.FINAL, RatingStage.MODERATED, RatingStage.CONSENSUS):
            if stage in self.stages:
                return self.stages[stage]
        return None

    @property
    def differ(self) -> bool:
        """Whether reviewers rated it differently."""
        return len({(one.status, one.score) for one in self.rated.values()}) > 1

    @property
    def apart(self) -> int:
        """How many points lie between the ratings; more where one found no score."""
        scores = [one.score for one in self.rated.values()]
        known = [score for score in scores if score is not None]
        if len(known) < len(scores):
            return 5 if self.differ else 0
        return max(known) - min(known) if known else 0


def versions(actor: Actor, review: Review) -> dict[int, Versions]:
    """Return the last row of each version of each item of the scale, as far as one may."""
    rated: dict[int, dict[UUID, Rating]] = {}
    stages: dict[int, dict[str, Rating]] = {}
    for row in queries.ratings(actor, review):
        if row.stage == RatingStage.RATER and row.rater_id is not None:
            rated.setdefault(row.item, {})[row.rater_id] = row
        else:
            stages.setdefault(row.item, {})[row.stage] = row
    return {
        item.no: Versions(item.no, rated.get(item.no, {}), stages.get(item.no, {}))
        for item in queries.scale_of(review).items
    }


def answers_by_item(actor: Actor, review: Review) -> dict[int, list[Answer]]:
    """Return what the service said, by item, in the order in which it did."""
    found: dict[int, list[Answer]] = {}
    rows = queries.answers(actor, review).select_related("created_by")
    for row in rows.order_by("created_at", "pk"):
        found.setdefault(row.item, []).append(row)
    return found
