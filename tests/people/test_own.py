"""What applicants write themselves, and for whom."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import uuid4

import pytest

from braid.access import timeline
from braid.access.models import AuditEntry, Change
from braid.access.policy import Information, Purpose
from braid.kernel.errors import InputFault, Refused, Stale
from braid.people import commands, own_queries, queries
from braid.people.models import OwnWords
from tests.cast import TODAY
from tests.factories.people import OwnWordsFactory


def say(world, *teams, mood="well", text="The oven smells good.", name="pat_account"):
    return commands.say_how_it_goes(
        actor=getattr(world, name).actor,
        applicant=world.pat,
        day=TODAY,
        mood=mood,
        text=text,
        readers=[team.pk for team in teams],
    )


def read(*parts):
    return timeline.moments(parts, 60)


def told(world, name):
    actor = getattr(world, name).actor
    return read(own_queries.words_told(actor, [world.pat_episode.pk]))


def test_unticked_words_are_for_oneself_alone(world):
    say(world)
    assert [words.text for words in own_queries.own_words(world.pat_account.actor)] == [
        "The oven smells good."
    ]
    for name in world.cast:
        if name != "pat_account":
            assert told(world, name) == []


@pytest.mark.parametrize(
    ("team", "readers"),
    [
        pytest.param("north", {"ada", "ben"}, id="the unit"),
        pytest.param("east", {"cora"}, id="the treatment team"),
        pytest.param("job_centre", {"dev"}, id="the job centre, without the blocked"),
    ],
)
def test_the_team_that_was_chosen_reads_them_and_nobody_else(world, team, readers):
    say(world, getattr(world, team))
    reading = {
        name for name in world.cast if name != "pat_account" and told(world, name)
    }
    assert reading == readers


def test_control_of_a_benefit_never_reads_them(world):
    say(world, world.job_centre)
    control = replace(world.dev.actor, purpose=Purpose.BENEFIT_CONTROL)
    assert read(own_queries.words_told(control, [world.pat_episode.pk])) == []


def test_they_stand_in_the_timeline_of_those_who_were_told(world):
    say(world, world.north)
    course = read(*queries.timeline(world.ada.actor, [world.pat_episode.pk]))
    moment = next(one for one in course if one.kind == "own_words")
    assert (moment.day, moment.by) == (TODAY, "Pat")
    assert moment.values == {"mood": "well", "words": "The oven smells good."}
    before = queries.timeline(world.ada.actor, [world.pat_episode.pk], before=TODAY)
    earlier = read(*before)
    assert not [one for one in earlier if one.kind == "own_words"]


def test_what_is_taken_back_is_read_by_nobody(world):
    words = say(world, world.north)
    commands.take_back_words(actor=world.pat_account.actor, key=words.pk)
    assert told(world, "ada") == []
    assert not OwnWords.objects.system("look").exists()
    assert AuditEntry.objects.filter(action="own_words_taken_back").count() == 1


@pytest.mark.parametrize("name", ["ada", "ben", "cora", "ola"])
def test_nobody_else_takes_them_back(world, name):
    words = say(world, world.north, world.east)
    with pytest.raises(InputFault):
        commands.take_back_words(actor=getattr(world, name).actor, key=words.pk)
    assert OwnWords.objects.system("look").count() == 1


def test_nobody_takes_back_what_another_applicant_said(world):
    theirs = OwnWordsFactory(applicant=world.quinn)
    with pytest.raises(InputFault):
        commands.take_back_words(actor=world.pat_account.actor, key=theirs.pk)


def test_nobody_else_says_how_it_goes(world):
    with pytest.raises(Refused):
        say(world, name="ada")
    with pytest.raises(Refused):
        commands.say_how_it_goes(
            actor=world.pat_account.actor,
            applicant=world.quinn,
            day=TODAY,
            text="Not mine.",
        )


def test_only_teams_that_work_with_me_can_be_told(world):
    with pytest.raises(InputFault, match="no longer works with you") as fault:
        say(world, world.elsewhere)
    assert fault.value.field == "readers"
    assert not OwnWords.objects.system("look").exists()


def test_a_face_or_a_word_is_needed(world):
    with pytest.raises(InputFault, match="face"):
        say(world, mood="", text="")
    assert say(world, mood="hard", text="").mood == "hard"


def test_own_words_about_work_are_changed_with_version_and_log(world):
    commands.say_own_goal(
        actor=world.pat_account.actor,
        episode=world.pat_episode,
        goal="Bread, not boxes.",
        row_version=1,
    )
    change = Change.objects.get(field="goal")
    assert (change.new, change.changed_by) == (
        "Bread, not boxes.",
        world.pat_account.user,
    )
    with pytest.raises(Stale):
        commands.say_own_goal(
            actor=world.pat_account.actor,
            episode=world.pat_episode,
            goal="Again.",
            row_version=1,
        )


def test_own_words_are_nobody_elses_to_change_here(world):
    for name, episode in (
        ("ada", world.pat_episode),
        ("pat_account", world.quinn_episode),
    ):
        with pytest.raises(Refused):
            commands.say_own_goal(
                actor=getattr(world, name).actor,
                episode=episode,
                goal="No.",
                row_version=1,
            )


def test_the_people_around_are_those_of_today(world):
    found = own_queries.people_around(world.pat_account.actor, TODAY)
    assert [(one.role, one.name, one.team) for one in found] == [
        ("specialist", "Ada Specialist", "North"),
        ("clinician", "", "East"),
        ("caseworker", "Dev Caseworker", "Job centre"),
    ]
    before = own_queries.people_around(world.pat_account.actor, date(2026, 8, 2))
    assert before == []


def test_a_record_is_ones_own_or_none(world):
    assert own_queries.own_record(world.pat_account.actor) == world.pat
    assert own_queries.own_episodes(world.pat_account.actor) == [world.pat_episode]
    assert own_queries.own_episodes(world.ada.actor) == []


@pytest.mark.parametrize(
    ("whose", "day", "is_right"),
    [
        pytest.param("pat", date(1990, 4, 12), True, id="the right day"),
        pytest.param("pat", date(1990, 4, 13), False, id="another day"),
        pytest.param("quinn", date(1990, 4, 12), False, id="the day of another"),
        pytest.param(None, date(1990, 4, 12), False, id="nobody"),
    ],
)
def test_a_date_of_birth_belongs_to_one_person(world, whose, day, is_right):
    key = getattr(world, whose).pk if whose else None
    assert own_queries.is_born_on(key, day) is is_right


def test_a_date_of_birth_that_is_not_known_fits_nobody(world):
    world.pat.birth_date = None
    world.pat.save()
    assert not own_queries.is_born_on(world.pat.pk, date(1990, 4, 12))
    assert not own_queries.is_born_on(uuid4(), TODAY - timedelta(days=1))


def test_lists_and_rows_agree_on_who_reads_own_words(world):
    from braid.access import policy

    words = say(world, world.north)
    for name, member in world.cast.items():
        subject = words.subject(Information.CONVERSATION, TODAY)
        allowed = policy.decide(member.actor, policy.Action.READ, subject).allowed
        listed = OwnWords.objects.visible_to(member.actor).filter(pk=words.pk).exists()
        assert allowed is listed, name
