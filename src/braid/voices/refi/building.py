"""Turn XML into the model by the table of shapes, leniently, with remarks.

Offsets are still as the file counts them, and texts are still where they lie:
`placing` finds both. References that lead nowhere are left out here.
"""

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext_lazy as _

from braid.kernel.errors import InputFault
from braid.voices import opening
from braid.voices.refi import container, model, values
from braid.voices.refi.remarks import Kind, Remarks
from braid.voices.refi.shapes import SHAPES, Rule, Shape
from braid.voices.refi.shapes import Kind as By

_TWICE = _(
    "%(count)s identifiers are given to more than one %(what)s. Expected is one for each, "
    "for nobody can tell which is meant. Export the file again."
)
_NAMED_ONCE = {
    "User": "User",
    "Code": "Code",
    "Variable": "Variable",
    "Case": "Case",
    "Note": "Note",
    "TextSource": "Source",
    "PictureSource": "Source",
    "PDFSource": "Source",
    "AudioSource": "Source",
    "VideoSource": "Source",
}
_SELECTIONS = (
    "PlainTextSelection",
    "PictureSelection",
    "PDFSelection",
    "AudioSelection",
    "VideoSelection",
    "TranscriptSelection",
)
_LEADS_TO = {
    "NoteRef": "Note",
    "MemberNote": "Note",
    "CodeRef": "Code",
    "MemberCode": "Code",
    "VariableRef": "Variable",
    "SourceRef": "Source",
    "MemberSource": "Source",
    "SelectionRef": "Selection",
}
_USERS = ("created_by", "modified_by")


@dataclass(frozen=True, slots=True)
class Place:
    """Where the text of a source lies: in the XML, or under a name in the archive."""

    inline: str | None = None
    name: str | None = None


@dataclass(slots=True)
class Building:
    """What is gathered while XML becomes a project."""

    remarks: Remarks
    known: dict[str, set[str]] = field(default_factory=dict)
    places: dict[str, Place] = field(default_factory=dict)
    noted_elsewhere: set[str] = field(default_factory=set)
    _given: set[str] = field(default_factory=set)
    _lacking: int = 0

    def index(self, root: Any) -> None:
        """Learn every identifier before references are followed.

        Raises: InputFault (`twice`) where what others refer to shares one.
        """
        found: dict[str, Counter[str]] = {}
        for element in root.iter("{*}*"):
            tag = _local(element)
            group = _NAMED_ONCE.get(tag) or ("Selection" if tag in _SELECTIONS else "")
            if group and (raw := element.get("guid")):
                found.setdefault(group, Counter())[values.guid(raw)[0]] += 1
        for group in dict.fromkeys(_NAMED_ONCE.values()):
            again = sum(count > 1 for count in found.get(group, Counter()).values())
            if again:
                raise _twice(group, again)
        self.known = {group: set(counted) for group, counted in found.items()}

    def made(self, element: Any, into: type) -> Any:
        """Return an element as a value of the model, None where it lacks what it needs."""
        shape = SHAPES[into]
        given: dict[str, Any] = {}
        place: dict[str, str] = {}
        for name, raw in element.attrib.items():
            rule = shape.by_attribute.get(name)
            if rule is not None:
                self._attribute(rule, raw, given, place)
            elif not name.startswith("{"):
                self.remarks.add(Kind.UNKNOWN_ATTRIBUTE)
        lists: dict[str, list[Any]] = {}
        for child in element:
            self._child(shape, child, given, lists, place, into)
        given.update({name: tuple(held) for name, held in lists.items()})
        if not self._is_whole(shape, given, into):
            return None
        if place:
            self.places[given["guid"]] = Place(place.get("inline"), place.get("name"))
        return into(**given)

    def _attribute(
        self, rule: Rule, raw: str, given: dict[str, Any], place: dict[str, str]
    ) -> None:
        kind = rule.kind
        if kind == By.TEXT:
            given[rule.field] = values.clean(raw)
        elif kind == By.GUID:
            self._guid(rule, raw, given)
        elif kind == By.INTEGER:
            number = values.integer(raw)
            if number is not None:
                given[rule.field] = number
            elif not rule.is_required:
                self.remarks.add(Kind.BAD_VALUE)
        elif kind == By.MOMENT:
            given[rule.field] = values.moment(raw)
            if given[rule.field] is None:
                self.remarks.add(Kind.BAD_TIME)
        elif kind == By.TRUTH:
            told = values.truth(raw)
            if told is None:
                self.remarks.add(Kind.BAD_VALUE)
            else:
                given[rule.field] = told
        elif kind == By.COLOUR:
            self._colour(rule, raw, given)
        elif kind == By.CHOICE:
            if raw.strip() in rule.choices:
                given[rule.field] = raw.strip()
            elif raw.strip():
                self.remarks.add(Kind.BAD_VALUE)
        elif kind == By.GONE:
            if raw.strip():
                self.remarks.add(Kind.PATH_REMOVED)
        else:
            self._path(rule, raw, given, place)

    def _guid(self, rule: Rule, raw: str, given: dict[str, Any]) -> None:
        found, is_one = values.guid(raw)
        if not is_one:
            self.remarks.add(Kind.OPAQUE_GUID)
        if rule.field in _USERS and found and found not in self.known.get("User", ()):
            self.remarks.add(Kind.UNKNOWN_USER)
            found = ""
        if found:
            given[rule.field] = found

    def _colour(self, rule: Rule, raw: str, given: dict[str, Any]) -> None:
        found, is_plain = values.colour(raw)
        given[rule.field] = found
        if not is_plain and raw.strip():
            met = Kind.COLOUR_REWRITTEN if found else Kind.COLOUR_DROPPED
            self.remarks.add(met)

    def _path(
        self, rule: Rule, raw: str, given: dict[str, Any], place: dict[str, str]
    ) -> None:
        if not raw.strip():
            return
        name, is_outside, is_plain = container.place(raw)
        if is_outside:
            self.remarks.add(Kind.OUTSIDE)
        elif not is_plain:
            self.remarks.add(Kind.BARE_PATH)
        if rule.kind == By.FILE_PATH:
            kept = values.clean(name)
            given[rule.field] = model.Attached(name=kept, is_outside=is_outside)
        elif not is_outside:
            place["name"] = name

    def _child(
        self,
        shape: Shape,
        child: Any,
        given: dict[str, Any],
        lists: dict[str, list[Any]],
        place: dict[str, str],
        into: type,
    ) -> None:
        tag = _local(child)
        rule = shape.by_child.get(tag)
        if rule is None:
            self.remarks.add(Kind.UNKNOWN_ELEMENT)
        elif rule.kind == By.TEXT:
            given[rule.field] = values.clean(child.text or "")
        elif rule.kind == By.CONTENT:
            place["inline"] = child.text or ""
        elif rule.kind in (By.REFERENCE, By.REFERENCES):
            if found := self._reference(tag, child, into):
                if rule.kind == By.REFERENCE:
                    given[rule.field] = found
                else:
                    lists.setdefault(rule.field, []).append(found)
        elif rule.kind == By.WRAPPED:
            lists.setdefault(rule.field, []).extend(self.wrapped(child, rule))
        elif rule.shape is model.VariableValue:
            if (value := self._value(child)) is not None:
                lists.setdefault(rule.field, []).append(value)
        elif rule.shape is not None:
            self._nested(rule, self.made(child, rule.shape), given, lists)

    @staticmethod
    def _nested(
        rule: Rule, one: Any, given: dict[str, Any], lists: dict[str, list[Any]]
    ) -> None:
        if one is None:
            return
        if rule.kind == By.ONE:
            given[rule.field] = one
        else:
            lists.setdefault(rule.field, []).append(one)

    def wrapped(self, element: Any, rule: Rule) -> list[Any]:
        """Return what a collection such as Sources holds."""
        shapes = dict(rule.shapes)
        found: list[Any] = []
        for child in element:
            tag = _local(child)
            if rule.name == "CodeBook" and tag == "Codes":
                found += self.wrapped(child, rule)
            elif tag not in shapes:
                self.remarks.add(Kind.UNKNOWN_ELEMENT)
            elif (one := self.made(child, shapes[tag])) is not None:
                found.append(one)
        return found

    def _reference(self, tag: str, child: Any, into: type) -> str:
        # A codebook names the members of its sets by `guid`.
        raw = child.get("targetGUID") or child.get("guid") or ""
        found = values.guid(raw)[0]
        if found in self.known.get(_LEADS_TO[tag], ()):
            if _LEADS_TO[tag] == "Note" and into is not model.Coding:
                self.noted_elsewhere.add(found)
            return found
        if into is not model.Coding or tag != "CodeRef":  # told with its coding
            self.remarks.add(Kind.UNKNOWN_REFERENCE)
        return ""

    def _value(self, element: Any) -> model.VariableValue | None:
        variable, said = "", None
        for child in element:
            tag = _local(child)
            if tag == "VariableRef":
                variable = self._reference(tag, child, model.VariableValue)
            else:
                said, is_read = values.value(tag, child.text or "")
                if not is_read and (child.text or "").strip():
                    self.remarks.add(Kind.BAD_VALUE)
        return model.VariableValue(variable=variable, value=said) if variable else None

    def _is_whole(self, shape: Shape, given: dict[str, Any], into: type) -> bool:
        for rule in shape.attributes:
            if not rule.is_required or rule.field in given:
                continue
            if rule.kind == By.INTEGER:
                self.remarks.add(Kind.NOT_A_NUMBER, given.get("guid", ""))
                return False
            self.remarks.add(Kind.LACKING)
            if rule.field == "guid":
                self._lacking += 1
                given["guid"] = values.derived("lacking", str(self._lacking))
        if issubclass(into, model.Selection | model.Coding):
            self._own_guid(given)
        return True

    def _own_guid(self, given: dict[str, Any]) -> None:
        guid, number = given["guid"], 1
        if guid in self._given:
            self.remarks.add(Kind.GUID_GIVEN_ANEW, guid)
        while given["guid"] in self._given:
            number += 1
            given["guid"] = values.derived("again", guid, str(number))
        self._given.add(given["guid"])


def _local(element: Any) -> str:
    tag: str = element.tag
    return tag.rpartition("}")[2]


def _twice(group: str, count: int) -> InputFault:
    words = {
        "User": _("user"),
        "Code": _("code"),
        "Variable": _("variable"),
        "Case": _("case"),
        "Note": _("note"),
        "Source": _("source"),
    }
    return opening.fault(_TWICE % {"count": count, "what": words[group]}, "twice")
