"""Benefits counselling in the demo: by the training rules, whose country is invented."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from uuid import UUID

from braid.access.policy import Action, Actor, Information, Role
from braid.benefits import commands, queries, working_out
from braid.benefits.models import Calculation, Counselling
from braid.benefits.rules import hours_compared
from braid.method.benefits import Household, Inputs, Known
from braid.people.queries import EpisodeRef
from braid.people.queries.refs import latest_ref
from braid.site.demo.cast import COUNTRY, KIT, SIGNE
from braid.site.demo.keys import Keys
from braid.site.demo.own import key_of
from braid.site.demo.sharing import OneLife, at
from braid.site.demo.values import Job, Life
from braid.work import queries as work

DAY = timedelta(days=1)
RULES = "xx-test"
WAGE, HOURS = Decimal("12.00"), Decimal(16)
WAITING = 5  # others who stand on the counsellor's list
LATELY = 45 * DAY


def write(shared: Iterable[OneLife], keys: Keys, today: date) -> None:
    """Let Kit have counselled Signe before the bakery, and have others waiting."""
    waiting = 0
    for one in shared:
        life = one.life
        job = life.jobs[-1] if life.jobs else None
        if KIT not in keys.staff or job is None or life.exited_on:
            continue
        kit = _kit(life, keys, today)
        if kit is None:
            continue
        if key_of(life.person) == SIGNE:
            _counsel(kit, life, job, keys)
        elif waiting < WAITING and not life.quiet_from and _is_new(job, today):
            _let_wait(kit, life, job, keys, waiting)
            waiting += 1


def _is_new(job: Job, today: date) -> bool:
    return job.last_day is None and job.first_day > today - LATELY


def _kit(life: Life, keys: Keys, today: date) -> Actor | None:
    """Return the counsellor, where the life is in the counsellor's unit."""
    unit = keys.teams[life.unit]
    if unit.slug != "ips-nord":
        return None
    return Actor(
        id=keys.staff[KIT],
        role=Role("counsellor"),
        organisation=unit.organisation_id,
        teams=frozenset({unit.pk}),
        country=COUNTRY,
        day=today,
    )


def _episode(kit: Actor, life: Life, keys: Keys) -> EpisodeRef:
    return latest_ref(
        kit, keys.people[life.person], Action.RECORD, Information.BENEFITS
    )


def _job_id(kit: Actor, episode: EpisodeRef, job: Job) -> UUID | None:
    jobs = work.jobs_of(kit, [episode.id]).get(episode.id, [])
    return next((one.job_id for one in jobs if one.first_day == job.first_day), None)


def _counsel(kit: Actor, life: Life, job: Job, keys: Keys) -> None:
    """Offer, answer, verify, work out, confirm, hand over: the whole of it, once."""
    starts, episode = job.first_day, _episode(kit, life, keys)
    offered, talked = starts - 12 * DAY, starts - 5 * DAY
    then = replace(kit, day=talked)
    row = commands.make_due(
        replace(kit, day=offered),
        episode.id,
        "start",
        _job_id(kit, episode, job),
        starts,
    )
    commands.offer(actor=replace(kit, day=offered), counselling=row, day=offered)
    _keep_what_it_rests_on(then, episode, starts)
    page = _work_out(then, episode, row, starts)
    commands.tell_duties(actor=then, calculation=page, day=talked)
    commands.confirm(
        actor=then, calculation=page, row_version=page.row_version, now=at(talked)
    )
    commands.hand_over(actor=then, calculation=page, how="in_person", day=talked)
    row = queries.round_of(kit, row.pk)
    commands.done(
        actor=then,
        counselling=row,
        done_on=talked,
        row_version=row.row_version,
        person_decision="I start with sixteen hours. In spring we look at more.",
        next_review_on=kit.day + 10 * DAY,
    )


def _keep_what_it_rests_on(kit: Actor, episode: EpisodeRef, starts: date) -> None:
    for benefit, payer, amount, verified in (
        ("support", "The benefit office", "1000", "letter"),
        ("rent_help", "The municipality", "150", "told"),
    ):
        commands.add_benefit(
            actor=kit,
            episode=episode,
            benefit=benefit,
            payer=payer,
            amount=Decimal(amount),
            period="month",
            currency="XXX",
            first_day=starts - 400 * DAY,
            verified=verified,
            verified_on=kit.day - DAY if verified != "told" else None,
        )
    commands.ask_payer(
        actor=kit,
        episode=episode,
        question="Does overtime in December change the help with rent at once?",
        asked_of="The municipality",
        asked_on=kit.day,
    )
    commands.add_duty(
        actor=kit,
        episode=episode,
        who="Signe",
        to_whom="The benefit office",
        what="what I earned, every month",
        due_on=starts + 30 * DAY,
    )


def _work_out(
    kit: Actor, episode: EpisodeRef, row: Counselling, starts: date
) -> Calculation:
    kept = working_out.store(
        Inputs(
            wage=WAGE,
            hours=hours_compared(HOURS),
            start_on=starts,
            day=kit.day,
            household=Household(age=30, partner=False, children=0, rent=Decimal(420)),
            benefits=(
                Known("support", Decimal(1000), verified=True),
                Known("rent_help", Decimal(150)),
            ),
        ),
        using=working_out.rules_named(RULES),
        hours_offered=HOURS,
        household_verified=True,
    )
    made = commands.calculate(
        actor=kit,
        episode=episode,
        question="What happens to my money if I take the job at the bakery?",
        inputs=kept,
        counselling=row,
    )
    commands.work_out(actor=kit, calculation=made, now=at(kit.day))
    return queries.calculation(kit, made.pk)


def _let_wait(kit: Actor, life: Life, job: Job, keys: Keys, number: int) -> None:
    """Let counselling be due, offered, or agreed for a day, by turns."""
    steps: Sequence[str] = ("due", "offered", "due", "booked", "offered")
    episode = _episode(kit, life, keys)
    due_on = max(job.first_day, kit.day - 4 * DAY) + number * 3 * DAY
    row = commands.make_due(
        kit, episode.id, "start", _job_id(kit, episode, job), due_on
    )
    if steps[number] == "offered":
        commands.offer(actor=kit, counselling=row, day=kit.day - 3 * DAY)
    elif steps[number] == "booked":
        commands.book(
            actor=kit,
            counselling=row,
            booked_on=kit.day + 2 * DAY,
            row_version=row.row_version,
            today=kit.day - DAY,
        )
