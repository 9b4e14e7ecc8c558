"""The page for management: one sheet of paper, the numbers of the pages, nobody's name."""

import io

import pypdf
import pytest

from braid.access.models import AuditEntry
from braid.integration import one_pager
from tests.cast import TODAY
from tests.desk.test_pages import text
from tests.factories.access import TeamFactory, TeamLinkFactory
from tests.factories.facts import AnnotationFactory

PDF = "/integration/north/one-pager/2026Q3/"


def read(data):
    reader = pypdf.PdfReader(io.BytesIO(data))
    words = " ".join(page.extract_text() for page in reader.pages)
    return reader, " ".join(words.split())


def test_a_manager_takes_the_page_of_a_quarter_home(as_, working, managers):
    mira = as_("mira")
    assert f'href="{PDF}"' in mira.get("/integration/north/one-pager/").content.decode()
    answer = mira.get(PDF)
    assert answer["Content-Type"] == "application/pdf"
    assert "ips-north-2026Q3.pdf" in answer["Content-Disposition"]
    reader, words = read(answer.content)
    assert len(reader.pages) == 1
    assert reader.pages[0].mediabox.width == pytest.approx(595.3, abs=1)
    assert "IPS in 2026Q3: North" in words
    assert "What IPS does with Region, 1 Jul 2026 to 30 Sept 2026." in words
    assert "Drawn from the record on 30 Sept 2026" in words
    assert AuditEntry.objects.filter(action="one_pager_made").count() == 1


def test_it_names_nobody(as_, working, managers):
    _, words = read(as_("ben").get(PDF).content)
    for name in ("Pat", "Quinn", "Person", "Ada", "Ben", "Cora"):
        assert name not in words


def test_its_numbers_are_those_of_the_pages(as_, working, managers):
    mira = as_("mira")
    said = one_pager.values(managers.mira.actor, working.north, "2026Q3", TODAY)
    _, words = read(mira.get(PDF).content)
    for table, address in zip(said["tables"], ("", "drift/"), strict=True):
        page = text(mira.get(f"/integration/north/{address}?figures=1&period=2026Q3"))
        assert table["rows"]
        for row in table["rows"]:
            for column, cell in zip(table["columns"], row["cells"], strict=True):
                beside = f"{cell['value']} : {row['label']}, {column} {cell['made_of']}"
                assert beside in page
                assert cell["value"] in words
    assert "1 decision that a meeting made was not carried out" in words
    assert "10 people on the caseload on at least one day" in words  # 8, rounded


def test_notes_of_the_quarter_and_of_no_other_are_on_it(as_, working):
    for quarter, words in (("2026Q3", "A new leader"), ("2026Q2", "Long ago")):
        AnnotationFactory(
            unit=working.north, measure="drift_refusals", quarter=quarter, text=words
        )
    _, words = read(as_("ben").get(PDF).content)
    assert "A new leader" in words and "Long ago" not in words


def test_it_stays_one_page_however_much_there_is(as_, working):
    for kind in ("treatment_team", "job_centre"):
        for n in range(9):
            name = f"Community team for early psychosis number {n}"
            TeamLinkFactory(unit=working.north, team=TeamFactory(kind=kind, name=name))
    AnnotationFactory.create_batch(
        9, unit=working.north, measure="drift_refusals", text="Why this was so. " * 99
    )
    reader, words = read(as_("ben").get(PDF).content)
    assert len(reader.pages) == 1
    assert "further teams are on the page in Braid" in words
    assert "4 further notes are on the page in Braid" in words
    # The last definition stands whole: nothing was cut off below.
    assert "those of the last day on the caseload." in words


def test_a_unit_that_has_just_begun_gets_its_page_too(as_, world):
    reader, words = read(as_("ola").get("/integration/south/one-pager/2026Q3/").content)
    assert len(reader.pages) == 1
    assert "Nobody wrote a note beside a figure of this quarter." in words
