"""Who was at which meeting, as a roster tells it."""

from datetime import date

import pytest

from braid.kernel.errors import Refused
from braid.teamwork.commands import NewAttendance, record_attendance
from braid.teamwork.models import Attendance, Meeting


def rows(world, *people):
    return [
        NewAttendance(date(2026, 9, 7), world.east.pk, person, True)
        for person in people
    ]


def test_two_specialists_at_one_meeting_make_one_meeting(world):
    given = {"actor": world.ben.actor, "unit": world.north}
    record_attendance(**given, rows=rows(world, world.ada.user.pk, world.ben.user.pk))
    record_attendance(**given, rows=rows(world, world.ola.user.pk))
    assert Meeting.objects.system("test").count() == 1
    assert Attendance.objects.system("test").count() == 3


def test_only_who_may_import_records_attendance(world):
    with pytest.raises(Refused):
        record_attendance(actor=world.ada.actor, unit=world.north, rows=[])
