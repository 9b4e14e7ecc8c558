"""When the log cannot be written, nothing about people opens and nothing is saved."""

from uuid import uuid4

import pytest
from django.db import connection, transaction
from django.urls import reverse

from braid.access import audit
from braid.access.models import AuditEntry, AuditHead, Change
from braid.people import commands as people
from braid.people import queries
from braid.people.choices import NoteKind, ReferralSource
from braid.people.models import Episode, Note
from braid.work import commands as work
from braid.work.models import Contact, Employer, Job
from tests.access.worlds import bare
from tests.cast import TODAY
from tests.factories.work import EmployerFactory
from tests.house.test_routes import ROWS, things  # noqa: F401

READERS = ("ada", "ben", "sam", "cora", "dev", "una", "femi", "pat_account")


@pytest.fixture
def unwritable(db):
    """Return what makes the log refuse every entry, as a full disk would."""

    def break_it() -> None:
        with connection.cursor() as cursor:
            cursor.execute(
                "CREATE TRIGGER full_disk BEFORE INSERT ON access_auditentry "
                "BEGIN SELECT RAISE(ABORT, 'database or disk is full'); END"
            )

    return break_it


def ask(client, address, **posted):
    """Ask as a request of its own: what it does is a transaction, and may fail whole."""
    with transaction.atomic():
        return client.post(address, posted) if posted else client.get(address)


def text(answer):
    """Return the body of an answer without tokens, in which any name may stand by chance."""
    return bare(answer)


@pytest.mark.parametrize("name", sorted(name for name in ROWS if ROWS[name][0]))
def test_a_page_that_is_written_down_stays_closed(
    as_,
    world,
    things,  # noqa: F811
    unwritable,
    name,
):
    allowed, about = ROWS[name][:2]
    about = things[about] if about else ()
    address = reverse(name, args=about if isinstance(about, tuple) else [about])
    reader = next(reader for reader in READERS if reader in allowed)
    client = as_(reader)
    before = AuditEntry.objects.count()
    opened = ask(client, address)
    is_recorded = AuditEntry.objects.count() > before
    unwritable()
    answer = ask(client, address)
    if not is_recorded:
        assert answer.status_code == opened.status_code
        # Whoever meets their own name in the menu need not be written down.
        is_own = reader == "pat_account"
        assert is_own or "Pat" not in text(opened)
        return
    assert answer.status_code == 503
    assert answer["Retry-After"]
    assert answer["Cache-Control"] == "no-store"
    assert "Pat" not in text(answer)
    assert "Lund" not in text(answer)
    assert "disk is full" not in text(answer)


def test_a_form_that_cannot_be_written_down_says_so_and_saves_nothing(
    as_, world, unwritable
):
    client = as_("ada")
    unwritable()
    answer = ask(
        client,
        reverse("desk:log_contact"),
        person=world.pat_episode.pk,
        day=TODAY.isoformat(),
        mode="in_person",
        attended="yes",
        place="community",
        minutes="30",
        note="a word of Pat's",
    )
    assert answer.status_code == 503
    assert "a word of Pat" not in text(answer)
    assert not Contact.objects.system("the test looks").exists()


COMMANDS = {
    "refer": (
        Episode,
        lambda world: people.refer(
            actor=world.ada.actor,
            unit=world.north,
            referred_on=TODAY,
            source=ReferralSource.SELF,
            words="wants to work",
            given_name="A",
            family_name="B",
        ),
    ),
    "write a note": (
        Note,
        lambda world: people.write_note(
            actor=world.ada.actor,
            episode=world.pat_episode,
            day=TODAY,
            kind=NoteKind.WORK_GOALS,
            text="words",
        ),
    ),
    "add an employer": (
        Employer,
        lambda world: work.add_employer(
            actor=world.ada.actor, unit=world.north, name="A bakery"
        ),
    ),
    "start a job": (
        Job,
        lambda world: work.start_job(
            actor=world.ada.actor,
            episode=queries.ref(world.pat_episode),
            employer=EmployerFactory(unit=world.north),
            first_day=TODAY,
            title="baker",
        ),
    ),
}


@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_that_cannot_be_written_down_saves_nothing(world, unwritable, name):
    model, command = COMMANDS[name]
    before = model.objects.system("the test looks").count()
    heads = list(AuditHead.objects.values_list())
    changes = Change.objects.count()
    unwritable()
    with pytest.raises(audit.Unwritten), transaction.atomic():
        command(world)
    assert model.objects.system("the test looks").count() == before
    assert list(AuditHead.objects.values_list()) == heads
    assert Change.objects.count() == changes


def test_a_caller_who_swallows_the_failure_saves_nothing_either(world, unwritable):
    unwritable()
    with transaction.atomic():
        Change.objects.create(
            record_kind="x",
            record_key=world.pat.pk,
            row_version=1,
            field="x",
            changed_by=world.ada.user,
        )
        with pytest.raises(audit.Unwritten):
            audit.record(world.ada.actor, "something_done", world.pat)
    assert not Change.objects.exists()


def test_the_message_names_no_person(world, unwritable):
    unwritable()
    with pytest.raises(audit.Unwritten) as met, transaction.atomic():
        audit.record(world.ada.actor, "person_opened", applicant=world.pat.pk)
    assert met.value.code == "audit_unwritten"
    assert str(world.pat.pk) not in str(met.value)


def test_entries_of_one_request_say_so_and_from_which_device(as_, world):
    client = as_("ada")
    client.get(reverse("desk:today"))
    client.get(reverse("desk:caseload"))
    first, second = AuditEntry.objects.filter(actor_id=world.ada.user.pk)
    assert len(first.request_id) == 32
    assert first.request_id != second.request_id
    assert len(first.device) == 16
    assert first.device == second.device
    as_("ada").get(reverse("desk:today"))
    assert AuditEntry.objects.last().device != first.device
    assert audit.where.get() is None


def test_an_attempt_is_written_down_alike_whether_somebody_is_there_or_not(as_, world):
    blake = as_("blake")
    for key in (world.pat.pk, uuid4()):
        answer = blake.get(reverse("desk:person", args=[key]))
        entry = AuditEntry.objects.last()
        assert answer.status_code == 404
        assert (entry.action, entry.outcome) == ("not_found", "absent")
        assert (entry.actor_id, entry.applicant_key) == (world.blake.user.pk, key)


def test_an_attempt_that_cannot_be_written_down_is_closed_alike(as_, world, unwritable):
    blake = as_("blake")
    unwritable()
    for key in (world.pat.pk, uuid4()):
        assert ask(blake, reverse("desk:person", args=[key])).status_code == 503
