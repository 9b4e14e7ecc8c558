"""Running a contract, and why each of its lines is paid or not."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from braid.access import queries as access
from braid.access.policy import Action
from braid.funding import queries
from braid.funding.choices import RunState
from braid.funding.claims import presenters, tasks
from braid.funding.claims.asking import actor_of_money, opened
from braid.funding.commands.running import complete as completed
from braid.kernel.errors import Refused

PAGE = 50


@require_POST
def start(request: HttpRequest, key: UUID) -> HttpResponse:
    """Let a worker freeze the facts and run the contract on them."""
    actor = actor_of_money(request, Action.CLAIM)
    found = queries.agreement(actor, key)
    tasks.start(actor, found)
    messages.success(
        request, _("The contract is being run. Its lines stand here when it is done.")
    )
    return redirect("funding:agreement", found.pk)


@require_POST
def complete(request: HttpRequest, key: UUID) -> HttpResponse:
    """Complete a run that was begun and interrupted."""
    actor = actor_of_money(request, Action.CLAIM)
    found = queries.run(actor, key)
    completed(actor=actor, made=found)
    messages.success(request, _("The run is complete."))
    return redirect("funding:run", found.pk)


@require_GET
def run(request: HttpRequest, key: UUID) -> HttpResponse:
    """The lines of a run: why each is paid, or why not."""
    actor = actor_of_money(request)
    found = queries.run(actor, key)
    if not queries.may_prepare(actor):
        raise Refused("not_granted")
    rows = queries.lines(actor, found)
    which = request.GET.get("which", "all")
    if which == "claimable":
        rows = rows.filter(is_claimable=True)
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    opened(actor, "run_opened", found.agreement)
    context = {
        "title": _("Run of %(contract)s") % {"contract": found.agreement.title},
        "run": found,
        "table": presenters.line_table(found, page.object_list),
        "page": page,
        "is_begun": found.state == RunState.BEGUN,
        "due": found.totals.get("due"),
        "crumbs": [_above(found.agreement)],
        "which": which,
    }
    return render(request, "funding/claims/run.html", context)


def _above(agreement: object) -> dict[str, str]:
    return {
        "label": agreement.title,  # type: ignore[attr-defined]
        "url": reverse("funding:agreement", args=[agreement.pk]),  # type: ignore[attr-defined]
    }


@require_GET
def line(request: HttpRequest, key: UUID, number: int) -> HttpResponse:
    """One line, question by question."""
    actor = actor_of_money(request)
    found = queries.run(actor, key)
    if not queries.may_prepare(actor):
        raise Refused("not_granted")
    row = queries.line(actor, found, number)
    access.require(actor, Action.SEE_AMOUNTS, found.subject())
    context = {
        "title": _("%(milestone)s, case %(case)s")
        % {"milestone": presenters.milestone_text(row.milestone), "case": row.case},
        "run": found,
        "row": row,
        "steps": presenters.step_lines(row.document),
        "table": presenters.line_table(found, [row]),
        "crumbs": [
            _above(found.agreement),
            {"label": _("Run"), "url": reverse("funding:run", args=[found.pk])},
        ],
        "current_year": timezone.localdate().year,
    }
    opened(actor, "run_line_opened", found.agreement)
    return render(request, "funding/claims/line.html", context)
