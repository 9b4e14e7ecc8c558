"""Many rows of work at once: their ids are known before, one line of audit a batch."""

from datetime import date
from decimal import Decimal

import pytest

from braid.access.models import AuditEntry
from braid.kernel.errors import Refused
from braid.work import commands
from braid.work.commands import (
    NewAbsence,
    NewContact,
    NewEmployer,
    NewEmployerContact,
    NewJob,
    NewPaidWork,
    NewTerms,
)
from braid.work.models import Absence, Contact, Employer, EmployerContact, Job, PaidWork

TEST = "a look from the test"
DAY = date(2026, 3, 2)


@pytest.fixture
def bens(world):
    return {"actor": world.ben.actor, "unit": world.north}


def test_a_branch_can_name_its_head_in_the_same_batch(bens):
    head = NewEmployer("Fjordmarked A/S")
    branch = NewEmployer("Fjordmarked, Lyngholt", parent_id=head.id)
    ids = commands.record_employers(**bens, rows=[head, branch])
    assert ids == [head.id, branch.id]
    found = Employer.objects.system(TEST).get(parent_id=head.id)
    assert (found.pk, found.folded_name) == (branch.id, "fjordmarked lyngholt")


def test_a_contact_keeps_all_that_was_said_of_it(bens, world):
    row = NewContact(
        episode_id=world.pat_episode.pk,
        day=DAY,
        outreach=True,
        scheduled=False,
        initiated_by="applicant",
    )
    (key,) = commands.record_contacts(**bens, rows=[row])
    found = Contact.objects.system(TEST).get(pk=key)
    assert (found.outreach, found.scheduled, found.initiated_by) == (
        True,
        False,
        "applicant",
    )
    assert (found.with_applicant, found.attended, found.created_by_id) == (
        True,
        None,
        world.ben.user.pk,
    )


def test_a_job_brings_its_terms_paid_work_and_absences(bens, world):
    row = NewJob(
        episode_id=world.pat_episode.pk,
        first_day=DAY,
        terms=(NewTerms(DAY, weekly_hours=Decimal(18)),),
        paid_hours=Decimal(200),
        paid_work=(NewPaidWork(DAY, date(2026, 3, 29), hours=Decimal(70)),),
        absences=(NewAbsence(date(2026, 4, 1), pay="none"),),
    )
    (key,) = commands.record_jobs(**bens, rows=[row])
    job = Job.objects.system(TEST).get(pk=key)
    assert job.terms.system(TEST).get().weekly_hours == 18
    hours = PaidWork.objects.system(TEST).values_list("hours", "last_day")
    assert set(hours) == {(200, DAY), (70, date(2026, 3, 29))}
    assert Absence.objects.system(TEST).get(job=job).pay == "none"


def test_a_batch_is_one_line_of_audit(bens):
    rows = [NewEmployerContact(day=DAY) for _ in range(3)]
    commands.record_employer_contacts(**bens, rows=rows)
    assert EmployerContact.objects.system(TEST).count() == 3
    line = AuditEntry.objects.get(action="employer_contacts_recorded")
    assert line.count == 3


@pytest.mark.parametrize(
    "command",
    [
        commands.record_employers,
        commands.record_contacts,
        commands.record_employer_contacts,
        commands.record_jobs,
    ],
    ids=lambda command: command.__name__,
)
def test_only_who_may_import_writes_in_bulk(world, command):
    with pytest.raises(Refused):
        command(actor=world.ada.actor, unit=world.north, rows=[])


def test_two_new_rows_that_say_the_same_are_equal_and_two():
    assert NewContact(None, DAY) == NewContact(None, DAY)
    assert NewContact(None, DAY).id != NewContact(None, DAY).id
