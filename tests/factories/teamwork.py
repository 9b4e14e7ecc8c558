"""Factories of the teamwork room."""

from datetime import date

import factory
from factory.django import DjangoModelFactory

from braid.teamwork import models
from tests.factories.access import TeamFactory, UserFactory
from tests.factories.people import EpisodeFactory


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


class TaskFactory(DjangoModelFactory):
    episode = factory.SubFactory(EpisodeFactory)
    unit = factory.SelfAttribute("episode.unit")
    sector = "ips_provider"
    text = "Ask for the contract"

    class Meta:
        model = models.Task


class SnoozeFactory(DjangoModelFactory):
    episode = factory.SubFactory(EpisodeFactory)
    unit = factory.SelfAttribute("episode.unit")
    staff = factory.SubFactory(UserFactory)
    kind = "inactivity"
    until_on = date(2026, 10, 12)
    reason = "On holiday until then"

    class Meta:
        model = models.Snooze
