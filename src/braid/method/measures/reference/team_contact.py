"""Words about contact with treatment teams: what meetings bring, what their record holds."""

from collections.abc import Sequence
from typing import Any

from braid.method.measures.reference.attendance import Meetings
from braid.method.measures.reference.populations import by, holder_on, on_caseload
from braid.method.measures.words import BASIS, Asked, Row, Tables, Word

TEAM_KINDS = ("treatment_team",)
IN_RECORD = "document_to_health_record"
SEEN = "plan_seen_by_treatment_team"

TEAM_MEETINGS = Word(
    name="team_meetings",
    family="team_contact",
    about="Treatment-team meetings of the unit in the period: those with a specialist, "
    "what they decided about people on the caseload, and people not yet referred whom "
    "they talked about.",
    ids=("meeting_id",),
    keys=("team_id",),
    amounts={
        "team_meetings": "meetings",
        "with_specialist": "of these, with a specialist of the unit",
        "with_decision": "of these with a specialist, with a decision about somebody of "
        "the unit",
        "unreferred": "people not yet referred, talked about with a specialist there",
        "with_unreferred": "meetings with a specialist that talked about such people",
    },
    left_out={"meeting_attendance_unknown": "Who was at this meeting is not known."},
)


def team_meetings(tables: Tables, asked: Sequence[Asked]) -> list[dict[str, Any]]:
    """Return the rows of the word; its definition is TEAM_MEETINGS."""
    meetings = Meetings(tables, TEAM_KINDS)
    lines = by(tables["discussions"], "meeting_id")
    return [
        _meeting_row(each, row, lines[row["meeting_id"]], meetings)
        for each in asked
        for row in meetings.all
        if each.days.contains(row["day"])
    ]


def _meeting_row(
    asked: Asked, meeting: Row, lines: Sequence[Row], meetings: Meetings
) -> dict[str, Any]:
    said, there = meetings.is_said(meeting), bool(meetings.present(meeting))
    decided = any(row["decision"] and row["episode_id"] for row in lines)
    unreferred = sum(row["unreferred"] for row in lines) if there else 0
    return TEAM_MEETINGS.row(
        period=asked.period,
        unit_id=meeting["unit_id"],
        meeting_id=meeting["meeting_id"],
        team_id=meeting["team_id"],
        team_meetings=int(said),
        with_specialist=int(there),
        with_decision=int(there and decided),
        unreferred=unreferred,
        with_unreferred=int(unreferred > 0),
        left_out=None if said else "meeting_attendance_unknown",
    )


SHARED_DOCUMENTS = Word(
    name="shared_documents",
    family="team_contact",
    about="Episodes on the caseload on the last day of the period, and whether a profile "
    "or plan of theirs was put into the health record, or seen by the treatment team, "
    "on that day or before.",
    ids=("episode_id",),
    keys=("staff_id",),
    amounts={
        "open_episodes": "episodes on the caseload",
        "documents_shared": "of these, with a document in the health record or seen",
        "in_health_record": "of these, in the health record",
        "seen_by_team": "of these, seen by the treatment team",
    },
    parameters={"basis": BASIS},
)


def shared_documents(
    tables: Tables, asked: Sequence[Asked], basis: str = "accepted"
) -> list[dict[str, Any]]:
    """Return the rows of the word; its definition is SHARED_DOCUMENTS."""
    events, rows = by(tables["plan_events"], "episode_id"), []
    for each in asked:
        holders = holder_on(tables, each.last_day)
        for episode in on_caseload(tables, each.last_day, basis):
            name = episode["episode_id"]
            met = {e["kind"] for e in events[name] if e["day"] <= each.last_day}
            rows.append(
                SHARED_DOCUMENTS.row(
                    period=each.period,
                    unit_id=episode["unit_id"],
                    episode_id=name,
                    staff_id=holders.get(name),
                    open_episodes=1,
                    documents_shared=int(bool(met & {IN_RECORD, SEEN})),
                    in_health_record=int(IN_RECORD in met),
                    seen_by_team=int(SEEN in met),
                )
            )
    return rows
