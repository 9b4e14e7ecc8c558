"""The search of one person: what is planned, what was sent, what is learned beside."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from braid.access import audit
from braid.access import queries as access
from braid.access.policy import Action, Actor, Information
from braid.people import queries as people
from braid.work import queries as work


@require_GET
def searching(request: HttpRequest, applicant_id: UUID) -> HttpResponse:
    """Applications, appointments and education of one person."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    access.require_anywhere(actor, Action.RECORD, Information.ATTENDANCE)
    episodes = people.episodes_of(actor, applicant_id)
    if not episodes:
        raise Http404
    day, latest = timezone.localdate(), episodes[0]
    ids = [episode.pk for episode in episodes]
    audit.record(
        actor,
        "search_opened",
        latest.applicant,
        applicant=applicant_id,
        information=(Information.WORK_GOALS, Information.ATTENDANCE, Information.JOBS),
        ground="own_care",
    )
    context = {
        "title": _("Search and learning"),
        "person": latest.applicant,
        "episode": latest,
        "episode_id": latest.pk,
        "search": work.person_search(actor, latest.pk, ids, day),
        "education": work.education_of(actor, ids),
        "today": day,
        "current_year": day.year,
    }
    return render(request, "desk/searching.html", context)
