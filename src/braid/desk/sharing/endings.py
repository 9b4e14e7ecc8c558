"""Agreements that end soon, for the specialist: a line on Today and on the person's page."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from braid.access import agreements
from braid.desk.sharing.presenters import ending_clock
from braid.packs import consents
from braid.people.queries import CaseloadRow
from braid.web.presenters import Clock


@dataclass(frozen=True, slots=True)
class EndingLine:
    """Somebody whose agreement ends soon."""

    name: str
    url: str
    clock: Clock


def of(rows: Iterable[CaseloadRow], day: date) -> list[EndingLine]:
    """Return the agreements of these people that end soon, the next one first."""
    names = {row.applicant_id: row.name for row in rows}
    if not names:
        return []
    return [
        EndingLine(
            name=names[ending.entry.applicant_id],
            url=reverse("desk:sharing", args=[ending.entry.applicant_id]),
            clock=ending_clock(
                ending, consents.of_country(ending.entry.organisation.country), day
            ),
        )
        for ending in agreements.endings(day, names)
    ]
