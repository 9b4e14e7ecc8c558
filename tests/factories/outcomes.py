"""Factories of the outcomes room."""

from datetime import date

import factory
from factory.django import DjangoModelFactory

from braid.outcomes import models
from braid.outcomes.reporting.document import text_hash
from tests.factories.access import TeamFactory
from tests.factories.facts import SnapshotFactory
from tests.outcomes.reporting.kept import text


class UnitQuarterFactory(DjangoModelFactory):
    unit = factory.SubFactory(TeamFactory)
    quarter = "2026Q3"
    vacant_fte = "0.5"

    class Meta:
        model = models.UnitQuarter


class ReleaseFactory(DjangoModelFactory):
    unit = factory.SubFactory(TeamFactory)
    organisation = factory.SelfAttribute("unit.organisation")
    units = factory.LazyAttribute(lambda made: [str(made.unit.pk)])
    report = "ilc-quarterly"
    version = "2026.1"
    period = "2026Q3"
    snapshot = factory.SubFactory(SnapshotFactory)
    options = factory.LazyAttribute(
        lambda made: {
            "choices": {},
            "restate": False,
            "language": "en",
            "names": {str(made.unit.pk): made.unit.name},
        }
    )
    document = factory.LazyAttribute(
        lambda made: text(str(made.unit.pk), made.unit.name)
    )
    hash = factory.LazyAttribute(lambda made: text_hash(made.document))

    class Meta:
        model = models.Release


class SharedFactory(DjangoModelFactory):
    release = factory.SubFactory(ReleaseFactory)
    audience = "steering"
    shared_on = date(2026, 10, 1)

    class Meta:
        model = models.Shared
