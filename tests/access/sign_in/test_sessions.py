"""Sign-ins: they end by themselves, one by one, and with what they rest on."""

from datetime import timedelta

import pytest
import time_machine
from allauth.usersessions.models import UserSession
from django.contrib.auth import get_user
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from braid.access import commands
from braid.access.sign_in import sessions
from tests.access.sign_in.conftest import PASSWORD, sign_in, with_password
from tests.cast import TODAY
from tests.second_factors import SECRET, code, give_app

FIREFOX = "Mozilla/5.0 (Windows NT 10.0; rv:128.0) Gecko/20100101 Firefox/128.0"
MORNING = f"{TODAY.isoformat()}T06:00:00+00:00"


@pytest.fixture
def clock():
    with time_machine.travel(MORNING, tick=False) as travelling:
        yield travelling


@pytest.fixture
def signed_in(ada, clock):
    """Return a way to be Ada in a browser of one's own."""

    def browser(**more) -> Client:
        client = Client(**more)
        assert sign_in(client, ada.email)["Location"] == "/"
        assert client.get("/today/").status_code == 200
        return client

    return browser


@pytest.mark.parametrize(("minutes", "is_in"), [(14, True), (16, False)])
def test_a_sign_in_that_nobody_uses_ends_after_a_quarter(
    signed_in, clock, minutes, is_in
):
    ada = signed_in()
    clock.shift(timedelta(minutes=minutes))
    answer = ada.get("/today/")
    assert (answer.status_code == 200) is is_in
    assert get_user(ada).is_authenticated is is_in


def test_the_quarter_can_be_shortened(signed_in, clock, settings):
    settings.BRAID_IDLE_MINUTES = 5
    ada = signed_in()
    clock.shift(timedelta(minutes=6))
    assert ada.get("/today/").status_code == 302


def test_a_sign_in_in_use_lasts_ten_hours(signed_in, clock):
    ada = signed_in()
    for _visit in range(59):
        clock.shift(timedelta(minutes=10))
        assert ada.get("/today/").status_code == 200
    clock.shift(timedelta(minutes=11))
    assert ada.get("/today/").status_code == 302
    page = ada.get("/account/login/").content.decode()
    assert "You were signed out" in page


def test_where_one_is_signed_in_is_listed_without_an_exact_address(signed_in):
    signed_in(headers={"User-Agent": FIREFOX}, REMOTE_ADDR="203.0.113.77")
    page = signed_in().get(reverse("usersessions_list")).content.decode()
    assert "Firefox on Windows" in page
    assert "203.0.0.0" in page
    assert "203.0.113" not in page
    assert not UserSession.objects.filter(ip="203.0.113.77").exists()


def test_a_sign_in_is_ended_at_once_by_its_owner_only(signed_in, world):
    other, here = signed_in(), signed_in()
    key = UserSession.objects.exclude(session_key=here.session.session_key).get().pk
    address = reverse("access:session_end", args=[key])
    ben = Client()
    sign_in(ben, with_password(world.ben.user).email)
    assert ben.post(address).status_code == 404
    assert other.get("/today/").status_code == 200
    assert here.post(address).status_code == 302
    assert other.get("/today/").status_code == 302
    assert here.get("/today/").status_code == 200


def test_all_others_are_ended_together(signed_in):
    others, here = [signed_in(), signed_in()], signed_in()
    here.post(reverse("usersessions_list"))
    assert [one.get("/today/").status_code for one in others] == [302, 302]
    assert here.get("/today/").status_code == 200


def test_another_password_ends_every_other_sign_in(signed_in):
    other, here = signed_in(), signed_in()
    new = "gulerod pumpe regnbue"
    answer = here.post(
        "/account/password/change/",
        {"oldpassword": PASSWORD, "password1": new, "password2": new},
    )
    assert answer.status_code == 302
    assert other.get("/today/").status_code == 302
    assert here.get("/today/").status_code == 200


def test_the_last_role_ends_and_so_does_every_sign_in(signed_in, world):
    ada = signed_in()
    membership = world.ada.user.memberships.get()
    commands.end_membership(
        actor=world.ben.actor,
        membership=membership,
        last_day=timezone.localdate() - timedelta(days=1),
    )
    assert not get_user(ada).is_authenticated
    assert not UserSession.objects.filter(user=world.ada.user).exists()


def test_the_key_changes_at_sign_in_and_at_another_purpose(world, clock):
    dev = with_password(world.dev.user)
    client = Client()
    client.get("/account/login/")
    before = client.session.session_key
    sign_in(client, dev.email)
    client.get("/security/")
    at_first = client.session.session_key
    client.post(reverse("access:choose_purpose", args=["benefit_decision"]))
    at_last = client.session.session_key
    assert len({before, at_first, at_last}) == 3
    assert list(
        UserSession.objects.filter(user=dev).values_list("session_key", flat=True)
    ) == [at_last]
    stolen = Client()
    stolen.cookies["sessionid"] = at_first
    assert stolen.get("/security/").status_code == 302


@pytest.mark.parametrize("way", ["password", "code of an app"])
def test_the_key_changes_when_somebody_confirms_who_they_are(ada, client, clock, way):
    if way != "password":
        give_app(ada)
    sign_in(client, ada.email)
    if way != "password":
        client.post(reverse("mfa_authenticate"), {"code": code(SECRET)})
        clock.shift(timedelta(minutes=1))
    client.get("/security/")
    before = client.session.session_key
    if way == "password":
        answer = client.post("/account/reauthenticate/", {"password": PASSWORD})
    else:
        answer = client.post(reverse("mfa_reauthenticate"), {"code": code(SECRET)})
    assert answer.status_code == 302
    after = client.session.session_key
    assert after != before
    assert client.get("/security/").status_code == 200
    kept = UserSession.objects.filter(user=ada).values_list("session_key", flat=True)
    assert list(kept) == [after]
    stolen = Client()
    stolen.cookies["sessionid"] = before
    assert stolen.get("/security/").status_code == 302


def test_a_confirmation_that_fails_changes_nothing(signed_in):
    ada = signed_in()
    before = ada.session.session_key
    ada.post("/account/reauthenticate/", {"password": "wrong words entirely"})
    assert ada.session.session_key == before


@pytest.mark.parametrize(
    ("address", "kept"),
    [
        ("203.0.113.77", "203.0.0.0"),
        ("2001:db8:85a3::8a2e:370:7334", "2001:db8::"),
        ("127.0.0.1", "127.0.0.0"),
    ],
)
def test_of_an_address_only_the_network_is_kept(address, kept):
    assert sessions.coarse(address) == kept
