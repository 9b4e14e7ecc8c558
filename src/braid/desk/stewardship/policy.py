"""The policy page: who may see what, generated from the policy itself."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from braid.access import queries as access
from braid.access.policy import Action, Actor
from braid.access.presenters import policy as words


@require_GET
def policy(request: HttpRequest) -> HttpResponse:
    """Who may see and do what: the whole table, for stewards."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    access.require_anywhere(actor, Action.REVIEW_ACCESS)
    context = {
        "title": _("Who may see what"),
        "roles": words.roles(),
        "without": words.roles_without(),
        "reading": words.reading(),
        "acting": words.acting(),
        "grounds": words.grounds(),
        "purposes": words.purposes(),
        "limits": words.limits(),
        "duties": words.duties(actor.country, actor.day),
        "restricted": words.left_by_restriction(),
        "recorded": words.always_recorded(),
    }
    return render(request, "desk/stewardship/policy.html", context)
