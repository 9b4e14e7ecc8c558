"""Forms of applications and of education."""

from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from braid.people.queries import ToLogFor
from braid.web.forms import LaidOut
from braid.web.widgets import DayInput, FilterSelect, SegmentedRadio
from braid.work.choices import ApplicationResult, Channel, EducationLevel
from braid.work.forms import NOT_KNOWN, tri
from braid.work.forms_employers import check_employer, employer_choices


def people_choices(people: list[ToLogFor], first: str) -> list[Any]:
    """Return the people to choose from, one's own caseload first."""
    own = [(str(one.episode_id), one.name) for one in people if one.is_own]
    others = [(str(one.episode_id), one.name) for one in people if not one.is_own]
    if own and others:
        return [("", first), (_("Your caseload"), own), (_("The unit"), others)]
    return [("", first), *own, *others]


class ApplicationForm(LaidOut, forms.Form):
    """An application: for whom and where; its answer follows when it comes."""

    use_required_attribute = False  # a choice can be cleared, to name a new one instead
    columns = (
        "title",
        "day",
        "channel",
        "help_given",
        "result",
        "interview_on",
        "with_at_interview",
        "result_on",
        "feedback",
    )
    layout: tuple[object, ...] = (
        "person",
        "employer",
        "new_employer",
        *columns,
        "row_version",
    )

    person = forms.ChoiceField(
        label=gettext_lazy("Who applies"), widget=FilterSelect, required=True
    )
    employer = forms.ChoiceField(
        label=gettext_lazy("Employer"), widget=FilterSelect, required=False
    )
    new_employer = forms.CharField(
        label=gettext_lazy("Or a new employer"),
        max_length=200,
        required=False,
        help_text=gettext_lazy("Only if it is not in the list."),
    )
    title = forms.CharField(
        label=gettext_lazy("Job title"), max_length=150, required=False
    )
    day = forms.DateField(label=gettext_lazy("Sent"), widget=DayInput)
    channel = forms.ChoiceField(
        label=gettext_lazy("How"),
        choices=[("", NOT_KNOWN), *Channel.choices],
        required=False,
    )
    help_given = forms.CharField(
        label=gettext_lazy("Our help"), max_length=200, required=False
    )
    result = forms.ChoiceField(
        label=gettext_lazy("How it stands"),
        choices=ApplicationResult.choices,
        initial=ApplicationResult.SENT,
        widget=SegmentedRadio,
    )
    interview_on = forms.DateField(
        label=gettext_lazy("Interview on"), widget=DayInput, required=False
    )
    with_at_interview = tri(gettext_lazy("Did we go along to the interview?"))
    result_on = forms.DateField(
        label=gettext_lazy("Answer on"), widget=DayInput, required=False
    )
    feedback = forms.CharField(
        label=gettext_lazy("What we heard"),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=20000,
        required=False,
    )
    row_version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(
        self,
        *args: Any,
        people: list[ToLogFor] | None,
        employers: list[tuple[UUID, str]],
        today: date,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        self.fields["day"].initial = today
        employer: Any = self.fields["employer"]
        employer.choices = employer_choices(employers, _("Not known"))
        if people is None:  # whose it is stays as it is
            del self.fields["person"]
            self.layout = self.layout[1:]
        else:
            person: Any = self.fields["person"]
            person.choices = people_choices(people, _("Choose"))

    def clean_day(self) -> date:
        day: date = self.cleaned_data["day"]
        if day > self.today:
            raise forms.ValidationError(
                _("This day is still to come. Log it when it has happened.")
            )
        return day

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        check_employer(self, required=False)
        return cleaned

    def values(self) -> dict[str, Any]:
        """Return the columns of an application, without person and employer."""
        return {name: self.cleaned_data[name] for name in self.columns}


class EducationForm(LaidOut, forms.Form):
    """School or training beside or instead of work."""

    columns = (
        "title",
        "school",
        "level",
        "mainstream",
        "first_day",
        "last_day",
        "weekly_hours",
        "help_given",
    )
    layout = (*columns, "row_version")

    title = forms.CharField(label=gettext_lazy("What"), max_length=150)
    school = forms.CharField(
        label=gettext_lazy("Where"), max_length=200, required=False
    )
    level = forms.ChoiceField(
        label=gettext_lazy("Level"),
        choices=[*EducationLevel.choices, ("", NOT_KNOWN)],
        required=False,
        widget=SegmentedRadio,
    )
    mainstream = forms.BooleanField(
        label=gettext_lazy(
            "Open to everybody, not a course for patients or the unemployed"
        ),
        required=False,
        initial=True,
    )
    first_day = forms.DateField(label=gettext_lazy("First day"), widget=DayInput)
    last_day = forms.DateField(
        label=gettext_lazy("Last day"),
        widget=DayInput,
        required=False,
        help_text=gettext_lazy("Empty while it goes on."),
    )
    weekly_hours = forms.DecimalField(
        label=gettext_lazy("Hours a week"),
        min_value=0,
        max_value=80,
        max_digits=3,
        decimal_places=1,
        required=False,
    )
    help_given = forms.CharField(
        label=gettext_lazy("Our help"), max_length=200, required=False
    )
    row_version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def values(self) -> dict[str, Any]:
        """Return the columns of an education."""
        return {name: self.cleaned_data[name] for name in self.columns}
