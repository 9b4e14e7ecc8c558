"""The next version of the same files: nothing twice, nothing overwritten unasked."""

from datetime import date
from decimal import Decimal

from django.apps import apps
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.exchange.conftest import CASELOAD, CONTACTS, FILES
from tests.exchange.looking import imported, rows, unchanged
from tests.factories.people import ApplicantFactory, EpisodeFactory
from tests.factories.work import (
    ContactFactory,
    EmployerContactFactory,
    EmployerFactory,
    JobFactory,
)

from braid.exchange import commands, queries, storage
from braid.exchange.models import KeptAnswer


def test_same_files_again_change_nothing(bring, save):
    save(bring())
    with unchanged():
        again = save(bring())
    assert again.summary["created"] == {} and again.summary["updated"] == {}


def answers():
    return [
        {
            "file": "caseload.csv",
            "sheet": None,
            "row": 5,
            "field": "team",
            "answer": {"team": "West"},
        },
        {
            "file": "contacts.csv",
            "sheet": None,
            "row": 5,
            "field": "cid",
            "answer": {"client": "N-101"},
        },
    ]


def test_answers_bring_rows_and_values_in(bring, save):
    save(bring(answers=answers()))
    assert rows("work.contact").filter(episode=imported("Mia Holt")).count() == 2
    spell = rows("people.treatmentspell").get(episode=imported("Tor Aas"))
    assert spell.team.name == "West"


def test_answers_are_remembered_for_the_same_rows(bring, save, world):
    save(bring(answers=answers()))
    assert KeptAnswer.objects.filter(unit=world.north).system("look").count() == 2
    with unchanged():
        again = save(bring())
    assert again.summary["totals"]["asked"] == 1


def test_kept_answers_cannot_be_read_in_the_database(bring, save):
    save(bring(answers=answers()))
    with connection.cursor() as cursor:
        cursor.execute("SELECT answer FROM exchange_keptanswer")
        stored = " ".join(row[0] for row in cursor.fetchall())
        cursor.execute("SELECT answers FROM exchange_importbatch")
        stored += " ".join(row[0] for row in cursor.fetchall())
    assert "N-101" not in stored and "West" not in stored


def test_answers_after_the_first_import_change_its_records(bring, save):
    save(bring())
    contact_count = rows("work.contact").count()
    done = save(bring(answers=answers()))
    assert done.summary["updated"] == {"caseload": 1}
    assert rows("work.contact").count() == contact_count + 1
    spell = rows("people.treatmentspell").get(episode=imported("Tor Aas"))
    assert spell.team.name == "West"


def test_changed_row_updates_its_record_and_says_so(bring, save, world):
    save(bring())
    text = FILES["contacts.csv"].replace(",45,", ",50,")
    done = save(bring({**FILES, "contacts.csv": text}))
    assert done.summary["updated"] == {"contacts": 1}
    contact = rows("work.contact").get(minutes=50)
    assert contact.row_version == 2
    change = apps.get_model("access.change").objects.get(record_key=contact.pk)
    assert (change.field, change.old, change.new) == ("minutes", "45", "50")


def test_discharge_in_the_next_file_ends_episode_and_caseload(bring, save):
    save(bring())
    text = CASELOAD.replace("2026-05-12,,,", "2026-05-12,2026-06-20,Moved,")
    done = save(bring({**FILES, "caseload.csv": text}))
    sara = imported("Sara Lind")
    assert done.summary["updated"] == {"caseload": 1}
    assert (sara.state, sara.exited_on) == ("exited", date(2026, 6, 20))
    spell = rows("people.caseloadspell").get(episode=sara)
    assert (spell.last_day, spell.ended_because) == (date(2026, 6, 19), "exit")
    treated = rows("people.treatmentspell").get(episode=sara)
    assert treated.last_day == date(2026, 6, 19)
    last = rows("people.episodeentry").filter(episode=sara).last()
    assert (last.number, last.state) == (3, "exited")


MOVED = """\
Ref,Surname,Forename,DOB,Team,ES,Referral received,Accepted,Previous ES,ES changed on
N-101,Holt,Mia,1990-05-14,East,Ida Berg,2026-01-05,2026-01-12,Ada Specialist,2026-04-01
"""


def test_move_to_another_specialist_is_a_second_spell(bring, save, world):
    save(bring())
    save(bring({"caseload.csv": MOVED}))
    first, second = rows("people.caseloadspell").filter(episode=imported("Mia Holt"))
    assert (first.specialist, first.last_day, first.ended_because) == (
        world.ada.user,
        date(2026, 3, 31),
        "handover",
    )
    assert (second.specialist.name, second.first_day, second.last_day) == (
        "Ida Berg",
        date(2026, 4, 1),
        None,
    )


def test_move_that_was_an_error_takes_the_spell_away(bring, save):
    save(bring({"caseload.csv": MOVED}))
    save(bring())
    spell = rows("people.caseloadspell").get(episode=imported("Mia Holt"))
    assert spell.last_day is None


def test_name_and_phone_changed_in_the_file_change_the_person(bring, save, world):
    save(bring())
    text = CASELOAD.replace("N-101,Holt", "N-101,Holte-Lund tlf 20 30 40 50")
    done = save(bring({**FILES, "caseload.csv": text}))
    assert done.summary["updated"]["person"] == 1
    mia = rows("people.applicant").get(given_name="Mia")
    assert (mia.family_name, mia.phone) == ("Holte-Lund", "tlf 20 30 40 50")
    commands.undo_batch(actor=world.ben.actor, batch=done)
    mia.refresh_from_db()
    assert (mia.family_name, mia.phone) == ("Holt", "")


def test_person_known_without_a_number_gets_it_from_the_file(bring, save, world):
    sara = ApplicantFactory(
        organisation=world.havnelund,
        given_name="Sara",
        family_name="Lind",
        birth_date=date(1999, 3, 30),
    )
    EpisodeFactory(applicant=sara, unit=world.north, referred_on=date(2025, 1, 6))
    with unchanged():
        batch = save(bring())
        assert rows("people.applicant").filter(family_name="Lind").count() == 1
        assert rows("people.identifier").get(applicant=sara).masked.endswith("03")
        commands.undo_batch(actor=world.ben.actor, batch=batch)


def test_paid_hours_in_all_are_kept_and_follow_the_file(bring, save):
    head, *lines = FILES["jobs.csv"].splitlines()
    for hours in ("3", "3.5"):
        shift = (
            "N-103,Sara Lind,Kiosk,Help,Competitive,Temporary,2026-06-05,2026-06-05,,"
        )
        text = "\n".join([f"{head},Paid hours in all", *lines, f"{shift},{hours}"])
        save(bring({**FILES, "jobs.csv": f"{text}\n"}))
        paid = rows("work.paidwork").get(job__employer__name="Kiosk")
        assert (paid.hours, paid.first_day) == (Decimal(hours), date(2026, 6, 5))


def test_team_that_is_no_longer_named_keeps_what_was_known(bring, save):
    save(bring())
    text = CASELOAD.replace(
        "East,Ada Specialist,2026-05-04", ",Ada Specialist,2026-05-04"
    )
    save(bring({**FILES, "caseload.csv": text}))
    spell = rows("people.treatmentspell").get(episode=imported("Sara Lind"))
    assert spell.team.name == "East"


def test_new_hours_of_a_job_change_its_terms(bring, save):
    save(bring())
    text = FILES["jobs.csv"].replace("2026-03-02,,16,140", "2026-03-02,,20,150")
    save(bring({**FILES, "jobs.csv": text}))
    terms = rows("work.jobterms").get(job__employer__name="Baker Brun")
    assert (terms.weekly_hours, terms.pay) == (Decimal(20), Decimal(150))


def test_row_edited_in_braid_is_asked_about_not_overwritten(bring, save):
    save(bring())
    edited = rows("work.contact").filter(minutes=45)
    edited.update(row_version=2, minutes=44)
    text = FILES["contacts.csv"].replace(",45,", ",50,")
    batch = bring({**FILES, "contacts.csv": text})
    assert batch.summary["totals"]["asked"] == 4
    save(batch)
    assert rows("work.contact").filter(minutes=44).exists()
    assert not rows("work.contact").filter(minutes=50).exists()


def test_edited_row_follows_the_file_when_somebody_says_so(bring, save):
    save(bring())
    rows("work.contact").filter(minutes=45).update(row_version=2, minutes=44)
    text = FILES["contacts.csv"].replace(",45,", ",50,")
    said = {"file": "contacts.csv", "sheet": None, "row": 2, "answer": {"keep": "file"}}
    save(bring({**FILES, "contacts.csv": text}, answers=[said]))
    assert rows("work.contact").filter(minutes=50).exists()


def test_spell_changed_by_hand_counts_as_an_edit(bring, save, world):
    save(bring())
    spell = rows("people.caseloadspell").get(episode=imported("Mia Holt"))
    type(spell)._default_manager.system("by hand").filter(pk=spell.pk).update(
        row_version=2
    )
    text = CASELOAD.replace("Mornings", "Evenings")
    assert bring({**FILES, "caseload.csv": text}).summary["totals"]["asked"] == 4


def test_what_was_typed_by_hand_is_not_written_a_second_time(bring, save, world):
    save(bring({"caseload.csv": CASELOAD}))
    ContactFactory(
        episode=imported("Mia Holt"),
        day=date(2026, 1, 14),
        staff=world.ada.user,
        minutes=40,
    )
    batch = save(bring())
    contacts = rows("work.contact").filter(episode=imported("Mia Holt"))
    assert [c.minutes for c in contacts] == [40]
    assert batch.summary["totals"]["asked"] == 4


def test_job_and_visit_typed_by_hand_are_asked_about(bring, save, world):
    save(bring({"caseload.csv": CASELOAD}))
    mia = imported("Mia Holt")
    brun = EmployerFactory(unit=world.north, name="Baker Brun")
    JobFactory(episode=mia, employer=brun, first_day=date(2026, 3, 2))
    EmployerContactFactory(
        unit=world.north,
        employer=brun,
        episode=mia,
        staff=world.ada.user,
        day=date(2026, 2, 3),
    )
    batch = bring()
    shown = storage.read_preview(batch.unit_id, batch.pk)["findings"]
    places = {f["place"]["file"] for f in shown if f["kind"] == "edited_since"}
    assert places == {"jobs.csv", "employers.csv"}


def test_vanished_row_is_said_and_nothing_is_deleted(bring, save):
    save(bring())
    text = "\n".join(CONTACTS.splitlines()[:2]) + "\n"
    batch = bring({**FILES, "contacts.csv": text})
    shown = storage.read_preview(batch.unit_id, batch.pk)
    assert [gone["kind"] for gone in shown["vanished"]] == ["contacts", "contacts"]
    with unchanged():
        save(batch)


def test_log_that_comes_alone_finds_the_people_in_braid(bring, save):
    save(bring({"caseload.csv": CASELOAD}))
    save(bring({"contacts.csv": CONTACTS}))
    assert rows("work.contact").filter(episode=imported("Mia Holt")).count() == 1


def test_existing_takes_the_same_queries_whatever_the_rows(bring, save, world):
    def number():
        with CaptureQueriesContext(connection) as captured:
            queries.existing(world.ben.actor, world.north)
        return len(captured)

    save(bring())
    few = number()
    many = CONTACTS + "".join(
        f"2026-05-{day:02},N-101,,Ada Specialist,Phone,,{day},Y,\n"
        for day in range(1, 29)
    )
    save(bring({**FILES, "contacts.csv": many}))
    assert number() == few
