"""What is chosen about a document: the day, what goes in, Word or PDF, keep it or not."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from braid.access.choices import InformationChoice
from braid.desk.papers.asked import Kind
from braid.web.forms import LaidOut
from braid.web.widgets import DayInput, FilterSelect, SegmentedRadio

FORMATS = (("docx", _("Word")), ("pdf", _("PDF")))


class PaperForm(LaidOut, forms.Form):
    """One document; nothing is typed, so nothing is kept as a draft."""

    keeps_draft = False

    employer = forms.ChoiceField(label=_("Employer"), widget=FilterSelect)
    day = forms.DateField(label=_("As of"), widget=DayInput)
    included = forms.MultipleChoiceField(
        label=_("What goes in"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one.")},
    )
    format = forms.ChoiceField(
        label=_("File"), choices=FORMATS, initial="docx", widget=SegmentedRadio
    )
    keep = forms.BooleanField(
        label=_("Keep it among the documents"),
        help_text=_("Otherwise you only get the file."),
        required=False,
    )

    def __init__(
        self, *args: Any, kind: Kind, employers: list[tuple[str, str]], **given: Any
    ) -> None:
        super().__init__(*args, **given)
        labels = dict(InformationChoice.choices)
        included: Any = self.fields["included"]
        included.choices = [(one.value, labels[one.value]) for one in kind.may_hold]
        if not kind.for_employer:
            del self.fields["employer"]
            return
        del self.fields["day"]  # made for today, by what is agreed today
        employer: Any = self.fields["employer"]
        employer.choices = [("", ""), *employers]
