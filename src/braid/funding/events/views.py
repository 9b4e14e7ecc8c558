"""What funders did about an episode: noted, listed, taken back; papers about no job."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from braid.access import queries as access
from braid.access.policy import Action, Actor, Information
from braid.documents.rules import MAX_BYTES
from braid.funding import commands, queries
from braid.funding.commands.agreements import Letter
from braid.funding.events.forms import EventForm, PaperForm
from braid.people import queries as people
from braid.web.body_limits import body_limit
from braid.web.pages import form_page
from braid.web.presenters import Action as Button
from braid.work import commands as work

if TYPE_CHECKING:
    from braid.funding.models import Agreement
    from braid.people.models import Episode

BODY = MAX_BYTES + 100_000


def _of(request: HttpRequest, key: UUID) -> tuple[Actor, Episode]:
    """Return who asks and an episode of theirs, else answer 404."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    access.require_anywhere(actor, Action.RECORD, Information.ATTENDANCE)
    found = people.episode(actor, key)
    return actor, found


def _contract(one: Agreement) -> str:
    return queries.contract_label(one.contract, queries.source_of(one))


@require_GET
def events(request: HttpRequest, episode_id: UUID) -> HttpResponse:
    """What funders decided or were sent about an episode; never an amount."""
    actor, found = _of(request, episode_id)
    buttons = []
    if queries.agreements_of_unit(actor, found.unit_id):
        address = reverse("funding:event_new", args=[found.pk])
        buttons.append(
            Button(
                _("Note what a funder did"), address, "plus-lg", True, in_dialog=True
            )
        )
    paper_url = reverse("funding:event_paper", args=[found.pk])
    buttons.append(Button(_("Add a paper"), paper_url, "plus-lg", in_dialog=True))
    context = {
        "title": _("Funders"),
        "episode": found,
        "events": queries.funder_events(actor, found.pk),
        "actions": buttons,
        "crumbs": [
            {"label": found.applicant.name, "url": found.applicant.get_absolute_url()}
        ],
        "current_year": timezone.localdate().year,
    }
    return render(request, "funding/events/events.html", context)


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest, episode_id: UUID) -> HttpResponse:
    """Note what a funder decided or was sent."""
    actor, found = _of(request, episode_id)
    rows = {
        str(one.pk): one for one in queries.agreements_of_unit(actor, found.unit_id)
    }
    form = EventForm(
        request.POST or None,
        agreements=[
            (key, f"{one.funder.name}: {_contract(one)}") for key, one in rows.items()
        ],
        initial={"day": timezone.localdate()},
    )

    def save(given: dict[str, Any]) -> None:
        agreement = rows[given.pop("agreement")]
        commands.record_event(
            actor=actor,
            episode=found,
            agreement=agreement,
            letter=Letter(**given),
            today=timezone.localdate(),
        )

    return form_page(
        request,
        form,
        save,
        title=_("Note what a funder did"),
        done=_("Saved."),
        to=reverse("funding:events", args=[found.pk]),
    )


@require_http_methods(["GET", "POST"])
@body_limit(BODY)
def paper(request: HttpRequest, episode_id: UUID) -> HttpResponse:
    """Add a paper that proves something about an episode and about no job."""
    actor, found = _of(request, episode_id)
    given = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form = PaperForm(*given, today=timezone.localdate())

    def save(_cleaned: dict[str, Any]) -> None:
        work.add_paper(actor=actor, episode=found, paper=form.given())

    return form_page(
        request,
        form,
        save,
        title=_("A paper for a funder"),
        lead=_("A paper about a job is added on the job's page."),
        done=_("It is noted, and its file is sealed with the person's documents."),
        to=reverse("funding:events", args=[found.pk]),
    )


@require_POST
def take_back(request: HttpRequest, key: UUID) -> HttpResponse:
    """Take back what was noted by mistake."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    access.require_anywhere(actor, Action.RECORD, Information.ATTENDANCE)
    found = queries.funder_event(actor, key)
    episode = found.episode_id
    commands.take_back_event(actor=actor, event=found)
    messages.success(request, _("It is taken back."))
    return redirect("funding:events", episode)
