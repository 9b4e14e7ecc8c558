"""Writing what was agreed to share, in the order of the days, as the specialists did."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time
from uuid import UUID

from django.utils import timezone

from braid.access import consent
from braid.access.choices import ConsentWay
from braid.access.models import Team
from braid.access.policy import Actor, Information, Purpose, Role, Subject
from braid.access.queries import system_actor
from braid.people.commands import add_treatment_note
from braid.site.demo.agreed import Agreed, Around, TeamNote
from braid.site.demo.cast import COUNTRY
from braid.site.demo.keys import TASK, Keys, author
from braid.site.demo.values import Life

WHEN = time(11, 20)
LANGUAGE = "da"


@dataclass(frozen=True, slots=True)
class OneLife:
    """One person's course with what was agreed in it."""

    life: Life
    around: Around


def write(shared: Iterable[OneLife], keys: Keys) -> None:
    """Record what was agreed by the days, then what treatment teams wrote."""
    known = list(shared)
    steps = [(step, one) for one in known for step in one.around.agreed]
    for step, one in sorted(steps, key=lambda pair: pair[0].day):
        _record(step, one.life, keys)
    for one in known:
        for note in one.around.notes:
            _write_note(note, one.life, keys)


def at(day: date) -> datetime:
    """Return the instant of a day at which things are recorded."""
    return timezone.make_aware(datetime.combine(day, WHEN))


def subject(unit: Team, applicant_id: UUID) -> Subject:
    """Return the name of an applicant as the unit holds it."""
    care = frozenset({unit.pk})
    return Subject(Information.IDENTITY, unit.organisation_id, care, applicant_id)


def about(life: Life, purpose: Purpose, receiver: str, keys: Keys) -> consent.About:
    """Return which agreement of whom a step is about."""
    whose = subject(keys.teams[life.unit], keys.people[life.person])
    return consent.About(whose, purpose, keys.organisations[receiver])


def recorded_by(life: Life, day: date, keys: Keys) -> Actor:
    """Return the specialist who had the person on a day, else the demo itself."""
    unit, holder = keys.teams[life.unit], life.holder_on(day)
    if holder is None:
        return system_actor(unit, TASK)
    return author(unit, keys.staff[holder])


def _record(step: Agreed, life: Life, keys: Keys) -> None:
    which = about(life, Purpose(step.purpose), step.receiver, keys)
    actor = recorded_by(life, step.day, keys)
    taken = consent.Taken(ConsentWay.SPOKEN, LANGUAGE)
    if step.last_day is None:
        consent.withdraw(actor=actor, about=which, taken=taken, now=at(step.day))
        return
    consent.give(
        actor=actor,
        about=which,
        information=[Information(one) for one in step.information],
        first_day=step.day,
        last_day=step.last_day,
        taken=taken,
        now=at(step.day),
    )


def _write_note(note: TeamNote, life: Life, keys: Keys) -> None:
    team = keys.teams[life.team]
    clinician = Actor(
        id=keys.staff[note.clinician],
        role=Role("clinician"),
        organisation=team.organisation_id,
        teams=frozenset({team.pk}),
        country=COUNTRY,
        day=note.day,
    )
    add_treatment_note(
        actor=clinician,
        applicant_id=keys.people[life.person],
        team_id=team.pk,
        day=note.day,
        text=note.text,
    )
