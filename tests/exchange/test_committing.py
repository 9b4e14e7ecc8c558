"""Saving an import: whole or not at all, and only what was shown."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import IntegrityError
from tests.exchange.conftest import CASELOAD, CONTACTS, FILES, TODAY
from tests.exchange.looking import imported, rows, unchanged

from braid.access.models import AuditEntry, Membership, TeamLink
from braid.exchange import commands
from braid.exchange.commands import committing, writing
from braid.exchange.models import ImportBatch, ImportedRow
from braid.kernel.errors import InputFault, Refused
from braid.people import queries as people


def test_people_come_with_dates_numbers_and_notes(bring, save, world):
    save(bring())
    mia = imported("Mia Holt")
    assert mia.state == "active"
    assert mia.applicant.birth_date == date(1990, 5, 14)
    assert (mia.referred_on, mia.accepted_on, mia.entered_on) == (
        date(2026, 1, 5),
        date(2026, 1, 12),
        date(2026, 1, 14),
    )
    assert [n.text for n in rows("people.note").filter(episode=mia)] == ["Mornings"]
    number = rows("people.identifier").get(applicant=mia.applicant)
    assert number.masked.endswith("01") and "N-1" not in number.value_encrypted


def test_person_is_found_by_the_whole_client_number(bring, save, world):
    save(bring())
    found = people.search_people(world.ada.actor, "N-103")
    assert [row.name for row in found] == ["Sara Lind"]


def test_states_follow_from_the_dates(bring, save):
    save(bring())
    assert imported("Jens Krog").state == "exited"
    assert imported("Una Falk").state == "referred"
    entries = rows("people.episodeentry").filter(episode=imported("Jens Krog"))
    assert [e.state for e in entries] == ["referred", "active", "exited"]


def test_caseload_is_with_the_specialist_who_was_there_already(bring, save, world):
    save(bring())
    spell = rows("people.caseloadspell").get(episode=imported("Mia Holt"))
    assert spell.specialist == world.ada.user
    assert (spell.first_day, spell.last_day) == (date(2026, 1, 12), None)
    ended = rows("people.caseloadspell").get(episode=imported("Jens Krog"))
    assert (ended.last_day, ended.ended_because) == (date(2026, 5, 31), "exit")


def test_new_specialist_is_staff_with_fte_who_cannot_sign_in(bring, save, world):
    save(bring())
    ida = Membership.objects.get(team=world.north, user__name="Ida Berg")
    assert (ida.role, ida.fte, ida.first_day) == (
        "specialist",
        Decimal("0.8"),
        date(2025, 3, 3),
    )
    assert ida.user.email is None


def test_treatment_teams_are_found_or_made_and_linked(bring, save, world):
    save(bring())
    names = set(
        TeamLink.objects.filter(unit=world.north).values_list("team__name", flat=True)
    )
    assert names == {"East", "West", "Job centre"}
    spell = rows("people.treatmentspell").get(episode=imported("Mia Holt"))
    assert spell.team == world.east


def test_employers_are_one_however_written(bring, save):
    save(bring())
    assert sorted(e.name for e in rows("work.employer")) == [
        "Baker Brun",
        "Garden & Co",
    ]
    job = rows("work.job").get(employer__name="Garden & Co")
    assert (job.placement, job.permanence) == ("wage_subsidy", "fixed_term")
    terms = rows("work.jobterms").get(job__employer__name="Baker Brun")
    assert (terms.weekly_hours, terms.pay) == (Decimal(16), Decimal(140))


def test_open_questions_keep_a_row_or_a_value_out(bring, save):
    save(bring())
    assert rows("work.contact").filter(episode__unit__slug="north").count() == 3
    assert (
        not rows("people.treatmentspell").filter(episode=imported("Tor Aas")).exists()
    )


def test_formula_is_stored_as_the_text_it_is(bring, save):
    save(bring())
    assert rows("work.contact").get(minutes=45).note == "=1+1"


def test_text_too_long_for_its_field_is_cut_with_a_mark(bring, save):
    text = CASELOAD.replace("Holt", "Holt" * 40)
    save(bring({"caseload.csv": text}))
    long = rows("people.applicant").get(given_name="Mia").family_name
    assert len(long) == 100 and long.endswith("…")


def test_one_audit_entry_names_the_import_with_its_digest(bring, save, world):
    batch = save(bring())
    entry = AuditEntry.objects.get(action="import_committed")
    assert entry.record_key == str(batch.pk)
    assert entry.digest == batch.plan_hash
    assert entry.actor_id == world.ben.user.pk
    assert (
        entry.count == ImportedRow.objects.filter(batch=batch).system("count").count()
    )


def test_steward_may_import_without_reading_anybody(bring, save, world):
    batch = save(bring(actor=world.sam.actor), actor=world.sam.actor)
    assert batch.state == "committed"


@pytest.mark.parametrize("who", ["ada", "cora", "ola"])
def test_who_may_not_import_is_refused(bring, world, who):
    actor = getattr(world, who).actor
    with pytest.raises(Refused):
        bring(actor=actor)
    batch = bring()
    with unchanged(), pytest.raises(Refused):
        commands.commit_batch(
            actor=actor, batch=batch, plan_hash=batch.plan_hash, today=TODAY
        )


def test_plan_that_was_not_shown_is_not_saved(bring, world):
    batch = bring()
    with unchanged(), pytest.raises(InputFault) as fault:
        commands.commit_batch(
            actor=world.ben.actor, batch=batch, plan_hash="shown before", today=TODAY
        )
    assert fault.value.reason == "plan_changed"
    assert batch.state == "planned" and not commands.is_fresh(batch)


def test_change_in_braid_after_the_preview_stops_the_save(bring, save, world):
    save(bring())
    later = CONTACTS.replace(",45,", ",50,")
    batch = bring({**FILES, "contacts.csv": later})
    rows("work.contact").filter(minutes=45).update(row_version=2, minutes=44)
    with unchanged(), pytest.raises(InputFault) as fault:
        save(batch)
    assert fault.value.reason == "plan_changed"


@pytest.mark.parametrize(
    "step", ["record_applicants", "record_episodes", "_save_links", "record_jobs"]
)
def test_failure_in_the_middle_leaves_nothing(bring, save, monkeypatch, step):
    def fails(*_args, **_more):
        raise IntegrityError

    batch = bring()
    monkeypatch.setattr(writing, step, fails)
    if step == "record_jobs":
        monkeypatch.setitem(writing.BULK, "jobs", fails)
    with unchanged(), pytest.raises(IntegrityError):
        save(batch)
    stored = ImportBatch.objects.system("look").get(pk=batch.pk)
    assert stored.state == "failed" and stored.committed_at is None
    assert not ImportedRow.objects.system("look").exists()


def test_audit_that_fails_saves_nothing(bring, save, monkeypatch):
    def fails(*_args, **_more):
        raise IntegrityError

    batch = bring()
    monkeypatch.setattr(committing.audit, "record", fails)
    with unchanged(), pytest.raises(IntegrityError):
        save(batch)


def test_saved_import_is_not_saved_twice(bring, save):
    batch = save(bring())
    with unchanged(), pytest.raises(InputFault) as fault:
        save(batch)
    assert fault.value.reason == "already_committed"
