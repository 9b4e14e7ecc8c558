"""One page for two sides: a supervisor, a clinician and the management look at it."""

import io
import re

import pypdf
from playwright.sync_api import Page, expect

from tests.journeys.conftest import Enter
from tests.journeys.looking import card, toast
from tests.journeys.sound import assert_sound

PRACTICE = "Treatment-team meetings with IPS"


def opened(page: Page, address: str) -> Page:
    """Open a page of figures and wait until they have come."""
    page.goto(address)
    expect(page.get_by_text("Drawn from the record this moment").first).to_be_visible()
    return page


def figures(page: Page) -> list[str]:
    """Return the line of a practice: whole unit, then team by team."""
    rows = card(page, "Last 90 days").get_by_role("row")
    return rows.filter(has_text=PRACTICE).get_by_role("cell").all_inner_texts()


def test_both_sides_read_the_same_page(enter: Enter):
    """Given what was logged, when both sides look, then they see the same figures."""
    ben, cora = enter("Ben"), enter("Cora")
    ben.get_by_role("link", name="Figures").first.click()
    ben.get_by_role("link", name="Integration").click()
    expect(ben.locator("h1")).to_have_text("Integration")
    ours = figures(opened(ben, "/integration/ips-nord/"))
    theirs = figures(opened(cora, "/integration/ips-nord/"))
    assert ours == theirs
    assert len(ours) == 4  # the unit, and the three teams that it works with
    assert re.search(r"\d+ %[^%]*\d+ of \d+", ours[0])
    assert_sound(cora)


def test_a_figure_opens_to_its_rows_as_far_as_each_may_read(enter: Enter):
    """Given a figure, when each side opens it, then people stand there or are counted."""
    ben, cora = enter("Ben"), enter("Cora")
    for page in (ben, cora):
        opened(page, "/integration/ips-nord/")
        link = re.compile(r"Talks of three, Team Øst")
        page.get_by_role("link", name=link).click()
        expect(page.locator("h1")).to_have_text("Talks of three")
    expect(
        card(ben, "The rows behind it: Team Øst").get_by_role("row")
    ).not_to_have_count(0)
    expect(ben.get_by_text("whose record you may not open")).to_have_count(0)
    expect(cora.get_by_text("whose record you may not open")).to_be_visible()


def test_a_note_is_written_with_the_keyboard_and_taken_away(enter: Enter):
    """Given drift in a quarter, when Ben notes why, then both sides read it."""
    ben = enter("Ben")
    ben.goto("/integration/ips-nord/drift_placements/")
    ben.get_by_role("link", name="Write a note").focus()
    ben.keyboard.press("Enter")
    dialog = ben.get_by_role("dialog")
    dialog.get_by_label("Note").focus()
    ben.keyboard.type("A new agreement with the job centre.")
    ben.keyboard.press("Tab")
    dialog.get_by_role("button", name="Save the note").press("Enter")
    expect(toast(ben)).to_contain_text("The note stands beside the figure.")
    cora = enter("Cora")
    cora.goto("/integration/ips-nord/drift_placements/")
    said = cora.get_by_text("A new agreement with the job centre.")
    expect(said).to_be_visible()
    ben.get_by_role("link", name=re.compile("^Change")).click()
    ben.get_by_role("dialog").get_by_role("link", name="Take the note away").click()
    assert_sound(ben)
    ben.get_by_role("button", name="Take away").click()
    expect(toast(ben)).to_contain_text("The note is taken away.")
    cora.reload()
    expect(said).to_have_count(0)


def test_the_page_for_management_is_one_sheet_of_paper(enter: Enter):
    """Given a quarter, when its page is asked for, then one page of A4 names nobody."""
    ben = enter("Ben")
    opened(ben, "/integration/ips-nord/")
    ben.get_by_role("link", name="One-pager (PDF)").click()
    quarters = card(ben, "Choose the quarter").get_by_role("link")
    with ben.expect_download() as download:
        quarters.nth(1).click()
    reader = pypdf.PdfReader(io.BytesIO(download.value.path().read_bytes()))
    assert len(reader.pages) == 1
    words = reader.pages[0].extract_text()
    assert "IPS Nord" in words and PRACTICE in words
    assert "Signe" not in words and "Ada" not in words
