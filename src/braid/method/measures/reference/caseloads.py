"""Words about the caseload on a day: how many there are, who has them, their teams."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

from braid.kernel.dates import Period
from braid.method.measures.reference.populations import (
    by,
    holder_on,
    in_post,
    on_caseload,
    on_day,
    posts,
    spell,
)
from braid.method.measures.words import BASIS, Asked, Row, Tables, Word

SET_ASIDE = ("paused", "stepped_down")

CASELOAD_AND_POSTS = Word(
    name="caseload_and_posts",
    family="caseloads",
    about="Episodes on the caseload on the last day of the period, each with the "
    "specialist who has it that day; and the specialists' posts held that day.",
    ids=("episode_id",),
    keys=("staff_id",),
    amounts={
        "episodes": "episodes on the caseload, paused and stepped-down ones left out",
        "without_specialist": "of these, episodes that no specialist has",
        "fte": "share of full time of the posts",
    },
    decimals=frozenset({"fte"}),
    left_out={
        "paused": "Paused episodes are no part of a specialist's load.",
        "stepped_down": "Stepped-down episodes are no part of a specialist's load.",
        "fte_unknown": "The share of full time of this post is not known.",
    },
    parameters={"basis": BASIS},
)


def caseload_and_posts(
    tables: Tables, asked: Sequence[Asked], basis: str = "accepted"
) -> list[dict[str, Any]]:
    """Return the rows of the word; its definition is CASELOAD_AND_POSTS."""
    word, rows = CASELOAD_AND_POSTS, []
    for each in asked:
        holders, aside = holder_on(tables, each.last_day), set_aside(tables, each)
        for episode in on_caseload(tables, each.last_day, basis):
            staff = holders.get(episode["episode_id"])
            reason = aside.get(episode["episode_id"])
            rows.append(
                word.row(
                    period=each.period,
                    unit_id=episode["unit_id"],
                    episode_id=episode["episode_id"],
                    staff_id=staff,
                    episodes=int(reason is None),
                    without_specialist=int(reason is None and staff is None),
                    left_out=reason,
                )
            )
        rows += [
            word.row(
                period=each.period,
                unit_id=post["team_id"],
                staff_id=post["staff_id"],
                fte=post["fte"] or 0,
                left_out="fte_unknown" if post["fte"] is None else None,
            )
            for post in posts(tables)
            if spell(post).contains(each.last_day)
        ]
    return rows


def set_aside(tables: Tables, asked: Asked) -> dict[str, str]:
    """Return the state of the episodes that are paused or stepped down on the day."""
    rows = [row for row in tables["status"] if row["state"] in SET_ASIDE]
    states = {
        episode: on_day(spells, asked.last_day, "state")
        for episode, spells in by(rows, "episode_id").items()
    }
    return {episode: state for episode, state in states.items() if state}


CASELOAD_TEAMS = Word(
    name="caseload_teams",
    family="caseloads",
    about="Episodes on the caseload on the last day of the period that a specialist in "
    "post has, each with its treatment team that day.",
    ids=("episode_id",),
    keys=("staff_id", "team_id"),
    amounts={
        "caseload": "episodes; those without a treatment team included",
        "teams": "different treatment teams of a specialist's caseload",
        "from_top_two": "episodes from the two teams that have most of a specialist's "
        "caseload, or from the only one",
    },
    parameters={"basis": BASIS},
)


def caseload_teams(
    tables: Tables, asked: Sequence[Asked], basis: str = "accepted"
) -> list[dict[str, Any]]:
    """Return the rows of the word; its definition is CASELOAD_TEAMS."""
    rows: list[dict[str, Any]] = []
    treatment = by(tables["treatment"], "episode_id")
    for each in asked:
        day = each.last_day
        holders, staff = holder_on(tables, day), in_post(tables, Period(day, day))
        found = [
            CASELOAD_TEAMS.row(
                period=each.period,
                unit_id=episode["unit_id"],
                episode_id=episode["episode_id"],
                staff_id=holders.get(episode["episode_id"]),
                team_id=on_day(treatment[episode["episode_id"]], day, "team_id"),
                caseload=1,
            )
            for episode in on_caseload(tables, day, basis)
        ]
        held = [row for row in found if (row["unit_id"], row["staff_id"]) in staff]
        for caseload in by(held, "unit_id", "staff_id").values():
            rows += _teams_counted(caseload)
    return rows


def _teams_counted(caseload: Sequence[Row]) -> list[dict[str, Any]]:
    """Mark one row of each team, and the rows of the two teams with most."""
    sizes = Counter(row["team_id"] for row in caseload if row["team_id"] is not None)
    top = sorted(sizes, key=lambda team: (-sizes[team], team))[:2]
    met: set[str] = set()
    rows = []
    for row in sorted(caseload, key=lambda each: str(each["episode_id"])):
        team = row["team_id"]
        teams = int(team is not None and team not in met)
        met.add(team)
        rows.append({**row, "teams": teams, "from_top_two": int(team in top)})
    return rows
