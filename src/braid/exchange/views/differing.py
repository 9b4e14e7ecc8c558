"""What an import changes of what is in Braid: looked at, and decided, before saving."""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from braid.access import audit
from braid.access.policy import Actor
from braid.exchange import commands, queries
from braid.exchange.difference_lines import (
    Reads,
    change_lines,
    choice_of,
    gone_line,
    new_lines,
    of_kind,
    outcome_label,
    question_of,
)
from braid.exchange.labels import DIFFERENCES, OUTCOMES
from braid.exchange.models import ImportBatch
from braid.exchange.views.opened import Preview, planned
from braid.exchange.views.steps import answers_of, step_context, where_it_is
from braid.web.presenters import Tab
from braid.web.responses import go

PAGE = 25
CHOICES = ("braid", "file")
Numbered = list[tuple[int, Mapping[str, Any]]]


@require_http_methods(["GET", "POST"])
@where_it_is
def changes(request: HttpRequest, batch_id: UUID) -> HttpResponse:
    """Show the difference between the files and Braid; take what is decided of it."""
    actor, batch, preview = planned(request, batch_id)
    if request.method == "POST":
        return _decide(request, actor, batch, preview)
    found = _found(preview)
    first = next((what for what in DIFFERENCES if found[what]), "update")
    what = request.GET.get("show", first)
    if what not in DIFFERENCES:
        raise Http404
    kinds = list(dict.fromkeys(one["kind"] for _number, one in found[what]))
    kind = request.GET.get("kind", "")
    shown = [pair for pair in found[what] if kind in ("", pair[1]["kind"])]
    page = Paginator(shown, PAGE).get_page(request.GET.get("page"))
    reads = queries.readable(actor, batch.unit)
    _note_who_looked(actor, page, reads)
    context = step_context(
        batch,
        preview,
        "preview",
        _("What changes"),
        what=what,
        kind=kind,
        tabs=_tabs(batch, found, what),
        kinds=_kinds(batch, found[what], what, kinds, kind),
        page=page,
        lines=_lines(what, page, preview, batch, reads),
        is_masked=not reads,
    )
    return render(request, "exchange/changes.html", context)


def _found(preview: Preview) -> dict[str, Numbered]:
    return {
        "ask": of_kind(preview["changes"], "ask"),
        "update": of_kind(preview["changes"], "update"),
        "gone": list(enumerate(preview["vanished"])),
        "new": list(enumerate(preview["examples"])),
    }


def _size(what: str, pairs: Numbered) -> int:
    return sum(one["count"] for _n, one in pairs) if what == "new" else len(pairs)


def _address(batch: ImportBatch, what: str, kind: str = "") -> str:
    query = {"show": what} | ({"kind": kind} if kind else {})
    return f"{reverse('exchange:changes', args=[batch.pk])}?{urlencode(query)}"


def _tabs(batch: ImportBatch, found: Mapping[str, Numbered], what: str) -> list[Tab]:
    return [
        Tab(str(label), _address(batch, one), one == what, _size(one, found[one]))
        for one, label in DIFFERENCES.items()
    ]


def _kinds(
    batch: ImportBatch, pairs: Numbered, what: str, kinds: list[str], kind: str
) -> list[Tab]:
    """Return the kinds to choose from, where there is a choice."""
    if what == "new" or len(kinds) < 2:
        return []
    everything = Tab(_("Everything"), _address(batch, what), not kind, len(pairs))
    return [everything] + [
        Tab(
            outcome_label(one),
            _address(batch, what, one),
            one == kind,
            sum(other["kind"] == one for _n, other in pairs),
        )
        for one, _label in OUTCOMES
        if one in kinds
    ]


def _lines(
    what: str,
    page: Iterable[tuple[int, Any]],
    preview: Preview,
    batch: ImportBatch,
    reads: Reads,
) -> list[Any]:
    if what == "gone":
        return [gone_line(one, reads) for _n, one in page]
    if what == "new":
        return [new_lines(one, reads) for _n, one in page]
    answers = answers_of(batch)
    return [
        change_lines(
            n, one, reads, choice_of(question_of(one, preview["findings"]), answers)
        )
        for n, one in page
    ]


def _note_who_looked(
    actor: Actor, page: Iterable[tuple[int, Any]], reads: Reads
) -> None:
    people = {one.get("applicant") for _n, one in page} - {None}
    if people and reads:
        keys = [UUID(str(key)) for key in people]
        audit.record_list(actor, "import_changes_opened", keys, reads)


def _decide(
    request: HttpRequest, actor: Actor, batch: ImportBatch, preview: Preview
) -> HttpResponse:
    """Take what is right about one record, or about all that are shown."""
    choice, kind = request.POST.get("decide", ""), request.POST.get("kind", "")
    number = request.POST.get("number", "")
    asked = [
        question
        for n, one in of_kind(preview["changes"], "ask")
        if number in ("", str(n)) and kind in ("", one["kind"])
        if (question := question_of(one, preview["findings"])) is not None
    ]
    if choice not in CHOICES or not asked:
        raise Http404
    commands.answer(
        actor=actor,
        batch=batch,
        answers=[
            {
                **question["place"],
                "field": question["field"],
                "answer": {question["shape"]["keys"][0]: choice},
            }
            for question in asked
        ],
    )
    said = ngettext("Decided.", "%(number)d decided.", len(asked))
    messages.success(request, said % {"number": len(asked)})
    return go(request, _address(batch, "ask", kind))
