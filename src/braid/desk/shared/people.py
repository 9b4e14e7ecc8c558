"""People whose record another organisation holds: the list, and one person."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from braid.access import audience, audit
from braid.access import queries as access
from braid.access.glass import glass_of
from braid.access.policy import Action, Actor, Ground, Information
from braid.access.presenters.audience import ShareLine, share_lines
from braid.access.presenters.withheld import withheld_lines
from braid.access.sight import (
    Sight,
    agreement_number,
    heaviest,
    reads_from_outside,
    sights,
)
from braid.desk.shared import sections
from braid.people import sections as people_sections
from braid.people import sight as people
from braid.people.sections import Written
from braid.people.sight import Known

PAGE = 50


@dataclass(frozen=True, slots=True)
class Line:
    """A person in the list: what is shared of them, on which ground, until when."""

    id: UUID
    name: str
    holder: str
    shares: tuple[ShareLine, ...]


@require_GET
def listed(request: HttpRequest) -> HttpResponse:
    """The people whose name the actor may know: one line each, and nothing else."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    access.require_anywhere(actor, Action.READ, Information.IDENTITY)
    if not reads_from_outside(actor):
        raise Http404
    pages = Paginator(people.known_from_outside(actor), PAGE)
    page = pages.get_page(request.GET.get("page"))
    found = [Known(*row) for row in page.object_list]
    for holder, held in groupby(_by_holder(found), lambda one: one.organisation_id):
        audit.record_list(
            actor,
            "shared_opened",
            [one.id for one in held],
            (Information.IDENTITY,),
            holder=holder,
        )
    context = {
        "title": _("People shared with you"),
        "lines": list(_lines(actor, found)),
        "page": page,
        "current_year": actor.day.year,
    }
    return render(request, "desk/shared/list.html", context)


def _by_holder(found: Iterable[Known]) -> list[Known]:
    return sorted(found, key=lambda one: one.organisation_id)


def _lines(actor: Actor, found: list[Known]) -> Iterator[Line]:
    about = people.circumstances(found, actor.day)
    for one in found:
        seen = sights(actor, about[one.id])
        shares = share_lines(audience.shares_of(seen))
        yield Line(one.id, one.name, one.organisation, shares)


def person(request: HttpRequest, applicant_id: UUID) -> HttpResponse:
    """One person, read-only: each class of information with its content or its reason."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    if actor.own is not None:
        raise Http404  # applicants have pages of their own
    known = people.known(actor, applicant_id)
    about = people.circumstances([known], actor.day)[known.id]
    seen = sights(actor, about)
    own_words = people_sections.own_words(actor, known.id)
    _record(actor, known, seen, Information.CONVERSATION if own_words else None)
    whom = people.whom_to_ask(applicant_id)
    parts = sections.parts(actor, known.id, seen, whom.words)
    context: dict[str, Any] = {
        "title": known.name,
        "person": known,
        "whom": whom,
        "parts": parts,
        "goal": sections.goal(parts),
        "withheld": withheld_lines(
            actor, {one: seen[one] for one in sections.READERS}, whom.words
        ),
        "shares": share_lines(audience.shares_of(seen)),
        "own_words": own_words,
        "may_write": people.team_for_notes(actor, about) is not None,
        "current_year": actor.day.year,
    }
    return render(request, "desk/shared/person.html", context)


def treatment(actor: Actor, applicant_id: UUID) -> tuple[list[Written], int | None]:
    """Return the treatment notes shared with a unit, and the agreement they rest on."""
    notes = people_sections.treatment_notes(actor, applicant_id)
    if not notes:
        return [], None
    return notes, agreement_number(actor, applicant_id, Information.TREATMENT)


def _record(
    actor: Actor,
    known: Known,
    seen: Mapping[Information, Sight],
    addressed: Information | None,
) -> None:
    """Record the opening: whose record, which classes, on what ground, by which consent."""
    shown = {one: sight for one, sight in seen.items() if sight.decision.allowed}
    reasons = {sight.decision.reason for sight in shown.values()}
    numbers = [one.agreement.number for one in shown.values() if one.agreement]
    audit.record(
        actor,
        "shared_person_opened",
        applicant=known.id,
        holder=known.organisation_id,
        information={*shown, *([addressed] if addressed else [])},
        ground=heaviest(reasons),
        consent_number=max(numbers, default=None),
        glass=glass_of(actor, known.id) if Ground.BROKEN_GLASS in reasons else None,
    )
