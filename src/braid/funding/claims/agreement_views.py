"""The agreements of a unit, desk or office: listed, made, opened, changed."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from braid.access import policy
from braid.access import queries as access
from braid.access.policy import Action, Actor
from braid.funding import commands, queries
from braid.funding.claims import presenters, tabs, tasks
from braid.funding.claims.asking import actor_of_money, opened
from braid.funding.claims.forms import AgreementForm, ChangeAgreementForm, PartyForm
from braid.funding.commands.agreements import Agreed
from braid.funding.models import Agreement, Party
from braid.funding.monitors import queries as monitors
from braid.packs import contracts
from braid.web.pages import form_page
from braid.web.presenters import Action as Button

PROVIDER = "provider"


@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """Every agreement, with how many claims stand in which state."""
    actor = actor_of_money(request)
    tallies, waiting = queries.by_state(actor), monitors.open_notes(actor)
    context = {
        "title": _("Funding"),
        "tabs": tabs.of_room(actor, "funding:home"),
        "actions": _make(actor),
        "agreements": [
            {
                "agreement": row,
                "source": queries.source_of(row),
                "sums": presenters.sums(tallies.get(row.pk, []), row.title),
                "notes": waiting.get(row.pk, 0),
            }
            for row in queries.agreements(actor)
        ],
        "may_make": policy.may(actor, Action.CLAIM),
        "current_year": timezone.localdate().year,
    }
    return render(request, "funding/claims/home.html", context)


def _make(actor: Actor) -> list[Button]:
    if not policy.may(actor, Action.CLAIM):
        return []
    address = reverse("funding:agreement_new")
    return [Button(_("New agreement"), address, "plus-lg", primary=True)]


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Note that a funder pays a unit by a contract."""
    actor = actor_of_money(request, Action.CLAIM)
    units = {str(one.pk): one for one in access.units(actor, Action.CLAIM)}
    funders = {str(one.pk): one for one in access.funders()}
    form = AgreementForm(
        request.POST or None,
        contracts=queries.contract_choices(),
        units=[(key, one.name) for key, one in units.items()],
        funders=[
            (key, f"{one.organisation.name}, {one.name}")
            for key, one in funders.items()
        ],
    )

    def save(given: dict[str, Any]) -> Agreement:
        unit, funder = units[given.pop("unit")], funders[given.pop("funder")]
        agreed = Agreed(**given)
        return commands.make_agreement(
            actor=actor, unit=unit, funder=funder, agreed=agreed
        )

    return form_page(
        request,
        form,
        save,
        title=_("New agreement"),
        lead=_(
            "What the contract asks for and pays is in its file. Here stands who pays "
            "whom by it, and from when to when."
        ),
        done=_("Saved."),
        to=lambda made: reverse("funding:agreement", args=[made.pk]),
    )


@require_GET
def agreement(request: HttpRequest, key: UUID) -> HttpResponse:
    """One agreement: its days, who stands on invoices, its runs and its claims."""
    actor = actor_of_money(request)
    found = queries.agreement(actor, key)
    may_claim = policy.decide(actor, Action.CLAIM, found.subject()).allowed
    state = tasks.running(found)
    context = {
        "title": found.contract,
        "agreement": found,
        "tabs": tabs.of_agreement(actor, found, "funding:agreement"),
        "sums": presenters.sums(
            queries.by_state(actor).get(found.pk, []), found.contract
        ),
        "runs": list(queries.runs(actor, found)[:10]),
        "parties": _parties(found),
        "may_claim": may_claim,
        "running": state,
        "actions": _buttons(found, may_claim=may_claim),
        "current_year": timezone.localdate().year,
    }
    opened(actor, "agreement_opened", found)
    return render(request, "funding/claims/agreement.html", context)


def _buttons(found: Agreement, *, may_claim: bool) -> list[Button]:
    address = reverse("funding:contract", args=[found.pk])
    buttons = [Button(_("The contract in plain words"), address, "file-earmark-text")]
    if may_claim:
        change = reverse("funding:agreement_change", args=[found.pk])
        buttons.append(Button(_("Change"), change, "pencil", in_dialog=True))
    return buttons


def _parties(found: Agreement) -> list[dict[str, Any]]:
    """Return the slots that stand on invoices, and who fills each of them."""
    kept = {row.slot: row for row in found.parties.system("of an agreement opened")}
    return [
        {"slot": slot, "label": presenters.slot_text(slot), "party": kept.get(slot)}
        for slot in slots_of(found)
    ]


def slots_of(found: Agreement) -> list[str]:
    """Return the provider, and the payers that the contract names, or the funder."""
    payers: list[str] = []
    for each in contracts.versions(found.contract):
        payers += [one.payer for row in each.milestones for one in row.split]
        payers += [one.payer for one in each.payer_periods]
    return [PROVIDER, *(dict.fromkeys(payers) or ["funder"])]


@require_http_methods(["GET", "POST"])
def change(request: HttpRequest, key: UUID) -> HttpResponse:
    """Change the days and references of an agreement."""
    actor = actor_of_money(request, Action.CLAIM)
    found = queries.agreement(actor, key)
    access.require(actor, Action.CLAIM, found.subject())
    names = ("first_day", "last_day", "buyer_reference", "order_reference")
    initial = {
        name: getattr(found, name) for name in (*names, "payment_days", "row_version")
    }
    form = ChangeAgreementForm(request.POST or None, initial=initial)

    def save(given: dict[str, Any]) -> None:
        version = given.pop("row_version")
        commands.change_agreement(
            actor=actor,
            agreement=found,
            row_version=version,
            agreed=Agreed(contract=found.contract, **given),
        )

    return form_page(
        request,
        form,
        save,
        title=_("Change the agreement"),
        done=_("Saved."),
        to=reverse("funding:agreement", args=[found.pk]),
    )


@require_http_methods(["GET", "POST"])
def party(request: HttpRequest, key: UUID, slot: str) -> HttpResponse:
    """Say who stands on invoices for a slot."""
    actor = actor_of_money(request, Action.CLAIM)
    found = queries.agreement(actor, key)
    access.require(actor, Action.CLAIM, found.subject())
    if slot not in slots_of(found):
        raise Http404
    kept: Party | None = (
        found.parties.system("of an agreement opened").filter(slot=slot).first()
    )
    fields = PartyForm.base_fields
    initial = {name: getattr(kept, name) for name in fields} if kept else {}
    form = PartyForm(request.POST or None, initial=initial)

    def save(given: dict[str, Any]) -> None:
        commands.set_party(actor=actor, agreement=found, slot=slot, values=given)

    return form_page(
        request,
        form,
        save,
        title=_("On invoices: %(slot)s") % {"slot": presenters.slot_text(slot)},
        done=_("Saved."),
        to=reverse("funding:agreement", args=[found.pk]),
    )
