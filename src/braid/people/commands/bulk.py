"""Many people at once, for imports: the same checks, one audit line a call."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction

from braid.access import audit, secrets
from braid.access.policy import Action, Actor
from braid.access.queries import require
from braid.kernel.errors import InputFault
from braid.people import rules
from braid.people.choices import EpisodeState
from braid.people.models import (
    Applicant,
    CaseloadSpell,
    Episode,
    EpisodeEntry,
    Identifier,
    Note,
    TreatmentSpell,
)

if TYPE_CHECKING:
    from braid.access.models import Team

BATCH = 2000


@dataclass(frozen=True, slots=True)
class NewApplicant:
    """A person to record; `identifiers` are pairs of system and number."""

    given_name: str
    family_name: str
    birth_date: date | None = None
    gender: str = ""
    phone: str = ""
    identifiers: tuple[tuple[str, str], ...] = ()


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
    caseload: tuple[CaseloadShare, ...] = ()
    note: str = ""
    note_day: date | None = None
    states: tuple[tuple[str, date], ...] = ()


@transaction.atomic
def record_applicants(
    *, actor: Actor, unit: Team, rows: Sequence[NewApplicant]
) -> list[UUID]:
    """Record people and return their ids in the order of `rows`."""
    require(actor, Action.IMPORT, unit.subject())
    made = [
        Applicant(
            organisation_id=unit.organisation_id,
            given_name=row.given_name,
            family_name=row.family_name,
            birth_date=row.birth_date,
            gender=row.gender,
            phone=row.phone,
            created_by_id=actor.id,
        )
        for row in rows
    ]
    Applicant.objects.bulk_create(made, batch_size=BATCH)
    numbers = [
        _identifier(actor, applicant, system, value)
        for applicant, row in zip(made, rows, strict=True)
        for system, value in row.identifiers
    ]
    Identifier.objects.bulk_create(numbers, batch_size=BATCH)
    audit.record(actor, "applicants_recorded", unit, count=len(made))
    return [applicant.pk for applicant in made]


def _identifier(
    actor: Actor, applicant: Applicant, system: str, value: str
) -> Identifier:
    checked = rules.check_number(system, value)
    return Identifier(
        applicant=applicant,
        system=system,
        value_encrypted=secrets.encrypt(checked.normalised),
        value_hash=secrets.keyed_hash(system, checked.normalised),
        masked=checked.masked,
        created_by_id=actor.id,
    )


@transaction.atomic
def record_episodes(
    *, actor: Actor, unit: Team, rows: Sequence[NewEpisode]
) -> list[UUID]:
    """Record episodes with caseload, treatment team, states and a note; return ids."""
    require(actor, Action.IMPORT, unit.subject())
    episodes = [_episode(actor, unit, row) for row in rows]
    Episode.objects.bulk_create(episodes, batch_size=BATCH)
    pairs = list(zip(episodes, rows, strict=True))
    EpisodeEntry.objects.bulk_create(
        [entry for pair in pairs for entry in _entries(actor, *pair)], batch_size=BATCH
    )
    CaseloadSpell.objects.bulk_create(
        [spell for pair in pairs for spell in _caseload(actor, *pair)], batch_size=BATCH
    )
    TreatmentSpell.objects.bulk_create(
        [_treatment(actor, *pair) for pair in pairs if pair[1].treatment_team_id],
        batch_size=BATCH,
    )
    Note.objects.bulk_create(
        [_note(actor, *pair) for pair in pairs if pair[1].note], batch_size=BATCH
    )
    audit.record(actor, "episodes_recorded", unit, count=len(episodes))
    return [episode.pk for episode in episodes]


def _course(row: NewEpisode) -> list[tuple[str, date | None]]:
    """Return the states of an episode in order, from its dates."""
    decided: list[tuple[str, date]] = list(row.states)
    if row.accepted_on is not None:
        decided.append((EpisodeState.ACTIVE, row.accepted_on))
    course: list[tuple[str, date | None]] = [(EpisodeState.REFERRED, row.referred_on)]
    for state, day in sorted(decided, key=lambda entry: entry[1]):
        course.append((state, day))
    if row.exited_on is not None:
        ended = EpisodeState.EXITED if row.accepted_on else EpisodeState.NOT_STARTED
        course.append((ended, row.exited_on))
    return course


def _episode(actor: Actor, unit: Team, row: NewEpisode) -> Episode:
    return Episode(
        applicant_id=row.applicant_id,
        unit=unit,
        referred_on=row.referred_on,
        referral_source=row.referral_source,
        referral_words=row.referral_words,
        at_referral=row.at_referral,
        accepted_on=row.accepted_on,
        entered_on=row.entered_on,
        profile_started_on=row.profile_started_on,
        exited_on=row.exited_on,
        exit_reason=row.exit_reason,
        goal=row.goal,
        goal_seen_on=row.goal_seen_on,
        state=_course(row)[-1][0],
        created_by_id=actor.id,
    )


def _entries(actor: Actor, episode: Episode, row: NewEpisode) -> list[EpisodeEntry]:
    return [
        EpisodeEntry(
            episode=episode,
            number=number,
            state=state,
            day=day,
            reason=row.exit_reason if state == EpisodeState.EXITED else "",
            recorded_by_id=actor.id,
        )
        for number, (state, day) in enumerate(_course(row), start=1)
    ]


def _caseload(actor: Actor, episode: Episode, row: NewEpisode) -> list[CaseloadSpell]:
    return [
        CaseloadSpell(
            episode=episode,
            specialist_id=share.specialist_id,
            first_day=share.first_day,
            last_day=share.last_day,
            ended_because=share.ended_because,
            created_by_id=actor.id,
        )
        for share in row.caseload
    ]


def _treatment(actor: Actor, episode: Episode, row: NewEpisode) -> TreatmentSpell:
    first = row.referred_on or row.accepted_on or row.entered_on or date.min
    last = None
    if row.exited_on is not None:
        last = max(row.exited_on - timedelta(days=1), first)
    return TreatmentSpell(
        episode=episode,
        team_id=row.treatment_team_id,  # type: ignore[misc]  # rows without are left out
        key_clinician_id=row.key_clinician_id,
        first_day=first,
        last_day=last,
        created_by_id=actor.id,
    )


def _note_day(row: NewEpisode) -> date:
    """Return the day a note is about; who gives a note gives a day."""
    day = row.note_day or row.referred_on or row.accepted_on
    if day is None:
        raise InputFault(
            "A note came without a day, and its episode has none. Give the note a day.",
            field="note_day",
        )
    return day


def _note(actor: Actor, episode: Episode, row: NewEpisode) -> Note:
    return Note(
        episode=episode,
        day=_note_day(row),
        text=row.note,
        author_id=actor.id,
        created_by_id=actor.id,
    )
