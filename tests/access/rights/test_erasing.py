"""Erased is gone: from the database's bytes, facts, files, pages; and stays gone."""

import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from uuid import uuid4

import pyarrow.parquet
import pytest
from django.contrib.sessions.models import Session
from django.db import DatabaseError, connection, transaction
from django.db.models import QuerySet

from braid.access import audit, secrets, subject_keys
from braid.access.keyring import KeyMissing
from braid.access.models import (
    AuditEntry,
    ConsentEntry,
    ErasedSubject,
    User,
)
from braid.access.policy import Action
from braid.access.rights import copies, erasing, journal, registry, relations
from braid.access.subject_keys import KeyDestroyed
from braid.exchange import storage
from braid.exchange.models import ImportFile, KeptAnswer
from braid.facts import commands as facts
from braid.facts.models import Snapshot
from braid.facts.read import Facts
from braid.kernel.errors import InputFault, Refused
from braid.people.models import Applicant
from tests.access.rights.planted import plant
from tests.cast import TODAY
from tests.factories.access import ConsentEntryFactory, MembershipFactory
from tests.factories.exchange import (
    ImportBatchFactory,
    ImportedRowFactory,
    ImportFileFactory,
    KeptAnswerFactory,
)
from tests.factories.people import IdentifierFactory, NoteFactory
from tests.factories.work import ContactFactory, JobFactory

NOW = datetime(2026, 10, 5, 7, tzinfo=UTC)


def erase(world, person, by="sam"):
    return erasing.erase(
        actor=getattr(world, by).actor,
        applicant_id=person.pk,
        reason="asked",
        now=NOW,
    )


def bytes_on_disk(house):
    return b"".join(path.read_bytes() for path in house.rglob("*") if path.is_file())


def brought(world, text, name="roster.csv"):
    stored = storage.store(world.north.pk, name, [text.encode()])
    batch = ImportBatchFactory(unit=world.north)
    ImportFileFactory(batch=batch, name=name, sha256=stored.sha256, size=stored.size)
    return batch, storage.original(world.north.pk, stored.sha256)


def vacuumed(data, path):
    """Return the bytes of a database after VACUUM, as `erasing.tidy` leaves its file."""
    path.write_bytes(data)
    with closing(sqlite3.connect(path)) as database:
        database.execute("VACUUM")
    return path.read_bytes()


def test_none_of_forty_markers_is_left_in_a_byte(world, house, tmp_path):
    planted = plant(world)
    assert len(planted.where) >= 40
    before = connection.connection.serialize()
    sealed = {"people.treatmentnote.sealed_text", "people.identifier.value_encrypted"}
    sealed |= {"exchange.importedrow.number"}
    sealed |= {"teamwork.question.sealed_text", "teamwork.question.sealed_answer"}
    assert set(planted.found_in(before)) >= set(planted.where.values()) - sealed
    erase(world, world.pat)
    after = vacuumed(connection.connection.serialize(), tmp_path / "after.sqlite3")
    assert planted.found_in(after) == []
    assert planted.found_in(bytes_on_disk(house)) == []
    for word in (b"Pat Lund", b"pat_account@example.org"):
        assert word in before
        assert word not in after


def test_no_row_of_any_table_is_left_but_keys(world, house):
    plant(world)
    erase(world, world.pat)
    left = {
        model._meta.label
        for model in relations.paths()
        if relations.rows(model, world.pat.pk).exists()
    }
    assert left == {"access.AuditEntry", "access.ErasedSubject"}


def test_everybody_else_keeps_everything(world, house):
    plant(world)
    NoteFactory(episode=world.quinn_episode)
    before = {
        model: set(relations.rows(model, world.quinn.pk).values_list("pk", flat=True))
        for model in relations.paths()
    }
    erase(world, world.pat)
    for model, keys in before.items():
        there = relations.rows(model, world.quinn.pk).values_list("pk", flat=True)
        assert set(there) == keys, model._meta.label


def test_the_key_is_destroyed_so_that_old_copies_cannot_be_read(world, house):
    sealed = subject_keys.seal(world.pat.pk, b"Sleeps badly.")
    erase(world, world.pat)
    with pytest.raises(KeyDestroyed):
        subject_keys.unseal(world.pat.pk, sealed)


def test_the_audit_keeps_that_it_happened_and_names_nobody(world, house):
    audit.record(world.ada.actor, "person_opened", applicant=world.pat.pk)
    erase(world, world.pat)
    kept = list(AuditEntry.objects.filter(applicant_key=world.pat.pk))
    assert [one.action for one in kept] == [
        "person_opened",
        "erasure_ordered",
        "subject_erased",
    ]
    stone = ErasedSubject.objects.get(pk=world.pat.pk)
    assert (stone.reason, stone.erased_at) == ("asked", NOW)


def test_consent_entries_go_with_the_person_and_at_no_other_time(world, house):
    entry = ConsentEntryFactory(organisation=world.havnelund, applicant_id=world.pat.pk)
    raw = QuerySet(ConsentEntry).filter(pk=entry.pk)
    with pytest.raises(DatabaseError), transaction.atomic():
        raw._raw_delete(raw.db)
    erase(world, world.pat)
    assert not raw.exists()


@pytest.mark.parametrize("name", ["ada", "ben", "cora", "ola", "pat_account"])
def test_only_a_steward_of_the_holder_erases(world, house, name):
    with pytest.raises(Refused):
        erase(world, world.pat, by=name)
    assert Applicant.objects.system("look").filter(pk=world.pat.pk).exists()
    assert not journal.path().exists()


def test_nobody_is_erased_who_is_not_there(world, house):
    with pytest.raises(InputFault, match="no such person"):
        erasing.erase(
            actor=world.sam.actor, applicant_id=uuid4(), reason="asked", now=NOW
        )


# The account


def test_the_account_and_its_sessions_end(world, as_, house):
    client = as_("pat_account")
    assert Session.objects.count() == 1
    erase(world, world.pat)
    assert not Session.objects.exists()
    assert not User.objects.filter(email="pat_account@example.org").exists()
    assert client.get("/me/").status_code == 302


def test_whoever_works_here_too_keeps_that_account(world, house):
    MembershipFactory(user=world.pat_account.user, team=world.north)
    erase(world, world.pat)
    assert User.objects.filter(pk=world.pat_account.user.pk).exists()


def test_an_account_that_something_names_keeps_no_name(world, house):
    NoteFactory(episode=world.quinn_episode, created_by=world.pat_account.user)
    erase(world, world.pat)
    user = User.objects.get(pk=world.pat_account.user.pk)
    assert (user.name, user.email, user.is_active) == ("–", None, False)
    assert not user.has_usable_password()


# Facts


def in_facts(folder, key):
    return [
        path.stem
        for path in sorted(folder.glob("*.parquet"))
        if any(
            str(key) in column.to_pylist()
            for column in pyarrow.parquet.read_table(path).columns
        )
    ]


def test_snapshots_are_rewritten_without_the_person(world, house):
    JobFactory(episode=world.pat_episode)
    ContactFactory(episode=world.pat_episode)
    quinns = ContactFactory(episode=world.quinn_episode)
    built = facts.build(actor=world.ben.actor, today=TODAY)
    folder = built.folder
    assert in_facts(folder, world.pat.pk) == ["episodes"]
    assert {"contacts", "jobs"} <= set(in_facts(folder, world.pat_episode.pk))
    erase(world, world.pat)
    assert in_facts(folder, world.pat.pk) == []
    assert in_facts(folder, world.pat_episode.pk) == []
    assert in_facts(folder, quinns.pk) == ["contacts"]
    snapshot = Snapshot.objects.get()
    assert snapshot.hash != built.manifest.hash
    assert snapshot.rows["episodes"] == built.manifest.rows["episodes"] - 1
    with Facts.read(folder) as read:
        assert read.as_of == TODAY
    assert [path.name for path in folder.parent.iterdir()] == [folder.name]


def test_a_snapshot_without_the_person_is_left_as_it_is(world, house):
    built = facts.build(actor=world.ben.actor, today=TODAY)
    erase(world, world.pat)
    hash_without = Snapshot.objects.get().hash
    assert registry.erasers["facts"](world.pat.pk) == 0
    assert Snapshot.objects.get().hash == hash_without
    assert built.folder.is_dir()


# Imports


def test_files_that_hold_the_person_go_and_others_stay(world, house):
    linked, first = brought(world, "Name;Born\nSomebody;1.1.1980\n", "a.csv")
    ImportedRowFactory(batch=linked, applicant_key=world.pat.pk)
    _batch, second = brought(world, "First name;Name\nPat;Lund\n", "b.csv")
    _batch, third = brought(world, "First name;Name\nQuinn;Bruun\nPat;Holm\n", "c.csv")
    _batch, fourth = brought(world, "PK\x03\x04 damaged", "d.xlsx")
    taken = erase(world, world.pat)
    there = [path.exists() for path in (first, second, third, fourth)]
    assert there == [False, False, True, False]
    assert taken["imports"] == 3
    assert ImportFile.objects.system("look").count() == 4


def test_the_page_of_such_an_import_says_so(world, as_, house):
    batch, _path = brought(world, "First name;Name\nPat;Lund\n")
    batch.state = "committed"
    batch.summary = {"outcome": {}, "totals": {"read": 1, "rejected": 0, "asked": 2}}
    batch.save()
    page = f"/imports/{batch.pk}/result/"
    before = as_("ben").get(page)
    assert before.status_code == 200, before.status_code
    assert "were taken away" not in before.content.decode()
    erase(world, world.pat)
    after = as_("ben").get(page).content.decode()
    assert "were taken away" in after
    assert "Answer the open questions" not in after


def test_previews_and_answers_about_the_person_go(world, house):
    batch, _path = brought(world, "First name;Name\nQuinn;Bruun\n")
    storage.write_preview(world.north.pk, batch.pk, {"people": [{"name": "Lund, Pat"}]})
    mine = {"file": "a.csv", "row": 2, "answer": {"same": str(world.pat.pk)}}
    others = {"file": "a.csv", "row": 3, "answer": {"same": str(world.quinn.pk)}}
    batch.answers = [mine, others]
    batch.save()
    KeptAnswerFactory(batch=batch, answer={"same": str(world.pat.pk)})
    kept = KeptAnswerFactory(batch=batch, answer={"same": str(world.quinn.pk)})
    erase(world, world.pat)
    batch.refresh_from_db(from_queryset=type(batch).objects.system("look"))
    assert storage.read_preview(world.north.pk, batch.pk) is None
    assert batch.answers == [others]
    answers = type(kept).objects.system("look")
    assert list(answers.values_list("pk", flat=True)) == [kept.pk]


def test_what_no_key_opens_any_more_keeps_nobody(world, house, monkeypatch):
    """After a restore without the keys the erased are erased again all the same."""
    IdentifierFactory(applicant=world.pat)
    batch, path = brought(world, "First name;Name\nPat;Lund\n")
    batch.answers = [{"answer": {"same": str(world.pat.pk)}}]
    batch.save()
    KeptAnswerFactory(batch=batch, answer={"same": str(world.pat.pk)})

    def lost(stored, use=None):
        raise KeyMissing("no key")

    monkeypatch.setattr(secrets, "decrypt", lost)
    erase(world, world.pat)
    monkeypatch.undo()
    assert not path.exists()
    assert type(batch).objects.system("look").get(pk=batch.pk).answers == []
    assert not KeptAnswer.objects.system("look").exists()


# What stays told


def test_the_preview_says_what_goes_what_stays_and_which_backups_hold_it(world, house):
    audit.record(world.ada.actor, "person_opened", applicant=world.pat.pk)
    copies.add("monday.tar", NOW, 30)
    before = relations.rows(Applicant, world.pat.pk).count()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(erasing.timezone, "localdate", lambda: TODAY)
        foreseen = erasing.foresee(world.pat.pk)
    stays = [fate.words for fate in foreseen.fates if not fate.goes]
    assert stays == ["Who looked at or changed the record"]
    assert "Who signs in" in [fate.words for fate in foreseen.fates]
    assert [one.name for one in foreseen.backups] == ["monday.tar"]
    assert before == relations.rows(Applicant, world.pat.pk).count()


def test_nobody_finds_the_person_on_a_page(world, as_, house):
    ben = as_("ben")
    assert "Lund" in ben.get("/search/?q=lund").content.decode()
    erase(world, world.pat)
    for page in ("/search/?q=lund", "/caseload/?specialist=all&view=list", "/unit/"):
        text = ben.get(page).content.decode().replace('value="lund"', "")
        assert "Lund" not in text.replace("lund”", "")
    assert ben.get(f"/people/{world.pat.pk}/").status_code == 404


# The journal


def test_the_journal_holds_keys_only_and_is_private(world, house):
    erase(world, world.pat)
    path = journal.path()
    assert path.stat().st_mode & 0o777 == 0o600
    assert "Lund" not in path.read_text()
    (line,) = journal.lines().values()
    assert (line.applicant, line.done) == (world.pat.pk, True)


def test_an_erasure_that_broke_is_finished_at_the_next_start(world, house, monkeypatch):
    def breaks(applicant_id):
        raise OSError("disk")

    monkeypatch.setitem(registry.erasers, "facts", breaks)
    with pytest.raises(OSError, match="disk"):
        erase(world, world.pat)
    assert Applicant.objects.system("look").filter(pk=world.pat.pk).exists()
    monkeypatch.setitem(registry.erasers, "facts", lambda applicant_id: 0)
    assert erasing.replay(NOW) == 1
    assert not Applicant.objects.system("look").filter(pk=world.pat.pk).exists()
    assert erasing.replay(NOW) == 0


def test_a_worker_finishes_what_was_ordered(world, house):
    erasing.order(
        actor=world.sam.actor, applicant_id=world.pat.pk, reason="asked", now=NOW
    )
    erasing.finish(world.pat.pk)
    assert not Applicant.objects.system("look").filter(pk=world.pat.pk).exists()
    erasing.finish(world.pat.pk)
    assert AuditEntry.objects.filter(action="subject_erased").count() == 1


def test_a_lost_journal_learns_from_the_tombstones(world, house):
    erase(world, world.pat)
    journal.path().unlink()
    assert erasing.replay(NOW) == 0
    assert set(journal.lines()) == {world.pat.pk}


def test_a_half_written_line_is_passed_over(world, house):
    erase(world, world.pat)
    with journal.path().open("a") as file:
        file.write('{"applicant": "01')
    assert set(journal.lines()) == {world.pat.pk}


def test_an_erasure_needs_nothing_but_the_act_of_answering(world):
    from braid.access.policy import may

    assert may(world.sam.actor, Action.ANSWER)
    assert not may(world.ben.actor, Action.ANSWER)
