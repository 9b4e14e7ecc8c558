"""Reading facts, as far as the policy reaches.

Nothing heavy is imported before facts are asked for: a web worker that only shows pages
never loads the engine.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, TypeVar
from uuid import UUID

from django.db.models import QuerySet

from braid.access.policy import Action, Actor, Information, decide
from braid.access.queries import require, teams_beside, units
from braid.facts.models import Snapshot
from braid.kernel.errors import Refused

if TYPE_CHECKING:
    from braid.access.models import Team
    from braid.access.records import Record
    from braid.facts.comparing import Difference, Movement
    from braid.facts.reading import Facts
    from braid.packs.measures import Measure

T = TypeVar("T")
# What the facts of a unit tell; who may read all of it may have its figures.
TOLD = (
    Information.IDENTITY,
    Information.WORK_GOALS,
    Information.JOBS,
    Information.ATTENDANCE,
)


def may_have_facts(actor: Actor, unit: Team) -> bool:
    """Say whether `actor` may have the facts of `unit`.

    Either to oversee it, or because everything the facts are made of may be read.
    """
    if decide(actor, Action.OVERSEE, unit.subject(Information.STATISTICAL)).allowed:
        return True
    return all(
        decide(actor, Action.READ, unit.subject(information)).allowed
        for information in TOLD
    )


def unit_facts(actor: Actor, unit: Team, as_of: date) -> Facts:
    """Return the facts of a unit, fresh from the record. Raises Refused.

    Whoever has blocked the actor is in none of them. The caller closes them.
    """
    if not may_have_facts(actor, unit):
        raise Refused("not_granted")
    return _of_unit(actor, unit, as_of)


def may_have_figures(actor: Actor, unit: Team) -> bool:
    """Say whether `actor` may have figures that a unit and its linked teams share."""
    return any(
        decide(actor, Action.READ, team.subject(Information.STATISTICAL)).allowed
        for team in (unit, *teams_beside(unit))
    )


def shared_figures(actor: Actor, unit: Team, as_of: date) -> Facts:
    """Return the facts of a unit for the figures of both sides. Raises Refused.

    The caller shows sums of them, and of their rows what the reader may read. Whoever
    has blocked the actor is in none of them. The caller closes them.
    """
    if not may_have_figures(actor, unit):
        raise Refused("no_ground")
    return _of_unit(actor, unit, as_of)


def _of_unit(actor: Actor, unit: Team, as_of: date) -> Facts:
    """Return the facts of a unit at this moment, without who has blocked the actor."""
    if not actor.hidden:
        from braid.facts import fresh

        return fresh.of_unit(unit.pk, as_of)
    from braid.facts.extraction import extract
    from braid.facts.reading import Facts

    return Facts.of(extract([unit.pk], without=actor.hidden), as_of=as_of)


def shared_result(
    actor: Actor, unit: Team, as_of: date, what: str, work: Callable[[Facts], T]
) -> T:
    """Return what `work` comes to over the facts of `shared_figures`. Raises Refused.

    It is kept for all processes under the name `what`, which says all that it follows
    from beside the facts, and given as long as no row that it reads is another. What
    it comes to is the same for whoever asks, and is not to be changed.
    """
    if not may_have_figures(actor, unit):
        raise Refused("no_ground")
    return _result(actor, unit, as_of, what, work)


def _result(
    actor: Actor, unit: Team, as_of: date, what: str, work: Callable[[Facts], T]
) -> T:
    """Return what `work` comes to, kept for as long as no row that it reads is another."""
    from braid.facts import marks

    tokens = None if actor.hidden else marks.standing(unit.pk)
    found = marks.following(unit.pk, what, tokens) if tokens else None
    if found is None:
        with _of_unit(actor, unit, as_of) as drawn:
            from braid.facts.fresh import Fresh

            if not isinstance(drawn, Fresh) or not drawn.is_kept:
                return work(drawn)
            found = marks.following(unit.pk, what, drawn.tokens)
            if found is None:
                found = drawn.followed(lambda: work(drawn))
                marks.keep(unit.pk, what, found)
    value: T = found.value
    return value


def result_of_parties(
    actor: Actor,
    agreement: Record,
    as_of: date,
    what: str,
    work: Callable[[Facts], T],
) -> T:
    """Return what `work` comes to over the facts of a unit, for both parties to an agreement.

    `agreement` is the record about money between its `unit` and who pays it. Raises
    Refused. It is kept as `shared_result` keeps it. The caller shows sums of the facts,
    and no row.
    """
    require(actor, Action.SEE_AMOUNTS, agreement.subject())
    unit: Team = agreement.unit  # type: ignore[attr-defined]
    return _result(actor, unit, as_of, what, work)


def overseen(actor: Actor) -> QuerySet[Team]:
    """Return the units whose facts `actor` may freeze and read as a whole."""
    return units(actor, Action.OVERSEE, Information.STATISTICAL)


def overseen_unit(actor: Actor, name: str) -> Team | None:
    """Return one of these units by its short name or its id; None where there is none."""
    for unit in overseen(actor).select_related("organisation"):
        if name in (unit.slug, str(unit.pk)):
            return unit
    return None


def snapshots(actor: Actor) -> list[Snapshot]:
    """Return the snapshots that hold nothing but units that `actor` oversees."""
    reach = {str(key) for key in overseen(actor).values_list("pk", flat=True)}
    kept = Snapshot.objects.exclude(hash="").select_related("made_by")
    return [one for one in kept if one.units and set(one.units) <= reach]


def snapshot(actor: Actor, key: UUID | str) -> Snapshot | None:
    """Return one of these snapshots; None where there is none with that id."""
    return next((one for one in snapshots(actor) if str(one.pk) == str(key)), None)


def latest_snapshot(actor: Actor, unit: Team | None = None) -> Snapshot | None:
    """Return the newest snapshot of units that `actor` oversees.

    With `unit` one that holds this unit, else one that holds all of them.
    """
    reach = {str(key) for key in overseen(actor).values_list("pk", flat=True)}
    wanted = reach if unit is None else {str(unit.pk)}
    for snapshot in Snapshot.objects.exclude(hash="").iterator():
        held = set(snapshot.units)
        if wanted and wanted <= held <= reach:
            return snapshot
    return None


def snapshot_facts(actor: Actor, snapshot: Snapshot) -> Facts:
    """Return the facts of a snapshot. Raises Refused, or FactsFaults if files are gone.

    The caller closes them.
    """
    require_snapshot(actor, snapshot)
    return opened(snapshot)


def require_snapshot(actor: Actor, snapshot: Snapshot) -> None:
    """Raise Refused for who does not oversee every unit of a snapshot that is open."""
    reach = {str(key) for key in overseen(actor).values_list("pk", flat=True)}
    if not snapshot.hash or not set(snapshot.units) <= reach:
        raise Refused("no_ground")


def opened(snapshot: Snapshot) -> Facts:
    """Return the facts of a snapshot, to be closed, for who was asked before.

    Raises FactsFaults if files are gone.
    """
    from braid.facts import foreign
    from braid.facts.faults import FactsFaults

    if (few := foreign.in_memory(snapshot.folder)) is not None:
        return few
    facts, faults = foreign.open_folder(snapshot.folder)
    if facts is None or faults:
        raise FactsFaults(faults)
    return facts


@dataclass(frozen=True, slots=True)
class Compared:
    """What changed between two snapshots, and why a measure moved where it was asked."""

    tables: list[Difference]
    movement: Movement | None


def compared(
    actor: Actor, before: Snapshot, after: Snapshot, measure: Measure | None = None
) -> Compared:
    """Return what changed between two snapshots. Raises Refused, or FactsFaults."""
    from braid.facts import comparing
    from braid.facts.measuring import periods_of

    with snapshot_facts(actor, before) as one, snapshot_facts(actor, after) as other:
        tables, moved = comparing.differences(one, other), None
        if measure is not None:
            periods = periods_of(measure, one, min(one.as_of, other.as_of))
            moved = comparing.movement(measure, one, other, periods)
        return Compared(tables, moved)
