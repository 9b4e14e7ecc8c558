"""Any file through the pages: it is saved whole or not at all, and no page breaks."""

import random

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from tests.exchange.looking import counts, fresh, url
from tests.exchange.roster.fuzzing import WILD, damaged

from braid.exchange import tasks
from braid.exchange.commands import committing
from braid.exchange.models import ImportBatch

pytestmark = pytest.mark.django_db

PAGES = ("found", "once", "questions", "preview", "progress", "result", "undo")


@pytest.fixture
def broken(monkeypatch):
    """Return the faults of our own that work on an import met: there must be none."""
    met = []
    note = tasks.note

    def noted(error, data):
        met.append(repr(error))
        return note(error, data)

    monkeypatch.setattr(tasks, "note", noted)
    return met


def upload(client, world, name, data):
    file = SimpleUploadedFile(name, data)
    return client.post(
        reverse("exchange:new"), {"files": [file], "unit": world.north.pk}
    )


def open_all(client, batch):
    """Open every page of an import as it stands now."""
    for name in PAGES:
        assert client.get(url(name, batch)).status_code in (200, 302)
    for number in range(3):
        table = client.get(url("table", batch, number))
        assert table.status_code in (200, 302, 404)


@pytest.mark.parametrize("form", WILD)
@pytest.mark.parametrize("seed", range(16))
def test_wild_file_is_saved_whole_or_not_at_all(ben, world, broken, form, seed):
    rng = random.Random(seed)
    data = WILD[form](rng)
    if seed % 3 == 2:
        data = damaged(rng, data)
    before = counts()
    response = upload(ben, world, f"wild.{form}", data)
    assert response.status_code in (302, 422)
    assert counts() == before
    batch = ImportBatch.objects.system("the only one").first()
    if batch is None:
        return
    open_all(ben, batch)
    if batch.state == "planned":
        ben.post(url("commit", batch), {"plan_hash": batch.plan_hash})
    batch = fresh(batch)
    assert batch.state in ("planned", "committed", "failed")
    if batch.state != "committed":
        assert counts() == before
    open_all(ben, batch)
    assert broken == []
    if batch.state == "committed":
        ben.post(url("undo", batch))
        assert counts() == before


def test_fault_at_the_very_end_of_saving_leaves_nothing_behind(
    ben, batch, monkeypatch, broken
):
    """Were a fault of our own to strike late, the record stands as it was."""
    before = counts()

    def strikes(*_args, **_kwargs):
        raise RuntimeError

    monkeypatch.setattr(committing.audit, "record", strikes)
    ben.post(url("commit", batch), {"plan_hash": batch.plan_hash})
    assert broken == ["RuntimeError()"]
    assert fresh(batch).state == "failed"
    assert counts() == before
    open_all(ben, batch)
