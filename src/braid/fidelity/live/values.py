"""What an item came to, in words: the figure that was scored, or the parts that were met."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from braid.facts.presenters import (
    FigureLine,
    figure_line,
    number_text,
    quotient_text,
    value_text,
)
from braid.fidelity.quantities.services import CONTACTS, TIME
from braid.packs import measures
from braid.packs.jurisdictions import in_language

if TYPE_CHECKING:
    from braid.fidelity.live.reading import LiveItem
    from braid.packs.measures import Measure
    from braid.packs.measures.figures import Figure

BASIS = {"logged_time": TIME, "contact_minutes": CONTACTS}
"""The measure that is scored, by what specialists' quantities say they rest on."""
A_WEEK = 7


@dataclass(frozen=True, slots=True)
class Value:
    """A value and what it means, what was divided by what, and of which days."""

    value: str
    means: str
    made_of: str = ""
    period: str = ""

    @property
    def source(self) -> str:
        return " · ".join(part for part in (self.made_of, self.period) if part)


def value_of(one: LiveItem) -> Value | None:
    """Return what an item came to, None where no figure says it."""
    figure = figure_of(one)
    if figure is None:
        return None
    line = line_of(figure)
    if one.item.components and one.quantities:
        return Value(*_parts(one.quantities))
    own = OWN.get(one.item.key)
    value, means, made_of = (own(one, figure) if own else None) or (
        *(line.value, line.means, line.made_of),
    )
    return Value(value, means, made_of, line.period)


def figure_of(one: LiveItem) -> Figure | None:
    """Return the figure that an item is scored by, of most specialists."""
    rested = Counter(
        str((each.quantities or {}).get("basis")) for each in one.specialists
    )
    for basis, _times in rested.most_common():
        if BASIS.get(basis, "") in one.figures:
            return one.figures[BASIS[basis]]
    return next(iter(one.figures.values()), None)


def line_of(figure: Figure) -> FigureLine:
    """Return a figure as a page shows it."""
    return figure_line(defined(figure), figure)


def defined(figure: Figure) -> Measure:
    """Return the measure of a figure."""
    return measures.load()[figure.measure]


def said(names: Mapping[str, str]) -> str:
    """Return words of a pack in the reader's language."""
    return in_language(names, get_language() or "en")


# ---- Values that are no first ratio of their measure ---------------------------------------


def _parts(quantities: Mapping[str, list[str]]) -> tuple[str, str]:
    met, opened = len(quantities["met"]), len(quantities["open"])
    words = ngettext("part seen in the record", "parts seen in the record", met)
    if opened:
        more = ngettext("%(n)s to look at", "%(n)s to look at", opened)
        words = f"{words}, {more % {'n': number_text(opened, 0)}}"
    return number_text(met, 0), words


Own = tuple[str, str, str] | None


def _contacts_a_week(one: LiveItem, figure: Figure) -> Own:
    amounts = figure.amounts
    days = amounts["days_in_post"] - amounts["leave_days"]
    if days <= 0:
        return None
    weeks = Fraction(days, A_WEEK)
    means = _("face-to-face employer contacts a week of each specialist")
    made_of = quotient_text(amounts["contacts"], weeks, "number")
    return number_text(amounts["contacts"] / weeks, 1), means, made_of


def _phases(one: LiveItem, figure: Figure) -> Own:
    found = [each.quantities["phases_delivered"] for each in one.specialists
             if each.quantities]  # fmt: skip
    if not found:
        return None
    value = number_text(Fraction(sum(found), len(found)), 1)
    means = _("phases that each specialist carries out, on average")
    return value, means, quotient_text(sum(found), len(found), "number")


OWN: Mapping[str, Callable[[LiveItem, Figure], Own]] = {
    "employer_contact": _contacts_a_week,
    "generalists": _phases,
}


# ---- Signals -------------------------------------------------------------------------------


def signals_of(one: LiveItem) -> Iterator[Value]:
    """Yield what speaks for or against an item of judgement; a dash for no figure."""
    for figure in one.figures.values():
        measure = defined(figure)
        for name, ratio in measure.ratios.items():
            if name not in one.signals:
                continue
            share = figure.ratios[name]
            made_of = ""
            if share.denominator:
                made_of = quotient_text(share.numerator, share.denominator, ratio.form)
            yield Value(
                value_text(one.signals[name], ratio.form), said(ratio.means), made_of
            )
