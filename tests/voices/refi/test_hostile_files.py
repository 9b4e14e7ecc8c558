"""A file that means harm, or is no project at all, is refused at once with a sentence."""

import io
import struct
import time
import zipfile

import pytest
from tests.voices.refi.files import CODE, SOURCE, codebook, project, qdpx, source

from braid.kernel.errors import InputFault
from braid.voices import opening
from braid.voices.refi import container
from braid.voices.refi.reading import read

LAUGHS = (
    '<!DOCTYPE l [<!ENTITY l0 "ha">'
    + "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    + "]>"
)
OUTSIDE = '<!DOCTYPE x [<!ENTITY x SYSTEM "file:///etc/passwd">]>'


def with_document_type(declared, said):
    return project(f"<Description>{said}</Description>").replace(
        b"<Project", declared.encode() + b"<Project"
    )


def bomb():
    return qdpx(project(), {"sources/a.txt": b"a" * 40 * 1024**2})


def too_large():
    """An archive that says of its parts that they are huge."""
    data = bytearray(qdpx(project(), {f"sources/{n}.txt": b"a" for n in range(3)}))
    at = 0
    while (at := data.find(b"PK\x01\x02", at)) >= 0:
        struct.pack_into("<II", data, at + 20, 2**28, 2**28)
        at += 4
    return bytes(data)


def overlapping():
    """An archive whose second part begins where the first does."""
    data = bytearray(qdpx(project(), {"sources/a.txt": b"abc"}))
    first = data.find(b"PK\x01\x02")
    second = data.find(b"PK\x01\x02", first + 4)
    data[second + 42 : second + 46] = data[first + 42 : first + 46]
    return bytes(data)


def encrypted():
    data = bytearray(qdpx(project()))
    data[data.find(b"PK\x01\x02") + 8] |= 1
    return bytes(data)


def many_parts():
    return qdpx(project(), {f"sources/{n}.txt": b"" for n in range(10_001)})


def link():
    into = io.BytesIO()
    with zipfile.ZipFile(into, "w") as archive:
        archive.writestr("project.qde", project())
        part = zipfile.ZipInfo("sources/a.txt")
        part.external_attr = 0o120777 << 16
        archive.writestr(part, "/etc/passwd")
    return into.getvalue()


def deep(levels):
    one = f'<Code guid="{CODE}" name="x" isCodable="true">'
    return codebook(f"<Codes>{one * levels}{'</Code>' * levels}</Codes>")


def twice():
    guid = "0d62985d-b147-5d01-a9b5-cae5dcd98342"
    codes = (
        f'<Code guid="{each}" name="x" isCodable="true"/>'
        for each in (guid, f"{{{guid.upper()}}}")
    )
    return codebook(f"<Codes>{''.join(codes)}</Codes>")


def lying():
    """An archive whose text is longer than it says."""
    data = bytearray(qdpx(project(source()), text="x" * 1000))
    at = data.rfind(b"PK\x01\x02")
    struct.pack_into("<I", data, at + 24, 10)
    return bytes(data)


HOSTILE = {
    "an entity from a file": (with_document_type(OUTSIDE, "&x;"), "document_type"),
    "an entity in an archive": (
        qdpx(with_document_type(OUTSIDE, "&x;")),
        "document_type",
    ),
    "a billion laughs": (with_document_type(LAUGHS, "&l9;"), "document_type"),
    "laughs in UTF-16": (
        with_document_type(LAUGHS, "&l9;")
        .decode()
        .replace("utf-8", "utf-16")
        .encode("utf-16"),
        "document_type",
    ),
    "a document type in an old charset": (
        with_document_type(OUTSIDE, "&x;").replace(b"utf-8", b"windows-1250"),
        "document_type",
    ),
    "an entity that nobody declared": (
        project("<Description>&x;</Description>"),
        "not_xml",
    ),
    "a bomb": (bomb(), "bomb"),
    "huge parts": (too_large(), "too_large"),
    "a part that is longer than it says": (lying(), "damaged"),
    "a path that leads out": (
        qdpx(project(), {"../../evil.txt": "x"}),
        "leads_out",
    ),
    "a path from the root": (qdpx(project(), {"/etc/cron.d/x": "x"}), "leads_out"),
    "a path of Windows": (qdpx(project(), {"C:\\x.txt": "x"}), "leads_out"),
    "parts over one another": (overlapping(), "overlap"),
    "a locked archive": (encrypted(), "encrypted"),
    "an archive in the archive": (qdpx(project(), {"sources/a.zip": "x"}), "nested"),
    "a link": (link(), "link"),
    "ten thousand parts": (many_parts(), "too_many_parts"),
    "an archive cut off": (qdpx(project())[:-30], "damaged"),
    "the beginning of an archive": (b"PK\x03\x04", "damaged"),
    "codes nested deeply": (deep(1_000), "too_deep"),
    "codes nested very deeply": (deep(100_000), "too_deep"),
    "a code given twice": (twice(), "twice"),
    "nothing": (b"", "not_xml"),
    "a text": (b"Ada met the clinic.", "not_xml"),
    "XML cut off": (project()[:-5], "not_xml"),
    "another XML": (b"<svg/>", "neither"),
    "a page of the web": (b"<html><body/></html>", "neither"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_is_refused_within_a_second(name):
    data, reason = HOSTILE[name]
    begun = time.process_time()
    with pytest.raises(InputFault) as met:
        read(data)
    assert time.process_time() - begun < 1
    assert met.value.reason == reason
    sentence = str(met.value)
    assert (
        sentence.endswith(".") and sentence.count(".") - sentence.count(".q") * 1 >= 2
    )


def test_more_elements_than_can_be_read_are_refused_within_a_second(monkeypatch):
    monkeypatch.setattr(opening, "MOST_ELEMENTS", 1_000)
    with pytest.raises(InputFault) as met:
        read(project("<Users>" + "<User/>" * 1_001 + "</Users>"))
    assert met.value.reason == "too_many"


def test_texts_that_take_too_much_are_refused(monkeypatch):
    monkeypatch.setattr(container, "MOST_TEXT", 100)
    with pytest.raises(InputFault) as met:
        read(qdpx(project(source()), text="x" * 101))
    assert met.value.reason == "too_large"


def test_a_part_is_never_read_past_what_the_archive_says():
    with opening.archive(io.BytesIO(qdpx(project(), text="words"))) as archive:
        assert opening.part(archive, f"sources/{SOURCE}.txt") == b"words"
