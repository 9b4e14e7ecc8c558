"""Who pays for whom, where money ends, and where two would pay for one thing."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from braid.access import audit, policy
from braid.access.policy import Action, Actor, Information
from braid.access.queries import require, require_anywhere
from braid.funding import commands as claims
from braid.funding import queries as money
from braid.funding.claims import tabs
from braid.funding.commands.claims import Double as Decision
from braid.funding.invoices.queries import agreement as find_agreement
from braid.funding.ledger import commands, presenters, queries
from braid.funding.ledger.commands import Elsewhere
from braid.funding.ledger.forms import NEITHER, DecisionForm, PaidElsewhereForm
from braid.funding.ledger.queries import Double
from braid.web.pages import form_page
from braid.web.presenters import Action as Button

PERSONAL = (Information.IDENTITY, Information.ATTENDANCE)


def _actor(request: HttpRequest) -> Actor:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    return actor


@require_GET
def ledger(request: HttpRequest) -> HttpResponse:
    """Who pays for whom in the units of whoever claims for them."""
    actor = _actor(request)
    require_anywhere(actor, Action.CLAIM, None)
    day = timezone.localdate()
    found = queries.supports(actor, day)
    audit.record_list(
        actor, "ledger_opened", {each.applicant for each in found}, PERSONAL
    )
    context = {
        "title": _("Who pays for whom"),
        "tabs": tabs.of_room(actor, "funding:ledger"),
        "endings": presenters.endings_table(found),
        "unpaid": presenters.unpaid_table(found, day),
        "table": presenters.spans_table(found),
        "source": presenters.source(day),
        "within": queries.WARNED_DAYS,
        "is_empty": not found,
    }
    return render(request, "funding/ledger/ledger.html", context)


@require_GET
def doubles(request: HttpRequest) -> HttpResponse:
    """Where two would pay for one thing, for those who see amounts."""
    actor = _actor(request)
    require_anywhere(actor, Action.SEE_AMOUNTS, None)
    found = queries.doubles(actor)
    may_settle = policy.may(actor, Action.SETTLE, None)
    matching = reverse("funding:matching")
    context = {
        "title": _("Double funding"),
        "tabs": tabs.of_room(actor, "funding:doubles"),
        "table": presenters.doubles_table(
            found, may_settle, tells_whom=money.may_prepare(actor) or may_settle
        ),
        "actions": [Button(_("Compare with another organisation"), matching, "people")]
        if policy.may(actor, Action.CLAIM, None)
        else [],
    }
    return render(request, "funding/ledger/doubles.html", context)


@require_http_methods(["GET", "POST"])
def double(request: HttpRequest, key: UUID) -> HttpResponse:
    """Decide which of two lines is paid."""
    actor = _actor(request)
    claim = money.claim(actor, key)
    require(actor, Action.SETTLE, claim.subject())
    found = _found(actor, request, claim.pk)
    form = DecisionForm(
        request.POST or None,
        choices=[(str(one.pk), presenters.claim_line(one)) for one in found.claims],
    )
    return form_page(
        request,
        form,
        lambda given: claims.decide_double(
            actor=actor, double=_decision(found, given), today=timezone.localdate()
        ),
        title=_("Decide on double funding"),
        lead=presenters.rule_name(found.conflict.rule),
        to=reverse("funding:doubles"),
        done=_("The decision is noted. The other line is not paid."),
        submit=_("Decide"),
    )


def _found(actor: Actor, request: HttpRequest, key: UUID) -> Double:
    """Return the conflict that an address names, else the first of its claim."""
    rule, other = request.GET.get("rule", ""), request.GET.get("with", "")
    against = request.GET.get("against", "")
    for each in queries.doubles(actor):
        keys = set(each.conflict.entries)
        if str(key) not in keys or (rule and each.conflict.rule != rule):
            continue
        named = keys == {str(key), other} - {""} and each.conflict.against == against
        if not rule or named:
            return each
    raise Http404


def _decision(found: Double, given: dict[str, str]) -> Decision:
    by_key = {str(one.pk): one for one in found.claims}
    first, *rest = found.claims
    pays = None if given["pays"] == NEITHER else by_key[given["pays"]]
    return Decision(
        rule=found.conflict.rule,
        first=first,
        second=rest[0] if rest else None,
        pays=pays,
        text=given["text"],
        against=found.conflict.against,
    )


@require_GET
def paid_elsewhere(request: HttpRequest, key: UUID) -> HttpResponse:
    """What something else pays for, beside an agreement."""
    actor = _actor(request)
    agreement = find_agreement(actor, key)
    if agreement is None:
        raise Http404
    may = policy.decide(actor, Action.CLAIM, agreement.subject()).allowed
    address = reverse("funding:paid_elsewhere_new", args=[agreement.pk])
    rows = queries.paid_elsewhere(actor, agreement)
    context = {
        "title": _("Paid elsewhere"),
        "tabs": tabs.of_agreement(actor, agreement, "funding:paid_elsewhere"),
        "agreement": agreement,
        "table": presenters.elsewhere_table(rows),
        "actions": [Button(_("Add"), address, "plus-lg", True, in_dialog=True)]
        if may
        else [],
    }
    return render(request, "funding/ledger/paid_elsewhere.html", context)


@require_http_methods(["GET", "POST"])
def paid_elsewhere_new(request: HttpRequest, key: UUID) -> HttpResponse:
    """Note that something else pays for a kind of activity."""
    actor = _actor(request)
    agreement = find_agreement(actor, key)
    if agreement is None:
        raise Http404
    require(actor, Action.CLAIM, agreement.subject())
    return form_page(
        request,
        PaidElsewhereForm(request.POST or None),
        lambda given: commands.note_elsewhere(
            actor=actor, agreement=agreement, noted=Elsewhere(**given)
        ),
        title=_("Note what something else pays for"),
        lead=_("Claims for it then wait until a steward decides."),
        to=reverse("funding:paid_elsewhere", args=[agreement.pk]),
        done=_("It is noted."),
    )
