"""Headers of pages with personal data, and errors of the house as pages."""

import logging
from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from braid.access import audit, opening
from braid.access.audit import Unwritten
from braid.kernel.errors import Refused

RETRY = 60  # seconds after which a browser or program may ask again
logger = logging.getLogger(__name__)


class PersonalPagesMiddleware:
    """Keep pages of people out of every cache, and in the log; say so where refused."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if getattr(request, "actor", None) is not None:
            response = _written_down(request, response)
            response.headers.setdefault("Cache-Control", "no-store")
        return response

    def process_exception(
        self, request: HttpRequest, exception: Exception
    ) -> HttpResponse | None:
        if isinstance(exception, Http404):
            return _not_found(request)
        if isinstance(exception, Refused):
            return render(request, "403.html", status=403)
        if isinstance(exception, Unwritten):
            return _closed(request, exception)
        return None


def _written_down(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Return a page once the log says that it was opened; else nothing of it leaves."""
    try:
        opening.record(request, response)
    except Unwritten as unwritten:
        return _closed(request, unwritten)
    return response


def _not_found(request: HttpRequest) -> HttpResponse | None:
    """Record that somebody tried to open a person; there may be none, or not for them.

    Both cost the same, so that nobody can tell which it was.
    """
    actor = getattr(request, "actor", None)
    match = request.resolver_match
    applicant = match.kwargs.get("applicant_id") if match else None
    if actor is None or applicant is None:
        return None
    try:
        audit.record(actor, "not_found", applicant=applicant, outcome="absent")
    except Unwritten as unwritten:
        return _closed(request, unwritten)
    return None


def _closed(request: HttpRequest, exception: Unwritten) -> HttpResponse:
    """Return the page of a site that opens and saves nothing while its log is broken."""
    logger.error("%s", exception)
    response = render(request, "503.html", status=503)
    response.headers["Retry-After"] = str(RETRY)
    return response
