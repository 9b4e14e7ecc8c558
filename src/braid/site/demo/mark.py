"""The mark of a demo: a file beside the database, and the same secret within it.

Only both together open the sign-in cards, so that neither a file copied to a real
installation nor a copied database ever lets anybody in without a password.
"""

import json
import secrets
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path

from django.conf import settings

from braid.access.models import Organisation
from braid.site.demo.fill import Filled, provider_slug

FRESH_DAYS = 14


@dataclass(frozen=True, slots=True)
class Mark:
    """What was made: size, seed and day, how much, and the secret.

    A demo that is too large for one transaction is marked before it is finished.
    """

    size: str
    seed: int
    day: date
    token: str
    filled: Filled
    finished: bool = True

    def is_old(self, today: date) -> bool:
        """Say whether the stories have moved too far into the past."""
        return (today - self.day).days > FRESH_DAYS


def new_token() -> str:
    return secrets.token_hex(16)


def write(mark: Mark) -> None:
    """Keep the mark beside the database, for its owner only."""
    path: Path = settings.BRAID_DEMO_MARK
    path.touch(mode=0o600)
    path.write_text(json.dumps(asdict(mark), default=date.isoformat))


def read() -> Mark | None:
    """Return the mark if this database was made by a demo, else None."""
    found = _read_file(settings.BRAID_DEMO_MARK)
    if found is None:
        return None
    proof = Organisation.objects.filter(slug=provider_slug(found.token))
    return found if proof.exists() else None


def _read_file(path: Path) -> Mark | None:
    try:
        found = json.loads(path.read_text())
        return Mark(
            size=found["size"],
            seed=found["seed"],
            day=date.fromisoformat(found["day"]),
            token=str(found["token"]),
            filled=Filled(**found["filled"]),
            finished=found.get("finished", True),
        )
    except (OSError, ValueError, KeyError, TypeError):
        return None
