"""The same work in a browser that runs no scripts: links and forms are enough."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import PHONE, Enter
from tests.journeys.looking import card, line
from tests.journeys.sound import assert_sound


@pytest.fixture
def ada(enter: Enter) -> Page:
    return enter("Ada", java_script_enabled=False)


@pytest.fixture
def ben(enter: Enter) -> Page:
    return enter("Ben", java_script_enabled=False)


def test_a_contact_is_logged_and_taken_back(ada: Page):
    """Given no scripts, when Ada logs a contact, then the clock is gone all the same."""
    ada.get_by_role("link", name="Log", exact=True).click()
    expect(ada.locator("h1")).to_have_text("Log a contact")
    ada.get_by_label("With whom").select_option(label="Pernille Juul")
    ada.get_by_role("button", name="Save").click()
    expect(ada.locator(".toast")).to_contain_text("Contact with Pernille Juul logged.")
    expect(line(ada, "Needs you first", "Pernille")).to_have_count(0)
    ada.get_by_role("button", name="Undo").click()
    expect(ada.locator(".toast")).to_contain_text("Taken back.")
    expect(line(ada, "Needs you first", "Pernille")).to_have_count(1)


def test_whether_a_visit_fits_the_plan_is_asked_on_a_page(ada: Page, enter: Enter):
    """Given no scripts, when Ada logs a visit for Signe, then the plan comes after it."""
    ada.goto("/log/employer/")
    main = ada.locator("main")
    main.get_by_label("Employer", exact=True).select_option(label="Havnelund Bageri")
    main.get_by_label("For whom").select_option(label="Signe Lindholm")
    main.get_by_role("button", name="Save").click()
    expect(ada.locator("h1")).to_have_text("Does it fit the plan?")
    with_scripts = enter("Ada")
    with_scripts.goto(ada.url)
    assert_sound(with_scripts)
    ada.get_by_role("button", name="It fits").click()
    expect(ada.locator(".toast")).to_contain_text("Noted.")
    expect(ada.locator("h1")).to_have_text("Signe Lindholm")


def test_an_error_is_told_at_the_top_and_at_the_field(ada: Page):
    """Given a form left empty, when Ada saves, then the page says what is missing."""
    ada.goto("/log/note/")
    ada.get_by_role("button", name="Save").click()
    expect(ada.get_by_role("alert")).to_contain_text("About whom")
    expect(ada.get_by_role("textbox", name="Note")).to_have_attribute(
        "aria-invalid", "true"
    )


def test_somebody_is_referred_in_one_sentence(ada: Page):
    """Given a new person, when Ada refers her, then she waits; the same name is asked."""
    for again in (False, True):
        ada.goto("/refer/")
        ada.get_by_label("Given name").fill("Astrid")
        ada.get_by_label("Family name").fill("Kofod-Bøgh")
        ada.get_by_label("In one sentence").fill("Wants to drive a bus again.")
        ada.get_by_role("radio", name="the person themself").check()
        ada.get_by_role("button", name="Refer", exact=True).click()
        if again:
            expect(ada.locator("main")).to_contain_text("Is it one of these?")
            expect(ada.get_by_role("radio", name="Astrid Kofod-Bøgh")).to_be_visible()
            return
        expect(ada.locator("h1")).to_have_text("Astrid Kofod-Bøgh")
        expect(ada.locator("blockquote")).to_contain_text("drive a bus again")
        expect(ada.locator(".toast")).to_contain_text("Referral received.")


def test_the_caseload_is_filtered(ada: Page):
    """Given the board, when Ada filters by stage and team, then the address says so."""
    ada.goto("/caseload/")
    ada.get_by_label("Stage").select_option(label="New in work")
    ada.get_by_role("button", name="Show").click()
    expect(ada).to_have_url(re.compile("stage=new_in_work"))
    expect(ada.get_by_role("link", name="Signe Lindholm")).to_be_visible()
    expect(ada.get_by_role("link", name="Emil Østergaard")).to_have_count(0)
    ada.get_by_role("link", name="List").click()
    expect(ada).to_have_url(
        re.compile("stage=new_in_work.*view=list|view=list.*stage=")
    )
    expect(ada.locator(".person-row")).to_have_count(2)


def test_somebody_is_taken_on(ben: Page):
    """Given somebody who waits, when Ben takes them on, then they wait no longer."""
    row = card(ben, "Waiting").get_by_role("listitem").first
    name = row.get_by_role("link").inner_text()
    row.get_by_role("link").click()
    ben.get_by_role("link", name="Take on").click()
    ben.get_by_label("Specialist").select_option(label="Rania Aziz")
    ben.get_by_role("button", name="Take on").click()
    expect(ben.locator("h1")).to_have_text(name)
    expect(ben.locator(".page-header")).to_contain_text("with Rania Aziz")


def test_menu_and_navigation_open_on_a_telephone(enter: Enter):
    """Given a telephone without scripts, when Ben opens the menus, then both open."""
    ben = enter("Ben", **PHONE, java_script_enabled=False)
    ben.get_by_role("button", name="More").tap()
    more = ben.locator("#nav-more")
    expect(more.get_by_role("link", name="Figures")).to_be_visible()
    ben.keyboard.press("Escape")
    ben.locator("details[data-menu] summary").tap()
    expect(ben.get_by_role("button", name="Sign out")).to_be_visible()
