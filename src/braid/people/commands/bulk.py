"""Many people at once, for imports: the same checks, one audit line a call.

A new row has its id before it is recorded, so that others can name it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, fields
from datetime import date, timedelta
from operator import attrgetter
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db import transaction

from braid.access import audit, secrets
from braid.access.policy import Action, Actor
from braid.access.queries import require
from braid.access.rows import insert
from braid.kernel.errors import InputFault
from braid.kernel.ids import new_id
from braid.people import rules
from braid.people.choices import EpisodeState
from braid.people.models import (
    Applicant,
    CaseloadSpell,
    CaseworkSpell,
    Episode,
    EpisodeEntry,
    Identifier,
    Note,
    Refusal,
    TreatmentSpell,
)

if TYPE_CHECKING:
    from braid.access.models import Team


@dataclass(frozen=True, slots=True)
class NewApplicant:
    """A person to record; `identifiers` are pairs of system and number."""

    given_name: str
    family_name: str
    birth_date: date | None = None
    gender: str = ""
    phone: str = ""
    identifiers: tuple[tuple[str, str], ...] = ()
    id: UUID = field(default_factory=new_id, compare=False, kw_only=True)


@dataclass(frozen=True, slots=True)
class CaseloadShare:
    """Who has the episode, from when to when; both days inside."""

    specialist_id: UUID | None
    first_day: date
    last_day: date | None = None
    ended_because: str = ""


@dataclass(frozen=True, slots=True)
class NewEpisode:
    """An episode to record for a known applicant, with its course."""

    applicant_id: UUID
    referred_on: date | None
    referral_source: str = ""
    referral_way: str = ""
    referral_words: str = ""
    at_referral: str = "unknown"
    accepted_on: date | None = None
    entered_on: date | None = None
    profile_started_on: date | None = None
    exited_on: date | None = None
    exit_reason: str = ""
    goal: str = ""
    goal_seen_on: date | None = None
    treatment_team_id: UUID | None = None
    key_clinician_id: UUID | None = None
    job_centre_id: UUID | None = None
    caseworker_id: UUID | None = None
    caseload: tuple[CaseloadShare, ...] = ()
    note: str = ""
    note_day: date | None = None
    states: tuple[tuple[str, date], ...] = ()
    referred_by_id: UUID | None = None
    id: UUID = field(default_factory=new_id, compare=False, kw_only=True)

    @property
    def course(self) -> list[tuple[str, date | None]]:
        """Return the states of the episode in order, from its dates."""
        decided: list[tuple[str, date]] = list(self.states)
        if self.accepted_on is not None:
            decided.append((EpisodeState.ACTIVE, self.accepted_on))
        course: list[tuple[str, date | None]] = [
            (EpisodeState.REFERRED, self.referred_on)
        ]
        for state, day in sorted(decided, key=lambda entry: entry[1]):
            course.append((state, day))
        if self.exited_on is not None:
            ended = (
                EpisodeState.EXITED if self.accepted_on else EpisodeState.NOT_STARTED
            )
            course.append((ended, self.exited_on))
        return course

    @property
    def days_around(self) -> tuple[date, date | None]:
        """Return the first and the last day of those who work with the person."""
        first = self.referred_on or self.accepted_on or self.entered_on or date.min
        if self.exited_on is None:
            return first, None
        return first, max(self.exited_on - timedelta(days=1), first)


@dataclass(frozen=True, slots=True)
class NewRefusal:
    """A referral or service that did not go on; fields as in `models.Refusal`."""

    day: date
    stage: str
    by_role: str
    reason: str
    episode_id: UUID | None = None
    words: str = ""
    person_informed: bool = False
    id: UUID = field(default_factory=new_id, compare=False, kw_only=True)


# What an episode says of rows beside its own.
PARTS = {
    "treatment_team_id",
    "key_clinician_id",
    "job_centre_id",
    "caseworker_id",
    "caseload",
    "note",
    "note_day",
    "states",
}
Rows = Iterator[tuple[Any, ...]]


@transaction.atomic
def record_applicants(
    *, actor: Actor, unit: Team, rows: Sequence[NewApplicant]
) -> list[UUID]:
    """Record people and return their ids in the order of `rows`."""
    require(actor, Action.IMPORT, unit.subject())
    columns = [each.name for each in fields(NewApplicant) if each.name != "identifiers"]
    insert(
        Applicant,
        columns,
        map(attrgetter(*columns), rows),
        organisation_id=unit.organisation_id,
        created_by_id=actor.id,
    )
    insert(
        Identifier,
        ("applicant_id", "system", "value_encrypted", "value_hash", "masked"),
        _identifiers(rows),
        created_by_id=actor.id,
    )
    audit.record(actor, "applicants_recorded", unit, count=len(rows))
    return [row.id for row in rows]


def _identifiers(rows: Sequence[NewApplicant]) -> Rows:
    for row in rows:
        for system, value in row.identifiers:
            checked = rules.check_number(system, value)
            hidden = secrets.encrypt(checked.normalised)
            found_by = secrets.keyed_hash(system, checked.normalised)
            yield row.id, system, hidden, found_by, checked.masked


@transaction.atomic
def record_episodes(
    *, actor: Actor, unit: Team, rows: Sequence[NewEpisode]
) -> list[UUID]:
    """Record episodes with caseload, teams around, states and a note; return ids."""
    require(actor, Action.IMPORT, unit.subject())
    by = actor.id
    columns = [each.name for each in fields(NewEpisode) if each.name not in PARTS]
    values = attrgetter(*columns)
    insert(
        Episode,
        ["state", *columns],
        ((row.course[-1][0], *values(row)) for row in rows),
        unit_id=unit.pk,
        created_by_id=by,
    )
    insert(
        EpisodeEntry,
        ("episode_id", "number", "state", "day", "reason"),
        _entries(rows),
        recorded_by_id=by,
    )
    insert(
        CaseloadSpell,
        ("episode_id", "specialist_id", "first_day", "last_day", "ended_because"),
        _caseload(rows),
        created_by_id=by,
    )
    insert(
        TreatmentSpell,
        ("episode_id", "team_id", "key_clinician_id", "first_day", "last_day"),
        _treatment(rows),
        created_by_id=by,
    )
    insert(
        CaseworkSpell,
        ("episode_id", "team_id", "caseworker_id", "first_day", "last_day"),
        _casework(rows),
        created_by_id=by,
    )
    notes = ("episode_id", "day", "text")
    insert(Note, notes, _notes(rows), author_id=by, created_by_id=by)
    audit.record(actor, "episodes_recorded", unit, count=len(rows))
    return [row.id for row in rows]


def _entries(rows: Sequence[NewEpisode]) -> Rows:
    for row in rows:
        for number, (state, day) in enumerate(row.course, start=1):
            reason = row.exit_reason if state == EpisodeState.EXITED else ""
            yield row.id, number, state, day, reason


def _caseload(rows: Sequence[NewEpisode]) -> Rows:
    for row in rows:
        for share in row.caseload:
            yield (
                row.id,
                share.specialist_id,
                share.first_day,
                share.last_day,
                share.ended_because,
            )


def _treatment(rows: Sequence[NewEpisode]) -> Rows:
    for row in rows:
        if row.treatment_team_id:
            days = row.days_around
            yield row.id, row.treatment_team_id, row.key_clinician_id, *days


def _casework(rows: Sequence[NewEpisode]) -> Rows:
    for row in rows:
        if row.job_centre_id:
            yield row.id, row.job_centre_id, row.caseworker_id, *row.days_around


def _notes(rows: Sequence[NewEpisode]) -> Rows:
    for row in rows:
        if row.note:
            yield row.id, _note_day(row), row.note


def _note_day(row: NewEpisode) -> date:
    """Return the day a note is about; who gives a note gives a day."""
    day = row.note_day or row.referred_on or row.accepted_on
    if day is None:
        raise InputFault(
            "A note came without a day, and its episode has none. Give the note a day.",
            field="note_day",
        )
    return day


@transaction.atomic
def record_refusals(
    *, actor: Actor, unit: Team, rows: Sequence[NewRefusal]
) -> list[UUID]:
    """Record refusals and return their ids in the order of `rows`."""
    require(actor, Action.IMPORT, unit.subject())
    columns = [each.name for each in fields(NewRefusal)]
    values = map(attrgetter(*columns), rows)
    insert(Refusal, columns, values, unit_id=unit.pk, created_by_id=actor.id)
    audit.record(actor, "refusals_recorded", unit, count=len(rows))
    return [row.id for row in rows]
