"""Forms about employers and jobs."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from braid.web.widgets import SegmentedRadio

NOT_KNOWN = gettext_lazy("Not known")
TESTS = ("open_to_all", "at_least_minimum", "going_rate", "normal_rights")


def optional(choices: Any) -> list[Any]:
    return [("", NOT_KNOWN), *choices]


def tri(label: Any, help_text: Any = "") -> forms.TypedChoiceField:
    """A yes/no question that may stay open; open is not no."""
    return forms.TypedChoiceField(
        label=label,
        choices=[
            ("yes", gettext_lazy("yes")),
            ("no", gettext_lazy("no")),
            ("", NOT_KNOWN),
        ],
        coerce=lambda word: word == "yes",
        empty_value=None,
        required=False,
        widget=SegmentedRadio,
        help_text=help_text,
    )


def tri_word(value: bool | None) -> str:
    return {True: "yes", False: "no", None: ""}[value]
