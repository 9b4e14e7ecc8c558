"""The word that counts what there is: people, referrals, contacts, jobs."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from braid.method.measures.reference.populations import person_of
from braid.method.measures.words import Asked, Row, Tables, Word

COUNTS = Word(
    name="counts",
    family="counts",
    about="Everything that is known on the last day of the facts, a row a thing.",
    ids=("person_key", "episode_id", "contact_id", "employer_contact_id", "job_id"),
    keys=("placement",),
    amounts={
        "clients": "people, each once however many referrals they have",
        "referrals": "referrals, accepted or not",
        "episodes": "referrals with a day of acceptance",
        "contacts": "support contacts, kept and not kept",
        "employer_contacts": "employer contacts in any way",
        "employer_contacts_f2f": "of these, face to face",
        "jobs": "jobs and placements of any kind; the key `placement` says which",
    },
)


def counts(tables: Tables, asked: Sequence[Asked]) -> list[dict[str, Any]]:
    """Return the rows of the word; its definition is COUNTS."""
    rows = []
    for each in asked:
        known = [row for row in tables["episodes"] if _by(each, row["referred_on"])]
        for unit_id, person_key in {person_of(row) for row in known}:
            rows.append(
                _row(each, {"unit_id": unit_id, "person_key": person_key}, clients=1)
            )
        for row in known:
            accepted = row["accepted_on"] is not None and _by(each, row["accepted_on"])
            ids = ("person_key", "episode_id")
            rows.append(_row(each, row, *ids, referrals=1, episodes=int(accepted)))
        rows += _of_logs(tables, each)
        rows += [
            _row(each, row, "episode_id", "job_id", jobs=1)
            | {"placement": row["placement"] or "unknown"}
            for row in tables["jobs"]
            if _by(each, row["first_day"])
        ]
    return rows


def _of_logs(tables: Tables, asked: Asked) -> list[dict[str, Any]]:
    contacts = [
        _row(asked, row, "episode_id", "contact_id", contacts=1)
        for row in tables["contacts"]
        if _by(asked, row["day"])
    ]
    return contacts + [
        _row(
            asked,
            row,
            "episode_id",
            "employer_contact_id",
            employer_contacts=1,
            employer_contacts_f2f=int(row["mode"] == "in_person"),
        )
        for row in tables["employer_contacts"]
        if _by(asked, row["day"])
    ]


def _by(asked: Asked, day: date | None) -> bool:
    """Say whether something of a day is known; what has no day is."""
    return day is None or day <= asked.as_of


def _row(asked: Asked, found: Row, *ids: str, **amounts: int) -> dict[str, Any]:
    named = {name: found[name] for name in ids or ("person_key",)}
    return COUNTS.row(period=asked.period, unit_id=found["unit_id"], **named, **amounts)
