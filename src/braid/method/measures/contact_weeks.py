"""Words about contact with people on the caseload, as Ibis expressions."""

import ibis

from braid.method.measures.equity import with_group
from braid.method.measures.populations import (
    Relations,
    on_caseload,
    one,
    shaped,
    windows,
    with_spell,
)
from braid.method.measures.reference.caseloads import SET_ASIDE
from braid.method.measures.reference.contact_weeks import (
    CONTACT_WEEKS,
    CURRENT_EPISODES,
    LEFT_ALONE,
)
from braid.method.measures.teams import episodes_in, in_period, later


def with_person(contacts: ibis.Table) -> ibis.Table:
    """Return the contacts with a person, kept or not known to be, messages left out."""
    return contacts.filter(
        contacts.episode_id.notnull(),
        contacts.attended.fill_null(True),
        contacts.with_applicant.fill_null(True),
        contacts["mode"].fill_null("") != "message",
    )


def contact_weeks(
    tables: Relations,
    asked: ibis.Table,
    basis: str = "accepted",
    group: str = "none",
) -> ibis.Table:
    """Return the rows of the word; its definition is CONTACT_WEEKS."""
    episodes = episodes_in(tables, asked, basis)
    episodes = episodes.select(
        *("period", "unit_id", "episode_id", "enters", "exits"),
        first=ibis.greatest(episodes.enters, episodes.opens),
        last="day",
    )
    made = in_period(with_person(tables["contacts"]), asked)
    made = made.select("day", "attended", in_period="period", met="episode_id")
    found = made.join(
        episodes,
        [
            made.in_period == episodes.period,
            made.met == episodes.episode_id,
            episodes.first <= made.day,
            made.day <= episodes["last"],
        ],
    )
    found = found.group_by("in_period", "met").agg(
        contacts=one(found.attended).sum(),
        attendance_unknown=one(found.attended.isnull()).sum(),
    )
    rows = episodes.left_join(
        found,
        [episodes.period == found.in_period, episodes.episode_id == found.met],
    )
    rows = rows.mutate(
        days=rows["last"].delta(rows["first"], unit="day") + 1,
        contacts=rows.contacts.fill_null(0),
        attendance_unknown=rows.attendance_unknown.fill_null(0),
    )
    return shaped(with_group(rows, tables, group), CONTACT_WEEKS)


def current_episodes(
    tables: Relations,
    asked: ibis.Table,
    basis: str = "accepted",
    lately: int = 28,
    group: str = "none",
) -> ibis.Table:
    """Return the rows of the word; its definition is CURRENT_EPISODES."""
    episodes = tables["episodes"].select(
        "at_referral", "profile_started_on", of_episode="episode_id"
    )
    on = on_caseload(tables, asked, basis)
    rows = on.join(episodes, [on.episode_id == episodes.of_episode])
    contacts, periods = with_person(tables["contacts"]), windows(asked)
    contacts = contacts.filter(contacts.attended).select("day", met="episode_id")
    since = later(periods.closes, ibis.literal(1 - lately))
    periods = periods.select("closes", in_period="period", since=since)
    met = contacts.join(
        periods, [periods.since <= contacts.day, contacts.day <= periods.closes]
    )
    met = met.select("in_period", "met").distinct()
    rows = rows.left_join(
        met, [rows.period == met.in_period, rows.episode_id == met.met]
    )
    profile = (rows.profile_started_on <= rows.closes).fill_null(False)
    rows = rows.mutate(
        current_episodes=1,
        retention=one(rows.at_referral == "employed_retention"),
        with_profile=one(profile),
        contacted=one(rows.met.notnull()),
        active=one(profile & rows.met.notnull()),
    )
    return shaped(with_group(rows, tables, group), CURRENT_EPISODES)


def left_alone(
    tables: Relations,
    asked: ibis.Table,
    basis: str = "accepted",
    lately: int = 28,
    group: str = "none",
) -> ibis.Table:
    """Return the rows of the word; its definition is LEFT_ALONE."""
    rows = current_episodes(tables, asked, basis, lately, group)
    periods = windows(asked).select("closes", in_period="period")
    rows = rows.join(periods, [rows.period == periods.in_period])
    states = tables["status"]
    states = states.filter(states.state.isin(SET_ASIDE))
    rows = with_spell(rows, states, "state")
    rows = rows.filter(rows.state.isnull())
    return shaped(
        rows.mutate(followed=1, without_contact=1 - rows.contacted), LEFT_ALONE
    )
