"""Work on outcomes that no request waits for: groups compared, other things held equal.

A page asks with `adjusted_answer` until the answer is there:

    asked = Adjustment((unit.pk,), FIRST_JOB, "gender", ("age_band",), day)
    answer = adjusted_answer(actor, asked)   # waiting, done or refused
"""

from __future__ import annotations

import hashlib
import json
import logging
from collections.abc import Iterator, Mapping, Sequence
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
from braid.outcomes.adjusted import Person, Value, adjusted
from braid.outcomes.charts import EQUITY_KEYS

if TYPE_CHECKING:
    from braid.facts.reading import Facts
    from braid.packs.measures.schema import Measure, Use
    from braid.packs.measures.statistics import Times

FIRST_JOB = "out_first_job"
UNSAID = "rather_not"  # who would rather not say is held equal to nobody
SIDES = ("1", "0")  # the second is what the first is compared with
KEPT = 24 * 60 * 60  # seconds
WAITED = 15 * 60  # after that a worker that was stopped is not waited for
logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Adjustment:
    """What is asked: of a measure of days, by a group, with others held equal.

    `group` and `equal` are keys of equity, such as gender or age_band. With `sides`,
    `group` is anything that can stand side by side, such as a treatment team or the
    units themselves, and the first side is compared with the second.
    """

    units: tuple[UUID, ...]
    measure: str
    group: str
    equal: tuple[str, ...]
    day: date
    sides: tuple[str, ...] = ()

    @property
    def as_text(self) -> str:
        """Return it as a task carries it."""
        return json.dumps(asdict(self), default=str, sort_keys=True)

    @classmethod
    def of(cls, text: str) -> Adjustment:
        """Return what a task carries."""
        said = json.loads(text)
        return cls(
            units=tuple(map(UUID, said["units"])),
            measure=said["measure"],
            group=said["group"],
            equal=tuple(said["equal"]),
            day=date.fromisoformat(said["day"]),
            sides=tuple(said["sides"]),
        )


@dataclass(frozen=True, slots=True)
class Answer:
    """Where an adjustment stands: `model` when done, `reason` when there can be none.

    `model` is `Adjusted.as_dict()`, of two sides with the `crude` ratio of the same
    people, nothing held equal; reasons are those of `adjusted`, of the policy, of
    a measure without days or keys, or `broken`.
    """

    state: Literal["waiting", "done", "refused"]
    model: Mapping[str, Any] | None = None
    reason: str = ""


def adjusted_answer(actor: Actor, asked: Adjustment) -> Answer:
    """Return the answer that is kept, or let a worker find it. Raises Refused.

    Only inside each unit: groups of a few people stand behind the ratios. Whoever has
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
    units = list(teams_named(asked.units))
    if not asked.units or len(units) < len(set(asked.units)):
        raise Refused("not_granted")
    for unit in units:
        if unit.pk not in actor.teams or not may_have_facts(actor, unit):
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
        people = _in_order(people_behind(actor, asked), asked)
        model = adjusted(people, group=asked.group, equal=asked.equal).as_dict()
        if asked.sides and asked.equal:
            model["crude"] = _crude(people, asked)
    except (InputFault, Refused) as refused:
        return Answer("refused", reason=refused.reason)
    except Exception as error:
        reference, path = note(error, settings.BRAID_DATA)
        logger.error("an adjustment broke: reference %s, %s", reference, path)
        return Answer("refused", reason="broken")
    return Answer("done", model)


def _in_order(people: Sequence[Person], asked: Adjustment) -> Sequence[Person]:
    """Return people so that the second side, and the same values every time, come first.

    What comes first is what the others are compared with.
    """
    names = (asked.group, *asked.equal) if asked.sides else ()
    return sorted(people, key=lambda one: [str(one.known[n] or "") for n in names])


def _crude(people: Sequence[Person], asked: Adjustment) -> dict[str, Any]:
    """Return the ratio of the same people with nothing held equal."""
    known = [one for one in people if one.is_known(asked.group, *asked.equal)]
    (ratio,) = adjusted(known, group=asked.group, equal=()).ratios
    return asdict(ratio)


def people_behind(actor: Actor, asked: Adjustment) -> list[Person]:
    """Return who a measure of days follows, with the groups of each. Raises Refused.

    A unit is small, so the word is asked in its plain form: one row an episode. Raises
    InputFault where the measure follows nobody for days (`measure_without_days`), or a
    key is no group of people (`key_unknown`).
    """
    from braid.packs import measures

    measure = measures.get(asked.measure)
    followed = _followed(measure)
    keys = (*(() if asked.sides else (asked.group,)), *asked.equal)
    unknown = [key for key in keys if key not in EQUITY_KEYS]
    if unknown:
        raise InputFault(
            f"'{unknown[0]}' is no group of people. Known are {', '.join(EQUITY_KEYS)}.",
            reason="key_unknown",
        )
    found: list[Person] = []
    for unit in teams_named(asked.units):
        with unit_facts(actor, unit, asked.day) as facts:
            found += _people(facts, str(unit.pk), measure, followed, asked, keys)
    return found


def _people(
    facts: Facts,
    unit: str,
    measure: Measure,
    followed: tuple[Use, Times],
    asked: Adjustment,
    keys: Sequence[str],
) -> Iterator[Person]:
    """Yield who a measure follows in a unit; of two sides, those who are of one."""
    from braid.facts.measuring import periods_of
    from braid.facts.schema import TABLES
    from braid.method.measures.reference.equity import Groups

    use, times = followed
    tables = {name: facts.table(name).to_pylist() for name in TABLES}
    periods = periods_of(measure, facts, unit=unit)
    rows = use.defined.reference(tables, periods, **measure.parameters(use))
    groups = {key: Groups(tables, key) for key in keys}
    sides = _sides(facts, unit, asked)
    for row in rows:
        episode = row["episode_id"]
        of = [n for n, side in enumerate(sides) if episode in side]
        if row["left_out"] is None and (of or not sides):
            known: dict[str, Value] = {k: g.of(episode) for k, g in groups.items()}
            known |= {k: None for k in asked.equal if known[k] == UNSAID}
            if sides:  # who is of both is told apart by neither
                known[asked.group] = SIDES[of[0]] if len(of) == 1 else None
            yield Person(int(row[times.days]), bool(row[times.event]), known)


def _sides(facts: Facts, unit: str, asked: Adjustment) -> list[set[str]]:
    """Return the episodes of either side; without sides nothing."""
    from braid.outcomes.comparing import UNIT, selected
    from braid.outcomes.selections import episodes, everybody

    if asked.group == UNIT:
        return [everybody(facts) if side == unit else set() for side in asked.sides]
    return [episodes(facts, selected(asked.group, side)) for side in asked.sides]


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
