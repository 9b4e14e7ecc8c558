"""On a phone: from an offer to a page that the person shows to the specialist."""

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import PHONE, Enter
from tests.journeys.looking import segment, toast
from tests.journeys.serving import Site
from tests.journeys.sound import assert_sound

QUESTION = "What is left if I work twenty hours?"


@pytest.fixture
def kit(site: Site, enter: Enter) -> Page:
    return enter("Kit", **PHONE)


def open_signe(page: Page) -> None:
    page.goto("/benefits/")
    page.get_by_role("link", name="Signe Lindholm").tap()
    expect(page.locator("h1")).to_have_text("Signe Lindholm")


def work_out(page: Page) -> None:
    """Ask a question by the training rules, and wait for the answer."""
    page.get_by_role("link", name="What would work change?").tap()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("The question, in the person's own words").fill(QUESTION)
    dialog.get_by_label("Pay before tax").fill("12")
    dialog.get_by_label("Pay is for").select_option("hour")
    dialog.get_by_label("Hours a week in that job").fill("20")
    dialog.get_by_label("Hours a week today").fill("0")
    dialog.get_by_label("By which rules").select_option("xx-test")
    dialog.get_by_role("button", name="Work it out").tap()
    expect(page.locator("h1")).to_have_text(QUESTION)
    table = page.get_by_role("region", name="The same numbers as a table")
    expect(table).to_contain_text("1,566", timeout=60_000)


def test_from_an_offer_to_a_page_that_is_shown(kit: Page, enter: Enter):
    """Given Signe's job, when Kit works out more hours, then she decides who reads it."""
    open_signe(kit)
    kit.get_by_role("button", name="Offer counselling").tap()
    expect(toast(kit)).to_contain_text("Offered.")

    signe = enter("Signe", **PHONE)
    signe.goto("/me/benefits/")
    signe.get_by_role("link", name="Answer", exact=True).tap()
    segment(signe.get_by_role("dialog"), "yes, please").check()
    signe.get_by_role("dialog").get_by_role("button", name="Save").tap()
    expect(toast(signe)).to_contain_text("Saved.")

    kit.reload()
    kit.get_by_role("link", name="Help with rent", exact=True).tap()
    dialog = kit.get_by_role("dialog")
    dialog.get_by_label("Known from").select_option("letter")
    dialog.get_by_label("Checked on").fill("2026-01-05")
    dialog.get_by_role("button", name="Save").tap()
    expect(kit.get_by_text("assumed, not yet checked")).to_have_count(0)

    work_out(kit)
    expect(kit.get_by_text("draft, not confirmed", exact=True)).to_be_visible()
    expect(kit.get_by_role("link", name="One page to print")).to_have_count(0)
    assert_sound(kit)
    kit.get_by_role("button", name="Duties talked through").tap()
    kit.get_by_role("button", name="Confirm with my name").tap()
    expect(toast(kit)).to_contain_text("Confirmed with your name.")
    kit.get_by_role("link", name="One page to print").tap()
    expect(kit.get_by_text("Confirmed by Kit Aaen")).to_be_visible()

    signe.goto("/me/benefits/")
    signe.get_by_role("link", name=QUESTION).tap()
    expect(signe.locator("h1")).to_have_text(QUESTION)
    address = signe.url
    ada = enter("Ada", **PHONE)
    assert ada.goto(address).status == 404
    signe.get_by_role("button", name="Show it to my unit").tap()
    expect(toast(signe)).to_contain_text("Your unit can read it now.")
    ada.goto(address)
    expect(ada.locator("h1")).to_have_text(QUESTION)
    expect(ada.get_by_role("button", name="Confirm with my name")).to_have_count(0)
