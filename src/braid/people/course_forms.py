"""Forms of the course: what somebody decides, a pause, stepping down, a refusal."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from braid.people.choices import (
    EpisodeState,
    RefusalKind,
    RefusalReason,
    RefusalStage,
)
from braid.people.forms import day_field
from braid.web.forms import LaidOut
from braid.web.widgets import SegmentedRadio


def text_field(label: Any, *, required: bool = True, **kwargs: Any) -> forms.CharField:
    return forms.CharField(
        label=label,
        widget=forms.Textarea(attrs={"rows": 3}),
        required=required,
        max_length=20000,
        **kwargs,
    )


class StateForm(LaidOut, forms.Form):
    """What is decided before somebody is taken on: to wait, or that it does not start."""

    state = forms.ChoiceField(label=gettext_lazy("From now on"), widget=SegmentedRadio)
    day = day_field(gettext_lazy("From"))
    until_on = day_field(gettext_lazy("Looked at again on"), required=False)
    words = text_field(gettext_lazy("In words"), required=False)

    def __init__(self, *args: Any, states: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["state"]
        field.choices = [(state, EpisodeState(state).label) for state in states]
        self.fields["day"].initial = today


class PauseForm(LaidOut, forms.Form):
    """Rest for a while, and a day on which it is looked at again."""

    day = day_field(gettext_lazy("From"))
    until_on = day_field(gettext_lazy("Looked at again on"))
    words = text_field(gettext_lazy("Why, in the person's own words"))

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["day"].initial = today


class StepDownForm(LaidOut, forms.Form):
    """How the support grows less, agreed with the person."""

    agreed_on = day_field(gettext_lazy("Agreed on"))
    supporter = forms.CharField(label=gettext_lazy("Who helps now"), max_length=200)
    early_signs = text_field(
        gettext_lazy("Early signs that work gets hard, and what helps then"),
        required=False,
    )
    way_back = text_field(
        gettext_lazy("The way back, in words that the person keeps"),
        initial=gettext_lazy("Ring us. You need no referral and no reason."),
    )
    team_meeting_on = day_field(
        gettext_lazy("Talked about in the treatment team on"), required=False
    )
    person_agreed = forms.BooleanField(
        label=gettext_lazy("The person wants this"), required=False
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["agreed_on"].initial = today


class RefusalForm(LaidOut, forms.Form):
    """Somebody said no, or not yet: who, when and why."""

    kind = forms.ChoiceField(
        label=gettext_lazy("What happened"),
        choices=RefusalKind.choices,
        widget=SegmentedRadio,
        initial=RefusalKind.REFUSED,
    )
    day = day_field(gettext_lazy("Day"))
    stage = forms.ChoiceField(
        label=gettext_lazy("When"), choices=RefusalStage.choices, widget=SegmentedRadio
    )
    by_role = forms.ChoiceField(label=gettext_lazy("Who said no"))
    decided_by = forms.CharField(
        label=gettext_lazy("Name or body"), max_length=150, required=False
    )
    reason = forms.ChoiceField(
        label=gettext_lazy("Reason given"), choices=RefusalReason.choices
    )
    funder_rule = forms.CharField(
        label=gettext_lazy("Which rule of the funder, and where it stands"),
        max_length=200,
        required=False,
        help_text=gettext_lazy("Needed where the reason is a funder's rule."),
    )
    words = text_field(gettext_lazy("In words"), required=False)
    until_on = day_field(
        gettext_lazy("The person is asked again on"),
        required=False,
        help_text=gettext_lazy("Needed for a “not yet”. The day comes back by itself."),
    )
    person_informed = forms.BooleanField(
        label=gettext_lazy("The person was told"), required=False
    )

    def __init__(self, *args: Any, roles: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["by_role"]
        field.choices = roles
        self.fields["day"].initial = today
