"""A build that is killed leaves nothing that anybody reads, and what it leaves goes."""

import os
from datetime import timedelta

import pytest
from django.utils import timezone
from tests.facts.test_incremental import is_absent

from braid.facts import commands, erasing, leftovers, queries
from braid.facts.models import Snapshot
from braid.kernel.errors import Refused
from braid.kernel.ids import new_id

pytestmark = pytest.mark.django_db


@pytest.fixture
def data(tmp_path, settings, own_keys):
    settings.BRAID_DATA = tmp_path
    return tmp_path


@pytest.fixture
def build(lived, data, today):
    """Freeze the facts of all that Ben oversees."""
    return lambda: commands.build(actor=lived.ben.actor, today=today)


class Killed(BaseException):
    """The process ends here: nothing that comes after is done."""


def test_a_build_that_is_killed_before_its_second_look_is_read_by_nobody(
    lived, build, today, monkeypatch
):
    """Pat's erasure looked before the row was there; the second look never comes."""
    looks, look = [], erasing.take_out

    def killed_at_the_second(*args):
        looks.append(args)
        if len(looks) > 1:
            raise Killed
        return look(*args)

    monkeypatch.setattr(erasing, "take_out", killed_at_the_second)
    with pytest.raises(Killed):
        build()
    monkeypatch.undo()
    left = Snapshot.objects.get(hash="")
    assert left.folder.is_dir()
    assert left not in queries.snapshots(lived.ben.actor)
    assert queries.latest_snapshot(lived.ben.actor) != left
    with pytest.raises(Refused):
        queries.snapshot_facts(lived.ben.actor, left)
    erasing.erase(lived.quinn.pk)  # finds it all the same, and opens it to nobody
    assert is_absent(lived.quinn.pk, left.folder)
    assert left not in queries.snapshots(lived.ben.actor)
    built = build()
    assert built.base is None
    assert str(queries.latest_snapshot(lived.ben.actor).pk) == built.manifest.snapshot
    assert left.folder.is_dir()  # its build might still run
    assert leftovers.sweep(timezone.now() + timedelta(2)) == 1
    assert not left.folder.exists()
    assert built.folder.is_dir()


def test_files_of_a_build_that_was_killed_before_its_row_are_swept(build, data):
    built = build()
    orphan = data / "facts" / str(new_id())
    draft = data / "facts" / f".{new_id()}-abc"
    other = data / "facts" / "nation-1-2026-10-05"
    for folder in (orphan, draft, other):
        folder.mkdir()
    assert leftovers.sweep(timezone.now()) == 0
    old = (timezone.now() - timedelta(2)).timestamp()
    for folder in (orphan, draft, other, built.folder):
        os.utime(folder, (old, old))
    assert leftovers.sweep(timezone.now()) == 2
    assert sorted((data / "facts").iterdir()) == sorted([built.folder, other])
