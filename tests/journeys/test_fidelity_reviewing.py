"""A review is planned, gets its people, its agenda and its sample; reviewers read numbers."""

from playwright.sync_api import Page, expect

from tests.journeys.conftest import Enter
from tests.journeys.looking import card
from tests.journeys.sound import assert_sound


def give_seat(page: Page, name: str, part: str) -> None:
    page.get_by_role("link", name="Give a seat").click()
    dialog = page.get_by_role("dialog")
    who = dialog.locator("select[name=user]")
    value = who.locator("option", has_text=name).get_attribute("value")
    who.evaluate(
        "(select, value) => { select.value = value;"
        " select.dispatchEvent(new Event('change', {bubbles: true})); }",
        value,
    )
    dialog.get_by_label("As", exact=True).select_option(label=part)
    dialog.get_by_role("button", name="Give the seat").click()
    taking_part = card(page, "Who takes part")
    expect(taking_part.get_by_text(name, exact=True)).to_be_visible()


def freeze(page: Page) -> None:
    """Freeze the figures; a worker does it, and the page is looked at again."""
    page.get_by_role("button", name="Freeze the figures").click()
    rests_on = card(page, "What it rests on")
    for _look in range(60):
        if "as of" in rests_on.inner_text():
            return
        page.wait_for_timeout(1000)
        page.reload()
    raise AssertionError(f"The figures were not frozen: {rests_on.inner_text()}")


def test_a_review_is_planned_and_its_sample_drawn(enter: Enter):
    """Given a plan of Ben's, when Rui has a seat, then Rui reads numbers and no name."""
    ben = enter("Ben")
    ben.goto("/fidelity-reviews/ips-nord/")
    ben.get_by_role("link", name="Plan a review").click()
    ben.get_by_label("Edition of the manual").fill("Manual, 4th edition")
    today = ben.evaluate("new Date().toISOString().slice(0, 10)")
    ben.get_by_label("Day of the figures").fill(today)
    ben.get_by_role("button", name="Plan it").click()
    expect(ben.locator("h1")).to_have_text("Review of IPS Nord")
    in_the_way = card(ben, "What comes next")
    expect(in_the_way).to_contain_text("two reviewers or more")
    give_seat(ben, "Rui Tavares", "lead reviewer")
    give_seat(ben, "Ida Brandt", "reviewer")
    expect(in_the_way).not_to_contain_text("two reviewers or more")
    freeze(ben)
    assert_sound(ben)
    address = ben.url

    ben.get_by_role("link", name="Agenda").click()
    ben.get_by_role("button", name="Begin with the usual agenda").click()
    expect(ben.get_by_role("rowheader", name="Shadowing")).to_be_visible()
    ben.goto(f"{address}pieces/")
    # Every item is computed from the figures that were frozen.
    ben.get_by_role("button", name="Draw up the list").click(timeout=60_000)
    expect(ben.get_by_text("answered by the record").first).to_be_visible()
    ben.goto(f"{address}sample/")
    ben.get_by_role("button", name="Draw the sample").click()
    named = ben.locator("tbody a").all_inner_texts()
    assert len(named) == 10
    assert_sound(ben)

    rui = enter("Rui")
    expect(rui.locator("h1")).to_have_text("Reviews")
    rui.goto(f"{address}sample/")
    rows = rui.locator("tbody tr")
    expect(rows).to_have_count(10)
    assert not any(name in rui.content() for name in named)
    assert_sound(rui)
