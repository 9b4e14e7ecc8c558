"""Measures and figures as the JSON documents of the shell. Keys are an interface."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from braid.facts.numbers import number, rounded
from braid.method.measures import WORDS, Asked
from braid.packs.jurisdictions import in_language
from braid.packs.measures.figures import Figure
from braid.packs.measures.schema import Measure

Document = dict[str, Any]


def described(measure: Measure, language: str) -> Document:
    """Return what a measure is."""
    source = measure.source.model_dump(mode="json", exclude_defaults=True)
    return {
        "id": measure.id,
        "version": measure.version,
        **_said(measure, language),
        "window": measure.window.model_dump(exclude_none=True),
        "by": list(measure.by),
        "valid_from": measure.valid_from.isoformat(),
        "source": source,
    }


def _said(measure: Measure, language: str) -> Document:
    """Return the words by which a measure and the parts of its figures are read."""
    amounts = {k: in_language(v, language) for k, v in measure.amounts.items()}
    meant: Mapping[str, Any] = {**measure.ratios, **measure.statistics}
    return {
        "label": measure.name(language),
        "about": in_language(measure.about, language),
        "counts": in_language(measure.counts, language),
        "basis": measure.basis,
        "profile": measure.profile,
        "amounts_mean": amounts,
        "ratios_mean": {k: in_language(v.means, language) for k, v in meant.items()},
        "suppression": measure.suppression,
    }


def answered(
    measure: Measure,
    periods: Sequence[Asked],
    figures: Iterable[Figure],
    *,
    as_of: date,
    snapshot: str | None,
    language: str,
) -> Document:
    """Return the figures of a measure with all that is needed to read them."""
    found = list(figures)
    reasons = {reason for figure in found for reason in figure.left_out}
    because = {
        reason: sentence
        for use in measure.words
        for reason, sentence in WORDS[use.word].left_out.items()
        if reason in reasons
    }
    return {
        "measure": measure.id,
        "version": measure.version,
        **_said(measure, language),
        "period": _span(periods),
        "results": [_result(figure) for figure in found],
        "left_out_because": because,
        "as_of": as_of.isoformat(),
        "snapshot": snapshot,
    }


def _span(periods: Sequence[Asked]) -> Document:
    first, last = periods[0], periods[-1]
    whole = first is last
    return {
        "id": first.period if whole else f"{first.period}/{last.period}",
        "first_day": first.first_day.isoformat(),
        "last_day": last.last_day.isoformat(),
    }


def _result(figure: Figure) -> Document:
    result = {
        "period": figure.period.period,
        "group": dict(figure.group),
        "numerator": _sum(figure.numerator),
        "denominator": _sum(figure.denominator),
        "value": rounded(figure.value),
        "n": figure.rows,
        "suppressed": False,
        "amounts": {name: number(amount) for name, amount in figure.amounts.items()},
        "ratios": {
            key: {
                "numerator": number(share.numerator),
                "denominator": _sum(share.denominator),
                "value": rounded(share.value),
            }
            for key, share in figure.ratios.items()
        },
        "statistics": {
            key: {"value": rounded(said.value), "n": said.rows}
            | ({"reason": said.reason} if said.reason else {})
            for key, said in figure.statistics.items()
        },
        "left_out": dict(figure.left_out),
    }
    return result | ({"reason": figure.reason} if figure.reason else {})


def _sum(value: Fraction | None) -> int | float | None:
    if value is None:
        return None
    return int(value) if value.denominator == 1 else rounded(value)


def plain_row(row: Mapping[str, Any]) -> Document:
    """Return a row behind a figure as JSON has it."""
    return {name: _plain(value) for name, value in row.items()}


def _plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    return number(Fraction(value)) if isinstance(value, Decimal) else value
