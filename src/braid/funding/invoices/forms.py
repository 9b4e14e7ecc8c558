"""Forms of invoices: which claims are put on one, and why one is taken back."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from braid.funding.invoices.document import EXEMPT, OUTSIDE
from braid.web.forms import LaidOut

LONGEST_NOTE = 500


class IssueForm(LaidOut, forms.Form):
    """Which claims are put on an invoice; all that are ready stand on it at first."""

    claims = forms.MultipleChoiceField(
        label=_("Claims on the invoice"), widget=forms.CheckboxSelectMultiple
    )
    note = forms.CharField(
        label=_("Note to the payer"),
        max_length=LONGEST_NOTE,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("It stands on the invoice. Name nobody."),
    )

    def __init__(
        self,
        *args: Any,
        choices: Sequence[tuple[str, str]],
        has_vat: bool,
        **kwargs: Any,
    ) -> None:
        kwargs["initial"] = {"claims": [key for key, _label in choices]}
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["claims"].choices = choices
        if not has_vat:
            fields["untaxed"] = forms.ChoiceField(
                label=_("Why there is no VAT"),
                choices=[
                    (OUTSIDE, _("It is outside VAT")),
                    (EXEMPT, _("It is exempt from VAT")),
                ],
                initial=OUTSIDE,
            )
            fields["untaxed_reason"] = forms.CharField(
                label=_("In words, as the law says it"),
                max_length=200,
                required=False,
                help_text=_("Empty says: not subject to VAT."),
            )


class TakeBackForm(LaidOut, forms.Form):
    """Why an invoice is taken back."""

    note = forms.CharField(
        label=_("Why it is taken back"),
        max_length=LONGEST_NOTE,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("The payer reads it on the credit note. Name nobody."),
    )
