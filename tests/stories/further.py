"""Chapters after the second start: another specialist, steady work, the way back."""

from datetime import date

from django.urls import reverse

from tests.factories.access import MembershipFactory, UserFactory
from tests.stories import steps
from tests.stories.acting import rows_of, words_of_file
from tests.stories.steps import Story

EVENTS = [
    (date(2026, 10, 8), "profile_started", "specialist"),
    (date(2026, 10, 15), "benefits_declined", "applicant"),
    (date(2026, 10, 15), "benefits_offered", "specialist"),
    (date(2026, 10, 16), "disclosure_discussion", "specialist"),
    (date(2026, 10, 16), "disclosure_plan", "applicant"),
    (date(2026, 10, 20), "search_plan", "specialist"),
    (date(2026, 11, 12), "benefits_offered", "specialist"),
    (date(2026, 11, 18), "benefits_counselling", "counsellor"),
    (date(2026, 11, 18), "job_support_plan", "specialist"),
    (date(2027, 1, 11), "benefits_offered", "specialist"),
    (date(2027, 1, 18), "benefits_counselling", "counsellor"),
    (date(2027, 2, 22), "benefits_declined", "applicant"),
    (date(2027, 2, 22), "benefits_offered", "specialist"),
    (date(2027, 2, 22), "job_end_review", "specialist"),
    (date(2027, 2, 22), "profile_updated", "specialist"),
    (date(2027, 2, 22), "search_plan_reviewed", "specialist"),
    (date(2027, 3, 8), "benefits_offered", "specialist"),
    (date(2027, 3, 12), "benefits_counselling", "counsellor"),
    (date(2027, 5, 3), "handover", "specialist"),
    (date(2027, 8, 5), "step_down_plan", "specialist"),
]


def may_another_specialist_takes_over(story: Story) -> None:
    """Ada hands over with words; Bo begins with one page that knows the rest."""
    story.on("2027-05-03")
    bo = UserFactory(name="Bo Specialist", email="bo@example.org")
    MembershipFactory(user=bo, team=story.world.north, role="specialist")
    story.joins_the_cast("bo", bo)
    steps.they_meet(story)
    page = story.ada.fills(
        story.episode("desk:hand_over"),
        specialist=str(bo.pk),
        words="Prefers messages.",
        met_on="2027-05-03",
    )
    for known in (
        "Ada Specialist → Bo Specialist",
        "Prefers messages.",
        "Bread, in the morning",
        "Konditoriet",
        "my name, nothing more",
        "Night shifts",
    ):
        assert known in page, known
    assert "Signe Holm" in story.bo.opens("/caseload/")
    assert "Signe Holm" not in story.ada.opens("/today/")
    told = story.signe.opens(reverse("desk:own_people"))
    assert "Bo Specialist" in told


def summer_the_work_is_steady(story: Story) -> None:
    """A meeting a month, which Bo's day asks for."""
    for day in ("2027-06-01", "2027-06-29", "2027-07-27"):
        story.on(day)
        assert story.runs("In work at Konditoriet; not seen for")
        steps.they_meet(story, "bo")
        assert story.runs("In work at Konditoriet; not seen for 0 days")


def august_she_steps_down_and_comes_back(story: Story) -> None:
    story.on("2027-08-05")
    plan = {
        "supporter": "The clinic, and her sister",
        "early_signs": "Goes quiet; a walk helps.",
        "way_back": "Ring Bo.",
    }
    against = story.bo.is_refused(story.episode("people:step_down"), **plan)
    assert "offered, never forced" in against
    page = story.bo.fills(story.episode("people:step_down"), person_agreed="on", **plan)
    assert "Stepped down 5 Aug" in story.bo.opens(page.address), page.words
    assert story.clocks() == []
    record = story.bo.takes(
        story.person("desk:paper", "health_record"), "Make it", format="docx", keep=[]
    )
    assert "Konditoriet" in words_of_file(record)

    story.on("2027-08-12")
    # She rings: one tap, no referral, and the clocks go on where they were.
    story.bo.presses(story.episode("people:state"), "Take up again")
    assert story.runs("In work at Konditoriet; not seen for 16 days")


def what_the_facts_say(story: Story) -> None:
    """Every act of the ten months, with its day and who did it."""
    assert story.own_facts("plan_events", "day", "kind", "by_role") == EVENTS
    assert story.own_facts(
        "episodes", "referral_source", "referred_on", "accepted_on", "entered_on"
    ) == [("clinician", date(2026, 10, 5), date(2026, 10, 6), date(2026, 10, 8))]
    assert story.own_facts("status", "first_day", "last_day", "state") == [
        (date(2026, 10, 6), date(2027, 8, 4), "active"),
        (date(2027, 8, 5), date(2027, 8, 11), "stepped_down"),
        (date(2027, 8, 12), None, "active"),
    ]
    assert story.own_facts("caseload", "first_day", "last_day", "ended_because") == [
        (date(2026, 10, 6), date(2027, 5, 2), "handover"),
        (date(2027, 5, 3), None, None),
    ]
    the_facts_of_work(story)
    the_facts_of_support(story)


def the_facts_of_work(story: Story) -> None:
    first, second = date(2026, 11, 23), date(2027, 3, 15)
    assert story.own_facts(
        "jobs", "first_day", "last_day", "end_reason", "placement", "occupation"
    ) == [
        (first, date(2027, 2, 19), "laid_off", "competitive", "7512"),
        (second, None, None, "competitive", "7512"),
    ]
    terms = story.facts()["job_terms"]
    assert rows_of(terms, "first_day", "last_day", "weekly_hours", "pay") == [
        (first, date(2027, 1, 10), 16, 150),
        (date(2027, 1, 11), date(2027, 2, 19), 20, 150),
        (second, None, 18, 155),
    ]
    assert story.own_facts("employer_contacts", "day", "visit_no", "fits_plan") == [
        (date(2026, 10, 22), 1, True),
        (date(2026, 10, 26), 2, True),
        (date(2026, 10, 29), 3, True),
        (date(2026, 11, 10), 4, None),  # the interview, kept with one tap
    ]


def the_facts_of_support(story: Story) -> None:
    found = story.facts()
    assert rows_of(found["supports"], "day", "kind", "given_by") == [
        (date(2026, 11, 24), "on_site", "specialist"),
        (date(2026, 11, 24), "travel", "specialist"),
    ]
    assert rows_of(found["absences"], "first_day", "last_day", "paid") == [
        (date(2027, 2, 1), date(2027, 2, 3), True)
    ]
    assert story.own_facts("evidence", "received_on", "kind", "period_first") == [
        (date(2026, 11, 18), "contract", None),
        (date(2027, 1, 4), "payslip", date(2026, 12, 1)),
        (date(2027, 3, 8), "contract", None),
    ]
    assert story.own_facts("education", "first_day", "level", "mainstream") == [
        (date(2027, 4, 6), "school", True)
    ]
    assert story.own_facts("benefit_spells", "benefit", "first_day") == [
        ("support", date(2025, 6, 1))
    ]
