"""Factories of the work room."""

from datetime import date
from decimal import Decimal

import factory
from factory.django import DjangoModelFactory

from braid.method.likeness import fold_employer
from braid.work import models
from tests.factories.access import TeamFactory, UserFactory
from tests.factories.documents import DocumentFactory
from tests.factories.people import EpisodeFactory


class EmployerFactory(DjangoModelFactory):
    unit = factory.SubFactory(TeamFactory)
    name = factory.Sequence(lambda n: f"Employer {n}")
    folded_name = factory.LazyAttribute(lambda made: fold_employer(made.name))

    class Meta:
        model = models.Employer


class DistinctEmployersFactory(DjangoModelFactory):
    unit = factory.SubFactory(TeamFactory)
    first = factory.SubFactory(EmployerFactory, unit=factory.SelfAttribute("..unit"))
    second = factory.SubFactory(EmployerFactory, unit=factory.SelfAttribute("..unit"))

    class Meta:
        model = models.DistinctEmployers


class EmployerContactFactory(DjangoModelFactory):
    unit = factory.SubFactory(TeamFactory)
    employer = factory.SubFactory(EmployerFactory, unit=factory.SelfAttribute("..unit"))
    day = date(2026, 9, 7)
    mode = "in_person"

    class Meta:
        model = models.EmployerContact


class ContactFactory(DjangoModelFactory):
    episode = factory.SubFactory(EpisodeFactory)
    day = date(2026, 9, 7)
    mode = "in_person"
    place = "community"
    minutes = 45
    attended = True

    class Meta:
        model = models.Contact


class JobFactory(DjangoModelFactory):
    episode = factory.SubFactory(EpisodeFactory)
    employer = factory.SubFactory(
        EmployerFactory, unit=factory.SelfAttribute("..episode.unit")
    )
    title = "Baker's assistant"
    first_day = date(2026, 9, 14)
    placement = "competitive"

    class Meta:
        model = models.Job


class JobTermsFactory(DjangoModelFactory):
    job = factory.SubFactory(JobFactory)
    first_day = date(2026, 9, 14)
    weekly_hours = Decimal(16)

    class Meta:
        model = models.JobTerms


class PaidWorkFactory(DjangoModelFactory):
    job = factory.SubFactory(JobFactory)
    first_day = date(2026, 9, 14)
    last_day = date(2026, 9, 20)
    hours = Decimal(16)
    source = "payslip"

    class Meta:
        model = models.PaidWork


class AbsenceFactory(DjangoModelFactory):
    job = factory.SubFactory(JobFactory)
    first_day = date(2026, 9, 21)

    class Meta:
        model = models.Absence


class DisclosureDecisionFactory(DjangoModelFactory):
    episode = factory.SubFactory(EpisodeFactory)
    decision = "approach"
    discussed_on = date(2026, 9, 1)
    agreed_on = date(2026, 9, 1)

    class Meta:
        model = models.DisclosureDecision


class DisclosureItemFactory(DjangoModelFactory):
    disclosure = factory.SubFactory(DisclosureDecisionFactory)
    item = "support"

    class Meta:
        model = models.DisclosureItem


class ApplicationFactory(DjangoModelFactory):
    episode = factory.SubFactory(EpisodeFactory)
    day = date(2026, 9, 14)

    class Meta:
        model = models.Application


class LeadFactory(DjangoModelFactory):
    employer = factory.SubFactory(EmployerFactory)
    unit = factory.SelfAttribute("employer.unit")
    title = "Morning shift"
    heard_on = date(2026, 9, 14)

    class Meta:
        model = models.Lead


class AppointmentFactory(DjangoModelFactory):
    episode = factory.SubFactory(EpisodeFactory)
    unit = factory.SelfAttribute("episode.unit")
    staff = factory.SubFactory(UserFactory)
    with_whom = "applicant"
    day = date(2026, 10, 5)

    class Meta:
        model = models.Appointment


class TimeEntryFactory(DjangoModelFactory):
    unit = factory.SubFactory(TeamFactory)
    staff = factory.SubFactory(UserFactory)
    day = date(2026, 9, 28)
    activity = "employment"
    minutes = 300

    class Meta:
        model = models.TimeEntry


class JobSupportPlanFactory(DjangoModelFactory):
    job = factory.SubFactory(JobFactory)
    made_on = date(2026, 9, 14)

    class Meta:
        model = models.JobSupportPlan


class PlannedSupportFactory(DjangoModelFactory):
    plan = factory.SubFactory(JobSupportPlanFactory)
    kind = "on_site"
    given_by = "specialist"

    class Meta:
        model = models.PlannedSupport


class SupportFactory(DjangoModelFactory):
    job = factory.SubFactory(JobFactory)
    day = date(2026, 9, 21)
    kind = "on_site"
    given_by = "specialist"

    class Meta:
        model = models.Support


class JobProblemFactory(DjangoModelFactory):
    job = factory.SubFactory(JobFactory)
    first_day = date(2026, 9, 21)
    words = "Getting up at four"

    class Meta:
        model = models.JobProblem


class JobEndReviewFactory(DjangoModelFactory):
    job = factory.SubFactory(JobFactory)
    day = date(2026, 9, 28)

    class Meta:
        model = models.JobEndReview


class EvidenceFactory(DjangoModelFactory):
    job = factory.SubFactory(JobFactory)
    episode = factory.LazyAttribute(lambda made: made.job.episode)
    kind = "contract"
    received_on = date(2026, 9, 14)
    document = factory.SubFactory(
        DocumentFactory,
        applicant_id=factory.SelfAttribute("..episode.applicant_id"),
        team=factory.SelfAttribute("..episode.unit"),
        kind="jobs",
    )
    sha256 = factory.LazyAttribute(
        lambda made: made.document.sha256 if made.document else ""
    )

    class Meta:
        model = models.Evidence


class EducationFactory(DjangoModelFactory):
    episode = factory.SubFactory(EpisodeFactory)
    title = "Baker's training"
    first_day = date(2026, 9, 1)

    class Meta:
        model = models.Education
