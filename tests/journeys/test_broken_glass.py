"""Emergency access, from the need to the review."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import Enter
from tests.journeys.looking import card, toast
from tests.journeys.serving import Site

WORDS = "He called from the bridge and asked for help at once."
WHO = (
    "SELECT a.given_name || ' ' || a.family_name || '|' || a.birth_date "
    "FROM people_applicant a JOIN people_episode e ON e.applicant_id = a.id "
    "JOIN access_team t ON t.id = e.unit_id "
    "WHERE t.slug = ? AND e.state = 'active' AND a.birth_date IS NOT NULL "
    "ORDER BY a.family_name, a.given_name"
)


@pytest.fixture
def stranger(site: Site) -> tuple[str, str]:
    """Return name and birth date of somebody whom another unit has."""
    name, born = site.text(WHO, "ips-syd").split("|")
    return name, born


def need(page: Page, name: str, born: str) -> None:
    """Open the page in two clicks and say whom it is about, and why."""
    page.locator("summary").filter(has_text="Ada").first.click()
    page.get_by_role("link", name="Emergency access").click()
    page.get_by_label("Full name").fill(name)
    page.get_by_label("Date of birth").fill(born)
    page.get_by_label("Reason").select_option(label="danger to life or health")
    page.get_by_label("What happened?").fill(WORDS)
    page.get_by_role("button", name="Open for one hour").click()


def test_from_the_need_to_the_review(enter: Enter, stranger: tuple[str, str]):
    """Given a call for help, when Ada breaks the glass, then she sees who it is.

    Then every page says so until she closes it, and the steward judges what she did.
    """
    name, born = stranger
    ada = enter("Ada")
    ada.goto("/search/")
    need(ada, name, born)
    expect(ada.locator("h1")).to_have_text(name)
    band = ada.get_by_role("complementary", name="Emergency access")
    expect(band).to_contain_text(name)
    expect(band).to_contain_text(re.compile(r"(60|59) minutes left, until \d+"))
    ada.goto("/today/")
    expect(band.get_by_role("link", name="To the person")).to_be_visible()

    sam = enter("Sam")
    expect(sam.locator("h1")).to_have_text("To do")
    card(sam, "What waits").get_by_role("link", name="Emergency access").click()
    card(sam, "To review").get_by_role("link", name="Ada Holm").first.click()
    expect(card(sam, "What happened")).to_contain_text(WORDS)
    expect(card(sam, "What was opened")).to_contain_text("name and date of birth")
    form = card(sam, "The verdict")
    form.get_by_role("radio", name="justified", exact=True).check()
    form.get_by_label("Conclusion").fill("A life was in danger.")
    form.get_by_role("button", name="Save").click()
    expect(card(sam, "To review")).to_contain_text("Nothing waits")

    band.get_by_role("button", name="Close now").click()
    expect(toast(ada)).to_contain_text("Emergency access ended.")
    expect(band).to_have_count(0)


def test_half_a_name_finds_nobody(enter: Enter, stranger: tuple[str, str]):
    """Given half a name, when Ada searches, then nobody is found and nothing opens."""
    name, born = stranger
    ada = enter("Ada")
    need(ada, name.split()[0], born)
    expect(ada.locator("main")).to_contain_text("Nobody was found by exactly this")
    expect(ada.get_by_role("complementary", name="Emergency access")).to_have_count(0)


def test_a_block_is_set_aside_by_two(enter: Enter, site: Site):
    """Given a block, when supervisor and steward agree, then it rests, and it is said."""
    signe = enter("Signe")
    signe.goto("/me/blocks/")
    signe.get_by_label("Or a full name").fill("Ditte Krogsgaard")
    signe.get_by_role("button", name="Block").click()
    expect(card(signe, "Blocked")).to_contain_text("Ditte Krogsgaard")

    key = site.key(
        "SELECT id FROM people_applicant WHERE given_name || ' ' || family_name = ?",
        "Signe Lindholm",
    )
    ben = enter("Ben")
    ben.goto(f"/people/{key}/blocks/")
    ben.get_by_role("link", name="Set aside in an emergency").click()
    ben.get_by_label("Reason").select_option(label="danger to life or health")
    ben.get_by_label("What happened?").fill(WORDS)
    ben.get_by_role("button", name="Ask").click()
    expect(card(ben, "Blocked")).to_contain_text(WORDS)

    sam = enter("Sam")
    card(sam, "What waits").get_by_role("link", name="Blocks to set aside").click()
    sam.get_by_role("button", name="Agree: set aside for 24 hours").click()
    expect(sam.locator("main")).to_contain_text("Set aside until")
    signe.goto("/me/blocks/")
    expect(card(signe, "Blocked")).to_contain_text("Set aside until")
