"""The story of North and its fund, with nothing filled in by the story itself."""

import pytest

from tests.funding.claims.story import make_story


@pytest.fixture
def story(world):
    return make_story(world)
