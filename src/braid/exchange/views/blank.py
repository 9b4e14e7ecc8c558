"""A workbook to begin with, for services that keep nothing yet."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from braid.exchange import queries
from braid.exchange.views.opened import importer

WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_GET
def blank(request: HttpRequest) -> HttpResponse:
    """Hand out the blank workbook of a country, else of the unit's own."""
    from braid.exchange.blank import blank_workbook  # loads openpyxl

    actor = importer(request)
    country = request.GET.get("country") or queries.country(actor)
    made = blank_workbook(country)
    response = HttpResponse(made.data, content_type=WORKBOOK)
    response["Content-Disposition"] = f'attachment; filename="{made.name}"'
    return response
