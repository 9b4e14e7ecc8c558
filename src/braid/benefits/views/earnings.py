"""Earnings by month, and which months of time-limited rights they have used."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from braid.access.policy import Actor, Information
from braid.benefits import commands, forms, ledger, queries, working_out
from braid.benefits.queries.records import keeping
from braid.benefits.views.opening import counsellor, opened
from braid.people.queries import EpisodeRef
from braid.people.queries.refs import latest_ref
from braid.web.pages import form_page

PHASES = {
    "trial": gettext_lazy("trial work period"),
    "eligibility": gettext_lazy("extended eligibility"),
    "after": gettext_lazy("after extended eligibility"),
    "ended": gettext_lazy("benefit ended"),
    "not_known": gettext_lazy("not known"),
}


def _whose(request: HttpRequest, applicant_id: UUID) -> tuple[Actor, EpisodeRef]:
    actor = counsellor(request)
    episode = latest_ref(actor, applicant_id, keeping(actor), Information.BENEFITS)
    if not working_out.has_ledger(actor.country):
        raise Http404
    return actor, episode


@require_GET
def earnings(request: HttpRequest, applicant_id: UUID) -> HttpResponse:
    """The ledger: held by the counsellor against the payer's statement."""
    actor, episode = _whose(request, applicant_id)
    opened(actor, "earnings_opened", applicant_id)
    found = ledger.of(queries.earnings(actor, applicant_id))
    context = {
        "title": _("Earnings by month"),
        "person": episode,
        "ledger": found,
        "lines": [(line, PHASES[line.phase]) for line in found.lines],
        "current_year": timezone.localdate().year,
    }
    return render(request, "benefits/earnings.html", context)


@require_http_methods(["GET", "POST"])
def month(request: HttpRequest, applicant_id: UUID) -> HttpResponse:
    """What was earned in one month."""
    actor, episode = _whose(request, applicant_id)
    form = forms.MonthForm(
        request.POST or None, initial={"month": timezone.localdate()}
    )

    def save(given: dict[str, Any]) -> None:
        commands.record_month(actor=actor, episode=episode, **given)

    return form_page(
        request,
        form,
        save,
        title=_("Earnings of a month"),
        done=_("Saved."),
        to=reverse("benefits:earnings", args=[applicant_id]),
    )
