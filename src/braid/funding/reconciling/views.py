"""What was claimed beside what was answered and paid."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from braid.access.policy import Actor
from braid.funding.claims import tabs
from braid.funding.invoices.queries import agreement as find_agreement
from braid.funding.reconciling import presenters, queries, rules
from braid.packs import contracts


@require_GET
def reconciliation(request: HttpRequest, key: UUID) -> HttpResponse:
    """Sums by quarter, how long claims have waited, and what was paid otherwise."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    agreement = find_agreement(actor, key)
    if agreement is None:
        raise Http404
    day = timezone.localdate()
    groups = queries.groups(actor, agreement)
    waiting = queries.waiting(actor, agreement)
    odd = queries.paid_otherwise(actor, agreement)
    total = rules.sums(groups)
    source = presenters.source(sum(each.count for each in groups), day)
    ages = {
        name: rules.ages(presenters.of_group(waiting, states), day)
        for name, states in presenters.GROUPS.items()
    }
    currency = contracts.get(agreement.contract).currency
    context = {
        "title": _("Reconciliation"),
        "tabs": tabs.of_agreement(actor, agreement, "funding:reconciliation"),
        "agreement": agreement,
        "is_empty": not groups,
        "figures": presenters.figures(total, currency),
        "table": presenters.quarters_table(rules.by_quarter(groups), total, source),
        "ages": presenters.ages_table(ages, source),
        "odd": presenters.odd_table(odd.claims) if odd.claims else None,
        "odd_more": odd.count - len(odd.claims),
        "currency": currency,
    }
    return render(request, "funding/reconciling/reconciliation.html", context)
