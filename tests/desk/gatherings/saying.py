"""How the stories of meetings speak: addresses, rows, another specialist."""

from datetime import timedelta

from django.urls import reverse

from braid.access.policy import Role
from tests.cast import SINCE
from tests.factories.access import MembershipFactory, UserFactory

DAY = timedelta(days=1)
WEEK = timedelta(weeks=1)


def every(model):
    """Return all rows of a model."""
    return model.objects.system("looked at in a test")


def at(name, *keys):
    return reverse(f"desk:{name}", args=keys)


def specialist(world, name):
    """Add another specialist of the unit to the cast."""
    user = UserFactory(name=name, email=f"{name.split()[0].lower()}@example.org")
    MembershipFactory(
        user=user,
        team=world.north,
        organisation=world.havnelund,
        role=Role.SPECIALIST.value,
        first_day=SINCE,
    )
    world.cast[name.split()[0].lower()] = type(world.ada)(user, None)
    return user
