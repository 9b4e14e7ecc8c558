"""Second factors: staff must have one, a sign-in asks for it, a lost one is replaced."""

from datetime import timedelta

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from django.contrib.auth import get_user
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from braid.access import commands
from braid.access.models import AuditEntry
from tests.access.sign_in.conftest import PASSWORD, sign_in, with_password
from tests.cast import TODAY
from tests.factories.access import InvitationFactory, MembershipFactory
from tests.second_factors import SECRET, code, give_app, recovery_codes

SET_UP = "/account/factors/"


def test_staff_without_a_second_factor_are_led_to_set_one_up(as_, required):
    ada = as_("ada")
    for address in ("/today/", "/caseload/", "/appearance/", "/security/", "/"):
        assert ada.get(address)["Location"] == SET_UP, address
    assert "Set up a passkey" in ada.get(SET_UP).content.decode()


def test_nothing_is_done_by_a_form_either(as_, required):
    answer = as_("ada").post("/appearance/", {"theme": "dark", "language": ""})
    assert answer["Location"] == SET_UP


def test_a_dialog_leaves_its_page_for_the_set_up(as_, required):
    answer = as_("ada").get("/appearance/", headers={"HX-Request": "true"})
    assert answer["HX-Redirect"] == SET_UP


@pytest.mark.parametrize(
    "name", ["mfa_index", "mfa_activate_totp", "mfa_add_webauthn", "account_logout"]
)
def test_the_pages_that_set_one_up_are_open(as_, required, name):
    assert as_("ada").get(reverse(name)).status_code == 200


def test_an_applicant_may_choose(as_, required):
    answer = as_("pat_account").get("/")
    assert answer["Location"] != SET_UP


def test_the_demo_asks_for_none(as_, required, settings, tmp_path):
    settings.BRAID_DEMO_MARK = tmp_path / "demo.json"
    settings.BRAID_DEMO_MARK.write_text("{}")
    assert as_("ada").get("/today/").status_code == 200


def test_who_has_one_goes_on(as_, world, required):
    give_app(world.ada.user)
    assert as_("ada").get("/today/").status_code == 200


def test_who_takes_the_last_one_away_is_led_to_set_one_up_again(as_, world, required):
    give_app(world.ada.user)
    ada = as_("ada")
    assert ada.get("/today/").status_code == 200
    Authenticator.objects.filter(user=world.ada.user).delete()
    assert ada.get("/today/")["Location"] == SET_UP


def test_an_app_is_set_up_with_a_code_and_recovery_codes_follow(as_, world, required):
    ada = as_("ada")
    page = ada.get(reverse("mfa_activate_totp"))
    secret = page.context["form"].secret
    wrong = ada.post(reverse("mfa_activate_totp"), {"code": "000000"})
    assert "Incorrect code" in wrong.content.decode()
    answer = ada.post(reverse("mfa_activate_totp"), {"code": code(secret)})
    assert answer["Location"] == reverse("mfa_view_recovery_codes")
    shown = ada.get(answer["Location"]).content.decode()
    codes = recovery_codes(world.ada.user)
    assert len(codes) == 10
    assert all(one in shown for one in codes)
    again = ada.get(answer["Location"]).content.decode()
    assert not any(one in again for one in codes)
    kept = Authenticator.objects.get(user=world.ada.user, type="totp")
    assert secret not in str(kept.data)


def test_a_password_alone_does_not_let_in_who_has_an_app(client, ada):
    give_app(ada)
    answer = sign_in(client, ada.email)
    assert answer["Location"] == reverse("mfa_authenticate")
    assert not get_user(client).is_authenticated
    assert client.get("/today/").status_code == 302
    client.post(reverse("mfa_authenticate"), {"code": "000000"})
    assert not get_user(client).is_authenticated
    client.post(reverse("mfa_authenticate"), {"code": code(SECRET)})
    assert get_user(client) == ada


def test_a_code_lets_in_once(ada, client):
    give_app(ada)
    with time_machine.travel(TODAY, tick=False):
        shown = code(SECRET)
        for browser, expected in ((client, True), (Client(), False)):
            sign_in(browser, ada.email)
            browser.post(reverse("mfa_authenticate"), {"code": shown})
            assert get_user(browser).is_authenticated is expected


def test_a_recovery_code_lets_in_once(ada, client):
    give_app(ada)
    kept = recovery_codes(ada)[3]
    for browser, expected in ((client, True), (Client(), False)):
        sign_in(browser, ada.email)
        browser.post(reverse("mfa_authenticate"), {"code": kept})
        assert get_user(browser).is_authenticated is expected


def test_guessing_codes_is_stopped_after_five(ada, client):
    give_app(ada)
    sign_in(client, ada.email)
    for number in range(5):
        client.post(reverse("mfa_authenticate"), {"code": f"00000{number}"})
    client.post(reverse("mfa_authenticate"), {"code": code(SECRET)})
    assert not get_user(client).is_authenticated


def test_an_invitation_asks_for_the_second_factor_that_somebody_has(world, client):
    user = with_password(world.ada.user)
    give_app(user)
    token = "t" * 43
    InvitationFactory(
        user=user,
        token_hash=commands.token_hash(token),
        expires_at=timezone.now() + timedelta(days=1),
    )
    answer = client.post(f"/invitation/{token}/", {"password": "pumpe gulerod cykel"})
    assert answer["Location"] == reverse("mfa_authenticate")
    assert not get_user(client).is_authenticated
    client.post(reverse("mfa_authenticate"), {"code": code(SECRET)})
    assert get_user(client) == user


def test_a_steward_takes_lost_factors_away_and_every_sign_in_ends(as_, world):
    give_app(world.ada.user)
    ada, sam = as_("ada"), as_("sam")
    assert ada.get("/today/").status_code == 200
    key = world.ada.user.memberships.get().pk
    address = reverse("access:factors_take_away", args=[key])
    assert sam.get(address).status_code == 200
    assert sam.post(address)["Location"] == "/members/"
    assert not Authenticator.objects.filter(user=world.ada.user).exists()
    assert ada.get("/today/").status_code == 302
    assert AuditEntry.objects.filter(action="factors_taken_away").count() == 1


def test_a_supervisor_takes_none_away_of_who_works_elsewhere_too(as_, world):
    give_app(world.ada.user)
    MembershipFactory(user=world.ada.user, team=world.elsewhere)
    key = world.ada.user.memberships.get(team=world.north).pk
    answer = as_("ben").post(reverse("access:factors_take_away", args=[key]))
    assert "another organisation" in answer.content.decode()
    assert Authenticator.objects.filter(user=world.ada.user).exists()


def test_nobody_takes_over_an_account_of_another_organisation_by_inviting(as_, world):
    ola = with_password(world.ola.user)
    key = MembershipFactory(user=ola, team=world.north).pk
    answer = as_("ben").post(
        reverse("access:member_invite", args=[key]), {"email": ola.email}
    )
    assert answer.status_code == 422
    ola.refresh_from_db()
    assert ola.check_password(PASSWORD)
    assert not ola.invitations.exists()
