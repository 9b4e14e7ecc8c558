"""Read a project (.qdpx, .qde) or a codebook (.qdc), whichever program wrote it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from django.utils.translation import gettext_lazy as _

from braid.voices import opening
from braid.voices.refi import container, marks, meaning, model, schema, standing
from braid.voices.refi.building import Building
from braid.voices.refi.container import Container
from braid.voices.refi.counting import Score
from braid.voices.refi.model import Code, Codebook, Project
from braid.voices.refi.placing import Placing
from braid.voices.refi.remarks import Kind, Remark, Remarks
from braid.voices.refi.shapes import Kind as By
from braid.voices.refi.shapes import Rule
from braid.voices.refi.walking import rewritten, walked

_NEITHER = _(
    "The file is XML, but neither a project nor a codebook of REFI-QDA. Expected is a file "
    "that ends in .qdpx, .qde or .qdc. Export it again from your program."
)


@dataclass(frozen=True, slots=True)
class Options:
    """How a file is read: coders by pseudonyms, and held against the schema."""

    pseudonyms: bool = False
    check_schema: bool = True


@dataclass(frozen=True, slots=True)
class Report:
    """What was read and what was done to it.

    `kind` is project or codebook. `counts` are of what was read. `scores` are the ways of
    counting that were tried, the chosen first; empty where there was nothing to try.
    """

    kind: str
    origin: str
    counts: Mapping[str, int]
    remarks: tuple[Remark, ...]
    scores: tuple[Score, ...] = ()
    schema_faults: tuple[str, ...] | None = None
    surveys: Mapping[str, tuple[str, ...]] | None = None

    def document(self) -> dict[str, Any]:
        """Return the report as the JSON document of `braid voices import`.

        It has no names out of the file: sources and users are often called after people.
        """
        made: dict[str, Any] = {
            "kind": self.kind,
            "origin": self.origin,
            "counts": dict(self.counts),
            "places": _places(self.scores),
            "remarks": [
                {
                    "kind": str(remark.kind),
                    "count": remark.count,
                    "left_out": remark.is_loss,
                    "message": str(remark),
                    "examples": list(remark.examples),
                }
                for remark in self.remarks
            ],
            "surveys": [list(guids) for guids in (self.surveys or {}).values()],
        }
        if self.schema_faults is not None:
            made["schema_valid"] = not self.schema_faults
            made["schema_faults"] = list(self.schema_faults)
        return made


def read(
    brought: Path | bytes,
    options: Options = Options(),  # noqa: B008 - frozen
) -> tuple[Project, Report]:
    """Return what a file says and a report of what was changed or left out.

    Nothing outside the file is opened. A codebook comes as a project with codes and sets.
    Raises: InputFault with a sentence, where the file is none, broken or hostile.
    """
    remarks = Remarks()
    scores: list[Score] = []
    with container.opened(brought, remarks) as opened:
        root = opening.xml(opened.xml)
        kind = _kind(root, remarks)
        broken = schema.faults(opened.xml, kind) if options.check_schema else None
        if kind == schema.CODEBOOK:
            project = _codebook(root, remarks)
        else:
            project, scores = _project(root, opened, remarks)
    if broken:
        remarks.add(Kind.NOT_VALID, count=len(broken))
    if options.pseudonyms:
        project = standing.with_pseudonyms(project)
    surveys = meaning.surveys(project)
    _remark(project, surveys, remarks)
    report = Report(
        "codebook" if kind == schema.CODEBOOK else "project",
        project.origin,
        counts(project),
        tuple(remarks),
        tuple(scores),
        broken,
        surveys,
    )
    return project, report


def read_codebook(brought: Path | bytes) -> tuple[Codebook, Report]:
    """Return the codebook of a .qdc, or that of a whole project. Raises: InputFault."""
    project, report = read(brought)
    return project.codebook, report


def file_of(brought: Path | bytes, attached: model.Attached) -> bytes | None:
    """Return the bytes of a file that belongs to a source, None where it is not inside.

    Raises: InputFault (`damaged`, `too_large`).
    """
    if attached.is_outside:
        return None
    with container.opened(brought, Remarks()) as opened:
        return opened.file(attached.name)


def counts(project: Project) -> dict[str, int]:
    """Return how much of everything there is."""
    codes = [each for each in walked(project) if isinstance(each, Code)]
    selections = codings = characters = references = 0
    for node in walked(project):
        references += len(getattr(node, "note_refs", ()))
        if isinstance(node, model.Selection):
            selections += 1
        if isinstance(node, model.Coding):
            codings += 1
        if isinstance(node, model.TextSource) and node.text:
            characters += len(node.text)
    notes = sum(len(note.text or "") for note in project.notes)
    return {
        "users": len(project.users),
        "codes": len(codes),
        "codes_at_top": len(project.codes),
        "code_depth": max((_depth(code) for code in project.codes), default=0),
        "codes_described": sum(bool(code.description) for code in codes),
        "codes_not_codable": sum(not code.is_codable for code in codes),
        "variables": len(project.variables),
        "cases": len(project.cases),
        "sources": len(project.sources),
        "characters": characters - notes,
        "selections": selections,
        "codings": codings,
        "notes": len(project.notes),
        "note_references": references,
        "links": len(project.links),
        "sets": len(project.sets),
        "graphs": len(project.graphs),
    }


def _kind(root: Any, remarks: Remarks) -> str:
    kind: str = root.tag.rpartition("}")[2]
    if kind not in schema.NAMESPACES:
        raise opening.fault(_NEITHER, "neither")
    if root.tag != f"{{{schema.NAMESPACES[kind]}}}{kind}":
        remarks.add(Kind.NAMESPACE)
    return kind


def _project(
    root: Any, opened: Container, remarks: Remarks
) -> tuple[Project, list[Score]]:
    building = Building(remarks)
    building.index(root)
    built = building.made(root, Project)
    placing = Placing(opened, building)
    placed = placing.done(_without_lost_codings(built, building))
    project = marks.from_notes(placed, remarks, building.noted_elsewhere)
    return project, placing.scores


def _without_lost_codings(project: Project, building: Building) -> Project:
    def change(node: Any) -> Any:
        if isinstance(node, model.Coding) and not node.code:
            building.remarks.add(Kind.UNKNOWN_CODE, node.guid)
            return None
        return node

    kept: Project = rewritten(project, change)
    return kept


def _codebook(root: Any, remarks: Remarks) -> Project:
    building = Building(remarks)
    building.index(root)
    project = Project(origin=root.get("origin") or "")
    for element in root:
        tag = element.tag.rpartition("}")[2]
        if tag == "Codes":
            rule = Rule("Codes", "codes", By.WRAPPED, shapes=(("Code", Code),))
            project = replace(project, codes=tuple(building.wrapped(element, rule)))
        elif tag == "Sets":
            rule = Rule("Sets", "sets", By.WRAPPED, shapes=(("Set", model.Set),))
            project = replace(project, sets=tuple(building.wrapped(element, rule)))
        else:
            remarks.add(Kind.UNKNOWN_ELEMENT)
    return project


def _remark(
    project: Project, grouped: Mapping[str, tuple[str, ...]], remarks: Remarks
) -> None:
    """Tell what was met and kept, for somebody who looks at the import."""
    for node in walked(project):
        if isinstance(node, Code) and not node.is_codable:
            remarks.add(Kind.CATEGORY, node.guid)
        elif isinstance(node, model.Selection):
            if not node.codings:
                remarks.add(Kind.MEMO_ANCHOR, node.guid)
            if node.description.strip():
                remarks.add(Kind.MEMO_IN_DESCRIPTION, node.guid)
        elif isinstance(node, model.Source) and node.values:
            remarks.add(Kind.VALUE_IN_SOURCE, node.guid, len(node.values))
    for guids in grouped.values():
        remarks.add(Kind.SURVEY, guids[0], len(guids))


def _depth(code: Code) -> int:
    return 1 + max((_depth(each) for each in code.codes), default=0)


def _places(scores: tuple[Score, ...]) -> dict[str, Any] | None:
    if not scores or not scores[0].most:
        return None
    best, *others = scores
    return {
        **best.way.document(),
        "score": best.share,
        "points": best.points,
        "most": best.most,
        "others": [
            {**each.way.document(), "score": each.share, "points": each.points}
            for each in others
        ],
    }
