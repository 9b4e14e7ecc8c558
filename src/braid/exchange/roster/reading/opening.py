"""Open a roster file. Its content decides what it is, not its name."""

import hashlib
import io
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Literal

from braid.exchange.roster.reading.archive import open_archive
from braid.exchange.roster.reading.delimited import read_delimited
from braid.exchange.roster.reading.faults import (
    DAMAGED,
    NOT_A_TABLE,
    TOO_LARGE,
    refuse,
)
from braid.exchange.roster.reading.opendocument import (
    is_open_document,
    read_open_document,
)
from braid.exchange.roster.reading.sheets import (
    MAX_BYTES,
    Progress,
    Sheet,
    SourceFile,
)
from braid.exchange.roster.reading.workbook import read_workbook
from braid.exchange.roster.wording import N_, Sentence, say

COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
MAX_SHEET_NAME = 255
ZIP = b"PK\x03\x04"
EMPTY_ZIP = b"PK\x05\x06"
WORKBOOKS = (".xlsx", ".xlsm", ".ods")
UTF_16 = (b"\xff\xfe", b"\xfe\xff")
_controls = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
STARTS = (
    (b"%PDF", N_("a PDF document")),
    (b"{\\rtf", N_("a text document (RTF)")),
    (b"\x1f\x8b", N_("a packed archive")),
    (b"7z\xbc\xaf\x27\x1c", N_("a packed archive")),
    (b"Rar!", N_("a packed archive")),
    (b"BZh", N_("a packed archive")),
    (b"\x89PNG", N_("a picture")),
    (b"\xff\xd8\xff", N_("a picture")),
    (b"GIF8", N_("a picture")),
    (b"SQLite format 3", N_("a database")),
    (b"\x7fELF", N_("a program")),
    (b"MZ\x90\x00", N_("a program")),
)


def open_file(
    name: str,
    source: bytes | Path,
    *,
    encoding: str | None = None,
    progress: Progress | None = None,
) -> SourceFile:
    """Return the file as sheets of rows.

    `name` is shown to people and names the file in answers; `encoding` is what the
    importing person stated and is used for text files that do not prove another.
    Raises: InputFault when the file is no table, is damaged, unsafe or too large.
    """
    data = _bytes(name, source)
    digest = hashlib.sha256(data).hexdigest()
    if data.startswith((ZIP, EMPTY_ZIP)):
        return _workbook(name, data, digest, progress)
    if (met := _something_else(data)) is not None:
        raise refuse(NOT_A_TABLE, "not_a_table", file=name, met=met)
    if name.lower().endswith(WORKBOOKS) and _is_no_text(data):
        what = say(N_("it is neither a workbook nor text"))
        raise refuse(DAMAGED, "damaged", file=name, what=what)
    sheet, codec, proven, delimiter, notes = read_delimited(
        name, data, encoding, progress
    )
    return SourceFile(
        name, digest, len(data), "csv", (sheet,), codec, proven, delimiter, notes
    )


def _is_no_text(data: bytes) -> bool:
    """Say whether a file holds bytes that no text has; UTF-16 is text full of noughts."""
    if data.startswith(UTF_16):
        return False
    return bool(_controls.search(data[:4096]))


def _workbook(
    name: str, data: bytes, digest: str, progress: Progress | None
) -> SourceFile:
    stream = io.BytesIO(data)
    archive = open_archive(name, stream)
    form: Literal["xlsx", "ods"] = "ods" if is_open_document(archive) else "xlsx"
    if form == "ods":
        sheets, notes = read_open_document(name, archive, progress)
    else:
        sheets, notes = read_workbook(name, stream, archive, progress)
    _named_apart(name, sheets)
    return SourceFile(name, digest, len(data), form, sheets, notes=notes)


def _named_apart(name: str, sheets: Sequence[Sheet]) -> None:
    """Refuse sheets that could not be told apart when one is spoken of."""
    names = [sheet.name or "" for sheet in sheets]
    if len(set(names)) < len(names) or any(len(n) > MAX_SHEET_NAME for n in names):
        what = say(N_("its sheets do not have names that tell them apart"))
        raise refuse(DAMAGED, "damaged", file=name, what=what)


def _bytes(name: str, source: bytes | Path) -> bytes:
    size = len(source) if isinstance(source, bytes) else source.stat().st_size
    if size > MAX_BYTES:
        what = say(N_("it has %(size)s MB"), size=size // 1024**2)
        raise refuse(TOO_LARGE, "too_large", file=name, what=what, most="200 MB")
    data = source if isinstance(source, bytes) else source.read_bytes()
    if not data.strip(b" \r\n\t;,\x00\xef\xbb\xbf\xff\xfe"):
        raise refuse(NOT_A_TABLE, "not_a_table", file=name, met=say(N_("empty")))
    return data


def _something_else(data: bytes) -> Sentence | None:
    """Return what a file is that is neither a workbook nor text, or None."""
    if data.startswith(COMPOUND):
        return _compound(data)
    for start, what in STARTS:
        if data.startswith(start):
            return say(what)
    opening = data[:1024].lstrip(b"\xef\xbb\xbf \r\n\t").lower()
    if re.match(rb"<(!doctype html|html|table|head|meta)", opening):
        return say(N_("a web page, whatever its name says"))
    if opening.startswith(b"<?xml"):
        return say(N_("an XML document"))
    return None


def _compound(data: bytes) -> Sentence:
    if "EncryptedPackage".encode("utf-16-le") in data:
        return say(N_("a workbook locked with a password"))
    if "WordDocument".encode("utf-16-le") in data:
        return say(N_("an old Word document (.doc)"))
    return say(N_("an old workbook (.xls)"))
