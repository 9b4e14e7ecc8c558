"""Ending after outreach, handing over one person, and a whole caseload."""

import re
from datetime import date, timedelta

import pytest
from django.urls import reverse

from braid.access.models import AuditEntry
from braid.people.models import CaseloadSpell, Episode, EpisodeEntry, Handover
from tests.cast import TODAY
from tests.desk.test_pages import text
from tests.factories.access import BlockFactory, MembershipFactory, UserFactory
from tests.factories.people import (
    CaseloadSpellFactory,
    EpisodeFactory,
    HandoverFactory,
    SearchPlanFactory,
    StepDownPlanFactory,
)
from tests.factories.work import (
    ContactFactory,
    DisclosureDecisionFactory,
    EmployerFactory,
    JobFactory,
)


def rows(queryset):
    return queryset.system("the test looks")


@pytest.fixture
def pat(world):
    for number, state in enumerate(("referred", "active"), start=1):
        EpisodeEntry.objects.create(
            episode=world.pat_episode,
            number=number,
            state=state,
            day=date(2026, 8, 3),
        )
    return world.pat_episode


@pytest.fixture
def bo(world):
    """A second specialist of North."""
    user = UserFactory(name="Bo Specialist")
    MembershipFactory(user=user, team=world.north, role="specialist")
    return user


def attempt(episode, day, **more):
    return ContactFactory(
        episode=episode,
        day=day,
        **{"attended": False, "outreach": True, "place": "remote"} | more,
    )


def end(client, episode, **more):
    given = {
        "exited_on": TODAY.isoformat(),
        "reason": "lost_contact",
        "words": "Ring us.",
    }
    address = reverse("desk:end", args=[episode.pk])
    return client.post(address, given | more)


# Ending.


def test_the_exit_page_says_what_is_still_missing(as_, pat):
    attempt(pat, TODAY - timedelta(days=3), mode="phone")
    address = reverse("desk:end", args=[pat.pk])
    page = text(as_("ada").get(address))
    assert "2 Oct : phone" in page
    assert "three attempts since you last met" in page
    assert "one attempt out where the person lives" in page
    assert "four weeks between the first and the last attempt" in page


def test_nobody_is_let_go_before_they_were_looked_for(as_, pat):
    attempt(pat, TODAY - timedelta(days=3), mode="phone")
    answer = end(as_("ada"), pat, team_asked_on=TODAY.isoformat())
    assert answer.status_code == 422
    assert "Contact was not sought enough to end this." in text(answer)
    assert "Ring us." in answer.content.decode()
    pat.refresh_from_db(from_queryset=rows(Episode.objects.all()))
    assert pat.state == "active"


def looked_for(episode):
    attempt(episode, TODAY - timedelta(days=40), mode="phone")
    attempt(episode, TODAY - timedelta(days=20), mode="in_person", place="home")
    attempt(episode, TODAY - timedelta(days=5), mode="message")


def test_after_assertive_outreach_contact_may_count_as_lost(as_, pat):
    looked_for(pat)
    assert end(as_("ada"), pat, team_asked_on=TODAY.isoformat()).status_code == 302
    pat.refresh_from_db(from_queryset=rows(Episode.objects.all()))
    assert (pat.state, pat.exit_reason, pat.door_open_words) == (
        "exited",
        "lost_contact",
        "Ring us.",
    )


def test_that_the_team_will_be_asked_one_day_is_not_enough(as_, pat):
    looked_for(pat)
    later = (TODAY + timedelta(days=300)).isoformat()
    answer = end(as_("ada"), pat, team_asked_on=later, exited_on=later)
    assert answer.status_code == 422
    assert text(answer).count("This day is still to come.") >= 2
    pat.refresh_from_db(from_queryset=rows(Episode.objects.all()))
    assert pat.state == "active"


def test_who_was_met_in_between_is_not_lost(as_, pat):
    looked_for(pat)
    ContactFactory(episode=pat, day=TODAY - timedelta(days=10), attended=True)
    answer = end(as_("ada"), pat, team_asked_on=TODAY.isoformat())
    assert answer.status_code == 422


def test_an_own_wish_needs_no_outreach(as_, pat):
    assert end(as_("ada"), pat, reason="own_wish").status_code == 302


def test_an_unanswered_contact_is_logged_as_outreach(as_, pat):
    given = {
        "person": pat.pk,
        "day": TODAY.isoformat(),
        "mode": "phone",
        "attended": "no",
    }
    as_("ada").post("/log/contact/", given)
    page = text(as_("ada").get(reverse("desk:end", args=[pat.pk])))
    assert "5 Oct : phone" in page


# Handing over one.


def test_a_handover_gives_the_person_the_words_and_a_page(as_, world, pat, bo):
    given = {
        "specialist": bo.pk,
        "day": TODAY.isoformat(),
        "words": "Prefers messages. <b>Mornings</b> are best.",
        "met_on": TODAY.isoformat(),
    }
    ada = as_("ada")
    answer = ada.post(reverse("desk:hand_over", args=[pat.pk]), given)
    assert answer["Location"] == reverse("desk:handover", args=[world.pat.pk])
    page = ada.get(answer["Location"])
    assert "Ada Specialist → Bo Specialist" in text(page)
    assert "&lt;b&gt;Mornings&lt;/b&gt;" in page.content.decode()
    spell = rows(CaseloadSpell.objects.filter(episode=pat, last_day=None)).get()
    assert spell.specialist == bo


def test_the_page_joins_what_the_rooms_know(as_, world, pat, bo):
    rows(Episode.objects.filter(pk=pat.pk)).update(goal="Bread in the morning")
    SearchPlanFactory(
        episode=pat, first_day=date(2026, 9, 1), agreed_on=TODAY, avoid="Night shifts"
    )
    JobFactory(
        episode=pat,
        employer=EmployerFactory(unit=world.north, name="Bageriet"),
        first_day=date(2026, 9, 14),
    )
    StepDownPlanFactory(episode=pat, supporter="His sister")
    DisclosureDecisionFactory(
        episode=pat, employer=None, decision="name", agreed_on=TODAY
    )
    page = text(as_("ada").get(reverse("desk:handover", args=[world.pat.pk])))
    for words in (
        "Bread in the morning",
        "Night shifts",
        "Bageriet",
        "His sister",
        "my name, nothing more",
        "first support contact due",
    ):
        assert words in page
    opened = AuditEntry.objects.get(action="handover_opened")
    assert opened.applicant_key == world.pat.pk


def test_the_page_costs_the_same_for_many_handovers(
    as_, world, pat, django_assert_max_num_queries
):
    for _turn in range(10):
        HandoverFactory(episode=pat)
    ada = as_("ada")
    address = reverse("desk:handover", args=[world.pat.pk])
    ada.get(address)
    with django_assert_max_num_queries(24):
        ada.get(address)


def test_one_person_is_not_handed_to_whom_they_have_blocked(as_, world, pat, bo):
    BlockFactory(
        organisation=world.havnelund, applicant_id=world.pat.pk, user=bo, name=bo.name
    )
    given = {"specialist": bo.pk, "day": TODAY.isoformat()}
    answer = as_("ada").post(reverse("desk:hand_over", args=[pat.pk]), given)
    assert answer.status_code == 422
    assert "must not come to this specialist" in answer.content.decode()
    assert not rows(Handover.objects.all()).exists()


def test_nobody_is_handed_over_to_who_has_them_already(as_, world, pat):
    given = {"specialist": world.ada.user.pk, "day": TODAY.isoformat()}
    answer = as_("ada").post(reverse("desk:hand_over", args=[pat.pk]), given)
    assert answer.status_code == 422
    assert "Choose who takes over." in text(answer)


# A whole caseload.


@pytest.fixture
def leaving(world):
    return reverse("desk:leaving", args=[world.ada.user.pk])


def test_when_a_specialist_leaves_all_go_or_wait(as_, world, pat, bo, leaving):
    ben = as_("ben")
    page = text(ben.get(leaving))
    assert "Pat Lund" in page
    assert "Quinn Bruun" in page
    given = {"day": TODAY.isoformat(), str(world.pat_episode.pk): bo.pk}
    answer = ben.post(leaving, given, follow=True)
    page = text(answer)
    assert "2 people handed over." in page
    assert re.search(r"Without a specialist (QB )?Quinn Bruun", page)
    ended = rows(CaseloadSpell.objects.filter(specialist=world.ada.user))
    assert {spell.ended_because for spell in ended} == {"specialist_left"}
    assert rows(Handover.objects.filter(from_specialist=world.ada.user)).count() == 2


def test_one_for_everybody_and_another_for_one(as_, world, bo, leaving):
    other = UserFactory(name="Cai Specialist")
    MembershipFactory(user=other, team=world.north, role="specialist")
    given = {
        "day": TODAY.isoformat(),
        "everybody": bo.pk,
        str(world.quinn_episode.pk): other.pk,
    }
    as_("ben").post(leaving, given)
    held = {
        spell.episode_id: spell.specialist
        for spell in rows(CaseloadSpell.objects.filter(last_day=None))
    }
    assert held == {world.pat_episode.pk: bo, world.quinn_episode.pk: other}


def test_all_or_nothing(as_, world, bo, leaving):
    day = date(2026, 8, 1)  # before Ada had them
    given = {"day": day.isoformat(), "everybody": bo.pk}
    answer = as_("ben").post(leaving, given)
    assert answer.status_code == 422
    assert rows(CaseloadSpell.objects.filter(last_day=None)).count() == 2
    assert rows(CaseloadSpell.objects.filter(specialist=bo)).count() == 0


def test_nobody_comes_to_whom_they_have_blocked(as_, world, bo, leaving):
    BlockFactory(
        organisation=world.havnelund, applicant_id=world.pat.pk, user=bo, name=bo.name
    )
    given = {"day": TODAY.isoformat(), "everybody": bo.pk}
    answer = as_("ben").post(leaving, given)
    assert answer.status_code == 422
    assert "must not come to the one chosen" in text(answer)


def test_who_is_new_on_the_caseload_since_is_not_forgotten(as_, world, bo, leaving):
    ben = as_("ben")
    ben.get(leaving)
    new = EpisodeFactory(unit=world.north, state="active", accepted_on=TODAY)
    CaseloadSpellFactory(episode=new, specialist=world.ada.user, first_day=TODAY)
    ben.post(leaving, {"day": "2026-10-06", "everybody": bo.pk})
    held = rows(CaseloadSpell.objects.filter(last_day=None, specialist=bo))
    assert held.count() == 3


def test_only_the_supervisor_hands_over_a_caseload(as_, leaving):
    assert as_("ada").get(leaving).status_code == 403
    assert as_("ola").get(leaving).status_code in (403, 404)
