"""What a report is made of: scores as they stand, figures, words, and last time.

Reviewers read it from the day on which they compared their ratings, the service once it
was told. Before it is final it is a draft, and says so.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import QuerySet

from braid.access import policy
from braid.access.policy import Action, Actor
from braid.facts.faults import FactsFaults
from braid.fidelity import queries, rules
from braid.fidelity.choices import READERS, RatingStage, RatingStatus, ReviewStatus
from braid.fidelity.commands.reviews import WRITTEN_IN
from braid.fidelity.frozen import computed, frozen_facts, rules_in_force
from braid.fidelity.held import TOLD
from braid.fidelity.models import (
    Answer,
    Correction,
    Passage,
    Rating,
    Review,
    Seat,
    Step,
)
from braid.kernel.errors import InputFault, Refused
from braid.method.scales import NO_FIT, Banded, Total, banded, total
from braid.packs import scales

if TYPE_CHECKING:
    from datetime import date

    from braid.fidelity.live import LiveItem
    from braid.method.scales import Item
    from braid.packs.scales import ScalePack

AGREED = (RatingStage.CONSENSUS, RatingStage.MODERATED, RatingStage.FINAL)
"""Versions of a score that are no rater's own, in the order in which they replace."""
PARTS = ("introduction", "strengths", "priorities")
REPORTS_AT_ONCE = 32  # whose figures a process remembers
LOOKED_AT = ("mode", "scale_version", "edition", "variant", "remote")
APART = ("mode", "scale_version")  # where they differ, no line joins two reviews


@dataclass(frozen=True, slots=True)
class Score:
    """An item with the versions of its score that were agreed, the last one in force."""

    item: Item
    versions: tuple[Rating, ...] = ()

    @property
    def now(self) -> Rating | None:
        return self.versions[-1] if self.versions else None


@dataclass(frozen=True, slots=True)
class Last:
    """The review before, by the same scale; `differs` names what was otherwise then."""

    review: Review
    scores: Mapping[int, Rating]
    differs: tuple[str, ...]

    @property
    def is_joined(self) -> bool:
        """Say whether a line may join its scores with those of now."""
        return not set(self.differs) & set(APART)


@dataclass(frozen=True, slots=True)
class Report:
    """A review as its report tells it.

    `figures` are those of the frozen facts by item, None where there are none to read
    and empty where nobody asked for them.
    `claim` is what was said of the band. `elsewhere` is a later review than `last`, by
    another scale. `wrong` are scores of earlier reviews that this one found wrong,
    `found_wrong` those of its own that a later one did.
    """

    review: Review
    pack: ScalePack
    scores: tuple[Score, ...]
    total: Total
    claim: Banded | None
    last: Last | None
    elsewhere: Review | None
    figures: Mapping[int, LiveItem] | None
    passages: Mapping[str, Passage]
    answers: Mapping[int, list[Answer]]
    wrong: tuple[Correction, ...]
    found_wrong: tuple[Correction, ...]
    seats: tuple[Seat, ...]
    final_on: date | None

    @property
    def is_draft(self) -> bool:
        return bool(self.review.status != ReviewStatus.FINAL)

    @property
    def open_items(self) -> tuple[int, ...]:
        """Return the items on which nobody has agreed yet."""
        return tuple(one.item.no for one in self.scores if one.now is None)


def may_read(actor: Actor, review: Review) -> bool:
    """Say whether `actor` reads the report: as the policy answers for its scores."""
    if review.status == ReviewStatus.WITHDRAWN or review.opened_on is None:
        return False
    subject = Rating(review=review).subject()
    return any(
        policy.decide(actor, action, subject).allowed
        for action in (Action.READ, Action.RATE, Action.OVERSEE)
    )


def may_write(actor: Actor, review: Review) -> bool:
    """Say whether `actor` writes passages of the report now."""
    return review.status in WRITTEN_IN and queries.may_rate(actor, review)


def read(actor: Actor, review: Review, *, with_figures: bool = True) -> Report:
    """Return what a report is made of. Raises Refused for who may not read it yet.

    The figures take a while where nobody has asked for them yet: a page brings them later.
    """
    if not may_read(actor, review):
        raise Refused("no_ground")
    pack = scales.pack(review.scale, review.scale_version)
    scores = _scores(pack, queries.ratings(actor, review))
    found = total(pack.scale, [_points(one.now) for one in scores])
    last, elsewhere = _last(review)
    answers: dict[int, list[Answer]] = {}
    for one in queries.answers(actor, review).order_by("created_at"):
        answers.setdefault(one.item, []).append(one)
    return Report(
        review=review,
        pack=pack,
        scores=scores,
        total=found,
        claim=_claim(review, pack, found),
        last=last,
        elsewhere=elsewhere,
        figures=_figures(review) if with_figures else {},
        passages={one.part: one for one in _passages(actor, review)},
        answers=answers,
        wrong=tuple(queries.corrections(actor, review)),
        found_wrong=tuple(queries.found_wrong(actor, [review])),
        seats=_seats(actor, review),
        final_on=_final_on(review),
    )


def passage(actor: Actor, review: Review, part: str) -> Passage | None:
    """Return a passage of a report as it stands; None where nobody has written it."""
    found: Passage | None = _passages(actor, review).filter(part=part).first()
    return found


def _passages(actor: Actor, review: Review) -> QuerySet[Passage]:
    found: QuerySet[Passage] = queries.readable(Passage, actor).filter(review=review)
    return found


def _scores(pack: ScalePack, rows: list[Rating]) -> tuple[Score, ...]:
    agreed = [row for row in rows if row.stage in AGREED]
    kept = rules.in_force(agreed)
    return tuple(
        Score(
            item,
            tuple(
                kept[item.no, stage, None]
                for stage in AGREED
                if (item.no, stage, None) in kept
            ),
        )
        for item in pack.scale.items
    )


def _points(row: Rating | None) -> object:
    if row is None:
        return None
    return NO_FIT if row.status == RatingStatus.NO_FIT else row.score


def _claim(review: Review, pack: ScalePack, found: Total) -> Banded | None:
    """Return how the band that was stated fits the scores; None where none was."""
    if not review.stated_band:
        return None
    try:
        return banded(
            pack.scale,
            found.total,
            rules=rules_in_force(review),
            claim=review.stated_band,
            stated_band=found.band,
        )
    except InputFault:  # a word that is no band of this scale
        return Banded(found.band, "computed")


def _last(review: Review) -> tuple[Last | None, Review | None]:
    """Return the review before by the same scale, and a later one by another scale.

    Whoever reads a report reads in it the scores that the service was told before.
    """
    why = "what a service was told before, beside the scores of now"
    earlier = Review.objects.system(why).filter(
        unit=review.unit_id, status__in=TOLD, facts_on__lt=review.facts_on
    )
    latest = earlier.order_by("-facts_on", "-created_at").first()
    same = earlier.filter(scale=review.scale).order_by("-facts_on", "-created_at")
    last = latest if latest and latest.scale == review.scale else same.first()
    elsewhere = latest if latest != last else None
    if last is None:
        return None, elsewhere
    rows = Rating.objects.system(why).filter(review=last, stage__in=AGREED)
    pack = scales.pack(last.scale, last.scale_version)
    kept = _scores(pack, list(rows.order_by("item", "created_at", "pk")))
    differs = tuple(
        name for name in LOOKED_AT if getattr(last, name) != getattr(review, name)
    )
    return Last(last, {one.item.no: one.now for one in kept if one.now}, differs), (
        elsewhere
    )


def _figures(review: Review) -> Mapping[int, LiveItem] | None:
    """Return what the frozen facts say; None where they cannot be read any more."""
    if review.snapshot_id is None:
        return None
    try:
        return _frozen(review, review.snapshot_id)
    except (FactsFaults, InputFault):
        return None


@lru_cache(maxsize=REPORTS_AT_ONCE)
def _frozen(review: Review, _snapshot: UUID) -> Mapping[int, LiveItem]:
    """Return what a snapshot, which never changes, says of each item; sums, no rows."""
    with frozen_facts(review) as known:
        return {one.item.no: one for one in computed(review, known).items}


def _seats(actor: Actor, review: Review) -> tuple[Seat, ...]:
    """Return who reviewed, those whose seat has ended among them."""
    rows = queries.readable(Seat, actor).filter(review=review, part__in=READERS)
    found = rows.select_related("user").order_by("created_at")
    return tuple(sorted(found, key=lambda one: READERS.index(one.part)))


def _final_on(review: Review) -> date | None:
    steps = Step.objects.system("when a report that is read became final")
    steps = steps.filter(review=review, status=ReviewStatus.FINAL)
    found: date | None = steps.values_list("day", flat=True).last()
    return found
