"""Nobody finds out by trying who has an account: same answers, same work, same stop."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.contrib.auth import get_user
from django.contrib.auth.hashers import Argon2PasswordHasher
from django.test import Client
from django.utils import timezone

from braid.access import commands
from tests.access.sign_in.conftest import PASSWORD, sign_in, with_password
from tests.cast import TODAY
from tests.factories.access import (
    InvitationFactory,
    SignInProviderFactory,
    UserFactory,
)

COMPUTED: list[str] = []


class CountingHasher(Argon2PasswordHasher):
    """argon2 made cheap, telling how often it is computed."""

    time_cost, memory_cost, parallelism = 1, 64, 1

    def encode(self, password, salt):
        COMPUTED.append("encode")
        return super().encode(password, salt)

    def verify(self, password, encoded):
        COMPUTED.append("verify")
        return super().verify(password, encoded)

    def harden_runtime(self, password, encoded):
        COMPUTED.append("harden")


@pytest.fixture
def people(world, settings):
    """Return addresses by what stands behind them; all are equally long."""
    settings.PASSWORD_HASHERS = [f"{__name__}.CountingHasher"]
    with_password(world.ada.user)
    bound = with_password(world.ola.user)
    SignInProviderFactory(
        organisation=world.elsewhere.organisation, replaces_passwords=True
    )
    inactive = with_password(UserFactory(email="ina@example.org", is_active=False))
    invited = UserFactory(email="inv@example.org")
    invited.set_unusable_password()
    invited.save()
    return {
        "known": world.ada.user.email,
        "unknown": "noa@example.org",
        "signs in elsewhere": bound.email,
        "closed": inactive.email,
        "invited only": invited.email,
    }


def plain(answer, email: str) -> str:
    """Return an answer without what is random or was typed."""
    page = answer.content.decode().replace(email, "ADDRESS")
    page = re.sub(r'nonce="[^"]*"|value="[A-Za-z0-9]{64}"', "", page)
    return f"{answer.status_code} {answer.get('Location', '')} {page}"


@pytest.mark.parametrize(
    "who", ["unknown", "signs in elsewhere", "closed", "invited only"]
)
def test_a_wrong_password_is_answered_alike_with_equal_work(people, who):
    found = []
    for name in ("known", who):
        COMPUTED.clear()
        answer = sign_in(Client(), people[name], "wrong words entirely")
        found.append((plain(answer, people[name]), len(COMPUTED)))
    assert found[0] == found[1]
    assert found[0][1] == 1


def test_the_right_password_of_who_signs_in_elsewhere_is_like_a_wrong_one(people):
    found = []
    for name, password in (
        ("known", "wrong words entirely"),
        ("signs in elsewhere", PASSWORD),
    ):
        COMPUTED.clear()
        client = Client()
        answer = sign_in(client, people[name], password)
        found.append((plain(answer, people[name]), len(COMPUTED)))
        assert not get_user(client).is_authenticated
    assert found[0] == found[1]


@pytest.mark.parametrize(
    "who", ["unknown", "signs in elsewhere", "closed", "invited only"]
)
def test_a_forgotten_password_is_answered_alike(people, who, mailoutbox, settings):
    settings.BRAID_MAILS = True
    found = []
    for name in ("known", who):
        COMPUTED.clear()
        mailoutbox.clear()
        client = Client()
        email = people[name]
        answers = [
            client.get("/account/password/reset/"),
            client.post("/account/password/reset/", {"email": email}),
            client.get("/account/password/reset/done/"),
        ]
        said = [plain(answer, email) for answer in answers]
        found.append((said, len(COMPUTED), len(mailoutbox)))
    assert found[0] == found[1]


def test_who_signs_in_elsewhere_is_mailed_no_way_in(people, mailoutbox):
    email = people["signs in elsewhere"]
    Client().post("/account/password/reset/", {"email": email})
    assert "/password/reset/key/" not in mailoutbox[0].body


def test_an_address_that_nobody_has_is_offered_no_account(people, mailoutbox):
    Client().post("/account/password/reset/", {"email": people["unknown"]})
    (mail,) = mailoutbox
    assert mail.subject.endswith("Forgotten password")
    assert "No password can be set for this address here" in mail.body
    assert "http" not in mail.body
    assert "sign up" not in mail.body.lower()


def test_a_link_that_never_was_is_answered_like_one_that_is_over(people, world):
    for token, more in {
        "u" * 43: {"accepted_at": timezone.now()},
        "o" * 43: {},
    }.items():
        InvitationFactory(
            user=world.ada.user,
            token_hash=commands.token_hash(token),
            **{"expires_at": timezone.now() - timedelta(days=1), **more},
        )
    answers = {
        plain(Client().get(f"/invitation/{letter * 43}/"), letter * 43)
        for letter in "uon"
    }
    assert len(answers) == 1


def test_four_hundred_tries_tell_nothing(people):
    """Each address is stopped after five, known or not, in the same words."""
    said: dict[str, list[str]] = {}
    work: dict[str, list[int]] = {}
    with time_machine.travel(TODAY, tick=False):
        for name in ("known", "unknown"):
            for number in range(200):
                COMPUTED.clear()
                # From ever other places, so that the address is what is counted.
                place = f"203.0.{number // 5}.{number % 5 + 1}"
                answer = sign_in(
                    Client(),
                    people[name],
                    f"wrong words {number:03}",
                    REMOTE_ADDR=place,
                )
                said.setdefault(name, []).append(plain(answer, people[name]))
                work.setdefault(name, []).append(len(COMPUTED))
    assert said["known"] == said["unknown"]
    assert work["known"] == work["unknown"] == [1] * 5 + [0] * 195
    assert len(set(said["known"][:5])) == 1
    assert len(set(said["known"][5:])) == 1
    assert said["known"][0] != said["known"][5]


def test_after_the_stop_the_right_password_waits_too(people):
    with time_machine.travel(TODAY, tick=False) as clock:
        for _try in range(5):
            sign_in(Client(), people["known"], "wrong words entirely")
        client = Client()
        sign_in(client, people["known"])
        assert not get_user(client).is_authenticated
        clock.shift(timedelta(minutes=6))
        sign_in(client, people["known"])
        assert get_user(client).is_authenticated


def test_one_place_is_stopped_after_ten_addresses(people):
    with time_machine.travel(TODAY, tick=False):
        for number in range(10):
            sign_in(Client(), f"nobody-{number}@example.org", "wrong words entirely")
        client = Client()
        sign_in(client, people["known"])
        assert not get_user(client).is_authenticated


def test_what_was_tried_is_counted_for_all_workers_together(settings):
    backend = settings.CACHES["default"]["BACKEND"]
    assert backend == "django.core.cache.backends.db.DatabaseCache"
    assert settings.CACHES["default"]["OPTIONS"]["MAX_ENTRIES"] >= 100_000
