"""Read a transcript of any known format; which one it is, its bytes say before its name."""

import re
from collections.abc import Callable, Mapping
from types import MappingProxyType

from django.utils.translation import gettext_lazy as _

from braid.voices.importing import cues, office, pdf, plain
from braid.voices.importing.shape import Draft, Transcript
from braid.voices.opening import fault

MOST_BYTES = 100 * 1024**2
FORMATS = ("docx", "odt", "pdf", "txt", "html", "rtf", "vtt", "srt")
_OLD_WORD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_MARKUP = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*<(?:!doctype\s+html|html|head|body|\?xml)", re.IGNORECASE
)
_ENDINGS = MappingProxyType(
    {
        "txt": "txt",
        "text": "txt",
        "md": "txt",
        "htm": "html",
        "html": "html",
        "srt": "srt",
    }
    | {"vtt": "vtt", "xhtml": "html"}
)

Reader = Callable[[bytes, Draft, str | None], None]
_READERS: Mapping[str, Reader] = MappingProxyType(
    {
        "txt": plain.read_text,
        "html": plain.read_html,
        "rtf": plain.read_rtf,
        "vtt": cues.read_vtt,
        "srt": cues.read_srt,
        "pdf": lambda data, draft, _: pdf.read_pdf(data, draft),
        "docx": lambda data, draft, _: office.read_docx(office.opened(data), draft),
        "odt": lambda data, draft, _: office.read_odt(office.opened(data), draft),
    }
)

_EMPTY = _(
    "The file is empty. Expected is a transcript or a document with text. Look whether it "
    "was saved."
)
_TOO_LARGE = _(
    "The file is larger than %(most)s MB. Leave out pictures and sound, or bring it in parts."
)
_OLD = _(
    "This is an old Word file, or one locked with a password. Save it as docx without a "
    "password and bring that file."
)
_UNKNOWN = _(
    "This file is none that can be read here. Expected is docx, odt, pdf, txt, html, rtf, "
    "vtt or srt. Save it as one of these."
)
_NOT_TEXT = _(
    "The file is named as text and holds something else. Expected is writing. Look whether "
    "it is what you meant to bring."
)


def read(data: bytes, name: str = "", charset: str | None = None) -> Transcript:
    """Return what a file says, in the one shape; nothing of it is run or fetched.

    `name` is asked where bytes could be several formats; `charset` is the choice of who
    imports, for text whose encoding is not proven. Raises: InputFault, whose reason is a
    slug: empty, too_large, unknown, not_text, no_text, long_line, encrypted, and those of
    `opening` and the readers.
    """
    if not data:
        raise fault(_EMPTY, "empty")
    if len(data) > MOST_BYTES:
        raise fault(_TOO_LARGE % {"most": MOST_BYTES // 1024**2}, "too_large")
    draft = Draft(recognised(data, name))
    _READERS[draft.format](data, draft, charset)
    return draft.finished()


def recognised(data: bytes, name: str = "") -> str:
    """Return which of `FORMATS` a file is. Raises: InputFault (`unknown`, `not_text`)."""
    if data.startswith(b"PK\x03\x04") or data.startswith(b"PK\x05\x06"):
        return _of_archive(data)
    if b"%PDF-" in data[:1024]:
        return "pdf"
    if data.startswith(_OLD_WORD):
        raise fault(_OLD, "old_word")
    if data.startswith(b"{\\rtf"):
        return "rtf"
    ending = name.rpartition(".")[2].casefold()
    if data.lstrip(b"\xef\xbb\xbf").startswith(b"WEBVTT"):
        return "vtt"
    if ending in ("docx", "odt", "pdf", "rtf"):
        raise fault(_UNKNOWN, "unknown")
    if data[:2] not in (b"\xff\xfe", b"\xfe\xff") and _is_binary(data):
        raise fault(_NOT_TEXT if ending in _ENDINGS else _UNKNOWN, "not_text")
    if ending in _ENDINGS:
        return _ENDINGS[ending]
    if _MARKUP.match(data):
        return "html"
    return "srt" if b" --> " in data[:500] else "txt"


def _of_archive(data: bytes) -> str:
    names = set(office.opened(data).namelist())
    if office.DOCX in names:
        return "docx"
    if office.ODT in names and "word/document.xml" not in names:
        return "odt"
    raise fault(_UNKNOWN, "unknown")


def _is_binary(data: bytes) -> bool:
    """Say whether bytes hold what no encoding of text but UTF-16 does."""
    start = data[:65_536]
    zeros = start.count(0)
    if zeros > len(start) // 4:  # UTF-16 without its mark
        return not _decodes_as_utf16(start)
    controls = len(re.findall(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]", start))
    return controls > len(start) // 100


def _decodes_as_utf16(start: bytes) -> bool:
    even = start[: len(start) // 2 * 2]
    order = "utf-16-le" if even[1::2].count(0) > even[::2].count(0) else "utf-16-be"
    try:
        text = even.decode(order)
    except UnicodeDecodeError:
        return False
    return sum(char.isprintable() or char.isspace() for char in text) > 0.95 * len(text)
