"""The word about the hours a week in which work lasted."""

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
    START_PARAMETERS,
    Starting,
    jobs_of_people,
    known_jobs,
    outcome_rows,
    part,
)
from braid.method.measures.reference.sustained import (
    CALENDAR_PARAMETERS,
    judged_by_days,
)
from braid.method.measures.words import Asked, Parameter, Tables, Word
from braid.method.sustained import BandRule, DaysRule, hour_band

BANDS = ("upper_band", "lower_band", "no_band", "hours_unknown")

SUSTAINED_HOURS = Word(
    name="sustained_hours",
    family="hour_bands",
    about="Job starts of people out of work at referral in the period that lasted "
    "through day N, by the hours a week of the whole weeks from the start to that day.",
    ids=("job_id", "episode_id", "person_key"),
    keys=("group",),
    amounts={
        "mature_starts": "job starts whose time to last is over",
        "sustained": "of these, those that lasted",
        "upper_band": "lasted, with hours a week at the edge or above it",
        "lower_band": "lasted, with hours a week below the edge",
        "no_band": "lasted, with hours a week in neither band",
        "hours_unknown": "lasted, with hours a week not known",
    },
    left_out=DIED,
    parameters={
        **START_PARAMETERS,
        **CALENDAR_PARAMETERS,
        **HOURS_PARAMETERS,
        "edge": Parameter("The hours a week between the bands.", Decimal(16), "amount"),
        "edge_is": Parameter(
            "Exactly the edge lies in the upper band (at_least), or in none (above).",
            "at_least",
            choices=("at_least", "above"),
        ),
        "statistic": Parameter(
            "The mean of the weeks, the lowest, or each of them alike.",
            "mean",
            choices=("mean", "min", "each"),
        ),
    },
)


def sustained_hours(
    tables: Tables, asked: Sequence[Asked], **given: Any
) -> list[dict[str, Any]]:
    """Return the rows of the word; its definition is SUSTAINED_HOURS."""
    of, rule = part(Starting, given), part(BandRule, given)
    hours = Hours(tables, part(HoursRule, given))
    weeks = part(DaysRule, given).n // 7
    worked = {
        each.period: by_person(jobs_of_people(jobs), hours, each.as_of)
        for each, jobs in known_jobs(tables, asked, of)
    }
    found = judged_by_days(tables, asked, given)
    rows = outcome_rows(SUSTAINED_HOURS, tables, found, of)
    begun = {(a.period, j.begun.job.id): j.begun for a, j in found}
    for row in rows:
        start = begun[row["period"], row["job_id"]]
        if row["sustained"]:
            own = worked[row["period"]][start.job.person]
            row[hour_band(own, start.day, weeks, rule)] = 1
    return rows
