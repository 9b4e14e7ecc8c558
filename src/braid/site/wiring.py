"""Which room gives which table of the facts."""

from braid.access import facts as access
from braid.facts import registry
from braid.people import facts as people
from braid.teamwork import facts as teamwork
from braid.work import facts as work

ROOMS = (access, people, work, teamwork)


def register_extractors() -> None:
    """Let every room give its tables to the facts."""
    for room in ROOMS:
        for table, rows in room.EXTRACTORS.items():
            registry.register(table, rows)
