"""Forms of agreements and claims."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from braid.funding.choices import Reason
from braid.web.forms import LaidOut
from braid.web.widgets import DayInput

Choices = list[tuple[str, str]]
LONGEST = 2000


def _words(label: Any, *, required: bool = True, hint: Any = "") -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=LONGEST,
        required=required,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=hint
        or _("It stays in the history, and both parties read it. Name no applicant."),
    )


class AgreementForm(LaidOut, forms.Form):
    """Who pays a unit by which contract, from a day to a day."""

    contract = forms.ChoiceField(label=_("Contract"))
    unit = forms.ChoiceField(label=_("Unit"))
    funder = forms.ChoiceField(label=_("Funder"))
    first_day = forms.DateField(label=_("First day"), widget=DayInput)
    last_day = forms.DateField(
        label=_("Last day"),
        widget=DayInput,
        required=False,
        help_text=_("Empty while it is open. Support goes on whoever pays for it."),
    )
    buyer_reference = forms.CharField(
        label=_("Reference of the buyer"), max_length=60, required=False
    )
    order_reference = forms.CharField(
        label=_("Number of the order"), max_length=60, required=False
    )
    payment_days = forms.IntegerField(
        label=_("Days to pay in"), min_value=0, max_value=365, initial=30
    )

    def __init__(
        self,
        *args: Any,
        contracts: Choices,
        units: Choices,
        funders: Choices,
        **given: Any,
    ) -> None:
        super().__init__(*args, **given)
        fields: Any = self.fields
        fields["contract"].choices = contracts
        fields["unit"].choices = units
        fields["funder"].choices = funders


class ChangeAgreementForm(LaidOut, forms.Form):
    """What may change of an agreement: its days and its references."""

    row_version = forms.IntegerField(widget=forms.HiddenInput)
    first_day = forms.DateField(label=_("First day"), widget=DayInput)
    last_day = forms.DateField(label=_("Last day"), widget=DayInput, required=False)
    buyer_reference = forms.CharField(
        label=_("Reference of the buyer"), max_length=60, required=False
    )
    order_reference = forms.CharField(
        label=_("Number of the order"), max_length=60, required=False
    )
    payment_days = forms.IntegerField(
        label=_("Days to pay in"), min_value=0, max_value=365
    )


class PartyForm(LaidOut, forms.Form):
    """Who stands on invoices: the provider, or one payer."""

    name = forms.CharField(label=_("Name on the invoice"), max_length=200)
    company_number = forms.CharField(
        label=_("Company number"), max_length=40, required=False
    )
    vat_number = forms.CharField(label=_("VAT number"), max_length=40, required=False)
    street = forms.CharField(label=_("Street"), max_length=150, required=False)
    postcode = forms.CharField(label=_("Postcode"), max_length=20, required=False)
    city = forms.CharField(label=_("Town"), max_length=100, required=False)
    country = forms.CharField(
        label=_("Country"),
        max_length=2,
        required=False,
        help_text=_("Two letters, such as DK."),
    )
    email = forms.EmailField(label=_("E-mail for invoices"), required=False)
    endpoint_scheme = forms.CharField(
        label=_("Scheme of the electronic address"), max_length=4, required=False
    )
    endpoint = forms.CharField(
        label=_("Electronic address"), max_length=60, required=False
    )
    account = forms.CharField(label=_("Account (IBAN)"), max_length=40, required=False)


class WordsForm(LaidOut, forms.Form):
    """A step that is taken with a sentence."""

    text = _words(_("In a sentence"))

    def __init__(self, *args: Any, needs_words: bool = True, **given: Any) -> None:
        super().__init__(*args, **given)
        self.fields["text"].required = needs_words


class RejectForm(LaidOut, forms.Form):
    """Why a claim is not paid."""

    reason = forms.ChoiceField(
        label=pgettext_lazy("of a rejection", "Reason"),
        choices=[("", "–"), *Reason.choices],
    )
    text = _words(_("In a sentence"))


class PayForm(LaidOut, forms.Form):
    """That a claim was paid."""

    payment_reference = forms.CharField(
        label=_("Reference of the payment"), max_length=60
    )
    day = forms.DateField(label=_("Paid on"), widget=DayInput)
    text = _words(_("Note"), required=False)


class DifferenceForm(LaidOut, forms.Form):
    """The difference that settles a dispute, or corrects what was paid."""

    amount = forms.DecimalField(
        label=_("Difference"),
        max_digits=14,
        decimal_places=2,
        help_text=_("With a minus where money goes back."),
    )
    text = _words(_("Why"))


class CheckForm(LaidOut, forms.Form):
    """A file that somebody was shown, to be held against the digest of a claim."""

    file = forms.FileField(
        label=_("The file that you were shown"),
        required=False,
        help_text=_("It is looked at and not kept."),
    )
    sha256 = forms.CharField(label=_("Or its SHA-256"), max_length=64, required=False)
