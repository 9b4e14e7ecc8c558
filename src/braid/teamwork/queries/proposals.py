"""Reading what was proposed instead of a job, as far as the policy opens it."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404

from braid.access import queries as access
from braid.access import shared
from braid.access.choices import TeamKind
from braid.access.policy import Action, Actor, Information
from braid.access.sight import cares_for_people
from braid.access.timeline import Part, part, told_as
from braid.kernel.moments import Strand
from braid.teamwork import rules
from braid.teamwork.models import Proposal

OFFICES = (TeamKind.TREATMENT_TEAM, TeamKind.JOB_CENTRE)


@dataclass(frozen=True, slots=True)
class ProposalView:
    """A proposal as a list shows it; `office` is empty where it may not be told."""

    id: UUID
    episode_id: UUID
    day: date
    kind: str
    by_role: str
    office: str
    wanted: bool | None
    words: str
    author: str
    may_correct: bool


def writes(actor: Actor) -> Action:
    """Return what somebody does who writes a proposal down."""
    return Action.CO_WRITE if actor.own is not None else Action.TAKE_PART


def proposals(actor: Actor, episode_ids: Collection[UUID]) -> list[ProposalView]:
    """Return what was proposed in these episodes, the latest first: two queries."""
    return _views(actor, _readable(actor).filter(episode_id__in=episode_ids))


def proposals_about(actor: Actor, applicant_id: UUID) -> list[ProposalView]:
    """Return what was proposed to one person, the latest first: two queries."""
    return _views(actor, _readable(actor).filter(episode__applicant_id=applicant_id))


def _readable(actor: Actor) -> QuerySet[Proposal]:
    seen: QuerySet[Proposal] = Proposal.objects.visible_to(
        actor, Action.READ, Information.WORK_GOALS
    )
    return seen.select_related("created_by", "by_team")


def _views(actor: Actor, rows: Iterable[Proposal]) -> list[ProposalView]:
    found = list(rows)
    colleagues = _colleagues(actor, found)
    return [
        ProposalView(
            one.pk,
            one.episode_id,
            one.day,
            one.kind,
            one.by_role,
            one.by_team.name if one.by_team and _tells(actor, one.by_team) else "",
            one.wanted,
            one.words,
            one.created_by.name if one.created_by else "",
            rules.may_correct(one.created_by_id, actor.id, colleagues),
        )
        for one in found
    ]


def _tells(actor: Actor, office: Any) -> bool:
    """Say whether the office may be named: that a team treats somebody is told to the
    unit, the person, and the team itself.
    """
    is_inside = actor.own is not None or cares_for_people(actor)
    return (
        is_inside or office.pk in actor.teams or office.kind != TeamKind.TREATMENT_TEAM
    )


def _colleagues(actor: Actor, rows: Iterable[Proposal]) -> frozenset[UUID]:
    """Return those of the authors who work or worked in the actor's unit."""
    authors = {one.created_by_id for one in rows if one.created_by_id}
    if not cares_for_people(actor) or not authors:
        return frozenset()
    return access.worked_in(actor.teams, authors)


def proposal(actor: Actor, key: UUID) -> Proposal:
    """Return a proposal that `actor` may correct, else answer 404."""
    found: Proposal | None = (
        Proposal.objects.visible_to(actor, writes(actor), Information.WORK_GOALS)
        .select_related("episode__applicant", "episode__unit__organisation", "by_team")
        .filter(pk=key)
        .first()
    )
    if found is None or not may_correct(actor, found):
        raise Http404
    return found


def may_correct(actor: Actor, found: Proposal) -> bool:
    """Say whether `actor` wrote a proposal, or works where who wrote it does."""
    return rules.may_correct(found.created_by_id, actor.id, _colleagues(actor, [found]))


def offices(actor: Actor, applicant_id: UUID) -> QuerySet[Any, Any]:
    """Return the offices that `actor` may name as having proposed something.

    The own; for the person also those around them, for the unit those it works with.
    """
    keys = set(actor.teams)
    if actor.own is not None:
        keys |= shared.around(applicant_id, actor.day)
    elif cares_for_people(actor):
        for kind in OFFICES:
            linked = access.linked_teams(actor, kind)
            keys |= set(linked.values_list("pk", flat=True))
    return access.teams_named(keys)


def timeline(
    actor: Actor, episode_ids: Collection[UUID], before: date | None = None
) -> list[Part]:
    """Return what was proposed, for the course of the episodes."""
    rows = Proposal.objects.visible_to(actor, Action.READ, Information.WORK_GOALS)
    values: dict[str, Any] = {
        "kind": "kind",
        "by_role": "by_role",
        "wanted": "wanted",
        "words": "words",
    }
    return [
        part(
            rows.filter(episode_id__in=episode_ids),
            told_as("proposal", Strand.EMPLOYMENT),
            before=before,
            by="created_by__name",
            values=values,
        )
    ]
