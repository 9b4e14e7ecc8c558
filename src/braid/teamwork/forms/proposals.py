"""The form of what was proposed instead of a job."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from braid.teamwork.choices import ProposalKind, ProposedBy
from braid.web.forms import LaidOut
from braid.web.widgets import DayInput, SegmentedRadio

LONGEST_TEXT = 20_000
WANTED = (
    ("yes", gettext_lazy("yes")),
    ("no", gettext_lazy("no")),
    ("", gettext_lazy("not known")),
)


class ProposalForm(LaidOut, forms.Form):
    """What was proposed, by whom, when, and what the person wanted."""

    row_version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    kind = forms.ChoiceField(
        label=gettext_lazy("What was proposed"),
        choices=ProposalKind.choices,
        widget=forms.RadioSelect,
    )
    day = forms.DateField(label=gettext_lazy("Day"), widget=DayInput)
    by_role = forms.ChoiceField(
        label=gettext_lazy("Who proposed it"),
        choices=[("", gettext_lazy("Choose")), *ProposedBy.choices],
    )
    by_team: Any = forms.ModelChoiceField(
        label=gettext_lazy("Of which office"), queryset=None, required=False
    )
    wanted = forms.TypedChoiceField(
        label=gettext_lazy("Did the person want it?"),
        choices=WANTED,
        coerce=lambda word: word == "yes",
        empty_value=None,
        required=False,
        widget=SegmentedRadio,
    )
    words = forms.CharField(
        label=gettext_lazy("What the person says about it, in their own words"),
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
        max_length=LONGEST_TEXT,
    )

    def __init__(self, *args: Any, offices: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["by_team"]
        field.queryset, field.empty_label = offices, gettext_lazy("not known")
        self.fields["day"].initial = today

    def values(self) -> dict[str, Any]:
        """Return what the command takes."""
        given = dict(self.cleaned_data)
        given.pop("row_version")
        team = given.pop("by_team")
        return given | {"by_team_id": team.pk if team else None}


class OwnProposalForm(ProposalForm):
    """The same, as the applicant is asked."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        words = {
            "wanted": gettext_lazy("Did you want it?"),
            "words": gettext_lazy("What you say about it, in your own words"),
            "by_role": gettext_lazy("Who proposed it to you"),
        }
        for name, label in words.items():
            self.fields[name].label = label
        roles: Any = self.fields["by_role"]
        roles.choices = [
            (role, label if role != ProposedBy.APPLICANT else gettext_lazy("I myself"))
            for role, label in roles.choices
        ]


def initial_of(found: Any) -> dict[str, Any]:
    """Return what the form shows of a proposal that is corrected."""
    return {
        "row_version": found.row_version,
        "kind": found.kind,
        "day": found.day,
        "by_role": found.by_role,
        "by_team": found.by_team_id,
        "wanted": {True: "yes", False: "no", None: ""}[found.wanted],
        "words": found.words,
    }
