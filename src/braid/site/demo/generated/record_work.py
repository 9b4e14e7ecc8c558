"""Writing the employers of a unit, its contacts and its jobs."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from typing import Any, TypeVar
from uuid import UUID

from braid.site.demo.generated import tables
from braid.site.demo.generated.calendar import day_of
from braid.site.demo.generated.writing import Writing
from braid.site.demo.trades import trades
from braid.work import commands
from braid.work.choices import AbsencePay

Part = TypeVar("Part")
NOTED, MISSED_NOTED, PLACE_TOLD = 0.4, 0.6, 0.3  # shares of contacts with words
KNOWN, LEARNED, NEXT_TOLD = 0.4, 0.28, 0.7  # shares of employers and their contacts
AHEAD = (4, 18)  # days to the next step
GOES_ON = frozenset({"follow_up", "interview"})
JOB = (
    "occupation",
    "first_day",
    "last_day",
    "end_known_on",
    "fits_preference",
    *tables.JOB,
)
TERMS = ("first_day", "last_day", "weekly_hours", "pay", "pay_unit", "currency")
PAID_WORK = ("first_day", "last_day", "hours", "gross", "currency", "source")
STAGES = {"interview": "match", "offer": "match", "follow_up": "learn"}


def write_employers(writing: Writing) -> None:
    """Write the directory, with names of its own."""
    keys = writing.own_ids("employers", "employer_id")
    learned = writing.sentences(["notes"] * len(keys), writing.deck("employers"), KNOWN)
    rows = [
        commands.NewEmployer(
            id=key,
            parent_id=parent,
            name=named.name,
            city=named.city,
            contact_person=named.contact_person,
            register_system="dk-cvr" if named.register_number else "",
            register_number=named.register_number,
            learned=words,
            **row,
        )
        for key, parent, named, words, row in zip(
            keys,
            writing.ids("employers", "parent_id"),
            writing.names.employers(),
            learned,
            writing.rows("employers", "industry", "size"),
            strict=True,
        )
    ]
    commands.record_employers(**writing.as_actor, rows=rows)


def write_contacts(writing: Writing) -> None:
    """Write the contacts, some with a note."""
    places = writing.values("contacts", "place")
    told = writing.sentences(
        ["places" if place == "community" else "" for place in places],
        writing.deck("contacts"),
        PLACE_TOLD,
    )
    rows = [
        commands.NewContact(
            id=key,
            episode_id=episode,
            staff_id=staff,
            place_words=where,
            note=note,
            **row,
        )
        for key, episode, staff, where, note, row in zip(
            writing.own_ids("contacts", "contact_id"),
            writing.ids("contacts", "episode_id"),
            writing.ids("contacts", "staff_id"),
            told,
            _notes(writing),
            writing.rows("contacts", *tables.CONTACT),
            strict=True,
        )
    ]
    commands.record_contacts(**writing.as_actor, rows=rows)


def _notes(writing: Writing) -> list[str]:
    """Return notes by what a contact was for; another kind where nobody came."""
    attended = writing.values("contacts", "attended")
    about = [
        "joint" if together else "caseworker" if caseworker else phase
        for phase, together, caseworker in zip(
            writing.values("contacts", "phase"),
            writing.values("contacts", "with_clinician"),
            writing.values("contacts", "with_caseworker"),
            strict=True,
        )
    ]
    decks = writing.deck("contacts")
    kept = writing.sentences(about, decks, NOTED)
    missed = writing.sentences(["missed"] * len(about), decks, MISSED_NOTED)
    return [
        note if came else "" if came is None else not_kept
        for note, not_kept, came in zip(kept, missed, attended, strict=True)
    ]


def write_employer_contacts(writing: Writing) -> None:
    """Write the employer contacts, some with what was learned."""
    outcomes = writing.values("employer_contacts", "outcome")
    decks = writing.deck("employers")
    learned = writing.sentences(["learned"] * len(outcomes), decks, LEARNED)
    rows = [
        commands.NewEmployerContact(
            id=key,
            staff_id=staff,
            employer_id=employer,
            episode_id=episode,
            stage=STAGES.get(outcome, "introduce"),
            learned=words,
            next_step=step,
            next_on=next_on,
            **row,
        )
        for key, staff, employer, episode, outcome, words, (step, next_on), row in zip(
            writing.own_ids("employer_contacts", "employer_contact_id"),
            writing.ids("employer_contacts", "staff_id"),
            writing.ids("employer_contacts", "employer_id"),
            writing.ids("employer_contacts", "episode_id"),
            outcomes,
            learned,
            _next_steps(writing, outcomes),
            writing.rows("employer_contacts", *tables.EMPLOYER_CONTACT),
            strict=True,
        )
    ]
    commands.record_employer_contacts(**writing.as_actor, rows=rows)


def _next_steps(
    writing: Writing, outcomes: Sequence[str]
) -> Iterator[tuple[str, date | None]]:
    """Yield what was agreed at the latest contacts that go on, and for which day."""
    number = len(outcomes)
    goes_on = ["next_step" if outcome in GOES_ON else "" for outcome in outcomes]
    steps = writing.sentences(goes_on, writing.deck("employers"), NEXT_TOLD)
    first, last = AHEAD
    ahead = writing.stream.between(first, last, number)
    days = writing.unit.calendar.workday_from(writing.unit.visits.day + ahead)
    today = writing.unit.calendar.today
    for step, day in zip(steps, days.tolist(), strict=True):
        # Older ones were kept or overtaken; nobody is told of them any more.
        yield (step, day_of(day)) if step and day >= today - 1 else ("", None)


def write_jobs(writing: Writing) -> None:
    """Write the jobs with their terms, paid work and absences."""
    terms = _parts(writing, "job_terms", commands.NewTerms, *TERMS)
    paid = _parts(writing, "paid_work", commands.NewPaidWork, *PAID_WORK)
    days = ("first_day", "last_day", "paid")
    away = _parts(writing, "absences", _absence, *days)
    reasons = writing.values("jobs", "end_reason")
    rows = [
        commands.NewJob(
            id=key,
            episode_id=episode,
            employer_id=employer,
            title=title,
            end_words=words,
            terms=tuple(terms[key]),
            paid_work=tuple(paid[key]),
            absences=tuple(away[key]),
            **row,
        )
        for key, episode, employer, title, words, row in zip(
            writing.own_ids("jobs", "job_id"),
            writing.ids("jobs", "episode_id"),
            writing.ids("jobs", "employer_id"),
            _titles(writing),
            writing.sentences(reasons, writing.deck("endings"), 1),
            writing.rows("jobs", *JOB),
            strict=True,
        )
    ]
    commands.record_jobs(**writing.as_actor, rows=rows)


def _absence(*, paid: bool, **days: Any) -> commands.NewAbsence:
    return commands.NewAbsence(**days, pay=AbsencePay.FULL if paid else AbsencePay.NONE)


def _parts(
    writing: Writing, table: str, kind: Callable[..., Part], *names: str
) -> dict[UUID, list[Part]]:
    found: dict[Any, list[Part]] = defaultdict(list)
    rows = writing.rows(table, *names)
    for job, row in zip(writing.ids(table, "job_id"), rows, strict=True):
        found[job].append(kind(**row))
    return found


def _titles(writing: Writing) -> list[str]:
    titles = [[title for title, _ in each.titles] for each in trades().values()]
    jobs = writing.unit.jobs
    return [
        titles[trade][title]
        for trade, title in zip(jobs.trade.tolist(), jobs.title.tolist(), strict=True)
    ]
