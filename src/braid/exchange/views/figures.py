"""The first figures of an import: a fragment of its preview, and a page of its own."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from braid.exchange.figures import possible, shown
from braid.exchange.views.opened import planned
from braid.exchange.views.steps import step_context, where_it_is


@require_GET
@where_it_is
def figures(request: HttpRequest, batch_id: UUID) -> HttpResponse:
    """Show what the service would see once this is saved, and what it lacks."""
    _actor, batch, preview = planned(request, batch_id)
    context = step_context(batch, preview, "preview", _("Your first figures"))
    if kept := preview.get("figures"):  # none in a preview made by an earlier Braid
        context |= {
            "figures": shown.figure_views(kept),
            "quarters": shown.quarter_views(kept),
            "picture": shown.picture_of(kept),
            "ahead": possible.steps_ahead(batch, preview),
            "as_of": shown.as_of(kept),
        }
    is_part = bool(request.headers.get("HX-Request"))
    name = "exchange/figures_part.html" if is_part else "exchange/figures.html"
    return render(request, name, context)
