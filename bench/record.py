"""The record that is measured: the invented unit in a database of its own."""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from braid.access.models import User

SIZE, SEED = "unit", 1


@dataclass(frozen=True, slots=True)
class Made:
    """What was made, for the JSON document."""

    size: str
    seed: int
    day: date
    episodes: int
    contacts: int


def make(folder: Path) -> Made:
    """Set up Django on an empty folder and fill its database with the invented unit."""
    os.environ["BRAID_DATA"] = str(folder)
    os.environ["DJANGO_SETTINGS_MODULE"] = "bench.settings"
    for name in ("BRAID_DATABASE_URL", "BRAID_BASE_URL", "BRAID_SECRET_KEY"):
        os.environ.pop(name, None)
    import django

    django.setup()
    from braid.site import serving
    from braid.site.demo import making

    serving.prepare()
    mark = making.made(SIZE, SEED)
    filled = mark.filled
    return Made(SIZE, SEED, mark.day, filled.episodes, filled.contacts)


def member(key: str) -> User:
    """Return one of the cast of the invented region."""
    from braid.access.queries import user_by_email
    from braid.site.demo.fill import address

    found = user_by_email(address(key))
    if found is None:
        raise LookupError(f"The invented region has no '{key}'.")
    return found
