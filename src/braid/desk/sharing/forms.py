"""Forms about an agreement: give, extend, take back; by staff or in the own account."""

from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from braid.access.choices import ConsentWay
from braid.access.consent import Taken
from braid.documents.choices import PROBLEMS
from braid.documents.rules import MAX_BYTES, Problem
from braid.web.forms import LaidOut
from braid.web.widgets import DayInput, FilterSelect, SegmentedRadio

EVERYTHING = "everything"
People = list[tuple[UUID, str, str]]

# Staff write down what was said to them; the own account is the applicant's alone.
SAID_TO_STAFF = [
    (way.value, way.label) for way in (ConsentWay.SPOKEN, ConsentWay.PAPER)
]


PICTURES = ".pdf,.jpg,.jpeg,.png"
OF_STAFF = ("way", "asked_by", "witness", "signature")


class TakenForm(LaidOut, forms.Form):
    """How staff took an agreement. In the own account these fields are not there."""

    way = forms.ChoiceField(
        label=gettext_lazy("How it was said"),
        choices=SAID_TO_STAFF,
        widget=SegmentedRadio,
        initial=ConsentWay.SPOKEN,
    )
    asked_by = forms.UUIDField(
        label=gettext_lazy("Who asked for it"),
        required=False,
        help_text=gettext_lazy(
            "If the caseworker asked, the applicant gets days to think before it counts."
        ),
    )
    witness = forms.CharField(
        label=gettext_lazy("Witness"), max_length=150, required=False
    )
    signature = forms.FileField(
        label=gettext_lazy("Picture of the signed paper"),
        required=False,
        help_text=gettext_lazy(
            "For an agreement on paper: a photo or a scan (JPEG, PNG, PDF), at most "
            "10 MB. Only the unit and the applicant can open it."
        ),
        widget=forms.FileInput(attrs={"accept": PICTURES}),
        max_length=255,
    )
    language = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(
        self,
        *args: Any,
        people: People | None,
        language: str,
        may_keep: bool = False,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["language"].initial = language
        self.is_own = people is None
        if people is None:
            for name in OF_STAFF:
                del self.fields[name]
            return
        if not may_keep:
            del self.fields["signature"]
        widget = FilterSelect()
        widget.choices = [
            ("", _("The applicant or their specialist")),
            *((key, f"{name}, {team}") for key, name, team in people),
        ]
        self.fields["asked_by"].widget = widget
        self.known = {key for key, _name, _team in people}

    def clean_asked_by(self) -> UUID | None:
        asked: UUID | None = self.cleaned_data["asked_by"]
        if asked is not None and asked not in self.known:
            raise forms.ValidationError(_("Choose somebody around the applicant."))
        return asked

    def clean_signature(self) -> Any:
        given = self.cleaned_data["signature"]
        if given and given.size > MAX_BYTES:
            raise forms.ValidationError(PROBLEMS[Problem.TOO_LARGE])
        if given and self.cleaned_data.get("way") != ConsentWay.PAPER:
            raise forms.ValidationError(
                _(
                    "A picture belongs to an agreement on paper. Say that it was on "
                    "paper, or leave the picture out."
                )
            )
        return given

    def taken(self, signature: UUID | None = None) -> Taken:
        """Return how it was said, as the commands take it."""
        given = self.cleaned_data
        if self.is_own:
            return Taken(ConsentWay.OWN_ACCOUNT, given["language"])
        return Taken(
            ConsentWay(given["way"]),
            given["language"],
            asked_by=given.get("asked_by"),
            witness=given.get("witness", ""),
            signature=signature,
        )


class GiveForm(TakenForm):
    """What may be read, and how long. Nothing is ticked before somebody ticks it."""

    field_order = ("information", "first_day", "last_day", *OF_STAFF)

    information = forms.MultipleChoiceField(widget=forms.CheckboxSelectMultiple)
    first_day = forms.DateField(label=gettext_lazy("From"), widget=DayInput())
    last_day = forms.DateField(label=gettext_lazy("Until"), widget=DayInput())

    def __init__(
        self,
        *args: Any,
        label: str,
        information: list[tuple[str, str]],
        days: tuple[date, date],
        with_name: bool = False,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["information"]
        field.label, field.choices = label, information
        if with_name:
            field.help_text = _(
                "Name and date of birth go with whatever is chosen: without them "
                "nothing else can be read."
            )
        self.fields["first_day"].initial, self.fields["last_day"].initial = days
        if self.is_own:
            del self.fields["first_day"]


class LastDayForm(TakenForm):
    """Another last day, later or earlier."""

    field_order = ("last_day", *OF_STAFF)

    last_day = forms.DateField(label=gettext_lazy("Until"), widget=DayInput())

    def __init__(self, *args: Any, until: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["last_day"].initial = until


class TakeBackForm(TakenForm):
    """What ends: all of it, or some classes."""

    field_order = ("ends", "way")

    ends = forms.MultipleChoiceField(
        label=gettext_lazy("What ends today?"),
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(
        self, *args: Any, information: list[tuple[str, str]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        for name in ("asked_by", "witness", "signature"):
            self.fields.pop(name, None)
        field: Any = self.fields["ends"]
        choices = information if len(information) > 1 else []
        field.choices = [(EVERYTHING, _("Everything: the agreement ends")), *choices]
        self.agreed = [slug for slug, _label in information]

    def kept(self) -> list[str]:
        """Return the classes that stay agreed; none where everything ends."""
        ends = set(self.cleaned_data["ends"])
        return (
            []
            if EVERYTHING in ends
            else [slug for slug in self.agreed if slug not in ends]
        )


class OnDayForm(forms.Form):
    """A day about which somebody asks what was agreed."""

    on = forms.DateField(label=gettext_lazy("Day"), widget=DayInput())
