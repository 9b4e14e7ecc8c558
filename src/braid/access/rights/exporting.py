"""A copy of everything that names an applicant, in words.

Rows come table by table, each with when and by whom it was recorded; treatment text and
numbers are opened. What stands outside the tables the rooms add themselves.
"""

import json
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field
from datetime import date, datetime
from functools import cached_property
from tempfile import SpooledTemporaryFile
from typing import IO, Any
from uuid import UUID

from django.db.models import QuerySet
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from braid.access import declared, untold
from braid.access.models import Organisation, User
from braid.access.rights import holding, labels, registry, relations
from braid.access.rights.relations import Model

IN_MEMORY = 4 * 1024**2  # bytes
FORMAT = "braid-subject-export-1"
AT = (
    "created_at",
    "recorded_at",
    "changed_at",
    "at",
    "set_at",
    "made_at",
    "opened_at",
    "invited_at",
    "first_at",
    "found_at",
    "date_joined",
)
BY = (
    "created_by",
    "recorded_by",
    "changed_by",
    "actor_id",
    "set_by",
    "invited_by",
    "user",
    "first_by",
)


@dataclass(frozen=True, slots=True)
class Cell:
    """One value of a row: the column, what it is called, what it says."""

    name: str
    label: str
    value: str


@dataclass(frozen=True, slots=True)
class Row:
    """One row, with when and by whom it was recorded."""

    recorded_at: str
    recorded_by: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """The rows of one table about the applicant."""

    table: str
    words: str
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Copy:
    """What is kept about an applicant, by one organisation or (None) by all."""

    applicant: UUID
    made_at: datetime
    organisation: str
    sections: tuple[Section, ...]
    pieces: tuple[registry.Piece, ...] = ()
    left_out: tuple[str, ...] = field(default=())

    @cached_property
    def counts(self) -> Mapping[str, int]:
        return {section.table: len(section.rows) for section in self.sections}

    def as_json(self) -> str:
        document = {
            "format": FORMAT,
            "applicant": str(self.applicant),
            "made_at": self.made_at.isoformat(),
            "organisation": self.organisation,
            "tables": [asdict(section) for section in self.sections],
            "elsewhere": [
                {"words": piece.words, "facts": dict(piece.facts), "file": piece.name}
                for piece in self.pieces
            ],
            "kept_by_others": list(self.left_out),
        }
        return json.dumps(document, ensure_ascii=False, indent=1)

    def as_html(self) -> str:
        context = {"copy": self, "language": get_language()}
        return render_to_string("access/rights/copy.html", context)

    def write_zip(self, into: IO[bytes]) -> None:
        """Write everything as one archive: to read, for programs, and the files."""
        with zipfile.ZipFile(into, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("data.html", self.as_html())
            archive.writestr("data.json", self.as_json())
            for number, piece in enumerate(self.pieces, 1):
                if piece.name:
                    name = f"files/{number}-{_plain(piece.name)}"
                    archive.writestr(name, piece.content)

    def as_file(self) -> IO[bytes]:
        """Return the archive as an open file, on disk where it is large."""
        into = SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115
        self.write_zip(into)
        into.seek(0)
        return into


def _plain(name: str) -> str:
    """Return a file name that leads nowhere else."""
    last = name.rpartition("/")[2]
    return "".join(one if one.isalnum() or one in "-_. " else "_" for one in last)


def gather(
    applicant_id: UUID, now: datetime, *, organisation: Organisation | None = None
) -> Copy:
    """Return the copy of an applicant's data as it stands; the caller asked the policy.

    With `organisation` only what that organisation keeps; who keeps more is named.
    Emergency access of which telling would do harm is left out until it is told.
    """
    said = _Said()
    holder = organisation.pk if organisation is not None else None
    sections, others = [], set()
    for model in relations.in_order():
        every = relations.rows(model, applicant_id)
        rows = untold.keep_back(model, every, applicant_id)
        kept = rows if holder is None else holding.held_by(model, rows, holder)
        if holder is not None and rows.exclude(pk__in=kept.values("pk")).exists():
            others.add(_words(model))
        shown = tuple(_row(model, row, said) for row in kept.iterator(chunk_size=500))
        if shown:
            sections.append(Section(model._meta.label_lower, _words(model), shown))
    sections += _account(applicant_id, holder, said)
    return Copy(
        applicant_id,
        now,
        organisation.name if organisation else "",
        tuple(sections),
        tuple(_elsewhere(applicant_id, holder)),
        tuple(sorted(others)),
    )


def _elsewhere(applicant_id: UUID, holder: UUID | None) -> Iterator[registry.Piece]:
    for exporter in registry.exporters.values():
        yield from exporter(applicant_id, holder)


def _account(
    applicant_id: UUID, holder: UUID | None, said: "_Said"
) -> Iterator[Section]:
    user = relations.account_user(applicant_id)
    if user is None or not holding.has_account(applicant_id, holder):
        return
    yield Section("access.user", _words(User), (_row(User, user, said),))
    for model, column in relations.tables_of_account():
        if declared.of(model) is None:
            continue
        found: QuerySet[Any] = (
            QuerySet(model).filter(**{column: user.pk}).order_by("pk")
        )
        shown = tuple(_row(model, row, said) for row in found)
        if shown:
            yield Section(model._meta.label_lower, _words(model), shown)


def _words(model: Model) -> str:
    held = declared.of(model)
    return str(held.words if held else model._meta.verbose_name)


def _row(model: Model, row: Any, said: "_Said") -> Row:
    held = declared.of(model)
    technical = held.technical if held else frozenset()
    opened = held.opened if held else {}
    cells = []
    for one in model._meta.concrete_fields:
        if one.name in technical or one.name == "row_version":
            continue
        value = opened[one.name](row) if one.name in opened else said.value(one, row)
        if value != "":
            cells.append(Cell(one.name, labels.label(one), str(value)))
    return Row(_first(cells, AT), _first(cells, BY), tuple(cells))


def _first(cells: list[Cell], names: tuple[str, ...]) -> str:
    known = {cell.name: cell.value for cell in cells}
    return next((known[name] for name in names if name in known), "")


class _Said:
    """Says values in words; what others are called is looked up once."""

    def __init__(self) -> None:
        self._names: dict[tuple[Model, Any], str] = {}

    def value(self, one: Any, row: Any) -> str:
        """Return the value of a column in words; empty where nothing is recorded."""
        value = getattr(row, one.attname)
        if value is None or value == "":
            return ""
        if one.choices:
            return str(getattr(row, f"get_{one.name}_display")())
        if one.related_model is not None:
            return self._name(one.related_model, value)
        return _text(value)

    def _name(self, model: Model, key: Any) -> str:
        if model in relations.paths():
            return str(key)  # another row of this copy
        if (model, key) not in self._names:
            found = QuerySet(model).filter(pk=key).first()
            self._names[model, key] = str(found or key)
        return self._names[model, key]


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, datetime):
        return timezone.localtime(value).isoformat(timespec="seconds")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, list | dict):
        return json.dumps(value, ensure_ascii=False) if value else ""
    if isinstance(value, bytes | memoryview):
        return bytes(value).hex()
    return str(value)
