"""Contacts, jobs and meetings, laid over the facts."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict
from datetime import date
from uuid import UUID

from braid.exchange.choices import LinkKind
from braid.exchange.commands import values
from braid.exchange.planned_facts.overlay import Laying, Row, told
from braid.teamwork.choices import MeetingKind
from braid.work.commands import NewJob

TABLE_OF = {
    LinkKind.CONTACTS: "contacts",
    LinkKind.EMPLOYER_CONTACTS: "employer_contacts",
    LinkKind.JOBS: "jobs",
}
KEY_OF = {
    "contacts": "contact_id",
    "employer_contacts": "employer_contact_id",
    "jobs": "job_id",
}


def lay_logs(laying: Laying) -> None:
    for kind, table in TABLE_OF.items():
        _lay_log(laying, kind, table)
    _lay_attendance(laying)


def _lay_log(laying: Laying, kind: str, table: str) -> None:
    new_row, ids, over = values.NEW_ROW[kind], laying.ids, laying.over
    changed = laying.rows(kind, "update")
    there = over.take(table, [row.existing for row in changed])
    rows: list[Row] = []
    for row in laying.rows(kind, "create"):
        new, key = new_row(row.record, ids), laying.new_id()
        rows.append(_whole(laying, table, key, told(table, new)))
        if isinstance(new, NewJob):
            _lay_parts(laying, key, new)
    for row in changed:
        was = there[row.existing][0]
        now = values.OF_ROW[kind](row.record, ids)
        rows.append(_whole(laying, table, row.existing, was | now))
        if kind == LinkKind.JOBS:
            _lay_parts(laying, row.existing, new_row(row.record, ids))
    over.lay(table, rows)


def _whole(laying: Laying, table: str, key: UUID | str, row: Row) -> Row:
    whole = row | {KEY_OF[table]: key, "unit_id": laying.unit}
    if table == "employer_contacts":  # naming somebody says that it was for them
        whole["client_specific"] = True if whole.get("episode_id") else None
    return whole


def _lay_parts(laying: Laying, key: UUID | str, job: NewJob) -> None:
    terms = [asdict(one) for one in job.terms]
    for table, told_parts in (("job_terms", terms), ("paid_work", values.paid_of(job))):
        there = laying.over.take(table, [key]).get(str(key), [])
        names = {"job_id": key, "unit_id": laying.unit}
        parts = _merged(there, told_parts)
        laying.over.lay(table, [part | names for part in parts])


def _merged(there: Sequence[Row], wanted: Iterable[Row]) -> list[Row]:
    """Return the parts of the roster; one of the same first day keeps what else it has."""
    by_day = {row["first_day"]: row for row in there}
    return [by_day.get(row["first_day"], {}) | row for row in wanted]


def _lay_attendance(laying: Laying) -> None:
    """Lay who was at which meeting, one meeting a team and day; no name says nothing."""
    over, kind = laying.over, LinkKind.MEETINGS
    meetings: dict[tuple[str | None, date], str] = {
        (row["team_id"], row["day"]): row["meeting_id"]
        for row in over.present("meetings")
        if row["kind"] == MeetingKind.TREATMENT_TEAM
    }
    for does in ("create", "update"):
        for planned in laying.rows(kind, does):
            row = values.of_meeting(planned.record, laying.ids)
            team = str(row["team_id"]) if row["team_id"] else None
            if (team, row["day"]) not in meetings:
                meetings[team, row["day"]] = _lay_meeting(laying, team, row["day"])
            if row["staff_id"] is not None:
                _lay_presence(laying, meetings[team, row["day"]], row, does)


def _lay_meeting(laying: Laying, team: str | None, day: date) -> str:
    key = laying.new_id()
    meeting = {"meeting_id": key, "unit_id": laying.unit, "team_id": team, "day": day}
    laying.over.lay("meetings", [meeting | {"kind": MeetingKind.TREATMENT_TEAM.value}])
    return str(key)


def _lay_presence(laying: Laying, meeting: str, row: Row, does: str) -> None:
    kept: list[Row] = []
    if does == "update":
        there = laying.over.take("attendance", [meeting]).get(meeting, [])
        kept = [one for one in there if one["staff_id"] != str(row["staff_id"])]
    names = {"meeting_id": meeting, "unit_id": laying.unit}
    laying.over.lay("attendance", [*kept, row | names])
