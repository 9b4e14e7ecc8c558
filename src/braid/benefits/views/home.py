"""The counsellor's home, and the page on which wrong rules are recalled."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods

from braid.access import audit
from braid.benefits import commands, queries, working_out
from braid.benefits.forms import RecallForm
from braid.benefits.views.opening import SHOWN, counsellor
from braid.web.pages import form_page


@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """Whose income may change: what waits for a counsellor, the nearest day first."""
    actor, today = counsellor(request), timezone.localdate()
    found = queries.home(actor, today)
    audit.record_list(actor, "benefits_home_opened", found.everybody, SHOWN)
    context = {
        "title": _("Whose income may change?"),
        "day": today,
        "home": found,
        "is_empty": not found.everybody,
        "current_year": today.year,
    }
    return render(request, "benefits/home.html", context)


@require_http_methods(["GET", "POST"])
def recall(request: HttpRequest) -> HttpResponse:
    """Recall every page that rests on one version of rules, and contact each person."""
    actor, today = counsellor(request), timezone.localdate()
    editions = queries.editions_used(actor)
    choices = [
        (
            f"{one.pack_id}@{one.version}",
            ngettext(
                "%(title)s, version %(version)s: %(count)s page",
                "%(title)s, version %(version)s: %(count)s pages",
                one.pages,
            )
            % {
                "title": working_out.title_of(one.pack_id),
                "version": one.version,
                "count": one.pages,
            },
        )
        for one in editions
    ]
    form = RecallForm(request.POST or None, editions=choices)

    def save(given: dict[str, Any]) -> None:
        pack_id, _at, version = given["edition"].rpartition("@")
        rows = queries.calculations_with(actor, pack_id, version)
        commands.recall(actor=actor, calculations=rows, words=given["words"], day=today)

    return form_page(
        request,
        form,
        save,
        title=_("Rules that were wrong"),
        lead=_(
            "Every page that rests on these rules is marked, can no longer be printed, "
            "and its person stands on your list to be contacted."
        ),
        submit=_("Recall these pages"),
        done=_("Recalled. Each person stands on your list now."),
        to=reverse("benefits:home"),
    )
