"""Accounting for evidence that is missing: a newer edition of a draft, with its amount."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from braid.access import audit
from braid.access.policy import Action, Actor, Information
from braid.access.queries import require
from braid.facts import queries as frozen
from braid.funding import engine, pseudonyms, queries, rules
from braid.funding.choices import ClaimState
from braid.funding.commands.claims import new_edition
from braid.funding.commands.running import beside_of
from braid.funding.models import Claim, ClaimEntry
from braid.funding.told import WHY_NOT
from braid.kernel.errors import InputFault
from braid.method.contracts.documents import line_document

STATISTICAL = (Information.STATISTICAL,)


@transaction.atomic
def declare_gap(*, actor: Actor, claim: Claim, text: str, today: date) -> Claim:
    """Say why evidence of a draft is missing; a second person then releases it.

    The line is computed anew on its frozen facts as if none were asked for, so that its
    amount is that of the contract. Raises Refused, InputFault.
    """
    claim = queries.locked(claim)
    require(actor, Action.CLAIM, claim.subject())
    if claim.state != ClaimState.DRAFT or claim.reasons != ["evidence_missing"]:
        raise InputFault(
            _(
                "Nothing but missing evidence can be accounted for, and only in a draft."
            ),
            reason="no_gap",
        )
    if not text.strip():
        raise InputFault(str(WHY_NOT["no_words"]), field="text", reason="no_words")
    document = _computed(claim)
    amounts = {
        name: None if document[name] is None else Decimal(document[name])
        for name in ("amount", "net", "vat")
    }
    claim.is_live = False
    claim.save(update_fields=["is_live"])
    made = new_edition(actor, claim, document=document, **amounts)
    ClaimEntry.objects.create(
        claim=made,
        number=1,
        state=ClaimState.DRAFT,
        day=today,
        reason="evidence_missing",
        text=text.strip(),
        side="claims",
        written_by_id=actor.id,
    )
    audit.record(actor, "claim_gap_declared", made, information=STATISTICAL)
    return made


def _computed(claim: Claim) -> dict[str, Any]:
    """Return the line of a claim as if its milestone asked for no evidence."""
    run = claim.run
    if run is None or run.snapshot is None:
        raise InputFault(str(WHY_NOT["not_frozen"]), reason="not_frozen")
    settled = engine.without_evidence(engine.terms(claim.agreement), claim.milestone)
    with frozen.opened(run.snapshot) as known:
        found = engine.evaluated(
            known, claim.agreement, settled, run.as_of, beside_of(run)
        )
    names = pseudonyms.known(claim.contract)
    for line in found.lines:
        document = names.hide(line_document(line))
        same = (document["event_key"], document["kind"])
        if same == (claim.event_key, claim.kind):
            document["flags"] = [*document["flags"], rules.GAP]
            document["evidence"] = claim.document["evidence"]
            return document
    raise InputFault(str(WHY_NOT["facts_changed"]), reason="facts_changed")
