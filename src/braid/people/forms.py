"""Forms about people: referral, details, the course of an episode."""

from collections.abc import Collection
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from braid.people.choices import (
    AtReferral,
    Gender,
    ReferralSource,
    ReferralWay,
)
from braid.web.forms import LaidOut
from braid.web.widgets import DayInput, SegmentedRadio


def day_field(label: Any, **kwargs: Any) -> forms.DateField:
    return forms.DateField(label=label, widget=DayInput(), **kwargs)


def not_in_future(day: date | None, today: date) -> None:
    if day is not None and day > today:
        raise forms.ValidationError(
            _("This day is still to come. Choose today or an earlier day.")
        )


def worried_field() -> forms.BooleanField:
    """Whether benefits counselling is to be offered at once."""
    return forms.BooleanField(
        label=gettext_lazy("Worried about losing benefits"),
        required=False,
        help_text=gettext_lazy("Then counselling is offered right away."),
    )


# A live referral is sent by who refers, and a wish from outside comes by its own page.
LOGGED_WAYS = (
    *(
        (one.value, one.label)
        for one in (ReferralWay.PHONE, ReferralWay.MEETING, ReferralWay.LETTER)
    ),
    ("", gettext_lazy("not known")),
)


class ReferralForm(LaidOut, forms.Form):
    """Refer in one sentence. The only question is whether the person wants to work."""

    layout: tuple[object, ...] = (
        "given_name",
        "family_name",
        "birth_date",
        "words",
        "source",
        "way",
        "referred_by",
        "referred_on",
        "at_referral",
        "treatment_team",
        "phone",
        "worried_about_benefits",
    )

    given_name = forms.CharField(label=gettext_lazy("Given name"), max_length=100)
    family_name = forms.CharField(label=gettext_lazy("Family name"), max_length=100)
    birth_date = day_field(gettext_lazy("Date of birth"), required=False)
    words = forms.CharField(
        label=gettext_lazy("In one sentence: what does the person want?"),
        widget=forms.Textarea(attrs={"rows": 2}),
        max_length=2000,
        help_text=gettext_lazy("Wanting to work is enough. Nothing else is asked."),
    )
    source = forms.ChoiceField(
        label=gettext_lazy("Who refers"),
        choices=ReferralSource.choices,
        widget=SegmentedRadio,
        initial=ReferralSource.CLINICIAN,
    )
    way = forms.ChoiceField(
        label=gettext_lazy("How it came"),
        choices=LOGGED_WAYS,
        widget=SegmentedRadio,
        required=False,
    )
    referred_by: Any = forms.ModelChoiceField(
        label=gettext_lazy("Which clinician or caseworker referred"),
        queryset=None,
        required=False,
        help_text=gettext_lazy(
            "They see the receipt under Referrals, and what comes of it as far as the "
            "person agrees."
        ),
    )
    referred_on = day_field(gettext_lazy("Referral received"))
    at_referral = forms.ChoiceField(
        label=gettext_lazy("Situation now"),
        choices=AtReferral.choices,
        initial=AtReferral.OUT_OF_WORK,
    )
    treatment_team: Any = forms.ModelChoiceField(
        label=gettext_lazy("Treatment team"), queryset=None, required=False
    )
    phone = forms.CharField(label=gettext_lazy("Phone"), max_length=40, required=False)
    worried_about_benefits = worried_field()

    def __init__(
        self,
        *args: Any,
        teams: Any,
        referrers: Any,
        today: date,
        leaves_out: Collection[str] = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        by: Any = self.fields["referred_by"]
        by.queryset, by.label_from_instance = referrers, lambda user: user.name
        by.empty_label = _("Nobody of those")
        team: Any = self.fields["treatment_team"]
        team.queryset = teams
        team.empty_label = _("Not known")
        self.fields["referred_on"].initial = today
        self.layout = tuple(one for one in self.layout if one not in leaves_out)
        for name in leaves_out:
            del self.fields[name]

    def clean_referred_on(self) -> date:
        day: date = self.cleaned_data["referred_on"]
        not_in_future(day, self.today)
        return day

    def clean_birth_date(self) -> date | None:
        day: date | None = self.cleaned_data["birth_date"]
        not_in_future(day, self.today)
        return day


class VersionedForm(LaidOut, forms.Form):
    """A form that remembers which version of the record it shows."""

    row_version = forms.IntegerField(widget=forms.HiddenInput)

    def values(self) -> dict[str, Any]:
        return {k: v for k, v in self.cleaned_data.items() if k != "row_version"}


class DetailsForm(VersionedForm):
    """Name, birth date and how to reach the person."""

    given_name = forms.CharField(label=gettext_lazy("Given name"), max_length=100)
    family_name = forms.CharField(label=gettext_lazy("Family name"), max_length=100)
    birth_date = day_field(gettext_lazy("Date of birth"), required=False)
    gender = forms.ChoiceField(
        label=gettext_lazy("Gender"),
        choices=[("", gettext_lazy("Not asked")), *Gender.choices],
        required=False,
    )
    phone = forms.CharField(label=gettext_lazy("Phone"), max_length=40, required=False)
    email = forms.EmailField(label=gettext_lazy("E-mail"), required=False)
    address = forms.CharField(
        label=gettext_lazy("Address"), max_length=200, required=False
    )
    postcode = forms.CharField(
        label=gettext_lazy("Postcode"), max_length=12, required=False
    )
    city = forms.CharField(label=gettext_lazy("Town"), max_length=100, required=False)


class NumberForm(LaidOut, forms.Form):
    """A number of the person, checked by the rules of its register."""

    system = forms.ChoiceField(label=gettext_lazy("Kind of number"))
    value = forms.CharField(
        label=gettext_lazy("Number"),
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        help_text=gettext_lazy("Stored encrypted and shown masked from then on."),
    )

    def __init__(self, *args: Any, systems: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["system"]
        field.choices = systems


class GoalForm(VersionedForm):
    """The applicant's own words about work."""

    goal = forms.CharField(
        label=gettext_lazy("In the person's own words"),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=2000,
        required=False,
    )
    seen_on = day_field(gettext_lazy("Looked at together on"))


class EpisodeForm(VersionedForm):
    """The dates of an episode that stand beside its states."""

    referred_on = day_field(gettext_lazy("Referred"), required=False)
    referral_source = forms.ChoiceField(
        label=gettext_lazy("Referred by"),
        choices=[("", gettext_lazy("Not known")), *ReferralSource.choices],
        required=False,
    )
    at_referral = forms.ChoiceField(
        label=gettext_lazy("Situation at referral"), choices=AtReferral.choices
    )
    entered_on = day_field(
        gettext_lazy("First meaningful contact"),
        required=False,
        help_text=gettext_lazy(
            "From this day the thirty days to the first employer run."
        ),
    )
    profile_started_on = day_field(gettext_lazy("Career profile begun"), required=False)
    step_down_offered_on = day_field(gettext_lazy("Step-down offered"), required=False)


class StaffDayForm(LaidOut, forms.Form):
    """Somebody of the staff, from a day on."""

    specialist: Any = forms.ModelChoiceField(
        label=gettext_lazy("Specialist"), queryset=None, required=False
    )
    day = day_field(gettext_lazy("From"))

    def __init__(self, *args: Any, staff: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["specialist"]
        field.queryset = staff
        field.empty_label = _("Nobody yet")
        self.fields["day"].initial = today


class TreatmentForm(LaidOut, forms.Form):
    """The treatment team and the key clinician, from a day on."""

    team: Any = forms.ModelChoiceField(
        label=gettext_lazy("Treatment team"), queryset=None
    )
    key_clinician: Any = forms.ModelChoiceField(
        label=gettext_lazy("Key clinician"), queryset=None, required=False
    )
    day = day_field(gettext_lazy("From"))

    def __init__(
        self, *args: Any, teams: Any, clinicians: Any, today: date, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        team: Any = self.fields["team"]
        team.queryset = teams
        clinician: Any = self.fields["key_clinician"]
        clinician.queryset = clinicians
        clinician.empty_label = _("Not known")
        self.fields["day"].initial = today


class CaseworkForm(LaidOut, forms.Form):
    """The job centre and the caseworker, from a day on."""

    team: Any = forms.ModelChoiceField(label=gettext_lazy("Job centre"), queryset=None)
    caseworker: Any = forms.ModelChoiceField(
        label=gettext_lazy("Caseworker"), queryset=None, required=False
    )
    day = day_field(gettext_lazy("From"))

    def __init__(
        self, *args: Any, teams: Any, caseworkers: Any, today: date, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        team: Any = self.fields["team"]
        team.queryset = teams
        caseworker: Any = self.fields["caseworker"]
        caseworker.queryset = caseworkers
        caseworker.empty_label = _("Not known")
        self.fields["day"].initial = today


class TreatmentNoteForm(VersionedForm):
    """A note of a treatment team, for work's sake."""

    day = day_field(gettext_lazy("Day"))
    text = forms.CharField(
        label=gettext_lazy("Note"),
        widget=forms.Textarea(attrs={"rows": 5}),
        max_length=20000,
        help_text=gettext_lazy(
            "Read by your team. The IPS unit reads it only if the person agrees."
        ),
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_day(self) -> date:
        day: date = self.cleaned_data["day"]
        not_in_future(day, self.today)
        return day
