"""What stands beside scores: an earlier one that was wrong, a band that is stated."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from braid.fidelity import commands, queries
from braid.fidelity.models import Review
from braid.fidelity.rating.forms import CorrectionForm, StatedBandForm
from braid.fidelity.rating.reading import compared
from braid.fidelity.rating.words import pack_of
from braid.web.days import day_text
from braid.web.pages import form_page


def _earlier(review: Review) -> dict[str, str]:
    return {
        str(one.pk): _("review of %(day)s") % {"day": day_text(one.facts_on)}
        for one in queries.earlier_reviews(review)
    }


@require_http_methods(["GET", "POST"])
def correction(request: HttpRequest, key: UUID) -> HttpResponse:
    """Say that a score of an earlier review was wrong."""
    found = compared(request, key)
    pack = pack_of(found.review)
    items = {
        item.no: f"{item.no}. {pack.items[item.no].title}" for item in found.scale.items
    }
    known = _earlier(found.review)
    form = CorrectionForm(
        request.POST if request.method == "POST" else None, earlier=known, items=items
    )

    def save(given: dict[str, Any]) -> object:
        earlier = {str(one.pk): one for one in queries.earlier_reviews(found.review)}
        return commands.correct(
            actor=found.actor,
            review=found.review,
            earlier=earlier[given["earlier"]],
            item=int(given["item"]),
            text=given["text"],
        )

    lead = _(
        "The manual asks that an earlier error is said in the report and that the item is "
        "scored correctly now. The earlier score stays as it was and is marked."
    )
    nothing = _("There is no earlier final review of this service by the same scale.")
    return form_page(
        request,
        form,
        save,
        title=_("An earlier score was wrong"),
        lead=lead if known else nothing,
        done=_("Marked in the earlier review and said in this one."),
        to=reverse("fidelity:consensus", args=[key]),
    )


@require_http_methods(["GET", "POST"])
def stated_band(request: HttpRequest, key: UUID) -> HttpResponse:
    """Note the band that the service or a report states."""
    found = compared(request, key)
    words = pack_of(found.review)
    form = StatedBandForm(
        request.POST if request.method == "POST" else None,
        review=found.review,
        bands=words.bands,
    )
    return form_page(
        request,
        form,
        lambda given: commands.state_band(
            actor=found.actor,
            review=found.review,
            band=given["band"],
            row_version=given["row_version"],
        ),
        title=_("A band that somebody states"),
        lead=_(
            "It stands beside the band that the scores give, and never in its place."
        ),
        done=_("Noted."),
        to=reverse("fidelity:consensus", args=[key]),
    )
