"""A copy holds everything that names the person, in words, and nothing of others."""

import json
import zipfile
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from braid.access import audit, subject_keys
from braid.access.models import Organisation
from braid.access.rights import exporting, relations
from braid.documents import commands as documents
from tests.access.rights.planted import plant
from tests.factories.access import (
    BrokenGlassFactory,
    ChangeFactory,
    FindingFactory,
    RequestEntryFactory,
    SubjectRequestFactory,
)
from tests.factories.exchange import ImportBatchFactory, ImportedRowFactory
from tests.factories.people import NoteFactory, TreatmentNoteFactory

NOW = datetime(2026, 10, 5, 7, tzinfo=UTC)


@pytest.fixture
def planted(world):
    return plant(world)


@pytest.fixture
def made(world, planted):
    return exporting.gather(world.pat.pk, NOW)


def test_every_marker_in_every_table_is_in_the_copy(planted, made):
    assert len(planted.where) >= 40
    assert planted.lost_from(made.as_json()) == []


def test_the_readable_page_says_the_same(planted, made):
    assert planted.lost_from(made.as_html()) == []


def test_no_row_of_any_relation_is_missing(world, made):
    there = {
        model._meta.label_lower: relations.rows(model, world.pat.pk).count()
        for model in relations.paths()
    }
    kept = {label: number for label, number in there.items() if number}
    assert {label: made.counts[label] for label in kept} == kept


def test_every_table_that_points_at_the_person_is_walked():
    from django.apps import apps

    walked = set(relations.paths())
    pointing = {
        relation.related_model
        for model in walked
        for relation in model._meta.related_objects
    }
    assert pointing - walked == set()
    keyed = {
        model
        for model in apps.get_models(include_auto_created=True)
        for field in model._meta.concrete_fields
        if field.attname in relations.KEYS
    }
    assert keyed - walked == set()


def test_nothing_of_somebody_else_is_in_it(world, planted):
    NoteFactory(episode=world.quinn_episode, text="Only about Quinn.")
    copy = exporting.gather(world.pat.pk, NOW)
    assert "Only about Quinn." not in copy.as_json()
    assert "Only about Quinn." in exporting.gather(world.quinn.pk, NOW).as_json()


def test_each_row_says_when_and_by_whom(world):
    NoteFactory(episode=world.pat_episode, created_by=world.ada.user)
    copy = exporting.gather(world.pat.pk, NOW)
    (row,) = next(one.rows for one in copy.sections if one.table == "people.note")
    assert row.recorded_by == world.ada.user.name
    assert row.recorded_at.startswith("20")


def test_labels_are_words_in_the_language_of_the_reader(world):
    from django.utils import translation

    with translation.override("da"):
        copy = exporting.gather(world.pat.pk, NOW)
    labels = {c.label for s in copy.sections for r in s.rows for c in r.cells}
    assert "family_name" not in labels


def test_a_destroyed_key_is_said_and_breaks_nothing(world):
    sealed = subject_keys.seal(world.pat.pk, b"Sleeps badly.")
    TreatmentNoteFactory(applicant=world.pat, team=world.east, sealed_text=sealed)
    assert "Sleeps badly." in exporting.gather(world.pat.pk, NOW).as_json()
    subject_keys.destroy(world.pat.pk)
    text = exporting.gather(world.pat.pk, NOW).as_json()
    assert "Sleeps badly." not in text
    assert "The key of this note was destroyed" in text


def test_an_organisation_copies_what_it_keeps_and_names_what_others_keep(world):
    sealed = subject_keys.seal(world.pat.pk, b"Sleeps badly.")
    TreatmentNoteFactory(applicant=world.pat, team=world.east, sealed_text=sealed)
    copy = exporting.gather(world.pat.pk, NOW, organisation=world.havnelund)
    assert "Sleeps badly." not in copy.as_json()
    assert "Lund" in copy.as_json()
    assert copy.left_out == ("Notes of the treatment team",)


def document_of(world, member, team, text, kind="health_at_work"):
    return documents.add(
        actor=member.actor,
        applicant_id=world.pat.pk,
        team=team,
        kind=kind,
        title=text,
        file_name="a.txt",
        data=text.encode(),
        day=member.actor.day,
    )


@pytest.fixture
def of_both(world, house):
    """A document of the unit and one of the treatment team, another organisation's."""
    document_of(world, world.ada, world.north, "Of North.")
    document_of(world, world.cora, world.east, "Of East.", kind="treatment")
    return world


def files_of(copy):
    with copy.as_file() as file, zipfile.ZipFile(file) as archive:
        inside = [one for one in archive.namelist() if one.startswith("files/")]
        return {archive.read(one).decode() for one in inside}


HOLDERS = {"havnelund": ("Of North.", "Of East."), "region": ("Of East.", "Of North.")}


@pytest.mark.parametrize("holder", HOLDERS)
def test_a_steward_copies_the_documents_of_the_own_organisation(of_both, holder):
    mine, theirs = HOLDERS[holder]
    organisation = Organisation.objects.get(slug=holder)
    copy = exporting.gather(of_both.pat.pk, NOW, organisation=organisation)
    assert files_of(copy) == {mine}
    for text in (copy.as_html(), copy.as_json()):
        assert mine in text
        assert theirs not in text
    assert "Documents" in copy.left_out
    assert "Other organisations keep more about you" in copy.as_html()


def test_the_applicants_own_copy_holds_the_documents_of_everybody(of_both):
    copy = exporting.gather(of_both.pat.pk, NOW)
    assert files_of(copy) == {"Of North.", "Of East."}
    assert copy.left_out == ()
    assert "Other organisations keep more" not in copy.as_html()


def test_where_nobody_else_keeps_more_the_copy_does_not_say_so(world, house):
    document_of(world, world.ada, world.north, "Of North.")
    copy = exporting.gather(world.pat.pk, NOW, organisation=world.havnelund)
    assert copy.left_out == ()


def changed(world, record, member, old):
    return ChangeFactory(
        record_kind=record._meta.label_lower,
        record_key=record.pk,
        applicant_key=world.pat.pk,
        old=old,
        changed_by=member.user,
    )


def test_answers_about_rows_stay_with_who_imported_them(world):
    for team, words in ((world.north, "Row of North."), (world.east, "Row of East.")):
        answer = {"answer": {"same": str(world.pat.pk)}, "words": words}
        batch = ImportBatchFactory(unit=team, answers=[answer])
        ImportedRowFactory(batch=batch, unit=team, applicant_key=world.pat.pk)
    copy = exporting.gather(world.pat.pk, NOW, organisation=world.havnelund)
    assert "Row of North." in copy.as_json()
    assert "Row of East." not in copy.as_json()
    whole = exporting.gather(world.pat.pk, NOW).as_json()
    assert "Row of North." in whole
    assert "Row of East." in whole


def test_old_values_stay_with_who_holds_the_record(world):
    note = NoteFactory(episode=world.pat_episode)
    sealed = subject_keys.seal(world.pat.pk, b"Sleeps badly.")
    of_team = TreatmentNoteFactory(
        applicant=world.pat, team=world.east, sealed_text=sealed
    )
    gone = NoteFactory.build(episode=world.pat_episode)
    changed(world, note, world.ada, "Old of North.")
    changed(world, of_team, world.cora, "Old of East.")
    changed(world, gone, world.ada, "Gone from North.")
    changed(world, gone, world.cora, "Gone from East.")
    found = {}
    for slug in HOLDERS:
        organisation = Organisation.objects.get(slug=slug)
        copy = exporting.gather(world.pat.pk, NOW, organisation=organisation)
        found[slug] = {
            cell.value
            for section in copy.sections
            for row in section.rows
            for cell in row.cells
            if cell.name == "old"
        }
    assert found == {
        "havnelund": {"Old of North.", "Gone from North."},
        "region": {"Old of East.", "Gone from East."},
    }


def test_a_part_goes_with_what_it_is_a_part_of(world):
    asked = SubjectRequestFactory(
        organisation=world.havnelund, applicant_id=world.pat.pk
    )
    RequestEntryFactory(request=asked, words="Answered by Havnelund.")
    region = Organisation.objects.get(slug="region")
    theirs = exporting.gather(world.pat.pk, NOW, organisation=region)
    assert "Answered by Havnelund." not in theirs.as_json()
    ours = exporting.gather(world.pat.pk, NOW, organisation=world.havnelund)
    assert "Answered by Havnelund." in ours.as_json()


def test_who_signs_in_stands_in_the_copy_of_who_gave_the_account(world):
    region = Organisation.objects.get(slug="region")
    theirs = exporting.gather(world.pat.pk, NOW, organisation=region)
    assert world.pat_account.user.email not in theirs.as_json()
    ours = exporting.gather(world.pat.pk, NOW, organisation=world.havnelund)
    assert world.pat_account.user.email in ours.as_json()


def test_the_archive_holds_page_data_and_files(world, planted):
    copy = exporting.gather(world.pat.pk, NOW)
    with copy.as_file() as file, zipfile.ZipFile(file) as archive:
        assert {"data.html", "data.json"} <= set(archive.namelist())
        document = json.loads(archive.read("data.json"))
    assert document["format"] == exporting.FORMAT
    assert document["applicant"] == str(world.pat.pk)


def test_passwords_and_codes_stay_in_the_house(world, planted):
    world.pat_account.user.set_password("a password of twelve")
    world.pat_account.user.save()
    text = exporting.gather(world.pat.pk, NOW).as_json()
    assert world.pat_account.user.password not in text
    assert world.pat_account.user.email in text


# Emergency access that is not told of yet


def broken(world, told_at=None):
    glass = BrokenGlassFactory(
        applicant_id=world.pat.pk,
        user=world.cora.user,
        organisation=Organisation.objects.get(slug="region"),
        holder=world.havnelund,
        words="Saw a knife.",
        opened_at=NOW,
        expires_at=NOW + timedelta(hours=1),
        told_at=told_at,
        not_told_because="Would flee.",
        review_due_at=NOW + timedelta(days=3),
    )
    FindingFactory(
        organisation=world.havnelund,
        user=world.cora.user,
        applicant_id=world.pat.pk,
        day=NOW.date(),
        rules=["broken_glass"],
        answer="She was called.",
    )
    actor = replace(world.cora.actor, opened=frozenset({world.pat.pk}))
    audit.record(actor, "glass_broken", glass, applicant=world.pat.pk, glass=glass.pk)
    return glass


SECRET = ("Saw a knife.", "Would flee.", "She was called.", "glass_broken")


@pytest.mark.parametrize("by", ["the applicant", "the steward"])
@pytest.mark.parametrize("told", [False, True], ids=["untold", "told"])
def test_a_copy_keeps_back_what_the_applicant_is_not_told_of(world, by, told):
    broken(world, NOW if told else None)
    holder = world.havnelund if by == "the steward" else None
    copy = exporting.gather(world.pat.pk, NOW, organisation=holder)
    text = copy.as_json() + copy.as_html()
    if not told:
        assert [one for one in SECRET if one in text] == []
        assert "access.brokenglass" not in text
        assert "Emergency access" not in " ".join(copy.left_out)
    elif holder is None:
        assert [one for one in SECRET if one not in text] == []
