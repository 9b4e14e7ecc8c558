"""Stories of who is who: the first run, members, invitations."""

import re
from datetime import UTC, date, datetime, timedelta

import pytest
from django.urls import reverse

from braid.access import commands, queries
from braid.access.choices import Sector, TeamKind
from braid.access.models import AuditEntry, Invitation, Membership, Organisation, User
from braid.access.policy import Role
from braid.kernel.errors import InputFault, Refused
from tests.cast import TODAY

NOW = datetime(2026, 10, 5, 7, tzinfo=UTC)
PASSWORD = "bread harbour lantern"


@pytest.fixture
def first_run(client, db, today):
    return client, {
        "organisation": "Fjordby Kommune",
        "sector": "employment",
        "country": "dk",
        "unit": "IPS Fjordby",
        "name": "Mette Kær",
        "email": "mette@example.org",
        "password": PASSWORD,
    }


def test_an_empty_installation_leads_everybody_to_the_first_run(client, db):
    assert client.get("/today/")["Location"] == reverse("access:first_run")


def test_the_first_run_makes_a_steward_who_can_begin_alone(first_run):
    client, given = first_run
    answer = client.post(reverse("access:first_run"), given, follow=True)
    assert answer.status_code == 200
    assert "Braid is set up." in answer.content.decode()
    user = User.objects.get(email="mette@example.org")
    roles = set(Membership.objects.filter(user=user).values_list("role", flat=True))
    assert roles == {"steward", "supervisor"}
    assert client.get("/members/").status_code == 200


def test_the_first_run_is_gone_afterwards(first_run, world):
    client, given = first_run
    assert client.get(reverse("access:first_run")).status_code == 404
    assert client.post(reverse("access:first_run"), given).status_code == 404
    with pytest.raises(InputFault, match="already set up"):
        commands.create_organisation(
            actor=None, name="Another", sector=Sector.OTHER, country="dk"
        )


def test_a_weak_password_is_refused_with_a_sentence(first_run):
    client, given = first_run
    answer = client.post(
        reverse("access:first_run"), given | {"password": "password1234"}
    )
    assert answer.status_code == 422
    assert not Organisation.objects.exists()


def add(world, actor="ben", **values):
    given = {
        "actor": getattr(world, actor).actor,
        "team": world.north,
        "role": Role.SPECIALIST,
        "name": "Bo Madsen",
        "first_day": TODAY,
    }
    return commands.add_member(**given | values)


def test_staff_named_in_a_roster_exist_without_being_able_to_sign_in(world, client):
    membership = add(world)
    assert membership.user.email is None
    assert not membership.user.has_usable_password()
    assert membership.user in queries.staff_of(frozenset({world.north.pk}), TODAY)


def test_an_invitation_works_once(world, client, today):
    membership = add(world)
    token = commands.invite(
        actor=world.ben.actor, membership=membership, email="bo@example.org", now=NOW
    )
    address = reverse("access:accept_invitation", args=[token])
    assert "Welcome, Bo Madsen" in client.get(address).content.decode()
    answer = client.post(address, {"password": PASSWORD}, follow=True)
    assert answer.redirect_chain[-1][0] == "/today/"
    assert client.get(address).status_code == 404
    assert AuditEntry.objects.filter(action="invitation_accepted").exists()


def test_only_a_hash_of_the_invitation_is_kept(world):
    token = commands.invite(
        actor=world.ben.actor, membership=add(world), email="bo@example.org", now=NOW
    )
    kept = Invitation.objects.get()
    assert token not in (kept.token_hash, str(kept.pk))


@pytest.mark.parametrize(
    "later", [pytest.param(13, id="in time"), pytest.param(15, id="too late")]
)
def test_an_invitation_ends_after_fourteen_days(world, later):
    token = commands.invite(
        actor=world.ben.actor, membership=add(world), email="bo@example.org", now=NOW
    )
    found = commands.open_invitation(token, NOW + timedelta(days=later))
    assert (found is not None) is (later < 14)


def test_inviting_again_closes_the_first_link(world):
    membership = add(world)
    given = {
        "actor": world.ben.actor,
        "membership": membership,
        "email": "bo@example.org",
    }
    first = commands.invite(**given, now=NOW)
    second = commands.invite(**given, now=NOW)
    assert commands.open_invitation(first, NOW) is None
    assert commands.open_invitation(second, NOW) is not None


def test_nobody_takes_over_anothers_address(world):
    with pytest.raises(InputFault, match="somebody else"):
        commands.invite(
            actor=world.ben.actor,
            membership=add(world),
            email="ADA@example.org",
            now=NOW,
        )


@pytest.mark.parametrize("name", ["ada", "ola", "cora"])
def test_who_may_not_manage_members_is_refused(world, name):
    with pytest.raises(Refused):
        add(world, actor=name)


def test_who_left_yesterday_sees_nothing_today(world, as_):
    membership = Membership.objects.get(user=world.ada.user)
    commands.end_membership(
        actor=world.ben.actor, membership=membership, last_day=TODAY - timedelta(days=1)
    )
    answer = as_("ada").get("/today/")
    assert answer["Location"] == reverse("access:no_place")


def test_a_role_cannot_end_before_it_began(world):
    membership = Membership.objects.get(user=world.ada.user)
    with pytest.raises(InputFault, match="before the first"):
        commands.end_membership(
            actor=world.ben.actor, membership=membership, last_day=date(2020, 1, 1)
        )


def test_somebody_with_two_roles_acts_in_one_and_can_change(world, as_):
    Membership.objects.create(
        user=world.ada.user,
        organisation=world.havnelund,
        role="steward",
        first_day=date(2026, 1, 1),
    )
    ada = as_("ada")
    page = ada.get("/today/").content.decode()
    change = re.search(r'action="(/place/[^"]+)"', page).group(1)
    assert ada.get("/members/").status_code == 403
    ada.post(change)
    assert ada.get("/members/").status_code == 200
    assert ada.get("/today/").status_code == 403


def test_a_steward_makes_teams_of_the_own_organisation(world, as_):
    sam = as_("sam")
    sam.post(
        "/members/new-team/",
        {"name": "Team West", "kind": "treatment_team", "unit": world.north.pk},
    )
    assert queries.linked_teams(world.ada.actor).filter(name="Team West").exists()


def test_language_and_appearance_are_kept(world, as_):
    ada = as_("ada")
    ada.post(
        "/appearance/", {"language": "da", "theme": "dark", "digest_every": "week"}
    )
    page = ada.get("/today/").content.decode()
    assert '<html lang="da"' in page


def test_a_partner_team_of_a_roster_is_made_once(world):
    given = {
        "actor": world.ben.actor,
        "unit": world.north,
        "name": "Team Syd",
        "kind": TeamKind.TREATMENT_TEAM,
    }
    assert commands.add_partner_team(**given) == commands.add_partner_team(
        **given | {"name": "team syd"}
    )
