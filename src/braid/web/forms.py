"""How forms of every room are laid out."""

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout
from django.utils.functional import cached_property


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


class LaidOut:
    """Mixin of forms: their fields are drawn by web/components/field.html.

    `layout` holds crispy layout objects or field names; empty draws all in order.
    """

    layout: tuple[object, ...] = ()

    @cached_property
    def helper(self) -> FormHelper:
        """Return the helper that crispy asks a form for."""
        return form_helper(*self.layout)
