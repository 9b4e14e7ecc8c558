"""Chapters of the search: referred, met, known, agreed, counselled before the start."""

from typing import Any

from django.test import Client
from django.urls import reverse

from braid.work.models import Application, Employer
from tests.stories import at_work, counselling, steps
from tests.stories.acting import Hand, Page, words_of_file
from tests.stories.at_work import employer
from tests.stories.steps import WHY, Story

WORDS = "Signe wants to smell bread in the morning."
GOAL = "Bread, in the morning"
BORN = "1994-02-11"

# October: the way in.


def october_she_is_referred_and_met(story: Story) -> None:
    steps.is_referred_in_one_sentence(
        story, WORDS, given_name="Signe", family_name="Holm", birth_date=BORN
    )
    assert WORDS in story.ada.opens("/referrals/")
    assert story.clocks() == [
        "Referred 0 days ago; first meeting not held yet 30 days left"
    ]
    steps.the_unit_confirms_the_receipt(story, "Signe Holm")
    # Nobody has agreed yet that the clinician reads anything of the course.
    assert "Signe" not in story.cora.opens("/refer/sent/")

    story.on("2026-10-06")
    steps.ada_takes_on(story)
    assert story.runs("Referred 1 day ago; first meeting not held yet")

    story.on("2026-10-08")
    asked = steps.they_meet(story, note="Coffee by the harbour.")
    steps.it_was_the_first_meaningful_contact(story, asked)
    assert not story.runs("first meeting not held yet")
    for begun in (
        "Entered 0 days ago; no employer met yet",
        "Entered 0 days ago; career profile not drafted yet",
        "Not talked yet about what an employer may know",
        "Entered 0 days ago; no search plan agreed yet",
    ):
        assert story.runs(begun), begun


def signe_opens_her_own_page(story: Story) -> None:
    user = steps.is_invited_to_the_own_page(story, Hand(Client()), BORN)
    story.joins_the_cast("signe", user)
    assert "Good morning, Signe" in story.signe.opens("/")


# October: the profile, over two meetings.


def october_the_profile_is_begun_together(story: Story) -> None:
    signe_opens_her_own_page(story)
    section = _profile_of(story)
    story.ada.fills(section("a"), goal=GOAL, motive="To make something.")
    story.ada.fills(
        story.person("people:past_job_new"), title="Kitchen help", liked="The noise."
    )
    assert "2 of 16 sections touched" in story.ada.opens(story.person("people:profile"))
    assert story.runs("career profile not drafted yet")  # two are missing

    story.on("2026-10-15")
    steps.they_meet(story)
    story.ada.fills(section("k"), hours_wanted="16", transport=["bicycle"])
    story.ada.fills(section("m"), money_worries="The rent.", wants_counselling="yes")
    assert not story.runs("career profile not drafted yet")
    assert "Career profile begun 8 Oct" in story.ada.opens(story.person("desk:person"))

    story.signe.fills(
        reverse("people:own_profile_section", args=["e"]), strengths="I am calm."
    )
    assert "Signe Holm wrote this" in story.ada.opens(section("e"))
    file = story.ada.takes(
        story.person("desk:paper", "profile"), "Make it", format="docx", keep=[]
    )
    said = words_of_file(file)
    assert "I am calm." in said
    assert "The rent." not in said  # money leaves the house only when it is ticked


def october_she_wants_to_wait_with_the_counselling(story: Story) -> None:
    """Her yes in the profile makes it due; a no to the offer is an answer too."""
    assert story.runs("Benefits counselling waits 14 days left")
    counselling.ada_offers(story, answer="declined")
    assert not story.runs("Benefits counselling waits")


def _profile_of(story: Story) -> Any:
    return lambda section: story.person("people:profile_section", section)


# October: what an employer may know, and what is looked for.


def october_it_is_agreed_what_an_employer_may_know(story: Story) -> None:
    # Given no talk yet, nobody speaks for her, and the page leads to the talk.
    refused = visits_the_bakery(story, told="name", is_refused=True)
    assert "Talk about it first" in refused
    way_to_talk = story.episode("work:disclosure_new")
    assert way_to_talk in refused.answer.content.decode()

    story.on("2026-10-16")
    steps.they_meet(story, mode="video")
    assert story.runs("Not talked yet about what an employer may know")
    story.ada.fills(way_to_talk, decision="name", against="Gossip.", agreed_how="")
    assert not story.runs("Not talked yet about what an employer may know")
    signe_says_what_an_employer_may_know(story)
    wider = visits_the_bakery(story, told="health", is_refused=True)
    assert "my name, nothing more" in wider
    assert "They bake from four." in wider.answer.content.decode()  # nothing is lost


def signe_says_what_an_employer_may_know(story: Story) -> None:
    """The talk alone opens nothing; she says yes in her own account."""
    assert "Talk about it first" in visits_the_bakery(story, "name", is_refused=True)
    own = reverse("desk:own_disclosure")
    label = "I agree: Any employer for whom nothing else is decided"
    assert "It counts from now on." in story.signe.presses(own, label)


def visits_the_bakery(
    story: Story, told: str, *, is_refused: bool = False, **more: Any
) -> Page:
    """Log a visit to the bakery for her; the second time it is in the list."""
    bakery = Employer.objects.filter(name="Bageriet").system(WHY).first()
    named = {"employer": str(bakery.pk)} if bakery else {"new_employer": "Bageriet"}
    address = f"{reverse('desk:log_employer')}?person={story.episode_id}"
    act = story.ada.is_refused if is_refused else story.ada.fills
    return act(address, told=told, learned="They bake from four.", **named | more)


def october_a_plan_is_agreed_in_her_own_account(story: Story) -> None:
    story.on("2026-10-20")
    searched = story.ada.is_refused(
        story.episode("people:plan_edit"),
        goal=GOAL,
        occupations_text="bakers",
        industries_text="food products",
    )
    # Found by words; she ticks what she means, and nothing typed is lost.
    story.ada.fills_on(
        searched,
        occupations=["7512"],
        industries=["10"],
        hours_from="12",
        hours_to="20",
        avoid="Night shifts",
    )
    story.ada.fills(
        story.episode("people:step_new"), text="Ask my sister", owner="applicant"
    )
    assert story.runs("no search plan agreed yet")  # a draft holds nothing

    own = reverse("desk:own_search_plan")
    assert "The plan holds now." in story.signe.presses(own, "I agree")
    story.signe.presses(own, "I have done it: Ask my sister")
    assert not story.runs("no search plan agreed yet")
    assert story.runs("Search plan last looked at 0 days ago")
    paper = story.person("desk:paper", "search_plan")
    assert "Night shifts" in words_of_file(_docx(story, paper))
    printed = story.ada.takes(paper, "Make it", format="pdf", keep=[])
    assert printed.content.startswith(b"%PDF")


def _docx(story: Story, paper: str) -> Any:
    return story.ada.takes(paper, "Make it", format="docx", keep=[])


def october_three_visits_to_the_bakery(story: Story) -> None:
    story.on("2026-10-22")
    assert story.runs("no employer met yet 16 days left")
    edit = reverse("work:employer_edit", args=[employer("Bageriet").pk])
    searched = story.ada.is_refused(edit, industry_text="food products")
    story.ada.fills_on(searched, industry="10")
    asked = visits_the_bakery(story, told="name", stage="introduce")
    # The program proposes with its reason; the specialist decides.
    assert "It seems to fit the plan." in asked
    story.ada.presses(asked.address, "It fits")
    assert not story.runs("no employer met yet")

    story.on("2026-10-26")
    steps.they_meet(story)
    visits_the_bakery(story, told="name", stage="learn", fits_plan="yes")
    story.on("2026-10-29")
    visits_the_bakery(story, told="name", stage="match", fits_plan="yes")
    bakery = story.ada.opens(employer("Bageriet").get_absolute_url())
    assert "present a match: " in bakery
    assert "Signe" not in bakery  # no applicant's name on an employer's page
    a_letter_says_what_was_agreed_and_nothing_else(story)


def a_letter_says_what_was_agreed_and_nothing_else(story: Story) -> None:
    paper = story.person("desk:paper", "introduction")
    letter = story.ada.takes(
        paper,
        "Make it",
        employer=str(employer("Bageriet").pk),
        format="docx",
        keep=[],
    )
    said = words_of_file(letter)
    assert "Signe Holm" in said
    for kept in ("North", "Ada Specialist", "Gossip", BORN, "The rent."):
        assert kept not in said, kept


# November: an application, its interview, an offer.


def november_an_application_an_interview_an_offer(story: Story) -> None:
    story.on("2026-11-02")
    steps.they_meet(story, minutes="60", phase="job_search")
    story.ada.fills(
        f"{reverse('work:application_new')}?person={story.episode_id}",
        employer=str(employer("Bageriet").pk),
        title="Baker's assistant",
        interview_on="2026-11-10",
        channel="in_person",
    )
    sent = Application.objects.filter(episode=story.episode_id).system(WHY).get()
    story.ada.presses(story.person("desk:person_search"), "Into my diary")

    story.on("2026-11-10")
    assert "Interview: Baker's assistant" in story.ada.opens("/today/").words.replace(
        "&#x27;", "'"
    )
    asked = story.ada.presses("/today/", "Kept: Bageriet")
    assert "Kept, and logged as a contact." in asked

    story.on("2026-11-12")
    story.ada.fills(
        reverse("work:application_edit", args=[sent.pk]),
        result="offer",
        result_on="2026-11-12",
        with_at_interview="yes",
    )
    assert story.runs("Benefits counselling waits")


def november_counselled_before_the_first_day(story: Story) -> None:
    """The start is known; counselling is due by it, and comes before it."""
    at_work.a_start_is_known(
        story, "2026-11-23", "Baker's assistant", employer=str(employer("Bageriet").pk)
    )
    assert [line for line in story.clocks() if "Benefits" in line] == [
        "Benefits counselling waits 11 days left"
    ]
    assert "Signe Holm" in story.una.opens("/")
    counselling.ada_offers(story, answer="accepted")
    counselling.una_verifies_what_she_lives_on(story)

    story.on("2026-11-18")
    page = counselling.una_works_out(story, "And the bakery job?", hours="16")
    assert "less than before" in story.una.opens(page)
    counselling.una_hands_over(story, page, "I take it.")
    assert not story.runs("Benefits counselling waits")
    counselling.ada_knows_that_and_not_what(story, page)
