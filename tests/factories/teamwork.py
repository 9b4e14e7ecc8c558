"""Factories of the teamwork room."""

from datetime import date

import factory
from factory.django import DjangoModelFactory

from braid.teamwork import models
from tests.factories.access import TeamFactory


class MeetingFactory(DjangoModelFactory):
    unit = factory.SubFactory(TeamFactory)
    kind = "treatment_team"
    day = date(2026, 9, 7)

    class Meta:
        model = models.Meeting


class AttendanceFactory(DjangoModelFactory):
    meeting = factory.SubFactory(MeetingFactory)
    present = True

    class Meta:
        model = models.Attendance
