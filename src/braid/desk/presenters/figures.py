"""Figures of specialists, for talking them over."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.urls import reverse

from braid.desk.presenters.clocks import is_silent
from braid.desk.presenters.people import AT_WORK, RESTING, WAITING, PersonLine
from braid.kernel.moments import Clock


@dataclass(frozen=True, slots=True)
class SpecialistLine:
    """How one specialist is doing; the specialist sees the same figures."""

    staff_id: UUID
    unit_id: UUID
    name: str
    fte: Decimal | None
    people: int
    in_work: int
    visits: int
    starts: int
    silent: int

    @property
    def url(self) -> str:
        return f"{reverse('desk:caseload')}?specialist={self.staff_id}"

    @property
    def caseload_url(self) -> str:
        """Return where the people of the caseload are listed as the measure counts."""
        return self._rows_url("item01_caseload")

    @property
    def visits_url(self) -> str:
        """Return where the employer contacts of this week are listed."""
        return f"{self._rows_url('item17_employer_contacts')}&period=week"

    def _rows_url(self, measure: str) -> str:
        address = reverse("outcomes:rows", args=[self.unit_id, measure])
        return f"{address}?value={self.staff_id}"

    @property
    def per_fte(self) -> Decimal | None:
        """Return people per full-time post, or None where the FTE is not known."""
        return self.people / self.fte if self.fte else None


def specialist_lines(
    lines: Iterable[PersonLine],
    clocks: Mapping[UUID, tuple[Clock, ...]],
    *,
    memberships: Iterable[Any],
    visits: Mapping[UUID, int],
    starts: Mapping[UUID, int],
    day: date,
) -> list[SpecialistLine]:
    """Return a line a specialist in post; nobody is ranked, the order is by name.

    The caseload is that of the measure `item01_caseload`: who waits, is paused or has
    stepped down is not in it.
    """
    held: dict[UUID | None, list[PersonLine]] = {}
    for line in lines:
        if line.stage not in (WAITING, RESTING):
            held.setdefault(line.row.specialist_id, []).append(line)
    return [
        SpecialistLine(
            staff_id=member.user_id,
            unit_id=member.team_id,
            name=member.user.name,
            fte=member.fte,
            people=len(held.get(member.user_id, [])),
            in_work=sum(one.stage in AT_WORK for one in held.get(member.user_id, [])),
            visits=visits.get(member.user_id, 0),
            starts=starts.get(member.user_id, 0),
            silent=sum(
                is_silent(clocks[one.row.episode_id], day)
                for one in held.get(member.user_id, [])
            ),
        )
        for member in memberships
    ]
