"""Scenario pages: asked, read, confirmed, printed, handed over, shown or hidden."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from braid.access.policy import Action, Actor, Information, may
from braid.benefits import asking, commands, forms, queries, working_out
from braid.benefits.commands.calculations import may_print
from braid.benefits.models import Calculation
from braid.benefits.presenters import page as presenter
from braid.benefits.presenters.paper import paper
from braid.benefits.presenters.scenario import scenario, why_not, worked_out_by
from braid.benefits.presenters.words import READ_BY_FEW, TRAINING
from braid.benefits.rules import is_expired
from braid.benefits.views.opening import anybody, counsellor, opened
from braid.benefits.views.process import address
from braid.documents import making
from braid.kernel.errors import InputFault, Stale
from braid.web.pages import form_page, stale_sentence
from braid.work.queries.agreed_terms import agreed_terms


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest, applicant_id: UUID) -> HttpResponse:
    """Ask what a job changes; a worker works it out."""
    actor, today = counsellor(request), timezone.localdate()
    page = queries.page_of(actor, applicant_id)
    benefits = asking.counted(page.benefits, today)
    terms = agreed_terms(actor, applicant_id, today)
    rules = working_out.choices(actor.country)
    form = forms.ScenarioForm(
        request.POST or None,
        benefits=asking.benefit_choices(benefits),
        rules=[(one.id, TRAINING if one.is_training else one.title) for one in rules],
        asks=list(dict.fromkeys(flag for one in rules for flag in one.asks)),
        needs_region=any(one.needs_region for one in rules),
        initial=asking.initial(terms, benefits, today),
    )

    def save(given: dict[str, Any]) -> Calculation:
        return commands.calculate(
            actor=actor,
            episode=page.episode,
            question=given["question"],
            inputs=asking.kept(given, benefits, today),
            counselling=page.open_round or next(iter(page.rounds), None),
        )

    return form_page(
        request,
        form,
        save,
        title=_("What would work change?"),
        lead=_("Filled in from what is known. What is not yet checked stays assumed.")
        + f" {READ_BY_FEW}",
        submit=_("Work it out"),
        done=_("It is being worked out."),
        to=lambda made: reverse("benefits:scenario", args=[made.pk]),
    )


@require_GET
def scenario_page(request: HttpRequest, key: UUID) -> HttpResponse:
    """One question with what every number of hours leaves; for those who may read it."""
    actor, today = anybody(request), timezone.localdate()
    found = queries.calculation(actor, key)
    applicant_id = found.episode.applicant_id
    opened(actor, "scenarios_opened", applicant_id)
    counsels = may(actor, Action.CONFIRM, Information.BENEFITS)
    context = _context(actor, found) | {
        "counsels": counsels,
        "is_own": actor.own == applicant_id,
        "back": address(actor, applicant_id),
        "duties_kept": queries.duties_of(actor, applicant_id),
        "open_questions": queries.open_questions(actor, applicant_id),
        "today": today,
        "before": queries.last_ready(actor, found) if found.state == "failed" else None,
    }
    return render(request, "benefits/scenario.html", context)


def _context(actor: Actor, found: Calculation) -> dict[str, Any]:
    day = timezone.localdate()
    finding = may_print(found, day)
    pill, state = presenter.standing(found)
    is_training = working_out.is_training(found)
    return {
        "title": found.question,
        "calculation": found,
        "person": found.episode.applicant,
        "pill": pill,
        "pill_state": state,
        "scenario": scenario(found, is_training=is_training) if found.result else None,
        "is_expired": is_expired(working_out.expires_on(found), day),
        "may_print": finding.ok,
        "why_not": why_not(finding),
        "rules_title": TRAINING if is_training else working_out.title(found),
        "worked_out_by": worked_out_by(found),
        "current_year": day.year,
    }


@require_GET
def progress(request: HttpRequest, key: UUID) -> HttpResponse:
    """Whether a page is worked out yet; asked again by the page while it waits."""
    actor = anybody(request)
    found = queries.calculation(actor, key)
    answer = render(request, "benefits/progress.html", {"calculation": found})
    if found.state != "queued":
        answer["HX-Refresh"] = "true"
    return answer


@require_GET
def print_page(request: HttpRequest, key: UUID) -> HttpResponse:
    """The one page to hand over; there is none before it may be printed."""
    actor = anybody(request)
    found = queries.calculation(actor, key)
    context = _context(actor, found)
    if not context["may_print"]:
        for sentence in context["why_not"]:
            messages.error(request, sentence)
        return redirect("benefits:scenario", found.pk)
    opened(actor, "scenarios_printed", found.episode.applicant_id)
    context["duties_kept"] = queries.duties_of(actor, found.episode.applicant_id)
    return render(request, "benefits/print.html", context)


@require_GET
def pdf(request: HttpRequest, key: UUID) -> HttpResponse:
    """The same page as a PDF; there is none before it may be printed."""
    actor = anybody(request)
    found = queries.calculation(actor, key)
    context = _context(actor, found)
    if not context["may_print"]:
        return redirect("benefits:scenario_print", found.pk)
    applicant_id = found.episode.applicant_id
    words = paper(
        found,
        context["scenario"],
        queries.duties_of(actor, applicant_id),
        str(context["rules_title"]),
    )
    made = making.make(
        actor,
        template=making.PAPER,
        format="pdf",
        applicant_id=applicant_id,
        team=found.episode.unit,
        kind=Information.BENEFITS,
        title=found.question,
        values=words.values(),
        store=False,
    )
    answer = HttpResponse(made.data, content_type=made.media_type)
    answer["Content-Disposition"] = content_disposition_header(True, made.file_name)
    return answer


def _act(request: HttpRequest, key: UUID, act: Any, done: str) -> HttpResponse:
    actor = anybody(request)
    found = queries.calculation(actor, key)
    try:
        act(actor, found)
    except InputFault as fault:
        messages.error(request, str(fault))
    except Stale:
        messages.error(request, stale_sentence())
    else:
        messages.success(request, done)
    return redirect("benefits:scenario", key)


@require_POST
def duties_told(request: HttpRequest, key: UUID) -> HttpResponse:
    """Note that the duties to report were talked through."""
    day = timezone.localdate()

    def act(actor: Actor, found: Calculation) -> None:
        commands.tell_duties(actor=actor, calculation=found, day=day)

    return _act(request, key, act, _("Noted: the duties were talked through."))


@require_POST
def confirm(request: HttpRequest, key: UUID) -> HttpResponse:
    """A counsellor puts their name to the page."""
    version = request.POST.get("row_version", "")
    if not version.isdecimal():
        raise Http404

    def act(actor: Actor, found: Calculation) -> None:
        commands.confirm(
            actor=actor,
            calculation=found,
            row_version=int(version),
            now=timezone.now(),
        )

    return _act(request, key, act, _("Confirmed with your name."))


@require_POST
def shown(request: HttpRequest, key: UUID) -> HttpResponse:
    """The person lets the specialist read the page, or takes it back."""
    shows = request.POST.get("shown") == "yes"
    command = commands.show_to_unit if shows else commands.hide

    def act(actor: Actor, found: Calculation) -> None:
        command(actor=actor, calculation=found)

    done = (
        _("Your unit can read it now.") if shows else _("Your unit reads it no more.")
    )
    return _act(request, key, act, done)


@require_POST
def discard(request: HttpRequest, key: UUID) -> HttpResponse:
    """Take a draft away."""
    actor = counsellor(request)
    found = queries.calculation(actor, key)
    applicant_id = found.episode.applicant_id
    try:
        commands.discard(actor=actor, calculation=found)
    except InputFault as fault:
        messages.error(request, str(fault))
        return redirect("benefits:scenario", key)
    messages.success(request, _("The draft is gone, with what it held."))
    return redirect("benefits:person", applicant_id)


@require_http_methods(["GET", "POST"])
def hand_over(request: HttpRequest, key: UUID) -> HttpResponse:
    """Note how the page reached the person."""
    actor, today = counsellor(request), timezone.localdate()
    found = queries.calculation(actor, key)
    form = forms.HandOverForm(request.POST or None, initial={"day": today})

    def save(given: dict[str, Any]) -> None:
        commands.hand_over(actor=actor, calculation=found, **given)

    return form_page(
        request,
        form,
        save,
        title=_("Handed over"),
        lead=_("Nothing is sent to anybody from here, and never to a payer."),
        done=_("Saved."),
        to=reverse("benefits:scenario", args=[key]),
    )
