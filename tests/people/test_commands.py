"""Stories of an episode: referred, taken on, handed over, paused, ended."""

from datetime import date

import pytest

from braid.access import audit
from braid.access.models import AuditEntry
from braid.kernel.errors import InputFault, Refused, Stale
from braid.people import commands, queries
from braid.people.choices import (
    AtReferral,
    EpisodeState,
    ExitReason,
    NoteKind,
    ReferralSource,
)
from braid.people.models import (
    CaseloadSpell,
    Episode,
    EpisodeEntry,
    Identifier,
    TreatmentSpell,
)
from tests.cast import TODAY
from tests.factories.access import UserFactory

OCT_5 = TODAY
OCT_12 = date(2026, 10, 12)


def rows(queryset):
    return queryset.system("the test looks")


@pytest.fixture
def signe(world):
    return commands.refer(
        actor=world.ada.actor,
        unit=world.north,
        referred_on=OCT_5,
        source=ReferralSource.CLINICIAN,
        words="Wants to smell bread in the morning.",
        at_referral=AtReferral.OUT_OF_WORK,
        treatment_team=world.east,
        given_name="Signe",
        family_name="Lund",
        birth_date=date(1991, 2, 3),
    )


def states(episode):
    return [entry.state for entry in rows(EpisodeEntry.objects.filter(episode=episode))]


def test_a_referral_begins_the_episode_with_one_sentence(world, signe):
    assert signe.state == EpisodeState.REFERRED
    assert states(signe) == ["referred"]
    assert rows(TreatmentSpell.objects.filter(episode=signe)).get().team == world.east
    assert queries.applicant(world.ada.actor, signe.applicant_id).name == "Signe Lund"
    assert AuditEntry.objects.filter(
        action="referred", applicant_key=signe.applicant_id
    )


def test_who_refers_themselves_has_said_the_goal_in_own_words(world):
    episode = commands.refer(
        actor=world.ada.actor,
        unit=world.north,
        referred_on=OCT_5,
        source=ReferralSource.SELF,
        words="I want mornings.",
        given_name="Tove",
        family_name="B",
    )
    assert episode.goal == "I want mornings."


def test_nobody_gets_two_open_episodes_in_one_unit(world):
    with pytest.raises(InputFault, match="already has an open episode"):
        commands.refer(
            actor=world.ada.actor,
            unit=world.north,
            referred_on=OCT_5,
            source=ReferralSource.SELF,
            words="again",
            applicant=world.pat,
        )


def test_a_stranger_cannot_refer_into_the_unit(world):
    with pytest.raises(Refused):
        commands.refer(
            actor=world.ola.actor,
            unit=world.north,
            referred_on=OCT_5,
            source=ReferralSource.SELF,
            words="x",
            given_name="A",
            family_name="B",
        )


def test_taken_on_then_handed_over_leaves_no_day_twice(world, signe):
    commands.accept(
        actor=world.ben.actor, episode=signe, specialist=world.ada.user, day=OCT_5
    )
    other = UserFactory(name="Bo")
    commands.assign(actor=world.ben.actor, episode=signe, specialist=other, day=OCT_12)
    first, second = rows(CaseloadSpell.objects.filter(episode=signe))
    assert (first.specialist, first.first_day, first.last_day) == (
        world.ada.user,
        OCT_5,
        date(2026, 10, 11),
    )
    assert (second.specialist, second.first_day, second.last_day) == (
        other,
        OCT_12,
        None,
    )
    assert first.ended_because == "handover"
    assert states(signe) == ["referred", "active"]
    assert signe.accepted_on == OCT_5


def test_a_handover_dated_before_the_caseload_began_is_refused(world, signe):
    commands.accept(
        actor=world.ben.actor, episode=signe, specialist=world.ada.user, day=OCT_12
    )
    with pytest.raises(InputFault, match="Choose a later day"):
        commands.assign(
            actor=world.ben.actor, episode=signe, specialist=UserFactory(), day=OCT_5
        )


def test_pausing_keeps_the_door_open_and_ending_closes_the_spells(world):
    episode = world.pat_episode
    commands.change_state(
        actor=world.ada.actor, episode=episode, state=EpisodeState.PAUSED, day=OCT_5
    )
    commands.change_state(
        actor=world.ada.actor, episode=episode, state=EpisodeState.ACTIVE, day=OCT_12
    )
    commands.exit_episode(
        actor=world.ada.actor,
        episode=episode,
        exited_on=date(2026, 10, 20),
        reason=ExitReason.MOVED,
        words="May come back any time.",
    )
    spell = rows(CaseloadSpell.objects.filter(episode=episode)).get()
    assert spell.last_day == date(2026, 10, 19)
    assert (episode.state, episode.exited_on) == ("exited", date(2026, 10, 20))


@pytest.fixture(autouse=True)
def course_of_pat(request):
    """Pat's episode has the entries of its course, as commands would have made them."""
    if "world" in request.fixturenames:
        world = request.getfixturevalue("world")
        for number, state in enumerate(("referred", "active"), start=1):
            EpisodeEntry.objects.create(
                episode=world.pat_episode,
                number=number,
                state=state,
                day=date(2026, 8, 3),
            )


def test_an_ended_episode_never_opens_again(world):
    commands.exit_episode(
        actor=world.ada.actor,
        episode=world.pat_episode,
        exited_on=OCT_12,
        reason=ExitReason.OWN_WISH,
        words="",
    )
    with pytest.raises(InputFault, match="This episode has ended"):
        commands.change_state(
            actor=world.ada.actor,
            episode=world.pat_episode,
            state=EpisodeState.ACTIVE,
            day=OCT_12,
        )
    again = commands.refer(
        actor=world.ada.actor,
        unit=world.north,
        referred_on=OCT_12,
        source=ReferralSource.SELF,
        words="back",
        applicant=world.pat,
    )
    assert again.applicant == world.pat


def test_two_people_with_one_form_the_second_is_told_who_was_first(world):
    version = world.pat.row_version
    commands.change_applicant(
        actor=world.ben.actor,
        applicant=world.pat,
        row_version=version,
        phone="11 11 11 11",
    )
    with pytest.raises(Stale) as told:
        commands.change_applicant(
            actor=world.ada.actor, applicant=world.pat, row_version=version, phone="22"
        )
    (change,) = told.value.changes
    assert (change.field, change.new, change.by) == (
        "phone",
        "11 11 11 11",
        "Ben Supervisor",
    )
    assert queries.applicant(world.ada.actor, world.pat.pk).phone == "11 11 11 11"


def test_a_form_sent_twice_changes_once(world):
    version = world.pat.row_version
    same = {"applicant": world.pat, "phone": "11", "row_version": version}
    assert commands.change_applicant(actor=world.ada.actor, **same)
    with pytest.raises(Stale):
        commands.change_applicant(actor=world.ada.actor, **same)


def test_a_number_is_checked_encrypted_masked_and_found_whole(world):
    kept = commands.add_identifier(
        actor=world.ada.actor, applicant=world.pat, system="dk-cpr", value="010190-1234"
    )
    stored = rows(Identifier.objects.filter(pk=kept.pk)).get()
    assert "1234" not in stored.value_encrypted
    assert "1234" not in stored.masked
    whole = queries.search_people(world.ada.actor, "0101901234")
    assert [row.applicant_id for row in whole] == [world.pat.pk]
    assert queries.search_people(world.ada.actor, "01019012") == []


def test_an_impossible_number_is_refused(world):
    with pytest.raises(InputFault, match="cannot exist"):
        commands.add_identifier(
            actor=world.ada.actor,
            applicant=world.pat,
            system="dk-cpr",
            value="3202901234",
        )


def test_a_funders_rule_needs_its_citation(world):
    given = {
        "actor": world.ada.actor,
        "episode": world.pat_episode,
        "day": OCT_5,
        "stage": "referral",
        "by_role": "funder",
        "reason": "funder_rule",
    }
    with pytest.raises(InputFault, match="citation"):
        commands.log_refusal(**given)
    assert commands.log_refusal(**given, funder_rule="Scheme 2026, 4.2").pk


def test_a_note_can_be_taken_back_on_its_day_by_its_author(world, today):
    note = commands.write_note(
        actor=world.ada.actor,
        episode=world.pat_episode,
        day=today,
        kind=NoteKind.WORK_GOALS,
        text="Mornings.",
    )
    with pytest.raises(InputFault):
        commands.take_back_note(actor=world.ben.actor, key=note.pk, today=today)
    commands.take_back_note(actor=world.ada.actor, key=note.pk, today=today)
    assert not queries.notes(world.ada.actor, [world.pat_episode.pk]).exists()


def test_when_the_audit_cannot_be_written_nothing_is_saved(world, monkeypatch):
    def no_audit(*args, **kwargs):
        raise OSError("disk full")

    monkeypatch.setattr(audit, "_append", no_audit)
    before = rows(Episode.objects.all()).count()
    with pytest.raises(OSError, match="disk full"):
        commands.refer(
            actor=world.ada.actor,
            unit=world.north,
            referred_on=OCT_5,
            source=ReferralSource.SELF,
            words="x",
            given_name="A",
            family_name="B",
        )
    assert rows(Episode.objects.all()).count() == before
