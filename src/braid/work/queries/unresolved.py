"""Appointments whose day is over and of which nobody said how they went."""

from datetime import date
from uuid import UUID

from braid.access.policy import Action, Actor
from braid.work.choices import AppointmentState
from braid.work.models import Appointment
from braid.work.queries.diary import _COLUMNS, Slot, _slots


def unresolved(actor: Actor, today: date, staff_id: UUID | None = None) -> list[Slot]:
    """Return them, of one member of staff or of the whole unit, the oldest first."""
    rows = Appointment.objects.visible_to(actor, Action.RECORD).filter(
        day__lt=today, state=AppointmentState.PLANNED
    )
    if staff_id is not None:
        rows = rows.filter(staff_id=staff_id)
    return _slots(rows.order_by("day", "begins_at").values_list(*_COLUMNS))
