"""The pages of questions: the list, the form that says what may be read, the answer."""

import re

import pytest
from django.urls import reverse

from braid.access.models import AuditEntry
from braid.access.policy import Information
from braid.teamwork.commands import questions as commands
from braid.teamwork.models import Question
from braid.teamwork.queries import questions as queries
from tests.cast import TODAY
from tests.consents import agree, withdraw
from tests.factories.access import MembershipFactory
from tests.factories.people import EpisodeFactory
from tests.factories.teamwork import QuestionFactory
from tests.teamwork.test_questions import ask

IDENTITY, JOBS = Information.IDENTITY, Information.JOBS
GOALS = Information.WORK_GOALS


def new(world, person=True):
    where = reverse("teamwork:question_new")
    return f"{where}?person={world.pat.pk}" if person else where


def sent(world, **given):
    return {
        "whom": f"mental_health:{world.east.pk}:",
        "kind": "jobs",
        "text": "Can she start at nine?",
        "due_on": "2026-10-12",
        **given,
    }


@pytest.fixture
def agreed(world):
    agree(world, world.pat, world.cora, IDENTITY, JOBS, GOALS)
    agree(world, world.pat, world.dev, IDENTITY, JOBS)


@pytest.fixture
def asked(world, agreed, today):
    return ask(world, "ada", "mental_health", text="Can <i>she</i> start at nine?")


def test_the_form_says_what_they_may_read(world, as_, agreed):
    page = as_("ada").get(new(world)).content.decode()
    assert (
        "East may read about Pat: goals and plans for work; jobs, past and present; "
        "treatment." in page
    )
    assert "benefits and money" in page
    assert "Pat has not agreed" in page


def test_the_form_says_so_of_the_class_that_is_chosen(world, as_, agreed):
    where = reverse("teamwork:question_bounds") + f"?person={world.pat.pk}"
    page = as_("ada").post(where, sent(world, kind="benefits")).content.decode()
    assert "They may not read this" in page
    page = as_("ada").post(where, sent(world)).content.decode()
    assert "They may not read this" not in page
    centre = f"employment:{world.job_centre.pk}:"
    page = as_("ada").post(where, sent(world, whom=centre)).content.decode()
    assert "Job centre may read about Pat: jobs, past and present" in page
    assert Question.objects.system("test").count() == 0


def test_the_form_notices_a_name_while_it_is_typed(world, as_):
    where = reverse("teamwork:question_bounds")
    given = {"whom": f"mental_health:{world.east.pk}:", "text": "How is Pat Lund?"}
    assert "may name somebody" in as_("ada").post(where, given).content.decode()
    given["text"] = "Which day suits you?"
    assert "may name somebody" not in as_("ada").post(where, given).content.decode()


def test_a_question_is_sent(world, as_, agreed):
    answer = as_("ada").post(new(world), sent(world))
    found = Question.objects.system("test").get()
    assert answer["Location"] == reverse("teamwork:question", args=[found.pk])
    assert (found.kind, found.of_team, found.by_team) == (
        "jobs",
        world.east,
        world.north,
    )
    assert found.created_by == world.ada.user


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"kind": "benefits"}, "They may not read this"),
        ({"kind": "treatment"}, "You may not read the answer"),
        ({"text": ""}, "This field is required"),
        ({"due_on": "2026-10-04"}, "Choose today or a later day"),
        ({"whom": "mental_health:nobody:"}, "Select a valid choice"),
    ],
    ids=["benefits", "treatment", "empty", "yesterday", "another team"],
)
def test_what_cannot_be_asked_is_refused_and_stays_typed(
    world, as_, agreed, given, sentence
):
    answer = as_("ada").post(new(world), sent(world, **given))
    assert answer.status_code == 422
    page = answer.content.decode()
    assert sentence in page
    if given.get("text") != "":
        assert "Can she start at nine?" in page
    assert Question.objects.system("test").count() == 0


def test_a_general_question_with_a_name_asks_once(world, as_):
    text = {"text": "How is Pat Lund?"}
    given = {key: value for key, value in sent(world, **text).items() if key != "kind"}
    answer = as_("ada").post(new(world, person=False), given)
    assert answer.status_code == 422
    assert "is_somebody_else" in answer.content.decode()
    given["is_somebody_else"] = "on"
    assert as_("ada").post(new(world, person=False), given).status_code == 302


def test_the_side_in_the_address_is_chosen_first(world, as_, agreed):
    page = as_("ada").get(f"{new(world)}&of=employment").content.decode()
    assert f'value="employment:{world.job_centre.pk}:" selected' in page


def test_nobody_asks_about_somebody_unknown(world, as_):
    assert as_("cora").get(new(world)).status_code == 404
    assert as_("ola").get(new(world)).status_code == 404
    assert (
        as_("ada").get(reverse("teamwork:question_new") + "?person=x").status_code
        == 404
    )


def test_cora_answers_on_the_page(world, as_, asked):
    where = reverse("teamwork:question", args=[asked.pk])
    page = as_("cora").get(where).content.decode()
    assert "Can &lt;i&gt;she&lt;/i&gt; start at nine?" in page
    assert as_("cora").post(where, {"answer": "Yes."}).status_code == 302
    page = as_("ada").get(where).content.decode()
    assert "Yes." in page
    assert world.cora.user.name in page
    assert queries.answered_for(world.ada.actor) == []


def test_opening_a_question_is_recorded_with_its_ground(world, as_, asked):
    as_("cora").get(reverse("teamwork:question", args=[asked.pk]))
    entry = AuditEntry.objects.get(action="question_opened")
    assert (entry.ground, entry.information) == ("consent", "identity,jobs")
    assert entry.consent_number is not None
    assert entry.applicant_key == world.pat.pk


def test_consent_that_ends_while_somebody_types_loses_nothing(world, as_, asked):
    where = reverse("teamwork:question", args=[asked.pk])
    withdraw(world, world.pat, world.cora)
    assert as_("cora").get(where).status_code == 404
    answer = as_("cora").post(where, {"answer": "She can start at <nine>."})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "She can start at &lt;nine&gt;." in page
    assert "was not sent" in page
    for word in ("Pat", "Lund", "start at nine"):
        assert word not in page
    assert Question.objects.system("test").get().state == "open"


def test_what_the_asker_may_not_read_any_more_is_told_beside_the_answer(
    world, as_, today
):
    agree(world, world.pat, world.cora, IDENTITY)
    agree(world, world.pat, world.ada, Information.TREATMENT)
    asked = ask(world, "ada", "mental_health", "treatment")
    withdraw(world, world.pat, world.ada)
    where = reverse("teamwork:question", args=[asked.pk])
    answer = as_("cora").post(where, {"answer": "Sleeps well."})
    assert answer.status_code == 422
    assert "may not read the answer any more" in answer.content.decode()
    assert "Sleeps well." in answer.content.decode()


def test_an_answer_that_came_too_late_is_shown_again(world, as_, asked):
    where = reverse("teamwork:question", args=[asked.pk])
    found = queries.question(world.cora.actor, asked.pk)
    commands.answer(actor=world.cora.actor, question=found, text="Yes.", today=TODAY)
    answer = as_("cora").post(where, {"answer": "No, at ten."})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "No, at ten." in page
    assert "answered or taken back" in page
    assert "Yes." in page


def test_who_asks_does_not_answer(as_, asked):
    where = reverse("teamwork:question", args=[asked.pk])
    assert as_("ada").post(where, {"answer": "Myself."}).status_code == 404


def test_an_answer_of_twenty_thousand_signs_is_kept(world, as_, asked):
    where = reverse("teamwork:question", args=[asked.pk])
    text = ("שלום 🙂 <b>x</b> " * 2000)[:20_000].strip()
    assert as_("cora").post(where, {"answer": text}).status_code == 302
    assert Question.objects.system("test").get().answer == text
    too_long = ask(world, "ada", "mental_health")
    where = reverse("teamwork:question", args=[too_long.pk])
    assert as_("cora").post(where, {"answer": "x" * 20_001}).status_code == 422


def test_a_question_is_given_on_and_a_stale_form_is_told(world, as_, asked):
    mia = MembershipFactory(team=world.east, role="clinician").user
    where = reverse("teamwork:question_give", args=[asked.pk])
    given = {"staff": str(mia.pk), "row_version": "1"}
    assert as_("cora").post(where, given).status_code == 302
    stale = as_("cora").post(where, {"staff": "", "row_version": "1"})
    assert stale.status_code == 422
    assert "Somebody changed this" in stale.content.decode()


def test_buttons_of_those_who_asked(world, as_, asked, settings, mailoutbox):
    settings.BRAID_MAILS = True
    page = as_("ada").get(reverse("teamwork:question", args=[asked.pk]))
    again = reverse("teamwork:question_remind", args=[asked.pk])
    back = reverse("teamwork:question_take_back", args=[asked.pk])
    assert again in page.content.decode()
    as_("ada").post(again)
    assert Question.objects.system("test").get().reminded_on == TODAY
    page = as_("ada").get(reverse("teamwork:question", args=[asked.pk]))
    assert again not in page.content.decode()
    assert mailoutbox == []  # a whole team is asked, nobody in person
    as_("ada").post(back)
    assert Question.objects.system("test").get().state == "taken_back"


def test_somebody_asked_in_person_gets_a_mail_without_words(
    world, as_, agreed, settings, mailoutbox
):
    settings.BRAID_MAILS = True
    whom = f"mental_health:{world.east.pk}:{world.cora.user.pk}"
    as_("ada").post(new(world), sent(world, whom=whom))
    [mail] = mailoutbox
    assert mail.to == [world.cora.user.email]
    for word in ("Pat", "Lund", "nine", "Ada"):
        assert word not in mail.subject + mail.body


def test_the_list_shows_both_ways_and_the_figures(world, as_, asked):
    ask(world, "dev", "ips_provider", text="Does the wage cover the rent?")
    page = as_("ada").get(reverse("teamwork:questions")).content.decode()
    assert "Can &lt;i&gt;she&lt;/i&gt; start at nine?" in page
    assert "Does the wage cover the rent?" in page
    of_us, by_us = re.split("Asked by us", page, maxsplit=1)
    assert "Does the wage" in of_us
    assert "start at nine" in by_us
    assert "As of" in page


def test_what_is_over_its_day_says_so_to_both(world, as_, agreed):
    QuestionFactory(
        episode=world.pat_episode,
        kind="jobs",
        by_team=world.north,
        of_team=world.east,
        due_on="2026-10-01",
    )
    for member in ("ada", "cora"):
        page = as_(member).get(reverse("teamwork:questions")).content.decode()
        assert "its day has passed" in page


@pytest.mark.parametrize("member", ["ada", "cora", "dev"])
def test_the_list_costs_the_same_for_many(
    world, as_, agreed, member, django_assert_max_num_queries
):
    for _each in range(25):
        episode = EpisodeFactory(applicant=world.pat, unit=world.north)
        for by, of in ((world.north, world.east), (world.job_centre, world.north)):
            QuestionFactory(episode=episode, kind="jobs", by_team=by, of_team=of)
    client = as_(member)
    client.get(reverse("teamwork:questions"))
    with django_assert_max_num_queries(18):
        client.get(reverse("teamwork:questions"))


def test_the_form_and_the_page_cost_what_they_cost(
    world, as_, asked, django_assert_max_num_queries
):
    client = as_("ada")
    client.get(new(world))
    with django_assert_max_num_queries(24):
        client.get(new(world))
    with django_assert_max_num_queries(24):
        client.get(reverse("teamwork:question", args=[asked.pk]))
