"""How large the body of a request may be, view by view; more is refused unread."""

from collections.abc import Callable
from typing import Any, TypeVar

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

View = TypeVar("View", bound=Callable[..., Any])
ATTRIBUTE = "body_limit"


def body_limit(most: int) -> Callable[[View], View]:
    """Let a view take bodies of up to `most` bytes, because it takes files."""

    def marked(view: View) -> View:
        setattr(view, ATTRIBUTE, most)
        return view

    return marked


class BodyLimitMiddleware:
    """Refuse a body that is larger than its view takes, before any of it is read.

    It stands before the token of forms is looked for, which would read the body.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: Any, kwargs: Any
    ) -> HttpResponse | None:
        most = getattr(view, ATTRIBUTE, settings.DATA_UPLOAD_MAX_MEMORY_SIZE)
        try:
            length = int(request.headers.get("Content-Length") or 0)
        except ValueError:
            return render(request, "400.html", status=400)
        if length > most:
            return render(request, "413.html", status=413)
        return None
