"""A corridor note: what two sides said to each other in passing, in ten seconds."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from braid.access import audit, shared
from braid.access import queries as access
from braid.access.choices import Sector, TeamKind
from braid.access.policy import Action, Actor, Information, may
from braid.access.presenters.control import who_sees
from braid.desk.meeting.forms import CorridorForm
from braid.desk.meeting.live import SIDES
from braid.people import queries as people
from braid.people.queries.treated import open_at_table
from braid.web.pages import form_page
from braid.work.commands.corridor import note_talk

SIDE_OF: Mapping[str, Sector] = {
    TeamKind.TREATMENT_TEAM: Sector.MENTAL_HEALTH,
    TeamKind.JOB_CENTRE: Sector.EMPLOYMENT,
}


@require_http_methods(["GET", "POST"])
def corridor(request: HttpRequest, applicant_id: UUID) -> HttpResponse:
    """Note a talk about somebody between the unit and another side."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    access.require_anywhere(actor, Action.TAKE_PART, Information.ATTENDANCE)
    episode = open_at_table(actor, applicant_id)
    if episode is None or actor.own is not None:
        raise Http404
    around = _sides_around(applicant_id, actor)
    own = _own_side(actor, episode.unit_id, around)
    others = _others(own, around, episode)
    if request.method == "GET":
        audit.record(
            actor,
            "corridor_note_begun",
            applicant=applicant_id,
            holder=episode.unit.organisation_id,
            information=(Information.IDENTITY,),
        )
    holder = _holder(actor, episode.pk)
    form = CorridorForm(request.POST or None, others=others, today=timezone.localdate())

    def save(given: dict[str, Any]) -> Any:
        return note_talk(
            actor=actor,
            episode=people.ref(episode),
            day=given["day"],
            text=given["text"],
            own=own,
            other=Sector(given["who"]),
            staff_id=actor.id if own == Sector.IPS_PROVIDER else holder,
        )

    shares = may(actor, Action.SHARE, Information.IDENTITY)
    return form_page(
        request,
        form,
        save,
        title=_("Corridor note: %(name)s") % {"name": episode.applicant.name},
        lead=_(
            "Both sides read it, and whoever may read about contacts. It counts as a "
            "contact between you."
        ),
        later=who_sees(applicant_id, Information.ATTENDANCE) if shares else None,
        done=_("Noted."),
        to=reverse("desk:person", args=[applicant_id]),
    )


def _sides_around(applicant_id: UUID, actor: Actor) -> dict[Sector, tuple[UUID, str]]:
    """Return the other sides that work with somebody today: team and its name."""
    teams = shared.around(applicant_id, actor.day, Information.ATTENDANCE)
    return {
        SIDE_OF[team.kind]: (team.pk, team.name)
        for team in access.teams_named(teams)
        if team.kind in SIDE_OF
    }


def _own_side(
    actor: Actor, unit_id: UUID, around: Mapping[Sector, tuple[UUID, str]]
) -> Sector:
    """Return on which side the actor stands; answer 404 to who stands on none."""
    if unit_id in actor.teams and may(actor, Action.RECORD, Information.ATTENDANCE):
        return Sector.IPS_PROVIDER
    for side, (team, _name) in around.items():
        if team in actor.teams:
            return side
    raise Http404


def _others(
    own: Sector, around: Mapping[Sector, tuple[UUID, str]], episode: Any
) -> list[tuple[str, str]]:
    if own != Sector.IPS_PROVIDER:
        return [(Sector.IPS_PROVIDER.value, episode.unit.name)]
    sides = (Sector.MENTAL_HEALTH, Sector.EMPLOYMENT)
    return [
        (side.value, around[side][1] if side in around else str(SIDES[side]))
        for side in sides
    ]


def _holder(actor: Actor, episode_id: UUID) -> UUID | None:
    """Return the specialist whose caseload somebody is on today, if there is one."""
    for spell in people.holders(actor, [episode_id]):
        if spell.last_day is None:
            return spell.specialist_id
    return None
