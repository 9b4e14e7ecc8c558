"""Opening an import: what is stored, what is used again, what is refused."""

import pytest
from tests.exchange.conftest import FILES, SETUP, TODAY, pieces

from braid.access.models import AuditEntry
from braid.exchange import commands, queries, tasks
from braid.exchange.commands.batches import named_apart
from braid.exchange.models import ImportBatch, ImportEntry
from braid.kernel.errors import InputFault, Refused


def open_files(world, files, actor=None, setup=None):
    return commands.open_batch(
        actor=actor or world.ben.actor,
        unit=world.north,
        files=pieces(files),
        setup=setup,
    )


def test_files_are_stored_and_named(world):
    batch = open_files(world, FILES)
    names = [file.name for file in queries.files_of(world.ben.actor, batch)]
    assert names == sorted(FILES)
    assert AuditEntry.objects.filter(action="import_opened").get().count == 4


@pytest.mark.parametrize("number", [0, 21])
def test_no_file_or_too_many_are_told(world, number):
    with pytest.raises(InputFault) as fault:
        open_files(world, {f"file-{n}.csv": "a" for n in range(number)})
    assert fault.value.field == "files"
    assert not ImportBatch.objects.system("look").exists()


def test_who_may_not_import_stores_nothing(world, settings, tmp_path):
    settings.BRAID_UPLOADS = tmp_path
    with pytest.raises(Refused):
        open_files(world, FILES, world.ada.actor)
    assert list(tmp_path.iterdir()) == []


def test_files_of_one_name_are_told_apart():
    names = named_apart(["a.csv", "a.csv", "b.csv", "a.csv"])
    assert names == ["a.csv", "a.csv (2)", "b.csv", "a.csv (3)"]


def test_country_is_that_of_the_organisation(world):
    assert open_files(world, FILES).setup == {"country": "DK"}


def test_setup_of_the_last_import_is_used_again_without_its_day(world, bring, save):
    save(bring())
    stated = open_files(world, FILES).setup
    assert stated["specialists"] == SETUP["specialists"]
    assert "as_of" not in stated


def test_every_state_is_an_entry(world, bring, save):
    batch = save(bring())
    entries = ImportEntry.objects.filter(batch=batch).system("look")
    assert [(e.number, e.state) for e in entries] == [
        (1, "reading"),
        (2, "reading"),
        (3, "planned"),
        (4, "committing"),
        (5, "committed"),
    ]
    assert {e.recorded_by for e in entries} == {world.ben.user}


def test_saved_import_takes_no_further_statement(world, bring, save):
    batch = save(bring())
    with pytest.raises(InputFault):
        commands.set_setup(actor=world.ben.actor, batch=batch, setup={})


def test_answer_can_be_changed_and_taken_back(world, bring):
    batch = bring()
    one = {"file": "contacts.csv", "sheet": None, "row": 5, "field": "cid"}
    for answer in ({"reject": True}, {"client": "N-101"}):
        said = [{**one, "answer": answer}]
        commands.answer(actor=world.ben.actor, batch=batch, answers=said)
    assert [a["answer"] for a in batch.answers] == [{"client": "N-101"}]
    said = [{**one, "answer": None}]
    commands.answer(actor=world.ben.actor, batch=batch, answers=said)
    assert batch.answers == []


def test_file_that_cannot_be_read_leaves_its_reason(world):
    batch = open_files(world, {"letter.csv": "%PDF-1.7"})
    with pytest.raises(InputFault):
        commands.plan_batch(actor=world.ben.actor, batch=batch, today=TODAY)
    entry = queries.last_entry(world.ben.actor, batch)
    assert (batch.state, entry.state) == ("failed", "failed")
    assert "PDF" in str(entry.said)


def test_task_of_somebody_whose_role_ended_does_nothing(world, today):
    batch = open_files(world, FILES)
    world.ben.user.memberships.update(last_day="2026-10-04")
    tasks.start_reading(world.ben.actor, batch)
    batch.refresh_from_db()
    assert batch.state == "reading"


def test_task_that_breaks_says_so_without_values(world, today, monkeypatch, caplog):
    batch = open_files(world, FILES)

    def breaks(*_args, **_more):
        raise RuntimeError(FILES["caseload.csv"])

    monkeypatch.setattr("braid.exchange.commands.planning.make_plan", breaks)
    tasks.start_reading(world.ben.actor, batch)
    batch.refresh_from_db()
    assert batch.state == "failed"
    assert "reference" in caplog.text and "Holt" not in caplog.text


def test_stranger_sees_no_import(world, bring):
    bring()
    for who in ("ada", "ola", "cora", "dev"):
        actor = getattr(world, who).actor
        assert not queries.batches(actor)
        assert not queries.importable_units(actor)
    assert queries.batches(world.sam.actor).count() == 1
