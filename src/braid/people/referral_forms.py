"""Forms of the way in: referrals from outside the unit, and wishes from nobody known."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from braid.people.choices import EnquiryBy
from braid.people.forms import day_field, not_in_future, worried_field
from braid.web.forms import LaidOut
from braid.web.widgets import SegmentedRadio


def words_field(label: Any) -> forms.CharField:
    return forms.CharField(
        label=label, widget=forms.Textarea(attrs={"rows": 3}), max_length=2000
    )


class OutsideReferralForm(LaidOut, forms.Form):
    """Refer as a clinician or caseworker: one sentence, and how to reach the person."""

    unit: Any = forms.ModelChoiceField(
        label=gettext_lazy("IPS unit"), queryset=None, empty_label=None
    )
    given_name = forms.CharField(label=gettext_lazy("Given name"), max_length=100)
    family_name = forms.CharField(label=gettext_lazy("Family name"), max_length=100)
    birth_date = day_field(gettext_lazy("Date of birth"), required=False)
    words = words_field(gettext_lazy("In one sentence: what does the person want?"))
    phone = forms.CharField(label=gettext_lazy("Phone"), max_length=40, required=False)
    worried_about_benefits = worried_field()
    consent_to_contact = forms.BooleanField(
        label=gettext_lazy("The person knows of this and wants to be contacted")
    )

    def __init__(self, *args: Any, units: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        field: Any = self.fields["unit"]
        field.queryset = units
        found = list(units[:2])
        if len(found) == 1:
            field.initial, field.widget = found[0].pk, forms.HiddenInput()

    def clean_birth_date(self) -> date | None:
        day: date | None = self.cleaned_data["birth_date"]
        not_in_future(day, self.today)
        return day


class AgainForm(LaidOut, forms.Form):
    """Come back, in one sentence; the unit is asked for where there are several."""

    unit: Any = forms.ModelChoiceField(
        label=gettext_lazy("With whom"), queryset=None, empty_label=None
    )
    words = words_field(gettext_lazy("In one sentence: what do you want?"))
    worried_about_benefits = worried_field()

    def __init__(self, *args: Any, units: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["unit"]
        field.queryset = units
        found = list(units[:2])
        if len(found) == 1:
            field.initial, field.widget = found[0].pk, forms.HiddenInput()


class WayBackForm(LaidOut, forms.Form):
    """Begin again with somebody whose episode ended, in one sentence."""

    words = words_field(gettext_lazy("In one sentence: what does the person want now?"))
    referred_on = day_field(gettext_lazy("The wish came on"))
    worried_about_benefits = worried_field()

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        self.fields["referred_on"].initial = today

    def clean_referred_on(self) -> date:
        day: date = self.cleaned_data["referred_on"]
        not_in_future(day, self.today)
        return day


class EnquiryForm(LaidOut, forms.Form):
    """I want to work, or somebody close to me does: four fields, for anybody."""

    by = forms.ChoiceField(
        label=gettext_lazy("Who writes"),
        choices=EnquiryBy.choices,
        widget=SegmentedRadio,
        initial=EnquiryBy.SELF,
    )
    name = forms.CharField(
        label=gettext_lazy("Name of who wants to work"), max_length=150
    )
    reach_at = forms.CharField(
        label=gettext_lazy("Phone or e-mail, so that we can answer"), max_length=150
    )
    words = forms.CharField(
        label=gettext_lazy("In one sentence: what do you want?"),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=2000,
        required=False,
        help_text=gettext_lazy(
            "Wanting to work is enough. Please write nothing about illness here."
        ),
    )
    writer = forms.CharField(
        label=gettext_lazy("Your own name, if you write for somebody"),
        max_length=150,
        required=False,
    )


class AnswerForm(LaidOut, forms.Form):
    """What was done with a wish from outside that is no referral."""

    answer = forms.CharField(
        label=gettext_lazy("What was done"),
        max_length=200,
        help_text=gettext_lazy("One sentence, without names. It goes after two weeks."),
    )


class EnteredForm(LaidOut, forms.Form):
    """The day of the first meaningful contact."""

    day = day_field(gettext_lazy("First meaningful contact"))

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_day(self) -> date:
        day: date = self.cleaned_data["day"]
        not_in_future(day, self.today)
        return day


class PeriodForm(LaidOut, forms.Form):
    """The days of a report, both inside."""

    first = day_field(gettext_lazy("From"))
    last = day_field(gettext_lazy("To"))

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or self.cleaned_data
        first, last = given.get("first"), given.get("last")
        if first and last and last < first:
            self.add_error("last", _("The period ends before it begins."))
        return given
