"""What the stories of claims share: North, its fund, and Pat who began to work."""

from datetime import date

import pytest

from braid.funding import commands
from braid.funding.commands.agreements import Letter
from tests.cast import TODAY
from tests.funding.claims.story import begin_to_work, make_story


@pytest.fixture
def story(world, settings, tmp_path):
    """North has an agreement; Pat was assigned in August and works since September."""
    settings.BRAID_DATA = tmp_path
    made = make_story(world)
    episode = world.pat_episode
    episode.profile_started_on = date(2026, 8, 24)
    episode.save()
    commands.record_event(
        actor=world.ada.actor,
        episode=episode,
        agreement=made.agreement,
        letter=Letter(kind="assignment", day=date(2026, 8, 20)),
        today=TODAY,
    )
    made.job = begin_to_work(world)
    return made


@pytest.fixture
def claimed(story):
    """The claim for Pat's start, with all its papers, prepared by Ben."""
    story.papers()
    story.run()
    return story.claims(milestone="placement")[0]
