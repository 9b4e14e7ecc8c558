"""When a review may go on, and what stands in the way; pure.

States and what is done in each are those of the published review: a visit, ratings
alone, one agreed score, moderation, a week for the service, the final report.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import TypeVar
from uuid import UUID

from braid.kernel.dates import add_months

ANSWER_DAYS = 7  # in which a service adds evidence, after it was told
FEWEST_RATERS = 2  # of an independent review; one rates a self-assessment
CHARTS = 10
PIECES_DAYS, AGENDA_DAYS = 21, 14  # before the visit
TOLD_DAYS, PLAN_DAYS = 28, 42  # after it

FOLLOWS: Mapping[str, tuple[str, ...]] = {
    "planned": ("rating", "withdrawn"),
    "rating": ("consensus", "withdrawn"),
    "consensus": ("moderated", "withdrawn"),
    "moderated": ("answered", "withdrawn"),
    "answered": ("final", "withdrawn"),
    "final": (),
    "withdrawn": (),
}
"""Which status follows which."""


@dataclass(frozen=True, slots=True)
class Standing:
    """How far a review is. `raters` have seats, `locked` of them are done.

    `agreed` are the items with a score of the present stage, `items` all of the scale;
    `told_on` is the day on which the service was told.
    """

    status: str
    mode: str
    items: frozenset[int]
    raters: int = 0
    locked: int = 0
    agreed: frozenset[int] = frozenset()
    told_on: date | None = None
    has_snapshot: bool = False


def in_the_way(now: Standing, to: str, today: date) -> tuple[str, ...]:
    """Return why a review may not take a step yet; empty where it may.

    Reasons: step_not_next, no_snapshot, too_few_raters, not_locked, items_open,
    week_not_over.
    """
    if to not in FOLLOWS[now.status]:
        return ("step_not_next",)
    found = []
    if to == "rating" and not now.has_snapshot:
        found.append("no_snapshot")
    if to in ("rating", "consensus") and now.raters < fewest_raters(now.mode):
        found.append("too_few_raters")
    if to == "consensus" and now.locked < now.raters:
        found.append("not_locked")
    if to in ("moderated", "final") and now.items - now.agreed:
        found.append("items_open")
    if to == "answered" and now.told_on and today < answer_by(now.told_on):
        found.append("week_not_over")
    return tuple(found)


def fewest_raters(mode: str) -> int:
    """Return how many must rate: two, or one who assesses the own service."""
    return 1 if mode == "self" else FEWEST_RATERS


def answer_by(told_on: date) -> date:
    """Return the last day of the week of the service."""
    return told_on + timedelta(ANSWER_DAYS)


def delete_by(told_on: date, days: int) -> date:
    """Return the day by which personal data of a review go, by the days of the country."""
    return told_on + timedelta(days)


@dataclass(frozen=True, slots=True)
class Drawn:
    """One record of a sample: its number, whose it is, and the group it stands for."""

    number: int
    episode: UUID
    stratum: str


def draw(
    strata: Mapping[str, Sequence[UUID]],
    size: int,
    seed: int,
    holders: Mapping[UUID, str] | None = None,
) -> tuple[Drawn, ...]:
    """Return a sample of records, spread over the strata, drawn by a seed.

    Each stratum in turn gives one at random until `size` are drawn or none is left, of
    the specialist in `holders` of whom fewest were drawn. The same seed and the same
    records draw the same sample. The numbers follow the order of drawing, which says
    nothing about whose record it is.
    """
    dice = Random(seed)  # noqa: S311 - a sample that can be drawn again, no secret
    held = holders or {}
    left = {}
    for name in sorted(strata):
        left[name] = sorted(strata[name])
        dice.shuffle(left[name])
    found: list[tuple[UUID, str]] = []
    drawn: Counter[str] = Counter()
    while len(found) < size and any(left.values()):
        for name in [name for name in left if left[name]][: size - len(found)]:
            one = min(left[name], key=lambda key: drawn[held.get(key, "")])
            left[name].remove(one)
            drawn[held.get(one, "")] += 1
            found.append((one, name))
    dice.shuffle(found)
    return tuple(Drawn(n, *one) for n, one in enumerate(found, 1))


@dataclass(frozen=True, slots=True)
class Due:
    """Something of a review that is to be done by a day."""

    code: str
    day: date


def preparation(first_day: date, last_day: date, *, remote: bool) -> tuple[Due, ...]:
    """Return what is to be done by when, counted back from the visit and on from it.

    The distances are those of the published preparation of a review in England; a
    visit at a distance is arranged a month ahead besides.
    """
    found = [
        Due("asked", add_months(first_day, -2)),
        *([Due("sharing", add_months(first_day, -1))] if remote else []),
        Due("pieces", first_day - timedelta(PIECES_DAYS)),
        Due("agenda", first_day - timedelta(AGENDA_DAYS)),
        Due("visit", first_day),
        Due("told", last_day + timedelta(TOLD_DAYS)),
        Due("plan", last_day + timedelta(PLAN_DAYS)),
    ]
    return tuple(found)


@dataclass(frozen=True, slots=True)
class Alike:
    """How far ratings of two agree: shares of the items that both scored.

    `kappa` is weighted by squares over the five scores; None where it is not defined.
    """

    items: int
    exact: int
    within_one: int
    kappa: float | None


def alike(first: Mapping[int, int | None], second: Mapping[int, int | None]) -> Alike:
    """Return how far two sets of scores agree, over items that both scored."""
    pairs = [
        (one, other)
        for item in sorted(first.keys() & second.keys())
        if (one := first[item]) is not None and (other := second[item]) is not None
    ]
    exact = sum(one == other for one, other in pairs)
    within_one = sum(abs(one - other) <= 1 for one, other in pairs)
    return Alike(len(pairs), exact, within_one, _kappa(pairs))


def _kappa(pairs: Sequence[tuple[int, int]]) -> float | None:
    seen = sum((one - other) ** 2 for one, other in pairs)
    by_chance = sum((one - other) ** 2 for one, _ in pairs for _, other in pairs)
    if not by_chance:
        return None
    return 1 - seen * len(pairs) / by_chance


Row = TypeVar("Row")


def in_force(rows: Iterable[Row], key: object = None) -> dict[tuple[object, ...], Row]:
    """Return the last row for each item, stage and rater, of rows in the order written."""
    found: dict[tuple[object, ...], Row] = {}
    for row in rows:
        found[row.item, row.stage, row.rater_id] = row  # type: ignore[attr-defined]
    return found
