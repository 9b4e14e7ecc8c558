"""Factories of the teamwork room."""

from datetime import UTC, date, datetime

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


class GroupFactory(DjangoModelFactory):
    unit = factory.SubFactory(TeamFactory)
    kind = "steering"
    name = "Steering group"

    class Meta:
        model = models.Group


class GroupMemberFactory(DjangoModelFactory):
    group = factory.SubFactory(GroupFactory)
    name = "Bodil Krogh"
    part = "local_business"
    first_day = date(2026, 1, 5)

    class Meta:
        model = models.GroupMember


class MatterFactory(DjangoModelFactory):
    unit = factory.SubFactory(TeamFactory)
    kind = "steering"
    text = "The job centre asks for an internship first"

    class Meta:
        model = models.Matter


class CoverFactory(DjangoModelFactory):
    unit = factory.SubFactory(TeamFactory)
    staff = factory.SubFactory(UserFactory)
    covered_by = factory.SubFactory(UserFactory)
    first_day = date(2026, 10, 12)
    last_day = date(2026, 10, 16)

    class Meta:
        model = models.Cover


class NotYetReferredFactory(DjangoModelFactory):
    team = factory.SubFactory(TeamFactory, kind="treatment_team")
    label = "K. M."
    added_on = date(2026, 9, 28)

    class Meta:
        model = models.NotYetReferred


class DiscussionFactory(DjangoModelFactory):
    meeting = factory.SubFactory(MeetingFactory)
    episode = factory.SubFactory(
        EpisodeFactory, unit=factory.SelfAttribute("..meeting.unit")
    )
    discussed = True

    class Meta:
        model = models.Discussion


class MeetingNoteFactory(DjangoModelFactory):
    meeting = factory.SubFactory(MeetingFactory)
    text = "Next week at ten"

    class Meta:
        model = models.MeetingNote


class ObservationFactory(DjangoModelFactory):
    meeting = factory.SubFactory(MeetingFactory, kind="field_mentoring")
    skill = "The first visit to an employer"

    class Meta:
        model = models.Observation


class ToldFactory(DjangoModelFactory):
    task = factory.SubFactory(TaskFactory)
    staff = factory.SubFactory(UserFactory)
    seen_on = date(2026, 10, 5)

    class Meta:
        model = models.Told


class QuestionFactory(DjangoModelFactory):
    episode = factory.SubFactory(EpisodeFactory)
    unit = factory.SelfAttribute("episode.unit")
    kind = "attendance"
    by_sector = "ips_provider"
    by_team = factory.SelfAttribute("unit")
    of_sector = "mental_health"
    of_team = factory.SubFactory(TeamFactory, kind="treatment_team")
    text = "Which day of the week suits you for a meeting of three?"
    asked_on = date(2026, 9, 28)

    class Meta:
        model = models.Question


class AnswerLinkFactory(DjangoModelFactory):
    question = factory.SubFactory(QuestionFactory)
    link_hash = factory.Sequence(lambda n: f"{n:064x}")
    code_hash = factory.Sequence(lambda n: f"{n:064x}")
    expires_at = datetime(2026, 10, 19, tzinfo=UTC)

    class Meta:
        model = models.AnswerLink


class ProposalFactory(DjangoModelFactory):
    episode = factory.SubFactory(EpisodeFactory)
    day = date(2026, 9, 21)
    kind = "internship"
    by_role = "caseworker"
    wanted = False

    class Meta:
        model = models.Proposal
