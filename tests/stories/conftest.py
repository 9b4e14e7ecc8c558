"""What a story needs: the cast, and a calendar that it turns itself."""

import pytest
from django.test import Client

from tests.conftest import sign_in_a_moment_ago
from tests.stories.acting import Days, begin


@pytest.fixture
def days(world):
    """Nine in the morning of Monday 5 October 2026, until the story goes on."""

    def signed_in(name: str) -> Client:
        client = Client()
        user = getattr(world, name).user
        client.force_login(user)
        sign_in_a_moment_ago(client, user)
        return client

    with begin("2026-10-05") as traveller:
        yield Days(traveller, signed_in)
