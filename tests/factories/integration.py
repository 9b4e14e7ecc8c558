"""Factories of the integration room."""

import factory
from factory.django import DjangoModelFactory

from braid.integration import models
from tests.factories.access import TeamFactory


class AnnotationFactory(DjangoModelFactory):
    unit = factory.SubFactory(TeamFactory)
    measure = "drift_proposals"
    quarter = "2026Q3"
    text = "The job centre had a new leader from August"

    class Meta:
        model = models.Annotation
