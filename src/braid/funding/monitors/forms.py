"""Forms of review notes."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from braid.funding.monitors.commands import LONGEST
from braid.web.forms import LaidOut


class NoteForm(LaidOut, forms.Form):
    """What somebody wants to talk about, beside a figure that is watched."""

    monitor = forms.ChoiceField(label=_("Figure"))
    question = forms.CharField(
        label=_("What to talk about"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Name nobody: both parties read it."),
    )

    def __init__(
        self, *args: Any, monitors: list[tuple[str, str]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["monitor"].choices = monitors


class CloseForm(LaidOut, forms.Form):
    """What came of a review note, and when."""

    row_version = forms.IntegerField(widget=forms.HiddenInput)
    closed_on = forms.DateField(label=_("Talked about on"))
    answer = forms.CharField(
        label=_("What came of it"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Name nobody: both parties read it."),
    )
