"""The passages of a report that reviewers write."""

from django import forms
from django.utils.translation import gettext_lazy as _

from braid.web.forms import LaidOut

LONGEST = 12_000
TITLES = {
    "introduction": _("Write the introduction"),
    "strengths": _("Write the strengths"),
    "priorities": _("Write the priorities"),
}
HINTS = {
    "introduction": _(
        "Where the review was held, whom you met and what you read, by their part. "
        "Name no applicant."
    ),
    "strengths": _("What the service does well, one in each line. Name no applicant."),
    "priorities": _(
        "Two to five recommendations that matter most, one in each line. Name no "
        "applicant."
    ),
}


class PassageForm(LaidOut, forms.Form):
    """One passage; empty takes it out of the report."""

    row_version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    text = forms.CharField(
        label=_("Text"),
        max_length=LONGEST,
        required=False,
        widget=forms.Textarea(attrs={"rows": 10}),
    )

    def __init__(self, *args: object, part: str, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["text"].help_text = str(HINTS[part])
