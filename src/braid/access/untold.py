"""Emergency access that the applicant is not told of yet: what their pages and copies omit.

Telling of it would do harm (`BrokenGlass.not_told_because`); a review decides when it is
told, and from then on nothing is left out any more.
"""

from datetime import timedelta
from typing import Any, TypeVar
from uuid import UUID

from django.db import models
from django.db.models import Q, QuerySet
from django.utils import timezone

from braid.access.models import AuditEntry, BrokenGlass, Finding

Rows = TypeVar("Rows", bound=QuerySet[Any])

SEARCH = timedelta(hours=1)  # before an emergency access somebody searched for it


def keep_back(model: type[models.Model], rows: Rows, applicant_id: UUID) -> Rows:
    """Return the rows of a table without those that tell of untold emergency access."""
    leave_out = _LEAVE_OUT.get(model)
    if leave_out is None:
        return rows
    untold = BrokenGlass.objects.filter(applicant_id=applicant_id, told_at__isnull=True)
    for glass in untold:
        rows = rows.exclude(leave_out(glass))
    return rows


def _row(glass: BrokenGlass) -> Q:
    return Q(pk=glass.pk)


def _entries(glass: BrokenGlass) -> Q:
    during = Q(at__gte=glass.opened_at - SEARCH, at__lte=glass.expires_at)
    return Q(actor_id=glass.user_id) & during | Q(glass_id=glass.pk)


def _findings(glass: BrokenGlass) -> Q:
    first = timezone.localdate(glass.opened_at - SEARCH)
    last = timezone.localdate(glass.expires_at)
    return Q(user_id=glass.user_id, day__gte=first, day__lte=last)


_LEAVE_OUT = {BrokenGlass: _row, AuditEntry: _entries, Finding: _findings}
