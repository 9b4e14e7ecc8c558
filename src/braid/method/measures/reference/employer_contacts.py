"""Words about employer contacts: how many a specialist makes, and how soon the first."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from braid.kernel.dates import days_between
from braid.method.measures.reference.equity import Groups
from braid.method.measures.reference.populations import (
    by,
    in_post,
    person_of,
    posts,
    spell,
)
from braid.method.measures.reference.teams import AROUND, Around
from braid.method.measures.words import GROUP, Asked, Row, Tables, Word

BY_SPECIALIST = ("specialist", "both")

EMPLOYER_CONTACTS_AND_POSTS = Word(
    name="employer_contacts_and_posts",
    family="employer_contacts",
    about="Employer contacts face to face in the period by specialists in post on at "
    "least one day of it; and their posts with the days in post in the period.",
    ids=("employer_contact_id",),
    keys=("staff_id",),
    amounts={
        "contacts": "employer contacts face to face, with or without an applicant",
        "days_in_post": "days in post in the period, both ends included",
    },
    left_out={
        "mode_unknown": "Whether this employer contact was face to face is not known.",
        "specialist_unknown": "Who made this employer contact is not known.",
    },
)


def employer_contacts_and_posts(
    tables: Tables, asked: Sequence[Asked]
) -> list[dict[str, Any]]:
    """Return the rows of the word; its definition is EMPLOYER_CONTACTS_AND_POSTS."""
    rows = []
    for each in asked:
        staff = in_post(tables, each.days)
        for contact in tables["employer_contacts"]:
            maker = contact["staff_id"]
            if (
                each.days.contains(contact["day"])
                and contact["made_by"] in BY_SPECIALIST
                and contact["mode"] in ("in_person", None)
                and (maker is None or (contact["unit_id"], maker) in staff)
            ):
                rows.append(_contact_row(each, contact))
        for held in by(posts(tables), "team_id", "staff_id").values():
            rows += _post_rows(each, held)
    return rows


def _contact_row(asked: Asked, contact: Row) -> dict[str, Any]:
    reason = None
    if contact["staff_id"] is None:
        reason = "specialist_unknown"
    elif contact["mode"] is None:
        reason = "mode_unknown"
    return EMPLOYER_CONTACTS_AND_POSTS.row(
        period=asked.period,
        unit_id=contact["unit_id"],
        employer_contact_id=contact["employer_contact_id"],
        staff_id=contact["staff_id"],
        contacts=int(reason is None),
        left_out=reason,
    )


def _post_rows(asked: Asked, held: Sequence[Row]) -> list[dict[str, Any]]:
    """Return the posts of one specialist; a day in two of them counts in the earlier."""
    rows, counted_to = [], asked.first_day - timedelta(1)
    for post in sorted(held, key=lambda row: (row["first_day"], _end(row))):
        if not spell(post).overlaps(asked.days):
            continue
        first = max(post["first_day"], counted_to + timedelta(1))
        last = min(_end(post), asked.last_day)
        counted_to = max(counted_to, last)
        rows.append(
            EMPLOYER_CONTACTS_AND_POSTS.row(
                period=asked.period,
                unit_id=post["team_id"],
                staff_id=post["staff_id"],
                days_in_post=max(0, days_between(first, last) + 1),
            )
        )
    return rows


def _end(post: Row) -> date:
    return post["last_day"] or date.max


FIRST_EMPLOYER_CONTACT = Word(
    name="first_employer_contact",
    family="employer_contacts",
    about="Accepted episodes with their first meeting in the period, each with the days "
    "to the first employer contact face to face made for that person on or after it, "
    "before exit.",
    ids=("episode_id", "employer_contact_id"),
    keys=(*AROUND, "group"),
    amounts={
        "episodes": "episodes with their first meeting in the period",
        "with_contact": "of these, with such an employer contact",
        "days": "days from the first meeting to that employer contact",
        "without_contact": "of these, with none so far",
        "days_open": "days without one, to exit or the last day of the facts",
    },
    left_out={
        "first_meeting_missing": "Accepted in the period; no day of a first meeting.",
    },
    parameters={"group": GROUP},
)


def first_employer_contact(
    tables: Tables, asked: Sequence[Asked], group: str = "none"
) -> list[dict[str, Any]]:
    """Return the rows of the word; its definition is FIRST_EMPLOYER_CONTACT."""
    people = {row["episode_id"]: person_of(row) for row in tables["episodes"]}
    made = by(
        (
            {**row, "person": people[row["episode_id"]]}
            for row in tables["employer_contacts"]
            if row["mode"] == "in_person" and row["episode_id"] in people
        ),
        "person",
    )
    around, rows = Around(tables), []
    for each in asked:
        for episode in tables["episodes"]:
            accepted, entered = episode["accepted_on"], episode["entered_on"]
            if accepted is None or accepted > each.as_of:
                continue
            if entered is None or entered > each.as_of:
                if each.days.contains(accepted):
                    near = around.on(episode["episode_id"], accepted)
                    rows.append(_missing_row(each, episode) | near)
            elif each.days.contains(entered):
                near = around.on(episode["episode_id"], entered)
                contacts = made[person_of(episode)]
                rows.append(_cohort_row(each, episode, contacts) | near)
    return Groups(tables, group).told(rows)


def _cohort_row(asked: Asked, episode: Row, contacts: Sequence[Row]) -> dict[str, Any]:
    entered, exited = episode["entered_on"], episode["exited_on"]
    end = min(asked.as_of, exited or date.max)
    met = [
        (contact["day"], contact["employer_contact_id"])
        for contact in contacts
        if entered <= contact["day"] <= asked.as_of
        and (exited is None or contact["day"] < exited)
    ]
    day, contact_id = min(met, default=(None, None))
    return FIRST_EMPLOYER_CONTACT.row(
        period=asked.period,
        unit_id=episode["unit_id"],
        episode_id=episode["episode_id"],
        employer_contact_id=contact_id,
        episodes=1,
        with_contact=int(day is not None),
        days=days_between(entered, day) if day else 0,
        without_contact=int(day is None),
        days_open=max(0, days_between(entered, end)) if day is None else 0,
    )


def _missing_row(asked: Asked, episode: Row) -> dict[str, Any]:
    return FIRST_EMPLOYER_CONTACT.row(
        period=asked.period,
        unit_id=episode["unit_id"],
        episode_id=episode["episode_id"],
        left_out="first_meeting_missing",
    )
