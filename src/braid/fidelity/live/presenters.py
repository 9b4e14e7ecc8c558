"""The page of a unit in words: the figures on top, its items, what would raise them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from braid.facts.presenters import NOTHING, FigureLine, number_text
from braid.fidelity.live.raising import Raised, sentence
from braid.fidelity.live.trends import Trend, trend
from braid.fidelity.live.values import Value, line_of, signals_of, value_of
from braid.fidelity.wording import any_of
from braid.method.scales import points_to_next_band
from braid.web.days import day_text

if TYPE_CHECKING:
    from braid.fidelity.live.asking import Asked
    from braid.fidelity.live.board import Board
    from braid.fidelity.live.reading import LiveItem
    from braid.fidelity.told import Told as Reviewed
    from braid.method.scales import Scored

SCORES = range(1, 6)
MINUS = "\N{MINUS SIGN}"


@dataclass(frozen=True, slots=True)
class Pips:
    """A score as five pips: `solid` as seen, `possible` up to the ceiling, else `none`."""

    kinds: tuple[str, ...]
    text: str


@dataclass(frozen=True, slots=True)
class Stat:
    """A figure on top, and what it is."""

    value: str
    label: str


@dataclass(frozen=True, slots=True)
class Told:
    """What is told of an item inside its unit: value, signals, and how it is counted.

    `figures` are those of its measures, `rules` house rules with their ids.
    """

    value: Value | None
    signals: tuple[Value, ...]
    figures: tuple[FigureLine, ...]
    rules: tuple[tuple[str, str], ...]
    rows_url: str


@dataclass(frozen=True, slots=True)
class Line:
    """An item on the page of its unit; `last` is what the last review agreed on."""

    no: int
    title: str
    url: str
    pips: Pips
    is_judged: bool
    told: Told | None
    trend: Trend
    history: tuple[str, ...]
    now: str
    last: str


def pips(scored: Scored) -> Pips:
    """Return a score, or what is between its floor and its ceiling, as pips."""
    if (scored.floor, scored.ceiling) == (SCORES[0], SCORES[-1]):
        return Pips(("none",) * len(SCORES), score_text(scored))
    kinds = tuple(
        "solid" if n <= scored.floor else "possible" if n <= scored.ceiling else "none"
        for n in SCORES
    )
    return Pips(kinds, score_text(scored))


def score_text(scored: Scored | None) -> str:
    """Return a score as it is said: 4 of 5, 2 to 4, or open."""
    if scored is None:
        return NOTHING
    if scored.score is not None:
        return _("%(score)s of 5") % {"score": scored.score}
    if (scored.floor, scored.ceiling) == (SCORES[0], SCORES[-1]):
        return _("open, from 1 to 5")
    return _("from %(floor)s to %(ceiling)s of 5") % {
        "floor": scored.floor,
        "ceiling": scored.ceiling,
    }


def short(scored: Scored | None) -> str:
    """Return a score for a table: 4, 2–4, or a dash where nothing is known."""
    if scored is None or (scored.floor, scored.ceiling) == (SCORES[0], SCORES[-1]):
        return NOTHING
    if scored.score is not None:
        return str(scored.score)
    return f"{scored.floor}–{scored.ceiling}"


def bands_text(asked: Asked, bands: tuple[str, ...]) -> str:
    """Return the bands that a total may lie in."""
    return any_of(asked.words.bands[each] for each in bands)


# ---- The figures on top --------------------------------------------------------------------


def stats(board: Board, asked: Asked, reviewed: Reviewed | None) -> Iterator[Stat]:
    """Yield the figures on top: never one number that would be "the fidelity"."""
    points, items = board.computed
    highest = SCORES[-1] * items
    yield Stat(
        _("%(points)s of %(highest)s") % {"points": points, "highest": highest},
        ngettext("%(n)s item computed", "%(n)s items computed", items) % {"n": items},
    )
    if same := board.same:
        count, change = same
        label = ngettext(
            "the same %(n)s item since %(day)s",
            "the same %(n)s items since %(day)s",
            count,
        )
        yield Stat(
            signed(change), label % {"n": count, "day": day_text(board.before_on)}
        )
    if reviewed is not None:
        yield _of_review(reviewed, asked)
    low, high = board.now.interval.low, board.now.interval.high
    possible = bands_text(asked, board.now.interval.bands_possible)
    label = _("possible total with what is open")
    yield Stat(f"{low}–{high}", f"{label}: {possible}" if possible else label)


def signed(change: int) -> str:
    """Return a change with its sign."""
    if not change:
        return "±0"
    return f"+{change}" if change > 0 else f"{MINUS}{-change}"


def _of_review(reviewed: Reviewed, asked: Asked) -> Stat:
    month = date_format(reviewed.review.last_day, "F Y")
    band = asked.words.bands.get(reviewed.band or "", "")
    total = reviewed.total
    label = _("last review, %(month)s") % {"month": month}
    if not reviewed.is_final:
        label = _("last review, %(month)s, not final yet") % {"month": month}
    if total is None:
        return Stat(band or NOTHING, label)
    low, high = total.interval
    points = str(total.total) if total.total is not None else f"{low}–{high}"
    return Stat(f"{points}, {band.lower()}" if band else points, label)


# ---- Items ---------------------------------------------------------------------------------


def lines(board: Board, asked: Asked, reviewed: Reviewed | None) -> list[Line]:
    """Return every item of the scale; its figures are told inside the unit alone."""
    return [
        _line(board, asked, reviewed, place) for place in range(len(board.now.items))
    ]


def _line(board: Board, asked: Asked, reviewed: Reviewed | None, place: int) -> Line:
    one = board.now.items[place]
    no = one.item.no
    scores = [found.items[place].scored if found else None for found in board.trend]
    is_judged = one.item.auto == "J" and one.scored.score is None
    return Line(
        no=no,
        title=asked.words.items[no].title,
        url=asked.address("item", no),
        pips=pips(one.scored),
        is_judged=is_judged,
        told=told(one, asked) if asked.of.is_inside else None,
        trend=trend(scores),
        history=tuple(short(each) for each in scores),
        now=short(one.scored),
        last=last_text(reviewed, no),
    )


def told(one: LiveItem, asked: Asked) -> Told:
    """Return what stands behind the score of an item."""
    figures = tuple(line_of(figure) for figure in one.figures.values())
    rows_url = ""
    if figures:
        rows_url = asked.address("item_rows", one.item.no, figures[0].measure)
    return Told(
        value=None if one.signals else value_of(one),
        signals=tuple(signals_of(one)),
        figures=figures,
        rules=tuple((name, asked.words.rules[name]) for name in one.scored.rule),
        rows_url=rows_url,
    )


def last_text(reviewed: Reviewed | None, no: int) -> str:
    """Return the last agreed score of an item with its month; it enters no sum."""
    score = reviewed.scores.get(no) if reviewed else None
    if reviewed is None or score is None:
        return ""
    return _("%(score)s at the review of %(month)s") % {
        "score": score,
        "month": date_format(reviewed.review.last_day, "F Y"),
    }


# ---- What would raise us -------------------------------------------------------------------


def raised(board: Board, asked: Asked) -> Iterator[Raised]:
    """Yield the smallest change that would lift each item with a score below the highest."""
    for one in board.now.items:
        if one.lift is None or not (what := sentence(one)):
            continue
        no, score = one.item.no, one.lift.next_score
        yield Raised(
            no,
            asked.words.items[no].title,
            asked.address("item", no),
            what,
            score,
            asked.words.anchors(one.item).get(score, ""),
        )


def next_band(board: Board, asked: Asked) -> str:
    """Return how far the lowest possible total is from the next band."""
    low = board.now.interval.low
    found = points_to_next_band(asked.scale.scale, low)
    if found is None:
        return ""
    band, points = found
    words = ngettext(
        "The lowest possible total is %(low)s. %(n)s more point, computed or agreed at a "
        "review, would make it at least: %(band)s.",
        "The lowest possible total is %(low)s. %(n)s more points, computed or agreed at "
        "a review, would make it at least: %(band)s.",
        points,
    )
    return words % {
        "low": low,
        "n": number_text(points, 0),
        "band": asked.words.bands[band],
    }
