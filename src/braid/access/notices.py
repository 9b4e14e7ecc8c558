"""What applicants are told on their own page: what is new, and that it was seen."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.http import Http404

from braid.access import audit
from braid.access.models import Notice
from braid.access.policy import Actor


def own(actor: Actor) -> QuerySet[Notice]:
    """Return the notices to the applicant whose account this is, the latest first."""
    if actor.own is None:
        return Notice.objects.none()
    return Notice.objects.filter(applicant_id=actor.own).select_related("organisation")


def unseen(actor: Actor) -> QuerySet[Notice]:
    """Return the notices that the applicant has not yet put aside."""
    return own(actor).filter(seen_at__isnull=True)


@transaction.atomic
def mark_seen(*, actor: Actor, key: UUID, now: datetime) -> None:
    """Put a notice aside; answers 404 where it is not the applicant's own."""
    notice = own(actor).filter(pk=key).first()
    if notice is None:
        raise Http404
    if notice.seen_at is None:
        notice.seen_at = now
        notice.save(update_fields=["seen_at"])
        audit.record(actor, "notice_seen", notice, applicant=actor.own)
