"""Words of the English national returns, as Ibis expressions."""

from collections.abc import Mapping

import ibis
from ibis.expr.types import Value

from braid.method.competitive import Profile, Switches
from braid.method.measures.contact_weeks import with_person
from braid.method.measures.equity import with_group
from braid.method.measures.in_work import jobs_known
from braid.method.measures.kept import kept
from braid.method.measures.populations import (
    FOREVER,
    Relations,
    first_of,
    in_span,
    one,
    shaped,
    windows,
)
from braid.method.measures.reference.national_returns import (
    APRIL,
    CLOSED_REFERRALS,
    DOSES,
    FIRST_CONTACTS,
    HOURS,
    LENGTHS,
    MANY,
    MODES,
    NO_SWITCHES,
    OPEN_REFERRALS,
    WAITS,
)


def _direct(tables: Relations) -> ibis.Table:
    contacts = with_person(tables["contacts"])
    contacts = contacts.filter(contacts.attended)
    mode = contacts["mode"]
    return contacts.select(
        met="episode_id", met_on="day", mode=mode.isin(MODES).ifelse(mode, "other")
    )


@kept
def _met(tables: Relations) -> ibis.Table:
    """Return the day of the first direct contact of each episode, and how many."""
    direct = _direct(tables)
    return direct.group_by("met").agg(met_on=direct.met_on.min(), times=direct.count())


def first_contacts(
    tables: Relations, asked: ibis.Table, group: str = "none"
) -> ibis.Table:
    """Return the rows of the word; its definition is FIRST_CONTACTS."""
    direct, periods = _direct(tables), windows(asked)
    closes = periods.closes
    opened = closes.year() - (closes.month() < APRIL).cast("int64")
    periods = periods.mutate(year_opens=ibis.date(opened, APRIL, 1))
    ever = _met(tables)
    ever = ever.join(
        periods, [ever.met_on >= periods.opens, ever.met_on <= periods.closes]
    ).select("period", "met", "met_on", ever=True, in_year=False)
    of_year = direct.join(
        periods, [direct.met_on >= periods.year_opens, direct.met_on <= periods.closes]
    )
    of_year = of_year.group_by("period", "met", "opens").agg(
        met_on=of_year.met_on.min()
    )
    of_year = of_year.filter(of_year.met_on >= of_year.opens).select(
        "period", "met", "met_on", ever=False, in_year=True
    )
    # Both are on one day where both lie in the period, unless the year began in it.
    found = ibis.union(ever, of_year)
    first = found.group_by("period", "met").agg(
        accessed=one(found.ever).max(),
        accessed_in_year=one(found.in_year).max(),
        met_on=found.met_on.min(),
    )
    # Of all contacts only those on the days found: a fraction of a nation's.
    days = first.select("met", "met_on").distinct()
    modes = in_span(direct, asked, "met_on").semi_join(days, ["met", "met_on"])
    modes = modes.group_by(by_person="met", on_day="met_on").agg(
        mode=modes["mode"].min()
    )
    first = first.join(
        modes, [first.met == modes.by_person, first.met_on == modes.on_day]
    )
    episodes = tables["episodes"].select(
        "episode_id", "unit_id", "person_key", "referred_on"
    )
    rows = first.join(episodes, [first.met == episodes.episode_id])
    wait = rows.met_on.delta(rows.referred_on, unit="day")
    accessed = rows.accessed == 1
    rows = rows.mutate(
        wait_unknown=one(accessed & rows.referred_on.isnull()),
        **{name: one(accessed & which) for name, which in _bands(wait, WAITS).items()},
    )
    return shaped(with_group(rows, tables, group), FIRST_CONTACTS)


def _bands(number: Value, bands: Mapping[str, int | None]) -> dict[str, Value]:
    """Return for each band whether the number is in it; bands follow one another."""
    found, above = {}, None
    for name, most in bands.items():
        inside = ibis.literal(True) if most is None else number <= most
        if above is not None:
            inside = inside & (number > above)
        found[name], above = inside, most
    return found


def open_referrals(
    tables: Relations, asked: ibis.Table, group: str = "none"
) -> ibis.Table:
    """Return the rows of the word; its definition is OPEN_REFERRALS."""
    episodes, periods = tables["episodes"], windows(asked)
    first = _met(tables)
    rows = episodes.join(
        periods,
        [
            episodes.referred_on <= periods.closes,
            (episodes.exited_on.fill_null(FOREVER)) > periods.closes,
        ],
    )
    rows = rows.left_join(first, [rows.episode_id == first.met])
    rows = rows.mutate(
        open_referrals=1, caseload=one((rows.met_on <= rows.closes).fill_null(False))
    )
    return shaped(with_group(rows, tables, group), OPEN_REFERRALS)


def closed_referrals(
    tables: Relations,
    asked: ibis.Table,
    profile: Profile = "strict",
    switches: Switches = NO_SWITCHES,
    discharged: str = "corrected",
    group: str = "none",
) -> ibis.Table:
    """Return the rows of the word; its definition is CLOSED_REFERRALS."""
    periods, episodes = windows(asked), tables["episodes"]
    rows = episodes.select(
        *("episode_id", "unit_id", "person_key", "referred_on", "exited_on")
    )
    rows = rows.join(periods, [rows.exited_on <= periods.closes])
    if discharged == "corrected":
        rows = rows.filter(rows.exited_on >= rows.opens)
    rows = _with_dose(rows, tables)
    rows = _with_work(rows, tables, asked, profile, switches)
    in_period = rows.exited_on >= rows.opens
    length = rows.exited_on.delta(rows.referred_on, unit="day")
    stay = rows.exited_on.delta(rows.met_on, unit="day")
    bands = {
        **{f"referral_{name}": w for name, w in _bands(length, LENGTHS).items()},
        **{f"caseload_{name}": w for name, w in _bands(stay, LENGTHS).items()},
        **_bands(rows.dose, {**DOSES, MANY: None}),
    }
    met = rows.met_on.notnull()
    rows = rows.mutate(
        closed=one(in_period),
        closed_accessed=one(in_period & met),
        referral_unknown=one(rows.referred_on.isnull()),
        **{name: one(which) for name, which in bands.items()},
    )
    return shaped(with_group(rows, tables, group), CLOSED_REFERRALS)


def _with_dose(rows: ibis.Table, tables: Relations) -> ibis.Table:
    """Return referrals with the first contact before discharge, and how many.

    How many is told by those afterwards, of which there are few to be gone through.
    """
    ever, direct = _met(tables), _direct(tables)
    left = rows.select("exited_on", of_period="period", of_episode="episode_id")
    late = left.join(
        direct, [left.of_episode == direct.met, left.exited_on <= direct.met_on]
    )
    late = late.group_by("of_period", "of_episode").agg(afterwards=late.count())
    found = rows.left_join(ever, [rows.episode_id == ever.met])
    found = found.left_join(
        late,
        [found.period == late.of_period, found.episode_id == late.of_episode],
    )
    before = found.met_on < found.exited_on
    return found.select(
        *rows.columns,
        met_on=before.ifelse(found.met_on, None),
        dose=(found.times - found.afterwards.fill_null(0)).fill_null(0),
    )


def _with_work(
    rows: ibis.Table,
    tables: Relations,
    asked: ibis.Table,
    profile: Profile,
    switches: Switches,
) -> ibis.Table:
    """Return referrals with work and weekly hours on the last day before discharge."""
    jobs = jobs_known(tables, asked, "accepted", profile, switches)
    jobs = jobs.filter(jobs.starts <= jobs.ends, jobs.counts | jobs.in_queue).select(
        "job_id",
        "counts",
        "starts",
        "ends",
        known_by="as_of",
        of_unit="unit_id",
        of_person="person_key",
    )
    ids = rows.select(
        *("period", "as_of", "episode_id", "unit_id", "person_key"),
        day=(rows.exited_on - ibis.interval(days=1)).cast("date"),
    )
    held = ids.join(
        jobs,
        [
            ids.as_of == jobs.known_by,
            ids.unit_id == jobs.of_unit,
            ids.person_key == jobs.of_person,
            jobs.starts <= ids.day,
            ids.day <= jobs.ends,
        ],
    )
    held = _with_hours(held, tables)
    at_work = held.group_by(of_period="period", of_episode="episode_id").agg(
        working=one(held.counts).max(),
        missing=one(held.counts & held.weekly_hours.isnull()).max(),
        hours=held.counts.ifelse(held.weekly_hours, None).sum(),
    )
    found = rows.left_join(
        at_work,
        [rows.period == at_work.of_period, rows.episode_id == at_work.of_episode],
    )
    works = (found.working == 1).fill_null(False)
    known = works & (found.missing == 0)
    over_16, over_30 = (found.hours >= ibis.literal(edge) for edge in HOURS.values())
    return found.select(
        *rows.columns,
        employed=one(works),
        not_employed=one(found.working.isnull()),
        employment_unknown=one(found.working == 0),
        hours_missing=one(works & (found.missing == 1)),
        hours_under_16=one(known & ~over_16),
        hours_16_to_29=one(known & over_16 & ~over_30),
        hours_30_and_over=one(known & over_30),
    )


def _with_hours(held: ibis.Table, tables: Relations) -> ibis.Table:
    terms = tables["job_terms"]
    terms = terms.select(
        "weekly_hours",
        terms_of=terms.job_id,
        since=terms.first_day,
        until=terms.last_day.fill_null(FOREVER),
    )
    found = held.left_join(
        terms,
        [
            held.job_id == terms.terms_of,
            terms.since <= held.day,
            held.day <= terms.until,
        ],
    )
    age = found.day.delta(found.since, unit="day")
    return first_of(found, ["period", "episode_id", "job_id"], age=age)
