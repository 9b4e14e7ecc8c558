"""Factories of the facts room."""

from datetime import UTC, date, datetime

import factory
from factory.django import DjangoModelFactory

from braid.facts import models
from tests.factories.access import TeamFactory


class SnapshotFactory(DjangoModelFactory):
    schema = "2026.1"
    as_of = date(2026, 10, 5)
    made_at = datetime(2026, 10, 5, 7, tzinfo=UTC)
    hash = factory.Sequence(lambda n: f"{n:064x}")

    class Meta:
        model = models.Snapshot


class AnnotationFactory(DjangoModelFactory):
    unit = factory.SubFactory(TeamFactory)
    measure = "drift_proposals"
    quarter = "2026Q3"
    text = "The job centre had a new leader from August"

    class Meta:
        model = models.Annotation


class TouchedFactory(DjangoModelFactory):
    source = "work_contact.id"
    key = factory.Faker("uuid4")

    class Meta:
        model = models.Touched
