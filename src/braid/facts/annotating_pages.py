"""The dialogs of notes beside figures; each lens gives its measures and addresses."""

from collections.abc import Callable, Sequence
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from braid.access.policy import Action, Actor
from braid.access.queries import require
from braid.facts import annotating
from braid.facts.annotating_forms import AnnotationEditForm, AnnotationForm
from braid.facts.models import Annotation
from braid.packs.measures import Measure
from braid.web.pages import form_page
from braid.web.presenters import Action as Button
from braid.web.responses import go

Address = Callable[[Annotation], str]


def new(
    request: HttpRequest,
    actor: Actor,
    unit: Any,
    *,
    measures: Sequence[Measure],
    quarters: Sequence[str],
    to: Address,
) -> HttpResponse:
    """Set a note beside a figure of a quarter; the newest quarter is proposed."""
    require(actor, Action.TAKE_PART, annotating.seat(unit))
    language = get_language() or "en"
    form = AnnotationForm(
        request.POST or None,
        measures=[(one.id, one.name(language)) for one in measures],
        quarters=[(quarter, quarter) for quarter in reversed(quarters)],
        initial={
            "measure": request.GET.get("measure", ""),
            "quarter": request.GET.get("quarter", quarters[-1]),
        },
    )
    return form_page(
        request,
        form,
        lambda given: annotating.annotate(
            actor=actor,
            unit=unit,
            measure=given["measure"],
            quarter=given["quarter"],
            text=given["text"],
        ),
        title=_("Write a note beside a figure"),
        lead=_("Everybody who may open this page reads it: both sides."),
        to=to,
        done=_("The note stands beside the figure."),
        submit=_("Save the note"),
    )


def change(
    request: HttpRequest, actor: Actor, key: UUID, *, to: Address, away_url: str
) -> HttpResponse:
    """Change the words of a note."""
    found = annotating.one(actor, key)
    form = AnnotationEditForm(
        request.POST or None,
        initial={"row_version": found.row_version, "text": found.text},
    )
    return form_page(
        request,
        form,
        lambda given: annotating.reword(
            actor=actor,
            note=found,
            text=given["text"],
            expected_version=given["row_version"],
        ),
        title=_("Change the note"),
        lead=_("Everybody who may open this page reads it: both sides."),
        to=to(found),
        done=_("The note is changed."),
        submit=_("Save the note"),
        link=Button(_("Take the note away"), away_url),
    )


def take_away(
    request: HttpRequest, actor: Actor, key: UUID, *, to: Address
) -> HttpResponse:
    """Ask, then take a note away."""
    found = annotating.one(actor, key)
    back = to(found)
    if request.method == "POST":
        annotating.remove(actor=actor, note=found)
        messages.success(request, _("The note is taken away."))
        return go(request, back)
    context = {
        "title": _("Take this note away?"),
        "text": found.text,
        "action": request.path,
        "cancel_url": back,
    }
    return render(request, "facts/annotation_away.html", context)
