"""What Braid says of a coding beside its code, as a note that other programs show.

The first line of the note is `braid: polarity=barrier; logic=ips; side=material`. Read
again it goes back to the coding, and what else the note says stays a note.
"""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import fields, replace
from typing import Any

from braid.voices.refi import model, values
from braid.voices.refi.model import Code, Coding, Fields, Project, TextSource
from braid.voices.refi.remarks import Kind, Remarks
from braid.voices.refi.walking import rewritten, walked

START = "braid: "
NAMES = tuple(each.name for each in fields(Fields))
FOLDER = values.derived("codes of fields")
_PAIR = rf"({'|'.join(NAMES)})=([a-z0-9][a-z0-9_.-]*)"
_LINE = re.compile(rf"{START}{_PAIR}(; {_PAIR})*")
_PAIRS = re.compile(_PAIR)


def line(said: Fields) -> str:
    """Return the first line of a note for what is said of a coding."""
    told = ((name, getattr(said, name)) for name in NAMES)
    return START + "; ".join(f"{name}={value}" for name, value in told if value)


def understood(text: str) -> tuple[Fields, str] | None:
    """Return what a note says of its codings and what is left of it, None for others."""
    first, _, rest = text.partition("\n")
    if not _LINE.fullmatch(first.strip()):
        return None
    return Fields(**dict(_PAIRS.findall(first))), rest


def as_notes(project: Project, *, codes_too: bool = False) -> Project:
    """Return a project whose codings carry their fields in notes.

    Codings of which the same is said share a note. With `codes_too` they are coded with
    a code such as `polarity:barrier` as well, for programs that cannot filter by notes.
    """
    used = {
        each.fields
        for each in walked(project)
        if isinstance(each, Coding) and each.fields
    }
    if not used:
        return project
    notes = sorted(used, key=line)
    guids = {said: values.derived("note", line(said)) for said in used}

    def change(node: Any) -> Any:
        codings = getattr(node, "codings", ())
        if not any(coding.fields for coding in codings):
            return node
        return replace(node, codings=tuple(_noted(codings, guids, codes_too)))

    changed: Project = rewritten(project, change)
    codes = (*changed.codes, _folder(notes)) if codes_too else changed.codes
    added = tuple(TextSource(guid=guids[said], text=line(said)) for said in notes)
    return replace(changed, codes=codes, notes=(*changed.notes, *added))


def _noted(
    codings: Iterable[Coding], guids: dict[Fields, str], codes_too: bool
) -> Iterable[Coding]:
    for coding in codings:
        if not coding.fields:
            yield coding
            continue
        refs = (*coding.note_refs, guids[coding.fields])
        yield replace(coding, note_refs=refs, fields=Fields())
        for word in _words(coding.fields) if codes_too else ():
            guid = values.derived("coding", coding.guid, word)
            yield replace(
                coding, guid=guid, code=_code(word), note_refs=(), fields=Fields()
            )


def _words(said: Fields) -> list[str]:
    return [f"{name}:{getattr(said, name)}" for name in NAMES if getattr(said, name)]


def _code(word: str) -> str:
    return values.derived("code", word)


def _folder(used: Iterable[Fields]) -> Code:
    words = sorted({word for said in used for word in _words(said)})
    codes = tuple(Code(guid=_code(word), name=word) for word in words)
    return Code(guid=FOLDER, name="Braid", is_codable=False, codes=codes)


def from_notes(
    project: Project,
    remarks: Remarks,
    noted_elsewhere: set[str] = frozenset(),  # type: ignore[assignment]
) -> Project:
    """Return a project whose codings have back what their notes say.

    A note that says nothing else goes, unless it hangs on more than codings
    (`noted_elsewhere`); so do the codes that only repeat it.
    """
    said: dict[str, Fields] = {}
    rest: dict[str, str] = {}
    for note in project.notes:
        if note.text is not None and (found := understood(note.text)):
            said[note.guid], rest[note.guid] = found
    ours = _repeating(project.codes)
    if not said and not ours:
        return project
    gone = {
        guid
        for guid, left in rest.items()
        if not left.strip() and guid not in noted_elsewhere
    }

    def change(node: Any) -> Any:
        codings = getattr(node, "codings", ())
        if not codings:
            return node
        kept = (
            _restored(each, said, gone) for each in codings if each.code not in ours
        )
        return replace(node, codings=tuple(kept))

    changed: Project = rewritten(project, change)
    counted = Counter(
        bool(each.fields) for each in walked(changed) if isinstance(each, Coding)
    )
    remarks.add(Kind.MARKS_OF_BRAID, count=counted[True])
    notes = tuple(
        replace(note, text=rest[note.guid]) if note.guid in rest else note
        for note in changed.notes
        if note.guid not in gone
    )
    codes = tuple(code for code in changed.codes if code.guid not in ours)
    return replace(changed, notes=notes, codes=codes)


def _repeating(codes: Iterable[Code]) -> set[str]:
    """Return the GUIDs of the codes that only repeat what notes say, and their folder."""
    folder = next((code for code in codes if code.guid == FOLDER), None)
    if folder is None:
        return set()
    ours = {code.guid for code in folder.codes if code.guid == _code(code.name)}
    return {FOLDER, *ours} if len(ours) == len(folder.codes) else set()


def _restored(coding: Coding, said: dict[str, Fields], gone: set[str]) -> model.Coding:
    met = [said[ref] for ref in coding.note_refs if ref in said]
    if not met:
        return coding
    refs = tuple(ref for ref in coding.note_refs if ref not in gone)
    merged = {
        name: getattr(one, name) for one in met for name in NAMES if getattr(one, name)
    }
    return replace(coding, note_refs=refs, fields=Fields(**merged))
