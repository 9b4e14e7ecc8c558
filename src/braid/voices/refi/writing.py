"""Write a project (.qdpx) or a codebook (.qdc): valid, and the same bytes each time.

LF, NFC, no byte-order mark, no empty collections, no paths of anybody's computer; the
order of elements is that of the schema, and dates within the archive stand still.
"""

import io
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from typing import Any, BinaryIO

from django.utils.translation import gettext_lazy as _
from lxml import etree

from braid.voices import opening
from braid.voices.refi import counting, marks, model, schema, standing, values
from braid.voices.refi.container import USUAL_FOLDER, USUAL_NAME
from braid.voices.refi.model import Codebook, Project
from braid.voices.refi.shapes import SHAPES, Kind, Rule, Shape

FIRST_DAY = (1980, 1, 1, 0, 0, 0)
"""The date of every part of the archive: a second export is the same, byte by byte."""
READABLE = 0o644 << 16
PACKING = 6
ORIGIN = counting.OURS
_NO_CODES = _(
    "The codebook has no codes. Expected is at least one. Add a code and write it again."
)


@dataclass(frozen=True, slots=True)
class Options:
    """How a project is written.

    `crlf`: as MAXQDA counts, each line end two. `pseudonyms`: coders without their names.
    `field_codes`: what is said of a coding stands as codes too, such as polarity:barrier.
    """

    crlf: bool = False
    pseudonyms: bool = False
    field_codes: bool = False


def write_project(
    project: Project,
    into: Path | BinaryIO,
    options: Options = Options(),  # noqa: B008 - frozen
    files: Mapping[str, bytes] | None = None,
) -> None:
    """Write a .qdpx. `files` are the bytes of files that belong to sources, by name.

    A file that is not given is not named. Raises: InputFault (`outside`) where a selection
    does not lie within its text.
    """
    project = standing.standing(project)
    project = marks.as_notes(project, codes_too=options.field_codes)
    if options.pseudonyms:
        project = standing.with_pseudonyms(project)
    if options.crlf:
        project = standing.with_crlf(project)
    writer = _Writer(schema.NAMESPACES[schema.PROJECT], files or {})
    xml = _bytes(writer.made(project))
    with zipfile.ZipFile(
        into, "w", zipfile.ZIP_DEFLATED, compresslevel=PACKING
    ) as archive:
        for name, data in ((USUAL_NAME, xml), *sorted(writer.parts.items())):
            part = zipfile.ZipInfo(name, FIRST_DAY)
            part.compress_type = zipfile.ZIP_DEFLATED
            part.external_attr = READABLE
            part.create_system = 3
            archive.writestr(part, data)


def project_bytes(
    project: Project,
    options: Options = Options(),  # noqa: B008 - frozen
    files: Mapping[str, bytes] | None = None,
) -> bytes:
    """Return a .qdpx as bytes. Raises: InputFault."""
    into = io.BytesIO()
    write_project(project, into, options, files)
    return into.getvalue()


def codebook_bytes(codebook: Codebook) -> bytes:
    """Return a .qdc. Notes on codes and members of sets that are no codes have no place.

    Raises: InputFault (`no_codes`): the standard has no empty codebook.
    """
    if not codebook.codes:
        raise opening.fault(_NO_CODES, "no_codes")
    whole = standing.standing(
        Project(origin=codebook.origin, codes=codebook.codes, sets=codebook.sets)
    )
    return _bytes(_codebook(whole))


class _Writer:
    """Makes the XML of a project, and gathers the texts and files beside it."""

    def __init__(self, namespace: str, files: Mapping[str, bytes]) -> None:
        self._space = f"{{{namespace}}}"
        self._map = {None: namespace}
        self._files = files
        self.parts: dict[str, bytes] = {}
        self._notes: set[str] = set()

    def made(self, project: Project) -> Any:
        self._notes = {note.guid for note in project.notes}
        root = etree.Element(f"{self._space}Project", nsmap=self._map)
        self._fill(root, replace(project, origin=ORIGIN), SHAPES[Project])
        return root

    def put(self, parent: Any, node: Any, tag: str) -> None:
        """Put a value under an element, by its shape."""
        element = etree.SubElement(parent, self._space + tag)
        if isinstance(node, model.VariableValue):
            self._reference(element, "VariableRef", node.variable)
            if (told := values.written_value(node.value)) is not None:
                etree.SubElement(element, self._space + told[0]).text = told[1]
            return
        self._fill(element, node, SHAPES[type(node)])

    def _fill(self, element: Any, node: Any, shape: Shape) -> None:
        for rule in shape.attributes:
            if rule.kind == Kind.GONE:
                continue
            told = self._attribute(rule, node)
            if told is not None:
                element.set(rule.name, told)
        for rule in shape.children:
            held = getattr(node, rule.field)
            if held or rule.kind == Kind.CONTENT:
                self._child(element, rule, node, held)

    def _attribute(self, rule: Rule, node: Any) -> str | None:
        held = getattr(node, rule.field)
        if rule.kind == Kind.PLAIN_PATH:
            return self._plain_path(node)
        if rule.kind == Kind.FILE_PATH:
            return self._file_path(node, held) if held else None
        if held is None or (held == "" and not rule.is_required):
            return None
        if rule.kind == Kind.TRUTH:
            return "true" if held else "false"
        return values.written_moment(held) if rule.kind == Kind.MOMENT else str(held)

    def _child(self, element: Any, rule: Rule, node: Any, held: Any) -> None:
        if rule.kind == Kind.TEXT:
            etree.SubElement(element, self._space + rule.name).text = held
        elif rule.kind == Kind.CONTENT:
            if self._is_inline(node):
                etree.SubElement(element, self._space + rule.name).text = held
        elif rule.kind == Kind.REFERENCE:
            self._reference(element, rule.name, held)
        elif rule.kind == Kind.REFERENCES:
            for guid in held:
                self._reference(element, rule.name, guid)
        elif rule.kind == Kind.WRAPPED:
            self._wrapped(element, rule, held)
        else:
            for one in held if isinstance(held, tuple) else (held,):
                self.put(element, one, rule.name)

    def _wrapped(self, element: Any, rule: Rule, held: tuple[Any, ...]) -> None:
        tags = {shape: tag for tag, shape in rule.shapes}
        within = etree.SubElement(element, self._space + rule.name)
        if rule.name == "CodeBook":
            within = etree.SubElement(within, self._space + "Codes")
        for one in held:
            self.put(within, one, tags[type(one)])

    def _reference(self, element: Any, tag: str, guid: str) -> None:
        etree.SubElement(element, self._space + tag).set("targetGUID", guid)

    def _is_inline(self, node: Any) -> bool:
        """Say whether a text stands in the XML: notes do, for there may be thousands."""
        return (
            node.text is not None
            and node.guid in self._notes
            and values.is_xml_text(node.text)
        )

    def _plain_path(self, node: Any) -> str | None:
        if node.text is None or self._is_inline(node):
            return None
        name = f"{node.guid}.txt"
        self.parts[USUAL_FOLDER + name] = node.text.encode()
        return f"internal://{name}"

    def _file_path(self, node: Any, held: model.Attached) -> str | None:
        if held.is_outside:
            return f"relative:///{held.name}"
        data = self._files.get(held.name)
        if data is None:
            return None
        ending = PurePosixPath(held.name.lower()).suffix
        guid = values.derived("file", node.guid) if ending == ".txt" else node.guid
        name = f"{guid}{ending}"
        self.parts[USUAL_FOLDER + name] = data
        return f"internal://{name}"


def _codebook(whole: Project) -> Any:
    writer = _Writer(schema.NAMESPACES[schema.CODEBOOK], {})
    space = f"{{{schema.NAMESPACES[schema.CODEBOOK]}}}"
    root = etree.Element(
        f"{space}CodeBook", nsmap={None: schema.NAMESPACES[schema.CODEBOOK]}
    )
    root.set("origin", ORIGIN)
    within = etree.SubElement(root, f"{space}Codes")
    for code in whole.codes:
        writer.put(within, _bare(code), "Code")
    sets = [each for each in whole.sets if each.code_refs]
    if sets:
        within = etree.SubElement(root, f"{space}Sets")
    for each in sets:
        writer.put(within, replace(each, source_refs=(), note_refs=()), "Set")
    for member in root.iter(f"{space}MemberCode"):
        member.set("guid", member.attrib.pop("targetGUID"))
    return root


def _bare(code: model.Code) -> model.Code:
    return replace(code, note_refs=(), codes=tuple(_bare(each) for each in code.codes))


def _bytes(root: Any) -> bytes:
    made: bytes = etree.tostring(
        root, xml_declaration=True, encoding="utf-8", pretty_print=True
    )
    return made
