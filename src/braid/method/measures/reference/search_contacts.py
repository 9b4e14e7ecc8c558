"""Words about contacts with employers in a search: logged, fitting, and how they go."""

from collections.abc import Sequence
from typing import Any

from braid.kernel.dates import days_between
from braid.method.measures.reference.employer_contacts import BY_SPECIALIST
from braid.method.measures.reference.populations import by, in_post
from braid.method.measures.words import Asked, Parameter, Row, Tables, Word

AFTER = 30

LOGGED_SEARCHES = Word(
    name="logged_searches",
    family="search_contacts",
    about="Accepted episodes with their first meeting in the period, whose time for a "
    "first employer contact is over or who had one, and whether a log of employer "
    "contacts is kept for them: at least one contact, in any way.",
    ids=("episode_id",),
    amounts={
        "searches": "episodes with their first meeting in the period, for whom a log is "
        "to be expected",
        "searches_logged": "of these, with at least one employer contact logged",
    },
    left_out={
        "too_early": "No employer contact so far, and few days have passed.",
    },
    parameters={
        "after": Parameter(
            "The days after which a log is expected of somebody without a contact.",
            AFTER,
            "number",
        )
    },
)


def logged_searches(
    tables: Tables, asked: Sequence[Asked], after: int = AFTER
) -> list[dict[str, Any]]:
    """Return the rows of the word; its definition is LOGGED_SEARCHES."""
    made = by(tables["employer_contacts"], "episode_id")
    rows = []
    for each in asked:
        for episode in tables["episodes"]:
            accepted, entered = episode["accepted_on"], episode["entered_on"]
            if accepted is None or entered is None or accepted > each.as_of:
                continue
            if not each.days.contains(entered):
                continue
            contacts = made[episode["episode_id"]]
            logged = any(contact["day"] <= each.as_of for contact in contacts)
            end = min(each.as_of, episode["exited_on"] or each.as_of)
            due = logged or days_between(entered, end) >= after
            rows.append(
                LOGGED_SEARCHES.row(
                    period=each.period,
                    unit_id=episode["unit_id"],
                    episode_id=episode["episode_id"],
                    searches=int(due),
                    searches_logged=int(logged),
                    left_out=None if due else "too_early",
                )
            )
    return rows


FITTING_CONTACTS = Word(
    name="fitting_contacts",
    family="search_contacts",
    about="Employer contacts of the period made for one person, in any way and by "
    "anybody, and whether they fit the plan then in force.",
    ids=("employer_contact_id", "episode_id"),
    keys=("staff_id",),
    amounts={
        "for_a_person": "employer contacts for one person of which is known whether "
        "they fit the plan",
        "fitting": "of these, those that fit",
        "fit_unknown": "employer contacts for one person of which that is not known",
    },
    left_out={
        "fit_unknown": "Whether this employer contact fits the plan is not known.",
        "person_unknown": "Whether this employer contact was for one person is not "
        "known.",
    },
)


def fitting_contacts(tables: Tables, asked: Sequence[Asked]) -> list[dict[str, Any]]:
    """Return the rows of the word; its definition is FITTING_CONTACTS."""
    return [
        _fitting_row(each, contact)
        for each in asked
        for contact in tables["employer_contacts"]
        if each.days.contains(contact["day"])
        and contact["client_specific"] is not False
    ]


def _fitting_row(asked: Asked, contact: Row) -> dict[str, Any]:
    fits, reason = contact["fits_plan"], None
    if contact["client_specific"] is None:
        reason = "person_unknown"
    elif fits is None:
        reason = "fit_unknown"
    return FITTING_CONTACTS.row(
        period=asked.period,
        unit_id=contact["unit_id"],
        employer_contact_id=contact["employer_contact_id"],
        episode_id=contact["episode_id"],
        staff_id=contact["staff_id"],
        for_a_person=int(reason is None),
        fitting=int(reason is None and bool(fits)),
        fit_unknown=int(reason == "fit_unknown"),
        left_out=reason,
    )


EMPLOYER_VISITS = Word(
    name="employer_visits",
    family="search_contacts",
    about="Employer contacts face to face in the period by specialists in post on at "
    "least one day of it: repeated, with somebody who hires, for one person.",
    ids=("employer_contact_id", "episode_id"),
    keys=("staff_id",),
    amounts={
        "visits": "employer contacts face to face",
        "number_known": "of these, those whose number at this employer is known",
        "repeated": "of these, the second and later ones",
        "whom_known": "employer contacts of which is known whether the person met hires",
        "with_hiring_role": "of these, with a person who hires",
        "for_whom_known": "employer contacts known to be for one person, or for none",
        "for_one_person": "of these, for one person",
    },
    left_out={"specialist_unknown": "Who made this employer contact is not known."},
)


def employer_visits(tables: Tables, asked: Sequence[Asked]) -> list[dict[str, Any]]:
    """Return the rows of the word; its definition is EMPLOYER_VISITS."""
    rows = []
    for each in asked:
        staff = in_post(tables, each.days)
        rows += [
            _visit_row(each, contact)
            for contact in tables["employer_contacts"]
            if each.days.contains(contact["day"])
            and contact["made_by"] in BY_SPECIALIST
            and contact["mode"] == "in_person"
            and (
                contact["staff_id"] is None
                or (contact["unit_id"], contact["staff_id"]) in staff
            )
        ]
    return rows


def _visit_row(asked: Asked, contact: Row) -> dict[str, Any]:
    known = {
        "period": asked.period,
        "unit_id": contact["unit_id"],
        "employer_contact_id": contact["employer_contact_id"],
        "episode_id": contact["episode_id"],
        "staff_id": contact["staff_id"],
    }
    if contact["staff_id"] is None:
        return EMPLOYER_VISITS.row(**known, left_out="specialist_unknown")
    number = contact["visit_no"]
    return EMPLOYER_VISITS.row(
        **known,
        visits=1,
        number_known=int(number is not None),
        repeated=int(number is not None and number > 1),
        whom_known=int(contact["with_hiring_role"] is not None),
        with_hiring_role=int(bool(contact["with_hiring_role"])),
        for_whom_known=int(contact["client_specific"] is not None),
        for_one_person=int(bool(contact["client_specific"])),
    )
