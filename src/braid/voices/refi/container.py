"""The outer shape of what was brought: a .qdpx archive, or bare XML (.qde, .qdc)."""

import io
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO
from zipfile import ZipFile

from django.utils.translation import gettext_lazy as _

from braid.voices import opening
from braid.voices.refi.remarks import Kind, Remarks

ARCHIVE = b"PK"
USUAL_NAME, USUAL_FOLDER = "project.qde", "sources/"
MOST_TEXT = 128 * 1024**2
_INSIDE = "internal://"
_ADDRESS = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)

_NO_PROJECT = _(
    "The archive holds no project file at its top. Expected is exactly one file that ends "
    "in .qde. Export the project again."
)
_MANY_PROJECTS = _(
    "The archive holds %(count)s project files. Expected is exactly one file that ends in "
    ".qde. Export each project by itself."
)
_TOO_LARGE = _(
    "The texts of the project take more than %(most)s MB. That is more than can be read "
    "at once. Bring the project in parts."
)


class Container:
    """A file that was brought. Nothing outside of it is ever opened."""

    def __init__(self, stream: BinaryIO, remarks: Remarks) -> None:
        self._remarks = remarks
        self._read = 0
        self._archive: ZipFile | None = None
        self._parts: dict[str, str] = {}
        start = stream.read(len(ARCHIVE))
        stream.seek(0)
        self.is_archive = start == ARCHIVE
        if self.is_archive:
            self._archive = opening.archive(stream)
            self._parts = self._index(self._archive.namelist())
            self.xml = opening.part(self._archive, self._project_file())
        else:
            self.xml = stream.read(opening.MOST_OF_A_PART + 1)
            if len(self.xml) > opening.MOST_OF_A_PART:
                raise _too_large()

    def text(self, name: str) -> bytes | None:
        """Return the bytes of a text by its name in the folder of sources, or None.

        Raises: InputFault (`too_large`, `damaged`).
        """
        found = self.find(name)
        if found is None or self._archive is None:
            return None
        self._read += self._archive.getinfo(found).file_size
        if self._read > MOST_TEXT:
            raise _too_large()
        return opening.part(self._archive, found)

    def file(self, name: str) -> bytes | None:
        """Return the bytes of another file of a source, or None. Raises: as `text`."""
        found = self.find(name)
        return opening.part(self._archive, found) if self._archive and found else None

    def find(self, name: str) -> str | None:
        """Return the part that a name of a source leads to, whatever its capitals."""
        bare = name.replace("\\", "/").lstrip("/").lower().removeprefix(USUAL_FOLDER)
        return self._parts.get(USUAL_FOLDER + bare) or self._parts.get(bare)

    def _index(self, names: Iterable[str]) -> dict[str, str]:
        parts: dict[str, str] = {}
        for name in names:
            key = name.replace("\\", "/").lower()
            if key.endswith("/"):
                continue
            if key.startswith(USUAL_FOLDER) and not name.startswith(USUAL_FOLDER):
                self._remarks.add(Kind.FOLDER_IN_CAPITALS)
            if key in parts:
                self._remarks.add(Kind.SAME_NAME_TWICE)
            parts.setdefault(key, name)
        return parts

    def _project_file(self) -> str:
        found = [
            name
            for name in (self._archive.namelist() if self._archive else ())
            if name.lower().endswith(".qde")
            and "/" not in name
            and not name.startswith(".")
        ]
        if not found:
            raise opening.fault(_NO_PROJECT, "no_project")
        if len(found) > 1:
            message = _MANY_PROJECTS % {"count": len(found)}
            raise opening.fault(message, "many_projects")
        if found[0] != USUAL_NAME:
            self._remarks.add(Kind.NAME_OF_PROJECT_FILE)
        return found[0]


@contextmanager
def opened(brought: Path | bytes, remarks: Remarks) -> Iterator[Container]:
    """Open what was brought, by its path or as bytes. Raises: InputFault."""
    if isinstance(brought, bytes):
        yield Container(io.BytesIO(brought), remarks)
    else:
        with brought.open("rb") as stream:
            yield Container(stream, remarks)


def place(path: str) -> tuple[str, bool, bool]:
    """Return the name a path leads to, whether outside, and whether it says so plainly.

    Of a path outside the last part alone is kept: the rest names somebody's folders.
    """
    bare = path.strip()
    if bare.lower().startswith(_INSIDE):
        return bare[len(_INSIDE) :].lstrip("/"), False, True
    parts = re.split(r"[/\\]", bare)
    if _ADDRESS.match(bare) or bare.startswith(("/", "\\")) or ".." in parts:
        return parts[-1], True, True
    return bare, False, False


def _too_large() -> Exception:
    return opening.fault(_TOO_LARGE % {"most": MOST_TEXT // 1024**2}, "too_large")
