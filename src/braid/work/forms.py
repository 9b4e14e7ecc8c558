"""Forms about employers and jobs."""

from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from braid.web.forms import LaidOut
from braid.web.widgets import DayInput, FilterSelect, SegmentedRadio
from braid.work.choices import (
    AbsenceKind,
    AbsencePay,
    Disclosure,
    EmployerOfRecord,
    FitsPreference,
    FoundBy,
    PayUnit,
    Permanence,
    Size,
    TimeLimitOrigin,
)

NOT_KNOWN = gettext_lazy("Not known")
TESTS = ("open_to_all", "at_least_minimum", "going_rate", "normal_rights")


def _optional(choices: Any) -> list[Any]:
    return [("", NOT_KNOWN), *choices]


def _tri(label: Any, help_text: Any = "") -> forms.TypedChoiceField:
    """A yes/no question that may stay open; open is not no."""
    return forms.TypedChoiceField(
        label=label,
        choices=[
            ("yes", gettext_lazy("yes")),
            ("no", gettext_lazy("no")),
            ("", NOT_KNOWN),
        ],
        coerce=lambda word: word == "yes",
        empty_value=None,
        required=False,
        widget=SegmentedRadio,
        help_text=help_text,
    )


def tri_word(value: bool | None) -> str:
    return {True: "yes", False: "no", None: ""}[value]


class EmployerForm(LaidOut, forms.Form):
    """An employer's entry in the directory. Nothing about an applicant belongs here."""

    name = forms.CharField(label=gettext_lazy("Name"), max_length=200)
    parent = forms.ChoiceField(
        label=gettext_lazy("Branch of"), widget=FilterSelect, required=False
    )
    register_number = forms.CharField(
        label=gettext_lazy("Register number"), max_length=20, required=False
    )
    industry = forms.CharField(
        label=gettext_lazy("Industry (ISIC division)"), max_length=6, required=False
    )
    size = forms.ChoiceField(
        label=gettext_lazy("Number of staff"),
        choices=_optional(Size.choices),
        required=False,
    )
    contact_person = forms.CharField(
        label=gettext_lazy("Contact person"), max_length=150, required=False
    )
    phone = forms.CharField(label=gettext_lazy("Phone"), max_length=40, required=False)
    address = forms.CharField(
        label=gettext_lazy("Address"), max_length=200, required=False
    )
    city = forms.CharField(label=gettext_lazy("Town"), max_length=100, required=False)
    learned = forms.CharField(
        label=gettext_lazy("What we learned"),
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
        max_length=20000,
        help_text=gettext_lazy(
            "Shifts, must-haves, how they hire. No applicant's name."
        ),
    )
    row_version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(
        self, *args: Any, others: list[tuple[UUID, str]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["parent"]
        field.choices = [
            ("", _("No branch")),
            *((str(key), name) for key, name in others),
        ]


class JobForm(LaidOut, forms.Form):
    """The full job start: one tap a question, at most twelve."""

    layout = (
        "placement",
        "open_to_all",
        "at_least_minimum",
        "going_rate",
        "employer_of_record",
        "normal_rights",
        "permanence",
        "time_limit_origin",
        "fits_preference",
        "found_by",
        "disclosure",
        "title",
        "occupation",
        "first_day",
        "last_day",
        "held_at_referral",
        "note",
        "row_version",
    )

    placement = forms.ChoiceField(
        label=gettext_lazy("Kind of job"), choices=_optional(()), required=False
    )
    open_to_all = _tri(gettext_lazy("Could anyone apply for it?"))
    at_least_minimum = _tri(gettext_lazy("Is it paid at least the legal minimum?"))
    going_rate = _tri(gettext_lazy("Is it paid like colleagues in the same work?"))
    employer_of_record = forms.ChoiceField(
        label=gettext_lazy("Who is the employer on paper?"),
        choices=_optional(EmployerOfRecord.choices),
        required=False,
        widget=SegmentedRadio,
    )
    normal_rights = _tri(gettext_lazy("Does it have the ordinary rights of employees?"))
    permanence = forms.ChoiceField(
        label=gettext_lazy("Contract"),
        choices=_optional(Permanence.choices),
        required=False,
        widget=SegmentedRadio,
    )
    time_limit_origin = forms.ChoiceField(
        label=gettext_lazy("If it is limited in time: who set the limit?"),
        choices=_optional(TimeLimitOrigin.choices),
        required=False,
        widget=SegmentedRadio,
    )
    fits_preference = forms.ChoiceField(
        label=gettext_lazy("Does it fit the person's wishes?"),
        choices=_optional(FitsPreference.choices),
        required=False,
        widget=SegmentedRadio,
    )
    found_by = forms.ChoiceField(
        label=gettext_lazy("Found by"),
        choices=_optional(FoundBy.choices),
        required=False,
    )
    disclosure = forms.ChoiceField(
        label=gettext_lazy("What was the employer told?"),
        choices=_optional(Disclosure.choices),
        required=False,
        widget=SegmentedRadio,
        help_text=gettext_lazy("Only what the person agreed to."),
    )
    title = forms.CharField(
        label=gettext_lazy("Job title"), max_length=150, required=False
    )
    occupation = forms.RegexField(
        label=gettext_lazy("Occupation (ISCO-08, up to four digits)"),
        regex=r"^\d{1,4}$",
        required=False,
        error_messages={
            "invalid": gettext_lazy(
                "An ISCO-08 code has one to four digits, e.g. 9412."
            )
        },
    )
    first_day = forms.DateField(label=gettext_lazy("First day"), widget=DayInput())
    last_day = forms.DateField(
        label=gettext_lazy("Last day, if it has ended"),
        widget=DayInput(),
        required=False,
    )
    held_at_referral = forms.BooleanField(
        label=gettext_lazy("The person had this job when referred"), required=False
    )
    note = forms.CharField(
        label=gettext_lazy("Note"),
        widget=forms.Textarea(attrs={"rows": 2}),
        required=False,
        max_length=20000,
    )
    row_version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, placements: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["placement"]
        field.choices = _optional(placements)

    @classmethod
    def initial_of(cls, job: Any) -> dict[str, Any]:
        values = {name: getattr(job, name) for name in cls.base_fields}
        return values | {name: tri_word(values[name]) for name in TESTS}


class TermsForm(LaidOut, forms.Form):
    """Hours and pay from a day on."""

    first_day = forms.DateField(label=gettext_lazy("From"), widget=DayInput())
    weekly_hours = forms.DecimalField(
        label=gettext_lazy("Hours a week"),
        required=False,
        min_value=0,
        max_value=80,
        max_digits=5,
        decimal_places=2,
    )
    pay = forms.DecimalField(
        label=gettext_lazy("Pay"),
        required=False,
        min_value=0,
        max_digits=12,
        decimal_places=2,
    )
    pay_unit = forms.ChoiceField(
        label=gettext_lazy("Pay is for"),
        choices=_optional(PayUnit.choices),
        required=False,
    )
    currency = forms.CharField(
        label=gettext_lazy("Currency"), max_length=3, min_length=3, required=False
    )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get("pay") is not None and not cleaned.get("pay_unit"):
            self.add_error(
                "pay_unit",
                _("Pay needs its unit: an hour, a day, a week, a month or a year."),
            )
        return cleaned


class AbsenceForm(LaidOut, forms.Form):
    """Days away from the job."""

    first_day = forms.DateField(label=gettext_lazy("First day away"), widget=DayInput())
    last_day = forms.DateField(
        label=gettext_lazy("Last day away"), widget=DayInput(), required=False
    )
    kind = forms.ChoiceField(
        label=gettext_lazy("Why"),
        choices=_optional(AbsenceKind.choices),
        required=False,
        widget=SegmentedRadio,
    )
    pay = forms.ChoiceField(
        label=gettext_lazy("Pay"),
        choices=AbsencePay.choices,
        initial=AbsencePay.FULL,
        widget=SegmentedRadio,
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["first_day"].initial = today
