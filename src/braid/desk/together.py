"""What two sides do together, beside a page: of one person, of one's own day, about me.

Each loads after the page that it stands on, and is a page of its own without scripts.
"""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from braid.access import audit
from braid.access import queries as access
from braid.access.policy import Action, Actor, Information, may
from braid.access.seating import tables
from braid.access.sides import has_side
from braid.people import sight
from braid.people.queries.sent import referral_news
from braid.people.queries.treated import open_at_table
from braid.teamwork.presenters.proposals import proposal_lines
from braid.teamwork.presenters.questions import lines
from braid.teamwork.queries import gatherings, meetings, proposals, questions

CLASSES = (Information.IDENTITY, Information.ATTENDANCE, Information.WORK_GOALS)


def _actor(request: HttpRequest) -> Actor:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    if actor.own is not None:
        raise Http404  # applicants have pages of their own
    access.require_anywhere(actor, Action.TAKE_PART)
    return actor


def _shown(request: HttpRequest, name: str, context: dict[str, Any]) -> HttpResponse:
    """Answer with the part alone where it loads after its page, else as a page."""
    context["part"] = f"desk/together/{name}.html"
    is_part = request.htmx  # type: ignore[attr-defined]
    template = context["part"] if is_part else "desk/together/page.html"
    return render(request, template, context)


@require_GET
def person(request: HttpRequest, applicant_id: UUID) -> HttpResponse:
    """What was asked, and what was proposed, about one person; and the ways to do so."""
    actor, today = _actor(request), timezone.localdate()
    known = sight.known(actor, applicant_id)
    at_table = open_at_table(actor, applicant_id)
    asked = questions.about_person(actor, applicant_id)
    proposed = proposals.proposals_about(actor, applicant_id)
    audit.record(
        actor,
        "person_together_opened",
        applicant=applicant_id,
        holder=known.organisation_id,
        information={*CLASSES, *(Information(one.kind) for one in asked if one.kind)},
    )
    may_propose = at_table is not None and may(
        actor, proposals.writes(actor), Information.WORK_GOALS
    )
    context = {
        "title": _("Together, about %(name)s") % {"name": known.name},
        "back_url": reverse("desk:person", args=[applicant_id]),
        "back": known.name,
        "person_id": applicant_id,
        "questions": lines(asked, today),
        "proposals": proposal_lines(proposed),
        "episode_id": at_table.pk if may_propose and at_table else None,
        "may_note": at_table is not None and has_side(actor),
        "ask_url": f"{reverse('teamwork:question_new')}?person={applicant_id}"
        if has_side(actor)
        else "",
        "today": today,
        "current_year": today.year,
    }
    return _shown(request, "person", context)


@require_GET
def day(request: HttpRequest) -> HttpResponse:
    """What waits for somebody from the tables that they sit at: meetings, decisions, …."""
    actor, today = _actor(request), timezone.localdate()
    sat_at = tables(actor)
    names = {one.team.pk: one.team.name for one in sat_at}
    units = {one.unit.pk: one.unit.name for one in sat_at}
    is_unit = any(one.is_unit for one in sat_at)
    context = {
        "title": _("Together"),
        "back_url": reverse("home"),
        "back": _("My page"),
        "meetings": [
            (row, names[row.team_id] if is_unit else units.get(row.unit_id, ""))
            for row in meetings.ahead(actor, list(names))
            if row.team_id in names
        ],
        "untold": gatherings.untold(actor, today),
        "standing_in": gatherings.covers_for(actor, today),
        "waiting": questions.open_for(actor, whole_team=True),
        "referral_news": referral_news(actor)
        if may(actor, Action.REFER, Information.IDENTITY)
        and not may(actor, Action.RECORD, Information.ATTENDANCE)
        else [],
        "today": today,
        "current_year": today.year,
    }
    return _shown(request, "day", context)


@require_GET
def own_questions(request: HttpRequest) -> HttpResponse:
    """What was asked about me, by whom and of whom, and what was answered."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    access.require_anywhere(actor, Action.ASK, Information.IDENTITY)
    if actor.own is None:
        raise Http404
    today = timezone.localdate()
    found = questions.own(actor)
    audit.record(
        actor,
        "own_questions_opened",
        applicant=actor.own,
        information={Information(one.kind) for one in found if one.kind},
        count=len(found),
    )
    context = {
        "title": _("What was asked about me"),
        "questions": lines(found, today),
        "current_year": today.year,
    }
    return render(request, "desk/own/questions.html", context)
