"""The manifest that lies beside the files of a set of facts."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime
from pathlib import Path

from braid.facts.schema import VERSION

NAME = "manifest.json"


class NoManifest(ValueError):
    """A manifest that says something else than a manifest says."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a set of facts is: of when, about whom, how much, and a hash of its content.

    `units` are the units' ids as they stand in the set. The hash depends neither on the
    order of rows nor on when the set was made. `rewritten_at` says that somebody who was
    erased was taken out afterwards: hash and numbers are those of what is left.
    """

    snapshot: str
    made_at: datetime
    as_of: date
    units: tuple[str, ...]
    rows: Mapping[str, int]
    hash: str
    schema: str = VERSION
    rewritten_at: datetime | None = None

    def write(self, folder: Path) -> None:
        said = asdict(self) | {
            "made_at": self.made_at.isoformat(),
            "as_of": self.as_of.isoformat(),
        }
        if self.rewritten_at is None:
            del said["rewritten_at"]
        else:
            said["rewritten_at"] = self.rewritten_at.isoformat()
        text = json.dumps(said, indent=1, sort_keys=True)
        (folder / NAME).write_text(f"{text}\n", "utf-8")


def lies_in(folder: Path) -> bool:
    """Say whether there is a manifest in `folder`, whatever it says."""
    return (folder / NAME).exists()


def read(folder: Path) -> Manifest | None:
    """Return the manifest in `folder`, if there is one. Raises NoManifest."""
    if not lies_in(folder):
        return None
    try:
        found = json.loads((folder / NAME).read_text("utf-8"))
        rewritten = found.get("rewritten_at")
        return Manifest(
            snapshot=str(found["snapshot"]),
            made_at=datetime.fromisoformat(found["made_at"]),
            as_of=date.fromisoformat(found["as_of"]),
            units=tuple(map(str, found["units"])),
            rows={str(name): int(rows) for name, rows in found["rows"].items()},
            hash=str(found["hash"]),
            schema=str(found["schema"]),
            rewritten_at=datetime.fromisoformat(rewritten) if rewritten else None,
        )
    except (ValueError, KeyError, TypeError, AttributeError):
        raise NoManifest(
            f"{NAME} is no manifest. Expected JSON with schema, snapshot, made_at, "
            "as_of, units, rows and hash."
        ) from None
