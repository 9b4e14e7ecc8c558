"""A treatment-team meeting: prepared, held in two windows at once, closed, put on paper."""

import io
import re

import pypdf
import pytest
from playwright.sync_api import Locator, Page, expect

from tests.journeys.conftest import PHONE, Enter
from tests.journeys.looking import Hand, card, toast
from tests.journeys.serving import Site
from tests.journeys.sound import assert_sound

SOON = 2_000  # milliseconds, in which both sides see what one of them changed
TEAM = "SELECT id FROM access_team WHERE slug = ?"
SAVE = re.compile("^Save")
WRITE = "What was said"
TALKED = re.compile("^Talked about")
ROW = 56  # pixels of somebody of whom nothing is asked, on the average


@pytest.fixture
def ada(enter: Enter, site: Site) -> Page:
    """Ada prepares today's meeting with Team Øst, and has it open."""
    page = enter("Ada")
    page.goto(f"/teams/{site.key(TEAM, 'team-oest')}/meetings/")
    page.get_by_role("link", name="Prepare the next").first.click()
    page.get_by_role("dialog").get_by_role("button", name="Prepare it").click()
    expect(page.locator("h1")).to_have_text("Meeting with Team Øst")
    return page


@pytest.fixture
def cora(ada: Page, enter: Enter, site: Site) -> Page:
    """Cora opens on her telephone what Ada prepared."""
    page = enter("Cora", **PHONE)
    page.goto(f"/teams/{site.key(TEAM, 'team-oest')}/meetings/")
    page.get_by_role("link", name=re.compile("^Today")).tap()
    expect(page.locator("h1")).to_have_text("Meeting with IPS Nord")
    assert page.url == ada.url.partition("#")[0]
    for side in (ada, page):
        side.evaluate("window.isStillThisPage = true")
    return page


@pytest.fixture
def name(cora: Page) -> str:
    """Return somebody whom both sides read about."""
    return cora.locator(".meeting-line h2").first.inner_text()


def line(page: Page, name: str) -> Locator:
    heading = page.get_by_role("heading", name=name, exact=True)
    return page.locator(".meeting-line").filter(has=heading)


def opener(place: Locator) -> Locator:
    return place.locator(".meeting-write > summary")


def write(place: Locator, words: str) -> None:
    """Open a line for writing and type into it, without saving."""
    opener(place).click()
    place.get_by_label(WRITE).fill(words)


def said(place: Locator) -> Locator:
    return place.locator("[data-shown=words]")


def assert_not_loaded_again(page: Page) -> None:
    assert page.evaluate("window.isStillThisPage === true")


def test_a_team_is_overseen_in_rows_that_open(ada: Page, cora: Page):
    """Given a team, when Ada looks, then a row is each; it opens by a key, and alone.

    On Cora's telephone the same stands in one column.
    """
    ada.set_viewport_size({"width": 1440, "height": 900})
    rows = ada.locator(".meeting-line").filter(has_not=ada.locator(".person-row"))
    # What others wrote meanwhile makes their rows higher, and is not asked of here.
    heights = rows.filter(has_not=ada.locator(".pill")).evaluate_all(
        "rows => rows.filter(row => !row.querySelector('[data-shown=words]')"
        ".textContent.trim()).map(row => row.offsetHeight)"
    )
    assert heights and sum(heights) / len(heights) <= ROW

    first = ada.locator(".meeting-line").first.locator(".meeting-about")
    expect(first.locator("p, ul").first).to_be_hidden()
    first.locator("summary").focus()
    ada.keyboard.press("Enter")
    expect(first.locator("p, ul").first).to_be_visible()
    expect(ada.locator(".meeting-about[open]")).to_have_count(1)
    assert cora.evaluate("document.documentElement.scrollWidth <= innerWidth")
    for page in (ada, cora):
        assert_sound(page)


def test_both_sides_see_what_either_writes(ada: Page, cora: Page, name: str):
    """Given one meeting in two windows, when one side acts, then the other sees it.

    Who is there, what is said, what is decided by whom until when, and the end.
    """
    there = cora.get_by_role("button", name="Cora Winther")
    expect(there).to_have_attribute("aria-pressed", "false")
    ada.get_by_role("button", name="Cora Winther").click()
    expect(there).to_have_attribute("aria-pressed", "true", timeout=SOON)

    write(line(cora, name), "Wants mornings.")
    line(cora, name).get_by_role("button", name=SAVE).tap()
    expect(said(line(ada, name))).to_contain_text("Wants mornings.", timeout=SOON)
    assert_not_loaded_again(ada)

    line(cora, name).get_by_role("button", name=TALKED).tap()
    expect(line(ada, name).get_by_role("button", name=TALKED)).to_have_attribute(
        "aria-pressed", "true", timeout=SOON
    )

    line(ada, name).get_by_role("link", name=re.compile("^Decision")).click()
    dialog = ada.get_by_role("dialog")
    dialog.get_by_label("What was decided").fill("Ask the ward for early doses")
    dialog.get_by_label("Who does it").select_option(label="Cora Winther")
    dialog.locator("[name=due_on]").fill("2199-03-02")
    dialog.get_by_role("button", name="Save").click()
    for page in (ada, cora):
        decided = said(line(page, name)).get_by_role("listitem")
        decided = decided.filter(has_text="Ask the ward for early doses")
        expect(decided).to_contain_text("Cora Winther", timeout=SOON)
        expect(decided).to_contain_text("2 Mar 2199")

    ada.get_by_role("button", name="Close the meeting").click()
    expect(cora.locator(".pill").filter(has_text="closed")).to_be_visible(timeout=SOON)
    expect(opener(line(cora, name))).to_have_count(0)
    assert_not_loaded_again(cora)


def test_what_one_types_is_never_written_over(ada: Page, cora: Page, name: str):
    """Given Ada typing in a line, when Cora saves there, then both texts are offered.

    Ada has no mouse: she opens, types and saves with keys, and is where she was.
    """
    of_ada, of_cora = line(ada, name), line(cora, name)
    opener(of_ada).focus()
    ada.keyboard.press("Enter")
    ada.keyboard.press("Tab")
    field = of_ada.get_by_label(WRITE)
    expect(field).to_be_focused()
    ada.keyboard.type("Two trial days went well.")
    write(of_cora, "Sleeps better.")
    of_cora.get_by_role("button", name=SAVE).tap()
    expect(said(of_ada)).to_contain_text("Sleeps better.", timeout=SOON)
    expect(field).to_have_value("Two trial days went well.")
    expect(field).to_be_focused()
    expect(of_ada.get_by_role("status")).to_contain_text("Your words are safe")

    ada.keyboard.press("Tab")
    ada.keyboard.press("Tab")
    expect(of_ada.get_by_role("button", name=SAVE)).to_be_focused()
    ada.keyboard.press("Enter")
    told = of_ada.get_by_role("alert")
    expect(told).to_contain_text("Cora Winther wrote:")
    expect(told).to_contain_text("Sleeps better.")
    expect(field).to_have_value("Two trial days went well.")
    expect(said(of_cora)).to_have_text("Sleeps better.")
    assert_sound(ada)

    field.fill("Two trial days went well. Sleeps better.")
    of_ada.get_by_role("button", name=SAVE).click()
    expect(said(of_cora)).to_have_text(
        "Two trial days went well. Sleeps better.", timeout=SOON
    )
    for page in (ada, cora):
        assert_not_loaded_again(page)


def test_words_typed_into_a_meeting_that_was_closed_are_kept(
    ada: Page, cora: Page, name: str
):
    """Given Cora typing, when Ada closes the meeting, then Cora is told and keeps it."""
    of_cora = line(cora, name)
    write(of_cora, "One more thing.")
    ada.get_by_role("button", name="Close the meeting").click()
    expect(cora.locator(".pill").filter(has_text="closed")).to_be_visible(timeout=SOON)
    expect(of_cora.get_by_label(WRITE)).to_have_value("One more thing.")
    of_cora.get_by_role("button", name=SAVE).tap()
    expect(of_cora.get_by_role("alert")).to_contain_text("This meeting is closed.")
    expect(of_cora.get_by_label(WRITE)).to_have_value("One more thing.")
    assert_sound(cora)

    ada.get_by_role("button", name="Open it again").click()
    expect(cora.get_by_role("button", name="Close the meeting")).to_be_visible(
        timeout=SOON
    )
    of_cora.get_by_role("button", name=SAVE).tap()
    expect(said(line(ada, name))).to_contain_text("One more thing.", timeout=SOON)


def test_a_meeting_goes_on_one_page_and_into_the_health_record(
    ada: Page, cora: Page, name: str
):
    """Given what was said, when it is printed, then it is one page; as text, a person's.

    The text for one person's record names nobody else of the meeting.
    """
    other = ada.locator(".meeting-line h2").filter(has_not_text=name).first.inner_text()
    for who, words in ((name, "Wants mornings."), (other, "Begins on Monday.")):
        write(line(ada, who), words)
        line(ada, who).get_by_role("button", name=SAVE).click()
        expect(said(line(ada, who))).to_contain_text(words)

    paper = ada.get_by_role("link", name="On one page").get_attribute("href")
    reader = pypdf.PdfReader(io.BytesIO(ada.request.get(paper or "").body()))
    assert len(reader.pages) == 1
    printed = " ".join(reader.pages[0].extract_text().split())
    assert name in printed and "Wants mornings." in printed
    assert other in printed and "Begins on Monday." in printed

    cora.context.grant_permissions(["clipboard-read", "clipboard-write"])
    cora.get_by_role("link", name="For the health record").tap()
    expect(cora.locator("h1")).to_have_text("For the health record")
    one = card(cora, name)
    one.get_by_role("button", name=re.compile("^Copy")).tap()
    expect(one.get_by_role("status")).to_have_text("Copied.")
    pasted = cora.evaluate("navigator.clipboard.readText()")
    assert "Wants mornings." in pasted and name in pasted
    assert other not in pasted
    one.get_by_role("button", name=re.compile("^Put into the health record")).tap()
    expect(
        one.get_by_role("button", name=re.compile("^Put into the health record"))
    ).to_have_attribute("aria-pressed", "true")


def test_who_is_not_referred_yet_is_known_to_the_clinic_alone(ada: Page, cora: Page):
    """Given Cora's list, when she adds initials, then Ada reads a number and no more."""
    number = re.compile(r"has \d+ (person|people) on its list")
    before = re.search(r"\d+", ada.get_by_text(number).first.inner_text())
    assert before is not None
    cora.get_by_label("Initials or first name").fill("Q. X.")
    cora.get_by_role("button", name="Might want to work").tap()
    expect(cora.get_by_text("Q. X.", exact=True).first).to_be_visible(timeout=SOON)
    more = int(before[0]) + 1
    expect(ada.get_by_text(f"has {more} people on its list")).to_be_visible(
        timeout=SOON
    )
    expect(ada.locator("main")).not_to_contain_text("Q. X.")


def test_a_corridor_note_takes_three_acts(ada: Page, cora: Page, name: str):
    """Given talk in passing, when Cora notes it, then Ada reads it about that person."""
    hand = Hand()
    hand.tap(line(cora, name).get_by_role("link", name=re.compile("^Corridor note")))
    words = cora.get_by_role("dialog").get_by_label("What did you say to each other?")
    hand.acts += 1
    words.fill("Met by the coffee machine: the bus pass came.")
    hand.tap(cora.get_by_role("dialog").get_by_role("button", name="Save"))
    assert hand.acts <= 3
    expect(toast(cora)).to_be_visible()
    ada.goto(line(ada, name).get_by_role("link").first.get_attribute("href") or "")
    expect(card(ada, "What happened")).to_contain_text("the bus pass came")
