"""The word about meetings of any kind."""

from collections.abc import Sequence
from typing import Any

from braid.method.measures.reference.populations import by
from braid.method.measures.reference.teams import in_post_on, is_specialist
from braid.method.measures.words import Asked, Parameter, Tables, Word

MEETINGS_OF_KIND = Word(
    name="meetings_of_kind",
    family="kinds",
    about="Meetings of one kind in the period, and the specialists of the unit present.",
    ids=("meeting_id",),
    amounts={
        "meetings": "meetings in the period",
        "with_specialist": "of these, with a specialist of the unit present",
        "specialists": "specialists of the unit present, added up",
    },
    left_out={"meeting_attendance_unknown": "Who was at this meeting is not known."},
    parameters={
        "kind": Parameter(
            "The kind of meeting.",
            "treatment_team",
            choices=(
                *("treatment_team", "vocational_unit", "supervision"),
                *("field_mentoring", "practitioners", "job_centre", "steering"),
                "outcome_review",
            ),
        )
    },
)


def meetings_of_kind(
    tables: Tables, asked: Sequence[Asked], kind: str = "treatment_team"
) -> list[dict[str, Any]]:
    """Return the rows of the word; its definition is MEETINGS_OF_KIND."""
    there, posts = by(tables["attendance"], "meeting_id"), in_post_on(tables)
    rows = []
    for each in asked:
        for row in tables["meetings"]:
            unit, day = row["unit_id"], row["day"]
            if row["kind"] != kind or unit is None or not each.days.contains(day):
                continue
            said = there[row["meeting_id"]]
            present = {
                one["staff_id"]
                for one in said
                if one["present"] and is_specialist(posts, unit, one["staff_id"], day)
            }
            rows.append(
                MEETINGS_OF_KIND.row(
                    period=each.period,
                    unit_id=unit,
                    meeting_id=row["meeting_id"],
                    meetings=int(bool(said)),
                    with_specialist=int(bool(present)),
                    specialists=len(present),
                    left_out=None if said else "meeting_attendance_unknown",
                )
            )
    return rows
