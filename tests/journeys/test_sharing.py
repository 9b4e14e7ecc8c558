"""Saying yes and saying no: as many acts for the one as for the other."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.journeys.conftest import PHONE, Enter
from tests.journeys.looking import Hand, card, toast

SIGNE = "Signe Lindholm"
ADVICE = "advice about money and benefits"


@pytest.fixture(params=["Ada", "Signe"])
def side(request: pytest.FixtureRequest, enter: Enter) -> Page:
    """Return what is shared, as staff find it and as the applicant does."""
    page = enter(request.param, **PHONE)
    if request.param == "Signe":
        page.goto("/me/consents/")
        return page
    page.goto("/caseload/?view=list")
    page.get_by_role("link", name=SIGNE, exact=True).click()
    page.get_by_role("link", name="Sharing: what was agreed with whom").click()
    expect(page.locator("h1")).to_have_text("Sharing")
    return page


def submit(page: Page) -> Locator:
    return page.locator("main form button[type=submit]")


def agree(page: Page, hand: Hand, *classes: str) -> None:
    hand.tap(page.get_by_role("link", name=re.compile(rf"^Agree\b.*{ADVICE}")))
    for name in classes:
        hand.tap(page.get_by_role("checkbox", name=name))
    hand.tap(submit(page))
    expect(toast(page)).to_contain_text("Agreed. It counts from now on.")


def take_back(page: Page, hand: Hand, *classes: str) -> None:
    hand.tap(page.get_by_role("link", name=re.compile(rf"^Take back.*{ADVICE}")))
    for name in classes:
        hand.tap(page.get_by_role("checkbox", name=name))
    hand.tap(submit(page))
    expect(toast(page)).to_contain_text("Taken back.")


@pytest.mark.parametrize(
    ("given", "ended"),
    [
        (["My jobs, past and present"], ["Everything"]),
        (
            ["My name and date of birth", "My goals and plans for work"],
            ["name and date of birth", "goals and plans for work"],
        ),
    ],
    ids=["one class", "two classes"],
)
def test_giving_and_taking_back_take_as_many_acts(
    side: Page, given: list[str], ended: list[str]
):
    """Given a page of sharing, when somebody agrees and changes their mind, then the way
    back was not longer than the way in, and nothing is left of it."""
    yes, no = Hand(), Hand()
    agree(side, yes, *given)
    take_back(side, no, *ended)
    assert yes.acts == no.acts == len(given) + 2
    expect(
        side.get_by_role("link", name=re.compile(rf"^Take back.*{ADVICE}"))
    ).to_have_count(0)


def test_everything_is_taken_back_at_once(side: Page):
    """Given three classes agreed, when all is taken back, then it takes fewer acts."""
    yes, no = Hand(), Hand()
    agree(
        side,
        yes,
        "My name and date of birth",
        "My goals and plans for work",
        "My jobs, past and present",
    )
    take_back(side, no, "Everything")
    assert no.acts < yes.acts


def test_the_text_stands_before_the_ticks(side: Page):
    """Given an offer, when it is opened, then its whole text is read first."""
    side.get_by_role("link", name=re.compile(rf"^Agree\b.*{ADVICE}")).click()
    text = card_of(side)
    expect(text).to_contain_text("You can say no.")
    expect(text).to_contain_text("You can take this back at any time")
    expect(side.get_by_role("checkbox", checked=True)).to_have_count(0)


def card_of(page: Page) -> Locator:
    return card(page, "Agreement about sharing information")
