"""Questions between the sides: asked, answered, taken back, passed on, asked again."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from braid.access import audit
from braid.access.changes import edit
from braid.access.policy import Action, Actor, Information
from braid.access.queries import require
from braid.kernel.errors import InputFault, Refused
from braid.method.naming import names_in
from braid.teamwork import rules, sealing
from braid.teamwork.choices import BARS, QuestionState
from braid.teamwork.commands.meetings import must_fit, touched
from braid.teamwork.models import AnswerLink, Question
from braid.teamwork.queries import bounds, questions
from braid.teamwork.queries.bounds import Asking, Receiver

LONGEST_QUESTION = 2_000
LONGEST_ANSWER = 20_000


@transaction.atomic
def ask(
    *,
    actor: Actor,
    asking: Asking,
    receiver: Receiver,
    text: str,
    today: date,
    kind: str = "",
    due_on: date | None = None,
    staff_id: UUID | None = None,
    is_somebody_else: bool = False,
    meeting: Any = None,
) -> Question:
    """Ask one side one question. Raises Refused, and InputFault with what stands in the way.

    `is_somebody_else`: a name in a general question is that of nobody who is helped here.
    """
    words = checked(text, LONGEST_QUESTION, "text")
    if due_on is not None and due_on < today:
        raise InputFault(_("Choose today or a later day."), field="due_on")
    if staff_id is not None and staff_id not in {
        one.user_id for one in receiver.members
    }:
        raise InputFault(
            _("This person does not work there now. Choose again."), field="whom"
        )
    episode = asking.episode
    question = Question(
        unit_id=receiver.unit_id,
        episode_id=episode.id if episode is not None else None,
        kind=kind if episode is not None else "",
        by_sector=asking.sector,
        by_team_id=asking.team_id,
        of_sector=receiver.sector,
        of_team_id=receiver.team_id,
        of_staff_id=staff_id,
        asked_on=today,
        due_on=due_on,
        meeting=meeting,
        created_by_id=actor.id,
    )
    if episode is None:
        _must_name_nobody(actor, words, is_somebody_else)
    else:
        _must_be_open(kind, asking, receiver)
    require(actor, Action.TAKE_PART, question.subject(day=today))
    for column, value in sealing.kept(question, "text", words).items():
        setattr(question, column, value)
    question.save(force_insert=True)
    _tell_meeting(question)
    audit.record(actor, "question_asked", question, applicant=question.about)
    return question


def checked(text: str, longest: int, field: str) -> str:
    words = text.strip()
    if not words:
        raise InputFault(_("Write a few words."), field=field)
    must_fit(words, longest, field)
    return words


def _must_name_nobody(actor: Actor, words: str, is_somebody_else: bool) -> None:
    if is_somebody_else or not names_in(words, bounds.known_names(actor)):
        return
    raise InputFault(
        _(
            "This names somebody who is helped here, and a general question is read by "
            "whole teams. Ask it from the page of the person, or take the name out."
        ),
        field="text",
        reason="names_somebody",
    )


def _must_be_open(kind: str, asking: Asking, receiver: Receiver) -> None:
    """Raise InputFault where consent does not reach as far as the question."""
    if not kind:
        raise InputFault(_("Choose what it is about."), field="kind")
    barred = rules.bar(
        Information(kind),
        asker=asking.reads,
        receiver=receiver.reads,
        is_to_clinic=receiver.is_clinic,
        is_restricted=asking.is_restricted,
    )
    if barred is not None:
        raise InputFault(BARS[barred], field="kind", reason=barred)


def answer(*, actor: Actor, question: Question, text: str, today: date) -> bool:
    """Answer a question, as it was just read, for the side that it is asked of.

    Raises Refused, Stale, and InputFault where nobody may read the answer any more.
    """
    _require(actor, question, today, is_of=True)
    words = checked(text, LONGEST_ANSWER, "answer")
    must_be_open(question)
    must_be_readable(question, today)
    return close(
        actor,
        question,
        "question_answered",
        question.row_version,
        state=QuestionState.ANSWERED,
        answered_on=today,
        answered_by_id=actor.id,
        **sealing.kept(question, "answer", words),
    )


def must_be_open(question: Question) -> None:
    """Raise InputFault for a question that was answered or taken back."""
    if question.state != QuestionState.OPEN:
        raise InputFault(
            _("This question is closed: it was answered or taken back meanwhile.")
        )


def must_be_readable(question: Question, today: date) -> None:
    """Raise InputFault where those who asked may not read the answer any more."""
    if not bounds.may_side_read(
        question, question.by_sector, question.by_team_id, today
    ):
        raise InputFault(
            _(
                "Those who asked may not read the answer any more: the person has "
                "changed what they agree to. Nothing was sent; what you typed is here."
            ),
            reason="asker_not_reading",
        )


@transaction.atomic
def close(
    actor: Actor,
    question: Question,
    action: str,
    row_version: int | None,
    **values: Any,
) -> bool:
    """Close a question and the links to it, and let its meeting show so."""
    changed = edit(
        actor,
        question,
        action=action,
        expected_version=row_version,
        applicant=question.about,
        **values,
    )
    links = AnswerLink.objects.filter(question=question, ended_at__isnull=True)
    links.system("links end with their question").update(ended_at=timezone.now())
    _tell_meeting(question)
    return changed


def take_back(*, actor: Actor, question: Question, today: date) -> bool:
    """Take an open question back. Raises Refused, InputFault."""
    _require(actor, question, today, is_of=False)
    must_be_open(question)
    state = QuestionState.TAKEN_BACK
    return close(actor, question, "question_taken_back", None, state=state)


def give(
    *,
    actor: Actor,
    question: Question,
    staff_id: UUID | None,
    today: date,
    row_version: int,
) -> bool:
    """Give a question to somebody of the side that is asked, or to the whole team.

    Raises Refused, Stale, InputFault.
    """
    _require(actor, question, today, is_of=True)
    must_be_open(question)
    known = {key for key, _name in questions.colleagues(actor, question, today)}
    if staff_id is not None and str(staff_id) not in known:
        raise InputFault(
            _("This person does not work there now. Choose again."), field="staff"
        )
    return edit(
        actor,
        question,
        action="question_given",
        expected_version=row_version,
        applicant=question.about,
        of_staff_id=staff_id,
    )


def remind(*, actor: Actor, question: Question, today: date) -> bool:
    """Ask again, at most once a day; say whether it was not done today already."""
    _require(actor, question, today, is_of=False)
    must_be_open(question)
    return edit(
        actor,
        question,
        action="question_asked_again",
        applicant=question.about,
        reminded_on=today,
    )


def mark_seen(*, actor: Actor, question: Question, today: date) -> bool:
    """Note that whoever asked has seen the answer; nobody else can."""
    if (
        question.created_by_id != actor.id
        or question.state != QuestionState.ANSWERED
        or question.answer_seen_on is not None
    ):
        return False
    return edit(
        actor,
        question,
        action="answer_seen",
        applicant=question.about,
        answer_seen_on=today,
    )


def _require(actor: Actor, question: Question, today: date, *, is_of: bool) -> None:
    """Raise Refused unless the actor may take part and speaks for that side."""
    require(actor, Action.TAKE_PART, question.subject(day=today))
    speaks = questions.is_asked if is_of else questions.is_asker
    if not speaks(actor, question):
        raise Refused("not_granted")


def _tell_meeting(question: Question) -> None:
    if question.meeting is not None:
        touched(question.meeting)
