"""The report of a review: read, written, and taken home as Word or PDF."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from braid.access import audit
from braid.access.policy import Actor, Information
from braid.documents.rules import DOCX, PDF
from braid.fidelity import commands, queries
from braid.fidelity.models import Review
from braid.fidelity.report import profile, reading
from braid.fidelity.report.forms import TITLES, PassageForm
from braid.fidelity.report.sheet import sheet
from braid.kernel.errors import Refused
from braid.web.pages import form_page
from braid.web.presenters import Action as Button

_STATISTICAL = (Information.STATISTICAL,)
_TYPES = {"docx": DOCX, "pdf": PDF}


def _opened(request: HttpRequest, key: UUID) -> tuple[Actor, Review]:
    """Return who asks, and a review that they may know of; else answer 404."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    found = queries.review(actor, key)
    if found is None:
        raise Http404
    return actor, found


@require_GET
def report(request: HttpRequest, key: UUID) -> HttpResponse:
    """The report on a page; where it is too early, a sentence that says when."""
    actor, review = _opened(request, key)
    context = {
        "crumbs": [Button(_("Review"), reverse("fidelity:review", args=[key]))],
        "review": review,
    }
    if not reading.may_read(actor, review):
        context["title"] = _("Fidelity report: %(unit)s") % {"unit": review.unit.name}
        return render(request, "fidelity/report/not_yet.html", context, status=403)
    is_asked = bool(request.htmx) or "figures" in request.GET  # type: ignore[attr-defined]
    shown = sheet(reading.read(actor, review, with_figures=is_asked))
    audit.record(actor, "review_report_opened", review, information=_STATISTICAL)
    context |= {
        "title": shown.title,
        "sheet": shown,
        "drawing": profile.drawing(shown.profile, shown.alt),
        "actions": _buttons(review),
        "may_write": reading.may_write(actor, review),
        "later_url": "" if is_asked else f"{request.path}?figures=1",
    }
    name = "items" if request.htmx else "report"  # type: ignore[attr-defined]
    return render(request, f"fidelity/report/{name}.html", context)


def _buttons(review: Review) -> list[Button]:
    return [
        Button(
            label,
            reverse(f"fidelity:{name}", args=[review.pk]),
            "file-earmark-text",
            primary=name == "report_pdf",
        )
        for name, label in (
            ("report_pdf", _("PDF")),
            ("report_word", _("Word")),
            ("questionnaire_response", _("FHIR")),
        )
    ]


@require_GET
def report_word(request: HttpRequest, key: UUID) -> HttpResponse:
    """The report as a Word document."""
    return _file(request, key, "docx")


@require_GET
def report_pdf(request: HttpRequest, key: UUID) -> HttpResponse:
    """The report as PDF."""
    return _file(request, key, "pdf")


def _file(request: HttpRequest, key: UUID, format: str) -> HttpResponse:
    # What makes a file is heavy, and loaded with the first one.
    from braid.fidelity.report import files

    actor, review = _opened(request, key)
    found = reading.read(actor, review)
    data = files.made(found, format)
    audit.record(actor, "review_report_taken", review, information=_STATISTICAL)
    said = content_disposition_header(True, files.file_name(found, format))
    return HttpResponse(
        data,
        content_type=_TYPES[format].media_type,
        headers={"Content-Disposition": said or "attachment"},
    )


@require_http_methods(["GET", "POST"])
def report_passage(request: HttpRequest, key: UUID, part: str) -> HttpResponse:
    """Write a passage of the report."""
    actor, review = _opened(request, key)
    if part not in TITLES:
        raise Http404
    if not reading.may_write(actor, review):
        raise Refused("no_ground")
    found = reading.passage(actor, review, part)
    form = PassageForm(
        request.POST or None,
        part=part,
        initial={
            "row_version": found.row_version if found else 0,
            "text": found.text if found else "",
        },
    )
    return form_page(
        request,
        form,
        lambda given: commands.write(
            actor=actor,
            review=review,
            part=part,
            text=given["text"],
            row_version=given["row_version"],
        ),
        title=str(TITLES[part]),
        to=f"{reverse('fidelity:report', args=[key])}#{part}",
        done=_("It stands in the report."),
    )
