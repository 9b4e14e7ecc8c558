"""A review of North that Ben plans: Rui leads, Eve rates beside, Ben is the contact."""

from datetime import timedelta

from braid.fidelity import commands
from braid.fidelity.commands.reviews import Plan
from tests.cast import TODAY
from tests.factories.people import CaseloadSpellFactory
from tests.factories.work import JobFactory, JobTermsFactory
from tests.outcomes.conftest import person

WISH = Plan(
    scale="ips-25",
    mode="independent",
    facts_on=TODAY,
    first_day=TODAY + timedelta(14),
    last_day=TODAY + timedelta(15),
)
SEATS = (("rui", "lead"), ("eve", "reviewer"), ("ben", "contact"))


def planned(world, *seats):
    """Return a review that Ben planned, with these seats or the usual ones."""
    made = commands.plan(actor=world.ben.actor, unit=world.north, wish=WISH)
    for name, part in seats or SEATS:
        commands.give_seat(
            actor=world.ben.actor,
            review=made,
            user=getattr(world, name).user,
            part=part,
        )
    return made


def peopled(world):
    """Let twelve more be with North: four work, four lost a job, and four search."""
    for number in range(12):
        holder = world.ada.user if number % 2 else world.ben.user
        episode = person(world.north, None, world.east, number)
        first_day = episode.accepted_on
        CaseloadSpellFactory(episode=episode, specialist=holder, first_day=first_day)
        if number < 8:
            ended = TODAY - timedelta(20) if number < 4 else None
            started = first_day + timedelta(40)
            job = JobFactory(episode=episode, first_day=started, last_day=ended)
            JobTermsFactory(job=job, first_day=started)
    return world


def freeze(world, review):
    commands.freeze(actor=world.ben.actor, review=review, today=TODAY)
    review.refresh_from_db()
    return review
