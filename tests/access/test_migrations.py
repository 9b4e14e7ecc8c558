"""What an installation of before becomes: its audit chained, its changes with whom."""

from importlib import import_module

import pytest
from django.apps import apps
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from braid.access import chain
from braid.access.models import AuditEntry, AuditHead, Change
from tests.factories.access import AuditEntryFactory, ChangeFactory
from tests.factories.work import JobFactory, JobTermsFactory

before = import_module("braid.access.migrations.0003_one_record")


@pytest.fixture
def unguarded(db):
    """The tables as the migration finds them: nothing refuses yet."""
    editor = Editor()
    before.allow_all(apps, editor)
    yield editor
    before.refuse_all(apps, editor)


def as_it_was():
    """Return the models as the migration has them: without the guards of the program."""
    loader = MigrationLoader(connection)
    return loader.project_state(("access", "0003_one_record")).apps


class Editor:
    """The part of a schema editor that the migration's functions use."""

    connection = connection

    def execute(self, statement):
        with connection.cursor() as cursor:
            cursor.execute(statement)


def test_entries_of_before_become_one_chain_an_organisation(world, unguarded):
    for organisation in (world.havnelund, world.elsewhere.organisation):
        AuditEntryFactory.create_batch(3, organisation_id=organisation.pk)
    AuditEntryFactory(organisation_id=None)
    before.chain_what_is_there(as_it_was(), unguarded)
    for head in AuditHead.objects.all():
        key = None if head.organisation_id == before.audit_nobody() else head.pk
        last = chain.BEGIN
        entries = AuditEntry.objects.filter(organisation_id=key).order_by("pk")
        for number, entry in enumerate(entries, start=1):
            values = {
                field.attname: getattr(entry, field.attname)
                for field in AuditEntry._meta.fields
                if field.name not in ("id", "hash")
            }
            last = chain.link(last, values)
            assert (entry.sequence, entry.hash) == (number, last)
        assert head.hash == last
    assert AuditHead.objects.count() >= 3


def test_changes_of_before_are_told_whom_they_are_about(world, unguarded):
    job = JobFactory(episode=world.pat_episode)
    terms = JobTermsFactory(job=job)
    rows = {
        "people.applicant": world.pat.pk,
        "people.episode": world.pat_episode.pk,
        "work.job": job.pk,
        "work.jobterms": terms.pk,
    }
    for kind, key in rows.items():
        ChangeFactory(record_kind=kind, record_key=key)
    other = ChangeFactory(record_kind="work.employer")
    before.say_whom_changes_are_about(apps, unguarded)
    for kind in rows:
        assert Change.objects.get(record_kind=kind).applicant_key == world.pat.pk
    assert Change.objects.get(pk=other.pk).applicant_key is None
