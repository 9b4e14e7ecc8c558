"""The record of a generated unit, written from its facts through the bulk commands."""

import time
from datetime import date

from django.db import transaction
from django.utils import timezone

from braid.access import queries as who
from braid.site.demo import mark as marks
from braid.site.demo.fill import Filled
from braid.site.demo.generated import Progress, record_people, record_work
from braid.site.demo.generated.chance import Stream
from braid.site.demo.generated.naming import Names
from braid.site.demo.generated.scale import Scale
from braid.site.demo.generated.service import Purpose
from braid.site.demo.generated.surroundings import write_surroundings
from braid.site.demo.generated.tables import tables
from braid.site.demo.generated.unit import Unit, draw
from braid.site.demo.generated.writing import Writing
from braid.site.demo.keys import TASK


@transaction.atomic
def write_unit(unit: Unit, seed: int, token: str) -> None:
    """Write one unit and those around it: all of it, or nothing.

    The rows have the ids of the facts, so that facts extracted from the record are the
    generated ones. Names and words, which facts do not hold, are invented.
    """
    facts, names = tables(unit), Names(unit, seed)
    team = write_surroundings(unit, facts, names, token)
    writing = Writing(
        unit=unit,
        facts=facts,
        names=names,
        stream=Stream(seed % 2**63, unit.service.number + 1, Purpose.NAMES),
        actor=who.system_actor(team, TASK),
        team=team,
    )
    record_people.write_people(writing)
    record_work.write_employers(writing)
    record_people.write_episodes(writing)
    record_people.write_refusals(writing)
    record_work.write_jobs(writing)
    record_work.write_contacts(writing)
    record_work.write_employer_contacts(writing)
    record_people.write_meetings(writing)


def write(
    scale: Scale,
    seed: int,
    today: date | None,
    token: str | None,
    progress: Progress | None = None,
) -> Filled:
    """Write the record of all units of a scale; see `generated.write_record`."""
    began = time.perf_counter()
    day, secret = today or timezone.localdate(), token or marks.new_token()
    episodes = contacts = jobs = 0
    for number in range(scale.units):
        unit = draw(scale, seed, number, day)
        write_unit(unit, seed, secret)
        episodes += len(unit.courses)
        contacts += len(unit.contacts)
        jobs += len(unit.jobs)
        if progress is not None:
            progress(number + 1, scale.units)
    seconds = round(time.perf_counter() - began, 2)
    return Filled(episodes=episodes, contacts=contacts, jobs=jobs, seconds=seconds)
