"""Pat reads the plan, agrees to it, ticks off steps, and decides what employers know."""

import pytest
from django.urls import reverse

from braid.work.models import DisclosureDecision
from tests.factories.people import (
    PlanActionFactory,
    PlanTargetFactory,
    SearchPlanFactory,
)
from tests.factories.work import DisclosureDecisionFactory, EmployerContactFactory

PLAN, KNOW = "/me/plan/", "/me/disclosure/"


@pytest.fixture
def pat(as_):
    return as_("pat_account")


def page(client, address):
    return client.get(address).content.decode()


def decisions():
    return DisclosureDecision.objects.system("the test looks").order_by("created_at")


def test_a_draft_waits_for_her_yes_and_holds_from_then_on(world, pat):
    draft = SearchPlanFactory(episode=world.pat_episode, goal="A bakery", number=1)
    PlanTargetFactory(plan=draft, code="7512")
    asked = page(pat, PLAN)
    assert "Do you agree?" in asked and "Bakers" in asked
    pat.post(reverse("desk:own_plan_agree", args=[draft.pk]))
    after = page(pat, PLAN)
    assert "Do you agree?" not in after and "in the own account" in after


def test_she_ticks_off_her_own_steps_and_nobody_elses(world, pat):
    mine = PlanActionFactory(episode=world.pat_episode, owner="applicant")
    theirs = PlanActionFactory(episode=world.pat_episode, owner="clinician")
    assert pat.post(reverse("desk:own_step_done", args=[mine.pk])).status_code == 302
    assert pat.post(reverse("desk:own_step_done", args=[theirs.pk])).status_code == 404
    assert page(pat, PLAN).count("Open again") == 1


def test_another_persons_plan_is_not_hers(world, pat):
    draft = SearchPlanFactory(episode=world.quinn_episode, number=1)
    address = reverse("desk:own_plan_agree", args=[draft.pk])
    assert pat.post(address).status_code == 404


def test_she_decides_and_takes_back_with_one_tap(world, pat):
    employer = EmployerContactFactory(
        unit=world.north, episode=world.pat_episode
    ).employer
    decision = {
        "employer": str(employer.pk),
        "decision": "support",
        "words_support": "Ada helps me.",
    }
    assert pat.post(reverse("desk:own_disclosure_new"), decision).status_code == 302
    made = decisions().get(employer=employer)
    assert (made.agreed_how, made.employer_id) == ("own_account", employer.pk)
    assert "Ada helps me." in page(pat, KNOW)
    pat.post(reverse("desk:own_disclosure_back", args=[made.pk]))
    assert decisions().get(pk=made.pk).revoked_on is not None
    assert "Taken back: nothing may be told" in page(pat, KNOW)


def test_she_agrees_to_what_was_talked_about(world, pat):
    talk = DisclosureDecisionFactory(
        episode=world.pat_episode, decision="name", agreed_on=None
    )
    assert "do you agree?" in page(pat, KNOW)
    pat.post(reverse("desk:own_disclosure_agree", args=[talk.pk]))
    assert decisions().get(pk=talk.pk).agreed_how == "own_account"


def test_the_form_begins_with_what_holds_now(world, pat):
    assert "checked" in page(pat, reverse("desk:own_disclosure_new"))


def test_a_stranger_takes_nothing_back(world, as_):
    made = decisions().first()
    for who in ("ola", "cora"):
        for name in ("own_disclosure_back", "own_disclosure_agree"):
            answer = as_(who).post(reverse(f"desk:{name}", args=[made.pk]))
            assert answer.status_code in (403, 404)
    assert decisions().get(pk=made.pk).revoked_on is None


@pytest.mark.parametrize("address", [PLAN, KNOW])
def test_the_pages_ask_the_database_the_same_whatever_their_length(
    world, pat, address, django_assert_max_num_queries
):
    for number in range(4):
        PlanActionFactory(episode=world.pat_episode)
        DisclosureDecisionFactory(episode=world.pat_episode)
        SearchPlanFactory(episode=world.pat_episode, number=number + 1)
    with django_assert_max_num_queries(21):
        pat.get(address)
