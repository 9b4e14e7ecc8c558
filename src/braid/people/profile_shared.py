"""The career profile for those who read a class of it from outside the unit."""

from dataclasses import dataclass
from uuid import UUID

from braid.access.policy import Actor
from braid.people.choices import AnswerKind, Section
from braid.people.profile import PARTS
from braid.people.profile_presenters import Shown, past_facts, past_years, shown
from braid.people.queries import profile as queries
from braid.people.queries.profile import Past


@dataclass(frozen=True, slots=True)
class Chapter:
    """A section with what may be read of it: answers, and jobs with what is known."""

    title: str
    answers: tuple[Shown, ...]
    jobs: tuple[tuple[Past, str, list[tuple[str, str]]], ...] = ()


def chapters(actor: Actor, applicant_id: UUID, kind: AnswerKind) -> list[Chapter]:
    """Return the sections in which something of one class is written and may be read.

    Shown by people/profile/shared.html. One query, two where the class holds jobs.
    """
    answers = queries.answers(actor, applicant_id, (kind,))
    past = [
        (job, past_years(job), past_facts(job))
        for job in queries.past_jobs(actor, applicant_id, (kind,))
    ]
    found = [
        Chapter(
            part.title,
            tuple(shown(part, part.questions, answers, actor)),
            tuple(past) if part.section == Section.PAST_JOBS else (),
        )
        for part in PARTS.values()
    ]
    return [one for one in found if one.answers or one.jobs]
