"""The forms of the Log and of a person's page: shape and wording of input."""

from datetime import date
from typing import Any
from uuid import UUID

from crispy_forms.layout import HTML
from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from braid.people.choices import NoteKind
from braid.people.queries import ToLogFor
from braid.web.forms import LaidOut
from braid.web.widgets import DayInput, FilterSelect, SegmentedRadio
from braid.work.choices import (
    EndReason,
    MadeBy,
    Mode,
    Outcome,
    Phase,
    Place,
    Told,
    VisitStage,
)
from braid.work.forms_names import NamesNobody

Choices = list[tuple[str, str]]
MINUTES = [(str(n), str(n)) for n in (15, 30, 45, 60, 90, 120)]
COMPANY = [
    ("with_clinician", gettext_lazy("clinician")),
    ("with_caseworker", gettext_lazy("caseworker")),
    ("with_family", gettext_lazy("family")),
]


class DayField(forms.DateField):
    """A day, chosen with the browser's own calendar."""

    widget = DayInput


class LogForm(LaidOut, forms.Form):
    """What every entry of the Log shares: about whom, and on which day."""

    person_required = True

    def __init__(
        self,
        *args: Any,
        people: list[ToLogFor],
        today: date,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        if "person" in self.fields:
            field: Any = self.fields["person"]
            field.choices = _people_choices(people, required=self.person_required)
            field.required = self.person_required
        if "day" in self.fields:
            self.fields["day"].initial = today

    def clean_day(self) -> date:
        day: date = self.cleaned_data["day"]
        if day > self.today:
            raise forms.ValidationError(
                _("This day is still to come. Log it when it has happened.")
            )
        return day


def _people_choices(people: list[ToLogFor], *, required: bool) -> Any:
    own = [(str(one.episode_id), one.name) for one in people if one.is_own]
    others = [(str(one.episode_id), one.name) for one in people if not one.is_own]
    first = ("", _("Choose") if required else _("Nobody in particular"))
    choices: list[Any] = [first]
    if own and others:
        choices += [(_("Your caseload"), own), (_("The unit"), others)]
    else:
        choices += own + others
    return choices


class ContactForm(LogForm):
    """A contact with an applicant: three taps beyond the defaults at most."""

    layout: tuple[object, ...] = (
        "person",
        "day",
        "mode",
        "attended",
        "place",
        "minutes",
        "company",
        "note",
        "phase",
    )

    person = forms.ChoiceField(label=gettext_lazy("With whom"), widget=FilterSelect)
    day = DayField(label=gettext_lazy("Day"))
    mode = forms.ChoiceField(
        label=gettext_lazy("How"),
        choices=Mode.choices,
        widget=SegmentedRadio,
        initial=Mode.IN_PERSON,
    )
    attended = forms.TypedChoiceField(
        label=gettext_lazy("Did you meet?"),
        choices=[
            ("yes", gettext_lazy("yes")),
            ("no", gettext_lazy("no, did not come")),
        ],
        coerce=lambda word: word == "yes",
        widget=SegmentedRadio,
        initial="yes",
    )
    place = forms.ChoiceField(
        label=gettext_lazy("Where"),
        choices=[choice for choice in Place.choices if choice[0] != Place.REMOTE],
        widget=SegmentedRadio,
        initial=Place.COMMUNITY,
        required=False,
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
    company = forms.MultipleChoiceField(
        label=gettext_lazy("Who else was there"),
        choices=COMPANY,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    note = forms.CharField(
        label=gettext_lazy("Note"),
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
        max_length=20000,
    )
    phase = forms.ChoiceField(
        label=gettext_lazy("What for"),
        choices=[("", gettext_lazy("Not said")), *Phase.choices],
        required=False,
    )

    def values(self) -> dict[str, Any]:
        """Return the fields of a contact."""
        given = self.cleaned_data
        in_person = given["mode"] == Mode.IN_PERSON
        company = given["company"]
        return {
            "day": given["day"],
            "mode": given["mode"],
            "attended": given["attended"],
            # An attempt that nobody answered is outreach.
            **({} if given["attended"] else {"outreach": True}),
            "place": given["place"] if in_person else Place.REMOTE,
            "minutes": given["minutes"] if given["attended"] else 0,
            "phase": given["phase"],
            "note": given["note"],
            **{name: name in company for name, _label in COMPANY},
        }


class EmployerForm(LogForm):
    """A form that names an employer: one of the directory, or a new one."""

    use_required_attribute = False  # a choice can be cleared, to name a new one instead

    employer = forms.ChoiceField(
        label=gettext_lazy("Employer"),
        widget=FilterSelect,
        error_messages={
            "required": gettext_lazy(
                "Choose an employer from the list, or name a new one below."
            )
        },
    )
    new_employer = forms.CharField(
        label=gettext_lazy("Or a new employer"),
        max_length=200,
        required=False,
        help_text=gettext_lazy("Only if it is not in the list."),
    )

    def __init__(
        self, *args: Any, employers: list[tuple[UUID, str]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["employer"]
        field.choices = [
            ("", _("Choose")),
            *((str(key), name) for key, name in employers),
        ]
        field.required = not self.data.get(self.add_prefix("new_employer"), "").strip()

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        chosen, named = cleaned.get("employer"), cleaned.get("new_employer")
        if chosen and named:
            self.add_error(
                "new_employer",
                _("You chose an employer and named a new one. Keep one of the two."),
            )
        return cleaned


# What was agreed for the person and employer chosen; without scripts a link to it.
BESIDE = (
    "{% if beside %}{% include 'web/components/later.html' with url=beside.url "
    "text=beside.text included=beside.included only %}{% endif %}"
)


class EmployerVisitForm(NamesNobody, EmployerForm):
    """A contact with an employer, for somebody or for nobody in particular."""

    person_required = False
    open_words = ("learned", "next_step")  # read on the page of the employer
    layout = (
        "employer",
        "new_employer",
        "person",
        HTML(BESIDE),
        "day",
        "mode",
        "told",
        "fits_plan",
        "made_by",
        "outcome",
        "stage",
        "spoke_to",
        "learned",
        "next_step",
        "next_on",
        "thanked",
        "is_somebody_else",
    )

    person = forms.ChoiceField(label=gettext_lazy("For whom"), widget=FilterSelect)
    day = DayField(label=gettext_lazy("Day"))
    mode = forms.ChoiceField(
        label=gettext_lazy("How"),
        choices=Mode.choices,
        widget=SegmentedRadio,
        initial=Mode.IN_PERSON,
    )
    outcome = forms.ChoiceField(
        label=gettext_lazy("Outcome"),
        choices=Outcome.choices,
        widget=SegmentedRadio,
        initial=Outcome.NONE,
    )
    told = forms.ChoiceField(
        label=gettext_lazy("What the employer was told about the person"),
        choices=Told.choices,
        widget=SegmentedRadio,
        initial=Told.NOTHING,
        required=False,
        help_text=gettext_lazy("Only what the person agreed to."),
    )
    fits_plan = forms.TypedChoiceField(
        label=gettext_lazy("Does it fit the person's plan?"),
        choices=[
            ("yes", gettext_lazy("yes")),
            ("no", gettext_lazy("no")),
            ("", gettext_lazy("Not said")),
        ],
        coerce=lambda word: word == "yes",
        empty_value=None,
        widget=SegmentedRadio,
        required=False,
    )
    made_by = forms.ChoiceField(
        label=gettext_lazy("Who spoke with the employer"),
        choices=MadeBy.choices,
        widget=SegmentedRadio,
        initial=MadeBy.SPECIALIST,
        required=False,
    )
    stage = forms.ChoiceField(
        label=gettext_lazy("Step"),
        choices=[("", gettext_lazy("Not said")), *VisitStage.choices],
        required=False,
    )
    spoke_to = forms.CharField(
        label=gettext_lazy("Spoke to"), max_length=150, required=False
    )
    learned = forms.CharField(
        label=gettext_lazy("What we learned"),
        widget=forms.Textarea(attrs={"rows": 2}),
        required=False,
        max_length=20000,
        help_text=gettext_lazy("About the workplace. No applicant's name here."),
    )
    next_step = forms.CharField(
        label=gettext_lazy("Next step"), max_length=200, required=False
    )
    next_on = DayField(label=gettext_lazy("Next step on"), required=False)
    thanked = forms.BooleanField(
        label=gettext_lazy("We have sent our thanks"), required=False
    )

    def __init__(self, *args: Any, people: list[ToLogFor], **kwargs: Any) -> None:
        super().__init__(*args, people=people, **kwargs)
        self.caseload_names = lambda: [one.name for one in people]

    def values(self) -> dict[str, Any]:
        """Return the fields of an employer contact; for nobody, nothing of somebody."""
        given = self.cleaned_data
        of_person = {
            "told": given["told"] or Told.NOTHING,
            "fits_plan": given["fits_plan"],
            "made_by": given["made_by"] or MadeBy.SPECIALIST,
        }
        names = [
            "day",
            "mode",
            "outcome",
            "stage",
            "spoke_to",
            "learned",
            "next_step",
            "next_on",
        ]
        values = {name: given[name] for name in names}
        values["thanked"] = given["thanked"] or None
        return values | (of_person if given["person"] else {})


class JobStartForm(EmployerForm):
    """The quick job start: person, employer, first day."""

    layout = ("person", "employer", "new_employer", "first_day", "title", "twice")

    person = forms.ChoiceField(label=gettext_lazy("Who starts"), widget=FilterSelect)
    first_day = DayField(label=gettext_lazy("First day in the job"))
    title = forms.CharField(
        label=gettext_lazy("Job title"), max_length=150, required=False
    )
    twice = forms.BooleanField(
        label=gettext_lazy("It is a second contract with the same employer"),
        required=False,
        widget=forms.HiddenInput,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["first_day"].initial = self.today

    def add_error(self, field: str | None, error: Any) -> None:
        if field == "twice":  # asked only where it matters
            self.fields["twice"].widget = forms.CheckboxInput()
        super().add_error(field, error)


class JobEndForm(LaidOut, forms.Form):
    """The last day in a job; the episode goes on."""

    layout = ("job", "last_day", "end_known_on", "end_reason", "end_words")

    job = forms.ChoiceField(label=gettext_lazy("Which job"), widget=FilterSelect)
    last_day = DayField(label=gettext_lazy("Last day in the job"))
    end_known_on = DayField(label=gettext_lazy("When you heard of it"))
    end_reason = forms.ChoiceField(
        label=gettext_lazy("Why it ended"), choices=EndReason.choices
    )
    end_words = forms.CharField(
        label=gettext_lazy("What we take with us into the next search"),
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
        max_length=20000,
    )

    def __init__(self, *args: Any, jobs: Choices, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["job"]
        field.choices = [("", _("Choose")), *jobs]
        self.fields["last_day"].initial = today
        self.fields["end_known_on"].initial = today
        self.today = today

    def clean_end_known_on(self) -> date:
        day: date = self.cleaned_data["end_known_on"]
        if day > self.today:
            raise forms.ValidationError(
                _("You cannot have heard of it on a day still to come.")
            )
        return day


class NoteForm(LogForm):
    """A note; what it is about decides who may read it."""

    layout = ("person", "day", "kind", "text")

    person = forms.ChoiceField(label=gettext_lazy("About whom"), widget=FilterSelect)
    day = DayField(label=gettext_lazy("Day"))
    kind = forms.ChoiceField(
        label=gettext_lazy("What it is about"),
        choices=NoteKind.choices,
        widget=SegmentedRadio,
        initial=NoteKind.CONVERSATION,
        help_text=gettext_lazy("It decides who may read the note."),
    )
    text = forms.CharField(
        label=gettext_lazy("Note"),
        widget=forms.Textarea(attrs={"rows": 5}),
        max_length=20000,
    )
