"""A piece of evidence under a pseudonym: its digest, and whether it still holds."""

from __future__ import annotations

import hashlib
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from braid.access import audit
from braid.access.policy import Information
from braid.funding import checks, queries
from braid.funding.choices import Checked
from braid.funding.claims import presenters
from braid.funding.claims.asking import actor_of_money
from braid.funding.claims.forms import CheckForm
from braid.funding.models import ClaimEvidence
from braid.web.days import day_text
from braid.work import queries as work


@require_http_methods(["GET", "POST"])
def evidence(request: HttpRequest, token: str) -> HttpResponse:
    """Say whether the document that is held is the one that was claimed with.

    The document itself is not shown. A file or digest that the reader was given is held
    against it, and not kept.
    """
    actor = actor_of_money(request)
    found = queries.evidence(actor, token)
    held = checked(found)
    given = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form = CheckForm(*given)
    matches: bool | None = None
    if form.is_bound and form.is_valid():
        matches = _matches(found, form.cleaned_data)
    changed = checks.changed([found.claim])[found.claim_id]
    hides = "consent_withdrawn" in changed and not queries.may_prepare(actor)
    audit.record(
        actor, "evidence_checked", found, information=(Information.STATISTICAL,)
    )
    kind = f"{found.kind}:{found.label}" if found.label else found.kind
    context: dict[str, Any] = {
        "title": presenters.evidence_text(kind),
        "evidence": found,
        "held": held.label,
        "days": "" if hides else _days(found),
        "received": ""
        if hides or not found.received_on
        else day_text(found.received_on),
        "hides": hides,
        "form": form,
        "matches": matches,
        "crumbs": [
            {
                "label": _("Claim %(number)s") % {"number": found.claim.number},
                "url": reverse("funding:claim", args=[found.claim_id]),
            }
        ],
    }
    return render(request, "funding/claims/evidence.html", context)


def checked(found: ClaimEvidence) -> Checked:
    """Return what a look at the document that is held now comes to."""
    if found.evidence_id is None:
        return Checked.GONE
    row = work.by_keys([found.evidence_id]).get(found.evidence_id)
    if row is None:
        return Checked.GONE
    if row.is_sighted:
        same = row.sha256 == found.sha256
        return Checked.SIGHTED if same else Checked.OTHER
    held = work.digest_held(found.evidence_id)
    if held is None:
        return Checked.GONE
    return Checked.SAME if held == found.sha256 else Checked.OTHER


def _matches(found: ClaimEvidence, given: dict[str, Any]) -> bool | None:
    if given["file"]:
        digest = hashlib.sha256()
        for piece in given["file"].chunks():
            digest.update(piece)
        return digest.hexdigest() == found.sha256
    typed = given["sha256"].strip().lower()
    return typed == found.sha256 if typed else None


def _days(found: ClaimEvidence) -> str:
    if not found.period_first:
        return ""
    last = day_text(found.period_last) if found.period_last else _("open")
    return f"{day_text(found.period_first)} – {last}"
