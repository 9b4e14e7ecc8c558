"""Archives that would do harm are refused before anything is unpacked."""

import io
import resource
import struct
import time
import zipfile

import pytest
from tests.exchange.roster.rosters import workbook

from braid.exchange.roster.reading import archive
from braid.exchange.roster.reading.opening import open_file
from braid.kernel.errors import InputFault

CONTENT_TYPES = "[Content_Types].xml"
ENTITY = (
    '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">'
    '<!ENTITY c SYSTEM "file:///etc/passwd">]><x>&b;&c;</x>'
)


def sound() -> bytes:
    return workbook({"Caseload": [["Ref", "Surname"], ["A1", "Oak"]]})


def with_part(name: str, content: bytes, **info) -> bytes:
    """Return a sound workbook with one part more (or another content of it)."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(sound())) as old,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for part in old.infolist():
            if part.filename != name:
                new.writestr(part, old.read(part))
        entry = zipfile.ZipInfo(name)
        entry.compress_type = zipfile.ZIP_DEFLATED
        for key, value in info.items():
            setattr(entry, key, value)
        new.writestr(entry, content)
    return out.getvalue()


def many_parts() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        for number in range(10_001):
            made.writestr(f"p{number}", b"")
    return out.getvalue()


def overlapping() -> bytes:
    """Return an archive whose second entry points at the first one's data."""
    data = bytearray(with_part("zz", b"x" * 5_000))
    end = data.rfind(b"PK\x05\x06")
    start = struct.unpack_from("<I", data, end + 16)[0]
    second = data.find(b"PK\x01\x02", start + 4)
    first_offset = struct.unpack_from("<I", data, start + 42)[0]
    struct.pack_into("<I", data, second + 42, first_offset)
    return bytes(data)


def nested() -> bytes:
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("0", b"\0" * 10_000_000)
    return with_part("xl/media/inner.zip", inner.getvalue())


HARMFUL = {
    "a part that unpacks a thousandfold": lambda: with_part(
        "xl/big.xml", b"\0" * 60_000_000
    ),
    "shared texts that unpack a thousandfold": lambda: with_part(
        "xl/sharedStrings.xml", b"<sst>" + b" " * 60_000_000
    ),
    "ten thousand parts and one": many_parts,
    "parts that overlap": overlapping,
    "an archive within": nested,
    "a path up and out": lambda: with_part("../../etc/passwd", b"x"),
    "a path up and out with backslashes": lambda: with_part("..\\..\\x", b"x"),
    "an absolute path": lambda: with_part("/etc/passwd", b"x"),
    "a path on a drive": lambda: with_part("C:/x", b"x"),
    "a link": lambda: with_part("xl/link", b"/etc", external_attr=0o120777 << 16),
    "an encrypted part": lambda: flag_encrypted(sound()),
    "entities in the workbook": lambda: with_part("xl/workbook.xml", ENTITY.encode()),
    "entities in a sheet": lambda: with_part(
        "xl/worksheets/sheet1.xml", ENTITY.encode()
    ),
    "entities in UTF-16": lambda: with_part(
        "xl/styles.xml", ENTITY.replace("?>", ' encoding="utf-16"?>').encode("utf-16")
    ),
    "entities after a long comment": lambda: with_part(
        "xl/styles.xml", f"<!--{'a' * 70_000}-->{ENTITY[21:]}".encode()
    ),
    "entities in the list of parts": lambda: with_part(CONTENT_TYPES, ENTITY.encode()),
}


def flag_encrypted(data: bytes) -> bytes:
    flagged = bytearray(data)
    at = flagged.find(b"PK\x01\x02")
    flagged[at + 8] |= 1
    return bytes(flagged)


@pytest.mark.parametrize("made", HARMFUL.values(), ids=HARMFUL.keys())
def test_harmful_workbook_is_refused_at_once(made):
    data = made()
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    start = time.perf_counter()
    with pytest.raises(InputFault) as caught:
        open_file("trap.xlsx", data)
    assert time.perf_counter() - start < 1
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 64 * 1024
    assert "trap.xlsx" in str(caught.value)
    assert caught.value.reason in ("unsafe", "damaged", "too_large")


def test_part_that_lies_about_its_size_is_refused():
    data = bytearray(with_part("xl/worksheets/sheet1.xml", b"<a>" + b" " * 9_000_000))
    at = data.rfind(b"PK\x01\x02")
    struct.pack_into("<I", data, at + 24, 500)
    with pytest.raises(InputFault):
        open_file("trap.xlsx", bytes(data))


@pytest.mark.parametrize("limit", ["MAX_UNPACKED", "MAX_PART_IN_MEMORY"])
def test_archive_that_unpacks_to_too_much_is_refused(monkeypatch, limit):
    monkeypatch.setattr(archive, limit, 500)
    with pytest.raises(InputFault, match="unpacks to more"):
        open_file("large.xlsx", sound())


def test_sound_workbook_is_read():
    file = open_file("a.bin", sound())
    assert file.format == "xlsx"
    assert [row.values for row in file.sheets[0].rows] == [
        ("Ref", "Surname"),
        ("A1", "Oak"),
    ]
