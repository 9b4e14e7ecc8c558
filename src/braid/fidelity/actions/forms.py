"""Forms of the action plan: an action, and how it goes."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from braid.fidelity.choices import Progress
from braid.web.forms import LaidOut
from braid.web.widgets import DayInput, SegmentedRadio

Choices = list[tuple[str, str]]
LONGEST = 2000


class ActionForm(LaidOut, forms.Form):
    """What will be done about an item, by whom and when."""

    row_version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    item = forms.TypedChoiceField(label=_("Item"), coerce=int)
    what = forms.CharField(
        label=_("What will be done?"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Both sides of the unit's tables read it. Name no applicant."),
    )
    target = forms.TypedChoiceField(
        label=_("Target score"), coerce=int, widget=SegmentedRadio
    )
    owner = forms.ChoiceField(label=_("Who does it"), required=False)
    owner_words = forms.CharField(
        label=_("Or somebody else, or who else"),
        max_length=150,
        required=False,
        help_text=_("A person without an account, a side, the management."),
    )
    due_on = forms.DateField(label=_("By"), widget=DayInput)
    look_again_on = forms.DateField(
        label=_("Look at it again on"), widget=DayInput, required=False
    )

    def __init__(
        self,
        *args: Any,
        items: Choices,
        targets: Choices,
        owners: Choices,
        **given: Any,
    ) -> None:
        super().__init__(*args, **given)
        fields: Any = self.fields
        fields["item"].choices = items
        fields["target"].choices = targets
        fields["owner"].choices = [("", "–"), *owners]


class ProgressForm(LaidOut, forms.Form):
    """How an action goes."""

    row_version = forms.IntegerField(widget=forms.HiddenInput)
    progress = forms.ChoiceField(
        label=_("How far is it?"), choices=Progress.choices, widget=SegmentedRadio
    )
    text = forms.CharField(
        label=_("Note"),
        max_length=LONGEST,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
