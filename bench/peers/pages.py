"""Pages as plain Django has them: the ORM and a template, no rules and no audit."""

from collections.abc import Iterator
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Max, Prefetch, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from braid.benefits.models import Counselling
from braid.people.models import (
    CaseloadSpell,
    Episode,
    Handover,
    ProfileUpdate,
    SearchPlan,
    StepDownPlan,
    TreatmentSpell,
)
from braid.people.queries import OPEN_STATES
from braid.work.models import (
    Application,
    Contact,
    DisclosureDecision,
    EmployerContact,
    Job,
    JobEndReview,
)

PEER = "a peer of the benchmarks, which has no rules"
ROWS = 50


def empty(request: HttpRequest) -> HttpResponse:
    """Answer nothing: what is left is Django, the middleware and the sign-in."""
    return HttpResponse()


def caseload(request: HttpRequest) -> HttpResponse:
    """List the people of `unit`, or of `specialist`, with job and last contact."""
    holding = CaseloadSpell.objects.system(PEER).filter(last_day__isnull=True)
    treating = TreatmentSpell.objects.system(PEER).filter(last_day__isnull=True)
    today = timezone.localdate()
    running = Q(last_day__isnull=True) | Q(last_day__gte=today)
    jobs = Job.objects.system(PEER).filter(running, first_day__lte=today)
    episodes = Episode.objects.system(PEER).filter(state__in=OPEN_STATES)
    if specialist := request.GET.get("specialist"):
        episodes = episodes.filter(
            caseload__specialist=specialist, caseload__last_day__isnull=True
        )
    if unit := request.GET.get("unit"):
        episodes = episodes.filter(unit=unit)
    listed = (
        episodes.select_related("applicant")
        .prefetch_related(
            Prefetch("caseload", holding.select_related("specialist")),
            Prefetch("treatment", treating.select_related("team")),
            Prefetch("jobs", jobs.select_related("employer")),
        )
        .annotate(
            last_contact_on=Max("contacts__day", filter=Q(contacts__attended=True))
        )
        .order_by("applicant__given_name", "applicant__family_name", "pk")[:ROWS]
    )
    rows = [{"episode": one, "days": _since(one, today)} for one in listed]
    return render(request, "bench/caseload.html", {"rows": rows})


def _since(episode: Any, today: date) -> int | None:
    last: date | None = episode.last_contact_on
    return (today - last).days if last else None


def person(request: HttpRequest, applicant_id: UUID) -> HttpResponse:
    """Show a person with all contacts, each asking for its names anew."""
    episode = (
        Episode.objects.system(PEER).filter(applicant_id=applicant_id).latest("pk")
    )
    contacts = Contact.objects.system(PEER).filter(episode=episode)
    visits = EmployerContact.objects.system(PEER).filter(episode=episode)
    context = {
        "person": episode.applicant,
        "episode": episode,
        "jobs": Job.objects.system(PEER).filter(episode=episode),
        "contacts": contacts.order_by("-day"),
        "visits": visits.order_by("-day"),
        "talks": sorted(_talks(episode), reverse=True),
    }
    return render(request, "bench/person.html", context)


def _talks(episode: Any) -> Iterator[date]:
    """Yield the days of what was agreed, sent and looked back at, a query a kind."""
    of = {"episode": episode}
    for model, day, whose in (
        (SearchPlan, "agreed_on", of),
        (StepDownPlan, "agreed_on", of),
        (Handover, "day", of),
        (ProfileUpdate, "day", {"applicant": episode.applicant}),
        (DisclosureDecision, "discussed_on", of),
        (Application, "day", of),
        (JobEndReview, "day", {"job__episode": episode}),
        (Counselling, "done_on", of),
    ):
        rows: Any = model._default_manager
        for row in rows.system(PEER).filter(**whose, **{f"{day}__isnull": False}):
            yield getattr(row, day)
