"""An applicant says yes, a clinician reads; the applicant says no, and nothing is left."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import Enter
from tests.journeys.looking import card
from tests.journeys.sound import assert_sound

SIGNE = "Signe Lindholm"
REGION = re.compile("Region Havnelund")


@pytest.fixture
def two(enter: Enter) -> tuple[Page, Page]:
    """Signe and Cora, each in a browser of their own."""
    return enter("Signe"), enter("Cora")


def open_shared(cora: Page) -> None:
    cora.goto("/shared/")
    cora.get_by_role("link", name=SIGNE).click()
    expect(cora.locator("h1")).to_have_text(SIGNE)


def agreement(signe: Page):
    """Return the line of what is shared with the region now."""
    signe.goto("/me/consents/")
    return card(signe, "What I share now").locator("li").filter(has_text=REGION).first


def test_what_an_applicant_agrees_to_is_read_until_it_is_withdrawn(
    two: tuple[Page, Page],
):
    """Given Signe shares some, when she adds health, then Cora reads it, until no more.

    Cora's page was open all the while: the next thing she asks for is answered anew.
    """
    signe, cora = two
    open_shared(cora)
    withheld = card(cora, "What you do not see, and why")
    expect(withheld).to_contain_text("health that matters at work")
    assert_sound(cora)

    agreement(signe).get_by_role("link", name="Agree anew").click()
    for name in ("name and date of birth", "health that matters"):
        signe.get_by_role("checkbox", name=re.compile(name, re.IGNORECASE)).check()
    signe.locator("main form button[type=submit]").last.click()
    expect(signe.locator("h1")).to_have_text("What I have agreed to")

    cora.reload()
    expect(card(cora, "Health that matters at work")).to_contain_text(
        "Tells two colleagues herself"
    )
    expect(withheld).to_contain_text("jobs, past and present")

    signe.goto("/me/who-sees/")
    expect(card(signe, "Who sees something")).to_contain_text("Cora Winther")
    assert_sound(signe)

    agreement(signe).get_by_role("link", name="Take back").click()
    signe.get_by_role("checkbox", name=re.compile("Everything")).check()
    signe.locator("main form button[type=submit]").last.click()
    expect(signe.locator("h1")).to_have_text("What I have agreed to")

    # What her own team wrote is its own; of what the unit wrote nothing is left.
    cora.reload()
    expect(withheld).to_contain_text("health that matters at work")
    expect(cora.locator("main")).not_to_contain_text("Tells two colleagues herself")
    signe.goto("/me/who-sees/")
    line = card(signe, "Who sees something").locator("li", has_text="Cora Winther")
    expect(line).to_contain_text("treatment notes")
    expect(line).not_to_contain_text("consent")


def test_who_reads_a_note_is_said_while_it_is_written(enter: Enter):
    """Given the note form, when its kind changes, then so does the line of its readers."""
    ada = enter("Ada")
    ada.goto("/search/?q=signe lindholm")
    ada.locator("main").get_by_role("link", name=SIGNE).click()
    ada.get_by_role("link", name="Log", exact=True).click()
    dialog = ada.get_by_role("dialog")
    expect(dialog).to_contain_text("Read by: IPS Nord")
    dialog.get_by_role("link", name="Note").click()
    expect(dialog).to_contain_text("(what was said in confidence)")
    dialog.get_by_role("radio", name="work and goals").check(force=True)
    expect(dialog).to_contain_text("Team Øst")
    expect(dialog).to_contain_text("(goals and plans for work)")


def test_beside_a_group_of_fields_stands_who_sees_it(enter: Enter):
    """Given a person's page, when one asks who sees this, then the audience is told."""
    ada = enter("Ada")
    ada.goto("/search/?q=signe lindholm")
    ada.locator("main").get_by_role("link", name=SIGNE).click()
    expect(card(ada, "Who may see what")).to_contain_text("Team Øst")
    card(ada, "Work").get_by_role("link", name="Who sees this?").click()
    dialog = ada.get_by_role("dialog")
    expect(dialog.locator("#dialog-title")).to_have_text("Who sees this?")
    expect(dialog).to_contain_text("Team Øst")
    assert_sound(ada)
    dialog.get_by_role("link", name="Who can see what, as a whole").click()
    expect(ada.locator("h1")).to_have_text("Who can see what")
    assert_sound(ada)
