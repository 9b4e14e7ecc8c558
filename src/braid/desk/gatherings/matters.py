"""Matters for an agenda, who stands in for whom, and decisions that everybody is told."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from braid.access import queries as access
from braid.access.policy import Action, Actor, Information
from braid.desk.gatherings import forms, listing, page
from braid.desk.gatherings.kinds import WITH_AGENDA
from braid.desk.gatherings.views import actor_of
from braid.kernel.errors import InputFault
from braid.teamwork.choices import MeetingKind
from braid.teamwork.commands import gatherings as commands
from braid.teamwork.queries import gatherings
from braid.teamwork.queries.gatherings import Series
from braid.web.pages import form_page


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Put something on the agenda of a meeting: any table that one sits at."""
    actor, today = actor_of(request), timezone.localdate()
    places = _places(actor, today)
    if not places:
        raise Http404
    form = forms.MatterForm(
        request.POST or None,
        choices={"where": [(key, title) for key, (title, _one) in places.items()]},
        initial={"where": request.GET.get("where", "")},
    )

    def save(given: dict[str, Any]) -> Any:
        _title, series = places[given["where"]]
        return _raise(actor, series, given["text"])

    return form_page(
        request,
        form,
        save,
        title=_("For an agenda"),
        lead=_("Everybody at that table reads it, and you see what came of it."),
        submit=_("Put on the agenda"),
        done=_("It is on the agenda. What comes of it stands under Meetings."),
        to=reverse("desk:gatherings"),
    )


def _places(actor: Actor, today: Any) -> dict[str, tuple[str, Series]]:
    """Return the tables with an agenda, the steering group first, by a key for a form.

    A unit without a steering group can write for one all the same: it waits for it.
    """
    found: dict[str, tuple[str, Series]] = {}
    for kind in sorted(WITH_AGENDA, key=lambda one: one != MeetingKind.STEERING):
        for key, place in listing.expected(actor, kind, today).items():
            found[f"{kind}:{key}"] = (place.title, place.series)
    steered = {
        one.unit_id
        for _title, one in found.values()
        if one.kind == MeetingKind.STEERING
    }
    label = capfirst(MeetingKind.STEERING.label)
    for unit in access.units(actor, Action.TAKE_PART).exclude(pk__in=steered):
        series = Series(MeetingKind.STEERING, unit.pk)
        found[f"{series.kind}:{unit.pk}"] = (f"{label} · {unit.name}", series)
    return found


def _raise(actor: Actor, series: Series, text: str) -> Any:
    unit = access.teams_named([series.unit_id]).get()
    team = access.teams_named([series.team_id]).get() if series.team_id else None
    group = gatherings.group(actor, series.group_id) if series.group_id else None
    return commands.raise_matter(
        actor=actor, unit=unit, kind=series.kind, text=text, group=group, team=team
    )


@require_http_methods(["GET", "POST"])
def of_meeting(request: HttpRequest, key: UUID) -> HttpResponse:
    """Put something on the agenda of this very table."""
    actor = actor_of(request)
    meeting = gatherings.meeting(actor, key)
    return form_page(
        request,
        forms.MatterForm(request.POST or None, choices={"where": None}),
        lambda given: _raise(actor, Series.of(meeting), given["text"]),
        title=_("For the agenda"),
        submit=_("Put on the agenda"),
        done=_("It is on the agenda."),
        to=page.address(meeting),
    )


@require_http_methods(["GET", "POST"])
def take_up(request: HttpRequest, key: UUID, matter_id: UUID) -> HttpResponse:
    """Say what came of a matter."""
    actor = actor_of(request)
    meeting = gatherings.meeting(actor, key)
    found = gatherings.matter(actor, matter_id)
    if not _waits_for(found, meeting):
        raise Http404
    form = forms.TakeUpForm(
        request.POST or None,
        initial={"answer": found.answer, "row_version": found.row_version},
    )
    return form_page(
        request,
        form,
        lambda given: commands.take_up(
            actor=actor, matter=found, meeting=meeting, **given
        ),
        title=_("What came of it?"),
        lead=found.text,
        done=_("Noted. Whoever raised it sees it under Meetings."),
        to=page.address(meeting),
    )


def _waits_for(matter: Any, meeting: Any) -> bool:
    same = ("unit_id", "kind", "group_id", "team_id")
    return all(getattr(matter, one) == getattr(meeting, one) for one in same)


@require_http_methods(["GET", "POST"])
def cover_new(request: HttpRequest) -> HttpResponse:
    """Write down who stands in for whom."""
    actor, today = actor_of(request), timezone.localdate()
    access.require_anywhere(actor, Action.RECORD, Information.ATTENDANCE)
    units = {unit.pk: unit for unit in access.units(actor, Action.TAKE_PART)}
    staff = [
        (str(key), name) for key, name in access.staff_names(frozenset(units), today)
    ]
    meeting = _meeting_asked(request, actor)
    form = forms.CoverForm(
        request.POST or None,
        choices={"staff": staff, "covered_by": staff},
        initial={"first_day": today},
    )

    def save(given: dict[str, Any]) -> Any:
        staff_id = UUID(given.pop("staff"))
        unit = _unit_of(units, staff_id, today)
        return commands.add_cover(
            actor=actor,
            unit=unit,
            staff_id=staff_id,
            covered_by_id=UUID(given.pop("covered_by")),
            meeting=meeting if meeting and meeting.unit_id == unit.pk else None,
            **given,
        )

    return form_page(
        request,
        form,
        save,
        title=_("Who stands in for whom?"),
        done=_("Noted. It stands on the page of whoever stands in."),
        to=page.address(meeting) if meeting else reverse("desk:gatherings"),
    )


def _meeting_asked(request: HttpRequest, actor: Actor) -> Any:
    try:
        key = UUID(request.GET.get("meeting", ""))
    except ValueError:
        return None
    return gatherings.meeting(actor, key)


def _unit_of(units: dict[UUID, Any], staff_id: UUID, today: Any) -> Any:
    """Return the unit in which somebody works. Raises InputFault."""
    for key, unit in units.items():
        if staff_id in {
            one for one, _name in access.staff_names(frozenset({key}), today)
        }:
            return unit
    raise InputFault(
        _("Nobody of that name works in the unit now. Choose again."), field="staff"
    )


@require_POST
def cover_back(request: HttpRequest, key: UUID) -> HttpResponse:
    """Take a cover away that is not needed after all."""
    actor = actor_of(request)
    found = gatherings.cover(actor, key)
    commands.take_cover_back(actor=actor, cover=found)
    messages.success(request, _("Taken away."))
    return redirect("desk:gatherings")


@require_POST
def seen(request: HttpRequest, key: UUID) -> HttpResponse:
    """Say that one has seen a decision for the whole unit."""
    actor = actor_of(request)
    found = gatherings.decision(actor, key)
    commands.say_seen(actor=actor, decision=found, today=timezone.localdate())
    return redirect("desk:today")
