"""Bringing files: the list of imports, the upload, the wait."""

from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from braid.exchange import commands, presenters, queries
from braid.exchange.choices import BatchState
from braid.exchange.forms import UploadForm
from braid.exchange.models import ImportBatch
from braid.exchange.presenters import STEPS
from braid.exchange.rules import WORKING
from braid.exchange.views.opened import (
    address_of,
    importer,
    is_stalled,
    opened,
    read_again,
)
from braid.kernel.errors import InputFault
from braid.web.body_limits import body_limit
from braid.web.responses import go

PAGE = 25
MOST_AT_ONCE = 512 * 1024**2  # of all files together; each has a limit of its own


@require_GET
def imports(request: HttpRequest) -> HttpResponse:
    """List what was brought, and offer to bring more."""
    actor = importer(request)
    page = Paginator(queries.batches(actor), PAGE).get_page(request.GET.get("page"))
    names = queries.file_names(actor, page.object_list)
    lines = [presenters.batch_line(one, names[one.pk]) for one in page]
    context = {"title": _("Imports"), "lines": lines, "page": page}
    return render(request, "exchange/imports.html", context)


@require_http_methods(["GET", "POST"])
@body_limit(MOST_AT_ONCE)
def new(request: HttpRequest) -> HttpResponse:
    """Take files and let a worker read them."""
    actor = importer(request)
    units = queries.importable_units(actor)
    form = UploadForm(units, request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            batch = commands.open_batch(
                actor=actor,
                unit=given["unit"],
                files=[(file.name, file.chunks()) for file in given["files"]],
                setup=given["setup"],
            )
        except InputFault as fault:
            form.add_error("files", presenters.sentence(fault.message))
        else:
            return read_again(actor, batch, "found")
    context = {"title": _("Bring files"), "form": form}
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "exchange/new.html", context, status=status)


@require_GET
def batch(request: HttpRequest, batch_id: UUID) -> HttpResponse:
    """Lead to the page that the import is at."""
    _actor, one = opened(request, batch_id)
    return redirect(address_of(one))


@require_GET
def progress(request: HttpRequest, batch_id: UUID) -> HttpResponse:
    """Say how far the work is; the page asks again until it is done."""
    actor, one = opened(request, batch_id)
    then = request.GET.get("then", "")
    if one.state not in WORKING and one.state != BatchState.FAILED:
        return go(request, _after(one, then))
    entry = queries.last_entry(actor, one)
    context = {
        "title": _("Reading your files"),
        "batch": one,
        "text": _working_on(one),
        "url": request.get_full_path(),
        "failed": one.state == BatchState.FAILED,
        "stalled": is_stalled(one),
        "said": presenters.said(entry.said if entry else None),
    }
    if one.state == BatchState.COMMITTING:
        context["title"] = _("Saving the import")
    whole = not request.headers.get("HX-Request") or context["failed"]
    if whole and request.headers.get("HX-Request"):
        return go(request, request.get_full_path())
    name = "exchange/progress.html" if whole else "web/components/progress.html"
    return render(request, name, context)


def _after(one: ImportBatch, then: str) -> str:
    steps = {"changes", *(name for name, _label in STEPS)}
    if one.state == BatchState.PLANNED and then in steps:
        return reverse(f"exchange:{then}", args=[one.pk])
    return address_of(one)


def _working_on(one: ImportBatch) -> str:
    if one.state == BatchState.COMMITTING:
        return _("Saving %(rows)d rows, all of them or none") % {"rows": one.rows_read}
    if not one.rows_read:
        return _("The files are being opened")
    return _("%(rows)d rows read") % {"rows": one.rows_read}


@require_POST
def restart(request: HttpRequest, batch_id: UUID) -> HttpResponse:
    """Read the files again: after answers, after a fault, after a power cut."""
    actor, one = opened(request, batch_id)
    if one.state in WORKING and not is_stalled(one):
        return redirect("exchange:progress", one.pk)
    if one.state == BatchState.COMMITTED:
        return redirect("exchange:result", one.pk)
    return read_again(actor, one, request.POST.get("then", "found"))
