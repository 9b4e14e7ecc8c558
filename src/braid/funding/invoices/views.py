"""Invoices: listed, issued, opened, taken home, taken back."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from braid.access import audit, policy
from braid.access.policy import Action, Actor, Information
from braid.access.queries import require
from braid.funding.claims import tabs
from braid.funding.invoices import commands, document, presenters, queries, ubl
from braid.funding.invoices.checking import asking
from braid.funding.invoices.commands import Wish
from braid.funding.invoices.document import OUTSIDE
from braid.funding.invoices.forms import IssueForm, TakeBackForm
from braid.funding.invoices.parts import WHOLE
from braid.funding.invoices.writing import FORMATS, written
from braid.funding.models import Agreement, Invoice
from braid.kernel.errors import InputFault
from braid.web.pages import add_fault, form_page, status_of
from braid.web.presenters import Action as Button
from braid.web.responses import go

STATISTICAL = (Information.STATISTICAL,)


def _actor(request: HttpRequest) -> Actor:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    return actor


def _agreement(actor: Actor, key: UUID) -> Agreement:
    found = queries.agreement(actor, key)
    if found is None:
        raise Http404
    return found


def _invoice(actor: Actor, key: UUID) -> Invoice:
    found = queries.invoice(actor, key)
    if found is None:
        raise Http404
    return found


def _may_issue(actor: Actor, agreement: Agreement) -> bool:
    return policy.decide(actor, Action.CLAIM, agreement.subject()).allowed


def _invoices_url(agreement: Agreement) -> str:
    return reverse("funding:invoices", args=[agreement.pk])


@require_GET
def invoices(request: HttpRequest, key: UUID) -> HttpResponse:
    """The invoices of an agreement, and what is ready for the next one."""
    actor = _actor(request)
    agreement = _agreement(actor, key)
    named = queries.parties(actor, agreement)
    rows = list(queries.invoices(actor, agreement))
    context = {
        "title": _("Invoices"),
        "tabs": tabs.of_agreement(actor, agreement, "funding:invoices"),
        "agreement": agreement,
        "table": presenters.invoice_table(rows) if rows else None,
        "ready": _ready(actor, agreement, named),
    }
    return render(request, "funding/invoices/invoices.html", context)


def _ready(actor: Actor, agreement: Agreement, named: Any) -> list[dict[str, Any]]:
    """Return how many claims are ready for each payer; empty for who issues none."""
    if not _may_issue(actor, agreement):
        return []
    address = reverse("funding:invoice_new", args=[agreement.pk])
    return [
        {
            "name": presenters.payer_name(payer, named, agreement),
            "count": len(queries.ready(actor, agreement, payer)),
            "url": f"{address}?payer={payer}",
        }
        for payer in queries.payers(actor, agreement)
    ]


@require_http_methods(["GET", "POST"])
def invoice_new(request: HttpRequest, key: UUID) -> HttpResponse:
    """Issue an invoice: what would stand on it, what it lacks, which claims are on it."""
    actor = _actor(request)
    agreement = _agreement(actor, key)
    require(actor, Action.CLAIM, agreement.subject())
    payer = request.GET.get("payer") or WHOLE
    if payer not in queries.payers(actor, agreement):
        raise Http404
    day = timezone.localdate()
    ready = queries.ready(actor, agreement, payer)
    drawn = queries.claimed(actor, agreement, payer, ready)
    titles = {one.claim: one.title for one in drawn}
    form = IssueForm(
        request.POST or None,
        choices=[
            (str(one.pk), presenters.claim_label(one, titles[str(one.number)]))
            for one in ready
        ],
        has_vat=any(one.vat_percent is not None for one in drawn),
    )
    if request.method == "POST" and form.is_valid():
        try:
            wish = _wish(payer, form.cleaned_data)
            made = commands.issue(actor=actor, agreement=agreement, wish=wish, day=day)
        except InputFault as fault:
            add_fault(form, fault)
        else:
            messages.success(
                request, _("The invoice is issued. It has its number for good.")
            )
            return go(request, reverse("funding:invoice", args=[made.pk]))
    everything = Wish(payer=payer, claims=frozenset(one.pk for one in ready))
    context = {
        "title": _("Issue an invoice"),
        "crumbs": [Button(_("Invoices"), _invoices_url(agreement))],
        "agreement": agreement,
        "form": form,
        "is_empty": not ready,
        **_preview(actor, agreement, everything, day),
    }
    return render(request, "funding/invoices/new.html", context, status=status_of(form))


def _wish(payer: str, given: dict[str, Any]) -> Wish:
    return Wish(
        payer=payer,
        claims=frozenset(UUID(one) for one in given["claims"]),
        note=given["note"],
        language=get_language() or "en",
        untaxed=given.get("untaxed") or OUTSIDE,
        untaxed_reason=given.get("untaxed_reason") or "",
    )


def _preview(
    actor: Actor, agreement: Agreement, wish: Wish, day: Any
) -> dict[str, Any]:
    """Return the invoice of all that is ready, and what it lacks as XML."""
    try:
        paper = commands.preview(actor, agreement, wish, day)
    except InputFault as fault:
        return {"fault": str(fault)}
    return {
        "table": presenters.lines_table(paper),
        "findings": asking.told(asking.check(ubl.written(paper))),
    }


@require_GET
def invoice(request: HttpRequest, key: UUID) -> HttpResponse:
    """One invoice: its lines and sums, its files, and what took it back."""
    actor = _actor(request)
    row = _invoice(actor, key)
    paper = document.from_json(row.text)
    audit.record(actor, "invoice_opened", row, information=STATISTICAL)
    is_whole = document.digest(row.text) == row.digest
    is_open = row.credits_id is None and not hasattr(row, "credited_by")
    take_back = Button(
        _("Take back"),
        reverse("funding:invoice_take_back", args=[row.pk]),
        "arrow-counterclockwise",
        in_dialog=True,
    )
    may = is_open and _may_issue(actor, row.agreement)
    context = {
        "title": presenters.texts.title(paper),
        "crumbs": [Button(_("Invoices"), _invoices_url(row.agreement))],
        "actions": [take_back] if may else [],
        "invoice": row,
        "paper": paper,
        "standing": presenters.standing(row),
        "facts": presenters.texts.facts(paper),
        "seller": presenters.texts.address(paper.seller),
        "buyer": presenters.texts.address(paper.buyer),
        "table": presenters.lines_table(paper),
        "downloads": presenters.downloads(row),
        "is_whole": is_whole,
    }
    return render(request, "funding/invoices/invoice.html", context)


@require_GET
def invoice_file(request: HttpRequest, key: UUID, kind: str) -> HttpResponse:
    """An invoice as a file; as XML only where it holds."""
    actor = _actor(request)
    row = _invoice(actor, key)
    if kind not in FORMATS:
        raise Http404
    try:
        made = written(document.from_json(row.text), kind)
    except InputFault as fault:
        context = {
            "title": _("This file is not made"),
            "crumbs": [Button(row.number, reverse("funding:invoice", args=[row.pk]))],
            "told": str(fault).splitlines(),
        }
        return render(request, "funding/invoices/not_made.html", context, status=422)
    audit.record(actor, "invoice_taken", row, information=STATISTICAL)
    response = HttpResponse(made.data, content_type=made.media_type)
    said = content_disposition_header(as_attachment=True, filename=made.name)
    response["Content-Disposition"] = said or "attachment"
    return response


@require_http_methods(["GET", "POST"])
def invoice_take_back(request: HttpRequest, key: UUID) -> HttpResponse:
    """Take an invoice back by a credit note for the whole of it."""
    actor = _actor(request)
    row = _invoice(actor, key)
    require(actor, Action.CLAIM, row.agreement.subject())
    return form_page(
        request,
        TakeBackForm(request.POST or None),
        lambda given: commands.take_back(
            actor=actor, invoice=row, note=given["note"], day=timezone.localdate()
        ),
        title=_("Take back invoice %(number)s") % {"number": row.number},
        lead=_(
            "A credit note with a number of its own is issued for the whole of it. Its "
            "claims can then stand on a new invoice."
        ),
        to=lambda made: reverse("funding:invoice", args=[made.pk]),
        done=_("The invoice is taken back."),
        submit=_("Issue the credit note"),
    )
