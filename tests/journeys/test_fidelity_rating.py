"""A review in windows of their own: blind, locked, compared, agreed, moderated, answered."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import PHONE, Enter
from tests.journeys.serving import Site, execute
from tests.journeys.sound import assert_sound

PASSWORD = "four words that rhyme"
REVIEW = "00000000-0000-4000-8000-0000000f1de1"
WEEK = f"""
from datetime import timedelta
from uuid import UUID

from django.utils import timezone

from braid.access.models import Team, User
from braid.facts.models import Snapshot
from braid.fidelity.models import Rating, Review, Seat

today = timezone.localdate()
unit = Team.objects.get(slug="ips-nord")
review = Review.objects.create(
    id=UUID("{REVIEW}"), unit=unit, scale="ips-25", scale_version="2008.1",
    mode="independent", facts_on=today - timedelta(14),
    first_day=today - timedelta(2), last_day=today - timedelta(1), seed=7,
    snapshot=Snapshot.objects.first(), status="rating",
)
named = {{}}
for name, part in (
    ("Rui Tavares", "lead"),
    ("Margit Thune", "reviewer"),
    ("Ida Brandt", "moderator"),
    ("Ben Lauritsen", "contact"),
):
    named[name] = User.objects.get(name=name)
    Seat.objects.create(review=review, user=named[name], part=part)
for name in ("Rui Tavares", "Margit Thune"):
    for item in range(3, 26):
        Rating.objects.create(
            review=review, item=item, stage="rater", rater=named[name],
            status="scored", score=4, seen="As the log and two interviews say.",
            created_by=named[name],
        )
ida = named["Ida Brandt"]
ida.set_password("{PASSWORD}")
ida.save()
"""
AGREED = f"""
from braid.fidelity.models import Rating

for item in range(3, 26):
    Rating.objects.create(
        review_id="{REVIEW}", item=item, stage="consensus", status="scored", score=4,
        seen="As the log and two interviews say.",
    )
"""
AFTER_THE_WEEK = f"""
from datetime import timedelta

from braid.fidelity.models import Review

row = Review.objects.system("a week that has passed").get(pk="{REVIEW}")
row.told_on -= timedelta(8)
row.save()
"""
AT = f"/fidelity-review/{REVIEW}/"
RUI_SAW = "Nineteen for each specialist on the day of the figures."
MARGIT_SAW = "Two posts were vacant, so twenty-three for each."
REASON = "The vacant posts do not count as posts."
MODERATED = "Six weeks of logs are not a year."
ANSWER = "The second post was filled in May."


@pytest.fixture
def review(site: Site) -> None:
    execute(site.folder, WEEK)


def rate(page: Page, item: int, score: int, seen: str) -> None:
    """Rate an item with the keyboard alone once its page is open."""
    page.goto(f"{AT}rate/{item}/")
    page.locator(f"input[name=rating][value='{score}']").focus()
    page.keyboard.press("Space")
    page.get_by_label("What was seen").fill(seen)
    page.get_by_role("button", name="Save and go on").press("Enter")
    expect(page.locator("#toasts .toast")).to_contain_text("Saved")


def agree(page: Page, part: str, item: int, score: int, reason: str) -> None:
    page.goto(f"{AT}{part}/{item}/")
    page.locator(f"input[name=rating][value='{score}']").check()
    page.get_by_label("Why the score changed").fill(reason)
    page.locator("main form.braid-form button[type=submit]").click()
    expect(page.locator("#toasts .toast")).to_contain_text("Saved")


def step(page: Page, part: str, label: str) -> None:
    """Take the step that a page offers, in its dialog."""
    page.goto(f"{AT}{part}/")
    page.get_by_role("link", name=label).click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("button", name=label).click()
    expect(dialog).to_be_hidden()


def sign_in(page: Page, email: str) -> None:
    page.goto("/account/login/")
    page.get_by_label("Email").fill(email)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_be_visible()


@pytest.mark.usefixtures("review")
def test_two_reviewers_a_moderator_and_the_service(
    site: Site, enter: Enter, visit: Enter
):
    """Given two who rate alone, when both lock, then what differs is settled by all."""
    rui, margit, ben = enter("Rui"), enter("Margit", **PHONE), enter("Ben")
    rate(rui, 1, 5, RUI_SAW)
    rate(rui, 2, 4, "Time is logged.")
    rui.goto(f"{AT}rate/1/")
    assert_sound(rui)

    # Margit finds nothing of it.
    rate(margit, 1, 4, MARGIT_SAW)
    rate(margit, 2, 4, "Time is logged.")
    margit.goto(f"{AT}rate/1/")
    expect(margit.get_by_text(RUI_SAW)).to_have_count(0)
    margit.goto(f"{AT}rate/")
    expect(margit.get_by_text("Rui Tavares: has not locked yet")).to_be_visible()
    margit.get_by_role("button", name="Lock my ratings").tap()
    expect(margit.get_by_text("Locked", exact=False).first).to_be_visible()
    assert_sound(margit)

    rui.goto(f"{AT}rate/")
    expect(rui.get_by_text("Margit Thune: has locked")).to_be_visible()
    rui.get_by_role("button", name="Lock my ratings").click()
    step(rui, "rate", "Show the reviewers each other's ratings")

    # What differs stands first, with the words of both.
    margit.goto(f"{AT}disagreement/")
    differing = margit.locator("#differing")
    expect(differing).to_contain_text(RUI_SAW)
    expect(differing).to_contain_text(MARGIT_SAW)
    expect(margit.locator("#agreement")).to_contain_text("24 of 25")
    assert_sound(margit)

    agree(rui, "consensus", 1, 4, REASON)
    execute(site.folder, AGREED)
    rui.goto(f"{AT}consensus/2/")  # what both gave is chosen already
    rui.locator("main form.braid-form button[type=submit]").click()
    expect(rui.locator("#toasts .toast")).to_contain_text("2. ")
    rui.goto(f"{AT}consensus/")
    expect(rui.locator("#sum")).to_contain_text("100")
    expect(rui.locator("#sum")).to_contain_text("Good")
    assert_sound(rui)

    ida = visit(site)
    sign_in(ida, "ida.brandt@havnelund.example")
    agree(ida, "moderation", 15, 3, MODERATED)
    step(ida, "moderation", "Tell the service")

    ben.goto(f"{AT}answer/")
    expect(ben.locator("#sum")).to_contain_text("99")
    assert_sound(ben)
    ben.get_by_role("link", name=re.compile(r"^Answer ?: 1\. Caseload size")).click()
    dialog = ben.get_by_role("dialog")
    dialog.get_by_label("Your answer").fill(ANSWER)
    dialog.get_by_role("button", name="Send the answer").click()
    expect(ben.get_by_text(ANSWER)).to_be_visible()

    execute(site.folder, AFTER_THE_WEEK)
    step(rui, "answer", "Close the week of the service")
    agree(rui, "final", 1, 5, ANSWER)
    step(rui, "final", "Make it final")
    ben.goto(f"{AT}final/")
    expect(ben.locator("#sum")).to_contain_text("100")
    expect(ben.get_by_text("moderated: 3").first).to_be_visible()
    expect(ben.get_by_text("Rui Tavares: 5")).to_have_count(0)
    assert_sound(ben)
    ben.goto(AT)
    expect(ben.get_by_role("link", name="report").first).to_be_visible()
