"""Load and check data packs; each process reads a kind of pack once.

A pack of kind `k` is a YAML file in the folder `k` of a data folder: `name.yaml` with
its situations in `situations/name.yaml` beside it, or `pack.yaml` with every file of
the `situations` folder beside it. The module `braid.packs.k` defines the kind `k`, or
somebody registers it before loading.
"""

import importlib
import importlib.util
from collections.abc import Iterator, Sequence
from functools import lru_cache, partial
from pathlib import Path
from typing import Any

from braid.kernel.errors import PackFault, PackFaults
from braid.packs.assembly import assemble, validate
from braid.packs.reading import read
from braid.packs.shapes import (
    Beside,
    Edition,
    Kind,
    Pack,
    Reader,
    Report,
    Runner,
    Situation,
    Source,
    Strict,
)

__all__ = [
    "DATA",
    "Edition",
    "Pack",
    "Report",
    "Situation",
    "Source",
    "Strict",
    "check",
    "editions",
    "folders",
    "get",
    "load",
    "register",
    "register_reader",
    "use_folders",
]

DATA = Path(__file__).parent / "data"
PUBLISHED = "published.txt"

_kinds: dict[str, Kind] = {}
_extra: list[Path] = []


def register(kind: str, schema: type[Pack], run_situation: Runner) -> None:
    """Define a kind of pack by its shape and by how a situation of it is run."""
    _define(Kind(kind, partial(validate, schema), run_situation))


def register_reader(
    kind: str,
    read: Reader,
    run_situation: Runner,
    *,
    mark: str,
    beside: Beside | None = None,
) -> None:
    """Define a kind whose files say all in their own way, and extend no other.

    A file with the key `mark` is one of them; `beside` tells what they may not say
    beside one another.
    """
    _define(Kind(kind, read, run_situation, beside, inherits=False, mark=mark))


def _define(kind: Kind) -> None:
    if kind.name in _kinds:
        _load.cache_clear()
    _kinds[kind.name] = kind


def use_folders(extra: Sequence[Path]) -> None:
    """Read the packs of these folders too (`BRAID_PACKS`); a later folder wins.

    Raises: PackFault when one of them is not a folder.
    """
    for folder in extra:
        _must_exist(folder)
    _extra[:] = extra
    _load.cache_clear()


def folders() -> tuple[Path, ...]:
    """Return the folders that are read beside those of the house."""
    return tuple(_extra)


def load(kind: str) -> dict[str, Any]:
    """Return the packs of a kind by id, each in its latest edition.

    Latest: the highest version in the last folder that has the pack.
    Raises: PackFaults with every fault of every file of the kind.
    """
    return {name: found[-1].pack for name, found in _load(kind).items()}


def get(kind: str, pack_id: str, version: str | None = None) -> Any:
    """Return one pack, in the version named or else in its latest edition.

    Raises: PackFault when there is none; PackFaults as `load` does.
    """
    known = _load(kind)
    for edition in reversed(known.get(pack_id, [])):
        if version in (None, edition.pack.version):
            return edition.pack
    wanted = f"{pack_id}@{version}" if version else pack_id
    raise PackFault(
        f"There is no pack '{wanted}' of the kind '{kind}'. Known are: "
        f"{', '.join(sorted(known)) or 'none'}. Correct the name, or add the pack."
    )


def editions(kind: str) -> list[Edition]:
    """Return every edition of a kind with its situations, older ones first."""
    return [edition for found in _load(kind).values() for edition in found]


def check(extra: Sequence[Path] | None = None) -> Report:
    """Load the packs of the house and of `extra`, and run every situation of them.

    Raises: PackFault when one of the folders is not there; all else is reported.
    """
    folders = [DATA, *(extra or ())]
    for folder in folders:
        _must_exist(folder)
    names: list[str] = []
    faults: list[PackFault] = []
    unfilled: list[str] = []
    situations = 0
    for name in sorted({kind for folder in folders for kind in _kind_names(folder)}):
        try:
            kind = _kind(name)
            found = assemble(kind, folders)
        except PackFaults as error:
            faults.extend(error.faults)
            continue
        except PackFault as error:
            faults.append(error)
            continue
        for edition in (edition for each in found.values() for edition in each):
            names.append(f"{name}/{edition.pack.id}@{edition.pack.version}")
            situations += len(edition.situations)
            unfilled.extend(f"{names[-1]} {each}" for each in edition.pack.open_values)
            faults.extend(_disagreements(kind, edition))
            faults.extend(_tampered(names[-1], edition))
    faults.extend(_stray(folders))
    return Report(
        tuple(sorted(names)), situations, PackFaults(faults).faults, tuple(unfilled)
    )


@lru_cache
def _load(kind: str) -> dict[str, list[Edition]]:
    return assemble(_kind(kind), [DATA, *_extra])


def _kind(name: str) -> Kind:
    module = f"braid.packs.{name}"
    if name not in _kinds and name.isidentifier() and importlib.util.find_spec(module):
        importlib.import_module(module)
    if name not in _kinds:
        raise PackFault(
            f"'{name}' is not a kind of pack. Known are: {', '.join(sorted(_kinds))}. "
            "Correct the name of the folder."
        )
    return _kinds[name]


def _must_exist(folder: Path) -> None:
    if not folder.is_dir():
        raise PackFault(
            "This is not a folder of packs. Correct the path in BRAID_PACKS.",
            path=str(folder),
        )


def _kind_names(folder: Path) -> Iterator[str]:
    names = (path.name for path in folder.iterdir() if path.is_dir())
    return (name for name in names if name != "situations")


def _stray(folders: Sequence[Path]) -> Iterator[PackFault]:
    """Yield the files beside the folders of kinds of which nobody knows the kind."""
    marks = {kind.mark for kind in _kinds.values() if kind.mark}
    for path in (each for folder in folders for each in sorted(folder.glob("*.yaml"))):
        document = read(path)
        if not isinstance(document.data, dict) or not marks & set(document.data):
            yield document.fault(
                "This file lies in no folder of a kind of pack, and so nobody reads it. "
                "Put it into the folder of its kind, such as 'measures'."
            )
            yield from document.faults


def _disagreements(kind: Kind, edition: Edition) -> Iterator[PackFault]:
    for situation in edition.situations:
        for found in kind.run_situation(edition.pack, situation):
            yield PackFault(
                f"“{situation.that}” does not hold: {found}",
                path=situation.path,
                line=situation.line,
            )


def _tampered(name: str, edition: Edition) -> Iterator[PackFault]:
    """Hold a published edition to its digest; an edition not listed is a draft."""
    listed = edition.folder / PUBLISHED
    lines = listed.read_text("utf-8").splitlines() if listed.exists() else []
    for digest, published in (line.split() for line in lines if line.strip()):
        if published == name and digest != edition.digest:
            yield PackFault(
                f"The edition '{name}' was published and has changed since. Take the "
                "change back, or give it a new version.",
                path=edition.path,
                line=1,
            )
