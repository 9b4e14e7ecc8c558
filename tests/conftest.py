"""What every test may ask for: the world of the cast, and a browser signed in as one."""

import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from types import SimpleNamespace
from unittest import mock

import pytest
import time_machine
from django.conf import settings as in_force
from django.test import Client
from django.utils import translation
from django.utils.crypto import get_random_string
from hypothesis import settings

from tests import database
from tests.cast import TODAY, World, make_world

# Two shared cores: how long an example takes says nothing about the code. The examples
# are the same in every run, so that what fails says something about the change at hand;
# `make search` looks for new ones.
settings.register_profile("braid", deadline=None, derandomize=True)
settings.register_profile("search", deadline=None, derandomize=False)
settings.load_profile("braid")


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings, request):
    """Make the database from the one that is kept, unless a migration changed."""
    end = database.keep_in(request.config.cache.mkdir("databases"))
    yield
    end()


@pytest.fixture(scope="session")
def migrated(django_db_setup, request) -> Path:
    """Return a database with every table and no record, for `database.lay`."""
    return database.kept_in(request.config.cache.mkdir("databases"))


# Small letters without a vowel: no name is spelt so.
NAMELESS = "bcdfghjklmnpqrstvwxz0123456789"


@pytest.fixture(scope="session", autouse=True)
def tokens_spell_no_name():
    """Draw the tokens of pages from letters that spell nobody.

    Many tests say that a name does not stand on a page. Of letters drawn from all of
    them, three follow one another as in "Pat" on one page of some thousand, and a test
    would fail by chance. Tokens stay as long and as random as any test can tell.
    """
    drawn = partial(get_random_string, allowed_chars=NAMELESS)
    encoded = SimpleNamespace(b64encode=lambda nonce: nonce.hex().encode())
    with (
        mock.patch("django.middleware.csrf.CSRF_ALLOWED_CHARS", NAMELESS),
        mock.patch("csp.middleware.base64", encoded),
        mock.patch("braid.web.templatetags.braid_web.get_random_string", drawn),
    ):
        yield


@pytest.fixture(autouse=True)
def language():
    """Every test begins in English, whatever language a page before it was in."""
    translation.activate("en")
    yield
    translation.deactivate()


# A ring is read by every test of a process: whoever turns it, turns it for the others.
SHARED_KEYS = in_force.BRAID_KEYS


@pytest.fixture(autouse=True)
def shared_keys_stay():
    """No test turns the ring of keys that the others read."""
    ring = SHARED_KEYS / "ring.json"
    before = ring.read_bytes() if ring.exists() else None
    yield
    if before is not None:
        assert ring.read_bytes() == before, "Turned the shared keys: use `own_keys`."


@pytest.fixture
def own_keys(settings, tmp_path) -> Path:
    """A ring of keys for one test alone, which may turn it and lose it."""
    settings.BRAID_KEYS = tmp_path / "keys"
    return settings.BRAID_KEYS


@pytest.fixture
def world(db) -> World:
    return make_world()


@pytest.fixture
def today():
    """The clock stands still at nine on Monday 5 October 2026."""
    with time_machine.travel(f"{TODAY.isoformat()}T07:00:00+00:00", tick=False):
        yield TODAY


def sign_in_a_moment_ago(client: Client, user) -> None:
    """Let the session say that somebody gave their password just now."""
    session = client.session
    session["account_authentication_methods"] = [
        {"method": "password", "at": time.time()}
    ]
    session["account_authentication_methods_user"] = str(user.pk)
    session.save()


@pytest.fixture
def as_(world, today) -> Callable[[str], Client]:
    """Return a client that is signed in as a member of the cast."""

    def signed_in(name: str) -> Client:
        client = Client()
        user = getattr(world, name).user
        client.force_login(user)
        sign_in_a_moment_ago(client, user)
        return client

    return signed_in
