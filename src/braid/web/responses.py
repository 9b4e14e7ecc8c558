"""Answers that work for a plain page and for the dialog alike."""

from urllib.parse import urldefrag

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django_htmx.http import HttpResponseClientRedirect

DIALOG_TARGET = "dialog-body"


def is_for_dialog(request: HttpRequest) -> bool:
    """Say whether the answer will be shown inside the dialog of the open page."""
    return request.headers.get("HX-Target") == DIALOG_TARGET


def go(request: HttpRequest, url: str) -> HttpResponse:
    """Send the browser to `url`, also when htmx made the request.

    htmx follows an ordinary redirect itself and would put the whole page into the
    dialog; it needs to be told to leave. On the page where the browser stands, an
    address that names a part of it would load nothing: that name is left out.
    """
    if request.headers.get("HX-Request") == "true":
        return HttpResponseClientRedirect(urldefrag(url).url)
    return HttpResponseRedirect(url)


def mark_saved(request: HttpRequest) -> None:
    """Say of an answer that leads nowhere else that the form was saved all the same."""
    request.is_saved = True  # type: ignore[attr-defined]


def leads_to(request: HttpRequest, response: HttpResponse) -> str | None:
    """Return where an answer to a form that was saved leads; None where it was not.

    Empty stands for an answer that is a page of its own.
    """
    where: str | None = response.headers.get("HX-Redirect")
    if where is None and 300 <= response.status_code < 400:
        where = response.headers.get("Location")
    if where is None and getattr(request, "is_saved", False):
        return ""
    return where
