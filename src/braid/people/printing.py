"""Plain values of the career profile for paper: the page to print, and documents."""

from collections.abc import Collection
from typing import Any
from uuid import UUID

from braid.access.policy import Actor
from braid.people import profile_presenters as presenters
from braid.people.choices import AnswerKind, Section
from braid.people.profile import PARTS, Part, words_of
from braid.people.queries import profile as queries
from braid.people.queries.profile import Profile

# What may ever stand in something made for an employer: never health, money, everyday
# life or what was said in confidence.
FOR_EMPLOYER = (
    Section.EDUCATION,
    Section.LICENCES,
    Section.PAST_JOBS,
    Section.STRENGTHS,
)
KINDS_FOR_EMPLOYER = (AnswerKind.WORK_GOALS, AnswerKind.JOBS)


def profile_values(
    actor: Actor,
    applicant_id: UUID,
    *,
    kinds: Collection[AnswerKind] = KINDS_FOR_EMPLOYER,
    for_employer: bool = False,
) -> dict[str, Any]:
    """Return the profile as plain values: goal, sections with answers, jobs so far.

    Only the classes in `kinds`, and of these only what the actor may read. With
    `for_employer` the sections about life and health are left out whatever `kinds` says;
    whether the employer may be told anything is asked of the disclosure decisions first.
    Keys: goal, sections [{letter, title, answers [{label, text}], jobs [{title,
    employer, years, facts [{label, text}]}]}], updates [{day, title, text, by}].
    """
    wanted = set(kinds) & set(KINDS_FOR_EMPLOYER) if for_employer else set(kinds)
    ordered = tuple(kind for kind in AnswerKind if kind in wanted)
    found = queries.profile(actor, applicant_id, ordered)
    parts = [
        part
        for part in PARTS.values()
        if not for_employer or part.section in FOR_EMPLOYER
    ]
    sections = [_section(part, found) for part in parts]
    return {
        "goal": "" if for_employer else found.goal,
        "sections": [one for one in sections if one["answers"] or one["jobs"]],
        "updates": []
        if for_employer
        else [
            {"day": one.day, "title": one.title, "text": one.text, "by": one.by}
            for one in presenters.update_lines(found.updates)
        ],
    }


def _section(part: Part, found: Profile) -> dict[str, Any]:
    answered = (
        (question, found.answers[question.id])
        for question in part.questions
        if question.id in found.answers
    )
    jobs = found.past_jobs if part.section == Section.PAST_JOBS else ()
    return {
        "letter": part.letter,
        "title": part.title,
        "answers": [
            {"label": str(question.label), "text": words_of(question, answer.text)}
            for question, answer in answered
            if answer.text
        ],
        "jobs": [
            {
                "title": job.title,
                "employer": job.employer,
                "years": presenters.past_years(job),
                "facts": [
                    {"label": label, "text": text}
                    for label, text in presenters.past_facts(job)
                ],
            }
            for job in jobs
        ],
    }
