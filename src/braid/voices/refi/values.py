"""Single values of the XML: GUIDs, colours, moments, numbers.

Read leniently, written strictly.
"""

import re
import unicodedata
import uuid
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal, InvalidOperation

from braid.voices.refi.model import Value

FAMILY = uuid.UUID("6d1f6e5c-6a1e-5d6b-9a53-0b7a1d0e5c11")
"""The namespace of GUIDs that follow from something."""
MOST_DIGITS = 18
MOST_PLACES = 40
FURTHEST = timedelta(hours=14)
"""The schema knows no time zone further from UTC."""
_GUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_HEX = re.compile(r"#([0-9a-f]{6}|[0-9a-f]{3})", re.IGNORECASE)
_RGB = re.compile(r"rgb\(\s*(\d{1,3})\s*,\s*(\d{1,3})\s*,\s*(\d{1,3})\s*\)", re.I)
_INTEGER = re.compile(rf"[-+]?[0-9]{{1,{MOST_DIGITS}}}")
_NOT_XML = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]"  # no escape exists for them
)
_NOT_TEXT = re.compile("[\x00\ud800-\udfff]")
TRUE, FALSE = ("true", "1", "yes"), ("false", "0", "no")


def derived(*said: str) -> str:
    """Return the GUID that follows from words, the same each time."""
    return str(uuid.uuid5(FAMILY, "\n".join(said)))


def guid(raw: str) -> tuple[str, bool]:
    """Return a GUID in lower case without braces, and whether it was one."""
    bare = raw.strip().strip("{}").lower()
    if _GUID.fullmatch(bare):
        return bare, True
    return (derived("opaque", raw.strip()) if raw.strip() else ""), not raw.strip()


def colour(raw: str) -> tuple[str, bool]:
    """Return a colour as #rrggbb, empty where it cannot be read; and if it was written so.

    Eight digits are dropped: some programs put the alpha first and some last.
    """
    bare = raw.strip()
    if _HEX.fullmatch(bare):
        digits = bare[1:].lower()
        return "#" + (
            digits if len(digits) == 6 else "".join(c * 2 for c in digits)
        ), True
    if met := _RGB.fullmatch(bare):
        parts = [int(part) for part in met.groups()]
        if max(parts) < 256:
            return "#{:02x}{:02x}{:02x}".format(*parts), False
    return "", False


def integer(raw: str) -> int | None:
    """Return a whole number of at most eighteen digits, None for anything else."""
    bare = raw.strip()
    return int(bare) if _INTEGER.fullmatch(bare) else None


def truth(raw: str) -> bool | None:
    bare = raw.strip().lower()
    return True if bare in TRUE else False if bare in FALSE else None


def moment(raw: str) -> datetime | None:
    """Return a date with its time, None where it is neither."""
    try:
        return datetime.fromisoformat(raw.strip())
    except ValueError:
        return None


def written_moment(at: datetime) -> str:
    """Return a moment as the schema takes it: zones in whole minutes, not too far out."""
    offset = at.utcoffset()
    if offset is not None and (offset.seconds % 60 or abs(offset) > FURTHEST):
        at = at.astimezone(UTC)
    return at.isoformat().replace("+00:00", "Z")


def value(element: str, raw: str) -> tuple[Value, bool]:
    """Return what a `TextValue`, `IntegerValue` … says, and whether it could be read."""
    bare = raw.strip()
    found: Value = None
    if element == "TextValue":
        return clean(raw), True
    if element == "BooleanValue":
        found = truth(bare)
    elif element == "IntegerValue":
        found = integer(bare)
    elif element == "FloatValue":
        found = _decimal(bare)
    elif element == "DateValue":
        found = _day(bare)
    elif element == "DateTimeValue":
        found = moment(bare)
    return found, found is not None


def written_value(said: Value) -> tuple[str, str] | None:
    """Return the element for a value and its text, None for a value that is missing."""
    if said is None:
        return None
    if isinstance(said, bool):
        return "BooleanValue", "true" if said else "false"
    if isinstance(said, int):
        return "IntegerValue", str(said)
    if isinstance(said, Decimal):
        return "FloatValue", format(said, "f")
    if isinstance(said, datetime):
        return "DateTimeValue", written_moment(said)
    if isinstance(said, date):
        return "DateValue", said.isoformat()
    return "TextValue", said


def clean(text: str) -> str:
    """Return words in NFC without what XML cannot hold; line ends are single."""
    if text.isascii() and text.isprintable():
        return text
    return unicodedata.normalize(
        "NFC", _NOT_XML.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    )


def storable(text: str) -> str:
    """Return a text without what no file of UTF-8 holds; its length stays."""
    return _NOT_TEXT.sub("\ufffd", text)


def is_xml_text(text: str) -> bool:
    """Say whether XML can hold a text as it is."""
    return not _NOT_XML.search(text) and "\r" not in text


def _decimal(raw: str) -> Decimal | None:
    try:
        found = Decimal(raw) if len(raw) <= MOST_PLACES else Decimal("nan")
    except InvalidOperation:
        return None
    if not found.is_finite() or abs(found.adjusted()) > MOST_PLACES:
        return None
    return found


def _day(raw: str) -> date | None:
    try:
        return date.fromisoformat(raw[:10])
    except ValueError:
        return None
