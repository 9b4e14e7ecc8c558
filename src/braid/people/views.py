"""Pages that change what is known of a person and of the course of an episode."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from braid.access import audit
from braid.access import queries as access
from braid.access.choices import TeamKind
from braid.access.policy import Action, Actor, Information
from braid.access.presenters.control import who_sees
from braid.kernel.errors import InputFault
from braid.packs import jurisdictions
from braid.people import commands, forms, queries
from braid.people.models import Episode
from braid.web.pages import add_fault, form_page, status_of
from braid.web.responses import go


def _actor(request: HttpRequest) -> Actor:
    """Return the actor of a page of the unit; who keeps no record of it is refused."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    access.require_anywhere(actor, Action.RECORD, Information.ATTENDANCE)
    return actor


def _person_url(episode: Episode) -> str:
    return reverse("desk:person", args=[episode.applicant_id])


@require_http_methods(["GET", "POST"])
def details(request: HttpRequest, applicant_id: UUID) -> HttpResponse:
    """Name and contact details."""
    actor = _actor(request)
    person = queries.applicant(
        actor, applicant_id, Action.RECORD, Information.CONTACT_DETAILS
    )
    if request.method == "GET":
        audit.record(
            actor,
            "details_opened",
            person,
            applicant=applicant_id,
            information=(Information.IDENTITY, Information.CONTACT_DETAILS),
            ground="own_care",
        )
    names = list(forms.DetailsForm.base_fields)
    form = forms.DetailsForm(
        request.POST or None, initial={name: getattr(person, name) for name in names}
    )

    def save(given: dict[str, Any]) -> None:
        commands.change_applicant(
            actor=actor,
            applicant=person,
            row_version=given["row_version"],
            **form.values(),
        )

    return form_page(
        request,
        form,
        save,
        later=who_sees(applicant_id, Information.CONTACT_DETAILS),
        title=_("Name and contact details"),
        done=_("Details saved."),
        to=reverse("desk:person", args=[applicant_id]),
    )


@require_http_methods(["GET", "POST"])
def numbers(request: HttpRequest, applicant_id: UUID) -> HttpResponse:
    """The person's numbers, masked, and a form for one more."""
    actor = _actor(request)
    person = queries.applicant(actor, applicant_id, Action.RECORD)
    offered = [
        (system, queries.number_label(system))
        for system in jurisdictions.of_country(actor.country).identifiers.person
    ]
    form = forms.NumberForm(request.POST or None, systems=offered)
    if request.method == "POST" and form.is_valid():
        try:
            kept_now = commands.add_identifier(
                actor=actor, applicant=person, **form.cleaned_data
            )
        except InputFault as fault:
            add_fault(form, fault)
        else:
            messages.success(request, _("Number kept, masked from now on."))
            for name in queries.with_same_number(actor, kept_now):
                messages.warning(
                    request,
                    _("The same number is kept for %(name)s. Are they one person?")
                    % {"name": name},
                )
            return go(request, reverse("people:numbers", args=[applicant_id]))
    kept = [
        (queries.number_label(number.system), number.masked)
        for number in queries.numbers_of(actor, person)
    ]
    context = {"title": _("Numbers"), "person": person, "form": form, "numbers": kept}
    return render(request, "people/numbers.html", context, status=status_of(form))


@require_http_methods(["GET", "POST"])
def goal(request: HttpRequest, episode_id: UUID) -> HttpResponse:
    """The person's own words about work."""
    actor, today = _actor(request), timezone.localdate()
    episode = queries.episode(actor, episode_id)
    initial = {
        "goal": episode.goal,
        "seen_on": today,
        "row_version": episode.row_version,
    }
    form = forms.GoalForm(request.POST or None, initial=initial)
    return form_page(
        request,
        form,
        lambda given: commands.set_goal(actor=actor, episode=episode, **given),
        later=who_sees(episode.applicant_id, Information.WORK_GOALS),
        title=_("Own words about work"),
        done=_("Own words saved."),
        to=_person_url(episode),
    )


@require_http_methods(["GET", "POST"])
def dates(request: HttpRequest, episode_id: UUID) -> HttpResponse:
    """The dates of the episode."""
    actor = _actor(request)
    episode = queries.episode(actor, episode_id)
    names = list(forms.EpisodeForm.base_fields)
    form = forms.EpisodeForm(
        request.POST or None, initial={name: getattr(episode, name) for name in names}
    )

    def save(given: dict[str, Any]) -> None:
        commands.change_episode(
            actor=actor,
            episode=episode,
            row_version=given["row_version"],
            **form.values(),
        )

    return form_page(
        request,
        form,
        save,
        title=_("Dates of the episode"),
        done=_("Dates saved."),
        to=_person_url(episode),
    )


@require_http_methods(["GET", "POST"])
def hold(request: HttpRequest, episode_id: UUID) -> HttpResponse:
    """Take somebody on, on a specialist's caseload or waiting for one."""
    actor, today = _actor(request), timezone.localdate()
    episode = queries.episode(actor, episode_id)
    form = forms.StaffDayForm(
        request.POST or None,
        staff=access.staff_of(frozenset({episode.unit_id}), today),
        today=today,
        initial={"specialist": actor.id},
    )
    return form_page(
        request,
        form,
        lambda given: commands.accept(actor=actor, episode=episode, **given),
        title=_("Take on"),
        done=_("Taken on."),
        to=_person_url(episode),
        submit=_("Take on"),
    )


@require_http_methods(["GET", "POST"])
def treatment(request: HttpRequest, episode_id: UUID) -> HttpResponse:
    """The treatment team and the key clinician."""
    actor, today = _actor(request), timezone.localdate()
    episode = queries.episode(actor, episode_id)
    form = forms.TreatmentForm(
        request.POST or None,
        teams=access.linked_teams(actor),
        clinicians=access.clinicians_of(actor, today),
        today=today,
    )
    return form_page(
        request,
        form,
        lambda given: commands.set_treatment(actor=actor, episode=episode, **given),
        title=_("Treatment team"),
        done=_("Treatment team saved."),
        to=_person_url(episode),
    )


@require_http_methods(["GET", "POST"])
def casework(request: HttpRequest, episode_id: UUID) -> HttpResponse:
    """The job centre and the caseworker."""
    actor, today = _actor(request), timezone.localdate()
    episode = queries.episode(actor, episode_id)
    form = forms.CaseworkForm(
        request.POST or None,
        teams=access.linked_teams(actor, TeamKind.JOB_CENTRE),
        caseworkers=access.caseworkers_of(actor, today),
        today=today,
    )
    return form_page(
        request,
        form,
        lambda given: commands.set_casework(actor=actor, episode=episode, **given),
        title=_("Job centre"),
        done=_("Job centre saved."),
        to=_person_url(episode),
    )
