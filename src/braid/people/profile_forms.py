"""Forms of the career profile: a section, a job before IPS, what changed."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from braid.people.choices import AnswerKind, Section, UpdateBecause
from braid.people.commands import Given
from braid.people.forms import VersionedForm, day_field
from braid.people.models import Episode
from braid.people.profile import SENSITIVE, YES_NO, Part, Question, Way
from braid.people.queries.profile import Answer
from braid.web.forms import LaidOut
from braid.web.widgets import SegmentedRadio

LONGEST = 20_000
LINE = 300
EARLIEST = 1940
MOST_HOURS = 80
VERSION = "version_of_"
GOAL = "goal"
NOT_TOLD = gettext_lazy("not talked about")


def _writing(**attributes: Any) -> dict[str, Any]:
    """Return the attributes of a control for words in any script."""
    return {"dir": "auto", **attributes}


def long_text(label: Any, rows: int = 3, **kwargs: Any) -> forms.CharField:
    """Return a field for many words."""
    area = forms.Textarea(attrs=_writing(rows=rows))
    return forms.CharField(label=label, max_length=LONGEST, widget=area, **kwargs)


def field_of(question: Question) -> forms.Field:
    """Return the field in which a question is answered."""
    asked: dict[str, Any] = {
        "label": question.label,
        "help_text": question.help,
        "required": False,
    }
    match question.way:
        case Way.LINE:
            line = forms.TextInput(attrs=_writing(autocomplete="off"))
            return forms.CharField(max_length=LINE, widget=line, **asked)
        case Way.TEXT:
            return long_text(**asked)
        case Way.SOME:
            boxes = forms.CheckboxSelectMultiple
            return forms.MultipleChoiceField(
                choices=list(question.choices.items()), widget=boxes, **asked
            )
        case _:
            choices = YES_NO if question.way == Way.YES_NO else question.choices
            return forms.ChoiceField(
                choices=[*choices.items(), ("", NOT_TOLD)],
                widget=SegmentedRadio,
                **asked,
            )


class SectionForm(forms.Form):
    """The questions of one section, each with the version of the answer that it shows."""

    says_optional = False

    def __init__(
        self,
        data: Any,
        *,
        part: Part,
        answers: Mapping[str, Answer],
        is_own: bool,
        episode: Episode | None = None,
    ) -> None:
        super().__init__(data)
        self.questions = [one for one in part.questions if one.own or not is_own]
        self.episode = episode if part.section == Section.GOAL else None
        if self.episode is not None:
            self.fields[GOAL] = long_text(
                gettext_lazy("The goal, in own words"),
                help_text=gettext_lazy(
                    "The only thing that must be written: what the person wants."
                ),
            )
            self._starts(GOAL, self.episode.goal, self.episode.row_version)
        for question in self.questions:
            answer = answers.get(question.id)
            self.fields[question.id] = field_of(question)
            text = answer.text if answer else ""
            shown: Any = text.split(",") if question.way == Way.SOME and text else text
            self._starts(question.id, shown, answer.row_version if answer else 0)

    def _starts(self, name: str, text: Any, version: int) -> None:
        self.initial[name] = text
        field = forms.IntegerField(
            widget=forms.HiddenInput,
            min_value=0,
            max_value=2_000_000_000,
            required=False,
        )
        self.fields[VERSION + name] = field
        self.initial[VERSION + name] = version

    def given(self) -> dict[str, Given]:
        """Return the answers as the command takes them."""
        return {one.id: self._given(one.id) for one in self.questions}

    def goal(self) -> Given | None:
        """Return the goal that was typed; None where no episode goes on."""
        return self._given(GOAL) if self.episode is not None else None

    def _given(self, name: str) -> Given:
        found = self.cleaned_data[name]
        text = ",".join(found) if isinstance(found, list) else found
        return Given(text, self.cleaned_data[VERSION + name] or 0)

    def shows(self, versions: Mapping[str, int]) -> None:
        """Take over the versions that stand beside the form now: saving again wins."""
        data: Any = self.data.copy()  # type: ignore[attr-defined]
        for name, version in versions.items():
            data[VERSION + name] = str(version)
        self.data = data


class PastJobForm(VersionedForm):
    """A job before IPS, as the person tells it; the title is enough."""

    title = forms.CharField(
        label=gettext_lazy("Job title"),
        max_length=150,
        widget=forms.TextInput(attrs=_writing()),
    )
    employer = forms.CharField(
        label=gettext_lazy("Employer"),
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs=_writing()),
    )
    first_year = forms.IntegerField(
        label=gettext_lazy("From (year)"), min_value=EARLIEST, required=False
    )
    last_year = forms.IntegerField(
        label=gettext_lazy("To (year)"), min_value=EARLIEST, required=False
    )
    weekly_hours = forms.DecimalField(
        label=gettext_lazy("Hours a week"),
        min_value=0,
        max_digits=5,
        decimal_places=1,
        required=False,
    )
    duties = long_text(gettext_lazy("What was done"), rows=2, required=False)
    liked = long_text(gettext_lazy("What was good"), rows=2, required=False)
    disliked = long_text(
        gettext_lazy("What was not good"),
        rows=2,
        required=False,
        help_text=gettext_lazy("Kept in confidence."),
    )
    why_left = long_text(
        gettext_lazy("Why it ended"),
        rows=2,
        required=False,
        help_text=gettext_lazy("Kept in confidence."),
    )
    pay = forms.CharField(label=gettext_lazy("Pay"), max_length=60, required=False)
    found_how = forms.CharField(
        label=gettext_lazy("How it was found"),
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs=_writing()),
    )
    supervisor = forms.CharField(
        label=gettext_lazy("Boss"),
        max_length=150,
        required=False,
        widget=forms.TextInput(attrs=_writing()),
    )
    reference = forms.TypedChoiceField(
        label=gettext_lazy("May the employer be asked about the person?"),
        choices=[*YES_NO.items(), ("", NOT_TOLD)],
        coerce=lambda said: said == "yes",
        empty_value=None,
        required=False,
        widget=SegmentedRadio,
    )
    says_optional = False

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_weekly_hours(self) -> Any:
        hours = self.cleaned_data["weekly_hours"]
        if hours is not None and hours > MOST_HOURS:
            raise forms.ValidationError(
                _("More than %(most)s hours a week cannot be kept. Check the number.")
                % {"most": MOST_HOURS}
            )
        return hours

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or self.cleaned_data
        first, last = given.get("first_year"), given.get("last_year")
        for name, year in (("first_year", first), ("last_year", last)):
            if year and year > self.today.year:
                self.add_error(name, _("This year is still to come. Check the number."))
        if first and last and last < first:
            self.add_error(
                "last_year",
                _("The job ends before it begins. Check both years."),
            )
        return given


class UpdateForm(LaidOut, forms.Form):
    """What changed in the profile, and because of what."""

    because = forms.ChoiceField(
        label=gettext_lazy("Because of"),
        choices=[
            one for one in UpdateBecause.choices if one[0] != UpdateBecause.AGREED
        ],
        widget=SegmentedRadio,
    )
    text = long_text(
        gettext_lazy("What changed?"),
        help_text=gettext_lazy(
            "What was learned about the person at work: what fits, what does not."
        ),
    )
    day = day_field(gettext_lazy("Day"))

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_day(self) -> date:
        day: date = self.cleaned_data["day"]
        if day > self.today:
            raise forms.ValidationError(
                _("This day is still to come. Choose today or an earlier day.")
            )
        return day


class PrintForm(forms.Form):
    """Which classes of information go onto the paper."""

    says_optional = False
    kinds = forms.MultipleChoiceField(
        label=gettext_lazy("What goes into the print"),
        choices=AnswerKind.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    @staticmethod
    def usual() -> list[str]:
        """Return what is ticked at first: nothing of health, money or confidence."""
        return [one.value for one in AnswerKind if one not in SENSITIVE]
