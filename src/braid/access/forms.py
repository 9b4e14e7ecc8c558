"""Forms of who is who."""

from collections.abc import Collection
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from braid.access.choices import DigestEvery, RoleChoice, Sector, TeamKind
from braid.access.models import User
from braid.access.passwords import PasswordMixin
from braid.access.policy import Role
from braid.access.sign_in import guessable
from braid.web.forms import LaidOut
from braid.web.widgets import DayInput, SegmentedRadio

COUNTRIES = [
    ("dk", gettext_lazy("Denmark")),
    ("nl", gettext_lazy("Netherlands")),
    ("gb", gettext_lazy("England")),
    ("us", gettext_lazy("United States")),
]


class FirstRunForm(LaidOut, PasswordMixin, forms.Form):
    """What an empty installation needs: an organisation, a unit, the first steward."""

    field_order = (
        "organisation",
        "sector",
        "country",
        "unit",
        "name",
        "email",
        "password",
    )

    organisation = forms.CharField(
        label=gettext_lazy("Your organisation"), max_length=200
    )
    sector = forms.ChoiceField(
        label=gettext_lazy("Sector"),
        choices=Sector.choices,
        initial=Sector.IPS_PROVIDER,
    )
    country = forms.ChoiceField(label=gettext_lazy("Country"), choices=COUNTRIES)
    unit = forms.CharField(label=gettext_lazy("Your IPS unit"), max_length=200)
    name = forms.CharField(label=gettext_lazy("Your name"), max_length=150)
    email = forms.EmailField(label=gettext_lazy("Your e-mail"))

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or self.cleaned_data
        names = [given.get(field, "") for field in ("organisation", "unit", "name")]
        try:
            guessable.refuse(given.get("password") or "", names)
        except ValidationError as error:
            if "password" in given:
                self.add_error("password", error)
        return given


class AcceptForm(LaidOut, PasswordMixin, forms.Form):
    """The password of somebody who was invited."""

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user


class MemberForm(LaidOut, forms.Form):
    """A role of somebody in a team."""

    name = forms.CharField(label=gettext_lazy("Name"), max_length=150)
    email = forms.EmailField(
        label=gettext_lazy("E-mail"),
        required=False,
        help_text=gettext_lazy("Needed to sign in; can be added later."),
    )
    team: Any = forms.ModelChoiceField(label=gettext_lazy("Team"), queryset=None)
    role = forms.ChoiceField(label=gettext_lazy("Role"))
    fte = forms.DecimalField(
        label=gettext_lazy("Share of full time"),
        required=False,
        min_value=0,
        max_value=2,
        max_digits=4,
        decimal_places=2,
        help_text=gettext_lazy("1 is full time, 0.8 is four days of five."),
    )
    first_day = forms.DateField(label=gettext_lazy("From"), widget=DayInput())
    last_day = forms.DateField(
        label=gettext_lazy("Until"), widget=DayInput(), required=False
    )

    def __init__(
        self, *args: Any, teams: Any, roles: Collection[Role], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["team"]
        field.queryset = teams
        field.empty_label = None
        role: Any = self.fields["role"]
        role.choices = [choice for choice in RoleChoice.choices if choice[0] in roles]


class TeamForm(LaidOut, forms.Form):
    """A unit, a treatment team or a job centre."""

    name = forms.CharField(label=gettext_lazy("Name"), max_length=200)
    kind = forms.ChoiceField(
        label=gettext_lazy("Kind"), choices=TeamKind.choices, widget=SegmentedRadio
    )
    unit: Any = forms.ModelChoiceField(
        label=gettext_lazy("Works with the unit"),
        queryset=None,
        required=False,
        help_text=gettext_lazy("For treatment teams and job centres."),
    )

    def __init__(self, *args: Any, units: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["unit"]
        field.queryset = units
        field.empty_label = _("With no unit yet")


class EnquiriesForm(LaidOut, forms.Form):
    """Whether people may write from outside that they want to work."""

    takes = forms.BooleanField(
        label=gettext_lazy("Anybody may write to this unit that they want to work"),
        required=False,
    )


class CalendarInitialsForm(LaidOut, forms.Form):
    """Whether calendars of the organisation may show initials of applicants."""

    shown = forms.BooleanField(
        label=gettext_lazy("Calendars may show the initials of applicants"),
        help_text=gettext_lazy(
            "Calendars lie on phones and at firms outside. Each person still has to "
            "choose it for an address of theirs."
        ),
        required=False,
    )


class InviteForm(LaidOut, forms.Form):
    """To which address the invitation goes."""

    email = forms.EmailField(label=gettext_lazy("E-mail"))


class EndForm(LaidOut, forms.Form):
    """The last day of a role, or its end at once."""

    AT_ONCE = "at_once"

    when = forms.ChoiceField(
        label=gettext_lazy("The role ends"),
        choices=[
            ("day", gettext_lazy("at the end of its last day")),
            (AT_ONCE, gettext_lazy("at once")),
        ],
        initial="day",
        widget=SegmentedRadio,
    )
    last_day = forms.DateField(
        label=gettext_lazy("Last day"), widget=DayInput(), required=False
    )

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or self.cleaned_data
        if given.get("when") == "day" and not given.get("last_day"):
            self.add_error(
                "last_day", _("Enter the last day, or end the role at once.")
            )
        return given


class AppearanceForm(LaidOut, forms.Form):
    """Language, light or dark, and how often there is a mail."""

    language = forms.ChoiceField(
        label=gettext_lazy("Language"),
        choices=[("", gettext_lazy("As in the browser")), *settings.LANGUAGES],
        required=False,
        widget=SegmentedRadio,
    )
    theme = forms.ChoiceField(
        label=gettext_lazy("Appearance"),
        choices=[
            ("", gettext_lazy("As in the system")),
            ("light", gettext_lazy("light")),
            ("dark", gettext_lazy("dark")),
        ],
        required=False,
        widget=SegmentedRadio,
    )
    digest_every = forms.ChoiceField(
        label=gettext_lazy("A mail of what is new and due"),
        choices=DigestEvery.choices,
        help_text=gettext_lazy(
            "It says how much, never about whom. When there is nothing, no mail comes."
        ),
        widget=SegmentedRadio,
    )
