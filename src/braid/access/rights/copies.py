"""Which backups were made and until when they are kept: a small list in the data folder.

So an erasure can say where the person still stands, and until when.
"""

import json
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

from django.conf import settings

from braid.kernel import private_files

NAME = "backups.json"
KEPT_DAYS = 90


@dataclass(frozen=True, slots=True)
class Backup:
    """One backup: the name of its file, when it was made, its last day."""

    name: str
    made_at: datetime
    kept_until: date


def _path() -> Path:
    return Path(settings.BRAID_DATA) / NAME


def listed() -> list[Backup]:
    """Return all backups that were made, the oldest first."""
    if not _path().exists():
        return []
    return [
        Backup(
            one["name"],
            datetime.fromisoformat(one["made_at"]),
            date.fromisoformat(one["kept_until"]),
        )
        for one in json.loads(_path().read_text("utf-8"))
    ]


def kept(today: date) -> list[Backup]:
    """Return the backups that are not to be thrown away yet."""
    return [one for one in listed() if one.kept_until >= today]


def add(name: str, made_at: datetime, days: int = KEPT_DAYS) -> Backup:
    """List a backup in place of an earlier one of the same name."""
    made = Backup(name, made_at, made_at.date() + timedelta(days=days))
    others = [one for one in listed() if one.name != name]
    text = json.dumps(
        [
            asdict(one)
            | {
                "made_at": one.made_at.isoformat(),
                "kept_until": one.kept_until.isoformat(),
            }
            for one in [*others, made]
        ],
        indent=1,
    )
    private_files.replace(_path(), text.encode())
    return made
