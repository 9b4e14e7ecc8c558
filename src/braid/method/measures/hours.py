"""Hours and pay spread over days, weeks and months, as Ibis expressions.

Shares are whole ten-thousandths, rounded half up from the first day on, as in
`method.sustained.spreading`: every engine finds the same, and no share is lost.
"""

import ibis

from braid.method.measures.kept import alike, kept_of_periods
from braid.method.measures.populations import FOREVER, Relations, one
from braid.method.measures.reference.hours import HoursRule
from braid.method.measures.teams import later
from braid.method.sustained.periods import Unit
from braid.method.sustained.spreading import SCALE

JOB = ("as_of", "unit_id", "person_key", "job_id")


def job_key() -> tuple[str, ...]:
    """Return what tells the jobs apart of which something was held."""
    return alike("job", ("job_id_of",))


def spreads(
    stays: ibis.Table, tables: Relations, rule: HoursRule
) -> tuple[ibis.Table, ibis.Table]:
    """Return what jobs held, and the days of jobs for which nothing is recorded.

    What they held has `first`, `last`, `amount` for every `over` days, and `is_sick`.
    """
    paid = _paid(stays, tables, rule)
    unsure = _unsure(stays, tables, rule)
    parts = [paid]
    if rule.source == "paid_or_agreed" and rule.counted == "hours":
        agreed = _agreed(unsure, tables)
        parts.append(agreed.mutate(is_sick=False))
        unsure = _not_covered(unsure, agreed)
    if rule.sick_counts != "none":
        parts.append(_agreed(_away(stays, tables, rule), tables).mutate(is_sick=True))
    return ibis.union(*parts) if len(parts) > 1 else paid, unsure


def _paid(stays: ibis.Table, tables: Relations, rule: HoursRule) -> ibis.Table:
    rows = tables["paid_work"]
    rows = rows.filter(rows[rule.counted].notnull()).select(
        paid_of="job_id",
        since="first_day",
        until="last_day",
        amount=(rows[rule.counted] * SCALE).cast("int64"),
    )
    rows = stays.join(
        rows,
        [
            stays.job_id == rows.paid_of,
            rows.until <= stays.as_of,
            rows.since <= stays.ends,
            stays.starts <= rows.until,
        ],
    )
    rows = rows.mutate(
        first=ibis.greatest(rows.since, rows.starts),
        last=ibis.least(rows.until, rows.ends),
    )
    over = rows["last"].delta(rows["first"], unit="day") + 1
    return rows.select(
        *JOB, "first", "last", "amount", over=over, is_sick=ibis.literal(False)
    )


@kept_of_periods
def _unsure(stays: ibis.Table, tables: Relations, rule: HoursRule) -> ibis.Table:
    """Return the days after the last that was paid; all where an amount is missing."""
    rows = tables["paid_work"].select("job_id", "last_day", rule.counted)
    days = stays.select("job_id", "as_of").distinct()
    rows = rows.join(days, "job_id")
    rows = rows.filter(rows.last_day <= rows.as_of)
    known = rows.group_by(known_of=rows.job_id, known_by=rows.as_of).agg(
        paid_to=rows.last_day.max(), lacking=one(rows[rule.counted].isnull()).max()
    )
    found = stays.left_join(
        known, [stays.job_id == known.known_of, stays.as_of == known.known_by]
    )
    whole = (found.lacking == 1).fill_null(True)
    after = ibis.greatest(found.starts, later(found.paid_to, ibis.literal(1)))
    found = found.mutate(first=whole.ifelse(found.starts, after), last=found.ends)
    return found.filter(found["first"] <= found["last"]).select(*JOB, "first", "last")


@kept_of_periods
def _agreed(days: ibis.Table, tables: Relations) -> ibis.Table:
    """Return the hours agreed a week, on certain days of jobs."""
    terms = tables["job_terms"]
    terms = terms.filter(terms.weekly_hours.notnull()).select(
        terms_of="job_id",
        since="first_day",
        until=terms.last_day.fill_null(FOREVER),
        amount=(terms.weekly_hours * SCALE).cast("int64"),
    )
    rows = days.join(
        terms,
        [
            days.job_id == terms.terms_of,
            terms.since <= days["last"],
            days["first"] <= terms.until,
        ],
    )
    rows = rows.mutate(
        first=ibis.greatest(rows["first"], rows.since),
        last=ibis.least(rows["last"], rows.until),
        over=ibis.literal(7).cast("int64"),
    )
    return rows.select(*JOB, "first", "last", "amount", "over")


def _not_covered(unsure: ibis.Table, agreed: ibis.Table) -> ibis.Table:
    """Return the days of those jobs whose agreed hours do not cover all of them."""
    days = agreed["last"].delta(agreed["first"], unit="day") + 1
    covered = agreed.mutate(days=days)
    covered = covered.group_by(*(covered[name].name(f"of_{name}") for name in JOB)).agg(
        covered=covered.days.sum()
    )
    rows = unsure.left_join(
        covered, [unsure[name] == covered[f"of_{name}"] for name in JOB]
    )
    length = rows["last"].delta(rows["first"], unit="day") + 1
    return rows.filter(rows.covered.fill_null(0) < length).select(unsure.columns)


def _away(stays: ibis.Table, tables: Relations, rule: HoursRule) -> ibis.Table:
    """Return the days of sick leave that count."""
    rows = tables["absences"]
    if rule.sick_counts == "paid":
        rows = rows.filter(rows.paid)
    rows = rows.select(
        away_of="job_id", since="first_day", until=rows.last_day.fill_null(FOREVER)
    )
    rows = stays.join(
        rows,
        [
            stays.job_id == rows.away_of,
            rows.since <= stays.ends,
            stays.starts <= rows.until,
        ],
    )
    rows = rows.mutate(
        first=ibis.greatest(rows.since, rows.starts),
        last=ibis.least(rows.until, rows.ends),
    )
    return rows.select(*JOB, "first", "last")


# Weeks and months since a start


def number_of(unit: Unit, start: ibis.Value, day: ibis.Value) -> ibis.Value:
    """Return which period since the start holds a day; that of the start is 0."""
    if unit == "month":
        return 12 * (day.year() - start.year()) + day.month() - start.month()
    begins = start if unit == "job_week" else monday(start)
    return (day.delta(begins, unit="day") // 7).cast("int32")


def begins(unit: Unit, start: ibis.Value, number: ibis.Value) -> ibis.Value:
    """Return the first day of a period, though the start lie after it."""
    if unit == "month":
        months = number.cast("int32").as_interval("M")
        return (start.truncate("M") + months).cast("date")
    return later(start if unit == "job_week" else monday(start), 7 * number)


def monday(day: ibis.Value) -> ibis.Value:
    """Return the Monday of the week of a day."""
    return day.truncate("W").cast("date")


def by_number(
    rows: ibis.Table, unit: Unit, start: str, most: ibis.Value | None = None
) -> ibis.Table:
    """Return rows with `first` and `last` once for each period since a start: `number`.

    `start` names the column with the day of the start; only periods below `most`.
    """
    begun = rows[start]
    rows = rows.filter(rows["last"] >= begun)
    low = number_of(unit, begun, ibis.greatest(rows["first"], begun))
    high = number_of(unit, begun, rows["last"]) + 1
    if most is not None:
        high = ibis.least(high, most)
    rows = rows.mutate(low=low, high=high)
    rows = rows.filter(rows.low < rows.high)
    return rows.mutate(number=ibis.range(rows.low, rows.high).unnest())


def amounts_by_number(
    rows: ibis.Table, unit: Unit, start: str, key: tuple[str, ...]
) -> ibis.Table:
    """Return the `amount` of each period of each `key`, all jobs together.

    Rows are those of `by_number`. In a week with sick leave that counts, a job has at
    least the hours agreed for a week; in months sick leave adds nothing.
    """
    begun = rows[start]
    since = ibis.greatest(begins(unit, begun, rows.number), begun)
    after = begins(unit, begun, rows.number + 1)
    share = share_within(rows, since, after)
    rows = rows.mutate(
        paid=rows.is_sick.ifelse(0, share),
        sick=(rows.is_sick & (unit != "month")).ifelse(rows.amount, 0),
        lasting=(~rows.is_sick) | (unit != "month"),
    )
    rows = rows.filter(rows.lasting)
    of_jobs = rows.group_by(*key, *job_key(), "number").agg(
        paid=rows.paid.sum(), sick=rows.sick.max()
    )
    of_jobs = of_jobs.mutate(held=ibis.greatest(of_jobs.paid, of_jobs.sick))
    return of_jobs.group_by(*key, "number").agg(amount=of_jobs.held.sum())


def share_within(rows: ibis.Table, since: ibis.Value, before: ibis.Value) -> ibis.Value:
    """Return the share of the days from one on and before another."""
    return _until(rows, before) - _until(rows, since)


def _until(rows: ibis.Table, day: ibis.Value) -> ibis.Value:
    """Return the share of all days of a spread before a day."""
    length = rows["last"].delta(rows["first"], unit="day") + 1
    so_far = ibis.greatest(0, ibis.least(day.delta(rows["first"], unit="day"), length))
    return (2 * rows.amount * so_far + rows.over) // (2 * rows.over)
