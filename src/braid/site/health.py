"""Whether the process lives and whether it can answer; for whoever watches it."""

from django.db import connection
from django.db.utils import DatabaseError
from django.http import HttpRequest, HttpResponse

from braid.access.middleware import open_page


@open_page
def healthz(request: HttpRequest) -> HttpResponse:
    return HttpResponse("ok", content_type="text/plain")


@open_page
def readyz(request: HttpRequest) -> HttpResponse:
    """Answer 200 when the database answers, else 503."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return HttpResponse("no database", content_type="text/plain", status=503)
    return HttpResponse("ok", content_type="text/plain")
