"""The way in and the way out: a referral, a wish from outside, and an end that waits."""

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import PHONE, Enter
from tests.journeys.looking import card, line, toast
from tests.journeys.serving import Site
from tests.journeys.sound import assert_sound


@pytest.fixture
def ada(enter: Enter) -> Page:
    return enter("Ada", **PHONE)


def open_person(page: Page, name: str) -> None:
    page.goto("/caseload/?view=list")
    page.get_by_role("link", name=name, exact=True).click()
    expect(page.locator("h1")).to_have_text(name)


def test_a_clinician_refers_in_one_sentence_and_the_unit_confirms_it(enter: Enter):
    """Given Cora at the clinic, when she refers, then Ada sees it, and Cora is told."""
    cora = enter("Cora", **PHONE)
    cora.goto("/refer/")
    expect(card(cora, "Who can be referred")).to_contain_text("only question")
    cora.get_by_label("Given name").fill("Nora")
    cora.get_by_label("Family name").fill("Dahlgren")
    cora.get_by_label("In one sentence").fill("Wants to work outdoors.")
    cora.get_by_label("The person knows of this").check()
    cora.get_by_role("button", name="Refer", exact=True).tap()
    expect(cora.locator("h1")).to_have_text("Your referrals")
    expect(cora.get_by_text("receipt not confirmed yet")).to_be_visible()

    ada = enter("Ada", **PHONE)
    ada.goto("/referrals/")
    waiting = line(ada, "Referred, not taken on yet", "Nora Dahlgren").first
    expect(waiting).to_contain_text("Wants to work outdoors.")
    waiting.get_by_role("button", name="Confirm receipt").tap()
    expect(toast(ada)).to_contain_text("Receipt confirmed.")

    cora.reload()
    expect(cora.get_by_text("receipt confirmed")).to_be_visible()
    expect(cora.get_by_text("Nora Dahlgren")).to_have_count(0)


def test_a_wish_from_outside_becomes_a_referral(site: Site, visit: Enter, enter: Enter):
    """Given a page for anybody, when Tove writes, then Ada takes it up."""
    ben = enter("Ben")
    ben.goto("/members/")
    ben.get_by_role("link", name="Wishes from outside: closed").first.click()
    dialog = ben.get_by_role("dialog")
    dialog.get_by_label("Anybody may write to this unit").check()
    dialog.get_by_role("button", name="Save").click()
    expect(toast(ben)).to_contain_text("Saved.")

    ben.goto("/referrals/")
    address = card(ben, "Wishes from outside").locator(".source a").first
    outside = visit(site, **PHONE)
    outside.goto(address.get_attribute("href") or "")
    assert_sound(outside)
    outside.get_by_label("Name of who wants to work").fill("Tove Krog")
    outside.get_by_label("Phone or e-mail").fill("55 50 10 12")
    outside.get_by_role("button", name="Send").tap()
    expect(outside.locator("h1")).to_have_text("Thank you")
    assert_sound(outside)

    ada = enter("Ada", **PHONE)
    ada.goto("/referrals/")
    asked = line(ada, "Wishes from outside", "Tove Krog").first
    asked.get_by_role("link", name="Close").tap()
    dialog = ada.get_by_role("dialog")
    expect(dialog).to_contain_text("Whoever wants to work can be referred")
    assert_sound(ada)
    ada.keyboard.press("Escape")
    asked.get_by_role("link", name="Take up").tap()
    expect(dialog.get_by_label("Given name")).to_have_value("Tove")
    dialog.get_by_label("In one sentence").fill("A bakery, early.")
    dialog.get_by_role("button", name="Refer", exact=True).tap()
    expect(ada.locator("h1")).to_have_text("Tove Krog")


def test_nobody_is_lost_before_they_were_looked_for(ada: Page):
    """Given Pernille, when Ada ends as lost, then the page says what is still missing."""
    open_person(ada, "Pernille Juul")
    ada.get_by_role("link", name="End the episode").tap()
    dialog = ada.get_by_role("dialog")
    expect(dialog).to_contain_text("this is missing")
    dialog.get_by_label("Reason").select_option("lost_contact")
    dialog.get_by_role("button", name="End the episode").tap()
    expect(dialog).to_contain_text("Contact was not sought enough to end this.")
    dialog.get_by_label("Reason").select_option("own_wish")
    dialog.get_by_role("button", name="End the episode").tap()
    expect(toast(ada)).to_contain_text("The way back stays open.")


def test_whoever_ended_comes_back_without_a_referral(ada: Page, enter: Enter):
    """Given Signe, who ended as she wished, when she writes a sentence, then she waits."""
    open_person(ada, "Signe Lindholm")
    ada.get_by_role("link", name="End the episode").tap()
    dialog = ada.get_by_role("dialog")
    dialog.get_by_label("Reason").select_option("own_wish")
    dialog.get_by_role("button", name="End the episode").tap()
    expect(toast(ada)).to_contain_text("The way back stays open.")

    signe = enter("Signe", **PHONE)
    signe.get_by_role("link", name="I want to work again").tap()
    expect(signe.locator("h1")).to_have_text("I want to work again")
    assert_sound(signe)
    signe.get_by_label("In one sentence").fill("I miss the ovens.")
    signe.get_by_role("button", name="Send").tap()
    expect(toast(signe)).to_contain_text("Received.")

    ada.goto("/referrals/")
    waiting = line(ada, "Referred, not taken on yet", "Signe Lindholm").first
    expect(waiting).to_contain_text("I miss the ovens.")
