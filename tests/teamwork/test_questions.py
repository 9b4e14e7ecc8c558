"""Questions between the sides: asked as far as consent reaches, answered, passed on."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.http import Http404

from braid.access import audit
from braid.access.models import AuditEntry
from braid.access.policy import Information
from braid.kernel.errors import InputFault, Refused, Stale
from braid.teamwork.commands import passing_on
from braid.teamwork.commands import questions as commands
from braid.teamwork.models import Question
from braid.teamwork.queries import bounds, questions
from tests.cast import TODAY
from tests.consents import agree, withdraw
from tests.factories.access import BlockFactory, MembershipFactory, RestrictionFactory
from tests.factories.teamwork import MeetingFactory, QuestionFactory

IDENTITY, JOBS, GOALS = Information.IDENTITY, Information.JOBS, Information.WORK_GOALS
BENEFITS, TREATMENT = Information.BENEFITS, Information.TREATMENT


def ask(world, by, whom, kind="jobs", *, of="pat", **given):
    """Let a member of the cast ask the side of another one about Pat, or in general."""
    actor = getattr(world, by).actor
    person = getattr(world, of).pk if of else None
    asking = bounds.asking(actor, person, TODAY)
    receiver = next(one for one in asking.receivers if one.sector == whom)
    given = {"text": "Can she start at nine?", "today": TODAY, **given}
    return commands.ask(
        actor=actor, asking=asking, receiver=receiver, kind=kind, **given
    )


@pytest.fixture
def agreed(world):
    """Pat agrees that Cora's clinic and Dev's job centre read name and jobs."""
    agree(world, world.pat, world.cora, IDENTITY, JOBS)
    agree(world, world.pat, world.dev, IDENTITY, JOBS)


def test_ada_asks_cora_and_cora_answers(world, agreed):
    asked = ask(world, "ada", "mental_health", due_on=TODAY + timedelta(7))
    [waiting] = questions.open_for(world.cora.actor)
    assert (waiting.id, waiting.person, waiting.by_team) == (
        asked.pk,
        world.pat.name,
        "North",
    )
    assert questions.open_for(world.ada.actor) == []

    found = questions.question(world.cora.actor, asked.pk)
    commands.answer(
        actor=world.cora.actor, question=found, text="Yes, nine is fine.", today=TODAY
    )
    assert questions.open_for(world.cora.actor) == []
    [answered] = questions.answered_for(world.ada.actor)
    assert (answered.answer, answered.answered_by) == (
        "Yes, nine is fine.",
        world.cora.user.name,
    )


def test_an_answer_stands_on_the_askers_list_until_it_was_seen(world, agreed):
    asked = ask(world, "ada", "mental_health")
    found = questions.question(world.cora.actor, asked.pk)
    commands.answer(actor=world.cora.actor, question=found, text="Yes.", today=TODAY)
    found = questions.question(world.ada.actor, asked.pk)
    assert not commands.mark_seen(actor=world.ben.actor, question=found, today=TODAY)
    assert commands.mark_seen(actor=world.ada.actor, question=found, today=TODAY)
    assert questions.answered_for(world.ada.actor) == []


@pytest.mark.parametrize(
    ("by", "whom"),
    [
        ("cora", "ips_provider"),
        ("dev", "ips_provider"),
        ("ada", "employment"),
        ("ada", "other"),
    ],
    ids=[
        "the clinic asks the unit",
        "the job centre asks the unit",
        "the unit asks the job centre",
        "the unit asks a counsellor",
    ],
)
def test_each_side_asks_the_other(world, agreed, by, whom):
    agree(world, world.pat, world.kit, IDENTITY, JOBS)
    assert ask(world, by, whom).of_sector == whom


def test_outside_the_unit_only_the_unit_is_asked(world, agreed):
    asking = bounds.asking(world.cora.actor, world.pat.pk, TODAY)
    assert [one.sector for one in asking.receivers] == ["ips_provider"]


BARRED = [
    ((), "jobs", "receiver_not_knowing"),
    ((IDENTITY, GOALS), "jobs", "receiver_not_reading"),
    ((IDENTITY, JOBS), "benefits", "receiver_not_reading"),
]


@pytest.mark.parametrize(
    ("classes", "kind", "reason"),
    BARRED,
    ids=["nothing agreed", "another class agreed", "benefits not agreed"],
)
def test_what_they_may_not_read_is_not_asked(world, classes, kind, reason):
    if classes:
        agree(world, world.pat, world.cora, *classes)
    with pytest.raises(InputFault) as fault:
        ask(world, "ada", "mental_health", kind)
    assert (fault.value.reason, fault.value.field) == (reason, "kind")
    assert "Pat" not in str(fault.value)
    assert Question.objects.system("test").count() == 0


def test_treatment_is_asked_of_the_clinic_and_only_if_the_answer_may_be_read(world):
    agree(world, world.pat, world.cora, IDENTITY)
    with pytest.raises(InputFault) as fault:
        ask(world, "ada", "mental_health", "treatment")
    assert fault.value.reason == "asker_not_reading"
    agree(world, world.pat, world.ada, TREATMENT)
    asked = ask(world, "ada", "mental_health", "treatment")
    assert [one.id for one in questions.open_for(world.cora.actor)] == [asked.pk]


def test_treatment_is_never_asked_of_a_job_centre(world, agreed):
    agree(world, world.pat, world.ada, TREATMENT)
    with pytest.raises(InputFault) as fault:
        ask(world, "ada", "employment", "treatment")
    assert fault.value.reason == "treatment_elsewhere"


def test_treatment_asked_of_a_clinic_stays_closed_to_the_job_centre(world, agreed):
    agree(world, world.pat, world.cora, IDENTITY, JOBS)
    agree(world, world.pat, world.ada, TREATMENT)
    asked = ask(world, "ada", "mental_health", "treatment")
    with pytest.raises(Http404):
        questions.question(world.dev.actor, asked.pk)


def test_nothing_is_asked_about_a_restricted_record(world, agreed):
    from dataclasses import replace

    RestrictionFactory(applicant_id=world.pat.pk, organisation=world.havnelund)
    world.ada.actor = replace(world.ada.actor, restricted=frozenset({world.pat.pk}))
    with pytest.raises(InputFault) as fault:
        ask(world, "ada", "mental_health")
    assert fault.value.reason == "restricted"


def test_somebody_who_is_blocked_is_nobody_to_ask(world, agreed):
    asking = bounds.asking(world.ada.actor, world.pat.pk, TODAY)
    members = {one.name for side in asking.receivers for one in side.members}
    assert world.dev.user.name in members
    assert world.blake.user.name not in members
    with pytest.raises(InputFault) as fault:
        ask(world, "ada", "employment", staff_id=world.blake.user.pk)
    assert fault.value.field == "whom"


def test_who_is_blocked_finds_no_question(world, agreed):
    asked = ask(world, "ada", "employment")
    with pytest.raises(Http404):
        questions.question(world.blake.actor, asked.pk)
    assert questions.open_for(world.blake.actor) == []


def test_a_stranger_asks_about_nobody_here(world):
    with pytest.raises(Http404):
        bounds.asking(world.ola.actor, world.pat.pk, TODAY)


@pytest.mark.parametrize("name", ["rui", "femi", "eve", "sam", "pat_account"])
def test_who_speaks_for_no_side_asks_nothing(world, name):
    with pytest.raises(Refused):
        bounds.asking(getattr(world, name).actor, None, TODAY)


def test_a_general_question_is_read_by_both_teams(world):
    asked = ask(world, "ada", "mental_health", "", of="", text="Which day suits you?")
    assert (asked.kind, asked.about) == ("", None)
    assert [one.id for one in questions.open_for(world.cora.actor)] == [asked.pk]
    assert questions.open_for(world.dev.actor) == []


@pytest.mark.parametrize(
    ("text", "is_named"),
    [
        ("Can Pat Lund start at nine?", True),
        ("Did pat   LUND get the letter?", True),
        ("How is Quinn's search?", True),
        ("Which day suits you?", False),
        ("A pat on the back to all of you!", False),
    ],
)
def test_a_general_question_names_nobody(world, text, is_named):
    if not is_named:
        assert ask(world, "ada", "mental_health", "", of="", text=text)
        return
    with pytest.raises(InputFault) as fault:
        ask(world, "ada", "mental_health", "", of="", text=text)
    assert (fault.value.field, fault.value.reason) == ("text", "names_somebody")
    assert ask(
        world, "ada", "mental_health", "", of="", text=text, is_somebody_else=True
    )


def test_from_outside_a_name_tells_nothing_of_whom_the_unit_helps(world):
    """Cora does not know Pat: a refusal would tell her that Pat is known here."""
    assert ask(world, "cora", "ips_provider", "", of="", text="Do you know Pat Lund?")


@pytest.mark.parametrize(
    ("text", "is_taken"),
    [("", False), ("  \n ", False), ("x" * 2000, True), ("x" * 2001, False)],
    ids=["empty", "blank", "2,000 signs", "2,001 signs"],
)
def test_a_question_is_short(world, agreed, text, is_taken):
    if is_taken:
        assert ask(world, "ada", "mental_health", text=text)
        return
    with pytest.raises(InputFault) as fault:
        ask(world, "ada", "mental_health", text=text)
    assert fault.value.field == "text"


def test_an_answer_is_not_wanted_before_it_was_asked(world, agreed):
    with pytest.raises(InputFault):
        ask(world, "ada", "mental_health", due_on=TODAY - timedelta(1))


def test_only_the_side_that_is_asked_answers(world, agreed):
    asked = ask(world, "ada", "mental_health")
    for name in ("ada", "dev", "una"):
        with pytest.raises(Refused):
            commands.answer(
                actor=getattr(world, name).actor,
                question=asked,
                text="Yes",
                today=TODAY,
            )


def test_a_consent_that_ends_meanwhile_closes_the_question_to_the_clinic(world, agreed):
    asked = ask(world, "ada", "mental_health")
    withdraw(world, world.pat, world.cora)
    assert questions.open_for(world.cora.actor) == []
    with pytest.raises(Http404):
        questions.question(world.cora.actor, asked.pk)
    with pytest.raises(Refused):
        commands.answer(actor=world.cora.actor, question=asked, text="Yes", today=TODAY)


def test_an_answer_that_the_asker_may_not_read_any_more_is_not_sent(world):
    agree(world, world.pat, world.cora, IDENTITY)
    agree(world, world.pat, world.ada, TREATMENT)
    asked = ask(world, "ada", "mental_health", "treatment")
    withdraw(world, world.pat, world.ada)
    with pytest.raises(InputFault) as fault:
        commands.answer(
            actor=world.cora.actor, question=asked, text="Sleeps well", today=TODAY
        )
    assert fault.value.reason == "asker_not_reading"
    assert Question.objects.system("test").get().answer == ""


def test_the_second_answer_is_told_of_the_first(world, agreed):
    asked = ask(world, "ada", "mental_health")
    first = questions.question(world.cora.actor, asked.pk)
    second = questions.question(world.cora.actor, asked.pk)
    commands.answer(actor=world.cora.actor, question=first, text="Yes.", today=TODAY)
    with pytest.raises(Stale):
        commands.answer(
            actor=world.cora.actor, question=second, text="No.", today=TODAY
        )
    assert Question.objects.system("test").get().answer == "Yes."


def test_a_question_is_taken_back_by_those_who_asked(world, agreed):
    asked = ask(world, "ada", "mental_health")
    with pytest.raises(Refused):
        commands.take_back(actor=world.cora.actor, question=asked, today=TODAY)
    commands.take_back(actor=world.ben.actor, question=asked, today=TODAY)
    assert questions.open_for(world.cora.actor) == []
    with pytest.raises(InputFault):
        commands.answer(actor=world.cora.actor, question=asked, text="Yes", today=TODAY)


def test_a_question_is_given_within_the_side_that_is_asked(world, agreed):
    asked = ask(world, "ada", "mental_health")
    mia = MembershipFactory(team=world.east, role="clinician").user
    given = {"actor": world.cora.actor, "question": asked, "today": TODAY}
    commands.give(**given, staff_id=mia.pk, row_version=asked.row_version)
    assert questions.open_for(world.cora.actor) == []
    with pytest.raises(InputFault):
        commands.give(
            **given, staff_id=world.dev.user.pk, row_version=asked.row_version
        )
    with pytest.raises(Stale) as stale:
        commands.give(**given, staff_id=None, row_version=1)
    assert [one.field for one in stale.value.changes] == ["of_staff_id"]


def test_asking_again_is_done_once_a_day(world, agreed):
    asked = ask(world, "ada", "mental_health")
    given = {"actor": world.ada.actor, "question": asked}
    assert commands.remind(**given, today=TODAY)
    assert not commands.remind(**given, today=TODAY)
    assert commands.remind(**given, today=TODAY + timedelta(1))


@pytest.mark.parametrize(
    ("due_on", "is_passed_on"),
    [
        (TODAY - timedelta(4), True),
        (TODAY - timedelta(3), False),
        (TODAY, False),
        (None, False),
    ],
    ids=["four days over", "three days over", "today", "no day"],
)
def test_what_nobody_answers_is_passed_on(world, due_on, is_passed_on):
    mia = MembershipFactory(team=world.east, role="clinician").user
    agree(world, world.pat, world.cora, IDENTITY, JOBS)
    asked = QuestionFactory(
        episode=world.pat_episode,
        kind="jobs",
        by_team=world.north,
        of_team=world.east,
        of_staff=mia,
        due_on=due_on,
    )
    assert questions.open_for(world.cora.actor) == []
    noon = datetime(TODAY.year, TODAY.month, TODAY.day, 10, tzinfo=UTC)
    assert passing_on.pass_on(noon) == int(is_passed_on)
    assert passing_on.pass_on(noon) == 0
    found = [one.id for one in questions.open_for(world.cora.actor)]
    assert found == ([asked.pk] if is_passed_on else [])
    entry = AuditEntry.objects.filter(action="question_passed_on").first()
    assert (entry is not None) is is_passed_on


def test_leaders_are_told_that_a_question_waits_never_whose(
    world, settings, mailoutbox
):
    settings.BRAID_MAILS = True
    boss = MembershipFactory(team=world.east, role="clinical_manager").user
    for _each in range(2):
        QuestionFactory(
            episode=world.pat_episode,
            of_team=world.east,
            by_team=world.north,
            due_on=date(2026, 9, 1),
            text="Is Pat well?",
        )
    passing_on.pass_on(datetime(2026, 10, 5, 10, tzinfo=UTC))
    [mail] = mailoutbox
    assert mail.to == [boss.email]
    for word in ("Pat", "Lund", "well", "North"):
        assert word not in mail.subject + mail.body


def test_the_applicant_sees_what_was_asked_and_answered(world, agreed):
    asked = ask(world, "ada", "mental_health")
    QuestionFactory(episode=world.quinn_episode, kind="jobs")
    [seen] = questions.own(world.pat_account.actor)
    assert (seen.id, seen.by_name) == (asked.pk, world.ada.user.name)
    assert questions.own(world.ada.actor) == []


def test_a_question_of_a_meeting_moves_the_meeting_on(world, agreed):
    meeting = MeetingFactory(unit=world.north, team=world.east)
    before = meeting.changes
    ask(world, "ada", "mental_health", meeting=meeting)
    meeting = type(meeting).objects.system("test").get(pk=meeting.pk)
    assert meeting.changes > before


def test_what_is_asked_is_written_in_the_log_without_words(world, agreed):
    audit.written.set(audit.Written())
    asked = ask(world, "ada", "mental_health", text="Does she sleep?")
    entry = AuditEntry.objects.get(action="question_asked")
    assert (entry.record_key, entry.applicant_key) == (str(asked.pk), world.pat.pk)
    assert "sleep" not in str(vars(entry))


def _answered(world, by, of, asked_on, days, *, episode=None):
    north, east = ("ips_provider", world.north), ("mental_health", world.east)
    sides = {"north": north, "east": east}
    QuestionFactory(
        unit=world.north,
        episode=episode,
        kind="jobs" if episode else "",
        by_sector=sides[by][0],
        by_team=sides[by][1],
        of_sector=sides[of][0],
        of_team=sides[of][1],
        asked_on=asked_on,
        answered_on=None if days is None else asked_on + timedelta(days),
        state="open" if days is None else "answered",
        text="…",
    )


def test_both_sides_are_shown_the_same_figures(world):
    """Also of questions that one of them may not read: they name nobody."""
    asked_on = date(2026, 9, 1)
    for days in (1, 4, 9, None):
        _answered(world, "north", "east", asked_on, days, episode=world.pat_episode)
    _answered(world, "east", "north", asked_on, 3)
    _answered(world, "north", "east", TODAY, 0)  # has not had its seven days
    _answered(world, "north", "east", date(2026, 6, 1), 1)  # before the 90 days
    [pair] = questions.response_times(world.ada.actor, TODAY)
    assert [pair] == questions.response_times(world.cora.actor, TODAY)
    assert (pair.unit, pair.team) == ("North", "East")
    team, unit = pair.team_answers, pair.unit_answers
    assert (team.asked, team.answered, team.in_time, team.median_days) == (4, 3, 2, 4)
    assert (unit.asked, unit.answered, unit.in_time, unit.median_days) == (1, 1, 1, 3)


def test_between_organisations_few_questions_are_not_shown(world, as_):
    """Both are shown rounded numbers, and none where few were asked or few were late."""
    asked_on = date(2026, 9, 1)
    for days in (1, 2, 3, 4, 5, 6, 7, 9, 10, 11, 12, 13, 14):
        _answered(world, "north", "east", asked_on, days)
    for days in (1, 2, 3, 4, 5, 6, 9):
        _answered(world, "east", "north", asked_on, days)
    for member in ("ada", "cora"):
        page = " ".join(as_(member).get("/questions/").content.decode().split())
        assert "<strong>5 of 15 within 7 days</strong>" in page  # 7 of 13
        assert "too few questions to be shown" in page  # 1 of 7 was late


def test_about_somebody_open_ones_come_first(world, agreed):
    old = ask(world, "ada", "mental_health")
    commands.answer(actor=world.cora.actor, question=old, text="Yes", today=TODAY)
    new = ask(world, "ada", "employment")
    found = questions.about(world.ada.actor, [world.pat_episode.pk])
    assert [one.id for one in found] == [new.pk, old.pk]
    assert questions.about(world.ola.actor, [world.pat_episode.pk]) == []


def test_by_a_block_that_comes_later_the_question_is_gone(world, agreed):
    asked = ask(world, "ada", "mental_health")
    BlockFactory(
        organisation=world.havnelund,
        applicant_id=world.pat.pk,
        user=world.cora.user,
        name=world.cora.user.name,
    )
    from dataclasses import replace

    blocked = replace(world.cora.actor, hidden=frozenset({world.pat.pk}))
    with pytest.raises(Http404):
        questions.question(blocked, asked.pk)
