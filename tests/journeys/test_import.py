"""The first day of use: from an empty installation and a workbook to a caseload."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import PATIENCE, Enter
from tests.journeys.looking import card, open_log, toast
from tests.journeys.second_step import set_up_app
from tests.journeys.serving import Site
from tests.journeys.sound import assert_sound

ROSTER = Path(__file__).parents[1] / "rosters" / "uk-roster"
WORK = 4 * PATIENCE  # a worker reads ten thousand rows


@pytest.fixture
def ida(empty: Site, visit: Enter) -> Page:
    """Ida, who has just set Braid up for her unit in England."""
    empty.restore()
    page = visit(empty)
    page.goto("/")
    page.get_by_label("Country").select_option(label="England")
    for label, text in {
        "Your organisation": "Calder Vale Trust",
        "Your IPS unit": "Calder Vale IPS",
        "Your name": "Ida Quill",
        "Your e-mail": "ida@example.org",
        "Password": "four words that rhyme",
    }.items():
        page.get_by_label(label).fill(text)
    page.get_by_role("button", name="Set up Braid").click()
    expect(toast(page).filter(has_text="Braid is set up.")).to_be_visible()
    set_up_app(page)
    return page


def heading(page: Page, text: str) -> None:
    """Wait until the page with this heading is there."""
    expect(page.locator("h1")).to_have_text(text, timeout=WORK)


def test_a_workbook_becomes_a_caseload_and_can_be_taken_back(ida: Page):
    """Given the unit's workbook, when Ida brings it, then minutes later it is worked with.

    Each step shows what would happen; what somebody has worked on since is not undone
    over their head, and the rest goes without a trace.
    """
    bring(ida)
    look_at_what_was_found(ida)
    state_once(ida)
    answer_a_question(ida)
    look_at_what_changes(ida)
    see_the_first_figures(ida)
    save(ida)
    work_with_it(ida)
    take_back(ida)


def bring(page: Page) -> None:
    page.locator("details[data-menu] summary").click()
    page.get_by_role("link", name="Import", exact=True).click()
    expect(page.locator("main")).to_contain_text("Nothing was brought yet")
    page.get_by_role("link", name="Bring files").first.click()
    page.get_by_label("Files").set_input_files(ROSTER / "ips-tracker.xlsx")
    page.get_by_label("Setup (unit.json)").set_input_files(ROSTER / "unit.json")
    page.get_by_role("button", name="Read the files").click()


def look_at_what_was_found(page: Page) -> None:
    heading(page, "What we found")
    row = card(page, "Caseload").get_by_role("row").filter(has_text="Forename")
    expect(row).to_contain_text("given name")
    assert_sound(page)
    card(page, "Caseload").get_by_role("link", name="Correct").click()
    heading(page, "Caseload")
    assert_sound(page)
    page.get_by_label("Row key").select_option(label="not imported")
    page.get_by_role("button", name="Save and read again").click()
    heading(page, "What we found")
    row = card(page, "Caseload").get_by_role("row").filter(has_text="Row key")
    expect(row).to_contain_text("not imported")
    page.get_by_role("link", name="That is right").click()


def state_once(page: Page) -> None:
    heading(page, "Said once")
    names = page.get_by_label("Name", exact=True)
    expect(names.first).to_have_value("Sadia Marwood")
    assert_sound(page)
    page.get_by_role("link", name="Go on without saving").click()


def answer_a_question(page: Page) -> None:
    heading(page, "Questions")
    expect(page.locator("main")).to_contain_text(re.compile(r"\d+ questions are open"))
    assert_sound(page)
    page.get_by_role("link", name="Answer one by one").click()
    heading(page, "No treatment team is called so. Which team is meant?")
    expect(page.get_by_role("row").filter(has_text="Team")).to_contain_text("Dr Patel")
    assert_sound(page)
    page.get_by_label("treatment team").select_option(label="Calder CMHT")
    page.get_by_role("button", name="This is the answer").click()
    expect(toast(page)).to_contain_text("Answered.")
    page.get_by_role("link", name="All questions").click()
    page.get_by_role("button", name="Work the answers in and go on").click()


def see_the_first_figures(page: Page) -> None:
    """Figures come into the preview, and stand on a page of their own."""
    heading(page, "Preview")
    figures = card(page, "What you would see")
    expect(figures).to_contain_text("full-time posts of specialists in post")
    expect(figures).to_contain_text("2026Q2")
    page.goto(page.url.replace("/preview/", "/figures/"))
    heading(page, "Your first figures")
    assert_sound(page)
    expect(page.get_by_role("link", name="Answer the questions")).to_be_visible()
    page.get_by_role("link", name="Back to the preview").click()


def look_at_what_changes(page: Page) -> None:
    """Nobody is there yet, so that everything is new; each kind with examples."""
    heading(page, "Preview")
    page.get_by_role("link", name="Look at what changes").click()
    heading(page, "What changes")
    main = page.locator("main")
    expect(main.get_by_role("heading", name="People 140")).to_be_visible()
    assert_sound(page)
    page.get_by_role("link", name="Changed 0").click()
    expect(main).to_contain_text("None.")
    page.get_by_role("link", name="Go to the preview").click()


def save(page: Page) -> None:
    heading(page, "Preview")
    people = card(page, "What saving does").get_by_role("row").filter(has_text="people")
    expect(people.get_by_role("cell").nth(1)).to_have_text("140")
    assert_sound(page)
    page.get_by_role("button", name="Save this").click()
    heading(page, "Imported")
    assert_sound(page)
    page.get_by_role("link", name="Go to the caseload").click()


def work_with_it(page: Page) -> None:
    """Log a contact with the first person on the list."""
    heading(page, "Caseload")
    page.get_by_role("link", name="List").click()
    person = page.locator(".person-row a").first
    name = person.inner_text()
    person.click()
    heading(page, name)
    expect(card(page, "What happened")).to_contain_text("Contact in person")
    open_log(page).get_by_role("button", name="Save").click()
    expect(toast(page)).to_contain_text(f"Contact with {name} logged.")


def take_back(page: Page) -> None:
    """Take the import back in a second window, where the first has worked on."""
    office = page.context.new_page()
    office.goto("/imports/")
    office.locator("main").get_by_role("link", name="ips-tracker.xlsx").click()
    heading(office, "Imported")
    form = office.get_by_role("dialog")
    office.get_by_role("link", name="Take it back").click()
    assert_sound(office)
    form.get_by_role("button", name="Take it back").click()
    expect(form.get_by_role("alert")).to_be_visible(timeout=WORK)
    expect(form.get_by_role("listitem")).to_contain_text(
        re.compile(r"Caseload, row \d+: something was added to it since")
    )

    toast(page).get_by_role("button", name="Undo").click()
    expect(toast(page)).to_contain_text("Taken back.")
    office.reload()
    office.get_by_role("link", name="Take it back").click()
    form.get_by_role("button", name="Take it back").click()
    heading(office, "Undone")
    assert_sound(office)
    office.goto("/caseload/")
    expect(office.locator("main")).to_contain_text("Nobody here")
