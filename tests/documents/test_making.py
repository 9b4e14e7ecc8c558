"""Documents are made from words: read back, alike each time, and never run."""

import io
import re
import zipfile
from pathlib import Path

import docx
import pypdf
import pytest

from braid.access.models import AuditEntry
from braid.documents import glyphs, making, queries, rules
from braid.documents.models import Document
from braid.documents.paper import Paper, Part
from braid.kernel.errors import InputFault, Refused

WORDS = Paper(
    title="Search plan",
    about=(("Name", "Pat Lund"), ("Day", "5 October 2026")),
    lead="I want to bake bread.",
    parts=(
        Part("What I look for", rows=(("Hours", "12"),), points=("a bakery", "nights")),
        Part("Empty"),
        Part("In my words", paragraphs=("First line\nsecond line",)),
    ),
    signatures=("Pat Lund",),
    foot="North unit",
)
HOSTILE = "{{ 7*7 }} <w:p>x</w:p> #panic() & \x00\x07 مرحبا שלום 🥐 日本"


def words_of(data):
    return "\n".join(p.text for p in docx.Document(io.BytesIO(data)).paragraphs)


def test_a_word_document_holds_the_words():
    text = words_of(making.render("search_plan", "docx", WORDS.values()))
    for words in (
        "Search plan",
        "Name: Pat Lund",
        "Hours: 12",
        "nights",
        "second line",
    ):
        assert words in text
    assert "Empty" not in text
    assert "{" not in text


@pytest.mark.parametrize("format", ["docx", "pdf"])
def test_what_is_made_is_what_is_taken(format):
    data = making.render("search_plan", format, WORDS.values())
    assert rules.recognise(data) == making.FORMATS[format]


@pytest.mark.parametrize("format", ["docx", "pdf"])
def test_the_same_words_make_the_same_bytes(format, monkeypatch):
    first = making.render("search_plan", format, WORDS.values())
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1")
    assert making.render("search_plan", format, WORDS.values()) == first


def test_a_pdf_is_tagged_has_a_title_and_a_language():
    data = making.render("search_plan", "pdf", WORDS.values())
    assert b"pdfuaid" in data
    assert b"StructTreeRoot" in data
    assert re.search(rb"/Lang ?\(en", data)


def test_a_pdf_holds_the_words():
    data = making.render("search_plan", "pdf", WORDS.values())
    text = pypdf.PdfReader(io.BytesIO(data)).pages[0].extract_text()
    for words in ("Search plan", "Pat Lund", "a bakery", "second line"):
        assert words in text


@pytest.mark.parametrize("format", ["docx", "pdf"])
def test_what_was_typed_is_never_run(format):
    paper = Paper(title=HOSTILE, parts=(Part(HOSTILE, paragraphs=(HOSTILE * 300,)),))
    data = making.render("note", format, paper.values())
    assert rules.recognise(data) == making.FORMATS[format]
    if format == "docx":
        assert "{{ 7*7 }} <w:p>x</w:p>" in words_of(data)
        assert "49" not in words_of(data)


def test_what_cannot_be_drawn_is_marked_and_told():
    drawn = glyphs.drawn_by(making.FONTS / "DejaVuSans.ttf")
    assert glyphs.drawable("Æble مرحبا שלום\u200f", drawn) == (
        "Æble مرحبا שלום\u200f",
        0,
    )
    kept, marks = glyphs.drawable("🥐 日\x07", drawn)
    assert (kept, marks) == (f"{glyphs.MISSING} {glyphs.MISSING}", 2)


def test_a_paper_that_is_too_long_is_refused():
    with pytest.raises(InputFault, match="too long"):
        making.render("note", "pdf", Paper(title="x" * 400_001).values())


@pytest.mark.parametrize("name", ["../secret", "", "Paper", "a/b", "x" * 80])
def test_a_name_that_leads_elsewhere_is_no_template(name):
    with pytest.raises(InputFault, match="no template"):
        making.render(name, "docx", WORDS.values())


@pytest.fixture
def own(tmp_path, settings) -> Path:
    settings.BRAID_DATA = tmp_path
    folder = tmp_path / "templates" / "default"
    folder.mkdir(parents=True)
    return folder


def template(folder, text, name="profile"):
    document = docx.Document()
    document.add_paragraph(text)
    document.save(folder / f"{name}.docx")


def test_a_service_has_templates_of_its_own(own):
    template(own, "Our house: {{ title }}")
    assert words_of(making.render("profile", "docx", WORDS.values())) == (
        "Our house: Search plan"
    )
    assert "Our house" not in words_of(making.render("plan", "docx", WORDS.values()))


def test_a_country_comes_before_the_default(own):
    template(own, "default")
    folder = own.parent / "dk"
    folder.mkdir()
    template(folder, "dk")
    assert words_of(making.render("profile", "docx", WORDS.values(), "DK")) == "dk"
    assert words_of(making.render("profile", "docx", WORDS.values(), "nl")) == "default"


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("{{ title.__class__.__mro__ }}", id="reaches into the program"),
        pytest.param("{{ ''.__class__.__base__.__subclasses__() }}", id="classes"),
        pytest.param("{% for a in range(10**9) %}x{% endfor %}", id="never ends"),
        pytest.param("{% if %}", id="broken"),
    ],
)
def test_a_template_that_does_harm_makes_nothing(own, text):
    template(own, text)
    with pytest.raises(InputFault, match="does not work"):
        making.render("profile", "docx", WORDS.values())


def test_a_template_with_macros_is_not_taken(own):
    with zipfile.ZipFile(own / "profile.docx", "w") as archive:
        archive.writestr("word/vbaProject.bin", b"x")
    with pytest.raises(InputFault, match="not taken"):
        making.render("profile", "docx", WORDS.values())


def make(world, who="ada", **given):
    asked = {
        "template": "search_plan",
        "format": "pdf",
        "applicant_id": world.pat.pk,
        "team": world.north,
        "kind": "work_goals",
        "title": "Search plan",
        "values": WORDS.values(),
        "store": True,
    }
    return making.make(getattr(world, who).actor, **{**asked, **given})


def test_it_is_kept_sealed_with_its_template_and_audience(world, today):
    made = make(world)
    kept = Document.objects.system("test").get()
    assert (kept.pk, kept.template, kept.kind) == (
        made.document_id,
        "search_plan",
        "work_goals",
    )
    assert kept.file_name == "Search plan.pdf"
    assert queries.content(kept) == made.data
    assert AuditEntry.objects.filter(action="document_made").count() == 1


def test_or_only_handed_over(world, today):
    made = make(world, store=False, format="docx")
    assert made.document_id is None
    assert made.file_name == "Search plan.docx"
    assert not Document.objects.system("test").exists()
    assert AuditEntry.objects.filter(action="document_made").count() == 1


@pytest.mark.parametrize("who", ["ola", "cora", "dev", "sam"])
def test_who_may_not_read_it_makes_none(world, today, who):
    with pytest.raises(Refused):
        make(world, who, kind="conversation")
