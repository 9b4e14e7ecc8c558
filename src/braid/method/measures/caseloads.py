"""Words about the caseload on a day, as Ibis expressions."""

import ibis

from braid.method.measures.populations import (
    Relations,
    held,
    one,
    posts_on,
    shaped,
    with_spell,
)
from braid.method.measures.reference.caseloads import (
    CASELOAD_AND_POSTS,
    CASELOAD_TEAMS,
    SET_ASIDE,
)


def caseload_and_posts(
    tables: Relations, asked: ibis.Table, basis: str = "accepted"
) -> ibis.Table:
    """Return the rows of the word; its definition is CASELOAD_AND_POSTS."""
    states = tables["status"]
    states = states.filter(states.state.isin(SET_ASIDE))
    episodes = with_spell(held(tables, asked, basis), states, "state")
    counted = episodes.state.isnull()
    episodes = episodes.mutate(
        episodes=one(counted),
        without_specialist=one(counted & episodes.staff_id.isnull()),
        left_out=episodes.state,
    )
    posts = posts_on(tables, asked)
    posts = posts.mutate(
        fte=posts.fte.fill_null(0),
        left_out=posts.fte.isnull().ifelse("fte_unknown", None),
    )
    return ibis.union(
        shaped(episodes, CASELOAD_AND_POSTS), shaped(posts, CASELOAD_AND_POSTS)
    )


def caseload_teams(
    tables: Relations, asked: ibis.Table, basis: str = "accepted"
) -> ibis.Table:
    """Return the rows of the word; its definition is CASELOAD_TEAMS."""
    caseload = ["period", "unit_id", "staff_id"]
    rows = held(tables, asked, basis).semi_join(posts_on(tables, asked), caseload)
    rows = with_spell(rows, tables["treatment"], "team_id")
    teams = rows.filter(rows.team_id.notnull())
    teams = teams.group_by(*caseload, "team_id").agg(
        size=teams.count(), first_episode=teams.episode_id.min()
    )
    largest = ibis.window(
        group_by=caseload, order_by=[teams["size"].desc(), teams.team_id]
    )
    teams = teams.mutate(place=ibis.row_number().over(largest))
    rows = rows.left_join(teams, [*caseload, "team_id"])
    return shaped(
        rows.mutate(
            caseload=1,
            teams=one(rows.episode_id == rows.first_episode),
            from_top_two=one(rows.place < 2),
        ),
        CASELOAD_TEAMS,
    )
