"""Who is counted, as Ibis expressions: on the caseload, held by a specialist, in post.

Every expression takes the periods as `windows`: one row each, with the days `opens`
and `closes`, both inside, and `as_of`. An open spell runs to `FOREVER`.
"""

from collections.abc import Mapping, Sequence
from datetime import date

import ibis
from ibis.expr.types import BooleanValue, Value

from braid.method.measures.kept import are_kept, kept
from braid.method.measures.reference.populations import BASIS_COLUMNS, IPS_UNIT
from braid.method.measures.words import Word

Relations = Mapping[str, ibis.Table]
FOREVER = date.max


def windows(asked: ibis.Table) -> ibis.Table:
    """Return the periods asked for; their days under names that no spell has."""
    return asked.select("period", "as_of", opens=asked.first_day, closes=asked.last_day)


def in_span(rows: ibis.Table, asked: ibis.Table, day: str = "day") -> ibis.Table:
    """Return the rows between the first and the last day of all periods together.

    A first cut of what no period needs, before it is joined with anything.
    """
    span = asked.agg(span_opens=asked.first_day.min(), span_closes=asked.last_day.max())
    found = rows.cross_join(span)
    found = found.filter(
        found[day] >= found.span_opens, found[day] <= found.span_closes
    )
    return found.drop("span_opens", "span_closes")


def shaped(rows: ibis.Table, word: Word) -> ibis.Table:
    """Return rows with the columns of a word: absent amounts are 0, all else null."""
    return rows.select(**{name: _column(rows, word, name) for name in word.columns})


def _column(rows: ibis.Table, word: Word, name: str) -> Value:
    kind = "string"
    if name in word.amounts:
        kind = "decimal(18, 4)" if name in word.decimals else "int64"
    if name in rows.columns:
        return rows[name].cast(kind)
    return ibis.literal(0 if name in word.amounts else None).cast(kind)


def one(condition: BooleanValue) -> Value:
    """Return 1 where the condition holds, else 0; not known is 0."""
    return condition.fill_null(False).cast("int64")


def first_of(rows: ibis.Table, same: Sequence[str], **order: Value) -> ibis.Table:
    """Return the first row of those that have the same values, by `order`.

    One order over a struct: the engine then need not sort (a top-1, no window).
    """
    window = ibis.window(group_by=same, order_by=ibis.struct(order))
    return rows.filter(ibis.row_number().over(window) == 0)


# The caseload


def caseload_bounds(tables: Relations, basis: str) -> ibis.Table:
    """Return all episodes with `enters`, the day of the basis, and `exits`.

    `enters` is null where there is no such day; `exits` is the first day off.
    """
    episodes = tables["episodes"]
    return episodes.select(
        "episode_id",
        "unit_id",
        "person_key",
        "at_referral",
        referred=episodes.referred_on,
        enters=episodes[BASIS_COLUMNS[basis]],
        exits=episodes.exited_on.fill_null(FOREVER),
    )


def on_caseload_in(tables: Relations, asked: ibis.Table, basis: str) -> ibis.Table:
    """Return the episodes on the caseload on at least one day of each period."""
    days, periods = caseload_bounds(tables, basis), windows(asked)
    return days.filter(days.enters < days.exits).join(
        periods, [days.enters <= periods.closes, periods.opens < days.exits]
    )


def on_caseload(tables: Relations, asked: ibis.Table, basis: str) -> ibis.Table:
    """Return the episodes on the caseload on the last day of each period."""
    days, periods = caseload_bounds(tables, basis), windows(asked)
    return days.join(
        periods, [days.enters <= periods.closes, periods.closes < days.exits]
    ).select("period", "closes", "episode_id", "unit_id", "person_key")


def with_spell(
    rows: ibis.Table,
    spells: ibis.Table,
    name: str,
    day: str = "closes",
    same: Sequence[str] = ("period", "episode_id"),
) -> ibis.Table:
    """Return rows with column `name` of the spell that their episode has on a day.

    `day` is the column with that day, `same` what tells one row from another. Null where
    no spell holds the day. Where spells overlap, the one that began last.
    """
    spells = spells.select(
        spell_of=spells.episode_id,
        since=spells.first_day,
        until=spells.last_day.fill_null(FOREVER),
        **{name: spells[name]},
    )
    if are_kept():
        spells = apart(spells, name)
    found = rows.left_join(
        spells,
        [
            rows.episode_id == spells.spell_of,
            spells.since <= rows[day],
            rows[day] <= spells.until,
        ],
    )
    if not are_kept():
        age = found[day].delta(found.since, unit="day")
        found = first_of(found, same, age=age, name=found[name].fill_null(""))
    return found.select(*rows.columns, name)


@kept
def apart(spells: ibis.Table, name: str) -> ibis.Table:
    """Return spells of which no two of one episode hold a day.

    Of those that overlap the one that began last has the day. Nearly no spells do, and
    then a join with them is done: nothing is left to be chosen of many rows.
    """
    spells = spells.filter(spells.since <= spells.until)
    tangled = _tangled(spells)
    free = spells.anti_join(tangled, "spell_of")
    return free.union(_cut(spells.semi_join(tangled, "spell_of"), name))


@kept
def _tangled(spells: ibis.Table) -> ibis.Table:
    """Return the episodes of which two spells hold one day."""
    order = ibis.window(group_by="spell_of", order_by=["since", "until"])
    rows = spells.select("spell_of", "since", "until")
    rows = rows.mutate(before=rows.until.lag().over(order))
    # Where any two overlap, two that follow one another do.
    return rows.filter(rows.since <= rows.before).select("spell_of").distinct()


def _cut(spells: ibis.Table, name: str) -> ibis.Table:
    """Return spells cut at every day on which one begins or has ended."""
    ended = spells.filter(spells.until < FOREVER)
    after = (ended.until.cast("timestamp") + ibis.interval(days=1)).cast("date")
    cuts = spells.select(cut_of="spell_of", cut="since").union(
        ended.select(cut_of="spell_of", cut=after), distinct=True
    )
    order = ibis.window(group_by="cut_of", order_by="cut")
    cuts = cuts.mutate(following=cuts.cut.lead().over(order))
    last = (cuts.following.cast("timestamp") - ibis.interval(days=1)).cast("date")
    cuts = cuts.mutate(ends=last.fill_null(FOREVER))
    found = cuts.join(
        spells,
        [
            cuts.cut_of == spells.spell_of,
            spells.since <= cuts.cut,
            cuts.cut <= spells.until,
        ],
    )
    age = found.cut.delta(found.since, unit="day")
    found = first_of(found, ["cut_of", "cut"], age=age, name=found[name].fill_null(""))
    return found.select("spell_of", since="cut", until="ends", **{name: found[name]})


def held(tables: Relations, asked: ibis.Table, basis: str) -> ibis.Table:
    """Return the episodes on the caseload on a day with `staff_id`; null: nobody."""
    on = on_caseload(tables, asked, basis)
    return with_spell(on, tables["caseload"], "staff_id")


# Posts


def posts(tables: Relations, role: str = "specialist") -> ibis.Table:
    """Return the posts of a role in units; a team of an unknown kind is taken for one.

    `unit_id` is the unit; the days run from `starts` to `ends`.
    """
    teams, rows = tables["teams"], tables["staff_teams"]
    others = teams.filter(teams.kind != IPS_UNIT)
    rows = rows.filter(rows["role"] == role, rows.team_id.notin(others.team_id))
    return rows.select(
        "staff_id",
        "fte",
        unit_id=rows.team_id,
        starts=rows.first_day,
        ends=rows.last_day.fill_null(FOREVER),
    )


def posts_in(
    tables: Relations, asked: ibis.Table, role: str = "specialist"
) -> ibis.Table:
    """Return the posts of a role with at least one day in each period."""
    rows, periods = posts(tables, role), windows(asked)
    return rows.join(
        periods, [rows.starts <= periods.closes, periods.opens <= rows.ends]
    )


def posts_on(tables: Relations, asked: ibis.Table) -> ibis.Table:
    """Return the specialists' posts that hold the last day of each period."""
    rows = posts_in(tables, asked)
    return rows.filter(rows.closes <= rows.ends)


def made_by_staff(
    contacts: ibis.Table, posts: ibis.Table, asked: ibis.Table
) -> ibis.Table:
    """Return the contacts in each period of specialists in post in it.

    Those of whom it is not known who made them are among them.
    """
    periods = windows(asked)
    staff = posts.select(
        of_period=posts.period, of_unit=posts.unit_id, of_staff=posts.staff_id
    ).distinct()
    rows = contacts.join(
        periods, [contacts.day >= periods.opens, contacts.day <= periods.closes]
    )
    rows = rows.left_join(
        staff,
        [
            rows.period == staff.of_period,
            rows.unit_id == staff.of_unit,
            rows.staff_id == staff.of_staff,
        ],
    )
    return rows.filter(rows.staff_id.isnull() | rows.of_staff.notnull())
