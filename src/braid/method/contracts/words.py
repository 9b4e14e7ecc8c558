"""The words of the vocabulary: on which days each one holds, and when it happened."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from braid.kernel.dates import add_months
from braid.method.contracts import spans
from braid.method.contracts.events import Event, compares, in_order
from braid.method.contracts.shape import Word
from braid.method.contracts.spans import Spans
from braid.method.contracts.work import Held, first_worked
from braid.method.measures.reference.populations import BASIS_COLUMNS
from braid.method.measures.words import Row

if TYPE_CHECKING:
    from braid.method.contracts.conditions import Known

ONE_DAY = timedelta(1)
DIAGNOSIS = "diagnosis_group"


def _basis_days(known: Known, word: Word, _: str) -> Spans:
    column = BASIS_COLUMNS[word.basis or "accepted"]
    return spans.union(
        (row[column], row["exited_on"] - ONE_DAY if row["exited_on"] else date.max)
        for row in known.case.episodes
        if row[column] is not None
        and (row["exited_on"] is None or row[column] < row["exited_on"])
        and row[column] <= known.as_of
    )


def _basis_events(known: Known, word: Word, _: str) -> list[Event]:
    column = BASIS_COLUMNS[word.basis or "accepted"]
    return [
        Event(row[column], row["episode_id"], row["episode_id"])
        for row in known.case.episodes
        if row[column] is not None and row[column] <= known.as_of
    ]


def _funder_events(known: Known, word: Word, _: str) -> list[Event]:
    return [
        Event(row["day"], row["episode_id"], row["episode_id"])
        for row in known.case.of("funder_events")
        if row["contract_id"] == known.contract.contract
        and row["kind"] == word.kind
        and row["day"] <= known.as_of
    ]


def _plan_events(known: Known, word: Word, _: str) -> list[Event]:
    return [
        Event(row["day"], row["event_id"], row["episode_id"])
        for row in known.case.of("plan_events")
        if row["kind"] == word.kind and row["day"] <= known.as_of
    ]


def kept_contacts(known: Known) -> list[Event]:
    """Return the attended contacts with the applicant from entry on, in order."""
    entry = known.entry
    return sorted(
        (
            Event(row["day"], row["contact_id"], row["episode_id"])
            for row in known.case.of("contacts")
            if row["attended"]
            and row["with_applicant"]
            and row["day"] <= known.as_of
            and (entry is None or row["day"] >= entry.day)
        ),
        key=in_order,
    )


def _appointment_events(known: Known, word: Word, _: str) -> list[Event]:
    """Return the contact from which on the number of contacts satisfies the word."""
    found, edges = kept_contacts(known), known.numbers(word)
    enough = [n for n in range(1, len(found) + 1) if compares(edges, n)]
    return [found[enough[0] - 1]] if enough else []


def _appointment_days(known: Known, word: Word, _: str) -> Spans:
    found, edges = kept_contacts(known), known.numbers(word)
    starts = [date.min, *(each.day for each in found)]
    ends = [*(each.day - ONE_DAY for each in found), date.max]
    return spans.union(
        (first, last)
        for number, (first, last) in enumerate(zip(starts, ends, strict=True))
        if first <= last and compares(edges, number)
    )


def _minutes_events(known: Known, word: Word, _: str) -> list[Event]:
    return [
        Event(row["day"], row["contact_id"], row["episode_id"])
        for row in known.case.of("contacts")
        if row["attended"] and row["minutes"] and row["day"] <= known.as_of
    ]


def _spells(table: str, column: str | None) -> tuple[Callable[..., Any], ...]:
    """Return the days and the events of spells, those of a list where a column says."""

    def rows(known: Known, word: Word) -> list[Row]:
        return [
            row
            for row in known.case.of(table)
            if (column is None or row[column] in word.among)
            and row["first_day"] <= known.as_of
        ]

    def days(known: Known, word: Word, _: str) -> Spans:
        return spans.union(
            (row["first_day"], row["last_day"] or date.max) for row in rows(known, word)
        )

    def events(known: Known, word: Word, _: str) -> list[Event]:
        first = known.case.episodes[0]["episode_id"]
        return [
            Event(row["first_day"], owner, owner)
            for row in rows(known, word)
            for owner in [row.get("episode_id") or first]
        ]

    return days, events


def _of_episode(known: Known) -> Row:
    """Return the episode that entered the contract, else the first."""
    if known.entry is not None:
        return known.case.episode(known.entry.episode)
    return known.case.episodes[0]


def _at_referral_days(known: Known, word: Word, _: str) -> Spans:
    holds = _of_episode(known)["at_referral"] in word.among
    return spans.ALWAYS if holds else spans.NEVER


def _group_days(known: Known, word: Word, _: str) -> Spans:
    name = _of_episode(known)["episode_id"]
    holds = any(
        row["episode_id"] == name
        and row["key"] == DIAGNOSIS
        and row["value"] in word.among
        for row in known.case.of("groups")
    )
    return spans.ALWAYS if holds else spans.NEVER


def _statements(known: Known, word: Word) -> list[Row]:
    return [
        row
        for row in known.case.of("evidence")
        if row["kind"] in ("self_declaration", "other")
        and row.get("label") == word.label
        and row["received_on"] <= known.as_of
    ]


def _statement_days(known: Known, word: Word, _: str) -> Spans:
    """Return the days that a statement speaks of; all, where it names none."""
    return spans.union(
        (row["period_first"] or date.min, row["period_last"] or date.max)
        for row in _statements(known, word)
    )


def _statement_events(known: Known, word: Word, _: str) -> list[Event]:
    return [
        Event(row["received_on"], row["evidence_id"], row["episode_id"])
        for row in _statements(known, word)
    ]


def _start_events(known: Known, _: Word, profile: str) -> list[Event]:
    return [
        Event(
            each.days.first_day,
            each.job.id,
            str(each.job.row["episode_id"]),
            tuple(job.id for job in each.jobs),
        )
        for each in known.work(profile).spells
    ]


def _work_days(known: Known, _: Word, profile: str) -> Spans:
    work = known.work(profile)
    return work.days(work.counted, sick_counts=None)


def _resumed_events(known: Known, _: Word, profile: str) -> list[Event]:
    work = known.work(profile)
    found: list[Held] = work.counted
    return [
        Event(
            first_worked(each, work.paid.get(each.id, ())),
            each.id,
            str(each.row["episode_id"]),
            (each.id,),
        )
        for each in found
    ]


def _earning_events(known: Known, _: Word, profile: str) -> list[Event]:
    jobs = {row["job_id"]: row for row in known.case.of("jobs")}
    return [
        Event(row["last_day"], row["job_id"], str(jobs[row["job_id"]]["episode_id"]))
        for row in known.case.of("paid_work")
        if row["last_day"] <= known.as_of
    ]


def _problem_days(known: Known, _: Word, profile: str) -> Spans:
    return spans.union(
        (row["first_day"], row["last_day"] or date.max)
        for row in known.case.of("job_problems")
        if row["first_day"] <= known.as_of
    )


def _problem_events(known: Known, _: Word, profile: str) -> list[Event]:
    jobs = {row["job_id"]: row for row in known.case.of("jobs")}
    return [
        Event(row["first_day"], row["job_id"], str(jobs[row["job_id"]]["episode_id"]))
        for row in known.case.of("job_problems")
        if row["first_day"] <= known.as_of
    ]


def _days_since(known: Known, word: Word, _: str) -> Spans:
    """Return the days whose distance from the first that exists satisfies the word."""
    origin = known.first_of(word.since)
    if origin is None:
        return spans.NEVER
    edges = known.numbers(word)
    first, last = 0, (date.max - origin.day).days
    if edges.at_least is not None:
        first = max(first, -int(-edges.at_least // 1))
    if edges.above is not None:
        first = max(first, int(edges.above // 1) + 1)
    if edges.at_most is not None:
        last = min(last, int(edges.at_most // 1))
    if edges.below is not None:
        last = min(last, -int(-edges.below // 1) - 1)
    if last < first:
        return spans.NEVER
    return ((origin.day + timedelta(first), origin.day + timedelta(last)),)


def _as_happened(events: Callable[..., list[Event]]) -> Callable[..., Spans]:
    """Return the days since the first event: what has happened stays so."""

    def days(known: Known, word: Word, profile: str) -> Spans:
        found = events(known, word, profile)
        return spans.since(min((each.day for each in found), default=None))

    return days


def _as_begun(days: Callable[..., Spans]) -> Callable[..., list[Event]]:
    """Return an event on the first day of each span."""

    def events(known: Known, word: Word, profile: str) -> list[Event]:
        name = str(_of_episode(known)["episode_id"])
        entry = (
            known.entry.day if known.entry else known.case.episodes[0]["accepted_on"]
        )
        return [
            Event(day, name, name)
            for first, last in days(known, word, profile)
            for day in [entry if first == date.min and entry else first]
            if date.min < day <= min(last, known.as_of)
        ]

    return events


def _benefit_days(known: Known, word: Word, _: str) -> Spans:
    if word.at == "entry":
        holds = known.entry is not None and known.benefit(word, known.entry.day)
        return spans.ALWAYS if holds else spans.NEVER
    found = [
        (row["first_day"], row["last_day"] or date.max)
        for row in known.case.of("benefit_spells")
        if row["benefit"] in word.among and row["first_day"] <= known.as_of
    ]
    if word.at == "month":
        found = [(a.replace(day=1), _month_end(b)) for a, b in found]
    return spans.union(found)


def _month_end(day: date) -> date:
    if day == date.max:
        return day
    return add_months(day.replace(day=1), 1) - ONE_DAY


def _hours_days(known: Known, word: Word, profile: str) -> Spans:
    """Return the days on which the hours a week satisfy the word."""
    work = known.work(profile)
    marks = {each.first_day for each in work.jobs}
    marks |= {each.last_day + ONE_DAY for each in work.jobs}
    for table in ("job_terms", "paid_work"):
        for row in known.case.of(table):
            marks.add(row["first_day"])
            if row["last_day"] is not None:
                marks.add(row["last_day"] + ONE_DAY)
    days = sorted(day for day in marks if day <= known.as_of)
    return spans.union(
        (first, after - ONE_DAY)
        for first, after in zip(days, [*days[1:], known.as_of + ONE_DAY], strict=True)
        if known.word_holds(word, first, profile)
    )


_resident = _spells("residence", "area")
_treated = _spells("treatment", None)
SPANS: Mapping[str, Callable[[Known, Word, str], Spans]] = {
    "accepted": _as_happened(_basis_events),
    "on_caseload": _basis_days,
    "funder_event": _as_happened(_funder_events),
    "plan_event": _as_happened(_plan_events),
    "appointments": _appointment_days,
    "contact_minutes": _as_happened(_minutes_events),
    "resident_in": _resident[0],
    "diagnosis_group": _group_days,
    "in_treatment": _treated[0],
    "at_referral": _at_referral_days,
    "benefit": _benefit_days,
    "statement": _statement_days,
    "job_start": _as_happened(_start_events),
    "in_work": _work_days,
    "work_resumed": _as_happened(_resumed_events),
    "earnings": _as_happened(_earning_events),
    "weekly_hours": _hours_days,
    "job_problem_open": _problem_days,
    "days_since": _days_since,
}
EVENTS: Mapping[str, Callable[[Known, Word, str], list[Event]]] = {
    "accepted": _basis_events,
    "on_caseload": _basis_events,
    "funder_event": _funder_events,
    "plan_event": _plan_events,
    "appointments": _appointment_events,
    "contact_minutes": _minutes_events,
    "resident_in": _resident[1],
    "diagnosis_group": _as_begun(_group_days),
    "in_treatment": _treated[1],
    "at_referral": _as_begun(_at_referral_days),
    "benefit": _as_begun(_benefit_days),
    "statement": _statement_events,
    "job_start": _start_events,
    "in_work": _as_begun(_work_days),
    "work_resumed": _resumed_events,
    "earnings": _earning_events,
    "weekly_hours": _as_begun(_hours_days),
    "job_problem_open": _problem_events,
    "days_since": _as_begun(_days_since),
}
