"""What a file is, told from its bytes and never from its name; what is not taken.

Pure: bytes in, an answer out. Nothing is unpacked before the archive's table of
contents has proved harmless, and no picture is decoded.
"""

import io
import re
import struct
import unicodedata
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from xml.parsers import expat

from braid.kernel import archives
from braid.kernel.archives import ArchiveFault, Fault

MAX_BYTES = 10 * 1024**2
MAX_PIXELS = 50_000_000
MAX_UNPACKED = 200 * 1024**2
MAX_XML = 4 * 1024**2  # of a part that is read here
LONGEST_NAME = 120

OOXML = "application/vnd.openxmlformats-officedocument."
ODF = "application/vnd.oasis.opendocument."
# What a PDF can do beside being read: run, start programs, carry files.
_ACTIVE_PDF = (b"/JavaScript", b"/Launch", b"/EmbeddedFile", b"/RichMedia")
_MACROS = re.compile(
    r"vbaproject\.bin$|/activex/|/embeddings/|oleobject|^basic/|^scripts/|\.bin$"
    r"|^object \d|macrosheets/",
    re.IGNORECASE,
)
_PRINTER = re.compile(r"printersettings\d*\.bin$", re.IGNORECASE)
_MARKUP = re.compile(r"\s*<(?:!doctype|\?xml|html|svg|script|head|body)", re.IGNORECASE)
_NOT_TEXT = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f-\x84\x86-\x9f]")


class Problem(StrEnum):
    """Why a file is not taken."""

    EMPTY = "empty"
    TOO_LARGE = "too_large"
    UNKNOWN = "unknown"
    DAMAGED = "damaged"
    MACROS = "macros"
    FETCHES = "fetches"
    LOCKED = "locked"
    TOO_MANY_PIXELS = "too_many_pixels"
    UNSAFE = "unsafe"
    NOT_A_PICTURE = "not_a_picture"


@dataclass(frozen=True, slots=True)
class Content:
    """What a file is: the type it is served with and the ending of its name."""

    media_type: str
    ending: str


PDF = Content("application/pdf", ".pdf")
JPEG = Content("image/jpeg", ".jpg")
PNG = Content("image/png", ".png")
TEXT = Content("text/plain; charset=utf-8", ".txt")
DOCX = Content(f"{OOXML}wordprocessingml.document", ".docx")
XLSX = Content(f"{OOXML}spreadsheetml.sheet", ".xlsx")
ODT = Content(f"{ODF}text", ".odt")
ODS = Content(f"{ODF}spreadsheet", ".ods")
ACCEPTED = (PDF, JPEG, PNG, TEXT, DOCX, XLSX, ODT, ODS)
PICTURES = (PDF, JPEG, PNG)  # of paper: a photo or a scan
_OFFICE_PARTS = {"word/document.xml": DOCX, "xl/workbook.xml": XLSX}
_OPEN_TYPES = {content.media_type.encode(): content for content in (ODT, ODS)}


def recognise(data: bytes) -> Content | Problem:
    """Return what a file is, or why it is not taken."""
    if not data:
        return Problem.EMPTY
    if len(data) > MAX_BYTES:
        return Problem.TOO_LARGE
    if data.startswith(b"%PDF-"):
        return _pdf(data)
    if data.startswith(b"\xff\xd8\xff"):
        return _picture(JPEG, _jpeg_size(data))
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return _picture(PNG, _png_size(data))
    if data.startswith(b"PK\x03\x04"):
        return _archive(data)
    return _text(data)


def safe_name(name: str, content: Content) -> str:
    """Return the name to keep: no path, no control characters, the ending of the type.

    Characters that turn the direction of writing go too: they can hide an ending.
    """
    last = re.split(r"[/\\]", name)[-1]
    kept = "".join(c for c in last if unicodedata.category(c)[0] != "C")
    stem = kept.rsplit(".", 1)[0] if "." in kept else kept
    stem = re.sub(r'[<>:"|?*\s]+', " ", stem).strip(" .")[:LONGEST_NAME].strip(" .")
    return f"{stem or 'document'}{content.ending}"


def _pdf(data: bytes) -> Content | Problem:
    if b"%%EOF" not in data[-2048:]:
        return Problem.DAMAGED
    if any(word in data for word in _ACTIVE_PDF):
        return Problem.MACROS
    return PDF


def _picture(content: Content, size: tuple[int, int] | None) -> Content | Problem:
    if size is None or 0 in size:
        return Problem.DAMAGED
    width, height = size
    return content if width * height <= MAX_PIXELS else Problem.TOO_MANY_PIXELS


def _png_size(data: bytes) -> tuple[int, int] | None:
    if data[12:16] != b"IHDR" or b"IEND" not in data[-64:]:
        return None
    width, height = struct.unpack(">II", data[16:24])
    return width, height


def _jpeg_size(data: bytes) -> tuple[int, int] | None:
    """Return the size from the first frame header; markers are walked, none decoded."""
    at = 2
    while at + 9 <= len(data) and data[at] == 0xFF:
        marker = data[at + 1]
        if marker in {0x01, 0xFF, *range(0xD0, 0xD8)}:
            at += 1 if marker == 0xFF else 2
            continue
        (length,) = struct.unpack_from(">H", data, at + 2)
        if 0xC0 <= marker <= 0xCF and marker not in {0xC4, 0xC8, 0xCC}:
            height, width = struct.unpack_from(">HH", data, at + 5)
            return width, height
        if marker in {0xD9, 0xDA} or length < 2:
            return None
        at += 2 + length
    return None


def _text(data: bytes) -> Content | Problem:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return Problem.UNKNOWN
    if _NOT_TEXT.search(text) or _MARKUP.match(text):
        return Problem.UNKNOWN
    return TEXT


def _archive(data: bytes) -> Content | Problem:
    try:
        with archives.open_archive(
            io.BytesIO(data), most_unpacked=MAX_UNPACKED, most_in_memory=MAX_UNPACKED
        ) as archive:
            archives.no_document_type(archive)
            return _office(archive)
    except ArchiveFault as met:
        found = {Fault.DAMAGED: Problem.DAMAGED, Fault.ENCRYPTED: Problem.LOCKED}
        return found.get(met.fault, Problem.UNSAFE)


def _office(archive: zipfile.ZipFile) -> Content | Problem:
    parts = set(archive.namelist())
    content = _office_type(archive, parts)
    if content is None:
        return Problem.UNKNOWN
    if any(_MACROS.search(part) and not _PRINTER.search(part) for part in parts):
        return Problem.MACROS
    if content in (DOCX, XLSX):
        return _checked_ooxml(archive, parts, content)
    manifest = archives.read_part(archive, "META-INF/manifest.xml", MAX_XML)
    return Problem.LOCKED if b"encryption-data" in manifest else content


def _office_type(archive: zipfile.ZipFile, parts: set[str]) -> Content | None:
    if "mimetype" in parts:
        needed = {"content.xml", "META-INF/manifest.xml"}
        if not needed <= parts:
            return None
        return _OPEN_TYPES.get(archives.read_part(archive, "mimetype", 100).strip())
    if "[Content_Types].xml" not in parts:
        return None
    found = [content for part, content in _OFFICE_PARTS.items() if part in parts]
    return found[0] if len(found) == 1 else None


def _checked_ooxml(
    archive: zipfile.ZipFile, parts: set[str], content: Content
) -> Content | Problem:
    types = archives.read_part(archive, "[Content_Types].xml", MAX_XML)
    if b"macroenabled" in types.lower() or b"vbaproject" in types.lower():
        return Problem.MACROS
    for part in sorted(parts):
        if part.endswith(".rels"):
            relations = archives.read_part(archive, part, MAX_XML)
            if any(_fetches(relation) for relation in _relations(relations)):
                return Problem.FETCHES
    return content


def _relations(xml: bytes) -> Iterator[dict[str, str]]:
    """Yield the attributes of each relationship of an office document."""
    found: list[dict[str, str]] = []

    def met(name: str, attributes: dict[str, str]) -> None:
        if name.rpartition(":")[2] == "Relationship":
            found.append(attributes)

    parser = expat.ParserCreate()
    parser.StartElementHandler = met
    try:
        parser.Parse(xml, True)
    except expat.ExpatError as why:
        raise ArchiveFault(Fault.DAMAGED) from why
    return iter(found)


def _fetches(relation: dict[str, str]) -> bool:
    """Say whether opening the document fetches this; a link waits until it is clicked."""
    is_outside = relation.get("TargetMode", "").lower() == "external"
    return is_outside and not relation.get("Type", "").endswith("/hyperlink")
