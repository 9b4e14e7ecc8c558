"""Files that people bring, and previews of them: in the data folder, for us alone.

An original is stored once by its hash: `<uploads>/<unit>/<sha256>`. A preview holds
what the pages show of a plan: `<uploads>/<unit>/plans/<batch>.json`.
"""

import hashlib
import json
import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

from django.conf import settings

from braid.exchange.roster.reading.faults import TOO_LARGE, refuse
from braid.exchange.roster.reading.sheets import MAX_BYTES
from braid.exchange.roster.wording import N_, say
from braid.kernel.ids import new_id

MEGABYTE = 1024**2


@dataclass(frozen=True, slots=True)
class Stored:
    """A file that is stored: how it was called, its hash and its size in bytes."""

    name: str
    sha256: str
    size: int


def _folder(*parts: str) -> Path:
    folder = Path(settings.BRAID_UPLOADS).joinpath(*parts)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def original(unit_id: UUID, sha256: str) -> Path:
    """Return where an original lies."""
    return Path(settings.BRAID_UPLOADS) / str(unit_id) / sha256


def store(unit_id: UUID, name: str, chunks: Iterable[bytes]) -> Stored:
    """Store a file that comes in pieces. Raises InputFault when it grows too large."""
    folder = _folder(str(unit_id))
    draft = folder / f"draft-{new_id().hex}"
    digest, size = hashlib.sha256(), 0
    try:
        with _private(draft) as file:
            for chunk in chunks:
                size += len(chunk)
                if size > MAX_BYTES:
                    raise _too_large(name, size)
                digest.update(chunk)
                file.write(chunk)
        draft.replace(folder / digest.hexdigest())
    finally:
        draft.unlink(missing_ok=True)
    return Stored(name, digest.hexdigest(), size)


def _too_large(name: str, size: int) -> Exception:
    what = say(N_("it has more than %(size)s MB"), size=size // MEGABYTE)
    return refuse(TOO_LARGE, "too_large", file=name, what=what, most="200 MB")


def _private(path: Path) -> Any:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    return os.fdopen(descriptor, "wb")


def _preview_path(unit_id: UUID, batch_id: UUID) -> Path:
    return _folder(str(unit_id), "plans") / f"{batch_id}.json"


def write_preview(unit_id: UUID, batch_id: UUID, preview: dict[str, Any]) -> None:
    """Keep the preview of a batch in place of an earlier one."""
    path = _preview_path(unit_id, batch_id)
    draft = path.with_name(f"draft-{new_id().hex}")
    with _private(draft) as file:
        file.write(json.dumps(preview, ensure_ascii=False).encode())
    draft.replace(path)


def forget_preview(unit_id: UUID, batch_id: UUID) -> None:
    """Throw the preview of a batch away; nobody looks at it once it is saved."""
    _preview_path(unit_id, batch_id).unlink(missing_ok=True)


def read_preview(unit_id: UUID, batch_id: UUID) -> dict[str, Any] | None:
    """Return the preview of a batch, or None where there is none."""
    path = _preview_path(unit_id, batch_id)
    if not path.exists():
        return None
    preview: dict[str, Any] = json.loads(path.read_bytes())
    return preview
