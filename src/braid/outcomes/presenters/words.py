"""What the values are called by which figures are told apart, and how numbers are said."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from braid.facts import presenters as figures
from braid.facts.leaving import Number
from braid.method.statistics.proportions import wilson
from braid.outcomes.periods import YEAR
from braid.outcomes.selections import NOT_KNOWN
from braid.packs import occupations
from braid.packs.jurisdictions import in_language
from braid.people.choices import Characteristics, Gender
from braid.work.choices import Placement

if TYPE_CHECKING:
    from braid.facts.leaving import Shown
    from braid.method.measures import Asked
    from braid.method.statistics.intervals import Interval
    from braid.outcomes.charts import Chart

NOTHING = figures.NOTHING
KEYS: Mapping[str, Callable[[], str]] = {
    "gender": lambda: _("Gender"),
    "age_band": lambda: _("Age"),
    **{
        value: (lambda label=label: str(label).capitalize())  # type: ignore[misc]
        for value, label in Characteristics.choices
    },
}
"""What the groups of the equity page are called."""
AGES: Mapping[str, Callable[[], str]] = {
    "under_25": lambda: _("under 25"),
    "25_34": lambda: _("25 to 34"),
    "35_44": lambda: _("35 to 44"),
    "45_54": lambda: _("45 to 54"),
    "55_and_over": lambda: _("55 and over"),
}

BANDS: Mapping[str, Callable[[], str]] = {
    "under_8": lambda: _("under 8 hours"),
    "8_to_16": lambda: _("8 to under 16 hours"),
    "16_to_30": lambda: _("16 to under 30 hours"),
    "30_and_over": lambda: _("30 hours and over"),
    "unknown_hours": lambda: _("hours not known"),
}


def language() -> str:
    """Return the language that the reader reads."""
    return get_language() or "en"


def said(names: Mapping[str, str]) -> str:
    """Return the sentence of a pack in the reader's language."""
    return in_language(names, language())


def value_name(key: str, value: str) -> str:
    """Return what one value of a key is called."""
    if value in ("", NOT_KNOWN):
        return _("not known")
    if key == "age_band":
        return AGES[value]() if value in AGES else value
    if key == "band":
        return BANDS[value]() if value in BANDS else value
    if key in CODED:
        return occupations.label(CODED[key], value, language())
    labels = LABELS.get(key, {})
    return str(labels.get(value, value.replace("_", " ")))


def place_of(key: str, value: str) -> int:
    """Return where a value stands among those of its key; the unknown last."""
    known = list(AGES) if key == "age_band" else []
    if value in ("", NOT_KNOWN):
        return len(AGES)
    return known.index(value) if value in known else 0


LABELS: Mapping[str, Mapping[str, object]] = {
    "placement": dict(Placement.choices),
    "gender": dict(Gender.choices),
}
CODED: Mapping[str, occupations.Scheme] = {
    "occupation_group": "occupation",
    "industry": "industry",
}


def period_name(period: Asked) -> str:
    """Return what a period of the pages is called."""
    if period.period == YEAR:
        return _("Last four quarters")
    return figures.quarter_text(period)


def form(chart: Chart) -> str:
    """Return how the value of a chart is written: share, days, or number."""
    if chart.amount:
        return "number"
    return next((str(each.form) for each in _valued(chart)), "number")


def means(chart: Chart) -> str:
    """Return what the value of a chart is, as the pack says it."""
    measure = chart.defined
    if chart.amount:
        return said(measure.amounts[chart.amount])
    for each in _valued(chart):
        return said(each.means)
    return said(next(iter(measure.amounts.values())))


def heading(chart: Chart) -> str:
    """Return the head of the column with the value; its meaning stands beside it."""
    if chart.amount:
        return upper(means(chart))
    heads = {"share": _("Share"), "days": _("Days")}
    return heads.get(form(chart)) or _("Number")


def _valued(chart: Chart) -> Iterator[Any]:
    """Yield what a measure's value may be, the first of which it is."""
    for values in (chart.defined.ratios, chart.defined.statistics):
        yield from (values[key] for key in values if is_told(chart, key))


def is_told(chart: Chart, key: str) -> bool:
    """Say whether a chart tells a ratio, statistic or amount of its measure."""
    return not chart.only or chart.only in key.split("_")


def number_of(chart: Chart, shown: Shown | None) -> Number | None:
    """Return the value of a chart as it may be shown."""
    if shown is None:
        return None
    if chart.amount:
        return shown.amounts[chart.amount]
    return Number(shown.value, shown.mark, shown.file_mark)


def height(chart: Chart, shown: Shown | None) -> float | None:
    """Return the value as it is drawn; None where there is none to draw."""
    number = number_of(chart, shown)
    if number is None or number.is_hidden or number.value is None:
        return None
    return float(number.value)


def value_text(chart: Chart, shown: Shown | None) -> str:
    """Return the value of a figure; its mark where it is hidden, a dash for none."""
    number = number_of(chart, shown)
    if number is None:
        return NOTHING
    return number.mark or written(number.value, form(chart))


def written(value: Fraction | float | None, kind: str) -> str:
    """Return a value as its form is written; a plain count without decimals."""
    if value is None:
        return NOTHING
    if kind == "number" and value == int(value):
        return figures.number_text(value, 0)
    return figures.value_text(value, kind)


def made_of(chart: Chart, shown: Shown | None) -> str:
    """Return what was divided by what; nothing where it is hidden or no quotient."""
    if chart.amount or shown is None or shown.is_hidden:
        return ""
    if not chart.defined.ratios:
        for said_of in shown.figure.statistics.values():
            return _("of %(n)s") % {"n": figures.number_text(said_of.rows, 0)}
    if shown.numerator is None or not shown.denominator:
        return ""
    return figures.quotient_text(shown.numerator, shown.denominator, form(chart))


def limits(chart: Chart, shown: Shown | None) -> Interval | None:
    """Return the Wilson interval of a share, None of anything else."""
    if shown is None or form(chart) != "share" or shown.is_hidden:
        return None
    if shown.numerator is None or not shown.denominator or not chart.defined.ratios:
        return None
    ratio = next(iter(chart.defined.ratios.values()))
    if ratio.per != 1 or shown.numerator > shown.denominator:
        return None
    return wilson(int(shown.numerator), int(shown.denominator))


def limits_text(found: tuple[float, float] | None) -> str:
    """Return an interval in per cent, whole numbers."""
    if found is None:
        return ""
    return _("%(low)s–%(high)s %%") % {
        "low": figures.number_text(100 * found[0], 0),
        "high": figures.number_text(100 * found[1], 0),
    }


def upper(text: str) -> str:
    """Return a text that begins with a capital, the rest as it is."""
    return text[:1].upper() + text[1:]
