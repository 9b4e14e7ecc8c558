"""Forms of what funders did about an episode, and of papers that are about no job."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from braid.documents.choices import PROBLEMS
from braid.documents.rules import MAX_BYTES, Problem
from braid.funding.choices import FunderEventKind, RequesterKind
from braid.method.contracts.shape import LABELS
from braid.web.forms import LaidOut
from braid.web.widgets import DayInput
from braid.work.choices import EvidenceKind
from braid.work.commands.evidence import Paper

STATED = {
    "specialist_is_contact": _("the specialist is the contact person"),
    "expressed_wish": _("the person wishes to work"),
    "small_job_wants_other_field": _("a small job, and a wish for another field"),
    "blind": _("blind, by the rules of the country"),
}
LABELLED = {
    "bank_statement": _("bank statement"),
    "tax_return": _("tax return"),
    "employer_call": _("call to the employer"),
    "appointment_record": _("record of appointments"),
    "profile_document": _("career profile on paper"),
    "signed_form": _("form that was signed"),
}


class EventForm(LaidOut, forms.Form):
    """What a funder decided or was sent, on a day."""

    agreement = forms.ChoiceField(label=_("Funder and contract"))
    kind = forms.ChoiceField(
        label=pgettext_lazy("of a funder", "What happened"),
        choices=FunderEventKind.choices,
    )
    day = forms.DateField(label=pgettext_lazy("of a funder", "Day"), widget=DayInput)
    reference = forms.CharField(
        label=_("Number of the letter"), max_length=60, required=False
    )
    months = forms.IntegerField(
        label=_("For how many months"), min_value=1, max_value=120, required=False
    )
    requester = forms.CharField(
        label=_("Who asks"),
        max_length=150,
        required=False,
        help_text=_("Of a request: the municipality where the person lives."),
    )
    requester_kind = forms.ChoiceField(
        label=pgettext_lazy("of who asks", "As"),
        choices=[("", "–"), *RequesterKind.choices],
        required=False,
    )
    executing_body = forms.CharField(
        label=_("Who carries it out, where that is another"),
        max_length=150,
        required=False,
    )

    def __init__(
        self, *args: Any, agreements: list[tuple[str, str]], **given: Any
    ) -> None:
        super().__init__(*args, **given)
        fields: Any = self.fields
        fields["agreement"].choices = agreements


class PaperForm(LaidOut, forms.Form):
    """A paper that proves something for a funder, kept or seen and given back."""

    kind = forms.ChoiceField(
        label=_("What the paper is"),
        choices=EvidenceKind.choices,
        initial=EvidenceKind.OTHER,
    )
    label = forms.ChoiceField(
        label=_("What other paper, or what is declared"),
        choices=[("", "–"), *LABELLED.items(), *STATED.items()],
        required=False,
    )
    file = forms.FileField(
        label=_("File"),
        required=False,
        max_length=255,
        help_text=_(
            "PDF, picture, text, or a document of an office program; at most 10 MB."
        ),
    )
    is_given_back = forms.BooleanField(
        label=_("I saw the original and gave it back; no file is kept"),
        required=False,
    )
    received_on = forms.DateField(label=_("Received"), widget=DayInput)
    period_first = forms.DateField(
        label=_("For the days from"), widget=DayInput, required=False
    )
    period_last = forms.DateField(
        label=pgettext_lazy("of days", "to"), widget=DayInput, required=False
    )
    number = forms.CharField(
        label=_("Number that was called"),
        max_length=40,
        required=False,
        help_text=_("Of a call to an employer, where the person agreed to it."),
    )

    def __init__(self, *args: Any, today: date, **given: Any) -> None:
        super().__init__(*args, **given)
        self.today = today
        self.fields["received_on"].initial = today

    def clean_file(self) -> Any:
        given = self.cleaned_data["file"]
        if given is not None and given.size > MAX_BYTES:
            raise forms.ValidationError(PROBLEMS[Problem.TOO_LARGE])
        return given

    def clean_received_on(self) -> date:
        given: date = self.cleaned_data["received_on"]
        if given > self.today:
            raise forms.ValidationError(
                _("This day is still to come. Say on which day the paper came.")
            )
        return given

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        labelled = given.get("label")
        if given.get("kind") == EvidenceKind.OTHER and not labelled:
            self.add_error("label", _("Say what other paper it is."))
        return given

    def given(self) -> Paper:
        """Return the paper as it was brought."""
        given = self.cleaned_data
        file = given["file"]
        return Paper(
            kind=given["kind"],
            file_name=file.name if file else "",
            data=file.read() if file else b"",
            received_on=given["received_on"],
            period_first=given["period_first"],
            period_last=given["period_last"],
            label=given["label"],
            is_given_back=given["is_given_back"],
            number=given["number"],
        )


UNKNOWN = set(LABELS) - set(LABELLED)
"""Labels of contract files that have no words here; a test keeps it empty."""
