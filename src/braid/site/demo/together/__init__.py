"""Working together in the demo: meetings, questions, proposals, groups and their words.

One treatment team treats IPS as a parallel service and one job centre presses for
internships, so that the figures of both lenses differ as the region's story says.
"""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from braid.access.queries import system_actor
from braid.site.demo.agreed import Around
from braid.site.demo.keys import TASK, Keys
from braid.site.demo.together import asked, at_table, corridor, groups, own_meetings
from braid.site.demo.together.scene import Person, Scene
from braid.site.demo.values import Life, UnitRecord
from braid.teamwork.commands.bulk import Together, record_together
from braid.work import commands as work


def write(
    record: UnitRecord,
    lives: Sequence[tuple[UUID, Life, Around]],
    keys: Keys,
    not_yet: dict[str, list[UUID]],
    *,
    days: tuple[date, date],
    seed: int,
) -> int:
    """Write what a unit had with those around it from the first of `days` to the last.

    Return how many talks in the corridor were noted; they are contacts as well.
    """
    unit = keys.teams[record.unit]
    actor = system_actor(unit, TASK)
    people = [Person(*one) for one in lives]
    scene = Scene(unit, record, people, keys, days[1], days[0], seed)
    rows = Together()
    at_table.write(scene, rows, not_yet)
    own_meetings.write(scene, rows)
    groups.write(scene, rows)
    asked.questions(scene, rows)
    asked.proposals(scene, rows)
    record_together(actor=actor, unit=unit, rows=rows)
    talks = list(corridor.contacts(scene))
    work.record_contacts(actor=actor, unit=unit, rows=talks)
    return len(talks)


__all__ = ["write"]
