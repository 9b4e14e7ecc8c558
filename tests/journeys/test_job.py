"""A job in the hand of Ada Holm: its start with a payslip, a rise, an absence, its end."""

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.documents import files
from tests.journeys.conftest import PHONE, Enter
from tests.journeys.looking import Hand, card, open_log, segment, toast

LIBRARY = "Havnelund Bibliotek"


@pytest.fixture
def ada(enter: Enter) -> Page:
    return enter("Ada", **PHONE)


def save(dialog: Locator) -> None:
    dialog.get_by_role("button", name="Save").tap()


def begin(ada: Page) -> int:
    """Log a job start; return how many acts that took, once the form is open."""
    hand = Hand()
    dialog = open_log(ada, "Job start")
    for label, name in (("Who starts", "Mai Nguyen"), ("Employer", LIBRARY)):
        hand.tap(dialog.get_by_role("combobox", name=label))
        hand.tap(dialog.get_by_role("option", name=name).first)
    hand.tap(dialog.get_by_role("button", name="Save"))
    expect(toast(ada)).to_contain_text("Job start of Mai Nguyen recorded.")
    return hand.acts


def complete(ada: Page) -> int:
    """Say everything about a job start; return how many acts that took."""
    hand = Hand()
    hand.tap(ada.get_by_role("link", name="Complete or change"))
    dialog = ada.get_by_role("dialog")

    def answer(question: str, word: str) -> None:
        hand.tap(segment(dialog.get_by_role("group", name=question), word))

    def fill(label: str, text: str) -> None:
        hand.acts += 1
        dialog.get_by_label(label, exact=True).fill(text)

    answer("Is it an ordinary job in every way?", "yes")
    answer("Contract", "permanent")
    fill("Hours a week (optional)", "16")
    fill("Pay (optional)", "152")
    hand.acts += 1
    dialog.get_by_role("searchbox", name="Search by words or code").fill("library")
    hand.tap(dialog.locator(".picker-options label").first)
    answer("Does it fit the person's wishes?", "yes")
    hand.choose(dialog.get_by_label("Found by"), "specialist")
    answer("What was the employer told?", "nothing told")
    hand.acts += 1
    dialog.get_by_label("A paper about it, such as the contract").set_input_files(
        {
            "name": "contract.pdf",
            "mimeType": "application/pdf",
            "buffer": files.pdf(),
        }
    )
    hand.tap(dialog.get_by_role("button", name="Save"))
    return hand.acts


def test_a_job_start_is_complete_in_twelve_acts(ada: Page):
    """Given five acts for a start, when Ada says the rest, then twelve more are enough."""
    assert begin(ada) <= 5
    assert complete(ada) <= 12
    expect(toast(ada)).to_contain_text("Job saved.")
    expect(card(ada, "Does it count?")).to_contain_text("every test holds")
    expect(card(ada, "Hours and pay")).to_contain_text("16 hours a week, 152.00 DKK")
    papers = card(ada, "Papers")
    expect(papers.get_by_role("listitem").first).to_contain_text("there")
    expect(papers.get_by_role("link", name="contract")).to_be_visible()


def test_a_job_from_payslip_to_what_was_learned(ada: Page):
    """Given a job, when it is lived, then one page on the telephone holds all of it."""
    begin(ada)
    card(ada, "Papers").get_by_role("link", name="Add a paper").tap()
    dialog = ada.get_by_role("dialog")
    dialog.get_by_label("File").set_input_files(
        {"name": "payslip.png", "mimeType": "image/png", "buffer": files.png()}
    )
    save(dialog)
    expect(card(ada, "Papers").get_by_role("link", name="payslip")).to_be_visible()

    card(ada, "Support in this job").get_by_role("link", name="Make a plan").tap()
    dialog.get_by_label("Support", exact=False).first.select_option("on_site")
    dialog.get_by_label("Early signs, and what helps then").fill("Goes quiet.")
    save(dialog)
    expect(card(ada, "Support in this job")).to_contain_text("Goes quiet.")

    for hours in ("12", "18"):
        card(ada, "Hours and pay").get_by_role("link", name="New hours").tap()
        dialog.get_by_label("Hours a week").fill(hours)
        if hours == "18":
            dialog.get_by_label("From", exact=True).fill("2031-01-01")
        save(dialog)
        expect(dialog).to_be_hidden()
    expect(card(ada, "Hours and pay")).to_contain_text("more hours")

    card(ada, "Away").get_by_role("link", name="Record an absence").tap()
    segment(dialog, "sickness").tap()
    save(dialog)
    card(ada, "Away").get_by_role("link", name="Back at work").tap()
    day = dialog.get_by_label("First day away").input_value()
    dialog.get_by_label("Last day away, if it is over").fill(day)
    save(dialog)
    expect(card(ada, "Away")).not_to_contain_text("goes on")

    ada.get_by_role("link", name="Job end", exact=True).tap()
    dialog.get_by_label("Why it ended").select_option(label="laid off")
    save(dialog)
    expect(dialog).to_be_hidden()
    card(ada, "How it ended").get_by_role("link", name="What did we learn?").tap()
    dialog.get_by_label("How the person sees it").fill("Kind people.")
    save(dialog)
    expect(card(ada, "How it ended")).to_contain_text("Kind people.")
    ada.get_by_role("button", name="The search begins again").tap()
    expect(toast(ada)).to_contain_text("Nobody has to be referred anew.")
