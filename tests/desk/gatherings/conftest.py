"""The tables of the cast: who meets whom on the day of the tests."""

import pytest

from tests.cast import TODAY
from tests.factories.teamwork import (
    GroupFactory,
    MeetingFactory,
)


@pytest.fixture
def supervision(world):
    return MeetingFactory(
        unit=world.north,
        kind="supervision",
        specialist=world.ada.user,
        led_by=world.ben.user,
        day=TODAY,
    )


@pytest.fixture
def mentoring(world):
    return MeetingFactory(
        unit=world.north,
        kind="field_mentoring",
        specialist=world.ada.user,
        led_by=world.ben.user,
        day=TODAY,
    )


@pytest.fixture
def unit_meeting(world):
    return MeetingFactory(unit=world.north, kind="vocational_unit", day=TODAY)


@pytest.fixture
def steering(world):
    return GroupFactory(unit=world.north, kind="steering", name="Steering group North")


@pytest.fixture
def sitting(world, steering):
    return MeetingFactory(unit=world.north, kind="steering", group=steering, day=TODAY)
