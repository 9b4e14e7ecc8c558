"""Half an hour with live fidelity: a supervisor, a specialist, and the treatment side."""

import re

from playwright.sync_api import Page, expect

from tests.journeys.conftest import Enter
from tests.journeys.looking import card
from tests.journeys.sound import assert_sound

ADDRESS = "/fidelity/ips-nord/"
PATIENTLY = 120_000  # the first figures of a process take their time


def opened(page: Page, address: str = ADDRESS) -> Page:
    """Open a page of live fidelity and wait until its figures have come."""
    page.goto(address)
    expect(page.locator(".item-line").first).to_be_visible(timeout=PATIENTLY)
    return page


def test_from_the_mirror_to_an_item_and_its_rows(enter: Enter):
    """Given live fidelity, when Ben asks what an item rests on, then the record opens."""
    ben = opened(enter("Ben"))
    assert_sound(ben)
    expect(ben.locator(".stat-label").first).to_have_text(
        re.compile(r"^\d+ items computed$")
    )
    expect(card(ben, "What would raise us")).to_contain_text("A mirror, not a forecast")
    expect(card(ben, "Depends on treatment").locator("dt")).to_have_count(3)
    ben.get_by_role("link", name="Competitive, permanent jobs", exact=True).click()
    expect(ben.locator("h1")).to_have_text("21. Competitive, permanent jobs")
    expect(card(ben, "Descriptions")).to_contain_text("reached")
    expect(card(ben, "Quarter by quarter").get_by_role("row")).to_have_count(9)
    assert_sound(ben)
    ben.get_by_role("link", name=re.compile("^The rows behind it")).click()
    expect(ben.locator("h1")).to_have_text(
        "Current jobs that are competitive and permanent"
    )
    assert_sound(ben)
    rows = card(ben, "The rows behind it")
    person = rows.get_by_role("row").nth(1).get_by_role("link").last
    name = person.inner_text()
    person.click()
    expect(ben.locator("h1")).to_contain_text(name)


def test_a_day_is_chosen_and_one_that_has_not_come_is_refused(enter: Enter):
    """Given the form above the items, when Ben asks for a day, then it is told of."""
    ben = opened(enter("Ben"))
    ben.get_by_label("Day", exact=True).fill("2026-06-30")
    ben.get_by_role("button", name="Show").click()
    expect(ben.get_by_text("as of 30 Jun 2026").first).to_be_visible(timeout=PATIENTLY)
    ben.get_by_label("Day", exact=True).fill("2199-01-01")
    ben.get_by_role("button", name="Show").click()
    expect(ben.get_by_role("alert")).to_contain_text("This day has not come yet.")
    assert_sound(ben)


def test_a_specialist_reads_the_own_figures_and_nobody_elses(enter: Enter):
    """Given an item that is rated by specialist, when Ada opens it, then only her own."""
    ada = enter("Ada")
    ada.goto(f"{ADDRESS}items/17/", timeout=PATIENTLY)
    table = card(ada, "By specialist, for supervision").get_by_role("row")
    expect(table).to_have_count(2, timeout=PATIENTLY)
    expect(table.nth(1)).to_contain_text("Ada")


def test_treatment_reads_the_items_that_it_has_a_part_in(enter: Enter):
    """Given the page for both sides, when Cora opens it, then scores, and no figures."""
    cora = opened(enter("Cora"), f"{ADDRESS}treatment/")
    assert_sound(cora)
    expect(cora.locator(".item-line")).to_have_count(9)
    expect(cora.locator(".item-rows")).to_have_count(0)
    expect(card(cora, "Each treatment team and the unit")).to_contain_text(
        "Small numbers of people are kept back"
    )
