"""Words that stand on an employer's page: they name no applicant without being asked."""

from collections.abc import Callable, Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from braid.method.naming import names_in


class NamesNobody(forms.Form):
    """A form whose `open_words` are read by everybody who opens the employer.

    Where they hold the name of somebody on the caseload, the form asks once: it is
    somebody else of that name, or the name is taken out. Nothing typed is lost.
    """

    open_words: tuple[str, ...] = ()
    caseload_names: Callable[[], Iterable[str]] = staticmethod(lambda: ())

    is_somebody_else = forms.BooleanField(
        label=gettext_lazy("It is somebody else of that name. Keep it."),
        required=False,
        widget=forms.HiddenInput,
    )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        texts = {name: cleaned.get(name) or "" for name in self.open_words}
        if not any(texts.values()):
            return cleaned
        names = list(self.caseload_names())
        for field, text in texts.items():
            met = names_in(text, names)
            if met:
                self._ask(field, met)
        return cleaned

    def _ask(self, field: str, met: list[str]) -> None:
        self.fields["is_somebody_else"].widget = forms.CheckboxInput()
        if self.cleaned_data.get("is_somebody_else"):
            return
        self.add_error(
            field,
            _(
                "This may name somebody on the caseload: %(names)s. No applicant stands "
                "on an employer's page. Take the name out, or tick below that it is "
                "somebody else."
            )
            % {"names": ", ".join(met)},
        )
