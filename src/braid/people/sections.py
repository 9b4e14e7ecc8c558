"""What is kept about a person, class by class, for those who read it from outside.

Each function asks for one class and fetches that class's columns only, so that a row
which is known for its dates never brings along the words beside them.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q
from django.http import Http404

from braid.access import subject_keys
from braid.access.policy import Action, Actor, Information
from braid.access.subject_keys import KeyDestroyed
from braid.people.choices import NoteKind
from braid.people.models import (
    Applicant,
    CaseloadSpell,
    CaseworkSpell,
    Episode,
    Note,
    OwnWords,
    TreatmentNote,
    TreatmentSpell,
)

LATEST = 30  # notes of one kind on a page


@dataclass(frozen=True, slots=True)
class Goal:
    """The applicant's own words about work."""

    words: str
    seen_on: date | None


@dataclass(frozen=True, slots=True)
class Course:
    """The dates of one episode."""

    state: str
    referred_on: date | None
    accepted_on: date | None
    entered_on: date | None
    profile_started_on: date | None
    exited_on: date | None


@dataclass(frozen=True, slots=True)
class Written:
    """A note: its day, its words, and who wrote it; `team` where a team keeps it."""

    id: UUID
    day: date
    text: str
    author: str
    author_id: UUID | None = None
    team: str = ""
    team_id: UUID | None = None
    row_version: int = 1


def goals(actor: Actor, applicant_id: UUID) -> list[Goal]:
    """Return the own words about work, the latest first."""
    rows = (
        Episode.objects.visible_to(actor, Action.READ, Information.WORK_GOALS)
        .filter(applicant_id=applicant_id)
        .exclude(goal="")
        .order_by(F("referred_on").desc(nulls_last=True), "-created_at")
        .values_list("goal", "goal_seen_on")
    )
    return [Goal(*row) for row in rows]


def episodes_with_goals(actor: Actor, applicant_id: UUID) -> list[UUID]:
    """Return the episodes whose plans the actor may read."""
    rows = Episode.objects.visible_to(actor, Action.READ, Information.WORK_GOALS)
    return list(rows.filter(applicant_id=applicant_id).values_list("pk", flat=True))


def courses(actor: Actor, applicant_id: UUID) -> list[Course]:
    """Return the dates of the episodes, the latest first."""
    rows = (
        Episode.objects.visible_to(actor, Action.READ, Information.ATTENDANCE)
        .filter(applicant_id=applicant_id)
        .order_by(F("referred_on").desc(nulls_last=True), "-created_at")
        .values_list(
            "state",
            "referred_on",
            "accepted_on",
            "entered_on",
            "profile_started_on",
            "exited_on",
        )
    )
    return [Course(*row) for row in rows]


@dataclass(frozen=True, slots=True)
class Present:
    """The latest course of somebody: where it stands, since when, in which unit."""

    episode_id: UUID
    applicant_id: UUID
    unit: str
    state: str
    referred_on: date | None
    accepted_on: date | None
    entered_on: date | None
    exited_on: date | None
    exit_reason: str


def present_courses(
    actor: Actor, applicant_ids: Collection[UUID]
) -> dict[UUID, Present]:
    """Return the latest course of each of these people, as attendance is read."""
    rows = (
        Episode.objects.visible_to(actor, Action.READ, Information.ATTENDANCE)
        .filter(applicant_id__in=applicant_ids)
        .order_by(F("referred_on").asc(nulls_first=True), "created_at")
        .values_list(
            "pk",
            "applicant_id",
            "unit__name",
            "state",
            "referred_on",
            "accepted_on",
            "entered_on",
            "exited_on",
            "exit_reason",
        )
    )
    return {row[1]: Present(*row) for row in rows}  # the latest stands last


def contact_details(actor: Actor, applicant_id: UUID) -> dict[str, str]:
    """Return phone, e-mail and address by name; empty where nothing may be seen."""
    names = ("phone", "email", "address", "postcode", "city")
    row = (
        Applicant.objects.visible_to(actor, Action.READ, Information.CONTACT_DETAILS)
        .filter(pk=applicant_id)
        .values_list(*names)
        .first()
    )
    return dict(zip(names, row, strict=True)) if row else {}


def notes(actor: Actor, applicant_id: UUID, kind: NoteKind) -> list[Written]:
    """Return the latest notes of one kind, each kind being a class of its own."""
    rows = (
        Note.objects.visible_to(actor, Action.READ, Information(kind))
        .filter(episode__applicant_id=applicant_id, kind=kind)
        .values_list("pk", "day", "text", "author__name")
    )
    return [Written(pk, day, text, by or "") for pk, day, text, by in rows[:LATEST]]


def own_words(actor: Actor, applicant_id: UUID) -> list[Written]:
    """Return what the applicant wrote to one of the actor's teams, the latest first.

    Only to whom it is addressed: no consent to anything else opens it.
    """
    addressed = OwnWords.readers.through.objects.filter(
        ownwords_id=OuterRef("pk"), team_id__in=actor.teams
    )
    rows = (
        OwnWords.objects.visible_to(actor)
        .filter(Exists(addressed), applicant_id=applicant_id)
        .values_list("pk", "day", "text")
    )
    return [Written(pk, day, text, "") for pk, day, text in rows[:LATEST]]


def treatment_notes(actor: Actor, applicant_id: UUID) -> list[Written]:
    """Return the latest treatment notes that the actor may read, opened."""
    rows = (
        TreatmentNote.objects.visible_to(actor)
        .filter(applicant_id=applicant_id)
        .values_list(
            "pk",
            "day",
            "sealed_text",
            "author__name",
            "author_id",
            "team__name",
            "team_id",
            "row_version",
        )
    )
    return [
        Written(pk, day, opened(applicant_id, sealed), by or "", *rest)
        for pk, day, sealed, by, *rest in rows[:LATEST]
    ]


def own_treatment_note(actor: Actor, key: UUID) -> TreatmentNote:
    """Return a note that the actor wrote for one of their teams, else answer 404."""
    kept = TreatmentNote.objects.visible_to(actor, Action.RECORD)
    found: TreatmentNote | None = kept.filter(pk=key, author_id=actor.id).first()
    if found is None:
        raise Http404
    return found


def opened(applicant_id: UUID, sealed: Any) -> str:
    """Return the words of a sealed text; empty once the applicant's key is destroyed."""
    try:
        return subject_keys.unseal(applicant_id, bytes(sealed)).decode()
    except KeyDestroyed:
        return ""


def around(actor: Actor, applicant_id: UUID, day: date) -> list[tuple[str, str, str]]:
    """Return (kind, team, person) of those who work with the applicant on `day`.

    Which team treats somebody says that they are treated, and a job centre that they
    are its client: so each of these is told to the unit, and to itself.
    """
    found: list[tuple[str, str, str]] = []
    for kind, model, team, person, told_to in _AROUND:
        rows = (
            model.objects.visible_to(actor, Action.READ, Information.ATTENDANCE)
            .filter(told_to(actor), episode__applicant_id=applicant_id)
            .filter(first_day__lte=day)
            .exclude(last_day__lt=day)
            .values_list(team, person)
        )
        found += [(kind, where or "", who or "") for where, who in rows]
    return found


def _everybody(_actor: Actor) -> Q:
    return Q()


def _itself_and_the_unit(actor: Actor) -> Q:
    return Q(team_id__in=actor.teams) | Q(episode__unit_id__in=actor.teams)


_AROUND: Collection[tuple[str, Any, str, str, Callable[[Actor], Q]]] = (
    (
        "specialist",
        CaseloadSpell,
        "episode__unit__name",
        "specialist__name",
        _everybody,
    ),
    (
        "treatment_team",
        TreatmentSpell,
        "team__name",
        "key_clinician__name",
        _itself_and_the_unit,
    ),
    (
        "job_centre",
        CaseworkSpell,
        "team__name",
        "caseworker__name",
        _itself_and_the_unit,
    ),
)
