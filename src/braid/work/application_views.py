"""Pages of applications and interviews, and of education."""

from datetime import date
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from django_tables2 import RequestConfig

from braid.access import audit
from braid.access import queries as access
from braid.access.policy import Action, Actor, Ground, Information
from braid.access.presenters.control import who_sees
from braid.kernel.errors import InputFault
from braid.people import queries as people
from braid.people.queries import EpisodeRef
from braid.web.messages import undoable
from braid.web.pages import form_page
from braid.web.presenters import Action as Button
from braid.web.presenters import Tab
from braid.work import commands, queries, tables
from braid.work.choices import ApplicationResult
from braid.work.forms import tri_word
from braid.work.forms_search import ApplicationForm, EducationForm
from braid.work.models import Application, Employer
from braid.work.opening import PAGE, actor_of_unit, back
from braid.work.queries.revisiting import asks_before_interview


def _person(applicant_id: UUID) -> str:
    return reverse("desk:person", args=[applicant_id])


@require_GET
def applications(request: HttpRequest) -> HttpResponse:
    """The unit's applications, the latest first."""
    actor = actor_of_unit(request)
    access.require_anywhere(actor, Action.RECORD, Information.WORK_GOALS)
    result = request.GET.get("result", "")
    rows = queries.applications(actor)
    if result in ApplicationResult.values:
        rows = rows.filter(result=result)
    table = tables.ApplicationTable(rows)
    RequestConfig(request, paginate=PAGE).configure(table)
    audit.record_list(
        actor,
        "applications_opened",
        [row.record.episode.applicant_id for row in table.paginated_rows],
        (Information.IDENTITY, Information.WORK_GOALS),
        ground=Ground.OWN_CARE,
    )
    known = [("", _("All")), *ApplicationResult.choices]
    context = {
        "title": _("Applications"),
        "table": table,
        "tabs": [
            Tab(str(label), f"?result={value}", value == result)
            for value, label in known
        ],
    }
    return render(request, "work/applications.html", context)


def _employer(actor: Actor, form: Any, unit: Any) -> Employer | None:
    named, chosen = (form.cleaned_data[name] for name in ("new_employer", "employer"))
    if named:
        return commands.employer_named(actor=actor, unit=unit, name=named)
    return queries.employer(actor, UUID(chosen)) if chosen else None


def _may_apply(actor: Actor, key: str) -> tuple[EpisodeRef, Any]:
    episode = people.episode(actor, UUID(key))
    return people.ref(episode), episode.unit


@require_http_methods(["GET", "POST"])
def application_new(request: HttpRequest) -> HttpResponse:
    """Log an application."""
    actor, today = actor_of_unit(request), timezone.localdate()
    listed = people.people_to_log_for(actor, actor.id)
    form = ApplicationForm(
        request.POST or None,
        people=listed,
        employers=queries.employer_names(actor),
        today=today,
        initial={name: request.GET.get(name, "") for name in ("person", "employer")},
    )

    def save(given: dict[str, Any]) -> Application:
        episode, unit = _may_apply(actor, given["person"])
        return commands.log_application(
            actor=actor,
            episode=episode,
            employer=_employer(actor, form, unit),
            today=today,
            **form.values(),
        )

    audit.record_list(
        actor,
        "log_application_opened",
        [one.applicant_id for one in listed],
        (Information.IDENTITY,),
        ground=Ground.OWN_CARE,
    )
    return form_page(
        request,
        form,
        save,
        title=_("Log an application"),
        done=_("Application logged."),
        to=lambda made: _person(made.episode.applicant_id),
    )


@require_http_methods(["GET", "POST"])
def application_edit(request: HttpRequest, key: UUID) -> HttpResponse:
    """What an application came to: interview, answer, what we heard."""
    actor, today = actor_of_unit(request), timezone.localdate()
    found = queries.application(actor, key)
    initial = {name: getattr(found, name) for name in ApplicationForm.columns}
    initial |= {
        "employer": str(found.employer_id or ""),
        "with_at_interview": tri_word(found.with_at_interview),
        "row_version": found.row_version,
    }
    form = ApplicationForm(
        request.POST or None,
        people=None,
        employers=queries.employer_names(actor),
        today=today,
        initial=initial,
    )
    _opened(request, actor, found, Information.WORK_GOALS, Information.CONVERSATION)
    return form_page(
        request,
        form,
        lambda given: commands.change_application(
            actor=actor,
            application=found,
            row_version=given["row_version"],
            today=today,
            employer=_employer(actor, form, found.episode.unit),
            **form.values(),
        ),
        later=who_sees(found.episode.applicant_id, Information.CONVERSATION),
        link=_look_again(actor, found, today),
        title=_("Application of %(name)s") % {"name": found.episode.applicant.name},
        done=_("Application saved."),
        to=_person(found.episode.applicant_id),
    )


def _look_again(actor: Actor, found: Application, today: date) -> Button | None:
    """Return the way to the talk that an interview or an offer asks for."""
    if not asks_before_interview(actor, found, today):
        return None
    address = reverse("work:disclosure", args=[found.episode_id])
    return Button(_("Look again at what the employer may know"), address)


def _opened(
    request: HttpRequest, actor: Actor, found: Any, *information: Information
) -> None:
    if request.method == "GET":
        audit.record(
            actor,
            f"{found._meta.model_name}_opened",
            found,
            applicant=found.about,
            information=information,
            ground=Ground.OWN_CARE,
        )


@require_POST
def application_interview(request: HttpRequest, key: UUID) -> HttpResponse:
    """Put the interview into the diary: one tap."""
    actor = actor_of_unit(request)
    found = queries.application(actor, key)
    person = _person(found.episode.applicant_id)
    try:
        made = commands.plan_interview(actor=actor, application=found)
    except InputFault:
        return back(request, reverse("work:application_edit", args=[key]))
    undoable(
        request,
        _("The interview is in your diary."),
        reverse("work:appointment_cancel", args=[made.pk]),
    )
    return back(request, person)


@require_http_methods(["GET", "POST"])
def education_new(request: HttpRequest, episode_id: UUID) -> HttpResponse:
    """An education that somebody begins or is in."""
    actor = actor_of_unit(request)
    episode = people.ref(people.episode(actor, episode_id))
    form = EducationForm(
        request.POST or None, initial={"first_day": timezone.localdate()}
    )
    return form_page(
        request,
        form,
        lambda given: commands.start_education(
            actor=actor, episode=episode, **form.values()
        ),
        later=who_sees(episode.applicant_id, Information.JOBS),
        title=_("Education of %(name)s") % {"name": episode.name},
        done=_("Education saved."),
        to=_person(episode.applicant_id),
    )


@require_http_methods(["GET", "POST"])
def education_edit(request: HttpRequest, key: UUID) -> HttpResponse:
    """Change an education, or end it with its last day."""
    actor = actor_of_unit(request)
    found = queries.education(actor, key)
    initial = {name: getattr(found, name) for name in EducationForm.columns}
    initial["row_version"] = found.row_version
    form = EducationForm(request.POST or None, initial=initial)
    _opened(request, actor, found, Information.JOBS)
    return form_page(
        request,
        form,
        lambda given: commands.change_education(
            actor=actor,
            education=found,
            row_version=given["row_version"],
            **form.values(),
        ),
        later=who_sees(found.episode.applicant_id, Information.JOBS),
        title=_("Education of %(name)s") % {"name": found.episode.applicant.name},
        done=_("Education saved."),
        to=_person(found.episode.applicant_id),
    )
