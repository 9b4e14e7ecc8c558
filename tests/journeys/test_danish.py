"""The same pages in Danish."""

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import Enter, sign_in
from tests.journeys.looking import toast
from tests.journeys.serving import Site

PAGES = {
    "/caseload/": "Borgere",
    "/jobs/": "Job",
    "/employers/": "Virksomheder",
    "/refer/": "Henvis",
    "/log/contact/": "kontakt",
    "/log/job-start/": "job",
}


@pytest.fixture
def ada(enter: Enter) -> Page:
    """Ada, who has chosen Danish on the page of her own settings."""
    page = enter("Ada")
    page.locator("details[data-menu] summary").click()
    page.get_by_role("link", name="Language, appearance and mails").click()
    page.get_by_role("radio", name="Danish").check()
    page.get_by_role("button", name="Save").click()
    expect(toast(page)).to_be_visible()
    return page


def test_the_choice_holds_on_every_page(ada: Page):
    """Given Danish chosen once, when Ada goes on, then each page says it is Danish."""
    for address, word in PAGES.items():
        ada.goto(address)
        expect(ada.locator("html")).to_have_attribute("lang", "da")
        expect(ada.locator("h1")).to_contain_text(word)
    ada.goto("/today/")
    expect(ada.locator("h1")).to_contain_text("God")
    expect(ada.get_by_role("link", name="I dag")).to_be_visible()


def test_who_has_not_chosen_gets_the_language_of_the_browser(site: Site, visit: Enter):
    """Given a Danish browser, when the demo opens, then cards and pages are Danish."""
    page = visit(site, locale="da-DK")
    page.goto("/demo/")
    expect(page.locator("html")).to_have_attribute("lang", "da")
    page.locator("form button").first.click()
    expect(page.locator("html")).to_have_attribute("lang", "da")
    expect(page.get_by_role("link", name="I dag")).to_be_visible()


def test_danish_for_one_is_not_danish_for_another(ada: Page, site: Site, visit: Enter):
    """Given Ada reads Danish, when Ben comes in, then he still reads English."""
    ben = sign_in(visit(site), "Ben")
    expect(ben.locator("html")).to_have_attribute("lang", "en")


def test_light_or_dark_is_kept_with_the_account(ada: Page, site: Site, visit: Enter):
    """Given dark chosen once, when Ada comes from another browser, then it is dark."""
    ada.get_by_role("radio", name="mørk").check()
    ada.get_by_role("button", name="Gem").click()
    expect(ada.locator("html")).to_have_attribute("data-bs-theme", "dark")
    other = sign_in(visit(site), "Ada")
    expect(other.locator("html")).to_have_attribute("data-bs-theme", "dark")
