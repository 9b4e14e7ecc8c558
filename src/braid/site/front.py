"""The first address of the site: it leads everybody to their first question."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET

from braid.access.middleware import open_page
from braid.access.policy import Action, Actor, Information, may
from braid.access.seating import tables
from braid.access.sight import (
    decides_on_benefits,
    reads_from_outside,
    reviews_services,
)
from braid.site.demo import mark


@open_page
@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """Redirect to the page that answers the actor's first question, or to sign-in."""
    actor: Actor | None = request.actor  # type: ignore[attr-defined]
    if actor is None:
        return redirect("demo:cards" if mark.read() else "desk:today")
    reads = may(actor, Action.RECORD, Information.ATTENDANCE)
    if reads and may(actor, Action.OVERSEE, Information.STATISTICAL):
        return redirect("desk:unit")
    if reads:
        return redirect("desk:today")
    if may(actor, Action.REVIEW_ACCESS):
        return redirect("desk:stewardship")
    if may(actor, Action.ASK, Information.IDENTITY):
        return redirect("desk:own_home")
    if may(actor, Action.CONFIRM, Information.BENEFITS) and actor.teams:
        return redirect("benefits:home")
    if decides_on_benefits(actor):
        return redirect("desk:job_centre")
    for table in tables(actor) if actor.teams else ():
        return redirect("desk:team_meetings", table.team.pk)
    if reads_from_outside(actor):
        return redirect("desk:shared")
    if reviews_services(actor):
        return redirect("fidelity:all_reviews")
    if may(actor, Action.PAY):
        return redirect("funding:room")
    if may(actor, Action.READ, Information.STATISTICAL):
        return redirect("integration:home")  # who manages a clinic reads figures alone
    if may(actor, Action.MANAGE_MEMBERS):
        return redirect("access:members")
    return redirect("access:no_page")
