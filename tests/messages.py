"""Collect the strings of every room into its catalogues, and check that all are translated.

    python -m tests.messages update    collect, keep what is translated, compile
    python -m tests.messages check     say what is missing; exit 1 when anything is

Babel does the work, so that no gettext tools are needed. Compiled catalogues are kept in
the repository, as Django itself does: an installation needs no build step.
"""

import io
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.catalog import Message as BabelMessage
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

SOURCE = Path(__file__).parents[1] / "src" / "braid"
LANGUAGES = ("da",)
KEYWORDS = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}
# The pure half of the import words its sentences with msgids of its own.
SENTENCE = {"N_": None}
TEXT = r"""u?(?:'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")"""
# What a template becomes: calls with texts, a count perhaps; _("…") in a tag or filter.
MARKED = re.compile(
    rf"(?<!\w)(?:(?:n|p|np)?gettext|_)\(\s*{TEXT}(?:,\s*{TEXT})*(?:,\s*\w+)?\)"
)

Message = tuple[object, list[str], str | None]


def rooms() -> list[Path]:
    """Return the rooms that are Django apps and so have catalogues of their own."""
    return sorted(path.parent for path in SOURCE.glob("*/apps.py"))


def _python(path: Path) -> Iterator[Message]:
    with path.open("rb") as file:
        found = extract(
            "python", file, keywords=KEYWORDS | SENTENCE, options={"encoding": "utf-8"}
        )
        for _line, message, comments, context in found:
            yield message, comments, context


def _template(path: Path) -> Iterator[Message]:
    """Templates become Python calls first; what stands around them is blanked by X."""
    text = templatize(path.read_text("utf-8"))
    calls = "\n".join(match.group(0) for match in MARKED.finditer(text))
    found = extract(
        "python",
        io.BytesIO(calls.encode()),
        keywords=KEYWORDS,
        options={"encoding": "utf-8"},
    )
    for _line, message, comments, context in found:
        yield message, comments, context


def collected(room: Path) -> Catalog:
    """Return every string of a room, with the file it stands in."""
    catalog = Catalog(project="Braid", charset="utf-8", fuzzy=False)
    files = sorted([*room.rglob("*.py"), *room.rglob("*.html"), *room.rglob("*.txt")])
    for path in files:
        if "migrations" in path.parts or "static" in path.parts:
            continue
        reader = _python if path.suffix == ".py" else _template
        for message, comments, context in reader(path):
            place = (path.relative_to(SOURCE.parent.parent).as_posix(), None)
            catalog.add(
                message,
                None,
                locations=[place],
                auto_comments=comments,
                context=context,
            )
    return catalog


def _po(room: Path, language: str) -> Path:
    return room / "locale" / language / "LC_MESSAGES" / "django.po"


def _read(path: Path, language: str) -> Catalog:
    if not path.exists():
        return Catalog(locale=language, project="Braid", charset="utf-8", fuzzy=False)
    with path.open("rb") as file:
        return read_po(file, locale=language)


def translated(room: Path, language: str) -> list[BabelMessage]:
    """Return the texts of a room as its catalogue has them, without the header."""
    return [message for message in _read(_po(room, language), language) if message.id]


def compiled(catalog: Catalog) -> bytes:
    buffer = io.BytesIO()
    write_mo(buffer, catalog)
    return buffer.getvalue()


def _head(catalog: Catalog) -> None:
    """Say what the catalogue is; Babel would leave blanks to be filled in."""
    catalog.header_comment = "# The words of Braid. Kept by python -m tests.messages."
    catalog.version = ""
    catalog.msgid_bugs_address = ""
    catalog.last_translator = "Braid"
    catalog.language_team = "Braid"


def update() -> None:
    """Bring every catalogue up to the code; translations that still fit are kept."""
    for room in rooms():
        template = collected(room)
        if not len(template):
            continue
        for language in LANGUAGES:
            path = _po(room, language)
            catalog = _read(path, language)
            first_collected = catalog.creation_date
            catalog.update(template, no_fuzzy_matching=True)
            catalog.obsolete.clear()
            _head(catalog)
            catalog.creation_date = first_collected  # nothing changes without a reason
            path.parent.mkdir(parents=True, exist_ok=True)
            with path.open("wb") as file:
                write_po(
                    file,
                    catalog,
                    width=88,
                    sort_output=True,
                    include_lineno=False,
                    omit_header=False,
                )
            path.with_suffix(".mo").write_bytes(compiled(_read(path, language)))


def faults() -> list[str]:
    """Return what is missing, left over, doubtful or not compiled."""
    found = []
    for room in rooms():
        wanted = {
            (m.id if isinstance(m.id, str) else m.id[0], m.context)
            for m in collected(room)
            if m.id
        }
        for language in LANGUAGES:
            found += _faults_of(_po(room, language), language, wanted)
    return found


def _faults_of(
    path: Path, language: str, wanted: set[tuple[str, str | None]]
) -> list[str]:
    if not wanted and not path.exists():
        return []
    name = path.relative_to(SOURCE).as_posix()
    catalog = _read(path, language)
    kept = {
        (m.id if isinstance(m.id, str) else m.id[0], m.context): m
        for m in catalog
        if m.id
    }
    found = [
        f"{name}: missing: {key[0]}" for key in sorted(wanted - set(kept), key=str)
    ]
    found += [
        f"{name}: no longer used: {key[0]}"
        for key in sorted(set(kept) - wanted, key=str)
    ]
    for (text, _context), message in kept.items():
        parts = (
            message.string
            if isinstance(message.string, tuple | list)
            else (message.string,)
        )
        if message.fuzzy or not all(parts):
            found.append(f"{name}: not translated: {text}")
        found += [f"{name}: {error}: {text}" for error in message.check(catalog)]
    compiled_path = path.with_suffix(".mo")
    if not compiled_path.exists() or compiled_path.read_bytes() != compiled(catalog):
        found.append(f"{name}: not compiled; run make messages")
    return found


def main(command: str) -> int:
    if command == "update":
        update()
        return 0
    found = faults()
    print("\n".join(found[:40]))
    if len(found) > 40:
        print(f"(+{len(found) - 40} more)")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1] if len(sys.argv) > 1 else "check"))
