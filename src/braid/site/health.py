"""Whether the process lives and whether it can answer; for whoever watches it."""

from django.db import connection
from django.db.utils import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from braid.access.middleware import open_page
from braid.site.well_known import PLAIN


@open_page
@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    return HttpResponse("ok", content_type=PLAIN)


@open_page
@require_safe
def readyz(request: HttpRequest) -> HttpResponse:
    """Answer 200 when the database answers, else 503."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return HttpResponse("no database", content_type=PLAIN, status=503)
    return HttpResponse("ok", content_type=PLAIN)
