"""The counsellor of the unit, and pages that were worked out by the training rules."""

from datetime import date
from decimal import Decimal

import pytest

from braid.benefits import commands, queries, working_out
from braid.method.benefits import Inputs, Known
from braid.people.queries import EpisodeRef
from tests.cast import TODAY

RULES = "xx-test"
HOURS = tuple(Decimal(each) for each in (0, 4, 8, 12, 16, 20, 24, 30, 37))
FIRST_SHIFT = date(2026, 10, 19)


@pytest.fixture
def una(world):
    """Una counsels in North, the unit of Pat."""
    return world.una.actor


@pytest.fixture
def pat_ref(world):
    episode = world.pat_episode
    return EpisodeRef(
        episode.pk,
        episode.applicant_id,
        episode.unit_id,
        episode.unit.organisation_id,
        "Pat Lund",
    )


@pytest.fixture
def asked(una, pat_ref, django_capture_on_commit_callbacks):
    """Ask what the café job changes, as Una; return the page as it then is."""

    def ask(*, verified=True, start_on=FIRST_SHIFT, wage="12.00", rules=RULES, **more):
        kept = working_out.store(
            Inputs(
                wage=Decimal(wage),
                hours=HOURS,
                start_on=start_on,
                day=TODAY,
                benefits=(Known("support", Decimal(1000), verified=verified),),
            ),
            using=working_out.rules_named(rules),
            hours_offered=Decimal(16),
            household_verified=True,
        )
        with django_capture_on_commit_callbacks(execute=True):
            made = commands.calculate(
                actor=una,
                episode=pat_ref,
                question="What happens if I take the café job?",
                inputs=kept,
                **more,
            )
        return queries.calculation(una, made.pk)

    return ask
