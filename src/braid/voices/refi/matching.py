"""Tell what a project brought again has that is new, without trusting its identifiers.

Some programs make every GUID anew at each export. So a source is the same by its name and
its text, a code by its path from the top, a coding by its place, its code and its coder.
"""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from braid.voices.refi import model
from braid.voices.refi.model import Code, Project
from braid.voices.refi.walking import walked

Path = tuple[str, ...]
Key = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Difference:
    """What came again, by GUIDs of the project brought, and of the one that is known.

    `sources`, `codes` and `codings` lead from a thing brought to the known one that it is.
    The `new_…` are not known; `changed_sources` bear a known name with another text.
    """

    sources: dict[str, str]
    codes: dict[str, str]
    codings: dict[str, str]
    new_sources: tuple[str, ...]
    changed_sources: tuple[str, ...]
    new_codes: tuple[str, ...]
    new_codings: tuple[str, ...]

    @property
    def is_nothing(self) -> bool:
        """Say whether everything that was brought is there already."""
        return not (self.new_sources or self.new_codes or self.new_codings)


def compared(known: Project, brought: Project) -> Difference:
    """Return what of `brought` is in `known` already, and what is new."""
    sources, new_sources = _matched(_sources(known), _sources(brought))
    codes, new_codes = _matched(_codes(known), _codes(brought))
    codings, new_codings = _matched(_codings(known), _codings(brought))
    names = {source.name for source in known.sources}
    named = {source.guid: source.name for source in brought.sources}
    return Difference(
        sources,
        codes,
        codings,
        new_sources,
        tuple(guid for guid in new_sources if named[guid] in names),
        new_codes,
        new_codings,
    )


def _matched(
    known: Iterator[tuple[Key, str]], brought: Iterator[tuple[Key, str]]
) -> tuple[dict[str, str], tuple[str, ...]]:
    """Pair things by their keys; where several share one, each is taken once, in order."""
    waiting: dict[Key, list[str]] = {}
    for key, guid in known:
        waiting.setdefault(key, []).append(guid)
    there = {key: iter(guids) for key, guids in waiting.items()}
    same: dict[str, str] = {}
    new: list[str] = []
    for key, guid in brought:
        found = next(there.get(key, iter(())), None)
        if found is None:
            new.append(guid)
        else:
            same[guid] = found
    return same, tuple(new)


def _sources(project: Project) -> Iterator[tuple[Key, str]]:
    for source in project.sources:
        yield (type(source).__name__, source.name, _digest(source)), source.guid


def _codes(project: Project) -> Iterator[tuple[Key, str]]:
    for guid, path in _paths(project.codes):
        yield path, guid


def _paths(codes: tuple[Code, ...], above: Path = ()) -> Iterator[tuple[str, Path]]:
    for code in codes:
        path = (*above, code.name)
        yield code.guid, path
        yield from _paths(code.codes, path)


def _codings(project: Project) -> Iterator[tuple[Key, str]]:
    paths = dict(_paths(project.codes))
    users = {user.guid: user.name for user in project.users}
    for source in project.sources:
        about = (source.name, _digest(source))
        for node in walked(source):
            for coding in getattr(node, "codings", ()):
                code, user = paths.get(coding.code), users.get(coding.created_by, "")
                yield (*about, _where(node), code, user), coding.guid


def _where(node: Any) -> Key:
    places = (
        "start",
        "end",
        "page",
        "first_x",
        "first_y",
        "second_x",
        "second_y",
        "begin",
    )
    return tuple(getattr(node, name, None) for name in places)


def _digest(source: Any) -> str:
    texts = (
        each.text
        for each in walked(source)
        if isinstance(each, model.TextSource | model.Transcript)
    )
    said = "\x1f".join(text or "" for text in texts)
    return hashlib.sha256(said.encode("utf-8", "surrogatepass")).hexdigest()
