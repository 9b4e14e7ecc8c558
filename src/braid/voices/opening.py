"""Open what other programs made: archives and XML, nothing of them run or fetched.

The one door for every file that voices reads (transcripts, projects, codebooks). What is
wrong with an archive is found by `kernel.archives`; here it gets its words. XML is read
without entities, document types, the network or trees of any size.
"""

import io
from collections.abc import Iterator
from typing import Any, BinaryIO
from zipfile import ZipFile

from django.utils.translation import gettext_lazy as _
from lxml import etree

from braid.kernel import archives
from braid.kernel.archives import ArchiveFault, Fault
from braid.kernel.errors import InputFault

MOST_UNPACKED = 512 * 1024**2
MOST_OF_A_PART = 128 * 1024**2
MOST_ELEMENTS = 3_000_000
DEEPEST = 128

_SAVE_AGAIN = {
    Fault.DAMAGED: _(
        "The file is damaged: it cannot be unpacked. Expected is a whole archive. Save it "
        "again in the program that made it, and bring the new file."
    ),
    Fault.TOO_LARGE: _(
        "The file unpacks to more than can be read here. Leave out sound and pictures, or "
        "bring it in parts."
    ),
    Fault.TOO_MANY_PARTS: _(
        "The file holds more than ten thousand parts. Expected is one part for each source. "
        "Bring it in parts."
    ),
    Fault.OVERLAP: _(
        "The file was not opened: its parts lie over one another, which no program writes. "
        "Save it again in the program that made it."
    ),
    Fault.ENCRYPTED: _(
        "The file is locked with a password. Save it without one and bring that file."
    ),
    Fault.LEADS_OUT: _(
        "The file was not opened: one of its parts has a path that leads out of it. Save it "
        "again in the program that made it."
    ),
    Fault.LINK: _(
        "The file was not opened: one of its parts is a link to another place. Save it again "
        "in the program that made it."
    ),
    Fault.NESTED: _(
        "The file was not opened: it holds another archive. Take that out and bring the file "
        "again."
    ),
    Fault.BOMB: _(
        "The file was not opened: one of its parts unpacks to far more than it should. Save "
        "it again in the program that made it."
    ),
    Fault.DOCUMENT_TYPE: _(
        "The file was not opened: its XML declares a document type, which can hide other "
        "files. Save it again in the program that made it."
    ),
}
_NOT_XML = _(
    "The file is damaged: its XML breaks off or cannot be read. Save it again in the "
    "program that made it, and bring the new file."
)
_TOO_DEEP = _(
    "The file was not read: its parts are nested more than %(most)s deep. No program "
    "writes that. Flatten what is nested and save it again."
)
_TOO_MANY = _(
    "The file holds more than %(most)s elements. That is more than can be read at once. "
    "Bring it in parts."
)
SAFELY = {
    "resolve_entities": False,
    "no_network": True,
    "load_dtd": False,
    "dtd_validation": False,
    "huge_tree": False,
    "remove_comments": True,
    "remove_pis": True,
}
"""How lxml is told to read what others wrote."""


def fault(message: object, reason: str, **params: object) -> InputFault:
    """Return the fault of a file to raise; `reason` is a stable slug."""
    return InputFault(message, field="file", reason=reason, **params)


def archive(
    stream: BinaryIO,
    *,
    most_unpacked: int = MOST_UNPACKED,
    most_of_a_part: int = MOST_OF_A_PART,
) -> ZipFile:
    """Return an archive whose table of contents proved harmless; nothing is unpacked.

    Sizes in bytes: of all parts together, and of one. XML parts with a document type are
    refused; read a part with `part`, not by yourself.
    Raises: InputFault with the fault's slug as its reason.
    """
    try:
        found = archives.open_archive(stream, most_unpacked=most_unpacked)
        archives.no_document_type(found)
    except ArchiveFault as met:
        raise _in_words(met.fault) from met
    if any(each.file_size > most_of_a_part for each in found.infolist()):
        raise _in_words(Fault.TOO_LARGE)
    return found


def part(opened: ZipFile, name: str) -> bytes:
    """Return a part whole; its size was looked at when the archive was opened.

    Raises: InputFault (`damaged`), also where it is not what its checksum says.
    """
    try:
        return archives.read_part(opened, name, opened.getinfo(name).file_size + 1)
    except ArchiveFault as met:
        raise _in_words(met.fault) from met


def xml(data: bytes) -> Any:
    """Return the root element of a document.

    Raises: InputFault (`document_type`, `not_xml`, `too_deep`, `too_many`).
    """
    root = None
    for event, element in events(data):
        root = element if root is None and event == "start" else root
    return root


def events(data: bytes) -> Iterator[tuple[str, Any]]:
    """Yield the starts and ends of elements while a document is read.

    Who clears an element at its end keeps memory flat. Raises: as `xml`.
    """
    if not data.strip():
        raise fault(_NOT_XML, "not_xml")
    if not archives.is_plain_xml(data[: archives.PROLOGUE]):
        raise _in_words(Fault.DOCUMENT_TYPE)
    reader = etree.iterparse(io.BytesIO(data), events=("start", "end"), **SAFELY)
    depth = seen = 0
    try:
        for event, element in reader:
            if event == "start":
                depth, seen = depth + 1, seen + 1
                _within(depth, seen, element)
            else:
                depth -= 1
            yield event, element
    except etree.XMLSyntaxError as error:
        # libxml2 has a limit of its own for nesting; it says so in this word.
        if "depth" in str(error.msg or "").lower():
            raise fault(_TOO_DEEP % {"most": DEEPEST}, "too_deep") from None
        raise fault(_NOT_XML, "not_xml") from None
    if not seen:
        raise fault(_NOT_XML, "not_xml")


def _within(depth: int, seen: int, element: Any) -> None:
    if depth == 1 and element.getroottree().docinfo.internalDTD is not None:
        raise _in_words(Fault.DOCUMENT_TYPE)
    if depth > DEEPEST:
        raise fault(_TOO_DEEP % {"most": DEEPEST}, "too_deep")
    if seen > MOST_ELEMENTS:
        raise fault(_TOO_MANY % {"most": MOST_ELEMENTS}, "too_many")


def _in_words(met: Fault) -> InputFault:
    return fault(_SAVE_AGAIN[met], met.value)
