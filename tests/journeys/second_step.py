"""The second step at sign-in, which everybody sets up outside the demo."""

from playwright.sync_api import Page, expect

from tests.second_factors import code


def set_up_app(page: Page) -> str:
    """Set up an app with codes, keep the recovery codes, and return the app's key."""
    expect(page.locator("h1")).to_have_text("Second step at sign-in")
    page.get_by_role("link", name="Set up an app").click()
    page.get_by_text("The camera does not work").click()
    secret = page.get_by_label("Type this key into the app").input_value()
    page.get_by_label("Authenticator code").fill(code(secret))
    page.get_by_role("button", name="Set up").click()
    page.get_by_role("link", name="I have kept them").click()
    expect(page.locator("h1")).not_to_have_text("Recovery codes")
    return secret
