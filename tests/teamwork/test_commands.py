"""Who was at which meeting, as a roster tells it."""

from datetime import date

import pytest

from braid.kernel.errors import Refused
from braid.teamwork.commands import (
    NewAttendance,
    NewMeeting,
    record_attendance,
    record_meetings,
)
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


def test_a_meeting_of_any_kind_comes_with_who_was_there(world):
    ada, ben = world.ada.user.pk, world.ben.user.pk
    day = date(2026, 9, 7)
    rows = [
        NewMeeting("vocational_unit", day, attendance=((ada, True), (ben, False))),
        NewMeeting("treatment_team", day, world.east.pk),
    ]
    ids = record_meetings(actor=world.ben.actor, unit=world.north, rows=rows)
    assert ids == [row.id for row in rows]
    found = Attendance.objects.system("test").values_list(
        "meeting_id", "staff_id", "present"
    )
    assert set(found) == {(ids[0], ada, True), (ids[0], ben, False)}
    assert Meeting.objects.system("test").get(pk=ids[1]).team == world.east


def test_only_who_may_import_records_meetings(world):
    with pytest.raises(Refused):
        record_meetings(actor=world.ada.actor, unit=world.north, rows=[])
