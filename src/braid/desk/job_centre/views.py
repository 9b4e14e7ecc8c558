"""Pages of the job centre's room: the people of the office, and one of them."""

from collections.abc import Mapping
from itertools import groupby
from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from braid.access import audit
from braid.access import queries as access
from braid.access.policy import Action, Actor, Information, decide
from braid.access.presenters.withheld import withheld_lines
from braid.access.sight import Sight, decides_on_benefits, heaviest, sights
from braid.desk.job_centre import lines
from braid.documents import queries as documents
from braid.people import sight as people
from braid.people.sight import Known
from braid.teamwork.presenters.proposals import proposal_lines
from braid.teamwork.queries import proposals

PAGE = 50
PERSON = (*lines.SHOWN, Information.WORK_GOALS)


def _actor(request: HttpRequest) -> Actor:
    """Return the actor; only a job centre has this room."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    access.require_anywhere(actor, Action.READ, Information.IDENTITY)
    if not decides_on_benefits(actor):
        raise Http404
    return actor


@require_GET
def listed(request: HttpRequest) -> HttpResponse:
    """The people of the office whom consent or duty lets it know: one line each."""
    actor, day = _actor(request), timezone.localdate()
    pages = Paginator(people.known_from_outside(actor), PAGE)
    page = pages.get_page(request.GET.get("page"))
    found = [people.Known(*row) for row in page.object_list]
    by_holder = sorted(found, key=lambda one: one.organisation_id)
    for holder, held in groupby(by_holder, lambda one: one.organisation_id):
        keys = [one.id for one in held]
        audit.record_list(actor, "job_centre_opened", keys, lines.SHOWN, holder=holder)
    desk = lines.desk_of(actor, [one.id for one in found], day)
    context = {
        "title": _("Job-centre room"),
        "lines": lines.lines(found, desk),
        "page": page,
        "current_year": day.year,
    }
    return render(request, "desk/job_centre/list.html", context)


@require_GET
def person(request: HttpRequest, applicant_id: UUID) -> HttpResponse:
    """One person: what a decision needs, each class as far as it is shared."""
    actor, day = _actor(request), timezone.localdate()
    known = people.known(actor, applicant_id)
    about = people.circumstances([known], day)[known.id]
    seen = sights(actor, about)
    _record(actor, known, seen)
    desk = lines.desk_of(actor, [known.id], day)
    course, jobs = desk.courses.get(known.id), desk.jobs.get(known.id, [])
    next_on, hours = desk.next_on.get(known.id), lines.hours_words(jobs)
    whom = people.whom_to_ask(applicant_id)
    context: dict[str, Any] = {
        "title": known.name,
        "person": known,
        "whom": whom,
        "reads": {one.value: seen[one].decision.allowed for one in PERSON},
        "course": course,
        "status": lines.status_words(course, jobs),
        "next_on": next_on,
        "jobs": [(job, lines.kind_words(job.placement)) for job in jobs],
        "hours": hours,
        "payers": desk.payers.get(known.id, ()),
        "asked": desk.asked.get(known.id, ()),
        "needed": desk.needed(known.id),
        "documents": list(documents.documents_of(actor, known.id)[:PAGE]),
        "ask_url": _ask_url(known.id),
        "note": lines.note(actor.country, known, course, next_on, hours),
        **_proposed(actor, known, course, about.subject(Information.WORK_GOALS)),
        "withheld": withheld_lines(
            actor, {one: seen[one] for one in PERSON[1:]}, whom.words
        ),
        "current_year": day.year,
    }
    return render(request, "desk/job_centre/person.html", context)


def _proposed(actor: Actor, known: Known, course: Any, goals: Any) -> Mapping[str, Any]:
    """Return what was proposed instead of a job, and where to note one more."""
    may_add = decide(actor, Action.TAKE_PART, goals).allowed
    found = proposals.proposals_about(actor, known.id)
    return {
        "proposals": proposal_lines(found),
        "episode_id": course.episode_id if course is not None and may_add else None,
    }


def _ask_url(applicant_id: UUID) -> str:
    """Return where a question about the person is asked of the unit."""
    address = reverse("teamwork:question_new")
    return f"{address}?person={applicant_id}&of=ips_provider"


def _record(actor: Actor, known: Known, seen: Mapping[Information, Sight]) -> None:
    """Record the opening: whose record, which classes, on what ground, by which consent."""
    shown = {one: seen[one] for one in PERSON if seen[one].decision.allowed}
    numbers = [one.agreement.number for one in shown.values() if one.agreement]
    audit.record(
        actor,
        "job_centre_person_opened",
        applicant=known.id,
        holder=known.organisation_id,
        information=shown,
        ground=heaviest({one.decision.reason for one in shown.values()}),
        consent_number=max(numbers, default=None),
    )
