"""The tabs of an agreement and of the room: each helper's page has its place here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

from braid.access.policy import Action, Actor, may
from braid.web.presenters import Tab

if TYPE_CHECKING:
    from braid.funding.models import Agreement


def of_agreement(actor: Actor, agreement: Agreement, here: str) -> list[Tab]:
    """Return the pages of one agreement that `actor` may open."""
    answers = may(actor, Action.CLAIM) or may(actor, Action.PAY)
    entries = [
        (_("Agreement"), "funding:agreement", True),
        (_("Contract"), "funding:contract", True),
        (_("Claims"), "funding:claims", True),
        (_("Invoices"), "funding:invoices", True),
        (_("Answers"), "funding:answers", answers),
        (_("Reconciliation"), "funding:reconciliation", True),
        (_("Paid elsewhere"), "funding:paid_elsewhere", True),
        (_("Harm monitors"), "funding:monitored", True),
    ]
    found = []
    for label, name, is_open in entries:
        try:
            url = reverse(name, args=[agreement.pk])
        except NoReverseMatch:
            continue
        if is_open:
            found.append(Tab(label, url, name == here))
    return found


def of_room(actor: Actor, here: str) -> list[Tab]:
    """Return the pages of the room that `actor` may open."""
    entries = [
        (_("Agreements"), "funding:home", True),
        (_("Contracts"), "funding:contracts", True),
        (_("Ledger"), "funding:ledger", may(actor, Action.CLAIM)),
        (_("Double funding"), "funding:doubles", True),
        (_("Harm monitors"), "funding:monitors", True),
        (_("Simulation"), "funding:simulations", may(actor, Action.CLAIM)),
        (_("At a glance"), "funding:room", may(actor, Action.PAY)),
    ]
    found = []
    for label, name, is_open in entries:
        try:
            url = reverse(name)
        except NoReverseMatch:
            continue
        if is_open:
            found.append(Tab(label, url, name == here))
    return found
