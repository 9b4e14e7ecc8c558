"""Forms of employers and of the leads that the unit shares."""

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from braid.people.pickers import IndustryField, OccupationField, let_stand
from braid.web.forms import LaidOut
from braid.web.widgets import DayInput, FilterSelect
from braid.work.choices import Size
from braid.work.forms import NOT_KNOWN
from braid.work.forms_names import NamesNobody


class EmployerForm(LaidOut, NamesNobody):
    """An employer's entry in the directory. Nothing about an applicant belongs here."""

    open_words = ("learned",)
    columns = (
        "name",
        "parent",
        "register_number",
        "industry",
        "size",
        "contact_person",
        "phone",
        "address",
        "city",
        "learned",
        "row_version",
    )
    layout = (*columns, "is_somebody_else")

    name = forms.CharField(label=gettext_lazy("Name"), max_length=200)
    parent = forms.ChoiceField(
        label=gettext_lazy("Branch of"), widget=FilterSelect, required=False
    )
    register_number = forms.CharField(
        label=gettext_lazy("Register number"), max_length=20, required=False
    )
    industry = IndustryField(label=gettext_lazy("Industry"), required=False)
    size = forms.ChoiceField(
        label=gettext_lazy("Number of staff"),
        choices=[("", NOT_KNOWN), *Size.choices],
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
            "What they need, how they hire, shifts, must-haves. No applicant's name."
        ),
    )
    row_version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(
        self,
        *args: Any,
        others: list[tuple[UUID, str]],
        caseload_names: Callable[[], Iterable[str]],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.caseload_names = caseload_names
        let_stand(self, "industry")
        field: Any = self.fields["parent"]
        field.choices = [
            ("", _("No branch")),
            *((str(key), name) for key, name in others),
        ]

    def values(self) -> dict[str, Any]:
        """Return the columns of an employer, and the version that was shown."""
        return {name: self.cleaned_data[name] for name in self.columns}


class LeadForm(LaidOut, NamesNobody):
    """A job that somebody heard of: where and what is enough, the rest may follow."""

    use_required_attribute = False  # a choice can be cleared, to name a new one instead
    open_words = ("title", "times", "must_haves", "words")
    columns = (
        "title",
        "occupation",
        "hours_from",
        "hours_to",
        "times",
        "must_haves",
        "words",
        "open_until",
        "heard_on",
    )
    layout = ("employer", "new_employer", *columns, "row_version", "is_somebody_else")

    employer = forms.ChoiceField(
        label=gettext_lazy("Employer"), widget=FilterSelect, required=False
    )
    new_employer = forms.CharField(
        label=gettext_lazy("Or a new employer"),
        max_length=200,
        required=False,
        help_text=gettext_lazy("Only if it is not in the list."),
    )
    title = forms.CharField(label=gettext_lazy("Which work"), max_length=150)
    occupation = OccupationField(label=gettext_lazy("Occupation"), required=False)
    hours_from = forms.DecimalField(
        label=gettext_lazy("Hours a week, at least"),
        min_value=0,
        max_value=80,
        max_digits=3,
        decimal_places=1,
        required=False,
    )
    hours_to = forms.DecimalField(
        label=gettext_lazy("Hours a week, at most"),
        min_value=0,
        max_value=80,
        max_digits=3,
        decimal_places=1,
        required=False,
    )
    times = forms.CharField(label=gettext_lazy("When"), max_length=200, required=False)
    must_haves = forms.CharField(
        label=gettext_lazy("What is required"), max_length=300, required=False
    )
    words = forms.CharField(
        label=gettext_lazy("More about it"),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=20000,
        required=False,
        help_text=gettext_lazy("Everybody in the unit reads it. No applicant's name."),
    )
    open_until = forms.DateField(
        label=gettext_lazy("Open until"), widget=DayInput, required=False
    )
    heard_on = forms.DateField(label=gettext_lazy("Heard of on"), widget=DayInput)
    row_version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(
        self,
        *args: Any,
        employers: list[tuple[UUID, str]],
        caseload_names: Callable[[], Iterable[str]],
        today: date,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.caseload_names, self.today = caseload_names, today
        self.fields["heard_on"].initial = today
        let_stand(self, "occupation")
        field: Any = self.fields["employer"]
        field.choices = employer_choices(employers)

    def clean_heard_on(self) -> date:
        day: date = self.cleaned_data["heard_on"]
        if day > self.today:
            raise forms.ValidationError(
                _("You cannot have heard of it on a day still to come.")
            )
        return day

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        check_employer(self, required=True)
        return cleaned

    def values(self) -> dict[str, Any]:
        """Return the columns of a lead, without its employer."""
        return {name: self.cleaned_data[name] for name in self.columns}


def employer_choices(
    employers: list[tuple[UUID, str]], nobody: str = ""
) -> list[tuple[str, str]]:
    """Return the employers to choose from, with the way to choose none on top."""
    first = ("", nobody or _("Choose"))
    return [first, *((str(key), name) for key, name in employers)]


def check_employer(form: Any, *, required: bool) -> None:
    """Add the fault of a form that names two employers, or none where one is needed."""
    given = form.cleaned_data
    chosen, named = given.get("employer"), given.get("new_employer")
    if chosen and named:
        form.add_error(
            "new_employer",
            _("You chose an employer and named a new one. Keep one of the two."),
        )
    elif required and not (chosen or named) and "employer" not in form.errors:
        form.add_error(
            "employer",
            _("Choose an employer from the list, or name a new one below."),
        )
