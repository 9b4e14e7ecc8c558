"""A backup that is put back is what it was, or is refused; the erased stay erased."""

import json
import os
import random
import sqlite3
import subprocess
import sys
import tarfile
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from braid.kernel.errors import InputFault
from braid.site import backups

NOW = datetime(2026, 10, 5, 7, tzinfo=UTC)
FLIPS = 200


@pytest.fixture
def house(tmp_path):
    """A small data folder with a database, facts, uploads, documents and keys."""
    data = tmp_path / "house"
    for name, text in (
        ("facts/1/episodes.parquet", "facts"),
        ("facts/.1-before/episodes.parquet", "going away"),
        ("uploads/2/abc", "Name;Born"),
        ("documents/3/4", "sealed"),
        ("keys/ring.json", "{}"),
        ("keys/subjects/ab/cd", "k1:key"),
        ("secret-key", "secret"),
        ("erased.jsonl", '{"applicant": "1"}\n'),
    ):
        path = data / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    with closing(sqlite3.connect(data / "braid.sqlite3")) as database:
        database.execute("PRAGMA journal_mode=WAL")
        database.execute("CREATE TABLE people_applicant (id, name)")
        database.execute(
            "CREATE TABLE access_audithead (organisation_id, sequence, hash)"
        )
        database.execute("INSERT INTO people_applicant VALUES (1, 'Pat')")
        database.execute("INSERT INTO access_audithead VALUES ('o', 7, 'abc')")
        database.commit()
    return data


@pytest.fixture
def backup(house, tmp_path):
    target = tmp_path / "monday.tar"
    backups.make(target, house, house / "braid.sqlite3", NOW)
    return target


def test_what_is_put_back_is_what_was_there(house, backup, tmp_path):
    other = tmp_path / "other"
    manifest = backups.put_back(backup, other, None)
    assert manifest["counts"] == {"access_audithead": 1, "people_applicant": 1}
    assert manifest["audit_heads"] == {"o": [7, "abc"]}
    for name in ("facts/1/episodes.parquet", "uploads/2/abc", "documents/3/4"):
        assert (other / name).read_bytes() == (house / name).read_bytes()
    with closing(sqlite3.connect(other / "braid.sqlite3")) as database:
        assert database.execute("SELECT name FROM people_applicant").fetchall() == [
            ("Pat",)
        ]


def test_no_key_is_in_it_and_nobody_else_reads_it(backup):
    with tarfile.open(backup) as archive:
        names = archive.getnames()
    assert not [name for name in names if "key" in name or name.startswith("facts/.")]
    assert backup.stat().st_mode & 0o777 == 0o600


def test_every_flipped_bit_is_found(backup, tmp_path):
    whole = backup.read_bytes()
    numbers = random.Random(4)
    missed = []
    for number in range(FLIPS):
        at = numbers.randrange(len(whole) * 8)
        damaged = bytearray(whole)
        damaged[at // 8] ^= 1 << at % 8
        path = tmp_path / "damaged.tar"
        path.write_bytes(damaged)
        try:
            backups.put_back(path, tmp_path / f"other-{number}", None)
        except backups.DamagedBackup:
            continue
        missed.append(at)
    assert missed == []


@pytest.mark.parametrize("length", [0, 10, 90, 5_000], ids=lambda n: f"{n} bytes")
def test_a_file_that_was_cut_is_refused(backup, tmp_path, length):
    backup.write_bytes(backup.read_bytes()[:length])
    with pytest.raises(backups.DamagedBackup, match="no whole backup"):
        backups.put_back(backup, tmp_path / "other", None)


def test_nothing_is_written_over(house, backup):
    with pytest.raises(InputFault, match="not empty"):
        backups.put_back(backup, house, None)


def test_the_present_keys_are_a_file_of_their_own(house, backup, tmp_path):
    keys = tmp_path / "keys.tar"
    assert backups.keep_keys(keys, house, house / "keys", NOW) == 4
    (house / "keys/subjects/ab/cd").unlink()
    assert backups.keep_keys(keys, house, house / "keys", NOW) == 3
    other = tmp_path / "other"
    backups.put_back(backup, other, keys)
    assert (other / "keys/ring.json").read_text() == "{}"
    assert (other / "secret-key").read_text() == "secret"
    assert not (other / "keys/subjects/ab/cd").exists()


def test_the_journals_of_folder_backup_and_keys_become_one(house, backup, tmp_path):
    (house / "erased.jsonl").write_text('{"applicant": "1"}\n{"applicant": "2"}\n')
    keys = tmp_path / "keys.tar"
    backups.keep_keys(keys, house, house / "keys", NOW)
    other = tmp_path / "other"
    other.mkdir()
    (other / "erased.jsonl").write_text('{"applicant": "3"}\n')
    backups.put_back(backup, other, keys)
    lines = (other / "erased.jsonl").read_text().splitlines()
    assert [json.loads(line)["applicant"] for line in lines] == ["3", "1", "2"]


def test_a_damaged_database_is_not_backed_up(house, tmp_path):
    with closing(sqlite3.connect(house / "braid.sqlite3")) as database:
        database.execute("PRAGMA journal_mode=DELETE")
    path = house / "braid.sqlite3"
    content = bytearray(path.read_bytes())
    content[4096:4200] = b"\xff" * 104
    path.write_bytes(content)
    with pytest.raises((backups.DamagedBackup, sqlite3.DatabaseError)):
        backups.make(tmp_path / "no.tar", house, path, NOW)
    assert not (tmp_path / "no.tar").exists()


LATER, EARLIER = NOW + timedelta(days=1), NOW - timedelta(days=1)
MARK = '{"applicant": "9"}\n'


def copy_of_keys(house, tmp_path, at):
    mark = house / "keys/subjects/destroyed/9"
    mark.parent.mkdir(parents=True, exist_ok=True)
    mark.write_text(MARK)
    (house / "erased.jsonl").unlink()
    keys = tmp_path / "keys.tar"
    backups.keep_keys(keys, house, house / "keys", at)
    return keys


def test_a_copy_of_the_keys_knows_who_was_erased(house, backup, tmp_path):
    keys = copy_of_keys(house, tmp_path, LATER)
    manifest = backups.put_back(backup, tmp_path / "other", keys)
    assert MARK.strip() in (tmp_path / "other/erased.jsonl").read_text()
    assert backups.unknown_erasures(manifest) == ""
    assert manifest["erasures_known_until"] == LATER.isoformat()


def test_marks_that_lie_in_the_folder_already_are_not_lost(house, backup, tmp_path):
    mark = tmp_path / "other/keys/subjects/destroyed/8"
    mark.parent.mkdir(parents=True)
    mark.write_text('{"applicant": "8"}\n')
    backups.put_back(backup, tmp_path / "other", copy_of_keys(house, tmp_path, NOW))
    journal = (tmp_path / "other/erased.jsonl").read_text()
    assert '"8"' in journal
    assert '"9"' in journal


@pytest.mark.parametrize("given", ["nothing", "old keys", "an old journal"])
def test_what_cannot_be_known_is_said_loudly(house, backup, tmp_path, given):
    old = tmp_path / "copy.jsonl"
    old.write_text(MARK)
    os.utime(old, (EARLIER.timestamp(), EARLIER.timestamp()))
    keys = copy_of_keys(house, tmp_path, EARLIER) if given == "old keys" else None
    journal = old if given == "an old journal" else None
    manifest = backups.put_back(backup, tmp_path / "other", keys, journal)
    said = backups.unknown_erasures(manifest)
    assert "ERASED SINCE 2026-10-05 ARE NOT KNOWN" in said
    assert "--journal" in said


def test_a_journal_that_was_copied_elsewhere_is_put_back(house, backup, tmp_path):
    copied = tmp_path / "copy.jsonl"
    copied.write_text(MARK)
    os.utime(copied, (LATER.timestamp(), LATER.timestamp()))
    manifest = backups.put_back(backup, tmp_path / "other", None, copied)
    assert MARK.strip() in (tmp_path / "other/erased.jsonl").read_text()
    assert backups.unknown_erasures(manifest) == ""


# The whole way, in the shell


def braid(data, *words):
    environ = {**os.environ, "BRAID_DATA": str(data), "BRAID_TIME_ZONE": "UTC"}
    environ.pop("BRAID_SECRET_KEY", None)
    environ.pop("DJANGO_SETTINGS_MODULE", None)
    command = Path(sys.executable).with_name("braid")
    ran = subprocess.run(
        [command, *map(str, words)], env=environ, capture_output=True, text=True
    )
    assert ran.returncode in (0, 1), ran.stderr
    return json.loads(ran.stdout) if ran.stdout.startswith("{") else ran


def refer(data):
    script = """
import django; django.setup()
from datetime import date
from braid.access.models import Organisation
from braid.people.models import Applicant, TreatmentNote
from braid.access.models import Team
from braid.access import subject_keys
one = Organisation.objects.get()
team = Team.objects.get()
for given in ("Zanzibara", "Quinnetta"):
    person = Applicant.objects.create(
        organisation=one, given_name=given, family_name="Lund",
        birth_date=date(1990, 4, 12))
    TreatmentNote.objects.create(
        applicant=person, team=team, day=date(2026, 9, 1),
        sealed_text=subject_keys.seal(person.pk, b"Sleeps badly."))
"""
    environ = {
        **os.environ,
        "BRAID_DATA": str(data),
        "DJANGO_SETTINGS_MODULE": "braid.site.settings",
    }
    environ.pop("BRAID_SECRET_KEY", None)
    subprocess.run([sys.executable, "-c", script], env=environ, check=True)


def test_an_erased_person_stays_erased_after_an_old_backup_is_put_back(tmp_path):
    data, other = tmp_path / "data", tmp_path / "other"
    braid(data, "organisation", "add", "Trial", "--country", "dk", "--slug", "trial")
    braid(data, "team", "add", "North", "--organisation", "trial")
    refer(data)
    old, keys = tmp_path / "old.tar", tmp_path / "keys.tar"
    made = braid(data, "backup", old, "--json")
    assert made["without"] == "the applicants' keys, the key ring and the secret key"
    who = ("Zanzibara Lund, 1990-04-12",)
    copied = braid(
        data, "subject", "export", *who, "--out", tmp_path / "z.zip", "--json"
    )
    assert copied["rows"]["people.treatmentnote"] == 1
    foreseen = braid(data, "subject", "erase", *who, "--reason", "asked", "--json")
    assert foreseen["erased"] is False
    assert len(foreseen["backups"]) == 1
    assert b"Zanzibara" in b"".join(
        path.read_bytes() for path in data.glob("braid.sqlite3*")
    )
    gone = braid(data, "subject", "erase", *who, "--reason", "asked", "--yes", "--json")
    assert gone["taken"]["people.applicant"] == 1
    left = b"".join(path.read_bytes() for path in data.rglob("*") if path.is_file())
    assert b"Zanzibara" not in left
    braid(data, "backup", tmp_path / "new.tar", "--keys", keys, "--json")
    back = braid(other, "restore", old, "--keys", keys, "--json")
    assert (back["ok"], back["audit"], back["erased_again"]) == (True, "whole", 1)
    assert "warning" not in back
    unknown = braid(tmp_path / "third", "restore", old, "--json")
    assert unknown["ok"]
    assert "ARE NOT KNOWN HERE" in unknown["warning"]
    left = b"".join(path.read_bytes() for path in other.rglob("*") if path.is_file())
    assert b"Zanzibara" not in left
    assert b"Quinnetta" in left
    kept = braid(
        other,
        "subject",
        "export",
        "Quinnetta Lund, 1990-04-12",
        "--out",
        tmp_path / "q.zip",
        "--json",
    )
    assert kept["rows"]["people.treatmentnote"] == 1
    verified = braid(other, "audit", "verify", "--json")
    assert verified["ok"]
