"""The clinical manager looks at a quarter, opens a figure, and takes one page along."""

import io

import pypdf
import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import Enter
from tests.journeys.looking import card
from tests.journeys.serving import Site
from tests.journeys.sound import assert_sound

PEOPLE = (
    "SELECT group_concat(name, '|') FROM (SELECT name FROM access_user UNION "
    "SELECT given_name || ' ' || family_name FROM people_applicant)"
)
MEETINGS, TALKS = "Treatment-team meetings with IPS", "Talks of three"


@pytest.fixture
def margit(enter: Enter) -> Page:
    """Margit answers for treatment teams; Integration is where her day begins."""
    page = enter("Margit")
    expect(page.locator("h1")).to_have_text("Integration")
    page.get_by_role("link", name="IPS Nord").click()
    return page


def words_of(pdf: bytes) -> str:
    """Return the words of the only page of a document."""
    reader = pypdf.PdfReader(io.BytesIO(pdf))
    assert len(reader.pages) == 1
    return " ".join(reader.pages[0].extract_text().split())


def test_a_quarter_is_taken_along_on_one_page_that_names_nobody(
    margit: Page, site: Site
):
    """Given the last whole quarter, when Margit prints it, then the figures are the same."""
    quarter = margit.get_by_role("navigation", name="Period").get_by_role("link").nth(2)
    name = quarter.inner_text()
    quarter.click()
    rows = card(margit, name).get_by_role("row")
    expect(rows.filter(has_text=TALKS)).to_be_visible()
    shown = [
        text
        for row in rows.all()[1:]
        for text in row.get_by_role("cell").locator(".muted").all_inner_texts()
    ]
    assert len(shown) > 8

    margit.get_by_role("link", name="One-pager (PDF)").click()
    with margit.expect_download() as download:
        margit.get_by_role("link", name=name, exact=True).click()
    words = words_of(download.value.path().read_bytes())
    assert name in words and "IPS Nord" in words and MEETINGS in words
    assert [text for text in shown if text not in words] == []
    named = site.text(PEOPLE).split("|")
    assert len(named) > 100
    assert [who for who in named if who in words] == []


def test_a_figure_opens_to_its_rows_without_names(margit: Page, site: Site):
    """Given a figure, when Margit opens it, then the people behind it are not hers."""
    row = card(margit, "Last 90 days").get_by_role("row").filter(has_text=TALKS)
    figure = row.get_by_role("link").first
    value = figure.inner_text().partition("\n")[0]
    figure.click()
    expect(margit.locator("h1")).to_have_text(TALKS)
    expect(card(margit, "Last 90 days")).to_contain_text(value)
    expect(margit.get_by_text("whose record you may not open")).to_be_visible()
    words = margit.locator("main").inner_text()
    assert [who for who in site.text(PEOPLE).split("|") if who in words] == []
    assert_sound(margit)
