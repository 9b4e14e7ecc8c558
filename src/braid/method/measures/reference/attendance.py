"""The word about meetings that specialists are at, week by week or quarter by quarter."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from braid.kernel.dates import Period
from braid.method.measures.reference.divisions import EVERY, Division, divisions
from braid.method.measures.reference.in_post import (
    Member,
    covers,
    days_in_post,
    is_held,
    posts_held,
)
from braid.method.measures.reference.kinds import MEETINGS_OF_KIND
from braid.method.measures.reference.populations import by
from braid.method.measures.words import Asked, Parameter, Row, Tables, Word

KINDS = ("supervision",)

MEETINGS_ATTENDED = Word(
    name="meetings_attended",
    family="attendance",
    about="Weeks, months or quarters of the period in which a specialist was in post, "
    "and whether the specialist was at a meeting of some kinds of the unit in each.",
    ids=("day", "meeting_id"),
    keys=("staff_id",),
    amounts={
        "stretches_with": "weeks, months or quarters with a meeting that the specialist "
        "was at",
        "stretches_unknown": "without one, but with a meeting of which it is not known "
        "who was there",
        "stretches_recorded": "with any such meeting of the unit",
        "whole_stretches": "weeks, months or quarters wholly in post",
        "whole_with": "of these, with a meeting that the specialist was at",
        "whole_unknown": "of these, without one, but with a meeting of which it is not "
        "known who was there",
    },
    parameters={
        "kinds": Parameter(
            "The kinds of meeting.",
            KINDS,
            "codes",
            choices=MEETINGS_OF_KIND.parameters["kind"].choices,
        ),
        "every": EVERY,
    },
)


class Meetings:
    """Meetings of some kinds of each unit, and who of a role was at them."""

    def __init__(
        self, tables: Tables, kinds: Collection[str], role: str = "specialist"
    ) -> None:
        self.all = [
            row
            for row in tables["meetings"]
            if row["kind"] in kinds and row["unit_id"] is not None
        ]
        self._of_unit = by(self.all, "unit_id")
        self._said = by(tables["attendance"], "meeting_id")
        self._held = posts_held(tables, role)

    def of(self, unit: str, days: Period) -> list[Row]:
        """Return the meetings of a unit on some days."""
        return [row for row in self._of_unit[unit] if days.contains(row["day"])]

    def is_said(self, meeting: Row) -> bool:
        """Say whether it is known who was there."""
        return bool(self._said[meeting["meeting_id"]])

    def present(self, meeting: Row) -> set[str]:
        """Return who was there while in post in the unit of the meeting."""
        unit, day = meeting["unit_id"], meeting["day"]
        return {
            row["staff_id"]
            for row in self._said[meeting["meeting_id"]]
            if row["present"] and is_held(self._held, (unit, row["staff_id"]), day)
        }


def meetings_attended(
    tables: Tables,
    asked: Sequence[Asked],
    kinds: Collection[str] = KINDS,
    every: Division = "week",
) -> list[dict[str, Any]]:
    """Return the rows of the word; its definition is MEETINGS_ATTENDED."""
    meetings, rows = Meetings(tables, kinds), []
    for each in asked:
        for member, held in days_in_post(tables, each).items():
            rows += [
                _row(
                    each, member, days, _met(meetings, member, days), covers(held, days)
                )
                for days in divisions(each.days, every)
                if any(spell.overlaps(days) for spell in held)
            ]
    return rows


def _met(meetings: Meetings, member: Member, days: Period) -> Mapping[str, Any]:
    unit, staff = member
    found = meetings.of(unit, days)
    at = [row["meeting_id"] for row in found if staff in meetings.present(row)]
    return {
        "meeting_id": min(at, default=None),
        "recorded": int(bool(found)),
        "unknown": int(not at and not all(map(meetings.is_said, found))),
    }


def _row(
    asked: Asked, member: Member, days: Period, met: Mapping[str, Any], is_whole: bool
) -> dict[str, Any]:
    unit, staff = member
    at = int(met["meeting_id"] is not None)
    return MEETINGS_ATTENDED.row(
        period=asked.period,
        unit_id=unit,
        day=days.first_day.isoformat(),
        meeting_id=met["meeting_id"],
        staff_id=staff,
        stretches_with=at,
        stretches_unknown=met["unknown"],
        stretches_recorded=met["recorded"],
        whole_stretches=int(is_whole),
        whole_with=int(is_whole) * at,
        whole_unknown=int(is_whole) * met["unknown"],
    )
