"""The word about work in enough weeks or months after a start."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from braid.method.measures.reference.hours import (
    HOURS_PARAMETERS,
    Hours,
    HoursRule,
    by_person,
)
from braid.method.measures.reference.stays import (
    DIED,
    OUTCOMES,
    START_PARAMETERS,
    Judged,
    Starting,
    died_on,
    jobs_of_people,
    known_jobs,
    outcome_rows,
    part,
    starts_in,
)
from braid.method.measures.words import Asked, Parameter, Tables, Word
from braid.method.sustained import PeriodsRule, by_periods

ENOUGH_PARAMETERS = {
    "unit": Parameter(
        "Weeks of seven days from the start on, weeks from Monday on, or months.",
        "job_week",
        choices=("job_week", "iso_week", "month"),
    ),
    "threshold": Parameter(
        "The hours a week, or hours or pay a month, of all jobs together.",
        Decimal(0),
        "amount",
    ),
    "comparator": Parameter(
        "Whether exactly the threshold is enough.",
        "above",
        choices=("above", "at_least"),
    ),
}
PERIODS_PARAMETERS = {
    "n": Parameter("How many weeks or months must hold enough.", 13, "number"),
    "of": Parameter("Within how many they must lie.", 13, "number"),
    **ENOUGH_PARAMETERS,
    "cumulative": Parameter(
        "Any n of them, or only n one after another.", True, "truth"
    ),
    "anchor": Parameter(
        "The span begins with the start, or rolls on.",
        "start",
        choices=("start", "rolling"),
    ),
}

SUSTAINED_PERIODS = Word(
    name="sustained_periods",
    family="worked_periods",
    about="Job starts of people out of work at referral in the period, and whether n of "
    "a span of weeks or months after it had enough hours or pay, all jobs together.",
    ids=("job_id", "episode_id", "person_key"),
    keys=("group",),
    amounts=OUTCOMES,
    left_out=DIED,
    parameters={**START_PARAMETERS, **PERIODS_PARAMETERS, **HOURS_PARAMETERS},
)


def sustained_periods(
    tables: Tables, asked: Sequence[Asked], **given: Any
) -> list[dict[str, Any]]:
    """Return the rows of the word; its definition is SUSTAINED_PERIODS."""
    of, rule = part(Starting, given), part(PeriodsRule, given)
    hours = Hours(tables, part(HoursRule, given))
    found = []
    for each, jobs in known_jobs(tables, asked, of):
        worked = by_person(jobs_of_people(jobs), hours, each.as_of)
        for begun in starts_in(jobs, each, of):
            died = died_on(begun.job.episode, each.as_of)
            own = worked[begun.job.person]
            milestone = by_periods(own, begun.day, rule, each.as_of, died)
            found.append((each, Judged(begun, milestone)))
    return outcome_rows(SUSTAINED_PERIODS, tables, found, of)
