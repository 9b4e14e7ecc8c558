"""Zero exclusion and the course: not yet, pause, stepping down, ending, coming back."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from braid.kernel.errors import InputFault
from braid.people import commands, queries
from braid.people.choices import EpisodeState, ExitReason
from braid.people.facts_events import plan_events
from braid.people.letters import exit_letter
from braid.people.models import Episode, EpisodeEntry, Refusal, StepDownPlan
from braid.people.rules import Attempt
from tests.cast import TODAY
from tests.desk.test_pages import text
from tests.factories.people import (
    EpisodeFactory,
    HandoverFactory,
    ProfileUpdateFactory,
    RefusalFactory,
    SearchPlanFactory,
)

LATER = TODAY + timedelta(days=14)


def rows(queryset):
    return queryset.system("the test looks")


@pytest.fixture
def pat(world):
    """Pat's episode, with the entries that commands would have made."""
    for number, state in enumerate(("referred", "active"), start=1):
        EpisodeEntry.objects.create(
            episode=world.pat_episode,
            number=number,
            state=state,
            day=date(2026, 8, 3),
        )
    return world.pat_episode


@pytest.fixture
def signe(world):
    return commands.refer(
        actor=world.ada.actor,
        unit=world.north,
        referred_on=TODAY,
        source="clinician",
        words="Wants to smell bread in the morning.",
        given_name="Signe",
        family_name="Holm",
    )


NOT_YET = {
    "kind": "not_yet",
    "day": TODAY.isoformat(),
    "stage": "referral",
    "by_role": "clinician",
    "decided_by": "The ward round",
    "reason": "not_ready",
    "until_on": LATER.isoformat(),
    "person_informed": "on",
}


def refuse(client, episode, **more):
    address = reverse("people:refusal", args=[episode.pk])
    return client.post(address, NOT_YET | more, follow=True)


# Nearly lost to a “not ready yet”.


def test_a_not_yet_is_kept_flagged_and_comes_back_on_its_day(as_, world, signe):
    page = text(refuse(as_("ada"), signe))
    assert "This reason goes against zero exclusion" in page
    assert "Signe can be taken on today" in page
    logged = rows(Refusal.objects.filter(episode=signe)).get()
    assert (logged.kind, logged.until_on) == ("not_yet", LATER)
    assert logged.person_informed
    assert queries.asked_again(world.ada.actor, LATER - timedelta(days=1)) == []
    (again,) = queries.asked_again(world.ada.actor, LATER)
    assert (again.kind, again.name, again.reason) == (
        "not_yet",
        "Signe Holm",
        "not_ready",
    )


def test_after_a_not_yet_the_person_stays_on_the_list_and_is_taken_on_right_away(
    as_, world, signe
):
    refuse(as_("ada"), signe)
    assert [one.name for one in queries.waiting(world.ada.actor)] == ["Signe Holm"]
    commands.accept(
        actor=world.ada.actor, episode=signe, specialist=world.ada.user, day=TODAY
    )
    assert signe.state == EpisodeState.ACTIVE
    assert queries.asked_again(world.ada.actor, LATER) == []
    assert queries.waiting(world.ada.actor) == []


def test_a_later_word_takes_the_place_of_an_earlier_not_yet(world, signe):
    day = TODAY - timedelta(days=30)
    RefusalFactory(
        episode=signe, unit=world.north, kind="not_yet", day=day, until_on=TODAY
    )
    assert len(queries.asked_again(world.ada.actor, TODAY)) == 1
    RefusalFactory(
        episode=signe, unit=world.north, kind="not_yet", day=TODAY, until_on=LATER
    )
    assert queries.asked_again(world.ada.actor, TODAY) == []


def test_a_reason_that_breaches_nothing_is_logged_calmly(as_, signe):
    page = text(refuse(as_("ada"), signe, reason="changed_mind"))
    assert "Logged. The person stays on the list." in page


@pytest.mark.parametrize(
    ("more", "sentence"),
    [
        pytest.param(
            {"until_on": ""}, "needs the day on which", id="until when is not said"
        ),
        pytest.param(
            {"reason": "funder_rule"},
            "needs its citation",
            id="a rule without its place",
        ),
    ],
)
def test_what_is_missing_is_said_beside_its_field(as_, signe, more, sentence):
    address = reverse("people:refusal", args=[signe.pk])
    answer = as_("ada").post(address, NOT_YET | more)
    assert answer.status_code == 422
    assert sentence in text(answer)
    assert "The ward round" in answer.content.decode()
    assert not rows(Refusal.objects.all()).exists()


def test_nothing_is_let_drop_without_who_said_no_and_why(world, signe):
    closing = {
        "actor": world.ada.actor,
        "episode": signe,
        "state": EpisodeState.NOT_STARTED,
        "day": TODAY,
    }
    with pytest.raises(InputFault, match="Nobody has logged yet why"):
        commands.change_state(**closing)
    RefusalFactory(episode=signe, unit=world.north, reason="changed_mind")
    commands.change_state(**closing)
    assert signe.state == EpisodeState.NOT_STARTED


# The page for supervisors.


def queue(world, **more):
    return EpisodeFactory(unit=world.north, **{"state": "referred", **more})


def test_what_did_not_start_is_counted_with_its_reasons(as_, world):
    early = queue(world, referred_on=date(2026, 9, 1))
    RefusalFactory(
        episode=early,
        unit=world.north,
        day=date(2026, 9, 2),
        by_role="clinician",
        reason="symptoms",
    )
    queue(
        world,
        referred_on=date(2026, 9, 10),
        accepted_on=date(2026, 9, 11),
        entered_on=date(2026, 9, 12),
        state="active",
    )
    query = "?first=2026-09-01&last=2026-09-30"
    page = text(as_("ben").get(f"/unit/not-started/{query}"))
    assert "Referred 2 episodes whose referral came within the period" in page
    assert "Taken on 1 of the 2 referred in the period" in page
    assert "Against zero exclusion 1 of the 1 logged in the period" in page
    assert "symptoms: 1" in page
    assert "against zero exclusion" in page
    assert "0 of 1 met after all" in page
    assert f"{early.applicant.name} referred 1 Sept" in page
    assert "1 went before" in page


def test_who_was_overtaken_without_a_reason_asks_why(as_, world):
    first = queue(world, referred_on=date(2026, 9, 1))
    queue(
        world,
        referred_on=date(2026, 9, 10),
        entered_on=date(2026, 9, 12),
        state="active",
    )
    page = as_("ben").get("/unit/not-started/")
    assert "No reason is logged." in text(page)
    assert reverse("people:refusal", args=[first.pk]) in page.content.decode()


def test_only_the_supervisor_gets_the_page_and_of_the_own_unit_only(as_, world):
    assert as_("ada").get("/unit/not-started/").status_code == 403
    assert as_("sam").get("/unit/not-started/").status_code == 403


def test_a_period_that_ends_before_it_begins_is_told(as_, world):
    page = as_("ben").get("/unit/not-started/?first=2026-09-30&last=2026-09-01")
    assert "The period ends before it begins." in text(page)


def test_the_page_costs_the_same_for_many(as_, world, django_assert_max_num_queries):
    for _turn in range(15):
        queue(world, referred_on=date(2026, 9, 1))
    queue(
        world,
        referred_on=date(2026, 9, 10),
        entered_on=date(2026, 9, 12),
        state="active",
    )
    ben = as_("ben")
    ben.get("/unit/not-started/")
    with django_assert_max_num_queries(16):
        ben.get("/unit/not-started/")


# Resting and coming back.


def test_a_pause_comes_back_by_its_day_and_one_tap_takes_it_up(as_, world, pat):
    ada = as_("ada")
    given = {
        "day": TODAY.isoformat(),
        "until_on": LATER.isoformat(),
        "words": "I need my rest after the move.",
    }
    assert ada.post(f"/episodes/{pat.pk}/pause/", given).status_code == 302
    (again,) = queries.asked_again(world.ada.actor, LATER)
    assert (again.kind, again.applicant_id) == ("paused", world.pat.pk)
    ada.post(f"/episodes/{pat.pk}/take-up/")
    pat.refresh_from_db(from_queryset=rows(Episode.objects.all()))
    assert pat.state == EpisodeState.ACTIVE
    assert queries.asked_again(world.ada.actor, LATER) == []


def test_a_pause_that_was_looked_at_rests_on_until_the_new_day(world, pat):
    resting = {"actor": world.ada.actor, "episode": pat, "words": "Still moving."}
    commands.pause(**resting, day=TODAY, until_on=LATER)
    further = LATER + timedelta(days=30)
    commands.pause(**resting, day=LATER, until_on=further)
    assert queries.asked_again(world.ada.actor, LATER) == []
    assert len(queries.asked_again(world.ada.actor, further)) == 1


def test_a_pause_ends_after_it_begins(world, pat):
    with pytest.raises(InputFault, match="Choose a later"):
        commands.pause(
            actor=world.ada.actor, episode=pat, day=TODAY, until_on=TODAY, words="x"
        )


STEP_DOWN = {
    "agreed_on": TODAY.isoformat(),
    "supporter": "The clinic, and his sister",
    "early_signs": "Sleeps badly; then a morning off helps.",
    "way_back": "Ring us.",
    "person_agreed": "on",
}


def test_stepping_down_is_a_plan_and_returning_is_one_tap(as_, world, pat):
    ada = as_("ada")
    assert ada.post(f"/episodes/{pat.pk}/step-down/", STEP_DOWN).status_code == 302
    plan = rows(StepDownPlan.objects.filter(episode=pat)).get()
    pat.refresh_from_db(from_queryset=rows(Episode.objects.all()))
    assert (pat.state, pat.step_down_offered_on) == ("stepped_down", TODAY)
    assert queries.latest_step_down(world.ada.actor, [pat.pk])[pat.pk] == plan
    person = reverse("desk:person", args=[world.pat.pk])
    assert "Stepped down 5 Oct · The clinic, and his sister" in text(ada.get(person))
    ada.post(f"/episodes/{pat.pk}/take-up/")
    assert "The clinic, and his sister" not in text(ada.get(person))
    pat.refresh_from_db(from_queryset=rows(Episode.objects.all()))
    assert pat.state == EpisodeState.ACTIVE


def test_nobody_is_stepped_down_against_their_wish(as_, pat):
    against = {key: value for key, value in STEP_DOWN.items() if key != "person_agreed"}
    answer = as_("ada").post(f"/episodes/{pat.pk}/step-down/", against)
    assert answer.status_code == 422
    assert "offered, never forced" in text(answer)
    assert not rows(StepDownPlan.objects.all()).exists()


def test_the_ways_to_rest_are_shown_where_they_are_open(as_, pat):
    page = text(as_("ada").get(f"/episodes/{pat.pk}/state/"))
    assert "Pause for a while" in page
    assert "Step down" in page
    assert "Take up again" not in page


def test_taking_up_who_was_never_taken_on_is_told(world, signe):
    with pytest.raises(InputFault, match="Take them on first"):
        commands.take_up(actor=world.ada.actor, episode=signe, day=TODAY)


# Ending.


def test_missed_appointments_end_nothing(world, pat):
    tries = [Attempt(TODAY, "phone", False)] * 3
    with pytest.raises(InputFault, match="not sought enough") as fault:
        commands.exit_episode(
            actor=world.ada.actor,
            episode=pat,
            exited_on=TODAY,
            reason=ExitReason.MISSED_APPOINTMENTS,
            words="",
            attempts=tries,
        )
    assert fault.value.field == "reason"
    assert pat.state == EpisodeState.ACTIVE


def test_the_way_back_is_kept_for_the_letter(world, pat):
    commands.exit_episode(
        actor=world.ada.actor,
        episode=pat,
        exited_on=TODAY,
        reason=ExitReason.OWN_WISH,
        words="Ring Ada.",
    )
    assert pat.door_open_words == "Ring Ada."


# Facts.


def test_plans_profiles_and_handovers_are_events_of_the_facts(world, pat):
    rows(Episode.objects.filter(pk=pat.pk)).update(profile_started_on=TODAY)
    SearchPlanFactory(episode=pat, agreed_on=TODAY, reviewed_on=LATER)
    SearchPlanFactory(episode=pat)  # a draft is no event
    ProfileUpdateFactory(applicant=world.pat, day=TODAY)
    HandoverFactory(episode=pat, day=TODAY)
    found = {
        (kind, day)
        for part in plan_events({world.north.pk})
        for _event, unit, episode, kind, day, _role, _job, _employer in part
        if (unit, episode) == (world.north.pk, pat.pk)
    }
    assert found == {
        ("profile_started", TODAY),
        ("search_plan", TODAY),
        ("search_plan_reviewed", LATER),
        ("profile_updated", TODAY),
        ("handover", TODAY),
    }
    assert not any(list(part) for part in plan_events({world.elsewhere.pk}))


def test_the_letter_at_the_end_is_about_the_way_back_and_never_about_why(world, pat):
    commands.exit_episode(
        actor=world.ada.actor,
        episode=pat,
        exited_on=TODAY,
        reason=ExitReason.OTHER,
        words="Ring Ada on 55 50 10 12.",
    )
    letter = exit_letter(pat)
    assert letter.greeting == "Dear Pat"
    assert letter.paragraphs[0] == "Our help with work ended on 5 Oct 2026."
    assert letter.paragraphs[1] == "Ring Ada on 55 50 10 12."
    assert "other" not in " ".join(letter.paragraphs)
