"""Ratings from a file: a column of scores, or JSON; all is given as it stands there.

Nothing is coerced: what is no whole number stays what it is, and the scale refuses it.
"""

import csv
import io
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

from braid.kernel.errors import InputFault
from braid.method.scales import Row, Scale, placed

LARGEST = 1024**2  # bytes
WHOLE = re.compile(r"-?[0-9]{1,6}")
COLUMNS = ("item", "score")
TOTAL_KEYS = ("is_mean", "claim", "stated_band")
# What a table of published totals says beside its figures; it changes nothing here.
BESIDE = ("mode", "service")


@dataclass(frozen=True, slots=True)
class Ratings:
    """What a file says: scores in item order, or a total by itself with what goes with it."""

    scores: list[object] | None = None
    total: object = None
    said: Mapping[str, Any] = field(default_factory=dict)


def read_ratings(path: Path, scale: Scale) -> Ratings:
    """Return the ratings of a CSV or JSON file.

    Raises: InputFault (`file_unfit`, and those of `placed`).
    """
    text = _text(path)
    if path.suffix.lower() == ".json":
        return _from_json(read_json(text, "file"), scale)
    return Ratings(scores=placed(scale, _rows(text)))


def read_json(text: str, name: str) -> Any:
    """Return JSON with decimals kept exact. Raises: InputFault (`json_unfit`)."""
    try:
        return json.loads(
            text,
            parse_float=Decimal,
            parse_constant=_no_number,
            object_pairs_hook=_each_once,
        )
    except (ValueError, RecursionError):
        raise InputFault(
            f"The {name} is not JSON, or names something twice. Expected is one JSON "
            'document such as {"scores": [5, 4, null]}.'
            if name == "file"
            else f"The {name} is not JSON, or names something twice. Expected is one JSON "
            'object such as {"active_clients": 80, "es_fte": 4}.',
            field=name,
            reason="json_unfit",
        ) from None


def _no_number(_said: str) -> Any:
    raise ValueError


def _each_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError
    return found


def _text(path: Path) -> str:
    try:
        if path.stat().st_size > LARGEST:
            raise _unfit("The file is larger than a rating can be.")
        return path.read_text("utf-8-sig")
    except UnicodeDecodeError:
        raise _unfit("The file is not text in UTF-8. Save it as such.") from None
    except OSError:
        raise _unfit("The file cannot be read. Check its name and place.") from None


def _rows(text: str) -> list[Row]:
    """Return the rows of a table with the columns item and score, and maybe section."""
    first = text.splitlines()[0] if text.strip() else ""
    mark = max((",", ";", "\t"), key=first.count)
    lines = csv.DictReader(io.StringIO(text), delimiter=mark)
    names = {(name or "").strip().casefold(): name for name in lines.fieldnames or ()}
    if not all(name in names for name in COLUMNS):
        raise _unfit("Expected are the columns item and score in the first row.")
    rows = []
    try:
        for line in lines:
            cells = {
                name: (line.get(raw) or "").strip()
                for name, raw in names.items()
                if name in (*COLUMNS, "section")
            }
            if any(cells.values()):
                score = _score(cells["score"])
                rows.append(Row(cells["item"], score, cells.get("section", "")))
    except csv.Error:
        raise _unfit("The table cannot be read. Save it as CSV again.") from None
    return rows


def _score(text: str) -> object:
    if not text:
        return None
    return int(text) if WHOLE.fullmatch(text) else text


def _from_json(said: Any, scale: Scale) -> Ratings:
    """Return what a document says: a list, `scores`, items by label, or a `total`."""
    if isinstance(said, Mapping) and "total" in said:
        known = {n: v for n, v in said.items() if n in TOTAL_KEYS}
        _must_know(said, ("total", *TOTAL_KEYS, *BESIDE))
        _must_be_words(known)
        return Ratings(total=said["total"], said=known)
    if isinstance(said, Mapping) and "scores" in said:
        _must_know(said, ("scores", "claim", *BESIDE))
        known = {n: v for n, v in said.items() if n == "claim"}
        _must_be_words(known)
        return Ratings(scores=_listed(said["scores"], scale), said=known)
    if isinstance(said, Mapping):
        rows = [Row(label, score) for label, score in said.items()]
        return Ratings(scores=placed(scale, rows))
    return Ratings(scores=_listed(said, scale))


def _listed(said: Any, scale: Scale) -> list[object]:
    """Return a list of scores, or of rows with item and score, in item order."""
    if not isinstance(said, list):
        raise _unfit("Expected is a list of scores in item order.")
    if not said or not all(isinstance(each, Mapping) for each in said):
        return list(said)
    if not all(set(COLUMNS) <= each.keys() for each in said):
        raise _unfit("Expected are item and score in each row.")
    return placed(
        scale,
        [
            Row(str(row["item"]), row["score"], str(row.get("section") or ""))
            for row in said
        ],
    )


def _must_know(said: Mapping[str, Any], known: tuple[str, ...]) -> None:
    if unknown := sorted(said.keys() - set(known)):
        raise InputFault(
            f"The file says '{unknown[0]}', which is not known. Known are "
            f"{', '.join(known)}.",
            field="file",
            reason="file_unfit",
        )


def _must_be_words(known: Mapping[str, Any]) -> None:
    for name, value in known.items():
        if not isinstance(value, bool if name == "is_mean" else str):
            wanted = "true or false" if name == "is_mean" else "a word for a band"
            raise _unfit(f"'{name}' is {wanted}.")


def _unfit(said: str) -> InputFault:
    return InputFault(said, field="file", reason="file_unfit")
