"""What waits: put off with its reason, taken up again, and done with one tap."""

from datetime import date, timedelta

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.journeys.conftest import PHONE, Enter
from tests.journeys.looking import Hand, toast
from tests.journeys.sound import assert_sound

CALL = "Ring the bakery about the rota"


@pytest.fixture
def ada(enter: Enter) -> Page:
    page = enter("Ada", **PHONE)
    page.goto("/todo/")
    return page


def thing(page: Page, text: str) -> Locator:
    return page.get_by_role("listitem").filter(has_text=text)


def put_off(page: Page, line: Locator, days: int, reason: str) -> Locator:
    """Ask for a reminder later, and return the dialog."""
    line.get_by_role("link", name="Put off").first.tap()
    dialog = page.get_by_role("dialog")
    later = date.today() + timedelta(days)
    dialog.get_by_label("Again on", exact=True).fill(later.isoformat())
    dialog.get_by_label("Why?").fill(reason)
    dialog.get_by_role("button", name="Put it off").tap()
    return dialog


def test_a_clock_is_put_off_with_its_reason_and_never_for_long(ada: Page):
    """Given Pernille, not met for weeks, when Ada puts it off, then her reason stands.

    Two months are refused, and what she typed is still there.
    """
    name = "Pernille Juul"
    line = thing(ada, name).filter(has_text="Not met for")
    dialog = put_off(ada, line, 60, "Away with her sister")
    expect(dialog.get_by_role("alert")).to_be_visible()
    expect(dialog.get_by_label("Why?")).to_have_value("Away with her sister")
    assert_sound(ada)
    later = date.today() + timedelta(3)
    dialog.get_by_label("Again on", exact=True).fill(later.isoformat())
    dialog.get_by_role("button", name="Put it off").tap()
    expect(toast(ada)).to_contain_text("It comes back by itself on that day.")
    off = thing(ada, "Away with her sister")
    expect(off).to_contain_text(name)
    assert_sound(ada)
    off.get_by_role("button", name="Take it up again").tap()
    expect(toast(ada)).to_contain_text("It is on the list again.")
    expect(thing(ada, "Away with her sister")).to_have_count(0)
    expect(line).to_be_visible()


def test_a_task_is_written_given_to_somebody_and_done_with_one_tap(ada: Page):
    """Given something to do, when Ada taps it, then it is done, and open again by Undo."""
    ada.get_by_role("link", name="Something to do").tap()
    dialog = ada.get_by_role("dialog")
    dialog.get_by_label("What is to be done?").fill(CALL)
    dialog.get_by_role("button", name="Save").tap()
    expect(toast(ada)).to_contain_text("It is on the list.")

    thing(ada, CALL).get_by_role("link", name=CALL, exact=True).tap()
    expect(ada.locator("h1")).to_have_text("Who does it?")
    assert_sound(ada)
    ada.get_by_role("button", name="Save").tap()
    expect(ada.locator("h1")).to_have_text("To do")

    hand = Hand()
    hand.tap(thing(ada, CALL).get_by_role("button", name="Done"))
    assert hand.acts == 1
    expect(toast(ada)).to_contain_text("Done.")
    toast(ada).get_by_role("button", name="Undo").tap()
    expect(toast(ada)).to_contain_text("Open again.")
    expect(thing(ada, CALL).get_by_role("button", name="Done")).to_be_visible()
