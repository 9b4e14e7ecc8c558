"""From the files of one kind to its editions: read, extend, validate."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, RootModel, ValidationError

from braid.kernel.errors import PackFault, PackFaults
from braid.packs.reading import Document, Key, read
from braid.packs.shapes import Edition, Kind, Situation

T = TypeVar("T", bound=BaseModel)


# What no file takes from the one that it extends.
_OWN = frozenset({"id", "version", "source", "extends"})


class _Situations(RootModel[list[Situation]]):
    """A file of situations."""


@dataclass(frozen=True, slots=True)
class _File:
    folder: Path
    path: Path
    document: Document

    def names(self) -> tuple[str, ...]:
        """Return what `extends` may call this file: its id, or its id and version."""
        data = self.document.data
        if not isinstance(data, dict):
            return ()
        return str(data.get("id")), f"{data.get('id')}@{data.get('version')}"

    def extends(self) -> str | None:
        """Return what this file extends, if anything."""
        data = self.document.data
        return data.get("extends") if isinstance(data, dict) else None

    def cut_off(self, message: str) -> Document:
        """Return the document without data, for what it extends cannot be had."""
        fault = self.document.fault(message, ("extends",))
        return Document(self.document.path, faults=[*self.document.faults, fault])


def assemble(kind: Kind, folders: Sequence[Path]) -> dict[str, list[Edition]]:
    """Return the editions of a kind by id: folder by folder, lower versions first.

    Raises: PackFaults with every fault of every file.
    """
    files = [
        _File(folder, path, read(path))
        for folder in folders
        for path in _pack_files(folder / kind.name)
    ]
    files += [each for folder in folders for each in _loose(kind, folder)]
    faults = [*kind.beside([file.document for file in files])] if kind.beside else []
    found: dict[str, list[Edition]] = {}
    for file in files:
        try:
            edition = _edition(kind, file, files)
        except PackFaults as error:
            faults.extend(error.faults)
            continue
        found.setdefault(edition.pack.id, []).append(edition)
    for editions in found.values():
        faults.extend(_twice(editions))
        editions.sort(key=lambda e: (folders.index(e.folder), _order(e.pack.version)))
    if faults:
        raise PackFaults(faults)
    return found


def _loose(kind: Kind, folder: Path) -> Iterator[_File]:
    """Yield the files beside the folders of kinds that are of this kind by their mark."""
    for path in sorted(folder.glob("*.yaml")) if kind.mark else ():
        document = read(path)
        if isinstance(document.data, dict) and kind.mark in document.data:
            yield _File(folder, path, document)


def _pack_files(folder: Path) -> Iterator[Path]:
    for path in sorted(folder.rglob("*.yaml")):
        if "situations" not in path.relative_to(folder).parts[:-1]:
            yield path


def _edition(kind: Kind, file: _File, files: Sequence[_File]) -> Edition:
    """Raises PackFaults with all that is wrong with this file and its situations."""
    document = _extended(file, files) if kind.inherits else file.document
    pack, faults = kind.read(document)
    situations, wrong = _situations(file)
    faults.extend(wrong)
    if faults or pack is None:
        raise PackFaults(faults)
    return Edition(pack, str(file.path), file.folder, document.data, situations)


def validate(shape: type[T], document: Document) -> tuple[T | None, list[PackFault]]:
    """Return the document as `shape`, and all its faults with their lines."""
    faults = list(document.faults)
    if document.data is None and faults:
        return None, faults
    try:
        return shape.model_validate(document.data), faults
    except ValidationError as error:
        faults.extend(_fault(document, dict(found)) for found in error.errors())
        return None, faults


def _fault(document: Document, found: dict[str, Any]) -> PackFault:
    at: Key = found["loc"]
    name = ".".join(str(part) for part in at) or "the file"
    if found["type"] == "missing":
        message = f"'{name}' is missing. Add it."
    elif found["type"] == "extra_forbidden":
        message = f"'{name}' is not a known key. Check its spelling, or take it out."
    else:
        message = f"'{name}': {found['msg']}."
    return document.fault(message, at)


def _extended(file: _File, files: Sequence[_File]) -> Document:
    """Return the document of `file` laid over those that it extends, if any.

    When that fails there is no data, only a fault.
    """
    lineage = [file]
    while wanted := lineage[-1].extends():
        parent = next(
            (f for f in reversed(files) if wanted in f.names() and f not in lineage),
            None,
        )
        if parent is None:
            return file.cut_off(
                f"It extends '{wanted}', which is not there or leads back to this file. "
                "Name another pack of this kind."
            )
        if parent.document.faults:
            return file.cut_off(
                f"It extends '{wanted}', which has faults itself. Mend those first."
            )
        lineage.append(parent)
    merged = lineage.pop().document
    for heir in reversed(lineage):
        merged = _heir(merged, heir.document)
    return merged


def _heir(below: Document, own: Document) -> Document:
    """Return `own` laid over `below`, without what each file says for itself."""
    data = {k: v for k, v in below.data.items() if k not in _OWN}
    lines = {at: line for at, line in below.lines.items() if at and at[0] not in _OWN}
    return Document(
        own.path, _laid_over(data, own.data), lines | own.lines, list(own.faults)
    )


def _laid_over(base: dict[Any, Any], own: dict[Any, Any]) -> dict[Any, Any]:
    merged = dict(base)
    for key, value in own.items():
        below = base.get(key)
        if isinstance(below, dict) and isinstance(value, dict):
            merged[key] = _laid_over(below, value)
        else:
            merged[key] = value
    return merged


def _situations(file: _File) -> tuple[tuple[Situation, ...], list[PackFault]]:
    folder = file.path.parent / "situations"
    of_this_file = "*.yaml" if file.path.stem == "pack" else file.path.name
    faults: list[PackFault] = []
    found: list[Situation] = []
    for document in map(read, sorted(folder.glob(of_this_file))):
        listed, wrong = validate(_Situations, document)
        faults.extend(wrong)
        for number, situation in enumerate(listed.root if listed else ()):
            path, line = document.lines[number,]
            found.append(situation.model_copy(update={"path": path, "line": line}))
    if not found and not faults:
        faults.append(
            file.document.fault(
                "It has no situations. Add at least one sentence with an input and the "
                "expected answer, in the folder 'situations' beside the file."
            )
        )
    return tuple(found), faults


def _twice(editions: Sequence[Edition]) -> Iterator[PackFault]:
    seen: dict[str, str] = {}
    for edition in editions:
        first = seen.setdefault(edition.pack.version, edition.path)
        if first != edition.path:
            yield PackFault(
                f"'{edition.pack.id}@{edition.pack.version}' is given here and in "
                f"{first}. Give one of them another version.",
                path=edition.path,
                line=1,
            )


def _order(version: str) -> list[tuple[int, str]]:
    """Sort versions as people count: 2026.9 before 2026.10."""
    return [(int(n or 0), word) for n, word in re.findall(r"(\d+)|(\D+)", version)]
