"""Make the plan of an import: pure, and the same for the same input.

First every row is read, then people are told apart, then each kind of row is checked
and becomes a record, then the records are matched with those of earlier imports.
"""

from collections.abc import Sequence
from datetime import date

from braid.exchange.roster import caseload, jobs, logs
from braid.exchange.roster.answers import Answers
from braid.exchange.roster.assembling import assemble
from braid.exchange.roster.caseload import Referral, episode_key
from braid.exchange.roster.courses import Course
from braid.exchange.roster.drafts import (
    Draft,
    Source,
    formula_columns,
    read_drafts,
    unmapped,
)
from braid.exchange.roster.faults import FIELD_BLANK, ROW_OUT, Fault, ask, warn
from braid.exchange.roster.lexicon import Lexicon
from braid.exchange.roster.making import Making
from braid.exchange.roster.people import People
from braid.exchange.roster.plan import Answer, AnswerShape, Existing, Layout, Plan
from braid.exchange.roster.reading.sheets import SourceFile
from braid.exchange.roster.records import EpisodeRecord, JobRecord, Kind
from braid.exchange.roster.setup import Setup
from braid.exchange.roster.surveying import survey
from braid.exchange.roster.wording import N_, say

DUPLICATE = N_("The same as row %(row)s; one of them was taken.")
DUPLICATE_ELSEWHERE = N_("The same as row %(row)s of %(where)s; one of them was taken.")
LEFT_OUT = N_("Left out, as the service answered.")
NO_CASELOAD = N_(
    "There is no caseload list, neither in the files nor in Braid: nobody is known whom "
    "these rows could be about. Bring the caseload list too."
)
NO_SPECIALIST_COLUMN = N_("No column says which specialist it was.")
NO_START_COLUMN = N_(
    "No column says when people were taken on; they stand as referred, not as taken on."
)
NO_TYPE_COLUMN = N_("No column says what kind of job it is.")


def make_plan(
    files: Sequence[SourceFile],
    setup: Setup,
    as_of: date,
    *,
    layout: Layout | None = None,
    layout_id: str | None = None,
    answers: Sequence[Answer] = (),
    existing: Existing | None = None,
    words: Lexicon | None = None,
) -> Plan:
    """Return the plan of importing the files; `as_of` is the day that they are of.

    `layout` is a mapping used before or corrected, `layout_id` names one known by
    name. `answers` are those given now; those of earlier imports are in `existing`.
    `words` replaces the lexicon of the packs at hand.
    """
    existing = existing or Existing()
    distinct = list({file.sha256: file for file in reversed(files)}.values())[::-1]
    found = survey(distinct, setup, as_of, layout, layout_id, words)
    given = Answers(answers, existing.answers, found.specialists, found.teams)
    sources = found.sources()
    drafts: dict[Kind, list[Draft]] = {}
    for source in sources:
        rows = read_drafts(source, given.give)
        drafts.setdefault(source.kind, []).extend(rows)
    given.name_strangers()
    people = People(existing.people, given)
    making = Making(found, sources, drafts, people, existing)
    _leave_out(making)
    _reject_duplicates(making)
    _tell_people_apart(making)
    _plan_caseload(making)
    _plan_contacts(making)
    _plan_employer_contacts(making)
    _plan_meetings(making)
    for source in sources:
        if source.kind == "jobs":
            _plan_jobs(making, source)
    _check_first_jobs(making)
    _say_of_tables(making)
    return assemble(making, given.faults)


def _leave_out(making: Making) -> None:
    """Leave out the rows that the service said to drop, whatever was asked of them."""
    for draft in making.everything():
        if draft.answer.get("reject") is True:
            draft.forget()
            shape = AnswerShape(("reject",), "decision")
            told = Fault("left_out", "reject_row", say(LEFT_OUT), shape=shape)
            draft.say(None, told, still=True)
            draft.settle(draft.findings[0], {"reject": True})


def _reject_duplicates(making: Making) -> None:
    """Leave out rows that say the same a second time, unless the unit says keep."""
    seen: dict[tuple[object, ...], Draft] = {}
    for draft in making.everything():
        key = (draft.fingerprint, unmapped(draft))
        first = seen.setdefault(key, draft)
        if first is draft or draft.rejected or draft.answer.get("keep"):
            continue
        draft.forget()
        where = first.source.sheet or first.source.file
        near = where == (draft.source.sheet or draft.source.file)
        sentence = say(
            DUPLICATE if near else DUPLICATE_ELSEWHERE, row=first.number, where=where
        )
        draft.say(None, Fault("duplicate_row", "reject_row", sentence))


def _tell_people_apart(making: Making) -> None:
    people = making.people
    people.take(making.rows("caseload"))
    logs_of_people: tuple[Kind, ...] = ("contacts", "employer_contacts", "jobs")
    rows = (draft for kind in logs_of_people for draft in making.rows(kind))
    people.propose(people.mentions(rows))
    people.settle()


def _plan_caseload(making: Making) -> None:
    names = making.survey.specialists.names
    as_of = making.survey.conventions.as_of
    for person in making.people.everybody:
        if not person.waits:
            for referral in caseload.referrals_of(person):
                caseload.check(referral, as_of, names)
                _keep_referral(making, referral)
    ids = {p.existing.id: p for p in making.people.everybody if p.existing}
    for known in making.existing.episodes:
        if (owner := ids.get(known.person)) is None:
            continue
        key = episode_key(owner, known.referred_on, known.accepted_on)
        courses = making.courses.setdefault(owner.key, [])
        if all(course.key != key for course in courses):
            days = known.referred_on, known.accepted_on, known.exited_on
            courses.append(Course(key, *days))
            making.known_episodes[key] = known.id


def _keep_referral(making: Making, referral: Referral) -> None:
    person, draft = referral.person, referral.draft
    making.keep(draft, caseload.episode_record(referral), person)
    making.courses.setdefault(person.key, []).append(referral.course())
    for other in referral.others:
        making.joined[other] = draft.place


def _plan_contacts(making: Making) -> None:
    offices = making.survey.conventions.setup.offices
    names = making.survey.specialists.names
    for draft in making.rows("contacts"):
        if making.nobody_known():
            draft.out = True
            continue
        person = making.people.of_log_row(draft)
        logs.check_log_row(draft, names)
        if person is not None and draft.stands and "date" in draft.cells:
            courses = making.courses.get(person.key, ())
            record = logs.contact_record(draft, person, courses, offices)
            making.keep(draft, record, person)


def _plan_employer_contacts(making: Making) -> None:
    """Plan contacts with employers: they count, whoever they were for."""
    for draft in making.rows("employer_contacts"):
        about = any(draft.get(name) for name in ("cid", "name", "last"))
        person = None
        if about and not making.nobody_known():
            person = making.people.of_log_row(draft, FIELD_BLANK)
        logs.check_log_row(draft, making.survey.specialists.names)
        if draft.stands and "date" in draft.cells:
            courses = making.courses.get(person.key, ()) if person else ()
            record = logs.employer_contact_record(draft, person, courses)
            making.keep(draft, record, person)


def _plan_meetings(making: Making) -> None:
    for draft in making.rows("meetings"):
        logs.check_log_row(draft, making.survey.specialists.names)
        if draft.stands and "date" in draft.cells:
            making.keep(draft, logs.meeting_record(draft), None)


def _plan_jobs(making: Making, source: Source) -> None:
    wage = source.recognised.fields.get("wage")
    currency = None
    if wage is not None:
        values = source.recognised.table.values(wage)
        currency = making.survey.conventions.currency(wage.heading, values)
    for draft in making.rows("jobs"):
        if draft.source is not source:
            continue
        if making.nobody_known():
            draft.out = True
            continue
        person = making.people.of_log_row(draft)
        jobs.check_job(draft)
        if person is not None and draft.stands and "start" in draft.cells:
            courses = making.courses.get(person.key, ())
            jobs.check_course(draft, courses)
            record = jobs.job_record(draft, person, courses, currency)
            making.keep(draft, record, person)


def _check_first_jobs(making: Making) -> None:
    """Hold the first job that a caseload list states against the job list.

    Nothing is said of people with a job whose row waits or whose kind is not known.
    """
    told: dict[str, list[JobRecord]] = {}
    unsure: set[str] = set()
    for draft in making.rows("jobs"):
        record = making.records.get(draft)
        if isinstance(record, JobRecord) and record.placement is not None:
            told.setdefault(record.person, []).append(record)
        elif (person := making.people.of_typed(draft)) is not None:
            unsure.add(person.key)
    for draft in making.rows("caseload"):
        episode = making.records.get(draft)
        stated = draft.get("first_job")
        if stated is None or not isinstance(episode, EpisodeRecord):
            continue
        courses = making.courses[episode.person]
        course = next(course for course in courses if course.key == episode.key)
        listed = told.get(episode.person, ())
        if episode.person not in unsure and jobs.first_job_differs(
            stated, course, listed
        ):
            draft.say("first_job", warn("first_job_conflict", jobs.FIRST_JOB))


def _say_of_tables(making: Making) -> None:
    """Say once of a table what would else be said of every row."""
    for source in making.sources:
        making.findings.extend(formula_columns(source))
        for name, column in source.columns.items():
            for fault in column.told:
                making.say_of_table(source, fault, name)
        if not any(row.source is source for row in making.rows(source.kind)):
            continue
        columns, kind = source.columns, source.kind
        if making.nobody_known() and kind in ("contacts", "jobs"):
            shape = AnswerShape((), "file")
            making.say_of_table(source, ask("no_caseload", ROW_OUT, shape, NO_CASELOAD))
        if not source.around and "spec" not in columns and kind != "jobs":
            making.say_of_table(
                source, warn("no_specialist_column", NO_SPECIALIST_COLUMN)
            )
        if kind == "caseload" and "accepted" not in columns:
            making.say_of_table(source, warn("no_start_column", NO_START_COLUMN))
        ticks = any(name in columns for name in jobs.TICKS)
        if kind == "jobs" and "type" not in columns and not ticks:
            making.say_of_table(source, warn("no_type_column", NO_TYPE_COLUMN))
