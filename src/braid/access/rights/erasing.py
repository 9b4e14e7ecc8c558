"""Erasing somebody for good.

The journal is written first: from then on it is done until it is done, after a crash or
a restored backup too (`replay`), and every step may run twice. Rooms take the person
out of their files, the rows go in one transaction, and last the applicant's own key. The
audit keeps that something happened to a key that stands for nobody any more.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib.sessions.models import Session
from django.db import connection, models, transaction
from django.db.models import ProtectedError, QuerySet
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from braid.access import audit, declared, subject_keys
from braid.access.models import ErasedSubject, User
from braid.access.policy import Action, Actor, Role, Subject
from braid.access.queries import require
from braid.access.rights import copies, journal, registry, relations
from braid.access.rights.relations import Model
from braid.kernel.errors import InputFault


class Reason(models.TextChoices):
    """Why somebody is erased; the tombstone keeps it."""

    ASKED = "asked", _("the person asked for it")
    RETENTION = "retention", _("the time to keep it is over")
    MISTAKE = "mistake", _("the record was made by mistake")


ELSEWHERE = {
    "documents": _("Files of documents"),
    "facts": _("Frozen figures"),
    "imports": _("Brought files, previews and answers"),
}


@dataclass(frozen=True, slots=True)
class Fate:
    """What becomes of the rows of one table, or of what a room keeps elsewhere."""

    words: str
    rows: int
    goes: bool
    why: str | Promise


@dataclass(frozen=True, slots=True)
class Foreseen:
    """What an erasure takes away and what stays; the backups that still hold the person."""

    fates: tuple[Fate, ...]
    backups: tuple[copies.Backup, ...]

    @property
    def going(self) -> int:
        return sum(fate.rows for fate in self.fates if fate.goes)


def holder_of(applicant_id: UUID) -> UUID:
    """Return the organisation that keeps somebody's record. Raises InputFault."""
    for model in relations.paths():
        if relations.is_person(model):
            found = relations.rows(model, applicant_id).first()
            if found is not None:
                holder: UUID = found.organisation_id
                return holder
    raise InputFault(
        _("There is no such person in the record. Look the key up again."),
        field="applicant",
        reason="nobody",
    )


def foresee(applicant_id: UUID) -> Foreseen:
    """Return what `erase` would do, and change nothing. Raises InputFault."""
    holder_of(applicant_id)
    fates = []
    for model in relations.in_order():
        count = relations.rows(model, applicant_id).count()
        if count:
            fates.append(_fate(model, count))
    if relations.account_user(applicant_id) is not None:
        fates.append(
            Fate(str(_("Who signs in")), 1, True, _("it goes with the record"))
        )
    fates += [
        Fate(str(ELSEWHERE.get(name, name)), 0, True, _("searched, and taken out"))
        for name in registry.erasers
    ]
    return Foreseen(tuple(fates), tuple(copies.kept(timezone.localdate())))


def _fate(model: Model, count: int) -> Fate:
    held = declared.of(model)
    words = str(held.words if held else model._meta.verbose_name)
    if model in relations.STAYS:
        return Fate(words, count, False, _("it holds keys, no names and no values"))
    return Fate(words, count, True, _("it is about the person"))


def erase(
    *, actor: Actor, applicant_id: UUID, reason: str, now: datetime
) -> dict[str, int]:
    """Erase somebody for good; return what was taken away, by name of table or room.

    Raises Refused, InputFault.
    """
    return _complete(
        actor, order(actor=actor, applicant_id=applicant_id, reason=reason, now=now)
    )


@transaction.atomic
def order(
    *, actor: Actor, applicant_id: UUID, reason: str, now: datetime
) -> journal.Line:
    """Decide an erasure; nothing calls it back. Raises Refused, InputFault."""
    holder = holder_of(applicant_id)
    require(actor, Action.ANSWER, Subject(None, holder))
    line = journal.Line(applicant_id, holder, now, Reason(reason).value)
    audit.record(actor, "erasure_ordered", applicant=applicant_id)
    journal.note(line)
    return line


def finish(applicant_id: UUID) -> None:
    """Carry out an erasure that was decided, for a worker."""
    line = journal.lines().get(applicant_id)
    if line is not None and not line.done:
        _complete(_task(line.organisation), line)
        tidy()


def replay(now: datetime) -> int:
    """Erase again whoever was erased and is there; return how many that were.

    For the start of the site and after a restore.
    """
    _remember_tombstones()
    known = journal.lines()
    buried = set(
        ErasedSubject.objects.filter(pk__in=known).values_list("pk", flat=True)
    )
    again = [
        line
        for key, line in known.items()
        if key not in buried or not line.done or subject_keys.has_key(key)
    ]
    for line in again:
        _complete(_task(line.organisation), line)
    if again:
        tidy()
    return len(again)


def _remember_tombstones() -> None:
    """Let a journal that was lost learn again whom the database knows as erased."""
    known = journal.lines()
    for stone in ErasedSubject.objects.all():
        if stone.applicant_id not in known:
            line = journal.Line(
                stone.applicant_id,
                stone.organisation_id,
                stone.erased_at,
                stone.reason,
                done=True,
            )
            journal.note(line)


def _task(organisation: UUID) -> Actor:
    return Actor(
        id=None, role=Role.STEWARD, organisation=organisation, system="erase_journal"
    )


def _complete(actor: Actor, line: journal.Line) -> dict[str, int]:
    taken = {name: eraser(line.applicant) for name, eraser in registry.erasers.items()}
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:  # what is deleted is overwritten
            cursor.execute("PRAGMA secure_delete = ON")
    with transaction.atomic():
        taken |= _take_rows(line)
        audit.record(
            actor,
            "subject_erased",
            applicant=line.applicant,
            holder=line.organisation,
            count=sum(taken.values()),
        )
    for forget in registry.afterwards.values():
        forget()
    subject_keys.destroy(line.applicant)
    journal.note(
        journal.Line(line.applicant, line.organisation, line.at, line.reason, done=True)
    )
    return taken


def _take_rows(line: journal.Line) -> dict[str, int]:
    """Put the tombstone, which lets append-only rows go, and take every row away."""
    user = relations.account_user(line.applicant)
    ErasedSubject.objects.get_or_create(
        applicant_id=line.applicant,
        defaults={
            "organisation_id": line.organisation,
            "erased_at": line.at,
            "reason": line.reason,
        },
    )
    taken = {}
    for model in relations.for_good():
        rows = relations.rows(model, line.applicant).order_by()
        gone = rows._raw_delete(rows.db)
        if gone:
            taken[model._meta.label_lower] = gone
    if user is not None:
        _close_account(user)
    return taken


def _close_account(user: User) -> None:
    """Take the account away; whoever works here too keeps their own."""
    _end_sessions(user)
    if user.memberships.exists():
        return
    for model, column in relations.tables_of_account():
        of_user: QuerySet[Any] = QuerySet(model).filter(**{column: user.pk})
        of_user.delete()
    try:
        with transaction.atomic():
            user.delete()
    except ProtectedError:  # something that stays names who did it
        user.name, user.email, user.phone, user.is_active = "–", None, "", False
        user.set_unusable_password()
        user.save()


def _end_sessions(user: User) -> None:
    for session in Session.objects.iterator():
        if session.get_decoded().get("_auth_user_id") == str(user.pk):
            session.delete()


def tidy() -> None:
    """Let nothing of what was deleted stay in the file of a SQLite database."""
    if connection.vendor != "sqlite" or connection.in_atomic_block:
        return
    with connection.cursor() as cursor:
        cursor.execute("VACUUM")
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
