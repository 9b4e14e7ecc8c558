"""Live items kept beside a snapshot: the same as worked out, and never those of others."""

import json
import shutil

import pytest

from braid.facts import foreign, registry, tasks
from braid.facts import queries as facts
from braid.facts.models import Snapshot
from braid.fidelity import stored
from braid.fidelity.across import snapshots
from braid.fidelity.live import live
from braid.kernel.errors import Refused
from braid.packs import scales
from tests.facts import busy

SCALE = scales.get("ips-25")


@pytest.fixture(scope="module")
def frozen(tmp_path_factory):
    return busy.frozen(tmp_path_factory.mktemp("stored") / "facts")


@pytest.fixture
def folder(frozen, tmp_path):
    return shutil.copytree(frozen, tmp_path / "facts")


@pytest.fixture
def asked(folder):
    """What is kept or worked out, and how often facts were opened for it."""

    class Asked(list):
        def bounds(self, scale=SCALE):
            return stored.bounds_of(folder, scale.id, scale.version, self._open)

        def _open(self):
            self.append(folder)
            found, faults = foreign.open_folder(folder)
            assert not faults
            return found

    return Asked()


def kept_in(folder):
    return folder / "derived" / f"live-{SCALE.id}-{SCALE.version}.json"


def test_what_is_kept_is_what_is_worked_out(folder, asked):
    first = asked.bounds()
    with foreign.open_folder(folder)[0] as drawn:
        found = live(drawn, SCALE, days=[busy.AS_OF])
    assert first == {
        unit: tuple((one.scored.floor, one.scored.ceiling) for one in row.items)
        for (unit, _day), row in found.items()
    }
    assert asked.bounds() == first
    assert len(asked) == 1


def test_another_scale_is_kept_apart(asked):
    assert asked.bounds() != asked.bounds(scales.get("ips-15"))
    assert asked.bounds(scales.get("ips-15"))
    assert len(asked) == 2


@pytest.mark.parametrize(
    "damage",
    [
        pytest.param(lambda text: text[:-9], id="cut off"),
        pytest.param(lambda text: "", id="empty"),
        pytest.param(lambda text: "[]", id="another document"),
        pytest.param(lambda text: text.replace("[[", "[[null,", 1), id="not a number"),
    ],
)
def test_a_damaged_file_is_worked_out_anew(folder, asked, damage):
    first = asked.bounds()
    path = kept_in(folder)
    path.write_text(damage(path.read_text()))
    assert asked.bounds() == first
    assert len(asked) == 2
    assert asked.bounds() == first
    assert len(asked) == 2


def test_facts_that_were_rewritten_have_other_items(folder, asked):
    asked.bounds()
    path = folder / "manifest.json"
    said = json.loads(path.read_text())
    path.write_text(json.dumps(said | {"hash": "0" * 64}))
    asked.bounds()
    assert len(asked) == 2


def test_another_method_is_never_answered_from_the_file(asked, monkeypatch):
    asked.bounds()
    monkeypatch.setattr(stored, "_method", lambda scale, version: "of later")
    asked.bounds()
    assert len(asked) == 2


def test_facts_that_say_not_what_they_are_keep_nothing(folder, asked, monkeypatch):
    monkeypatch.setattr(stored, "_key", lambda folder, scale, version: None)
    assert asked.bounds() == asked.bounds() != {}
    assert len(asked) == 2
    assert not kept_in(folder).exists()


def test_the_measures_have_a_say_in_what_is_kept(monkeypatch):
    before = stored._method.__wrapped__(SCALE.id, SCALE.version)
    load = stored.measures.load

    def changed():
        found = dict(load())
        one = found["item24_community"]
        found[one.id] = one.model_copy(update={"basis": "referred"})
        return found

    monkeypatch.setattr(stored.measures, "load", changed)
    assert stored._method.__wrapped__(SCALE.id, SCALE.version) != before


def test_a_full_disk_keeps_nobody_from_an_answer(asked, monkeypatch):
    def full(path, data):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(stored.private_files, "replace", full)
    assert asked.bounds() == asked.bounds() != {}
    assert len(asked) == 2


# ---- In an installation ------------------------------------------------------------------


@pytest.fixture
def built(world, today, django_capture_on_commit_callbacks):
    """A snapshot that the worker built for Sam, who oversees North and South."""
    with django_capture_on_commit_callbacks(execute=True):
        tasks.start_build(world.sam.actor)
    return Snapshot.objects.get()


@pytest.mark.django_db
def test_the_worker_keeps_the_items_ready(world, built, monkeypatch):
    assert stored.keep in registry.beside()
    assert kept_in(built.folder).exists()

    def opened(snapshot):
        raise AssertionError("The facts were opened.")

    monkeypatch.setattr(facts, "opened", opened)
    found = snapshots.live_rows(world.sam.actor, built, SCALE)
    assert str(world.north.pk) in found
    assert len(found[str(world.north.pk)].bounds) == 25


@pytest.mark.django_db
def test_what_is_kept_opens_nothing_to_who_may_not_read_it(world, built):
    with pytest.raises(Refused):
        snapshots.live_rows(world.ada.actor, built, SCALE)


@pytest.mark.django_db
def test_what_cannot_be_kept_does_not_break_the_build(
    world, today, monkeypatch, django_capture_on_commit_callbacks
):
    def broken(snapshot):
        raise OSError("No space left on device")

    monkeypatch.setattr(registry, "_beside", [broken])
    with django_capture_on_commit_callbacks(execute=True):
        key = tasks.start_build(world.sam.actor)
    assert tasks.building(world.sam.actor, key).state == "done"
