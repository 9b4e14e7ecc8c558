"""Who is in work, as Ibis expressions: competitive jobs, time in work, job starts."""

from collections.abc import Iterable, Iterator
from decimal import Decimal

import ibis
from ibis.expr.types import BooleanValue, Column, Value

from braid.method.competitive import (
    ASKED,
    ENOUGH_DAYS,
    NEVER,
    SUBSIDISED,
    Profile,
    Switches,
    Test,
)
from braid.method.measures.kept import kept
from braid.method.measures.populations import (
    FOREVER,
    Relations,
    one,
)
from braid.method.measures.reference.populations import BASIS_COLUMNS

# The decision table


def with_verdict(jobs: ibis.Table, profile: Profile, switches: Switches) -> ibis.Table:
    """Return jobs with what the decision table says of them: `counts`, `in_queue`.

    A code outside the closed lists answers nothing; it was refused with the facts.
    """
    known = jobs.placement.notnull()
    off = {code for code in SUBSIDISED if not switches.counts(code)}
    failed, open_ = _tested(jobs)
    holds = known & ~_in(jobs.placement, NEVER | off) & ~failed
    if profile == "as_coded":
        return jobs.mutate(counts=holds, in_queue=~known)
    return jobs.mutate(counts=holds & ~open_, in_queue=~known | (holds & open_))


def _tested(jobs: ibis.Table) -> tuple[BooleanValue, BooleanValue]:
    """Say whether a test that is asked of the placement is failed, and left open."""
    failed, open_ = ibis.literal(False), ibis.literal(False)
    for test, answer in _answers(jobs):
        spared = {code for code, asked in ASKED.items() if test not in asked}
        no, unknown = ~answer.fill_null(True), answer.isnull()
        if spared:
            asked = ~_in(jobs.placement, spared)
            no, unknown = asked & no, asked & unknown
        failed, open_ = failed | no, open_ | unknown
    return failed, open_


def _answers(jobs: ibis.Table) -> Iterator[tuple[Test, BooleanValue]]:
    """Yield each test with what answers it; T2 is answered twice."""
    no_limit = jobs.time_limit_origin.isnull() & _in(
        jobs.permanence, ("permanent", "on_call")
    )
    yield "T1", jobs.open_to_all
    yield "T2", jobs.at_least_minimum
    yield "T2", jobs.going_rate
    yield "T3", _outside_programme(jobs.employer_of_record)
    yield "T4", no_limit.ifelse(True, _outside_programme(jobs.time_limit_origin))
    yield "T5", jobs.normal_rights


def _outside_programme(code: Column) -> Value:
    return ibis.cases(
        (code.isin(("employer", "agency")), True),
        (code == "programme", False),
        else_=ibis.literal(None, "boolean"),
    )


def _in(code: Column, codes: Iterable[str]) -> BooleanValue:
    """Say whether a code is one of these; one not known is not."""
    return code.isin(sorted(codes)).fill_null(False)


# Jobs as they were known on a day


def jobs_known(
    tables: Relations,
    asked: ibis.Table,
    basis: str,
    profile: Profile,
    switches: Switches,
) -> ibis.Table:
    """Return the jobs begun by each `as_of`, as they were known on it.

    `starts` is the day from which the job counts (on call: the first paid shift; null:
    no day counts yet), `ends` its last day, or FOREVER where it had not ended by then.
    `hours` are those known to be paid, `all_hours` whether that is all of them. Of the
    job's episode come `person_key`, `at_referral`, `enters` and `exits`, and the day
    of every basis under its name.
    """
    jobs = _jobs(tables, asked, profile, switches)
    return jobs.mutate(enters=jobs[basis])


@kept
def _jobs(
    tables: Relations, asked: ibis.Table, profile: Profile, switches: Switches
) -> ibis.Table:
    """Return `jobs_known` for whatever basis: it is long to work out."""
    known = asked.select("as_of").distinct()
    jobs = with_verdict(tables["jobs"], profile, switches)
    jobs = jobs.select(
        "job_id",
        "unit_id",
        "episode_id",
        "employer_id",
        "occupation",
        "last_confirmed_on",
        "placement",
        "permanence",
        "held_at_referral",
        "counts",
        "in_queue",
        "first_day",
        last_day=jobs.last_day.fill_null(FOREVER),
    )
    episodes = tables["episodes"]
    episodes = episodes.select(
        *("episode_id", "person_key", "at_referral"),
        exits=episodes.exited_on.fill_null(FOREVER),
        **{name: episodes[column] for name, column in BASIS_COLUMNS.items()},
    )
    jobs = jobs.join(episodes, "episode_id")
    jobs = jobs.join(known, [jobs.first_day <= known.as_of])
    paid = _paid(tables, known)
    jobs = jobs.left_join(
        paid, [jobs.job_id == paid.paid_job, jobs.as_of == paid.paid_by]
    )
    # On call with hours recorded; with none recorded it counts from its first day.
    by_shift = _in(jobs.permanence, ("on_call",)) & jobs.known_hours.notnull()
    return jobs.select(
        *(name for name in jobs.columns if name not in paid.columns),
        starts=by_shift.ifelse(jobs.first_shift, jobs.first_day),
        ends=(jobs.last_day > jobs.as_of).ifelse(FOREVER, jobs.last_day),
        hours=jobs.known_hours.fill_null(Decimal(0)),
        all_hours=(jobs.unknown_rows == 0).fill_null(False),
    )


def _paid(tables: Relations, known: ibis.Table) -> ibis.Table:
    """Return the paid work of each job whose days were over by each `as_of`.

    `known_hours` is null where none are known.
    """
    paid = tables["paid_work"].select("job_id", "first_day", "last_day", "hours")
    paid = paid.join(known, [paid.last_day <= known.as_of])
    worked = (paid.hours > 0).fill_null(False)
    return paid.group_by(paid_job=paid.job_id, paid_by=paid.as_of).agg(
        known_hours=paid.hours.sum(),
        unknown_rows=one(paid.hours.isnull()).sum(),
        first_shift=worked.ifelse(paid.first_day, None).min(),
    )


# Job starts

_OF_A_SPELL = (
    *("as_of", "unit_id", "person_key", "episode_id", "job_id", "placement", "starts"),
    *("counts", "in_queue", "at_referral", "exits", *BASIS_COLUMNS),
)


@kept
def in_spells(jobs: ibis.Table) -> ibis.Table:
    """Return jobs with the number of their `spell` and whether it `begins` with them.

    A job carries on the one that began before it at the same employer when it begins
    on the day after that one's last. An employer not known is never the same. Those in
    the queue are each a spell of their own.
    """
    jobs = jobs.filter(jobs.starts <= jobs.ends, jobs.counts | jobs.in_queue)
    jobs = jobs.select(
        *_OF_A_SPELL,
        "held_at_referral",
        "ends",
        "hours",
        "all_hours",
        "last_confirmed_on",
        employer=jobs.counts.ifelse(jobs.employer_id, None),
    )
    # Partitions as small as a person would cost more than all the rest.
    in_order = {
        "group_by": ["unit_id", "as_of"],
        "order_by": ["person_key", "employer", "starts", "job_id"],
    }
    before = ibis.window(**in_order)
    jobs = jobs.mutate(
        person_before=jobs.person_key.lag().over(before),
        employer_before=jobs.employer.lag().over(before),
        ended_before=jobs.ends.lag().over(before),
    )
    unbroken = (
        (jobs.person_key == jobs.person_before)
        & (jobs.employer == jobs.employer_before)
        & (jobs.starts.delta(jobs.ended_before, unit="day") == 1)
    )
    jobs = jobs.select(
        *_OF_A_SPELL,
        "held_at_referral",
        "ends",
        "hours",
        "all_hours",
        "last_confirmed_on",
        "employer",
        begins=1 - one(unbroken),
    )
    so_far = ibis.cumulative_window(**in_order)
    return jobs.mutate(spell=jobs.begins.sum().over(so_far))


def work_spells(
    jobs: ibis.Table, basis: str, held_at_referral: bool = False
) -> ibis.Table:
    """Return spells of work, each as its first job, with those in the queue.

    Those of jobs held at referral, which take with them what carries them on, or all
    others. `confirmed` is the last day on which it was known to go on.
    """
    spells = _work_spells(jobs, held_at_referral)
    return spells.mutate(enters=spells[basis])


@kept
def _work_spells(jobs: ibis.Table, held_at_referral: bool) -> ibis.Table:
    jobs = in_spells(jobs)
    confirmed = jobs.last_confirmed_on
    heard = (confirmed <= jobs.as_of).ifelse(confirmed, None)
    jobs = jobs.mutate(heard=ibis.greatest(heard.fill_null(jobs.starts), jobs.starts))
    sums = jobs.group_by(
        of_unit=jobs.unit_id, known_on=jobs.as_of, of_spell=jobs.spell
    ).agg(
        spell_ends=jobs.ends.max(),
        spell_hours=jobs.hours.sum(),
        lacking=one(~jobs.all_hours).sum(),
        confirmed=jobs.heard.max(),
    )
    first = jobs.filter(
        jobs.begins == 1,
        jobs.held_at_referral if held_at_referral else ~jobs.held_at_referral,
    )
    whole = [
        first.unit_id == sums.of_unit,
        first.as_of == sums.known_on,
        first.spell == sums.of_spell,
    ]
    return first.join(sums, whole).select(
        *_OF_A_SPELL, "spell", "spell_ends", "spell_hours", "lacking", "confirmed"
    )


def with_start(
    spells: ibis.Table, min_paid_hours: Decimal | Value | None
) -> ibis.Table:
    """Return spells with `is_start`, `by_length` and `too_short`.

    Hours not all known make a start of a spell that is open or lasts seven days, which
    is then a start `by_length`; a shorter one is `too_short` and none yet.
    """
    no = ibis.literal(False)
    if min_paid_hours is None:
        return spells.mutate(is_start=spells.counts, by_length=no, too_short=no)
    # A literal stays one; hours of each spell are taken as they are.
    is_value = isinstance(min_paid_hours, Value)
    least: Value = min_paid_hours if is_value else ibis.literal(min_paid_hours)
    enough = spells.spell_hours >= least.cast("decimal(38, 4)")
    unknown = spells.counts & ~enough & (spells.lacking > 0)
    # An open spell ends in the year 9999.
    long = spells.spell_ends.delta(spells.starts, unit="day") + 1 >= ENOUGH_DAYS
    return spells.mutate(
        is_start=(spells.counts & enough) | (unknown & long),
        by_length=unknown & long,
        too_short=unknown & ~long,
    )


def with_threshold(
    spells: ibis.Table, jobs: ibis.Table, tables: Relations, min_paid_hours: Decimal
) -> ibis.Table:
    """Return spells with `dated`: the day by which the hours paid reach the minimum.

    A spell that is a start by its length is dated on its first day.
    """
    numbered = in_spells(jobs)
    numbered = numbered.select("unit_id", "as_of", "spell", of_job=numbered.job_id)
    paid = tables["paid_work"].select("job_id", "last_day", "hours")
    paid = paid.filter(paid.hours.notnull())
    paid = paid.join(
        numbered, [paid.job_id == numbered.of_job, paid.last_day <= numbered.as_of]
    )
    so_far = ibis.cumulative_window(
        group_by=["unit_id", "as_of", "spell"], order_by=["last_day", "job_id"]
    )
    paid = paid.mutate(hours_so_far=paid.hours.sum().over(so_far))
    enough = ibis.literal(min_paid_hours).cast("decimal(38, 4)")
    reached = paid.filter(paid.hours_so_far >= enough)
    reached = reached.group_by(
        in_unit=reached.unit_id, known_by=reached.as_of, spell_of=reached.spell
    ).agg(reached=reached.last_day.min())
    found = spells.left_join(
        reached,
        [
            spells.unit_id == reached.in_unit,
            spells.as_of == reached.known_by,
            spells.spell == reached.spell_of,
        ],
    )
    day = ibis.greatest(found.reached.fill_null(found.starts), found.starts)
    return found.select(*spells.columns, dated=found.counts.ifelse(day, found.starts))
