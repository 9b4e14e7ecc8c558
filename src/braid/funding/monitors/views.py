"""Watching for harm: one page an agreement, the same for provider and funder."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from braid.access import audit
from braid.access import queries as access
from braid.access.policy import Action, Actor, Information
from braid.facts.presenters import as_of_text
from braid.funding.claims import tabs
from braid.funding.monitors import (
    commands,
    presenters,
    queries,
    reading,
    watching,
)
from braid.funding.monitors.forms import CloseForm, NoteForm
from braid.packs import monitors
from braid.people.queries.refs import known_names
from braid.web.pages import form_page


def _actor(request: HttpRequest) -> Actor:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    access.require_anywhere(actor, Action.SEE_AMOUNTS)
    return actor


@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """The agreements whose figures are watched."""
    actor = _actor(request)
    found = queries.agreements(actor)
    context = {
        "title": _("What is watched"),
        "agreements": found,
        "tabs": tabs.of_room(actor, "funding:monitors"),
    }
    return render(request, "funding/monitors/home.html", context)


@require_GET
def agreement(request: HttpRequest, key: UUID) -> HttpResponse:
    """What is watched of an agreement; its figures come after the page, or with it."""
    actor = _actor(request)
    of = queries.agreement(actor, key)
    day = reading.known_on(actor, of, timezone.localdate())
    inside = reading.is_inside(actor, of)
    asked = request.htmx or "figures" in request.GET  # type: ignore[attr-defined]
    if asked:
        watching.look(of, timezone.localdate())
    notes = queries.notes(actor, of)
    context: dict[str, Any] = {
        "title": _("What is watched"),
        "agreement": of,
        "tabs": tabs.of_agreement(actor, of, "funding:monitored"),
        "as_of": as_of_text(day),
        "later_url": f"{reverse('funding:monitored', args=[of.pk])}?figures=1",
        "small_numbers": presenters.small_numbers_text(inside=inside),
        "notes": notes,
        "titles": {
            one.id: presenters.said(one.title) for one in monitors.get().monitors
        },
        "may_close": queries.may_close(actor, of),
    }
    if asked:
        audit.record(actor, "figures_opened", of, information=(_FIGURES,))
        shown = reading.board(actor, of, day)
        context["cards"] = presenters.cards(shown, notes)
        context["exits"] = presenters.exit_card(shown, _names(actor, shown))
    name = "figures" if request.htmx else "agreement"  # type: ignore[attr-defined]
    return render(request, f"funding/monitors/{name}.html", context)


_FIGURES = Information.STATISTICAL


def _names(actor: Actor, shown: reading.Board) -> dict[UUID, tuple[UUID, str]]:
    """Return who left, for who keeps the record of the unit; for others nobody."""
    if not reading.is_inside(actor, shown.agreement) or not shown.exits:
        return {}
    names = known_names(actor, {UUID(one.episode) for one in shown.exits})
    listed = [applicant for applicant, _name in names.values()]
    audit.record_list(actor, "exits_listed", listed, (Information.IDENTITY,))
    return names


@require_http_methods(["GET", "POST"])
def note_new(request: HttpRequest, key: UUID) -> HttpResponse:
    """Open a review note beside a figure."""
    actor = _actor(request)
    of = queries.agreement(actor, key)
    day = reading.known_on(actor, of, timezone.localdate())
    form = NoteForm(
        request.POST or None,
        monitors=[(m.id, presenters.said(m.title)) for m in monitors.get().monitors],
        initial={"monitor": request.GET.get("monitor", "")},
    )
    return form_page(
        request,
        form,
        lambda given: commands.open_note(
            actor=actor,
            agreement=of,
            monitor=given["monitor"],
            question=given["question"],
            as_of=day,
        ),
        title=_("Open a review note"),
        lead=_(
            "It is talked about at the review of the agreement. It changes no payment."
        ),
        to=_to(of),
        done=_("The review note is open; both parties see it."),
        submit=_("Open the note"),
    )


@require_http_methods(["GET", "POST"])
def note(request: HttpRequest, key: UUID) -> HttpResponse:
    """Close a review note with what came of it."""
    actor = _actor(request)
    found = queries.note(actor, key)
    access.require(actor, Action.CLAIM, found.agreement.subject())
    form = CloseForm(
        request.POST or None,
        initial={
            "row_version": found.row_version,
            "closed_on": found.closed_on or timezone.localdate(),
            "answer": found.answer,
        },
    )
    return form_page(
        request,
        form,
        lambda given: commands.close_note(
            actor=actor,
            note=found,
            answer=given["answer"],
            closed_on=given["closed_on"],
            expected_version=given["row_version"],
        ),
        title=_("Close the review note"),
        lead=found.question,
        to=_to(found.agreement),
        done=_("The review note is closed; both parties read what came of it."),
        submit=_("Close the note"),
    )


def _to(of: Any) -> str:
    return f"{reverse('funding:monitored', args=[of.pk])}#notes"
