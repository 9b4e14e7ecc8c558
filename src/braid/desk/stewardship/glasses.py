"""The steward's pages of emergency access: what happened, what was opened, was it right?"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from braid.access import audit, glass
from braid.access.choices import InformationChoice, ReviewVerdict
from braid.access.policy import Actor
from braid.kernel.errors import InputFault
from braid.web.forms import LaidOut
from braid.web.pages import add_fault, status_of
from braid.web.presenters import State
from braid.web.responses import go
from braid.web.widgets import SegmentedRadio

DONE = 50  # reviewed ones that the page still lists


class ReviewForm(LaidOut, forms.Form):
    """A verdict with words, and whether an applicant who was not told is told now."""

    verdict = forms.ChoiceField(
        label=gettext_lazy("Was it right?"),
        choices=ReviewVerdict.choices,
        widget=SegmentedRadio,
    )
    words = forms.CharField(
        label=gettext_lazy("Conclusion"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    tell = forms.BooleanField(
        label=gettext_lazy("Tell the applicant now"), required=False
    )

    def __init__(self, *args: Any, is_told: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if is_told:
            del self.fields["tell"]


@dataclass(frozen=True, slots=True)
class GlassLine:
    """One use of emergency access in the list."""

    url: str
    who: str
    where: str
    opened_at: datetime
    reason: str
    pill: str
    state: State


@require_GET
def glasses(request: HttpRequest) -> HttpResponse:
    """Every use of emergency access to the organisation's records, overdue ones first."""
    actor, now = _actor(request), timezone.now()
    lines = [_line(one, now) for one in glass.to_review(actor)]
    reviewed = glass.glasses(actor).filter(reviewed_at__isnull=False)[:DONE]
    audit.record(actor, "glasses_opened", count=len(lines))
    context = {
        "title": _("Emergency access"),
        "waiting": lines,
        "reviewed": [_line(one, now) for one in reviewed],
        "current_year": timezone.localdate().year,
    }
    return render(request, "desk/stewardship/glasses.html", context)


def _line(one: Any, now: datetime) -> GlassLine:
    if one.reviewed_at is not None:
        pill, state = one.get_verdict_display(), State.OK
    elif one.review_due_at < now:
        pill, state = _("overdue"), State.OVERDUE
    else:
        pill, state = _("to review"), State.DUE
    return GlassLine(
        url=reverse("desk:glass_review", args=[one.pk]),
        who=one.user.name,
        where=one.organisation.name,
        opened_at=one.opened_at,
        reason=one.get_reason_display(),
        pill=str(pill),
        state=state,
    )


@require_http_methods(["GET", "POST"])
def review(request: HttpRequest, key: UUID) -> HttpResponse:
    """One use: what happened, what was opened, and the verdict."""
    actor = _actor(request)
    one = glass.glass(actor, key)
    form = ReviewForm(request.POST or None, is_told=one.told_at is not None)
    if request.method == "POST" and form.is_valid():
        try:
            glass.review(actor=actor, key=key, now=timezone.now(), **_given(form))
        except InputFault as fault:
            add_fault(form, fault)
        else:
            return go(request, reverse("desk:glasses"))
    audit.record(
        actor,
        "glass_review_opened",
        applicant=one.applicant_id,
        glass=one.pk,
    )
    context = {
        "title": _("Emergency access of %(name)s") % {"name": one.user.name},
        "glass": one,
        "opened": [_opened(entry) for entry in glass.what_was_opened(one)],
        "form": form,
        "is_own": one.user_id == actor.id,
        "is_overdue": one.reviewed_at is None and one.review_due_at < timezone.now(),
        "current_year": timezone.localdate().year,
    }
    name = "desk/stewardship/glass_review.html"
    return render(request, name, context, status=status_of(form))


def _actor(request: HttpRequest) -> Actor:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    return actor


def _given(form: ReviewForm) -> dict[str, Any]:
    given = dict(form.cleaned_data)
    return given | {"verdict": ReviewVerdict(given["verdict"])}


def _opened(entry: Any) -> tuple[datetime, str]:
    """Return when something was opened, and the classes of information that it showed."""
    classes = [one for one in entry.information.split(",") if one]
    shown = ", ".join(str(InformationChoice(one).label) for one in classes)
    return entry.at, shown or _action(entry.action)


def _action(action: str) -> str:
    known = {
        "glass_broken": _("emergency access began"),
        "glass_closed": _("emergency access was ended"),
    }
    return known.get(action, _("something was done"))
