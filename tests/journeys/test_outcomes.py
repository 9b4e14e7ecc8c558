"""A supervisor's half hour with the figures: look, choose, ask who, compare, take away."""

import csv
import re

from playwright.sync_api import Page, expect

from tests.journeys.conftest import Enter
from tests.journeys.looking import card
from tests.journeys.sound import assert_sound

ADDRESS = "/outcomes/ips-nord/"
PATIENTLY = 60_000  # the first chart of a process takes its time


def opened(page: Page, address: str = ADDRESS) -> Page:
    """Open a page of outcomes and wait until its figures have come."""
    page.goto(address)
    expect(page.locator(".chart-cards").first).to_be_visible(timeout=PATIENTLY)
    return page


def test_from_a_chart_to_a_person_and_back_with_a_file(enter: Enter):
    """Given the outcomes of a unit, when Ben asks who, then the record opens."""
    ben = opened(enter("Ben"))
    working = card(ben, "Working by quarter")
    expect(working.get_by_role("img")).to_have_attribute(
        "aria-label", re.compile(r"^In 20\d\dQ\d: \d+ %")
    )
    assert_sound(ben)
    with ben.expect_download() as download:
        working.get_by_role("link", name=re.compile("^CSV")).click()
    with download.value.path().open(newline="") as file:
        rows = list(csv.DictReader(file))
    newest = working.get_by_role("row").nth(1)
    expect(newest).to_contain_text(rows[0]["Share"])
    newest.get_by_role("link").click()
    expect(ben.locator("h1")).to_have_text("Working by quarter")
    rows_card = card(ben, "The rows behind it")
    person = rows_card.get_by_role("row").nth(1).get_by_role("link")
    name = person.inner_text()
    person.click()
    expect(ben.locator("h1")).to_contain_text(name)


def test_people_are_chosen_and_two_groups_set_side_by_side(enter: Enter):
    """Given a choice of people, when Ben makes it, then the charts are about them."""
    ben = opened(enter("Ben"))
    before = card(ben, "Working by quarter").get_by_role("row").nth(1).inner_text()
    ben.get_by_label("Group").select_option("gender:woman")
    ben.get_by_role("button", name="Show").click()
    expect(ben.get_by_role("link", name="Everybody again")).to_be_visible(
        timeout=PATIENTLY
    )
    after = card(ben, "Working by quarter").get_by_role("row").nth(1).inner_text()
    assert after != before
    ben.get_by_role("link", name="Side by side").click()
    ben.get_by_label("Compare", exact=True).select_option("gender", timeout=PATIENTLY)
    ben.get_by_role("button", name="Show").click()
    expect(ben.get_by_text("Log-rank chi-square").first).to_be_visible(
        timeout=PATIENTLY
    )
    assert_sound(ben)


def test_who_is_outside_the_unit_reads_rounded_numbers(enter: Enter):
    """Given the same page, when Cora opens it, then no number is exact or opens."""
    cora = opened(enter("Cora"))
    expect(cora.get_by_text("Small numbers are kept back")).to_be_visible()
    expect(cora.get_by_label("Group")).to_have_count(0)
    made_of = card(cora, "Working by quarter").get_by_role("row").nth(1)
    counts = re.search(r"(\d+) of (\d+)", made_of.inner_text())
    assert counts and all(int(number) % 5 == 0 for number in counts.groups())
