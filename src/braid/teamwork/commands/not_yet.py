"""People whom a treatment team wants to ask about work; the team's own list.

Nothing says here whether somebody could work: who might want to is asked.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from braid.access import audit
from braid.access.changes import edit
from braid.access.policy import Action, Actor
from braid.access.queries import require
from braid.kernel.errors import InputFault
from braid.teamwork.choices import NotYetOutcome
from braid.teamwork.commands.meetings import must_fit, touched
from braid.teamwork.models import Discussion, Meeting, NotYetReferred

if TYPE_CHECKING:
    from braid.access.models import Team

REASON = "lines of a meeting about somebody whom it does not name"
LABEL = 60


@transaction.atomic
def add(
    *,
    actor: Actor,
    team: Team,
    label: str,
    day: date,
    meeting: Meeting | None = None,
) -> NotYetReferred:
    """Put somebody on the team's list, by initials or a first name.

    In a meeting it is a line of it that names nobody. Raises Refused, InputFault.
    """
    label = " ".join(label.split())
    person = NotYetReferred(
        team=team, label=label, added_on=day, created_by_id=actor.id
    )
    require(actor, Action.TAKE_PART, person.subject())
    if not label:
        raise InputFault(_("Write initials or a first name."), field="label")
    must_fit(label, LABEL, "label")
    person.save(force_insert=True)
    audit.record(actor, "not_yet_referred_added", person)
    if meeting is not None:
        talk_about(actor=actor, meeting=meeting, person=person)
    return person


@transaction.atomic
def talk_about(*, actor: Actor, meeting: Meeting, person: NotYetReferred) -> None:
    """Note that a meeting talked about somebody of the list; the line names nobody."""
    require(actor, Action.TAKE_PART, person.subject())
    require(actor, meeting.takes, meeting.subject())
    if meeting.team_id != person.team_id or meeting.closed_on is not None:
        return
    touched(meeting)
    lines = Discussion.objects.system(REASON)
    line, is_new = lines.get_or_create(
        meeting=meeting,
        not_yet=person,
        defaults={
            "unreferred": True,
            "discussed": True,
            "created_by_id": actor.id,
        },
    )
    if is_new:
        audit.record(actor, "not_yet_referred_discussed", line)


@transaction.atomic
def ask_again(*, actor: Actor, person: NotYetReferred, on: date, day: date) -> bool:
    """Choose the day on which somebody is asked again. Raises Refused, InputFault."""
    require(actor, Action.TAKE_PART, person.subject())
    if on <= day:
        raise InputFault(_("Choose a day after today."), field="ask_on")
    _touch_open(person.team_id)
    return edit(actor, person, action="not_yet_referred_put_off", ask_on=on)


@transaction.atomic
def settle(
    *, actor: Actor, person: NotYetReferred, outcome: NotYetOutcome, day: date
) -> bool:
    """Note what came of it; the person leaves the list. Raises Refused."""
    require(actor, Action.TAKE_PART, person.subject())
    _touch_open(person.team_id)
    return edit(
        actor,
        person,
        action="not_yet_referred_settled",
        outcome=outcome,
        outcome_on=day,
    )


def _touch_open(team_id: UUID) -> None:
    """Tell the open meetings of the team that the list is another."""
    rows = Meeting.objects.system("meetings that show the team's list")
    for meeting in rows.filter(team_id=team_id, closed_on__isnull=True):
        touched(meeting)
