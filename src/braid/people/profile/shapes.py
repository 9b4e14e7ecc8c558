"""What a section of the career profile and its questions are."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from django.utils.functional import Promise

from braid.people.choices import AnswerKind, Section


class Way(StrEnum):
    """How a question is answered."""

    LINE = "line"
    TEXT = "text"
    ONE = "one"  # one of some choices
    SOME = "some"  # any number of choices
    YES_NO = "yes_no"  # or not talked about


@dataclass(frozen=True, slots=True)
class Question:
    """One question; `own` says that the applicant may write the answer themself.

    `kind` is the class of information where it is not that of the section.
    """

    id: str
    label: Promise
    way: Way = Way.TEXT
    help: Promise | str = ""
    choices: Mapping[str, Promise] = field(default_factory=dict)
    kind: AnswerKind | None = None
    own: bool = True


@dataclass(frozen=True, slots=True)
class Part:
    """A section: what it is for, its class of information, and its questions."""

    section: Section
    purpose: Promise
    kind: AnswerKind
    questions: tuple[Question, ...]

    @property
    def title(self) -> str:
        return str(self.section.label)

    @property
    def letter(self) -> str:
        return self.section.value.upper()

    def kind_of(self, question: Question) -> AnswerKind:
        """Return the class of information of an answer."""
        return question.kind or self.kind

    @property
    def kinds(self) -> tuple[AnswerKind, ...]:
        """Return the classes of the section, its own first."""
        found = (self.kind_of(question) for question in self.questions)
        return tuple(dict.fromkeys((self.kind, *found)))
