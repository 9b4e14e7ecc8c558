"""Who can see what of one person, and who reads what is being written."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from braid.access import audience as readers
from braid.access import audit
from braid.access import queries as access
from braid.access.audience import Party
from braid.access.choices import InformationChoice
from braid.access.policy import Action, Actor, Ground, Information, decide, may
from braid.access.presenters import audience as words
from braid.access.sight import Circumstances
from braid.documents import queries as documents
from braid.people import queries as people_queries
from braid.people import sight as people
from braid.people.choices import NoteKind
from braid.people.sight import Known
from braid.work import queries as work

# What each form of the Log writes; a note says it by its kind.
WRITES = {
    "contact": Information.CONVERSATION,
    "employer": Information.WORK_GOALS,
    "job-start": Information.JOBS,
    "job-end": Information.JOBS,
}


def _known(request: HttpRequest, applicant_id: UUID) -> Known:
    """Return the person, for those who may share the record: its unit, and its owner."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    access.require_anywhere(actor, Action.SHARE, Information.IDENTITY)
    return people.known(actor, applicant_id, Action.SHARE)


def _parties(known: Known) -> tuple[Circumstances, list[Party]]:
    now = timezone.now()
    about = people.circumstances([known], timezone.localdate(now))[known.id]
    return about, readers.parties(about, now)


def who_sees_page(
    request: HttpRequest, applicant_id: UUID, template: str, title: str
) -> HttpResponse:
    """Answer with the whole page, or with its lines alone for a page that holds them."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    known = _known(request, applicant_id)
    about, found = _parties(known)
    context: dict[str, Any] = {
        "title": title,
        "person": known,
        "lines": words.party_lines(found),
        "nothing": words.seeing_nothing(found),
        "unread": words.classes(readers.unread_outside(found, about)),
        "never": words.never_words(),
        "current_year": about.day.year,
    }
    if request.htmx:  # type: ignore[attr-defined]
        return render(request, "desk/shared/who_sees_lines.html", context)
    is_own = actor.own == applicant_id
    audit.record(
        actor,
        "who_sees_opened",
        applicant=applicant_id,
        information=(Information.IDENTITY,),
        ground=Ground.OWN_RECORD if is_own else Ground.OWN_CARE,
    )
    context["classes"] = words.class_lines(found)
    return render(request, template, context)


@require_GET
def who_sees(request: HttpRequest, applicant_id: UUID) -> HttpResponse:
    """Who can see what of one person, in plain words; for the unit."""
    title = _("Who can see what")
    return who_sees_page(request, applicant_id, "desk/shared/who_sees.html", title)


@require_GET
def audience(
    request: HttpRequest, applicant_id: UUID, information: str
) -> HttpResponse:
    """Who sees one class of what is kept about a person; also for whoever writes it."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    shares = may(actor, Action.SHARE, Information.IDENTITY)
    if information not in set(Information) - {Information.STATISTICAL}:
        raise Http404
    asked = Information(information)
    if not shares:
        access.require_anywhere(actor, Action.RECORD, asked)
    known = people.known(actor, applicant_id, Action.SHARE if shares else Action.READ)
    about, found = _parties(known)
    if not shares and not decide(actor, Action.RECORD, about.subject(asked)).allowed:
        raise Http404
    context = {
        "title": _("Who sees this?"),
        "what": InformationChoice(asked).label,
        "is_attendance": asked == Information.ATTENDANCE,
        "is_benefits": asked == Information.BENEFITS,
        "sees_whole": shares,
        "person": known,
        "lines": words.audience_lines(found, asked),
        "current_year": timezone.localdate().year,
    }
    return render(request, _template(request), context)


@require_GET
def log_audience(request: HttpRequest) -> HttpResponse:
    """Who will read what is being logged: by the person, the form, and a note's kind."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    access.require_anywhere(actor, Action.RECORD, Information.ATTENDANCE)
    asked = _written(request)
    applicant_id = _about_whom(request, actor)
    context: dict[str, Any] = {"title": _("Who reads this?"), "lines": []}
    if applicant_id is not None:
        known = people.known(actor, applicant_id, Action.SHARE)
        _about, found = _parties(known)
        context |= {
            "what": InformationChoice(asked).label,
            "is_attendance": asked == Information.ATTENDANCE,
            "sees_whole": True,
            "person": known,
            "lines": words.audience_lines(found, asked),
            "current_year": timezone.localdate().year,
        }
    return render(request, _template(request), context)


@require_GET
def document_audience(request: HttpRequest, applicant_id: UUID) -> HttpResponse:
    """Who will read a document that is being brought: by its kind, as chosen so far."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    known = _known(request, applicant_id)
    kinds = dict(documents.kinds_to_add(actor))
    chosen = request.GET.get("kind", "")
    asked = Information(chosen if chosen in kinds else next(iter(kinds)))
    _about, found = _parties(known)
    context = {
        "title": _("Who reads this?"),
        "what": InformationChoice(asked).label,
        "is_attendance": asked == Information.ATTENDANCE,
        "is_benefits": asked == Information.BENEFITS,
        "sees_whole": True,
        "person": known,
        "lines": words.audience_lines(found, asked),
        "current_year": timezone.localdate().year,
    }
    return render(request, _template(request), context)


def _template(request: HttpRequest) -> str:
    is_part = bool(request.htmx) and request.htmx.target is None  # type: ignore[attr-defined]
    return "desk/shared/read_by.html" if is_part else "desk/shared/audience.html"


def _written(request: HttpRequest) -> Information:
    kind = request.GET.get("kind", "")
    if kind in NoteKind.values:
        return Information(kind)
    return WRITES.get(request.GET.get("form", ""), Information.CONVERSATION)


def _about_whom(request: HttpRequest, actor: Actor) -> UUID | None:
    """Return the applicant of the episode or job that the form has chosen."""
    episode, job = _key(request, "person"), _key(request, "job")
    if episode is not None:
        return people_queries.episode(actor, episode).applicant_id
    if job is not None:
        return work.job(actor, job).episode.applicant_id
    return None


def _key(request: HttpRequest, name: str) -> UUID | None:
    try:
        return UUID(request.GET.get(name, ""))
    except ValueError:
        return None
