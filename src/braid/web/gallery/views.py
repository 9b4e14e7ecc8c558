"""The gallery, and the small answers that its components ask for."""

from collections.abc import Mapping
from datetime import UTC, datetime

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django_tables2 import RequestConfig

from braid.kernel.errors import Change
from braid.web.gallery import samples
from braid.web.memory import Draft, Memory
from braid.web.messages import undoable
from braid.web.responses import go

ERRORS = ("400", "403", "403_csrf", "404", "500")


def _page(
    request: HttpRequest, template: str, context: Mapping[str, object]
) -> HttpResponse:
    frame = {
        "nav": samples.NAV,
        "user_menu": samples.USER_MENU,
        "search_url": reverse("web:gallery"),
        "log_url": reverse("web:gallery-form"),
    }
    response = render(request, template, {**frame, **context})
    patch_vary_headers(response, ["HX-Request", "HX-Target"])
    return response


def gallery(request: HttpRequest) -> HttpResponse:
    """Show every component."""
    table = samples.BedTable(samples.BEDS)
    RequestConfig(request, paginate={"per_page": 5}).configure(table)
    wrong = samples.BedForm({"kind": "trees", "size": "s"}, prefix="wrong")
    context = {
        "actions": samples.ACTIONS,
        "band": samples.BAND,
        "crumbs": samples.CRUMBS,
        "clocks": samples.CLOCKS,
        "rows": samples.ROWS,
        "columns": samples.BOARD,
        "steps": samples.STEPS,
        "tabs": samples.TABS,
        "today": samples.TODAY,
        "pictures": samples.pictures(),
        "harvests": samples.harvests(),
        "yields": samples.yields(),
        "rainfall": samples.rainfall(),
        "crops": samples.crops(),
        "entries": samples.timeline(0, 4),
        "form": samples.BedForm(prefix="good"),
        "wrong": wrong,
        "table": table,
        "empty_table": samples.BedTable((), attrs={"caption": "No beds"}),
        "page": Paginator(range(90), 10).page(4),
        "errors": ERRORS,
        "changes": [
            Change("Bed", "4", "5", "Maren", datetime(2026, 10, 5, 9, tzinfo=UTC))
        ],
        "memory": Memory(
            take_up="?draft=1",
            offered=Draft({}, datetime(2026, 10, 5, 12, 5, tzinfo=UTC)),
        ),
    }
    return _page(request, "web/gallery/gallery.html", context)


def timeline(request: HttpRequest) -> HttpResponse:
    """Show the timeline's next entries, as a page that htmx picks from."""
    context = {"entries": samples.timeline(4, 4), "title": "Earlier"}
    return _page(request, "web/gallery/timeline.html", context)


def form(request: HttpRequest) -> HttpResponse:
    """Show a form in the dialog, or as a page."""
    bound = samples.BedForm(request.POST or None)
    if request.method == "POST" and bound.is_valid():
        undoable(request, "The bed was added.", reverse("web:gallery-message"))
        return go(request, reverse("web:gallery"))
    context = {"form": bound, "title": "Add a bed"}
    return _page(request, "web/gallery/form.html", context)


def confirm(request: HttpRequest) -> HttpResponse:
    """Ask before something is destroyed."""
    if request.method == "POST":
        messages.success(request, "The bed was dug over.")
        return go(request, reverse("web:gallery"))
    return _page(request, "web/gallery/confirm.html", {"title": "Dig over the bed?"})


def message(request: HttpRequest) -> HttpResponse:
    """Leave a message of each level; also where the gallery's undo is posted to."""
    if request.method == "POST":
        messages.info(request, "Undone.")
    else:
        messages.success(request, "Saved.")
        messages.warning(request, "Saved, but the day lies in the future.")
        messages.error(request, "Not saved: somebody else changed it at 9.40.")
        undoable(request, "Watered.", reverse("web:gallery-message"))
    return go(request, reverse("web:gallery"))


def progress(request: HttpRequest) -> HttpResponse:
    """Answer how far a piece of long work is."""
    done = min(100, int(request.GET.get("at", "0")) + 34)
    context = {
        "text": "All rows read" if done == 100 else "Reading the rows",
        "value": done,
        "done": done == 100,
        "url": f"{reverse('web:gallery-progress')}?at={done}",
        "title": "Progress",
    }
    if request.headers.get("HX-Request"):
        return render(request, "web/components/progress.html", context)
    return _page(request, "web/gallery/progress.html", context)


def error(request: HttpRequest, name: str) -> HttpResponse:
    """Show an error page as its handler would."""
    template = name if name in ERRORS else "404"
    return render(request, f"{template}.html", status=int(template[:3]))


def empty(request: HttpRequest) -> HttpResponse:
    """Show a page that has nothing to show yet."""
    return _page(request, "web/gallery/empty.html", {"title": "Empty"})
