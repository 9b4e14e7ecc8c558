"""Reports as files: JSON, CSV, a spreadsheet, paper."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django.utils.translation import override

from braid.kernel.errors import InputFault
from braid.outcomes.reporting.document import Document, to_json


@dataclass(frozen=True, slots=True)
class File:
    """A file to be handed out."""

    name: str
    media_type: str
    data: bytes


def written(document: Document, format: str) -> File:
    """Return a report as a file, in the language of the document.

    Raises: InputFault (`format_unknown`).
    """
    if format not in FORMATS:
        raise InputFault(
            f"There is no such format. Choose {', '.join(FORMATS)}.",
            field="format",
            reason="format_unknown",
        )
    media_type, write = FORMATS[format]
    with override(document.language):
        return File(file_name(document, format), media_type, write(document))


def file_name(document: Document, ending: str) -> str:
    """Return a name without anything that a folder could take for a path."""
    period = document.period.id.replace("/", "-")
    return f"{document.report}-{period}.{ending}"


def _json(document: Document) -> bytes:
    return to_json(document).encode()


# What makes a kind of file is loaded when one is made.


def _csv(document: Document) -> bytes:
    from braid.outcomes.reporting.as_csv import made

    return made(document)


def _xlsx(document: Document) -> bytes:
    from braid.outcomes.reporting.workbook import made

    return made(document)


def _pdf(document: Document) -> bytes:
    from braid.outcomes.reporting.paper import made

    return made(document)


FORMATS: Mapping[str, tuple[str, Callable[[Document], bytes]]] = {
    "json": ("application/json", _json),
    "csv": ("text/csv; charset=utf-8", _csv),
    "xlsx": (
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        _xlsx,
    ),
    "pdf": ("application/pdf", _pdf),
}
"""The formats by their endings."""
