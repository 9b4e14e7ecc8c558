"""Forms for figures about equal access: the groups, and the area somebody lives in."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from braid.access.choices import InformationChoice
from braid.people.choices import Characteristics
from braid.people.equity import GROUPS, Told
from braid.people.forms import VersionedForm, day_field
from braid.web.forms import LaidOut
from braid.web.widgets import SegmentedRadio

VERSION = "version_of_"
LONGEST_AREA = 60


class GroupsForm(LaidOut, forms.Form):
    """Each question with its answers, none of which must be given."""

    says_optional = False

    def __init__(self, data: Any, *, told: Mapping[str, Told]) -> None:
        super().__init__(data)
        for key, group in GROUPS.items():
            self.fields[key.value] = forms.ChoiceField(
                label=Characteristics(key).label,
                choices=group.choices,
                required=False,
                widget=SegmentedRadio,
                help_text=_("Read as: %(kind)s")
                % {"kind": InformationChoice(group.kind).label},
            )
            self.fields[VERSION + key.value] = forms.IntegerField(
                widget=forms.HiddenInput,
                min_value=0,
                max_value=2_000_000_000,
                required=False,
            )
            self.initial[key.value] = told[key.value].text
            self.initial[VERSION + key.value] = told[key.value].version

    def given(self) -> dict[str, Told]:
        """Return the answers as the command takes them."""
        return {
            key.value: Told(
                self.cleaned_data[key.value],
                self.cleaned_data[VERSION + key.value] or 0,
            )
            for key in GROUPS
        }


class AreaForm(VersionedForm):
    """The area somebody lives in, and since when."""

    area = forms.CharField(
        label=gettext_lazy("Area"),
        max_length=LONGEST_AREA,
        validators=[
            RegexValidator(r"^\w", gettext_lazy("A name begins with a letter."))
        ],
        help_text=gettext_lazy("A municipality or a district, never an address."),
    )
    first_day = day_field(gettext_lazy("From"))
    last_day = day_field(gettext_lazy("Until"), required=False)

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["first_day"].initial = today
