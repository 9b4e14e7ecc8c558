"""What applicants ask of the organisation, and doing it: copy, erase, close, answer."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from braid.access import audit, request_rules, requests
from braid.access import queries as access
from braid.access.choices import RequestState
from braid.access.policy import Action, Actor, Information
from braid.access.rights import answering, erasing, registry, restricting
from braid.access.rights.tasks import erase as erase_later
from braid.access.step_up import ask as ask_again
from braid.access.step_up import fresh_factor, is_fresh
from braid.kernel.errors import InputFault
from braid.web.forms import LaidOut
from braid.web.pages import add_fault, status_of
from braid.web.presenters import State
from braid.web.responses import go
from braid.web.widgets import DayInput, SegmentedRadio

SOON = 7  # days
DONE = 50  # answered ones that the page still lists
CONFLICT = 409
WORDS = {"rows": 4}


class AnswerForm(LaidOut, forms.Form):
    """How far a request is, in words that the person reads."""

    state = forms.ChoiceField(
        label=gettext_lazy("How far is it?"),
        choices=[
            (one.value, one.label)
            for one in RequestState
            if one != RequestState.RECEIVED
        ],
        widget=SegmentedRadio,
    )
    words = forms.CharField(
        label=gettext_lazy("Answer"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs=WORDS),
        help_text=gettext_lazy(
            "The person reads this. Where you refuse, say why and where to complain."
        ),
    )


class RestrictForm(LaidOut, forms.Form):
    """Why a record is closed, and until when."""

    reason = forms.CharField(
        label=gettext_lazy("Why is the record closed?"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    ends_on = forms.DateField(
        label=gettext_lazy("Last day"), required=False, widget=DayInput
    )
    words = forms.CharField(
        label=gettext_lazy("Answer"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs=WORDS),
        help_text=gettext_lazy("The person reads this."),
    )


@dataclass(frozen=True, slots=True)
class RequestLine:
    """One request in the list."""

    url: str
    who: str
    what: str
    made_on: date
    due_on: date
    pill: str
    state: State


def _actor(request: HttpRequest) -> Actor:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    access.require_anywhere(actor, Action.ANSWER)
    return actor


def _line(one: Any, today: date) -> RequestLine:
    pill, state = _pill(one, today)
    return RequestLine(
        url=reverse("desk:request", args=[one.pk]),
        who=registry.name_of(one.applicant_id),
        what=one.get_kind_display(),
        made_on=timezone.localdate(one.made_at),
        due_on=one.due_on,
        pill=pill,
        state=state,
    )


def _pill(one: Any, today: date) -> tuple[str, State]:
    if one.state in (RequestState.DONE, RequestState.REFUSED):
        return str(one.get_state_display()), State.OK
    left = requests.days_left(one, today)
    if left < 0:
        return _("late"), State.OVERDUE
    words = ngettext("%(left)d day left", "%(left)d days left", left) % {"left": left}
    return words, State.DUE if left <= SOON else State.INFO


@require_GET
def listed(request: HttpRequest) -> HttpResponse:
    """Open requests by the day they are due, and those answered lately."""
    actor, today = _actor(request), timezone.localdate()
    waiting = list(requests.waiting(actor))
    answered = list(
        requests.to_answer(actor)
        .filter(state__in=(RequestState.DONE, RequestState.REFUSED))
        .order_by("-made_at")[:DONE]
    )
    audit.record_list(
        actor,
        "requests_opened",
        [one.applicant_id for one in (*waiting, *answered)],
        (Information.IDENTITY,),
    )
    context = {
        "title": _("Requests of applicants"),
        "waiting": [_line(one, today) for one in waiting],
        "answered": [_line(one, today) for one in answered],
        "current_year": today.year,
    }
    return render(request, "desk/stewardship/requests.html", context)


@require_http_methods(["GET", "POST"])
def one(request: HttpRequest, key: UUID) -> HttpResponse:
    """One request: what is asked, what was answered, what can be done."""
    actor = _actor(request)
    form = AnswerForm(request.POST or None)
    requests.one(actor, key)
    if request.method == "POST" and form.is_valid():
        try:
            requests.answer(actor=actor, request_id=key, **form.cleaned_data)
        except InputFault as fault:
            add_fault(form, fault)
        else:
            messages.success(request, _("Answered. The person is told."))
            return go(request, reverse("desk:requests"))
    return _page(request, key, form, status=status_of(form))


def _page(
    request: HttpRequest, key: UUID, form: AnswerForm, status: int
) -> HttpResponse:
    actor, today = _actor(request), timezone.localdate()
    found = requests.one(actor, key)
    audit.record(
        actor,
        "request_opened",
        found,
        applicant=found.applicant_id,
        information=(Information.IDENTITY,),
    )
    context = {
        "title": found.get_kind_display().capitalize(),
        "request_made": found,
        "line": _line(found, today),
        "entries": found.entries.all(),
        "is_open": found.state not in (RequestState.DONE, RequestState.REFUSED),
        "act": _act(found),
        "closed": restricting.in_force(found.applicant_id, today).first(),
        "form": form,
        "current_year": today.year,
    }
    name = "desk/stewardship/request.html"
    return render(request, name, context, status=status)


def _act(found: Any) -> str:
    """Return the name of what can be done by this request; '' for words only."""
    return next(
        (
            act
            for act in request_rules.ACTS
            if not request_rules.why_not(act, found.kind, found.state)
        ),
        "",
    )


@require_POST
@fresh_factor  # type: ignore[arg-type]  # a file is streamed
def copy(request: HttpRequest, key: UUID) -> HttpResponseBase:
    """The file for a person who asked for a copy: what this organisation keeps."""
    actor = _actor(request)
    try:
        made = answering.copy(actor=actor, request_id=key, now=timezone.now())
    except InputFault as fault:
        return _not_done(request, key, fault)
    return FileResponse(made.as_file(), as_attachment=True, filename="copy.zip")


def _not_done(request: HttpRequest, key: UUID, fault: InputFault) -> HttpResponse:
    """Show the request with the sentence that says why nothing was done."""
    messages.error(request, str(fault))
    return _page(request, key, AnswerForm(), status=CONFLICT)


@require_http_methods(["GET", "POST"])
def erase(request: HttpRequest, key: UUID) -> HttpResponse:
    """What an erasure takes away and what stays; then do it for good."""
    actor = _actor(request)
    is_meant = request.POST.get("confirm") == "erase"
    try:
        found = requests.to_act_on(actor, key, "erase")
        if is_meant and not is_fresh(request):
            return ask_again(request)
        if is_meant:
            answering.erase(actor=actor, request_id=key, now=timezone.now())
    except InputFault as fault:
        return _not_done(request, key, fault)
    if is_meant:
        erase_later.enqueue(applicant_id=str(found.applicant_id))
        messages.success(
            request,
            _(
                "The erasure has begun. The account is gone: answer the person by letter."
            ),
        )
        return go(request, reverse("desk:requests"))
    foreseen = erasing.foresee(found.applicant_id)
    context = {
        "title": _("Erase for good?"),
        "request_made": found,
        "goes": [fate for fate in foreseen.fates if fate.goes],
        "stays": [fate for fate in foreseen.fates if not fate.goes],
        "backups": foreseen.backups,
        "current_year": timezone.localdate().year,
    }
    audit.record(actor, "erasure_foreseen", found, applicant=found.applicant_id)
    return render(request, "desk/stewardship/erase.html", context)


@require_http_methods(["GET", "POST"])
def restrict(request: HttpRequest, key: UUID) -> HttpResponse:
    """Close the record of a person who asked for it, and answer."""
    actor = _actor(request)
    form = RestrictForm(request.POST or None)
    try:
        requests.to_act_on(actor, key, "close")
    except InputFault as fault:
        return _not_done(request, key, fault)
    if request.method == "POST" and form.is_valid() and not is_fresh(request):
        return ask_again(request)
    if request.method == "POST" and form.is_valid():
        try:
            answering.close(
                actor=actor, request_id=key, now=timezone.now(), **form.cleaned_data
            )
        except InputFault as fault:
            add_fault(form, fault)
        else:
            messages.success(request, _("The record is closed. The person is told."))
            return go(request, reverse("desk:requests"))
    context = {
        "title": _("Close the record"),
        "lead": _(
            "It is kept and not used: the name stays, everything else is closed."
        ),
        "form": form,
        "submit": _("Close it"),
    }
    return render(request, "web/form_page.html", context, status=status_of(form))


@require_POST
@fresh_factor
def lift(request: HttpRequest, key: UUID) -> HttpResponse:
    """Open a closed record again."""
    actor = _actor(request)
    found = requests.one(actor, key)
    lifted = restricting.lift(
        actor=actor, applicant_id=found.applicant_id, now=timezone.now()
    )
    if lifted:
        messages.success(request, _("The record is open again. Tell the person."))
    else:
        messages.error(request, _("The record is not closed. Nothing was done."))
    return go(request, reverse("desk:request", args=[key]))
