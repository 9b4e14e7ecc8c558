"""Totals, sections and bands; with gaps an interval, never a proration."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from typing import Literal

from braid.kernel.errors import InputFault
from braid.method.scales.inputs import NUMBER
from braid.method.scales.quantities.case import HALF
from braid.method.scales.rules import Rules, Settings
from braid.method.scales.scoring import rating
from braid.method.scales.shape import Band, Scale

NO_FIT = "no_fit"
Rating = int | None | Literal["no_fit"]


@dataclass(frozen=True, slots=True)
class Interval:
    """Between which totals a programme lies, and which bands that touches.

    `band` only where the whole interval lies in one. `clear`, `partly` and `open` count
    items whose bounds meet, are narrower than the scale, or are as wide as it.
    """

    low: int
    high: int
    band: str | None
    bands_possible: tuple[str, ...]
    clear: int
    partly: int
    open: int


@dataclass(frozen=True, slots=True)
class Total:
    """The sum of a whole rating; with gaps no total, but an interval.

    `sections` in the order of the scale, None for each with a gap. `no_fit` and
    `missing` are item numbers: one counts as the lowest score, the other is unknown.
    """

    total: int | None
    sections: tuple[int | None, ...]
    band: str | None
    interval: tuple[int, int]
    bands_possible: tuple[str, ...]
    missing: tuple[int, ...] = ()
    no_fit: tuple[int, ...] = ()
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Banded:
    """A total by itself, or a band that was only stated, and what an author claims."""

    band: str | None
    band_source: Literal["computed", "stated"]
    claim_band: str | None = None
    claim_agrees: bool | None = None
    warnings: tuple[str, ...] = field(default=())


def total(scale: Scale, ratings: Sequence[object]) -> Total:
    """Return totals and band of ratings in item order; None where insufficient.

    Raises: InputFault (`wrong_item_count`, `score_out_of_range`, `score_not_integer`,
    `no_fit_not_in_scale`).
    """
    if len(ratings) != len(scale.items):
        raise InputFault(
            f"'{scale.id}' has {len(scale.items)} items; {len(ratings)} scores are given. "
            "Give one for each, empty where the evidence is insufficient.",
            field="scores",
            reason="wrong_item_count",
        )
    given = list(zip(scale.items, ratings, strict=True))
    scores = {item.no: _score(scale, item.no, value) for item, value in given}
    missing = tuple(no for no, score in scores.items() if score is None)
    known = sum(score for score in scores.values() if score is not None)
    low = known + scale.lowest * len(missing)
    high = known + scale.highest * len(missing)
    possible = bands_between(scale, low, high)
    return Total(
        total=None if missing else known,
        sections=tuple(
            _sum([scores[no] for no in each.items]) for each in scale.sections
        ),
        band=possible[0] if len(possible) == 1 else None,
        interval=(low, high),
        bands_possible=possible,
        missing=missing,
        no_fit=tuple(item.no for item, value in given if value == NO_FIT),
    )


def _score(scale: Scale, no: int, value: object) -> int | None:
    """Return the points of a rating; None where it is insufficient."""
    field = f"item {no}"
    if value == NO_FIT:
        if scale.no_fit is None:
            raise InputFault(
                f"Item {no} is rated 'no_fit', which '{scale.id}' does not have. Rate it, "
                "or leave it empty where the evidence is insufficient.",
                field=field,
                reason="no_fit_not_in_scale",
            )
        return scale.no_fit
    try:
        return rating(value, field=field)
    except InputFault as fault:
        raise InputFault(
            f"Item {no}: {fault}", field=field, reason=fault.reason
        ) from None


def _sum(scores: Sequence[int | None]) -> int | None:
    known = [score for score in scores if score is not None]
    return sum(known) if len(known) == len(scores) else None


def bands_between(scale: Scale, low: int, high: int) -> tuple[str, ...]:
    """Return every band that totals from `low` to `high` touch, the lowest first."""
    return tuple(b.id for b in scale.bands if b.low <= high and low <= b.high)


def interval(scale: Scale, bounds: Mapping[int, tuple[int, int]]) -> Interval:
    """Return between which totals a programme lies, from the bounds of its items.

    An item without bounds is open, from the lowest score to the highest.
    Raises: InputFault (`item_unknown`, `bounds_unfit`).
    """
    for no, (low, high) in bounds.items():
        scale.item(no)
        if not scale.lowest <= low <= high <= scale.highest:
            raise InputFault(
                f"The bounds of item {no} cannot be. They run from {scale.lowest} to "
                f"{scale.highest}, the lower one first.",
                field=f"item {no}",
                reason="bounds_unfit",
            )
    widest = scale.lowest, scale.highest
    every = [bounds.get(item.no, widest) for item in scale.items]
    low, high = (sum(each[side] for each in every) for side in (0, 1))
    possible = bands_between(scale, low, high)
    clear, opened = sum(a == b for a, b in every), sum(each == widest for each in every)
    return Interval(
        low,
        high,
        possible[0] if len(possible) == 1 else None,
        possible,
        clear,
        len(every) - clear - opened,
        opened,
    )


def points_to_next_band(scale: Scale, points: int) -> tuple[str, int] | None:
    """Return the next higher band and how many points are missing; None in the highest.

    `points` is a total, or the low end of an interval.
    """
    above = [band for band in scale.bands if band.low > points]
    if not above:
        return None
    nearest = min(above, key=lambda band: band.low)
    return nearest.id, nearest.low - points


def banded(
    scale: Scale,
    points: object,
    *,
    rules: Rules,
    is_mean: bool = False,
    claim: str | None = None,
    stated_band: str | None = None,
) -> Banded:
    """Return the band of a total, whether a claim agrees, or a band stated without one.

    `points`: a whole number, or with `is_mean` one in decimals as text. Raises: InputFault
    (`total_out_of_range`, `total_not_integer`, `band_unknown`).
    """
    claimed = named_band(scale, claim) if claim is not None else None
    warnings: tuple[str, ...] = ()
    if points is None:
        stated = named_band(scale, stated_band) if stated_band is not None else None
        band, source = stated, "stated"
    else:
        whole, warnings = _whole(scale, points, is_mean, rules)
        found = [each for each in scale.bands if each.low <= whole <= each.high]
        band, source = found[0].id if found else None, "computed"
    agrees = None if claimed is None or band is None else claimed == band
    return Banded(
        band,
        "stated" if source == "stated" else "computed",
        claimed,
        agrees,
        warnings,
    )


def _whole(
    scale: Scale, points: object, is_mean: bool, rules: Rules
) -> tuple[int, tuple[str, ...]]:
    """Return a total as the bands look at it, and a warning where it was a broken mean."""
    value = _number(points)
    if value is None or (value.denominator != 1 and not is_mean):
        raise InputFault(
            "A total is a whole number. Say that it is a mean where it is one.",
            field="total",
            reason="total_not_integer",
        )
    if not scale.least <= value <= scale.most:
        raise InputFault(
            f"A total of '{scale.id}' runs from {scale.least} to {scale.most}. Check the "
            "number and the scale.",
            field="total",
            reason="total_out_of_range",
        )
    if value.denominator == 1:
        return int(value), ()
    how = Settings(None, rules).get("mean")
    whole = (value + HALF).__floor__() if how == "half_up" else value.__floor__()
    return whole, ("mean_floored",) if how == "floor" else ()


def _number(points: object) -> Fraction | None:
    if isinstance(points, bool):
        return None
    if isinstance(points, int | Fraction):
        return Fraction(points)
    text = str(points) if isinstance(points, Decimal | str) else ""
    return Fraction(text) if NUMBER.fullmatch(text) else None


def named_band(scale: Scale, said: str) -> str:
    """Return the band that a word means: its id, or an author's word for it.

    Raises: InputFault (`band_unknown`).
    """
    word = said.strip().casefold().replace(" ", "_")
    known: Mapping[str, Band] = {band.id: band for band in scale.bands}
    word = scale.aliases.get(word, word)
    if word not in known:
        raise InputFault(
            f"'{scale.id}' has no such band. Its bands: {', '.join(known) or 'not known'}; "
            f"other words: {', '.join(scale.aliases) or 'none'}.",
            field="band",
            reason="band_unknown",
        )
    return word
