"""Whom an actor may know of, and the facts by which each class is then decided."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404

from braid.access import policy, sight
from braid.access.policy import Action, Actor, Ground, Information
from braid.access.sight import Circumstances
from braid.people import circle
from braid.people.models import (
    Applicant,
    Episode,
    TreatmentNote,
)

REASON = "the facts by which the policy decides about an applicant"


@dataclass(frozen=True, slots=True)
class Known:
    """Somebody whose name the actor may know: identity only, nothing of other classes."""

    id: UUID
    given_name: str
    family_name: str
    birth_date: date | None
    organisation_id: UUID
    organisation: str

    @property
    def name(self) -> str:
        return f"{self.given_name} {self.family_name}".strip()


_IDENTITY = (
    "pk",
    "given_name",
    "family_name",
    "birth_date",
    "organisation_id",
    "organisation__name",
)


def known(actor: Actor, applicant_id: UUID, action: Action = Action.READ) -> Known:
    """Return who an applicant is, if `actor` may know it, else answer 404."""
    seen = Applicant.objects.visible_to(actor, action, Information.IDENTITY)
    row = seen.filter(pk=applicant_id).values_list(*_IDENTITY).first()
    if row is None:
        raise Http404
    return Known(*row)


def known_among(actor: Actor, applicant_ids: Collection[UUID]) -> dict[UUID, Known]:
    """Return those of these applicants whose name `actor` may know, by key."""
    seen = Applicant.objects.visible_to(actor).filter(pk__in=applicant_ids).order_by()
    return {row[0]: Known(*row) for row in seen.values_list(*_IDENTITY)}


def is_known(actor: Actor, applicant_id: UUID) -> bool:
    """Say whether `actor` may know who an applicant is."""
    seen = Applicant.objects.visible_to(actor).filter(pk=applicant_id)
    found: bool = seen.exists()
    return found


def known_from_outside(actor: Actor) -> QuerySet[Any, Any]:
    """Ask for those whom `actor` knows although the record is not in their own care."""
    own = Episode.objects.visible_to(actor, Action.RECORD).values("applicant_id")
    return (
        Applicant.objects.visible_to(actor)
        .exclude(pk__in=own)
        .order_by("given_name", "family_name", "pk")
        .values_list(*_IDENTITY)
    )


def initials_of(applicant_id: UUID) -> str:
    """Return how somebody is named to a colleague who has no account here."""
    row = (
        Applicant.objects.system("initials for whoever answers a question by a link")
        .filter(pk=applicant_id)
        .values_list("given_name", "family_name")
        .first()
    )
    return " ".join(f"{name[0].upper()}." for name in row or () if name)


def circumstances(people: Iterable[Known], day: date) -> dict[UUID, Circumstances]:
    """Return the facts about each of `people`: four queries whatever their number."""
    listed = list(people)
    keys = [one.id for one in listed]
    rows = list(
        Episode.objects.system(REASON)
        .filter(applicant_id__in=keys)
        .order_by()
        .values_list("applicant_id", "unit_id", "applicant__secret_address")
    )
    units = _by_applicant((key, unit) for key, unit, _secret in rows)
    secret = {key for key, _unit, is_secret in rows if is_secret}
    noting = _by_applicant(
        TreatmentNote.objects.system(REASON)
        .filter(applicant_id__in=keys)
        .order_by()
        .values_list("applicant_id", "team_id")
        .distinct()
    )
    around = _by_applicant(circle.pairs(keys, day))
    agreed = sight.agreements(keys, day)
    return {
        one.id: Circumstances(
            applicant=one.id,
            organisation=one.organisation_id,
            day=day,
            units=frozenset(units.get(one.id, ())),
            noting=frozenset(noting.get(one.id, ())),
            around=frozenset(around.get(one.id, ())),
            agreements=tuple(agreed.get(one.id, ())),
            secret_address=one.id in secret,
        )
        for one in listed
    }


def _by_applicant(pairs: Iterable[tuple[UUID, UUID]]) -> dict[UUID, set[UUID]]:
    found: dict[UUID, set[UUID]] = {}
    for applicant, team in pairs:
        found.setdefault(applicant, set()).add(team)
    return found


def team_for_notes(actor: Actor, about: Circumstances) -> UUID | None:
    """Return the actor's team that may write treatment notes about somebody, or None.

    One that works with the person, or one that has notes already; who knows the name by
    emergency access alone writes none.
    """
    knows = policy.decide(actor, Action.READ, about.subject(Information.IDENTITY))
    if not knows.allowed or knows.reason == Ground.BROKEN_GLASS:
        return None
    for team in (
        *sorted(actor.teams & about.around),
        *sorted(actor.teams & about.noting),
    ):
        kept = replace(about.subject(Information.TREATMENT), care=frozenset({team}))
        if policy.decide(actor, Action.RECORD, kept).allowed:
            return team
    return None


@dataclass(frozen=True, slots=True)
class Contact:
    """Whom to ask about an applicant: the specialist, and the unit."""

    specialist: str
    unit: str

    @property
    def words(self) -> str:
        return ", ".join(part for part in (self.specialist, self.unit) if part)


def whom_to_ask(applicant_id: UUID) -> Contact:
    """Return who has the applicant: said to everybody who may know the name."""
    row = (
        Episode.objects.system("whom to ask, for somebody who may know the name")
        .filter(applicant_id=applicant_id)
        .order_by(*_OPEN_FIRST)
        .values_list("caseload__specialist__name", "unit__name")
        .first()
    )
    return Contact(row[0] or "", row[1]) if row else Contact("", "")


_OPEN_FIRST = ("exited_on", "-referred_on")
