"""Ending an episode after outreach; handing over one person, or a whole caseload."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods

from braid.access import audit, managing
from braid.access import queries as access
from braid.access.policy import Action, Actor, Information
from braid.access.presenters.control import who_sees
from braid.desk import queries as desk
from braid.desk.handing_over import forms
from braid.desk.handing_over.page import page_of
from braid.kernel.errors import InputFault, Stale
from braid.people import commands, queries, rules
from braid.people.choices import ExitReason
from braid.web.pages import add_fault, form_page, stale_sentence, status_of
from braid.web.responses import go
from braid.work.choices import Mode
from braid.work.queries.outreach import attempts

SHOWN = (
    Information.IDENTITY,
    Information.ATTENDANCE,
    Information.WORK_GOALS,
    Information.JOBS,
    Information.HEALTH_AT_WORK,
    Information.CONVERSATION,
)


def _actor(request: HttpRequest) -> Actor:
    """Return the actor of a page of the unit; who keeps no record of it is refused."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    access.require_anywhere(actor, Action.RECORD, Information.ATTENDANCE)
    return actor


def _person_url(episode: Any) -> str:
    return reverse("desk:person", args=[episode.applicant_id])


@require_http_methods(["GET", "POST"])
def end(request: HttpRequest, episode_id: UUID) -> HttpResponse:
    """End the episode; the outreach that was made, and what is missing, stand above."""
    actor, today = _actor(request), timezone.localdate()
    episode = queries.episode(actor, episode_id)
    form = forms.ExitForm(
        request.POST or None,
        today=today,
        initial={"team_asked_on": episode.team_asked_on},
    )
    tried = attempts(actor, episode.pk, today)
    if request.method == "POST" and form.is_valid():
        try:
            commands.exit_episode(
                actor=actor, episode=episode, attempts=tried, **form.cleaned_data
            )
        except InputFault as fault:
            add_fault(form, fault)
        except Stale:
            form.add_error(None, stale_sentence())
        else:
            messages.success(request, _("Episode ended. The way back stays open."))
            return go(request, _person_url(episode))
    asked = form.cleaned_data.get("team_asked_on") if form.is_bound else None
    found = rules.may_exit(
        ExitReason.LOST_CONTACT, tried, asked or episode.team_asked_on, today
    )
    modes = dict(Mode.choices)
    context = {
        "title": _("End the episode"),
        "form": form,
        "tried": [(one, modes.get(one.mode, _("not said"))) for one in tried],
        "missing": [_missing()[slug] for slug in found.reasons],
        "later": who_sees(episode.applicant_id, Information.ATTENDANCE),
        "current_year": today.year,
    }
    name = "desk/handing_over/end.html"
    return render(request, name, context, status=status_of(form))


def _missing() -> dict[str, str]:
    """Return what is still to be done before contact counts as lost, in words."""
    return {
        "too_few_attempts": _("three attempts since you last met"),
        "one_mode_only": _("attempts in two ways, such as a visit and a call"),
        "none_in_community": _("one attempt out where the person lives"),
        "too_short": _("four weeks between the first and the last attempt"),
        "team_not_asked": _("the treatment team asked, with the day"),
    }


@require_http_methods(["GET", "POST"])
def hand_over(request: HttpRequest, episode_id: UUID) -> HttpResponse:
    """Give somebody to another specialist, with what that one should know."""
    actor, today = _actor(request), timezone.localdate()
    episode = queries.episode(actor, episode_id)
    if episode.accepted_on is None or not episode.is_open:
        raise Http404
    form = forms.HandoverForm(
        request.POST or None,
        staff=access.staff_of(frozenset({episode.unit_id}), today),
        today=today,
    )
    return form_page(
        request,
        form,
        lambda given: commands.hand_over(actor=actor, episode=episode, **given),
        title=_("Hand over %(name)s") % {"name": episode.applicant.name},
        done=_("Handed over. This page is for the next specialist."),
        to=reverse("desk:handover", args=[episode.applicant_id]),
        submit=_("Hand over"),
        lead=_("Best with a meeting of all three: the person, you, and the next one."),
        later=who_sees(episode.applicant_id, Information.CONVERSATION),
    )


@require_GET
def handover(request: HttpRequest, applicant_id: UUID) -> HttpResponse:
    """The handover page: goal, plan, jobs, clocks, disclosure, appointments; to print."""
    actor, day = _actor(request), timezone.localdate()
    episodes = queries.episodes_of(actor, applicant_id, desk.ends(actor, day))
    if not episodes:
        raise Http404
    episode = episodes[0]
    audit.record(
        actor,
        "handover_opened",
        episode.applicant,
        applicant=applicant_id,
        information=SHOWN,
        ground="own_care",
    )
    context = {
        "title": _("Handover: %(name)s") % {"name": episode.applicant.name},
        "episode": episode,
        "page": page_of(actor, episode, day),
        "day": day,
        "current_year": day.year,
    }
    return render(request, "desk/handing_over/page.html", context)


@require_http_methods(["GET", "POST"])
def leaving(request: HttpRequest, key: UUID) -> HttpResponse:
    """Hand over the whole caseload of a specialist who leaves: all or nothing."""
    actor, today = _actor(request), timezone.localdate()
    access.require_anywhere(actor, Action.MANAGE_MEMBERS)
    rows = queries.caseload_rows(
        queries.columns(queries.episodes_on_caseload(actor, specialist_id=key))
    )
    names = access.names_of([key]) if rows or _is_colleague(actor, key) else {}
    if key not in names:
        raise Http404
    staff = access.staff_of(actor.teams, today).exclude(pk=key)
    form = forms.LeavingForm(
        request.POST or None,
        people=[(row.episode_id, row.name) for row in rows],
        staff=staff,
        today=today,
    )
    audit.record_list(
        actor,
        "leaving_opened",
        [row.applicant_id for row in rows],
        (Information.IDENTITY, Information.ATTENDANCE),
    )
    if request.method == "POST" and form.is_valid():
        try:
            number = commands.hand_over_caseload(
                actor=actor,
                leaving=key,
                day=form.cleaned_data["day"],
                choices=form.choices(),
            )
        except InputFault as fault:
            add_fault(form, fault)
        else:
            messages.success(
                request,
                ngettext(
                    "%(number)d person handed over.",
                    "%(number)d people handed over.",
                    number,
                )
                % {"number": number},
            )
            return go(request, reverse("desk:unit"))
    context = {
        "title": _("The caseload of %(name)s") % {"name": names[key]},
        "form": form,
        "rows": rows,
    }
    name = "desk/handing_over/leaving.html"
    return render(request, name, context, status=status_of(form))


def _is_colleague(actor: Actor, key: UUID) -> bool:
    """Say whether somebody has or had a role that the actor may manage."""
    return managing.members(actor).filter(user_id=key).exists()
