"""The page of one person's benefits, and how far counselling is."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from braid.access.policy import Action, Actor, Information, may
from braid.benefits import commands, forms, queries, working_out
from braid.benefits.models import Counselling
from braid.benefits.presenters import page as presenter
from braid.benefits.presenters.words import READ_BY_FEW, READ_BY_UNIT, labels
from braid.benefits.views.opening import anybody, counsellor, opened, staff
from braid.kernel.errors import InputFault
from braid.web.pages import form_page


def address(actor: Actor, applicant_id: UUID) -> str:
    """Return the page to which a form about a person's benefits leads back."""
    if actor.own == applicant_id:
        return reverse("benefits:own")
    return reverse("benefits:person", args=[applicant_id])


@require_GET
def person(request: HttpRequest, applicant_id: UUID) -> HttpResponse:
    """One person's benefits: how far counselling is, what it rests on, what came of it."""
    actor, today = staff(request), timezone.localdate()
    found = queries.page_of(actor, applicant_id)
    opened(actor, "benefits_opened", applicant_id)
    counsels = may(actor, Action.CONFIRM, Information.BENEFITS)
    context = {
        "title": _("Benefits"),
        "person": found.episode,
        "page": presenter.present(found, labels()),
        "counsels": counsels,
        "knows_person": may(actor, Action.RECORD, Information.ATTENDANCE),
        "ledger": counsels and working_out.has_ledger(actor.country),
        "today": today,
        "current_year": today.year,
    }
    return render(request, "benefits/person.html", context)


@require_POST
def offer(request: HttpRequest, applicant_id: UUID) -> HttpResponse:
    """Offer counselling with one tap."""
    actor, today = staff(request), timezone.localdate()
    found = queries.page_of(actor, applicant_id)
    try:
        if found.open_round is not None:
            commands.offer(actor=actor, counselling=found.open_round, day=today)
        else:
            commands.offer_in_one_tap(
                actor=actor, episode_id=found.episode.id, day=today
            )
    except InputFault as fault:
        messages.error(request, str(fault))
    else:
        messages.success(request, _("Offered. The person answers when they want to."))
    return redirect("benefits:person", applicant_id)


@require_http_methods(["GET", "POST"])
def answer(request: HttpRequest, key: UUID) -> HttpResponse:
    """What the person says to the offer; they say it themselves, or it is noted."""
    actor, today = anybody(request), timezone.localdate()
    found = queries.round_of(actor, key)
    form = forms.AnswerForm(
        request.POST or None,
        initial={"answer": found.answer, "row_version": found.row_version},
    )

    def save(given: dict[str, Any]) -> None:
        commands.answer(actor=actor, counselling=found, day=today, **given)

    return _form(request, actor, found, form, save, _("Talk about income and work"))


@require_http_methods(["GET", "POST"])
def book(request: HttpRequest, key: UUID) -> HttpResponse:
    """Agree on a day."""
    actor, today = staff(request), timezone.localdate()
    found = queries.round_of(actor, key)
    form = forms.BookForm(
        request.POST or None,
        initial={"booked_on": found.booked_on, "row_version": found.row_version},
    )

    def save(given: dict[str, Any]) -> None:
        commands.book(actor=actor, counselling=found, today=today, **given)

    return _form(request, actor, found, form, save, _("A day for counselling"))


@require_http_methods(["GET", "POST"])
def done(request: HttpRequest, key: UUID) -> HttpResponse:
    """Counselling took place: what the person decided, and when to look again."""
    actor, today = counsellor(request), timezone.localdate()
    found = queries.round_of(actor, key)
    form = forms.DoneForm(
        request.POST or None,
        initial={
            "done_on": found.done_on or today,
            "before_shift": found.before_shift,
            "person_decision": found.person_decision,
            "next_review_on": found.next_review_on,
            "row_version": found.row_version,
        },
    )

    def save(given: dict[str, Any]) -> None:
        commands.done(actor=actor, counselling=found, **given)

    return _form(request, actor, found, form, save, _("Counselled"), READ_BY_FEW)


def _form(
    request: HttpRequest,
    actor: Actor,
    found: Counselling,
    form: Any,
    save: Any,
    title: str,
    read_by: Any = READ_BY_UNIT,
) -> HttpResponse:
    applicant_id = found.episode.applicant_id
    return form_page(
        request,
        form,
        save,
        title=title,
        done=_("Saved."),
        lead=str(read_by),
        to=address(actor, applicant_id),
    )
