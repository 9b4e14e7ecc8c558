"""The career profile: sections A to P with their questions, as data.

Every section says its class of information, which decides who may read it; a question
of another class says so itself. Nothing here is about whether somebody may work.
"""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from braid.people.choices import AnswerKind
from braid.people.profile import health, living, working
from braid.people.profile.shapes import Part, Question, Way

__all__ = [
    "FIRST_MEETINGS",
    "PARTS",
    "QUESTIONS",
    "SENSITIVE",
    "YES_NO",
    "Part",
    "Question",
    "Way",
    "neighbours",
    "part_of",
    "words_of",
]

PARTS: Mapping[str, Part] = {
    part.section.value: part
    for part in (
        working.GOAL,
        working.EDUCATION,
        working.LICENCES,
        working.PAST_JOBS,
        working.STRENGTHS,
        working.NETWORK,
        health.MENTAL_HEALTH,
        health.PHYSICAL_HEALTH,
        health.COGNITION,
        health.SUBSTANCE_USE,
        living.DAILY_LIFE,
        health.LEGAL_RECORD,
        living.BENEFITS,
        living.DISCLOSURE,
        living.SEARCH,
        living.SOURCES,
    )
}
QUESTIONS: Mapping[str, tuple[Part, Question]] = {
    question.id: (part, question)
    for part in PARTS.values()
    for question in part.questions
}
# What the first meetings ask; by these the clock of a drafted profile stops.
FIRST_MEETINGS = ("a", "d", "k", "m")
# Classes that leave the house on paper only when somebody ticks them.
SENSITIVE = (AnswerKind.HEALTH_AT_WORK, AnswerKind.CONVERSATION, AnswerKind.BENEFITS)

YES_NO = {"yes": _("yes"), "no": _("no")}


def part_of(question: str) -> Part:
    """Return the section of a question. Raises KeyError for one that does not exist."""
    return QUESTIONS[question][0]


def neighbours(section: str) -> tuple[Part | None, Part | None]:
    """Return the sections before and after one."""
    order = list(PARTS.values())
    at = order.index(PARTS[section])
    return (
        order[at - 1] if at else None,
        order[at + 1] if at + 1 < len(order) else None,
    )


def words_of(question: Question, text: str) -> str:
    """Return an answer as it is read: the labels of what was chosen, else the text."""
    if question.way in (Way.ONE, Way.SOME):
        chosen = text.split(",") if text else []
        return ", ".join(str(question.choices.get(one, one)) for one in chosen)
    if question.way == Way.YES_NO:
        return str(YES_NO.get(text, text))
    return text
