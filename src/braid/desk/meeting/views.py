"""The pages of treatment-team meetings: a team's, and the meeting itself with its news."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from braid.access import audit
from braid.access.policy import Actor, Information
from braid.access.seating import Table, seats, tables, tables_of_team
from braid.desk.meeting import live
from braid.desk.meeting import people as around
from braid.desk.meeting.forms import DecideForm, DetailsForm, PrepareForm
from braid.desk.meeting.live import SIDES, Wrong
from braid.people.queries.treated import ref_at_table
from braid.teamwork.commands import table as commands
from braid.teamwork.queries import meetings
from braid.teamwork.queries.meetings import DecisionView
from braid.web.pages import form_page
from braid.web.presenters import Tab

CLASSES = (
    Information.IDENTITY,
    Information.ATTENDANCE,
    Information.JOBS,
    Information.WORK_GOALS,
)
MOST_PARTS = 500


def actor_of(request: HttpRequest) -> Actor:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    return actor


def record(actor: Actor, meeting: Any, action: str, keys: Iterable[UUID]) -> None:
    """Write down that people were shown, and whose record it is."""
    audit.record_list(actor, action, keys, CLASSES, holder=meeting.unit.organisation_id)


@require_GET
def team(request: HttpRequest, team_id: UUID) -> HttpResponse:
    """The meetings of one treatment team: the next, the last ones, what is open."""
    actor = actor_of(request)
    found = tables_of_team(actor, team_id)
    others = tables(actor)
    ahead = {row.unit_id: row for row in reversed(meetings.ahead(actor, [team_id]))}
    decisions = meetings.open_decisions(actor, [team_id])
    people = meetings.people_of(actor, decisions)
    if people:
        audit.record_list(
            actor,
            "team_meetings_opened",
            {applicant for applicant, _name in people.values()},
            (Information.IDENTITY, Information.ATTENDANCE),
            holder=found[0].unit.organisation_id,
        )
    names = {one.unit.pk: one.unit.name for one in found}
    context = {
        "title": found[0].team.name,
        "team": found[0].team,
        "tables": [(one, ahead.get(one.unit.pk)) for one in found],
        "past": [
            (row, names.get(row.unit_id, "")) for row in meetings.past(actor, team_id)
        ],
        "others": _tabs(others, team_id),
        "decisions": [
            (one, one.staff or SIDES.get(one.sector, ""), _person(people, one))
            for one in decisions
        ],
        "is_unit": found[0].is_unit,
        "number_not_yet": meetings.number_not_yet(team_id),
        "current_year": actor.day.year,
        "day": actor.day,
    }
    return render(request, "desk/meeting/team.html", context)


def _tabs(found: Iterable[Table], current: UUID) -> list[Tab]:
    """Return the treatment teams at whose tables the reader sits, each once."""
    teams = {one.team.pk: one.team.name for one in found}
    return [
        Tab(name, reverse("desk:team_meetings", args=[key]), key == current)
        for key, name in teams.items()
    ]


def _person(people: Any, one: DecisionView) -> str:
    return people.get(one.episode_id, (None, ""))[1] if one.episode_id else ""


@require_http_methods(["GET", "POST"])
def prepare(request: HttpRequest, team_id: UUID, unit_id: UUID) -> HttpResponse:
    """Choose the day of the next meeting of a unit with a treatment team."""
    actor = actor_of(request)
    found = tables_of_team(actor, team_id)
    table = next((one for one in found if one.unit.pk == unit_id), None)
    if table is None:
        raise Http404
    return form_page(
        request,
        PrepareForm(request.POST or None, initial={"day": actor.day}),
        lambda given: commands.prepare(
            actor=actor, unit=table.unit, team=table.team, **given
        ),
        title=_("Prepare the next meeting"),
        lead=f"{table.team.name} · {table.unit.name}",
        submit=_("Prepare it"),
        done=_("Both sides can write in it from now on."),
        to=lambda made: reverse("desk:team_meeting", args=[made.pk]),
    )


@require_GET
def meeting(request: HttpRequest, key: UUID) -> HttpResponse:
    """One meeting: everybody in a line, for both sides, live."""
    return page(request, meetings.team_meeting(actor_of(request), key))


def page(request: HttpRequest, found: Any, wrong: Wrong | None = None) -> HttpResponse:
    """Show a meeting; `wrong` says what stood in the way of saving a part of it."""
    actor = actor_of(request)
    seen = live.now(actor, found, holders=True)
    people = around.about(actor, found, seen.table, list(seen.people))
    record(
        actor,
        found,
        "team_meeting_opened",
        [one.applicant_id for one in seen.people],
    )
    written = {
        part.name: live.write(request, seen, part, wrong) for part in live.parts(seen)
    }
    lines = [
        (one, written.pop(live.line_name(one.person.episode_id)))
        for one in people.lines
    ]
    context = {
        "title": _("Meeting with %(name)s") % {"name": seen.table.name},
        "meeting": found,
        "table": seen.table,
        "lines": lines,
        "unmentioned": [one for one, _html in lines if one.is_unmentioned],
        "people": people,
        "parts": written,
        "is_open": found.closed_on is None,
        "current_year": actor.day.year,
    }
    status = 200 if wrong is None else 409 if wrong.changes else 422
    return render(request, "desk/meeting/meeting.html", context, status=status)


@require_GET
def news(request: HttpRequest, key: UUID) -> HttpResponse:
    """What is new in a meeting since a page asked last: nothing, or some of its parts."""
    actor = actor_of(request)
    found = meetings.team_meeting(actor, key)
    if request.GET.get("seen") == str(found.changes):
        return HttpResponse(status=204, headers={"Cache-Control": "no-store"})
    seen = live.now(actor, found)
    html, unseen = live.news(request, seen, _have(request))
    if unseen:  # what the page has shown was recorded when it was opened
        shown = {part.values.get("episode_id") for part in unseen}
        keys = [one.applicant_id for one in seen.people if one.episode_id in shown]
        record(actor, found, "team_meeting_opened", keys)
    headers = {"X-Seen": str(found.changes), "Cache-Control": "no-store"}
    return HttpResponse(html, headers=headers)


def _have(request: HttpRequest) -> dict[str, str]:
    """Return the parts that a page says it has, by token with their digests."""
    pairs = request.GET.get("have", "").split(",")[:MOST_PARTS]
    return dict(pair.split(".", 1) for pair in pairs if pair.count(".") == 1)


@require_http_methods(["GET", "POST"])
def details(request: HttpRequest, key: UUID) -> HttpResponse:
    """When a meeting is, how long, how and where."""
    actor = actor_of(request)
    found = meetings.team_meeting(actor, key)
    names = ("day", "begins_at", "minutes", "mode", "place_words", "row_version")
    form = DetailsForm(
        request.POST or None, initial={name: getattr(found, name) for name in names}
    )
    return form_page(
        request,
        form,
        lambda given: commands.change(actor=actor, meeting=found, **given),
        title=_("When and where"),
        done=_("Saved."),
        to=reverse("desk:team_meeting", args=[key]),
    )


@require_http_methods(["GET", "POST"])
def decide(request: HttpRequest, key: UUID) -> HttpResponse:
    """Write down a decision: what, who does it, by when."""
    actor = actor_of(request)
    found = meetings.team_meeting(actor, key)
    table = live.table_of(actor, found)
    people = around.listed(
        actor, found, list(meetings.lines(actor, key)), holders=False
    )
    record(actor, found, "decision_form_opened", [one.applicant_id for one in people])
    form = DecideForm(
        request.POST or None,
        table=table,
        seats=seats(around.sides(found), actor),
        people=[(str(one.episode_id), one.name) for one in people],
        initial={"about": request.GET.get("about", "")},
    )

    def save(given: dict[str, Any]) -> Any:
        about = given["about"]
        return commands.decide(
            actor=actor,
            meeting=found,
            episode=ref_at_table(actor, UUID(about)) if about else None,
            **form.values(),
        )

    return form_page(
        request,
        form,
        save,
        title=_("What was decided"),
        done=_("It stands in the list of who does it."),
        to=reverse("desk:team_meeting", args=[key]),
    )
