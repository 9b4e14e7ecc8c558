"""Word and OpenDocument texts: every paragraph once, in the order in which it is read.

Read from their XML, for the libraries pass text boxes and footnotes over in silence.
Footnotes go to the end, text boxes behind the paragraph that they stand by.
Sources: ECMA-376 (WordprocessingML), OASIS OpenDocument 1.3.
"""

import io
from collections.abc import Callable, Iterator
from typing import Any
from zipfile import ZipFile

from django.utils.translation import gettext_lazy as _

from braid.voices import opening
from braid.voices.importing.shape import Draft
from braid.voices.opening import fault

DOCX, ODT = "word/document.xml", "content.xml"
_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_STRICT = "{http://purl.oclc.org/ooxml/wordprocessingml/main}"
_OPEN = "{urn:oasis:names:tc:opendocument:xmlns:"
_TEXT, _OFFICE, _DRAW = (f"{_OPEN}{n}:1.0}}" for n in ("text", "office", "drawing"))
_MOST_SPACES = 1_000

_LOCKED = _(
    "The file is locked with a password. Save it without one and bring that file."
)

Write = Callable[[str], None]


def read_docx(archive: ZipFile, draft: Draft) -> None:
    """Read a Word document. Raises: InputFault (those of `opening`)."""
    names = set(archive.namelist())
    reader = _Word(draft)
    reader.read(opening.part(archive, DOCX))
    if any(name.startswith(("word/header", "word/footer")) for name in names):
        draft.counted["headers"] = 1
    for part in ("word/footnotes.xml", "word/endnotes.xml"):
        if part in names:
            reader.read_notes(opening.part(archive, part))
    if "word/comments.xml" in names:
        data = opening.part(archive, "word/comments.xml")
        draft.counted["comments"] = sum(
            event == "end" and _local(element) == "comment"
            for event, element in opening.events(data)
        )


class _Word:
    """Gathers the paragraphs of a WordprocessingML part."""

    def __init__(self, draft: Draft) -> None:
        self.draft = draft
        self.boxes: list[str] = []
        self.notes = 0

    def read(self, data: bytes) -> None:
        for paragraph in _outermost(data, "p", (_WORD, _STRICT)):
            self.draft.add(self.line(paragraph))
            for box in self.boxes:
                self.draft.add(box)
            self.boxes = []

    def read_notes(self, data: bytes) -> None:
        """Add the notes at the end, each with the number that the text shows."""
        for note in _outermost(data, ("footnote", "endnote"), (_WORD, _STRICT)):
            if any(name.endswith("}type") for name in note.attrib):
                continue  # the line above the notes
            self.notes += 1
            lines = [self.line(p) for p in note.iter() if _local(p) == "p"]
            self.draft.add(f"[{self.notes}] " + "\n".join(lines).strip())
        self.draft.counted["footnotes"] = self.notes

    def line(self, paragraph: Any) -> str:
        words: list[str] = []
        self.walk(paragraph, words.append)
        return "".join(words)

    def walk(self, element: Any, write: Write) -> None:
        for child in element:
            name = _local(child)
            if name == "t":
                write(child.text or "")
            elif name in _WORD_SIGNS:
                write(_WORD_SIGNS[name])
            elif name in ("footnoteReference", "endnoteReference"):
                self.referred(write)
            elif name == "txbxContent":
                self.box(child)
            elif name in ("del", "moveFrom"):
                self.draft.counted["deleted"] += 1
            elif name == "blip":
                self.draft.counted["pictures"] += 1
            elif name != "Fallback":  # says once more what its Choice says
                self.walk(child, write)

    def referred(self, write: Write) -> None:
        self.draft.counted["referred"] += 1
        write(f"[{self.draft.counted['referred']}]")

    def box(self, content: Any) -> None:
        self.draft.counted["text_boxes"] += 1
        lines = [self.line(p) for p in content if _local(p) == "p"]
        self.boxes += [line for line in lines if line.strip()]


_WORD_SIGNS = {
    "tab": "\t",
    "br": "\n",
    "cr": "\n",
    "noBreakHyphen": "-",
    "softHyphen": "",
    "instrText": "",
    "delText": "",
    "rPr": "",
    "pPr": "",
}


def read_odt(archive: ZipFile, draft: Draft) -> None:
    """Read an OpenDocument text. Raises: InputFault (`locked`, those of `opening`)."""
    manifest = "META-INF/manifest.xml"
    if manifest in archive.namelist():
        for _event, element in opening.events(opening.part(archive, manifest)):
            if _local(element) == "encryption-data":
                raise fault(_LOCKED, "encrypted")
    reader = _OpenText(draft)
    for paragraph in _outermost(
        opening.part(archive, ODT), ("p", "h", "tracked-changes"), (_TEXT,)
    ):
        if _local(paragraph) == "tracked-changes":
            draft.counted["deleted"] += sum(
                _local(each) == "deletion" for each in paragraph
            )
            continue
        draft.add(reader.line(paragraph))
        for box in reader.boxes:
            draft.add(box)
        reader.boxes = []
    for number, note in enumerate(reader.notes, start=1):
        draft.add(f"[{number}] {note}")
    draft.counted["footnotes"] = len(reader.notes)
    names = archive.namelist()
    if "styles.xml" in names and _has_header(opening.part(archive, "styles.xml")):
        draft.counted["headers"] = 1


def _has_header(styles: bytes) -> bool:
    return any(
        _local(element) in ("header", "footer")
        and element.tag.startswith(_OPEN)
        and any("".join(p.itertext()).strip() for p in element)
        for event, element in opening.events(styles)
        if event == "end"
    )


class _OpenText:
    """Gathers the paragraphs of an OpenDocument text, where words lie between elements."""

    def __init__(self, draft: Draft) -> None:
        self.draft = draft
        self.boxes: list[str] = []
        self.notes: list[str] = []

    def line(self, paragraph: Any) -> str:
        words: list[str] = []
        self.walk(paragraph, words.append)
        return "".join(words)

    def walk(self, element: Any, write: Write) -> None:
        write(_collapsed(element.text))
        for child in element:
            self.child(child, _local(child), write)
            write(_collapsed(child.tail))

    def child(self, child: Any, name: str, write: Write) -> None:
        if name == "s":
            count = child.get(f"{_TEXT}c", "1")
            write(" " * min(int(count) if count.isdigit() else 1, _MOST_SPACES))
        elif name in ("tab", "line-break"):
            write("\t" if name == "tab" else "\n")
        elif name == "note":
            bodies = [each for each in child if _local(each) == "note-body"]
            self.notes.append(" ".join(self.lines(bodies)))
            write(f"[{len(self.notes)}]")
        elif name == "annotation":
            self.draft.counted["comments"] += 1
        elif name == "text-box":
            self.draft.counted["text_boxes"] += 1
            self.boxes += self.lines([child])
        elif name == "image":
            self.draft.counted["pictures"] += 1
        else:
            self.walk(child, write)

    def lines(self, parts: list[Any]) -> list[str]:
        found = (
            self.line(each)
            for part in parts
            for each in part.iter(f"{_TEXT}p", f"{_TEXT}h")
        )
        return [line for line in found if line.strip()]


def _collapsed(text: str | None) -> str:
    """Return text as the format means it: spaces in a row and line ends are one space."""
    if not text:
        return ""
    shown = " ".join(text.split(" ")) if text.isspace() else text
    for sign in "\t\r\n":
        shown = shown.replace(sign, " ")
    while "  " in shown:
        shown = shown.replace("  ", " ")
    return shown


def _outermost(
    data: bytes, wanted: str | tuple[str, ...], spaces: tuple[str, ...]
) -> Iterator[Any]:
    """Yield elements of these names that lie in no other of them, then let them go."""
    names = (wanted,) if isinstance(wanted, str) else wanted
    tags = frozenset(f"{space}{name}" for space in spaces for name in names)
    depth = 0
    for event, element in opening.events(data):
        if element.tag not in tags:
            continue
        if event == "start":
            depth += 1
            continue
        depth -= 1
        if depth == 0:
            yield element
            element.clear()


def _local(element: Any) -> str:
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def opened(data: bytes) -> ZipFile:
    """Return the archive of a document. Raises: InputFault (those of `opening`)."""
    return opening.archive(io.BytesIO(data))
