"""Working time: a week of one member of staff, saved at once."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext as _

from braid.access import audit
from braid.access.policy import Action, Actor, Information
from braid.access.queries import require
from braid.kernel.errors import InputFault, Stale
from braid.web.days import day_text
from braid.work import time_rules
from braid.work.models import TimeEntry
from braid.work.time_rules import Minutes

if TYPE_CHECKING:
    from braid.access.models import Team

OWN = "the actor's own working time"


def version(rows: Any) -> str:
    """Return what tells a week as it was shown from one that changed since."""
    known = sorted((str(row.pk), row.row_version) for row in rows)
    return ",".join(f"{key[:8]}.{number}" for key, number in known)


@transaction.atomic
def save_week(
    *, actor: Actor, unit: Team, monday: date, minutes: Minutes, seen: str
) -> int:
    """Write the actor's week as given and return its minutes; what is missing goes.

    `seen` is the version that the form showed. Raises Stale or InputFault.
    """
    require(actor, Action.RECORD, unit.subject(Information.ATTENDANCE))
    days = time_rules.week(monday)
    if any(day not in days for day, _where in minutes):
        raise InputFault(_("A day lies outside this week. Open the week anew."))
    for day in time_rules.impossible(minutes):
        raise InputFault(
            _("%(day)s has more than 24 hours. Take some minutes off that day.")
            % {"day": day_text(day)}
        )
    known = TimeEntry.objects.filter(
        unit=unit, staff_id=actor.id, day__range=(monday, monday + timedelta(days=6))
    )
    rows = list(known.system(OWN))
    if version(rows) != seen:
        raise Stale(())
    before = {(row.day, time_rules.Where(row.activity, row.place)): row for row in rows}
    _write(actor, unit, before, {key: n for key, n in minutes.items() if n})
    audit.record(actor, "time_saved", unit, count=len(minutes))
    return sum(minutes.values())


def _write(
    actor: Actor, unit: Team, before: dict[Any, TimeEntry], minutes: Minutes
) -> None:
    whose: Any = actor.id
    gone = [row.pk for key, row in before.items() if key not in minutes]
    TimeEntry.objects.filter(pk__in=gone).system(OWN).delete()
    changed = []
    for key, row in before.items():
        if key in minutes and row.minutes != minutes[key]:
            row.minutes, row.row_version = minutes[key], row.row_version + 1
            changed.append(row)
    TimeEntry.objects.all().system(OWN).bulk_update(changed, ["minutes", "row_version"])
    TimeEntry.objects.bulk_create(
        TimeEntry(
            unit=unit,
            staff_id=whose,
            created_by_id=actor.id,
            day=day,
            activity=where.activity,
            place=where.place,
            minutes=number,
        )
        for (day, where), number in minutes.items()
        if (day, where) not in before
    )
