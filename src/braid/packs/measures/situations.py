"""Run a situation of a measure: the references of its words over a few rows.

    input:
      as_of: 2026-06-30
      by: [staff_id]                       # or nothing: the whole
      period: [2026-01-01, 2026-03-31]     # or nothing: the window of the measure
      tables:
        episodes: [{episode_id: ada, accepted_on: 2026-01-05}]
    expect:
      - {group: {staff_id: kim}, value: 1/2, numerator: 1, left_out: {}}

What a row does not say is unknown; all is in one unit, and each episode is of a person
of its own unless the rows say otherwise. Of a figure only what is expected is compared.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from pydantic import Field, ValidationError

from braid.kernel.errors import BraidError
from braid.packs.measures.figures import Figure, Share, figures, tallies
from braid.packs.measures.periods import asked, between
from braid.packs.measures.schema import BASIS_COLUMN, Measure
from braid.packs.shapes import Situation, Strict

Row = Mapping[str, Any]
THE_UNIT = "unit"
# What a row is called when it does not say.
KEYS = {
    "contacts": "contact_id",
    "employer_contacts": "employer_contact_id",
    "jobs": "job_id",
    "proposals": "proposal_id",
    "questions": "question_id",
    "refusals": "refusal_id",
    "tasks": "task_id",
}
_DECIMAL = re.compile(r"-?[0-9]+\.[0-9]+")


class Given(Strict):
    """What a situation gives."""

    as_of: date
    by: tuple[str, ...] = ()
    period: tuple[date, date] | None = None
    tables: dict[str, list[dict[str, Any]]] = {}


class Expected(Strict):
    """What is expected of one figure; what is not given is not compared."""

    period: str | None = None
    group: dict[str, str | None] = {}
    numerator: Any = None
    denominator: Any = None
    value: Any = None
    reason: str | None = None
    rows: int | None = None
    amounts: dict[str, Any] = {}
    ratios: dict[str, Any] = {}
    statistics: dict[str, Any] = {}
    left_out: dict[str, int] | None = None


class Answers(Strict):
    """The figures expected; a figure that is not named here is not compared."""

    figures: list[Expected] = Field(min_length=1)


def run_situation(measure: Measure, situation: Situation) -> list[str]:
    """Return where the figures of the references are not as expected."""
    try:
        given = Given.model_validate(situation.input)
        expected = Answers(figures=situation.expect).figures
        found = figures_of(measure, given)
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"])
        return [f"'{place}' of the situation: {first['msg']}."]
    except (BraidError, KeyError, TypeError, ValueError) as error:
        return [f"the figures cannot be worked out: {type(error).__name__}: {error}."]
    return [told for each in expected for told in _compared(each, found)]


def figures_of(measure: Measure, given: Given) -> list[Figure]:
    """Return the figures that the references of the words give."""
    tables = rows_of(given.tables)
    if given.period is None:
        since = _since(measure, tables["episodes"])
        periods = asked(measure.window, given.as_of, since)
    else:
        periods = [between(*given.period, given.as_of)]
    parts = [
        tallies(
            measure,
            use,
            use.defined.reference(tables, periods, **measure.parameters(use)),
        )
        for use in measure.words
    ]
    return figures(measure, parts, periods, given.by)


def rows_of(tables: Mapping[str, Sequence[Row]]) -> Mapping[str, Sequence[Row]]:
    """Return the tables of a situation as references read them."""
    found: dict[str, list[Row]] = defaultdict(list)
    for name, rows in tables.items():
        found[name] = [_row(name, n, row) for n, row in enumerate(rows)]
    return found


def _row(table: str, n: int, said: Row) -> Row:
    row = {name: _exact(value) for name, value in said.items()}
    return _Unknown({"unit_id": THE_UNIT} | row | _its_own(table, n, said))


def _its_own(table: str, n: int, said: Row) -> dict[str, Any]:
    """Return the ids that a row leaves out."""
    if table == "episodes":
        return {"person_key": said.get("person_key", said.get("episode_id"))}
    if table == "staff_teams":
        return {"team_id": said.get("team_id", THE_UNIT)}
    if table not in KEYS:
        return {}
    return {KEYS[table]: said.get(KEYS[table], f"{table} {n + 1}")}


def _exact(value: Any) -> Any:
    """Return a decimal, which a file holds as text, as a number; all else as it is."""
    is_text = isinstance(value, str)
    return Decimal(value) if is_text and _DECIMAL.fullmatch(value) else value


class _Unknown(dict[str, Any]):
    """A row in which what is not said is unknown."""

    def __missing__(self, column: str) -> None:
        return None


def _since(measure: Measure, episodes: Sequence[Row]) -> date | None:
    column = BASIS_COLUMN.get(measure.basis or "")
    days = [row[column] for row in episodes if column and row[column] is not None]
    return min(days, default=None)


def _compared(expected: Expected, found: Sequence[Figure]) -> Iterator[str]:
    figure = next(
        (
            each
            for each in found
            if dict(each.group) == expected.group
            and expected.period in (None, each.period.period)
        ),
        None,
    )
    where = " ".join(filter(None, (expected.period, str(expected.group or ""))))
    if figure is None:
        yield f"there is no figure for {where or 'the whole'}."
        return
    for part in sorted(expected.model_fields_set - {"period", "group"}):
        wanted, got = getattr(expected, part), getattr(figure, part)
        for name, one, other in _pairs(part, wanted, got):
            if not _equal(one, other):
                yield f"{where} {name} is {_shown(other)}, expected was {one}.".strip()


def _pairs(part: str, wanted: Any, got: Any) -> Iterator[tuple[str, Any, Any]]:
    """Yield what is compared: each part of a mapping by its own name."""
    if part == "left_out" or not isinstance(wanted, dict):
        yield part, wanted, got
        return
    for name, value in wanted.items():
        yield f"{part}.{name}", value, got.get(name, "no part of it")


def _equal(wanted: Any, got: Any) -> bool:
    value = got.value if hasattr(got, "value") else got
    if wanted is None or value is None or isinstance(wanted, dict):
        return bool(wanted == value)
    if isinstance(value, float):
        return round(value, 6) == round(float(Fraction(str(wanted))), 6)
    if isinstance(value, Fraction | int):
        return Fraction(str(wanted)) == value
    return bool(wanted == value)


def _shown(got: Any) -> str:
    if isinstance(got, Share):
        return f"{got.value} ({got.numerator} of {got.denominator})"
    return str(getattr(got, "value", got))
