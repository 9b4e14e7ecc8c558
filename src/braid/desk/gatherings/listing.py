"""All meetings of somebody's tables: when each was last held, and when it is due."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from braid.access import queries as access
from braid.access.choices import TeamKind
from braid.access.policy import Action, Actor
from braid.access.seating import tables
from braid.desk.presenters.clocks import due_words
from braid.method import gatherings as method
from braid.packs import jurisdictions
from braid.teamwork.choices import MeetingKind
from braid.teamwork.queries import gatherings
from braid.teamwork.queries.gatherings import Held, Series
from braid.web.presenters import State

SHOWN_BACK = timedelta(days=400)


@dataclass(frozen=True, slots=True)
class Line:
    """A meeting that comes again and again: its days, how near the next is, the ways."""

    series: Series
    title: str
    last: Held | None
    planned: Held | None
    pill: str
    state: State
    source: str
    url: str
    plan_url: str
    members_url: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """Lines that stand together under a heading."""

    title: str | Promise
    lines: list[Line] = field(default_factory=list)
    source: str | Promise = ""


@dataclass(frozen=True, slots=True)
class _Place:
    """One series that is expected, before its days are known."""

    series: Series
    title: str
    clock: str
    members_url: str = ""


def parts(actor: Actor, today: date) -> list[Part]:
    """Return the meetings that `actor` can open, in parts; those without lines go."""
    held = gatherings.held(actor, today - SHOWN_BACK, today)
    found = [
        Part(title, [_line(actor, place, held, today) for place in places], source)
        for title, places, source in (
            (gettext_lazy("The unit"), list(_of_unit(actor)), ""),
            (
                gettext_lazy("Supervision"),
                list(_between(actor, MeetingKind.SUPERVISION, today)),
                PRIVATE,
            ),
            (
                gettext_lazy("Field mentoring"),
                list(_between(actor, MeetingKind.FIELD_MENTORING, today)),
                PRIVATE,
            ),
            (gettext_lazy("With job centres"), list(_job_centres(actor)), ""),
            (gettext_lazy("Standing groups"), list(_groups(actor)), ""),
            (gettext_lazy("With treatment teams"), list(_treatment(actor)), ""),
        )
    ]
    return [part for part in found if part.lines]


PRIVATE = gettext_lazy("Read by the two and the unit's supervisors, by nobody else.")


def _of_unit(actor: Actor) -> Iterator[_Place]:
    for unit in access.units(actor, Action.TAKE_PART):
        for kind in (MeetingKind.VOCATIONAL_UNIT, MeetingKind.OUTCOME_REVIEW):
            series = Series(kind, unit.pk)
            yield _Place(
                series, f"{capfirst(kind.label)} · {unit.name}", method.CLOCKS[kind]
            )


def _between(actor: Actor, kind: MeetingKind, today: date) -> Iterator[_Place]:
    """Yield a line a specialist: all of the unit for its supervisors, else one's own."""
    led = set(access.units(actor, Action.SUPERVISE).values_list("pk", flat=True))
    for post in access.specialists_in_post(actor, today):
        if post.team_id is None:
            continue
        if post.team_id not in led and post.user_id != actor.id:
            continue
        clock = method.CLOCKS[kind]
        if kind == MeetingKind.FIELD_MENTORING:
            clock = method.mentoring_clock(post.first_day, today)
        series = Series(kind, post.team_id, specialist_id=post.user_id)
        yield _Place(series, post.user.name, clock)


def _job_centres(actor: Actor) -> Iterator[_Place]:
    kind = MeetingKind.JOB_CENTRE
    for table in tables(actor, TeamKind.JOB_CENTRE):
        series = Series(kind, table.unit.pk, team_id=table.team.pk)
        yield _Place(series, table.name, method.CLOCKS[kind])


def _treatment(actor: Actor) -> Iterator[_Place]:
    kind = MeetingKind.TREATMENT_TEAM
    for table in tables(actor):
        series = Series(kind, table.unit.pk, team_id=table.team.pk)
        yield _Place(series, table.name, method.CLOCKS[kind])


def _groups(actor: Actor) -> Iterator[_Place]:
    for group in gatherings.groups(actor):
        series = Series(group.kind, group.unit_id, group_id=group.pk)
        members = reverse("desk:group", args=[group.pk])
        yield _Place(series, group.name, method.CLOCKS[group.kind], members)


def _line(
    actor: Actor,
    place: _Place,
    held: Mapping[Series, list[Held]],
    today: date,
) -> Line:
    rows = held.get(place.series, [])
    last = next((one for one in rows if one.is_held), None)
    ahead = [one for one in rows if not one.is_held and one.day >= today]
    planned = min(ahead, key=lambda one: one.day, default=None)
    pill, state, source = _due(actor, place, last, today)
    shown = planned or (rows[0] if rows else None)
    return Line(
        place.series,
        place.title,
        last,
        planned,
        pill,
        state,
        source,
        _url(place.series, shown),
        plan_url(place.series),
        place.members_url,
    )


def _due(
    actor: Actor, place: _Place, last: Held | None, today: date
) -> tuple[str, State, str]:
    limit = jurisdictions.of_country(actor.country).clock(place.clock)
    if limit is None:  # a country may do without
        return "", State.INFO, ""
    last_on = last.day if last else None
    due = method.due(limit, last_on, last.next_on if last else None)
    if due.due_on is None:
        return _("none held yet"), State.INFO, due.source
    return (
        due_words((due.due_on - today).days),
        State(due.state(today)),
        due.source,
    )


def _url(series: Series, shown: Held | None) -> str:
    if series.kind == MeetingKind.TREATMENT_TEAM:
        return reverse("desk:team_meetings", args=[series.team_id])
    return reverse("desk:gathering", args=[shown.id]) if shown else ""


def plan_url(series: Series) -> str:
    """Return where the next meeting of a series is planned; empty for a treatment team."""
    if series.kind == MeetingKind.TREATMENT_TEAM:
        return ""
    address = reverse("desk:gathering_new", args=[series.kind])
    return f"{address}?whom={whom(series)}"


def whom(series: Series) -> UUID:
    """Return the key of those whom a series is with: a person, a group, a team, a unit."""
    return series.specialist_id or series.group_id or series.team_id or series.unit_id


def expected(actor: Actor, kind: str, today: date) -> dict[str, Any]:
    """Return whom `actor` can plan a meeting of a kind with: title by key."""
    places: Mapping[str, Any] = {
        MeetingKind.VOCATIONAL_UNIT: lambda: _of_unit(actor),
        MeetingKind.OUTCOME_REVIEW: lambda: _of_unit(actor),
        MeetingKind.SUPERVISION: lambda: _between(actor, MeetingKind(kind), today),
        MeetingKind.FIELD_MENTORING: lambda: _between(actor, MeetingKind(kind), today),
        MeetingKind.JOB_CENTRE: lambda: _job_centres(actor),
        MeetingKind.STEERING: lambda: _groups(actor),
        MeetingKind.PRACTITIONERS: lambda: _groups(actor),
    }
    return {
        str(whom(place.series)): place
        for place in places[kind]()
        if place.series.kind == kind
    }
