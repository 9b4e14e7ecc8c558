"""The numbers that a supervisor gives beside the figures of a unit."""

from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from braid.access import queries as access
from braid.access.policy import Action, Actor, Information
from braid.outcomes import quarters
from braid.web.forms import LaidOut
from braid.web.pages import form_page

VALUES = ("vacant_fte", "local_unemployment", "source", "row_version")


class QuarterForm(LaidOut, forms.Form):
    """Vacant posts, unemployment in the area, and where that number is from."""

    row_version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    vacant_fte = forms.DecimalField(
        label=gettext_lazy("Vacant posts of specialists (full-time equivalents)"),
        min_value=0,
        max_digits=6,
        decimal_places=2,
        required=False,
    )
    local_unemployment = forms.DecimalField(
        label=gettext_lazy("Unemployment in the area, per cent"),
        min_value=0,
        max_value=100,
        max_digits=5,
        decimal_places=2,
        required=False,
    )
    source = forms.CharField(
        label=gettext_lazy("Where that is from"),
        max_length=200,
        required=False,
        help_text=gettext_lazy("The office that counts, and its page or table."),
    )


def _actor(request: HttpRequest) -> Actor:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    access.require_anywhere(actor, Action.OVERSEE, Information.STATISTICAL)
    return actor


@require_GET
def quarter_list(request: HttpRequest, unit: str) -> HttpResponse:
    """The last quarters with what was given for each."""
    found = quarters.unit_of(_actor(request), unit)
    context = {
        "title": _("Beside the figures"),
        "crumbs": [
            {
                "label": found.name,
                "url": reverse("outcomes:outcomes", args=[found.slug]),
            }
        ],
        "unit": found,
        "given": list(quarters.given(found, timezone.localdate()).items()),
    }
    return render(request, "outcomes/quarters.html", context)


@require_http_methods(["GET", "POST"])
def quarter(request: HttpRequest, unit: str, quarter: str) -> HttpResponse:
    """Give or correct the numbers of one quarter."""
    actor, today = _actor(request), timezone.localdate()
    found = quarters.unit_of(actor, unit)
    kept = quarters.given(found, today)
    if quarter not in kept:
        raise Http404
    row = kept[quarter]
    initial: dict[str, Any] = {"row_version": 0}
    if row is not None:
        initial = {name: getattr(row, name) for name in VALUES}
    return form_page(
        request,
        QuarterForm(request.POST or None, initial=initial),
        lambda said: quarters.give_quarter(
            actor=actor, unit=found, quarter=quarter, today=today, **said
        ),
        title=_("Beside the figures of %(quarter)s") % {"quarter": quarter},
        done=_("Saved."),
        to=reverse("outcomes:quarters", args=[found.slug]),
        lead=_("What is not known stays empty. Reports print it with its source."),
    )
