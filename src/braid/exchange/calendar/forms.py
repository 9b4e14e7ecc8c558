"""The form that makes an address."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from braid.web.forms import LaidOut


class FeedForm(LaidOut, forms.Form):
    """For which device: so that one knows later what to take back."""

    label = forms.CharField(
        label=_("For which device or program?"),
        max_length=60,
        help_text=_("For example: my phone. Each gets an address of its own."),
    )
    with_initials = forms.BooleanField(
        label=_("Show the initials of the person"),
        help_text=_("Whoever sees the calendar then may guess who it is."),
        required=False,
    )

    def __init__(self, *args: Any, may_show_initials: bool, **given: Any) -> None:
        super().__init__(*args, **given)
        if not may_show_initials:
            del self.fields["with_initials"]
