"""Mille Krog, nearly lost twice: to a “not ready yet”, and to missed appointments.

The ward says “not yet” in October. The word is kept with who and why, its day comes back,
and she is taken on. In December she stops coming; in January she answers.
"""

from datetime import date

import pytest
from django.urls import reverse

from tests.stories import steps
from tests.stories.acting import Page
from tests.stories.steps import Story

NAME = "Mille Krog"


@pytest.fixture
def story(world, days):
    return Story(world, days)


def test_mille_is_nearly_lost_to_a_not_ready_yet(story):
    the_ward_says_not_yet(story)
    the_supervisor_sees_a_breach_of_zero_exclusion(story)
    somebody_referred_later_is_met_earlier(story)
    the_day_to_ask_again_comes_back(story)
    she_is_taken_on_and_met(story)
    she_stops_coming_and_nobody_may_let_her_drop(story)
    ada_looks_for_her(story)
    she_answers_and_stays(story)
    the_facts_say_it(story)


# “Not ready yet”.


def the_ward_says_not_yet(story: Story) -> None:
    steps.is_referred_in_one_sentence(
        story, "Mille wants to work with dogs.", given_name="Mille", family_name="Krog"
    )
    story.on("2026-10-07")
    steps.the_unit_confirms_the_receipt(story, NAME)
    address = story.episode("people:refusal")
    said = {
        "kind": "not_yet",
        "stage": "referral",
        "by_role": "clinician",
        "decided_by": "The ward round",
        "reason": "not_ready",
    }
    # A “not yet” without its day would be a no.
    assert "needs the day on which" in story.ada.is_refused(address, **said)
    page = story.ada.fills(address, until_on="2026-11-02", person_informed="on", **said)
    assert "This reason goes against zero exclusion" in page
    assert "Mille can be taken on today" in page
    assert NAME in story.ada.opens("/referrals/")  # the list keeps her
    assert story.runs("“Not yet” was said; ask again 26 days left")
    assert story.runs("Referred 2 days ago; first meeting not held yet")


def the_supervisor_sees_a_breach_of_zero_exclusion(story: Story) -> None:
    """Said by whom and why, on the page of the unit and in its report."""
    unit = story.ben.opens("/unit/")
    for words in ("The ward round", NAME, "against zero exclusion"):
        assert words in unit, words
    report = of_the_autumn(story)
    for words in (
        "Against zero exclusion 1 of the 1 logged in the period",
        "“not ready”: 1",
        "0 of 1 met after all",
        "Nobody was overtaken.",
    ):
        assert words in report, words
    assert story.ada.finds_nothing("/unit/not-started/")


def of_the_autumn(story: Story) -> Page:
    return story.ben.opens("/unit/not-started/?first=2026-10-01&last=2026-12-31")


def somebody_referred_later_is_met_earlier(story: Story) -> None:
    story.on("2026-10-12")
    other = Story(story.world, story.days)
    steps.is_referred_in_one_sentence(
        other, "Nis wants to drive.", given_name="Nis", family_name="Vang"
    )
    story.on("2026-10-13")
    steps.ada_takes_on(other)
    story.on("2026-10-14")
    steps.it_was_the_first_meaningful_contact(other, steps.they_meet(other))

    report = of_the_autumn(story)
    assert "Mille Krog referred 5 Oct · not met yet · 1 went before" in report
    assert "Nis Vang" not in report  # nobody went before him


def the_day_to_ask_again_comes_back(story: Story) -> None:
    story.on("2026-11-01")
    assert story.runs("“Not yet” was said; ask again tomorrow")
    assert "ask again now" not in story.ada.opens("/referrals/")
    story.on("2026-11-02")
    assert story.runs("“Not yet” was said; ask again today")
    assert "ask again now" in story.ada.opens("/referrals/")
    assert NAME in story.ben.opens("/todo/")


def she_is_taken_on_and_met(story: Story) -> None:
    steps.ada_takes_on(story)
    assert NAME not in story.ada.opens("/referrals/")
    assert not story.runs("“Not yet” was said")
    story.on("2026-11-05")
    assert story.runs("first meeting not held yet 1 day late")
    steps.it_was_the_first_meaningful_contact(story, steps.they_meet(story))
    assert not story.runs("first meeting not held yet")

    report = of_the_autumn(story)
    assert "1 of 1 met after all" in report
    # That she was overtaken stays true, now with the day of her own first meeting.
    assert "first met 5 Nov · 1 went before “not ready”" in report


# Missed appointments.


def she_stops_coming_and_nobody_may_let_her_drop(story: Story) -> None:
    story.on("2026-11-19")
    steps.they_meet(story)
    for day in ("2026-12-01", "2026-12-08"):
        story.ada.fills(
            f"{reverse('work:appointment_new')}?person={story.episode_id}",
            day=day,
            begins_at="10:00",
        )
    for day in ("2026-12-01", "2026-12-08"):
        story.on(day)
        story.ada.presses("/today/", f"Did not come: {NAME}")

    refused = is_let_go(story, reason="missed_appointments")
    assert "Contact was not sought enough to end this." in refused
    story.on("2026-12-18")
    assert story.runs("Not met for 29 days 1 day late")
    assert "Not met for 29 days" in story.ada.opens("/todo/")
    assert NAME in _silent(story.ben.opens("/unit/"))


def is_let_go(story: Story, reason: str = "lost_contact", **more: str) -> Page:
    """Try to end the episode, which is refused; the page says what is missing."""
    return story.ada.is_refused(story.episode("desk:end"), reason=reason, **more)


def ada_looks_for_her(story: Story) -> None:
    """A call, a visit, and the team asked: it is not enough before four weeks."""
    steps.they_meet(story, mode="phone", attended="no")
    missing = is_let_go(story)
    for words in (
        "three attempts since you last met",
        "attempts in two ways",
        "one attempt out where the person lives",
        "four weeks between the first and the last attempt",
        "the treatment team asked, with the day",
    ):
        assert words in missing, words

    story.on("2027-01-04")
    steps.they_meet(story, attended="no", place="home")
    story.on("2027-01-11")
    steps.they_meet(story, mode="message", attended="no")
    missing = is_let_go(story, team_asked_on="2027-01-08")
    assert "four weeks between the first and the last attempt" in missing
    assert "three attempts since" not in missing
    assert "the treatment team asked" not in missing
    assert "If you want to work again, ring us." in missing.answer.content.decode()


def she_answers_and_stays(story: Story) -> None:
    """The last attempt, which would have been enough, finds her at home."""
    story.on("2027-01-18")
    assert story.runs("Not met for 60 days 32 days late")
    steps.they_meet(story, place="home", note="She had moved; the dog was ill.")
    assert story.runs("Not met for 0 days")
    # Whoever is found is not lost: what was tried before counts no more.
    again = is_let_go(story, team_asked_on="2027-01-08")
    assert "three attempts since you last met" in again
    page = story.ada.opens(story.person("desk:person"))
    assert "The episode has ended" not in page
    assert NAME not in _silent(story.ben.opens("/unit/"))


def _silent(unit: Page) -> str:
    """Return what the supervisor's page says of those whom nobody has met."""
    titled = "//*[contains(@class, 'card')][.//h2[contains(., 'Not met for 28 days')]]"
    return str(unit.tree.xpath(titled)[-1].text_content())


def the_facts_say_it(story: Story) -> None:
    assert story.own_facts("refusals", "day", "by_role", "stage", "reason") == [
        (date(2026, 10, 7), "clinician", "referral", "not_ready")
    ]
    assert story.own_facts("status", "first_day", "last_day", "state") == [
        (date(2026, 11, 2), None, "active")
    ]
    assert story.own_facts("contacts", "day", "mode", "attended", "outreach") == [
        (date(2026, 11, 5), "in_person", True, None),
        (date(2026, 11, 19), "in_person", True, None),
        (date(2026, 12, 1), "in_person", False, None),
        (date(2026, 12, 8), "in_person", False, None),
        (date(2026, 12, 18), "phone", False, True),
        (date(2027, 1, 4), "in_person", False, True),
        (date(2027, 1, 11), "message", False, True),
        (date(2027, 1, 18), "in_person", True, None),
    ]
    assert story.own_facts("episodes", "referred_on", "entered_on", "exited_on") == [
        (date(2026, 10, 5), date(2026, 11, 5), None)
    ]
