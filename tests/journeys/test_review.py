"""A steward looks after the log: found, asked, answered, closed, signed off."""

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.journeys.conftest import PATIENCE, Enter
from tests.journeys.looking import card, toast
from tests.journeys.serving import Site, execute
from tests.journeys.sound import assert_sound

AT_NIGHT = """
from datetime import timedelta

import time_machine
from django.utils import timezone

from braid.access import audit, queries
from braid.access.models import User
from braid.people.models import Episode

now = timezone.localtime()
night = now.replace(hour=2, minute=30) - timedelta(days=now.weekday() + 5)
found = Episode.objects.system("a pattern that a review should find")
episode = found.filter(unit__slug="ips-syd", state="active").first()
ada = queries.places(User.objects.get(name="Ada Holm"), now)[0].actor
with time_machine.travel(night, tick=False):
    audit.record(
        ada,
        "person_opened",
        applicant=episode.applicant_id,
        information=("identity", "jobs"),
        ground="own_care",
    )
"""
REASON = "I stood in for a colleague who was ill that night."
CONCLUSION = "The rota says the same. That is work."
PAUSE = 250  # milliseconds


@pytest.fixture
def pattern(site: Site) -> None:
    """Let Ada open somebody of another unit on Wednesday night of the week before."""
    execute(site.folder, AT_NIGHT)


def appears(page: Page, target: Locator) -> None:
    """Load the page anew until the task has done its work."""
    for _attempt in range(PATIENCE // PAUSE):
        if target.count():
            return
        page.wait_for_timeout(PAUSE)
        page.reload()
    expect(target).to_be_visible()


@pytest.mark.usefixtures("pattern")
def test_from_what_a_rule_found_to_a_week_signed_off(enter: Enter):
    """Given a record opened at night, when Sam asks and Ada answers, then it is closed.

    No page of it names the applicant, and the week is signed off when all is closed.
    """
    sam = enter("Sam")
    card(sam, "What waits").get_by_role("link", name="Last week").click()
    expect(sam.locator("h1")).to_have_text("Unusual access")
    expect(sam.locator("main")).to_contain_text("No rule found anything")
    sam.get_by_role("button", name="Look through the log again").click()
    finding = card(sam, "To ask about").get_by_role("link", name="Ada Holm")
    appears(sam, finding)
    expect(card(sam, "To ask about")).to_contain_text("at night")
    assert_sound(sam)
    finding.click()
    expect(card(sam, "What the log says")).to_contain_text("02:30")
    assert_sound(sam)
    sam.get_by_role("button", name="Ask for a reason").click()
    expect(toast(sam)).to_contain_text("Asked.")

    ada = enter("Ada")
    ada.get_by_role("link", name="Give the reason").click()
    expect(ada.locator("main")).to_contain_text("A finding of a rule is a question")
    assert_sound(ada)
    ada.get_by_label("Why did you open it?").fill(REASON)
    ada.get_by_role("button", name="Give the reason").click()
    expect(toast(ada)).to_contain_text("The steward reads it.")
    expect(ada.get_by_role("link", name="Give the reason")).to_have_count(0)

    sam.reload()
    expect(card(sam, "The reason")).to_contain_text(REASON)
    sam.get_by_label("Conclusion").fill(CONCLUSION)
    sam.get_by_role("button", name="Close").click()
    expect(sam.locator("h1")).to_have_text("Unusual access")
    sam.get_by_role("button", name="Sign off the week").click()
    expect(toast(sam)).to_contain_text("Week signed off.")
    expect(card(sam, "To ask about")).to_contain_text("Signed off: Sam Kjær")
    sam.goto("/access/")
    expect(sam.locator("main")).not_to_contain_text("Last week is not signed off")
