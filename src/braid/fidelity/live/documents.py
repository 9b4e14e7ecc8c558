"""Live fidelity as a document: each item with figures, window, rules and rows."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from braid.facts.numbers import number
from braid.packs.scale_texts import texts
from braid.packs.scales import ScalePack, item_document, plain

if TYPE_CHECKING:
    from braid.fidelity.live import Live, LiveItem
    from braid.packs.measures.figures import Figure
    from braid.packs.scale_texts import TextPack

Document = dict[str, Any]


def of_live(
    pack: ScalePack,
    found: Live,
    *,
    language: str,
    snapshot: str | None,
    rows: Mapping[str, list[Document]] | None = None,
) -> Document:
    """Return the items of a unit on a day; shares and means are fractions as text.

    An item has the numerator, denominator, window and number of rows of its first
    measure, and every figure below it; `rows` by measure give the rows themselves.
    """
    words = texts(pack.id, language)
    between = found.interval
    return {
        "scale": pack.id,
        "version": pack.version,
        "unit": found.unit,
        "on": found.day.isoformat(),
        "snapshot": snapshot,
        "interval": [between.low, between.high],
        "band": between.band,
        "bands_possible": list(between.bands_possible),
        "computed": between.clear,
        "partly": between.partly,
        "open": between.open,
        "items": [_item(one, words, rows or {}) for one in found.items],
        "verified": pack.verified,
        "unverified": None if pack.verified else words.unverified,
    }


def _item(
    one: LiveItem, words: TextPack, rows: Mapping[str, list[Document]]
) -> Document:
    said = item_document(one.scored)
    head = {
        "item": one.item.no,
        "key": one.item.key,
        "title": words.items[one.item.no].title,
        "auto": one.item.auto,
    }
    figures = [_figure(figure) for figure in one.figures.values()]
    names = ("numerator", "denominator", "window", "rows")
    first = {name: figures[0][name] if figures else None for name in names}
    return (
        head
        | said
        | first
        | {
            "raise": plain(one.lift),
            "components": _components(one.quantities),
            "signals": {name: plain(share) for name, share in one.signals.items()},
            "specialists": [
                {
                    "staff": each.staff,
                    **_bounds(each.scored),
                    "value": plain(each.scored.value) if each.scored else None,
                }
                for each in one.specialists
            ],
            "figures": [
                each | ({"rows": rows[each["measure"]]} if rows else {})
                for each in figures
            ],
        }
    )


def _bounds(scored: Any) -> Document:
    if scored is None:
        return {"score": None, "floor": None, "ceiling": None}
    return {
        "score": scored.score,
        "floor": scored.floor,
        "ceiling": scored.ceiling,
    }


def _components(quantities: Mapping[str, Any] | None) -> Document | None:
    names = ("met", "not_met", "open")
    if quantities is None or not set(names) <= quantities.keys():
        return None
    return {name: list(quantities[name]) for name in names}


def _figure(figure: Figure) -> Document:
    return {
        "measure": figure.measure,
        "version": figure.version,
        "numerator": _number(figure.numerator),
        "denominator": _number(figure.denominator),
        "value": _number(figure.value),
        "window": [
            figure.period.first_day.isoformat(),
            figure.period.last_day.isoformat(),
        ],
        "rows": figure.rows,
        "left_out": dict(figure.left_out),
    }


def _number(value: Fraction | float | None) -> Any:
    return number(value) if isinstance(value, Fraction) else value
