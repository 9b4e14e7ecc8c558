"""The career profile on a phone: two meetings, own words, and a sheet of paper."""

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import PHONE, Enter
from tests.journeys.looking import card, line, segment, toast
from tests.journeys.serving import Site
from tests.journeys.sound import assert_sound

SIGNE, OMAR = "Signe Lindholm", "Omar Saleh"
PERSON = (
    "SELECT id FROM people_applicant WHERE given_name || ' ' || family_name = ? LIMIT 1"
)


@pytest.fixture
def profile(site: Site) -> str:
    return f"/people/{site.key(PERSON, SIGNE)}/profile/"


def save(page: Page) -> None:
    page.get_by_role("button", name="Save", exact=True).tap()
    expect(toast(page)).to_contain_text("is saved.")


def suggested(page: Page) -> list[str]:
    tiles = card(page, "For this meeting").locator("a.row-title")
    return tiles.all_inner_texts()


def test_two_meetings_and_paper(site: Site, enter: Enter):
    """Given Omar, of whom nothing is written, when they talk twice, then it is there.

    The first meeting writes A and D, the second K and M; what is printed leaves out what
    he said about money.
    """
    profile = f"/people/{site.key(PERSON, OMAR)}/profile/"
    ada = enter("Ada", **PHONE)
    ada.goto(profile)
    assert suggested(ada) == ["The goal", "Jobs so far", "Everyday life", "Benefits"]

    card(ada, "For this meeting").get_by_role("link", name="The goal").tap()
    ada.get_by_label("The goal, in own words").fill("Flowers, and mornings off.")
    ada.get_by_label("If everything were possible: which job?").fill("A florist")
    assert_sound(ada)
    save(ada)
    card(ada, "For this meeting").get_by_role("link", name="Jobs so far").tap()
    ada.get_by_role("link", name="Add a job").tap()
    dialog = ada.get_by_role("dialog")
    dialog.get_by_label("Job title").fill("Kitchen help")
    dialog.get_by_label("From (year)").fill("2018")
    dialog.get_by_label("To (year)").fill("2015")
    dialog.get_by_role("button", name="Save").tap()
    expect(dialog.get_by_role("alert")).to_contain_text("ends before it begins")
    dialog.get_by_label("To (year)").fill("2019")
    dialog.get_by_role("button", name="Save").tap()
    expect(card(ada, "Jobs so far")).to_contain_text("2018–2019")
    assert_sound(ada)

    ada.goto(profile)
    assert suggested(ada) == ["Everyday life", "Benefits"]
    card(ada, "For this meeting").get_by_role("link", name="Everyday life").tap()
    ada.get_by_label("bicycle", exact=True).check()
    ada.get_by_label("Hours a week that would be right").fill("15")
    segment(ada.locator("main"), "calm").check()
    save(ada)
    card(ada, "For this meeting").get_by_role("link", name="Benefits").tap()
    ada.get_by_label("Worries about losing money").fill("The rent")
    save(ada)
    expect(ada.locator(".page-header")).to_contain_text("4 of 16 sections touched")
    assert_sound(ada)

    ada.goto(profile + "print/")
    paper = ada.locator("main")
    expect(paper).to_contain_text("A florist")
    expect(paper).to_contain_text("bicycle")
    expect(paper).not_to_contain_text("The rent")
    assert_sound(ada)


def test_signe_writes_her_own_part_and_says_that_it_is_right(
    profile: str, enter: Enter
):
    """Given her profile, when Signe adds why she wants to work, then Ada reads it."""
    signe = enter("Signe", **PHONE)
    signe.goto("/me/profile/a/")
    signe.get_by_label("Why work? The reason, in own words").fill("To smell of leaves.")
    assert_sound(signe)
    save(signe)
    signe.get_by_role("button", name="This is right").tap()
    expect(toast(signe)).to_contain_text("read and found right")

    ada = enter("Ada", **PHONE)
    ada.goto(profile + "a/")
    expect(ada.locator("main")).to_contain_text(f"{SIGNE} wrote this")
    expect(ada.get_by_label("Why work?")).to_have_value("To smell of leaves.")


def test_what_was_typed_survives_a_meeting_at_once(profile: str, enter: Enter):
    """Given A open on two phones, when both write why, then both texts are on the page."""
    ada, signe = enter("Ada", **PHONE), enter("Signe", **PHONE)
    ada.goto(profile + "e/")
    signe.goto("/me/profile/e/")
    signe.get_by_label("What do others praise?").fill("My patience")
    save(signe)
    ada.get_by_label("What do others praise?").fill("Careful hands")
    ada.get_by_role("button", name="Save", exact=True).tap()
    expect(ada.get_by_role("alert")).to_contain_text("Nothing was saved yet")
    expect(ada.locator(".notice").first).to_contain_text("My patience")
    expect(ada.get_by_label("What do others praise?")).to_have_value("Careful hands")
    assert_sound(ada)
    save(ada)
    ada.goto(profile + "history/")
    lines = card(ada, "Answer by answer").get_by_role("listitem")
    expect(lines.first).to_contain_text("Careful hands")
    expect(lines.first).to_contain_text("My patience")


def test_a_job_so_far_is_changed_and_taken_away(enter: Enter):
    """Given a job that Signe wrote down, when she takes it away, then she is asked first."""
    signe = enter("Signe", **PHONE)
    signe.goto("/me/profile/d/")
    signe.get_by_role("link", name="Add a job").tap()
    signe.get_by_role("dialog").get_by_label("Job title").fill("Postwoman")
    signe.get_by_role("dialog").get_by_role("button", name="Save").tap()
    signe.get_by_role("link", name="Postwoman", exact=True).tap()
    dialog = signe.get_by_role("dialog")
    dialog.get_by_label("Employer", exact=True).fill("The post office")
    dialog.get_by_role("button", name="Save").tap()
    expect(line(signe, "Jobs so far", "The post office")).to_be_visible()
    signe.get_by_role("link", name="Take away : Postwoman").tap()
    assert_sound(signe)
    signe.get_by_role("dialog").get_by_role("button", name="Take away").tap()
    expect(line(signe, "Jobs so far", "Postwoman")).to_have_count(0)
