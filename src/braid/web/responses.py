"""Answers that work for a plain page and for the dialog alike."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django_htmx.http import HttpResponseClientRedirect

DIALOG_TARGET = "dialog-body"


def is_for_dialog(request: HttpRequest) -> bool:
    """Say whether the answer will be shown inside the dialog of the open page."""
    return request.headers.get("HX-Target") == DIALOG_TARGET


def go(request: HttpRequest, url: str) -> HttpResponse:
    """Send the browser to `url`, also when htmx made the request.

    htmx follows an ordinary redirect itself and would put the whole page into the
    dialog; it needs to be told to leave.
    """
    if request.headers.get("HX-Request") == "true":
        return HttpResponseClientRedirect(url)
    return HttpResponseRedirect(url)
