"""The form of emergency access: who exactly, why, and what happened."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from braid.access.choices import EmergencyReason
from braid.access.glass import WORDS
from braid.web.forms import LaidOut
from braid.web.widgets import DayInput


class EmergencyForm(LaidOut, forms.Form):
    """A whole number, or a full name with the date of birth; a reason, and words."""

    layout = (
        "record",
        "number",
        "name",
        "birth_date",
        "reason",
        "words",
        "not_told_because",
    )

    number = forms.CharField(
        label=gettext_lazy("National number"),
        required=False,
        max_length=30,
        help_text=gettext_lazy("The whole number. Or name and date of birth below."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    name = forms.CharField(
        label=gettext_lazy("Full name"),
        required=False,
        max_length=210,
        help_text=gettext_lazy("Exactly as it is written in the record."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    birth_date = forms.DateField(
        label=gettext_lazy("Date of birth"), required=False, widget=DayInput()
    )
    reason = forms.ChoiceField(
        label=gettext_lazy("Reason"), choices=EmergencyReason.choices
    )
    words = forms.CharField(
        label=gettext_lazy("What happened?"),
        min_length=WORDS,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("A steward reads this and judges whether it was right."),
    )
    not_told_because = forms.CharField(
        label=gettext_lazy("Telling the person now would do harm, because"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("Left empty, the person is told on their own page."),
    )
    record = forms.UUIDField(
        label=gettext_lazy("Which record?"), required=False, widget=forms.HiddenInput
    )

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        if self.errors:
            return given
        if not given["number"] and not (given["name"] and given["birth_date"]):
            self.add_error(
                "number",
                _("Enter the whole number, or the full name with the date of birth."),
            )
        return given

    def offer(self, records: Iterable[tuple[UUID, str]]) -> None:
        """Ask which of several records of one person is meant."""
        holders = [("", "–"), *((str(key), holder) for key, holder in records)]
        self.fields["record"].widget = forms.Select(choices=holders)
        self.add_error(
            "record", _("Several organisations hold a record. Choose one of them.")
        )
