"""Forms about benefits: the process, what it rests on, and the question about pay."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from braid.benefits.choices import Answer, Delivered, Member, Period, Verified
from braid.benefits.rules import MOST_HOURS
from braid.web.forms import LaidOut
from braid.web.widgets import DayInput, SegmentedRadio

NOT_KNOWN = gettext_lazy("Not known")
PAY_UNITS = (
    ("hour", gettext_lazy("an hour")),
    ("week", gettext_lazy("a week")),
    ("month", gettext_lazy("a month")),
    ("year", gettext_lazy("a year")),
)


def day_field(label: Any, **kwargs: Any) -> forms.DateField:
    return forms.DateField(label=label, widget=DayInput(), **kwargs)


def money_field(label: Any, **kwargs: Any) -> forms.DecimalField:
    return forms.DecimalField(
        label=label, min_value=Decimal(0), max_digits=12, decimal_places=2, **kwargs
    )


def hours_field(label: Any, **kwargs: Any) -> forms.DecimalField:
    return forms.DecimalField(
        label=label,
        min_value=Decimal(0),
        max_value=MOST_HOURS,
        max_digits=4,
        decimal_places=1,
        error_messages={
            "max_value": gettext_lazy(
                "These are hours a week, at most 80. Was it hours a month?"
            )
        },
        **kwargs,
    )


def words_field(label: Any, rows: int = 3, **kwargs: Any) -> forms.CharField:
    kwargs.setdefault("max_length", 20000)
    return forms.CharField(
        label=label, widget=forms.Textarea(attrs={"rows": rows}), **kwargs
    )


# What an engine may count with, as it calls it, and how a person is asked.
FLAGS = {
    "lcwra": gettext_lazy("Limited capability for work-related activity is agreed"),
    "is_disabled": gettext_lazy("Counts as disabled by the rules of the benefit"),
    "is_blind": gettext_lazy("Counts as blind by the rules of the benefit"),
}


class Versioned(LaidOut, forms.Form):
    """A form that remembers which version of the record it shows."""

    row_version = forms.IntegerField(widget=forms.HiddenInput)


class AnswerForm(Versioned):
    """What somebody says to an offer of counselling."""

    answer = forms.ChoiceField(
        label=gettext_lazy("Would you like to talk it through?"),
        choices=Answer.choices,
        widget=SegmentedRadio,
        help_text=gettext_lazy("Saying no changes nothing. You can say yes later."),
    )


class BookForm(Versioned):
    """A day for counselling."""

    booked_on = day_field(gettext_lazy("Day"))


class DoneForm(Versioned):
    """Counselling that took place."""

    done_on = day_field(gettext_lazy("Counselled on"))
    before_shift = forms.BooleanField(
        label=gettext_lazy("Before the first shift of that day"),
        required=False,
        help_text=gettext_lazy(
            "Counselling on the first day of a job counts as before it only then."
        ),
    )
    person_decision = words_field(
        gettext_lazy("What the person decided, in own words"), required=False
    )
    next_review_on = day_field(gettext_lazy("Look at it again on"), required=False)


class BenefitForm(Versioned):
    """A benefit of the household. No names: only whose it is."""

    layout: tuple[object, ...] = (
        "row_version",
        "member",
        "benefit",
        "words",
        "payer",
        "amount",
        "period",
        "first_day",
        "last_day",
        "conditions",
        "verified",
        "verified_on",
    )

    member = forms.ChoiceField(label=gettext_lazy("Whose"), choices=Member.choices)
    benefit = forms.ChoiceField(label=gettext_lazy("Benefit"), required=False)
    words = forms.CharField(
        label=gettext_lazy("What it is called, if it is not in the list"),
        max_length=150,
        required=False,
    )
    payer = forms.CharField(
        label=gettext_lazy("Who pays it"), max_length=150, required=False
    )
    amount = money_field(gettext_lazy("Amount"), required=False)
    period = forms.ChoiceField(
        label=gettext_lazy("For"),
        choices=[("", NOT_KNOWN), *Period.choices],
        required=False,
    )
    first_day = day_field(gettext_lazy("Since"), required=False)
    last_day = day_field(gettext_lazy("Until"), required=False)
    conditions = forms.CharField(
        label=gettext_lazy("Conditions"), max_length=300, required=False
    )
    verified = forms.ChoiceField(
        label=gettext_lazy("Known from"), choices=Verified.choices
    )
    verified_on = day_field(gettext_lazy("Checked on"), required=False)

    def __init__(
        self, *args: Any, benefits: Sequence[Any], own: bool, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        listed: Any = self.fields["benefit"]
        listed.choices = [("", _("Another one")), *benefits]
        if own:  # what somebody says of themselves is told; a counsellor checks it
            for name in ("verified", "verified_on"):
                del self.fields[name]
            self.layout = tuple(
                one for one in self.layout if not str(one).startswith("verified")
            )

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        if not given.get("benefit") and not given.get("words"):
            self.add_error("words", _("Say which benefit it is."))
        return given


class QuestionForm(LaidOut, forms.Form):
    """A question for whoever pays; nothing is sent."""

    question = words_field(gettext_lazy("Question"))
    asked_of = forms.CharField(
        label=gettext_lazy("Asked of"), max_length=150, required=False
    )
    asked_on = day_field(gettext_lazy("Asked on"), required=False)


class AnsweredForm(Versioned):
    """What a payer answered."""

    answer = words_field(gettext_lazy("Answer"))
    answered_by = forms.CharField(label=gettext_lazy("Who said so"), max_length=150)
    answered_on = day_field(gettext_lazy("Answered on"))


class DutyForm(LaidOut, forms.Form):
    """Who tells whom what, by when."""

    who = forms.CharField(label=gettext_lazy("Who"), max_length=150)
    to_whom = forms.CharField(label=gettext_lazy("Tells whom"), max_length=150)
    what = forms.CharField(label=gettext_lazy("What"), max_length=300)
    due_on = day_field(gettext_lazy("By"), required=False)
    source = forms.CharField(
        label=gettext_lazy("Where that stands"), max_length=200, required=False
    )


class MonthForm(LaidOut, forms.Form):
    """Earnings of a month, counted in the month in which they were earned."""

    month = day_field(
        gettext_lazy("A day of the month"),
        help_text=gettext_lazy(
            "The month in which it was earned; a payslip shows when it was paid."
        ),
    )
    gross = money_field(gettext_lazy("Earned before tax"))
    work_expenses = money_field(
        gettext_lazy("Impairment-related work expenses"), initial=0
    )
    subsidy = money_field(gettext_lazy("Value of special help at work"), initial=0)
    source = forms.CharField(
        label=gettext_lazy("Known from"), max_length=200, required=False
    )


class HandOverForm(LaidOut, forms.Form):
    """How the page reached the person."""

    how = forms.ChoiceField(
        label=gettext_lazy("How"), choices=Delivered.choices, widget=SegmentedRadio
    )
    day = day_field(gettext_lazy("Day"))


class RecallForm(LaidOut, forms.Form):
    """Rules that were wrong: which, and what is to be said about it."""

    edition = forms.ChoiceField(label=gettext_lazy("Which rules"))
    words = forms.CharField(
        label=gettext_lazy("What was wrong"),
        max_length=300,
        help_text=gettext_lazy("It stands on every page that rests on these rules."),
    )

    def __init__(
        self, *args: Any, editions: Sequence[tuple[str, str]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["edition"]
        field.choices = editions


class ScenarioForm(LaidOut, forms.Form):
    """The question about a job, in the person's words, and what it rests on."""

    question = forms.CharField(
        label=gettext_lazy("The question, in the person's own words"),
        max_length=300,
        help_text=gettext_lazy("For example: what happens if I take the café job?"),
    )
    pay = money_field(gettext_lazy("Pay before tax"))
    pay_unit = forms.ChoiceField(label=gettext_lazy("Pay is for"), choices=PAY_UNITS)
    hours_offered = hours_field(gettext_lazy("Hours a week in that job"))
    weeks_per_year = forms.IntegerField(
        label=gettext_lazy("Paid weeks a year"), min_value=1, max_value=52, initial=52
    )
    start_on = day_field(gettext_lazy("First day"), required=False)
    today_hours = hours_field(gettext_lazy("Hours a week today"), initial=0)
    today_pay = money_field(
        gettext_lazy("Pay for an hour today"),
        required=False,
        help_text=gettext_lazy("Leave it empty where there is no job today."),
    )
    age = forms.IntegerField(
        label=gettext_lazy("Age"), min_value=14, max_value=110, required=False
    )
    partner = forms.ChoiceField(
        label=gettext_lazy("Lives with a partner"),
        choices=[
            ("", NOT_KNOWN),
            ("yes", gettext_lazy("yes")),
            ("no", gettext_lazy("no")),
        ],
        required=False,
    )
    children = forms.IntegerField(
        label=gettext_lazy("Children at home"),
        min_value=0,
        max_value=20,
        required=False,
    )
    rent = money_field(gettext_lazy("Rent a month"), required=False)
    region = forms.RegexField(
        r"^[A-Za-z]{2}$",
        label=gettext_lazy("State, its two letters"),
        required=False,
        error_messages={"invalid": gettext_lazy("Give two letters, for example NH.")},
    )
    flags = forms.MultipleChoiceField(
        label=gettext_lazy("What the rules ask of the person"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    household_verified = forms.BooleanField(
        label=gettext_lazy("I have checked what is said about the household"),
        required=False,
    )
    benefits = forms.MultipleChoiceField(
        label=gettext_lazy("Benefits it counts with"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=gettext_lazy(
            "Those not yet checked count as assumed, and the page says so."
        ),
    )
    rules = forms.ChoiceField(label=gettext_lazy("By which rules"))

    def __init__(
        self,
        *args: Any,
        benefits: Sequence[tuple[str, str]],
        rules: Sequence[tuple[str, Any]],
        asks: Sequence[str] = (),
        needs_region: bool = False,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        held: Any = self.fields["benefits"]
        held.choices = benefits
        if not benefits:
            del self.fields["benefits"]
        named: Any = self.fields["rules"]
        named.choices = rules
        flags: Any = self.fields["flags"]
        flags.choices = [(one, FLAGS[one]) for one in asks]
        if not asks:
            del self.fields["flags"]
        if not needs_region:
            del self.fields["region"]

    def clean_region(self) -> str:
        region: str = self.cleaned_data["region"].upper()
        return region

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        if given.get("today_hours") and given.get("today_pay") is None:
            self.add_error(
                "today_pay", _("There are hours today, so their pay is needed too.")
            )
        hours, unit = given.get("hours_offered"), given.get("pay_unit")
        if unit and unit != "hour" and hours == 0:
            self.add_error(
                "hours_offered",
                _("Pay for a week, month or year needs the hours it is for."),
            )
        return given
