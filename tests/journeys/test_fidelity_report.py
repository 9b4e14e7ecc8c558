"""A report is written by two, kept from the service until it is told, and taken home."""

import io
import re

import docx
import pypdf
import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import PHONE, Enter
from tests.journeys.looking import card, toast
from tests.journeys.serving import Site, execute
from tests.journeys.sound import assert_sound

FIGURES = 90_000  # milliseconds until every figure of a snapshot is read first
REVIEW = "00000000-0000-4000-8000-00000000feed"
AGREED = f"""
from uuid import UUID

from braid.access.models import Team, User
from braid.facts.models import Snapshot
from braid.fidelity.models import Rating, Review, Seat

unit = Team.objects.get(slug="ips-nord")
frozen = next(s for s in Snapshot.objects.all() if str(unit.pk) in s.units)
day = frozen.as_of
review = Review.objects.create(
    id=UUID("{REVIEW}"), unit=unit, scale="ips-25", scale_version="2008.1",
    mode="independent", facts_on=day, first_day=day, last_day=day, seed=7,
    snapshot=frozen, opened_on=day, status="consensus",
)
for item in range(1, 26):
    Rating.objects.create(
        review=review, item=item, stage="consensus", status="scored",
        score=2 if item == 17 else 4, seen="As the log and two interviews say.",
        recommendation="Two mornings a week." if item == 17 else "",
    )
for name, part in (("Rui Tavares", "lead"), ("Margit Thune", "reviewer")):
    Seat.objects.create(
        review=review, user=User.objects.get(name=name), part=part
    )
"""
TOLD = f"""
from django.utils import timezone

from braid.fidelity.models import Review

row = Review.objects.system("the service is told").get(pk="{REVIEW}")
row.status, row.told_on = "moderated", timezone.localdate()
row.save()
"""
REPORT = f"/fidelity-review/{REVIEW}/report/"
PEOPLE = (
    "SELECT group_concat(given_name || ' ' || family_name, '|') FROM people_applicant"
)


@pytest.fixture
def agreed(site: Site) -> Site:
    execute(site.folder, AGREED)
    return site


def write(page: Page, part: str, text: str) -> None:
    """Write a passage with the keyboard alone."""
    link = card(page, part).get_by_role("link", name=re.compile("^Write"))
    link.focus()
    page.keyboard.press("Enter")
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Text").focus()
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.type(text)
    page.keyboard.press("Tab")
    dialog.get_by_role("button", name="Save").press("Enter")


def bare(text: str) -> str:
    """Return a text without the spaces that letters set close may lose or gain."""
    return "".join(text.split())


def test_two_write_it_and_nothing_is_lost(enter: Enter, agreed: Site):
    """Given one passage open in two windows, when both save, then the second is told."""
    rui, margit = enter("Rui"), enter("Margit")
    rui.goto(REPORT)
    expect(rui.get_by_text("The service was not told yet")).to_be_visible()
    margit.goto(REPORT)
    link = card(margit, "Strengths").get_by_role("link", name=re.compile("^Write"))
    link.click()
    margit.get_by_role("dialog").get_by_label("Text").fill("From Margit")
    write(rui, "Strengths", "Everybody talks about work")
    expect(toast(rui)).to_contain_text("It stands in the report.")
    expect(card(rui, "Strengths")).to_contain_text("Everybody talks about work")
    dialog = margit.get_by_role("dialog")
    dialog.get_by_role("button", name="Save").click()
    expect(dialog).to_contain_text("Somebody changed this while you were typing")
    expect(dialog.get_by_label("Text")).to_have_value("From Margit")
    assert_sound(rui)


def test_the_service_reads_it_once_told_and_takes_it_home(enter: Enter, agreed: Site):
    """Given scores that are agreed, when the service is told, then it has the report."""
    ben = enter("Ben")
    ben.goto(REPORT)
    expect(ben.get_by_text("There is no report to read yet")).to_be_visible()
    execute(agreed.folder, TOLD)
    ben.goto(REPORT)
    expect(card(ben, "Summary")).to_contain_text("98 of 125")
    expect(card(ben, "Profile").get_by_role("img")).to_have_attribute(
        "aria-label", re.compile("Lowest: Frequent employer contact 2.*Since last time")
    )
    item = ben.locator("#item-17")  # it comes after the page, with the figures
    expect(item).to_contain_text("Two mornings a week.", timeout=FIGURES)
    expect(ben.locator("#item-1")).to_contain_text("episodes for each full-time post")
    named = agreed.text(PEOPLE).split("|")
    words = {}
    for name in ("PDF", "Word"):
        with ben.expect_download(timeout=FIGURES) as download:
            ben.get_by_role("link", name=name, exact=True).click()
        data = io.BytesIO(download.value.path().read_bytes())
        if name == "PDF":
            pages = pypdf.PdfReader(data).pages
            words[name] = " ".join(page.extract_text() for page in pages)
        else:
            words[name] = " ".join(p.text for p in docx.Document(data).paragraphs)
    for said in map(bare, words.values()):
        assert bare("98 of 125") in said and bare("Two mornings a week.") in said
        assert [who for who in named if bare(who) in said] == []
    assert_sound(ben)


def test_the_profile_leads_to_an_item_on_a_phone(enter: Enter, agreed: Site):
    """Given a telephone, when an item of the table is tapped, then its part is there."""
    execute(agreed.folder, TOLD)
    ben = enter("Ben", **PHONE)
    ben.goto(REPORT)
    expect(ben.locator(".chart-narrow")).to_be_visible()
    expect(ben.locator(".chart-wide")).to_be_hidden()
    ben.get_by_role("link", name="Frequent employer contact").tap()
    expect(ben.locator("#item-17")).to_be_in_viewport()
