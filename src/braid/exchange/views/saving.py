"""Saving an import, what came of it, and taking it back."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from braid.access.policy import Action, Information, may
from braid.exchange import commands, erasing, presenters, queries
from braid.exchange.choices import BatchState
from braid.exchange.tables import OutcomeTable
from braid.exchange.tasks import start_commit
from braid.exchange.views.opened import address_of, opened, read_again
from braid.kernel.errors import InputFault
from braid.web.responses import go

MOST_HELD = 20


@require_POST
def commit(request: HttpRequest, batch_id: UUID) -> HttpResponse:
    """Save the plan that the preview showed."""
    actor, batch = opened(request, batch_id)
    if batch.state != BatchState.PLANNED or not commands.is_fresh(batch):
        return redirect(address_of(batch))
    start_commit(actor, batch, request.POST.get("plan_hash", ""))
    return redirect("exchange:progress", batch.pk)


@require_GET
def result(request: HttpRequest, batch_id: UUID) -> HttpResponse:
    """Show what an import saved."""
    actor, batch = opened(request, batch_id)
    if batch.state not in (BatchState.COMMITTED, BatchState.UNDONE):
        return redirect(address_of(batch))
    reads = may(actor, Action.READ, Information.IDENTITY)
    files = queries.files_of(actor, batch)
    context = {
        "sub": ", ".join(file.name for file in files),
        "title": _("Imported") if batch.state == BatchState.COMMITTED else _("Undone"),
        "batch": batch,
        "is_undone": batch.state == BatchState.UNDONE,
        "are_files_gone": erasing.are_files_gone(batch, files),
        "outcome": OutcomeTable(presenters.outcome_rows(batch.summary["outcome"])),
        "totals": batch.summary["totals"],
        "caseload_url": reverse("desk:caseload") if reads else "",
    }
    return render(request, "exchange/result.html", context)


@require_POST
def again(request: HttpRequest, batch_id: UUID) -> HttpResponse:
    """Take the same files up again, for the questions that were left open."""
    actor, batch = opened(request, batch_id)
    if batch.state != BatchState.COMMITTED:
        return redirect(address_of(batch))
    return read_again(actor, commands.open_again(actor=actor, batch=batch), "questions")


@require_http_methods(["GET", "POST"])
def undo(request: HttpRequest, batch_id: UUID) -> HttpResponse:
    """Ask, then take an import back; say which rows hold it where some do."""
    actor, batch = opened(request, batch_id)
    context: dict[str, Any] = {"title": _("Take this import back?"), "batch": batch}
    if request.method == "POST":
        try:
            commands.undo_batch(actor=actor, batch=batch)
        except commands.UndoRefused as refused:
            shown = refused.held[:MOST_HELD]
            context["held"] = [presenters.held_line(one) for one in shown]
            context["more"] = len(refused.held) - len(shown)
            context["fault"] = str(refused)
            return render(request, "exchange/undo.html", context, status=422)
        except InputFault as fault:
            messages.error(request, str(fault))
        else:
            messages.success(request, _("The import was taken back."))
        return go(request, reverse("exchange:batch", args=[batch.pk]))
    return render(request, "exchange/undo.html", context)
