"""Pages on which a treatment team writes and corrects its own notes."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from braid.access import audit
from braid.access import queries as access
from braid.access.policy import Action, Actor, Information
from braid.kernel.errors import InputFault, Stale
from braid.people import commands, forms, sections, sight
from braid.web.messages import undoable
from braid.web.pages import form_page
from braid.web.responses import go


def _actor(request: HttpRequest) -> Actor:
    """Return the actor of a page of notes; a role that never writes any is refused."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    access.require_anywhere(actor, Action.RECORD, Information.TREATMENT)
    return actor


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest, applicant_id: UUID) -> HttpResponse:
    """Write a note about somebody whom the team knows."""
    actor, today = _actor(request), timezone.localdate()
    person = sight.known(actor, applicant_id)
    about = sight.circumstances([person], actor.day)[person.id]
    team_id = sight.team_for_notes(actor, about)
    if team_id is None:
        raise Http404
    if request.method == "GET":
        audit.record(
            actor,
            "treatment_note_begun",
            applicant=applicant_id,
            holder=about.organisation,
            information=(Information.IDENTITY,),
        )
    initial = {"day": today, "row_version": 1}
    form = forms.TreatmentNoteForm(request.POST or None, today=today, initial=initial)

    def save(given: dict[str, Any]) -> UUID:
        note = commands.add_treatment_note(
            actor=actor, applicant_id=applicant_id, team_id=team_id, **form.values()
        )
        return note.pk

    def onwards(key: UUID) -> HttpResponse:
        back = reverse("people:treatment_note_take_back", args=[key])
        undoable(request, _("Treatment note saved."), back)
        return go(request, reverse("desk:person", args=[applicant_id]))

    return form_page(
        request,
        form,
        save,
        title=_("Treatment note on %(name)s") % {"name": person.name},
        to=onwards,
    )


@require_http_methods(["GET", "POST"])
def change(request: HttpRequest, key: UUID) -> HttpResponse:
    """Look at one's own note again, and correct it."""
    actor, today = _actor(request), timezone.localdate()
    note = sections.own_treatment_note(actor, key)
    if request.method == "GET":
        audit.record(
            actor,
            "treatment_note_opened",
            note,
            applicant=note.applicant_id,
            information=(Information.TREATMENT,),
            ground="own_care",
        )
    initial = {
        "day": note.day,
        "text": sections.opened(note.applicant_id, note.sealed_text),
        "row_version": note.row_version,
    }
    form = forms.TreatmentNoteForm(request.POST or None, today=today, initial=initial)

    def save(given: dict[str, Any]) -> None:
        try:
            commands.change_treatment_note(actor=actor, note=note, **given)
        except Stale:
            raise Stale(()) from None  # the log knows only that the text changed

    return form_page(
        request,
        form,
        save,
        title=_("Treatment note"),
        done=_("Treatment note saved."),
        to=reverse("desk:person", args=[note.applicant_id]),
    )


@require_POST
def take_back(request: HttpRequest, key: UUID) -> HttpResponse:
    """Undo a note that was written today."""
    actor, today = _actor(request), timezone.localdate()
    note = sections.own_treatment_note(actor, key)
    try:
        commands.take_back_treatment_note(actor=actor, key=key, today=today)
    except InputFault as fault:
        messages.error(request, str(fault))
    else:
        messages.success(request, _("Taken back."))
    if sight.is_known(actor, note.applicant_id):
        return redirect("desk:person", note.applicant_id)
    return redirect("home")
