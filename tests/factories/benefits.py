"""Factories of the benefits room."""

from datetime import date

import factory
from factory.django import DjangoModelFactory

from braid.benefits import models
from tests.factories.people import EpisodeFactory


class CounsellingFactory(DjangoModelFactory):
    episode = factory.SubFactory(EpisodeFactory)
    trigger = "worry"
    offered_on = date(2026, 9, 7)

    class Meta:
        model = models.Counselling


class BenefitFactory(DjangoModelFactory):
    episode = factory.SubFactory(EpisodeFactory)
    benefit = "support"

    class Meta:
        model = models.Benefit


class CalculationFactory(DjangoModelFactory):
    episode = factory.SubFactory(EpisodeFactory)
    question = "What happens if I take the café job?"
    country = "XX"
    engine = "pack"

    class Meta:
        model = models.Calculation


class PayerQuestionFactory(DjangoModelFactory):
    episode = factory.SubFactory(EpisodeFactory)
    question = "Does the job change my rent help?"

    class Meta:
        model = models.PayerQuestion


class ReportingDutyFactory(DjangoModelFactory):
    episode = factory.SubFactory(EpisodeFactory)
    who = "I"
    to_whom = "the job centre"
    what = "my pay of each month"

    class Meta:
        model = models.ReportingDuty


class EarningsMonthFactory(DjangoModelFactory):
    episode = factory.SubFactory(EpisodeFactory)
    month = date(2026, 9, 1)
    gross = 1200

    class Meta:
        model = models.EarningsMonth
