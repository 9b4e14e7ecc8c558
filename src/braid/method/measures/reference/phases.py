"""The word about the phases of IPS that a specialist carries out."""

from collections.abc import Sequence
from typing import Any

from braid.method.measures.reference.in_post import is_held, posts_held
from braid.method.measures.reference.populations import by
from braid.method.measures.words import Asked, Tables, Word

PHASES_DELIVERED = Word(
    name="phases_delivered",
    family="phases",
    about="The phases of IPS of which a specialist in post logged a contact in the "
    "period, each with one of these contacts. A contact that is known not to have taken "
    "place delivers nothing.",
    ids=("contact_id",),
    keys=("staff_id", "phase"),
    amounts={
        "phases": "different phases of each specialist",
        "contacts": "contacts with a known phase",
        "contacts_without_phase": "contacts whose phase is not known",
    },
)


def phases_delivered(tables: Tables, asked: Sequence[Asked]) -> list[dict[str, Any]]:
    """Return the rows of the word; its definition is PHASES_DELIVERED."""
    held = posts_held(tables)
    logged = [
        row
        for row in tables["contacts"]
        if row["attended"] is not False
        and is_held(held, (row["unit_id"], row["staff_id"]), row["day"])
    ]
    rows = []
    for each in asked:
        made = [row for row in logged if each.days.contains(row["day"])]
        for found in by(made, "unit_id", "staff_id", "phase").values():
            is_known = found[0]["phase"] is not None
            rows.append(
                PHASES_DELIVERED.row(
                    period=each.period,
                    unit_id=found[0]["unit_id"],
                    contact_id=min(row["contact_id"] for row in found),
                    staff_id=found[0]["staff_id"],
                    phase=found[0]["phase"],
                    phases=int(is_known),
                    contacts=len(found) * is_known,
                    contacts_without_phase=len(found) * (not is_known),
                )
            )
    return rows
