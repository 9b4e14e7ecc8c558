"""What a claim still needs: on one episode, and for a caseload in the coming weeks."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from braid.access import audit
from braid.access import queries as access
from braid.access.policy import Action, Actor, Ground, Information
from braid.funding.preview import presenters, queries
from braid.people import queries as people
from braid.people.queries.refs import known_names

SHOWN = (Information.IDENTITY, Information.JOBS, Information.ATTENDANCE)


def _actor(request: HttpRequest) -> Actor:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    access.require_anywhere(actor, Action.RECORD, Information.JOBS)
    return actor


@require_GET
def episode(request: HttpRequest, episode_id: UUID) -> HttpResponse:
    """What every funder of an episode still asks for: as a page, or within another."""
    actor = _actor(request)
    of = people.episode(actor, episode_id)
    today = timezone.localdate()
    audit.record(
        actor,
        "claims_ahead_opened",
        of,
        applicant=of.applicant_id,
        information=SHOWN,
        ground=Ground.OWN_CARE,
    )
    found = queries.of_episode(actor, of, today)
    context = {
        "title": _("What funders still ask for"),
        "person": of.applicant,
        "episode": of,
        "lines": presenters.lines(found, today),
    }
    name = "lines" if request.htmx else "episode"  # type: ignore[attr-defined]
    return render(request, f"funding/preview/{name}.html", context)


@require_GET
def caseload(request: HttpRequest) -> HttpResponse:
    """What is missing for claims of one's own caseload in the coming weeks."""
    actor = _actor(request)
    today = timezone.localdate()
    found = [
        one
        for unit in access.units(actor, Action.RECORD, Information.JOBS)
        for one in queries.of_caseload(actor, unit, today)
    ]
    names = known_names(actor, queries.episodes_in(found))
    shown = [one for one in found if UUID(one.episode) in names]
    audit.record_list(
        actor,
        "claims_ahead_listed",
        [names[UUID(one.episode)][0] for one in shown],
        SHOWN,
        ground=Ground.OWN_CARE,
    )
    context = {
        "title": _("What funders still ask for"),
        "weeks": queries.WEEKS,
        "lines": presenters.lines(shown, today, names),
    }
    return render(request, "funding/preview/caseload.html", context)
