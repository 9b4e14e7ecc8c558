"""Mille Krog between two sectors: noted, referred, talked about, asked about, at work.

Cora notes two letters in October and refers in one sentence. A meeting, a question, a
plan and a decision later Mille has a job, and Cora hears of it because Mille agreed.
In between the job centre proposes an internship; it is kept as what it is.
"""

import re
from datetime import date

import pytest
from django.urls import reverse

from braid.access.policy import Information
from braid.people.models import Applicant, TreatmentSpell
from braid.work.models import Job
from tests.consents import agree
from tests.factories.people import SearchPlanFactory, TreatmentSpellFactory
from tests.factories.work import EmployerFactory
from tests.stories import steps
from tests.stories.acting import key_in
from tests.stories.steps import WHY, Story

NAME = "Mille Krog"
TOLD = (
    *(Information.IDENTITY, Information.ATTENDANCE),
    *(Information.WORK_GOALS, Information.JOBS),
)


@pytest.fixture
def story(world, days):
    return Story(world, days)


def test_mille_between_two_sectors(story):
    meeting = october_cora_notes_somebody(story)
    october_she_is_referred_in_one_sentence(story, meeting)
    october_mille_agrees_what_the_clinic_may_know(story)
    october_the_meeting_is_prepared_and_held(story)
    october_a_question_is_answered(story)
    october_the_decision_is_carried_out(story)
    november_the_job_centre_proposes_an_internship(story)
    november_she_has_a_job_and_cora_hears_of_it(story)
    what_the_facts_say(story)


def _team(story: Story) -> str:
    return reverse("desk:team_meetings", args=[story.world.east.pk])


def _prepare(story: Story, day: str) -> str:
    """Ada prepares the next meeting with the team; return its address."""
    world = story.world
    address = reverse("desk:team_meeting_new", args=[world.east.pk, world.north.pk])
    return story.ada.fills(address, day=day, begins_at="09:00").address


def october_cora_notes_somebody(story: Story) -> str:
    """Two letters on the team's own list; the unit reads a number, and no letter."""
    story.on("2026-10-07")
    meeting = _prepare(story, "2026-10-07")
    story.cora.fills(meeting, label="M. K.")
    assert "M. K." in story.cora.opens(meeting)
    assert "M. K." not in story.ada.opens(meeting)
    return meeting


def october_she_is_referred_in_one_sentence(story: Story, meeting: str) -> None:
    story.on("2026-10-08")
    page = story.cora.presses(meeting, "Refer M. K.")
    assert page.address == "/refer/"
    steps.is_referred_in_one_sentence(
        story, "Mille wants to work with dogs.", given_name="Mille", family_name="Krog"
    )
    assert "Refer M. K." not in story.cora.opens(meeting).words
    steps.the_unit_confirms_the_receipt(story, NAME)
    story.on("2026-10-12")
    steps.ada_takes_on(story)
    steps.it_was_the_first_meaningful_contact(story, steps.they_meet(story))


def october_mille_agrees_what_the_clinic_may_know(story: Story) -> None:
    """Before that the team's page says nothing of the course."""
    world, day = story.world, date(2026, 10, 13)
    story.on(day.isoformat())
    treated = {"episode_id": story.episode_id, "team": world.east}
    if not _treated(story):
        TreatmentSpellFactory(**treated, first_day=day)
    mille = Applicant.objects.system(WHY).get(pk=story.applicant_id)
    agree(world, mille, world.cora, *TOLD, first_day=day)
    SearchPlanFactory(
        episode_id=story.episode_id, first_day=day, agreed_on=day, goal="With dogs"
    )


def _treated(story: Story) -> bool:
    spells = TreatmentSpell.objects.system(WHY).filter(episode_id=story.episode_id)
    return spells.filter(team=story.world.east).exists()


def october_the_meeting_is_prepared_and_held(story: Story) -> None:
    """Ada asks beforehand; Cora writes at the table; both decide, and see the plan."""
    story.on("2026-10-14")
    meeting = _prepare(story, "2026-10-14")
    for member in ("ada", "cora"):
        story.days.hand(member).presses(meeting, f"{member.title()} {_role(member)}")
    assert NAME in story.cora.opens(meeting)
    line = reverse("desk:team_meeting_line", args=[_key(meeting), story.episode_id])
    said = {"words": "Two kennels know of her.", "asked": "Clinic: Thursdays free?"}
    page = story.ada.opens(meeting)
    (form,) = [one for one in page.tree.forms if str(one.get("action")) == line]
    answer = story.ada.client.post(line, dict(form.form_values()) | said, follow=True)
    assert answer.status_code == 200
    assert "Two kennels know of her." in story.cora.opens(meeting)
    story.cora.presses(meeting, f"Talked about {NAME}")
    story.cora.presses(meeting, f"We have seen the plan: {NAME}")
    decide = reverse("desk:team_meeting_decide", args=[_key(meeting)])
    story.cora.fills(
        decide,
        about=str(story.episode_id),
        text="Move the Thursday talk to the afternoon",
        owner=f"mental_health:{story.world.cora.user.pk}",
        due_on="2026-10-23",
    )
    text = reverse("desk:team_meeting_text", args=[_key(meeting)])
    story.cora.presses(text, f"Put into the health record: {NAME}")
    assert "Thursday talk" in story.ada.opens(meeting)


def _role(member: str) -> str:
    return {"ada": "Specialist", "cora": "Clinician"}[member]


def _key(address: str) -> str:
    return str(key_in(address))


def october_a_question_is_answered(story: Story) -> None:
    """Ada asks the clinic within what was agreed; Cora answers two days later."""
    story.on("2026-10-15")
    address = reverse("teamwork:question_new")
    address += f"?person={story.applicant_id}&of=mental_health"
    cora = story.ada.opens(address).tree.xpath(
        "//option[normalize-space()='Cora Clinician']/@value"
    )
    story.ada.fills(
        address,
        whom=str(cora[0]),
        kind="attendance",
        text="Which day suits a meeting of three?",
        due_on="2026-10-22",
    )
    story.on("2026-10-17")
    waiting = story.cora.opens(reverse("teamwork:questions"))
    (asked,) = {
        str(one)
        for one in waiting.tree.xpath("//main//a/@href")
        if re.search(r"/questions/[0-9a-f-]{36}/$", str(one))
    }
    story.cora.fills(asked, answer="Thursday after two.")
    assert "Thursday after two." in story.ada.opens(asked)


def october_the_decision_is_carried_out(story: Story) -> None:
    story.on("2026-10-20")
    words = "Move the Thursday talk to the afternoon"
    assert words in story.cora.opens(_team(story))
    story.cora.presses(_team(story), words)
    assert "Nothing that a meeting decided is open." in story.cora.opens(_team(story))


def november_the_job_centre_proposes_an_internship(story: Story) -> None:
    """What Dev proposed on the telephone is kept with its day and what Mille said."""
    story.on("2026-11-03")
    story.ada.fills(
        story.episode("teamwork:proposal_new"),
        kind="internship",
        day="2026-11-02",
        by_role="caseworker",
        wanted="no",
        words="I want wages.",
    )
    page = story.ada.opens(story.person("desk:person"))
    assert "an internship" in page
    assert "I want wages." in page


def november_she_has_a_job_and_cora_hears_of_it(story: Story) -> None:
    story.on("2026-11-16")
    kennel = EmployerFactory(unit=story.world.north, name="Havnens Hundepension")
    story.ada.fills(
        f"{reverse('desk:log_job_start')}?person={story.episode_id}",
        employer=str(kennel.pk),
        first_day="2026-11-16",
        title="Kennel hand",
    )
    job = Job.objects.system(WHY).get(episode_id=story.episode_id)
    said = {"ordinary": "yes", "permanence": "permanent", "found_by": "specialist"}
    story.ada.fills(
        reverse("work:job_edit", args=[job.pk]),
        **said,
        weekly_hours="12",
        pay="150",
        pay_unit="hour",
        currency="DKK",
        fits_preference="yes",
        disclosure="none",
    )
    assert "started work" in story.cora.opens("/refer/sent/")


def what_the_facts_say(story: Story) -> None:
    """The meeting, the line, the question, the plan, the proposal, each with its day."""
    story.on("2026-11-17")
    facts = story.facts()
    lines = story.own_facts("discussions", "unreferred", "decision")
    assert lines == [(False, True)]
    unreferred = facts["discussions"].filter(facts["discussions"]["unreferred"])
    assert unreferred.num_rows == 1
    assert unreferred["episode_id"].to_pylist() == [None]
    assert story.own_facts(
        "questions",
        "asked_by_sector",
        "asked_of_sector",
        "asked_on",
        "answered_on",
    ) == [("ips_provider", "mental_health", date(2026, 10, 15), date(2026, 10, 17))]
    assert story.own_facts("proposals", "day", "kind", "by_role", "wanted") == [
        (date(2026, 11, 2), "internship", "caseworker", False)
    ]
    events = set(story.own_facts("plan_events", "day", "kind"))
    assert (date(2026, 10, 14), "plan_seen_by_treatment_team") in events
    assert (date(2026, 10, 14), "document_to_health_record") in events
    (task,) = story.own_facts("tasks", "sector", "due_on", "done_on")
    assert task == ("mental_health", date(2026, 10, 23), date(2026, 10, 20))
