"""What a build left behind that was cut off: files without a row, a row nobody reads.

A snapshot is written down without the hash of its content, looked at once more for who
was erased meanwhile, and given the hash then: until that nobody reads it. Whatever is
still so after a day belongs to a build that was killed, and goes.
"""

import shutil
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

from django.conf import settings

from braid.facts.models import Snapshot

LASTS = timedelta(days=1)  # longer than any build takes


def sweep(now: datetime) -> int:
    """Take away what builds that were cut off left; return how many sets those were."""
    before = now - LASTS
    unread = list(Snapshot.objects.filter(hash="", made_at__lt=before))
    for snapshot in unread:
        shutil.rmtree(snapshot.folder, ignore_errors=True)
        snapshot.delete()
    orphans = [path for path in _without_row() if _written_at(path) < before]
    for path in orphans:
        shutil.rmtree(path, ignore_errors=True)
    return len(unread) + len(orphans)


def _without_row() -> Iterator[Path]:
    """Yield folders of snapshots, drafts included, of which the database knows nothing."""
    folder = Path(settings.BRAID_DATA) / "facts"
    known = {str(key) for key in Snapshot.objects.values_list("pk", flat=True)}
    for path in folder.iterdir() if folder.is_dir() else ():
        name = path.name.removeprefix(".")[:36]  # a draft has more letters behind it
        if path.is_dir() and _is_key(name) and name not in known:
            yield path


def _is_key(name: str) -> bool:
    try:
        return str(UUID(name)) == name
    except ValueError:
        return False


def _written_at(path: Path) -> datetime:
    return datetime.fromtimestamp(path.stat().st_mtime, UTC)
