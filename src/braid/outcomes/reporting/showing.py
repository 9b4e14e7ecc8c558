"""What may be shown of the lines of a report: all of it, or what a profile lets out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from braid.facts import leaving
from braid.facts.leaving import Number
from braid.packs import suppression
from braid.packs.measures.figures import Figure
from braid.packs.reports.composing import Answer


@dataclass(frozen=True, slots=True)
class Shown:
    """A line as it is shown; what is kept back is None, with the `mark` of its value."""

    numerator: Fraction | None
    denominator: Fraction | None
    value: Fraction | float | None
    n: int | None
    mark: str
    left_out: Mapping[str, int | None]


def shown(answers: Sequence[Answer], profile: str | None) -> list[Shown]:
    """Return each line as it is shown, all of them under one mask.

    Without a profile each is exact. Raises PackFault for a profile that is not known.
    """
    rule = None if profile is None else suppression.get(profile)
    figures = {answer.key: _named(answer) for answer in answers}
    found = leaving.protect(figures, rule)
    return [_line(answer, found[answer.key]) for answer in answers]


def _named(answer: Answer) -> Figure:
    """Return a figure under the name of its measure with the options as set.

    Else groups of one option would be taken for parts of the whole of another.
    """
    (name, chosen), _period, _group = answer.key
    said = " ".join((name, *(f"{option}={value}" for option, value in chosen)))
    return replace(answer.figure, measure=said)


def _line(answer: Answer, found: leaving.Shown) -> Shown:
    kind, name = answer.shows
    top, below, n = Number(None), Number(None), None
    if kind == "ratio":
        rate = found.ratios[name]
        top, below, value = rate.numerator, rate.denominator, rate.value
    elif kind == "amount":
        top = value = found.amounts[name]
    else:
        value = found.statistics[name]
        said = found.figure.statistics.get(name)
        n = said.rows if said else None
    if answer.part.value is None and not value.is_hidden:
        value = Number(None)  # of what nobody has said anything
    return Shown(
        _exact(top.value),
        _exact(below.value),
        value.value,
        n,
        value.mark,
        {reason: _count(number) for reason, number in found.left_out.items()},
    )


def _exact(value: Fraction | float | None) -> Fraction | None:
    return None if value is None else Fraction(value)


def _count(number: Number) -> int | None:
    return None if number.value is None else int(number.value)
