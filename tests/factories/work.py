"""Factories of the work room."""

from datetime import date
from decimal import Decimal

import factory
from factory.django import DjangoModelFactory

from braid.method.likeness import fold_employer
from braid.work import models
from tests.factories.access import TeamFactory
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
