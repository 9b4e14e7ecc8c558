"""The page of a link: one question, one answer, nobody signed in.

A link that nobody made, one that is used or over, and a wrong code get the same answer.
"""

from datetime import datetime, timedelta
from typing import Any

from allauth.core import ratelimit
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from braid.access.middleware import open_page
from braid.kernel.errors import InputFault, Stale
from braid.people import sight
from braid.teamwork import sealing
from braid.teamwork.commands import answer_links
from braid.teamwork.commands.questions import LONGEST_ANSWER
from braid.teamwork.forms import questions as forms
from braid.teamwork.models import AnswerLink
from braid.teamwork.presenters import questions as words
from braid.teamwork.queries import questions as queries
from braid.web.pages import add_fault, stale_sentence, status_of

ENTERED = "answer_link"
ENTERED_FOR = timedelta(minutes=60)
LIMIT = "answer_code"  # of ACCOUNT_RATE_LIMITS


@open_page
@never_cache
@require_http_methods(["GET", "POST"])
def answer_link(request: HttpRequest, code: str) -> HttpResponse:
    """Ask for the code, then show the question and take the answer."""
    now = timezone.now()
    found = answer_links.find(code, now)
    if _has_entered(request, code, now):
        response = _question(request, found, now)
    elif found is not None and _reads_it_signed_in(request, found):
        return redirect("teamwork:question", found.question_id)
    else:
        response = _code(request, code, now)
    # The address opens something and goes nowhere, not to our own log either. Without
    # even the origin a browser sends forms from "null", which are refused.
    response.headers["Referrer-Policy"] = "strict-origin"
    return response


def _has_entered(request: HttpRequest, link: str, now: datetime) -> bool:
    kept, until = request.session.get(ENTERED, ("", 0))
    return bool(kept == answer_links.link_hash(link) and until > now.timestamp())


def _reads_it_signed_in(request: HttpRequest, found: AnswerLink) -> bool:
    actor: Any = request.actor  # type: ignore[attr-defined]
    if actor is None:
        return False
    try:
        queries.question(actor, found.question_id)
    except Http404:
        return False
    return True


def _code(request: HttpRequest, link: str, now: datetime) -> HttpResponse:
    form = forms.CodeForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        if not ratelimit.consume(request, action=LIMIT):
            form.add_error(None, _("Too many tries. Wait ten minutes and try again."))
        elif answer_links.enter(link=link, code=form.cleaned_data["code"], now=now):
            until = now + ENTERED_FOR
            request.session[ENTERED] = [answer_links.link_hash(link), until.timestamp()]
            return redirect(request.path)
        else:
            form.add_error(None, _no_way_in())
    context = {"title": _("A question for you"), "form": form}
    return render(request, "teamwork/answer_code.html", context, status=status_of(form))


def _no_way_in() -> str:
    return _(
        "This link and this code open no question. Look at the code again; after five "
        "tries, after two weeks, or once it is answered, ask for a new link."
    )


def _question(
    request: HttpRequest, found: AnswerLink | None, now: datetime
) -> HttpResponse:
    day = timezone.localdate(now)
    form = forms.LinkAnswerForm(
        request.POST if request.method == "POST" else None,
        initial={"name": found.question.of_words if found else ""},
    )
    if found is None:
        return _over(request)
    try:
        answer_links.must_be_let(found, day)
        if request.method == "POST" and form.is_valid():
            answer_links.answer(
                link=found,
                text=form.cleaned_data["answer"],
                name=form.cleaned_data["name"],
                now=now,
                day=day,
            )
            request.session.pop(ENTERED, None)
            context = {"title": _("Thank you"), "question": found.question}
            return render(request, "teamwork/answer_thanks.html", context)
    except Stale:
        form.add_error(None, stale_sentence())
    except InputFault as fault:
        if fault.reason:
            return _over(request, str(fault))
        add_fault(form, fault)
    question = found.question
    context = {
        "title": _("A question for you"),
        "question": question,
        "text": sealing.text_of(question),
        "form": form,
        "initials": sight.initials_of(question.about) if question.about else "",
        "what": words.class_words(question.kind),
        "until": timezone.localdate(found.expires_at),
        "current_year": day.year,
    }
    return render(
        request, "teamwork/answer_question.html", context, status=status_of(form)
    )


def _over(request: HttpRequest, sentence: str = "") -> HttpResponse:
    """Give back what was typed where the question cannot be answered any more."""
    context = {
        "title": _("Not sent") if request.method == "POST" else _("This link is over"),
        "sentence": sentence,
        "typed": request.POST.get("answer", "")[:LONGEST_ANSWER],
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "teamwork/answer_over.html", context, status=status)
