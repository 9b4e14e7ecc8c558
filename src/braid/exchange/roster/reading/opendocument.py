"""Read an OpenDocument spreadsheet (.ods) as sheets of values, beside their formulas.

No package that reads the format is kept up any more, and a roster needs little of it.
So `content.xml` is streamed through defusedxml into a target that keeps rows and lets
everything else go by: what a file holds beside them never stays in memory.
"""

from collections.abc import Iterator
from zipfile import ZipFile

from defusedxml.ElementTree import XMLParser  # type: ignore[import-untyped]

from braid.exchange.roster.reading.archive import no_document_type
from braid.exchange.roster.reading.content import Content
from braid.exchange.roster.reading.faults import DAMAGED, NOT_A_TABLE, refuse
from braid.exchange.roster.reading.gathering import RowCount, remarks
from braid.exchange.roster.reading.sheets import Progress, Sheet
from braid.exchange.roster.wording import N_, Sentence, say
from braid.kernel.errors import InputFault

CONTENT, MANIFEST, MIMETYPE = "content.xml", "META-INF/manifest.xml", "mimetype"
LOCKED = "{urn:oasis:names:tc:opendocument:xmlns:manifest:1.0}encryption-data"
LOCKED_WHOLE = "encrypted-package"
PIECE = 1024**2


def is_open_document(archive: ZipFile) -> bool:
    """Say whether an archive is a document of this family, of whatever sort."""
    parts = set(archive.namelist())
    return bool(parts & {CONTENT, LOCKED_WHOLE}) and bool(parts & {MIMETYPE, MANIFEST})


def read_open_document(
    name: str, archive: ZipFile, progress: Progress | None = None
) -> tuple[tuple[Sheet, ...], tuple[Sentence, ...]]:
    """Return the sheets of a spreadsheet, and what is worth saying about it.

    Raises: InputFault (`not_a_table`, `damaged`, `too_large`, `unsafe`).
    """
    parts = set(archive.namelist())
    content = Content(name, RowCount(name, progress))
    try:
        if _is_locked(archive, parts):
            met = say(N_("a workbook locked with a password"))
            raise refuse(NOT_A_TABLE, "not_a_table", file=name, met=met)
        no_document_type(name, archive)
        _stream(archive, CONTENT, content)
    except InputFault:
        raise
    except Exception as error:
        # A garbled part makes its reader stumble in many ways; all mean one thing.
        what = say(N_("its sheets cannot be read"))
        raise refuse(DAMAGED, "damaged", file=name, what=what) from error
    if not content.is_spreadsheet:
        met = say(N_("an OpenDocument file without sheets"))
        raise refuse(NOT_A_TABLE, "not_a_table", file=name, met=met)
    macros = any(part.startswith(("Basic/", "Scripts/")) for part in parts)
    sheets = tuple(content.sheets)
    return sheets, tuple(remarks(sheets, macros=macros, links=content.has_links))


class _Manifest:
    """The target that looks for locked parts in the list of parts."""

    def __init__(self) -> None:
        self.is_locked = False

    def start(self, tag: str, _attributes: dict[str, str]) -> None:
        self.is_locked = self.is_locked or tag == LOCKED

    def end(self, _tag: str) -> None: ...

    def data(self, _text: str) -> None: ...

    def close(self) -> None: ...


def _is_locked(archive: ZipFile, parts: set[str]) -> bool:
    if LOCKED_WHOLE in parts:
        return True
    manifest = _Manifest()
    if MANIFEST in parts:
        _stream(archive, MANIFEST, manifest)
    return manifest.is_locked


def _stream(archive: ZipFile, part: str, target: object) -> None:
    parser = XMLParser(target=target, forbid_dtd=True)
    with archive.open(part) as stream:
        for piece in _pieces(stream):
            parser.feed(piece)
    parser.close()


def _pieces(stream: object) -> Iterator[bytes]:
    read = stream.read  # type: ignore[attr-defined]
    return iter(lambda: read(PIECE), b"")
