"""The page of emergency access, and ending it before its hour is over."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from braid.access import glass
from braid.access import queries as access
from braid.access.choices import EmergencyReason, InformationChoice
from braid.access.policy import Action, Actor
from braid.access.step_up import fresh_factor
from braid.desk.emergency.forms import EmergencyForm
from braid.kernel.errors import InputFault, Refused
from braid.people import finding
from braid.web.pages import add_fault, status_of
from braid.web.responses import go


def _actor(request: HttpRequest) -> Actor:
    """Return the actor; a role that never breaks the glass is refused."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    access.require_anywhere(actor, Action.BREAK_GLASS)
    return actor


@require_http_methods(["GET", "POST"])
@fresh_factor
def emergency(request: HttpRequest) -> HttpResponse:
    """Find one person by exactly who they are and open what an emergency opens."""
    actor = _actor(request)
    form = EmergencyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            person = _found(actor, form)
            if person is not None:
                return _opened(request, actor, person, form)
        except InputFault as fault:
            add_fault(form, fault)
        except Refused:
            form.add_error(
                None,
                _(
                    "This record is restricted by law: an emergency does not open it. "
                    "Call the unit that holds it."
                ),
            )
    context = {
        "title": _("Emergency access"),
        "form": form,
        "opened": [InformationChoice(one).label for one in glass.classes(actor)],
    }
    return render(request, "desk/emergency.html", context, status=status_of(form))


def _found(actor: Actor, form: EmergencyForm) -> Any | None:
    """Return the one person who is meant; the same work and words whoever is not."""
    given = form.cleaned_data
    asked = {key: given[key] for key in ("number", "name", "birth_date")}
    found = finding.in_emergency(**asked)
    seen = glass.reachable(actor, found)
    chosen = [one for one in seen if given["record"] in (None, one.pk)]
    outcome = "found" if seen else "blocked" if found else "nobody"
    terms = "\x1f".join(finding.folded(str(value or "")) for value in asked.values())
    about = found[0].pk if len(found) == 1 else None
    glass.note_search(actor, terms, outcome, about, timezone.now())
    if not chosen:
        raise InputFault(
            _(
                "Nobody was found by exactly this. Check every letter and number, or "
                "call the unit that holds the record."
            )
        )
    if len(chosen) > 1:
        form.offer((one.pk, one.organisation.name) for one in chosen)
        return None
    return chosen[0]


def _opened(
    request: HttpRequest, actor: Actor, person: Any, form: EmergencyForm
) -> HttpResponse:
    given = form.cleaned_data
    try:
        glass.break_glass(
            actor=actor,
            person=person,
            reason=EmergencyReason(given["reason"]),
            words=given["words"],
            not_told_because=given["not_told_because"],
            now=timezone.now(),
        )
    except InputFault as fault:
        if fault.reason != "not_needed":
            raise
        messages.info(request, str(fault))
    else:
        messages.success(request, _("Open for one hour. A steward will review it."))
    return go(request, person.get_absolute_url())


@require_POST
def close(request: HttpRequest, key: UUID) -> HttpResponse:
    """End one's own emergency access now."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    glass.close(actor=actor, key=key, now=timezone.now())
    messages.success(request, _("Emergency access ended."))
    return redirect("home")
