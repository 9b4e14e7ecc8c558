"""An applicant comes to a page of their own, by a code on paper and a telephone."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import PHONE, Enter
from tests.journeys.looking import card, line, segment, toast
from tests.journeys.serving import Site
from tests.journeys.sound import assert_sound

PASSWORD = "violet harbour lamp 42"
MAI = "Mai Nguyen"
WORDS = "The library smells of paper. I like the quiet."


@pytest.fixture
def ada(enter: Enter) -> Page:
    return enter("Ada")


def open_person(page: Page, name: str) -> None:
    page.goto("/caseload/?view=list")
    page.get_by_role("link", name=name, exact=True).click()
    expect(page.locator("h1")).to_have_text(name)


def birth_date(page: Page) -> str:
    page.get_by_role("link", name="Contact details").click()
    dialog = page.get_by_role("dialog")
    day = dialog.get_by_label("Date of birth").input_value()
    page.keyboard.press("Escape")
    return day


def invite(page: Page) -> str:
    """Make the letter of the person whose page is open, and return its code."""
    page.get_by_role("link", name="Their own page").click()
    page.get_by_role("button", name="Make the invitation").click()
    code = page.locator(".letter-code")
    expect(code).to_have_text(re.compile(r"^\w{4}-\w{4}-\w{4}$"))
    assert_sound(page)
    return code.inner_text()


def come_in(page: Page, code: str, born: str, email: str) -> None:
    """Open the account that a letter is for."""
    page.goto("/welcome/")
    page.get_by_label("Code").fill(code.lower().replace("-", " "))
    page.get_by_label("Your date of birth").fill(born)
    page.get_by_role("button", name="Go on").tap()
    page.get_by_label("Your e-mail").fill(email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Open my page").tap()
    expect(page.locator("h1")).to_have_text(re.compile(r"Good \w+, "))


def test_from_a_code_on_paper_to_who_has_looked(site: Site, ada: Page, visit: Enter):
    """Given a letter, when Mai opens her page, then she reads, tells and sees who looked.

    What she tells her unit stands on Ada's page until Mai takes it back.
    """
    open_person(ada, MAI)
    born = birth_date(ada)
    goal = ada.locator("blockquote").inner_text()
    code = invite(ada)

    mai = visit(site, **PHONE)
    come_in(mai, code, born, "mai@example.org")
    expect(card(mai, "My plan").locator("blockquote")).to_have_text(goal)
    expect(line(mai, "People around me", "Ada Holm")).to_be_visible()

    question = card(mai, "How is it going?")
    segment(question, "well").check()
    question.get_by_label("In my own words").fill(WORDS)
    question.get_by_label("IPS Nord").check()
    question.get_by_role("button", name="Keep this").tap()
    expect(toast(mai)).to_contain_text("Those whom you ticked can read it.")
    said = card(mai, "What I said before")
    expect(said).to_contain_text("IPS Nord can read this.")

    open_person(ada, MAI)
    expect(ada.locator(".own-told")).to_contain_text(WORDS)

    mai.get_by_role("link", name="My data").tap()
    mai.get_by_role("link", name="Who has looked").tap()
    expect(mai.locator("main")).to_contain_text("Ada Holm")
    expect(mai.locator("main")).to_contain_text("IPS Havnelund")

    mai.goto("/me/how/")
    said.get_by_role("button", name="Take it back").tap()
    expect(toast(mai)).to_contain_text("Nobody can read it any more.")
    ada.reload()
    expect(ada.locator(".own-told")).to_have_count(0)
    expect(ada.locator("main")).not_to_contain_text(WORDS)


def test_the_plan_is_in_her_own_words(site: Site, ada: Page, visit: Enter):
    """Given a page of her own, when Mai changes her words, then Ada reads the new ones."""
    open_person(ada, MAI)
    born = birth_date(ada)
    mai = visit(site, **PHONE)
    come_in(mai, invite(ada), born, "mai@example.org")
    card(mai, "My plan").get_by_role("link", name="Change my words").tap()
    dialog = mai.get_by_role("dialog")
    dialog.get_by_label("What do I want?").fill("Books, and a door that I can close.")
    dialog.get_by_role("button", name="Save").tap()
    expect(toast(mai)).to_contain_text("Your words are saved.")
    open_person(ada, MAI)
    expect(ada.locator("blockquote")).to_contain_text("a door that I can close")


def test_a_found_letter_opens_nothing(site: Site, ada: Page, visit: Enter):
    """Given a letter that somebody found, when they guess, then its code soon ends."""
    open_person(ada, MAI)
    born = birth_date(ada)
    code = invite(ada)
    finder = visit(site, **PHONE)
    for guess in ("1990-01-01", "1991-01-01", "1992-01-01", born):
        finder.goto("/welcome/")
        finder.get_by_label("Code").fill(code)
        finder.get_by_label("Your date of birth").fill(guess)
        finder.get_by_role("button", name="Go on").tap()
        expect(finder.get_by_role("alert")).to_contain_text("do not open a page")
    assert_sound(finder)


def test_closing_the_page_is_for_good(site: Site, ada: Page, visit: Enter):
    """Given a page of her own, when Mai closes it, then nobody signs in there again."""
    open_person(ada, MAI)
    born = birth_date(ada)
    mai = visit(site, **PHONE)
    come_in(mai, invite(ada), born, "mai@example.org")
    mai.goto("/me/end/")
    mai.get_by_role("button", name="Close my page").tap()
    expect(mai.locator("h1")).to_have_text("Your page is closed")
    mai.goto("/account/login/")
    mai.get_by_label("Email").fill("mai@example.org")
    mai.get_by_label("Password").fill(PASSWORD)
    mai.get_by_role("button", name="Sign in", exact=True).tap()
    expect(mai.get_by_role("alert")).to_be_visible()
