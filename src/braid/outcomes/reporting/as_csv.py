"""A report as CSV: a row a line, each complete in itself. Headings are an interface."""

from collections.abc import Iterator, Mapping

from braid.kernel.cells import csv_text
from braid.outcomes.reporting import texts
from braid.outcomes.reporting.document import Document, Entry
from braid.outcomes.reporting.texts import heading

Cells = Mapping[str, object]


def made(document: Document) -> bytes:
    """Return the lines as CSV in UTF-8. A number kept back is its mark, no number."""
    rows = list(_rows(document))
    headings: list[object] = list(rows[0]) if rows else []
    return csv_text([headings, *(list(row.values()) for row in rows)]).encode()


def _rows(document: Document) -> Iterator[Cells]:
    about = {
        "report": document.report,
        "report_version": document.version,
        "title": heading(document),
        "as_of": document.as_of,
        "is_period_over": _truth(document.is_over),
        "small_numbers": document.profile,
        "snapshot": document.snapshot,
        "snapshot_hash": document.hash,
        "units": "; ".join(unit.name for unit in document.units),
    }
    measures = {one.measure: one for one in document.definitions}
    for section in document.sections:
        for line in section.lines:
            defined = measures[line.measure]
            yield {
                "section": section.label,
                "line": line.id,
                "label": line.label,
                "group": texts.group_name(line, document.unit_names),
                "period": line.days.id,
                "first_day": line.days.first_day,
                "last_day": line.days.last_day,
                **_numbers(line),
                "measure": line.measure,
                "measure_version": defined.version,
                "definition": defined.about,
                **about,
            }


def _numbers(line: Entry) -> Cells:
    target = line.targets[0] if line.targets else None
    return {
        "value": line.mark or line.value,
        "unit": line.form,
        "means": line.means,
        "numerator": line.mark or line.numerator,
        "numerator_is": line.numerator_is,
        "denominator": _base(line),
        "denominator_is": line.denominator_is,
        "n": line.n,
        "no_value_because": line.reason,
        "left_out": "; ".join(texts.left_out_texts(line.left_out)),
        "target": target and target.means,
        "target_needed": target and target.needed,
        "target_is_met": target and _truth(target.is_met),
        "note": line.note,
    }


def _base(line: Entry) -> object:
    """Return the denominator, or the mark where a line that has one keeps it back."""
    return line.mark if line.mark and line.denominator_is else line.denominator


def _truth(value: bool | None) -> str | None:
    return None if value is None else str(value).lower()
