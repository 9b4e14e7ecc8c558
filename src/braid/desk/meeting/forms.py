"""The forms of a treatment-team meeting."""

from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from braid.access.choices import Sector
from braid.access.seating import Seat, Table
from braid.desk.forms import DayField
from braid.teamwork.commands.table import LONGEST
from braid.web.forms import LaidOut
from braid.work.choices import Mode

SIDE = {
    Sector.IPS_PROVIDER: "side:ips_provider",
    Sector.MENTAL_HEALTH: "side:mental_health",
}


class PrepareForm(LaidOut, forms.Form):
    """When the next meeting is."""

    day = DayField(label=_("Day"))
    begins_at = forms.TimeField(
        label=_("At"),
        required=False,
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
    )


class DetailsForm(PrepareForm):
    """When, how long, how and where."""

    minutes = forms.IntegerField(
        label=_("Minutes"), required=False, min_value=1, max_value=600
    )
    mode = forms.ChoiceField(
        label=_("How"), required=False, choices=[("", "–"), *Mode.choices]
    )
    place_words = forms.CharField(label=_("Where"), required=False, max_length=100)
    row_version = forms.IntegerField(widget=forms.HiddenInput)


class LineForm(forms.Form):
    """What was said about one person, and what is asked of whom."""

    words = forms.CharField(required=False, max_length=LONGEST, strip=False)
    asked = forms.CharField(required=False, max_length=300)
    row_version = forms.IntegerField(min_value=0)


class DecideForm(LaidOut, forms.Form):
    """What was decided, who does it and by when."""

    about = forms.ChoiceField(label=_("About"), required=False)
    text = forms.CharField(label=_("What was decided"), max_length=300)
    owner = forms.ChoiceField(label=_("Who does it"))
    due_on = DayField(label=_("By"), required=False)

    def __init__(
        self,
        *args: Any,
        table: Table,
        seats: list[Seat],
        people: list[tuple[str, str]],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        about: Any = self.fields["about"]
        about.choices = [("", _("Nobody in particular")), *people]
        owner: Any = self.fields["owner"]
        owner.choices = [
            (
                _("A whole side"),
                [
                    (SIDE[Sector.IPS_PROVIDER], table.unit.name),
                    (SIDE[Sector.MENTAL_HEALTH], table.team.name),
                ],
            ),
            *(
                (
                    side.name,
                    [
                        (f"{sector}:{one.user_id}", one.name)
                        for one in seats
                        if one.team_id == side.pk
                    ],
                )
                for side, sector in (
                    (table.unit, Sector.IPS_PROVIDER.value),
                    (table.team, Sector.MENTAL_HEALTH.value),
                )
            ),
        ]

    def values(self) -> dict[str, Any]:
        """Return what the command takes, without whom it is about."""
        kind, _colon, who = self.cleaned_data["owner"].partition(":")
        whole = kind == "side"
        return {
            "text": self.cleaned_data["text"],
            "due_on": self.cleaned_data["due_on"],
            "sector": who if whole else kind,
            "staff_id": None if whole else UUID(who),
        }


class CorridorForm(LaidOut, forms.Form):
    """What was said in passing: one field; the day is today."""

    text = forms.CharField(
        label=_("What did you say to each other?"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 3, "autofocus": True}),
    )
    who = forms.ChoiceField(label=_("With"), widget=forms.RadioSelect)
    day = DayField(label=_("Day"))

    def __init__(
        self, *args: Any, others: list[tuple[str, str]], today: date, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        self.fields["day"].initial = today
        who: Any = self.fields["who"]
        who.choices = others
        who.initial = others[0][0] if others else ""
        if len(others) == 1:
            who.widget = forms.HiddenInput()

    def clean_day(self) -> date:
        day: date = self.cleaned_data["day"]
        if day > self.today:
            raise forms.ValidationError(
                _("This day is still to come. Log it when it has happened.")
            )
        return day


class AgainForm(LaidOut, forms.Form):
    """On which day somebody is asked again."""

    ask_on = DayField(label=_("Ask again on"))
