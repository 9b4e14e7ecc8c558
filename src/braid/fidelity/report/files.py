"""A report as Word, to be worked on, and as PDF, to be handed on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from braid.documents import making, rules
from braid.documents.making import Drawn
from braid.fidelity.report import profile
from braid.fidelity.report.sheet import sheet

if TYPE_CHECKING:
    from braid.fidelity.report.reading import Report
    from braid.fidelity.report.shapes import Sheet

TEMPLATE = "fidelity_report"
WIDTH = 165  # millimetres of the profile on A4


def made(report: Report, format: str) -> bytes:
    """Return a report as `docx` or `pdf`, in the language in force. Raises InputFault."""
    found = sheet(report)
    country = report.review.unit.organisation.country
    return making.render(TEMPLATE, format, values(found, format), country)


def values(found: Sheet, format: str) -> Mapping[str, Any]:
    """Return the words of a report as the templates know them, and its profile drawn."""
    known = asdict(found)
    del known["profile"]
    # A paper says the words of a day; the day itself is for a page.
    known["about"] = [
        {"label": told.label, "value": told.value} for told in found.about
    ]
    known["log"] = [{"label": told.label, "value": told.value} for told in found.log]
    if format == "docx":
        fonts = str(making.FONTS)
        picture = profile.png_file(found.profile, fonts)
        return known | {"profile": Drawn(picture, found.alt, WIDTH)}
    return known | {"profile": profile.svg_file(found.profile)}


def file_name(report: Report, format: str) -> str:
    """Return the name of a file: unit and day, and that it is a draft."""
    review = report.review
    parts = [_("Fidelity report"), review.unit.name, review.facts_on.isoformat()]
    if report.is_draft:
        parts.append(_("draft"))
    return rules.safe_name(" ".join(parts), making.FORMATS[format])
