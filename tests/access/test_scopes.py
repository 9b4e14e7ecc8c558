"""Closed managers: what nobody scoped cannot be read; what grows is never changed."""

import pytest
from django.db import DatabaseError, connection, transaction

from braid.access import audit, keyring, secrets
from braid.access.audit import NoActor
from braid.access.models import AppendOnly, AuditEntry
from braid.access.policy import Actor, Role
from braid.access.scopes import UnscopedQuery
from braid.people.models import Applicant, Episode
from tests.factories.access import AuditEntryFactory

READS = {
    "iterating": lambda rows: list(rows),
    "counting": lambda rows: rows.count(),
    "asking whether": lambda rows: rows.exists(),
    "getting one": lambda rows: rows.get(),
    "the first": lambda rows: rows.first(),
    "values": lambda rows: list(rows.values("pk")),
    "streaming": lambda rows: list(rows.iterator()),
    "aggregating": lambda rows: rows.aggregate(),
    "updating": lambda rows: rows.update(given_name="x"),
    "deleting": lambda rows: rows.delete(),
    "filtered": lambda rows: list(rows.filter(given_name="Pat").order_by("pk")[:5]),
}


@pytest.mark.parametrize("read", READS.values(), ids=READS.keys())
def test_a_query_that_nobody_scoped_is_refused(world, read):
    with pytest.raises(UnscopedQuery, match="without the policy's scope"):
        read(Applicant.objects.all())


def test_related_rows_are_closed_too(world):
    with pytest.raises(UnscopedQuery):
        list(world.pat.episodes.all())


def test_opening_without_an_actor_needs_a_reason(world):
    with pytest.raises(UnscopedQuery, match="needs a reason"):
        Applicant.objects.system("")


def test_a_scope_survives_every_further_step(world):
    rows = Applicant.objects.visible_to(world.ada.actor).filter(given_name="Pat")
    assert rows.order_by("pk").values_list("given_name", flat=True).get() == "Pat"
    assert not Applicant.objects.visible_to(world.ola.actor).exists()


def test_prefetched_rows_keep_their_own_scope(world):
    from django.db.models import Prefetch

    episodes = Episode.objects.visible_to(world.ada.actor)
    pat = (
        Applicant.objects.visible_to(world.ada.actor)
        .prefetch_related(Prefetch("episodes", episodes))
        .get(pk=world.pat.pk)
    )
    assert len(pat.episodes.all()) == 1


def test_an_entry_needs_somebody_who_acts(world):
    nobody = Actor(id=None, role=Role.STEWARD, organisation=world.havnelund.pk)
    with pytest.raises(NoActor):
        audit.record(nobody, "anything")


def test_the_audit_only_grows(db):
    entry = AuditEntryFactory()
    with pytest.raises(AppendOnly):
        entry.save()
    with pytest.raises(AppendOnly):
        entry.delete()
    with pytest.raises(AppendOnly):
        AuditEntry.objects.update(action="other")
    with pytest.raises(AppendOnly):
        AuditEntry.objects.all().delete()


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE access_auditentry SET action = 'other'",
        "DELETE FROM access_auditentry",
        "UPDATE access_change SET new = ''",
        "DELETE FROM access_change",
    ],
)
def test_the_database_refuses_too(db, statement):
    from tests.factories.access import ChangeFactory

    AuditEntryFactory()
    ChangeFactory()
    with pytest.raises(DatabaseError, match="append only"), transaction.atomic():
        connection.cursor().execute(statement)
    assert AuditEntry.objects.count() == 1


def test_an_identifier_is_encrypted_with_its_keys_name_and_comes_back():
    stored = secrets.encrypt("0101901234")
    assert stored.startswith(f"{keyring.current()}:")
    assert "0101901234" not in stored
    assert secrets.decrypt(stored) == "0101901234"
    assert secrets.encrypt("0101901234") != stored


def test_the_same_number_of_another_system_has_another_hash():
    assert secrets.keyed_hash("dk-cpr", "1") == secrets.keyed_hash("dk-cpr", "1")
    assert secrets.keyed_hash("dk-cpr", "1") != secrets.keyed_hash("nl-bsn", "1")
