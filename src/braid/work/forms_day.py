"""Forms of the working day: an appointment, how it went, and a week of time."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from braid.people.queries import ToLogFor
from braid.web.days import day_text
from braid.web.forms import LaidOut
from braid.web.widgets import DayInput, FilterSelect, SegmentedRadio
from braid.work.choices import Activity, AppointmentWith, Mode, Place, Told
from braid.work.forms_employers import check_employer, employer_choices
from braid.work.forms_search import people_choices
from braid.work.time_rules import Minutes, Where

MINUTES = [(str(n), str(n)) for n in (15, 30, 45, 60, 90, 120)]


class TimeInput(forms.TimeInput):
    """The browser's own clock, which sends hours and minutes."""

    input_type = "time"

    def __init__(self) -> None:
        super().__init__(format="%H:%M")


class AppointmentForm(LaidOut, forms.Form):
    """An appointment: with whom, when; the rest has a default."""

    use_required_attribute = False  # a choice can be cleared, to name a new one instead
    columns = ("day", "begins_at", "minutes", "mode", "place", "place_words", "topic")
    layout = (
        "with_whom",
        "person",
        "employer",
        "new_employer",
        *columns,
        "row_version",
    )

    with_whom = forms.ChoiceField(
        label=gettext_lazy("With"),
        choices=AppointmentWith.choices,
        widget=SegmentedRadio,
        initial=AppointmentWith.APPLICANT,
    )
    person = forms.ChoiceField(
        label=gettext_lazy("Who, or about whom"), widget=FilterSelect, required=False
    )
    employer = forms.ChoiceField(
        label=gettext_lazy("Employer"),
        widget=FilterSelect,
        required=False,
        help_text=gettext_lazy("Only for an appointment with an employer."),
    )
    new_employer = forms.CharField(
        label=gettext_lazy("Or a new employer"), max_length=200, required=False
    )
    day = forms.DateField(label=gettext_lazy("Day"), widget=DayInput)
    begins_at = forms.TimeField(
        label=gettext_lazy("At"), widget=TimeInput, required=False
    )
    minutes = forms.TypedChoiceField(
        label=gettext_lazy("Minutes"),
        choices=MINUTES,
        coerce=int,
        widget=SegmentedRadio,
        initial="45",
        required=False,
        empty_value=None,
    )
    mode = forms.ChoiceField(
        label=gettext_lazy("How"),
        choices=Mode.choices,
        widget=SegmentedRadio,
        initial=Mode.IN_PERSON,
    )
    place = forms.ChoiceField(
        label=gettext_lazy("Where"),
        choices=[
            ("", gettext_lazy("as usual")),
            *(choice for choice in Place.choices if choice[0] != Place.REMOTE),
        ],
        widget=SegmentedRadio,
        required=False,
    )
    place_words = forms.CharField(
        label=gettext_lazy("Place in words"), max_length=100, required=False
    )
    topic = forms.CharField(
        label=gettext_lazy("What about"), max_length=200, required=False
    )
    row_version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(
        self,
        *args: Any,
        people: list[ToLogFor],
        employers: list[tuple[UUID, str]],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        person: Any = self.fields["person"]
        person.choices = people_choices(people, _("Nobody in particular"))
        employer: Any = self.fields["employer"]
        employer.choices = employer_choices(employers, _("No employer"))

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        check_employer(self, required=False)
        with_employer = cleaned.get("with_whom") == AppointmentWith.EMPLOYER
        named = cleaned.get("employer") or cleaned.get("new_employer")
        if named and not with_employer:
            self.add_error(
                "employer",
                _("An employer is named, but the appointment is with somebody else."),
            )
        return cleaned

    def values(self) -> dict[str, Any]:
        """Return the columns of an appointment, without person and employer."""
        given = {name: self.cleaned_data[name] for name in self.columns}
        is_there = given["mode"] == Mode.IN_PERSON
        usual = USUAL_PLACES[self.cleaned_data["with_whom"]]
        given["place"] = (given["place"] or usual) if is_there else Place.REMOTE
        return given | {"with_whom": self.cleaned_data["with_whom"]}


USUAL_PLACES = {
    AppointmentWith.APPLICANT: Place.COMMUNITY,
    AppointmentWith.EMPLOYER: Place.EMPLOYER_SITE,
    AppointmentWith.CLINIC: Place.TREATMENT_OFFICE,
    AppointmentWith.JOB_CENTRE: Place.JOB_CENTRE,
    AppointmentWith.OTHER: Place.COMMUNITY,
}


class KeptForm(LaidOut, forms.Form):
    """What is asked when an employer was met for somebody; else nothing."""

    told = forms.ChoiceField(
        label=gettext_lazy("What was the employer told about the person?"),
        choices=[("", gettext_lazy("Not said")), *Told.choices],
        widget=SegmentedRadio,
        required=False,
    )
    person = forms.CharField(widget=forms.HiddenInput, required=False)


class WeekForm(forms.Form):
    """A week of working time: a number of minutes for each day and activity.

    The rest of the days can be filled up with one activity, which makes a week quick.
    """

    length = forms.IntegerField(
        label=gettext_lazy("Minutes of a working day"),
        min_value=0,
        max_value=1440,
        required=False,
    )
    rest = forms.ChoiceField(
        label=gettext_lazy("Fill days that have something up with"),
        choices=[
            ("", gettext_lazy("nothing")),
            *(one for one in Activity.choices if one[0] != Activity.LEAVE),
        ],
        required=False,
        widget=SegmentedRadio,
    )
    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(
        self,
        *args: Any,
        days: Sequence[date],
        rows: Sequence[Where],
        minutes: Minutes,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.days, self.rows = days, rows
        for day in days:
            for number, where in enumerate(rows):
                self.fields[_cell(day, number)] = forms.IntegerField(
                    label=f"{day_text(day)}, {where_label(where)}",
                    min_value=0,
                    max_value=1440,
                    required=False,
                    initial=minutes.get((day, where)),
                )

    def table(self) -> list[tuple[date, list[tuple[str, Any]]]]:
        """Return the fields of each day with what they are for."""
        return [
            (
                day,
                [
                    (where_label(where), self[_cell(day, number)])
                    for number, where in enumerate(self.rows)
                ],
            )
            for day in self.days
        ]

    def minutes(self) -> Minutes:
        """Return what was typed, without the empty ones."""
        given = self.cleaned_data
        return {
            (day, where): given[_cell(day, number)]
            for day in self.days
            for number, where in enumerate(self.rows)
            if given[_cell(day, number)]
        }


def _cell(day: date, number: int) -> str:
    return f"on_{day:%Y%m%d}_{number}"


def where_label(where: Where) -> str:
    """Say what time goes into: the activity, and the place where it is known."""
    activity: Promise | str = Activity(where.activity).label
    if not where.place:
        return str(activity)
    return f"{activity}, {Place(where.place).label}"
