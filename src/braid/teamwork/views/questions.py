"""Pages of questions between the sides: the list, a new one, one with its answer."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from braid.access import audit, policy, sides
from braid.access.policy import Action, Actor, Ground, Information
from braid.access.sight import agreement_number
from braid.kernel.errors import InputFault, Stale
from braid.method.naming import names_in
from braid.teamwork import mails, sealing
from braid.teamwork.commands import answer_links
from braid.teamwork.commands import questions as commands
from braid.teamwork.forms import questions as forms
from braid.teamwork.presenters import questions as words
from braid.teamwork.queries import bounds
from braid.teamwork.queries import questions as queries
from braid.teamwork.queries.bounds import Asking
from braid.teamwork.rules import window
from braid.web.pages import add_fault, form_page, stale_sentence, status_of
from braid.web.responses import go


def _actor(request: HttpRequest) -> Actor:
    """Return the actor, who speaks for one of the sides. Raises Refused."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    sides.side_of(actor)
    return actor


@require_GET
def listed(request: HttpRequest) -> HttpResponse:
    """What is asked of us and what we ask, and how long answers take both ways."""
    actor, today = _actor(request), timezone.localdate()
    of_us, by_us = queries.inbox(actor, today)
    rows = [*of_us, *by_us]
    audit.record_list(
        actor,
        "questions_opened",
        {one.applicant_id for one in rows if one.applicant_id},
        {Information.IDENTITY, *(Information(one.kind) for one in rows if one.kind)},
    )
    first, last = window(today)
    context = {
        "title": _("Questions"),
        "of_us": words.parted(of_us, actor.id, today),
        "by_us": words.parted(by_us, actor.id, today),
        "figures": words.figures(queries.response_times(actor, today)),
        "first": first,
        "last": last,
        "today": today,
        "current_year": today.year,
    }
    return render(request, "teamwork/questions.html", context)


def _about(request: HttpRequest) -> UUID | None:
    """Return the key of the person whom a question is about; None in general."""
    asked = request.GET.get("person", "")
    try:
        return UUID(asked) if asked else None
    except ValueError as error:
        raise Http404 from error


def _form(request: HttpRequest, actor: Actor, asking: Asking) -> forms.QuestionForm:
    """Return the form with what each side may read, as it stands chosen now."""
    form = forms.QuestionForm(
        request.POST if request.method == "POST" else None,
        asking=asking,
        today=timezone.localdate(),
        side=request.GET.get("of", ""),
    )
    text = form.shown("text")
    names: list[str] = []
    if asking.person is None and text:
        names = names_in(text, bounds.known_names(actor))
    if names:
        form.offer_to_keep_name()
    receiver, _staff = form.chosen()
    kind = form.shown("kind") if asking.person is not None else ""
    form.bounds = words.bounds(asking, receiver, kind or _first_kind(form), names)
    return form


def _first_kind(form: forms.QuestionForm) -> str:
    """Return the class that a select shows before anybody has chosen."""
    field: Any = form.fields.get("kind")
    return str(field.choices[0][0]) if field is not None else ""


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Ask one question, about one person or in general."""
    actor, today = _actor(request), timezone.localdate()
    asking = bounds.asking(actor, _about(request), today)
    form = _form(request, actor, asking)

    def save(given: dict[str, Any]) -> Any:
        receiver, staff = form.chosen()
        if receiver is None:
            raise InputFault(_("Choose whom you ask."), field="whom")
        asked = commands.ask(
            actor=actor,
            asking=asking,
            receiver=receiver,
            staff_id=UUID(staff) if staff else None,
            today=today,
            kind=given.get("kind", ""),
            text=given["text"],
            due_on=given["due_on"],
            is_somebody_else=given["is_somebody_else"],
        )
        mails.tell_asked(asked)
        return asked

    person = asking.person
    nobody = _("No other team works with yours here yet, so there is nobody to ask.")
    title = _("Ask about %(name)s") % {"name": person.name} if person else ""
    return form_page(
        request,
        form,
        save,
        title=title or _("Ask a general question"),
        submit=_("Ask"),
        lead="" if asking.receivers else nobody,
        done=_("Asked. The answer will stand on your list."),
        to=lambda asked: reverse("teamwork:question", args=[asked.pk]),
    )


@require_POST
def bounds_part(request: HttpRequest) -> HttpResponse:
    """What each side may read, for the form as it is being filled in; saves nothing."""
    actor = _actor(request)
    asking = bounds.asking(actor, _about(request), timezone.localdate())
    form = _form(request, actor, asking)
    context = {"bounds": form.bounds, "is_part": True}
    return render(request, "teamwork/question_bounds_lines.html", context)


@require_http_methods(["GET", "POST"])
def question(request: HttpRequest, key: UUID) -> HttpResponse:
    """One question with its answer, or with the form to answer it."""
    actor, today = _actor(request), timezone.localdate()
    try:
        found = queries.question(actor, key)
    except Http404:
        if request.POST.get("answer") and queries.was_ours(actor, key):
            return _closed(request)
        raise
    form = None
    if queries.is_asked(actor, found):
        form = forms.AnswerForm(request.POST if request.method == "POST" else None)
        if request.method == "POST" and _is_answered(actor, found, form):
            messages.success(request, _("Answered. Thank you."))
            return go(request, reverse("teamwork:questions"))
    elif request.method == "POST":
        raise Http404
    _record(actor, found)
    commands.mark_seen(actor=actor, question=found, today=today)
    line = words.line(queries.view_of(actor, found), today)
    context = {
        "title": _("Question"),
        "line": line,
        "question": line.view,
        "form": form
        if line.view.is_open or (form is not None and form.errors)
        else None,
        "is_asked": form is not None and line.view.is_open,
        "is_asker": queries.is_asker(actor, found) and line.view.is_open,
        "may_remind": found.reminded_on != today,
        "current_year": today.year,
    }
    status = status_of(form) if form is not None else 200
    return render(request, "teamwork/question.html", context, status=status)


def _is_answered(actor: Actor, found: Any, form: forms.AnswerForm) -> bool:
    """Save the answer; say beside the field what stands in the way."""
    if not form.is_valid():
        return False
    try:
        commands.answer(
            actor=actor,
            question=found,
            text=form.cleaned_data["answer"],
            today=timezone.localdate(),
        )
    except InputFault as fault:
        add_fault(form, fault)
    except Stale:
        form.add_error(None, stale_sentence())
    else:
        return True
    return False


def _closed(request: HttpRequest) -> HttpResponse:
    """Give back what was typed to somebody who may not read the question any more."""
    context = {
        "title": _("Not sent"),
        "typed": request.POST.get("answer", "")[: commands.LONGEST_ANSWER],
    }
    return render(request, "teamwork/answer_closed.html", context, status=422)


def _record(actor: Actor, found: Any) -> None:
    """Record that a question about somebody was opened: which class, on which ground."""
    if found.about is None:
        return
    kind = Information(found.kind)
    subject = found.subject(kind, timezone.localdate())
    ground = policy.decide(actor, Action.TAKE_PART, subject).reason
    audit.record(
        actor,
        "question_opened",
        found,
        applicant=found.about,
        holder=found.unit.organisation_id,
        information=(Information.IDENTITY, kind),
        ground=ground,
        consent_number=agreement_number(actor, found.about, kind)
        if ground == Ground.CONSENT
        else None,
    )


@require_http_methods(["GET", "POST"])
def give(request: HttpRequest, key: UUID) -> HttpResponse:
    """Give a question to somebody of one's own side."""
    actor, today = _actor(request), timezone.localdate()
    found = queries.question(actor, key)
    if not queries.is_asked(actor, found):
        raise Http404
    form = forms.GiveForm(
        request.POST or None,
        staff=queries.colleagues(actor, found, today),
        initial={"staff": found.of_staff_id, "row_version": found.row_version},
    )
    return form_page(
        request,
        form,
        lambda given: commands.give(
            actor=actor,
            question=found,
            staff_id=UUID(given["staff"]) if given["staff"] else None,
            row_version=given["row_version"],
            today=today,
        ),
        title=_("Who answers this question?"),
        lead=sealing.text_of(found),
        done=_("Given on."),
        to=reverse("teamwork:question", args=[key]),
    )


@require_http_methods(["GET", "POST"])
def link(request: HttpRequest, key: UUID) -> HttpResponse:
    """Make a link by which somebody without an account answers; shown once."""
    actor, now = _actor(request), timezone.now()
    found = queries.question(actor, key)
    if not queries.is_asker(actor, found):
        raise Http404
    form = forms.LinkForm(
        request.POST if request.method == "POST" else None,
        mails=settings.BRAID_MAILS,
        initial={"who": found.of_words},
    )

    def save(given: dict[str, Any]) -> HttpResponse:
        to = given.get("sent_to", "")
        made = answer_links.make(
            actor=actor,
            question=found,
            who=given["who"],
            sent_to=to,
            now=now,
            day=timezone.localdate(now),
        )
        address = request.build_absolute_uri(
            reverse("teamwork:answer_link", args=[made.link])
        )
        context = {
            "title": _("The link and its code"),
            "address": address,
            "code": f"{made.code[:4]} {made.code[4:]}",
            "sent_to": to if mails.send_link(address, to) else "",
            "question": found,
            "until": timezone.localdate(now + answer_links.LASTS),
            "current_year": timezone.localdate(now).year,
        }
        return render(request, "teamwork/answer_link_made.html", context)

    return form_page(
        request,
        form,
        save,
        title=_("Let somebody answer without an account"),
        submit=_("Make the link"),
        lead=_(
            "You get a link and a code, each once. The link opens this question alone. "
            "Give them the code another way: by telephone or in a message."
        ),
        to=lambda shown: shown,
    )


@require_POST
def remind(request: HttpRequest, key: UUID) -> HttpResponse:
    """Ask again, as a prompt and no more."""
    actor, today = _actor(request), timezone.localdate()
    found = queries.question(actor, key)
    if _did(request, commands.remind, actor=actor, question=found, today=today):
        mails.tell_asked(found)
        messages.success(request, _("Asked again. It stands on top of their list."))
    return go(request, reverse("teamwork:question", args=[key]))


@require_POST
def take_back(request: HttpRequest, key: UUID) -> HttpResponse:
    """Take a question back that is not needed any more."""
    actor, today = _actor(request), timezone.localdate()
    found = queries.question(actor, key)
    if _did(request, commands.take_back, actor=actor, question=found, today=today):
        messages.success(request, _("Taken back."))
    return go(request, reverse("teamwork:questions"))


def _did(request: HttpRequest, command: Any, **given: Any) -> bool:
    """Do what a button asks for; what stands in the way is told as a message."""
    try:
        done: bool = command(**given)
    except InputFault as fault:
        messages.error(request, str(fault))
        return False
    return done
