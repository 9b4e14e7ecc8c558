"""Which side somebody speaks for, and who works for it today."""

from datetime import timedelta

import pytest

from braid.access import sides
from braid.access.policy import Role
from braid.kernel.errors import Refused
from tests.cast import TODAY
from tests.factories.access import BlockFactory, MembershipFactory


@pytest.mark.parametrize(
    ("name", "side"),
    [
        ("ada", "ips_provider"),
        ("ben", "ips_provider"),
        ("cora", "mental_health"),
        ("dev", "employment"),
        ("kit", "other"),
        ("una", "other"),
    ],
)
def test_each_role_speaks_for_its_side(world, name, side):
    actor = getattr(world, name).actor
    assert sides.has_side(actor)
    assert sides.side_of(actor) == side


@pytest.mark.parametrize("name", ["femi", "rui", "eve", "sam", "pat_account"])
def test_the_others_speak_for_none(world, name):
    actor = getattr(world, name).actor
    assert not sides.has_side(actor)
    with pytest.raises(Refused):
        sides.side_of(actor)


def test_every_side_has_somebody_who_speaks_for_it():
    assert set(sides.SPEAKER) == set(sides.SIDE_OF.values())
    assert all(sides.SIDE_OF[role] == side for side, role in sides.SPEAKER.items())


def test_who_left_works_for_no_side_any_more(world):
    left = MembershipFactory(
        team=world.east, role="clinician", last_day=TODAY - timedelta(1)
    ).user
    boss = MembershipFactory(team=world.east, role="clinical_manager").user
    names = {one.name for one in sides.members([world.east.pk], TODAY)}
    assert names == {world.cora.user.name}
    assert left.name not in names
    assert boss.name not in names


def test_who_is_blocked_is_left_out_for_that_person(world):
    def names(applicant):
        found = sides.members([world.job_centre.pk], TODAY, applicant)
        return {one.name for one in found}

    assert world.blake.user.name in names(None)
    assert world.blake.user.name in names(world.quinn.pk)
    assert world.blake.user.name not in names(world.pat.pk)


def test_a_block_is_met_by_name_whoever_gives_it(world):
    assert sides.is_blocked(world.pat.pk, world.blake.user.name.upper())
    assert not sides.is_blocked(world.pat.pk, world.dev.user.name)
    BlockFactory(
        organisation=world.havnelund,
        applicant_id=world.quinn.pk,
        user=None,
        name="Nosy Neighbour",
        name_hash=sides.secrets.name_hash("Nosy Neighbour"),
    )
    assert sides.is_blocked(world.quinn.pk, "nosy  neighbour")


@pytest.mark.parametrize(
    ("team", "role", "leads"),
    [
        ("north", Role.SUPERVISOR, True),
        ("east", Role.CLINICAL_MANAGER, True),
        ("east", Role.CLINICIAN, False),
    ],
)
def test_who_leads_a_team(world, team, role, leads):
    team = getattr(world, team)
    user = MembershipFactory(team=team, role=role.value).user
    assert (user in sides.leaders(team, TODAY)) is leads
