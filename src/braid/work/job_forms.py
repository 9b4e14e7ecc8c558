"""Forms about one job: its start, hours and pay, days away, and the papers of it."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from braid.documents.choices import PROBLEMS
from braid.documents.rules import MAX_BYTES, Problem
from braid.people.pickers import OccupationField, let_stand
from braid.web.forms import LaidOut
from braid.web.layouts import Fold
from braid.web.widgets import DayInput, SegmentedRadio
from braid.work.choices import (
    AbsenceKind,
    AbsencePay,
    Disclosure,
    EmployerOfRecord,
    EvidenceKind,
    FitsPreference,
    FoundBy,
    PayUnit,
    Permanence,
    Placement,
    TermsReason,
    TimeLimitOrigin,
)
from braid.work.commands.evidence import Paper
from braid.work.commands.terms import TermsGiven
from braid.work.forms import TESTS, optional, tri, tri_word

LONGEST_TEXT = 20_000
ACCEPT = ".pdf,.jpg,.jpeg,.png,.txt,.docx,.xlsx,.odt,.ods"
TERMS = ("weekly_hours", "pay", "pay_unit", "currency")


def day_field(label: Any, *, required: bool = False, **kwargs: Any) -> forms.DateField:
    return forms.DateField(label=label, widget=DayInput(), required=required, **kwargs)


def text_field(
    label: Any, rows: int = 3, *, required: bool = False, **kwargs: Any
) -> Any:
    return forms.CharField(
        label=label,
        widget=forms.Textarea(attrs={"rows": rows}),
        required=required,
        max_length=LONGEST_TEXT,
        **kwargs,
    )


def _choice(label: Any, choices: Any, **kwargs: Any) -> forms.ChoiceField:
    """Return a question of one tap that may stay open."""
    return forms.ChoiceField(
        label=label,
        choices=optional(choices),
        required=False,
        widget=SegmentedRadio,
        **kwargs,
    )


class WithTerms(LaidOut, forms.Form):
    """Hours and pay. Pay is asked with its unit and its currency."""

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
        choices=optional(PayUnit.choices),
        required=False,
    )
    currency = forms.RegexField(
        label=gettext_lazy("Currency"),
        regex=r"^[A-Za-z]{3}$",
        required=False,
        error_messages={
            "invalid": gettext_lazy("A currency has three letters, such as EUR.")
        },
    )

    def terms(self) -> TermsGiven:
        """Return hours and pay; the unit of a pay that was not given says nothing."""
        given = self.cleaned_data
        if given["pay"] is None:
            return TermsGiven(given["weekly_hours"])
        return TermsGiven(
            given["weekly_hours"],
            given["pay"],
            given["pay_unit"],
            given["currency"].upper(),
        )

    @staticmethod
    def initial_terms(terms: Any, currency: str) -> dict[str, Any]:
        """Return the values to begin with: those of `terms`, else what is usual here."""
        if terms is None:
            return {"pay_unit": PayUnit.HOUR, "currency": currency}
        return {
            "weekly_hours": terms.weekly_hours,
            "pay": terms.pay,
            "pay_unit": terms.pay_unit or PayUnit.HOUR,
            "currency": terms.currency or currency,
        }


def _file(label: Any, *, required: bool) -> forms.FileField:
    return forms.FileField(
        label=label,
        required=required,
        max_length=255,
        widget=forms.FileInput(attrs={"accept": ACCEPT}),
        help_text=gettext_lazy(
            "PDF, picture, text, or a document of an office program; at most 10 MB."
        ),
    )


class WithPaper(forms.Form):
    """A paper about the job, checked for its size before its content is looked at."""

    file = _file(gettext_lazy("A paper about it, such as the contract"), required=False)
    paper_kind = forms.ChoiceField(
        label=gettext_lazy("What the paper is"),
        choices=EvidenceKind.choices,
        initial=EvidenceKind.CONTRACT,
        required=False,
    )

    def clean_file(self) -> Any:
        given = self.cleaned_data["file"]
        if given is not None and given.size > MAX_BYTES:
            raise forms.ValidationError(PROBLEMS[Problem.TOO_LARGE])
        return given

    def paper(self, today: date) -> Paper | None:
        given = self.cleaned_data
        if not given["file"]:
            return None
        return Paper(
            kind=given["paper_kind"] or EvidenceKind.OTHER,
            file_name=given["file"].name,
            data=given["file"].read(),
            received_on=given.get("received_on") or today,
            period_first=given.get("period_first"),
            period_last=given.get("period_last"),
        )


ONE_BY_ONE = (
    "open_to_all",
    "at_least_minimum",
    "going_rate",
    "employer_of_record",
    "normal_rights",
)
LIMIT = ("time_limit_origin", "last_day", "limit_words")
MORE = (
    "title",
    "first_day",
    "expected_weekly_hours",
    "contracted_daily_hours",
    "in_kind",
    "transport",
    "workplace_contact",
    "may_contact_workplace",
    "held_at_referral",
    "note",
)


class Twice(forms.Form):
    """Asks, once it matters, whether a job is a second contract with one employer."""

    twice = forms.BooleanField(
        label=gettext_lazy("It is a second contract with the same employer"),
        required=False,
        widget=forms.HiddenInput,
    )

    def add_error(self, field: str | None, error: Any) -> None:
        if field == "twice":
            self.fields["twice"].widget = forms.CheckboxInput()
        super().add_error(field, error)


class JobForm(WithTerms, WithPaper, Twice):
    """The full job start: one tap a question, what is seldom needed folded away."""

    placement = forms.ChoiceField(
        label=gettext_lazy("Kind of job"), choices=optional(()), required=False
    )
    ordinary = forms.ChoiceField(
        label=gettext_lazy("Is it an ordinary job in every way?"),
        choices=[("yes", gettext_lazy("yes")), ("", gettext_lazy("one by one"))],
        required=False,
        widget=SegmentedRadio,
        help_text=gettext_lazy(
            "Anyone could apply, it pays at least the legal minimum and what "
            "colleagues get, the employer is the employer on paper, and it has the "
            "ordinary rights of employees."
        ),
    )
    open_to_all = tri(gettext_lazy("Could anyone apply for it?"))
    at_least_minimum = tri(gettext_lazy("Is it paid at least the legal minimum?"))
    going_rate = tri(gettext_lazy("Is it paid like colleagues in the same work?"))
    employer_of_record = _choice(
        gettext_lazy("Who is the employer on paper?"), EmployerOfRecord.choices
    )
    normal_rights = tri(gettext_lazy("Does it have the ordinary rights of employees?"))
    permanence = _choice(gettext_lazy("Contract"), Permanence.choices)
    time_limit_origin = _choice(
        gettext_lazy("If it is limited in time: who set the limit?"),
        TimeLimitOrigin.choices,
    )
    fits_preference = _choice(
        gettext_lazy("Does it fit the person's wishes?"), FitsPreference.choices
    )
    found_by = forms.ChoiceField(
        label=gettext_lazy("Found by"),
        choices=optional(FoundBy.choices),
        required=False,
    )
    disclosure = _choice(
        gettext_lazy("What was the employer told?"),
        Disclosure.choices,
        help_text=gettext_lazy("Only what the person agreed to."),
    )
    title = forms.CharField(
        label=gettext_lazy("Job title"), max_length=150, required=False
    )
    occupation = OccupationField(label=gettext_lazy("Occupation"), required=False)
    first_day = day_field(gettext_lazy("First day"), required=True)
    last_day = day_field(gettext_lazy("Last day, if it is known or has been"))
    limit_words = forms.CharField(
        label=gettext_lazy("Until when, and why"), max_length=200, required=False
    )
    expected_weekly_hours = forms.DecimalField(
        label=gettext_lazy("Hours a week that are hoped for later"),
        required=False,
        min_value=0,
        max_value=80,
        max_digits=4,
        decimal_places=1,
    )
    contracted_daily_hours = forms.DecimalField(
        label=gettext_lazy("Agreed hours a day"),
        required=False,
        min_value=0,
        max_value=24,
        max_digits=4,
        decimal_places=2,
    )
    in_kind = forms.CharField(
        label=gettext_lazy("Paid in kind"),
        max_length=200,
        required=False,
        help_text=gettext_lazy("Meals, lodging, clothes; benefits may look at it."),
    )
    transport = forms.CharField(
        label=gettext_lazy("Way to work"), max_length=200, required=False
    )
    workplace_contact = forms.CharField(
        label=gettext_lazy("Who to talk to at work"), max_length=150, required=False
    )
    may_contact_workplace = tri(
        gettext_lazy("May we talk to the workplace?"),
        gettext_lazy("The person decides, and can change it at any time."),
    )
    held_at_referral = forms.BooleanField(
        label=gettext_lazy("The person had this job when referred"), required=False
    )
    note = text_field(gettext_lazy("Note"), rows=2)
    row_version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, placements: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        let_stand(self, "occupation")
        field: Any = self.fields["placement"]
        field.choices = optional(placements)
        is_answered = all(self.initial.get(name) for name in ONE_BY_ONE)
        if is_answered:  # then each answer is shown, and can be corrected
            del self.fields["ordinary"]
        self.layout = (
            *(() if is_answered else ("ordinary",)),
            "placement",
            Fold(gettext_lazy("Asked one by one"), *ONE_BY_ONE, is_open=is_answered),
            "permanence",
            Fold(gettext_lazy("If it is limited in time"), *LIMIT),
            *TERMS,
            "occupation",
            "fits_preference",
            "found_by",
            "disclosure",
            "file",
            "paper_kind",
            Fold(gettext_lazy("More about the job"), *MORE),
            "twice",
            "row_version",
        )

    def clean(self) -> dict[str, Any]:
        """Let one yes answer what was not asked one by one; what was said stays."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get("ordinary") == "yes":
            cleaned["placement"] = cleaned.get("placement") or Placement.COMPETITIVE
            for name in TESTS:
                cleaned[name] = True if cleaned.get(name) is None else cleaned[name]
            named = cleaned.get("employer_of_record")
            cleaned["employer_of_record"] = named or EmployerOfRecord.EMPLOYER
        return cleaned

    def values(self) -> dict[str, Any]:
        """Return the fields of the job itself."""
        apart = {"ordinary", "file", "paper_kind", *TERMS}
        return {name: v for name, v in self.cleaned_data.items() if name not in apart}

    @classmethod
    def initial_of(cls, job: Any, terms: Any, currency: str) -> dict[str, Any]:
        apart = {"ordinary", "file", "paper_kind", "twice", *TERMS}
        names = [name for name in cls.base_fields if name not in apart]
        values = {name: getattr(job, name) for name in names}
        yes_no = (*TESTS, "may_contact_workplace")
        values |= {name: tri_word(values[name]) for name in yes_no}
        return values | cls.initial_terms(terms, currency)


class TermsForm(WithTerms):
    """Hours, pay, title or contract from a day on; none of it makes a new job."""

    layout = ("first_day", *TERMS, "title", "permanence", "reason")

    first_day = day_field(gettext_lazy("From"), required=True)
    title = forms.CharField(
        label=gettext_lazy("New title, if there is one"), max_length=150, required=False
    )
    permanence = forms.ChoiceField(
        label=gettext_lazy("New contract, if there is one"),
        choices=[("", gettext_lazy("as before")), *Permanence.choices],
        required=False,
    )
    reason = forms.ChoiceField(
        label=gettext_lazy("Why it changed"),
        choices=optional(TermsReason.choices),
        required=False,
    )


class OrdinaryForm(WithTerms):
    """From which day a job goes on without the scheme behind it."""

    layout = ("first_day", "permanence", *TERMS, "row_version")

    first_day = day_field(gettext_lazy("It turned ordinary on"), required=True)
    permanence = _choice(gettext_lazy("Contract"), Permanence.choices)
    row_version = forms.IntegerField(widget=forms.HiddenInput)


class AbsenceForm(LaidOut, forms.Form):
    """Days away from the job; without a last day they go on."""

    layout: tuple[object, ...] = ("first_day", "last_day", "kind", "pay")

    first_day = day_field(gettext_lazy("First day away"), required=True)
    last_day = day_field(gettext_lazy("Last day away, if it is over"))
    kind = _choice(gettext_lazy("Why"), AbsenceKind.choices)
    pay = forms.ChoiceField(
        label=gettext_lazy("Pay"),
        choices=AbsencePay.choices,
        initial=AbsencePay.FULL,
        widget=SegmentedRadio,
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["first_day"].initial = today


class ChangeAbsenceForm(AbsenceForm):
    """Days away that are noted already, to be corrected or ended."""

    layout = (*AbsenceForm.layout, "row_version")

    row_version = forms.IntegerField(widget=forms.HiddenInput)


class EvidenceForm(LaidOut, WithPaper):
    """One more paper about the job, with the days that it is about."""

    layout = ("file", "paper_kind", "received_on", "period_first", "period_last")

    file = _file(gettext_lazy("File"), required=True)
    received_on = day_field(gettext_lazy("Received"), required=True)
    period_first = day_field(gettext_lazy("For the days from"))
    period_last = day_field(gettext_lazy("to"))

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["received_on"].initial = today
        self.fields["paper_kind"].initial = EvidenceKind.PAYSLIP
        self.today = today

    def given(self) -> Paper:
        """Return the paper; the form asks for its file."""
        paper = self.paper(self.today)
        if paper is None:
            raise ValueError("The form was not asked whether it is valid.")
        return paper

    def clean_received_on(self) -> date:
        given: date = self.cleaned_data["received_on"]
        if given > self.today:
            raise forms.ValidationError(
                _("This day is still to come. Say on which day the paper came.")
            )
        return given
