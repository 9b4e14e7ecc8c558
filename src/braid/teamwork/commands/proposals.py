"""Writing down what was proposed instead of a job: noted, corrected, taken back."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from braid.access import audit
from braid.access.changes import edit
from braid.access.policy import Actor
from braid.access.queries import require
from braid.kernel.errors import InputFault, Refused
from braid.teamwork.choices import ProposalKind, ProposedBy
from braid.teamwork.models import Proposal
from braid.teamwork.queries import proposals as queries


@transaction.atomic
def propose(
    *,
    actor: Actor,
    episode: Any,
    day: date,
    kind: str,
    by_role: str,
    by_team_id: UUID | None = None,
    wanted: bool | None = None,
    words: str = "",
) -> Proposal:
    """Write down that something was proposed instead of a job, as it was.

    `episode` is one that the actor opened; `wanted` is None where nobody asked. Raises
    Refused, InputFault.
    """
    made = Proposal(
        episode=episode,
        day=day,
        kind=ProposalKind(kind),
        by_role=ProposedBy(by_role),
        by_team_id=by_team_id,
        wanted=wanted,
        words=words.strip(),
        created_by_id=actor.id,
    )
    require(actor, queries.writes(actor), made.subject(day=actor.day))
    _check(actor, made.about, day, by_team_id)
    made.save(force_insert=True)
    audit.record(actor, "proposal_noted", made, applicant=made.about)
    return made


@transaction.atomic
def change_proposal(
    *, actor: Actor, proposal: Proposal, row_version: int, **values: Any
) -> bool:
    """Correct a proposal. Raises Refused, InputFault, Stale."""
    _require(actor, proposal)
    before = proposal.by_team_id
    office = values.get("by_team_id")
    _check(actor, proposal.about, values["day"], None if office == before else office)
    return edit(
        actor,
        proposal,
        action="proposal_changed",
        expected_version=row_version,
        applicant=proposal.about,
        **values,
    )


@transaction.atomic
def take_back_proposal(*, actor: Actor, proposal: Proposal) -> None:
    """Take a proposal away that was written by mistake. Raises Refused."""
    _require(actor, proposal)
    audit.record(actor, "proposal_taken_back", proposal, applicant=proposal.about)
    proposal.delete()


def _require(actor: Actor, proposal: Proposal) -> None:
    require(actor, queries.writes(actor), proposal.subject(day=actor.day))
    if not queries.may_correct(actor, proposal):
        raise Refused("not_own")


def _check(
    actor: Actor, applicant_id: UUID | None, day: date, office: UUID | None
) -> None:
    if day > actor.day:
        raise InputFault(
            _("This day is still to come. Choose today or an earlier day."),
            field="day",
        )
    if office is None or applicant_id is None:
        return
    if office not in set(
        queries.offices(actor, applicant_id).values_list("pk", flat=True)
    ):
        raise InputFault(
            _("This office is not one that you can name here. Choose again."),
            field="by_team",
        )
