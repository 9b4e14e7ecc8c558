"""Contracts in plain words for both parties, their versions, and what is filled in."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from braid.access import audit
from braid.access import queries as access
from braid.access.policy import Action, Actor
from braid.funding import commands, queries
from braid.funding.claims.tabs import of_agreement, of_room
from braid.funding.commands.agreements import Value
from braid.funding.contract_words import Values, passages, use_text
from braid.funding.contracts import presenters, reading
from braid.funding.contracts.forms import ValueForm
from braid.method.contracts.shape import Contract
from braid.packs import contracts
from braid.web.pages import form_page
from braid.web.presenters import Action as Button
from braid.web.presenters import Tab


def _actor(request: HttpRequest) -> Actor:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    access.require_anywhere(actor, Action.SEE_AMOUNTS)
    return actor


@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """The contracts that the actor's unit, desk or office has, and all files there are."""
    actor = _actor(request)
    held = [presenters.listed(e) for e in reading.held(actor, timezone.localdate())]
    known = contracts.load()
    context = {
        "title": _("Contracts"),
        "held": held,
        "tabs": of_room(actor, "funding:contracts"),
        "files": sorted(known.values(), key=lambda one: one.called.casefold()),
    }
    return render(request, "funding/contracts/home.html", context)


@require_GET
def contract(request: HttpRequest, key: UUID) -> HttpResponse:
    """A contract in plain words, with what is filled in and what is not bound."""
    actor = _actor(request)
    of = queries.agreement(actor, key)
    files = _files(of.contract)
    shown = _chosen(
        request, files, contracts.in_force(of.contract, timezone.localdate())
    )
    filled = reading.rows(actor, of, shown.version)
    values = reading.values(shown, filled)
    audit.record(actor, "contract_opened", of)
    context: dict[str, Any] = {
        "title": of.title,
        "agreement": of,
        "contract": shown,
        "passages": passages(shown, values),
        "opened": presenters.opened(of, shown, filled, values),
        "may_fill_in": reading.may_fill_in(actor, of),
        "tabs": of_agreement(actor, of, "funding:contract"),
        "versions": _tabs(request, files, shown),
        "actions": _beside_button(of.pk, files),
    }
    return render(request, "funding/contracts/contract.html", context)


@require_GET
def contract_file(request: HttpRequest, name: str) -> HttpResponse:
    """A contract file that no agreement is made by yet, in plain words."""
    actor = _actor(request)
    files = _files(name)
    shown = _chosen(request, files, files[-1])
    context: dict[str, Any] = {
        "title": shown.called,
        "contract": shown,
        "passages": passages(shown, Values(shown.currency)),
        "tabs": of_room(actor, "funding:contracts"),
        "versions": _tabs(request, files, shown),
    }
    return render(request, "funding/contracts/contract.html", context)


def _files(name: str) -> tuple[Contract, ...]:
    """Return the versions of a contract; one that nobody has answers 404."""
    if name not in contracts.load():
        raise Http404
    return contracts.versions(name)


def _chosen(
    request: HttpRequest, files: tuple[Contract, ...], usual: Contract
) -> Contract:
    asked = request.GET.get("version", str(usual.version))
    return next((each for each in files if str(each.version) == asked), usual)


def _tabs(
    request: HttpRequest, files: tuple[Contract, ...], shown: Contract
) -> list[Tab]:
    if len(files) == 1:
        return []
    return [
        Tab(
            presenters.file_label(each),
            f"{request.path}?version={each.version}",
            each.version == shown.version,
        )
        for each in files
    ]


def _beside_button(key: UUID, files: tuple[Contract, ...]) -> list[Button]:
    if len(files) == 1:
        return []
    address = reverse("funding:contract_versions", args=[key])
    return [Button(_("Versions beside each other"), address, "signpost-split")]


@require_GET
def versions(request: HttpRequest, key: UUID) -> HttpResponse:
    """The versions of a contract beside each other, passage by passage."""
    actor = _actor(request)
    of = queries.agreement(actor, key)
    files = _files(of.contract)
    values = [
        reading.values(each, reading.rows(actor, of, each.version)) for each in files
    ]
    audit.record(actor, "contract_opened", of)
    context = {
        "title": _("Versions beside each other"),
        "agreement": of,
        "tabs": of_agreement(actor, of, "funding:contract"),
        "columns": [presenters.file_label(each) for each in files],
        "rows": presenters.beside(files, values),
    }
    return render(request, "funding/contracts/versions.html", context)


@require_http_methods(["GET", "POST"])
def value(
    request: HttpRequest, key: UUID, version: int, parameter: str
) -> HttpResponse:
    """Fill a value in; what was filled in before stays in the history."""
    actor = _actor(request)
    of = queries.agreement(actor, key)
    access.require(actor, Action.CLAIM, of.subject())
    files = {each.version: each for each in _files(of.contract)}
    opened = contracts.parameters(files[version]) if version in files else {}
    if parameter not in opened:
        raise Http404
    form = ValueForm(
        request.POST or None,
        parameter=opened[parameter],
        initial={"day": timezone.localdate(), "bound_by": _name(request)},
    )
    return form_page(
        request,
        form,
        lambda given: commands.bind(
            actor=actor,
            agreement=of,
            version=version,
            given=Value(parameter=parameter, **given),
        ),
        title=_("Fill in %(name)s") % {"name": parameter},
        lead=_(
            "It stands for %(use)s in version %(version)s of %(contract)s. Only what the "
            "agreement says is filled in, never an estimate."
        )
        % {
            "use": use_text(opened[parameter].use),
            "version": version,
            "contract": of.title,
        },
        to=f"{reverse('funding:contract', args=[of.pk])}?version={version}#values",
        done=_("The value is filled in."),
        submit=_("Fill in"),
    )


def _name(request: HttpRequest) -> str:
    return str(getattr(request.user, "name", "") or "")
