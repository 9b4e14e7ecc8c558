"""Taking an import back: all of it, or a sentence that names what holds it."""

from datetime import date

import pytest
from tests.exchange.conftest import CASELOAD, FILES
from tests.exchange.looking import counts, imported, rows, unchanged
from tests.factories.people import NoteFactory, RefusalFactory
from tests.factories.work import ContactFactory, EmployerContactFactory, JobFactory

from braid.access.models import AuditEntry, User
from braid.exchange import commands
from braid.exchange.commands import UndoRefused
from braid.exchange.models import ImportedRow, KeptAnswer
from braid.kernel.errors import InputFault, Refused
from braid.people.commands import assign
from braid.work.commands import change_contact


def undo(world, batch, actor=None):
    commands.undo_batch(actor=actor or world.ben.actor, batch=batch)


def held(world, batch):
    with unchanged(), pytest.raises(UndoRefused) as refused:
        undo(world, batch)
    assert batch.state == "committed"
    return {(one.kind, one.file, one.row, one.why) for one in refused.value.held}


def test_undo_leaves_the_record_as_it_was(bring, save, world):
    with unchanged():
        batch = save(bring())
        undo(world, batch)
    assert batch.state == "undone"
    assert not ImportedRow.objects.system("look").exists()


def test_undo_can_be_followed_by_the_import_again(bring, save, world):
    batch = save(bring())
    saved = counts()
    undo(world, batch)
    save(bring())
    assert counts() == saved


def test_undo_is_one_audit_entry(bring, save, world):
    batch = save(bring())
    undo(world, batch)
    entry = AuditEntry.objects.get(action="import_undone", record_key=str(batch.pk))
    assert entry.count == 5 + 5 + 3 + 2 + 2 + 2 + 1 + 1


def test_undo_forgets_the_answers(bring, save, world):
    said = {
        "file": "caseload.csv",
        "sheet": None,
        "row": 5,
        "field": "team",
        "answer": {"team": "West"},
    }
    batch = save(bring(answers=[said]))
    undo(world, batch)
    assert not KeptAnswer.objects.system("look").exists()


def test_contact_edited_since_holds_the_import_and_is_named(bring, save, world):
    batch = save(bring())
    contact = rows("work.contact").get(minutes=45)
    change_contact(actor=world.ben.actor, contact=contact, row_version=1, minutes=50)
    assert held(world, batch) == {("contacts", "contacts.csv", 2, "edited")}


def test_episode_handed_over_since_holds_the_import(bring, save, world):
    batch = save(bring())
    ida = User.objects.get(name="Ida Berg")
    assign(
        actor=world.ben.actor,
        episode=imported("Mia Holt"),
        specialist=ida,
        day=date(2026, 7, 1),
    )
    assert held(world, batch) == {("caseload", "caseload.csv", 2, "edited")}


@pytest.mark.parametrize(
    "add",
    [
        lambda episode: ContactFactory(episode=episode),
        lambda episode: NoteFactory(episode=episode),
        lambda episode: RefusalFactory(episode=episode),
        lambda episode: JobFactory(episode=episode, employer=None),
        lambda episode: EmployerContactFactory(
            episode=episode, unit=episode.unit, employer=None
        ),
    ],
    ids=["contact", "note", "refusal", "job", "employer contact"],
)
def test_what_somebody_added_to_a_person_holds_the_import(bring, save, world, add):
    batch = save(bring())
    add(imported("Mia Holt"))
    assert held(world, batch) == {("caseload", "caseload.csv", 2, "used")}


def test_second_referral_since_holds_the_person(bring, save, world):
    from tests.factories.people import EpisodeFactory

    batch = save(bring())
    EpisodeFactory(applicant=imported("Jens Krog").applicant, unit=world.elsewhere)
    assert held(world, batch) == {("person", "caseload.csv", 3, "used")}


def test_refusal_names_no_person(bring, save, world):
    batch = save(bring())
    NoteFactory(episode=imported("Mia Holt"))
    with pytest.raises(UndoRefused) as refused:
        undo(world, batch)
    told = str(refused.value) + repr(refused.value.held)
    assert "Mia" not in told and "Holt" not in told and "N-101" not in told


def test_employer_used_since_stays_and_holds_nothing(bring, save, world):
    batch = save(bring())
    brun = rows("work.employer").get(name="Baker Brun")
    EmployerContactFactory(unit=world.north, employer=brun, staff=world.ada.user)
    undo(world, batch)
    assert [e.name for e in rows("work.employer")] == ["Baker Brun"]


def test_specialist_invited_since_stays(bring, save, world):
    batch = save(bring())
    User.objects.filter(name="Ida Berg").update(email="ida@example.org")
    undo(world, batch)
    assert User.objects.filter(name="Ida Berg").exists()


def test_later_import_is_taken_back_alone(bring, save, world):
    save(bring())
    before = counts()
    more = FILES["contacts.csv"].replace(",45,", ",50,")
    more += "2026-05-20,N-103,,Ada Specialist,Phone,,10,Y,\n"
    second = save(bring({**FILES, "contacts.csv": more}))
    undo(world, second)
    assert counts() == before
    assert rows("work.contact").filter(minutes=45).exists()


def test_earlier_import_waits_for_the_later_one(bring, save, world):
    first = save(bring())
    more = FILES["contacts.csv"].replace(",45,", ",50,")
    second = save(bring({**FILES, "contacts.csv": more}))
    assert held(world, first) == {("contacts", "contacts.csv", 2, "edited")}
    undo(world, second)
    undo(world, first)
    assert rows("people.episode").count() == 2  # Pat and Quinn, who were there


def test_discharge_by_a_later_file_is_taken_back_whole(bring, save, world):
    save(bring())
    before = counts()
    text = CASELOAD.replace("2026-05-12,,,", "2026-05-12,2026-06-20,Moved,A word")
    second = save(bring({**FILES, "caseload.csv": text}))
    undo(world, second)
    sara = imported("Sara Lind")
    spell = rows("people.caseloadspell").get(episode=sara)
    assert (sara.state, sara.exited_on, sara.exit_reason) == ("active", None, "")
    assert (spell.last_day, spell.ended_because) == (None, "")
    assert counts() == before


def test_after_an_undone_update_the_first_files_change_nothing(bring, save, world):
    save(bring())
    text = CASELOAD.replace("2026-05-12,,,", "2026-05-12,2026-06-20,Moved,")
    undo(world, save(bring({**FILES, "caseload.csv": text})))
    again = bring()
    assert again.summary["totals"]["asked"] == 3
    with unchanged():
        assert save(again).summary["updated"] == {}


def test_update_that_took_a_spell_away_cannot_be_taken_back(bring, save, world):
    moved = CASELOAD.replace("Notes\n", "Notes,Previous ES,ES changed on\n").replace(
        "Mornings\n", "Mornings,Ida Berg,2026-04-01\n"
    )
    save(bring({**FILES, "caseload.csv": moved}))
    second = save(bring())
    assert held(world, second) == {("caseload", "caseload.csv", 2, "replaced")}


def test_import_that_is_not_saved_cannot_be_taken_back(bring, world):
    with pytest.raises(InputFault) as fault:
        undo(world, bring())
    assert fault.value.reason == "not_committed"


@pytest.mark.parametrize("who", ["ada", "ola", "cora"])
def test_who_may_not_import_takes_nothing_back(bring, save, world, who):
    batch = save(bring())
    with unchanged(), pytest.raises(Refused):
        undo(world, batch, getattr(world, who).actor)
