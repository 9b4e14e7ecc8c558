"""Read a YAML file so that every value knows its path and line.

The dialect is smaller than YAML: only `true` and `false` are truth values (`no` is a
country), whole numbers and days are read as such, decimals stay text so that they are
exact, and there are no aliases, tags or merge keys. A key given twice is a fault.
"""

import re
from collections.abc import Hashable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml
from yaml.composer import Composer

from braid.kernel.errors import PackFault

Key = tuple[str | int, ...]


if yaml.__with_libyaml__ and not TYPE_CHECKING:

    class _Loader(Composer, yaml.CSafeLoader):
        """Reads many times faster; nodes are still put together here, to be refused."""

        def __init__(self, stream: bytes) -> None:
            yaml.CSafeLoader.__init__(self, stream)
            Composer.__init__(self)

else:
    _Loader = yaml.SafeLoader


class _Dialect(_Loader):
    yaml_implicit_resolvers: dict[str, list[tuple[str, re.Pattern[str]]]] = {}

    def compose_node(self, parent: Any, index: Any) -> Any:
        if self.check_event(yaml.AliasEvent):
            raise yaml.MarkedYAMLError(
                problem="an alias is used, write the value out instead",
                problem_mark=self.peek_event().start_mark,  # type: ignore[no-untyped-call]
            )
        return super().compose_node(parent, index)


for _tag, _pattern, _first in (
    ("bool", r"true|false", "tf"),
    ("null", r"~|null|", ["~", "n", ""]),
    ("int", r"[-+]?(0|[1-9][0-9]*)", "-+0123456789"),
    ("timestamp", r"[0-9]{4}-[0-9]{2}-[0-9]{2}", "0123456789"),
):
    _Dialect.add_implicit_resolver(
        f"tag:yaml.org,2002:{_tag}",
        re.compile(f"(?:{_pattern})$"),
        list(_first),
    )


_NUMBER = re.compile(r"[-+]?[0-9_]*\.?[0-9_]+([eE][-+]?[0-9]+)?")


@dataclass(slots=True)
class Document:
    """A file read: its value, and the file and line of each key path within it.

    `bare` are the key paths of values that look like numbers and have no quotes.
    """

    path: str
    data: Any = None
    lines: dict[Key, tuple[str, int]] = field(default_factory=dict)
    faults: list[PackFault] = field(default_factory=list)
    bare: set[Key] = field(default_factory=set)

    def fault(self, message: str, at: Key = ()) -> PackFault:
        """Return a fault at the line of `at`, or of the nearest thing around it."""
        while at and at not in self.lines:
            at = at[:-1]
        path, line = self.lines.get(at, (self.path, 1))
        return PackFault(message, path=path, line=line)


def read(path: Path) -> Document:
    """Read one file. Its faults are collected in the document, never raised."""
    try:
        return read_text(path.read_bytes(), str(path))
    except OSError as error:
        document = Document(str(path))
        document.faults.append(
            document.fault(f"The file cannot be read: {error.strerror}.")
        )
        return document


def read_text(text: bytes | str, path: str = "") -> Document:
    """Read what a file says, or somebody wrote as one; faults as `read` has them."""
    document = Document(path)
    try:
        loader = _Dialect(text)
        node = loader.get_single_node()
        if node is not None:
            document.data = _build(loader, node, (), document)
    except (yaml.YAMLError, ValueError) as error:
        document.faults.append(_syntax(path, error))
    return document


def _syntax(path: str, error: Exception) -> PackFault:
    mark = getattr(error, "problem_mark", None)
    told = [getattr(error, "context", None), getattr(error, "problem", None)]
    problem = ", ".join(filter(None, told)) or str(error).splitlines()[0]
    return PackFault(
        f"This is not YAML that packs use: {problem}.",
        path=path,
        line=mark.line + 1 if mark else 1,
    )


def _build(loader: _Dialect, node: yaml.Node, at: Key, document: Document) -> Any:
    document.lines[at] = (document.path, node.start_mark.line + 1)
    if isinstance(node, yaml.SequenceNode):
        return [
            _build(loader, child, (*at, number), document)
            for number, child in enumerate(node.value)
        ]
    if isinstance(node, yaml.MappingNode):
        return _mapping(loader, node, at, document)
    is_bare = isinstance(node, yaml.ScalarNode) and not node.style
    if is_bare and _NUMBER.fullmatch(node.value):
        document.bare.add(at)
    try:
        return loader.construct_object(node, deep=True)
    except ValueError as error:  # 2026-02-30
        raise yaml.MarkedYAMLError(
            problem=str(error), problem_mark=node.start_mark
        ) from None


def _mapping(
    loader: _Dialect, node: yaml.MappingNode, at: Key, document: Document
) -> dict[Hashable, Any]:
    built: dict[Hashable, Any] = {}
    for key_node, value_node in node.value:
        key = loader.construct_object(key_node, deep=True)
        here = (*at, key if isinstance(key, int) else str(key))
        if not isinstance(key, Hashable):
            raise yaml.MarkedYAMLError(
                problem="a key is a list or a mapping", problem_mark=key_node.start_mark
            )
        value = _build(loader, value_node, here, document)
        document.lines[here] = (document.path, key_node.start_mark.line + 1)
        if key in built:
            document.faults.append(
                document.fault(f"The key '{key}' is given twice. Keep one.", here)
            )
        built[key] = value
    return built
