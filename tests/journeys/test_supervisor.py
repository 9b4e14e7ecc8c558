"""Ben Lauritsen, supervisor, before the weekly meeting of the unit."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.journeys.conftest import Enter
from tests.journeys.looking import card, line, open_log, toast
from tests.journeys.serving import Site


@pytest.fixture
def ben(enter: Enter) -> Page:
    return enter("Ben")


def open_first(page: Page, title: str) -> str:
    """Open the first person on the surface with this heading; return the name."""
    first = card(page, title).get_by_role("listitem").first.get_by_role("link").first
    name = first.inner_text()
    first.click()
    expect(page.locator("h1")).to_have_text(name)
    return name


def fill_in(page: Page, link: str) -> Locator:
    """Open a form in the dialog and return it."""
    page.get_by_role("link", name=link).click()
    return page.get_by_role("dialog")


def column(page: Page, title: str) -> Locator:
    heading = page.get_by_role("heading", name=re.compile(rf"^{title} \d"))
    return page.locator(".board-column").filter(has=heading)


def test_the_unit_page_says_how_everybody_is_doing(ben: Page):
    """Given the unit, when Ben comes in, then figures, silence and waiting stand there."""
    expect(ben).to_have_url(re.compile(r"/unit/$"))
    rows = card(ben, "Specialists").get_by_role("row")
    expect(rows).to_have_count(7)  # a heading, six in post
    ada = rows.filter(has_text="Ada Holm").get_by_role("cell")
    expect(ada.first).to_have_text(re.compile(r"^\d+: Ada Holm, Caseload"))
    expect(
        card(ben, "Not met for 28 days").get_by_role("listitem").first
    ).to_be_visible()
    expect(card(ben, "Refusals and “not yet”")).to_contain_text(
        "against zero exclusion"
    )
    ben.get_by_role("button", name="Per full-time post").click()
    expect(
        ben.get_by_text("Caseload divided by the share of full time")
    ).to_be_visible()


def test_a_figure_opens_to_the_people_behind_it(ben: Page):
    """Given the unit's figures, when Ben asks one where it is from, then people answer.

    The headlines come after the page; every figure has its definition, its rows by
    specialist, and a row leads to the person.
    """
    headlines = card(ben, "Figures")
    expect(headlines).to_contain_text("episodes for each full-time post")
    headlines.get_by_role("button", name=re.compile("competitive work")).click()
    expect(ben.get_by_text("Of the people on the caseload")).to_be_visible()
    headlines.get_by_role("link", name="All figures").click()
    expect(ben.locator("h1")).to_have_text("Figures")
    community = ben.get_by_role("link", name="Time in the community")
    figure = ben.get_by_role("listitem").filter(has=community)
    figure.locator("summary").get_by_text("By specialist").click()
    group = figure.get_by_role("row").filter(has_text="Ada Holm")
    expect(group).to_contain_text(re.compile(r"\d+ %\s*[\d,]+ of \d"))
    group.get_by_role("link", name="rows").click()
    expect(ben.locator("h1")).to_have_text("Time in the community")
    rows = card(ben, "The rows behind it").get_by_role("row")
    expect(rows.nth(1)).to_contain_text("Ada Holm")
    person = rows.nth(1).get_by_role("link").first
    name = person.inner_text()
    person.click()
    expect(ben.locator("h1")).to_have_text(name)


def test_who_waits_is_taken_on_and_handed_over(ben: Page):
    """Given somebody who waits, when Ben takes them on for Ditte, then they are hers.

    When he hands them to Rania, then they stand on her board.
    """
    name = open_first(ben, "Waiting")
    form = fill_in(ben, "Take on")
    form.get_by_label("Specialist").select_option(label="Ditte Krogsgaard")
    form.get_by_role("button", name="Take on").click()
    expect(toast(ben)).to_contain_text("Taken on.")
    expect(ben.locator(".page-header")).to_contain_text("with Ditte Krogsgaard")

    card(ben, "People around").get_by_role("link", name="Hand over").click()
    form.get_by_label("Who takes over").select_option(label="Rania Aziz")
    form.get_by_role("button", name="Hand over").click()
    expect(toast(ben)).to_contain_text("Handed over.")

    for specialist, seen in (("Rania Aziz", 1), ("Ditte Krogsgaard", 0)):
        ben.goto("/caseload/")
        ben.get_by_label("Specialist").select_option(label=specialist)
        ben.get_by_role("button", name="Show").click()
        expect(ben.get_by_label("Specialist").locator(":checked")).to_have_text(
            specialist
        )
        expect(
            column(ben, "Getting started").get_by_role("link", name=name)
        ).to_have_count(seen)
    ben.goto("/unit/")
    expect(line(ben, "Waiting", name)).to_have_count(0)


def test_a_colleague_is_added_and_comes_in_by_the_link(
    ben: Page, site: Site, visit: Enter
):
    """Given a new specialist, when Ben invites her, then she is in with her password."""
    ben.locator("details[data-menu] summary").click()
    ben.get_by_role("link", name="Members").click()
    form = fill_in(ben, "Add somebody")
    form.get_by_label("Name").fill("Freja Holst")
    form.get_by_label("E-mail").fill("freja.holst@example.org")
    form.get_by_label("Role").select_option(label="employment specialist")
    form.get_by_role("button", name="Save").click()
    expect(toast(ben)).to_contain_text("Added.")

    row = ben.get_by_role("listitem").filter(has_text="Freja Holst")
    row.get_by_role("link", name="Invite").click()
    form = ben.get_by_role("dialog")
    form.get_by_role("button", name="Save").click()
    link = form.get_by_label("Link").input_value()

    freja = visit(site)
    freja.goto(link)
    expect(freja.locator("h1")).to_have_text("Welcome, Freja Holst")
    freja.get_by_label("Password").fill("correct-horse-battery-9")
    freja.get_by_role("button", name="Set password").click()
    expect(freja).to_have_url(re.compile(r"/today/$"))
    expect(freja.locator("main")).to_contain_text("Nobody on your caseload yet")

    again = visit(site)
    again.goto(link)
    expect(again.locator("h1")).to_have_text("This link no longer works")
    again.goto("/account/login/")
    again.get_by_label("Email").fill("freja.holst@example.org")
    again.get_by_role("textbox", name="Password").fill("correct-horse-battery-9")
    again.get_by_role("button", name="Sign in", exact=True).click()
    expect(again).to_have_url(re.compile(r"/today/$"))


def test_not_ready_is_kept_and_shown_for_what_it_is(ben: Page):
    """Given a “not ready”, when Ben logs it, then the unit sees it go against IPS."""
    name = open_first(ben, "Waiting")
    form = fill_in(ben, "Log a refusal or a “not yet”")
    form.get_by_role("radio", name="at referral").check()
    form.get_by_label("Who said no").select_option(label="clinician")
    form.get_by_label("Name or body").fill("the ward round")
    form.get_by_label("Reason given").select_option(label="“not ready”")
    form.get_by_role("button", name="Save").click()
    expect(toast(ben)).to_contain_text(
        "Logged. This reason goes against zero exclusion"
    )

    ben.goto("/unit/")
    row = line(ben, "Refusals and “not yet”", name)
    expect(row).to_contain_text("the ward round")
    expect(row).to_contain_text("against zero exclusion")


def test_one_employer_under_two_names_becomes_one(ben: Page):
    """Given a misspelt double, when Ben keeps the right one, then all stands under it."""
    ben.goto("/employers/alike/")
    pair = ben.locator(".card").filter(has_text="Præstegaard Emballage")
    keep = pair.get_by_role("button", name="One employer: keep “Præstegaard Emballage”")
    keep.click()
    expect(toast(ben)).to_contain_text("Merged")
    expect(ben.get_by_text("Præsetgaard")).to_have_count(0)

    ben.goto("/employers/?q=praestegaard")
    expect(ben.get_by_role("link", name="Præstegaard Emballage")).to_have_count(1)
    expect(ben.get_by_role("link", name="Præsetgaard")).to_have_count(0)


def test_two_employers_that_only_look_alike_stay_two(ben: Page):
    """Given two that share a number by mistake, when Ben parts them, it is remembered."""
    ben.goto("/employers/alike/")
    pair = ben.locator(".card").filter(has_text="Tariks firma")
    pair.get_by_role("button", name="Two employers").click()
    expect(toast(ben)).to_contain_text("Kept as two.")
    ben.reload()
    expect(ben.get_by_text("Tariks firma")).to_have_count(0)


def test_buttons_that_would_be_refused_are_not_shown(ben: Page):
    """Given a supervisor, who makes no teams, when he sees members, none is offered."""
    ben.goto("/members/")
    expect(ben.get_by_role("link", name="Add somebody")).to_be_visible()
    expect(ben.get_by_role("link", name="New team")).to_have_count(0)


def test_the_steward_makes_teams_and_reads_no_names(enter: Enter):
    """Given the steward, when she comes in, then people are hers to admit, not to read."""
    sam = enter("Sam")
    expect(sam).to_have_url(re.compile(r"/access/$"))
    sam.goto("/members/")
    form = fill_in(sam, "New team")
    form.get_by_label("Name").fill("Team Skoven")
    form.get_by_role("radio", name="treatment team").check()
    form.get_by_role("button", name="Save").click()
    expect(toast(sam)).to_contain_text("Team added.")
    expect(card(sam, "Teams")).to_contain_text("Team Skoven")
    for address in ("/caseload/", "/today/", "/unit/", "/jobs/"):
        sam.goto(address)
        expect(sam.locator("h1")).to_have_text("You may not do this")


def test_a_supervisor_logs_as_everybody_does(ben: Page):
    """Given a supervisor who stands in, when he logs a visit, it is in the week."""
    dialog = open_log(ben, "Employer visit")
    dialog.get_by_label("Or a new employer").fill("Havnens Kiosk")
    dialog.get_by_role("button", name="Save").click()
    expect(toast(ben)).to_contain_text("Contact with Havnens Kiosk logged.")
    ben.goto("/today/")
    expect(ben.locator("h1")).to_contain_text("Ben")
