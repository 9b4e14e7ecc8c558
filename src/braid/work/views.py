"""Pages of employers and jobs."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from django_tables2 import RequestConfig

from braid.access import audit
from braid.access import queries as access
from braid.access.policy import Action, Actor, Information
from braid.access.presenters.control import who_sees
from braid.packs import jurisdictions
from braid.web.pages import form_page
from braid.work import commands, forms, presenters, queries, rules, tables
from braid.work.filters import JobFilter
from braid.work.models import Employer, Job

PAGE = {"per_page": 50}


def _actor(request: HttpRequest) -> Actor:
    """Return the actor of a page of the unit; who keeps no record of it is refused."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    access.require_anywhere(actor, Action.RECORD, Information.ATTENDANCE)
    return actor


@require_GET
def employers(request: HttpRequest) -> HttpResponse:
    """The employer directory, searchable whatever the spelling."""
    actor = _actor(request)
    access.require_anywhere(actor, Action.KEEP_EMPLOYERS)
    text = request.GET.get("q", "").strip()[:100]
    rows = queries.employers(actor)
    if text:
        rows = rows.filter(pk__in=queries.search_employers(actor, text))
    table = tables.EmployerTable(rows)
    RequestConfig(request, paginate=PAGE).configure(table)
    context = {
        "title": _("Employers"),
        "table": table,
        "text": text,
    }
    return render(request, "work/employers.html", context)


@require_GET
def employer(request: HttpRequest, key: UUID) -> HttpResponse:
    """One employer: what we know, who spoke to whom, what comes next."""
    actor = _actor(request)
    found = queries.employer(actor, key)
    if found.pk != key:
        return redirect(found)
    context = {
        "title": found.name,
        "employer": found,
        "branches": queries.branches(actor, found),
        "contacts": queries.contacts_with(actor, found)[:50],
        "jobs": queries.jobs_at(actor, found),
        "current_year": timezone.localdate().year,
    }
    return render(request, "work/employer.html", context)


def _employer_form(request: HttpRequest, actor: Actor, found: Employer | None) -> Any:
    others = [
        (key, name)
        for key, name in queries.employer_names(actor)
        if found is None or key != found.pk
    ]
    initial: dict[str, Any] = {}
    if found is not None:
        names = forms.EmployerForm.base_fields
        initial = {name: getattr(found, name) for name in names}
        initial["parent"] = str(found.parent_id or "")
    return forms.EmployerForm(request.POST or None, others=others, initial=initial)


def _employer_values(actor: Actor, form: Any) -> dict[str, Any]:
    values = dict(form.cleaned_data)
    values.pop("row_version")
    parent = values.pop("parent")
    values["parent"] = queries.employer(actor, UUID(parent)) if parent else None
    systems = jurisdictions.of_country(actor.country).identifiers.employer
    values["register_system"] = (
        systems[0] if systems and values["register_number"] else ""
    )
    return values


@require_http_methods(["GET", "POST"])
def employer_new(request: HttpRequest) -> HttpResponse:
    """A new entry in the directory."""
    actor = _actor(request)
    unit = access.units(actor, Action.KEEP_EMPLOYERS).first()
    if unit is None:
        raise Http404
    form = _employer_form(request, actor, None)
    return form_page(
        request,
        form,
        lambda given: commands.add_employer(
            actor=actor, unit=unit, **_employer_values(actor, form)
        ),
        title=_("New employer"),
        done=_("Employer added."),
        to=lambda made: made.get_absolute_url(),
    )


@require_http_methods(["GET", "POST"])
def employer_edit(request: HttpRequest, key: UUID) -> HttpResponse:
    """Change an entry of the directory."""
    actor = _actor(request)
    found = queries.employer(actor, key)
    form = _employer_form(request, actor, found)
    return form_page(
        request,
        form,
        lambda given: commands.change_employer(
            actor=actor,
            employer=found,
            row_version=given["row_version"],
            **_employer_values(actor, form),
        ),
        title=found.name,
        done=_("Employer saved."),
        to=found.get_absolute_url(),
    )


@require_http_methods(["GET", "POST"])
def duplicates(request: HttpRequest) -> HttpResponse:
    """Employers that may be one: merged or kept apart by a person, never by themselves."""
    actor = _actor(request)
    access.require_anywhere(actor, Action.KEEP_EMPLOYERS)
    if request.method == "POST":
        first = queries.employer(actor, _key(request, "first"))
        second = queries.employer(actor, _key(request, "second"))
        act = request.POST.get("act")
        if act in ("merge", "merge_second"):
            keep, other = (first, second) if act == "merge" else (second, first)
            commands.merge_employers(actor=actor, keep=keep, duplicate=other)
            messages.success(
                request, _("Merged: everything stands under one name now.")
            )
        else:
            commands.keep_apart(actor=actor, first=first, second=second)
            messages.success(request, _("Kept as two."))
        return redirect("work:duplicates")
    pairs = [
        (pair, presenters.LIKE_REASONS[pair.reason])
        for pair in queries.employers_alike(actor)
    ]
    context = {"title": _("May be the same"), "pairs": pairs}
    return render(request, "work/duplicates.html", context)


def _key(request: HttpRequest, name: str) -> UUID:
    try:
        return UUID(request.POST.get(name, ""))
    except ValueError as error:
        raise Http404 from error


@require_GET
def jobs(request: HttpRequest) -> HttpResponse:
    """Jobs and placements of the unit."""
    actor = _actor(request)
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
    context = {"title": _("Jobs"), "table": table, "filter": found}
    return render(request, "work/jobs.html", context)


@require_GET
def job(request: HttpRequest, key: UUID) -> HttpResponse:
    """One job: its class with reasons, terms, absences, what is still to be said."""
    actor, today = _actor(request), timezone.localdate()
    found = queries.job(actor, key)
    audit.record(
        actor,
        "job_opened",
        found,
        applicant=found.episode.applicant_id,
        information=(Information.JOBS,),
        ground="own_care",
    )
    pack = jurisdictions.of_country(found.episode.unit.organisation.country)
    context = {
        "title": found.title or _("Job"),
        "job": found,
        "person": found.episode.applicant,
        "verdict": presenters.verdict_words(rules.verdict(found, pack.table_switches)),
        "terms": [(one, presenters.terms_line(one)) for one in found.terms.all()],
        "paid_hours": queries.paid_hours(found.paid_work.all()),
        "absences": list(found.absences.all()),
        "goes_on": found.last_day is None and found.first_day <= today,
        "current_year": today.year,
    }
    return render(request, "work/job.html", context)


@require_http_methods(["GET", "POST"])
def job_edit(request: HttpRequest, key: UUID) -> HttpResponse:
    """The full form of a job start."""
    actor = _actor(request)
    found = queries.job(actor, key)
    pack = jurisdictions.of_country(found.episode.unit.organisation.country)
    form = forms.JobForm(
        request.POST or None,
        placements=presenters.placements_here(pack),
        initial=forms.JobForm.initial_of(found),
    )
    return form_page(
        request,
        form,
        lambda given: commands.change_job(actor=actor, job=found, **given),
        later=who_sees(found.episode.applicant_id, Information.JOBS),
        title=_("About the job"),
        done=_("Job saved."),
        to=found.get_absolute_url(),
    )


@require_http_methods(["GET", "POST"])
def terms(request: HttpRequest, key: UUID) -> HttpResponse:
    """New hours or pay from a day on."""
    actor, today = _actor(request), timezone.localdate()
    found = queries.job(actor, key)
    last = list(found.terms.all())[-1:]
    pack = jurisdictions.of_country(found.episode.unit.organisation.country)
    initial: dict[str, Any] = {
        "first_day": max(found.first_day, today) if last else found.first_day,
        "currency": pack.customs.currency,
        "pay_unit": "hour",
    }
    for one in last:
        initial |= {
            "weekly_hours": one.weekly_hours,
            "pay": one.pay,
            "pay_unit": one.pay_unit or "hour",
            "currency": one.currency or pack.customs.currency,
        }
    form = forms.TermsForm(request.POST or None, initial=initial)
    return _job_act(request, found, form, commands.change_terms, _("Hours and pay"))


@require_http_methods(["GET", "POST"])
def absence(request: HttpRequest, key: UUID) -> HttpResponse:
    """Days away from the job."""
    found = queries.job(_actor(request), key)
    form = forms.AbsenceForm(request.POST or None, today=timezone.localdate())
    return _job_act(request, found, form, commands.record_absence, _("Absence"))


def _job_act(
    request: HttpRequest, found: Job, form: Any, command: Any, title: str
) -> HttpResponse:
    return form_page(
        request,
        form,
        lambda given: command(actor=_actor(request), job=found, **given),
        later=who_sees(found.episode.applicant_id, Information.JOBS),
        title=title,
        done=_("Saved."),
        to=found.get_absolute_url(),
    )


@require_POST
def confirm(request: HttpRequest, key: UUID) -> HttpResponse:
    """Note that the job still goes on today."""
    actor = _actor(request)
    found = queries.job(actor, key)
    commands.change_job(
        actor=actor,
        job=found,
        row_version=found.row_version,
        last_confirmed_on=timezone.localdate(),
    )
    messages.success(request, _("Noted: still in the job today."))
    return redirect(found)
