"""What every test may ask for: the world of the cast, and a browser signed in as one."""

from collections.abc import Callable

import pytest
import time_machine
from django.test import Client
from django.utils import translation
from hypothesis import settings

from tests.cast import TODAY, World, make_world

# Two shared cores: how long an example takes says nothing about the code.
settings.register_profile("braid", deadline=None)
settings.load_profile("braid")


@pytest.fixture(autouse=True)
def language():
    """Every test begins in English, whatever language a page before it was in."""
    translation.activate("en")
    yield
    translation.deactivate()


@pytest.fixture
def world(db) -> World:
    return make_world()


@pytest.fixture
def today():
    """The clock stands still at nine on Monday 5 October 2026."""
    with time_machine.travel(f"{TODAY.isoformat()}T07:00:00+00:00", tick=False):
        yield TODAY


@pytest.fixture
def as_(world, today) -> Callable[[str], Client]:
    """Return a client that is signed in as a member of the cast."""

    def signed_in(name: str) -> Client:
        client = Client()
        user = getattr(world, name).user
        client.force_login(user, "allauth.account.auth_backends.AuthenticationBackend")
        return client

    return signed_in
