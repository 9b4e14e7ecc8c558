"""Forms of ending and handing over."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from braid.people.choices import ExitReason
from braid.web.forms import LaidOut
from braid.web.widgets import DayInput

DAY = timedelta(days=1)


class DayField(forms.DateField):
    """A day, chosen with the browser's own calendar."""

    widget = DayInput


class Dated(LaidOut, forms.Form):
    """A form about a day that has come: what it does, it does at once."""

    today: date

    def has_come(self, day: date, last: date) -> date:
        """Return `day`, or say that it is still to come."""
        if day > last:
            raise forms.ValidationError(
                _("This day is still to come. Log it when it has happened.")
            )
        return day


class ExitForm(Dated):
    """The end of an episode, and the words that leave the door open."""

    exited_on = DayField(label=gettext_lazy("First day off the caseload"))
    reason = forms.ChoiceField(label=gettext_lazy("Reason"), choices=ExitReason.choices)
    team_asked_on = DayField(
        label=gettext_lazy("The treatment team was asked on"),
        required=False,
        help_text=gettext_lazy("Needed where contact was lost."),
    )
    words = forms.CharField(
        label=gettext_lazy("How the way back stays open, in words for the letter"),
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
        max_length=2000,
        initial=gettext_lazy(
            "If you want to work again, ring us. You need no referral and no reason."
        ),
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        self.fields["exited_on"].initial = today

    def clean_exited_on(self) -> date:
        """Take a day up to tomorrow: until then somebody stays on the lists."""
        day: date = self.cleaned_data["exited_on"]
        return self.has_come(day, self.today + DAY)

    def clean_team_asked_on(self) -> date | None:
        day: date | None = self.cleaned_data["team_asked_on"]
        return self.has_come(day, self.today) if day is not None else None


class HandoverForm(Dated):
    """Who takes over, from which day, and what they should know."""

    specialist: Any = forms.ModelChoiceField(
        label=gettext_lazy("Who takes over"), queryset=None
    )
    day = DayField(label=gettext_lazy("From"))
    words = forms.CharField(
        label=gettext_lazy("What the next one should know"),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=20000,
        required=False,
        help_text=gettext_lazy(
            "Goal, plan, jobs and appointments stand on the handover page by themselves."
        ),
    )
    met_on = DayField(label=gettext_lazy("Met all three on"), required=False)

    def __init__(self, *args: Any, staff: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["specialist"]
        field.queryset, field.empty_label = staff, _("Choose")
        self.today = today
        self.fields["day"].initial = today

    def clean_day(self) -> date:
        """Take a day up to tomorrow: whoever takes over has the person from now on."""
        return self.has_come(self.cleaned_data["day"], self.today + DAY)


class LeavingForm(Dated):
    """Who takes whom when a specialist leaves: one for all, or one for each."""

    day = DayField(
        label=gettext_lazy("From"),
        help_text=gettext_lazy("The first day with the new specialist."),
    )

    def __init__(
        self,
        *args: Any,
        people: Iterable[tuple[UUID, str]],
        staff: Any,
        today: date,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.keys = []
        self.today = today
        self.fields["day"].initial = today
        self.fields["everybody"] = _who(
            _("Everybody to"), staff, _("Choose for each, below")
        )
        for key, name in people:
            self.keys.append(key)
            self.fields[str(key)] = _who(name, staff, _("As for everybody"))

    def clean_day(self) -> date:
        return self.has_come(self.cleaned_data["day"], self.today + DAY)

    def choices(self) -> dict[UUID, Any]:
        """Return who takes whom; nobody chosen means waiting for a specialist."""
        given = self.cleaned_data
        return {key: given[str(key)] or given["everybody"] for key in self.keys}


def _who(label: str, staff: Any, empty: str) -> Any:
    return forms.ModelChoiceField(
        label=label, queryset=staff, required=False, empty_label=empty
    )
