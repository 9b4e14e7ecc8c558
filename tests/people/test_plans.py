"""Stories of the search plan: drafted, agreed, kept as it was, followed by the next."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from braid.kernel.errors import InputFault, Refused, Stale
from braid.people import commands, queries
from braid.people.choices import AgreedHow, TargetKind
from braid.people.commands import NewTarget
from braid.people.models import SearchPlan
from tests.cast import TODAY
from tests.consents import agree
from tests.factories.people import PlanActionFactory, SearchPlanFactory

DAY = timedelta(days=1)
KITCHEN = NewTarget(TargetKind.OCCUPATION, "9412")
CAFES = NewTarget(TargetKind.INDUSTRY, "56")
DRONES = NewTarget(TargetKind.OCCUPATION, words="Drone pilot")


@pytest.fixture
def episode(world):
    return queries.co_written_episode(world.ada.actor, world.pat_episode.pk)


@pytest.fixture
def plan(world, episode):
    return commands.draft_plan(
        actor=world.ada.actor,
        episode=episode,
        first_day=TODAY,
        goal="A kitchen, mornings",
        targets=[KITCHEN, CAFES],
        avoid="Places that sell alcohol",
    )


def agreed(world, plan, how=AgreedHow.SAID, day=TODAY):
    commands.agree_plan(actor=world.ada.actor, plan=plan, day=day, how=how)
    return plan


def in_force(episode, day):
    return queries.plan_in_force([episode.pk], day).get(episode.pk)


def test_a_draft_holds_nothing_until_it_is_agreed(world, episode, plan):
    assert in_force(episode, TODAY) is None
    agreed(world, plan)
    holding = in_force(episode, TODAY)
    assert [one.code for one in holding.targets] == ["56", "9412"]
    assert holding.avoid == "Places that sell alcohol"


def test_an_agreed_plan_is_looked_at_again_after_a_quarter(world, plan):
    assert agreed(world, plan).review_on == TODAY + 90 * DAY


def test_a_draft_is_edited_in_place_and_a_stale_form_is_told(world, plan):
    change = {"actor": world.ada.actor, "plan": plan, "row_version": 1}
    commands.change_draft(**change, targets=[DRONES], goal="Drones")
    with pytest.raises(Stale):
        commands.change_draft(**change, targets=[], goal="Something else")
    (only,) = queries.plans(world.ada.actor, [plan.episode_id])
    assert (only.number, only.goal) == (1, "Drones")
    assert [one.words for one in only.occupations] == ["Drone pilot"]


def test_what_was_agreed_is_never_rewritten(world, plan):
    agreed(world, plan)
    with pytest.raises(InputFault, match="stays as it is"):
        commands.change_draft(
            actor=world.ada.actor, plan=plan, row_version=2, targets=[], goal="Other"
        )
    with pytest.raises(InputFault, match="stays as it is"):
        agreed(world, plan)


def test_the_next_plan_takes_its_place_from_a_day_on(world, episode, plan):
    agreed(world, plan)
    later = TODAY + 14 * DAY
    following = commands.draft_plan(
        actor=world.ada.actor, episode=episode, first_day=later, goal="An office"
    )
    assert in_force(episode, later).goal == "A kitchen, mornings"
    agreed(world, following)
    assert in_force(episode, later).goal == "An office"
    assert in_force(episode, later - DAY).goal == "A kitchen, mornings"
    assert in_force(episode, TODAY - DAY) is None


def test_there_is_one_draft_at_a_time(world, episode, plan):
    with pytest.raises(InputFault, match="a draft already"):
        commands.draft_plan(
            actor=world.ada.actor, episode=episode, first_day=TODAY, goal="Two"
        )


def test_the_next_plan_cannot_begin_before_the_one_it_follows(world, episode, plan):
    agreed(world, plan)
    with pytest.raises(InputFault, match="begin after that day") as met:
        commands.draft_plan(
            actor=world.ada.actor, episode=episode, first_day=TODAY, goal="Two"
        )
    assert met.value.field == "first_day"


def test_only_the_applicant_agrees_in_the_own_account(world, plan):
    with pytest.raises(InputFault, match="only the applicant"):
        agreed(world, plan, AgreedHow.OWN_ACCOUNT)
    commands.agree_plan(
        actor=world.pat_account.actor,
        plan=plan,
        day=TODAY,
        how=AgreedHow.OWN_ACCOUNT,
    )
    assert plan.agreed_how == "own_account"


def test_a_review_is_noted_with_the_next_one(world, plan):
    agreed(world, plan)
    commands.note_review(actor=world.ada.actor, plan=plan, reviewed_on=TODAY)
    assert (plan.reviewed_on, plan.review_on) == (TODAY, TODAY + 90 * DAY)
    with pytest.raises(InputFault, match="later day"):
        commands.note_review(
            actor=world.ada.actor, plan=plan, reviewed_on=TODAY, review_on=TODAY
        )


@pytest.mark.parametrize("who", ["cora", "dev", "ola", "blake"])
def test_nobody_else_writes_in_the_plan(world, episode, plan, who):
    with pytest.raises(Refused):
        commands.add_step(
            actor=getattr(world, who).actor, episode=episode, text="x", owner="other"
        )
    with pytest.raises(Refused):
        commands.agree_plan(
            actor=getattr(world, who).actor, plan=plan, day=TODAY, how=AgreedHow.SAID
        )


def test_a_clinician_reads_it_by_consent_and_not_without(world, plan):
    cora = world.cora.actor
    assert queries.plans(cora, [plan.episode_id]) == []
    agree(world, world.pat, world.cora, *_work_goals())
    assert [one.goal for one in queries.plans(cora, [plan.episode_id])] == [
        "A kitchen, mornings"
    ]


def _work_goals():
    from braid.access.policy import Information

    return (Information.IDENTITY, Information.WORK_GOALS)


# The pages.


def address(world, name="plan", *parts):
    return reverse(f"people:{name}", args=[world.pat_episode.pk, *parts])


FORM = {"goal": "A kitchen", "first_day": "2026-10-05"}


def test_a_plan_is_made_with_what_a_search_finds_and_nothing_typed_is_lost(as_, world):
    ada = as_("ada")
    asked = ada.post(
        address(world, "plan_edit"),
        {**FORM, "occupations_text": "kitchen", "avoid": "The harbour 🌊"},
    )
    page = asked.content.decode()
    assert asked.status_code == 422
    assert "Kitchen Helpers" in page and "The harbour 🌊" in page
    ticked = {**FORM, "occupations_text": "kitchen", "occupations": ["9412"]}
    assert ada.post(address(world, "plan_edit"), ticked).status_code == 302
    page = ada.get(address(world)).content.decode()
    assert "Kitchen Helpers" in page and "Agree the plan" in page


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        pytest.param({"hours_from": "90"}, "80", id="more than eighty hours"),
        pytest.param(
            {"hours_from": "20", "hours_to": "10"}, "fewer than", id="hours reversed"
        ),
        pytest.param({"goal": ""}, "required", id="no goal"),
        pytest.param({"goal": "x" * 20_001}, "20000", id="longer than 20 kB"),
    ],
)
def test_odd_input_is_told_in_a_sentence(as_, world, sent, words):
    answer = as_("ada").post(address(world, "plan_edit"), FORM | sent)
    assert answer.status_code == 422
    assert words in answer.content.decode()


def test_pasted_markup_and_other_scripts_are_shown_as_text(as_, world):
    SearchPlanFactory(
        episode=world.pat_episode, goal="<b>عمل</b> 🍞", agreed_on=date(2026, 9, 1)
    )
    page = as_("ada").get(address(world)).content.decode()
    assert "&lt;b&gt;عمل&lt;/b&gt; 🍞" in page


def test_the_plan_of_a_past_day_is_shown(as_, world):
    SearchPlanFactory(
        episode=world.pat_episode,
        goal="The first goal",
        agreed_on=date(2026, 9, 1),
        last_day=date(2026, 9, 20),
    )
    ada = as_("ada")
    assert (
        "The first goal" in ada.get(f"{address(world)}?on=2026-09-10").content.decode()
    )
    assert (
        "No plan was in force"
        in ada.get(f"{address(world)}?on=2026-08-30").content.decode()
    )


def test_a_plan_is_agreed_and_a_step_ticked_with_one_tap(as_, world):
    ada = as_("ada")
    ada.post(address(world, "plan_edit"), FORM)
    plan = SearchPlan.objects.system("the test looks").get()
    said = {"how": "said", "day": "2026-10-05", "row_version": plan.row_version}
    assert ada.post(address(world, "plan_agree"), said).status_code == 302
    step = PlanActionFactory(episode=world.pat_episode, due_on=date(2026, 10, 1))
    assert ">late<" in ada.get(address(world)).content.decode()
    ada.post(address(world, "step_done", step.pk))
    page = ada.get(address(world)).content.decode()
    assert ">late<" not in page and "Open again" in page


def test_the_page_asks_the_database_the_same_whatever_its_length(
    as_, world, django_assert_max_num_queries
):
    for number in range(5):
        SearchPlanFactory(
            episode=world.pat_episode,
            number=number + 1,
            first_day=date(2026, 9, 1) + number * DAY,
            last_day=date(2026, 9, 1) + number * DAY,
            agreed_on=date(2026, 9, 1),
        )
        PlanActionFactory.create_batch(4, episode=world.pat_episode)
    ada = as_("ada")
    with django_assert_max_num_queries(21):
        ada.get(address(world))
