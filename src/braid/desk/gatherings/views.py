"""All meetings of somebody's tables, a new one, and one of them."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from braid.access import queries as access
from braid.access import sides
from braid.access.policy import Action, Actor
from braid.desk.gatherings import listing, page
from braid.desk.gatherings.forms import Choices, MeetingForm, key_of
from braid.desk.gatherings.kinds import OF_SPECIALIST, SHAPES, WITH_AGENDA
from braid.teamwork.choices import MeetingKind
from braid.teamwork.commands import gatherings as commands
from braid.teamwork.commands import table
from braid.teamwork.queries import gatherings
from braid.teamwork.queries.gatherings import Series
from braid.web.pages import form_page


def actor_of(request: HttpRequest) -> Actor:
    """Return who asks; somebody who never sits at a table is refused."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    access.require_anywhere(actor, Action.TAKE_PART)
    return actor


@require_GET
def listed(request: HttpRequest) -> HttpResponse:
    """The meetings of somebody's tables: the last, the next, and what waits for them."""
    actor, today = actor_of(request), timezone.localdate()
    units = list(access.units(actor, Action.TAKE_PART))
    parts = listing.parts(actor, today)
    context = {
        "title": _("Meetings"),
        "groups_of": parts,
        "may_raise": any(
            line.series.kind in WITH_AGENDA for part in parts for line in part.lines
        ),
        "matters": gatherings.matters_raised(actor, today),
        "covers": [
            one for unit in units for one in gatherings.covers(actor, unit.pk, today)
        ],
        "is_unit": bool(units),
        "may_manage": any(gatherings.may_manage(actor, unit) for unit in units),
        "today": today,
        "current_year": today.year,
    }
    return render(request, "desk/gatherings/list.html", context)


@require_GET
def one(request: HttpRequest, key: Any) -> HttpResponse:
    """One meeting, whatever its kind."""
    actor = actor_of(request)
    meeting = gatherings.meeting(actor, key)
    context = page.context(actor, meeting, timezone.localdate())
    return render(request, "desk/gatherings/one.html", context)


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest, kind: str) -> HttpResponse:
    """Plan a meeting of a kind, or write down one that was held."""
    actor, today = actor_of(request), timezone.localdate()
    if kind not in SHAPES:
        raise Http404
    places = listing.expected(actor, kind, today)
    if not places:
        raise Http404
    form = MeetingForm(
        request.POST or None,
        choices={
            "whom": [(key, place.title) for key, place in places.items()],
            "led_by": _leaders(actor, [one.series for one in places.values()], today),
        },
        initial={
            "day": today,
            "whom": request.GET.get("whom", ""),
            "led_by": actor.id if _leads(actor) else None,
        },
    )

    def save(given: dict[str, Any]) -> Any:
        series: Series = places[given["whom"]].series
        unit = access.teams_named([series.unit_id]).get()
        team = access.teams_named([series.team_id]).get() if series.team_id else None
        group = gatherings.group(actor, series.group_id) if series.group_id else None
        return commands.start(
            actor=actor,
            unit=unit,
            kind=kind,
            day=given["day"],
            begins_at=given["begins_at"],
            minutes=given["minutes"],
            team=team,
            group=group,
            specialist_id=series.specialist_id,
            led_by_id=key_of(given.get("led_by", "")),
            mode=given["mode"],
            place_words=given["place_words"],
        )

    return form_page(
        request,
        form,
        save,
        title=str(capfirst(MeetingKind(kind).label)),
        lead=str(SHAPES[kind].about),
        done=_("The meeting is there. Everybody at the table can prepare it."),
        to=page.address,
    )


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, key: Any) -> HttpResponse:
    """Change when a meeting is, how, where, and who leads it."""
    actor, today = actor_of(request), timezone.localdate()
    meeting = gatherings.meeting(actor, key)
    shown = ("day", "begins_at", "minutes", "mode", "place_words", "row_version")
    form = MeetingForm(
        request.POST or None,
        choices={
            "whom": None,
            "led_by": _leaders(actor, [Series.of(meeting)], today),
        },
        initial={name: getattr(meeting, name) for name in shown}
        | {"led_by": meeting.led_by_id},
    )

    def save(given: dict[str, Any]) -> Any:
        return table.change(
            actor=actor,
            meeting=meeting,
            row_version=given.pop("row_version") or 0,
            led_by_id=key_of(given.pop("led_by", "")),
            **given,
        )

    return form_page(
        request,
        form,
        save,
        title=page.title(meeting),
        done=_("Saved."),
        to=page.address(meeting),
    )


def _leads(actor: Actor) -> bool:
    return access.units(actor, Action.SUPERVISE).exists()


def _leaders(actor: Actor, series: list[Series], today: Any) -> Choices | None:
    """Return who can lead: the supervisors of the unit; of a group's meeting nobody asks."""
    if not any(
        one.kind in OF_SPECIALIST or one.kind == MeetingKind.VOCATIONAL_UNIT
        for one in series
    ):
        return None
    found = {}
    for unit in access.teams_named({one.unit_id for one in series}):
        for leader in sides.leaders(unit, today):
            found[str(leader.pk)] = leader.name
    return sorted(found.items(), key=lambda pair: pair[1])
