"""Words about support contacts: where and how the minutes were spent."""

from collections.abc import Sequence
from typing import Any

from braid.method.measures.reference.populations import in_post
from braid.method.measures.words import Asked, Row, Tables, Word

COMMUNITY = ("community", "employer_site", "home", "job_centre")
"""Places that are no office of the unit or of a treatment team."""

CONTACT_MINUTES = Word(
    name="contact_minutes",
    family="contacts",
    about="Attended contacts with minutes, by the specialist who made them, of the "
    "specialists in post on at least one day of the period.",
    ids=("contact_id", "episode_id"),
    keys=("staff_id",),
    amounts={
        "community_minutes": "minutes face to face at places that are no offices",
        "f2f_minutes": "minutes face to face at any place",
        "all_minutes": "minutes in any way",
        "place_unknown_minutes": "minutes face to face at a place not known",
        "mode_unknown_minutes": "minutes in a way not known",
    },
    left_out={
        "minutes_unknown": "The minutes of this contact are not known.",
        "attendance_unknown": "Whether this contact was kept is not known.",
        "specialist_unknown": "Who made this contact is not known.",
    },
)


def contact_minutes(tables: Tables, asked: Sequence[Asked]) -> list[dict[str, Any]]:
    """Return the rows of the word; its definition is CONTACT_MINUTES."""
    rows = []
    for each in asked:
        staff = in_post(tables, each.days)
        for contact in tables["contacts"]:
            maker = contact["staff_id"]
            if (
                each.days.contains(contact["day"])
                and contact["attended"] is not False
                and contact["minutes"] != 0
                and (maker is None or (contact["unit_id"], maker) in staff)
            ):
                rows.append(_row(each, contact))
    return rows


def _row(asked: Asked, contact: Row) -> dict[str, Any]:
    reason = None
    if contact["staff_id"] is None:
        reason = "specialist_unknown"
    elif contact["attended"] is None:
        reason = "attendance_unknown"
    elif contact["minutes"] is None:
        reason = "minutes_unknown"
    minutes = 0 if reason else contact["minutes"]
    in_person = minutes if contact["mode"] == "in_person" else 0
    place = contact["place"]
    return CONTACT_MINUTES.row(
        period=asked.period,
        unit_id=contact["unit_id"],
        contact_id=contact["contact_id"],
        episode_id=contact["episode_id"],
        staff_id=contact["staff_id"],
        community_minutes=in_person if place in COMMUNITY else 0,
        f2f_minutes=in_person,
        all_minutes=minutes,
        place_unknown_minutes=in_person if place is None else 0,
        mode_unknown_minutes=minutes if contact["mode"] is None else 0,
        left_out=reason,
    )
