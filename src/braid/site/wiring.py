"""What rooms hand in: their tables to the facts, the circle around a person to access."""

from braid.access import facts as access
from braid.access import shared
from braid.facts import registry
from braid.people import circle
from braid.people import facts as people
from braid.teamwork import facts as teamwork
from braid.work import facts as work

ROOMS = (access, people, work, teamwork)


def register_extractors() -> None:
    """Let every room give its tables to the facts."""
    for room in ROOMS:
        for table, rows in room.EXTRACTORS.items():
            registry.register(table, rows)


def hand_in_circle() -> None:
    """Tell access which teams work with which applicant."""
    shared.hand_in(circle)
