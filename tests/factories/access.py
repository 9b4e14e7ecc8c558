"""Factories of the access room."""

from datetime import UTC, date, datetime

import factory
from factory.django import DjangoModelFactory

from braid.access import models


class OrganisationFactory(DjangoModelFactory):
    name = factory.Sequence(lambda n: f"Organisation {n}")
    slug = factory.Sequence(lambda n: f"organisation-{n}")
    sector = "ips_provider"
    country = "dk"

    class Meta:
        model = models.Organisation


class TeamFactory(DjangoModelFactory):
    organisation = factory.SubFactory(OrganisationFactory)
    name = factory.Sequence(lambda n: f"Team {n}")
    slug = factory.Sequence(lambda n: f"team-{n}")
    kind = "ips_unit"

    class Meta:
        model = models.Team


class TeamLinkFactory(DjangoModelFactory):
    unit = factory.SubFactory(TeamFactory)
    team = factory.SubFactory(TeamFactory, kind="treatment_team")

    class Meta:
        model = models.TeamLink


class UserFactory(DjangoModelFactory):
    name = factory.Sequence(lambda n: f"Person {n}")
    email = factory.Sequence(lambda n: f"person-{n}@example.org")

    class Meta:
        model = models.User


class MembershipFactory(DjangoModelFactory):
    user = factory.SubFactory(UserFactory)
    team = factory.SubFactory(TeamFactory)
    organisation = factory.SelfAttribute("team.organisation")
    role = "specialist"
    first_day = date(2024, 1, 2)

    class Meta:
        model = models.Membership


class InvitationFactory(DjangoModelFactory):
    user = factory.SubFactory(UserFactory)
    token_hash = factory.Sequence(lambda n: f"{n:064x}")
    expires_at = datetime(2026, 10, 19, tzinfo=UTC)

    class Meta:
        model = models.Invitation


class AuditEntryFactory(DjangoModelFactory):
    role = "specialist"
    action = "opened"

    class Meta:
        model = models.AuditEntry


class ChangeFactory(DjangoModelFactory):
    record_kind = "people.applicant"
    record_key = factory.Faker("uuid4")
    row_version = 2
    field = "phone"

    class Meta:
        model = models.Change
