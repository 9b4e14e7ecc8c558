"""The word about work that lasts for so many days."""

from collections.abc import Mapping, Sequence
from typing import Any

from braid.method.measures.reference.in_work import Job
from braid.method.measures.reference.stays import (
    DIED,
    OUTCOMES,
    START_PARAMETERS,
    Judged,
    Sightings,
    Starting,
    died_on,
    jobs_of_people,
    known_jobs,
    outcome_rows,
    part,
    starts_in,
)
from braid.method.measures.words import Asked, Parameter, Tables, Word
from braid.method.sustained import DaysRule, by_days

BOUNDARY = Parameter(
    "Whether day N itself is enough (complete, inclusive) or one day more is asked for "
    "(beyond, elapsed).",
    "complete",
    choices=("complete", "beyond", "inclusive", "elapsed"),
)
SUCCESSOR = Parameter(
    "Whether work may go on in any next job, or only with the same employer.",
    "any",
    choices=("any", "same_employer"),
)
CALENDAR_PARAMETERS = {
    "n": Parameter("The days in work that are asked for.", 91, "number"),
    "boundary": BOUNDARY,
    "successor": SUCCESSOR,
    "max_gap_days": Parameter("The longest gap between two jobs.", 0, "number"),
    "gaps_count": Parameter("Whether days of a gap count as in work.", False, "truth"),
    "max_gaps": Parameter("How many gaps there may be.", None, "limit"),
}

SUSTAINED_DAYS = Word(
    name="sustained_days",
    family="sustained",
    about="Job starts of people out of work at referral in the period, and whether work "
    "in the same or a next job lasted through day N; the first day is day 1.",
    ids=("job_id", "episode_id", "person_key"),
    keys=("group",),
    amounts=OUTCOMES,
    left_out=DIED,
    parameters={**START_PARAMETERS, **CALENDAR_PARAMETERS},
)


def sustained_days(
    tables: Tables, asked: Sequence[Asked], **given: Any
) -> list[dict[str, Any]]:
    """Return the rows of the word; its definition is SUSTAINED_DAYS."""
    found = judged_by_days(tables, asked, given)
    return outcome_rows(SUSTAINED_DAYS, tables, found, part(Starting, given))


def judged_by_days(
    tables: Tables, asked: Sequence[Asked], given: Mapping[str, Any]
) -> list[tuple[Asked, Judged]]:
    """Return every start of the periods with what came of it by the calendar."""
    of, rule = part(Starting, given), part(DaysRule, given)
    sightings = Sightings(tables, of.unseen)
    any_job = given.get("successor", "any") == "any"
    found = []
    for each, jobs in known_jobs(tables, asked, of):
        people = jobs_of_people(jobs)
        for begun in starts_in(jobs, each, of):
            stays = [
                sightings.stay(job, each.as_of)
                for job in people[begun.job.person]
                if any_job or employer_of(job) == employer_of(begun.job)
            ]
            died = died_on(begun.job.episode, each.as_of)
            milestone = by_days(stays, begun.day, rule, each.as_of, died)
            found.append((each, Judged(begun, milestone)))
    return found


def employer_of(job: Job) -> tuple[str, str]:
    """Return who is worked for; an employer not known is never the same."""
    employer = job.row["employer_id"]
    return ("employer", employer) if employer else ("job", job.id)
