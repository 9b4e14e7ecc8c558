"""Rating alone, locking, agreeing one score with its reason, and settling it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from braid.access import audit
from braid.access.changes import edit
from braid.access.policy import Actor, Information
from braid.fidelity import queries
from braid.fidelity.choices import RATERS, RatingStage, RatingStatus, ReviewStatus
from braid.fidelity.models import Correction, Rating, Review, Seat
from braid.kernel.errors import Change, InputFault, Refused, Stale
from braid.method.scales import named_band

if TYPE_CHECKING:
    from collections.abc import Sequence

STATISTICAL = (Information.STATISTICAL,)
SAID = ("status", "score", "seen", "recommendation", "reason")


@dataclass(frozen=True, slots=True)
class Said:
    """A score and its words; `score` is None where evidence is missing."""

    item: int
    score: int | None
    status: str = RatingStatus.SCORED
    seen: str = ""
    recommendation: str = ""
    reason: str = ""


@transaction.atomic
def rate(
    *, actor: Actor, review: Review, said: Said, shown: str | None = None
) -> Rating:
    """Rate an item alone. `shown` is the version that the form showed, empty for none.

    Raises Refused, Stale where another window of the same reviewer was faster, and
    InputFault once it is locked.
    """
    seat = _own_seat(actor, review)
    if seat.review.status != ReviewStatus.RATING or seat.locked_at is not None:
        raise InputFault(
            _(
                "Your ratings are locked. What is agreed now is agreed by all reviewers."
            ),
            field="score",
            reason="locked",
        )
    _must_be_last(_versions(review, said.item, RatingStage.RATER, actor), shown)
    return _written(actor, review, said, RatingStage.RATER)


@transaction.atomic
def lock(*, actor: Actor, review: Review) -> Seat:
    """Lock one's own ratings. Raises Refused, and InputFault where an item is open."""
    seat = _own_seat(actor, review)
    if seat.review.status != ReviewStatus.RATING:
        raise InputFault(
            _("Ratings are locked while a review is being rated."),
            field="score",
            reason="not_rating",
        )
    mine = queries.own_ratings(actor, review)
    missing = sorted(queries.item_numbers(review) - mine.keys())
    if missing:
        raise InputFault(
            _("Items without a rating: %(items)s. Rate them, or say what is missing.")
            % {"items": ", ".join(map(str, missing))},
            field="score",
            reason="items_open",
        )
    if seat.locked_at is None:
        edit(actor, seat, action="review_locked", locked_at=timezone.now())
    return seat


@transaction.atomic
def agree(
    *, actor: Actor, review: Review, said: Said, shown: str | None = None
) -> Rating:
    """Write the score that is agreed on, or a later version of it.

    Reviewers agree, then the moderator may change what they agreed; after the answer of
    the service both settle it. A score that differs from what stood before, or from what
    any reviewer rated, needs its reason. `shown` as for `rate`.
    Raises Refused, Stale, and InputFault.
    """
    queries.must_rate(actor, review)
    now = queries.locked(review)
    stage = queries.stage_of(actor, now)
    if stage is None:
        raise InputFault(
            _("Scores are agreed after every reviewer has rated alone."),
            field="score",
            reason="not_open",
        )
    _must_be_last(_versions(now, said.item, stage), shown)
    _must_be_open_to(now, said.item, stage)
    before = queries.before(now, said.item, stage)
    is_alone = all(one.stage == RatingStage.RATER for one in before)
    if stage != RatingStage.CONSENSUS and is_alone:
        raise InputFault(
            _("The reviewers have not agreed this item yet. Wait until they have."),
            field="score",
            reason="not_agreed",
        )
    is_changed = any(
        (one.status, one.score) != (said.status, said.score) for one in before
    )
    if is_changed and not said.reason.strip():
        raise InputFault(
            _("This is not what was rated before. Say why the score changed."),
            field="reason",
            reason="no_reason",
        )
    return _written(actor, review, said, stage)


def settle(actor: Actor, review: Review) -> None:
    """Write the final score of each item that nobody changed after the answer.

    What was moderated, or else agreed, stands. Part of the last step of a review.
    """
    for item in sorted(queries.item_numbers(review)):
        standing = queries.before(review, item, RatingStage.FINAL)
        if standing and standing[-1].stage != RatingStage.FINAL:
            kept = {name: getattr(standing[-1], name) for name in SAID}
            _written(
                actor, review, Said(item, **kept | {"reason": ""}), RatingStage.FINAL
            )


@transaction.atomic
def correct(
    *, actor: Actor, review: Review, earlier: Review, item: int, text: str
) -> Correction:
    """Say that a score of an earlier review was wrong. Raises Refused, and InputFault.

    The earlier score stays and is marked; this review scores the item correctly.
    """
    queries.must_rate(actor, review)
    now = queries.locked(review)
    queries.must_have(review, item)
    if queries.stage_of(actor, now) is None:
        raise InputFault(
            _("Earlier scores are looked at once the reviewers compare theirs."),
            field="item",
            reason="not_open",
        )
    if earlier.pk not in {one.pk for one in queries.earlier_reviews(now)}:
        raise InputFault(
            _("This is no earlier review of the same service. Choose one of the list."),
            field="earlier",
            reason="not_earlier",
        )
    if not text.strip():
        raise InputFault(
            _("Nothing was written. Say what was wrong, and how it is seen now."),
            field="text",
            reason="no_text",
        )
    kept = Correction.objects.system("of a review that was opened")
    row = kept.filter(review=review, earlier=earlier, item=item).first()
    if row is None:
        row = Correction.objects.create(
            review=review,
            earlier=earlier,
            item=item,
            text=text.strip(),
            created_by_id=actor.id,
        )
        audit.record(
            actor, "review_earlier_score_corrected", row, information=STATISTICAL
        )
    else:
        edit(actor, row, action="review_earlier_score_corrected", text=text.strip())
    return row


@transaction.atomic
def state_band(
    *, actor: Actor, review: Review, band: str, row_version: int | None = None
) -> None:
    """Note the band that somebody states; empty for none. Raises Refused, and Stale."""
    queries.must_rate(actor, review)
    named = named_band(queries.scale_of(review), band) if band else ""
    edit(
        actor,
        review,
        action="review_band_stated",
        expected_version=row_version,
        stated_band=named,
    )


def _written(actor: Actor, review: Review, said: Said, stage: RatingStage) -> Rating:
    queries.must_have(review, said.item)
    queries.must_be_score(review, said.score, said.status)
    made = Rating.objects.create(
        review=review,
        item=said.item,
        stage=stage,
        rater_id=actor.id if stage == RatingStage.RATER else None,
        status=RatingStatus(said.status),
        score=said.score,
        seen=said.seen.strip(),
        recommendation=said.recommendation.strip(),
        reason=said.reason.strip(),
        created_by_id=actor.id,
    )
    audit.record(actor, f"review_rated_{stage}", made, information=STATISTICAL)
    return made


def _versions(
    review: Review, item: int, stage: RatingStage, rater: Actor | None = None
) -> list[Rating]:
    kept = Rating.objects.system("a review that was opened").filter(
        review=review, item=item, stage=stage, rater_id=rater.id if rater else None
    )
    return list(kept.select_related("created_by").order_by("created_at", "pk"))


def _must_be_last(versions: Sequence[Rating], shown: str | None) -> None:
    """Raise Stale where a form showed another version than the one that stands.

    The caller holds the seat or the review, so that nobody writes in between.
    """
    last = versions[-1] if versions else None
    if shown is None or shown == (str(last.pk) if last else ""):
        return
    known = next((one for one in versions if str(one.pk) == shown), None)
    by = last.created_by.name if last and last.created_by else ""
    raise Stale(
        Change(name, _plain(known, name), _plain(last, name), by, last.created_at)
        for name in SAID
        if last is not None and _plain(known, name) != _plain(last, name)
    )


def _plain(row: Rating | None, name: str) -> str:
    value = getattr(row, name) if row is not None else None
    return "" if value is None else str(value)


def _must_be_open_to(review: Review, item: int, stage: RatingStage) -> None:
    """Raise InputFault where the moderator settled an item that reviewers agree on."""
    if stage != RatingStage.CONSENSUS:
        return
    if _versions(review, item, RatingStage.MODERATED):
        raise InputFault(
            _("The moderator has changed this score. Ask them to change it again."),
            field="score",
            reason="moderated_already",
        )


def _own_seat(actor: Actor, review: Review) -> Seat:
    """Return the own seat, held until the transaction ends, with the review as it is."""
    queries.must_rate(actor, review)
    seats = Seat.objects.system("the own seat in a review that was opened")
    seat = (
        seats.select_for_update(of=("self",))
        .select_related("review")
        .filter(review=review, user_id=actor.id, part__in=RATERS)
        .filter(ended_on__isnull=True)
        .first()
    )
    if seat is None:
        raise Refused("no_ground")
    found: Seat = seat
    return found
