"""A REFI-QDA project as frozen values: what the files of the standard can say.

Offsets are code points of the text as it is frozen (NFC, LF, no byte-order mark), from 0,
the end exclusive. GUIDs are lower case without braces. An empty text means "not said";
a source whose `text` is None has none with it.
"""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

Value = str | bool | int | Decimal | date | datetime | None
KINDS_OF_VARIABLE = ("Text", "Boolean", "Integer", "Float", "Date", "DateTime")
DIRECTIONS = ("Associative", "OneWay", "Bidirectional")
LINE_STYLES = ("dotted", "dashed", "solid")
SHAPES = (
    "Person",
    "Oval",
    "Rectangle",
    "RoundedRectangle",
    "Star",
    "LeftTriangle",
    "RightTriangle",
    "UpTriangle",
    "DownTriangle",
    "Note",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class User:
    guid: str
    name: str = ""
    id: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Code:
    guid: str
    name: str = ""
    is_codable: bool = True
    colour: str = ""
    description: str = ""
    note_refs: tuple[str, ...] = ()
    codes: tuple["Code", ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Variable:
    guid: str
    name: str = ""
    kind: str = "Text"
    description: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class VariableValue:
    """What a variable is for a case or a source; None is a value that is missing."""

    variable: str
    value: Value = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    guid: str
    name: str = ""
    description: str = ""
    code_refs: tuple[str, ...] = ()
    values: tuple[VariableValue, ...] = ()
    source_refs: tuple[str, ...] = ()
    selection_refs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Authored:
    """Who made a thing and who changed it last, as GUIDs of users, and when."""

    guid: str = ""
    name: str = ""
    created_by: str = ""
    created_at: datetime | None = None
    modified_by: str = ""
    modified_at: datetime | None = None
    description: str = ""
    note_refs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Fields:
    """What Braid says of a coding beside its code; slugs, empty where nothing is said.

    `side` is material or symbolic, `logic` whose logic speaks.
    """

    polarity: str = ""
    logic: str = ""
    side: str = ""
    strength: str = ""

    def __bool__(self) -> bool:
        return any((self.polarity, self.logic, self.side, self.strength))


@dataclass(frozen=True, slots=True, kw_only=True)
class Coding:
    guid: str
    code: str = ""
    created_by: str = ""
    created_at: datetime | None = None
    note_refs: tuple[str, ...] = ()
    fields: Fields = Fields()


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection(Authored):
    """A part of a source. Without codings it is what a memo hangs on."""

    codings: tuple[Coding, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class TextSelection(Selection):
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PictureSelection(Selection):
    """A rectangle in pixels, from the top left."""

    first_x: int
    first_y: int
    second_x: int
    second_y: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PdfSelection(PictureSelection):
    """A rectangle on a page, in points from the bottom left."""

    page: int
    representation: "TextSource | None" = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MediaSelection(Selection):
    """A stretch of sound or film, in milliseconds."""

    begin: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SyncPoint:
    """A place of a transcript (code points) and its time (milliseconds)."""

    guid: str
    time: int | None = None
    position: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TranscriptSelection(Selection):
    from_point: str = ""
    to_point: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Attached:
    """A file that belongs to a source: in the archive by this name, or outside of it.

    Of a file outside the name alone is kept; it is never opened.
    """

    name: str
    is_outside: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Source(Authored):
    codings: tuple[Coding, ...] = ()
    values: tuple[VariableValue, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class TextSource(Source):
    """A text; a note is one too."""

    text: str | None = None
    rich: Attached | None = None
    selections: tuple[TextSelection, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Transcript(Authored):
    text: str | None = None
    rich: Attached | None = None
    sync_points: tuple[SyncPoint, ...] = ()
    selections: tuple[TranscriptSelection, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PictureSource(Source):
    file: Attached | None = None
    text_description: TextSource | None = None
    selections: tuple[PictureSelection, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PdfSource(Source):
    file: Attached | None = None
    representation: TextSource | None = None
    selections: tuple[PdfSelection, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class MediaSource(Source):
    file: Attached | None = None
    transcripts: tuple[Transcript, ...] = ()
    selections: tuple[MediaSelection, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class AudioSource(MediaSource):
    pass


@dataclass(frozen=True, slots=True, kw_only=True)
class VideoSource(MediaSource):
    pass


AnySource = TextSource | PictureSource | PdfSource | AudioSource | VideoSource


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    guid: str
    name: str = ""
    direction: str = ""
    colour: str = ""
    origin: str = ""
    target: str = ""
    note_refs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Set:
    guid: str
    name: str = ""
    description: str = ""
    code_refs: tuple[str, ...] = ()
    source_refs: tuple[str, ...] = ()
    note_refs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Vertex:
    guid: str
    represents: str = ""
    name: str = ""
    first_x: int = 0
    first_y: int = 0
    second_x: int | None = None
    second_y: int | None = None
    shape: str = ""
    colour: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Edge:
    guid: str
    represents: str = ""
    name: str = ""
    start: str = ""
    end: str = ""
    colour: str = ""
    direction: str = ""
    line_style: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Graph:
    guid: str
    name: str = ""
    vertices: tuple[Vertex, ...] = ()
    edges: tuple[Edge, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Codebook:
    """What a .qdc file holds: codes as a tree, and sets of them."""

    origin: str = ""
    codes: tuple[Code, ...] = ()
    sets: tuple[Set, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Project:
    """What a .qdpx file holds. Read from a .qdc it has codes and sets alone."""

    name: str = ""
    origin: str = ""
    created_by: str = ""
    created_at: datetime | None = None
    modified_by: str = ""
    modified_at: datetime | None = None
    users: tuple[User, ...] = ()
    codes: tuple[Code, ...] = ()
    variables: tuple[Variable, ...] = ()
    cases: tuple[Case, ...] = ()
    sources: tuple[AnySource, ...] = ()
    notes: tuple[TextSource, ...] = ()
    links: tuple[Link, ...] = ()
    sets: tuple[Set, ...] = ()
    graphs: tuple[Graph, ...] = ()
    description: str = ""
    note_refs: tuple[str, ...] = ()

    @property
    def codebook(self) -> Codebook:
        """Return its codes, and its sets as far as they are sets of codes."""
        return Codebook(origin=self.origin, codes=self.codes, sets=self.sets)
