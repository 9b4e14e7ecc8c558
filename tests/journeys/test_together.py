"""Two people write about the same person at the same time."""

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import Enter
from tests.journeys.looking import card, toast

Pair = tuple[Page, Page]


@pytest.fixture
def both(enter: Enter) -> Pair:
    """Ada and Ben, each in a browser, look at Signe."""
    pages = enter("Ada"), enter("Ben")
    for page in pages:
        page.goto("/search/?q=signe lindholm")
        page.locator("main").get_by_role("link", name="Signe Lindholm").click()
        expect(page.locator("h1")).to_have_text("Signe Lindholm")
    return pages


def test_details_are_not_overwritten_in_silence(both: Pair):
    """Given both have the form open, when Ben saves first, then Ada is told of it.

    What she typed still stands in the form, and after she has looked at the new values
    both changes are kept.
    """
    ada, ben = both
    for page in both:
        page.get_by_role("link", name="Contact details").click()
        expect(page.get_by_role("dialog").get_by_label("Phone")).to_be_visible()
    ben.get_by_role("dialog").get_by_label("Phone").fill("+45 00 11 22 33")
    ben.get_by_role("dialog").get_by_role("button", name="Save").click()
    expect(toast(ben)).to_contain_text("Details saved.")

    form = ada.get_by_role("dialog")
    form.get_by_label("Town").fill("Lyngholt")
    form.get_by_role("button", name="Save").click()
    expect(form.get_by_role("alert")).to_contain_text("Nothing was saved yet")
    notice = form.locator(".notice")
    expect(notice).to_contain_text("Ben Lauritsen changed “Phone”")
    expect(notice).to_contain_text("+45 00 11 22 33")
    expect(form.get_by_label("Town")).to_have_value("Lyngholt")

    notice.get_by_role("link", name="Open the form again").click()
    expect(form.get_by_label("Phone")).to_have_value("+45 00 11 22 33")
    form.get_by_label("Town").fill("Lyngholt")
    form.get_by_role("button", name="Save").click()
    expect(toast(ada)).to_contain_text("Details saved.")
    expect(card(ada, "People around")).to_contain_text("+45 00 11 22 33")


def test_a_contact_that_was_corrected_since_is_not_undone(both: Pair):
    """Given Ada's entry, when Ben corrects it, then her Undo leaves it as he left it."""
    ada, ben = both
    ada.get_by_role("link", name="Log", exact=True).click()
    ada.get_by_role("dialog").get_by_role("button", name="Save").click()
    expect(toast(ada)).to_contain_text("Contact with Signe Lindholm logged.")

    ben.reload()
    entry = card(ben, "What happened").locator(".timeline-entry").first
    entry.get_by_role("link").click()
    ben.get_by_role("radio", name="90").check()
    ben.get_by_role("button", name="Save").click()
    expect(toast(ben)).to_contain_text("Contact corrected.")

    toast(ada).get_by_role("button", name="Undo").click()
    expect(toast(ada)).to_contain_text("Somebody changed this entry since.")
    expect(card(ada, "What happened")).to_contain_text("90 minutes")
