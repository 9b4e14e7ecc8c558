"""Taking an applicant who is erased out of every snapshot of the facts."""

from uuid import UUID

from django.utils import timezone

from braid.facts.models import Snapshot


def erase(applicant_id: UUID) -> int:
    """Rewrite the snapshots that hold the applicant; return how many those were.

    What was handed on as a set holds pseudonyms and is in other hands.
    """
    from braid.facts import rewriting

    changed = 0
    for snapshot in Snapshot.objects.all():
        if not snapshot.folder.is_dir():
            continue
        made = rewriting.without(snapshot.folder, str(applicant_id), timezone.now())
        if made is None:
            continue
        snapshot.rows, snapshot.hash = dict(made.rows), made.hash
        snapshot.footing = None  # the next build begins afresh
        snapshot.save(update_fields=["rows", "hash", "footing"])
        changed += 1
    return changed
