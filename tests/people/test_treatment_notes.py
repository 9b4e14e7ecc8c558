"""Treatment notes: the team's own, sealed, and in no log."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from braid.access import subject_keys
from braid.access.models import AuditEntry, Change
from braid.access.policy import Information
from braid.kernel.errors import InputFault, Refused, Stale
from braid.people import commands, sections
from braid.people.models import TreatmentNote
from tests.cast import TODAY
from tests.consents import agree, withdraw
from tests.factories.access import BrokenGlassFactory
from tests.factories.people import TreatmentNoteFactory

WORDS = "Sleeps badly before early shifts."


@pytest.fixture
def cora(world, today):
    agree(world, world.pat, world.cora, Information.IDENTITY)
    return world.cora.actor


def write(world, actor, **given):
    values = {
        "applicant_id": world.pat.pk,
        "team_id": world.east.pk,
        "day": TODAY,
        "text": WORDS,
    } | given
    return commands.add_treatment_note(actor=actor, **values)


def kept(note):
    return TreatmentNote.objects.system("a test").get(pk=note.pk)


def test_a_note_is_read_by_its_team_and_sealed_in_the_database(world, cora):
    note = write(world, cora)
    (read,) = sections.treatment_notes(cora, world.pat.pk)
    assert (read.text, read.author) == (WORDS, "Cora Clinician")
    assert b"shifts" not in bytes(kept(note).sealed_text)
    entry = AuditEntry.objects.get(action="treatment_note_written")
    assert entry.information == "treatment"


@pytest.mark.parametrize("reader", ["ada", "ben", "dev", "kit", "ola"])
def test_nobody_else_reads_it_unasked(world, cora, reader):
    write(world, cora)
    actor = getattr(world, reader).actor
    assert sections.treatment_notes(actor, world.pat.pk) == []


def test_the_unit_reads_it_while_it_is_agreed(world, cora):
    write(world, cora)
    agree(world, world.pat, world.ada, Information.TREATMENT)
    (read,) = sections.treatment_notes(world.ada.actor, world.pat.pk)
    assert read.text == WORDS
    withdraw(world, world.pat, world.ada)
    assert sections.treatment_notes(world.ada.actor, world.pat.pk) == []


@pytest.mark.parametrize("writer", ["ada", "ben", "dev", "kit", "sam"])
def test_no_other_role_writes_one(world, cora, writer):
    with pytest.raises(Refused):
        write(world, getattr(world, writer).actor)


def test_nobody_writes_about_whom_they_may_not_know(world, today):
    with pytest.raises(Refused):
        write(world, world.cora.actor)


def test_nobody_writes_for_another_team(world, cora):
    with pytest.raises(Refused):
        write(world, cora, team_id=world.north.pk)


def test_emergency_access_alone_lets_nobody_write(world, today):
    from dataclasses import replace

    opened = replace(world.cora.actor, opened=frozenset({world.pat.pk}))
    with pytest.raises(Refused):
        write(world, opened)


def test_a_correction_leaves_no_word_in_the_log(world, cora):
    note = kept(write(world, cora))
    changed = commands.change_treatment_note(
        actor=cora, note=note, row_version=1, day=TODAY, text="Sleeps well."
    )
    assert changed
    (read,) = sections.treatment_notes(cora, world.pat.pk)
    assert read.text == "Sleeps well."
    (change,) = Change.objects.filter(record_key=note.pk)
    assert change.old.startswith("sealed ")
    assert "leeps" not in change.old + change.new
    assert change.old != change.new


def test_the_same_words_are_no_change(world, cora):
    note = kept(write(world, cora))
    assert not commands.change_treatment_note(
        actor=cora, note=note, row_version=1, day=TODAY, text=WORDS
    )


def test_a_stale_form_overwrites_nothing(world, cora):
    note = kept(write(world, cora))
    change = {"actor": cora, "note": note, "row_version": 1, "day": TODAY}
    commands.change_treatment_note(**change, text="First.")
    with pytest.raises(Stale):
        commands.change_treatment_note(**change, text="Second.")
    assert sections.treatment_notes(cora, world.pat.pk)[0].text == "First."


def test_only_who_wrote_it_corrects_it(world, cora):
    note = TreatmentNoteFactory(applicant=world.pat, team=world.east)
    with pytest.raises(Refused):
        commands.change_treatment_note(
            actor=cora, note=note, row_version=1, day=TODAY, text="Mine now."
        )


def test_a_note_of_today_can_be_taken_back(world, cora):
    note = write(world, cora)
    commands.take_back_treatment_note(actor=cora, key=note.pk, today=TODAY)
    assert sections.treatment_notes(cora, world.pat.pk) == []


def test_an_older_note_stays(world, cora):
    note = write(world, cora)
    with pytest.raises(InputFault):
        commands.take_back_treatment_note(
            actor=cora, key=note.pk, today=TODAY + timedelta(days=1)
        )


def test_without_the_applicants_key_nobody_reads_it_again(world, cora):
    write(world, cora)
    subject_keys.destroy(world.pat.pk)
    assert sections.treatment_notes(cora, world.pat.pk)[0].text == ""


def test_a_clinician_writes_corrects_and_takes_back_on_the_pages(as_, world, cora):
    client, page = as_("cora"), reverse("desk:person", args=[world.pat.pk])
    new = reverse("people:treatment_note_new", args=[world.pat.pk])
    assert "Write a treatment note" in client.get(page).content.decode()
    assert client.get(new).status_code == 200
    sent = {"day": TODAY.isoformat(), "text": WORDS, "row_version": 1}
    assert client.post(new, sent)["Location"] == page
    assert WORDS in client.get(page).content.decode()
    note = TreatmentNote.objects.system("a test").get()
    one = reverse("people:treatment_note", args=[note.pk])
    assert WORDS in client.get(one).content.decode()
    assert client.post(one, sent | {"text": "Better."}).status_code == 302
    stale = client.post(one, sent | {"text": "Old form."})
    assert stale.status_code == 422
    assert "Somebody changed this while you were typing" in stale.content.decode()
    back = reverse("people:treatment_note_take_back", args=[note.pk])
    assert client.get(back).status_code == 405
    client.post(back)
    assert not TreatmentNote.objects.system("a test").exists()


@pytest.mark.parametrize(
    ("reader", "status"), [("ada", 403), ("dev", 403), ("sam", 403)]
)
def test_other_roles_have_no_such_page(as_, world, cora, reader, status):
    for name, key in (
        ("people:treatment_note_new", world.pat.pk),
        ("people:treatment_note", write(world, cora).pk),
    ):
        assert as_(reader).get(reverse(name, args=[key])).status_code == status


def test_a_clinician_who_does_not_know_the_person_finds_no_page(as_, world):
    new = reverse("people:treatment_note_new", args=[world.pat.pk])
    assert as_("cora").get(new).status_code == 404


def test_with_emergency_access_there_is_no_page_to_write_on(as_, world):
    now = timezone.now()
    BrokenGlassFactory(
        applicant_id=world.pat.pk,
        user=world.cora.user,
        organisation=world.east.organisation,
        holder=world.havnelund,
        opened_at=now,
        expires_at=now + timedelta(hours=1),
    )
    new = reverse("people:treatment_note_new", args=[world.pat.pk])
    assert as_("cora").get(new).status_code == 404


def test_shared_notes_stand_on_the_units_page_and_opening_it_says_so(as_, world, cora):
    write(world, cora)
    page = reverse("desk:person", args=[world.pat.pk])
    assert WORDS not in as_("ada").get(page).content.decode()
    assert "treatment" not in AuditEntry.objects.last().information
    entry = agree(world, world.pat, world.ada, Information.TREATMENT)
    assert WORDS in as_("ada").get(page).content.decode()
    opened = AuditEntry.objects.filter(action="person_opened").last()
    assert "treatment" in opened.information
    assert opened.consent_number == entry.number
