"""Look into a zip archive before anything of it is unpacked.

Refuses bombs, parts that lie over one another, paths that lead out, links, archives
within the archive, encryption, and XML with a document type (entities).
"""

import stat
import struct
import zipfile
from collections.abc import Iterator
from typing import BinaryIO
from xml.parsers import expat

from braid.exchange.roster.reading.faults import DAMAGED, TOO_LARGE, UNSAFE, refuse
from braid.exchange.roster.wording import N_, say

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


def open_archive(name: str, stream: BinaryIO) -> zipfile.ZipFile:
    """Return the archive once its table of contents has proved harmless.

    Raises: InputFault (`damaged`, `too_large`, `unsafe`).
    """
    _few_enough(name, stream)
    try:
        archive = zipfile.ZipFile(stream)
    except (zipfile.BadZipFile, ValueError, NotImplementedError, EOFError) as error:
        raise _damaged(name) from error
    parts = archive.infolist()
    for part in parts:
        _harmless(name, part)
    if sum(part.file_size for part in parts) > MAX_UNPACKED:
        raise _too_large(name)
    if _overlap(parts):
        raise refuse(UNSAFE, "unsafe", file=name, what=say(N_("its parts overlap")))
    return archive


def no_document_type(name: str, archive: zipfile.ZipFile) -> None:
    """Refuse XML parts that declare a document type; reads the first bytes only."""
    for part in archive.infolist():
        if part.filename.endswith((".xml", ".rels", ".vml")):
            try:
                with archive.open(part) as stream:
                    start = stream.read(PROLOGUE)
            except (zipfile.BadZipFile, NotImplementedError, OSError, EOFError) as why:
                raise _damaged(name) from why
            except Exception as why:  # zlib and the other packers have their own
                raise _damaged(name) from why
            if start and not _plain_prologue(start):
                what = say(N_("it holds XML that declares a document type"))
                raise refuse(UNSAFE, "unsafe", file=name, what=what)


def _few_enough(name: str, stream: BinaryIO) -> None:
    """Count the parts from the last record, before the directory is read."""
    size = stream.seek(0, 2)
    stream.seek(max(0, size - END_RECORD_SIZE - 65_535))
    tail = stream.read()
    at = tail.rfind(END_RECORD)
    if at < 0 or len(tail) < at + END_RECORD_SIZE:
        raise _damaged(name)
    parts, directory = struct.unpack_from("<HI", tail, at + 10)
    stream.seek(0)
    # A directory entry takes 46 bytes and its names; 65 535 means a larger archive.
    if parts > MAX_PARTS or directory > MAX_PARTS * 1_024:
        what = say(N_("it has more than %(parts)s parts"), parts=MAX_PARTS)
        raise refuse(UNSAFE, "unsafe", file=name, what=what)


def _harmless(name: str, part: zipfile.ZipInfo) -> None:
    what = None
    path = part.filename.replace("\\", "/")
    if part.flag_bits & 0x1:
        what = N_("a part of it is encrypted")
    elif path.startswith("/") or ":" in path or ".." in path.split("/"):
        what = N_("a part of it has a path that leads out of the archive")
    elif stat.S_ISLNK(part.external_attr >> 16):
        what = N_("a part of it is a link to another place")
    elif path.lower().endswith(ARCHIVES):
        what = N_("it holds another archive")
    elif _is_bomb(part):
        what = N_("a part of it unpacks to far more than it should")
    if what is not None:
        raise refuse(UNSAFE, "unsafe", file=name, what=say(what))
    if path.endswith(IN_MEMORY) and part.file_size > MAX_PART_IN_MEMORY:
        raise _too_large(name)


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


def _plain_prologue(start: bytes) -> bool:
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


def _pieces(data: bytes, size: int = 1_024) -> Iterator[bytes]:
    return (data[at : at + size] for at in range(0, len(data), size))


def _damaged(name: str) -> Exception:
    what = say(N_("its parts cannot be read"))
    return refuse(DAMAGED, "damaged", file=name, what=what)


def _too_large(name: str) -> Exception:
    what = say(N_("it unpacks to more than can be read"))
    return refuse(TOO_LARGE, "too_large", file=name, what=what, most="2 GB")
