"""A link that opens exactly one question without signing in, and the code to it.

Of both only hashes are kept: the link's plain, for it cannot be guessed, the code's under
the installation's key, for it has eight digits.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets as chance
from datetime import date, datetime, timedelta
from typing import NamedTuple

from django.db import transaction
from django.db.models import F, QuerySet
from django.utils.translation import gettext as _

from braid.access import audit, secrets, sides
from braid.access.changes import edit
from braid.access.policy import Action, Actor, Information
from braid.access.queries import require, system_actor
from braid.kernel.errors import InputFault, Refused
from braid.teamwork import sealing
from braid.teamwork.choices import QuestionState
from braid.teamwork.commands import questions as asked
from braid.teamwork.models import AnswerLink, Question
from braid.teamwork.queries import bounds, questions

LASTS = timedelta(days=14)
TRIES = 5
DIGITS = 8
TASK = "answer-link"
REASON = "whoever has the link is nobody yet"


class Made(NamedTuple):
    """A link's own part of the address, and its code: shown once and kept nowhere."""

    link: str
    code: str


def link_hash(link: str) -> str:
    """Return the hash by which a link is found."""
    return hashlib.sha256(link.encode()).hexdigest()


def code_hash(link: str, code: str, key_id: str = "") -> str:
    """Return the hash of a code, however it was typed; of no use for another link."""
    digits = "".join(sign for sign in code if sign.isdigit())
    return secrets.keyed_hash("answer", f"{link_hash(link)}:{digits}", key_id)


def _code_hashes(link: str, code: str) -> list[str]:
    digits = "".join(sign for sign in code if sign.isdigit())
    return secrets.keyed_hashes("answer", f"{link_hash(link)}:{digits}")


@transaction.atomic
def make(
    *,
    actor: Actor,
    question: Question,
    who: str,
    sent_to: str,
    now: datetime,
    day: date,
) -> Made:
    """Make a link for somebody without an account; one made earlier ends.

    Raises Refused, and InputFault where they may not read the question.
    """
    require(actor, Action.TAKE_PART, question.subject(day=day))
    if not questions.is_asker(actor, question):
        raise Refused("not_granted")
    asked.must_be_open(question)
    _must_be_let(question, who, day)
    _open(question).update(ended_at=now)
    made = Made(chance.token_urlsafe(32), f"{chance.randbelow(10**DIGITS):0{DIGITS}}")
    link = AnswerLink.objects.create(
        question=question,
        link_hash=link_hash(made.link),
        code_hash=code_hash(*made),
        sent_to=sent_to,
        expires_at=now + LASTS,
        created_by_id=actor.id,
    )
    audit.record(actor, "answer_link_made", link, applicant=question.about)
    if who.strip():
        edit(
            actor,
            question,
            action="question_given",
            applicant=question.about,
            of_words=who.strip(),
        )
    return made


def _must_be_let(question: Question, who: str, day: date) -> None:
    """Raise InputFault unless the side that is asked may read, and this person may."""
    blocked = question.about is not None and sides.is_blocked(question.about, who)
    if blocked or not bounds.may_side_read(
        question, question.of_sector, question.of_team_id, day
    ):
        raise InputFault(
            _(
                "This question cannot be answered this way any more. Nothing was sent; "
                "what you typed is here. Please ring those who asked."
            ),
            reason="not_let",
        )


def _open(question: Question) -> QuerySet[AnswerLink]:
    rows = AnswerLink.objects.filter(question=question, ended_at__isnull=True)
    found: QuerySet[AnswerLink] = rows.system(REASON)
    return found


def find(link: str, now: datetime) -> AnswerLink | None:
    """Return a link that still opens its question, or None."""
    rows = AnswerLink.objects.filter(
        link_hash=link_hash(link),
        ended_at__isnull=True,
        expires_at__gt=now,
        tries__lt=TRIES,
        question__state=QuestionState.OPEN,
    ).select_related(
        "question__unit__organisation",
        "question__episode",
        "question__by_team",
        "question__of_team",
        "question__created_by",
        "question__meeting",
    )
    found: AnswerLink | None = rows.system(REASON).first()
    return found


@transaction.atomic
def enter(*, link: str, code: str, now: datetime) -> AnswerLink | None:
    """Return the link if the code belongs to it; a wrong code is counted.

    The same work is done for a link that nobody made, and the answer is the same.
    """
    found = find(link, now)
    given = _code_hashes(link, code)
    kept = found.code_hash if found is not None else ""
    is_right = any(hmac.compare_digest(one, kept) for one in given)
    if found is None:
        return None
    actor = system_actor(found.question.unit, TASK)
    if is_right:
        audit.record(
            actor,
            "question_opened_by_link",
            found.question,
            applicant=found.question.about,
            information=_classes(found.question),
        )
        return found
    same = AnswerLink.objects.filter(pk=found.pk).system(REASON)
    same.update(tries=F("tries") + 1)
    same.filter(tries__gte=TRIES).update(ended_at=now)
    audit.record(
        actor,
        "answer_code_missed",
        found,
        applicant=found.question.about,
        outcome="refused",
    )
    return None


def _classes(question: Question) -> tuple[Information, ...]:
    return (Information(question.kind),) if question.kind else ()


def must_be_let(link: AnswerLink, day: date) -> None:
    """Raise InputFault where the side that is asked may not read the question today."""
    _must_be_let(link.question, link.question.of_words, day)


def answer(*, link: AnswerLink, text: str, name: str, now: datetime, day: date) -> None:
    """Answer by a link, once; `name` is what whoever answers says of themselves.

    Raises InputFault.
    """
    words = asked.checked(text, asked.LONGEST_ANSWER, "answer")
    question = link.question
    asked.must_be_open(question)
    _must_be_let(question, name, day)
    must_be_let(link, day)
    asked.must_be_readable(question, day)
    with transaction.atomic():
        used = _open(question).filter(pk=link.pk).update(ended_at=now)
        if not used:
            raise InputFault(
                _("This question is closed: it was answered or taken back meanwhile.")
            )
        asked.close(
            system_actor(question.unit, TASK),
            question,
            "question_answered_by_link",
            question.row_version,
            state=QuestionState.ANSWERED,
            answered_on=day,
            answered_words=name.strip(),
            **sealing.kept(question, "answer", words),
        )
