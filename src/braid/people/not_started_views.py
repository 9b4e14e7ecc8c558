"""What did not start: figures for the supervisor, each with how it is counted."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from braid.access import audit
from braid.access import queries as access
from braid.access.choices import RoleChoice
from braid.access.policy import Action, Information
from braid.packs import jurisdictions
from braid.people import queries
from braid.people.choices import RefusalKind, RefusalReason
from braid.people.queries import NotStarted
from braid.people.referral_forms import PeriodForm
from braid.people.referral_views import unit_actor
from braid.people.rules import Counted

QUARTER = timedelta(days=90)  # with today, 91 days


@require_GET
def not_started(request: HttpRequest) -> HttpResponse:
    """Referrals of a period, refusals by reason and role, and who was overtaken."""
    actor, today = unit_actor(request), timezone.localdate()
    access.require_anywhere(actor, Action.OVERSEE, Information.STATISTICAL)
    usual = {"first": today - QUARTER, "last": today}
    form = PeriodForm(request.GET or None, initial=usual)
    chosen: Mapping[str, date] = usual
    if form.is_bound and form.is_valid():
        chosen = form.cleaned_data
    breaches = jurisdictions.of_country(actor.country).refusal_breaches.reasons
    found = queries.not_started(actor, chosen["first"], chosen["last"], today, breaches)
    audit.record_list(
        actor,
        "not_started_opened",
        found.listed,
        (Information.IDENTITY, Information.ATTENDANCE, Information.WORK_GOALS),
    )
    context = {
        "title": _("Not started"),
        "sub": _("Who wanted to work and was not met, or not yet; and why."),
        "form": form,
        "found": found,
        "figures": _figures(found),
        "lines": [_line(one, breaches) for one in found.reasons],
        "current_year": today.year,
    }
    return render(request, "people/not_started.html", context)


def _figures(found: NotStarted) -> list[tuple[str, int, str]]:
    """Return each number with its name and how it is counted."""
    of_referred = _("of the %(number)d referred in the period") % {
        "number": found.referred
    }
    of_refusals = _("of the %(number)d logged in the period") % {
        "number": found.refusals
    }
    return [
        (
            _("Referred"),
            found.referred,
            _("episodes whose referral came within the period"),
        ),
        (_("Taken on"), found.accepted, of_referred),
        (_("Met for the first time"), found.entered, of_referred),
        (_("Still waiting"), found.waiting, of_referred),
        (
            _("Refusals, delays and “not yet”"),
            found.refusals,
            _("entries dated within the period, whenever the person was referred"),
        ),
        (_("Against zero exclusion"), found.breaches, of_refusals),
        (_("The person was told"), found.told, of_refusals),
    ]


def _line(one: Counted, breaches: Any) -> dict[str, Any]:
    kinds, roles = dict(RefusalKind.choices), dict(RoleChoice.choices)
    return {
        "reason": RefusalReason(one.reason).label,
        "number": one.number,
        "kinds": [(kinds.get(kind, kind), number) for kind, number in one.by_kind],
        "roles": [(roles.get(role, role), number) for role, number in one.by_role],
        "met_later": one.met_later,
        "is_breach": one.reason in breaches,
    }
