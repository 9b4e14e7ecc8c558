"""Files that mean harm or are broken: refused at once, in sentences, with nothing read.

What the archives of all rooms refuse is tried in `tests/documents`; here it is the way
through the readers of transcripts.
"""

import io
import resource
import struct
import time
import zipfile

import pytest
from pypdf import PdfReader, PdfWriter
from tests.voices.importing import made

from braid.kernel.errors import InputFault
from braid.voices.importing import pdf, read

SECRET = "/etc/hostname"
ENTITY = f'<!DOCTYPE x [<!ENTITY e SYSTEM "file://{SECRET}">]>'
LAUGHS = "<!DOCTYPE x [<!ENTITY a 'ha'><!ENTITY b '&a;&a;&a;&a;&a;&a;&a;&a;'>]>"
PAGE = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] %s >>"
CATALOG = b"<< /Type /Catalog /Pages 2 0 R >>"
PAGES = b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>"


def seconds():
    """Return the processor's seconds so far, those of programs that were run too."""
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + children.ru_utime + children.ru_stime


def with_doctype(doctype, part="word/document.xml"):
    return made.zipped(
        {"word/document.xml": "<x/>", part: f'<?xml version="1.0"?>{doctype}<x>&e;</x>'}
    )


def bomb(size=300 * 1024**2):
    return made.zipped({"word/document.xml": b"<x>" + b" " * size})


def large():
    """Return a document that says it unpacks to far more than may be unpacked."""
    data = bytearray(made.docx("hej"))
    at = data.find(b"PK\x01\x02", data.find(b"PK\x01\x02") + 1)
    struct.pack_into("<I", data, at + 24, 0xFFFFFFF0)
    return bytes(data)


def overlapping():
    """Return an archive whose second part begins within the first."""
    data = bytearray(made.zipped({"word/document.xml": "<a/>", "word/b.xml": "<b/>"}))
    second = data.find(b"PK\x01\x02", data.find(b"PK\x01\x02") + 1)
    struct.pack_into("<I", data, second + 42, 2)
    return bytes(data)


def linked():
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("word/document.xml", "<x/>")
        link = zipfile.ZipInfo("word/link")
        link.external_attr = 0o120777 << 16
        archive.writestr(link, SECRET)
    return stream.getvalue()


def deep(levels=5_000):
    return made.docx("<w:p>" + "<w:r>" * levels + "</w:r>" * levels + "</w:p>")


def locked_pdf():
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(made.pdf("hej"))))
    writer.encrypt("secret", algorithm="RC4-128")
    stream = io.BytesIO()
    writer.write(stream)
    return stream.getvalue()


def streamed(content, more=b""):
    return b"<< /Length %d %s >>\nstream\n%s\nendstream" % (len(content), more, content)


FORM = (
    b"/Type /XObject /Subtype /Form /BBox [0 0 9 9] "
    b"/Resources << /XObject << /A 5 0 R >> >>"
)

HOSTILE = {
    "nothing": (b"", "", "empty"),
    "only spaces": (b" \n\t\n", "a.txt", "no_text"),
    "ten megabytes in one line": (b"x" * 10 * 1024**2, "a.txt", "long_line"),
    "ten megabytes of words in one line": (b"ja " * 3_500_000, "a.txt", "long_line"),
    "ten megabytes of angle brackets": (b"<a" * 5_000_000, "a.html", "no_text"),
    "piled-up marks": (
        ("a" + "\u0301\u0316" * 100_000).encode(),
        "a.txt",
        "marks_piled_up",
    ),
    "a program": (bytes(range(256)) * 100, "a.txt", "not_text"),
    "a program without a name": (b"\x7fELF\x02\x01\x01" + bytes(500), "", "not_text"),
    "a picture named docx": (b"\x89PNG\r\n\x1a\n" + bytes(99), "a.docx", "unknown"),
    "text named docx": (b"hej", "a.docx", "unknown"),
    "another archive": (made.zipped({"a.txt": "hej"}), "a.docx", "unknown"),
    "half a document": (made.docx("hej" * 99)[:200], "a.docx", "damaged"),
    "document of other XML": (
        made.zipped({"word/document.xml": "<x>hej</x>"}),
        "",
        "no_text",
    ),
    "document of XML that breaks off": (
        made.zipped({"word/document.xml": "<a>" + "<b>" * 99}),
        "",
        "not_xml",
    ),
    "an old or locked Word file": (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(999),
        "",
        "old_word",
    ),
    "a locked OpenDocument text": (
        made.odt(
            "hej",
            manifest='<m:m xmlns:m="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
            "<m:encryption-data/></m:m>",
        ),
        "a.odt",
        "encrypted",
    ),
    "entity of a file": (with_doctype(ENTITY), "a.docx", "document_type"),
    "entity in the footnotes": (
        with_doctype(ENTITY, "word/footnotes.xml"),
        "a.docx",
        "document_type",
    ),
    "entities of entities": (with_doctype(LAUGHS), "a.docx", "document_type"),
    "a path that leads out": (
        made.zipped({"word/document.xml": "<x/>", "../../x.xml": "<x/>"}),
        "",
        "leads_out",
    ),
    "an archive in it": (
        made.zipped({"word/document.xml": "<x/>", "word/x.zip": b"PK"}),
        "",
        "nested",
    ),
    "overlapping parts": (overlapping(), "", "overlap"),
    "a link": (linked(), "", "link"),
    "nested five thousand deep": (deep(), "", "too_deep"),
    "a locked PDF": (locked_pdf(), "", "encrypted"),
    "half a PDF": (made.pdf("hej")[:300], "", "damaged"),
    "a PDF whose pages are their own parent": (
        made.raw_pdf(CATALOG, b"<< /Type /Pages /Kids [2 0 R] /Count 1 >>"),
        "",
        "damaged",
    ),
    "a PDF of pages in a circle": (
        made.raw_pdf(
            CATALOG,
            b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            b"<< /Type /Pages /Kids [2 0 R] /Count 1 >>",
        ),
        "",
        "damaged",
    ),
    "a PDF whose tables point at one another": (
        b"%PDF-1.4\nxref\n0 1\n0000000000 65535 f \n"
        b"trailer\n<< /Size 1 /Prev 9 /Root 1 0 R >>\nstartxref\n9\n%%EOF\n",
        "",
        "damaged",
    ),
    "a PDF of a form that draws itself": (
        made.raw_pdf(
            CATALOG,
            PAGES,
            PAGE % b"/Contents 4 0 R /Resources << /XObject << /A 5 0 R >> >>",
            streamed(b"/A Do"),
            streamed(b"/A Do /A Do", FORM),
        ),
        "",
        "no_text",
    ),
    "rich text that stops in a group": (b"{\\rtf1 {\\fonttbl {", "", "no_text"),
    "rich text of many groups": (b"{\\rtf1 " + b"{" * 300_000, "", "no_text"),
    "rich text of too many groups": (b"{\\rtf1 " + b"{" * 9_000_000, "", "too_large"),
}


@pytest.mark.parametrize("what", HOSTILE)
def test_a_hostile_file_is_refused_within_a_second(what):
    data, name, reason = HOSTILE[what]
    began = seconds()
    with pytest.raises(InputFault) as met:
        read(data, name)
    took = seconds() - began
    assert met.value.reason == reason
    assert took < 1
    said = str(met.value)
    assert said.endswith(".") and said.count(". ") <= 2 and "%(" not in said
    assert SECRET not in said


@pytest.mark.parametrize(
    ("make", "reason"),
    [(bomb, "bomb"), (large, "bomb")],
    ids=["a bomb", "a false size"],
)
def test_a_bomb_is_refused_without_unpacking_it(make, reason):
    data = make()
    began = time.process_time()
    with pytest.raises(InputFault) as met:
        read(data, "a.docx")
    assert time.process_time() - began < 1
    assert met.value.reason == reason


def test_a_page_of_the_web_fetches_nothing_and_opens_no_file():
    page = f'<html><!DOCTYPE html SYSTEM "file://{SECRET}"><p>hej&e;</p></html>'
    assert read(page.encode(), "a.html").text == "hej&e;"


def test_a_pdf_that_takes_too_long_ends_with_its_process(monkeypatch):
    """A program that never ends stands for a reader that turns in a circle."""
    endless = pdf.READER.with_name("endless.py")
    code = pdf.READER.read_text("utf-8").replace(
        "    print(json.dumps(_read(sys.stdin.buffer.read())))",
        "    while True:\n        pass",
    )
    assert "while True" in code
    monkeypatch.setattr(pdf, "LEAST_SECONDS", 1)
    monkeypatch.setattr(pdf, "READER", endless)
    endless.write_text(code)
    try:
        with pytest.raises(InputFault) as met:
            read(made.pdf("hej"))
    finally:
        endless.unlink()
    assert met.value.reason == "too_much"


def test_a_pdf_of_scans_says_so_and_a_mixed_one_counts_its_pages():
    with pytest.raises(InputFault, match="scan"):
        read(made.pdf("", ""))
    mixed = read(made.pdf("Ada: hej", "", "Ben: ja"))
    assert [(n.kind, n.number) for n in mixed.notices] == [
        ("pages_without_text", 1),
        ("spoke_once", 2),
    ]
