"""A fresh factor: who gave it lately goes on, everybody else is asked and comes back."""

from datetime import timedelta
from urllib.parse import urlencode

import pytest
import time_machine
from django.http import HttpResponse
from django.test import Client, RequestFactory

from braid.access import step_up
from tests.access.sign_in.conftest import PASSWORD, sign_in, with_password
from tests.cast import TODAY
from tests.second_factors import SECRET, code, give_app

FORM = "/access/sign-in/new/"
NOW = f"{TODAY.isoformat()}T07:00:00+00:00"


@pytest.fixture
def clock():
    with time_machine.travel(NOW, tick=False) as travelling:
        yield travelling


@pytest.fixture
def sam(world, clock):
    client = Client()
    sign_in(client, with_password(world.sam.user).email)
    return client


def test_right_after_sign_in_nobody_is_asked(sam):
    assert sam.get(FORM).status_code == 200


def test_after_five_minutes_one_is_asked_and_comes_back(sam, clock):
    clock.shift(timedelta(minutes=6))
    answer = sam.get(f"{FORM}?a=b")
    assert answer["Location"] == (
        "/account/reauthenticate/?next=%2Faccess%2Fsign-in%2Fnew%2F%3Fa%3Db"
    )
    wrong = sam.post(answer["Location"], {"password": "wrong words entirely"})
    assert wrong.status_code == 200
    assert sam.get(FORM).status_code == 302
    back = sam.post(answer["Location"], {"password": PASSWORD})
    assert back["Location"] == f"{FORM}?a=b"
    assert sam.get(FORM).status_code == 200


def test_what_was_posted_meanwhile_is_not_done_and_its_page_comes_again(
    sam, clock, world
):
    clock.shift(timedelta(minutes=6))
    posted = {
        "name": "Region",
        "issuer": "https://sign-in.example.org",
        "client_id": "braid",
        "scopes": "openid",
        "subject": "sub",
    }
    answer = sam.post(FORM, posted, headers={"Referer": f"http://testserver{FORM}"})
    back = sam.post(answer["Location"], {"password": PASSWORD})
    assert back["Location"] == FORM
    page = sam.get(FORM)
    assert "nothing was done yet" in page.content.decode()
    assert not world.havnelund.sign_in_providers.exists()
    assert sam.post(FORM, posted).status_code == 302
    assert world.havnelund.sign_in_providers.count() == 1


def test_who_has_an_app_is_asked_for_its_code_and_not_for_the_password(
    world, client, clock
):
    user = with_password(world.sam.user)
    give_app(user)
    sign_in(client, user.email)
    client.post("/account/factors/authenticate/", {"code": code(SECRET)})
    assert client.get(FORM).status_code == 200
    clock.shift(timedelta(minutes=6))
    answer = client.get(FORM)
    assert answer["Location"].startswith("/account/factors/reauthenticate/")
    by_password = client.get("/account/reauthenticate/")
    assert by_password["Location"] == "/account/factors/reauthenticate/"
    client.post(answer["Location"], {"code": code(SECRET)})
    assert client.get(FORM).status_code == 200


def test_in_a_dialog_the_whole_page_leaves(sam, clock):
    clock.shift(timedelta(minutes=6))
    answer = sam.get(FORM, headers={"HX-Request": "true", "HX-Target": "dialog-body"})
    assert answer["HX-Redirect"].startswith("/account/reauthenticate/")


def test_in_the_demo_everybody_passes(world, settings, tmp_path):
    client = Client()
    client.force_login(world.sam.user)
    assert client.get(FORM).status_code == 302
    settings.BRAID_DEMO_MARK = tmp_path / "demo.json"
    settings.BRAID_DEMO_MARK.write_text("{}")
    assert client.get(FORM).status_code == 200


def test_who_has_nothing_to_be_asked_for_is_refused(world, client):
    world.sam.user.set_unusable_password()
    world.sam.user.save()
    client.force_login(world.sam.user)
    assert client.get(FORM).status_code == 403


@pytest.mark.parametrize(
    ("referer", "back"),
    [
        ("http://testserver/people/?page=2", "/people/?page=2"),
        ("https://elsewhere.example/trap", "/act/"),
        ("", "/act/"),
    ],
    ids=["the page of the form", "another site", "unknown"],
)
def test_after_a_post_one_comes_back_to_a_page_of_ours(world, referer, back):
    user = with_password(world.sam.user)
    request = RequestFactory().post("/act/", headers={"Referer": referer})
    client = Client()
    client.force_login(user)
    request.user, request.session = user, client.session
    request._messages = type("Kept", (), {"add": lambda *args: None})()
    answer = step_up.fresh_factor(lambda request: HttpResponse("done"))(request)
    assert answer["Location"].endswith(urlencode({"next": back}))
