"""The report as Word and as PDF: what is in them, and how they are built."""

import io
import zipfile
from xml.etree import ElementTree as ET

import pytest
from django.utils.translation import override
from docx import Document
from pypdf import PdfReader

from braid.documents import making, rules
from braid.fidelity.report import files, reading
from tests.factories.fidelity import PassageFactory, rate_item, told_review
from tests.fidelity.test_report_reading import EARLIER, anew

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]

WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
SEEN = "Two clinicians said that work is raised at intake, one that they forget. " * 20


@pytest.fixture
def review(world):
    told_review(world.north, scores={1: 2}, facts_on=EARLIER)
    made = told_review(world.north, lead=world.rui.user, scores={3: None})
    rate_item(made, 5, 3, stage="final", seen=SEEN, recommendation="Ask at intake & on")
    PassageFactory(review=made, part="strengths", text="Everybody talks about work")
    PassageFactory(review=made, part="priorities", text="Employers\nIntake")
    return made


def made(world, review, format, language="en"):
    with override(language):
        report = reading.read(world.ben.actor, anew(review))
        return files.made(report, format), files.file_name(report, format)


def part(data, name):
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        return ET.fromstring(packed.read(name))


def bare(text):
    """Return a text without the spaces that letters set close may lose or gain."""
    return "".join(text.split())


def pages(data):
    return [page.extract_text() for page in PdfReader(io.BytesIO(data)).pages]


@pytest.mark.parametrize("format", ["docx", "pdf"])
def test_every_item_is_in_it_with_score_and_words(world, review, format):
    data, name = made(world, review, format)
    assert rules.recognise(data) == making.FORMATS[format]
    assert name == f"Fidelity report North 2026-10-01.{format}"
    if format == "pdf":
        said = bare("".join(pages(data)))
    else:
        texts = [one.text for one in Document(io.BytesIO(data)).paragraphs]
        said = bare("".join(texts))
    for number in range(1, 26):
        assert bare(f"What was seen of {number}") in said or number == 5
    for words in ("Two clinicians said", "Ask at intake & on", "between 96 and 100"):
        assert bare(words) in said


@pytest.mark.parametrize("format", ["docx", "pdf"])
def test_the_same_report_is_the_same_file(world, review, format):
    assert made(world, review, format) == made(world, review, format)


def test_word_is_built_of_headings_lists_and_styles(world, review):
    data, _name = made(world, review, "docx")
    styles = [one.style.name for one in Document(io.BytesIO(data)).paragraphs]
    assert styles.count("Heading 1") == 1
    assert styles.count("Heading 3") == 25
    assert styles.count("List Bullet") == 1 and styles.count("List Number") == 2
    assert "{{" not in " ".join(p.text for p in Document(io.BytesIO(data)).paragraphs)


def test_word_names_its_language_its_title_and_what_its_picture_shows(world, review):
    data, _name = made(world, review, "docx", "da")
    (language,) = part(data, "word/styles.xml").iter(f"{WORD}lang")
    assert language.attrib[f"{WORD}val"] == "da"
    document = Document(io.BytesIO(data))
    assert document.core_properties.title.endswith("North")
    (picture,) = document.inline_shapes
    assert "Antal borgere" not in picture._inline.docPr.get("descr")
    assert "23 " in picture._inline.docPr.get("descr")
    assert picture.width.mm == pytest.approx(files.WIDTH, abs=0.1)


def test_the_head_of_the_table_stands_on_every_page_in_word(world, review):
    data, _name = made(world, review, "docx")
    (table,) = Document(io.BytesIO(data)).tables
    assert [cell.text for cell in table.rows[0].cells][:3] == ["No.", "Item", "Score"]
    assert table.rows[0]._tr.trPr.find(f"{WORD}tblHeader") is not None
    assert len(table.rows) == 26
    assert [cell.text for cell in table.rows[1].cells][2:] == ["4", "2", "+2"]


def test_pdf_is_tagged_has_headings_a_language_and_words_for_its_picture(world, review):
    reader = PdfReader(io.BytesIO(made(world, review, "pdf", "da")[0]))
    root = reader.trailer["/Root"]
    assert str(root["/MarkInfo"]["/Marked"]) == "True" and root["/Lang"] == "da"
    tags = list(tags_of(root["/StructTreeRoot"]))
    names = [tag["/S"] for tag in tags]
    assert names.count("/H1") == 1 and names.count("/H3") == 25
    assert "/TH" in names and "/Table" in names
    (figure,) = [tag for tag in tags if tag["/S"] == "/Figure"]
    assert "23 " in figure["/Alt"]


def tags_of(element):
    kids = element.get("/K", [])
    for kid in kids if isinstance(kids, list) else [kids]:
        found = kid.get_object() if hasattr(kid, "get_object") else kid
        if isinstance(found, dict) and "/S" in found:
            yield found
            yield from tags_of(found)


def test_no_heading_stands_alone_at_the_end_of_a_page(world, review):
    """A title of an item has at least its score beneath it, whatever comes before."""
    for number in range(1, 26):
        rate_item(review, number, 4, stage="final", seen=SEEN[: 90 * number])
    data, _name = made(world, review, "pdf")
    shown = sheet_titles(world, review)
    for page in pages(data):
        lines = [line for line in page.splitlines() if line.strip()]
        last = lines[-3:]  # the foot has two
        assert not any(title in last[0] for title in shown), last


def sheet_titles(world, review):
    with override("en"):
        report = reading.read(world.ben.actor, anew(review))
        shown = files.sheet(report)
    return [f"{i.no}. {i.title}" for section in shown.sections for i in section.items]


@pytest.mark.parametrize("format", ["docx", "pdf"])
def test_a_draft_says_so_on_every_page_and_in_its_name(world, format):
    review = told_review(world.north, status="moderated")
    data, name = made(world, review, format)
    assert name.endswith(f" draft.{format}")
    if format == "pdf":
        assert all("DRAFT" in page for page in pages(data))
    else:
        feet = "".join(part(data, "word/footer1.xml").itertext())
        assert feet.startswith("Draft · ")
        assert (
            "Scores can still change" in Document(io.BytesIO(data)).paragraphs[1].text
        )


def test_a_final_report_says_nowhere_that_it_is_a_draft(world, review):
    assert not any(
        "DRAFT" in page.upper() for page in pages(made(world, review, "pdf")[0])
    )


def test_what_is_typed_is_never_run(world, review):
    text = "#panic() {{ 7 * 7 }} {% raw %} <b>bold</b> & $x$"
    rate_item(review, 2, 4, stage="final", seen=text)
    word = made(world, review, "docx")[0]
    assert text in [one.text for one in Document(io.BytesIO(word)).paragraphs]
    assert "#panic()" in " ".join(pages(made(world, review, "pdf")[0]))


def test_a_service_may_bring_a_word_template_of_its_own(
    world, review, settings, tmp_path
):
    settings.BRAID_DATA = tmp_path
    own = Document()
    own.add_paragraph("Our house: {{ title }}, {{ totals[0].value }}")
    (tmp_path / "templates" / "default").mkdir(parents=True)
    own.save(tmp_path / "templates" / "default" / "fidelity_report.docx")
    data, _name = made(world, review, "docx")
    (line,) = Document(io.BytesIO(data)).paragraphs
    assert line.text.startswith("Our house: Fidelity report: North, between 96")
