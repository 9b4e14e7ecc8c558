"""The work of one case as a contract looks at it: jobs, days in work, hours and pay.

Jobs, spells and what counts as competitive are those of the measures; here are the days
on which somebody is known to be in work, and exact sums of hours and pay over days.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from typing import Literal

from braid.kernel.dates import Period
from braid.method.competitive import ENOUGH_DAYS, Profile, Switches
from braid.method.contracts import spans
from braid.method.contracts.case import Case
from braid.method.contracts.spans import Spans
from braid.method.measures.reference.in_work import Job, WorkSpell, jobs_known
from braid.method.measures.reference.stays import LOST, Sightings, died_on
from braid.method.measures.words import Row

Measure = Literal["hours", "gross", "net"]
NO_SWITCHES = Switches()
WEEK = 7
WORKED_BY_CODE = frozenset(
    {"competitive", "agency", "self_employed", "apprenticeship", "family_business"}
)
"""Placements in which work is resumed with an employer or as self-employed."""


@dataclass(frozen=True, slots=True)
class Held:
    """A job and the days from which and until which it is known to be held."""

    job: Job
    first_day: date
    last_day: date

    @property
    def id(self) -> str:
        return self.job.id

    @property
    def row(self) -> Row:
        return self.job.row


@dataclass(frozen=True, slots=True)
class Value:
    """An exact sum over days; `known` False where some of them are not recorded."""

    amount: Fraction
    known: bool = True


class Work:
    """The work of a case as it was known on a day, for one competitive profile."""

    def __init__(self, case: Case, as_of: date, profile: Profile) -> None:
        self.case = case
        self.as_of = as_of
        self.profile = profile
        self._totals: dict[object, Value] = {}

    @cached_property
    def known(self) -> list[Job]:
        """All jobs begun, those that do not count as well."""
        if not self.case.of("jobs"):
            return []
        return jobs_known(self.case.rows, self.as_of, self.profile, NO_SWITCHES)

    @cached_property
    def jobs(self) -> list[Held]:
        """The competitive jobs, held at referral or not, in order."""
        found = [
            held
            for job in self.known
            if job.verdict.counts
            for held in [self._held(job)]
            if held is not None
        ]
        return sorted(found, key=lambda each: (each.first_day, each.id))

    @cached_property
    def spells(self) -> list[WorkSpell]:
        """The spells of work with one employer that are no retention."""
        return [
            each
            for each in _carried_on(self.known)
            if not each.job.row["held_at_referral"] and self._on_caseload(each)
        ]

    @cached_property
    def counted(self) -> list[Held]:
        """The jobs of those spells."""
        ids = {job.id for spell in self.spells for job in spell.jobs}
        return [each for each in self.jobs if each.id in ids]

    def begun_from(self, floor: date) -> list[Held]:
        """Return the jobs of spells that began on a day or later, in order."""
        ids = {
            job.id
            for spell in self.spells
            if spell.days.first_day >= floor
            for job in spell.jobs
        }
        return [each for each in self.jobs if each.id in ids]

    def starts_from(self, floor: date) -> list[date]:
        """Return the days from one on, on which spells began."""
        found = {spell.days.first_day for spell in self.spells}
        return sorted(day for day in found if day >= floor)

    def _on_caseload(self, spell: WorkSpell) -> bool:
        """Say whether a spell began before the first day off the caseload."""
        exited = spell.job.episode["exited_on"]
        return exited is None or spell.days.first_day < exited

    @cached_property
    def _sightings(self) -> Sightings:
        rows = {"paid_work": self.case.of("paid_work")}
        return Sightings(rows, LOST)

    def _held(self, job: Job) -> Held | None:
        if job.days is None:
            return None
        last = job.days.last_day or self.as_of
        if job.episode["exited_on"] is not None:
            seen = self._sightings.stay(job, self.as_of).seen_to
            died = died_on(job.episode, self.as_of)
            last = min(day for day in (last, seen, died) if day is not None)
        first = job.days.first_day
        return Held(job, first, last) if first <= last else None

    @cached_property
    def absences(self) -> Mapping[str, Sequence[Row]]:
        return _by_job(self.case.of("absences"))

    @cached_property
    def terms(self) -> Mapping[str, Sequence[Row]]:
        return _by_job(self.case.of("job_terms"))

    @cached_property
    def paid(self) -> Mapping[str, Sequence[Row]]:
        known = [
            row for row in self.case.of("paid_work") if row["last_day"] <= self.as_of
        ]
        return _by_job(known)

    def days(self, jobs: Sequence[Held], *, sick_counts: bool | None) -> Spans:
        """Return the days in work; `sick_counts` False takes sick leave out."""
        found: list[tuple[date, date]] = []
        for each in jobs:
            held: Spans = ((each.first_day, each.last_day),)
            if sick_counts is False:
                away = spans.union(_days(row) for row in self.absences.get(each.id, ()))
                held = spans.common(held, spans.without(away))
            found.extend(held)
        return spans.union(found)

    def weekly_terms(self, job: str, day: date) -> Decimal | None:
        """Return the hours a week agreed in a job on a day."""
        found = [row for row in self.terms.get(job, ()) if _in(row, day)]
        latest = max(found, key=lambda row: row["first_day"], default=None)
        hours: Decimal | None = latest["weekly_hours"] if latest else None
        return hours

    def hours_on(self, jobs: Sequence[Held], day: date) -> Value:
        """Return the hours a week of all jobs held on a day: paid, else agreed."""
        total, known = Fraction(0), True
        for each in jobs:
            if each.first_day <= day <= each.last_day:
                paid = [row for row in self.paid.get(each.id, ()) if _in(row, day)]
                rates = [_rate(row) for row in paid if row["hours"] is not None]
                agreed = self.weekly_terms(each.id, day)
                if rates:
                    total += sum(rates, Fraction(0))
                elif agreed is not None:
                    total += Fraction(agreed)
                else:
                    known = False
        return Value(total, known)

    def total(
        self,
        jobs: Sequence[Held],
        measure: Measure,
        first_day: date,
        last_day: date,
        sick_counts: bool | None = None,
    ) -> Value:
        """Return what all jobs held over some days; hours fall back on the terms."""
        key = measure, first_day, last_day, sick_counts, tuple(e.id for e in jobs)
        if key not in self._totals:
            self._totals[key] = self._total(
                jobs, measure, first_day, last_day, sick_counts
            )
        return self._totals[key]

    def _total(
        self,
        jobs: Sequence[Held],
        measure: Measure,
        first_day: date,
        last_day: date,
        sick_counts: bool | None,
    ) -> Value:
        total, known = Fraction(0), True
        for each in jobs:
            first, last = max(first_day, each.first_day), min(last_day, each.last_day)
            if first > last:
                continue
            if measure == "hours":
                found = _hours(self, each, first, last, sick_counts)
            else:
                found = Value(_paid(self, each, measure, first, last))
            total += found.amount
            known = known and found.known
        return Value(total, known)


def _carried_on(known: Sequence[Job]) -> list[WorkSpell]:
    """Return the spells of competitive jobs that carry one another on.

    A job carries on any that ended on the day before at the same employer, so that a
    segment which is split in two stays one, whatever else is held there.
    """
    begun = [
        (job.days, job) for job in known if job.verdict.counts and job.days is not None
    ]
    begun.sort(key=lambda found: (found[0].first_day, found[1].id))
    found: list[WorkSpell] = []
    for days, job in begun:
        employer, eve = job.row["employer_id"], days.first_day - timedelta(1)
        for number, spell in enumerate(found):
            same = employer and spell.job.row["employer_id"] == employer
            if same and spell.days.last_day == eve:
                longer = Period(spell.days.first_day, days.last_day)
                found[number] = WorkSpell((*spell.jobs, job), longer)
                break
        else:
            found.append(WorkSpell((job,), days))
    return found


def _by_job(rows: Sequence[Row]) -> Mapping[str, Sequence[Row]]:
    found: dict[str, list[Row]] = {}
    for row in rows:
        found.setdefault(row["job_id"], []).append(row)
    return found


def _days(row: Row) -> tuple[date, date]:
    return row["first_day"], row["last_day"] or date.max


def _in(row: Row, day: date) -> bool:
    first, last = _days(row)
    return first <= day <= last


def _rate(row: Row) -> Fraction:
    length = (row["last_day"] - row["first_day"]).days + 1
    return Fraction(row["hours"]) * Fraction(WEEK, length)


def _paid(work: Work, held: Held, measure: str, first: date, last: date) -> Fraction:
    """Return the share of what was paid that falls on some days of a job.

    An amount is spread over those days of its period on which the job was held.
    """
    whole, part = Decimal(0), Fraction(0)
    for row in work.paid.get(held.id, ()):
        if row[measure] is None or row["last_day"] < first or row["first_day"] > last:
            continue
        begins, ends = max(row["first_day"], held.first_day), row["last_day"]
        if held.job.days is not None and held.job.days.last_day is not None:
            ends = min(ends, held.job.days.last_day)
        inside = (min(ends, last) - max(begins, first)).days + 1
        length = (ends - begins).days + 1
        if inside == length:
            whole += row[measure]
        elif inside > 0:
            part += Fraction(row[measure]) * Fraction(inside, length)
    return Fraction(whole) + part if part else Fraction(whole)


def _hours(
    work: Work, held: Held, first: date, last: date, sick_counts: bool | None
) -> Value:
    """Return the hours of a job over some days: paid where recorded, else agreed."""
    agreed_days = _unrecorded(work, held, first, last)
    total = _paid(work, held, "hours", first, last)
    away = _sick(work, held, sick_counts)
    known = True
    for begins, ends in agreed_days:
        found = _agreed(work, held, begins, ends, away.uncounted)
        total += found.amount
        known = known and found.known
    if away.counted:
        total = _with_sick_weeks(work, held, first, last, away.counted)
    return Value(total, known)


def _unrecorded(work: Work, held: Held, first: date, last: date) -> Spans:
    """Return the days for which no hours are recorded.

    Between the first and the last period that are recorded nothing was worked where
    nothing stands; a period whose hours are missing is not recorded.
    """
    rows = work.paid.get(held.id, ())
    recorded = [row for row in rows if row["hours"] is not None]
    if not recorded:
        return ((first, last),)
    begins = min(row["first_day"] for row in recorded)
    ends = max(row["last_day"] for row in recorded)
    inside: Spans = ((begins, ends),)
    blank = spans.union(_days(row) for row in rows if row["hours"] is None)
    if blank:
        full = spans.union(_days(row) for row in recorded)
        inside = spans.common(
            inside, spans.without(spans.common(blank, spans.without(full)))
        )
    return spans.common(((first, last),), spans.without(inside))


@dataclass(frozen=True, slots=True)
class _Away:
    counted: Spans
    uncounted: Spans


def _sick(work: Work, held: Held, sick_counts: bool | None) -> _Away:
    rows = work.absences.get(held.id, ())
    if not rows:
        return _Away(spans.NEVER, spans.NEVER)
    counts = [
        row for row in rows if sick_counts or (sick_counts is None and row["paid"])
    ]
    others = [row for row in rows if row not in counts]
    counted = spans.union(_days(row) for row in counts)
    others_days = spans.union(_days(row) for row in others)
    return _Away(counted, spans.common(others_days, spans.without(counted)))


def _agreed(work: Work, held: Held, first: date, last: date, away: Spans) -> Value:
    sevenfold, covered = Decimal(0), 0
    for row in work.terms.get(held.id, ()):
        if row["weekly_hours"] is None:
            continue
        begins, ends = max(row["first_day"], first), min(_days(row)[1], last)
        length = (ends - begins).days + 1
        if length > 0:
            covered += length
            at_work = length - (spans.days_in(away, begins, ends) if away else 0)
            sevenfold += row["weekly_hours"] * at_work
    whole = covered >= (last - first).days + 1
    return Value(Fraction(sevenfold) / WEEK, whole)


def _with_sick_weeks(
    work: Work, held: Held, first: date, last: date, away: Spans
) -> Fraction:
    """Return the hours where every week with counted sick leave has those agreed."""
    total, day = Fraction(0), first
    while day <= last:
        ends = min(day + timedelta(WEEK - 1), last)
        own = _paid(work, held, "hours", day, ends)
        for begins, stops in _unrecorded(work, held, day, ends):
            own += _agreed(work, held, begins, stops, spans.NEVER).amount
        if spans.days_in(away, day, ends):
            agreed = _agreed(work, held, day, ends, spans.NEVER).amount
            own = max(own, agreed)
        total += own
        day = ends + timedelta(1)
    return total


def first_worked(held: Held, paid: Sequence[Row]) -> date:
    """Return the first day really worked in a job: that of the first paid hours."""
    recorded = [row for row in paid if row["hours"] is not None]
    worked = [row["first_day"] for row in recorded if row["hours"] > 0]
    return max(held.first_day, min(worked)) if worked else held.first_day


def lasted(held_from: date, last_day: date | None, as_of: date) -> bool:
    """Say whether a spell is long enough to count without its hours."""
    ends = as_of if last_day is None else min(last_day, as_of)
    return (ends - held_from).days + 1 >= ENOUGH_DAYS
