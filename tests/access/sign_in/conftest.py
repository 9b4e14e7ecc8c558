"""Signing in as it is for staff: a password, and a second factor where it is required."""

import pytest
from django.test import Client

PASSWORD = "regnbue cykel kastanje"


@pytest.fixture
def required(settings):
    """Require a second factor of staff, as outside tests and the demo."""
    settings.BRAID_SECOND_FACTOR = "required"


@pytest.fixture
def ada(world):
    """Return Ada with a password of her own."""
    return with_password(world.ada.user)


def with_password(user):
    user.set_password(PASSWORD)
    user.save()
    return user


def sign_in(client: Client, email: str, password: str = PASSWORD, **more):
    """Send the form of the sign-in page."""
    return client.post(
        "/account/login/", {"login": email, "password": password}, **more
    )
