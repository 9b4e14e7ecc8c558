"""Who sees what is what the policy says of everybody around, and nobody else."""

from datetime import UTC, datetime, timedelta

import pytest

from braid.access import audience, policy
from braid.access.audience import never_reading, parties, readers_of, unread_outside
from braid.access.policy import Action, Ground, Information, Role
from braid.access.presenters.audience import class_lines, party_lines, seeing_nothing
from braid.people import sight as people
from tests.cast import TODAY
from tests.consents import agree
from tests.factories.access import (
    BlockFactory,
    BlockSetAsideFactory,
    BrokenGlassFactory,
    MembershipFactory,
    RestrictionFactory,
    UserFactory,
)

NOON = datetime(2026, 10, 5, 10, tzinfo=UTC)


@pytest.fixture
def asked(world):
    """Return what answers who sees what of Pat at noon."""

    def ask():
        known = people.known(world.ada.actor, world.pat.pk)
        about = people.circumstances([known], TODAY)[known.id]
        return about, parties(about, NOON)

    return ask


def names(found, information):
    return {name for one in readers_of(found, information) for name in one.names}


def test_before_anything_is_agreed_the_unit_alone_sees_something(world, asked):
    about, found = asked()
    assert {one.organisation for one in found if one.sees_whom} == {"Havnelund"}
    assert names(found, Information.JOBS) == {
        "Ada Specialist",
        "Ben Supervisor",
        "Una Counsellor",
    }
    assert Information.JOBS in unread_outside(found, about)
    assert seeing_nothing(found) == [
        "East, Region (clinician)",
        "Job centre, Havnelund (benefits counsellor)",
        "Job centre, Havnelund (caseworker)",
        "Job centre, Havnelund (evaluator)",
        "Job centre, Havnelund (fidelity reviewer)",
        "Job centre, Havnelund (funder)",
    ]


def test_what_is_agreed_is_told_with_its_day_and_number(world, asked):
    entry = agree(world, world.pat, world.cora, Information.IDENTITY, Information.JOBS)
    about, found = asked()
    cora = next(one for one in found if one.role == Role.CLINICIAN)
    (share,) = cora.shares
    assert share.ground == Ground.CONSENT
    assert share.information == (Information.IDENTITY, Information.JOBS)
    assert (share.last_day, share.number) == (entry.last_day, entry.number)
    assert Information.JOBS not in unread_outside(found, about)
    assert Information.BENEFITS in unread_outside(found, about)
    assert "East, Region (clinician)" not in seeing_nothing(found)


def test_a_class_without_the_name_reaches_nobody(world, asked):
    """Who may not know whom it is about finds no page on which it stands."""
    from tests.factories.access import SharingFactory

    SharingFactory(
        applicant_id=world.pat.pk,
        organisation=world.east.organisation,
        information="jobs",
    )
    _about, found = asked()
    assert "Cora Clinician" not in names(found, Information.JOBS)


def test_whom_the_applicant_blocked_is_among_nobody(world, asked):
    agree(world, world.pat, world.dev, Information.IDENTITY)
    _about, found = asked()
    assert names(found, Information.IDENTITY) >= {"Dev Caseworker"}
    assert "Blake Caseworker" not in {name for one in found for name in one.names}


def test_a_block_by_name_hides_from_everybody_of_that_name(world, asked):
    from braid.access import secrets

    agree(world, world.pat, world.cora, Information.IDENTITY)
    BlockFactory(
        organisation=world.havnelund,
        applicant_id=world.pat.pk,
        user=None,
        name="Cora Clinician",
        name_hash=secrets.name_hash("Cora Clinician"),
    )
    _about, found = asked()
    assert "Cora Clinician" not in names(found, Information.IDENTITY)


def test_a_block_set_aside_by_two_hides_from_nobody(world, asked):
    from braid.access.models import Block

    agree(world, world.pat, world.blake, Information.IDENTITY)
    BlockSetAsideFactory(
        block=Block.objects.get(),
        first_by=world.ben.user,
        second_by=world.sam.user,
        expires_at=NOON + timedelta(minutes=1),
    )
    _about, found = asked()
    assert "Blake Caseworker" in names(found, Information.IDENTITY)


def test_emergency_access_is_told_while_it_is_open(world, asked):
    BrokenGlassFactory(
        applicant_id=world.pat.pk,
        user=world.ola.user,
        organisation=world.elsewhere.organisation,
        holder=world.havnelund,
        opened_at=NOON - timedelta(minutes=5),
        expires_at=NOON + timedelta(minutes=55),
    )
    _about, found = asked()
    ola = next(one for one in found if "Ola Specialist" in one.names)
    assert [share.ground for share in ola.shares] == [Ground.BROKEN_GLASS]
    assert "Ola Specialist" not in names(found, Information.JOBS)
    known = people.known(world.ada.actor, world.pat.pk)
    about = people.circumstances([known], TODAY)[known.id]
    later = parties(about, NOON + timedelta(hours=1))
    assert "Ola Specialist" not in {name for one in later for name in one.names}


def test_a_restricted_record_leaves_the_name_to_those_who_had_it(world, asked):
    agree(world, world.pat, world.cora, Information.IDENTITY, Information.JOBS)
    RestrictionFactory(organisation=world.havnelund, applicant_id=world.pat.pk)
    _about, found = asked()
    assert names(found, Information.JOBS) == set()
    assert "Cora Clinician" in names(found, Information.IDENTITY)


def test_who_left_is_not_among_them(world, asked):
    gone = UserFactory(name="Gone Specialist")
    MembershipFactory(user=gone, team=world.north, last_day=TODAY - timedelta(days=1))
    _about, found = asked()
    assert "Gone Specialist" not in {name for one in found for name in one.names}


def test_more_people_around_take_no_more_queries(world, django_assert_max_num_queries):
    known = people.known(world.ada.actor, world.pat.pk)
    about = people.circumstances([known], TODAY)[known.id]
    for _number in range(20):
        MembershipFactory(team=world.east, role="clinician")
    with django_assert_max_num_queries(4):
        found = parties(about, NOON)
    assert len({name for one in found for name in one.names}) > 20


def test_the_roles_that_never_read_are_those_without_a_cell(world):
    for role in Role:
        reads = any(action == Action.READ for action, _one in policy.GRANTS[role])
        assert (role in never_reading()) is not reads


def test_lines_say_every_class_once(world, asked):
    _about, found = asked()
    lines = class_lines(found)
    assert [line.slug for line in lines] == [one.value for one in policy.ABOUT_A_PERSON]
    assert {line.what for line in lines} >= {"treatment notes"}
    assert party_lines(found)[0].who == "North, Havnelund"
    assert audience.readers_of([], Information.JOBS) == []
