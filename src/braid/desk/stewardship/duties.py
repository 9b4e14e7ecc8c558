"""Pages of duties: what is let go when, the register of processing, a breach."""

from datetime import datetime
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from braid.access import queries as access
from braid.access.policy import Action, Actor
from braid.access.rights import breach, processing, retention
from braid.kernel.errors import InputFault
from braid.web.forms import LaidOut
from braid.web.pages import add_fault, status_of
from braid.web.widgets import DayInput


class BreachForm(LaidOut, forms.Form):
    """Which days and accounts, what happened, since when it is known."""

    first_day = forms.DateField(label=gettext_lazy("First day"), widget=DayInput)
    last_day = forms.DateField(label=gettext_lazy("Last day"), widget=DayInput)
    users: Any = forms.ModelMultipleChoiceField(
        label=gettext_lazy("Accounts"),
        queryset=None,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("None chosen means all."),
    )
    known_on = forms.DateField(label=gettext_lazy("Known since"), widget=DayInput)
    known_at = forms.TimeField(
        label=gettext_lazy("At"), widget=forms.TimeInput(attrs={"type": "time"})
    )
    words = forms.CharField(
        label=gettext_lazy("What happened"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    done = forms.CharField(
        label=gettext_lazy("What was done about it"),
        max_length=4000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, users: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["users"].queryset = users  # type: ignore[attr-defined]


def _actor(request: HttpRequest, action: Action) -> Actor:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    access.require_anywhere(actor, action)
    return actor


@require_GET
def kept(request: HttpRequest) -> HttpResponse:
    """What is let go by which rule, and how many it would be today; nobody is named."""
    actor = _actor(request, Action.ANSWER)
    context = {
        "title": _("What is kept, and how long"),
        "sub": _("By the rules of the country. Each night what is due goes."),
        "lines": retention.counted(actor.organisation, timezone.now()),
        "kept": retention.kept_for_good(actor.organisation),
    }
    return render(request, "desk/stewardship/retention.html", context)


@require_GET
def register(request: HttpRequest) -> HttpResponse:
    """The register of processing of one's own organisation."""
    actor = _actor(request, Action.ANSWER)
    context = {
        "title": _("Register of processing"),
        "sub": _("Made from what the program declares of each table."),
        "register": processing.of_actor(actor),
    }
    return render(request, "desk/stewardship/register.html", context)


@require_http_methods(["GET", "POST"])
def breach_report(request: HttpRequest) -> HttpResponse:
    """A report of a breach: counted from the audit, to print; kept nowhere."""
    actor = _actor(request, Action.REVIEW_ACCESS)
    form = BreachForm(request.POST or None, users=breach.accounts(actor))
    report: dict[str, Any] = {}
    if request.method == "POST" and form.is_valid():
        try:
            report = _report(actor, form.cleaned_data)
        except InputFault as fault:
            add_fault(form, fault)
    context = {
        "title": _("Report a breach"),
        "sub": _("Within 72 hours to the authority, unless nobody is at risk."),
        "form": form,
        "report": report,
        "organisation": request.place.organisation,  # type: ignore[attr-defined]
        "current_year": timezone.localdate().year,
    }
    name = "desk/stewardship/breach.html"
    return render(request, name, context, status=status_of(form))


def _report(actor: Actor, given: dict[str, Any]) -> dict[str, Any]:
    known = timezone.make_aware(datetime.combine(given["known_on"], given["known_at"]))
    affected = breach.measure(
        actor=actor,
        first_day=given["first_day"],
        last_day=given["last_day"],
        users=[one.pk for one in given["users"]],
    )
    due = breach.report_due(known)
    return {
        "given": given,
        "names": [one.name for one in given["users"]],
        "known_at": known,
        "due_at": due,
        "is_late": timezone.now() > due,
        "affected": affected,
        "made_at": timezone.now(),
    }
