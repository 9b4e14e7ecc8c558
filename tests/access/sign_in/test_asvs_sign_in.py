"""Passwords, factors and sign-ins: rows of `docs/security/asvs.toml`."""

import base64
import re
from datetime import timedelta

import pytest
import time_machine
from allauth.account.adapter import get_adapter
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import generate_totp_secret
from allauth.socialaccount.models import SocialToken
from django.contrib.auth import get_user
from django.contrib.auth.hashers import Argon2PasswordHasher
from django.test import Client, RequestFactory
from django.urls import reverse

from braid.site import settings as installed
from tests import oidc
from tests.access.sign_in.conftest import PASSWORD, sign_in
from tests.access.sign_in.test_single_sign_on import loopback, visit, wrong
from tests.cast import TODAY
from tests.second_factors import SECRET, code, give_app, recovery_codes

__all__ = ["loopback", "wrong"]

MORNING = f"{TODAY.isoformat()}T06:00:00+00:00"
LONG = "Regnbue  Pumpe Ængstelig ☂ " + "hestekastanje " * 8
NEW = "gulerod pumpe regnbue"


def change(client, old, new):
    given = {"oldpassword": old, "password1": new, "password2": new}
    return client.post(reverse("account_change_password"), given)


def is_let_in(email, password):
    client = Client()
    sign_in(client, email, password)
    return get_user(client).is_authenticated


def test_a_password_is_checked_exactly_as_it_was_typed(ada, client):
    sign_in(client, ada.email)
    assert len(LONG) > 100
    assert change(client, PASSWORD, LONG).status_code == 302
    assert is_let_in(ada.email, LONG)
    for other in (LONG.strip(), LONG.casefold(), LONG[:72], LONG.replace("  ", " ")):
        assert not is_let_in(ada.email, other)


def test_who_changes_a_password_says_the_present_one(ada, client):
    sign_in(client, ada.email)
    for old in ("", "wrong words entirely"):
        assert change(client, old, NEW).status_code == 200
        assert not is_let_in(ada.email, NEW)
    assert change(client, PASSWORD, NEW).status_code == 302
    assert is_let_in(ada.email, NEW)


@pytest.mark.parametrize(
    ("address", "known_as"),
    [
        ("/account/login/", {"current-password"}),
        ("/account/password/change/", {"current-password", "new-password"}),
    ],
)
def test_password_fields_are_masked_and_open_to_managers(
    as_, client, db, address, known_as
):
    asking = as_("ada") if "change" in address else client
    page = asking.get(address).content.decode()
    fields = re.findall(r"<input[^>]*password[^>]*>", page)
    assert fields
    assert all('type="password"' in field for field in fields)
    assert {re.search(r'autocomplete="([^"]*)"', one)[1] for one in fields} == known_as
    assert "onpaste" not in page


def test_a_forgotten_password_goes_past_no_second_factor(
    ada, client, mailoutbox, settings
):
    settings.BRAID_MAILS = True
    give_app(ada)
    client.post("/account/password/reset/", {"email": ada.email})
    link = re.search(r"/account/password/reset/key/\S+", mailoutbox[0].body)[0]
    form = client.get(link)["Location"]
    given = {"password1": NEW, "password2": NEW}
    assert client.post(form, given)["Location"].endswith("/key/done/")
    assert not get_user(client).is_authenticated
    assert sign_in(client, ada.email, NEW)["Location"] == reverse("mfa_authenticate")
    again = Client().get(link)
    assert again.status_code == 200  # the link was good once
    assert "password1" not in again.content.decode()


def test_ways_in_are_changed_with_a_fresh_factor_only(ada):
    give_app(ada)
    with time_machine.travel(MORNING, tick=False) as clock:
        client = Client()
        sign_in(client, ada.email)
        client.post(reverse("mfa_authenticate"), {"code": code(SECRET)})
        clock.shift(timedelta(minutes=6))
        for name in ("mfa_deactivate_totp", "mfa_generate_recovery_codes"):
            answer = client.post(reverse(name))
            assert answer["Location"].startswith("/account/factors/reauthenticate/")
        given = {"email": "x@example.org", "action_add": ""}
        assert client.post("/account/email/", given).status_code == 404
    kinds = Authenticator.objects.filter(user=ada).values_list("type", flat=True)
    assert set(kinds) == {"totp", "recovery_codes"}
    assert not EmailAddress.objects.filter(email="x@example.org").exists()


def test_the_key_of_a_sign_in_is_long_and_never_the_same(ada):
    keys = set()
    for _time in range(5):
        client = Client()
        sign_in(client, ada.email)
        keys.add(client.session.session_key)
    assert len(keys) == 5
    # 32 letters and digits drawn by the system: 165 bits.
    assert all(re.fullmatch("[a-z0-9]{32}", key) for key in keys)


def test_after_signing_out_the_old_key_opens_nothing(ada, client):
    sign_in(client, ada.email)
    stolen = Client()
    stolen.cookies["sessionid"] = client.session.session_key
    assert stolen.get("/today/").status_code == 200
    client.post(reverse("account_logout"))
    assert stolen.get("/today/").status_code == 302


@pytest.mark.parametrize(
    ("member", "address"),
    [
        ("ada", "/today/"),
        ("ben", "/members/"),
        ("sam", "/security/"),
        ("ada", "/account/factors/"),
        ("pat_account", "/me/"),
    ],
)
def test_every_frame_offers_to_sign_out(as_, member, address):
    answer = as_(member).get(address, follow=True)
    assert answer.status_code == 200
    assert reverse("account_logout") in answer.content.decode()


def test_recovery_codes_are_long_enough_to_be_guessed_five_times(ada):
    codes = recovery_codes(ada)
    assert len(set(codes)) == len(codes) == 10
    assert all(len(one) == 8 and one.isdigit() for one in codes)  # 26 bits


def test_seeds_of_second_factors_are_long_and_never_the_same():
    drawn = {generate_totp_secret() for _ in range(50)}
    assert len(drawn) == 50
    assert all(len(base64.b32decode(one)) * 8 >= 128 for one in drawn)
    seeds = {RecoveryCodes.generate_seed() for _ in range(50)}
    assert len(seeds) == 50
    assert all(len(bytes.fromhex(one)) * 8 >= 128 for one in seeds)


def test_passwords_are_kept_with_argon2id():
    assert installed.PASSWORD_HASHERS == [
        "django.contrib.auth.hashers.Argon2PasswordHasher"
    ]
    hasher = Argon2PasswordHasher()
    assert hasher.encode(PASSWORD, "a" * 22).startswith("argon2$argon2id$")
    # What OWASP asks for at least: 19 MiB and two rounds.
    assert hasher.memory_cost >= 19 * 1024
    assert hasher.time_cost >= 2


@pytest.mark.parametrize(
    ("proxies", "seen"), [(0, "192.0.2.1"), (1, "203.0.113.9")], ids=["none", "one"]
)
def test_where_somebody_is_comes_from_our_own_proxies_only(settings, proxies, seen):
    """Else whoever guesses passwords would come from a new place each time."""
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = proxies
    request = RequestFactory().get(
        "/",
        REMOTE_ADDR="192.0.2.1",
        headers={"X-Forwarded-For": "198.51.100.66, 203.0.113.9"},
    )
    assert get_adapter().get_client_ip(request) == seen


def test_what_a_provider_sent_stays_with_the_server_and_is_not_kept(wrong):
    client = Client()
    answer = visit(client, wrong)
    assert get_user(client).is_authenticated
    told = str(answer.headers) + client.cookies.output() + str(dict(client.session))
    assert "access_token" not in told
    assert "id_token" not in told
    assert not SocialToken.objects.exists()
    assert oidc.SECRET not in told


@pytest.mark.parametrize(
    "elsewhere",
    [
        "https://evil.example/",
        "//evil.example/",
        r"/\evil.example",
        "javascript:alert(1)",
    ],
)
def test_nobody_is_led_out_of_the_house(ada, client, elsewhere):
    address = "/account/login/"
    given = {"login": ada.email, "password": PASSWORD, "next": elsewhere}
    assert client.post(address, given)["Location"] == "/"
    spoken = client.post(reverse("set_language"), {"language": "da", "next": elsewhere})
    assert "evil" not in spoken["Location"]
    assert "javascript" not in spoken["Location"]
