"""Bring a project into the form in which it is kept and written, and change who is named."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django.utils.translation import gettext as _

from braid.method.passages import Normalised, Ruler, Unit, normalise
from braid.voices import opening
from braid.voices.refi import model, values
from braid.voices.refi.model import Project
from braid.voices.refi.shapes import SHAPES, Kind, Rule
from braid.voices.refi.walking import rewritten, walked

_PLAIN: dict[type, tuple[Rule, ...]] = {
    shape: tuple(
        rule
        for rule in (*known.attributes, *known.children)
        if rule.kind in (Kind.TEXT, Kind.GUID, Kind.COLOUR)
    )
    for shape, known in SHAPES.items()
}


def standing(project: Project) -> Project:
    """Return a project with its texts frozen (NFC, LF, no mark in front), places moved.

    Words lose what XML cannot hold, GUIDs and colours get their plain form; a selection of
    a byte-order mark alone goes with it. Done twice it changes nothing more.
    Raises: InputFault (`outside`) where a selection does not lie within its text.
    """
    changed: Project = rewritten(project, _stood)
    return without_lost_selections(changed)


def without_lost_selections(project: Project) -> Project:
    """Return a project whose cases refer to selections that are there."""
    if not any(case.selection_refs for case in project.cases):
        return project
    there = {each.guid for each in walked(project) if isinstance(each, model.Selection)}
    cases = (
        replace(
            case,
            selection_refs=tuple(ref for ref in case.selection_refs if ref in there),
        )
        for case in project.cases
    )
    return replace(project, cases=tuple(cases))


def with_pseudonyms(project: Project) -> Project:
    """Return a project whose users are called “Coder 1” and so on, in their order."""
    users = tuple(
        replace(user, name=_("Coder %(number)s") % {"number": number}, id="")
        for number, user in enumerate(project.users, start=1)
    )
    return replace(project, users=users)


def with_crlf(project: Project) -> Project:
    """Return a project as MAXQDA counts: lines end with CRLF, and each end counts two."""

    def change(node: Any) -> Any:
        text = getattr(node, "text", None)
        if not text or "\n" not in text:
            return node
        ruler = Ruler(text, Unit.CODE_POINTS_CRLF)
        changes: dict[str, Any] = {"text": text.replace("\n", "\r\n")}
        if isinstance(node, model.Transcript):
            changes["sync_points"] = tuple(
                replace(point, position=ruler.from_code_points(point.position))
                if point.position is not None
                else point
                for point in node.sync_points
            )
        else:
            changes["selections"] = tuple(
                replace(
                    one,
                    start=ruler.from_code_points(one.start),
                    end=ruler.from_code_points(one.end),
                )
                for one in node.selections
            )
        return replace(node, **changes)

    notes = project.notes  # inside the XML, which knows one line end
    changed: Project = rewritten(replace(project, notes=()), change)
    return replace(changed, notes=notes)


def _stood(node: Any) -> Any:
    changes: dict[str, Any] = {}
    for rule in _PLAIN.get(type(node), ()):
        said = getattr(node, rule.field)
        if not said:
            continue
        put = _plain(rule, said)
        if put != said:
            changes[rule.field] = put
    if isinstance(node, model.VariableValue) and isinstance(node.value, str):
        changes["value"] = values.clean(node.value)
    if getattr(node, "note_refs", ()):
        changes["note_refs"] = tuple(values.guid(ref)[0] for ref in node.note_refs)
    if isinstance(node, model.TextSource | model.Transcript) and node.text is not None:
        changes |= _frozen(node)
    return replace(node, **changes) if changes else node


def _plain(rule: Rule, said: str) -> str:
    if rule.kind == Kind.GUID:
        return values.guid(said)[0]
    return values.colour(said)[0] if rule.kind == Kind.COLOUR else values.clean(said)


def _frozen(node: Any) -> Mapping[str, Any]:
    found = normalise(values.storable(node.text))
    length = len(node.text)
    if isinstance(node, model.Transcript):
        points = tuple(_point(point, found, length) for point in node.sync_points)
        return {"text": found.text, "sync_points": points}
    selections = (_selection(one, found, length) for one in node.selections)
    kept = tuple(one for one in selections if one.start < one.end)
    return {"text": found.text, "selections": kept}


def _selection(
    one: model.TextSelection, found: Normalised, length: int
) -> model.TextSelection:
    if not 0 <= one.start < one.end <= length:
        raise _outside(one.start, one.end, length)
    start, end = one.start, one.end
    while found.is_inside(start):
        start -= 1
    while found.is_inside(end):
        end += 1
    start, end = found.moved(start), found.moved(end)
    if (start, end) == (one.start, one.end):
        return one
    return replace(one, start=start, end=end)


def _point(point: model.SyncPoint, found: Normalised, length: int) -> model.SyncPoint:
    if point.position is None:
        return point
    if not 0 <= point.position <= length:
        raise _outside(point.position, point.position, length)
    return replace(point, position=found.moved(point.position))


def _outside(start: int, end: int, length: int) -> Exception:
    return opening.fault(
        _(
            "A selection runs from %(start)s to %(end)s in a text of %(length)s characters. "
            "Expected is a start before an end, both within the text."
        )
        % {"start": start, "end": end, "length": length},
        "outside",
    )
