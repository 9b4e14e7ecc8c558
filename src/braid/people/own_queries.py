"""What applicants read of their own record, and what they told whom in own words."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Case, Q, QuerySet, When
from django.http import Http404

from braid.access import shared
from braid.access.choices import TeamKind
from braid.access.policy import Actor
from braid.access.queries import teams_named
from braid.access.timeline import Part, Row, part
from braid.kernel.moments import Moment, Strand
from braid.people.choices import EpisodeState
from braid.people.models import (
    Applicant,
    CaseloadSpell,
    CaseworkSpell,
    Episode,
    OwnWords,
    TreatmentSpell,
)

OVER = (EpisodeState.EXITED, EpisodeState.NOT_STARTED)
NO_DAY = date.min
NEAREST = (TeamKind.IPS_UNIT, TeamKind.TREATMENT_TEAM, TeamKind.JOB_CENTRE)


def is_born_on(applicant_id: UUID | None, day: date) -> bool:
    """Say whether this is the date of birth of an applicant who was invited.

    There is no actor yet: whoever holds the code shows with it that it is theirs.
    """
    reason = "an invited applicant confirms the date of birth"
    born: bool = (
        Applicant.objects.system(reason).filter(pk=applicant_id, birth_date=day)
    ).exists()
    return born


def name_for_account(applicant_id: UUID) -> str:
    """Return the name under which an applicant signs in, once they were confirmed."""
    found = Applicant.objects.system("an invited applicant opens the account")
    person: Applicant | None = found.filter(pk=applicant_id).first()
    if person is None:
        raise Http404
    return person.name


def own_record(actor: Actor) -> Applicant:
    """Return the record of the actor's own account, else answer 404."""
    found: Applicant | None = (
        Applicant.objects.visible_to(actor).filter(pk=actor.own).first()
    )
    if found is None or actor.own is None:
        raise Http404
    return found


def own_episodes(actor: Actor) -> list[Episode]:
    """Return the actor's own episodes, those that go on first, then the latest."""
    found: QuerySet[Episode] = (
        Episode.objects.visible_to(actor)
        .filter(applicant_id=actor.own)
        .select_related("applicant", "unit__organisation")
    )
    return sorted(
        found,
        key=lambda episode: (episode.is_open, episode.referred_on or NO_DAY),
        reverse=True,
    )


@dataclass(frozen=True, slots=True)
class Around:
    """Somebody who helps, or a team of whom nobody is named; `role` is a slug."""

    role: str
    name: str
    phone: str
    email: str
    team: str
    organisation: str
    since: date


_HELPERS: tuple[tuple[str, Any, str, str], ...] = (
    ("specialist", CaseloadSpell, "specialist", "episode__unit"),
    ("clinician", TreatmentSpell, "key_clinician", "team"),
    ("caseworker", CaseworkSpell, "caseworker", "team"),
)


def people_around(actor: Actor, today: date) -> list[Around]:
    """Return who helps the applicant today: specialist, clinician, caseworker."""
    found = []
    for role, model, person, team in _HELPERS:
        rows = (
            model.objects.visible_to(actor)
            .filter(
                Q(last_day__isnull=True) | Q(last_day__gte=today),
                episode__applicant_id=actor.own,
                first_day__lte=today,
            )
            .exclude(episode__state__in=OVER)
            .order_by("first_day")
            .values_list(
                f"{person}__name",
                f"{person}__phone",
                f"{person}__email",
                f"{team}__name",
                f"{team}__organisation__name",
                "first_day",
            )
        )
        found += [
            Around(role, name or "", phone or "", email or "", *where)
            for name, phone, email, *where in rows
        ]
    return found


@dataclass(frozen=True, slots=True)
class Words:
    """How somebody said it was going on a day, and the teams whom they told."""

    id: UUID
    day: date
    mood: str
    text: str
    readers: tuple[str, ...]


def own_words(actor: Actor, limit: int = 20) -> list[Words]:
    """Return what the applicant said of how it is going, the latest first."""
    rows = (
        OwnWords.objects.visible_to(actor)
        .filter(applicant_id=actor.own)
        .prefetch_related("readers")[:limit]
    )
    return [
        Words(
            row.pk,
            row.day,
            row.mood,
            row.text,
            tuple(sorted(team.name for team in row.readers.all())),
        )
        for row in rows
    ]


def possible_readers(actor: Actor, today: date) -> QuerySet[Any]:
    """Return the teams around the applicant today, who may be told something."""
    around = shared.around(actor.own, today) if actor.own else frozenset()
    places = (When(kind=kind, then=at) for at, kind in enumerate(NEAREST))
    nearness = Case(*places, default=len(NEAREST))
    return teams_named(around).order_by(nearness, "name")


def words_told(
    actor: Actor, episode_ids: Collection[UUID], before: date | None = None
) -> Part:
    """Return what the applicants of these episodes told the actor in own words."""
    whose = Episode.objects.filter(pk__in=episode_ids).values("applicant_id")
    return part(
        OwnWords.objects.visible_to(actor).filter(applicant_id__in=whose),
        _words_moment,
        before=before,
        by="applicant__given_name",
        values={"mood": "mood", "words": "text"},
    )


def _words_moment(row: Row) -> Moment:
    return Moment(
        day=row.day,
        kind="own_words",
        strand=Strand.APPLICANT,
        record_kind="people.ownwords",
        record_id=row.key,
        title="own_words",
        values=row.values,
        by=row.by,
    )
