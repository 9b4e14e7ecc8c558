"""Which rows about an applicant one organisation holds, table by table."""

from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from braid.access.models import ApplicantAccount, Change, Membership
from braid.access.records import Scoped
from braid.access.rights import relations
from braid.access.rights.relations import Model


def held_by(model: Model, rows: QuerySet[Any], organisation: UUID) -> QuerySet[Any]:
    """Return those of `rows` that the organisation holds.

    A row says so itself; a part of another row is held by whoever holds that row.
    """
    if issubclass(model, Scoped):
        return rows.filter(model.held_by_organisations(frozenset({organisation})))
    columns = {one.attname for one in model._meta.concrete_fields}
    if "organisation_id" in columns:
        return rows.filter(organisation_id=organisation)
    if model is Change:
        return _changes(rows, organisation)
    for one in model._meta.concrete_fields:
        whole: Any = one.related_model
        if whole in relations.paths():
            held = held_by(whole, QuerySet(whole), organisation)
            rows = rows.filter(**{f"{one.name}__in": held.values("pk")})
    return rows


def has_account(applicant_id: UUID, organisation: UUID | None) -> bool:
    """Say whether the applicant's account is the organisation's, or with None there."""
    accounts = ApplicantAccount.objects.filter(applicant_id=applicant_id)
    if organisation is not None:
        accounts = accounts.filter(organisation_id=organisation)
    return accounts.exists()


def _changes(rows: QuerySet[Any], organisation: UUID) -> QuerySet[Any]:
    """Return the changes of records that the organisation holds.

    Of a record that is gone nobody knows the holder any more: who changed it then tells.
    """
    theirs, gone = Q(pk__in=()), Q(pk__in=())
    for kind in rows.order_by().values_list("record_kind", flat=True).distinct():
        of_kind = Q(record_kind=kind)
        model = relations.by_label(kind)
        if model is None:
            gone |= of_kind
            continue
        every: QuerySet[Any] = QuerySet(model)
        held = held_by(model, every, organisation)
        theirs |= of_kind & Q(record_key__in=held.values("pk"))
        gone |= of_kind & ~Q(record_key__in=every.values("pk"))
    staff = Membership.objects.filter(organisation_id=organisation)
    return rows.filter(theirs | (gone & Q(changed_by__in=staff.values("user_id"))))
