"""The form that a funder's answer file comes with."""

from django import forms
from django.utils.translation import gettext_lazy as _

from braid.funding.answers.tables import LARGEST
from braid.web.forms import LaidOut

ACCEPT = ".csv,.xlsx,text/csv"


class FileForm(LaidOut, forms.Form):
    """A file of answers; what it is, is told from its bytes."""

    file = forms.FileField(
        label=_("File of answers"),
        help_text=_(
            "CSV or Excel with the columns claim, decision, reason, amount, currency, "
            "reference, day and text. It is looked at first; nothing is done yet."
        ),
        widget=forms.FileInput(attrs={"accept": ACCEPT}),
        max_length=255,
    )

    def clean_file(self) -> tuple[str, bytes]:
        """Return the name of the file and its bytes, as far as it may be read at all."""
        given = self.cleaned_data["file"]
        data: bytes = given.read(LARGEST + 1)
        return given.name, data
