"""What a breach touched is counted from the audit, and that it was asked is kept."""

from datetime import UTC, date, datetime
from uuid import uuid4

import pytest
import time_machine

from braid.access import audit
from braid.access.models import AuditEntry
from braid.access.policy import Information
from braid.access.rights import breach
from braid.kernel.errors import Refused

FRIDAY, SATURDAY = date(2026, 10, 2), date(2026, 10, 3)


def opened(world, by, person, day=FRIDAY, **more):
    with time_machine.travel(datetime(day.year, day.month, day.day, 9, tzinfo=UTC)):
        audit.record(
            getattr(world, by).actor,
            "person_opened",
            person,
            applicant=person.pk,
            **more,
        )


def measured(world, first=FRIDAY, last=FRIDAY, users=()):
    return breach.measure(
        actor=world.sam.actor, first_day=first, last_day=last, users=users
    )


def test_people_and_records_count_once(world):
    opened(world, "ada", world.pat, information=[Information.JOBS])
    opened(world, "ada", world.pat)
    opened(world, "ben", world.quinn)
    found = measured(world)
    assert (found.people, found.records, found.entries, found.accounts) == (2, 2, 3, 2)
    assert found.information == ("jobs, past and present",)


def test_only_the_chosen_days_and_accounts(world):
    opened(world, "ada", world.pat)
    opened(world, "ben", world.quinn, SATURDAY)
    assert measured(world).people == 1
    assert measured(world, FRIDAY, SATURDAY).people == 2
    assert measured(world, FRIDAY, SATURDAY, [world.ben.user.pk]).people == 1


def test_lists_are_counted_by_their_size(world):
    with time_machine.travel(datetime(2026, 10, 2, 9, tzinfo=UTC)):
        keys = [uuid4() for _ in range(12)]
        audit.record_list(world.ada.actor, "caseload_opened", keys, [])
    found = measured(world)
    assert (found.lists, found.on_lists, found.people) == (1, 12, 0)


def test_what_others_opened_of_ours_counts_and_what_they_keep_does_not(world):
    opened(world, "cora", world.pat, holder=world.havnelund.pk)
    opened(world, "cora", world.quinn)
    assert measured(world).people == 1


def test_that_a_report_was_made_is_all_that_is_kept(world):
    measured(world)
    entry = AuditEntry.objects.get(action="breach_report_made")
    assert (entry.count, entry.applicant_key) == (0, None)


@pytest.mark.parametrize("name", ["ada", "ben", "cora", "pat_account"])
def test_only_a_steward_counts(world, name):
    with pytest.raises(Refused):
        breach.measure(
            actor=getattr(world, name).actor, first_day=FRIDAY, last_day=FRIDAY
        )


def test_the_report_is_due_three_days_after_it_became_known():
    known = datetime(2026, 10, 2, 15, 30, tzinfo=UTC)
    assert breach.report_due(known) == datetime(2026, 10, 5, 15, 30, tzinfo=UTC)
