"""Notes, refusals and the course of episodes, as far as the policy opens them."""

from collections.abc import Collection
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from braid.access.policy import Action, Actor, Information
from braid.access.scopes import reach
from braid.kernel.moments import Moment, Strand
from braid.people.choices import EpisodeState, NoteKind
from braid.people.models import EpisodeEntry, Note, Refusal
from braid.people.own_queries import words_told


def notes(actor: Actor, episode_ids: Collection[UUID]) -> QuerySet[Note]:
    """Return the notes that `actor` may read; each kind is its own class."""
    kinds = [
        kind
        for kind in NoteKind.values
        if not reach(actor, Action.READ, Information(kind)).is_empty
    ]
    readable: QuerySet[Note] = Note.objects.visible_to(actor)
    return readable.filter(episode_id__in=episode_ids, kind__in=kinds)


def timeline(
    actor: Actor,
    episode_ids: Collection[UUID],
    *,
    before: date | None = None,
    limit: int = 60,
) -> list[Moment]:
    """Return what the people room knows of the course of the episodes, latest first."""
    earlier = Q() if before is None else Q(day__lt=before)
    entries = (
        EpisodeEntry.objects.visible_to(actor)
        .filter(earlier, episode_id__in=episode_ids, day__isnull=False)
        .order_by("-day", "-number")
        .values_list(*_ENTRY_COLUMNS, named=True)
    )
    written = notes(actor, episode_ids).filter(earlier)
    noted = written.values_list("pk", "day", "kind", "text", "author__name", named=True)
    moments = [_entry_moment(entry) for entry in entries[:limit]]
    moments += [_note_moment(note) for note in noted[:limit]]
    return moments + words_told(actor, episode_ids, before, limit)


_ENTRY_COLUMNS = (
    "episode_id",
    "day",
    "state",
    "reason",
    "words",
    "recorded_by__name",
    "episode__referral_source",
    "episode__referral_words",
)


def _entry_moment(entry: Any) -> Moment:
    referred = entry.state == EpisodeState.REFERRED
    source = entry.episode__referral_source
    by_clinician = referred and source == "clinician"
    return Moment(
        day=entry.day,
        kind=f"episode_{entry.state}",
        strand=Strand.HEALTH if by_clinician else Strand.EMPLOYMENT,
        record_kind="people.episode",
        record_id=entry.episode_id,
        title=f"episode_{entry.state}",
        values={
            "source": source,
            "words": entry.episode__referral_words if referred else entry.words,
            "reason": entry.reason,
        },
        by=entry.recorded_by__name or "",
        meets=(
            frozenset({Strand.HEALTH, Strand.EMPLOYMENT})
            if by_clinician
            else frozenset()
        ),
    )


def _note_moment(note: Any) -> Moment:
    return Moment(
        day=note.day,
        kind="note",
        strand=Strand.EMPLOYMENT,
        record_kind="people.note",
        record_id=note.pk,
        title="note",
        values={"kind": note.kind, "words": note.text},
        by=note.author__name or "",
    )


def refusals(actor: Actor, *, since: date) -> QuerySet[Refusal]:
    """Return the refusals of the actor's units since a day, the latest first."""
    logged: QuerySet[Refusal] = (
        Refusal.objects.visible_to(actor)
        .filter(day__gte=since)
        .select_related("episode__applicant")
    )
    return logged
