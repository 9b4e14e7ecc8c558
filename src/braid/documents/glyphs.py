"""Which characters a font can draw, read from the table that its file carries.

Pure: the path of a TrueType file in, code points out (OpenType, table `cmap`, formats 4
and 12).
"""

import struct
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

MISSING = "\N{WHITE VERTICAL RECTANGLE}"
# They draw nothing by themselves and stand between characters.
_SILENT = frozenset({0x09, 0x0A, 0x200C, 0x200D, 0x200E, 0x200F, 0xFE0E, 0xFE0F})


@lru_cache
def drawn_by(path: Path) -> frozenset[int]:
    """Return the code points that the font in a file draws. Raises ValueError."""
    data = path.read_bytes()
    for at in _tables(data):
        (form,) = struct.unpack_from(">H", data, at)
        if form == 12:
            return frozenset(_groups(data, at))
        if form == 4:
            return frozenset(_segments(data, at))
    raise ValueError(f"{path.name} has no table of characters that is read here.")


def drawable(text: str, drawn: frozenset[int]) -> tuple[str, int]:
    """Return `text` with a mark for what cannot be drawn, and how many marks there are."""
    kept = [_mark(character, drawn) for character in text]
    return "".join(kept), sum(new == MISSING for new in kept) - text.count(MISSING)


def _mark(character: str, drawn: frozenset[int]) -> str:
    point = ord(character)
    if point in _SILENT:
        return character
    if point < 0x20 or 0x7F <= point < 0xA0:
        return ""
    return character if point in drawn else MISSING


def _tables(data: bytes) -> list[int]:
    """Return where the Unicode tables of a font begin, the widest first."""
    (count,) = struct.unpack_from(">H", data, 4)
    for number in range(count):
        tag, _check, cmap, _length = struct.unpack_from(
            ">4sIII", data, 12 + 16 * number
        )
        if tag == b"cmap":
            (parts,) = struct.unpack_from(">H", data, cmap + 2)
            found = [
                struct.unpack_from(">HHI", data, cmap + 4 + 8 * part)
                for part in range(parts)
            ]
            wanted = [one for one in found if one[:2] in {(3, 10), (3, 1)}]
            return [cmap + one[2] for one in sorted(wanted, reverse=True)]
    return []


def _groups(data: bytes, at: int) -> Iterator[int]:
    (count,) = struct.unpack_from(">I", data, at + 12)
    for number in range(count):
        first, last, _glyph = struct.unpack_from(">III", data, at + 16 + 12 * number)
        yield from range(first, last + 1)


def _segments(data: bytes, at: int) -> Iterator[int]:
    (twice,) = struct.unpack_from(">H", data, at + 6)
    ends = struct.unpack_from(f">{twice // 2}H", data, at + 14)
    starts = struct.unpack_from(f">{twice // 2}H", data, at + 16 + twice)
    for first, last in zip(starts, ends, strict=True):
        if first != 0xFFFF:
            yield from range(first, last + 1)
