"""The forms of a search plan: the plan, how it was agreed, its steps."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from braid.people.choices import AgreedHow, Owner, TargetKind
from braid.people.commands import NewTarget
from braid.people.pickers import Pick, PicksField
from braid.web.forms import LaidOut
from braid.web.widgets import DayInput, SegmentedRadio

LONGEST = 20_000
TARGETS = {"occupations": TargetKind.OCCUPATION, "industries": TargetKind.INDUSTRY}
HEARD = [one for one in AgreedHow.choices if one[0] != AgreedHow.OWN_ACCOUNT]


def day_field(label: Any, **kwargs: Any) -> forms.DateField:
    return forms.DateField(label=label, widget=DayInput(), **kwargs)


def _hours(label: Any) -> forms.DecimalField:
    return forms.DecimalField(
        label=label,
        required=False,
        min_value=0,
        max_value=80,
        max_digits=3,
        decimal_places=1,
        widget=forms.NumberInput(attrs={"inputmode": "decimal", "step": "0.5"}),
    )


def _words(label: Any, rows: int = 2, **kwargs: Any) -> forms.CharField:
    return forms.CharField(
        label=label,
        widget=forms.Textarea(attrs={"rows": rows}),
        max_length=LONGEST,
        **kwargs,
    )


class PlanForm(LaidOut, forms.Form):
    """What somebody looks for. Only the goal must be said."""

    goal = _words(
        gettext_lazy("The goal, in the person's own words"),
        rows=3,
        help_text=gettext_lazy("A few words are enough. Everything below can wait."),
    )
    occupations = PicksField(
        scheme="occupation",
        label=gettext_lazy("Which work"),
        required=False,
    )
    industries = PicksField(
        scheme="industry",
        label=gettext_lazy("Which kinds of places"),
        required=False,
    )
    hours_from = _hours(gettext_lazy("Hours a week, at least"))
    hours_to = _hours(gettext_lazy("Hours a week, at most"))
    times = forms.CharField(
        label=gettext_lazy("When in the day and the week"),
        max_length=200,
        required=False,
    )
    travel_minutes = forms.IntegerField(
        label=gettext_lazy("Minutes on the way, at most"),
        min_value=0,
        max_value=600,
        required=False,
    )
    travel = forms.CharField(
        label=gettext_lazy("How to get there"), max_length=200, required=False
    )
    surroundings = _words(gettext_lazy("What the place should be like"), required=False)
    avoid = _words(
        gettext_lazy("Places and work to avoid"),
        required=False,
        help_text=gettext_lazy("It is shown when employers are contacted."),
    )
    first_day = day_field(gettext_lazy("The plan holds from"))
    row_version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        least, most = cleaned.get("hours_from"), cleaned.get("hours_to")
        if least is not None and most is not None and most < least:
            self.add_error(
                "hours_to",
                _("The most hours are fewer than the least. Correct one of the two."),
            )
        return cleaned

    def values(self) -> dict[str, Any]:
        """Return the fields of a plan, its targets as the commands take them."""
        given = dict(self.cleaned_data)
        given.pop("row_version")
        given["targets"] = [
            NewTarget(kind, pick.code, pick.words)
            for name, kind in TARGETS.items()
            for pick in given.pop(name)
        ]
        return given

    @classmethod
    def initial_of(cls, plan: Any) -> dict[str, Any]:
        """Return what the form shows of a plan."""
        names = set(cls.base_fields) - TARGETS.keys()
        return {name: getattr(plan, name) for name in names} | {
            name: [Pick(one.code, one.words) for one in plan.of_kind(kind)]
            for name, kind in TARGETS.items()
        }


class AgreeForm(LaidOut, forms.Form):
    """How and when the applicant agreed."""

    how = forms.ChoiceField(
        label=gettext_lazy("How did the person agree?"),
        choices=HEARD,
        widget=SegmentedRadio,
        initial=AgreedHow.SAID,
    )
    day = day_field(gettext_lazy("Agreed on"))
    row_version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        self.fields["day"].initial = today

    def clean_day(self) -> date:
        return past(self.cleaned_data["day"], self.today)


def past(day: date, today: date) -> date:
    """Return a day that has come. Raises ValidationError for one still to come."""
    if day > today:
        raise forms.ValidationError(
            _("This day is still to come. Choose today or an earlier day.")
        )
    return day


class ReviewForm(LaidOut, forms.Form):
    """That the plan was looked at together, and when it is again."""

    reviewed_on = day_field(gettext_lazy("Looked at together on"))
    review_on = day_field(gettext_lazy("Next time"))
    row_version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        self.fields["reviewed_on"].initial = today

    def clean_reviewed_on(self) -> date:
        return past(self.cleaned_data["reviewed_on"], self.today)


class StepForm(LaidOut, forms.Form):
    """Who does what by when."""

    text = forms.CharField(label=gettext_lazy("What"), max_length=300)
    owner = forms.ChoiceField(
        label=gettext_lazy("Who"),
        choices=Owner.choices,
        widget=SegmentedRadio,
        initial=Owner.SPECIALIST,
    )
    due_on = day_field(gettext_lazy("By"), required=False)
    row_version = forms.IntegerField(widget=forms.HiddenInput, required=False)
