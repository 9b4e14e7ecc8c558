"""Words about drift away from jobs: other placements, proposals, time before work."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Any

from braid.kernel.dates import days_between
from braid.method.competitive import Profile, Switches, competitive
from braid.method.measures.reference.in_work import facts_of
from braid.method.measures.reference.populations import (
    by,
    caseload_days,
    on_caseload_in,
)
from braid.method.measures.reference.teams import AROUND, Around, last_day, people_in
from braid.method.measures.words import (
    BASIS,
    PROFILE,
    SWITCHES,
    Asked,
    Row,
    Tables,
    Word,
)

NO_SWITCHES = Switches()
COURSE = "course"

JOBS_BEGUN = Word(
    name="jobs_begun",
    family="drift",
    about="Jobs and placements of any kind begun in the period while on the caseload, "
    "those held at referral left out.",
    ids=("job_id", "episode_id"),
    keys=(*AROUND, "placement", "found_by"),
    amounts={
        "begun": "jobs and placements begun",
        "non_competitive": "of these, placements that are no competitive work",
    },
    left_out={
        "placement_unknown": "The kind of this job is not known.",
        "tests_open": "Whether this job is competitive is not known yet.",
        "outside_caseload": "Begun before or after the time on the caseload.",
    },
    parameters={"basis": BASIS, "profile": PROFILE, "switches": SWITCHES},
)


def jobs_begun(
    tables: Tables,
    asked: Sequence[Asked],
    basis: str = "accepted",
    profile: Profile = "strict",
    switches: Switches = NO_SWITCHES,
) -> list[dict[str, Any]]:
    """Return the rows of the word; its definition is JOBS_BEGUN."""
    around = Around(tables)
    episodes = {row["episode_id"]: row for row in tables["episodes"]}
    rows = []
    for row in tables["jobs"]:
        verdict = competitive(facts_of(row), switches, profile)
        days = caseload_days(episodes[row["episode_id"]], basis)
        why = None
        if not (days and days.contains(row["first_day"])):
            why = "outside_caseload"
        elif verdict.in_queue:
            why = "tests_open" if row["placement"] else "placement_unknown"
        rows += [
            JOBS_BEGUN.row(
                period=each.period,
                unit_id=row["unit_id"],
                job_id=row["job_id"],
                episode_id=row["episode_id"],
                placement=row["placement"],
                found_by=row["found_by"],
                **around.on(row["episode_id"], row["first_day"]),
                begun=int(why is None),
                non_competitive=int(why is None and not verdict.counts),
                left_out=why,
            )
            for each in asked
            if each.days.contains(row["first_day"]) and not row["held_at_referral"]
        ]
    return rows


PROPOSALS_AND_PEOPLE = Word(
    name="proposals_and_people",
    family="drift",
    about="Proposals of something else than a job, made in the period; and everybody on "
    "the caseload on at least one day of it.",
    ids=("proposal_id", "episode_id", "person_key"),
    keys=(*AROUND, "kind", "by_role"),
    amounts={
        "proposals": "proposals of something else than a job",
        "wanted": "of these, the person wanted it",
        "not_wanted": "of these, the person did not want it",
        "wish_unknown": "of these, what the person wanted is not known",
        "people": "people on the caseload in the period",
    },
    parameters={"basis": BASIS},
)


def proposals_and_people(
    tables: Tables, asked: Sequence[Asked], basis: str = "accepted"
) -> list[dict[str, Any]]:
    """Return the rows of the word; its definition is PROPOSALS_AND_PEOPLE."""
    around, word, rows = Around(tables), PROPOSALS_AND_PEOPLE, []
    for each in asked:
        rows += [
            word.row(
                period=each.period,
                unit_id=row["unit_id"],
                proposal_id=row["proposal_id"],
                episode_id=row["episode_id"],
                kind=row["kind"],
                by_role=row["by_role"],
                **around.on(row["episode_id"], row["day"]),
                proposals=1,
                wanted=int(row["wanted"] is True),
                not_wanted=int(row["wanted"] is False),
                wish_unknown=int(row["wanted"] is None),
            )
            for row in tables["proposals"]
            if each.days.contains(row["day"])
        ]
        rows += [
            word.row(
                period=each.period,
                unit_id=episode["unit_id"],
                episode_id=episode["episode_id"],
                person_key=episode["person_key"],
                **around.on(episode["episode_id"], day),
                people=1,
            )
            for episode, day in people_in(tables, each, basis)
        ]
    return rows


TIME_BEFORE_WORK = Word(
    name="time_before_work",
    family="drift",
    about="Days on the caseload in the period, and those of them spent in a placement "
    "that is no competitive work or in a course; a day in two of them counts once, in the "
    "one that began first. What was held at referral is left out, and so is ordinary "
    "education.",
    ids=("episode_id", "job_id"),
    keys=AROUND,
    amounts={
        "days": "days on the caseload",
        "days_before_work": "of these, in such a placement or course",
    },
    parameters={"basis": BASIS, "profile": PROFILE, "switches": SWITCHES},
)


def time_before_work(
    tables: Tables,
    asked: Sequence[Asked],
    basis: str = "accepted",
    profile: Profile = "strict",
    switches: Switches = NO_SWITCHES,
) -> list[dict[str, Any]]:
    """Return the rows of the word; its definition is TIME_BEFORE_WORK."""
    around, rows = Around(tables), []
    spells = by(_before_work(tables, profile, switches), "episode_id")
    for each in asked:
        for episode in on_caseload_in(tables, each.days, basis):
            on = caseload_days(episode, basis)
            first = max(each.first_day, on.first_day if on else each.first_day)
            last = last_day(episode, each, basis)
            common = {
                "period": each.period,
                "unit_id": episode["unit_id"],
                "episode_id": episode["episode_id"],
                **around.on(episode["episode_id"], last),
            }
            days = days_between(first, last) + 1
            rows.append(TIME_BEFORE_WORK.row(**common, days=days))
            rows += [
                TIME_BEFORE_WORK.row(**common, job_id=job, days_before_work=number)
                for job, number in _new_days(spells[episode["episode_id"]], first, last)
            ]
    return rows


def _before_work(
    tables: Tables, profile: Profile, switches: Switches
) -> Iterator[dict[str, Any]]:
    """Yield the spells of placements that are no competitive work, and of courses."""
    for row in tables["jobs"]:
        verdict = competitive(facts_of(row), switches, profile)
        if not (verdict.counts or verdict.in_queue or row["held_at_referral"]):
            yield {**row}
    for row in tables["education"]:
        if row["level"] == COURSE or row["mainstream"] is False:
            yield {**row, "job_id": None}


def _new_days(
    spells: Sequence[Row], first: date, last: date
) -> Iterator[tuple[str | None, int]]:
    """Yield each spell with its days in a window that no earlier spell has."""
    clipped = [
        (
            max(row["first_day"], first),
            min(row["last_day"] or last, last),
            row["job_id"],
        )
        for row in spells
    ]
    counted_to = first - timedelta(1)
    for begins, ends, job in sorted(clipped, key=lambda c: (c[0], c[1], c[2] or "")):
        days = days_between(max(begins, counted_to + timedelta(1)), ends) + 1
        if begins <= ends and days > 0:
            yield job, days
            counted_to = ends
