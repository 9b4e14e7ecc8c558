"""Stories of giving roles: nobody makes themselves, or anybody, more than they may."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from django.contrib.auth import get_user
from django.urls import reverse

from braid.access import commands, queries
from braid.access.models import Membership
from braid.access.policy import Role
from braid.kernel.errors import InputFault, Refused
from tests.cast import TODAY
from tests.factories.access import MembershipFactory, TeamFactory

NOW = datetime(2026, 10, 5, 7, tzinfo=UTC)
NEW = "/members/new/"


def post_role(client, team, role, email="new@example.org"):
    return client.post(
        NEW,
        {
            "name": "Nell Ny",
            "email": email,
            "team": team.pk,
            "role": role,
            "first_day": TODAY.isoformat(),
        },
    )


def held(user) -> set[str]:
    return set(Membership.objects.filter(user=user).values_list("role", flat=True))


@pytest.mark.parametrize(
    "role", ["steward", "clinician", "caseworker", "funder", "applicant"]
)
def test_a_supervisor_gives_no_role_from_beyond_the_unit(world, as_, role):
    ben = as_("ben")
    assert f'value="{role}"' not in ben.get(NEW).content.decode()
    before = Membership.objects.count()
    assert post_role(ben, world.north, role).status_code == 422
    if role != "applicant":
        with pytest.raises(InputFault, match="not by you"):
            commands.add_member(
                actor=world.ben.actor,
                team=world.north,
                role=Role(role),
                name="Nell Ny",
                first_day=TODAY,
            )
    assert Membership.objects.count() == before


def test_a_supervisor_who_would_be_steward_stays_supervisor(world, as_):
    ben = as_("ben")
    post_role(ben, world.north, "steward", email="ben@example.org")
    post_role(ben, world.north, "specialist", email="BEN@example.org")
    assert held(world.ben.user) == {"supervisor"}
    assert ben.get("/retention/").status_code in {403, 404}


@pytest.mark.parametrize("role", ["specialist", "supervisor", "counsellor"])
def test_a_supervisor_gives_the_roles_of_the_own_unit(world, as_, role):
    assert post_role(as_("ben"), world.north, role).status_code == 302
    assert (
        Membership.objects.filter(team=world.north, user__name="Nell Ny").count() == 1
    )


@pytest.mark.parametrize(
    ("kind", "role", "status"),
    [
        pytest.param("treatment_team", "clinician", 302, id="a clinician in a team"),
        pytest.param("treatment_team", "specialist", 422, id="no specialist there"),
        pytest.param("job_centre", "caseworker", 302, id="a caseworker in a centre"),
        pytest.param("other", "funder", 302, id="a funder in another team"),
        pytest.param("ips_unit", "funder", 422, id="no funder in a unit"),
        pytest.param("other", "steward", 422, id="no steward in any team"),
    ],
)
def test_a_steward_gives_a_role_where_it_belongs(world, as_, kind, role, status):
    team = TeamFactory(organisation=world.havnelund, kind=kind)
    assert post_role(as_("sam"), team, role).status_code == status


def test_a_steward_makes_stewards_and_a_supervisor_makes_none(world):
    given = {
        "organisation": world.havnelund,
        "name": "Nell Ny",
        "email": "nell@example.org",
        "first_day": TODAY,
    }
    made = commands.add_steward(actor=world.sam.actor, **given)
    assert (made.role, made.team) == ("steward", None)
    with pytest.raises(Refused):
        commands.add_steward(actor=world.ben.actor, **given)
    with pytest.raises(InputFault, match="gives themselves"):
        commands.add_steward(
            actor=world.sam.actor, **given | {"email": "sam@example.org"}
        )


def test_the_shell_gives_every_role(world):
    shell = commands.setup_actor(world.havnelund, "shell")
    made = commands.add_member(
        actor=shell,
        team=world.job_centre,
        role=Role.EVALUATOR,
        name="Nell Ny",
        first_day=TODAY,
    )
    assert made.role == "evaluator"


@pytest.mark.parametrize("name", ["access:member_new", "access:member_invite"])
def test_roles_and_invitations_ask_for_a_fresh_factor(world, as_, name, rewind):
    key = world.ada.user.memberships.get().pk
    address = reverse(name, args=[] if name.endswith("new") else [key])
    ben = as_("ben")
    assert ben.get(address).status_code == 200
    rewind(ben)
    assert ben.get(address)["Location"].startswith("/account/reauthenticate/")
    answer = (
        post_role(ben, world.north, "specialist")
        if name.endswith("new")
        else (ben.post(address, {"email": "ada@example.org"}))
    )
    assert answer["Location"].startswith("/account/reauthenticate/")
    assert not world.ada.user.invitations.exists()
    assert not Membership.objects.filter(user__name="Nell Ny").exists()


@pytest.fixture
def rewind():
    """Let the last proof of who somebody is be an hour old."""

    def older(client):
        session = client.session
        session["account_authentication_methods"][0]["at"] -= 3600
        session.save()

    return older


# Ending a role at once


def end(client, membership, **given):
    return client.post(
        reverse("access:member_end", args=[membership.pk]), {"when": "day"} | given
    )


def test_somebody_is_cut_off_at_once(world, as_):
    ada, ben = as_("ada"), as_("ben")
    assert ada.get("/today/").status_code == 200
    membership = world.ada.user.memberships.get()
    assert end(ben, membership, when="at_once").status_code == 302
    assert not get_user(ada).is_authenticated
    membership.refresh_from_db()
    assert membership.last_day == TODAY
    assert world.ada.user not in queries.staff_of(frozenset({world.north.pk}), TODAY)
    page = ben.get("/members/").content.decode()
    assert page.index("Earlier") < page.index(world.ada.user.name)


def test_who_has_another_role_too_loses_only_this_one_at_once(world, as_):
    MembershipFactory(
        user=world.ada.user,
        team=world.job_centre,
        role="counsellor",
        first_day=date(2025, 6, 2),  # the first of her roles is the one she acts in
    )
    ada, ben = as_("ada"), as_("ben")
    assert ada.get("/today/").status_code == 200
    end(ben, world.ada.user.memberships.get(team=world.north), when="at_once")
    assert get_user(ada) == world.ada.user
    assert ada.get("/today/").status_code == 403


def test_at_the_end_of_the_day_means_still_today(world, as_):
    ada, ben = as_("ada"), as_("ben")
    membership = world.ada.user.memberships.get()
    assert end(ben, membership, last_day=TODAY.isoformat()).status_code == 302
    assert ada.get("/today/").status_code == 200


def test_a_last_day_is_asked_for_where_the_end_is_not_at_once(world, as_):
    membership = world.ada.user.memberships.get()
    answer = end(as_("ben"), membership)
    assert answer.status_code == 422
    assert "Enter the last day" in answer.content.decode()


@pytest.mark.parametrize(
    ("first", "last", "days"),
    [
        pytest.param(0, None, 0, id="begun today"),
        pytest.param(-9, 30, 0, id="to last another month"),
        pytest.param(7, None, 7, id="yet to begin"),
        pytest.param(-9, -2, -2, id="over already"),
    ],
)
def test_whatever_was_agreed_nothing_holds_from_now_on(world, first, last, days):
    def on(number):
        return None if number is None else TODAY + timedelta(days=number)

    made = MembershipFactory(team=world.north, first_day=on(first), last_day=on(last))
    commands.cut_off(actor=world.ben.actor, membership=made, now=NOW)
    made.refresh_from_db()
    assert made.last_day == on(days)
    mine = Membership.objects.filter(pk=made.pk)
    for day in range(31):
        assert not mine.filter(queries.in_force(on(day))).exists()


def test_the_days_before_the_end_stay_days_of_work(world):
    membership = world.ada.user.memberships.get()
    commands.cut_off(actor=world.ben.actor, membership=membership, now=NOW)
    yesterday = queries.in_force(TODAY - timedelta(days=1))
    assert Membership.objects.filter(yesterday, pk=membership.pk).exists()


def test_who_was_cut_off_is_not_let_in_by_a_later_last_day(world):
    membership = world.ada.user.memberships.get()
    commands.cut_off(actor=world.ben.actor, membership=membership, now=NOW)
    with pytest.raises(InputFault, match="for good"):
        commands.end_membership(
            actor=world.ben.actor,
            membership=membership,
            last_day=TODAY + timedelta(days=9),
        )


def test_a_supervisor_of_another_unit_cuts_nobody_off(world):
    stranger = replace(world.ben.actor, teams=frozenset({world.elsewhere.pk}))
    membership = world.ada.user.memberships.get()
    with pytest.raises(Refused):
        commands.cut_off(actor=stranger, membership=membership, now=NOW)
