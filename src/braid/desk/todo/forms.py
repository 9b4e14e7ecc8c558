"""A task, and a reminder that is put off."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from braid.web.forms import LaidOut
from braid.web.widgets import DayInput, FilterSelect


class TaskForm(LaidOut, forms.Form):
    """Something to do. It says nothing of health: others of the unit read it."""

    text = forms.CharField(
        label=_("What is to be done?"),
        max_length=300,
        help_text=_("Everybody in the unit can read it. Leave health out."),
    )
    person = forms.ChoiceField(label=_("About"), required=False, widget=FilterSelect)
    staff = forms.ChoiceField(label=_("Who"), required=False)
    due_on = forms.DateField(label=_("By"), required=False, widget=DayInput)

    def __init__(
        self,
        *args: Any,
        people: list[tuple[str, str]],
        staff: list[tuple[str, str]],
        **given: Any,
    ) -> None:
        super().__init__(*args, **given)
        self._choose("person", [("", _("nobody in particular")), *people])
        self._choose("staff", [("", _("nobody yet")), *staff])

    def _choose(self, name: str, choices: list[Any]) -> None:
        field: Any = self.fields[name]
        field.choices = choices


class GiveForm(LaidOut, forms.Form):
    """Who does a task."""

    row_version = forms.IntegerField(widget=forms.HiddenInput)
    staff = forms.ChoiceField(label=_("Who"), required=False)

    def __init__(self, *args: Any, staff: list[tuple[str, str]], **given: Any) -> None:
        super().__init__(*args, **given)
        field: Any = self.fields["staff"]
        field.choices = [("", _("nobody yet")), *staff]


class PutOffForm(LaidOut, forms.Form):
    """Until when, and why; it comes back then by itself."""

    until_on = forms.DateField(label=_("Again on"), widget=DayInput)
    reason = forms.CharField(
        label=_("Why?"),
        max_length=200,
        help_text=_("A few words for yourself and the unit. Leave health out."),
    )
