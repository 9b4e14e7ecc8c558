"""Looking into the record after an import."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.apps import apps

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
