"""How forms of every room are laid out, and which days they take."""

from datetime import date
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout
from django import forms
from django.core.exceptions import ValidationError
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

# A day outside is a slip of the keys: 26 for 2026, or a year with a figure too many.
FIRST_DAY, LAST_DAY = date(1900, 1, 1), date(2199, 12, 31)


def within_our_time(day: date) -> None:
    """Raise ValidationError for a day on which nobody who is named here works."""
    if not FIRST_DAY <= day <= LAST_DAY:
        raise ValidationError(
            _("This day cannot be right. Write the year with four figures.")
        )


def form_helper(*fields: object) -> FormHelper:
    """Return a helper that draws the fields only.

    Pass crispy layout objects or field names to group and order them. The tag, the
    token, the error summary and the buttons belong to web/components/form.html.
    """
    helper = FormHelper()
    helper.form_tag = False
    helper.disable_csrf = True
    helper.include_media = False
    helper.form_show_errors = False
    helper.field_template = "web/components/field.html"
    helper.layout = Layout(*fields) if fields else None
    return helper


class LaidOut(forms.BaseForm):
    """Mixin of forms: their fields are drawn by web/components/field.html.

    `layout` holds crispy layout objects or field names; empty draws all in order.
    """

    layout: tuple[object, ...] = ()

    def full_clean(self) -> None:
        """Clean the form; no field of a day takes one outside of our time."""
        fields: Any = self.fields.values()
        for field in fields:
            is_day = isinstance(field, forms.DateField)
            if is_day and within_our_time not in field.validators:
                field.validators.append(within_our_time)
        super().full_clean()

    @cached_property
    def helper(self) -> FormHelper:
        """Return the helper that crispy asks a form for."""
        return form_helper(*self.layout)
