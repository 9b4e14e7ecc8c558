"""Look into a zip archive before anything of it is unpacked.

Refuses bombs, parts that lie over one another, paths that lead out, links, archives
within the archive, encryption, and XML with a document type (entities).
"""

import stat
import struct
import zipfile
from collections.abc import Iterator
from enum import StrEnum
from typing import BinaryIO
from xml.parsers import expat

MAX_PARTS = 10_000
MAX_UNPACKED = 2 * 1024**3
MAX_PART_IN_MEMORY = 256 * 1024**2
MAX_RATIO = 100
RATIO_FROM = 1024**2
"""Smaller parts may be packed as tightly as they like: they do no harm."""

PROLOGUE = 64 * 1024
END_RECORD = b"PK\x05\x06"
END_RECORD_SIZE = 22
IN_MEMORY = ("sharedStrings.xml", "styles.xml", "workbook.xml")
ARCHIVES = (".zip", ".gz", ".7z", ".rar", ".xz", ".bz2", ".tar", ".zst")
XML = (".xml", ".rels", ".vml")


class Fault(StrEnum):
    """What is wrong with an archive."""

    DAMAGED = "damaged"
    TOO_LARGE = "too_large"
    TOO_MANY_PARTS = "too_many_parts"
    OVERLAP = "overlap"
    ENCRYPTED = "encrypted"
    LEADS_OUT = "leads_out"
    LINK = "link"
    NESTED = "nested"
    BOMB = "bomb"
    DOCUMENT_TYPE = "document_type"


class ArchiveFault(Exception):
    """An archive that is not read. Whoever reads it says so in words of its own."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.value)
        self.fault = fault


def open_archive(
    stream: BinaryIO,
    *,
    most_unpacked: int = MAX_UNPACKED,
    most_in_memory: int = MAX_PART_IN_MEMORY,
) -> zipfile.ZipFile:
    """Return the archive once its table of contents has proved harmless.

    `most_unpacked` bytes altogether, `most_in_memory` of a part that readers keep whole.
    Raises: ArchiveFault.
    """
    _few_enough(stream)
    try:
        archive = zipfile.ZipFile(stream)
    except (zipfile.BadZipFile, ValueError, NotImplementedError, EOFError) as error:
        raise ArchiveFault(Fault.DAMAGED) from error
    parts = archive.infolist()
    for part in parts:
        fault = _fault_of(part)
        if fault is not None:
            raise ArchiveFault(fault)
        if part.filename.endswith(IN_MEMORY) and part.file_size > most_in_memory:
            raise ArchiveFault(Fault.TOO_LARGE)
    if sum(part.file_size for part in parts) > most_unpacked:
        raise ArchiveFault(Fault.TOO_LARGE)
    if _overlap(parts):
        raise ArchiveFault(Fault.OVERLAP)
    return archive


def no_document_type(archive: zipfile.ZipFile) -> None:
    """Refuse XML parts that declare a document type; reads the first bytes only.

    Raises: ArchiveFault.
    """
    for part in archive.infolist():
        if part.filename.endswith(XML):
            start = read_part(archive, part.filename, PROLOGUE)
            if start and not is_plain_xml(start):
                raise ArchiveFault(Fault.DOCUMENT_TYPE)


def read_part(archive: zipfile.ZipFile, name: str, most: int) -> bytes:
    """Return up to `most` bytes of a part. Raises: ArchiveFault (damaged)."""
    try:
        with archive.open(name) as stream:
            return stream.read(most)
    except Exception as why:  # zlib and the other packers have errors of their own
        raise ArchiveFault(Fault.DAMAGED) from why


def is_plain_xml(start: bytes) -> bool:
    """Say whether an XML document comes to its first element without a DOCTYPE."""
    met: list[bool] = []
    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = lambda *_: met.append(False)
    parser.StartElementHandler = lambda *_: met.append(True)
    try:
        for piece in _pieces(start):
            parser.Parse(piece, False)
            if met:
                break
    except expat.ExpatError:
        # Not XML: whoever reads the part will say so.
        return not met or met[0]
    return bool(met) and met[0]


def _few_enough(stream: BinaryIO) -> None:
    """Count the parts from the last record, before the directory is read."""
    size = stream.seek(0, 2)
    stream.seek(max(0, size - END_RECORD_SIZE - 65_535))
    tail = stream.read()
    at = tail.rfind(END_RECORD)
    if at < 0 or len(tail) < at + END_RECORD_SIZE:
        raise ArchiveFault(Fault.DAMAGED)
    parts, directory = struct.unpack_from("<HI", tail, at + 10)
    stream.seek(0)
    # A directory entry takes 46 bytes and its names; 65 535 means a larger archive.
    if parts > MAX_PARTS or directory > MAX_PARTS * 1_024:
        raise ArchiveFault(Fault.TOO_MANY_PARTS)


def _fault_of(part: zipfile.ZipInfo) -> Fault | None:
    path = part.filename.replace("\\", "/")
    if part.flag_bits & 0x1:
        return Fault.ENCRYPTED
    if path.startswith("/") or ":" in path or ".." in path.split("/"):
        return Fault.LEADS_OUT
    if stat.S_ISLNK(part.external_attr >> 16):
        return Fault.LINK
    if path.lower().endswith(ARCHIVES):
        return Fault.NESTED
    if _is_bomb(part):
        return Fault.BOMB
    return None


def _is_bomb(part: zipfile.ZipInfo) -> bool:
    large = part.file_size > RATIO_FROM
    return large and part.file_size > MAX_RATIO * max(1, part.compress_size)


def _overlap(parts: list[zipfile.ZipInfo]) -> bool:
    end = 0
    for part in sorted(parts, key=lambda p: p.header_offset):
        if part.header_offset < end:
            return True
        end = part.header_offset + 30 + part.compress_size
    return False


def _pieces(data: bytes, size: int = 1_024) -> Iterator[bytes]:
    return (data[at : at + size] for at in range(0, len(data), size))
