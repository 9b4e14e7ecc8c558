"""The groups by which figures are told, as Ibis expressions."""

import ibis

from braid.method.measures.populations import Relations
from braid.method.measures.reference.equity import AGE_BANDS, OF_EPISODE


def with_group(rows: ibis.Table, tables: Relations, group: str) -> ibis.Table:
    """Return rows of `episode_id` with `group`, null where that is not known."""
    if group == "none":
        return rows.mutate(group=ibis.null("string"))
    known = _of_episodes(tables, group).rename(group_of="episode_id")
    found = rows.left_join(known, [rows.episode_id == known.group_of])
    return found.select(*rows.columns, "group")


def _of_episodes(tables: Relations, group: str) -> ibis.Table:
    """Return the value of a group by episode, each episode once."""
    if group in OF_EPISODE:
        episodes = tables["episodes"]
        value = episodes.gender if group == "gender" else _age_band(episodes)
        return episodes.select("episode_id", group=value)
    groups = tables["groups"]
    groups = groups.filter(groups.key == group)
    return groups.group_by("episode_id").agg(group=groups["value"].min())


def _age_band(episodes: ibis.Table) -> ibis.Value:
    began = ibis.coalesce(
        episodes.referred_on, episodes.accepted_on, episodes.entered_on
    )
    age = began.year() - episodes.birth_year
    return ibis.cases(*((age < under, band) for band, under in AGE_BANDS.items()))
