"""Pages of proposals: noting one, correcting it, taking it back; and one's own."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from braid.access import audit
from braid.access import queries as access
from braid.access.policy import Action, Actor, Ground, Information, decide, may
from braid.access.presenters.control import who_sees
from braid.access.sight import cares_for_people, decides_on_benefits
from braid.people import own_queries, sight
from braid.people import queries as people
from braid.teamwork import commands
from braid.teamwork.choices import ProposalKind
from braid.teamwork.forms.proposals import OwnProposalForm, ProposalForm, initial_of
from braid.teamwork.presenters.proposals import proposal_lines
from braid.teamwork.queries import proposals as queries
from braid.web.pages import form_page
from braid.web.presenters import Later
from braid.web.responses import go

GOALS = Information.WORK_GOALS


def _lead() -> str:
    return _(
        "An internship, a subsidy or a course first is no step that IPS asks for. Written "
        "down as what it is, with the day and what the person wanted, it can be talked "
        "about. Nobody is blamed for it."
    )


def _actor(request: HttpRequest) -> Actor:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    access.require_anywhere(actor, queries.writes(actor), GOALS)
    return actor


def _onwards(actor: Actor, applicant_id: UUID) -> str:
    """Return the page on which the actor reads of the person."""
    if actor.own is not None:
        return reverse("teamwork:own_proposals")
    if decides_on_benefits(actor):
        return reverse("desk:job_centre_person", args=[applicant_id])
    return reverse("desk:person", args=[applicant_id])


def _later(actor: Actor, applicant_id: UUID) -> Later | None:
    """Return the line that says who reads it, for those who may ask."""
    return who_sees(applicant_id, GOALS) if may(actor, Action.RECORD, GOALS) else None


def _opened(actor: Actor, action: str, episode: Any) -> None:
    """Record that a form of one person was opened, on which ground."""
    subject = episode.subject(GOALS, actor.day)
    audit.record(
        actor,
        action,
        applicant=episode.applicant_id,
        holder=subject.organisation,
        information=(Information.IDENTITY, GOALS),
        ground=decide(actor, queries.writes(actor), subject).reason,
    )


def _by(actor: Actor) -> dict[str, Any]:
    """Return who probably proposed it, where whoever writes is one of those."""
    if actor.own is not None or cares_for_people(actor):
        return {}  # nobody is presumed to have proposed it
    return {"by_role": actor.role.value, "by_team": next(iter(actor.teams), None)}


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest, episode_id: UUID) -> HttpResponse:
    """Write down that something was proposed instead of a job."""
    actor = _actor(request)
    episode = people.episode_for(actor, episode_id, queries.writes(actor), GOALS)
    if actor.own is not None:
        raise Http404  # applicants have a page of their own
    sight.known(actor, episode.applicant_id)  # the page says the name
    if request.method == "GET":
        _opened(actor, "proposal_new_opened", episode)
    kind = request.GET.get("kind", "")
    chosen = {"kind": kind} if kind in ProposalKind.values else {}
    form = ProposalForm(
        request.POST or None,
        offices=queries.offices(actor, episode.applicant_id),
        today=timezone.localdate(),
        initial=_by(actor) | chosen,
    )
    return form_page(
        request,
        form,
        lambda given: commands.propose(actor=actor, episode=episode, **form.values()),
        title=_("Proposed instead of a job, to %(name)s")
        % {"name": episode.applicant.name},
        done=_("Noted, as what it is."),
        to=_onwards(actor, episode.applicant_id),
        lead=_lead(),
        later=_later(actor, episode.applicant_id),
    )


@require_http_methods(["GET", "POST"])
def change(request: HttpRequest, key: UUID) -> HttpResponse:
    """Correct what was noted."""
    actor = _actor(request)
    found = queries.proposal(actor, key)
    person = found.episode.applicant
    sight.known(actor, person.pk)  # the page says the name
    if request.method == "GET":
        _opened(actor, "proposal_opened", found.episode)
    make = ProposalForm if actor.own is None else OwnProposalForm
    offices = queries.offices(actor, person.pk)
    if found.by_team_id:
        offices = access.teams_named(
            {found.by_team_id, *offices.values_list("pk", flat=True)}
        )
    form = make(
        request.POST or None,
        offices=offices,
        today=timezone.localdate(),
        initial=initial_of(found),
    )
    return form_page(
        request,
        form,
        lambda _given: commands.change_proposal(
            actor=actor,
            proposal=found,
            row_version=form.cleaned_data["row_version"] or 0,
            **form.values(),
        ),
        title=_("Correct what was proposed"),
        done=_("Corrected."),
        to=_onwards(actor, person.pk),
        later=_later(actor, person.pk),
    )


@require_POST
def take_back(request: HttpRequest, key: UUID) -> HttpResponse:
    """Take away what was noted by mistake."""
    actor = _actor(request)
    found = queries.proposal(actor, key)
    onwards = _onwards(actor, found.episode.applicant_id)
    commands.take_back_proposal(actor=actor, proposal=found)
    messages.success(request, _("Taken back."))
    return go(request, onwards)


@require_GET
def own(request: HttpRequest) -> HttpResponse:
    """What was proposed to me instead of a job, and what I wanted."""
    actor = _applicant(request)
    found = queries.proposals_about(actor, own_queries.own_record(actor).pk)
    audit.record(
        actor,
        "own_proposals_opened",
        applicant=actor.own,
        information=(GOALS,),
        ground=Ground.OWN_RECORD,
    )
    context = {
        "title": _("What was proposed to me instead of a job"),
        "proposals": proposal_lines(found),
        "may_add": any(one.is_open for one in own_queries.own_episodes(actor)),
        "current_year": timezone.localdate().year,
    }
    return render(request, "teamwork/own_proposals.html", context)


@require_http_methods(["GET", "POST"])
def own_new(request: HttpRequest) -> HttpResponse:
    """Write down myself what was proposed to me."""
    actor = _applicant(request)
    episode = next(
        (one for one in own_queries.own_episodes(actor) if one.is_open), None
    )
    if episode is None:
        raise Http404
    form = OwnProposalForm(
        request.POST or None,
        offices=queries.offices(actor, episode.applicant_id),
        today=timezone.localdate(),
        initial=_by(actor),
    )
    if request.method == "GET":
        _opened(actor, "proposal_new_opened", episode)
    return form_page(
        request,
        form,
        lambda given: commands.propose(actor=actor, episode=episode, **form.values()),
        title=_("Something else than a job was proposed to me"),
        done=_("Noted. Your specialist reads it too."),
        to=reverse("teamwork:own_proposals"),
        lead=_(
            "You need no internship, course or subsidy before you look for a job, unless "
            "you want one yourself. What you write here stands as you write it."
        ),
        later=_later(actor, episode.applicant_id),
    )


def _applicant(request: HttpRequest) -> Actor:
    actor = _actor(request)
    if actor.own is None:
        raise Http404
    return actor
