"""In which encoding a text file was written: proven, stated or proposed."""

import codecs
import re

from charset_normalizer import from_bytes

BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
SAMPLE = 256 * 1024
PIECE = 1024**2
CHOICES = ("utf-8", "cp1252", "iso8859_15", "cp1250", "mac_roman", "cp850", "utf-16")
WESTERN = frozenset("àáâãäåæçèéêëìíîïñòóôõöøùúûüýßÀÁÂÄÅÆÇÈÉÊËÍÑÓÔÖØÚÜœŒšž€£–—’“”\xa0")
SPOKEN = {"ansi": "cp1252", "excel": "cp1252", "unicode": "utf-16", "dos": "cp850"}


def named(label: str) -> str | None:
    """Return the codec that people mean by `label`, or None.

    “utf-8 with byte-order mark” and “Windows-1252” are understood.
    """
    text = label.strip().lower()
    words = re.split(r"\s*(?:with|without|\(|,|;)", text)[0].strip()
    words = SPOKEN.get(words, words)
    try:
        found = codecs.lookup(words.replace(" ", "-"))
    except LookupError:
        return None
    if not found._is_text_encoding:
        return None
    marked = re.search(r"\bwith\b.*(mark|bom)", text) is not None
    return "utf-8-sig" if found.name == "utf-8" and marked else found.name


def proven(data: bytes) -> str | None:
    """Return the encoding that the bytes themselves prove, or None.

    A byte-order mark proves, and so do the zeros of UTF-16; bytes above 127 that make
    valid UTF-8 do so by far more than chance; plain ASCII reads the same in all.
    """
    for mark, codec in BYTE_ORDER_MARKS:
        if data.startswith(mark):
            return codec
    sample = data[:4096]
    if len(sample) >= 4 and sample.count(0) > len(sample) // 4:
        return (
            "utf-16-le"
            if sample[1::2].count(0) > sample[::2].count(0)
            else ("utf-16-be")
        )
    return "utf-8" if decodes(data, "utf-8") else None


def decodes(data: bytes, codec: str) -> bool:
    """Say whether bytes are text of an encoding, without holding all that text."""
    decoder = codecs.getincrementaldecoder(codec)()
    try:
        for at in range(0, len(data), PIECE):
            decoder.decode(data[at : at + PIECE])
        decoder.decode(b"", final=True)
    except UnicodeError:  # UTF-16 without its mark says less than a decoding error
        return False
    return True


def proposed(data: bytes) -> str:
    """Return the likeliest encoding of text that is not UTF-8: a proposal, no more.

    Windows-1252 is proposed wherever it gives readable letters: it is what
    spreadsheet programs in Western Europe and America write.
    """
    telling = b"\n".join(line for line in data.splitlines() if not line.isascii())[
        :SAMPLE
    ]
    if _reads_as_words(telling, "cp1252"):
        return "cp1252"
    best = from_bytes(telling).best()
    return best.encoding if best is not None else "cp1252"


def _reads_as_words(data: bytes, codec: str) -> bool:
    """Say whether nearly all that is not ASCII becomes Latin letters in words."""
    try:
        text = data.decode(codec)
    except UnicodeDecodeError:
        return False
    others = [char for char in text if ord(char) > 127]
    return sum(char in WESTERN for char in others) >= 0.95 * len(others)
