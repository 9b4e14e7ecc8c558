"""Forms of the applicant's own pages, and of the way to them."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from braid.access.choices import RequestKind
from braid.access.passwords import PasswordMixin
from braid.access.sign_in import guessable
from braid.people.choices import HowItGoes
from braid.web.forms import LaidOut
from braid.web.widgets import DayInput, SegmentedRadio


class Faces(SegmentedRadio):
    """Three faces with their words, each as large as a thumb."""

    template_name = "desk/own/faces.html"
    option_template_name = "desk/own/face_option.html"


class PlanForm(LaidOut, forms.Form):
    """The own words about work, with the version of the record that is shown."""

    row_version = forms.IntegerField(widget=forms.HiddenInput)
    goal = forms.CharField(
        label=_("What do I want?"),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=2000,
        required=False,
        help_text=_("Write it as you would say it. You can change it at any time."),
    )


class HowForm(LaidOut, forms.Form):
    """How is it going, in a face, in words or in both, and who may read it."""

    mood = forms.ChoiceField(
        label=_("Today it goes"),
        choices=HowItGoes.choices,
        widget=Faces,
        required=False,
    )
    text = forms.CharField(
        label=_("In my own words"),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=2000,
        required=False,
    )
    readers: Any = forms.ModelMultipleChoiceField(
        label=_("Who may read it?"),
        queryset=None,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Tick nobody, and it is for you alone."),
    )

    def __init__(self, *args: Any, teams: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["readers"]
        field.queryset = teams
        field.label_from_instance = _team_words
        if not teams:
            del self.fields["readers"]


def _team_words(team: Any) -> str:
    return f"{team.name}, {team.organisation.name}"


class RequestForm(LaidOut, forms.Form):
    """What somebody asks about their data."""

    kind = forms.ChoiceField(
        label=_("What do you ask for?"),
        choices=RequestKind.choices,
        widget=forms.RadioSelect,
    )
    words = forms.CharField(
        label=_("In your own words"),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=4000,
        required=False,
        help_text=_("If something is wrong: what is it, and what would be right?"),
    )


class InviteForm(LaidOut, forms.Form):
    """Where the invitation is mailed to, if anywhere."""

    email = forms.EmailField(
        label=_("Mail it to"),
        required=False,
        help_text=_("Leave it empty to pass the invitation on yourself."),
    )


class LetterForm(LaidOut, forms.Form):
    """An invitation that nobody can mail: it is handed over."""


class WelcomeForm(LaidOut, forms.Form):
    """The code of an invitation, and what only the person invited knows."""

    code = forms.CharField(
        label=_("Code"),
        max_length=40,
        widget=forms.TextInput(
            attrs={
                "autocomplete": "off",
                "autocapitalize": "characters",
                "spellcheck": "false",
            }
        ),
        help_text=_("Twelve letters and numbers. Spaces and lines do not matter."),
    )
    birth_date = forms.DateField(
        label=_("Your date of birth"),
        widget=DayInput(attrs={"autocomplete": "bday"}),
    )


class AccountForm(LaidOut, PasswordMixin, forms.Form):
    """How somebody signs in from now on."""

    field_order = ("email", "password")

    email = forms.EmailField(
        label=_("Your e-mail"),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )

    def __init__(self, *args: Any, name: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.name = name

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or self.cleaned_data
        try:
            guessable.refuse(
                given.get("password", ""), (self.name, given.get("email", ""))
            )
        except forms.ValidationError as error:
            if "password" in given:
                self.add_error("password", error)
        return given
