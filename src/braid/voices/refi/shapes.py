"""Which element of the standard says which field of the model: one table, both ways.

The order of attributes and children is that of the schemas; reading takes any order.
"""

from dataclasses import dataclass, field
from enum import Enum, auto
from typing import Any

from braid.voices.refi import model


class Kind(Enum):
    """How an attribute or a child is read and written."""

    TEXT = auto()
    GUID = auto()
    INTEGER = auto()
    TRUTH = auto()
    MOMENT = auto()
    COLOUR = auto()
    CHOICE = auto()
    REFERENCE = auto()  # a child with the GUID of something else, once
    REFERENCES = auto()  # … any number of times
    ONE = auto()  # a child of its own shape, at most once
    MANY = auto()  # … any number of times
    WRAPPED = (
        auto()
    )  # … any number of times, within an element that is left out if empty
    CONTENT = auto()  # a text inside the XML
    PLAIN_PATH = auto()  # where the text of a source lies
    FILE_PATH = auto()  # where another file of a source lies
    GONE = auto()  # known, and left out: it names folders of somebody's machine


@dataclass(frozen=True, slots=True)
class Rule:
    """An attribute or a child element, and the field of the model that holds it."""

    name: str
    field: str
    kind: Kind
    choices: tuple[str, ...] = ()
    shape: type | None = None
    shapes: tuple[tuple[str, type], ...] = ()  # of what is wrapped: element and shape
    is_required: bool = False


@dataclass(frozen=True, slots=True)
class Shape:
    """An element: its name, attributes and children."""

    tag: str
    attributes: tuple[Rule, ...] = ()
    children: tuple[Rule, ...] = ()
    by_attribute: dict[str, Rule] = field(default_factory=dict)
    by_child: dict[str, Rule] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.by_attribute.update({rule.name: rule for rule in self.attributes})
        self.by_child.update({rule.name: rule for rule in self.children})


def _a(name: str, to: str = "", kind: Kind = Kind.TEXT, **more: Any) -> Rule:
    return Rule(name, to or name, kind, **more)


def _needed(name: str, to: str = "", kind: Kind = Kind.TEXT, **more: Any) -> Rule:
    return Rule(name, to or name, kind, is_required=True, **more)


def _number(name: str, to: str) -> Rule:
    return Rule(name, to, Kind.INTEGER, is_required=True)


def _refs(name: str, to: str) -> Rule:
    return Rule(name, to, Kind.REFERENCES)


def _many(name: str, to: str, shape: type) -> Rule:
    return Rule(name, to, Kind.MANY, shape=shape)


GUID = _needed("guid", kind=Kind.GUID)
NAME = _a("name")
DESCRIPTION = _a("Description", "description")
NOTES = _refs("NoteRef", "note_refs")
CODINGS = _many("Coding", "codings", model.Coding)
VALUES = _many("VariableValue", "values", model.VariableValue)
COLOUR = _a("color", "colour", Kind.COLOUR)
CREATED = (
    _a("creatingUser", "created_by", Kind.GUID),
    _a("creationDateTime", "created_at", Kind.MOMENT),
)
AUTHORED = (
    *CREATED,
    _a("modifyingUser", "modified_by", Kind.GUID),
    _a("modifiedDateTime", "modified_at", Kind.MOMENT),
)
CORNERS = (
    _number("firstX", "first_x"),
    _number("firstY", "first_y"),
    _number("secondX", "second_x"),
    _number("secondY", "second_y"),
)
STRETCH = (_number("begin", "begin"), _number("end", "end"))
CONTENT = _a("PlainTextContent", "text", Kind.CONTENT)
TEXT_PATHS = (
    _a("richTextPath", "rich", Kind.FILE_PATH),
    _a("plainTextPath", "text", Kind.PLAIN_PATH),
)
FILE = (
    _a("path", "file", Kind.FILE_PATH),
    _a("currentPath", kind=Kind.GONE),
)
REPRESENTATION = Rule(
    "Representation", "representation", Kind.ONE, shape=model.TextSource
)


def _selection(tag: str, *own: Rule) -> Shape:
    return Shape(tag, (GUID, NAME, *own, *AUTHORED), (DESCRIPTION, CODINGS, NOTES))


def _media(kind: str) -> Shape:
    return Shape(
        f"{kind}Source",
        (GUID, NAME, *FILE, *AUTHORED),
        (
            DESCRIPTION,
            _many("Transcript", "transcripts", model.Transcript),
            Rule(
                f"{kind}Selection",
                "selections",
                Kind.MANY,
                shape=model.MediaSelection,
            ),
            CODINGS,
            NOTES,
            VALUES,
        ),
    )


SHAPES: dict[type, Shape] = {
    model.User: Shape("User", (GUID, NAME, _a("id"))),
    model.Code: Shape(
        "Code",
        (
            GUID,
            _needed("name"),
            _needed("isCodable", "is_codable", Kind.TRUTH),
            COLOUR,
        ),
        (DESCRIPTION, NOTES, _many("Code", "codes", model.Code)),
    ),
    model.Variable: Shape(
        "Variable",
        (
            GUID,
            _needed("name"),
            _needed(
                "typeOfVariable", "kind", Kind.CHOICE, choices=model.KINDS_OF_VARIABLE
            ),
        ),
        (DESCRIPTION,),
    ),
    model.Case: Shape(
        "Case",
        (GUID, NAME),
        (
            DESCRIPTION,
            _refs("CodeRef", "code_refs"),
            VALUES,
            _refs("SourceRef", "source_refs"),
            _refs("SelectionRef", "selection_refs"),
        ),
    ),
    model.Coding: Shape(
        "Coding", (GUID, *CREATED), (_a("CodeRef", "code", Kind.REFERENCE), NOTES)
    ),
    model.TextSelection: _selection(
        "PlainTextSelection",
        _number("startPosition", "start"),
        _number("endPosition", "end"),
    ),
    model.PictureSelection: _selection("PictureSelection", *CORNERS),
    model.PdfSelection: Shape(
        "PDFSelection",
        (GUID, NAME, _number("page", "page"), *CORNERS, *AUTHORED),
        (DESCRIPTION, REPRESENTATION, CODINGS, NOTES),
    ),
    model.MediaSelection: _selection("AudioSelection", *STRETCH),
    model.TranscriptSelection: _selection(
        "TranscriptSelection",
        _a("fromSyncPoint", "from_point", Kind.GUID),
        _a("toSyncPoint", "to_point", Kind.GUID),
    ),
    model.SyncPoint: Shape(
        "SyncPoint",
        (
            GUID,
            _a("timeStamp", "time", Kind.INTEGER),
            _a("position", kind=Kind.INTEGER),
        ),
    ),
    model.TextSource: Shape(
        "TextSource",
        (GUID, NAME, *TEXT_PATHS, *AUTHORED),
        (
            DESCRIPTION,
            CONTENT,
            _many("PlainTextSelection", "selections", model.TextSelection),
            CODINGS,
            NOTES,
            VALUES,
        ),
    ),
    model.Transcript: Shape(
        "Transcript",
        (GUID, NAME, *TEXT_PATHS, *AUTHORED),
        (
            DESCRIPTION,
            CONTENT,
            _many("SyncPoint", "sync_points", model.SyncPoint),
            _many("TranscriptSelection", "selections", model.TranscriptSelection),
            NOTES,
        ),
    ),
    model.PictureSource: Shape(
        "PictureSource",
        (GUID, NAME, *FILE, *AUTHORED),
        (
            DESCRIPTION,
            Rule(
                "TextDescription", "text_description", Kind.ONE, shape=model.TextSource
            ),
            _many("PictureSelection", "selections", model.PictureSelection),
            CODINGS,
            NOTES,
            VALUES,
        ),
    ),
    model.PdfSource: Shape(
        "PDFSource",
        (GUID, NAME, *FILE, *AUTHORED),
        (
            DESCRIPTION,
            _many("PDFSelection", "selections", model.PdfSelection),
            REPRESENTATION,
            CODINGS,
            NOTES,
            VALUES,
        ),
    ),
    model.AudioSource: _media("Audio"),
    model.VideoSource: _media("Video"),
    model.Link: Shape(
        "Link",
        (
            GUID,
            NAME,
            _a("direction", kind=Kind.CHOICE, choices=model.DIRECTIONS),
            COLOUR,
            _a("originGUID", "origin", Kind.GUID),
            _a("targetGUID", "target", Kind.GUID),
        ),
        (NOTES,),
    ),
    model.Set: Shape(
        "Set",
        (GUID, _needed("name")),
        (
            DESCRIPTION,
            _refs("MemberCode", "code_refs"),
            _refs("MemberSource", "source_refs"),
            _refs("MemberNote", "note_refs"),
        ),
    ),
    model.Vertex: Shape(
        "Vertex",
        (
            GUID,
            _a("representedGUID", "represents", Kind.GUID),
            NAME,
            _number("firstX", "first_x"),
            _number("firstY", "first_y"),
            _a("secondX", "second_x", Kind.INTEGER),
            _a("secondY", "second_y", Kind.INTEGER),
            _a("shape", kind=Kind.CHOICE, choices=model.SHAPES),
            COLOUR,
        ),
    ),
    model.Edge: Shape(
        "Edge",
        (
            GUID,
            _a("representedGUID", "represents", Kind.GUID),
            NAME,
            _needed("sourceVertex", "start", Kind.GUID),
            _needed("targetVertex", "end", Kind.GUID),
            COLOUR,
            _a("direction", kind=Kind.CHOICE, choices=model.DIRECTIONS),
            _a("lineStyle", "line_style", Kind.CHOICE, choices=model.LINE_STYLES),
        ),
    ),
    model.Graph: Shape(
        "Graph",
        (GUID, NAME),
        (
            _many("Vertex", "vertices", model.Vertex),
            _many("Edge", "edges", model.Edge),
        ),
    ),
}
SOURCES = tuple(
    (SHAPES[each].tag, each)
    for each in (
        model.TextSource,
        model.PictureSource,
        model.PdfSource,
        model.AudioSource,
        model.VideoSource,
    )
)


def _wrapped(name: str, to: str, shape: type, tag: str = "") -> Rule:
    return Rule(
        name, to, Kind.WRAPPED, shapes=((tag or SHAPES[shape].tag, shape),), shape=shape
    )


SHAPES[model.Project] = Shape(
    "Project",
    (
        _needed("name"),
        _a("origin"),
        _a("creatingUserGUID", "created_by", Kind.GUID),
        _a("creationDateTime", "created_at", Kind.MOMENT),
        _a("modifyingUserGUID", "modified_by", Kind.GUID),
        _a("modifiedDateTime", "modified_at", Kind.MOMENT),
        _a("basePath", kind=Kind.GONE),
    ),
    (
        _wrapped("Users", "users", model.User),
        _wrapped("CodeBook", "codes", model.Code),
        _wrapped("Variables", "variables", model.Variable),
        _wrapped("Cases", "cases", model.Case),
        Rule("Sources", "sources", Kind.WRAPPED, shapes=SOURCES),
        _wrapped("Notes", "notes", model.TextSource, "Note"),
        _wrapped("Links", "links", model.Link),
        _wrapped("Sets", "sets", model.Set),
        _wrapped("Graphs", "graphs", model.Graph),
        DESCRIPTION,
        NOTES,
    ),
)
