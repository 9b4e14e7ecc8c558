"""Taking an applicant who is erased out of what imports keep.

Files and previews that hold the person go whole: nobody rewrites somebody else's
workbook. The import's own page says so, and that it cannot be planned again. A file is
searched for the person where no row of it is linked; one that cannot be searched goes.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

from cryptography.fernet import InvalidToken
from django.db.models import Prefetch
from django.utils.translation import gettext as _

from braid.access import secrets
from braid.access.keyring import KeyMissing
from braid.access.rights.registry import Piece
from braid.exchange import linked, storage
from braid.exchange.models import ImportBatch, ImportedRow, ImportFile, KeptAnswer
from braid.exchange.roster.reading.opening import open_file
from braid.kernel.errors import InputFault
from braid.method.likeness import fold

REASON = "an applicant is taken out of the imports"
UNREADABLE = (KeyMissing, InvalidToken)
_FILES = Prefetch("files", ImportFile.objects.all().system(REASON))


@dataclass(frozen=True, slots=True)
class Marks:
    """By what a person is found in a text: the words of the name together, or a number."""

    name: frozenset[str]
    alone: frozenset[str]

    def are_in(self, text: str) -> bool:
        """Say whether the text, a row of a file, names the person."""
        if any(mark in text for mark in self.alone):
            return True
        return bool(self.name) and self.name <= set(fold(text).split())


def marks_of(applicant_id: UUID) -> Marks:
    """Return by what an applicant is found; empty where the record is gone."""
    person = linked.records(linked.APPLICANT).filter(pk=applicant_id).first()
    if person is None:
        return Marks(frozenset(), frozenset({str(applicant_id)}))
    numbers = linked.records("people.identifier").filter(applicant_id=applicant_id)
    values = [number for one in numbers if (number := _opened(one))]
    alone = {str(applicant_id), person.email, person.phone, *values}
    alone |= {value.replace("-", "") for value in values}
    return Marks(
        frozenset(fold(person.name).split()),
        frozenset(mark for mark in alone if len(mark) > 4),
    )


def _opened(identifier: Any) -> str:
    """Return a number; empty where its key is gone, as after a restore without keys."""
    try:
        return secrets.decrypt(identifier.value_encrypted)
    except UNREADABLE:
        return ""


def erase(applicant_id: UUID) -> int:
    """Take the applicant out of files, previews and answers; return how many changed."""
    marks = marks_of(applicant_id)
    rows = ImportedRow.objects.system(REASON).filter(applicant_key=applicant_id)
    units = set(rows.values_list("unit_id", flat=True))
    units |= set(
        linked.records(linked.EPISODE)
        .filter(applicant_id=applicant_id)
        .values_list("unit_id", flat=True)
    )
    linked_to = set(rows.values_list("batch_id", flat=True))
    changed = 0
    batches = ImportBatch.objects.system(REASON).filter(unit_id__in=units)
    for batch in batches.defer("answers"):
        changed += _files(batch, marks, everything=batch.pk in linked_to)
        changed += _answers(batch, marks)
    return changed + _kept(
        units, marks, set(rows.values_list("fingerprint", flat=True))
    )


def _files(batch: ImportBatch, marks: Marks, *, everything: bool) -> int:
    gone = 0
    for file in ImportFile.objects.system(REASON).filter(batch=batch):
        path = storage.original(batch.unit_id, file.sha256)
        if path.exists() and (everything or _names(path, file.name, marks)):
            path.unlink()
            gone += 1
    preview = storage.read_preview(batch.unit_id, batch.pk)
    if preview is not None and (everything or gone or _text_names(preview, marks)):
        storage.forget_preview(batch.unit_id, batch.pk)
        gone += 1
    return gone


def _names(path: Path, name: str, marks: Marks) -> bool:
    try:
        found = open_file(name, path)
    except InputFault:
        return True  # what cannot be searched may hold anybody
    return any(
        marks.are_in(" ".join(str(value) for value in row.values if value is not None))
        for sheet in found.sheets
        for row in sheet.rows
    )


def _text_names(document: Any, marks: Marks) -> bool:
    if isinstance(document, dict):
        values: Iterable[Any] = document.values()
    elif isinstance(document, list):
        values = document
    else:
        return marks.are_in(str(document))
    plain = " ".join(str(one) for one in values if not isinstance(one, dict | list))
    return marks.are_in(plain) or any(
        _text_names(one, marks) for one in values if isinstance(one, dict | list)
    )


def _answers(batch: ImportBatch, marks: Marks) -> int:
    """Keep the answers of an import that do not name the person.

    Those that nobody can read any more are not kept.
    """
    try:
        given = batch.answers
    except UNREADABLE:
        given, kept = None, []
    else:
        kept = [one for one in given if not _text_names(one, marks)]
    if kept == given:
        return 0
    of_batch = ImportBatch.objects.system(REASON).filter(pk=batch.pk)
    of_batch.update(answers=kept)
    return 1


def _kept(units: set[UUID], marks: Marks, fingerprints: set[str]) -> int:
    kept = KeptAnswer.objects.system(REASON).filter(unit_id__in=units)
    gone = [
        one.pk
        for one in kept.defer("answer")
        if one.fingerprint in fingerprints or _answer_names(one, marks)
    ]
    KeptAnswer.objects.system(REASON).filter(pk__in=gone).delete()
    return len(gone)


def _answer_names(one: KeptAnswer, marks: Marks) -> bool:
    try:
        return _text_names(one.answer, marks)
    except UNREADABLE:
        return True


def copy(applicant_id: UUID, organisation_id: UUID | None) -> list[Piece]:
    """Return the answers about rows that name the applicant, for their copy.

    All of them, or those of the imports of one organisation.
    """
    marks = marks_of(applicant_id)
    rows = ImportedRow.objects.system(REASON).filter(applicant_key=applicant_id)
    batches = ImportBatch.objects.system(REASON).filter(pk__in=rows.values("batch_id"))
    if organisation_id is not None:
        batches = batches.filter(unit__organisation_id=organisation_id)
    return [
        Piece(
            _("An answer about a row of an import"),
            tuple((str(key), str(value)) for key, value in one.items()),
        )
        for batch in batches
        for one in batch.answers
        if _text_names(one, marks)
    ]


def are_files_gone(batch: ImportBatch, files: Iterable[ImportFile]) -> bool:
    """Say whether a file of an import was taken away."""
    return any(
        not storage.original(batch.unit_id, file.sha256).exists() for file in files
    )


def files_ended_before(organisation_id: UUID, day: date) -> list[UUID]:
    """Return the imports whose files are kept although nobody touched them since."""
    batches = ImportBatch.objects.system(REASON).filter(
        unit__organisation_id=organisation_id, touched_at__date__lt=day
    )
    return [
        batch.pk
        for batch in batches.prefetch_related(_FILES)
        if any(
            storage.original(batch.unit_id, file.sha256).exists()
            for file in batch.files.all()
        )
    ]


def forget_brought_files(batch_ids: list[UUID]) -> int:
    """Throw away the files and previews of imports whose time is over."""
    gone = 0
    for batch in ImportBatch.objects.system(REASON).filter(pk__in=batch_ids):
        gone += _files(batch, Marks(frozenset(), frozenset()), everything=True)
    return gone
