"""Forms of reports: choosing one, releasing, correcting and sharing it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from braid.outcomes.choices import Audience
from braid.outcomes.reporting.asking import EXACT, OPTION, Wish, periods
from braid.outcomes.reporting.commands import LONGEST
from braid.packs import suppression
from braid.packs.jurisdictions import in_language
from braid.web.forms import LaidOut


class ChoosingForm(LaidOut, forms.Form):
    """What a report is made of; what has one choice only is not asked."""

    unit = forms.ChoiceField(label=gettext_lazy("Unit"))
    period = forms.ChoiceField(label=gettext_lazy("Period"))

    def __init__(
        self,
        *args: Any,
        wish: Wish,
        units: Sequence[tuple[str, str]],
        day: date,
        **kwargs: Any,
    ) -> None:
        initial = {
            "unit": wish.scope.key,
            "period": wish.order.period,
            "profile": wish.profile or EXACT,
            "restate": wish.order.restate,
        }
        chosen = {f"{OPTION}{k}": v for k, v in wish.order.options.items()}
        kwargs["initial"] = initial | chosen
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["unit"].choices = units
        offered = [
            one.id for one in periods(wish.report, day, may_choose=wish.may_choose)
        ]
        if wish.order.period not in offered:
            offered.insert(0, wish.order.period)
        fields["period"].choices = [(one, one) for one in offered]
        language = get_language() or "en"
        if wish.may_choose:
            self._add_choices(wish, language)

    def _add_choices(self, wish: Wish, language: str) -> None:
        for name, option in wish.report.options.items():
            self.fields[f"{OPTION}{name}"] = forms.ChoiceField(
                label=in_language(option.label, language),
                initial=option.default,
                choices=[
                    (choice, in_language(means, language))
                    for choice, means in option.choices.items()
                ],
            )
        if wish.scope.is_inside:
            self.fields["profile"] = forms.ChoiceField(
                label=_("Small numbers"), choices=profile_choices(language)
            )
        self.fields["restate"] = forms.BooleanField(
            label=_("Use the latest definition, not the one in force in the period"),
            required=False,
        )


def profile_choices(language: str) -> list[tuple[str, str]]:
    """Return exact figures, and each rule by which small numbers are kept back."""
    rules = suppression.load().values()
    return [
        (EXACT, _("exact, for the unit itself")),
        *((rule.id, rule.name(language)) for rule in rules),
    ]


class ReleaseForm(LaidOut, forms.Form):
    """Who a release is for decides whether its figures are exact."""

    profile = forms.ChoiceField(
        label=gettext_lazy("Small numbers"),
        help_text=gettext_lazy(
            "Exact figures stay with the unit and its leadership. What others are given "
            "is released with a rule for small numbers."
        ),
    )

    def __init__(self, *args: Any, wish: Wish, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        choices = profile_choices(get_language() or "en")
        of_report = wish.report.suppression
        if not wish.scope.is_inside:
            choices = [each for each in choices if each[0] == of_report]
        fields["profile"].choices = choices
        fields["profile"].initial = of_report


class CorrectionForm(LaidOut, forms.Form):
    """Why a report that was released is corrected."""

    reason = forms.CharField(
        label=gettext_lazy("Why it is corrected"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy(
            "It stands on every later copy of the report. Name nobody."
        ),
    )


class ShareForm(LaidOut, forms.Form):
    """With whom a release was shared, and when."""

    audience = forms.ChoiceField(
        label=gettext_lazy("With whom"),
        choices=Audience.choices,
        widget=forms.RadioSelect,
    )
    shared_on = forms.DateField(
        label=gettext_lazy("On which day"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
