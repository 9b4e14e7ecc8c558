"""One item in words: its descriptions, figures, specialists, rules and trend."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from braid.access import queries as access
from braid.facts.presenters import NOTHING, FigureLine, number_text
from braid.fidelity.live.behind import may_see
from braid.fidelity.live.presenters import Pips, pips, score_text
from braid.fidelity.live.raising import sentence
from braid.fidelity.live.values import figure_of, line_of
from braid.method.scales import rules_of, what_would_raise

if TYPE_CHECKING:
    from datetime import date

    from braid.access.policy import Actor
    from braid.fidelity.live.asking import Asked
    from braid.fidelity.live.board import Board
    from braid.fidelity.live.reading import LiveItem, OfSpecialist


@dataclass(frozen=True, slots=True)
class Anchor:
    """The description of a score; the one that was reached, or may be, is marked."""

    score: int
    text: str
    state: str


@dataclass(frozen=True, slots=True)
class Component:
    """A part of an item, and whether the record shows it."""

    name: str
    text: str
    state: str


@dataclass(frozen=True, slots=True)
class Measured:
    """A figure of an item, and where its rows are."""

    line: FigureLine
    rows_url: str


@dataclass(frozen=True, slots=True)
class Specialist:
    """What one specialist was rated by; the score is theirs, for supervision alone."""

    name: str
    pips: Pips | None
    value: str
    raises: str
    rows_url: str


@dataclass(frozen=True, slots=True)
class Rule:
    """A house rule of an item, and whether it had a say in the score."""

    name: str
    text: str
    had_a_say: bool


def anchors(one: LiveItem, asked: Asked) -> list[Anchor]:
    """Return the descriptions of an item, the highest first."""
    reached = _("reached")
    found = one.scored
    if found.score is None:
        reached = _("possible")
    return [
        Anchor(score, text, reached if found.floor <= score <= found.ceiling else "")
        for score, text in asked.words.anchors(one.item).items()
    ]


def components(one: LiveItem, asked: Asked) -> list[Component]:
    """Return the parts of an item with what the record says of each."""
    states = {
        name: words
        for key, words in (
            ("met", _("seen in the record")),
            ("not_met", _("not seen in the record")),
        )
        for name in (one.quantities or {}).get(key, ())
    }
    return [
        Component(
            name,
            asked.words.component(one.item, name),
            states.get(name, _("to look at in a review")),
        )
        for name in one.item.components
    ]


def measured(one: LiveItem, asked: Asked) -> list[Measured]:
    """Return every figure of an item with all that must be said beside it."""
    return [
        Measured(
            line_of(figure), asked.address("item_rows", one.item.no, figure.measure)
        )
        for figure in one.figures.values()
    ]


def specialists(
    one: LiveItem, asked: Asked, actor: Actor, names: Mapping[UUID, str] | None = None
) -> list[Specialist]:
    """Return the specialists that the reader may see: all in supervision, else the own."""
    seen = [
        each
        for each in one.specialists
        if each.staff and may_see(actor, asked, each.staff)
    ]
    if names is None:
        names = access.names_of({UUID(each.staff) for each in seen if each.staff})
    return [_specialist(one, each, asked, names) for each in seen]


def _specialist(
    one: LiveItem, each: OfSpecialist, asked: Asked, names: Mapping[UUID, str]
) -> Specialist:
    staff = each.staff or ""
    raises = ""
    if each.scored is not None and each.quantities is not None:
        rules = rules_of(asked.scale.scale)
        lift = what_would_raise(one.item, each.scored, each.quantities, rules=rules)
        raises = sentence(one, lift) if lift else ""
    figure = figure_of(one)
    url = ""
    if figure is not None:
        url = asked.address("item_rows", one.item.no, figure.measure, staff=staff)
    return Specialist(
        names.get(UUID(staff), ""),
        pips(each.scored) if each.scored else None,
        _value(each),
        raises,
        url,
    )


def _value(each: OfSpecialist) -> str:
    """Return the value that was scored: a share, or a number."""
    value = each.scored.value if each.scored else None
    if value is None:
        return NOTHING
    quantities = each.quantities or {}
    is_share = not {"face_to_face_per_week", "phases_delivered"} & quantities.keys()
    if is_share:
        return _("%(number)s %%") % {"number": number_text(100 * Fraction(value), 0)}
    return number_text(value, 1)


def rules(one: LiveItem, asked: Asked) -> Iterator[Rule]:
    """Yield the house rules of an item, those with a say in the score first."""
    own = rules_of(asked.scale.scale).of_item(one.item.no)
    for rule in sorted(own, key=lambda rule: rule.id not in one.scored.rule):
        yield Rule(rule.id, asked.words.rules[rule.id], rule.id in one.scored.rule)


def history(board: Board) -> list[tuple[date, str]]:
    """Return the days of the trend of the only item of a board, and its score on each."""
    return [
        (day, score_text(found.items[0].scored if found else None))
        for day, found in zip(board.trend_on, board.trend, strict=True)
    ]


def notes(one: LiveItem) -> list[str]:
    """Return what must be said beside a score."""
    found = list(one.scored.notes)
    for each in one.specialists:
        found += each.scored.notes if each.scored else ()
    told = [
        NOTES[name](found.count(name)) % {"n": found.count(name)}
        for name in dict.fromkeys(found)
    ]
    return told + list(_extras(one))


def _extras(one: LiveItem) -> Iterator[str]:
    """Yield other readings of the same figures that stand beside a score."""
    extras = one.scored.extras
    other = extras.get("method_a")
    if isinstance(other, dict):
        yield _(
            "Counted by different kinds alone: %(percent)s %%, score %(score)s."
        ) % {
            "percent": number_text(other["percent"], 0),
            "score": other["score"],
        }
    if extras.get("open_cases") and extras.get("value_with_open") is not None:
        days = extras["value_with_open"]
        yield _(
            "With %(n)s who wait still, by the days passed: %(days)s days, score "
            "%(score)s."
        ) % {
            "n": extras["open_cases"],
            "days": number_text(days, 0),  # type: ignore[arg-type]
            "score": extras["score_with_open"],
        }
    if extras.get("score_without_floor") is not None:
        yield _("Without the rule on few jobs: score %(score)s.") % {
            "score": extras["score_without_floor"]
        }
    if left_out := extras.get("left_out"):
        n = int(str(left_out))
        words = ngettext(
            "%(n)s specialist left out, with nothing to rate.",
            "%(n)s specialists left out, with nothing to rate.",
            n,
        )
        yield words % {"n": n}


NOTES: Mapping[str, Callable[[int], str]] = {
    "zero_denominator": lambda n: _("There is nothing to divide by in the window."),
    "three_or_more_teams": lambda n: ngettext(
        "%(n)s specialist belongs to three treatment teams or more.",
        "%(n)s specialists belong to three treatment teams or more.",
        n,
    ),
    "not_tracked": lambda n: _("Contacts are not tracked for nearly everybody."),
    "half_point_tie": lambda n: _("The mean lies half-way between two scores."),
    "methods_differ": lambda n: _("The two readings of this item give two scores."),
    "fewer_than_ten_jobs": lambda n: _("There are fewer than ten current jobs."),
    "nearest_anchor": lambda n: _("The nearest description was taken."),
    "attachment_unknown": lambda n: ngettext(
        "Of %(n)s specialist nobody recorded which treatment teams they belong to.",
        "Of %(n)s specialists nobody recorded which treatment teams they belong to.",
        n,
    ),
    "contact_unknown": lambda n: _(
        "Not every contact says whether a caseworker took part."
    ),
    "review_unknown": lambda n: _("Nobody recorded that the log is looked through."),
    "contact_minutes_proxy": lambda n: ngettext(
        "For %(n)s specialist minutes of contacts stand in for working time.",
        "For %(n)s specialists minutes of contacts stand in for working time.",
        n,
    ),
}
"""What is said beside a score; a test holds it complete."""
