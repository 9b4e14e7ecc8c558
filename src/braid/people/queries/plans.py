"""Search plans as they stood on a day, the steps on the way, and the next draft."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from uuid import UUID

from django.db.models import F, Q, QuerySet
from django.http import Http404

from braid.access.policy import Action, Actor, Information
from braid.people.choices import TargetKind
from braid.people.models import Episode, PlanAction, PlanTarget, SearchPlan

IN_SCOPE = "plans of episodes that the caller found within a scope"


@dataclass(frozen=True, slots=True)
class Target:
    """Work that a plan looks for: a code of its list, or words without one."""

    kind: str
    code: str
    words: str


@dataclass(frozen=True, slots=True)
class PlanView:
    """A search plan as others read it; `agreed_on` None is a draft."""

    id: UUID
    episode_id: UUID
    number: int
    row_version: int
    first_day: date
    last_day: date | None
    goal: str
    hours_from: Decimal | None
    hours_to: Decimal | None
    times: str
    travel_minutes: int | None
    travel: str
    surroundings: str
    avoid: str
    review_on: date | None
    reviewed_on: date | None
    agreed_on: date | None
    agreed_how: str
    targets: tuple[Target, ...] = ()

    def of_kind(self, kind: str) -> tuple[Target, ...]:
        """Return the occupations or the industries."""
        return tuple(one for one in self.targets if one.kind == kind)

    @property
    def occupations(self) -> tuple[Target, ...]:
        return self.of_kind(TargetKind.OCCUPATION)

    @property
    def industries(self) -> tuple[Target, ...]:
        return self.of_kind(TargetKind.INDUSTRY)


@dataclass(frozen=True, slots=True)
class StepView:
    """Who does what by when; `owner` is a slug."""

    id: UUID
    text: str
    owner: str
    due_on: date | None
    done_on: date | None
    row_version: int


_PLAN = [
    name for name in PlanView.__dataclass_fields__ if name not in ("id", "targets")
]


def _views(rows: QuerySet[SearchPlan], targets: QuerySet[PlanTarget]) -> list[PlanView]:
    found = list(rows.values_list("pk", *_PLAN))
    named: dict[UUID, list[Target]] = defaultdict(list)
    listed = targets.filter(plan_id__in=[key for key, *_ in found])
    for plan_id, *target in listed.values_list("plan_id", "kind", "code", "words"):
        named[plan_id].append(Target(*target))
    return [replace(PlanView(*row), targets=tuple(named[row[0]])) for row in found]


def plans(actor: Actor, episode_ids: Collection[UUID]) -> list[PlanView]:
    """Return every plan of the episodes as far as `actor` may read, the latest first."""
    seen = SearchPlan.objects.visible_to(actor).filter(episode_id__in=episode_ids)
    return _views(seen, PlanTarget.objects.visible_to(actor))


def on_day(found: Iterable[PlanView], day: date) -> PlanView | None:
    """Return the plan in force on a day, of plans of one episode."""
    for one in found:
        begun = one.agreed_on is not None and one.first_day <= day
        if begun and (one.last_day is None or day <= one.last_day):
            return one
    return None


def plan_in_force(episodes: Collection[UUID], day: date) -> Mapping[UUID, PlanView]:
    """Return the plan in force on `day` by episode, for episodes found in scope."""
    rows = SearchPlan.objects.filter(
        Q(last_day__isnull=True) | Q(last_day__gte=day),
        episode_id__in=episodes,
        agreed_on__isnull=False,
        first_day__lte=day,
    )
    targets = PlanTarget.objects.system(IN_SCOPE)
    return {one.episode_id: one for one in _views(rows.system(IN_SCOPE), targets)}


def steps(actor: Actor, episode_ids: Collection[UUID]) -> list[StepView]:
    """Return who does what by when: what is open first, then the latest done."""
    rows = (
        PlanAction.objects.visible_to(actor)
        .filter(episode_id__in=episode_ids)
        .order_by(
            F("done_on").desc(nulls_first=True),
            F("due_on").asc(nulls_last=True),
            "created_at",
        )
        .values_list("pk", "text", "owner", "due_on", "done_on", "row_version")
    )
    return [StepView(*row) for row in rows]


def co_written_episode(
    actor: Actor, episode_id: UUID, information: Information = Information.WORK_GOALS
) -> Episode:
    """Return an episode whose plans `actor` writes together with others, else 404."""
    found: Episode | None = (
        Episode.objects.visible_to(actor, Action.CO_WRITE, information)
        .select_related("applicant", "unit__organisation")
        .filter(pk=episode_id)
        .first()
    )
    if found is None:
        raise Http404
    return found


def plan_to_write(actor: Actor, episode: Episode, key: UUID) -> SearchPlan:
    """Return a plan of an episode to write in, else answer 404."""
    rows = SearchPlan.objects.visible_to(actor, Action.CO_WRITE).filter(episode=episode)
    found: SearchPlan | None = (
        rows.select_related("episode__unit__organisation").filter(pk=key).first()
    )
    if found is None:
        raise Http404
    return found


def step_to_write(actor: Actor, episode: Episode, key: UUID) -> PlanAction:
    """Return a step of an episode to write in, else answer 404."""
    rows = PlanAction.objects.visible_to(actor, Action.CO_WRITE).filter(episode=episode)
    found: PlanAction | None = (
        rows.select_related("episode__unit__organisation").filter(pk=key).first()
    )
    if found is None:
        raise Http404
    return found
