"""Chapters of benefits counselling: offered, answered, worked out, handed over."""

from django.urls import reverse

from tests.stories.acting import link
from tests.stories.steps import Story


def ada_offers(story: Story, answer: str) -> None:
    """One tap offers it; Signe answers on her own page."""
    benefits = story.person("benefits:person")
    assert "Offered." in story.ada.presses(benefits, "Offer counselling")
    page = story.signe.opens(reverse("benefits:own"))
    assert "Would you like to talk" in page
    story.signe.fills(link(page, "/answer/"), answer=answer)


def una_verifies_what_she_lives_on(story: Story) -> None:
    story.una.fills(
        story.person("benefits:benefit_new"),
        benefit="support",
        amount="1000",
        period="month",
        first_day="2025-06-01",
        verified="letter",
        verified_on="2026-11-12",
    )
    story.una.fills(
        story.person("benefits:duty_new"), who="I", to_whom="the office", what="my pay"
    )
    story.ada.fills(
        story.person("benefits:question_new"), question="Does the bus pass stay?"
    )


def una_works_out(story: Story, question: str, hours: str) -> str:
    """Ask what these hours would change; return where the page is."""
    with story.worker():
        asked = story.una.fills(
            story.person("benefits:scenario_new"),
            question=question,
            pay="12.00",
            pay_unit="hour",
            hours_offered=hours,
            today_hours="0",
            today_pay="",
            partner="no",
            rules="xx-test",
        )
    page = story.una.opens(asked.address)
    for words in ("draft, not confirmed", question, "xx-test 1"):
        assert words in page, words
    return asked.address


def una_hands_over(story: Story, page: str, decision: str) -> None:
    """Nothing is printed before a counsellor put her name to it."""
    refused = story.una.opens(f"{page}print/")
    assert "A counsellor has not confirmed it yet." in refused
    story.una.presses(page, "Duties talked through")
    story.una.presses(page, "Confirm with my name")
    assert story.una.takes(f"{page}pdf/").content.startswith(b"%PDF")
    story.una.fills(f"{page}hand-over/", how="in_person")
    benefits = story.una.opens(story.person("benefits:person"))
    story.una.fills(link(benefits, "/done/"), person_decision=decision)


def ada_knows_that_and_not_what(story: Story, page: str) -> None:
    """The specialist knows that it was done, and no amount; Signe has the page."""
    seen = story.ada.opens(story.person("benefits:person"))
    assert "done 18 Nov" in seen
    assert "1,000" not in seen
    assert "I take it." not in seen
    assert "Confirmed by Una Counsellor" in story.signe.opens(f"{page}print/")
    letter = story.ada.opens(story.person("desk:paper", "benefit_letter"))
    assert "Does the bus pass stay?" in letter
