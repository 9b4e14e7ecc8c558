"""Comparing people of a unit with another organisation's, by tokens in two files."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from braid.access.policy import Action, Actor
from braid.access.queries import require_anywhere
from braid.funding.claims import tabs
from braid.funding.ledger import handed, meeting, presenters
from braid.funding.ledger.forms import MatchingForm
from braid.kernel.errors import InputFault
from braid.people import queries as people
from braid.web.pages import add_fault, status_of


@require_http_methods(["GET", "POST"])
def matching(request: HttpRequest) -> HttpResponse:
    """Write tokens, answer tokens with lines, or read the lines of the other side."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    require_anywhere(actor, Action.CLAIM, None)
    systems = [(one, people.number_label(one)) for one in people.number_kinds(actor)]
    form = MatchingForm(request.POST or None, request.FILES or None, systems=systems)
    answer = None
    if request.method == "POST" and form.is_valid():
        try:
            answer = _answered(actor, form.cleaned_data)
        except InputFault as fault:
            add_fault(form, fault)
        else:
            if answer.file is not None:
                return _file(answer.file)
    found = meeting.matches(actor)
    context = {
        "title": _("Compare with another organisation"),
        "tabs": tabs.of_room(actor, "funding:doubles"),
        "form": form,
        "has_numbers": bool(systems),
        "answer": answer,
        "met": presenters.meetings_table(actor, answer.found) if answer else None,
        "matches": presenters.matches_table(found),
    }
    status = status_of(form)
    return render(request, "funding/ledger/matching.html", context, status=status)


def _answered(actor: Actor, given: dict[str, Any]) -> meeting.Answer:
    agreed = meeting.Agreed(
        sharing=given["sharing"],
        key=given["key"].encode(),
        system=given["system"],
    )
    return meeting.answered(
        actor=actor, agreed=agreed, theirs=given["theirs"], today=timezone.localdate()
    )


def _file(made: handed.Handed) -> HttpResponse:
    response = HttpResponse(handed.written(made), content_type="application/json")
    name = f"{made.kind}-{timezone.localdate().isoformat()}.json"
    said = content_disposition_header(as_attachment=True, filename=name)
    response["Content-Disposition"] = said or "attachment"
    response["Cache-Control"] = "no-store"
    return response
