"""Looking into the record and at the pages after an import."""

import json
from collections.abc import Iterator
from contextlib import contextmanager

from django.apps import apps
from django.urls import reverse
from tests.exchange.conftest import FILES

from braid.exchange import storage
from braid.exchange.models import ImportBatch

KINDS = (
    "people.applicant",
    "people.identifier",
    "people.episode",
    "people.episodeentry",
    "people.caseloadspell",
    "people.treatmentspell",
    "people.note",
    "work.contact",
    "work.employer",
    "work.employercontact",
    "work.job",
    "work.jobterms",
    "access.membership",
    "access.user",
    "access.team",
)


def rows(kind):
    manager = apps.get_model(kind)._default_manager
    return manager.system("look") if hasattr(manager, "system") else manager.all()


def counts():
    return {kind: rows(kind).count() for kind in KINDS}


def imported(name):
    given, family = name.split()
    return rows("people.episode").get(
        applicant__given_name=given, applicant__family_name=family
    )


@contextmanager
def unchanged() -> Iterator[None]:
    before = counts()
    yield
    assert counts() == before


def url(name, batch, *args):
    return reverse(f"exchange:{name}", args=[batch.pk, *args])


def fresh(batch):
    return ImportBatch.objects.system("look again").get(pk=batch.pk)


def asked(batch, kind):
    findings = storage.read_preview(batch.unit_id, batch.pk)["findings"]
    return next(f["number"] for f in findings if f["kind"] == kind)


def importing(*more):
    files = [f"@{name}" for name in FILES]
    return ("import", *files, "--unit", "north", "--setup", "@unit.json", *more)


def document(result):
    """Return the one JSON document that stdout holds."""
    return json.loads(result.stdout)
