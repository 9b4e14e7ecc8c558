"""Headers of every answer: pages, files, redirects and errors alike.

It stands outermost, so that no answer leaves without them; what a view or an inner
layer said stays.
"""

from collections.abc import Callable
from typing import Any

from django.contrib.auth.signals import user_logged_out
from django.http import HttpRequest, HttpResponse

# Nothing that a page of ours could ask of the device; passkeys are ours to ask for.
DENIED = (
    "accelerometer",
    "autoplay",
    "browsing-topics",
    "camera",
    "display-capture",
    "encrypted-media",
    "fullscreen",
    "geolocation",
    "gyroscope",
    "hid",
    "idle-detection",
    "local-fonts",
    "magnetometer",
    "microphone",
    "midi",
    "payment",
    "picture-in-picture",
    "screen-wake-lock",
    "serial",
    "usb",
    "xr-spatial-tracking",
)
OURS = ("publickey-credentials-create", "publickey-credentials-get")
PERMISSIONS_POLICY = ", ".join(
    [*(f"{name}=()" for name in DENIED), *(f"{name}=(self)" for name in OURS)]
)
# What is no page runs nothing and sits in no frame: files, answers of a bare server.
NO_PAGE = (
    "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "Permissions-Policy": PERMISSIONS_POLICY,
    "Content-Security-Policy": NO_PAGE,
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Frame-Options": "DENY",
    "X-Permitted-Cross-Domain-Policies": "none",
    "X-Robots-Tag": "noindex, nofollow",
    "Cache-Control": "no-store",
}
SIGNED_OUT = '"cache", "storage"'


class HeadersMiddleware:
    """Put on every answer what it does not have yet."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        if getattr(request, "is_signed_out", False):
            response.headers["Clear-Site-Data"] = SIGNED_OUT
        return response


def remember_sign_out(request: HttpRequest | None, **_given: Any) -> None:
    """Let the answer to a sign-out empty what the browser keeps of this site."""
    if request is not None:
        request.is_signed_out = True  # type: ignore[attr-defined]


user_logged_out.connect(remember_sign_out)
