"""The steward's page of blocks: which somebody asks to set aside, in words without names."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from braid.access import audit, blocks
from braid.access.policy import Actor


@require_GET
def set_asides(request: HttpRequest) -> HttpResponse:
    """Every block of the organisation, those that somebody asks to set aside first."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    kept = blocks.of_organisation(actor, timezone.now())
    audit.record(actor, "set_asides_opened", count=len(kept))
    kept.sort(key=lambda block: not block.asked)  # type: ignore[attr-defined]
    context = {
        "title": _("Blocks"),
        "sub": _(
            "To these persons an applicant does not exist. No applicant is named."
        ),
        "blocks": kept,
        "me": actor.id,
        "may_set_aside": True,
        "current_year": timezone.localdate().year,
    }
    return render(request, "desk/stewardship/set_asides.html", context)
