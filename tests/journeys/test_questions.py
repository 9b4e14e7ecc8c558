"""A question goes to the other side, and is answered without an account."""

import re
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import PHONE, Enter
from tests.journeys.looking import toast
from tests.journeys.serving import Site

# Somebody of Ada's unit who lets the job centre read about jobs.
SHARING = (
    "SELECT {} FROM people_applicant a "
    "JOIN people_episode e ON e.applicant_id = a.id AND e.state = 'active' "
    "JOIN access_team t ON t.id = e.unit_id AND t.slug = ? "
    "JOIN people_caseworkspell k ON k.episode_id = e.id AND k.last_day IS NULL "
    "JOIN access_team c ON c.id = k.team_id "
    "JOIN access_sharing s ON s.applicant_id = a.id "
    "AND s.organisation_id = c.organisation_id AND s.information = 'jobs' "
    "AND s.purpose = 'job_search_support' AND s.last_day > date('now') "
    "ORDER BY a.family_name, a.given_name, a.id"
)
QUESTION = "Is the travel card ordered?"


@pytest.fixture
def person(site: Site) -> str:
    return site.text(SHARING.format("a.given_name || ' ' || a.family_name"), "ips-nord")


@pytest.fixture
def ada(site: Site, enter: Enter, person: str) -> Page:
    """Ada asks the job centre about somebody."""
    page = enter("Ada")
    key = site.key(SHARING.format("a.id"), "ips-nord")
    page.goto(f"/questions/new/?person={key}&of=employment")
    expect(page.locator("h1")).to_have_text(f"Ask about {person}")
    return page


def ask(page: Page) -> None:
    page.get_by_label("About what?").select_option(label="jobs, past and present")
    page.get_by_label("Question", exact=True).fill(QUESTION)
    page.get_by_role("button", name="Ask", exact=True).click()
    expect(toast(page)).to_contain_text("Asked.")


def link_and_code(page: Page) -> tuple[str, str]:
    """Let Ada make a link; return its path and the code."""
    page.get_by_role("link", name="Let somebody answer without an account").click()
    page.get_by_label("Who answers?").fill("Dev Rao, job centre")
    page.get_by_role("button", name="Make the link").click()
    shown = page.locator("main")
    expect(shown).to_contain_text("Both are shown once")
    text = shown.inner_text()
    link = re.search(r"https?://\S+/answer/\S+", text)
    code = re.search(r"\b\d{4} \d{4}\b", text)
    assert link is not None
    assert code is not None
    return urlsplit(link.group(0)).path, code.group(0)


def test_a_caseworker_answers_by_a_link(
    ada: Page, site: Site, visit: Enter, person: str
):
    """Given a question, when Dev opens the link with its code, then Ada has the answer.

    He sees this question alone, with initials; a wrong code opens nothing, and the link
    is over when he has answered.
    """
    ask(ada)
    path, code = link_and_code(ada)

    dev = visit(site, **PHONE)
    dev.goto(path)
    wrong = "0000 0000" if code != "0000 0000" else "1111 1111"
    dev.get_by_label("Code").fill(wrong)
    dev.get_by_role("button", name="Open the question").click()
    expect(dev.get_by_role("alert")).to_contain_text("open no question")
    expect(dev.locator("main")).not_to_contain_text("travel card")

    dev.get_by_label("Code").fill(code)
    dev.get_by_role("button", name="Open the question").click()
    main = dev.locator("main")
    expect(main).to_contain_text(QUESTION)
    given, family = person.split()[0], person.split()[-1]
    expect(main).to_contain_text(f"{given[0]}. ")
    expect(main).to_contain_text("Ada Holm")
    expect(main).not_to_contain_text(given)
    expect(main).not_to_contain_text(family)
    dev.get_by_label("Answer").fill("It comes on Thursday.")
    dev.get_by_role("button", name="Send the answer").click()
    expect(main).to_contain_text("has your answer")
    dev.goto(path)
    expect(dev.get_by_label("Code")).to_be_visible()

    ada.goto("/questions/")
    ada.get_by_role("link", name=QUESTION).click()
    expect(ada.locator("main")).to_contain_text("It comes on Thursday.")
    expect(ada.locator("main")).to_contain_text("Dev Rao, job centre")


def test_the_form_says_what_may_be_asked_while_it_is_filled_in(ada: Page):
    """Treatment is asked of the clinic only; the form says so before anything is sent."""
    bar = ada.locator("[data-bar]")
    ada.get_by_label("About what?").select_option(label="jobs, past and present")
    expect(bar).to_have_count(0)
    ada.get_by_label("About what?").select_option(label="treatment")
    expect(bar).to_contain_text("Treatment is asked of the treatment team only")
    ada.get_by_label("Question", exact=True).fill("How does she sleep?")
    ada.get_by_role("button", name="Ask", exact=True).click()
    expect(ada.get_by_label("Question", exact=True)).to_have_value(
        "How does she sleep?"
    )
    expect(ada.get_by_role("alert")).to_contain_text("treatment team only")


def test_it_is_answered_without_scripts_too(ada: Page, site: Site, visit: Enter):
    ask(ada)
    path, code = link_and_code(ada)
    dev = visit(site, java_script_enabled=False)
    dev.goto(path)
    dev.get_by_label("Code").fill(code)
    dev.get_by_role("button", name="Open the question").click()
    dev.get_by_label("Answer").fill("On Thursday.")
    dev.get_by_label("Your name and where you work").fill("Dev Rao, job centre")
    dev.get_by_role("button", name="Send the answer").click()
    expect(dev.locator("main")).to_contain_text("has your answer")
