"""Run a situation of a report: its lines over a few rows, by the references of words.

    input:
      as_of: 2025-06-30
      period: 2025Q1
      options: {mode: compatible}          # or nothing: the defaults
      tables:
        episodes: [{episode_id: ada, profile_started_on: 2025-02-03}]
    expect:
      - {line: profiles, numerator: 1}
      - {line: rate, group: {unit_id: x}, value: 1/2}
      - {line: started, needed: 11, is_met: false}
      - {title: IPS Grow (compatible)}

Of a line only what is expected is compared; `absent: true` says it is not there.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from pydantic import Field, ValidationError

from braid.kernel.errors import BraidError
from braid.method.measures import Asked
from braid.packs import loader
from braid.packs.measures.figures import Figure, Place, Tally, figures, tallies
from braid.packs.measures.schema import Measure
from braid.packs.measures.situations import rows_of
from braid.packs.reports.composing import Answer, compose
from braid.packs.reports.periods import span
from braid.packs.reports.schema import Report
from braid.packs.reports.targets import Reached, reached
from braid.packs.shapes import Situation, Strict


class Given(Strict):
    """What a situation gives."""

    as_of: date
    period: str
    options: dict[str, str] = {}
    tables: dict[str, list[dict[str, Any]]] = {}


class Expected(Strict):
    """What is expected of one line, or of the title."""

    line: str = ""
    group: dict[str, str | None] = {}
    title: str | None = None
    absent: bool = False
    numerator: Any = None
    denominator: Any = None
    value: Any = None
    reason: str | None = None
    needed: int | None = None
    is_met: bool | None = None


class Answers(Strict):
    """The lines expected; one that is not named here is not compared."""

    lines: list[Expected] = Field(min_length=1)


@dataclass(frozen=True, slots=True)
class _Asked:
    """A measure answered by the references of its words."""

    measure: Measure
    periods: Sequence[Asked]
    parts: Sequence[Mapping[Place, Tally]]

    def figures(
        self, by: Sequence[str] = (), within: Mapping[str, str | None] | None = None
    ) -> list[Figure]:
        return figures(self.measure, self.parts, self.periods, by, within)


def asking(
    tables: Mapping[str, Sequence[Mapping[str, Any]]],
) -> Callable[[Measure, Sequence[Asked]], _Asked]:
    """Return how measures are asked of plain rows."""

    def ask(measure: Measure, periods: Sequence[Asked]) -> _Asked:
        parts = [
            tallies(
                measure,
                use,
                use.defined.reference(tables, periods, **measure.parameters(use)),
            )
            for use in measure.words
        ]
        return _Asked(measure, periods, parts)

    return ask


def run_situation(report: Report, situation: Situation) -> list[str]:
    """Return where the lines of a report are not as expected."""
    try:
        given = Given.model_validate(situation.input)
        expected = Answers(lines=situation.expect).lines
        options = report.chosen(given.options)
        answers = compose(
            report,
            span(given.period, report.periods),
            given.as_of,
            options,
            lambda name: loader.get("measures", name),
            asking(rows_of(given.tables)),
        )
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"])
        return [f"'{place}' of the situation: {first['msg']}."]
    except (BraidError, KeyError, TypeError, ValueError) as error:
        return [f"the lines cannot be worked out: {type(error).__name__}: {error}."]
    title = report.title(options, "en")
    return [
        told for each in expected for told in _compared(each, answers, options, title)
    ]


def _compared(
    expected: Expected,
    answers: Sequence[Answer],
    options: Mapping[str, str],
    title: str,
) -> Iterator[str]:
    if expected.title is not None and expected.title != title:
        yield f"the title is '{title}', expected was '{expected.title}'."
    if not expected.line:
        return
    found = [
        answer
        for answer in answers
        if answer.name == expected.line and dict(answer.figure.group) == expected.group
    ]
    where = f"the line '{expected.line}' {expected.group or ''}".strip()
    if expected.absent or not found:
        if bool(found) == expected.absent:
            yield f"{where} is {'there' if found else 'not there'}."
        return
    yield from _parts(expected, found[0], options, where)


def _parts(
    expected: Expected, answer: Answer, options: Mapping[str, str], where: str
) -> Iterator[str]:
    part = answer.part
    target: Reached | None = next(iter(reached(answer, options)), None)
    got = {
        "numerator": part.numerator,
        "denominator": part.denominator,
        "value": part.value,
        "reason": part.reason,
        "needed": target and target.needed,
        "is_met": target and target.is_met,
    }
    for name, found in got.items():
        if name in expected.model_fields_set:
            wanted = getattr(expected, name)
            if not _equal(wanted, found):
                yield f"{where}: {name} is {found}, expected was {wanted}."


def _equal(wanted: Any, found: Any) -> bool:
    if isinstance(found, float):
        return wanted is not None and round(found, 6) == round(
            float(Fraction(str(wanted))), 6
        )
    if isinstance(found, Fraction):
        return wanted is not None and Fraction(str(wanted)) == found
    return bool(wanted == found)
