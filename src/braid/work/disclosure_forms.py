"""The form of a talk about what employers may know."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from braid.method.disclosure import beyond
from braid.people.choices import AgreedHow
from braid.web.forms import LaidOut
from braid.web.widgets import DayInput, FilterSelect, SegmentedRadio
from braid.work.choices import Decision, DisclosureItemKind

# The name itself is said by the decision.
PIECES = tuple(one for one in DisclosureItemKind if one != DisclosureItemKind.NAME)
WORDS = "words_"
HEARD = [
    ("", gettext_lazy("Not agreed yet")),
    *((one, label) for one, label in AgreedHow.choices if one != AgreedHow.OWN_ACCOUNT),
]


def _words(label: Any, **kwargs: Any) -> forms.CharField:
    return forms.CharField(
        label=label,
        widget=forms.Textarea(attrs={"rows": 2}),
        required=False,
        max_length=20_000,
        **kwargs,
    )


def _piece(item: DisclosureItemKind) -> forms.CharField:
    return forms.CharField(
        label=item.label,
        widget=forms.Textarea(attrs={"rows": 1}),
        required=False,
        max_length=2000,
    )


class DisclosureForm(LaidOut, forms.Form):
    """Whom it is about, what may be told and in which words, and whether it is agreed.

    An empty piece is not told.
    """

    employer = forms.ChoiceField(
        label=gettext_lazy("Which employer"), widget=FilterSelect, required=False
    )
    in_favour = _words(gettext_lazy("What speaks for telling"))
    against = _words(gettext_lazy("What speaks against telling"))
    decision = forms.ChoiceField(
        label=gettext_lazy("What may be told"),
        choices=Decision.choices,
        widget=forms.RadioSelect,
    )
    discussed_on = forms.DateField(
        label=gettext_lazy("Talked about on"), widget=DayInput()
    )
    revisit_on = forms.DateField(
        label=gettext_lazy("Talked about again on"), widget=DayInput(), required=False
    )
    agreed_how = forms.ChoiceField(
        label=gettext_lazy("How did the person agree?"),
        choices=HEARD,
        widget=SegmentedRadio,
        required=False,
        initial="",
    )
    row_version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(
        self,
        *args: Any,
        employers: Sequence[tuple[UUID, str]],
        today: date,
        is_own: bool = False,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.today, self.is_own = today, is_own
        field: Any = self.fields["employer"]
        field.choices = [
            ("", _("Any employer for whom nothing else is decided")),
            *((str(key), name) for key, name in employers),
        ]
        for item in PIECES:
            self.fields[f"{WORDS}{item}"] = _piece(item)
        self.fields["discussed_on"].initial = today
        if is_own:
            for name in ("agreed_how", "discussed_on", "revisit_on"):
                del self.fields[name]
        pieces = [f"{WORDS}{item}" for item in PIECES]
        after = ("discussed_on", "revisit_on", "agreed_how", "row_version")
        self.layout = (
            *("employer", "in_favour", "against", "decision"),
            *pieces,
            *(name for name in after if name in self.fields),
        )
        first = self.fields[pieces[0]]
        first.help_text = _(
            "Each piece that may be told, in exactly these words. What stays empty is "
            "not told."
        )

    def clean_discussed_on(self) -> date:
        day: date = self.cleaned_data["discussed_on"]
        if day > self.today:
            raise forms.ValidationError(
                _("This day is still to come. Choose today or an earlier day.")
            )
        return day

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        for item in beyond(cleaned.get("decision", ""), self.items(cleaned)):
            if "decision" in cleaned:
                self.add_error(
                    f"{WORDS}{item}",
                    _(
                        "This goes further than what was decided. Empty it, or tell more."
                    ),
                )
        return cleaned

    def items(self, given: dict[str, Any]) -> dict[str, str]:
        """Return the pieces that may be told, with their words."""
        words = {str(item): given.get(f"{WORDS}{item}", "").strip() for item in PIECES}
        return {item: said for item, said in words.items() if said}

    def values(self) -> dict[str, Any]:
        """Return what the commands take, without the employer."""
        given = self.cleaned_data
        kept = ("decision", "in_favour", "against")
        values = {name: given[name] for name in kept} | {"items": self.items(given)}
        if self.is_own:
            how = {"agreed_how": AgreedHow.OWN_ACCOUNT, "discussed_on": self.today}
            return values | how
        names = ("discussed_on", "revisit_on", "agreed_how")
        return values | {name: given[name] for name in names}

    @property
    def employer_id(self) -> UUID | None:
        chosen = self.cleaned_data["employer"]
        return UUID(chosen) if chosen else None


def initial_of(found: Any) -> dict[str, Any]:
    """Return what the form shows of a decision (`queries.Disclosed`)."""
    names = (
        *("decision", "in_favour", "against", "discussed_on", "revisit_on"),
        *("agreed_how", "row_version"),
    )
    return {
        "employer": str(found.employer_id or ""),
        **{name: getattr(found, name) for name in names},
        **{f"{WORDS}{item}": words for item, words in found.items.items()},
    }


class EmployerForm(LaidOut, forms.Form):
    """For which employer the words are, and as which file."""

    layout = ("employer",)

    employer = forms.ChoiceField(
        label=gettext_lazy("Which employer"), widget=FilterSelect
    )
    format = forms.ChoiceField(
        choices=[("pdf", "PDF"), ("docx", "Word")], required=False
    )

    def __init__(
        self, *args: Any, employers: Sequence[tuple[UUID, str]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["employer"]
        field.choices = [
            ("", _("Choose")),
            *((str(key), name) for key, name in employers),
        ]

    @property
    def employer_id(self) -> UUID:
        return UUID(self.cleaned_data["employer"])
