"""Pages of jobs: the list, one job, its start, its terms and the days away from it."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from django_tables2 import RequestConfig

from braid.access import audit
from braid.access import queries as access
from braid.access.policy import Action, Actor, Information
from braid.access.presenters.control import who_sees
from braid.documents.rules import MAX_BYTES
from braid.packs import jurisdictions
from braid.web.body_limits import body_limit
from braid.web.pages import form_page
from braid.web.presenters import Action as Button
from braid.work import commands, job_forms, job_presenters, presenters, queries, tables
from braid.work.commands.jobs import Ordinary
from braid.work.filters import JobFilter
from braid.work.models import Job
from braid.work.opening import PAGE, actor_of_unit

BODY = MAX_BYTES + 64 * 1024  # a paper and the other fields


def sent(request: HttpRequest) -> tuple[Any, Any]:
    """Return what a form was sent with, files as well, or nothing."""
    if request.method != "POST":
        return None, None
    return request.POST, request.FILES


@require_GET
def jobs(request: HttpRequest) -> HttpResponse:
    """Jobs and placements of the unit."""
    actor = actor_of_unit(request)
    access.require_anywhere(actor, Action.RECORD, Information.JOBS)
    found = JobFilter(request.GET, queryset=queries.jobs(actor))
    table = tables.JobTable(found.qs)
    RequestConfig(request, paginate=PAGE).configure(table)
    audit.record_list(
        actor,
        "jobs_opened",
        [row.record.episode.applicant_id for row in table.paginated_rows],
        (Information.IDENTITY, Information.JOBS),
    )
    context = {
        "title": _("Jobs"),
        "table": table,
        "filter": found,
        "actions": [Button(_("Applications"), reverse("work:applications"))],
    }
    return render(request, "work/jobs.html", context)


@require_GET
def job(request: HttpRequest, key: UUID) -> HttpResponse:
    """One job: its class with reasons, terms, support, papers, what came of it."""
    actor, today = actor_of_unit(request), timezone.localdate()
    found = queries.job(actor, key)
    audit.record(
        actor,
        "job_opened",
        found,
        applicant=found.episode.applicant_id,
        information=(
            Information.JOBS,
            Information.HEALTH_AT_WORK,
            Information.CONVERSATION,
        ),
        ground="own_care",
    )
    pack = _pack(found)
    context = {
        **job_presenters.head(found, pack, today),
        **job_presenters.support(actor, found, pack, today),
        **job_presenters.papers(actor, found, today),
        **job_presenters.ending(actor, found, today),
        **job_presenters.begun(actor, found, today),
        "who_sees": who_sees(found.episode.applicant_id, Information.JOBS),
        "current_year": today.year,
    }
    return render(request, "work/job.html", context)


def _pack(found: Job) -> jurisdictions.Jurisdiction:
    return jurisdictions.of_country(found.episode.unit.organisation.country)


@require_http_methods(["GET", "POST"])
@body_limit(BODY)
def job_edit(request: HttpRequest, key: UUID) -> HttpResponse:
    """The full form of a job start, with its first hours and pay and a paper."""
    actor, today = actor_of_unit(request), timezone.localdate()
    found = queries.job(actor, key)
    pack = _pack(found)
    first = next(iter(found.terms.all()), None)
    initial = job_forms.JobForm.initial_of(found, first, pack.customs.currency)
    if not found.disclosure:
        limit = queries.agreed_for(actor, found.episode_id, found.employer_id, today)
        initial["disclosure"] = limit.of_job
    form = job_forms.JobForm(
        *sent(request),
        placements=presenters.placements_here(pack),
        initial=initial,
    )

    def save(given: dict[str, Any]) -> None:
        commands.complete_job(
            actor=actor,
            job=found,
            terms=form.terms(),
            paper=form.paper(today),
            **form.values(),
        )
        tell_of_others(request, actor, found)

    return form_page(
        request,
        form,
        save,
        later=who_sees(found.episode.applicant_id, Information.JOBS),
        title=_("About the job"),
        done=_("Job saved."),
        to=found.get_absolute_url(),
    )


def tell_of_others(request: HttpRequest, actor: Actor, found: Job) -> None:
    """Say that the person has another job in these days: both count, hours add."""
    for sentence in job_presenters.others(actor, found):
        messages.info(request, sentence)


@require_http_methods(["GET", "POST"])
def terms(request: HttpRequest, key: UUID) -> HttpResponse:
    """New hours, pay, title or contract from a day on."""
    actor, today = actor_of_unit(request), timezone.localdate()
    found = queries.job(actor, key)
    last = next(reversed(list(found.terms.all())), None)
    from_day = found.first_day if last is None else max(found.first_day, today)
    form = job_forms.TermsForm(
        request.POST or None,
        initial={"first_day": from_day}
        | job_forms.TermsForm.initial_terms(last, _pack(found).customs.currency),
    )

    def save(given: dict[str, Any]) -> None:
        new = form.terms()
        commands.change_terms(
            actor=actor,
            job=found,
            weekly_hours=new.weekly_hours,
            pay=new.pay,
            pay_unit=new.pay_unit,
            currency=new.currency,
            **{
                name: given[name]
                for name in ("first_day", "title", "permanence", "reason")
            },
        )

    return job_act(request, found, form, save, _("Hours and pay"))


@require_http_methods(["GET", "POST"])
def ordinary(request: HttpRequest, key: UUID) -> HttpResponse:
    """A job with a subsidy or a scheme goes on without it from a day on."""
    actor, today = actor_of_unit(request), timezone.localdate()
    found = queries.job(actor, key)
    last = next(reversed(list(found.terms.all())), None)
    form = job_forms.OrdinaryForm(
        request.POST or None,
        initial={"first_day": today, "row_version": found.row_version}
        | {"permanence": found.permanence}
        | job_forms.OrdinaryForm.initial_terms(last, _pack(found).customs.currency),
    )

    def save(given: dict[str, Any]) -> Job:
        turned = Ordinary(given["first_day"], given["permanence"], form.terms())
        return commands.turn_ordinary(
            actor=actor, job=found, row_version=given["row_version"], ordinary=turned
        )

    return form_page(
        request,
        form,
        save,
        later=who_sees(found.episode.applicant_id, Information.JOBS),
        title=_("It turned ordinary"),
        lead=_(
            "The time with the scheme and the time without stay apart, so that each "
            "is counted as what it was. The support goes on."
        ),
        done=_("Saved. Say the rest about the ordinary job here."),
        to=lambda made: made.get_absolute_url(),
    )


@require_http_methods(["GET", "POST"])
def absence(request: HttpRequest, key: UUID) -> HttpResponse:
    """Days away from the job."""
    actor = actor_of_unit(request)
    found = queries.job(actor, key)
    form = job_forms.AbsenceForm(request.POST or None, today=timezone.localdate())

    def save(given: dict[str, Any]) -> None:
        commands.record_absence(actor=actor, job=found, **given)

    return job_act(request, found, form, save, _("Absence"))


@require_http_methods(["GET", "POST"])
def absence_edit(request: HttpRequest, key: UUID) -> HttpResponse:
    """End days away from a job, or correct them."""
    actor, today = actor_of_unit(request), timezone.localdate()
    away = queries.absence(actor, key)
    names = job_forms.ChangeAbsenceForm.base_fields
    initial = {name: getattr(away, name) for name in names}
    form = job_forms.ChangeAbsenceForm(
        request.POST or None, today=today, initial=initial
    )

    def save(given: dict[str, Any]) -> None:
        commands.change_absence(actor=actor, absence=away, **given)

    return job_act(request, away.job, form, save, _("Absence"))


def job_act(
    request: HttpRequest, found: Job, form: Any, save: Any, title: str, lead: str = ""
) -> HttpResponse:
    """Return a form about a job that leads back to the job."""
    return form_page(
        request,
        form,
        save,
        later=who_sees(found.episode.applicant_id, Information.JOBS),
        title=title,
        lead=lead,
        done=_("Saved."),
        to=reverse("work:job", args=[found.pk]),
    )


@require_POST
def confirm(request: HttpRequest, key: UUID) -> HttpResponse:
    """Note that the job still goes on today."""
    actor = actor_of_unit(request)
    found = queries.job(actor, key)
    commands.change_job(
        actor=actor,
        job=found,
        row_version=found.row_version,
        last_confirmed_on=timezone.localdate(),
    )
    messages.success(request, _("Noted: still in the job today."))
    return redirect(found)
