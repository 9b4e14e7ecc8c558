"""Opening a review and what is in it: who may, else the answer is 404 or a refusal."""

from __future__ import annotations

from typing import Any, TypeVar
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.http import content_disposition_header

from braid.access.policy import Action, Actor
from braid.access.subject_keys import KeyDestroyed
from braid.documents import attached
from braid.fidelity import queries
from braid.fidelity.held import InReview, SealedFile
from braid.fidelity.models import Review
from braid.kernel.errors import Refused

Row = TypeVar("Row", bound=InReview)


def actor_of(request: HttpRequest) -> Actor:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    return actor


def posted(request: HttpRequest) -> Any:
    """Return what was sent, also of a form without fields; None where nothing was."""
    return request.POST if request.method == "POST" else None


def opened(actor: Actor, key: UUID) -> Review:
    """Return a review that `actor` may know of, else answer 404."""
    found = queries.review(actor, key)
    if found is None:
        raise Http404
    return found


def planned(actor: Actor, key: UUID) -> Review:
    """Return a review that `actor` plans. Raises Refused for who only knows of it."""
    found = opened(actor, key)
    if not queries.may_plan(actor, found):
        raise Refused("no_ground")
    return found


def taken_part(actor: Actor, key: UUID) -> Review:
    """Return a review that `actor` arranges, serves or rates. Raises Refused."""
    found = opened(actor, key)
    if not queries.may_open(actor, found):
        raise Refused("no_ground")
    return found


def rated(actor: Actor, key: UUID) -> Review:
    """Return a review whose evidence `actor` reads. Raises Refused."""
    found = opened(actor, key)
    queries.must_rate(actor, found)
    return found


def arranged(actor: Actor, model: type[Row], key: UUID) -> Row:
    """Return a line of what is arranged for a review, else answer 404.

    Whoever plans the review and whoever has a seat in it reads it.
    """
    rows: Any = model.objects
    found = rows.system("asked of its review").select_related("review__unit")
    row: Row | None = found.filter(pk=key).first()
    if row is None:
        raise Http404
    review = opened(actor, row.review.pk)
    if not queries.may_plan(actor, review):
        seen = rows.visible_to(actor, Action.RATE).filter(pk=key)
        if not seen.exists():
            raise Refused("no_ground")
    return row


def as_file(row: SealedFile, review: Review) -> HttpResponse:
    """Hand the file of a row out: to keep, never as a page of this site."""
    if not row.file_name:
        raise Http404
    try:
        data = attached.content(review.pk, row.pk)
    except (KeyDestroyed, FileNotFoundError):
        raise Http404 from None
    said = content_disposition_header(as_attachment=True, filename=row.file_name)
    return HttpResponse(
        data,
        content_type=row.media_type,
        headers={
            "Content-Disposition": said or "attachment",
            "Content-Security-Policy": "default-src 'none'; sandbox",
            "Cache-Control": "no-store",
        },
    )


def file_given(given: dict[str, Any]) -> tuple[str, bytes] | None:
    """Return the file that a form brought, with its name; None where it brought none."""
    file = given.get("file")
    return (file.name, file.read()) if file else None
