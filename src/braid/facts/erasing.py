"""Taking an applicant who is erased out of every snapshot of the facts.

A build that drew the record before the rows were gone may end after it. An erasure is
in the journal of rights before it looks for snapshots, and a build looks there after
its snapshot can be found: so one of the two meets the other.
"""

from collections.abc import Iterable
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from braid.access.rights import journal
from braid.facts import journal as noted
from braid.facts.models import Snapshot, Touched


def erase(applicant_id: UUID) -> int:
    """Rewrite the snapshots that hold the applicant; return how many those were.

    What was handed on as a set holds pseudonyms and is in other hands.
    """
    changed = 0
    for snapshot in Snapshot.objects.all():
        if take_out(snapshot, [applicant_id]):
            now = Snapshot.objects.filter(pk=snapshot.pk)
            now.update(footing=None)
            # One without a hash is still to be looked at by its build, which opens it.
            now.exclude(hash="").update(rows=snapshot.rows, hash=snapshot.hash)
            changed += 1
    return changed


def take_out(snapshot: Snapshot, people: Iterable[UUID]) -> bool:
    """Rewrite the files of a snapshot without some people; say whether any was there.

    What the snapshot says of its files is set, and not saved.
    """
    from braid.facts import rewriting

    was_there = False
    for person in people if snapshot.folder.is_dir() else ():
        made = rewriting.without(snapshot.folder, str(person), timezone.now())
        if made is not None:
            snapshot.rows, snapshot.hash = dict(made.rows), made.hash
            snapshot.footing = None  # the next build begins afresh
            was_there = True
    return was_there


def forget() -> None:
    """Take away what triggers noted of the rows that went; all builds begin afresh."""
    with transaction.atomic():
        Snapshot.objects.filter(footing__isnull=False).update(footing=None)
        noted.let_go(Touched.objects.all())


def erased() -> frozenset[UUID]:
    """Return who is erased and in whose case nothing of it is left to do."""
    return frozenset(key for key, line in journal.lines().items() if line.done)


def erased_since(before: frozenset[UUID]) -> set[UUID]:
    """Return whose erasure was decided and not among those that were over `before`."""
    return set(journal.lines()) - before
