"""The applicant reads in the log who opened their record, when, from where and why."""

from datetime import timedelta

import pytest
import time_machine
from django.template.loader import render_to_string
from django.utils import timezone

from braid.access import audit, looked
from braid.access.models import AuditEntry, BrokenGlass
from braid.access.policy import Information
from braid.desk.presenters import looking
from braid.kernel.errors import Refused
from tests.factories.access import BrokenGlassFactory


def opens(member, applicant, action="person_opened", **values):
    audit.record(member.actor, action, applicant=applicant.pk, **values)


def looks(world, **values):
    return looked.who_looked(world.pat_account.actor, **values).looks


def page(world):
    found = looked.who_looked(world.pat_account.actor)
    lines = looking.look_lines(found.looks)
    context = {"lines": lines, "page": found.page, "current_year": 2026}
    return render_to_string("desk/own/_looked.html", context)


def test_who_when_from_where_what_and_why(world, today):
    opens(
        world.cora,
        world.pat,
        holder=world.havnelund.pk,
        information=(Information.JOBS, Information.IDENTITY),
        ground="consent",
        consent_number=3,
    )
    said = page(world)
    assert "Cora Clinician, clinician" in said
    assert "Region" in said
    assert "saw: name and date of birth, jobs, past and present" in said
    assert "consent, treatment" in said
    assert 'datetime="2026-10-05T09:00+02:00"' in said


def test_what_was_written_is_told_without_its_words(world, today):
    opens(world.ada, world.pat, "note_written")
    assert "wrote or changed something" in page(world)


def test_an_attempt_is_told_as_an_attempt(world, today):
    opens(world.blake, world.pat, outcome="absent", ground="own_care")
    said = page(world)
    assert "Blake Caseworker" in said
    assert "tried to open your page and saw nothing" in said
    assert "own care" not in said


def test_others_and_own_visits_are_left_out(world, today):
    opens(world.ada, world.quinn)
    opens(world.pat_account, world.pat)
    assert looks(world) == ()
    assert "Nobody has opened your page yet" in page(world)


def test_the_newest_come_first_a_page_at_a_time(world, today):
    for number in range(5):
        with time_machine.travel(timezone.now() + timedelta(hours=number), tick=False):
            opens(world.ada, world.pat)
    first = looks(world, size=3)
    assert [one.at for one in first] == sorted((one.at for one in first), reverse=True)
    assert len(looks(world, size=3, number=2)) == 2


def test_reading_the_log_is_in_the_log(world, today):
    looks(world)
    entry = AuditEntry.objects.last()
    assert (entry.action, entry.ground) == ("looked_opened", "own_record")


@pytest.mark.parametrize("name", ["ada", "sam", "cora"])
def test_it_is_nobody_elses(world, name):
    with pytest.raises(Refused):
        looked.who_looked(getattr(world, name).actor)


def test_emergency_access_is_kept_back_until_the_applicant_may_be_told(world, today):
    now = timezone.now()
    glass = BrokenGlassFactory(
        applicant_id=world.pat.pk,
        user=world.cora.user,
        opened_at=now - timedelta(minutes=5),
        expires_at=now + timedelta(minutes=55),
        not_told_because="It would do harm now.",
    )
    opens(world.cora, world.pat, "emergency_searched")
    opens(world.cora, world.pat, ground="broken_glass", glass=glass.pk)
    opens(world.sam, world.pat, "glass_review_opened", glass=glass.pk)
    opens(world.ada, world.pat)
    assert [one.who for one in looks(world)] == ["Ada Specialist"]
    BrokenGlass.objects.update(told_at=now)
    assert len(looks(world)) == 4


def test_somebody_without_an_account_and_a_task_are_told_as_such(world, today):
    from dataclasses import replace
    from uuid import uuid4

    gone = replace(world.ada.actor, id=uuid4())
    audit.record(gone, "person_opened", applicant=world.pat.pk)
    task = replace(world.ada.actor, id=None, system="retention")
    audit.record(task, "reminded", applicant=world.pat.pk)
    said = page(world)
    assert "somebody who no longer has an account" in said
    assert "Braid itself" in said
