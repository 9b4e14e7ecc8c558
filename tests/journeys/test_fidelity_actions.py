"""A plan for fidelity: written by Ben, read by Cora, on the steering group's table."""

import re

from playwright.sync_api import Page, expect

from tests.journeys.conftest import PHONE, Enter
from tests.journeys.looking import card
from tests.journeys.sound import assert_sound

PLAN = "/fidelity-actions/ips-nord/"
WHAT = "Two mornings a week with employers, for each of us"
PATIENTLY = 60_000  # the first figures of a process take their time


def opened(page: Page) -> Page:
    """Open the plan and wait until the scores by the record stand in it."""
    page.goto(PLAN)
    source = page.get_by_text("a mirror for the team, not a forecast")
    expect(source).to_be_visible(timeout=PATIENTLY)
    return page


def test_an_action_is_planned_seen_by_the_other_side_and_done(enter: Enter):
    """Given a plan, when Ben writes an action, then both sides read it and its score."""
    ben = enter("Ben")
    ben.goto(PLAN)
    assert_sound(ben)
    ben.get_by_role("link", name="An action", exact=True).click()
    dialog = ben.get_by_role("dialog")
    dialog.get_by_label("Item", exact=True).select_option("17")
    dialog.get_by_label("What will be done?").fill(WHAT)
    dialog.get_by_label("4", exact=True).check()
    dialog.get_by_role("button", name="Put it in the plan").click()
    expect(card(ben, "Actions")).to_contain_text(WHAT)
    opened(ben)
    line = card(ben, "Actions").get_by_role("listitem").filter(has_text=WHAT)
    expect(line).to_contain_text("target 4")
    expect(line.get_by_role("link", name=re.compile("by the record"))).to_be_visible()

    cora = enter("Cora", **PHONE)
    cora.goto(PLAN)
    seen = card(cora, "Actions").get_by_role("listitem").filter(has_text=WHAT)
    expect(seen).to_be_visible()
    expect(seen.get_by_role("link", name="Change")).to_have_count(0)
    assert_sound(cora)

    line.get_by_role("link", name=re.compile("How does it go")).click()
    dialog = ben.get_by_role("dialog")
    dialog.get_by_label("under way", exact=True).check()
    dialog.get_by_label("Note").fill("First mornings were held")
    dialog.get_by_role("button", name="Save").click()
    expect(card(ben, "Actions")).to_contain_text("First mornings were held")
    ben.goto("/todo/")
    expect(ben.get_by_role("link", name=WHAT, exact=True)).to_be_visible()


def test_the_steering_group_has_the_plan_before_it(enter: Enter):
    """Given an action, when a steering meeting is prepared, then the plan stands there."""
    ben = enter("Ben")
    ben.goto(f"{PLAN}new/?item=5")
    ben.get_by_label("What will be done?").fill(WHAT)
    ben.get_by_role("button", name="Put it in the plan").click()
    ben.goto("/meetings/new/steering/")
    ben.locator("main form.braid-form button[type=submit]").click()
    part = card(ben, "Action plan for fidelity")
    expect(part).to_contain_text(WHAT)
    part.get_by_role("link", name="Open the plan").click()
    expect(ben.locator("h1")).to_have_text("Action plan")


def test_the_pages_across_units_are_for_a_phone_too(enter: Enter):
    """Given one unit, when Ben opens the pages across units, then each is sound."""
    ben = enter("Ben", **PHONE)
    for page in ("", "live/", "outcomes/", "community/"):
        ben.goto(f"/fidelity-across/{page}")
        expect(ben.locator("h1")).to_have_text("Fidelity across units")
        assert_sound(ben)
