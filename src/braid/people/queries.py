"""Reading about people, always in the scope of the policy."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Any
from uuid import UUID

from django.db.models import F, FilteredRelation, Q, QuerySet
from django.http import Http404

from braid.access import secrets
from braid.access.policy import Action, Actor, Information, Subject
from braid.access.queries import units
from braid.access.scopes import reach
from braid.kernel.moments import Moment, Strand
from braid.method.likeness import name_likeness, search
from braid.people import rules
from braid.people.choices import EpisodeState, NoteKind
from braid.people.models import (
    Applicant,
    CaseloadSpell,
    Episode,
    EpisodeEntry,
    Identifier,
    Note,
    Refusal,
    TreatmentSpell,
)
from braid.people.own_queries import words_told

OPEN_STATES = (
    EpisodeState.REFERRED,
    EpisodeState.WAITING,
    EpisodeState.ACTIVE,
    EpisodeState.PAUSED,
    EpisodeState.STEPPED_DOWN,
)
LIKE_ENOUGH = 88  # likeness of two names, of 100, from which a duplicate is proposed


@dataclass(frozen=True, slots=True)
class EpisodeRef:
    """An episode as other rooms know it: its ids, its name, and whose care it is."""

    id: UUID
    applicant_id: UUID
    unit_id: UUID
    organisation_id: UUID
    name: str

    def subject(self, information: Information) -> Subject:
        return Subject(
            information,
            self.organisation_id,
            frozenset({self.unit_id}),
            self.applicant_id,
        )


@dataclass(frozen=True, slots=True)
class CaseloadRow:
    """One line a person: the episode with who has it and where treatment is.

    `also` is what a room above asked of the same episode, by the names it gave.
    """

    episode_id: UUID
    applicant_id: UUID
    name: str
    specialist_id: UUID | None
    specialist: str
    treatment_team_id: UUID | None
    treatment_team: str
    also: Mapping[str, Any]
    state: str
    referred_on: date | None
    accepted_on: date | None
    entered_on: date | None
    exited_on: date | None
    at_referral: str
    step_down_offered_on: date | None


_WHO = ("pk", "applicant_id", "applicant__given_name", "applicant__family_name")
_BY_NAME = ("applicant__given_name", "applicant__family_name", "pk")
_AROUND = (
    "held__specialist_id",
    "held__specialist__name",
    "treated__team_id",
    "treated__team__name",
)
_EPISODE = (
    "state",
    "referred_on",
    "accepted_on",
    "entered_on",
    "exited_on",
    "at_referral",
    "step_down_offered_on",
)
NOTHING: Mapping[str, Any] = MappingProxyType({})


def _open_spells() -> dict[str, FilteredRelation]:
    return {"held": _open("caseload"), "treated": _open("treatment")}


def _open(spells: str) -> FilteredRelation:
    condition = Q(**{f"{spells}__last_day__isnull": True})
    return FilteredRelation(spells, condition=condition)


def episodes_on_caseload(
    actor: Actor,
    *,
    states: Collection[str] = OPEN_STATES,
    specialist_id: UUID | None = None,
    team_id: UUID | None = None,
    unassigned: bool = False,
) -> QuerySet[Any]:
    """Return the open episodes in `actor`'s own care, with holder and team, as a query.

    Whom others let the actor see is on no caseload.
    """
    rows: QuerySet[Any] = (
        Episode.objects.visible_to(actor, Action.RECORD)
        .filter(state__in=states)
        .alias(**_open_spells())
    )
    if specialist_id is not None:
        rows = rows.filter(held__specialist_id=specialist_id)
    if unassigned:
        rows = rows.filter(held__specialist_id__isnull=True)
    if team_id is not None:
        rows = rows.filter(treated__team_id=team_id)
    return rows.order_by(*_BY_NAME)


def columns(rows: QuerySet[Any], also: Mapping[str, Any] = NOTHING) -> QuerySet[Any]:
    """Ask `episodes_on_caseload` for what lists show; `also` are expressions by name.

    They are asked of the rows themselves, found beforehand: a database that sorts works
    them out for every row of which it then keeps a page.
    """
    found = Episode.objects.filter(pk__in=rows.values("pk")).alias(**_open_spells())
    return (
        found.system("rows that were found within a scope")
        .annotate(**also)
        .order_by(*_BY_NAME)
        .values_list(*_WHO, *_AROUND, *_EPISODE, *also)
    )


def caseload_rows(
    found: Iterable[tuple[Any, ...]], also: Iterable[str] = ()
) -> list[CaseloadRow]:
    """Return the lines of a list, read by `columns`."""
    names = tuple(also)
    return [_caseload_row(row, names) for row in found]


def _caseload_row(found: tuple[Any, ...], names: tuple[str, ...]) -> CaseloadRow:
    pk, applicant_id, given, family, held_by, specialist, team_id, team, *rest = found
    episode, also = rest[: len(_EPISODE)], rest[len(_EPISODE) :]
    return CaseloadRow(
        pk,
        applicant_id,
        f"{given} {family}".strip(),
        held_by,
        specialist or "",
        team_id,
        team or "",
        dict(zip(names, also, strict=True)),
        *episode,
    )


def names_on_caseload(rows: QuerySet[Any]) -> dict[UUID, str]:
    """Return episode id → name for the tolerant search over rows already scoped."""
    return {
        pk: f"{given} {family}"
        for pk, given, family in rows.values_list(
            "pk", "applicant__given_name", "applicant__family_name"
        )
    }


def search_people(
    actor: Actor,
    text: str,
    *,
    also: Mapping[str, Any] = NOTHING,
    limit: int = 20,
) -> list[CaseloadRow]:
    """Return the people `actor` sees whose name is like `text`, best first.

    A whole client or national number finds its person too; no search by part of it.
    """
    wanted = text.strip()
    if not wanted:
        return []
    rows = episodes_on_caseload(actor, states=EpisodeState.values)
    found = [hit.id for hit in search(wanted, names_on_caseload(rows), limit=limit)]
    if any(character.isdigit() for character in wanted):
        found = list(_by_number(actor, wanted)) + found
    order = {key: place for place, key in enumerate(dict.fromkeys(found))}
    if not order:
        return []
    hits = caseload_rows(columns(rows.filter(pk__in=order), also), also)
    return sorted(hits, key=lambda row: order[row.episode_id])[:limit]


def _by_number(actor: Actor, text: str) -> Iterable[UUID]:
    systems = (
        Identifier.objects.visible_to(actor).values_list("system", flat=True).distinct()
    )
    hashes = [
        found
        for system in systems.order_by("system")
        for found in secrets.keyed_hashes(
            system, rules.check_number(system, text).normalised
        )
    ]
    holders = Identifier.objects.visible_to(actor).filter(value_hash__in=hashes)
    keys: Iterable[UUID] = (
        Episode.objects.visible_to(actor)
        .filter(applicant__in=holders.values("applicant_id"))
        .values_list("pk", flat=True)
    )
    return keys


def applicant(
    actor: Actor,
    applicant_id: UUID,
    action: Action = Action.READ,
    information: Information = Information.IDENTITY,
) -> Applicant:
    """Return an applicant of whom `actor` may do this, else answer 404.

    The row holds the name and how to reach them: a page shows of it what it asked for.
    """
    seen = Applicant.objects.visible_to(actor, action, information)
    found: Applicant | None = seen.filter(pk=applicant_id).first()
    if found is None:
        raise Http404
    return found


def numbers_of(actor: Actor, person: Applicant) -> list[Identifier]:
    """Return the person's numbers, masked."""
    return list(
        Identifier.objects.visible_to(actor).filter(applicant=person).order_by("system")
    )


def episodes_of(
    actor: Actor, applicant_id: UUID, also: Mapping[str, Any] = NOTHING
) -> list[Any]:
    """Return a person's episodes in `actor`'s own care, the latest first; or none.

    Each has `specialist_name`, `team_name`, `clinician_name`, `centre_name` and
    `caseworker_name` of its open spells, and what the expressions of `also` come to.
    """
    return list(
        Episode.objects.visible_to(actor, Action.RECORD)
        .filter(applicant_id=applicant_id)
        .select_related("applicant", "unit")
        .alias(**_open_spells(), helped=_open("casework"))
        .annotate(
            specialist_id=F("held__specialist_id"),
            specialist_name=F("held__specialist__name"),
            team_id=F("treated__team_id"),
            team_name=F("treated__team__name"),
            clinician_name=F("treated__key_clinician__name"),
            centre_name=F("helped__team__name"),
            caseworker_name=F("helped__caseworker__name"),
            **also,
        )
        .order_by(F("referred_on").desc(nulls_last=True), "-created_at")
    )


def row_of(episode: Any, also: Iterable[str] = ()) -> CaseloadRow:
    """Return an episode of `episodes_of` as the line of a list."""
    return CaseloadRow(
        episode_id=episode.pk,
        applicant_id=episode.applicant_id,
        name=episode.applicant.name,
        specialist_id=episode.specialist_id,
        specialist=episode.specialist_name or "",
        treatment_team_id=episode.team_id,
        treatment_team=episode.team_name or "",
        **{name: getattr(episode, name) for name in _EPISODE},
        also={name: getattr(episode, name) for name in also},
    )


def episode(actor: Actor, episode_id: UUID) -> Episode:
    """Return an episode in `actor`'s own care, with its applicant, else answer 404."""
    found: Episode | None = (
        Episode.objects.visible_to(actor, Action.RECORD)
        .select_related("applicant", "unit__organisation")
        .filter(pk=episode_id)
        .first()
    )
    if found is None:
        raise Http404
    return found


def episodes(actor: Actor, episode_ids: Collection[UUID]) -> QuerySet[Episode]:
    """Return the episodes of these ids that `actor` sees, in no order."""
    seen: QuerySet[Episode] = Episode.objects.visible_to(actor)
    return seen.filter(pk__in=episode_ids).order_by()


def names_of(
    actor: Actor, episode_ids: Collection[UUID]
) -> dict[UUID, tuple[UUID, str]]:
    """Return applicant and name by episode, as far as `actor` sees them."""
    seen = episodes(actor, episode_ids).values_list(
        "pk", "applicant_id", "applicant__given_name", "applicant__family_name"
    )
    return {
        pk: (applicant_id, f"{given} {family}".strip())
        for pk, applicant_id, given, family in seen
    }


def units_of(actor: Actor) -> QuerySet[Any]:
    """Return the units in which `actor` may record, with their organisations."""
    return units(actor, Action.RECORD, Information.ATTENDANCE)


def ref(row: Episode) -> EpisodeRef:
    """Return the episode as other rooms know it."""
    return EpisodeRef(
        id=row.pk,
        applicant_id=row.applicant_id,
        unit_id=row.unit_id,
        organisation_id=row.unit.organisation_id,
        name=row.applicant.name,
    )


def people_to_log_for(
    actor: Actor, own_first: UUID | None
) -> list[tuple[UUID, str, bool]]:
    """Return (episode id, name, is own) of those on the unit's caseload, own first."""
    rows = episodes_on_caseload(actor)
    listed = rows.values_list(
        "pk", "applicant__given_name", "applicant__family_name", "held__specialist_id"
    )
    people = [
        (pk, f"{given} {family}", holder == own_first)
        for pk, given, family, holder in listed
    ]
    return sorted(people, key=lambda person: (not person[2], person[1]))


def holders(actor: Actor, episode_ids: Collection[UUID]) -> list[CaseloadSpell]:
    """Return who has had the episodes, the latest first."""
    return list(
        CaseloadSpell.objects.visible_to(actor)
        .filter(episode_id__in=episode_ids)
        .select_related("specialist")
        .order_by("-first_day")
    )


def treatment_of(actor: Actor, episode_ids: Collection[UUID]) -> list[TreatmentSpell]:
    """Return the treatment teams of the episodes, the latest first."""
    return list(
        TreatmentSpell.objects.visible_to(actor)
        .filter(episode_id__in=episode_ids)
        .select_related("team", "key_clinician")
        .order_by("-first_day")
    )


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


def possible_duplicates(
    actor: Actor, *, name: str, birth_date: date | None
) -> list[CaseloadRow]:
    """Return people who may be the same: proposed to the person who refers, never merged.

    The same birth date with a like name, or without a birth date a very like name.
    """
    rows = episodes_on_caseload(actor, states=EpisodeState.values)
    known = rows.values(
        "pk",
        "applicant__given_name",
        "applicant__family_name",
        "applicant__birth_date",
    )
    like = []
    for person in known:
        other = f"{person['applicant__given_name']} {person['applicant__family_name']}"
        likeness = name_likeness(name, other)
        born = person["applicant__birth_date"]
        same_birth = birth_date is not None and born == birth_date
        if likeness >= LIKE_ENOUGH or (same_birth and likeness >= LIKE_ENOUGH - 20):
            if birth_date and born and not same_birth:
                continue
            like.append(person["pk"])
    return caseload_rows(columns(rows.filter(pk__in=like))) if like else []
