"""What a unit gives beside its figures, quarter by quarter: vacancies, unemployment."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db import transaction
from django.http import Http404
from django.utils.translation import gettext as _

from braid.access import audit
from braid.access.changes import edit
from braid.access.policy import Action, Actor, Information
from braid.access.queries import require
from braid.facts.queries import overseen_unit
from braid.kernel.dates import add_months, quarter_id, quarter_period
from braid.kernel.errors import InputFault, Stale
from braid.outcomes.models import UnitQuarter

if TYPE_CHECKING:
    from braid.access.models import Team

SHOWN = 8  # quarters
HUNDREDTH = Decimal("0.01")


def unit_of(actor: Actor, name: str) -> Team:
    """Return a unit that `actor` oversees, else answer 404."""
    found = overseen_unit(actor, name)
    if found is None:
        raise Http404
    return found


def quarters(today: date) -> list[str]:
    """Return the quarters that are given, the present one first."""
    first_day = quarter_period(quarter_id(today)).first_day
    return [quarter_id(add_months(first_day, -3 * n)) for n in range(SHOWN)]


def given(unit: Team, today: date) -> dict[str, UnitQuarter | None]:
    """Return what was given for each of these quarters, of a unit that is overseen."""
    kept = UnitQuarter.objects.filter(unit=unit, quarter__in=quarters(today))
    rows = {row.quarter: row for row in kept.system("of a unit that is overseen")}
    return {quarter: rows.get(quarter) for quarter in quarters(today)}


@transaction.atomic
def give_quarter(
    *,
    actor: Actor,
    unit: Team,
    quarter: str,
    today: date,
    row_version: int,
    vacant_fte: Decimal | None,
    local_unemployment: Decimal | None,
    source: str,
) -> UnitQuarter:
    """Give or correct the numbers of a quarter; `row_version` 0 shows that none stood.

    Raises Refused, InputFault for a quarter to come or a number without its source,
    and Stale.
    """
    require(actor, Action.OVERSEE, unit.subject(Information.STATISTICAL))
    if quarter_period(quarter).first_day > today:
        raise InputFault(
            _("This quarter is still to come. Choose one that has begun."),
            field="quarter",
            reason="quarter_to_come",
        )
    if local_unemployment is not None and not source.strip():
        raise InputFault(
            _("Say where the number is from: the office, and its page or table."),
            field="source",
            reason="no_source",
        )
    kept = UnitQuarter.objects.filter(unit=unit, quarter=quarter)
    row = kept.system("of a unit that is overseen").first()
    if row is not None and not row_version:
        raise Stale(())
    if row is None:
        row = UnitQuarter.objects.create(
            unit=unit, quarter=quarter, created_by_id=actor.id
        )
        audit.record(actor, "unit_quarter_given", row)
        row_version = row.row_version
    edit(
        actor,
        row,
        action="unit_quarter_changed",
        expected_version=row_version,
        vacant_fte=_as_kept(vacant_fte),
        local_unemployment=_as_kept(local_unemployment),
        source=source.strip(),
    )
    return row


def _as_kept(number: Decimal | None) -> Decimal | None:
    """Return a number with the places that the record keeps: 0.5 is no other than 0.50."""
    return number.quantize(HUNDREDTH) if number is not None else None
