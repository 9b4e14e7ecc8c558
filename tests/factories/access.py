"""Factories of the access room."""

from datetime import UTC, date, datetime, timedelta

import factory
from factory.django import DjangoModelFactory

from braid.access import models
from braid.kernel.ids import new_id

NOON = datetime(2026, 10, 5, 12, tzinfo=UTC)


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
    sequence = factory.Sequence(lambda n: 1_000_000 + n)
    at = NOON
    hash = "0" * 64

    class Meta:
        model = models.AuditEntry


class ChangeFactory(DjangoModelFactory):
    record_kind = "people.applicant"
    record_key = factory.Faker("uuid4")
    row_version = 2
    field = "phone"

    class Meta:
        model = models.Change


class AuditHeadFactory(DjangoModelFactory):
    organisation_id = factory.Faker("uuid4")
    hash = "0" * 64

    class Meta:
        model = models.AuditHead


class AuditRootFactory(DjangoModelFactory):
    organisation_id = factory.Faker("uuid4")
    sequence = 1
    hash = "0" * 64
    at = NOON
    key_id = "k1"
    signature = ""

    class Meta:
        model = models.AuditRoot


class FindingFactory(DjangoModelFactory):
    organisation = factory.SubFactory(OrganisationFactory)
    user = factory.SubFactory(UserFactory)
    applicant_id = factory.Faker("uuid4")
    day = date(2026, 10, 1)
    accesses = 1
    found_at = NOON

    class Meta:
        model = models.Finding


class ReviewSignOffFactory(DjangoModelFactory):
    organisation = factory.SubFactory(OrganisationFactory)
    week = date(2026, 9, 28)
    signed_at = NOON
    signed_by = factory.SubFactory(UserFactory)
    found = 0

    class Meta:
        model = models.ReviewSignOff


class ConsentEntryFactory(DjangoModelFactory):
    organisation = factory.SubFactory(OrganisationFactory)
    number = factory.Sequence(lambda n: n + 1)
    applicant_id = factory.Faker("uuid4")
    recorded_at = NOON
    kind = "given"
    purpose = "treatment"
    receiver = factory.SubFactory(OrganisationFactory)
    information = factory.LazyFunction(lambda: ["identity", "jobs"])
    first_day = date(2026, 10, 1)
    last_day = date(2027, 9, 30)
    way = "spoken"

    class Meta:
        model = models.ConsentEntry


class SharingFactory(DjangoModelFactory):
    applicant_id = factory.Faker("uuid4")
    organisation = factory.SubFactory(OrganisationFactory)
    purpose = "treatment"
    information = "jobs"
    first_day = date(2026, 10, 1)
    last_day = date(2027, 9, 30)
    number = 1

    class Meta:
        model = models.Sharing


class BlockFactory(DjangoModelFactory):
    organisation = factory.SubFactory(OrganisationFactory)
    applicant_id = factory.Faker("uuid4")
    user = factory.SubFactory(UserFactory)
    name = factory.SelfAttribute("user.name")
    set_at = NOON

    class Meta:
        model = models.Block


class BlockSetAsideFactory(DjangoModelFactory):
    block = factory.SubFactory(BlockFactory)
    reason = "life_or_health"
    words = "An emergency."
    first_by = factory.SubFactory(UserFactory)
    first_role = "supervisor"
    first_at = NOON

    class Meta:
        model = models.BlockSetAside


class BrokenGlassFactory(DjangoModelFactory):
    applicant_id = factory.Faker("uuid4")
    user = factory.SubFactory(UserFactory)
    organisation = factory.SubFactory(OrganisationFactory)
    holder = factory.SubFactory(OrganisationFactory)
    reason = "life_or_health"
    words = "An emergency."
    opened_at = NOON
    expires_at = NOON + timedelta(hours=1)
    review_due_at = NOON + timedelta(hours=72)

    class Meta:
        model = models.BrokenGlass


class RestrictionFactory(DjangoModelFactory):
    organisation = factory.SubFactory(OrganisationFactory)
    applicant_id = factory.Faker("uuid4")
    reason = "Asked for."
    set_at = NOON

    class Meta:
        model = models.Restriction


class ApplicantAccountFactory(DjangoModelFactory):
    user = factory.SubFactory(UserFactory)
    applicant_id = factory.Faker("uuid4")
    organisation = factory.SubFactory(OrganisationFactory)
    made_at = NOON

    class Meta:
        model = models.ApplicantAccount


class ApplicantInvitationFactory(DjangoModelFactory):
    organisation = factory.SubFactory(OrganisationFactory)
    applicant_id = factory.Faker("uuid4")
    code_hash = factory.Sequence(lambda n: f"{n:064x}")
    invited_at = NOON
    expires_at = NOON + timedelta(days=14)

    class Meta:
        model = models.ApplicantInvitation


class NoticeFactory(DjangoModelFactory):
    applicant_id = factory.Faker("uuid4")
    kind = "glass_broken"
    at = NOON

    class Meta:
        model = models.Notice


class SubjectRequestFactory(DjangoModelFactory):
    organisation = factory.SubFactory(OrganisationFactory)
    applicant_id = factory.Faker("uuid4")
    kind = "copy"
    made_at = NOON
    due_on = date(2026, 11, 5)

    class Meta:
        model = models.SubjectRequest


class RequestEntryFactory(DjangoModelFactory):
    request = factory.SubFactory(SubjectRequestFactory)
    number = 1
    state = "received"
    recorded_at = NOON

    class Meta:
        model = models.RequestEntry


class ErasedSubjectFactory(DjangoModelFactory):
    applicant_id = factory.Faker("uuid4")
    organisation_id = factory.Faker("uuid4")
    erased_at = NOON
    reason = "asked"

    class Meta:
        model = models.ErasedSubject


class SignInProviderFactory(DjangoModelFactory):
    organisation = factory.SubFactory(OrganisationFactory)
    slug = factory.Sequence(lambda n: f"provider-{n}")
    name = "Regional sign-in"
    issuer = "https://sign-in.example.org"
    client_id = "braid"

    class Meta:
        model = models.SignInProvider


class DraftFactory(DjangoModelFactory):
    user = factory.SubFactory(UserFactory)
    form = factory.Sequence(lambda n: f"/episodes/{n}/words/")
    sealed = b"k1:nothing"
    saved_at = datetime(2026, 10, 1, 9, 0, tzinfo=UTC)

    class Meta:
        model = models.Draft


class SentFormFactory(DjangoModelFactory):
    id = factory.LazyFunction(new_id)
    saved_at = datetime(2026, 10, 1, 9, 0, tzinfo=UTC)

    class Meta:
        model = models.SentForm
