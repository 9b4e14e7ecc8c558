"""Forms of meetings: when, guests, people, matters, decisions, notes, cover, groups."""

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from braid.desk.gatherings.kinds import OF_GROUP
from braid.teamwork.choices import GroupPart, MeetingKind
from braid.web.forms import LaidOut
from braid.web.widgets import DayInput, FilterSelect, SegmentedRadio
from braid.work.choices import Mode

LONGEST = 20_000
ITEMS = 25
Choices = list[tuple[str, str]]


def day_field(label: Any, **given: Any) -> forms.DateField:
    return forms.DateField(label=label, widget=DayInput, **given)


def words_field(label: Any, rows: int = 3, **given: Any) -> forms.CharField:
    given.setdefault("required", False)
    return forms.CharField(
        label=label,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": rows}),
        **given,
    )


class ChosenForm(LaidOut, forms.Form):
    """A form some of whose fields choose from what the page knows: `choices` by field.

    A field of `choices` that is None is left out.
    """

    def __init__(
        self, *args: Any, choices: dict[str, Choices | None], **given: Any
    ) -> None:
        super().__init__(*args, **given)
        for name, found in choices.items():
            if found is None:
                self.fields.pop(name, None)
                continue
            field: Any = self.fields[name]
            field.choices = found if field.required else [("", "–"), *found]
            if len(found) == 1 and field.required:
                field.initial = found[0][0]


class MeetingForm(ChosenForm):
    """When a meeting is, with whom, how and where."""

    row_version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    whom = forms.ChoiceField(label=gettext_lazy("With"))
    led_by = forms.ChoiceField(label=gettext_lazy("Led by"), required=False)
    day = day_field(gettext_lazy("Day"))
    begins_at = forms.TimeField(
        label=gettext_lazy("At"),
        required=False,
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
    )
    minutes = forms.IntegerField(
        label=gettext_lazy("Minutes"), required=False, min_value=1, max_value=600
    )
    mode = forms.ChoiceField(
        label=gettext_lazy("How"),
        required=False,
        choices=[one for one in Mode.choices if one[0] != Mode.MESSAGE],
        widget=SegmentedRadio,
    )
    place_words = forms.CharField(
        label=gettext_lazy("Where"), max_length=100, required=False
    )


class GuestForm(LaidOut, forms.Form):
    """A guest without an account."""

    guest = forms.CharField(label=gettext_lazy("Who was there besides"), max_length=150)


class ChoosePersonForm(ChosenForm):
    """Whom the meeting talks about."""

    person = forms.ChoiceField(
        label=gettext_lazy("Who"),
        widget=FilterSelect,
        help_text=gettext_lazy("People with an overdue clock stand first."),
    )
    asked = forms.CharField(
        label=gettext_lazy("What is asked"),
        max_length=300,
        required=False,
        help_text=gettext_lazy("Can wait until the meeting."),
    )


class PersonForm(LaidOut, forms.Form):
    """What a meeting said of somebody, and what is asked of whom."""

    row_version = forms.IntegerField(widget=forms.HiddenInput)
    words = words_field(gettext_lazy("What was said"), rows=4)
    asked = forms.CharField(
        label=gettext_lazy("What is asked of whom"), max_length=300, required=False
    )
    discussed = forms.BooleanField(
        label=gettext_lazy("We talked about it"), required=False, initial=True
    )


class MatterForm(ChosenForm):
    """Something for an agenda. It names nobody: others than the unit read it."""

    where = forms.ChoiceField(label=gettext_lazy("For which meeting"))
    text = forms.CharField(
        label=gettext_lazy("What should they talk about?"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("One line. Name no applicant."),
    )


class TakeUpForm(LaidOut, forms.Form):
    """What came of a matter."""

    row_version = forms.IntegerField(widget=forms.HiddenInput)
    answer = forms.CharField(
        label=gettext_lazy("What came of it?"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("Whoever raised it reads this."),
    )
    is_settled = forms.BooleanField(
        label=gettext_lazy("Settled; it leaves the agenda"),
        required=False,
        initial=True,
    )


class DecisionForm(ChosenForm):
    """What was decided: who does it, by when, and who is told."""

    row_version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    text = forms.CharField(
        label=gettext_lazy("What was decided?"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    staff = forms.ChoiceField(label=gettext_lazy("Who does it"), required=False)
    due_on = day_field(gettext_lazy("By"), required=False)
    for_unit = forms.BooleanField(
        label=gettext_lazy("Everybody of the unit is told"),
        required=False,
        help_text=gettext_lazy("It stands on their page until they have seen it."),
    )
    item = forms.TypedChoiceField(
        label=gettext_lazy("Is to raise the fidelity item"), required=False
    )


class NoteForm(LaidOut, forms.Form):
    """A note about nobody in particular."""

    text = words_field(
        gettext_lazy("Note"),
        required=True,
        help_text=gettext_lazy("About no applicant: those stand above, one line each."),
    )


class CoverForm(ChosenForm):
    """Who stands in for whom."""

    staff = forms.ChoiceField(label=gettext_lazy("Who is away"))
    covered_by = forms.ChoiceField(label=gettext_lazy("Who stands in"))
    first_day = day_field(gettext_lazy("From"))
    last_day = day_field(gettext_lazy("To"))
    words = forms.CharField(
        label=gettext_lazy("What matters in these days"),
        max_length=300,
        required=False,
        help_text=gettext_lazy("Everybody in the unit can read it. Leave health out."),
    )


class ObservationForm(LaidOut, forms.Form):
    """What was seen with an employer, and the next skill."""

    row_version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    skill = forms.CharField(
        label=gettext_lazy("Which skill did you look at?"), max_length=200
    )
    employer_kind = forms.CharField(
        label=gettext_lazy("What kind of employer"),
        max_length=150,
        required=False,
        help_text=gettext_lazy("A bakery, a warehouse. No names."),
    )
    seen = words_field(gettext_lazy("What you saw"))
    feedback = words_field(gettext_lazy("What you said about it to each other"))
    next_skill = forms.CharField(
        label=gettext_lazy("Next skill"), max_length=200, required=False
    )
    next_on = day_field(
        gettext_lazy("Next time"),
        required=False,
        help_text=gettext_lazy(
            "Every month for somebody new or who wants more of it, else every quarter."
        ),
    )


class GroupForm(LaidOut, forms.Form):
    """A standing group."""

    kind = forms.ChoiceField(
        label=gettext_lazy("Kind"),
        choices=[one for one in MeetingKind.choices if one[0] in OF_GROUP],
        widget=SegmentedRadio,
        initial=MeetingKind.STEERING,
    )
    name = forms.CharField(label=gettext_lazy("What it is called"), max_length=100)


class RenameForm(LaidOut, forms.Form):
    """Another name for a group."""

    row_version = forms.IntegerField(widget=forms.HiddenInput)
    name = forms.CharField(label=gettext_lazy("What it is called"), max_length=100)


class MemberForm(LaidOut, forms.Form):
    """Somebody who sits in a group, by name; with an address it can be with an account."""

    part = forms.ChoiceField(
        label=gettext_lazy("Stands for"), choices=GroupPart.choices
    )
    name = forms.CharField(label=gettext_lazy("Name"), max_length=150)
    email = forms.EmailField(
        label=gettext_lazy("E-mail"),
        required=False,
        help_text=gettext_lazy(
            "If an account has this address, its holder opens the pages of this group, "
            "and no applicant. Whether there is one is not told."
        ),
    )
    body = forms.CharField(
        label=gettext_lazy("Organisation"), max_length=150, required=False
    )


def item_choices() -> Choices:
    """Return the items of the scale, by number."""
    return [
        (str(number), _("item %(number)d") % {"number": number})
        for number in range(1, ITEMS + 1)
    ]


def key_of(value: str) -> UUID | None:
    """Return what was chosen, None where nobody or nothing was."""
    return UUID(value) if value else None
