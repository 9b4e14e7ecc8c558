"""A claim of the demo goes from its draft to money, is disputed, and ends adjusted."""

import re

from playwright.sync_api import Page, expect

from tests.journeys.conftest import Enter
from tests.journeys.looking import card
from tests.journeys.sound import assert_sound

SOMETHING = re.compile(r"[1-9][\d,]*\.\d\d")
OWN = "Job starts and lasting jobs in Havnelund (invented)"


def claims_of(page: Page, state: str) -> None:
    """Open the claims of the fund's agreement that stand in a state."""
    page.goto("/funding/")
    page.get_by_role("link", name=OWN).click()
    tabs = page.get_by_role("navigation", name="Pages of the agreement")
    tabs.get_by_role("link", name="Claims").click()
    states = page.get_by_role("navigation", name="Which claims")
    states.get_by_role("link", name=state).click()


def act(page: Page, address: str, name: str, **typed: str) -> None:
    """Take one step on the page of a claim, with what it asks for."""
    page.goto(address)
    page.get_by_role("link", name=name, exact=True).click()
    dialog = page.get_by_role("dialog")
    for label, value in typed.items():
        dialog.locator(f"[name={label}]").fill(value)
    dialog.get_by_role("button", name=name, exact=True).click()
    expect(dialog).to_be_hidden()


def state_of(page: Page, address: str) -> str:
    page.goto(address)
    return page.locator(".page-grid .pill").first.inner_text()


def test_a_claim_is_paid_disputed_and_adjusted(enter: Enter):
    """Given a draft that Ben prepared, when Sam releases it, then Femi pays and disputes."""
    ben = enter("Ben")
    claims_of(ben, "draft")
    assert_sound(ben)
    # A draft that is barred, for somebody else pays for the same, comes to nothing.
    ben.locator("tbody tr", has_text=SOMETHING).first.locator("a").first.click()
    address = ben.url
    expect(card(ben, "Why it is paid, or why not")).to_be_visible()
    expect(card(ben, "History")).to_contain_text("draft")
    assert_sound(ben)

    ben.get_by_role("link", name="Release", exact=True).click()
    dialog = ben.get_by_role("dialog")
    dialog.get_by_role("button", name="Release", exact=True).click()
    expect(dialog).to_contain_text("You prepared this claim yourself")

    sam, femi = enter("Sam"), enter("Femi")
    act(sam, address, "Release")
    act(ben, address, "Send to the funder")
    act(femi, address, "Accept")
    act(femi, address, "Note the payment", payment_reference="UDB-77")
    assert state_of(femi, address) == "paid"
    act(femi, address, "Dispute", text="The hours were fewer.")
    act(
        femi,
        address,
        "Propose a difference",
        amount="-50.00",
        text="A week less, by the payslips.",
    )
    act(ben, address, "Agree to the difference")
    assert state_of(femi, address) == "adjusted"
    expect(card(femi, "Differences and reversals")).to_contain_text("50.00")
    history = card(femi, "History")
    for told in ("UDB-77", "The hours were fewer.", "A week less, by the payslips."):
        expect(history).to_contain_text(told)
    assert_sound(femi)


def test_a_funder_sees_cases_and_no_person(enter: Enter):
    """Given claims that were sent, when Femi opens one, then nobody's name stands there."""
    ben = enter("Ben")
    ben.goto("/caseload/")
    named = [one for one in ben.locator(".row-title").all_inner_texts() if one.strip()]
    femi = enter("Femi")
    claims_of(femi, "paid")
    assert_sound(femi)
    femi.locator("tbody a").first.click()
    expect(card(femi, "Why it is paid, or why not")).to_be_visible()
    content = femi.content()
    assert not any(name in content for name in named)
    assert_sound(femi)
