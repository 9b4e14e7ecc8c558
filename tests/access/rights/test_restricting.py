"""A closed record is kept and not used: the name stays, everything else answers no."""

from datetime import UTC, date, datetime, timedelta

import pytest

from braid.access import queries
from braid.access.models import AuditEntry
from braid.access.rights import restricting
from braid.kernel.errors import InputFault, Refused
from braid.people.models import Applicant, Episode
from tests.cast import TODAY

NOW = datetime(2026, 10, 5, 7, tzinfo=UTC)


def restrict(world, by="sam", **given):
    return restricting.restrict(
        actor=getattr(world, by).actor,
        applicant_id=world.pat.pk,
        now=NOW,
        **{"reason": "A claim is open.", **given},
    )


def seen_by_ada(world, now):
    (place,) = queries.places(world.ada.user, now)
    people = Applicant.objects.visible_to(place.actor)
    courses = Episode.objects.visible_to(place.actor)
    return (
        people.filter(pk=world.pat.pk).exists(),
        courses.filter(applicant=world.pat).exists(),
    )


def test_the_name_stays_and_the_rest_is_closed_until_lifted(world):
    assert seen_by_ada(world, NOW) == (True, True)
    restrict(world)
    assert seen_by_ada(world, NOW) == (True, False)
    lifted = restricting.lift(actor=world.sam.actor, applicant_id=world.pat.pk, now=NOW)
    assert lifted == 1
    assert seen_by_ada(world, NOW) == (True, True)
    said = AuditEntry.objects.filter(applicant_key=world.pat.pk)
    assert [one.action for one in said] == ["record_restricted", "restriction_lifted"]


def test_it_ends_by_itself_after_its_last_day(world):
    restrict(world, ends_on=TODAY)
    assert seen_by_ada(world, NOW) == (True, False)
    assert seen_by_ada(world, NOW + timedelta(days=1)) == (True, True)


@pytest.mark.parametrize(
    ("given", "reason"),
    [
        pytest.param({"reason": " "}, "reason_missing", id="without a reason"),
        pytest.param({"ends_on": date(2026, 10, 4)}, "in_the_past", id="over already"),
    ],
)
def test_what_makes_no_sense_is_refused(world, given, reason):
    with pytest.raises(InputFault) as fault:
        restrict(world, **given)
    assert fault.value.reason == reason


@pytest.mark.parametrize("name", ["ada", "ben", "ola", "pat_account"])
def test_only_a_steward_of_the_holder_closes(world, name):
    with pytest.raises(Refused):
        restrict(world, by=name)


def test_nothing_open_is_lifted_and_nothing_audited(world):
    actor = world.sam.actor
    assert restricting.lift(actor=actor, applicant_id=world.pat.pk, now=NOW) == 0
    assert not AuditEntry.objects.exists()
