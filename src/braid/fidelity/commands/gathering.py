"""Evidence of a review: what was seen, the sample of records, and the end of both."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from braid.access import audit
from braid.access.policy import Actor, Information
from braid.access.queries import system_actor
from braid.documents import attached
from braid.fidelity import queries, rules
from braid.fidelity.frozen import TASK, frozen_facts
from braid.fidelity.models import Answer, Chart, Evidence, Meeting, Piece, Review
from braid.fidelity.strata import strata as strata_of
from braid.kernel.errors import InputFault, Refused
from braid.kernel.ids import new_id

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from uuid import UUID

STATISTICAL = (Information.STATISTICAL,)
File = tuple[str, bytes]
NO_FILE = {"file_name": "", "media_type": "", "sha256": "", "size": None}


@transaction.atomic
def gather(
    *,
    actor: Actor,
    review: Review,
    kind: str,
    text: str,
    item: int | None = None,
    meeting: Meeting | None = None,
    file: File | None = None,
) -> Evidence:
    """Write down what was seen, heard or read, with a file. Raises Refused, InputFault."""
    queries.must_rate(actor, review)
    must_be_kept(review)
    if item is not None:
        queries.must_have(review, item)
    if not text.strip():
        raise InputFault(
            _("Nothing was written. Say what was seen or said."),
            field="text",
            reason="no_text",
        )
    key = new_id()
    kept = file_of(review, key, file)
    try:
        made = Evidence.objects.create(
            id=key,
            review=review,
            item=item,
            kind=kind,
            meeting=meeting,
            text=text.strip(),
            created_by_id=actor.id,
            **kept,
        )
        audit.record(actor, "review_evidence", made, information=STATISTICAL)
    except Exception:
        attached.detach(review.pk, key)
        raise
    return made


def file_of(review: Review, key: UUID, file: File | None) -> dict[str, object]:
    """Seal a file under the review's key; return what its row keeps of it."""
    if file is None:
        return {}
    name, data = file
    kept = attached.attach(owner=review.pk, key=key, file_name=name, data=data)
    return {
        "file_name": kept.file_name,
        "media_type": kept.media_type,
        "sha256": kept.sha256,
        "size": kept.size,
    }


@transaction.atomic
def take_back(*, actor: Actor, evidence: Evidence) -> None:
    """Take back what one wrote oneself, with its file. Raises Refused."""
    if evidence.created_by_id != actor.id:
        raise Refused("no_ground")
    queries.must_rate(actor, evidence.review)
    owner, key = evidence.review_id, evidence.pk
    audit.record(actor, "review_evidence_back", evidence, information=STATISTICAL)
    evidence.delete()
    transaction.on_commit(lambda: attached.detach(owner, key))


# ---- The sample -------------------------------------------------------------------------


def draw_from_facts(*, actor: Actor, review: Review) -> tuple[Chart, ...]:
    """Draw the sample from the facts that were frozen for the review.

    Raises Refused, and InputFault before any were, or where it was drawn before.
    """
    if not queries.may_plan(actor, review):
        raise Refused("no_ground")
    with frozen_facts(review) as known:
        found = strata_of(known, review.unit_id, review.facts_on)
    return draw_charts(
        actor=actor, review=review, strata=found.episodes, holders=found.holders
    )


@transaction.atomic
def draw_charts(
    *,
    actor: Actor,
    review: Review,
    strata: Mapping[str, Sequence[UUID]],
    size: int = rules.CHARTS,
    holders: Mapping[UUID, str] | None = None,
) -> tuple[Chart, ...]:
    """Draw the sample of records, once. Raises Refused, and InputFault.

    `strata` are the episodes of the unit by group, `holders` the specialist of each; the
    seed of the review decides.
    """
    if not queries.may_plan(actor, review):
        raise Refused("no_ground")
    must_be_kept(review)
    if Chart.objects.system("was it drawn before").filter(review=review).exists():
        raise InputFault(
            _("The sample was drawn already. It is drawn once, by the seed."),
            reason="drawn_already",
        )
    made = tuple(
        Chart.objects.create(
            review=review,
            number=one.number,
            stratum=one.stratum,
            episode_id=one.episode,
            created_by_id=actor.id,
        )
        for one in rules.draw(strata, size, review.seed, holders)
    )
    audit.record(actor, "review_charts_drawn", review, information=STATISTICAL)
    return made


# ---- The end ----------------------------------------------------------------------------


@transaction.atomic
def forget(*, actor: Actor, review: Review, today: date) -> dict[str, int]:
    """Delete what is personal in a review whose timer has run; return how many rows.

    Scores, figures, the report, what the service answered, the numbers of the sample and
    that a piece was brought stay. Raises Refused, and InputFault before the day.
    """
    if not queries.may_forget(actor, review):
        raise Refused("no_ground")
    if review.delete_by is None or today < review.delete_by:
        raise InputFault(
            _("The timer of this review has not run yet. Nothing was deleted."),
            reason="not_yet",
        )
    why, owner = "the timer of a review has run", review.pk
    brought = Piece.objects.system(why).filter(review=review)
    gone = {
        "evidence": Evidence.objects.system(why).filter(review=review).delete()[0],
        "meetings": Meeting.objects.system(why).filter(review=review).delete()[0],
        "charts": Chart.objects.system(why)
        .filter(review=review, episode_id__isnull=False)
        .update(episode_id=None),
        "pieces": brought.exclude(note="", file_name="").update(note="", **NO_FILE),
        "answers": Answer.objects.system(why)
        .filter(review=review)
        .exclude(file_name="")
        .update(**NO_FILE),
    }
    Review.objects.system(why).filter(pk=review.pk).update(deleted_on=today)
    review.deleted_on = today
    audit.record(
        actor,
        "review_forgotten",
        review,
        information=STATISTICAL,
        count=sum(gone.values()),
    )
    transaction.on_commit(lambda: attached.detach_all(owner))
    return gone


def forget_due(keys: list[UUID]) -> int:
    """Delete what is personal in reviews whose timer has run; return how many rows."""
    gone = 0
    for review in queries.by_key(keys):
        actor = system_actor(review.unit, TASK)
        found = forget(actor=actor, review=review, today=timezone.localdate())
        gone += sum(found.values())
    return gone


def must_be_kept(review: Review) -> None:
    """Raise InputFault once the personal data of a review were deleted."""
    if review.deleted_on is not None:
        raise InputFault(
            _("The personal data of this review were deleted. Nothing can be added."),
            reason="deleted",
        )
