"""Support in the jobs of the region: plans, what was given, what was hard, papers."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple, TypeVar
from uuid import UUID

from braid.access.models import Team
from braid.access.policy import Actor
from braid.site.demo.keys import Keys, author
from braid.site.demo.values import Job, Life
from braid.work import commands
from braid.work import queries as work_queries
from braid.work.commands.bulk_support import (
    JobCourse,
    NewEndReview,
    NewPlanned,
    NewProblem,
    NewSupport,
    NewSupportPlan,
    record_course_of_jobs,
)
from braid.work.commands.evidence import Paper

Word = TypeVar("Word")
DAY = timedelta(days=1)
LATELY = 60 * DAY  # support is noted for contacts of these days
REVIEWED = 150 * DAY  # ends that were talked over are this old at most
FRESH = 6 * DAY  # a later end still waits to be talked over
PAPERS = 5  # sealed files a unit: each costs a key and a disk write
EVERY_PROBLEM = 4  # of so many jobs one has something hard
SUPPORTS = (
    (
        ("on_site", "specialist", "The first mornings together"),
        ("travel", "family", ""),
    ),
    (("off_site", "specialist", "A talk every Thursday after the shift"),),
    (
        ("employer_contact", "specialist", "Call the foreman every other week"),
        ("team_help", "treatment_team", "Medicine moved to the evening"),
    ),
    (
        ("adjustment", "employer", "A list of the day's tasks"),
        ("off_site", "specialist", ""),
    ),
)
SIGNS = (
    ("Loud rooms and hurry", "Stops answering messages; call, and meet outside"),
    ("A change of shifts without notice", "Sleeps badly; two days at half pace help"),
    ("Standing all day", "Goes quiet in breaks; ask about the back"),
    ("", "Comes late twice in a week; talk the same day"),
)
GOALS = (
    "More hours in spring",
    "A trade certificate",
    "",
    "To stay, and learn the till",
)
HARD = (
    ("The early bus is always late", "The shift begins a quarter later"),
    ("A colleague jokes about breaks", "The foreman talked to both"),
    ("Forgets new tasks when it is busy", "A card with the three steps"),
)
LEARNED = (
    ("Too early in the morning, fine people", "Ask for afternoon shifts first"),
    ("The work was right, the pace was not", "Visit the place on a busy day first"),
    ("It was good while it lasted", "Look for a permanent contract"),
)


class Held(NamedTuple):
    """A job of the record with the life that it belongs to."""

    job_id: UUID
    job: Job
    life: Life


@dataclass(frozen=True, slots=True)
class _Story:
    """One job and its place in the row, from which its words are taken."""

    held: Held
    number: int

    def word(self, words: Sequence[Word]) -> Word:
        return words[self.number % len(words)]


def write(
    actor: Actor, unit: Team, jobs: Sequence[Held], keys: Keys, today: date
) -> None:
    """Write what happened around the present jobs, and what the last ends taught."""
    now = [one for one in jobs if one.job.holds_on(today)]
    ended = [
        one
        for one in jobs
        if one.job.last_day and today - REVIEWED < one.job.last_day < today - FRESH
    ]
    stories = [_Story(one, number) for number, one in enumerate(now)]
    plans = [_plan(story, today) for story in stories]
    course = JobCourse(
        plans=plans,
        planned=[
            NewPlanned(plan.id, *support)
            for story, plan in zip(stories, plans, strict=True)
            for support in story.word(SUPPORTS)
        ],
        supports=[row for story in stories for row in _given(story, today)],
        problems=[row for story in stories for row in _hard(story, today)],
        reviews=[_review(_Story(one, n)) for n, one in enumerate(ended)],
    )
    record_course_of_jobs(actor=actor, unit=unit, course=course)
    settled = [one for one in now if one.job.first_day < today - LATELY]
    for one in settled[:PAPERS]:
        _papers(unit, one, keys, today)


def _plan(story: _Story, today: date) -> NewSupportPlan:
    job = story.held.job
    triggers, signs = story.word(SIGNS)
    made_on = job.first_day - (story.number % 4) * DAY
    review_on = made_on + 30 * DAY
    while review_on <= today:
        review_on += 90 * DAY
    return NewSupportPlan(
        job_id=story.held.job_id,
        made_on=made_on,
        triggers=triggers,
        early_signs=signs,
        career_goal=story.word(GOALS),
        agreed_on=made_on,
        agreed_how="said",
        review_on=review_on,
    )


def _given(story: _Story, today: date) -> Iterator[NewSupport]:
    """Note support for the attended contacts of the last weeks."""
    since = max(today - LATELY, story.held.job.first_day)
    for contact in story.held.life.contacts:
        if contact.attended and since <= contact.day <= today:
            at_work = contact.place == "employer_site"
            kind = "on_site" if at_work else "off_site"
            yield NewSupport(
                story.held.job_id, contact.day, kind, "specialist", contact.mode
            )


def _hard(story: _Story, today: date) -> Iterator[NewProblem]:
    if story.number % EVERY_PROBLEM:
        return
    words, helped = story.word(HARD)
    known = max(story.held.job.first_day, today - (9 + story.number) * DAY)
    settled = (
        None if story.number % (2 * EVERY_PROBLEM) else min(known + 3 * DAY, today)
    )
    yield NewProblem(
        story.held.job_id, known, words, settled, helped if settled else ""
    )


def _review(story: _Story) -> NewEndReview:
    job = story.held.job
    last_day = job.last_day or job.first_day
    day = (job.end_known_on or last_day) + (story.number % 3) * DAY
    view, differently = story.word(LEARNED)
    return NewEndReview(
        job_id=story.held.job_id,
        day=day,
        last_day_worked=last_day,
        notice_given=job.end_reason == "quit_with_notice",
        person_view=view,
        do_differently=differently,
        search_again_on=day,
    )


def _papers(unit: Team, held: Held, keys: Keys, today: date) -> None:
    """Keep the payslip of last month, as their specialist brought it."""
    holder = next((one.staff for one in held.life.holders if one.staff), None)
    if holder is None:
        return
    actor = author(unit, keys.staff[holder])
    job = work_queries.job(actor, held.job_id)
    month = (today.replace(day=1) - DAY).replace(day=1)
    first = max(month, held.job.first_day)
    commands.add_evidence(
        actor=actor,
        job=job,
        paper=Paper(
            kind="payslip",
            file_name="payslip.txt",
            data=(
                f"{held.job.title}\nPayslip of the demo: no amounts.\n"
                f"Number {held.job_id.hex[:8]}\n"
            ).encode(),
            received_on=today,
            period_first=first,
            period_last=today.replace(day=1) - DAY,
        ),
    )
