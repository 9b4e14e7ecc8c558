"""What employers may know of me: decided, changed and taken back by oneself."""

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
from braid.access.policy import Ground, Information
from braid.desk.own.plans import own_episode
from braid.kernel.errors import InputFault
from braid.people import queries as people
from braid.people.choices import AgreedHow
from braid.web.pages import form_page
from braid.work import commands, disclosure_forms, disclosure_presenters, queries

SHOWN = (Information.WORK_GOALS, Information.HEALTH_AT_WORK)


@require_GET
def disclosure(request: HttpRequest) -> HttpResponse:
    """What is decided, what waits for my yes, and what to think about."""
    actor, episode = own_episode(request)
    today = timezone.localdate()
    audit.record(
        actor,
        "own_disclosure_opened",
        applicant=actor.own,
        information=SHOWN,
        ground=Ground.OWN_RECORD,
    )
    found = queries.disclosures(actor, [episode.pk] if episode else [])
    holding = queries.in_force(found, today)
    drafts = [one for one in found if one.agreed_on is None]
    due = queries.to_revisit(found, today)
    context = {
        "title": _("What employers may know"),
        "episode": episode,
        "is_own": True,
        "holding": disclosure_presenters.disclosed_words(holding, due),
        "drafts": disclosure_presenters.disclosed_words(drafts),
        "guide": disclosure_presenters.guide(),
        "current_year": today.year,
    }
    return render(request, "desk/own/disclosure.html", context)


@require_http_methods(["GET", "POST"])
def decide(request: HttpRequest) -> HttpResponse:
    """Decide, for one employer or for any. It counts at once."""
    actor, episode = own_episode(request)
    if episode is None:
        return redirect("desk:own_disclosure")
    found = queries.disclosures(actor, [episode.pk])
    chosen = _asked_employer(request)
    form = disclosure_forms.DisclosureForm(
        request.POST or None,
        employers=queries.employers_met(actor, [episode.pk]),
        today=timezone.localdate(),
        is_own=True,
        initial=_as_decided(found, chosen),
    )

    def save(_given: dict[str, Any]) -> None:
        commands.decide_disclosure(
            actor=actor,
            episode=people.ref(episode),
            employer_id=form.employer_id,
            **form.values(),
        )

    return form_page(
        request,
        form,
        save,
        title=_("What may employers know?"),
        lead=_("You decide. You can change it or take it back at any time."),
        submit=_("This is what I decide"),
        done=_("Decided. It counts from now on."),
        to=reverse("desk:own_disclosure"),
    )


def _asked_employer(request: HttpRequest) -> UUID | None:
    try:
        return UUID(request.GET.get("employer", ""))
    except ValueError:
        return None


def _as_decided(
    found: list[queries.Disclosed], employer_id: UUID | None
) -> dict[str, Any]:
    """Return what the form begins with: what holds now for this employer."""
    for one in queries.in_force(found, timezone.localdate()):
        if one.employer_id == employer_id and one.revoked_on is None:
            return disclosure_forms.initial_of(one) | {"row_version": None}
    return {"employer": str(employer_id or "")}


@require_POST
def agree(request: HttpRequest, key: UUID) -> HttpResponse:
    """Agree to what was talked about."""
    actor, episode = own_episode(request)
    try:
        commands.agree_disclosure(
            actor=actor,
            decision=_row(actor, episode, key),
            day=timezone.localdate(),
            how=AgreedHow.OWN_ACCOUNT,
        )
    except InputFault as fault:
        messages.error(request, str(fault))
    else:
        messages.success(request, _("Decided. It counts from now on."))
    return redirect("desk:own_disclosure")


@require_POST
def take_back(request: HttpRequest, key: UUID) -> HttpResponse:
    """Take a decision back: it counts at once."""
    actor, episode = own_episode(request)
    try:
        commands.take_back_disclosure(
            actor=actor,
            decision=_row(actor, episode, key),
            day=timezone.localdate(),
        )
    except InputFault as fault:
        messages.error(request, str(fault))
    else:
        messages.success(
            request, _("Taken back. From now on nobody may tell anything of it.")
        )
    return redirect("desk:own_disclosure")


def _row(actor: Any, episode: Any, key: UUID) -> Any:
    if episode is None:
        raise Http404
    return queries.disclosure(actor, episode.pk, key)
