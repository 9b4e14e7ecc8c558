"""Pages of the course: what was decided, a pause, stepping down, a refusal."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from braid.access.choices import RoleChoice
from braid.access.policy import Information
from braid.access.presenters.control import who_sees
from braid.kernel.errors import InputFault
from braid.packs import jurisdictions
from braid.people import commands, course_forms, queries, rules
from braid.people.choices import EpisodeState
from braid.people.models import Refusal
from braid.people.referral_views import person_url, unit_actor
from braid.web.pages import form_page
from braid.web.responses import go

BEFORE = (EpisodeState.WAITING, EpisodeState.NOT_STARTED)


@require_http_methods(["GET", "POST"])
def state(request: HttpRequest, episode_id: UUID) -> HttpResponse:
    """Before somebody is taken on: let wait. Afterwards: the ways to rest and come back."""
    actor, today = unit_actor(request), timezone.localdate()
    episode = queries.episode(actor, episode_id)
    if episode.accepted_on is not None:
        context = {
            "title": _("How it goes on"),
            "episode": episode,
            "may_pause": rules.can_move(episode.state, EpisodeState.PAUSED).ok,
            "may_step_down": rules.can_move(
                episode.state, EpisodeState.STEPPED_DOWN
            ).ok,
            "may_take_up": rules.can_move(episode.state, EpisodeState.ACTIVE).ok,
        }
        return render(request, "people/ways.html", context)
    states = [one for one in BEFORE if rules.can_move(episode.state, one).ok]
    form = course_forms.StateForm(request.POST or None, states=states, today=today)
    return form_page(
        request,
        form,
        lambda given: commands.change_state(actor=actor, episode=episode, **given),
        title=_("How it goes on"),
        done=_("Noted."),
        to=person_url(episode),
        lead=_("Whoever waits can be taken on any day; nothing has to happen first."),
    )


@require_http_methods(["GET", "POST"])
def pause(request: HttpRequest, episode_id: UUID) -> HttpResponse:
    """Let an episode rest, with a day on which it is looked at again."""
    actor, today = unit_actor(request), timezone.localdate()
    episode = queries.episode(actor, episode_id)
    is_again = episode.state == EpisodeState.PAUSED
    form = course_forms.PauseForm(request.POST or None, today=today)
    return form_page(
        request,
        form,
        lambda given: commands.pause(actor=actor, episode=episode, **given),
        title=_("Rest on") if is_again else _("Pause"),
        done=_("Noted. The day comes back by itself."),
        to=person_url(episode),
        lead=_(
            "A pause closes no door. One tap takes it up again, without a referral."
        ),
        later=who_sees(episode.applicant_id, Information.ATTENDANCE),
    )


@require_http_methods(["GET", "POST"])
def step_down(request: HttpRequest, episode_id: UUID) -> HttpResponse:
    """Let the support grow less, by a plan that the person wants."""
    actor, today = unit_actor(request), timezone.localdate()
    episode = queries.episode(actor, episode_id)
    form = course_forms.StepDownForm(request.POST or None, today=today)
    return form_page(
        request,
        form,
        lambda given: commands.step_down(actor=actor, episode=episode, **given),
        title=_("Step down"),
        done=_("Stepped down. One tap takes it up again."),
        to=person_url(episode),
        submit=_("Step down"),
        lead=_(
            "For somebody who works steadily and wants less support. "
            "It is offered, never forced, and it closes no door."
        ),
        later=who_sees(episode.applicant_id, Information.WORK_GOALS),
    )


@require_POST
def take_up(request: HttpRequest, episode_id: UUID) -> HttpResponse:
    """Take up again who rested or stepped down: one tap."""
    actor = unit_actor(request)
    episode = queries.episode(actor, episode_id)
    try:
        commands.take_up(actor=actor, episode=episode, day=timezone.localdate())
    except InputFault as fault:
        messages.error(request, str(fault))
    else:
        messages.success(request, _("Taken up again. Welcome back."))
    return go(request, person_url(episode))


@require_http_methods(["GET", "POST"])
def refusal(request: HttpRequest, episode_id: UUID) -> HttpResponse:
    """Log that somebody said no, or not yet."""
    actor, today = unit_actor(request), timezone.localdate()
    episode = queries.episode(actor, episode_id)
    roles = [(role, label) for role, label in RoleChoice.choices]
    form = course_forms.RefusalForm(request.POST or None, roles=roles, today=today)

    def onwards(logged: Refusal) -> HttpResponse:
        pack = jurisdictions.of_country(actor.country)
        if pack.breaches_zero_exclusion(logged.reason):
            messages.warning(request, _breach(episode.applicant.given_name))
        else:
            messages.success(request, _("Logged. The person stays on the list."))
        return go(request, person_url(episode))

    def save(given: dict[str, Any]) -> Refusal:
        return commands.log_refusal(actor=actor, episode=episode, **given)

    return form_page(
        request,
        form,
        save,
        title=_("Log a refusal or a “not yet”"),
        to=onwards,
        lead=_(
            "Wanting to work is the only entry question. Each “no” is kept with who "
            "said it and why, so that the service can see its own barriers."
        ),
        later=who_sees(episode.applicant_id, Information.WORK_GOALS),
    )


def _breach(name: str) -> str:
    return _(
        "Logged. This reason goes against zero exclusion: nobody has to change first to "
        "get help with work. %(name)s can be taken on today; talk it over with your "
        "supervisor and whoever said no."
    ) % {"name": name}
