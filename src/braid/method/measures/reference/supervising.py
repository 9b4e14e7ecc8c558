"""Words about the supervisor of a unit: posts, group supervision, visits to teams."""

from collections.abc import Sequence
from typing import Any

from braid.method.measures.reference.attendance import Meetings
from braid.method.measures.reference.divisions import divisions
from braid.method.measures.reference.in_post import days_in_post
from braid.method.measures.reference.populations import posts, spell
from braid.method.measures.reference.team_contact import TEAM_KINDS
from braid.method.measures.reference.teams import treated
from braid.method.measures.words import BASIS, Asked, Row, Tables, Word

GROUP_KINDS = ("vocational_unit",)
SUPERVISOR = "supervisor"
A_GROUP = 2

POSTS_OF_UNIT = Word(
    name="posts_of_unit",
    family="supervising",
    about="Specialists and supervisors in post on the last day of the period.",
    ids=(),
    keys=("staff_id",),
    amounts={
        "specialists_in_post": "specialists in post",
        "supervisors_in_post": "supervisors in post",
        "supervisor_fte": "share of full time of the supervisors' posts",
    },
    decimals=frozenset({"supervisor_fte"}),
    left_out={
        "supervisor_fte_unknown": "The share of full time of this supervisor is not "
        "known.",
    },
)


def posts_of_unit(tables: Tables, asked: Sequence[Asked]) -> list[dict[str, Any]]:
    """Return the rows of the word; its definition is POSTS_OF_UNIT."""
    rows = []
    for each in asked:
        day = each.last_day
        on = Asked(each.period, day, day, each.as_of)
        for role, amount in (
            ("specialist", "specialists_in_post"),
            (SUPERVISOR, "supervisors_in_post"),
        ):
            rows += [
                POSTS_OF_UNIT.row(
                    period=each.period, unit_id=unit, staff_id=staff, **{amount: 1}
                )
                for unit, staff in days_in_post(tables, on, role)
            ]
        rows += [
            _post_row(each, post)
            for post in posts(tables, SUPERVISOR)
            if spell(post).contains(day)
        ]
    return rows


def _post_row(asked: Asked, post: Row) -> dict[str, Any]:
    return POSTS_OF_UNIT.row(
        period=asked.period,
        unit_id=post["team_id"],
        staff_id=post["staff_id"],
        supervisor_fte=post["fte"] or 0,
        left_out="supervisor_fte_unknown" if post["fte"] is None else None,
    )


GROUP_SUPERVISION = Word(
    name="group_supervision",
    family="supervising",
    about="Weeks counted back from the last day of the period in which a unit has a "
    "specialist in post, and whether there was a unit meeting with the supervisor and "
    "at least two specialists.",
    ids=("day", "meeting_id"),
    amounts={
        "unit_weeks": "weeks with a specialist in post",
        "weeks_supervised": "of these, with such a meeting",
        "weeks_unsaid": "without, but with a unit meeting of which it is not known who "
        "was there",
        "weeks_met": "weeks with any unit meeting",
    },
)


def group_supervision(tables: Tables, asked: Sequence[Asked]) -> list[dict[str, Any]]:
    """Return the rows of the word; its definition is GROUP_SUPERVISION."""
    of_staff = Meetings(tables, GROUP_KINDS)
    of_leaders = Meetings(tables, GROUP_KINDS, SUPERVISOR)
    rows = []
    for each in asked:
        held = days_in_post(tables, each)
        for days in divisions(each.days, "week"):
            units = {
                unit
                for (unit, _staff), spells in held.items()
                if any(one.overlaps(days) for one in spells)
            }
            for unit in units:
                found = of_staff.of(unit, days)
                good = [
                    row["meeting_id"]
                    for row in found
                    if len(of_staff.present(row)) >= A_GROUP and of_leaders.present(row)
                ]
                unsaid = not good and not all(map(of_staff.is_said, found))
                rows.append(
                    GROUP_SUPERVISION.row(
                        period=each.period,
                        unit_id=unit,
                        day=days.first_day.isoformat(),
                        meeting_id=min(good, default=None),
                        unit_weeks=1,
                        weeks_supervised=int(bool(good)),
                        weeks_unsaid=int(unsaid),
                        weeks_met=int(bool(found)),
                    )
                )
    return rows


TEAM_VISITS = Word(
    name="team_visits",
    family="supervising",
    about="Calendar quarters that lie wholly in the period, of every treatment team that "
    "treats somebody on the caseload of the unit in it, and whether a supervisor of the "
    "unit was at a meeting of the team.",
    ids=("day", "meeting_id"),
    keys=("team_id",),
    amounts={
        "team_quarters": "quarters of teams with whom the unit shares somebody",
        "quarters_visited": "of these, with a meeting that a supervisor was at",
        "quarters_unsaid": "without, but with a meeting of the team of which it is not "
        "known who was there",
        "quarters_met": "quarters with any meeting of the team",
    },
    parameters={"basis": BASIS},
)


def team_visits(
    tables: Tables, asked: Sequence[Asked], basis: str = "accepted"
) -> list[dict[str, Any]]:
    """Return the rows of the word; its definition is TEAM_VISITS."""
    shared, rows = treated(tables, basis), []
    meetings = Meetings(tables, TEAM_KINDS, SUPERVISOR)
    for each in asked:
        for days in divisions(each.days, "quarter"):
            for unit, team in {(u, t) for u, t, on in shared if on.overlaps(days)}:
                found = [m for m in meetings.of(unit, days) if m["team_id"] == team]
                at = [m["meeting_id"] for m in found if meetings.present(m)]
                unsaid = not at and not all(map(meetings.is_said, found))
                rows.append(
                    TEAM_VISITS.row(
                        period=each.period,
                        unit_id=unit,
                        team_id=team,
                        day=days.first_day.isoformat(),
                        meeting_id=min(at, default=None),
                        team_quarters=1,
                        quarters_visited=int(bool(at)),
                        quarters_unsaid=int(unsaid),
                        quarters_met=int(bool(found)),
                    )
                )
    return rows
