"""Snapshots: what is frozen stays, and its hash knows neither order nor time."""

import json
import random
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.factories.facts import SnapshotFactory
from tests.factories.work import ContactFactory
from tests.facts.sound import AS_OF, facts, rows, tables

from braid.access import secrets
from braid.access.models import AuditEntry
from braid.facts import commands, queries, snapshots, verifying
from braid.facts.hashing import content_hash, folder_hash
from braid.facts.measure_documents import answered, plain_row
from braid.facts.measuring import periods_of, rows_behind, run
from braid.facts.models import Snapshot
from braid.facts.read import Facts
from braid.facts.schema import TABLES, VERSION
from braid.kernel.errors import InputFault, Refused
from braid.packs import measures

MADE = datetime(2026, 10, 5, 7, tzinfo=UTC)


def write(folder, given=None, **options):
    stream = [(name, iter(table.to_batches())) for name, table in tables(given).items()]
    stated = {"snapshot": "s1", "as_of": AS_OF, "made_at": MADE, "units": ["north"]}
    return snapshots.write(folder, stream, **(stated | options)).manifest


# The hash


@settings(max_examples=15)
@given(st.randoms(use_true_random=False))
def test_the_order_of_rows_changes_nothing(dice: random.Random):
    turned = rows()
    for name in turned:
        dice.shuffle(turned[name])
    with facts() as one, facts(turned) as other:
        assert content_hash(one) == content_hash(other)


def swap(given):
    first, second = given["contacts"][0], given["refusals"][0]
    first["day"], second["day"] = second["day"], first["day"]


DIFFERENCES = {
    "a value": lambda given: given["contacts"][0].update(minutes=46),
    "a value that is not known": lambda given: given["contacts"][0].update(
        minutes=None
    ),
    "a row more": lambda given: given["staff"].append(given["staff"][0]),
    "the same row three times": lambda given: given["staff"].extend(
        [given["staff"][0]] * 2
    ),
    "a row less": lambda given: given["staff"].pop(),
    "two values that change places": swap,
}


@pytest.mark.parametrize("change", DIFFERENCES.values(), ids=DIFFERENCES)
def test_any_other_content_has_another_hash(change):
    changed = rows()
    change(changed)
    with facts() as one, facts(changed) as other:
        assert content_hash(one) != content_hash(other)


# Writing


def test_a_manifest_says_what_the_set_is(tmp_path):
    made = write(tmp_path / "set")
    stated = json.loads((tmp_path / "set" / "manifest.json").read_text())
    assert stated == {
        "schema": VERSION,
        "snapshot": "s1",
        "made_at": MADE.isoformat(),
        "as_of": AS_OF.isoformat(),
        "units": ["north"],
        "rows": {name: len(rows()[name]) for name in TABLES},
        "hash": made.hash,
    }
    assert verifying.verify(tmp_path / "set", None, today=AS_OF) == []


def test_a_set_that_was_touched_is_noticed(tmp_path):
    write(tmp_path / "set")
    (tmp_path / "set" / "absences.parquet").unlink()
    found = verifying.verify(tmp_path / "set", None, today=AS_OF)
    assert [violation.rule for violation in found] == ["other_content"]


def test_a_measure_run_again_on_what_is_frozen_says_the_same_to_the_byte(tmp_path):
    write(tmp_path / "set")
    chosen = measures.load()["item01_caseload"]

    def said():
        with Facts.read(tmp_path / "set") as frozen:
            periods = periods_of(chosen, frozen)
            document = answered(
                chosen,
                periods,
                run(chosen, frozen, by=["staff_id"]),
                as_of=frozen.as_of,
                snapshot=frozen.snapshot,
                language="en",
            )
            rows_of = rows_behind(chosen, frozen, periods=periods)
            return json.dumps([document, list(map(plain_row, rows_of))])

    assert said() == said()
    assert '"snapshot": "s1"' in said()


def test_a_set_is_hashed_piece_by_piece_to_the_same(tmp_path, monkeypatch):
    made = write(tmp_path / "set")
    monkeypatch.setattr("braid.facts.parts.PIECE", 1)
    assert folder_hash(tmp_path / "set") == made.hash
    with facts() as whole:
        assert content_hash(whole) == made.hash


def test_half_a_set_is_never_met(tmp_path):
    def broken():
        yield "staff", iter(tables()["staff"].to_batches())
        raise RuntimeError

    with pytest.raises(RuntimeError):
        snapshots.write(
            tmp_path / "set",
            broken(),
            snapshot="s1",
            as_of=AS_OF,
            made_at=MADE,
            units=[],
        )
    assert list(tmp_path.iterdir()) == []


def test_only_the_owner_of_the_installation_can_open_it(tmp_path):
    write(tmp_path / "set")
    assert (tmp_path / "set").stat().st_mode & 0o077 == 0


# Pseudonyms


def test_a_pseudonym_is_the_same_each_time_and_hangs_on_the_key(settings):
    before = secrets.pseudonyms(["a", "b", "a"])
    assert before == secrets.pseudonyms(["a", "b", "a"])
    assert before[0] == before[2] != before[1]
    settings.SECRET_KEY = "another-installation-" + "x" * 32
    assert not set(before) & set(secrets.pseudonyms(["a", "b"]))


def test_a_renamed_set_hangs_together_and_holds_no_id(tmp_path):
    write(tmp_path / "set", renaming=secrets.pseudonyms)
    assert verifying.verify(tmp_path / "set", None, today=AS_OF) == []
    ids = {
        row.get(column.name)
        for name, table in TABLES.items()
        for column in table.columns
        if column.type == "id"
        for row in rows()[name]
    } - {None}
    with Facts.read(tmp_path / "set") as renamed:
        held = {
            value
            for name in TABLES
            for row in renamed.table(name).to_pylist()
            for value in row.values()
        }
    assert not ids & held
    assert renamed.snapshot == "s1"


# Building from the record


@pytest.fixture
def data(tmp_path, settings):
    settings.BRAID_DATA = tmp_path
    return tmp_path


def test_the_same_record_twice_has_the_same_hash(lived, data, today):
    builds = [commands.build(actor=lived.ben.actor, today=today) for _ in range(2)]
    first, second = (built.manifest for built in builds)
    assert first.hash == second.hash
    assert first.snapshot != second.snapshot
    ContactFactory(episode=lived.pat_episode)
    later = commands.build(actor=lived.ben.actor, today=today).manifest
    assert later.hash != first.hash
    assert later.rows["contacts"] == first.rows["contacts"] + 1


def test_a_snapshot_is_a_row_and_its_files(lived, data, today):
    built = commands.build(actor=lived.ben.actor, unit=lived.north, today=today)
    snapshot = Snapshot.objects.get(pk=built.manifest.snapshot)
    assert built.folder == snapshot.folder == data / "facts" / str(snapshot.pk)
    assert snapshot.units == [str(lived.north.pk)]
    assert (snapshot.hash, snapshot.as_of) == (built.manifest.hash, today)
    assert snapshot.rows == dict(built.manifest.rows)
    assert AuditEntry.objects.filter(action="facts_built", count=1).exists()
    with queries.snapshot_facts(lived.ben.actor, snapshot) as frozen:
        assert frozen.snapshot == str(snapshot.pk)
        assert frozen.units == [str(lived.north.pk)]


def test_a_set_to_hand_on_names_nobody(lived, data, today):
    before = Snapshot.objects.count()
    built = commands.build(actor=lived.ben.actor, out=data / "out", today=today)
    assert Snapshot.objects.count() == before
    assert AuditEntry.objects.filter(action="facts_handed_on").exists()
    written = b"".join(p.read_bytes() for p in (data / "out").rglob("*.*"))
    with Facts.read(built.folder) as handed_on:
        held = str([handed_on.table(name).to_pylist() for name in TABLES])
    people = (lived.pat, lived.quinn, lived.pat_episode, lived.ada.user, lived.north)
    for thing in people:
        assert str(thing.pk) not in held
        assert str(thing.pk).encode() not in written
        assert thing.pk.hex.encode() not in written
    assert lived.pat.family_name.encode() not in written


def test_a_folder_that_holds_something_is_left_alone(lived, data, today):
    (data / "out").mkdir()
    (data / "out" / "thesis.txt").write_text("years of work")
    with pytest.raises(InputFault, match="not empty"):
        commands.build(actor=lived.ben.actor, out=data / "out", today=today)
    assert [path.name for path in Path(data / "out").iterdir()] == ["thesis.txt"]


MAY_BUILD = {"ben": True, "sam": True, "ada": False, "cora": False, "ola": False}


@pytest.mark.parametrize(("name", "may"), MAY_BUILD.items())
def test_who_oversees_a_unit_may_freeze_its_facts(lived, data, today, name, may):
    actor = getattr(lived, name).actor
    if may:
        assert commands.build(actor=actor, unit=lived.north, today=today)
        return
    with pytest.raises(Refused):
        commands.build(actor=actor, unit=lived.north, today=today)
    assert not (data / "facts").exists()


def test_freezing_reaches_as_far_as_the_policy(lived, data, today):
    built = commands.build(actor=lived.sam.actor, today=today)
    assert built.manifest.units == (str(lived.north.pk),)
    with pytest.raises(Refused):
        commands.build(actor=lived.sam.actor, unit=lived.elsewhere, today=today)


# Asking for facts

MAY_HAVE = {
    "ada": True,
    "ben": True,
    "sam": True,
    "cora": False,
    "dev": False,
    "kit": False,
    "femi": False,
    "rui": False,
    "eve": False,
    "ola": False,
}


@pytest.mark.parametrize(("name", "may"), MAY_HAVE.items())
def test_the_facts_of_a_unit_are_for_those_who_read_or_oversee_it(
    lived, today, name, may
):
    actor = getattr(lived, name).actor
    if not may:
        with pytest.raises(Refused):
            queries.unit_facts(actor, lived.north, today)
        return
    with queries.unit_facts(actor, lived.north, today) as fresh:
        assert (fresh.as_of, fresh.snapshot) == (today, None)
        assert fresh.units == [str(lived.north.pk)]
        assert fresh.table("contacts").num_rows == 2


def test_the_latest_snapshot_is_one_of_units_in_reach(world, today):
    north, elsewhere = str(world.north.pk), str(world.elsewhere.pk)
    for hours, units in enumerate([[north], [north], [elsewhere], [north, elsewhere]]):
        SnapshotFactory(units=units, made_at=MADE + timedelta(hours=hours))
    _first, second, third, _fourth = Snapshot.objects.order_by("made_at")
    assert queries.latest_snapshot(world.ben.actor) == second
    assert queries.latest_snapshot(world.sam.actor, world.north) == second
    assert queries.latest_snapshot(world.ada.actor) is None
    with pytest.raises(Refused):
        queries.snapshot_facts(world.ben.actor, third)


def test_facts_after_their_day_are_a_warning(tmp_path):
    write(tmp_path / "set")
    found = verifying.verify(tmp_path / "set", date(2026, 7, 1), today=AS_OF)
    assert {violation.severity for violation in found} == {"warning"}
    assert {violation.rule for violation in found} == {"in_the_future"}
