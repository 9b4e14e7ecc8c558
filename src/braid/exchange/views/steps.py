"""The steps of an import: what we found, said once, questions, preview."""

from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from braid.access import audit
from braid.access.policy import Actor, Information
from braid.exchange import commands, difference_lines, presenters, queries
from braid.exchange.beside import InBraid, two_rows
from braid.exchange.forms import AnswerForm, OnceForm, TableForm
from braid.exchange.labels import MARKS, decisions
from braid.exchange.models import ImportBatch
from braid.exchange.roster.plan import Layout, TableMapping
from braid.exchange.tables import FindingTable, OutcomeTable
from braid.exchange.views.opened import Elsewhere, Preview, planned, read_again
from braid.web.presenters import Tab
from braid.web.responses import go

PAGE = 50
View = Callable[..., HttpResponse]


def where_it_is(view: View) -> View:
    """Lead to the page that the import is at, where it is not at this one."""

    @wraps(view)
    def led(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except Elsewhere as elsewhere:
            return go(request, str(elsewhere))

    return led


def step_context(
    batch: ImportBatch, shown: Preview, step: str, title: str, **more: Any
) -> dict[str, Any]:
    return {
        "title": title,
        "batch": batch,
        "steps": presenters.steps(batch, step, shown),
        "is_fresh": commands.is_fresh(batch),
        **more,
    }


@require_GET
@where_it_is
def found(request: HttpRequest, batch_id: UUID) -> HttpResponse:
    """Show the tables that were found and what their columns were taken to mean."""
    _actor, batch, preview = planned(request, batch_id)
    tables = [
        presenters.table_view(number, table)
        for number, table in enumerate(preview["tables"])
    ]
    files = [presenters.file_view(file) for file in preview["files"]]
    context = step_context(
        batch, preview, "found", _("What we found"), tables=tables, files=files
    )
    return render(request, "exchange/found.html", context)


@require_http_methods(["GET", "POST"])
@where_it_is
def table(request: HttpRequest, batch_id: UUID, number: int) -> HttpResponse:
    """Correct what one table is and what its columns mean."""
    actor, batch, preview = planned(request, batch_id)
    if number >= len(preview["tables"]):
        raise Http404
    seen = preview["tables"][number]
    form = TableForm(seen, request.POST or None)
    if request.method == "POST" and form.is_valid():
        mapping = form.mapping()
        commands.set_layout(
            actor=actor,
            batch=batch,
            layout=_corrected(preview, number, mapping),
            keep=(mapping,) if form.cleaned_data["keep"] else (),
        )
        return read_again(actor, batch, "found")
    view = presenters.table_view(number, seen)
    context = step_context(batch, preview, "found", view.title, form=form, table=view)
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "exchange/table.html", context, status=status)


def _corrected(preview: Preview, number: int, mapping: TableMapping) -> Layout:
    tables = list(Layout.from_dict(preview["layout"]).tables)
    tables[number] = mapping
    return Layout(tuple(tables))


@require_http_methods(["GET", "POST"])
@where_it_is
def once(request: HttpRequest, batch_id: UUID) -> HttpResponse:
    """State once what the files leave open."""
    actor, batch, preview = planned(request, batch_id)
    form = OnceForm(batch.setup, preview, request.POST or None)
    if request.method == "POST" and form.is_valid():
        commands.set_setup(actor=actor, batch=batch, setup=form.stated())
        return read_again(actor, batch, "questions")
    context = step_context(batch, preview, "once", _("Said once"), form=form)
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "exchange/once.html", context, status=status)


def answers_of(batch: ImportBatch) -> dict[tuple[Any, ...], Mapping[str, Any]]:
    return {
        (one["file"], one.get("sheet"), one["row"], one.get("field")): one["answer"]
        for one in batch.answers
    }


def _asked(preview: Preview) -> list[Mapping[str, Any]]:
    return [one for one in preview["findings"] if one["action"] == "ask"]


@require_GET
@where_it_is
def questions(request: HttpRequest, batch_id: UUID) -> HttpResponse:
    """List what the files do not decide; each can be answered now or later."""
    _actor, batch, preview = planned(request, batch_id)
    answers, asked = answers_of(batch), _asked(preview)
    page = Paginator(asked, PAGE).get_page(request.GET.get("page"))
    views = [
        presenters.question_view(
            one, answers.get(presenters.question_key(one)), page.start_index() + n
        )
        for n, one in enumerate(page)
    ]
    open_ones = [one for one in asked if presenters.question_key(one) not in answers]
    context = step_context(
        batch,
        preview,
        "questions",
        _("Questions"),
        questions=views,
        page=page,
        first=open_ones[0]["number"] if open_ones else None,
        open_count=len(open_ones),
        settled=preview["settled"],
        faults=[presenters.fault_line(one) for one in preview["answer_faults"]],
    )
    return render(request, "exchange/questions.html", context)


@require_http_methods(["GET", "POST"])
@where_it_is
def question(request: HttpRequest, batch_id: UUID, number: int) -> HttpResponse:
    """Answer one question: by a press, with a value, or not now."""
    actor, batch, preview = planned(request, batch_id)
    asked = {one["number"]: one for one in _asked(preview)}
    if number not in asked:
        raise Http404
    finding = asked[number]
    form = AnswerForm(finding, request.POST or None if _types(request) else None)
    if request.method == "POST":
        said = _said(request, finding, form)
        if said is not None:
            place = finding["place"]
            answer = {**place, "field": finding["field"], "answer": said}
            commands.answer(actor=actor, batch=batch, answers=[answer])
            messages.success(request, _("Answered."))
            return redirect(_next(batch, asked, number))
    said_before = answers_of(batch).get(presenters.question_key(finding))
    later = [key for key in asked if key > number]
    reads = queries.readable(actor, batch.unit)
    context = step_context(
        batch,
        preview,
        "questions",
        _("Question"),
        question=presenters.question_view(finding, said_before),
        two=two_rows(finding),
        in_braid=_in_braid(actor, batch, finding, reads),
        form=form,
        lines=difference_lines.of_question(finding, preview["changes"], reads),
        later_url=_question_url(batch, later[0] if later else None),
    )
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "exchange/question.html", context, status=status)


def _in_braid(
    actor: Actor,
    batch: ImportBatch,
    finding: Mapping[str, Any],
    reads: frozenset[Information],
) -> InBraid | None:
    """Return who in Braid a question means, if anybody; that they were shown is noted."""
    key = finding.get("known")
    if key is None:
        return None
    found = queries.in_braid(actor, batch.unit, key, reads)
    if found.name:
        seen = frozenset((Information.IDENTITY,))
        audit.record_list(actor, "import_changes_opened", [UUID(key)], seen)
    return found


def _types(request: HttpRequest) -> bool:
    return not {"use", "decide"} & set(request.POST)


def _said(
    request: HttpRequest, finding: Mapping[str, Any], form: AnswerForm
) -> Mapping[str, Any] | None:
    """Return the answer that was given, or None where it cannot be used."""
    if "use" in request.POST and finding["proposal"]:
        proposal: Mapping[str, Any] = finding["proposal"]
        return proposal
    decided = request.POST.get("decide", "")
    if decided in decisions(finding["shape"]):
        return {decided: True}
    return form.answer() if form.is_valid() else None


def _question_url(batch: ImportBatch, number: int | None) -> str:
    if number is None:
        return reverse("exchange:questions", args=[batch.pk])
    return reverse("exchange:question", args=[batch.pk, number])


def _next(batch: ImportBatch, asked: Mapping[int, Any], number: int) -> str:
    """Return the next open question, those before this one at the end."""
    answers = answers_of(batch)
    left = [
        key for key, one in asked.items() if presenters.question_key(one) not in answers
    ]
    after = [key for key in left if key > number] or left
    return _question_url(batch, after[0] if after else None)


@require_GET
@where_it_is
def preview(request: HttpRequest, batch_id: UUID) -> HttpResponse:
    """Show what saving would do, and every row that is not simply taken."""
    actor, batch, shown = planned(request, batch_id)
    entry = queries.last_entry(actor, batch)
    by_mark = {m: [f for f in shown["findings"] if f["action"] == m] for m in MARKS}
    first = next((m for m in MARKS if by_mark[m]), "ask")
    mark = request.GET.get("show", first)
    if mark not in MARKS:
        raise Http404
    page = Paginator(by_mark[mark], PAGE).get_page(request.GET.get("page"))
    address = reverse("exchange:preview", args=[batch.pk])
    context = step_context(
        batch,
        shown,
        "preview",
        _("Preview"),
        outcome=OutcomeTable(presenters.outcome_rows(shown["outcome"])),
        totals=shown["totals"],
        new_names=presenters.new_names(shown["new"]),
        said=presenters.said(entry.said if entry else None),
        vanished=len(shown["vanished"]),
        to_decide=sum(one["what"] == "ask" for one in shown["changes"]),
        differs=bool(shown["changes"] or shown["vanished"]),
        holds_nothing=not shown["totals"]["read"],
        tabs=[
            Tab(str(MARKS[m]), f"{address}?show={m}", m == mark, len(by_mark[m]))
            for m in MARKS
        ],
        findings=FindingTable([presenters.finding_line(one, batch) for one in page]),
        page=page,
    )
    return render(request, "exchange/preview.html", context)
