"""A day of Ada Holm, specialist, with a telephone in her hand."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.journeys.conftest import PHONE, Enter
from tests.journeys.looking import (
    Hand,
    card,
    choose,
    line,
    open_log,
    segment,
    toast,
)

NEEDS = "Needs you first"
LIBRARY = "Havnelund Bibliotek"


@pytest.fixture
def ada(enter: Enter) -> Page:
    return enter("Ada", **PHONE)


def open_person(page: Page, name: str) -> None:
    page.goto("/caseload/?view=list")
    page.get_by_role("link", name=name, exact=True).click()
    expect(page.locator("h1")).to_have_text(name)


def latest(page: Page) -> Locator:
    """Return what stands first among what happened."""
    return card(page, "What happened").locator(".timeline-entry").first


def save(dialog: Locator) -> None:
    dialog.get_by_role("button", name="Save").click()


def test_today_says_who_needs_her_and_why(ada: Page):
    """Given the demo, when Ada comes in, then the most pressing person stands on top."""
    expect(ada.locator("h1")).to_have_text(re.compile(r"Good \w+, Ada"))
    first = card(ada, NEEDS).get_by_role("listitem").first
    expect(first).to_contain_text("Mads Kjeldgaard")
    expect(first).to_contain_text("first support contact due")
    for name, why in {
        "Mads": "first support contact due",
        "Signe": "no visit this week of the job yet",
        "Yusuf": "ended; not spoken to since",
        "Pernille": "Not met for",
        "Emil": "no employer met yet",
    }.items():
        expect(line(ada, NEEDS, name)).to_contain_text(why)
    expect(line(ada, "Agreed with employers", LIBRARY)).to_be_visible()
    expect(card(ada, "Your week so far")).to_contain_text("face to face, of 6")


def test_a_contact_takes_three_acts_and_its_clock_is_gone_at_once(ada: Page):
    """Given Pernille, not met for weeks, when Ada logs a contact, then nobody waits.

    When she takes it back, the clock runs on; and when she logs it for good, it stands
    on Pernille's page.
    """
    for last in (False, True):
        hand = Hand()
        dialog = open_log(ada)
        hand.tap(dialog.get_by_role("combobox", name="With whom"))
        hand.tap(dialog.get_by_role("option", name="Pernille Juul"))
        hand.tap(dialog.get_by_role("button", name="Save"))
        assert hand.acts <= 3
        expect(toast(ada)).to_contain_text("Contact with Pernille Juul logged.")
        expect(line(ada, NEEDS, "Pernille")).to_have_count(0)
        if not last:
            toast(ada).get_by_role("button", name="Undo").tap()
            expect(toast(ada)).to_contain_text("Taken back.")
            expect(line(ada, NEEDS, "Pernille")).to_have_count(1)

    open_person(ada, "Pernille Juul")
    expect(latest(ada)).to_contain_text(
        "Contact in person, out in the community, 45 minutes"
    )
    expect(latest(ada)).to_contain_text("Ada Holm")
    expect(card(ada, "What happens next")).to_contain_text("Not met for 0 days")


def test_on_a_persons_page_the_log_knows_whom_it_is_about(ada: Page):
    """Given Pernille's page, when Ada logs a call, then two acts are enough."""
    open_person(ada, "Pernille Juul")
    dialog = open_log(ada)
    hand = Hand()
    hand.tap(segment(dialog, "phone"))
    hand.tap(dialog.get_by_role("button", name="Save"))
    assert hand.acts == 2
    expect(toast(ada)).to_contain_text("Contact with Pernille Juul logged.")
    expect(latest(ada)).to_contain_text("Contact phone")


def test_a_visit_to_an_employer_stops_the_thirty_days(ada: Page):
    """Given Emil, for whom no employer was met, when Ada visits one, then it counts."""
    expect(line(ada, NEEDS, "Emil")).to_contain_text("no employer met yet")
    dialog = open_log(ada, "Employer visit")
    choose(dialog, "Employer", "Fjord Cykler")
    choose(dialog, "For whom", "Emil Østergaard")
    segment(dialog, "follow up").tap()
    save(dialog)
    expect(toast(ada)).to_contain_text("Contact with Fjord Cykler logged.")
    expect(line(ada, NEEDS, "Emil")).to_have_count(0)
    expect(line(ada, "On its way", "Emil")).to_contain_text("Not met for")


def test_an_employer_that_is_not_in_the_list_is_named(ada: Page):
    """Given a shop nobody knows, when Ada logs a visit to it, then it is a new entry."""
    dialog = open_log(ada, "Employer visit")
    dialog.get_by_label("Or a new employer").fill("Cykelhjørnet")
    save(dialog)
    expect(toast(ada)).to_contain_text("Contact with Cykelhjørnet logged.")
    ada.goto("/employers/?q=cykelhjoernet")
    ada.get_by_role("link", name="Cykelhjørnet").click()
    expect(card(ada, "Contacts")).to_contain_text("Ada Holm")


def test_a_job_from_three_fields_to_its_end(ada: Page):
    """Given Mai's interview, when she starts, then three fields are enough for the day.

    When Ada completes the form, then the page says why the job counts; and when the job
    ends, then the search begins again.
    """
    dialog = open_log(ada, "Job start")
    choose(dialog, "Who starts", "Mai Nguyen")
    choose(dialog, "Employer", LIBRARY)
    expect(dialog.get_by_label("First day in the job")).not_to_have_value("")
    save(dialog)
    expect(toast(ada)).to_contain_text("Job start of Mai Nguyen recorded.")
    expect(toast(ada).get_by_role("button", name="Undo")).to_be_visible()
    verdict = card(ada, "Does it count?")
    expect(verdict).to_contain_text("Not decided yet")
    expect(verdict).to_contain_text("Say what kind it is.")

    complete_the_form(ada)
    expect(toast(ada)).to_contain_text("Job saved.")
    expect(verdict).to_contain_text("Competitive employment")
    expect(verdict).to_contain_text("It is ordinary work, and every test holds.")

    ada.goto("/today/")
    expect(line(ada, NEEDS, "Mai")).to_contain_text("Benefits counselling waits")
    line(ada, NEEDS, "Mai").get_by_role("link", name="Mai Nguyen").click()
    expect(latest(ada)).to_contain_text("Job start")
    expect(card(ada, "What happens next")).to_contain_text(f"Started at {LIBRARY}")

    card(ada, "Work").get_by_role("link", name="Job end").click()
    dialog = ada.get_by_role("dialog")
    job = dialog.get_by_role("combobox", name="Which job")
    expect(job).to_have_value(f"Mai Nguyen · {LIBRARY}")
    dialog.get_by_label("Why it ended").select_option(label="laid off")
    save(dialog)
    expect(toast(ada)).to_contain_text("Job end recorded.")
    expect(card(ada, "What happens next")).to_contain_text("ended; not spoken to since")
    toast(ada).get_by_role("button", name="Undo").tap()
    expect(card(ada, "What happens next")).to_contain_text(f"Started at {LIBRARY}")


def complete_the_form(page: Page) -> None:
    """Answer every question of a job start, with a thumb that counts."""
    page.get_by_role("link", name="Complete or change").tap()
    dialog = page.get_by_role("dialog")
    hand = Hand()

    def answer(question: str, word: str) -> None:
        group = dialog.get_by_role("group", name=question)
        hand.tap(segment(group, word))

    answer("Is it an ordinary job in every way?", "yes")
    answer("Contract", "permanent")
    answer("Does it fit the person's wishes?", "yes")
    hand.choose(dialog.get_by_label("Found by"), "specialist")
    answer("What was the employer told?", "nothing told")
    hand.tap(dialog.get_by_role("button", name="Save"))
    assert hand.acts <= 12


def test_a_note_is_kept_with_what_it_is_about(ada: Page):
    """Given a talk about health at work, when Ada notes it, then the kind is kept."""
    open_person(ada, "Signe Lindholm")
    dialog = open_log(ada, "Note")
    segment(dialog, "health at work").tap()
    dialog.get_by_role("textbox", name="Note").fill("Slow before eight, as agreed.")
    save(dialog)
    expect(toast(ada)).to_contain_text("Note on Signe Lindholm saved.")
    expect(latest(ada)).to_contain_text("Note on health at work")
    expect(latest(ada)).to_contain_text("Slow before eight, as agreed.")


def test_a_forgotten_field_is_told_and_nothing_typed_is_lost(ada: Page):
    """Given a visit without an employer, when Ada saves, then she is led to the field."""
    dialog = open_log(ada, "Employer visit")
    dialog.get_by_label("Spoke to").fill("Orla")
    save(dialog)
    expect(dialog.get_by_role("alert")).to_be_focused()
    dialog.get_by_role("link", name=re.compile("Choose an employer")).tap()
    expect(dialog.get_by_role("combobox", name="Employer")).to_be_focused()
    expect(dialog.get_by_label("Spoke to")).to_have_value("Orla")


def test_the_story_of_signe_is_on_one_page(ada: Page):
    """Given Signe, when Ada opens her, then words, braid, clocks and work stand there."""
    open_person(ada, "Signe Lindholm")
    expect(ada.locator("blockquote")).to_contain_text("smell bread")
    expect(ada.locator(".braid-picture")).to_contain_text("they met")
    expect(card(ada, "What happens next")).to_contain_text("Stops with")
    expect(card(ada, "Work")).to_contain_text("Bakery assistant")
    expect(card(ada, "People around")).to_contain_text("Cora Winther")
    expect(card(ada, "Who may see what")).to_contain_text("Nobody outside the unit")
    ada.get_by_text("Show the days as a list").tap()
    expect(ada.locator(".braid-rows")).to_contain_text("Contact with the clinician")
