"""Keeping what somebody types, and throwing it away."""

import json
from collections import defaultdict
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from braid.access import drafts, sending
from braid.kernel.errors import InputFault
from braid.web.memory import KEY
from braid.web.responses import go

# The token and the key are of the page, not of what was typed.
NOT_TYPED = {"csrfmiddlewaretoken", KEY}
NOTHING, TOO_MUCH, WRONG = 204, 413, 400


@require_POST
def keep(request: HttpRequest) -> HttpResponse:
    """Keep what is typed into a form; a form that was sent meanwhile keeps nothing."""
    fields = _typed(request.POST.get("fields", ""))
    if fields is None:
        return HttpResponse(status=WRONG)
    actor: Any = request.actor  # type: ignore[attr-defined]
    try:
        key = UUID(request.POST.get(KEY, ""))
    except ValueError:
        return HttpResponse(status=WRONG)
    if sending.is_sent(key, actor.id):
        return HttpResponse(status=NOTHING)
    form = request.POST.get("form", "")
    try:
        drafts.keep(actor, form=form, fields=fields, now=timezone.now())
    except InputFault:
        return HttpResponse(status=TOO_MUCH)
    return HttpResponse(status=NOTHING)


@require_POST
def throw_away(request: HttpRequest) -> HttpResponse:
    """Throw away what was begun in a form, and show the form again."""
    form = request.POST.get("form", "")
    actor: Any = request.actor  # type: ignore[attr-defined]
    drafts.forget(actor.id, form)
    if request.headers.get("HX-Request") == "true":
        return HttpResponse()
    if not url_has_allowed_host_and_scheme(form, allowed_hosts=None):
        form = "/"
    return go(request, form)


def _typed(text: str) -> dict[str, list[str]] | None:
    """Return the fields of a form from pairs of names and values; None for other text."""
    try:
        pairs = json.loads(text)
        found: defaultdict[str, list[str]] = defaultdict(list)
        for name, value in pairs:
            if not isinstance(name, str) or not isinstance(value, str):
                return None
            if name not in NOT_TYPED:
                found[name].append(value)
    except (ValueError, TypeError, RecursionError):
        return None
    return dict(found)
