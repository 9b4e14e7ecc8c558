"""Rows of the job list: jobs and placements of any kind."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Final

from braid.exchange.roster.codes import PERMANENCE, placement_code, settled_currency
from braid.exchange.roster.courses import Course, in_order, of_spell
from braid.exchange.roster.drafts import Draft
from braid.exchange.roster.faults import FIELD_BLANK, ROW_OUT, ask_choice, ask_day, warn
from braid.exchange.roster.person import Person
from braid.exchange.roster.records import JobRecord, Terms
from braid.exchange.roster.wording import N_
from braid.packs.layouts import LISTS

TICKS: Final = (
    "tick_competitive",
    "tick_internship",
    "tick_wage_subsidy",
    "tick_flex_job",
    "tick_set_aside",
    "tick_volunteering",
)
MISSING_DAY = N_("No day is given. On which day was it?")
END_BEFORE_START = N_("The job ends before it starts. Which day was the last?")
NO_TYPE = N_("No kind of job is given. Which kind is it?")
TWO_TYPES = N_("More than one kind of job is ticked. Which kind is it?")
AFTER_DISCHARGE = N_(
    "The job starts after discharge; it is kept, and counts neither as a job start nor "
    "as working."
)
CHANGE_OUTSIDE = N_("The hours change on a day outside the job. Which day is meant?")
FIRST_JOB = N_("The job list says otherwise; the job list was followed.")


def check_job(draft: Draft) -> None:
    """Say what is odd about a job in itself."""
    start = draft.get("start")
    if start is None and draft.is_missing("start"):
        draft.say("start", ask_day("missing_date", "start", ROW_OUT, MISSING_DAY))
    if start is not None:
        _check_end(draft, start)
    _check_type(draft)
    changed, end = draft.get("changed_on"), draft.get("end")
    if changed and start and (changed < start or (end and changed > end)):
        fault = ask_day("change_outside_job", "changed_on", FIELD_BLANK, CHANGE_OUTSIDE)
        draft.say("changed_on", fault, still="changed_on" in draft.answered)
        draft.cells.pop("changed_on", None)


def _check_end(draft: Draft, start: date) -> None:
    """Ask about an end before the start; an answer that lies there too leaves it so."""
    typed, end = draft.reading("end").value, draft.get("end")
    wrong = end is not None and end < start
    if wrong or (typed is not None and typed < start):
        fault = ask_day("end_before_start", "end", ROW_OUT, END_BEFORE_START)
        draft.say("end", fault, still=wrong)


def _check_type(draft: Draft) -> None:
    columns = draft.source.columns
    ticks = [name for name in TICKS if name in columns]
    choices = sorted(LISTS["placement_type"])
    if "type" in columns:
        if draft.is_missing("type"):
            fault = ask_choice("placement_type_unknown", "type", choices, NO_TYPE)
            draft.say("type", fault)
        return
    ticked = [name for name in ticks if draft.get(name)]
    if len(ticked) == 1:
        draft.cells.setdefault("type", ticked[0].removeprefix("tick_"))
    elif ticks:
        kind = "placement_type_twice" if ticked else "placement_type_unknown"
        fault = ask_choice(kind, "type", choices, TWO_TYPES if ticked else NO_TYPE)
        draft.say(ticked[1] if ticked else ticks[0], fault)


def check_course(draft: Draft, courses: Sequence[Course]) -> None:
    """Say whether a job starts after the person was discharged."""
    start = draft.get("start")
    if start is None:
        return
    accepted = [c for c in in_order(courses) if c.accepted and c.accepted <= start]
    if accepted and all(c.exited and c.exited <= start for c in accepted):
        draft.say("start", warn("job_after_discharge", AFTER_DISCHARGE))


def job_record(
    draft: Draft, person: Person, courses: Sequence[Course], currency: str | None
) -> JobRecord:
    """Return a job in the words of the facts."""
    start, end = draft.get("start"), draft.get("end")
    course = of_spell(courses, start, end)
    word = draft.get("type")
    permanent = draft.get("permanent")
    held = course is not None and _held_at_referral(course, start, end)
    pay = draft.rest("wage")
    return JobRecord(
        person=person.key,
        episode=course.key if course else None,
        employer=draft.get("employer") or "",
        title=draft.get("title") or "",
        placement=placement_code(word) if word else None,
        placement_text=_placement_text(draft),
        permanence=PERMANENCE.get(permanent) if permanent else None,
        first_day=start,
        last_day=end,
        terms=_terms(draft, currency),
        pay_text=draft.text("wage") if pay is not None and pay.words else "",
        paid_hours=draft.get("paid_hours"),
        held_at_referral=held,
        end_reason=draft.get("end_reason"),
        end_reason_text=draft.text("end_reason"),
        note=draft.get("notes") or "",
    )


def _placement_text(draft: Draft) -> str:
    if "type" in draft.source.columns:
        return draft.text("type")
    fields = draft.source.recognised.fields
    return ", ".join(fields[n].heading for n in TICKS if n in fields and draft.get(n))


def _held_at_referral(course: Course, start: date, end: date | None) -> bool:
    day = course.referred or course.accepted
    return day is not None and start < day and (end is None or end >= day)


def _terms(draft: Draft, currency: str | None) -> tuple[Terms, ...]:
    """Return hours and pay over time: the new hours hold from the day of the change."""
    start, end = draft.get("start"), draft.get("end")
    pay: Decimal | None = draft.get("wage")
    read = draft.rest("wage")
    unit = (read.unit if read is not None else None) or "hour" if pay else None
    written = read.currency if read is not None else None
    money = settled_currency(written, currency) if pay else None
    changed = draft.get("changed_on")
    if changed is None or changed <= start:
        hours = draft.get("new_hours") if changed == start else draft.get("hours")
        return (Terms(start, end, hours, pay, unit, money),)
    return (
        Terms(start, changed - timedelta(1), draft.get("hours"), pay, unit, money),
        Terms(changed, end, draft.get("new_hours"), pay, unit, money),
    )


def first_job_differs(stated: date, course: Course, jobs: Iterable[JobRecord]) -> bool:
    """Say whether the job list tells another first job than the caseload list.

    Only where the list has a competitive job begun in the episode; a person who was in
    work when referred may have any of their jobs named.
    """
    begun = [
        job.first_day
        for job in jobs
        if job.placement == "competitive" and course.holds(job.first_day)
    ]
    return bool(begun) and stated not in begun
