"""How many people somebody may open in an hour before being asked, and then stopped.

Counted from the audit, so that every way of opening a person counts and nothing is kept
beside it. A caseload is 20 to 25 people: who opens 60 in an hour has a reason, or is a
program that uses somebody's session.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from allauth.account.authentication import get_authentication_records
from django.conf import settings
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from braid.access import audit, step_up
from braid.access.models import AuditEntry
from braid.access.policy import Actor

HOUR = timedelta(hours=1)
ASKED_KEY = "read_budget_asked_at"


@dataclass(frozen=True, slots=True)
class Budget:
    """Whom somebody opened in the last hour, and how many it may be."""

    opened: frozenset[UUID]
    limit: int

    def is_spent(self, times: int = 1) -> bool:
        """Say whether one more is too many."""
        return len(self.opened) >= self.limit * times


def budget(actor: Actor, now: datetime) -> Budget:
    """Return what an actor has opened in the hour before `now`, by one indexed query."""
    keys = _opened(actor.id, now - HOUR).values_list("applicant_key", flat=True)
    return Budget(
        frozenset(key for key in keys.distinct() if key is not None),
        settings.BRAID_READ_BUDGET,
    )


def _opened(person: UUID | None, since: datetime) -> QuerySet[Any]:
    found: QuerySet[Any] = AuditEntry.objects.filter(
        actor_id=person, at__gt=since, applicant_key__isnull=False
    ).order_by()
    return found


def check(
    request: HttpRequest, whose: Callable[[], UUID | None]
) -> HttpResponse | None:
    """Return the page that stands between somebody and one person more, or None.

    At the budget the person is asked who it is, which doubles the budget for the hour; at
    twice the budget there is no way on. Who was opened already costs nothing: `whose` is
    asked once the budget is spent, and without a key any person counts as one more.
    """
    actor: Actor = request.actor  # type: ignore[attr-defined]
    if actor.id is None or actor.own is not None:
        return None
    met = budget(actor, timezone.now())
    if not met.is_spent() or whose() in met.opened:
        return None
    if met.is_spent(times=2):
        audit.record(actor, "read_budget_spent", outcome="refused")
        return _stopped(request, len(met.opened))
    if _has_answered(request):
        return None
    request.session[ASKED_KEY] = time.time()
    audit.record(actor, "read_budget_spent", outcome="asked")
    return step_up.ask(request)


def _has_answered(request: HttpRequest) -> bool:
    """Say whether the person proved who it is since being asked within the hour."""
    if settings.BRAID_DEMO_MARK.exists():
        return True
    asked_at = request.session.get(ASKED_KEY, 0)
    if time.time() - asked_at > HOUR.total_seconds():
        return False
    ways = step_up.counted(request)
    return any(
        record["method"] in ways and record["at"] > asked_at
        for record in get_authentication_records(request, request.user)
    )


def _stopped(request: HttpRequest, number: int) -> HttpResponse:
    context = {
        "title": _("Too many people in one hour"),
        "number": number,
    }
    return render(request, "access/too_many.html", context, status=429)
