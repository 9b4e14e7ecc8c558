"""Why an archive that somebody brought is not read, in words."""

import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from typing import BinaryIO

from braid.exchange.roster.reading.faults import DAMAGED, TOO_LARGE, UNSAFE, refuse
from braid.exchange.roster.wording import N_, say
from braid.kernel import archives
from braid.kernel.archives import ArchiveFault, Fault
from braid.kernel.errors import InputFault

MAX_PARTS = archives.MAX_PARTS
MAX_UNPACKED = archives.MAX_UNPACKED
MAX_PART_IN_MEMORY = archives.MAX_PART_IN_MEMORY

UNSAFE_BECAUSE = {
    Fault.OVERLAP: N_("its parts overlap"),
    Fault.TOO_MANY_PARTS: N_("it has more than %(parts)s parts"),
    Fault.ENCRYPTED: N_("a part of it is encrypted"),
    Fault.LEADS_OUT: N_("a part of it has a path that leads out of the archive"),
    Fault.LINK: N_("a part of it is a link to another place"),
    Fault.NESTED: N_("it holds another archive"),
    Fault.BOMB: N_("a part of it unpacks to far more than it should"),
    Fault.DOCUMENT_TYPE: N_("it holds XML that declares a document type"),
}


def open_archive(name: str, stream: BinaryIO) -> zipfile.ZipFile:
    """Return the archive once its table of contents has proved harmless.

    Raises: InputFault (`damaged`, `too_large`, `unsafe`).
    """
    with _worded(name):
        return archives.open_archive(
            stream, most_unpacked=MAX_UNPACKED, most_in_memory=MAX_PART_IN_MEMORY
        )


def no_document_type(name: str, archive: zipfile.ZipFile) -> None:
    """Refuse XML parts that declare a document type; reads the first bytes only."""
    with _worded(name):
        archives.no_document_type(archive)


@contextmanager
def _worded(name: str) -> Iterator[None]:
    try:
        yield
    except ArchiveFault as met:
        raise _in_words(name, met.fault) from met


def _in_words(name: str, fault: Fault) -> InputFault:
    if fault == Fault.DAMAGED:
        what = say(N_("its parts cannot be read"))
        return refuse(DAMAGED, "damaged", file=name, what=what)
    if fault == Fault.TOO_LARGE:
        what = say(N_("it unpacks to more than can be read"))
        return refuse(TOO_LARGE, "too_large", file=name, what=what, most="2 GB")
    text = UNSAFE_BECAUSE[fault]
    values = {"parts": MAX_PARTS} if fault == Fault.TOO_MANY_PARTS else {}
    return refuse(UNSAFE, "unsafe", file=name, what=say(text, **values))
