"""Forms of notes beside figures."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from braid.facts.annotating import LONGEST
from braid.web.forms import LaidOut


class AnnotationForm(LaidOut, forms.Form):
    """A note beside a figure of a quarter."""

    measure = forms.ChoiceField(label=_("Figure"))
    quarter = forms.ChoiceField(label=_("Quarter"))
    text = forms.CharField(
        label=_("Note"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("What explains the figure, or what was agreed. Name nobody."),
    )

    def __init__(
        self,
        *args: Any,
        measures: list[tuple[str, str]],
        quarters: list[tuple[str, str]],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["measure"].choices = measures
        fields["quarter"].choices = quarters


class AnnotationEditForm(LaidOut, forms.Form):
    """The words of a note; the figure and the quarter stay."""

    row_version = forms.IntegerField(widget=forms.HiddenInput)
    text = forms.CharField(
        label=_("Note"), max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 4})
    )
