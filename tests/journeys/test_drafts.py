"""What was typed is there again after a closed tab, on another device too."""

from playwright.sync_api import Page, expect

from tests.journeys.conftest import PHONE, Enter
from tests.journeys.looking import choose

LONG = ("She would like to bake. 🥐 " * 700).strip()  # some 20 kB


def test_ada_closes_the_tab_and_takes_it_up_on_another_device(enter: Enter):
    """Given a long note half written, when the tab closes, then it waits for her.

    Once it was saved, nothing waits any more.
    """
    first = enter("Ada", **PHONE)
    first.goto("/log/note/")
    choose(first.locator("main"), "About whom", "Pernille Juul")
    note = first.get_by_role("textbox", name="Note")
    note.fill(LONG)
    expect(first.get_by_text("Kept for you.")).to_be_visible()
    first.close()

    second: Page = enter("Ada")
    second.goto("/log/note/")
    expect(second.get_by_text("You began this and did not save it.")).to_be_visible()
    second.get_by_role("link", name="Take it up").click()
    assert second.get_by_role("textbox", name="Note").input_value() == LONG
    second.get_by_role("button", name="Save").click()
    second.goto("/log/note/")
    expect(second.get_by_text("You began this and did not save it.")).to_be_hidden()


def test_what_was_begun_is_thrown_away(enter: Enter):
    """Given a draft, when Ada throws it away, then the form is empty and stays so."""
    page = enter("Ada")
    page.goto("/log/note/")
    page.get_by_role("textbox", name="Note").fill("Not this")
    expect(page.get_by_text("Kept for you.")).to_be_visible()
    page.reload()
    page.get_by_role("button", name="Throw it away").click()
    expect(page.get_by_text("You began this")).to_be_hidden()
    expect(page.get_by_role("textbox", name="Note")).to_have_value("")
