"""Work on outcomes that no request waits for: groups compared, other things held equal.

A page asks with `adjusted_answer` until the answer is there:

    asked = Adjustment(unit.pk, "out_first_job", "gender", ("age_band",), day)
    answer = adjusted_answer(actor, asked)   # waiting, done or refused
"""

from __future__ import annotations

import hashlib
import json
import logging
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Literal
from uuid import UUID

from django.conf import settings
from django.core.cache import cache
from django.utils import timezone
from django_tasks import task

from braid.access.policy import Actor
from braid.access.queries import acting, teams_named
from braid.facts.queries import may_have_facts, unit_facts
from braid.kernel.breakage import note
from braid.kernel.errors import InputFault, Refused
from braid.outcomes.adjusted import Person, adjusted
from braid.outcomes.charts import EQUITY_KEYS

if TYPE_CHECKING:
    from braid.packs.measures.schema import Measure, Use
    from braid.packs.measures.statistics import Times

KEPT = 24 * 60 * 60  # seconds
WAITED = 15 * 60  # after that a worker that was stopped is not waited for
logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Adjustment:
    """What is asked: of a unit's measure of days, by a group, with others held equal.

    `group` and `equal` are keys of equity, such as gender or age_band.
    """

    unit: UUID
    measure: str
    group: str
    equal: tuple[str, ...]
    day: date

    @property
    def as_text(self) -> str:
        """Return it as a task carries it."""
        return json.dumps(asdict(self), default=str, sort_keys=True)

    @classmethod
    def of(cls, text: str) -> Adjustment:
        """Return what a task carries."""
        said = json.loads(text)
        return cls(
            unit=UUID(said["unit"]),
            measure=said["measure"],
            group=said["group"],
            equal=tuple(said["equal"]),
            day=date.fromisoformat(said["day"]),
        )


@dataclass(frozen=True, slots=True)
class Answer:
    """Where an adjustment stands: `model` when done, `reason` when there can be none.

    `model` is `Adjusted.as_dict()`; reasons are those of `adjusted`, of the policy, of
    a measure without days or keys, or `broken`.
    """

    state: Literal["waiting", "done", "refused"]
    model: Mapping[str, Any] | None = None
    reason: str = ""


def adjusted_answer(actor: Actor, asked: Adjustment) -> Answer:
    """Return the answer that is kept, or let a worker find it. Raises Refused.

    Only inside the unit: groups of a few people stand behind the ratios. Whoever has
    blocked the actor is in none of them, so an answer is for one actor.
    """
    _must_be_inside(actor, asked)
    key = _key(actor, asked)
    kept = cache.get(key)
    if kept is None:
        kept = asdict(Answer("waiting"))
        cache.set(key, kept, WAITED)
        adjust.enqueue(
            user_id=str(actor.id),
            role=actor.role.value,
            organisation_id=str(actor.organisation),
            asked=asked.as_text,
        )
        kept = cache.get(key, kept)
    return Answer(**kept)


def _must_be_inside(actor: Actor, asked: Adjustment) -> None:
    unit = teams_named([asked.unit]).first()
    if unit is None or unit.pk not in actor.teams or not may_have_facts(actor, unit):
        raise Refused("not_granted")


def _key(actor: Actor, asked: Adjustment) -> str:
    said = json.dumps([str(actor.id), actor.role.value, asked.as_text])
    return f"outcomes-adjusted-{hashlib.sha256(said.encode()).hexdigest()}"


@task()
def adjust(user_id: str, role: str, organisation_id: str, asked: str) -> None:
    """Fit a model and keep it, or why there is none, for a day."""
    actor = acting(UUID(user_id), role, UUID(organisation_id), timezone.now())
    if actor is None:
        return
    wish = Adjustment.of(asked)
    cache.set(_key(actor, wish), asdict(_answered(actor, wish)), KEPT)


def _answered(actor: Actor, asked: Adjustment) -> Answer:
    try:
        _must_be_inside(actor, asked)
        people = people_behind(actor, asked)
        model = adjusted(people, group=asked.group, equal=asked.equal)
    except (InputFault, Refused) as refused:
        return Answer("refused", reason=refused.reason)
    except Exception as error:
        reference, path = note(error, settings.BRAID_DATA)
        logger.error("an adjustment broke: reference %s, %s", reference, path)
        return Answer("refused", reason="broken")
    return Answer("done", model.as_dict())


def people_behind(actor: Actor, asked: Adjustment) -> list[Person]:
    """Return who a measure of days follows, with the groups of each. Raises Refused.

    A unit is small, so the word is asked in its plain form: one row an episode. Raises
    InputFault where the measure follows nobody for days (`measure_without_days`), or a
    key is no group of people (`key_unknown`).
    """
    from braid.facts.measuring import periods_of
    from braid.facts.schema import TABLES
    from braid.method.measures.reference.equity import Groups
    from braid.packs import measures

    measure = measures.get(asked.measure)
    use, times = _followed(measure)
    keys = (asked.group, *asked.equal)
    unknown = [key for key in keys if key not in EQUITY_KEYS]
    if unknown:
        raise InputFault(
            f"'{unknown[0]}' is no group of people. Known are {', '.join(EQUITY_KEYS)}.",
            reason="key_unknown",
        )
    (unit,) = teams_named([asked.unit])
    with unit_facts(actor, unit, asked.day) as facts:
        periods = periods_of(measure, facts, unit=str(unit.pk))
        tables = {name: facts.table(name).to_pylist() for name in TABLES}
    rows = use.defined.reference(tables, periods, **measure.parameters(use))
    groups = {key: Groups(tables, key) for key in keys}
    return [
        Person(
            int(row[times.days]),
            bool(row[times.event]),
            {key: of.of(row["episode_id"]) for key, of in groups.items()},
        )
        for row in rows
        if row["left_out"] is None
    ]


def _followed(measure: Measure) -> tuple[Use, Times]:
    """Return the word that follows people, and its amounts. Raises InputFault."""
    from braid.packs.measures.statistics import Times

    for statistic in measure.statistics.values():
        if isinstance(statistic.read, Times):
            for use in measure.words:
                if set(statistic.amounts) <= set(use.defined.amounts):
                    return use, statistic.read
    raise InputFault(
        "This measure does not follow people for days.", reason="measure_without_days"
    )
