"""Acts that need a fresh factor: whoever did not prove it lately is asked once more.

allauth keeps how and when somebody proved in this session who they are, and has the
pages that ask again. Here stands only what counts, and where somebody is led.
"""

import time
from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlsplit

from allauth.account.adapter import get_adapter
from allauth.account.authentication import get_authentication_records
from allauth.core.internal.httpkit import add_query_params
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from braid.kernel.errors import Refused
from braid.web.responses import go

MINUTES = 5
SINGLE_SIGN_ON = "single_sign_on"  # the organisation's provider has asked just now
View = Callable[..., HttpResponse]


def is_fresh(request: HttpRequest, minutes: int = MINUTES) -> bool:
    """Say whether the person proved with their strongest factor lately who they are.

    Who has a second factor proves it with that, everybody else with the password; a
    single sign-on counts where the provider itself asked just now. In the demo nobody
    has either, and everybody passes.
    """
    if settings.BRAID_DEMO_MARK.exists():
        return True
    ways, since = counted(request), time.time() - minutes * 60
    return any(
        record["method"] in ways and record["at"] >= since
        for record in get_authentication_records(request, request.user)
    )


def counted(request: HttpRequest) -> set[str]:
    """Return the ways of proving who one is that count for this person."""
    own = "mfa" if is_mfa_enabled(request.user) else "password"
    return {SINGLE_SIGN_ON, own}


def fresh_factor(view: View) -> View:
    """Let a view be reached only with a fresh factor.

    Otherwise the person is asked for it and comes back by GET. What was posted meanwhile
    is not done: the page it was posted from is shown again.
    """

    @wraps(view)
    def asked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if is_fresh(request):
            return view(request, *args, **kwargs)
        return ask(request)

    return asked


def ask(request: HttpRequest, back: str = "") -> HttpResponse:
    """Lead to the page that asks for a factor, and from there `back`.

    Raises Refused where the account has nothing that it could be asked for.
    """
    ways = get_adapter().get_reauthentication_methods(request.user)
    if not ways:
        raise Refused("no_factor")
    if request.method != "GET":
        messages.info(
            request, _("Confirm that it is you, then try again: nothing was done yet.")
        )
    back = back or _where_from(request)
    return go(request, add_query_params(ways[0]["url"], {"next": back}))


def _where_from(request: HttpRequest) -> str:
    """Return the page that is shown again: this one, or where a form was sent from."""
    came_from = request.headers.get("Referer", "")
    is_plain_post = request.method != "GET" and "HX-Request" not in request.headers
    if is_plain_post and url_has_allowed_host_and_scheme(
        came_from, {request.get_host()}
    ):
        parts = urlsplit(came_from)
        return f"{parts.path}?{parts.query}" if parts.query else parts.path
    return request.get_full_path()
