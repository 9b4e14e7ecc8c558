"""What a service is asked to bring to a review, and what it brought."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from braid.access import audit
from braid.access.changes import edit
from braid.access.policy import Actor, Information
from braid.documents import attached
from braid.fidelity import queries
from braid.fidelity.commands.gathering import File, file_of, must_be_kept
from braid.fidelity.frozen import answered, computed, present_facts
from braid.fidelity.models import Piece, Review
from braid.fidelity.preparing import PIECES
from braid.kernel.errors import InputFault, Refused

STATISTICAL = (Information.STATISTICAL,)


@transaction.atomic
def ask_for_pieces(*, actor: Actor, review: Review, today: date) -> int:
    """Ask for the usual pieces, once, with what the record says of their items by now.

    Raises Refused, InputFault where they were asked for before, and FactsFaults.
    """
    if not queries.may_plan(actor, review):
        raise Refused("no_ground")
    must_be_kept(review)
    if Piece.objects.system("were they asked for").filter(review=review).exists():
        raise InputFault(
            _("The service was asked already. Tick off what it has brought."),
            reason="asked_already",
        )
    with present_facts(review, today) as known:
        told = answered(computed(review, known))
    numbers = {item.key: item.no for item in queries.scale_of(review).items}
    made = 0
    for wanted in PIECES.values():
        items = [numbers[key] for key in wanted.items if key in numbers]
        if items:
            says = {str(number): told[number] for number in items}
            Piece.objects.create(
                review=review,
                code=wanted.code,
                answered=says,
                created_by_id=actor.id,
            )
            made += 1
    audit.record(
        actor, "review_pieces_asked", review, information=STATISTICAL, count=made
    )
    return made


def bring(
    *,
    actor: Actor,
    piece: Piece,
    note: str,
    is_here: bool,
    today: date,
    row_version: int,
    file: File | None = None,
) -> None:
    """Say that a piece is here, where, or why there is none; with a file or without.

    Raises Refused, InputFault, and Stale.
    """
    review = piece.review
    if not queries.may_answer(actor, review):
        raise Refused("no_ground")
    must_be_kept(review)
    if file is not None:
        attached.detach(review.pk, piece.pk)
    values: dict[str, Any] = {
        "note": note.strip(),
        "brought_on": (piece.brought_on or today) if is_here else None,
        **file_of(review, piece.pk, file),
    }
    edit(
        actor,
        piece,
        action="review_piece_brought",
        expected_version=row_version,
        **values,
    )
