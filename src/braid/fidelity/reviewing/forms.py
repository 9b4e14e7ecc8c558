"""Forms of a review: its plan, a step, a seat, a line of the agenda, a piece, evidence."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from braid.access.choices import RoleChoice
from braid.documents.choices import PROBLEMS
from braid.documents.rules import MAX_BYTES, Problem
from braid.fidelity.choices import EvidenceKind, ReviewMode, Seat
from braid.web.forms import LaidOut
from braid.web.widgets import DayInput, FilterSelect

ACCEPT = ".pdf,.jpg,.jpeg,.png,.txt,.docx,.xlsx,.odt,.ods"
LONGEST = 5_000
Choices = Sequence[tuple[str, Any]]


def _day(label: Any, **more: Any) -> forms.DateField:
    return forms.DateField(label=label, widget=DayInput, **more)


def _text(label: Any, rows: int = 4, **more: Any) -> forms.CharField:
    area = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, max_length=LONGEST, widget=area, **more)


class FileField(forms.FileField):
    """A file of at most ten megabytes; what it is, is told from its bytes later."""

    def __init__(self) -> None:
        super().__init__(
            label=_("File"),
            help_text=_(
                "PDF, picture, text, or a document of an office program; at most 10 MB. "
                "Take names out first."
            ),
            widget=forms.FileInput(attrs={"accept": ACCEPT}),
            max_length=255,
            required=False,
        )

    def clean(self, data: Any, initial: Any = None) -> Any:
        given = super().clean(data, initial)
        if given is not None and given.size > MAX_BYTES:
            raise forms.ValidationError(PROBLEMS[Problem.TOO_LARGE])
        return given


class DaysForm(LaidOut, forms.Form):
    """The days of a review, and by which edition and rule it is done."""

    first_day = _day(_("First day of the visit"))
    last_day = _day(_("Last day of the visit"))
    facts_on = _day(
        _("Day of the figures"),
        help_text=_(
            "Items are computed for this day. Two weeks before the visit is usual."
        ),
    )
    remote = forms.BooleanField(label=_("Held at a distance"), required=False)
    edition = forms.CharField(
        label=_("Edition of the manual"), max_length=60, required=False
    )
    variant = forms.ChoiceField(
        label=_("House rule set otherwise"),
        required=False,
        help_text=_("The report names it. Leave it where the usual rules hold."),
    )

    def __init__(self, *args: Any, variants: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["variant"]
        field.choices = [("", _("the usual rules")), *variants]


class PlanForm(DaysForm):
    """A review that is planned anew."""

    scale = forms.ChoiceField(label=_("Scale"))
    mode = forms.ChoiceField(
        label=_("Mode"),
        choices=ReviewMode.choices,
        help_text=_(
            "A self-assessment needs one who rates, the others two. A trend never mixes "
            "them without a mark."
        ),
    )
    layout = (
        *("scale", "mode", "first_day", "last_day", "facts_on", "remote"),
        *("edition", "variant"),
    )

    def __init__(self, *args: Any, known: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["scale"]
        field.choices = known


class WithdrawForm(LaidOut, forms.Form):
    """Why a review is withdrawn."""

    reason = _text(
        _("Why is it withdrawn?"),
        help_text=_("It stays in the history of the review. Name nobody."),
    )


class StepForm(LaidOut, forms.Form):
    """A step that needs no more than a yes."""


class SeatForm(LaidOut, forms.Form):
    """Who takes part in a review, and as what."""

    user = forms.ChoiceField(
        label=_("Who"),
        widget=FilterSelect,
        help_text=_("Everybody whose role may take part in reviews."),
    )
    part = forms.ChoiceField(
        label=_("As"),
        choices=Seat.choices,
        help_text=_(
            "Reviewers rate alone; the moderator looks at what they agreed; the contact "
            "person answers for the service."
        ),
    )

    def __init__(self, *args: Any, people: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["user"]
        field.choices = people


class MeetingForm(LaidOut, forms.Form):
    """A line of the agenda."""

    what = forms.CharField(label=_("Who is met, or what is watched"), max_length=150)
    kind = forms.ChoiceField(label=_("Kind"), choices=EvidenceKind.choices)
    with_role = forms.ChoiceField(
        label=_("With"),
        choices=[("", _("nobody in particular")), *RoleChoice.choices],
        required=False,
    )
    name = forms.CharField(
        label=_("Name"),
        max_length=150,
        required=False,
        help_text=_(
            "Of staff only. Of people who get support write how many, never who. It is "
            "deleted with what is personal in the review."
        ),
    )
    day = _day(_("Day"), required=False)
    begins_at = forms.TimeField(
        label=_("At"),
        required=False,
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
    )
    minutes = forms.IntegerField(
        label=_("Minutes"), required=False, min_value=5, max_value=600
    )


class ChangeMeetingForm(MeetingForm):
    """A line of the agenda that is there, and whether it took place."""

    held = forms.TypedChoiceField(
        label=_("Did it take place?"),
        required=False,
        choices=[("", _("not said")), ("yes", _("yes")), ("no", _("no"))],
        coerce=lambda said: said == "yes",
        empty_value=None,
    )
    row_version = forms.IntegerField(widget=forms.HiddenInput)


class PieceForm(LaidOut, forms.Form):
    """A piece that the service brought, or why there is none."""

    is_here = forms.BooleanField(label=_("It is here"), required=False)
    note = _text(_("Where it is, or why there is none"), rows=3, required=False)
    file = FileField()
    row_version = forms.IntegerField(widget=forms.HiddenInput)


class EvidenceForm(LaidOut, forms.Form):
    """What one reviewer saw, heard or read about an item."""

    item = forms.ChoiceField(label=_("Item"), required=False)
    kind = forms.ChoiceField(label=_("How you know it"), choices=EvidenceKind.choices)
    meeting = forms.ChoiceField(
        label=_("From which line of the agenda"), required=False
    )
    text = _text(
        _("What was seen or said"),
        rows=5,
        help_text=_(
            "Only you read it until every reviewer has locked. Write no names and "
            "nothing from treatment."
        ),
    )
    file = FileField()

    def __init__(
        self, *args: Any, items: Choices, meetings: Choices, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["item"].choices = [("", _("the review as a whole")), *items]
        fields["meeting"].choices = [("", _("none")), *meetings]
