"""The applicant's own search plan: read it, agree to it, tick off one's steps."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from braid.access import audit
from braid.access import queries as access
from braid.access.policy import Action, Actor, Ground, Information
from braid.kernel.errors import InputFault
from braid.people import commands, own_queries, plan_presenters
from braid.people import queries as people
from braid.people.choices import AgreedHow, Owner


def own_episode(request: HttpRequest) -> tuple[Actor, Any]:
    """Return the applicant and their latest episode, None where there is none."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    access.require_anywhere(actor, Action.ASK, Information.IDENTITY)
    return actor, next(iter(own_queries.own_episodes(actor)), None)


@require_GET
def search_plan(request: HttpRequest) -> HttpResponse:
    """What I look for, what waits for my yes, and who does what."""
    actor, episode = own_episode(request)
    today = timezone.localdate()
    audit.record(
        actor,
        "own_plan_opened",
        applicant=actor.own,
        information=(Information.WORK_GOALS,),
        ground=Ground.OWN_RECORD,
    )
    keys = [episode.pk] if episode else []
    found = people.plans(actor, keys)
    in_force = people.on_day(found, today)
    draft = next((one for one in found if one.agreed_on is None), None)
    context = {
        "title": _("My plan"),
        "episode": episode,
        "in_force": plan_presenters.plan_words(in_force) if in_force else None,
        "draft": plan_presenters.plan_words(draft) if draft else None,
        "steps": plan_presenters.step_lines(people.steps(actor, keys), today),
        "mine": Owner.APPLICANT,
        "current_year": today.year,
    }
    return render(request, "desk/own/plan.html", context)


@require_POST
def plan_agree(request: HttpRequest, key: UUID) -> HttpResponse:
    """Agree to the plan as it is shown."""
    actor, episode = _with_episode(request)
    try:
        commands.agree_plan(
            actor=actor,
            plan=people.plan_to_write(actor, episode, key),
            day=timezone.localdate(),
            how=AgreedHow.OWN_ACCOUNT,
        )
    except InputFault as fault:
        messages.error(request, str(fault))
    else:
        messages.success(request, _("You have agreed. The plan holds now."))
    return redirect("desk:own_search_plan")


@require_POST
def step_done(request: HttpRequest, key: UUID) -> HttpResponse:
    """Tick an own step off, or open it again."""
    actor, episode = _with_episode(request)
    step = people.step_to_write(actor, episode, key)
    if step.owner != Owner.APPLICANT:
        raise Http404
    done_on = None if step.done_on else timezone.localdate()
    commands.set_done(actor=actor, step=step, done_on=done_on)
    messages.success(request, _("Done. Well done.") if done_on else _("Open again."))
    return redirect("desk:own_search_plan")


def _with_episode(request: HttpRequest) -> tuple[Actor, Any]:
    actor, episode = own_episode(request)
    if episode is None:
        raise Http404
    return actor, episode
