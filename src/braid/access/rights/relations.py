"""Every table that says something about one applicant, found by walking all relations.

A table belongs to somebody where its model says so (`applicant_path`), where it has a
column with the applicant's key, or where it points at a table that does. Nothing is
listed by hand, so that a new table is neither forgotten in a copy nor in an erasure.
"""

from collections.abc import Mapping
from functools import cache
from graphlib import TopologicalSorter
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db import models
from django.db.models import Q, QuerySet

from braid.access.models import ApplicantAccount, AuditEntry, ErasedSubject, User

Model = type[models.Model]
KEYS = ("applicant_id", "applicant_key")
# They hold keys and never a name or a value; that something happened is kept.
STAYS: frozenset[Model] = frozenset({AuditEntry, ErasedSubject})


@cache
def paths() -> Mapping[Model, tuple[str, ...]]:
    """Return, for each table about applicants, the paths to the applicant's key."""
    every = list(apps.get_models(include_auto_created=True))
    found = {model: own for model in every if (own := _own_path(model))}
    while True:
        pointing = {
            model: paths
            for model in every
            if model not in found and (paths := _pointing(model, found))
        }
        if not pointing:
            return found
        found |= pointing


def by_label(label: str) -> Model | None:
    """Return the table of a label such as `people.note`; None where there is none now."""
    return {one._meta.label_lower: one for one in apps.get_models()}.get(label)


def _own_path(model: Model) -> tuple[str, ...]:
    stated = getattr(model, "applicant_path", "")
    if stated:
        return (stated,)
    columns = {field.attname for field in model._meta.concrete_fields}
    return tuple(key for key in KEYS if key in columns)


def _pointing(model: Model, found: Mapping[Model, tuple[str, ...]]) -> tuple[str, ...]:
    return tuple(
        f"{field.name}__{path}"
        for field in model._meta.concrete_fields
        if field.related_model in found
        for path in found[field.related_model]  # type: ignore[index]
    )


def in_order() -> list[Model]:
    """Return the tables as a reader wants them: the person, the record, then the rest."""
    return sorted(
        paths(), key=lambda model: (not is_person(model), _is_of_access(model))
    )


def _is_of_access(model: Model) -> bool:
    return model._meta.app_label == AuditEntry._meta.app_label


def is_person(model: Model) -> bool:
    """Say whether a row of this table is an applicant."""
    return getattr(model, "applicant_path", "") == "pk"


def rows(model: Model, applicant_id: UUID) -> QuerySet[Any]:
    """Return the rows of a table that are about the applicant.

    A plain query: who may copy or erase a whole record was asked before, and closed
    managers and append-only rows have no place in it.
    """
    about = Q()
    for path in paths()[model]:
        about |= Q(**{path: applicant_id})
    return QuerySet(model).filter(about).order_by("pk")


def for_good() -> list[Model]:
    """Return the tables whose rows go with the person, those pointing at others first."""
    going = [model for model in paths() if model not in STAYS]
    after = {
        model: {
            field.related_model
            for field in model._meta.concrete_fields
            if field.related_model in going and field.related_model is not model
        }
        for model in going
    }
    return list(reversed(list(TopologicalSorter(after).static_order())))


def account_user(applicant_id: UUID) -> User | None:
    """Return who signs in as the applicant, or None."""
    account = ApplicantAccount.objects.filter(applicant_id=applicant_id).first()
    return account.user if account is not None else None


def tables_of_account() -> list[tuple[Model, str]]:
    """Return the tables of sign-in whose rows belong to one account, with the column."""
    return [
        (model, field.name)
        for model in apps.get_models()
        if not model.__module__.startswith("braid.")
        for field in model._meta.concrete_fields
        if field.related_model is User
    ]
