"""Pages of what counselling rests on: benefits, questions, duties."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from braid.access.policy import Actor, Information
from braid.benefits import commands, forms, queries, working_out
from braid.benefits.models import Benefit
from braid.benefits.presenters.words import (
    READ_BY_FEW,
    READ_BY_UNIT,
    TRAINING,
    in_words,
)
from braid.benefits.queries.records import keeping
from braid.benefits.views.opening import anybody
from braid.benefits.views.process import address
from braid.packs import jurisdictions
from braid.people.queries import EpisodeRef
from braid.people.queries.refs import latest_ref
from braid.web.pages import form_page

BENEFIT_FIELDS = (
    *("member", "benefit", "words", "payer", "amount", "period", "first_day"),
    *("last_day", "conditions", "verified", "verified_on"),
)


def _episode(actor: Actor, applicant_id: UUID) -> EpisodeRef:
    return latest_ref(actor, applicant_id, keeping(actor), Information.BENEFITS)


def _choices(country: str) -> list[tuple[str, list[tuple[str, str]]]]:
    return [
        (
            str(TRAINING) if using.is_training else using.title,
            [(one.id, in_words(one.label)) for one in benefits],
        )
        for using, benefits in working_out.benefits_of(country)
    ]


def _benefit_form(
    request: HttpRequest, actor: Actor, shown: Mapping[str, Any], own: bool
) -> forms.BenefitForm:
    return forms.BenefitForm(
        request.POST or None,
        benefits=_choices(actor.country),
        own=own,
        initial=shown,
    )


def _whole(actor: Actor, applicant_id: UUID) -> None:
    """Answer 404 to those who see only how far counselling is."""
    if not queries.sees_all(actor, applicant_id):
        raise Http404


@require_http_methods(["GET", "POST"])
def benefit_new(request: HttpRequest, applicant_id: UUID) -> HttpResponse:
    """One more benefit of the household."""
    actor = anybody(request)
    episode = _episode(actor, applicant_id)
    _whole(actor, applicant_id)
    shown = {"row_version": 1, "verified": "told", "period": "month"}
    form = _benefit_form(request, actor, shown, actor.own == applicant_id)
    currency = jurisdictions.of_country(actor.country).customs.currency

    def save(given: dict[str, Any]) -> Benefit:
        given.pop("row_version")
        return commands.add_benefit(
            actor=actor, episode=episode, currency=currency, **given
        )

    return _page(request, actor, applicant_id, form, save, _("A benefit"))


@require_http_methods(["GET", "POST"])
def benefit_edit(request: HttpRequest, key: UUID) -> HttpResponse:
    """Correct a benefit, or verify it."""
    actor = anybody(request)
    found = queries.benefit(actor, key)
    shown = {name: getattr(found, name) for name in BENEFIT_FIELDS}
    shown["row_version"] = found.row_version
    own = actor.own == found.about
    form = _benefit_form(request, actor, shown, own)

    def save(given: dict[str, Any]) -> None:
        commands.change_benefit(actor=actor, held=found, **given)

    return _page(request, actor, found.episode.applicant_id, form, save, _("A benefit"))


@require_http_methods(["GET", "POST"])
def question_new(request: HttpRequest, applicant_id: UUID) -> HttpResponse:
    """A question for whoever pays."""
    actor = anybody(request)
    episode = _episode(actor, applicant_id)
    form = forms.QuestionForm(request.POST or None)

    def save(given: dict[str, Any]) -> None:
        commands.ask_payer(actor=actor, episode=episode, **given)

    return _page(
        request,
        actor,
        applicant_id,
        form,
        save,
        _("Question to the payer"),
        READ_BY_UNIT,
    )


@require_http_methods(["GET", "POST"])
def question_answer(request: HttpRequest, key: UUID) -> HttpResponse:
    """What the payer answered."""
    actor, today = anybody(request), timezone.localdate()
    found = queries.question(actor, key)
    form = forms.AnsweredForm(
        request.POST or None,
        initial={
            "answer": found.answer,
            "answered_by": found.answered_by,
            "answered_on": found.answered_on or today,
            "row_version": found.row_version,
        },
    )

    def save(given: dict[str, Any]) -> None:
        commands.answer_question(actor=actor, question=found, **given)

    applicant_id, title = found.episode.applicant_id, _("Answer of the payer")
    return _page(request, actor, applicant_id, form, save, title, READ_BY_UNIT)


@require_http_methods(["GET", "POST"])
def duty_new(request: HttpRequest, applicant_id: UUID) -> HttpResponse:
    """Something to report: who tells whom what, by when."""
    actor = anybody(request)
    episode = _episode(actor, applicant_id)
    _whole(actor, applicant_id)
    form = forms.DutyForm(request.POST or None)

    def save(given: dict[str, Any]) -> None:
        commands.add_duty(actor=actor, episode=episode, **given)

    return _page(request, actor, applicant_id, form, save, _("To report"))


@require_POST
def duty_done(request: HttpRequest, key: UUID) -> HttpResponse:
    """Note that something was reported, or that it was not."""
    actor, today = anybody(request), timezone.localdate()
    found = queries.duty(actor, key)
    day: date | None = None if request.POST.get("undo") else today
    commands.report_done(actor=actor, duty=found, day=day)
    messages.success(request, _("Noted.") if day else _("Taken back."))
    return redirect(address(actor, found.episode.applicant_id))


def _page(
    request: HttpRequest,
    actor: Actor,
    applicant_id: UUID,
    form: Any,
    save: Any,
    title: str,
    read_by: Any = READ_BY_FEW,
) -> HttpResponse:
    return form_page(
        request,
        form,
        save,
        title=title,
        done=_("Saved."),
        lead=str(read_by),
        to=address(actor, applicant_id),
    )
