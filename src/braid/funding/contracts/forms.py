"""The form by which a value of a contract is filled in."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from braid.funding.contract_words.values import rounding_text
from braid.packs.contracts import Parameter
from braid.packs.contracts.parameters import ROUNDINGS
from braid.packs.reading import read_text
from braid.web.forms import LaidOut

LONGEST = 300


class ValueForm(LaidOut, forms.Form):
    """What a parameter is bound to, where that is written, by whom and when."""

    value = forms.CharField(label=_("Value"), max_length=2000)
    source = forms.CharField(
        label=_("Where it is written"),
        max_length=LONGEST,
        help_text=_("The agreement and its paragraph, or the letter with its day."),
    )
    bound_by = forms.CharField(label=_("Filled in by"), max_length=150)
    day = forms.DateField(label=_("Day"))

    def __init__(self, *args: Any, parameter: Parameter, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._use = parameter.use
        if self._use == "rounding":
            self.fields["value"] = forms.ChoiceField(
                label=_("Rounding"),
                choices=[(way, rounding_text(way)) for way in ROUNDINGS],
            )
        elif self._use == "condition":
            self.fields["value"] = forms.CharField(
                label=_("Rule"),
                max_length=2000,
                widget=forms.Textarea(attrs={"rows": 4}),
                help_text=_(
                    "As a contract file says it, such as {word: job_start}; “none” where "
                    "the contract has no such rule."
                ),
            )
        self.order_fields(["value", "source", "bound_by", "day"])

    def clean_value(self) -> Any:
        """Return the value as a file has it: a rule as its parts, all else as text."""
        said = self.cleaned_data["value"].strip()
        if self._use != "condition":
            return said
        document = read_text(said)
        if document.faults:
            raise forms.ValidationError(
                _(
                    "This is not written as a contract file says it. Look at its brackets."
                )
            )
        return document.data
