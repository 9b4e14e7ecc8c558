"""Taking an import back, unless somebody built on it since."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import models, transaction
from django.utils.translation import gettext as _

from braid.access import audit
from braid.access.changes import changes_since, edit
from braid.access.policy import Action, Actor
from braid.access.queries import require
from braid.exchange import linked
from braid.exchange.choices import BatchState, Does
from braid.exchange.commands.batches import enter_state
from braid.exchange.models import ImportBatch, ImportedRow, KeptAnswer
from braid.kernel.errors import InputFault

OWN = "rows of an import already opened by policy"
TAKEN_BACK = (
    linked.ATTENDANCE,
    linked.CONTACT,
    linked.EMPLOYER_CONTACT,
    linked.JOB,
    linked.EPISODE,
    linked.APPLICANT,
)
"""In this order: what points at something goes before it."""
LEFT_IF_USED = (linked.EMPLOYER, linked.MEMBERSHIP, linked.TEAM)


@dataclass(frozen=True, slots=True)
class Held:
    """A row that cannot be taken back, where it stood, and why.

    `why`: edited, used (something was added to it) or replaced (the import took parts
    of it away).
    """

    kind: str
    file: str
    sheet: str
    row: int | None
    why: str


class UndoRefused(InputFault):
    """The import stays; `held` names the rows that somebody built on."""

    def __init__(self, held: Iterable[Held]) -> None:
        self.held = tuple(held)
        super().__init__(
            _(
                "%(number)d rows of this import were changed or used since, so it was "
                "not taken back. Look at the rows that are named and undo those "
                "changes first."
            )
            % {"number": len(self.held)},
            reason="built_on",
        )


@transaction.atomic
def undo_batch(*, actor: Actor, batch: ImportBatch) -> None:
    """Take back everything that an import created or changed.

    Employers, staff and teams that were used since stay. Raises Refused, InputFault
    when it is not saved, or UndoRefused naming rows that somebody built on.
    """
    require(actor, Action.IMPORT, batch.unit.subject())
    if batch.state != BatchState.COMMITTED:
        raise InputFault(
            _("Only an import that is saved can be taken back; this one is not."),
            reason="not_committed",
        )
    links = list(ImportedRow.objects.filter(batch=batch).system(OWN))
    if held := _held(batch, links):
        raise UndoRefused(held)
    updated = [link for link in links if link.does == Does.UPDATED]
    for link in updated:
        _revert(actor, batch, link)
    for kind in TAKEN_BACK:
        _take_back(batch, kind)
    for kind in LEFT_IF_USED:
        _take_back_unused(kind, _created(links, kind))
    KeptAnswer.objects.filter(batch=batch).system(OWN).delete()
    ImportedRow.objects.filter(batch=batch).system(OWN).delete()
    _rebase(updated)
    enter_state(actor, batch, BatchState.UNDONE)
    audit.record(actor, "import_undone", batch, count=len(links))


def _created(links: Iterable[ImportedRow], kind: str) -> list[UUID]:
    return [
        link.record_id
        for link in links
        if link.record_kind == kind and link.does == Does.CREATED
    ]


def _created_rows(batch: ImportBatch, kind: str) -> models.QuerySet[Any]:
    rows = ImportedRow.objects.filter(batch=batch, record_kind=kind)
    keys: models.QuerySet[Any] = rows.system(OWN).filter(does=Does.CREATED)
    return keys.values("record_id").order_by()


def _held(batch: ImportBatch, links: list[ImportedRow]) -> list[Held]:
    """Return the rows whose records were edited, or have something added to them."""
    why: dict[int, str] = {}
    for kind in TAKEN_BACK:
        some = [link for link in links if link.record_kind == kind]
        versions = linked.versions(kind, [link.record_id for link in some])
        used = _used_since(batch, kind)
        for link in some:
            version = versions.get(link.record_id, link.row_version)
            if link.parts_removed:
                why[link.pk] = "replaced"
            elif version != link.row_version:
                why[link.pk] = "edited"
            elif link.record_id in used:
                why[link.pk] = "used"
    return [
        Held(link.kind, link.file, link.sheet, link.row, why[link.pk])
        for link in links
        if link.pk in why
    ]


def _relations(kind: str) -> Iterator[tuple[str, str]]:
    """Yield the kind and the field of everything that can point at a record."""
    for relation in linked.model(kind)._meta.get_fields(include_hidden=True):
        if relation.auto_created and (relation.one_to_many or relation.one_to_one):
            yield relation.related_model._meta.label_lower, relation.field.name


def _used_since(batch: ImportBatch, kind: str) -> set[UUID]:
    """Return the created records to which something was added after the import."""
    parts = {p.kind for p in linked.PARTS.get(kind, ()) if p.counted_by is not None}
    found: set[UUID] = set()
    for other, field in _relations(kind):
        if other not in parts:
            rows = linked.records(other).filter(
                **{f"{field}__in": _created_rows(batch, kind)},
                created_at__gt=batch.committed_at,
            )
            found.update(rows.order_by().values_list(f"{field}_id", flat=True))
    return found


def _revert(actor: Actor, batch: ImportBatch, link: ImportedRow) -> None:
    """Give a record and its parts the values that they had before the import."""
    record = linked.records(link.record_kind).filter(pk=link.record_id).first()
    if record is None:
        return
    for part in linked.PARTS.get(link.record_kind, ()):
        own = linked.records(part.kind).filter(**{part.owner: record})
        at = "recorded_at" if part.counted_by == "" else "created_at"
        own.filter(**{f"{at}__gte": batch.commit_began_at}).delete()
        if part.counted_by:
            for one in own:
                _revert_fields(actor, batch, one)
    _revert_fields(actor, batch, record)


def _revert_fields(actor: Actor, batch: ImportBatch, record: Any) -> None:
    before: dict[str, Any] = {}
    for change in changes_since(record, 0):
        if change.at >= batch.commit_began_at:  # type: ignore[operator]
            before.setdefault(change.field, _value(record, change.field, change.old))
    edit(actor, record, action="import_undone", **before)


def _value(record: Any, name: str, text: str) -> Any:
    """Return a field's value from its text in the change log."""
    field = record._meta.get_field(name)
    return None if text == "" and field.null else field.to_python(text)


def _take_back(batch: ImportBatch, kind: str) -> None:
    rows = linked.records(kind).filter(pk__in=_created_rows(batch, kind))
    if kind != linked.ATTENDANCE:
        rows.delete()
        return
    meetings = set(rows.values_list("meeting_id", flat=True))
    rows.delete()
    linked.records(linked.MEETING).filter(
        pk__in=meetings,
        attendance__isnull=True,
        row_version=1,
        created_at__gte=batch.commit_began_at,
    ).delete()


def _take_back_unused(kind: str, keys: list[UUID]) -> None:
    """Delete employers, members and teams that nothing points at any more."""
    if not keys:
        return
    rows = linked.records(kind)
    if kind == linked.EMPLOYER:
        free = set(keys) - _used(kind, keys)
        rows.filter(pk__in=free, row_version=1).delete()
    elif kind == linked.TEAM:
        free = set(keys) - _used(kind, keys, apart_from=linked.TEAM_LINK)
        rows.filter(pk__in=free).delete()
    else:
        _take_back_staff(rows.filter(pk__in=keys, user__email__isnull=True))


def _take_back_staff(memberships: models.QuerySet[Any]) -> None:
    """Delete staff who were only named: nobody invited them, nothing is theirs."""
    users = list(memberships.values_list("user_id", flat=True))
    elsewhere = linked.records(linked.MEMBERSHIP).filter(user__in=users)
    busy = set(
        elsewhere.exclude(pk__in=memberships.values("pk")).values_list(
            "user_id", flat=True
        )
    )
    free = set(users) - busy - _used(linked.USER, users, apart_from=linked.MEMBERSHIP)
    linked.records(linked.USER).filter(pk__in=free).delete()


def _used(kind: str, keys: list[UUID], apart_from: str = "") -> set[UUID]:
    found: set[UUID] = set()
    for other, field in _relations(kind):
        if other != apart_from:
            rows = linked.records(other).filter(**{f"{field}__in": keys}).order_by()
            found.update(rows.values_list(f"{field}_id", flat=True))
    return found


def _rebase(updated: Iterable[ImportedRow]) -> None:
    """Let the earlier import's links stand at what the records are again."""
    for link in updated:
        earlier = ImportedRow.objects.filter(
            unit_id=link.unit_id, record_kind=link.record_kind, record_id=link.record_id
        ).system(OWN)
        version = linked.versions(link.record_kind, [link.record_id])
        if (last := earlier.last()) is not None and link.record_id in version:
            last.row_version = version[link.record_id]
            last.save(update_fields=["row_version"])
