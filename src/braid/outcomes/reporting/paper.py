"""A report on paper: PDF, tagged for readers of screens."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _

from braid.documents import making
from braid.outcomes.reporting import texts
from braid.outcomes.reporting.document import Document
from braid.outcomes.reporting.texts import Part

TEMPLATE = "outcomes_report"
Values = Mapping[str, Any]


def made(document: Document) -> bytes:
    """Return the report as PDF. Raises InputFault where it would be too long."""
    return making.render(TEMPLATE, "pdf", values(document))


def values(document: Document) -> Values:
    """Return the words of the pages."""
    return {
        "title": texts.heading(document),
        "about": document.about,
        "lead": [
            {"label": told.label, "value": told.value} for told in texts.lead(document)
        ],
        "columns": [_("Line"), _("Value"), _("Made of")],
        "parts": [_part(part) for part in texts.parts(document)],
        "notes": list(document.notes),
        "definitions": {
            "title": _("What the figures are"),
            "points": list(_definitions(document)),
        },
        "foot": f"{texts.heading(document)} · {texts.source_text(document)}",
        "language": document.language,
    }


def _part(part: Part) -> Values:
    return {
        "label": part.label,
        "about": part.about,
        "rows": [
            {
                "label": row.group or row.label,
                "is_group": row.is_group,
                "value": row.value,
                "made_of": "\n".join(row.beneath),
                "beside": list(row.beside),
            }
            for row in part.rows
        ],
    }


def _definitions(document: Document) -> Iterator[Values]:
    for one in document.definitions:
        label = f"{one.label} ({one.measure} {one.version})"
        yield {"label": label, "text": texts.definition_text(one)}
