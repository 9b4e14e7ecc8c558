"""Words about where a specialist works: time logged, and talks at a job centre."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from braid.method.measures.reference.contacts import COMMUNITY
from braid.method.measures.reference.populations import in_post
from braid.method.measures.reference.specialist_weeks import weeks_in_post
from braid.method.measures.words import Asked, Row, Tables, Word

OFFICES = ("ips_office", "treatment_office")
JOB_CENTRE = "job_centre"

LOGGED_TIME = Word(
    name="logged_time",
    family="working_time",
    about="Working time logged in the period by specialists in post on at least one day "
    "of it, leave left aside; and the weeks that lie wholly in the period and in their "
    "post, with those of which anything is logged.",
    ids=("entry_id", "week"),
    keys=("staff_id",),
    amounts={
        "outside_minutes": "minutes at places that are no offices",
        "in_person_minutes": "these, and minutes at offices of the unit or of a "
        "treatment team",
        "scheduled_minutes": "these, and minutes spent remotely",
        "travel_minutes": "minutes on the way, in none of the others",
        "job_centre_minutes": "minutes at a job centre",
        "place_unknown_minutes": "minutes at a place not known, in none of the others",
        "weeks": "weeks in post",
        "weeks_logged": "of these, those of which anything is logged",
    },
    left_out={"place_unknown": "Where this time was spent is not known."},
)


def logged_time(tables: Tables, asked: Sequence[Asked]) -> list[dict[str, Any]]:
    """Return the rows of the word; its definition is LOGGED_TIME."""
    entries, rows = tables["time_entries"], []
    logged = {
        (row["unit_id"], row["staff_id"], row["day"] - timedelta(row["day"].weekday()))
        for row in entries
    }
    for each in asked:
        staff = in_post(tables, each.days)
        rows += [
            _entry_row(each, entry)
            for entry in entries
            if each.days.contains(entry["day"])
            and entry["activity"] != "leave"
            and (entry["unit_id"], entry["staff_id"]) in staff
        ]
        rows += [
            LOGGED_TIME.row(
                period=each.period,
                unit_id=unit,
                staff_id=who,
                week=week.first_day.isoformat(),
                weeks=1,
                weeks_logged=int((unit, who, week.first_day) in logged),
            )
            for unit, who, week in weeks_in_post(tables, each)
        ]
    return rows


def _entry_row(asked: Asked, entry: Row) -> dict[str, Any]:
    minutes, place = entry["minutes"], entry["place"]
    travel = entry["activity"] == "travel"
    unknown = place is None and not travel

    def counted(holds: bool) -> int:
        return minutes if holds and not travel and not unknown else 0

    return LOGGED_TIME.row(
        period=asked.period,
        unit_id=entry["unit_id"],
        entry_id=entry["entry_id"],
        staff_id=entry["staff_id"],
        outside_minutes=counted(place in COMMUNITY),
        in_person_minutes=counted(place in (*COMMUNITY, *OFFICES)),
        scheduled_minutes=counted(True),
        travel_minutes=minutes if travel else 0,
        job_centre_minutes=counted(place == JOB_CENTRE),
        place_unknown_minutes=minutes if unknown else 0,
        left_out="place_unknown" if unknown else None,
    )


JOB_CENTRE_CONTACTS = Word(
    name="job_centre_contacts",
    family="working_time",
    about="Attended contacts face to face at a job centre with known minutes, by "
    "specialists in post on at least one day of the period.",
    ids=("contact_id", "episode_id"),
    keys=("staff_id",),
    amounts={"job_centre_contact_minutes": "minutes face to face at a job centre"},
)


def job_centre_contacts(tables: Tables, asked: Sequence[Asked]) -> list[dict[str, Any]]:
    """Return the rows of the word; its definition is JOB_CENTRE_CONTACTS."""
    rows = []
    for each in asked:
        staff = in_post(tables, each.days)
        rows += [
            JOB_CENTRE_CONTACTS.row(
                period=each.period,
                unit_id=contact["unit_id"],
                contact_id=contact["contact_id"],
                episode_id=contact["episode_id"],
                staff_id=contact["staff_id"],
                job_centre_contact_minutes=contact["minutes"],
            )
            for contact in tables["contacts"]
            if each.days.contains(contact["day"])
            and contact["attended"]
            and contact["minutes"]
            and contact["mode"] == "in_person"
            and contact["place"] == JOB_CENTRE
            and (contact["unit_id"], contact["staff_id"]) in staff
        ]
    return rows
