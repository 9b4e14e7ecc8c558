"""Notes, refusals and the course of episodes, as far as the policy opens them."""

from collections.abc import Collection
from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet

from braid.access.policy import Action, Actor, Information
from braid.access.scopes import reach
from braid.access.timeline import Part, Row, part, told_as
from braid.kernel.moments import Moment, Strand
from braid.people.choices import EpisodeState, NoteKind
from braid.people.models import (
    Episode,
    EpisodeEntry,
    Handover,
    Note,
    ProfileUpdate,
    Refusal,
    SearchPlan,
    StepDownPlan,
)
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
    actor: Actor, episode_ids: Collection[UUID], before: date | None = None
) -> list[Part]:
    """Return what the people room tells of the course of the episodes."""
    entries = EpisodeEntry.objects.visible_to(actor).filter(
        episode_id__in=episode_ids, day__isnull=False
    )
    return [
        part(
            entries,
            _entry_moment,
            before=before,
            key="episode_id",
            by="recorded_by__name",
            values={
                "state": "state",
                "reason": "reason",
                "words": "words",
                "source": "episode__referral_source",
                "referral_words": "episode__referral_words",
            },
        ),
        part(
            notes(actor, episode_ids),
            _note_moment,
            before=before,
            by="author__name",
            values={"kind": "kind", "words": "text"},
        ),
        words_told(actor, episode_ids, before),
        *_talks(actor, episode_ids, before),
    ]


def _talks(
    actor: Actor, episode_ids: Collection[UUID], before: date | None
) -> list[Part]:
    """Return what was agreed and written together: profile, plan, step-down, handover."""
    of = Q(episode_id__in=episode_ids)
    whose = Episode.objects.filter(pk__in=episode_ids).values("applicant_id")
    return [
        part(
            ProfileUpdate.objects.visible_to(actor).filter(applicant_id__in=whose),
            told_as("profile_updated", Strand.APPLICANT),
            before=before,
            by="created_by__name",
            values={"because": "because", "words": "text"},
        ),
        part(
            SearchPlan.objects.visible_to(actor).filter(of, agreed_on__isnull=False),
            told_as("search_plan", Strand.APPLICANT),
            before=before,
            day="agreed_on",
            by="created_by__name",
            values={"words": "goal"},
        ),
        part(
            StepDownPlan.objects.visible_to(actor).filter(of),
            told_as("step_down_plan", Strand.EMPLOYMENT),
            before=before,
            day="agreed_on",
            by="created_by__name",
            values={"words": "way_back"},
        ),
        part(
            Handover.objects.visible_to(actor).filter(of),
            told_as("handover", Strand.EMPLOYMENT),
            before=before,
            by="from_specialist__name",
            values={"to": "to_specialist__name", "words": "words"},
        ),
    ]


def _entry_moment(row: Row) -> Moment:
    state, source = row.values["state"], row.values["source"]
    referred = state == EpisodeState.REFERRED
    by_clinician = referred and source == "clinician"
    return Moment(
        day=row.day,
        kind=f"episode_{state}",
        strand=Strand.HEALTH if by_clinician else Strand.EMPLOYMENT,
        record_kind="people.episode",
        record_id=row.key,
        title=f"episode_{state}",
        values={
            "source": source,
            "words": row.values["referral_words" if referred else "words"],
            "reason": row.values["reason"],
        },
        by=row.by,
        meets=(
            frozenset({Strand.HEALTH, Strand.EMPLOYMENT})
            if by_clinician
            else frozenset()
        ),
    )


def _note_moment(row: Row) -> Moment:
    return Moment(
        day=row.day,
        kind="note",
        strand=Strand.EMPLOYMENT,
        record_kind="people.note",
        record_id=row.key,
        title="note",
        values=row.values,
        by=row.by,
    )


def refusals(actor: Actor, *, since: date) -> QuerySet[Refusal]:
    """Return the refusals of the actor's units since a day, the latest first."""
    logged: QuerySet[Refusal] = (
        Refusal.objects.visible_to(actor)
        .filter(day__gte=since)
        .select_related("episode__applicant")
    )
    return logged
