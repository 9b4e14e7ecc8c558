"""The steward's review of the log: what is unusual, why, what was answered, signed off.

The steward reads no applicant: a short key stands for each, the same one every time.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import (
    require_GET,
    require_http_methods,
    require_POST,
)

from braid.access import audit, findings, looked, reviewing, tasks
from braid.access.choices import FindingState, SignChoice
from braid.access.policy import Action, Actor, Ground, Information
from braid.access.step_up import fresh_factor
from braid.desk.presenters import looking
from braid.kernel.dates import iso_week_start
from braid.kernel.errors import InputFault
from braid.people import queries as people
from braid.web.forms import LaidOut
from braid.web.pages import add_fault, status_of
from braid.web.presenters import State
from braid.web.responses import go

STATES = {
    FindingState.OPEN: State.DUE,
    FindingState.ASKED: State.SOON,
    FindingState.ANSWERED: State.DUE,
    FindingState.CLOSED: State.OK,
}


class WordsForm(LaidOut, forms.Form):
    """A few words: a reason, or a conclusion."""

    words = forms.CharField(
        label=gettext_lazy("In words"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


@dataclass(frozen=True, slots=True)
class FindingLine:
    """One finding in the list: who, about whom without a name, when, and why."""

    url: str
    who: str
    about: str
    day: date
    accesses: str
    why: str
    pill: str
    state: State


@dataclass(frozen=True, slots=True)
class WeekLine:
    """One week in the list."""

    url: str
    monday: date
    sunday: date
    found: str
    pill: str
    state: State
    is_current: bool


def _actor(request: HttpRequest) -> Actor:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    return actor


def signs(slugs: Iterable[str]) -> str:
    """Return the rules of a finding in words."""
    named = [one for one in SignChoice if one.value in slugs]
    return ", ".join(str(one.label) for one in named)


@fresh_factor
@require_GET
def review(request: HttpRequest) -> HttpResponse:
    """The worklist of one week: the heaviest first."""
    actor, today = _actor(request), timezone.localdate()
    monday = _week(request.GET.get("week", ""), today)
    weeks = findings.weeks(actor, today)
    found = findings.of_week(actor, monday)
    audit.record(actor, "review_opened", count=len(found))
    chosen = next((week for week in weeks if week.monday == monday), None)
    context = {
        "title": _("Unusual access"),
        "sub": _("What a rule found in the log. A finding is a question, no verdict."),
        "weeks": [_week_line(week, monday) for week in weeks],
        "week": chosen,
        "monday": monday,
        "sunday": monday + timedelta(days=6),
        "lines": [_line(one) for one in found],
        "may_sign": bool(
            chosen and chosen.is_over and not chosen.signed_at and not chosen.still_open
        ),
        "current_year": today.year,
    }
    return render(request, "desk/stewardship/review.html", context)


def _week(text: str, today: date) -> date:
    """Return the Monday of the week asked for; the last one where none is."""
    try:
        asked = date.fromisoformat(text)
    except ValueError:
        return reviewing.last_week(today)
    return iso_week_start(asked) if asked <= today else reviewing.last_week(today)


def _week_line(week: findings.Week, chosen: date) -> WeekLine:
    if week.signed_at is not None:
        pill, state = _("signed off"), State.OK
    elif week.is_over:
        pill, state = _("not signed off"), State.OVERDUE
    else:
        pill, state = _("this week"), State.INFO
    number = ngettext("%(number)s finding", "%(number)s findings", week.found)
    return WeekLine(
        url=f"{reverse('desk:review')}?week={week.monday.isoformat()}",
        monday=week.monday,
        sunday=week.sunday,
        found=number % {"number": week.found},
        pill=pill,
        state=state,
        is_current=week.monday == chosen,
    )


def _line(one: Any) -> FindingLine:
    return FindingLine(
        url=reverse("desk:finding", args=[one.pk]),
        who=one.user.name,
        about=_about(one.applicant_id),
        day=one.day,
        accesses=_accesses(one),
        why=signs(one.rules),
        pill=str(one.get_state_display()),
        state=STATES[FindingState(one.state)],
    )


def _about(applicant_id: UUID | None) -> str:
    if applicant_id is None:
        return _("many applicants")
    return _("applicant %(key)s") % {"key": findings.pseudonym(applicant_id)}


def _accesses(one: Any) -> str:
    if one.applicant_id is None:
        text = ngettext(
            "%(number)s applicant in an hour",
            "%(number)s applicants in an hour",
            one.accesses,
        )
    else:
        text = ngettext("%(number)s entry", "%(number)s entries", one.accesses)
    return text % {"number": one.accesses}


@fresh_factor
@require_http_methods(["GET", "POST"])
def finding(request: HttpRequest, key: UUID) -> HttpResponse:
    """One finding: what the log says, what was answered, and the conclusion."""
    actor = _actor(request)
    one = findings.finding(actor, key)
    form = WordsForm(request.POST or None)
    form.fields["words"].label = _("Conclusion")
    if request.method == "POST" and form.is_valid():
        words = form.cleaned_data["words"]
        try:
            findings.close(actor=actor, key=key, words=words, now=timezone.now())
        except InputFault as fault:
            add_fault(form, fault)
        else:
            return go(request, _back(one.day))
    entries = list(findings.accesses(actor, one)[:200])
    audit.record(actor, "finding_opened", one, count=len(entries))
    context = {
        "title": _("Access of %(name)s") % {"name": one.user.name},
        "finding": one,
        "line": _line(one),
        "entries": [_entry(entry) for entry in entries],
        "form": form,
        "back_url": _back(one.day),
        "is_own": one.user_id == actor.id,
        "may_ask": one.state == FindingState.OPEN,
        "current_year": timezone.localdate().year,
    }
    name = "desk/stewardship/finding.html"
    return render(request, name, context, status=status_of(form))


def _back(day: date) -> str:
    return f"{reverse('desk:review')}?week={iso_week_start(day).isoformat()}"


def _entry(entry: Any) -> tuple[datetime, str, str]:
    """Return when, what kinds of information, and on which ground."""
    if entry.outcome in looked.ATTEMPTS:
        return entry.at, _("tried, saw nothing"), ""
    shown = looking.classes(looked.classes_of(entry))
    why = looking.why(entry.ground, entry.purpose)
    return entry.at, shown or _("wrote or changed something"), why


@fresh_factor
@require_POST
def ask(request: HttpRequest, key: UUID) -> HttpResponse:
    """Ask whoever opened the record for a reason."""
    try:
        findings.ask(actor=_actor(request), key=key, now=timezone.now())
    except InputFault as fault:
        messages.error(request, str(fault))
    else:
        messages.success(
            request, _("Asked. It stands on their pages until they answer.")
        )
    return redirect("desk:finding", key)


@fresh_factor
@require_POST
def look(request: HttpRequest) -> HttpResponse:
    """Look through the log of a week again."""
    monday = _week(request.POST.get("week", ""), timezone.localdate())
    findings.weeks(_actor(request), timezone.localdate())  # asks the policy
    tasks.look_through.enqueue(monday.isoformat())
    messages.success(request, _("The log of the week is looked through again."))
    return redirect(_back(monday))


@fresh_factor
@require_POST
def sign_off(request: HttpRequest) -> HttpResponse:
    """Say that a week was looked at."""
    monday = _week(request.POST.get("week", ""), timezone.localdate())
    try:
        findings.sign_off(actor=_actor(request), monday=monday, now=timezone.now())
    except InputFault as fault:
        messages.error(request, str(fault))
    else:
        messages.success(request, _("Week signed off."))
    return redirect(_back(monday))


@require_http_methods(["GET", "POST"])
def answer(request: HttpRequest, key: UUID) -> HttpResponse:
    """The page of whoever was asked: when it was, and room for a reason."""
    actor = _actor(request)
    one = findings.own(actor, key)
    form = WordsForm(request.POST or None)
    form.fields["words"].label = _("Why did you open it?")
    if request.method == "POST" and form.is_valid():
        words = form.cleaned_data["words"]
        try:
            findings.answer(actor=actor, key=key, words=words, now=timezone.now())
        except InputFault as fault:
            add_fault(form, fault)
        else:
            messages.success(request, _("Thank you. The steward reads it."))
            return go(request, reverse("home"))
    context = {
        "title": _("Your reason"),
        "finding": one,
        "about": _known_as(actor, one.applicant_id),
        "why": signs(one.rules),
        "form": form,
        "current_year": timezone.localdate().year,
    }
    name = "desk/stewardship/finding_answer.html"
    return render(request, name, context, status=status_of(form))


def _known_as(actor: Actor, applicant_id: UUID | None) -> str:
    """Return the name where the applicant is in the actor's own care, else a key."""
    if applicant_id is None:
        return _about(None)
    try:
        found = people.applicant(actor, applicant_id, Action.RECORD)
    except Http404:
        return _about(applicant_id)
    audit.record(
        actor,
        "finding_answer_opened",
        applicant=applicant_id,
        information=(Information.IDENTITY,),
        ground=Ground.OWN_CARE,
    )
    return found.name
