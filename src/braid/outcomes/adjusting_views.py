"""Two sides with other things held equal: asked for on one page, found by a worker."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from braid.access import audit
from braid.access.policy import Information
from braid.access.queries import teams_named
from braid.facts.presenters import as_of_text
from braid.outcomes import adjusted, adjusting, comparing, scopes
from braid.outcomes.comparing_views import sides, wished
from braid.outcomes.presenters import adjustments
from braid.outcomes.tasks import Answer, adjusted_answer
from braid.outcomes.views import actor_of
from braid.web.presenters import Action as Button


@require_GET
def adjusted_sides(request: HttpRequest, scope: str) -> HttpResponse:
    """The hazard ratio of two sides, others held equal; a fragment while it is found."""
    actor = actor_of(request)
    of = scopes.scope(actor, scope)
    day = of.known_on(timezone.localdate())
    periods, choices = comparing.offered(actor, of, day)
    named = sides(of, periods, choices)
    wish = wished(request, named, [one.period for one in periods])
    equal = adjusting.equal_keys(request.GET.getlist("equal"), wish.by)
    asked = adjusting.adjustment(of, wish, equal, day)
    if asked is None or not adjusting.may_ask(actor, of, wish):
        raise Http404
    answer = Answer("refused", reason="extra_missing")
    if adjusted.is_available():
        answer = adjusted_answer(actor, asked)
    if answer.state == "done":
        for unit in teams_named(asked.units):
            audit.record(
                actor, "figures_opened", unit, information=(Information.STATISTICAL,)
            )
    labels = dict(named[wish.by])
    names = (labels[wish.one], labels[wish.other])
    context: dict[str, Any] = {
        "title": _("Other things held equal"),
        "crumbs": [Button(_("Side by side"), adjusting.compare_url(of, wish))],
        "scope": of,
        "names": names,
        "as_of": as_of_text(day),
        "url": request.get_full_path(),
        "answer": answer,
        "found": adjustments.told(answer, names, equal),
        **adjusting.offer(actor, of, wish, choices, equal),
    }
    is_part = request.htmx  # type: ignore[attr-defined]
    name = "adjusted_part" if is_part else "adjusted"
    return render(request, f"outcomes/{name}.html", context)
