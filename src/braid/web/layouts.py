"""Parts of a form that stand together, drawn by crispy in the order of its layout."""

from typing import Any

from crispy_forms.layout import LayoutObject
from crispy_forms.utils import TEMPLATE_PACK
from django.template.loader import render_to_string


class Fold(LayoutObject):
    """Fields that stay folded until somebody opens them, or one of them has an error."""

    template = "web/components/fold.html"

    def __init__(self, title: Any, *fields: object, is_open: bool = False) -> None:
        self.title, self.is_open = title, is_open
        self.fields = list(fields)

    def render(
        self,
        form: Any,
        context: Any,
        template_pack: Any = TEMPLATE_PACK,
        **kwargs: Any,
    ) -> str:
        names = [name for name in self.fields if isinstance(name, str)]
        return render_to_string(
            self.template,
            {
                "title": self.title,
                "is_open": self.is_open or any(name in form.errors for name in names),
                "fields": self.get_rendered_fields(
                    form, context, template_pack, **kwargs
                ),
            },
        )
