"""Words about treatment-team meetings: held, whom they talked about, what came of it."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from braid.method.measures.reference.populations import by, on_caseload
from braid.method.measures.reference.teams import (
    AROUND,
    NO_TEAM,
    Around,
    in_post_on,
    is_specialist,
    treated,
    whole_weeks,
)
from braid.method.measures.words import BASIS, Asked, Row, Tables, Word

KIND = "treatment_team"
WITHIN_DAYS = 30

MEETING_WEEKS = Word(
    name="meeting_weeks",
    family="meetings",
    about="Weeks from Monday to Sunday that lie wholly in the period, for each treatment "
    "team that treats somebody on the caseload of the unit in that week.",
    ids=("week", "meeting_id"),
    keys=("team_id",),
    amounts={
        "weeks": "weeks of teams with whom the unit shares somebody",
        "with_specialist": "of these, with a meeting of the team at which a specialist "
        "of the unit was present",
    },
    left_out={
        "meeting_attendance_unknown": "Who was at the meeting of this week is not known.",
    },
    parameters={"basis": BASIS},
)


def meeting_weeks(
    tables: Tables, asked: Sequence[Asked], basis: str = "accepted"
) -> list[dict[str, Any]]:
    """Return the rows of the word; its definition is MEETING_WEEKS."""
    shared, meetings = treated(tables, basis), _meetings(tables)
    known = by(tables["attendance"], "meeting_id")
    attended = _attended(tables)
    rows = []
    for each in asked:
        for week in whole_weeks(each.days):
            for unit, team in {(u, t) for u, t, days in shared if days.overlaps(week)}:
                held = [
                    meeting["meeting_id"]
                    for meeting in meetings
                    if (meeting["unit_id"], meeting["team_id"]) == (unit, team)
                    and week.contains(meeting["day"])
                ]
                there = min((name for name in held if name in attended), default=None)
                unknown = not there and any(not known[name] for name in held)
                rows.append(
                    MEETING_WEEKS.row(
                        period=each.period,
                        unit_id=unit,
                        team_id=team,
                        week=week.first_day.isoformat(),
                        meeting_id=there,
                        weeks=int(not unknown),
                        with_specialist=int(there is not None),
                        left_out="meeting_attendance_unknown" if unknown else None,
                    )
                )
    return rows


def _meetings(tables: Tables) -> list[Row]:
    return [row for row in tables["meetings"] if row["kind"] == KIND]


def _attended(tables: Tables) -> set[str]:
    """Return the treatment-team meetings at which a specialist of the unit was."""
    held = in_post_on(tables)
    meetings = {row["meeting_id"]: row for row in _meetings(tables)}
    return {
        row["meeting_id"]
        for row in tables["attendance"]
        if row["present"]
        and (meeting := meetings.get(row["meeting_id"]))
        and is_specialist(held, meeting["unit_id"], row["staff_id"], meeting["day"])
    }


DISCUSSED = Word(
    name="discussed",
    family="meetings",
    about="People on the caseload on the last day of the period who are with a "
    "treatment team that day, and whether a meeting of that team talked about them in "
    "the 30 days that end on it.",
    ids=("episode_id", "meeting_id"),
    keys=AROUND,
    amounts={
        "people": "people on the caseload whom a treatment team treats",
        "discussed": "of these, talked about at a meeting of that team within 30 days",
    },
    left_out={"no_team": NO_TEAM},
    parameters={"basis": BASIS},
)


def discussed(
    tables: Tables, asked: Sequence[Asked], basis: str = "accepted"
) -> list[dict[str, Any]]:
    """Return the rows of the word; its definition is DISCUSSED."""
    people, meetings = Around(tables), {m["meeting_id"]: m for m in _meetings(tables)}
    about = by(tables["discussions"], "episode_id")
    rows = []
    for each in asked:
        for episode in on_caseload(tables, each.last_day, basis):
            near = people.on(episode["episode_id"], each.last_day)
            talks = [
                (meeting["day"], meeting["meeting_id"])
                for line in about[episode["episode_id"]]
                if (meeting := meetings.get(line["meeting_id"]))
                and meeting["team_id"] == near["team_id"] is not None
                and each.last_day - timedelta(WITHIN_DAYS - 1) <= meeting["day"]
                and meeting["day"] <= each.last_day
            ]
            first = min(talks, default=(None, None))[1]
            with_team = near["team_id"] is not None
            rows.append(
                DISCUSSED.row(
                    period=each.period,
                    unit_id=episode["unit_id"],
                    episode_id=episode["episode_id"],
                    meeting_id=first,
                    **near,
                    people=int(with_team),
                    discussed=int(first is not None),
                    left_out=None if with_team else "no_team",
                )
            )
    return rows


DECISIONS = Word(
    name="decisions",
    family="meetings",
    about="Tasks that treatment-team meetings decided, due in the period.",
    ids=("task_id", "meeting_id", "episode_id"),
    keys=("team_id", "sector"),
    amounts={
        "decisions": "decisions due in the period",
        "in_time": "of these, done by their day",
    },
    left_out={"no_due_day": "Decided in the period, without a day by which."},
)


def decisions(tables: Tables, asked: Sequence[Asked]) -> list[dict[str, Any]]:
    """Return the rows of the word; its definition is DECISIONS."""
    meetings = {row["meeting_id"]: row for row in _meetings(tables)}
    rows = []
    for each in asked:
        for task in tables["tasks"]:
            meeting = meetings.get(task["meeting_id"])
            if meeting is None or meeting["day"] > each.as_of:
                continue
            due, done = task["due_on"], task["done_on"]
            if not each.days.contains(due or meeting["day"]):
                continue
            rows.append(
                DECISIONS.row(
                    period=each.period,
                    unit_id=task["unit_id"],
                    task_id=task["task_id"],
                    meeting_id=task["meeting_id"],
                    episode_id=task["episode_id"],
                    team_id=meeting["team_id"],
                    sector=task["sector"],
                    decisions=int(due is not None),
                    in_time=int(None not in (due, done) and done <= due),
                    left_out=None if due else "no_due_day",
                )
            )
    return rows
