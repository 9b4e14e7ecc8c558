"""The working day of Ada Holm, on a telephone: diary, leads, what fits, a week of time."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import PHONE, Enter
from tests.journeys.looking import Hand, card, segment, toast


@pytest.fixture
def ada(enter: Enter) -> Page:
    return enter("Ada", **PHONE)


def test_an_appointment_is_planned_in_four_acts_and_kept_with_one(ada: Page):
    """Given the diary, when Ada plans Pernille and they meet, then a contact stands there.

    When she takes it back, then it is planned again, and nothing is logged.
    """
    ada.goto("/diary/")
    ada.get_by_role("link", name="Plan an appointment").tap()
    dialog = ada.get_by_role("dialog")
    hand = Hand()
    hand.tap(dialog.get_by_role("combobox", name="Who, or about whom"))
    hand.tap(dialog.get_by_role("option", name="Pernille Juul"))
    hand.acts += 1
    dialog.locator("[name=begins_at]").fill("07:10")
    hand.tap(dialog.get_by_role("button", name="Save"))
    assert hand.acts <= 4
    expect(toast(ada)).to_contain_text("Appointment planned.")
    line = ada.get_by_role("listitem").filter(has_text="Pernille Juul")
    expect(line.filter(has_text="07:10")).to_be_visible()

    kept = Hand()
    kept.tap(line.filter(has_text="07:10").get_by_role("button", name="Kept"))
    assert kept.acts == 1
    expect(toast(ada)).to_contain_text("Kept, and logged as a contact.")
    expect(line.filter(has_text="07:10")).to_contain_text("kept")
    toast(ada).get_by_role("button", name="Undo").tap()
    expect(toast(ada)).to_contain_text("Taken back.")
    expect(
        line.filter(has_text="07:10").get_by_role("button", name="Kept")
    ).to_be_visible()


def test_a_lead_is_shared_in_few_acts_and_compared_with_plans(ada: Page):
    """Given a job Ada heard of, when she shares it, then the unit reads whom it fits."""
    ada.goto("/leads/")
    ada.get_by_role("link", name="Share a lead").tap()
    dialog = ada.get_by_role("dialog")
    hand = Hand()
    hand.tap(dialog.get_by_role("combobox", name="Employer"))
    hand.tap(dialog.get_by_role("option").nth(1))
    hand.tap(dialog.get_by_label("Which work"))
    hand.type(ada, "Bakery assistant")
    hand.tap(dialog.get_by_role("button", name="Save"))
    assert hand.acts <= 5
    expect(toast(ada)).to_contain_text("Lead shared with the unit.")
    expect(ada.locator("h1")).to_have_text("Bakery assistant")

    ada.get_by_role("link", name="People whose plan this fits").tap()
    expect(ada.locator("h1")).to_have_text("People whose plan this fits")
    ada.get_by_role("link", name=re.compile("All, with why not")).tap()
    current = ada.locator(".tabs [aria-current]")
    expect(current).to_contain_text("All, with why not")
    names = ada.locator(".card h2").all_inner_texts()
    assert names == sorted(names)


def test_a_name_in_a_lead_is_asked_about_and_stays_typed(ada: Page):
    ada.goto("/leads/new/")
    ada.get_by_label("Or a new employer").fill("Cykelhjørnet")
    ada.get_by_label("Which work").fill("Shop")
    ada.get_by_label("More about it").fill("Pernille Juul would like it.")
    ada.get_by_role("button", name="Save").tap()
    expect(ada.get_by_role("alert")).to_contain_text("Pernille Juul")
    expect(ada.get_by_label("More about it")).to_have_value(
        "Pernille Juul would like it."
    )
    ada.get_by_label("It is somebody else of that name. Keep it.").check()
    ada.get_by_role("button", name="Save").tap()
    expect(ada.locator("h1")).to_have_text("Shop")


def test_a_week_of_time_takes_three_acts(ada: Page):
    """Given what Ada logged last week, when she fills up and saves, then it is written."""
    ada.goto("/time/")
    ada.get_by_role("link", name="the week before").tap()
    expect(ada.locator("main")).to_contain_text("Nothing is saved yet.")
    hand = Hand()
    hand.tap(segment(ada.locator("main"), "administration"))
    hand.tap(ada.get_by_role("button", name="Save the week").first)
    assert hand.acts <= 3
    expect(toast(ada)).to_contain_text("Week saved.")
    expect(ada.locator("main")).not_to_contain_text("Nothing is saved yet.")
    ada.get_by_role("link", name="Where the time went").tap()
    expect(ada.get_by_role("table")).to_contain_text("Ada Holm")


def test_employers_nobody_visited_are_found_and_say_where_they_stand(ada: Page):
    ada.goto("/employers/")
    ada.get_by_label("Not visited for").select_option("3")
    ada.get_by_role("button", name="Search", exact=True).last.tap()
    ada.wait_for_url(re.compile("quiet=3"))
    ada.locator("tbody a").first.tap()
    expect(card(ada, "Three visits").get_by_role("listitem")).to_have_count(3)
