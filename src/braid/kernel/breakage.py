"""Where we ourselves broke: kept for whoever mends it, without anybody's data."""

import os
import traceback
from pathlib import Path

from braid.kernel.ids import new_id


def note(error: BaseException, data: Path) -> tuple[str, Path]:
    """Write down where an error came from; return its reference and the log.

    Neither its message nor any value is written: they may be about a person.
    """
    reference = new_id().hex[:12]
    folder = data / "log"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    path = folder / f"{reference}.txt"
    frames = "".join(traceback.format_tb(error.__traceback__))
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w") as file:
        file.write(f"{type(error).__name__}\n{frames}")
    return reference, path
