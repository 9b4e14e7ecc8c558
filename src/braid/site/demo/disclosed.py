"""What the people of the demo agreed that employers may know, and their search plans."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from uuid import UUID

from braid.access.models import Team
from braid.access.policy import Actor
from braid.people import commands as people
from braid.people import queries as people_queries
from braid.people.choices import AgreedHow, Owner, TargetKind
from braid.site.demo.cast import SIGNE
from braid.site.demo.dice import Dice
from braid.site.demo.keys import Keys
from braid.site.demo.own import key_of
from braid.site.demo.trades import trades
from braid.site.demo.values import Life
from braid.work import commands as work

WEEK, QUARTER = timedelta(days=7), timedelta(days=90)
DECISIONS = {"approach": 5, "name": 4, "support": 6}
SUPPORT = "An employment specialist helps me to start well."
WORDS = {
    "adjustments": "I work best when I hear about changes the day before.",
    "mental_health": "I have had a hard time, and I am well enough to work.",
}
OF_JOB = {"support_only": "support", "health": "health"}


def write(
    actor: Actor,
    unit: Team,
    lives: Iterable[tuple[UUID, Life]],
    keys: Keys,
    today: date,
) -> None:
    """Record the decisions in one go; Signe also has a plan and steps."""
    known = list(lives)
    rows = [row for key, life in known for row in _decisions(key, life, keys, today)]
    work.record_disclosures(actor=actor, unit=unit, rows=rows)
    for key, life in known:
        if key_of(life.person) == SIGNE:
            _plan(actor, key, life, today)


def _decisions(
    key: UUID, life: Life, keys: Keys, today: date
) -> Iterator[work.NewDisclosure]:
    """Yield what holds for any employer, then what was told where somebody works."""
    began = life.entered_on or life.accepted_on
    if began is None or began > today:
        return
    first = min([began, *(visit.day for visit in life.visits)])
    dice = Dice(f"{key_of(life.person)} {life.referred_on} disclosure")
    decision = dice.weighted(DECISIONS)
    yield _agreed(
        key,
        decision,
        first,
        items={"support": SUPPORT} if decision == "support" else {},
    )
    told = {
        job.employer: job
        for job in life.jobs
        if job.disclosure in OF_JOB and not job.held_at_referral
    }
    for employer, job in told.items():
        day = min(max(job.first_day - WEEK, first), today)
        items = {"support": SUPPORT, "adjustments": WORDS["adjustments"]}
        if job.disclosure == "health":
            items |= WORDS
        yield _agreed(key, OF_JOB[job.disclosure], day, keys.employers[employer], items)


def _agreed(
    key: UUID,
    decision: str,
    day: date,
    employer_id: UUID | None = None,
    items: dict[str, str] | None = None,
) -> work.NewDisclosure:
    return work.NewDisclosure(
        episode_id=key,
        decision=decision,
        discussed_on=day,
        employer_id=employer_id,
        agreed_on=day,
        agreed_how=AgreedHow.SAID,
        revisit_on=day + QUARTER,
        items=items or {},
    )


def _plan(actor: Actor, key: UUID, life: Life, today: date) -> None:
    """Write a plan that was agreed, and who does what next."""
    episode = people_queries.episode(actor, key)
    agreed = min((life.entered_on or today) + WEEK, today)
    codes = sorted({code for _title, code in trades()[life.trade].titles})
    plan = people.draft_plan(
        actor=actor,
        episode=episode,
        first_day=agreed,
        goal=life.goal,
        targets=[people.NewTarget(TargetKind.OCCUPATION, code) for code in codes],
        times="Mornings, not weekends",
        travel_minutes=30,
        avoid="Places where there is drinking after work",
    )
    people.agree_plan(actor=actor, plan=plan, day=agreed, how=AgreedHow.SAID)
    if life.goal_seen_on and life.goal_seen_on > agreed:
        people.note_review(actor=actor, plan=plan, reviewed_on=life.goal_seen_on)
    steps = (
        ("Ask the master baker about more hours", Owner.SPECIALIST, 7),
        ("Write down how the mornings go", Owner.APPLICANT, 4),
        ("Talk about sleep and early mornings", Owner.CLINICIAN, 12),
    )
    for text, owner, days in steps:
        people.add_step(
            actor=actor,
            episode=episode,
            text=text,
            owner=owner,
            due_on=today + timedelta(days=days),
        )
