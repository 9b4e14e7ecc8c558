"""Pages of support in a job, of its papers, and of what is learned when it ends."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from braid.access.policy import Information
from braid.access.presenters.control import who_sees
from braid.kernel.errors import InputFault
from braid.web.body_limits import body_limit
from braid.web.pages import form_page
from braid.work import commands, queries, support_forms
from braid.work.job_forms import EvidenceForm
from braid.work.opening import actor_of_unit
from braid.work.views import BODY, job_act, sent


@require_http_methods(["GET", "POST"])
def plan(request: HttpRequest, key: UUID) -> HttpResponse:
    """The support plan of a job: what, by whom, early signs, what was agreed."""
    actor, today = actor_of_unit(request), timezone.localdate()
    found = queries.job(actor, key)
    held = queries.plan_to_change(actor, found)
    form = support_forms.SupportPlanForm(
        request.POST or None,
        held=held.supports if held else (),
        initial=support_forms.SupportPlanForm.initial_of(
            found, held.plan if held else None, today
        ),
    )

    def save(given: dict[str, Any]) -> None:
        commands.keep_support_plan(
            actor=actor, job=found, supports=form.supports(), **form.values()
        )

    return form_page(
        request,
        form,
        save,
        later=who_sees(found.episode.applicant_id, Information.HEALTH_AT_WORK),
        title=_("Support in this job"),
        lead=_("Written together with the person. Only what helps belongs here."),
        done=_("Support plan saved."),
        to=found.get_absolute_url(),
    )


@require_http_methods(["GET", "POST"])
def support(request: HttpRequest, key: UUID) -> HttpResponse:
    """Support that was given in a job."""
    actor = actor_of_unit(request)
    found = queries.job(actor, key)
    form = support_forms.SupportForm(request.POST or None, today=timezone.localdate())

    def save(given: dict[str, Any]) -> None:
        commands.record_supports(actor=actor, job=found, **given)

    return job_act(request, found, form, save, _("Support given"))


@require_http_methods(["GET", "POST"])
def problem(request: HttpRequest, key: UUID) -> HttpResponse:
    """Something that is hard in a job."""
    actor = actor_of_unit(request)
    found = queries.job(actor, key)
    form = support_forms.ProblemForm(request.POST or None, today=timezone.localdate())

    def save(given: dict[str, Any]) -> None:
        commands.note_problem(actor=actor, job=found, **given)

    return form_page(
        request,
        form,
        save,
        later=who_sees(found.episode.applicant_id, Information.CONVERSATION),
        title=_("Something is hard"),
        done=_("Noted."),
        to=found.get_absolute_url(),
    )


@require_http_methods(["GET", "POST"])
def problem_edit(request: HttpRequest, key: UUID) -> HttpResponse:
    """Settle something that was hard, or correct it."""
    actor = actor_of_unit(request)
    found = queries.problem(actor, key)
    names = support_forms.ChangeProblemForm.base_fields
    form = support_forms.ChangeProblemForm(
        request.POST or None,
        today=timezone.localdate(),
        initial={name: getattr(found, name) for name in names},
    )

    def save(given: dict[str, Any]) -> None:
        commands.change_problem(actor=actor, problem=found, **given)

    return form_page(
        request,
        form,
        save,
        later=who_sees(found.job.episode.applicant_id, Information.CONVERSATION),
        title=_("Something was hard"),
        done=_("Saved."),
        to=found.job.get_absolute_url(),
    )


@require_http_methods(["GET", "POST"])
@body_limit(BODY)
def evidence(request: HttpRequest, key: UUID) -> HttpResponse:
    """One more paper about a job."""
    actor, today = actor_of_unit(request), timezone.localdate()
    found = queries.job(actor, key)
    form = EvidenceForm(*sent(request), today=today)

    def save(given: dict[str, Any]) -> None:
        commands.add_evidence(actor=actor, job=found, paper=form.given())

    return job_act(
        request,
        found,
        form,
        save,
        _("A paper about the job"),
        _("It is sealed, and kept with the person's documents."),
    )


@require_POST
def evidence_back(request: HttpRequest, key: UUID) -> HttpResponse:
    """Take a paper about a job away again, with its file."""
    actor = actor_of_unit(request)
    found = queries.evidence(actor, key)
    job = found.job
    commands.take_back_evidence(actor=actor, evidence=found)
    messages.success(request, _("The paper is gone."))
    return redirect(job or found.episode.applicant)


@require_http_methods(["GET", "POST"])
def review(request: HttpRequest, key: UUID) -> HttpResponse:
    """What is learned from the end of a job, for the next one."""
    actor, today = actor_of_unit(request), timezone.localdate()
    found = queries.job(actor, key)
    if found.last_day is None:
        messages.info(request, _("This job goes on. Record its last day first."))
        return redirect(found)
    held = queries.end_review(actor, found)
    form = support_forms.EndReviewForm(
        request.POST or None,
        asks_employer=bool(found.may_contact_workplace),
        initial=support_forms.EndReviewForm.initial_of(found, held, today),
    )
    lead = _("What did we learn? This ends the job, not the support.")
    if not found.may_contact_workplace:
        lead += " " + _(
            "What the employer thinks is not asked: nobody agreed that the workplace "
            "may be talked to."
        )

    def save(given: dict[str, Any]) -> None:
        commands.review_end(actor=actor, job=found, **given)

    return form_page(
        request,
        form,
        save,
        later=who_sees(found.episode.applicant_id, Information.CONVERSATION),
        title=_("How the job ended"),
        lead=lead,
        done=_("Saved."),
        to=found.get_absolute_url(),
    )


@require_POST
def search_again(request: HttpRequest, key: UUID) -> HttpResponse:
    """The search begins again after a job, without a new referral."""
    actor = actor_of_unit(request)
    found = queries.job(actor, key)
    try:
        commands.search_again(actor=actor, job=found, day=timezone.localdate())
    except InputFault as fault:
        messages.info(request, str(fault))
    else:
        messages.success(
            request, _("The search begins again. Nobody has to be referred anew.")
        )
    return redirect(found)


@require_POST
def reopen(request: HttpRequest, key: UUID) -> HttpResponse:
    """Take the end of a job back: it goes on."""
    actor = actor_of_unit(request)
    found = queries.job(actor, key)
    commands.reopen_job(actor=actor, job=found)
    messages.success(request, _("The job goes on."))
    return redirect(found)
