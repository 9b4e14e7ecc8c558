"""What a search for an occupation or an industry finds, for the field that asks."""

import re

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from braid.packs.occupations import PACKS
from braid.people.pickers import Picker

NAME = re.compile(r"[a-z_]{1,40}")


@require_GET
def classification(request: HttpRequest) -> HttpResponse:
    """The lines to tick below a search field: the titles are public, nobody is in them."""
    asked, name = request.GET.get("scheme", "occupation"), request.GET.get("name", "x")
    scheme = next((known for known in PACKS if known == asked), None)
    if scheme is None or not NAME.fullmatch(name):
        raise Http404
    widget = Picker(
        scheme,
        many="many" in request.GET,
        own_words="own" in request.GET,
    )
    sent = widget.value_from_datadict(request.GET, {}, name)
    context = widget.get_context(name, sent, {"id": f"id_{name}"})
    return render(request, "people/picker_options.html", context)
