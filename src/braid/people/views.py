"""Pages that change what is known of a person and of the course of an episode."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from braid.access import audit
from braid.access import queries as access
from braid.access.choices import RoleChoice, TeamKind
from braid.access.policy import Action, Actor, Information
from braid.access.presenters.control import who_sees
from braid.kernel.errors import InputFault
from braid.packs import jurisdictions
from braid.people import commands, forms, queries, rules
from braid.people.choices import EpisodeState
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
def refer(request: HttpRequest) -> HttpResponse:
    """Refer somebody in one sentence; like people are shown before a new one is made."""
    actor, today = _actor(request), timezone.localdate()
    units = access.units(actor, Action.REFER, Information.IDENTITY)
    unit = units.first()
    access.require_anywhere(actor, Action.REFER, Information.IDENTITY)
    form = forms.ReferralForm(
        request.POST or None, teams=access.linked_teams(actor), today=today
    )
    like: list[Any] = []
    if request.method == "POST" and form.is_valid() and unit is not None:
        given = form.cleaned_data
        name = f"{given['given_name']} {given['family_name']}"
        chosen = request.POST.get("same_person", "")
        if not chosen:
            like = queries.possible_duplicates(
                actor, name=name, birth_date=given["birth_date"]
            )
        if not like:
            return _referred(request, actor, unit, form, chosen)
    context = {"title": _("Refer somebody"), "form": form, "like": like}
    status = 422 if form.is_bound and (form.errors or like) else 200
    return render(request, "people/refer.html", context, status=status)


def _referred(
    request: HttpRequest, actor: Actor, unit: Any, form: Any, chosen: str
) -> HttpResponse:
    given = dict(form.cleaned_data)
    known = (
        queries.applicant(actor, UUID(chosen), Action.RECORD)
        if chosen not in ("", "new")
        else None
    )
    common = {
        "referred_on": given["referred_on"],
        "source": given["source"],
        "words": given["words"],
        "at_referral": given["at_referral"],
        "treatment_team": given["treatment_team"],
    }
    identity = {
        key: given[key] for key in ("given_name", "family_name", "birth_date", "phone")
    }
    try:
        episode = commands.refer(
            actor=actor,
            unit=unit,
            applicant=known,
            **common,
            **({} if known else identity),
        )
    except InputFault as fault:
        form.add_error(None, str(fault))
        context = {"title": _("Refer somebody"), "form": form, "like": []}
        return render(request, "people/refer.html", context, status=422)
    messages.success(request, _("Referral received. Next: take the person on."))
    return go(request, _person_url(episode))


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
    language = get_language() or "en"
    offered = [
        (system, number_label(system, language))
        for system in jurisdictions.of_country(actor.country).identifiers.person
    ]
    form = forms.NumberForm(request.POST or None, systems=offered)
    if request.method == "POST" and form.is_valid():
        try:
            commands.add_identifier(actor=actor, applicant=person, **form.cleaned_data)
        except InputFault as fault:
            add_fault(form, fault)
        else:
            messages.success(request, _("Number kept, masked from now on."))
            return go(request, reverse("people:numbers", args=[applicant_id]))
    kept = [
        (number_label(number.system, language), number.masked)
        for number in queries.numbers_of(actor, person)
    ]
    context = {"title": _("Numbers"), "person": person, "form": form, "numbers": kept}
    return render(request, "people/numbers.html", context, status=status_of(form))


def number_label(system: str, language: str) -> str:
    """Return what a kind of number is called."""
    if system.startswith(rules.CLIENT):
        return _("The unit's own number")
    country, _dash, name = system.partition("-")
    return f"{name.upper()} ({country.upper()})"


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
    """Take somebody on, or hand them to another specialist."""
    actor, today = _actor(request), timezone.localdate()
    episode = queries.episode(actor, episode_id)
    is_new = episode.accepted_on is None
    form = forms.StaffDayForm(
        request.POST or None,
        staff=access.staff_of(frozenset({episode.unit_id}), today),
        today=today,
        initial={"specialist": actor.id} if is_new else {},
    )

    def save(given: dict[str, Any]) -> None:
        if is_new:
            commands.accept(actor=actor, episode=episode, **given)
        elif given["specialist"] is None:
            raise InputFault(_("Choose who takes over."), field="specialist")
        else:
            commands.assign(actor=actor, episode=episode, **given)

    return form_page(
        request,
        form,
        save,
        title=_("Take on") if is_new else _("Hand over"),
        done=_("Taken on.") if is_new else _("Handed over."),
        to=_person_url(episode),
        submit=_("Take on") if is_new else _("Hand over"),
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


SELECTABLE = (
    EpisodeState.WAITING,
    EpisodeState.ACTIVE,
    EpisodeState.PAUSED,
    EpisodeState.STEPPED_DOWN,
    EpisodeState.NOT_STARTED,
)


@require_http_methods(["GET", "POST"])
def state(request: HttpRequest, episode_id: UUID) -> HttpResponse:
    """Pause, step down, take up again; or let wait before the person is taken on."""
    actor, today = _actor(request), timezone.localdate()
    episode = queries.episode(actor, episode_id)
    states = [
        each
        for each in SELECTABLE
        if rules.can_move(episode.state, each).ok
        and not (each == EpisodeState.ACTIVE and episode.accepted_on is None)
    ]
    form = forms.StateForm(request.POST or None, states=states, today=today)
    return form_page(
        request,
        form,
        lambda given: commands.change_state(actor=actor, episode=episode, **given),
        title=_("How it goes on"),
        done=_("Noted."),
        to=_person_url(episode),
        lead=_(
            "Nothing here closes the door: whoever rests can come back without a referral."
        ),
    )


@require_http_methods(["GET", "POST"])
def end(request: HttpRequest, episode_id: UUID) -> HttpResponse:
    """End the episode."""
    actor, today = _actor(request), timezone.localdate()
    episode = queries.episode(actor, episode_id)
    form = forms.ExitForm(request.POST or None, today=today)
    return form_page(
        request,
        form,
        lambda given: commands.exit_episode(actor=actor, episode=episode, **given),
        title=_("End the episode"),
        done=_("Episode ended."),
        to=_person_url(episode),
        submit=_("End the episode"),
        lead=_(
            "Only by the person's own choice, or after lost contact and repeated outreach. "
            "A job that ended, or missed appointments, end no episode."
        ),
    )


@require_http_methods(["GET", "POST"])
def refusal(request: HttpRequest, episode_id: UUID) -> HttpResponse:
    """Log that somebody said no, or not yet."""
    actor, today = _actor(request), timezone.localdate()
    episode = queries.episode(actor, episode_id)
    roles = [(role, label) for role, label in RoleChoice.choices]
    form = forms.RefusalForm(request.POST or None, roles=roles, today=today)
    return form_page(
        request,
        form,
        lambda given: commands.log_refusal(actor=actor, episode=episode, **given),
        title=_("Log a refusal or a “not yet”"),
        done=_("Refusal logged."),
        to=_person_url(episode),
        lead=_(
            "Wanting to work is the only entry question. Each “no” is kept with who "
            "said it and why, so that the service can see its own barriers."
        ),
    )
