"""Ada at a desk, without a mouse."""

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import Enter
from tests.journeys.looking import card, line, toast

NEEDS = "Needs you first"


@pytest.fixture
def ada(enter: Enter) -> Page:
    return enter("Ada")


def presses(page: Page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def test_a_contact_is_logged_by_keys_alone(ada: Page):
    """Given Today, when Ada presses l and types a name, then two Enters log a contact."""
    presses(ada, "l")
    dialog = ada.get_by_role("dialog")
    name = dialog.get_by_role("combobox", name="With whom")
    expect(name).to_be_focused()
    ada.keyboard.type("pern")
    presses(ada, "Enter")
    expect(name).to_have_value("Pernille Juul")
    expect(dialog).to_be_visible()  # the first Enter chose, it did not send
    presses(ada, "Enter")
    expect(toast(ada)).to_contain_text("Contact with Pernille Juul logged.")
    expect(line(ada, NEEDS, "Pernille")).to_have_count(0)


def test_other_answers_are_reached_with_tab_and_arrows(ada: Page):
    """Given the Log, when Ada tabs on, then day, way and answer are changed by keys."""
    presses(ada, "l")
    dialog = ada.get_by_role("dialog")
    expect(dialog.get_by_role("combobox", name="With whom")).to_be_focused()
    ada.keyboard.type("emil")
    presses(ada, "Enter", "Tab")
    expect(dialog.get_by_label("Day", exact=True)).to_be_focused()
    way = dialog.get_by_role("group", name="How").get_by_role("radio")
    while not way.first.evaluate("radio => radio === document.activeElement"):
        presses(ada, "Tab")  # day, month, year and the calendar are stops of their own
    presses(ada, "ArrowRight")
    expect(dialog.get_by_role("radio", name="phone")).to_be_checked()
    presses(ada, "Tab", "ArrowRight")
    expect(dialog.get_by_role("radio", name="no, did not come")).to_be_checked()
    presses(ada, "Enter")
    expect(toast(ada)).to_contain_text("Contact with Emil Østergaard logged.")
    # Another journey may have put him into the diary: the person comes first.
    ada.get_by_role("link", name="Emil Østergaard").first.click()
    first = card(ada, "What happened").locator(".timeline-entry").first
    expect(first).to_contain_text("Contact phone did not take place")


def test_escape_closes_and_the_focus_returns_to_where_it_was(ada: Page):
    """Given the focus on a link that opens a form, when it closes, then it is back."""
    ada.goto("/caseload/")
    link = ada.get_by_role("link", name="Refer somebody")
    link.focus()
    presses(ada, "Enter")
    dialog = ada.get_by_role("dialog")
    expect(dialog.get_by_label("Given name")).to_be_focused()
    presses(ada, "Escape")
    expect(dialog).to_be_hidden()
    expect(link).to_be_focused()


def test_escape_closes_the_list_first_and_what_was_typed_waits(ada: Page):
    """Given words in a form, when Ada presses Escape, then they are kept, unasked."""
    asked: list[str] = []
    ada.on(
        "dialog", lambda question: (asked.append(question.message), question.dismiss())
    )
    presses(ada, "l")
    dialog = ada.get_by_role("dialog")
    expect(dialog.get_by_role("combobox", name="With whom")).to_be_focused()
    ada.keyboard.type("sig")
    expect(dialog.get_by_role("option", name="Signe Lindholm")).to_be_visible()
    presses(ada, "Escape")
    expect(dialog.get_by_role("listbox")).to_be_hidden()
    expect(dialog).to_be_visible()

    dialog.get_by_role("textbox", name="Note").fill("A long thought")
    with ada.expect_response("**/drafts/"):
        presses(ada, "Escape")
    expect(dialog).to_be_hidden()
    assert asked == []
    presses(ada, "l")
    dialog.get_by_role("link", name="Take it up").click()
    expect(ada.get_by_role("textbox", name="Note")).to_have_value("A long thought")


def test_escape_asks_before_it_loses_words_that_nobody_keeps(ada: Page):
    """Given a draft that waits for an answer, when Ada types on, then Escape asks."""
    asked: list[str] = []
    ada.on(
        "dialog", lambda question: (asked.append(question.message), question.dismiss())
    )
    dialog = ada.get_by_role("dialog")
    note = dialog.get_by_role("textbox", name="Note")
    presses(ada, "l")
    note.fill("A long thought")
    with ada.expect_response("**/drafts/"):
        presses(ada, "Escape")
    expect(dialog).to_be_hidden()
    presses(ada, "l")
    expect(dialog.get_by_role("link", name="Take it up")).to_be_visible()
    note.fill("Another")
    presses(ada, "Escape")
    expect(note).to_have_value("Another")
    assert asked == ["Close without saving? What you typed will be lost."]


def test_the_first_tab_leads_past_the_navigation(ada: Page):
    """Given any page, when Tab is pressed first, then the content is one Enter away."""
    presses(ada, "Tab")
    expect(ada.get_by_role("link", name="Skip to content")).to_be_focused()
    presses(ada, "Enter")
    expect(ada.locator("main")).to_be_focused()


def test_what_has_the_focus_is_not_hidden_behind_the_buttons(ada: Page):
    """Given a long form, when Ada tabs through it, then each field is in sight."""
    ada.set_viewport_size({"width": 1024, "height": 480})
    presses(ada, "l")
    dialog = ada.get_by_role("dialog")
    save = dialog.get_by_role("button", name="Save")
    expect(dialog.get_by_role("combobox", name="With whom")).to_be_focused()
    for _stop in range(40):
        presses(ada, "Tab")
        if save.evaluate("button => button === document.activeElement"):
            return
        assert ada.evaluate(
            """() => {
              const item = document.activeElement;
              const box = (item.labels?.[0] ?? item).getBoundingClientRect();
              const top = document.elementFromPoint(box.x + 4, box.y + box.height / 2);
              const inside = item.closest("form, nav")?.contains(top);
              return inside && !top.closest(".form-buttons");
            }"""
        ), ada.evaluate("document.activeElement.outerHTML")
    pytest.fail("Save was not reached")
