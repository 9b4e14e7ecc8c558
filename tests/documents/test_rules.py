"""A file is what its bytes say; what runs, fetches or bursts is not taken."""

import random
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from braid.documents import rules
from braid.documents.choices import PROBLEMS
from braid.documents.rules import Problem
from tests.documents import files

TAKEN = {
    "pdf": (files.pdf(), rules.PDF),
    "jpeg": (files.jpeg(), rules.JPEG),
    "png": (files.png(), rules.PNG),
    "text": ("Ansøgning\nI want to work.\t".encode(), rules.TEXT),
    "text with a mark of its charset": ("\ufeffÆ".encode(), rules.TEXT),
    "text that mentions markup": (b"less < more, a <b> in it", rules.TEXT),
    "docx with a link to click": (files.docx(), rules.DOCX),
    "xlsx": (files.xlsx(), rules.XLSX),
    "xlsx with printer settings": (
        files.xlsx(parts={"xl/printerSettings/printerSettings1.bin": b"\0"}),
        rules.XLSX,
    ),
    "odt": (files.opendocument(), rules.ODT),
    "ods": (files.opendocument("spreadsheet"), rules.ODS),
}
ENTITY = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><x>&a;</x>'
REFUSED = {
    "nothing": (b"", Problem.EMPTY),
    "more than 10 MB": (b"%PDF-" + b" " * 10 * 1024**2, Problem.TOO_LARGE),
    "a page of the web": (
        b" \n<!DOCTYPE html><script>alert(1)</script>",
        Problem.UNKNOWN,
    ),
    "a drawing that can run": (b"<svg onload=alert(1)>", Problem.UNKNOWN),
    "xml": (b"<?xml version='1.0'?><x/>", Problem.UNKNOWN),
    "a program": (b"MZ\x90\0" + b"\0" * 100, Problem.UNKNOWN),
    "a Linux program": (b"\x7fELF\x02\x01", Problem.UNKNOWN),
    "text of an unknown charset": ("Ansøgning".encode("cp1252"), Problem.UNKNOWN),
    "text with a null": (b"a\0b", Problem.UNKNOWN),
    "an old document": (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600,
        Problem.UNKNOWN,
    ),
    "a plain archive": (files.archive({"a.txt": "x"}), Problem.UNKNOWN),
    "a program under a library's name": (
        files.archive({"META-INF/MANIFEST.MF": "", "A.class": ""}),
        Problem.UNKNOWN,
    ),
    "a pdf that runs": (
        files.pdf(b"/OpenAction<</S/JavaScript/JS(x)>>"),
        Problem.MACROS,
    ),
    "a pdf that starts a program": (files.pdf(b"/S/Launch/F(cmd.exe)"), Problem.MACROS),
    "a pdf with a file in it": (files.pdf(b"/EmbeddedFile"), Problem.MACROS),
    "a pdf cut off": (b"%PDF-1.7\n1 0 obj", Problem.DAMAGED),
    "a png cut off": (files.png()[:30], Problem.DAMAGED),
    "a jpeg cut off": (files.jpeg()[:20], Problem.DAMAGED),
    "a picture that bursts": (files.png(60_000, 60_000), Problem.TOO_MANY_PIXELS),
    "a jpeg that bursts": (files.jpeg(65_000, 65_000), Problem.TOO_MANY_PIXELS),
    "a picture without size": (files.png(0, 5), Problem.DAMAGED),
    "macros": (files.docx(parts={"word/vbaProject.bin": b"x"}), Problem.MACROS),
    "macros by their type only": (
        files.docx(
            parts={
                "[Content_Types].xml": files.CONTENT_TYPES.replace(
                    "document.main", "ms-word.document.macroEnabled.main"
                )
            }
        ),
        Problem.MACROS,
    ),
    "a workbook with macros": (
        files.xlsx(parts={"xl/vbaProject.bin": b"x"}),
        Problem.MACROS,
    ),
    "another file within": (
        files.docx(parts={"word/embeddings/a.xlsx": b"x"}),
        Problem.MACROS,
    ),
    "controls that run": (
        files.docx(parts={"word/activeX/activeX1.xml": "<x/>"}),
        Problem.MACROS,
    ),
    "a template from elsewhere": (
        files.docx(
            parts={
                "word/_rels/settings.xml.rels": files.relations(
                    ("attachedTemplate", "https://evil.example/t.dotm")
                )
            }
        ),
        Problem.FETCHES,
    ),
    "a picture from elsewhere": (
        files.docx(
            parts={
                "word/_rels/document.xml.rels": files.relations(
                    ("image", "https://evil.example/p.png")
                )
            }
        ),
        Problem.FETCHES,
    ),
    "relations that are broken": (
        files.docx(parts={"word/_rels/document.xml.rels": "<Relationships>"}),
        Problem.DAMAGED,
    ),
    "basic in an open document": (
        files.opendocument(parts={"Basic/Standard/Module1.xml": "<x/>"}),
        Problem.MACROS,
    ),
    "a script in an open document": (
        files.opendocument(parts={"Scripts/python/a.py": "x"}),
        Problem.MACROS,
    ),
    "an open document with a password": (
        files.opendocument(
            parts={"META-INF/manifest.xml": "<manifest><encryption-data/></manifest>"}
        ),
        Problem.LOCKED,
    ),
    "an open drawing": (files.opendocument("graphics"), Problem.UNKNOWN),
    "entities": (files.docx(parts={"word/document.xml": ENTITY}), Problem.UNSAFE),
    "a bomb": (files.docx(parts={"word/big.xml": b"\0" * 60_000_000}), Problem.UNSAFE),
    "a path that leads out": (files.docx(parts={"../../evil": b"x"}), Problem.UNSAFE),
    "an archive within": (files.docx(parts={"word/a.zip": b"x"}), Problem.UNSAFE),
    "two documents in one": (
        files.docx(parts={"xl/workbook.xml": '<?xml version="1.0"?><x/>'}),
        Problem.UNKNOWN,
    ),
    "an archive cut off": (files.docx()[:-30], Problem.DAMAGED),
}


@pytest.mark.parametrize(("data", "content"), TAKEN.values(), ids=TAKEN)
def test_a_sound_file_is_told_by_its_bytes(data, content):
    assert rules.recognise(data) == content


@pytest.mark.parametrize(("data", "problem"), REFUSED.values(), ids=REFUSED)
def test_what_could_do_harm_is_refused_at_once(data, problem):
    begun = time.perf_counter()
    assert rules.recognise(data) == problem
    assert time.perf_counter() - begun < 1


def test_every_problem_has_its_sentence():
    assert set(PROBLEMS) == set(Problem)
    told = {problem for _data, problem in REFUSED.values()}
    assert told == set(Problem) - {Problem.NOT_A_PICTURE}, "that is for signatures"


@given(st.binary(max_size=400))
def test_any_bytes_get_an_answer(data):
    assert isinstance(rules.recognise(data), rules.Content | Problem)


@pytest.mark.parametrize("name", TAKEN)
def test_a_file_damaged_anywhere_gets_an_answer(name):
    data, chance = TAKEN[name][0], random.Random(name)
    for _ in range(60):
        at = chance.randrange(len(data))
        broken = data[:at] + bytes([chance.randrange(256)]) + data[at + 1 :]
        assert isinstance(rules.recognise(broken), rules.Content | Problem)
        assert isinstance(rules.recognise(data[:at]), rules.Content | Problem)


NAMES = {
    "an ordinary name": ("My CV.pdf", "My CV.pdf"),
    "another ending": ("cv.exe", "cv.pdf"),
    "two endings": ("cv.pdf.exe", "cv.pdf.pdf"),
    "a path": ("../../etc/passwd", "passwd.pdf"),
    "a path of Windows": (r"C:\Users\x\cv.doc", "cv.pdf"),
    "writing that turns": ("cv\u202efdp.exe", "cvfdp.pdf"),
    "control characters": ("c\r\nv\0.pdf", "cv.pdf"),
    "markup": ("<script>.pdf", "script.pdf"),
    "no name": ("", "document.pdf"),
    "dots only": ("...", "document.pdf"),
    "letters of the world": ("Ansøgning æøå.pdf", "Ansøgning æøå.pdf"),
}


@pytest.mark.parametrize(("given", "kept"), NAMES.values(), ids=NAMES)
def test_a_name_leads_nowhere_and_hides_nothing(given, kept):
    assert rules.safe_name(given, rules.PDF) == kept


@given(st.text(max_size=300))
def test_any_name_is_made_safe(name):
    kept = rules.safe_name(name, rules.DOCX)
    assert kept.endswith(".docx")
    assert len(kept) <= 150
    assert not set(kept) & set('/\\<>:"|?*\r\n\0\u202e')
    assert kept == rules.safe_name(kept, rules.DOCX)
