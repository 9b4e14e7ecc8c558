"""Planning a review, giving its seats, taking its steps, and the words of the service."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from braid.access import audit
from braid.access.changes import edit
from braid.access.policy import Action, Actor, Information
from braid.access.queries import require
from braid.documents import attached
from braid.fidelity import queries, rules
from braid.fidelity.choices import RATERS, ReviewMode, ReviewStatus
from braid.fidelity.choices import Seat as Part
from braid.fidelity.commands.gathering import File, file_of, must_be_kept
from braid.fidelity.commands.rating import settle
from braid.fidelity.models import Answer, Passage, Review, Seat, Step
from braid.kernel.errors import InputFault, Refused
from braid.kernel.ids import new_id
from braid.packs import scales

if TYPE_CHECKING:
    from braid.access.models import Team, User
    from braid.facts.models import Snapshot

STATISTICAL = (Information.STATISTICAL,)
WRITTEN_IN = (ReviewStatus.CONSENSUS, ReviewStatus.MODERATED, ReviewStatus.ANSWERED)
"""While the passages of a report are written."""
WHY_NOT = {
    "step_not_next": gettext_lazy(
        "This review is not so far. Take the next step first."
    ),
    "no_snapshot": gettext_lazy(
        "There are no frozen figures yet. Freeze the facts of the day of the review first."
    ),
    "too_few_raters": gettext_lazy(
        "A review has two reviewers or more. Give another one a seat first."
    ),
    "not_locked": gettext_lazy(
        "Not every reviewer has locked their ratings. Wait until all have."
    ),
    "items_open": gettext_lazy(
        "Items are without an agreed score. Agree a score, or that evidence is missing."
    ),
    "week_not_over": gettext_lazy(
        "The service has a week to answer. Wait until it is over."
    ),
}


@dataclass(frozen=True, slots=True)
class Plan:
    """What is settled when a review is planned."""

    scale: str
    mode: str
    facts_on: date
    first_day: date
    last_day: date
    edition: str = ""
    variant: str = ""
    remote: bool = False


@transaction.atomic
def plan(
    *,
    actor: Actor,
    unit: Team,
    wish: Plan,
    today: date | None = None,
    seed: int | None = None,
) -> Review:
    """Plan a review of a unit that `actor` oversees, as of today.

    `seed` draws the sample of records, one by chance where none is given. Raises
    Refused, and InputFault.
    """
    require(actor, Action.OVERSEE, unit.subject(Information.STATISTICAL))
    known = scales.load()
    if wish.scale not in known:
        raise InputFault(
            _("There is no such scale. Choose one of: %(known)s.")
            % {"known": ", ".join(sorted(known))},
            field="scale",
            reason="scale_unknown",
        )
    if wish.first_day > wish.last_day:
        raise InputFault(
            _("The visit ends before it begins. Correct one of the two days."),
            field="last_day",
            reason="days_reversed",
        )
    made = Review.objects.create(
        unit=unit,
        scale=wish.scale,
        scale_version=str(known[wish.scale].version),
        edition=wish.edition,
        variant=wish.variant,
        mode=ReviewMode(wish.mode),
        remote=wish.remote,
        facts_on=wish.facts_on,
        first_day=wish.first_day,
        last_day=wish.last_day,
        seed=secrets.randbelow(2**31) if seed is None else seed,
        created_by_id=actor.id,
    )
    _note(actor, made, ReviewStatus.PLANNED, "", today or timezone.localdate())
    return made


@transaction.atomic
def give_seat(*, actor: Actor, review: Review, user: User, part: str) -> Seat:
    """Let somebody take part. Raises Refused, and InputFault for a second seat.

    Raters are seated before anybody rates: a later one would not have rated alone.
    """
    _must_plan(actor, review)
    part = Part(part)
    if part in RATERS and review.status not in _BEFORE_RATING:
        raise InputFault(
            _("The ratings are open already. Nobody can rate alone any more."),
            field="part",
            reason="rating_is_over",
        )
    if user.pk in review.people():
        raise InputFault(
            _("This person has a seat already. End it before you give another one."),
            field="user",
            reason="seated_already",
        )
    made = Seat.objects.create(
        review=review, user=user, part=part, created_by_id=actor.id
    )
    audit.record(actor, "review_seat_given", made, information=STATISTICAL)
    return made


_BEFORE_RATING = (ReviewStatus.PLANNED, ReviewStatus.RATING)


def end_seat(*, actor: Actor, seat: Seat, today: date) -> None:
    """End a seat; what was rated in it stays. Raises Refused."""
    _must_plan(actor, seat.review)
    edit(actor, seat, action="review_seat_ended", ended_on=today)


@transaction.atomic
def take_step(
    *,
    actor: Actor,
    review: Review,
    to: str,
    today: date,
    reason: str = "",
    snapshot: Snapshot | None = None,
) -> None:
    """Take a review on. Raises Refused, and InputFault that says what is in the way.

    Whoever plans takes the first step and may withdraw; reviewers and the moderator take
    the others. `snapshot` are the frozen facts that the first step rests on.
    """
    review = queries.locked(review)
    _must_step(actor, review, to)
    standing = queries.standing(review, snapshot)
    reasons = rules.in_the_way(standing, to, today)
    if reasons:
        raise InputFault(
            " ".join(str(WHY_NOT[one]) for one in reasons),
            field="status",
            reason=reasons[0],
        )
    if to == ReviewStatus.WITHDRAWN and not reason.strip():
        raise InputFault(
            _("Say why the review is withdrawn. It stays in the history."),
            field="reason",
            reason="no_reason",
        )
    values: dict[str, Any] = {"status": to}
    if snapshot is not None:
        values["snapshot"] = snapshot
    if to == ReviewStatus.CONSENSUS:
        values["opened_on"] = today
    if to == ReviewStatus.MODERATED:
        gone_on = rules.delete_by(today, queries.kept_days(review.unit))
        values |= {"told_on": today, "delete_by": gone_on}
    if to == ReviewStatus.WITHDRAWN and review.delete_by is None:
        values["delete_by"] = rules.delete_by(today, queries.kept_days(review.unit))
    if to == ReviewStatus.FINAL:
        settle(actor, review)
    edit(actor, review, action="review_step", **values)
    _note(actor, review, to, reason, today)


def _note(actor: Actor, review: Review, status: str, reason: str, today: date) -> None:
    made = Step.objects.create(
        review=review,
        status=ReviewStatus(status),
        day=today,
        reason=reason.strip(),
        created_by_id=actor.id,
    )
    audit.record(actor, f"review_{status}", made, information=STATISTICAL)


@transaction.atomic
def answer(
    *,
    actor: Actor,
    review: Review,
    item: int,
    text: str,
    shown_by: str = "",
    file: File | None = None,
) -> Answer:
    """Write what the service says to a score, and what shows it, with a file.

    Raises Refused, and InputFault.
    """
    if not queries.may_answer(actor, review):
        raise Refused("no_ground")
    queries.must_have(review, item)
    review = queries.locked(review)
    if review.status != ReviewStatus.MODERATED:
        raise InputFault(
            _("A service answers in the week after it was told its scores."),
            field="text",
            reason="not_the_week",
        )
    said, key = _said(text), new_id()
    if file is not None:
        must_be_kept(review)
    kept = file_of(review, key, file)
    try:
        made = Answer.objects.create(
            id=key,
            review=review,
            item=item,
            text=said,
            shown_by=shown_by.strip(),
            created_by_id=actor.id,
            **kept,
        )
        audit.record(actor, "review_answered_item", made, information=STATISTICAL)
    except Exception:
        attached.detach(review.pk, key)
        raise
    return made


@transaction.atomic
def write(
    *, actor: Actor, review: Review, part: str, text: str, row_version: int
) -> Passage:
    """Write a passage of the report. Raises Refused, Stale, and InputFault."""
    queries.must_rate(actor, review)
    review = queries.locked(review)  # two who write first do not both make the row
    if review.status not in WRITTEN_IN:
        raise InputFault(
            _("A report is written from the comparison of ratings until it is final."),
            field="text",
            reason="not_written_now",
        )
    kept = Passage.objects.system("of a review that was opened")
    row = kept.filter(review=review, part=part).first()
    if row is None:
        row = Passage.objects.create(review=review, part=part, created_by_id=actor.id)
        row_version = row.row_version
    edit(
        actor,
        row,
        action="review_written",
        expected_version=row_version,
        text=text.strip(),
    )
    return row


def _said(text: str) -> str:
    if not text.strip():
        raise InputFault(
            _("Nothing was written. Write what you want to say, or leave it."),
            field="text",
            reason="no_text",
        )
    return text.strip()


def _must_plan(actor: Actor, review: Review) -> None:
    """Whoever oversees the unit plans, and the lead reviewer with them."""
    if not queries.may_plan(actor, review):
        raise Refused("no_ground")


def may_step(actor: Actor, review: Review, to: str) -> bool:
    """Say whether it is for `actor` to take this step, once nothing is in its way."""
    if to in (ReviewStatus.RATING, ReviewStatus.WITHDRAWN):
        return queries.may_plan(actor, review)
    if to == ReviewStatus.MODERATED:
        return queries.may_tell(actor, review)
    return queries.may_rate(actor, review)


def _must_step(actor: Actor, review: Review, to: str) -> None:
    if not may_step(actor, review, to):
        raise Refused("no_ground")
