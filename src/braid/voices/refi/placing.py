"""Find the texts of a project and put its selections where they stand in them."""

import codecs
from collections.abc import Callable
from dataclasses import replace
from pathlib import PurePosixPath
from typing import Any
from unicodedata import is_normalized

from braid.method.passages import BYTE_ORDER_MARK
from braid.voices.refi import counting, model, values
from braid.voices.refi.building import Building
from braid.voices.refi.container import Container
from braid.voices.refi.counting import Placed, Score, Way
from braid.voices.refi.remarks import Kind, Remarks
from braid.voices.refi.standing import without_lost_selections
from braid.voices.refi.walking import rewritten, walked

_TEXTS = (model.TextSource, model.Transcript)
_UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
FALLBACK = "cp1252"


class Placing:
    """Reads the texts, chooses how places were counted, and moves the places."""

    def __init__(self, container: Container, building: Building) -> None:
        self._container = container
        self._building = building
        self._remarks = building.remarks
        self._raws: dict[str, str] = {}
        self._placed: dict[str, Placed] = {}
        self.scores: list[Score] = []

    def done(self, project: model.Project) -> model.Project:
        """Return the project with its texts and every selection that stands in them."""
        texts = [each for each in walked(project) if isinstance(each, _TEXTS)]
        notes = {note.guid for note in project.notes}
        for each in texts:
            raw = self._raw(each, is_note=each.guid in notes)
            if raw is not None:
                self._raws[each.guid] = raw
        self.scores = counting.chosen(
            [
                (self._raws[each.guid], each.selections)
                for each in texts
                if isinstance(each, model.TextSource)
                and each.selections
                and each.guid in self._raws
            ],
            project.origin,
        )
        way = self.scores[0].way if self.scores else Way()
        self._placed = {guid: Placed(raw, way) for guid, raw in self._raws.items()}
        moved: model.Project = rewritten(project, self._put)
        kept = without_lost_selections(moved)
        for before, after in zip(moved.cases, kept.cases, strict=True):
            lost = len(before.selection_refs) - len(after.selection_refs)
            if lost:
                self._remarks.add(Kind.UNKNOWN_REFERENCE, before.guid, lost)
        return kept

    def _raw(self, of: Any, *, is_note: bool) -> str | None:
        place = self._building.places.get(of.guid)
        found = None
        if place and place.name is not None:
            data = self._container.text(place.name)
            if data is not None:
                found = _decoded(data, self._remarks)
                if place.inline:
                    self._remarks.add(Kind.TEXT_GIVEN_TWICE, of.guid)
        if found is None and place and place.inline is not None:
            found = place.inline
        if found is None:
            if place is not None or not is_note:
                self._remarks.add(Kind.MISSING_TEXT, of.guid)
            return None
        _tell(found, of.guid, self._remarks)
        return found

    def _put(self, node: Any) -> Any:
        if not isinstance(node, _TEXTS):
            return self._attached(node)
        placed = self._placed.get(node.guid)
        changes: dict[str, Any] = {"text": placed.text if placed else None}
        if isinstance(node, model.TextSource):
            changes["selections"] = _selections(node, placed, self._remarks)
            changes["name"] = self._named(node)
        elif placed:
            changes["sync_points"] = tuple(
                replace(point, position=placed.point(point.position))
                if point.position is not None
                else point
                for point in node.sync_points
            )
        return self._attached(replace(node, **changes))

    def _named(self, source: model.TextSource) -> str:
        place = self._building.places.get(source.guid)
        if source.name or place is None or not place.name:
            return source.name
        stem = PurePosixPath(place.name.replace("\\", "/")).stem
        if values.guid(stem)[1]:
            return ""
        self._remarks.add(Kind.NAMED_BY_FILE, source.guid)
        return values.clean(stem)

    def _attached(self, node: Any) -> Any:
        """Forget files that are named and not there."""
        for name in ("rich", "file"):
            held = getattr(node, name, None)
            if held is None or held.is_outside:
                continue
            if self._container.find(held.name) is None:
                self._remarks.add(Kind.MISSING_FILE, node.guid)
                node = replace(node, **{name: None})
        return node


def _selections(
    source: model.TextSource, placed: Placed | None, remarks: Remarks
) -> tuple[model.TextSelection, ...]:
    kept = []
    for one in source.selections:
        met = _order(one) or _outside(one, placed)
        if met is not None:
            remarks.add(met, one.guid)
            continue
        if placed is None:
            kept.append(one)
            continue
        span = placed.span(one.start, one.end)
        if span is None or span[0] >= span[1]:
            remarks.add(Kind.NO_LENGTH, one.guid)
            continue
        if span[2]:
            remarks.add(Kind.MOVED_TO_LETTER, one.guid)
        is_moved = (span[0], span[1]) != (one.start, one.end)
        kept.append(replace(one, start=span[0], end=span[1]) if is_moved else one)
    return tuple(kept)


def _order(one: model.TextSelection) -> Kind | None:
    if one.start == one.end:
        return Kind.NO_LENGTH
    return Kind.BACKWARDS if one.end < one.start else None


def _outside(one: model.TextSelection, placed: Placed | None) -> Kind | None:
    length = placed.length if placed else one.end
    return None if one.start >= 0 and one.end <= length else Kind.OUT_OF_RANGE


def _tell(raw: str, guid: str, remarks: Remarks) -> None:
    met: dict[Kind, Callable[[str], bool]] = {
        Kind.BYTE_ORDER_MARK: lambda text: text.startswith(BYTE_ORDER_MARK),
        Kind.LINE_ENDS: lambda text: "\r" in text,
        Kind.LETTERS_JOINED: lambda text: not is_normalized("NFC", text),
        Kind.EMPTY_TEXT: lambda text: not text.strip(),
    }
    for kind, holds in met.items():
        if holds(raw):
            remarks.add(kind, guid)


def _decoded(data: bytes, remarks: Remarks) -> str:
    """Return a text with its byte-order mark, if any, still in front."""
    try:
        if data.startswith(_UTF_16):
            remarks.add(Kind.ENCODING)
            return values.storable(BYTE_ORDER_MARK + data.decode("utf-16"))
        return values.storable(data.decode("utf-8"))
    except UnicodeDecodeError:
        remarks.add(Kind.ENCODING)
        return values.storable(data.decode(FALLBACK, errors="replace"))
