"""Factories of the exchange room."""

from datetime import UTC, date, datetime
from uuid import uuid4

import factory
from factory.django import DjangoModelFactory

from braid.exchange import models
from tests.factories.access import OrganisationFactory, TeamFactory, UserFactory


class ImportBatchFactory(DjangoModelFactory):
    unit = factory.SubFactory(TeamFactory)
    as_of = date(2026, 6, 30)

    class Meta:
        model = models.ImportBatch


class ImportEntryFactory(DjangoModelFactory):
    batch = factory.SubFactory(ImportBatchFactory)
    number = 1
    state = "reading"

    class Meta:
        model = models.ImportEntry


class ImportFileFactory(DjangoModelFactory):
    batch = factory.SubFactory(ImportBatchFactory)
    name = factory.Sequence(lambda n: f"roster-{n}.csv")
    sha256 = factory.Sequence(lambda n: f"{n:064x}")
    size = 100

    class Meta:
        model = models.ImportFile


class ImportedRowFactory(DjangoModelFactory):
    batch = factory.SubFactory(ImportBatchFactory)
    unit = factory.SelfAttribute("batch.unit")
    kind = "contacts"
    does = "created"
    record_kind = "work.contact"
    record_id = factory.LazyFunction(uuid4)

    class Meta:
        model = models.ImportedRow


class KeptLayoutFactory(DjangoModelFactory):
    unit = factory.SubFactory(TeamFactory)
    signature = factory.Sequence(lambda n: f"{n:064x}")
    table = factory.LazyFunction(lambda: {"tables": []})

    class Meta:
        model = models.KeptLayout


class KeptAnswerFactory(DjangoModelFactory):
    batch = factory.SubFactory(ImportBatchFactory)
    unit = factory.SelfAttribute("batch.unit")
    fingerprint = factory.Sequence(lambda n: f"{n:032x}")
    answer = factory.LazyFunction(lambda: {"reject": True})

    class Meta:
        model = models.KeptAnswer


class CalendarFeedFactory(DjangoModelFactory):
    user = factory.SubFactory(UserFactory)
    role = "specialist"
    organisation = factory.SubFactory(OrganisationFactory)
    label = "Phone"
    token_hash = factory.Sequence(lambda n: f"{n:064x}")
    made_at = datetime(2026, 9, 28, 8, tzinfo=UTC)

    class Meta:
        model = models.CalendarFeed
