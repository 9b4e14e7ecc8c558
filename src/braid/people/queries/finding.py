"""Finding people by name or number, within the scope of the policy."""

import re
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from braid.access import secrets
from braid.access.policy import Actor
from braid.method.likeness import name_likeness, search
from braid.people import rules
from braid.people.choices import EpisodeState
from braid.people.models import Episode, Identifier
from braid.people.queries.caseload import (
    NOTHING,
    CaseloadRow,
    caseload_rows,
    columns,
    episodes_on_caseload,
)

PHONE_DIGITS = 8  # the last ones, without the code of a country
LIKE_ENOUGH = 88  # likeness of two names, of 100, from which a duplicate is proposed


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


def same_phone(one: str, other: str) -> bool:
    """Say whether two numbers end in the same digits, whatever is written around them."""
    ends = [re.sub(r"\D", "", number)[-PHONE_DIGITS:] for number in (one, other)]
    return ends[0] == ends[1] and len(ends[0]) >= PHONE_DIGITS - 2


def possible_duplicates(
    actor: Actor, *, name: str, birth_date: date | None, phone: str = ""
) -> list[CaseloadRow]:
    """Return people who may be the same: proposed to the person who refers, never merged.

    The same telephone; or the same birth date with a like name; or, without a birth date,
    a very like name.
    """
    rows = episodes_on_caseload(actor, states=EpisodeState.values)
    known = rows.values(
        "pk",
        "applicant__given_name",
        "applicant__family_name",
        "applicant__birth_date",
        "applicant__phone",
    )
    like = []
    for person in known:
        other = f"{person['applicant__given_name']} {person['applicant__family_name']}"
        likeness = name_likeness(name, other)
        born = person["applicant__birth_date"]
        same_birth = birth_date is not None and born == birth_date
        if same_phone(phone, person["applicant__phone"]):
            like.append(person["pk"])
        elif likeness >= LIKE_ENOUGH or (same_birth and likeness >= LIKE_ENOUGH - 20):
            if birth_date and born and not same_birth:
                continue
            like.append(person["pk"])
    return caseload_rows(columns(rows.filter(pk__in=like))) if like else []


def with_same_number(actor: Actor, identifier: Identifier) -> list[str]:
    """Return the names of others for whom the same number is kept."""
    holders = (
        Identifier.objects.visible_to(actor)
        .filter(system=identifier.system, value_hash=identifier.value_hash)
        .exclude(applicant_id=identifier.applicant_id)
        .select_related("applicant")
    )
    return sorted({one.applicant.name for one in holders})
