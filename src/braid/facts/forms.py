"""Forms of the facts: which two snapshots are compared."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from braid.web.forms import LaidOut

Choices = list[tuple[str, str]]


class CompareForm(LaidOut, forms.Form):
    """Two snapshots, and a measure that one wonders about."""

    before = forms.ChoiceField(label=gettext_lazy("Earlier snapshot"))
    after = forms.ChoiceField(label=gettext_lazy("Later snapshot"))
    measure = forms.ChoiceField(
        label=gettext_lazy("Why did this figure move?"), required=False
    )

    def __init__(
        self, *args: Any, snapshots: Choices, measures: Choices, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["before"].choices = fields["after"].choices = snapshots
        fields["measure"].choices = [("", _("no figure")), *measures]
        if len(snapshots) > 1:
            self.initial.update(before=snapshots[1][0], after=snapshots[0][0])

    def clean_after(self) -> str:
        after: str = self.cleaned_data["after"]
        if after == self.cleaned_data.get("before"):
            raise ValidationError(
                _("These are one and the same snapshot. Choose two."), code="same"
            )
        return after
