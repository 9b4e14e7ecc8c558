"""Answers of funders that come as files: looked at, then taken in."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from braid.access.policy import Actor
from braid.funding.answers import commands, presenters, queries
from braid.funding.answers.forms import FileForm
from braid.funding.claims import tabs
from braid.funding.invoices.queries import agreement as find_agreement
from braid.funding.models import Agreement
from braid.kernel.errors import InputFault, Refused
from braid.web.pages import add_fault, status_of
from braid.web.responses import go


def _open(request: HttpRequest, key: UUID) -> tuple[Actor, Agreement]:
    """Return who asks and the agreement, for those whom its answers concern."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    found = find_agreement(actor, key)
    if found is None:
        raise Http404
    if not commands.may_take_in(actor, found):
        raise Refused("no_ground")
    return actor, found


@require_http_methods(["GET", "POST"])
def answers(request: HttpRequest, key: UUID) -> HttpResponse:
    """Choose a file of answers, and see what it would do or all that is wrong with it."""
    actor, agreement = _open(request, key)
    form = FileForm(request.POST or None, request.FILES or None)
    context: dict[str, Any] = {}
    if request.method == "POST" and form.is_valid():
        name, data = form.cleaned_data["file"]
        try:
            plan = commands.look(actor, agreement, data, timezone.localdate(), name)
        except InputFault as fault:
            add_fault(form, fault)
        else:
            context = _looked_at(plan, agreement)
    return _page(request, actor, agreement, form, context)


def _looked_at(plan: commands.Plan, agreement: Agreement) -> dict[str, Any]:
    return {
        "plan": plan,
        "faults": presenters.faults(plan),
        "more_faults": max(0, len(plan.faults) - presenters.told.MOST_TOLD),
        "table": presenters.plan_table(plan) if plan.moves else None,
        "take_in_url": reverse("funding:answers_take_in", args=[agreement.pk]),
    }


def _page(
    request: HttpRequest,
    actor: Actor,
    agreement: Agreement,
    form: Any,
    context: dict[str, Any],
) -> HttpResponse:
    rows = list(queries.files(actor, agreement)[:50])
    context |= {
        "title": _("Answers from a file"),
        "tabs": tabs.of_agreement(actor, agreement, "funding:answers"),
        "agreement": agreement,
        "form": form,
        "files": presenters.files_table(rows) if rows else None,
    }
    status = 422 if context.get("faults") else status_of(form)
    return render(request, "funding/answers/answers.html", context, status=status)


@require_POST
def take_in(request: HttpRequest, key: UUID) -> HttpResponse:
    """Do what was looked at, whole or not at all."""
    actor, agreement = _open(request, key)
    form = FileForm()
    try:
        made = commands.take_in(
            actor=actor,
            agreement=agreement,
            token=request.POST.get("token", ""),
            today=timezone.localdate(),
        )
    except InputFault as fault:
        context = {"told": str(fault)}
        response = _page(request, actor, agreement, form, context)
        response.status_code = 422
        return response
    said = ngettext(
        "%(count)d answer was taken in.", "%(count)d answers were taken in.", made.rows
    )
    messages.success(request, said % {"count": made.rows})
    return go(request, reverse("funding:answers", args=[agreement.pk]))
