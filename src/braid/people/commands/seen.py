"""Saying that a treatment team has seen a search plan."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.db import transaction

from braid.access import audit
from braid.access.policy import Action, Actor, Information
from braid.access.queries import require
from braid.kernel.errors import Refused
from braid.people.models import PlanSeen, SearchPlan

if TYPE_CHECKING:
    from braid.access.models import Team


@transaction.atomic
def see_plan(*, actor: Actor, plan: SearchPlan, team: Team, day: date) -> bool:
    """Note that one of the actor's teams has seen a plan; say whether that is new.

    Raises Refused, also for a team that is not the actor's own.
    """
    subject = plan.subject(Information.WORK_GOALS, actor.day)
    ground = require(actor, Action.TAKE_PART, subject)
    if team.pk not in actor.teams or plan.agreed_on is None:
        raise Refused("no_ground")
    seen, is_new = PlanSeen.objects.system("once a plan and team").get_or_create(
        plan=plan, team=team, defaults={"day": day, "created_by_id": actor.id}
    )
    if is_new:
        audit.record(
            actor,
            "plan_seen",
            seen,
            applicant=plan.episode.applicant_id,
            holder=plan.episode.unit.organisation_id,
            information=(Information.WORK_GOALS,),
            ground=ground,
        )
    return is_new
