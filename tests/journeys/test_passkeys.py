"""A new installation, outside the demo: the second step is set up, used, and survived.

Passkeys are bound to the name `localhost`; the browser has an authenticator of its own
that holds them and answers for a finger.
"""

import re
import time
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import Enter
from tests.journeys.serving import Site
from tests.journeys.sound import assert_sound
from tests.second_factors import code

EMAIL, PASSWORD = "ida@example.org", "four words that rhyme"
AUTHENTICATOR = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture
def new(empty: Site, visit: Enter) -> Page:
    """Return a browser in which Ida has set Braid up, up to the second step."""
    empty.restore()
    page = visit(empty, base_url=empty.address.replace("127.0.0.1", "localhost"))
    page.goto("/")
    for label, text in {
        "Your organisation": "Calder Vale Trust",
        "Your IPS unit": "Calder Vale IPS",
        "Your name": "Ida Quill",
        "Your e-mail": EMAIL,
        "Password": PASSWORD,
    }.items():
        page.get_by_label(label).fill(text)
    page.get_by_role("button", name="Set up Braid").click()
    expect(page.locator("h1")).to_have_text("Second step at sign-in")
    return page


def give_authenticator(page: Page) -> Any:
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    session.send("WebAuthn.addVirtualAuthenticator", {"options": AUTHENTICATOR})
    return session


def sign_out(page: Page) -> None:
    page.goto("/account/logout/")
    page.locator("main").get_by_role("button", name="Sign out").click()
    page.goto("/account/login/")
    expect(page.locator("h1")).to_have_text("Sign in")


def give_password(page: Page) -> None:
    page.get_by_label("Email").fill(EMAIL)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()


def kept_codes(page: Page) -> list[str]:
    """Return the recovery codes that are shown, and go on."""
    expect(page.locator("h1")).to_have_text("Recovery codes")
    assert_sound(page)
    codes = page.locator(".recovery-codes code").all_inner_texts()
    assert len(codes) == 10
    page.get_by_role("link", name="I have kept them").click()
    expect(page.locator("h1")).not_to_have_text("Recovery codes")
    return codes


def test_nothing_opens_before_the_second_step_is_set_up(new: Page):
    """Given a steward with a password only, when any page is opened, then it is not."""
    assert_sound(new)
    for address in ("/members/", "/unit/", "/imports/", "/"):
        new.goto(address)
        expect(new.locator("h1")).to_have_text("Second step at sign-in")


def test_a_passkey_is_set_up_and_lets_in_alone(new: Page):
    """Given a passkey, when Ida comes back, then her finger is enough."""
    give_authenticator(new)
    new.get_by_role("link", name="Set up a passkey").click()
    assert_sound(new)
    new.get_by_label("Name").fill("Work phone")
    new.get_by_role("button", name="Set up a passkey").click()
    kept_codes(new)
    new.goto("/members/")
    expect(new.locator("h1")).to_have_text("Members")
    sign_out(new)
    assert_sound(new)
    new.get_by_role("button", name="Sign in with a passkey").click()
    expect(new.locator("h1")).not_to_have_text("Sign in")
    new.goto("/members/")
    expect(new.locator("h1")).to_have_text("Members")
    new.goto("/account/factors/webauthn/")
    expect(new.locator("main")).to_contain_text("Work phone")
    assert_sound(new)


def test_a_passkey_is_the_second_step_after_a_password(new: Page):
    """Given a passkey, when Ida types her password, then the passkey is asked for."""
    give_authenticator(new)
    new.get_by_role("link", name="Set up a passkey").click()
    new.get_by_role("button", name="Set up a passkey").click()
    kept_codes(new)
    sign_out(new)
    give_password(new)
    expect(new.locator("h1")).to_have_text("Second step")
    assert_sound(new)
    new.get_by_role("button", name="Use a passkey").click()
    expect(new.locator("h1")).not_to_have_text("Second step")
    new.goto("/members/")
    expect(new.locator("h1")).to_have_text("Members")


def test_an_app_is_set_up_and_a_recovery_code_lets_in_without_it(new: Page):
    """Given an app with codes, when the phone is lost, then a code on paper lets in."""
    new.get_by_role("link", name="Set up an app").click()
    assert_sound(new)
    new.get_by_text("The camera does not work").click()
    secret = new.get_by_label("Type this key into the app").input_value()
    new.get_by_label(re.compile("code", re.I)).last.fill(code(secret))
    new.get_by_role("button", name="Set up").click()
    codes = kept_codes(new)
    sign_out(new)
    give_password(new)
    # The code of this half minute may be that of the set-up, which counts once.
    new.get_by_label("Code").fill(code(secret, at=time.time() + 30))
    new.get_by_role("button", name="Sign in", exact=True).click()
    expect(new.locator("h1")).not_to_have_text("Second step")
    sign_out(new)
    give_password(new)
    new.get_by_label("Code").fill("000000")
    new.get_by_role("button", name="Sign in", exact=True).click()
    expect(new.get_by_role("alert")).to_be_focused()
    assert_sound(new)
    new.get_by_label("Code").fill(codes[0])
    new.get_by_role("button", name="Sign in", exact=True).click()
    expect(new.locator("h1")).not_to_have_text("Second step")
    new.goto("/security/")
    expect(new.locator("h1")).to_have_text("Sign-in and security")
    assert_sound(new)
    new.goto("/account/sessions/")
    expect(new.locator("main")).to_contain_text("here, now")
    assert_sound(new)
    new.goto("/members/")
    new.locator("details[data-menu] summary").click()
    new.get_by_role("button", name="Act as data steward").click()
    new.goto("/access/sign-in/")
    expect(new.locator("h1")).to_have_text("Single sign-on")
    assert_sound(new)
    new.get_by_role("link", name="Add single sign-on").click()
    expect(new.get_by_role("heading", name="Add single sign-on")).to_be_visible()
    assert_sound(new)


def test_a_password_is_shown_while_it_is_typed(new: Page):
    """Given the sign-in page, when Show is pressed, then one sees what one types."""
    sign_out(new)
    field = new.get_by_label("Password")
    field.fill("four words")
    new.get_by_role("button", name="Show").click()
    expect(field).to_have_attribute("type", "text")
    new.get_by_role("button", name="Hide").click()
    expect(field).to_have_attribute("type", "password")
