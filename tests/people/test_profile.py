"""The career profile: written together, read by those whom its classes allow."""

from datetime import date, timedelta

import pytest

from braid.access.models import Change
from braid.access.policy import Information
from braid.kernel.errors import InputFault, Refused, Stale
from braid.people import commands, printing
from braid.people.choices import AnswerKind, Section
from braid.people.commands import Given
from braid.people.models import Episode, ProfileAnswer, ProfileUpdate
from braid.people.profile import PARTS, QUESTIONS, Way
from braid.people.profile_presenters import progress
from braid.people.queries import profile as queries
from braid.people.queries import profile_touched
from braid.people.rules import suggested_sections
from tests.cast import TODAY
from tests.consents import agree
from tests.factories.people import (
    EpisodeFactory,
    PastJobFactory,
    ProfileAnswerFactory,
    ProfileUpdateFactory,
)

HEALTH = {"g", "h", "i", "j", "l"}
LONG = "Æ" * 20_000
ODD = {
    "pasted markup": "<script>alert(1)</script><b>bold</b>",
    "emoji": "🥐 at dawn 👩🏽‍🍳",
    "right to left": "أريد أن أعمل في مخبز",
    "twenty thousand letters": LONG,
}


def save(actor, applicant, goal=None, today=TODAY, **given):
    """Save answers as a form does that showed the version beside each text."""
    answers = {name: Given(*one) for name, one in given.items()}
    shown = Given(*goal) if goal else None
    return commands.save_answers(
        actor=actor, applicant=applicant, given=answers, goal=shown, today=today
    )


def text_of(applicant, question):
    rows = ProfileAnswer.objects.filter(applicant=applicant, question=question)
    return rows.system("the test looks").get().text


# ---- What the profile asks ---------------------------------------------------------------


def test_the_sections_are_a_to_p_in_their_order():
    assert list(PARTS) == [section.value for section in Section]
    assert "".join(PARTS) == "abcdefghijklmnop"


def test_every_question_is_asked_once():
    asked = [one.id for part in PARTS.values() for one in part.questions]
    assert len(asked) == len(set(asked)) == len(QUESTIONS)
    assert all(len(one) <= 40 for one in asked)


@pytest.mark.parametrize("section", sorted(HEALTH))
def test_health_and_the_law_are_health_at_work(section):
    assert PARTS[section].kinds == (AnswerKind.HEALTH_AT_WORK,)


@pytest.mark.parametrize("question", QUESTIONS)
def test_choices_stand_where_something_is_chosen(question):
    asked = QUESTIONS[question][1]
    assert bool(asked.choices) == (asked.way in (Way.ONE, Way.SOME))


def test_no_question_asks_whether_somebody_may_work():
    words = [str(one.label).lower() for _part, one in QUESTIONS.values()]
    words += [str(one.help).lower() for _part, one in QUESTIONS.values()]
    forbidden = ("ready", "motivat", "stable", "abstin", "sober", "complian")
    assert not [word for word in words for one in forbidden if one in word]


@pytest.mark.parametrize(
    ("touched", "expected"),
    [
        pytest.param(set(), ("a", "d", "k", "m"), id="the first meeting"),
        pytest.param({"a", "d"}, ("k", "m"), id="the second meeting"),
        pytest.param({"a", "d", "k", "m"}, ("b", "c", "e", "f"), id="then the others"),
        pytest.param(set(PARTS), (), id="all has been talked about"),
    ],
)
def test_what_to_talk_about_next(touched, expected):
    assert suggested_sections(touched, ("a", "d", "k", "m"), list(PARTS)) == expected


def test_progress_counts_sections_and_is_no_share():
    assert progress({"a", "d"}) == "2 of 16 sections touched"


# ---- Written over two meetings -----------------------------------------------------------


def test_the_first_answer_begins_the_profile_on_its_day(world):
    save(world.ada.actor, world.pat, dream_job=("Baker", 0))
    assert (
        Episode.objects.system("look").get(pk=world.pat_episode.pk).profile_started_on
        == TODAY
    )
    later = TODAY + timedelta(days=7)
    save(world.ada.actor, world.pat, today=later, motive=("Money", 0))
    kept = Episode.objects.system("look").get(pk=world.pat_episode.pk)
    assert kept.profile_started_on == TODAY


def test_an_empty_form_begins_nothing(world):
    assert save(world.ada.actor, world.pat, dream_job=("", 0), motive=("", 0)) == 0
    kept = Episode.objects.system("look").get(pk=world.pat_episode.pk)
    assert kept.profile_started_on is None
    assert not ProfileAnswer.objects.system("look").exists()


def test_an_ended_episode_is_not_begun(world):
    ended = EpisodeFactory(
        applicant=world.pat,
        unit=world.north,
        state="exited",
        exited_on=date(2025, 1, 1),
    )
    save(world.ada.actor, world.pat, dream_job=("Baker", 0))
    kept = Episode.objects.system("look").get(pk=ended.pk)
    assert kept.profile_started_on is None


def test_the_goal_is_kept_once_in_the_episode(world):
    version = world.pat_episode.row_version
    save(world.ada.actor, world.pat, goal=("Bread, early", version))
    kept = Episode.objects.system("look").get(pk=world.pat_episode.pk)
    assert (kept.goal, kept.goal_seen_on) == ("Bread, early", TODAY)
    assert not ProfileAnswer.objects.system("look").exists()


def test_the_applicant_adds_own_words(world):
    save(world.pat_account.actor, world.pat, motive=("To get up for something", 0))
    answers = queries.answers(world.ada.actor, world.pat.pk)
    assert answers["motive"].text == "To get up for something"
    assert answers["motive"].by_id == world.pat_account.user.pk


def test_a_part_of_the_unit_is_not_the_applicants_to_write(world):
    with pytest.raises(Refused):
        save(world.pat_account.actor, world.pat, papers_seen=("My diploma", 0))
    assert not ProfileAnswer.objects.system("look").exists()


def test_a_question_that_there_is_not_is_told(world):
    with pytest.raises(InputFault, match="no such question"):
        save(world.ada.actor, world.pat, readiness=("yes", 0))


@pytest.mark.parametrize("who", ["cora", "dev", "kit", "ola", "sam", "blake"])
def test_nobody_else_writes(world, who):
    agree(world, world.pat, world.cora, *AnswerKindInformation)
    with pytest.raises(Refused):
        save(getattr(world, who).actor, world.pat, dream_job=("Nurse", 0))


AnswerKindInformation = tuple(Information(kind) for kind in AnswerKind)


def test_quinns_profile_is_not_pats(world):
    with pytest.raises(Refused):
        save(world.pat_account.actor, world.quinn, motive=("Hello", 0))


@pytest.mark.parametrize("text", ODD.values(), ids=ODD)
def test_whatever_is_typed_is_kept_as_it_is(world, text):
    save(world.ada.actor, world.pat, motive=(text, 0))
    assert text_of(world.pat, "motive") == text


# ---- Two people at once ------------------------------------------------------------------


def test_two_who_write_different_answers_lose_nothing(world):
    """Given one form open twice, when each changes another answer, then both are kept."""
    save(world.ada.actor, world.pat, dream_job=("Baker", 0), motive=("Money", 0))
    shown = {"dream_job": ("Baker", 2), "motive": ("Money", 2)}
    save(world.pat_account.actor, world.pat, **(shown | {"motive": ("Joy", 2)}))
    save(world.ada.actor, world.pat, **(shown | {"dream_job": ("Gardener", 2)}))
    assert text_of(world.pat, "motive") == "Joy"
    assert text_of(world.pat, "dream_job") == "Gardener"


def test_a_stale_answer_is_told_and_nothing_is_half_saved(world):
    save(world.pat_account.actor, world.pat, motive=("Joy", 0))
    with pytest.raises(Stale) as met:
        save(world.ada.actor, world.pat, motive=("Money", 0), dream_job=("Baker", 0))
    (change,) = met.value.changes
    assert (change.field, change.old, change.new) == ("motive", "", "Joy")
    assert change.by == world.pat_account.user.name
    assert text_of(world.pat, "motive") == "Joy"
    assert "dream_job" not in queries.answers(world.ada.actor, world.pat.pk)


def test_saving_again_with_what_was_shown_wins(world):
    save(world.pat_account.actor, world.pat, motive=("Joy", 0))
    version = queries.answers(world.ada.actor, world.pat.pk)["motive"].row_version
    save(world.ada.actor, world.pat, motive=("Joy and money", version))
    assert text_of(world.pat, "motive") == "Joy and money"


def test_the_same_words_from_two_sides_are_no_conflict(world):
    save(world.pat_account.actor, world.pat, motive=("Joy", 0))
    assert save(world.ada.actor, world.pat, motive=("Joy", 0)) == 0


def test_a_form_sent_twice_saves_once(world):
    save(world.ada.actor, world.pat, motive=("Joy", 0))
    save(world.ada.actor, world.pat, motive=("Joy", 0))
    assert len(Change.objects.filter(record_kind="people.profileanswer")) == 1


def test_other_changes_of_the_episode_do_not_make_the_goal_stale(world):
    version = world.pat_episode.row_version
    episode = Episode.objects.system("look").get(pk=world.pat_episode.pk)
    commands.change_episode(
        actor=world.ada.actor,
        episode=episode,
        row_version=version,
        entered_on=date(2026, 8, 18),
    )
    save(world.ada.actor, world.pat, goal=("Bread", version))
    assert Episode.objects.system("look").get(pk=episode.pk).goal == "Bread"


def test_a_goal_that_the_applicant_changed_meanwhile_is_told(world):
    version = world.pat_episode.row_version
    save(world.pat_account.actor, world.pat, goal=("My own bakery", version))
    with pytest.raises(Stale) as met:
        save(world.ada.actor, world.pat, goal=("Any job", version))
    assert met.value.changes[0].field == "goal"
    assert met.value.changes[0].new == "My own bakery"


# ---- Who reads which section -------------------------------------------------------------

READERS = {
    "the specialist": ("ada", (), set(AnswerKind)),
    "the applicant": ("pat_account", (), set(AnswerKind)),
    "a clinician without consent": ("cora", (), set()),
    "a clinician for health": (
        "cora",
        (Information.HEALTH_AT_WORK,),
        {AnswerKind.HEALTH_AT_WORK},
    ),
    "a caseworker without consent": ("dev", (), set()),
    "a caseworker for goals": (
        "dev",
        (Information.WORK_GOALS,),
        {AnswerKind.WORK_GOALS},
    ),
    "a counsellor for benefits": (
        "kit",
        (Information.BENEFITS,),
        {AnswerKind.BENEFITS},
    ),
    "a counsellor without consent": ("kit", (), set()),
    "whom the applicant blocked": ("blake", (Information.WORK_GOALS,), set()),
    "a stranger": ("ola", (), set()),
    "the steward": ("sam", (), set()),
}


@pytest.mark.parametrize(("who", "agreed", "expected"), READERS.values(), ids=READERS)
@pytest.mark.parametrize("section", PARTS)
def test_a_section_is_read_by_its_classes(world, section, who, agreed, expected):
    part = PARTS[section]
    for question in part.questions:
        ProfileAnswerFactory(
            applicant=world.pat,
            section=section,
            question=question.id,
            kind=part.kind_of(question),
        )
    if agreed:
        agree(world, world.pat, getattr(world, who), Information.IDENTITY, *agreed)
    found = queries.answers(getattr(world, who).actor, world.pat.pk)
    wanted = {one.id for one in part.questions if part.kind_of(one) in expected}
    # A job centre's team is around Pat, and the counsellor works there too.
    assert set(found) == wanted


def test_what_was_said_in_confidence_about_a_job_stays_there(world):
    PastJobFactory(applicant=world.pat, disliked="The boss shouted", why_left="Ill")
    agree(world, world.pat, world.cora, Information.IDENTITY, Information.JOBS)
    (told,) = queries.past_jobs(world.cora.actor, world.pat.pk)
    assert (told.title, told.disliked, told.why_left) == ("Kitchen help", "", "")
    (known,) = queries.past_jobs(world.ada.actor, world.pat.pk)
    assert known.disliked == "The boss shouted"


# ---- The clock, the history, paper -------------------------------------------------------


def test_the_clock_reads_when_each_first_section_was_touched(world, today):
    save(world.ada.actor, world.pat, money_worries=("Rent", 0), strengths=("Calm", 0))
    commands.add_past_job(
        actor=world.ada.actor, applicant=world.pat, today=today, title="Cook"
    )
    found = profile_touched(world.ada.actor, [world.pat.pk, world.quinn.pk])
    assert found == {world.pat.pk: {"m": TODAY, "d": TODAY}, world.quinn.pk: {}}


def test_an_emptied_answer_touches_nothing(world, today):
    save(world.ada.actor, world.pat, money_worries=("Rent", 0))
    save(world.ada.actor, world.pat, money_worries=("", 2))
    assert profile_touched(world.ada.actor, [world.pat.pk]) == {world.pat.pk: {}}


def test_the_goal_was_talked_about_when_the_profile_was_begun(world, today):
    save(world.ada.actor, world.pat, goal=("Bread", world.pat_episode.row_version))
    later = TODAY + timedelta(days=60)
    version = Episode.objects.system("look").get(pk=world.pat_episode.pk).row_version
    save(world.ada.actor, world.pat, today=later, goal=("Cakes", version))
    found = profile_touched(world.ada.actor, [world.pat.pk])
    assert found[world.pat.pk]["a"] == TODAY


def test_a_stranger_reads_no_clock(world, today):
    save(world.ada.actor, world.pat, money_worries=("Rent", 0))
    assert profile_touched(world.ola.actor, [world.pat.pk]) == {world.pat.pk: {}}


def test_the_history_has_every_word_from_the_first(world):
    save(world.pat_account.actor, world.pat, motive=("Joy", 0))
    save(world.ada.actor, world.pat, motive=("Joy and money", 2))
    read = queries.answers(world.ada.actor, world.pat.pk)
    rows = queries.history(world.ada.actor, world.pat.pk, read, [])
    assert [(row.old, row.new) for row in rows] == [
        ("Joy", "Joy and money"),
        ("", "Joy"),
    ]


def test_the_history_respects_the_classes(world):
    save(world.ada.actor, world.pat, coping=("Fresh air", 0), strengths=("Calm", 0))
    job = commands.add_past_job(
        actor=world.ada.actor,
        applicant=world.pat,
        today=TODAY,
        title="Cook",
        why_left="Too loud",
    )
    agree(
        world,
        world.pat,
        world.cora,
        *(Information.IDENTITY, Information.WORK_GOALS, Information.JOBS),
    )
    actor = world.cora.actor
    read = queries.answers(actor, world.pat.pk)
    jobs = queries.past_jobs(actor, world.pat.pk)
    assert [one.id for one in jobs] == [job.pk]
    told = {row.new for row in queries.history(actor, world.pat.pk, read, jobs)}
    assert told == {"Calm", "Cook"}


def fill(world):
    for question in ("strengths", "school", "coping", "money_worries", "gaps"):
        part, asked = QUESTIONS[question]
        ProfileAnswerFactory(
            applicant=world.pat,
            section=part.section,
            question=question,
            kind=part.kind_of(asked),
            text=f"About {question}",
        )
    PastJobFactory(applicant=world.pat, disliked="Noise")


def test_a_print_has_the_classes_that_were_chosen(world):
    fill(world)
    values = printing.profile_values(
        world.ada.actor,
        world.pat.pk,
        kinds=(AnswerKind.WORK_GOALS, AnswerKind.BENEFITS),
    )
    texts = [one["text"] for part in values["sections"] for one in part["answers"]]
    assert texts == ["About strengths", "About money_worries"]


def test_nothing_for_an_employer_is_of_health_money_or_confidence(world):
    fill(world)
    world.pat_episode.goal = "Fewer voices"
    world.pat_episode.save()
    ProfileUpdateFactory(applicant=world.pat, text="Needs breaks")
    values = printing.profile_values(
        world.ada.actor, world.pat.pk, kinds=tuple(AnswerKind), for_employer=True
    )
    assert values["goal"] == ""
    assert values["updates"] == []
    told = str(values)
    assert "About strengths" in told
    assert "About school" in told
    assert "Kitchen help" in told
    for kept in ("coping", "money_worries", "gaps", "Noise"):
        assert kept not in told


def test_a_print_by_somebody_else_has_what_they_may_read(world):
    fill(world)
    agree(world, world.pat, world.cora, Information.IDENTITY, Information.JOBS)
    values = printing.profile_values(
        world.cora.actor, world.pat.pk, kinds=tuple(AnswerKind)
    )
    told = str(values)
    assert "About school" in told
    assert "Noise" not in told
    assert "About strengths" not in told


def test_it_is_said_to_be_right_once_a_day_by_each(world):
    for who in ("pat_account", "pat_account", "ada"):
        commands.say_right(
            actor=getattr(world, who).actor, applicant=world.pat, day=TODAY
        )
    found = ProfileUpdate.objects.system("look").values_list("because", "by_role")
    assert sorted(found) == [("agreed", "applicant"), ("agreed", "specialist")]
