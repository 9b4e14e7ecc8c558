"""Pages of the leads that the unit shares, and of what fits whose plan."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from braid.access import audit
from braid.access import queries as access
from braid.access.policy import Action, Actor, Ground, Information
from braid.people import queries as people
from braid.web.pages import form_page
from braid.web.presenters import Tab
from braid.work import commands, matching_words, presenters, queries
from braid.work.choices import LeadState
from braid.work.forms_employers import LeadForm
from braid.work.models import Employer, Lead
from braid.work.opening import actor_of_unit, unit_of

SHOWN = 200
MATCHED = (Information.IDENTITY, Information.WORK_GOALS)


def _keeper(request: HttpRequest) -> Actor:
    actor = actor_of_unit(request)
    access.require_anywhere(actor, Action.KEEP_EMPLOYERS)
    return actor


@require_GET
def leads(request: HttpRequest) -> HttpResponse:
    """The leads that the unit shares, with their age."""
    actor, today = _keeper(request), timezone.localdate()
    state = request.GET.get("state", LeadState.OPEN)
    if state not in LeadState.values:
        state = LeadState.OPEN
    context = {
        "title": _("Leads"),
        "leads": queries.leads(actor, today, state)[:SHOWN],
        "tabs": [
            Tab(str(label), f"?state={value}", value == state)
            for value, label in LeadState.choices
        ],
        "is_open": state == LeadState.OPEN,
        "today": today,
        "current_year": today.year,
    }
    return render(request, "work/leads.html", context)


@require_GET
def lead(request: HttpRequest, key: UUID) -> HttpResponse:
    """One lead: what it is, until when, and what can be done with it."""
    actor, today = _keeper(request), timezone.localdate()
    found = queries.lead(actor, key)
    past = found.open_until is not None and found.open_until < today
    context = {
        "title": found.title,
        "lead": found,
        "states": [one for one in LeadState.choices if one[0] != found.state],
        "occupation": presenters.group_words("occupation", found.occupation),
        "is_past": past and found.state == LeadState.OPEN,
        "today": today,
        "current_year": today.year,
    }
    return render(request, "work/lead.html", context)


def _form(request: HttpRequest, actor: Actor, initial: dict[str, Any]) -> LeadForm:
    return LeadForm(
        request.POST or None,
        employers=queries.employer_names(actor),
        caseload_names=lambda: people.caseload_names(actor),
        today=timezone.localdate(),
        initial=initial,
    )


def _employer(actor: Actor, form: Any, unit: Any) -> Employer:
    named = form.cleaned_data["new_employer"]
    if named:
        return commands.employer_named(actor=actor, unit=unit, name=named)
    return queries.employer(actor, UUID(form.cleaned_data["employer"]))


@require_http_methods(["GET", "POST"])
def lead_new(request: HttpRequest) -> HttpResponse:
    """Share a lead: the employer and which work are enough."""
    actor = _keeper(request)
    unit = unit_of(actor)
    form = _form(request, actor, {"employer": request.GET.get("employer", "")})

    def save(given: dict[str, Any]) -> Lead:
        return commands.share_lead(
            actor=actor,
            unit=unit,
            employer=_employer(actor, form, unit),
            **form.values(),
        )

    return form_page(
        request,
        form,
        save,
        title=_("Share a lead"),
        done=_("Lead shared with the unit."),
        to=lambda made: reverse("work:lead", args=[made.pk]),
    )


@require_http_methods(["GET", "POST"])
def lead_edit(request: HttpRequest, key: UUID) -> HttpResponse:
    """Change a lead."""
    actor = _keeper(request)
    found = queries.lead(actor, key)
    initial = {name: getattr(found, name) for name in LeadForm.columns}
    initial |= {"employer": str(found.employer_id), "row_version": found.row_version}
    form = _form(request, actor, initial)
    return form_page(
        request,
        form,
        lambda given: commands.change_lead(
            actor=actor,
            lead=found,
            row_version=given["row_version"],
            employer=_employer(actor, form, found.unit),
            **form.values(),
        ),
        title=found.title,
        done=_("Lead saved."),
        to=reverse("work:lead", args=[key]),
    )


@require_POST
def lead_state(request: HttpRequest, key: UUID) -> HttpResponse:
    """Say that a lead is taken, over, or open again: one tap."""
    actor = _keeper(request)
    found = queries.lead(actor, key)
    try:
        state = LeadState(request.POST.get("state", ""))
    except ValueError as error:
        raise Http404 from error
    commands.put_lead(actor=actor, lead=found, state=state)
    messages.success(request, _("The lead is now: %(state)s.") % {"state": state.label})
    return redirect("work:lead", key=key)


@require_GET
def lead_people(request: HttpRequest, key: UUID) -> HttpResponse:
    """Whose plan a lead fits, and why or why not; by name, never by worth."""
    actor, today = _keeper(request), timezone.localdate()
    access.require_anywhere(actor, Action.RECORD, Information.WORK_GOALS)
    found = queries.lead(actor, key)
    compared, without = queries.people_for(actor, found, today)
    shown, tabs = matching_words.chosen(
        [(one, one.match) for one in compared], request.GET.get("show", "")
    )
    audit.record_list(
        actor,
        "lead_compared",
        [one.applicant_id for one, _match in shown],
        MATCHED,
        ground=Ground.OWN_CARE,
    )
    context = {
        "title": _("People whose plan this fits"),
        "lead": found,
        "lines": [(one, matching_words.match_words(match)) for one, match in shown],
        "tabs": tabs,
        "without_plan": len(without),
    }
    return render(request, "work/lead_people.html", context)


@require_GET
def person_leads(request: HttpRequest, episode_id: UUID) -> HttpResponse:
    """Which open leads fit somebody's plan, and why or why not."""
    actor, today = _keeper(request), timezone.localdate()
    access.require_anywhere(actor, Action.RECORD, Information.WORK_GOALS)
    episode = people.ref(people.episode(actor, episode_id))
    compared = queries.leads_for(actor, episode.id, today)
    shown, tabs = matching_words.chosen(
        [(one.lead, one.match) for one in compared or ()], request.GET.get("show", "")
    )
    audit.record(
        actor,
        "plan_compared",
        applicant=episode.applicant_id,
        information=MATCHED,
        ground=Ground.OWN_CARE,
    )
    context = {
        "title": _("Leads that fit the plan"),
        "episode": episode,
        "has_plan": compared is not None,
        "lines": [(one, matching_words.match_words(match)) for one, match in shown],
        "tabs": tabs,
    }
    return render(request, "work/person_leads.html", context)
