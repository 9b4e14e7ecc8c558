"""Words about contact with people on the caseload, as Ibis expressions."""

import ibis

from braid.method.measures.equity import with_group
from braid.method.measures.kept import are_kept
from braid.method.measures.populations import (
    FOREVER,
    Relations,
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
from braid.method.measures.reference.populations import BASIS_COLUMNS
from braid.method.measures.teams import episodes_in, in_period, later


def with_person(contacts: ibis.Table) -> ibis.Table:
    """Return the contacts with a person, kept or not known to be, messages left out."""
    # Said of the columns as they are stored: of so many rows that is far quicker than
    # putting something in the place of what is not known.
    return contacts.filter(
        contacts.episode_id.notnull(),
        ~contacts.attended.identical_to(False),
        ~contacts.with_applicant.identical_to(False),
        ~contacts["mode"].identical_to("message"),
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
    rows = tables["episodes"].select(
        *("episode_id", "unit_id", "person_key", "at_referral", "profile_started_on"),
        enters=BASIS_COLUMNS[basis],
        exits="exited_on",
    )
    periods = _numbered(asked)
    rows = rows.cross_join(periods.select("sheet").distinct())
    met = _met_lately(tables, periods, lately)
    rows = rows.left_join(
        met, [rows.episode_id == met.met, rows.sheet == met.met_on_sheet]
    )
    rows = rows.join(
        periods,
        [
            rows.sheet == periods.sheet,
            rows.enters <= periods.closes,
            periods.closes < rows.exits.fill_null(FOREVER),
        ],
    )
    contacted = ((rows.marks & rows.mark) != 0).fill_null(False)
    profile = (rows.profile_started_on <= rows.closes).fill_null(False)
    rows = rows.mutate(
        current_episodes=1,
        retention=one(rows.at_referral == "employed_retention"),
        with_profile=one(profile),
        contacted=one(contacted),
        active=one(profile & contacted),
    )
    return shaped(with_group(rows, tables, group), CURRENT_EPISODES)


SHEET = 60  # marks in a whole number


def _numbered(asked: ibis.Table) -> ibis.Table:
    """Return the periods, each with a `mark` that no other on its `sheet` has."""
    periods = windows(asked)
    number = ibis.row_number().over(ibis.window(order_by=periods.period))
    periods = periods.mutate(number=number.cast("int64"))
    mark = ibis.literal(1).cast("int64") << (periods.number % SHEET)
    return periods.select("period", "closes", sheet=periods.number // SHEET, mark=mark)


def _met_lately(tables: Relations, periods: ibis.Table, lately: int) -> ibis.Table:
    """Return who was met in the last days of which periods, by the sum of their `marks`.

    One row of a person says it of many periods: there are millions of contacts.
    """
    back = ibis.range(0, lately).unnest()
    days = periods.mutate(back=back)
    days = days.mutate(lately=later(days.closes, -days.back))
    contacts = with_person(tables["contacts"])
    contacts = contacts.filter(contacts.attended).select("day", met="episode_id")
    if not are_kept():
        found = contacts.join(days, contacts.day == days.lately)
        found = found.select("met", "sheet", "mark").distinct()
        return found.group_by("met", met_on_sheet="sheet").agg(
            marks=found["mark"].sum()
        )
    # What is distinct need not be found of millions where an engine can join bits.
    days = days.group_by("lately", "sheet").agg(of_day=days["mark"].sum())
    found = contacts.join(days, contacts.day == days.lately)
    return found.group_by("met", met_on_sheet="sheet").agg(
        marks=found.of_day.cast("int64").bit_or()
    )


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
