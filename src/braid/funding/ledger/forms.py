"""Forms of the ledger: a steward's decision, and what something else pays for."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from braid.funding.ledger.handed import LARGEST, LONGEST
from braid.funding.models import PaidElsewhere
from braid.web.forms import LaidOut

NEITHER = "neither"


class DecisionForm(LaidOut, forms.Form):
    """Which of two lines is paid, and why."""

    pays = forms.ChoiceField(label=_("Which line is paid"), widget=forms.RadioSelect)
    text = forms.CharField(
        label=_("Why"),
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Both sides read it. Name nobody."),
    )

    def __init__(
        self, *args: Any, choices: Sequence[tuple[str, str]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["pays"].choices = [*choices, (NEITHER, _("None of them"))]


def _day(label: Any, **more: Any) -> forms.DateField:
    return forms.DateField(
        label=label,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        **more,
    )


class PaidElsewhereForm(LaidOut, forms.Form):
    """What something else pays for, so that it is not charged here."""

    activity = forms.ChoiceField(
        label=_("What"), choices=PaidElsewhere.Activity.choices
    )
    payer = forms.CharField(label=_("Who pays for it"), max_length=120)
    first_day = _day(_("First day"))
    last_day = _day(_("Last day"), required=False)
    source = forms.CharField(label=_("Where it is written"), max_length=300)


class MatchingForm(LaidOut, forms.Form):
    """What two organisations agreed on, and the file of the other side where it is there."""

    sharing = forms.CharField(
        label=_("Record of data sharing"),
        max_length=LONGEST,
        help_text=_("Its name or number, written by both sides alike."),
    )
    system = forms.ChoiceField(label=_("Kind of number"))
    key = forms.CharField(
        label=_("Key"),
        max_length=200,
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
        help_text=_(
            "At least 32 signs made by chance. It is used once and kept nowhere."
        ),
    )
    theirs = forms.FileField(
        label=_("File of the other side"),
        required=False,
        max_length=255,
        widget=forms.FileInput(attrs={"accept": ".json,application/json"}),
        help_text=_("Nothing yet: your tokens are written, and you hand them over."),
    )

    def __init__(
        self, *args: Any, systems: Sequence[tuple[str, str]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["system"].choices = systems

    def clean_theirs(self) -> bytes | None:
        """Return the bytes of the file, as far as it may be read at all."""
        given = self.cleaned_data["theirs"]
        return given.read(LARGEST + 1) if given else None
