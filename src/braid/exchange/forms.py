"""Forms of imports: bring files, say what columns mean, state once, answer."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from braid.exchange.labels import decisions, field_label, kind_label, word_label
from braid.exchange.presenters import sentence
from braid.exchange.roster.plan import MappedColumn, TableMapping
from braid.exchange.roster.records import KINDS
from braid.exchange.roster.setup import SetupFaults, read_setup
from braid.packs.layouts import FIELDS
from braid.web.forms import LaidOut
from braid.web.widgets import DayInput, FilterSelect

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from braid.access.models import Team

ACCEPTED = ".xlsx,.xlsm,.ods,.csv,.tsv,.txt"
SPARE_POSTS = 2
LEFT = "-"  # the meaning of a column that is not imported
CONTROL = {"class": "form-control"}
MOST_SETUP = 1024**2
Preview = Mapping[str, Any]


class ManyFilesInput(forms.ClearableFileInput):
    """A field for several files at once."""

    allow_multiple_selected = True


class ManyFilesField(forms.FileField):
    """Cleans to a list of files."""

    widget = ManyFilesInput

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile]:
        one = super().clean
        if not isinstance(data, list | tuple) or not data:
            return [one(data, initial)]
        return [one(each, initial) for each in data]


class UploadForm(LaidOut, forms.Form):
    """The files to import, for which unit."""

    files = ManyFilesField(  # type: ignore[assignment]
        label=gettext_lazy("Files"),
        help_text=gettext_lazy(
            "Workbooks (.xlsx, .ods) or CSV files, as you keep them today: one "
            "workbook, or several files that belong together."
        ),
        widget=ManyFilesInput(attrs={"accept": ACCEPTED}),
    )
    unit: Any = forms.ModelChoiceField(label=gettext_lazy("Unit"), queryset=None)
    setup = forms.FileField(
        label=gettext_lazy("Setup (unit.json)"),
        help_text=gettext_lazy(
            "What is stated once, if somebody wrote it down as a file. You can state "
            "it on the next pages instead."
        ),
        required=False,
        widget=forms.ClearableFileInput(attrs={"accept": ".json"}),
    )

    def __init__(self, units: QuerySet[Team], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["unit"]
        field.queryset = units
        if len(units) == 1:
            field.initial, field.widget = units[0], forms.HiddenInput()
        else:
            field.empty_label = None

    def clean_setup(self) -> dict[str, Any] | None:
        file = self.cleaned_data["setup"]
        if file is None:
            return None
        try:
            stated: dict[str, Any] = json.loads(file.read(MOST_SETUP))
            read_setup(stated)
        except SetupFaults as faults:
            raise forms.ValidationError(
                [sentence(one) for one in faults.faults]
            ) from None
        except ValueError:
            raise forms.ValidationError(
                _("This file is no JSON document. Choose another, or leave it out.")
            ) from None
        return stated


class TableForm(forms.Form):
    """What one table is and what its columns mean."""

    def __init__(self, table: Preview, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.table = table
        self.fields["kind"] = forms.ChoiceField(
            label=_("This table is"),
            choices=[(k, kind_label(k)) for k in (*KINDS, "lists", "ignore")],
            initial=table["kind"] if table["kind"] in FIELDS else "ignore",
        )
        names = FIELDS.get(table["kind"], ())
        choices = [(LEFT, _("not imported")), *((n, field_label(n)) for n in names)]
        for number, column in enumerate(table["columns"]):
            self.fields[f"column_{number}"] = forms.ChoiceField(
                label=column["heading"],
                choices=choices,
                initial=column["field"] or LEFT,
            )
        self.fields["keep"] = forms.BooleanField(
            label=_("Use this again for our next files"), initial=True, required=False
        )

    def clean(self) -> dict[str, Any]:
        """Refuse a field that two columns are said to mean."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        met: dict[str, str] = {}
        for number, column in enumerate(self.table["columns"]):
            name = cleaned.get(f"column_{number}")
            if name in met:
                self.add_error(
                    f"column_{number}",
                    _("“%(other)s” means the same already. Choose another meaning.")
                    % {"other": met[name]},
                )
            elif name and name != LEFT:
                met[name] = column["heading"]
        return cleaned

    def mapping(self) -> TableMapping:
        """Return the corrected mapping; a new kind keeps the fields that it knows."""
        kind = self.cleaned_data["kind"]
        known = FIELDS.get(kind, ())
        columns = []
        for number, column in enumerate(self.table["columns"]):
            name = self.cleaned_data[f"column_{number}"]
            meant = name if name in known else None
            columns.append(MappedColumn(column["letter"], column["heading"], meant))
        table = self.table
        return TableMapping(
            table["file"], table["sheet"], table["caption"], kind, tuple(columns)
        )

    def rows(self) -> Iterable[tuple[Any, Any]]:
        """Yield each column as it was found, with the field that says its meaning."""
        for number, column in enumerate(self.table["columns"]):
            yield column, self[f"column_{number}"]


STATED = {
    "date_order": (
        gettext_lazy("Order of dates"),
        {
            "dmy": gettext_lazy("day, month, year: 31/12/2025"),
            "mdy": gettext_lazy("month, day, year: 12/31/2025"),
            "ymd": gettext_lazy("year, month, day: 2025-12-31"),
        },
    ),
    "decimal_mark": (
        gettext_lazy("Decimal mark"),
        {
            ".": gettext_lazy("point: 7.5"),
            ",": gettext_lazy("comma: 7,5"),
        },
    ),
    "duration_unit": (
        gettext_lazy("How long a contact took is in"),
        {"minutes": gettext_lazy("minutes"), "hours": gettext_lazy("hours")},
    ),
}


class OnceForm(LaidOut, forms.Form):
    """What the files leave open and somebody of the unit knows."""

    as_of = forms.DateField(
        label=gettext_lazy("As of"),
        help_text=gettext_lazy("The last day that the files know about."),
        widget=DayInput(),
    )
    treatment_teams = forms.CharField(
        label=gettext_lazy("Treatment teams"),
        help_text=gettext_lazy("One a line, as they are called."),
        widget=forms.Textarea(attrs={"rows": 5}),
        required=False,
    )

    def __init__(
        self, setup: Mapping[str, Any], preview: Preview, *args: Any, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.setup, self.needs = dict(setup), preview["needs"]
        self.fields["as_of"].initial = date.fromisoformat(preview["as_of"])
        self.fields["treatment_teams"].initial = "\n".join(preview["teams"])
        for key, (label, words) in STATED.items():
            choices = [("", _("as each column shows")), *words.items()]
            self.fields[key] = forms.ChoiceField(
                label=label,
                choices=choices,
                initial=setup.get(key) or "",
                required=False,
            )
        self._add_needs()
        self.post_count = len(preview["specialists"]) + SPARE_POSTS
        for number in range(self.post_count):
            self._add_post(number, preview["specialists"])

    def _add_needs(self) -> None:
        for number, need in enumerate(self.needs):
            key = need["key"]
            if key in STATED:
                self.fields[key].help_text = sentence(need["sentence"])
                self.initial.setdefault(key, need["guess"])
            elif key in self.fields:
                self.fields[key].help_text = sentence(need["sentence"])
            elif need["choices"]:
                open_choice = [("", _("ask later, row by row"))]
                words = [(word, word_label(word)) for word in need["choices"]]
                self.fields[f"need_{number}"] = forms.ChoiceField(
                    label=sentence(need["sentence"]),
                    choices=open_choice + words,
                    initial=need["guess"] or "",
                    required=False,
                )

    def _add_post(self, number: int, posts: Sequence[Mapping[str, Any]]) -> None:
        post = posts[number] if number < len(posts) else {}
        self.fields[f"name_{number}"] = forms.CharField(
            label=_("Name"),
            max_length=150,
            required=False,
            initial=post.get("name", ""),
            widget=forms.TextInput(attrs=CONTROL),
        )
        self.fields[f"fte_{number}"] = forms.FloatField(
            label=_("Share of full time"),
            min_value=0,
            max_value=2,
            required=False,
            initial=post.get("fte"),
            widget=forms.NumberInput(attrs={"step": "0.01", **CONTROL}),
        )
        for name, label in (("first_day", _("First day")), ("last_day", _("Last day"))):
            day = post.get(name)
            self.fields[f"{name}_{number}"] = forms.DateField(
                label=label,
                widget=DayInput(attrs=CONTROL),
                required=False,
                initial=date.fromisoformat(day) if day else None,
            )

    def clean(self) -> dict[str, Any]:
        """Refuse a specialist who left before coming."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        for number in range(self.post_count):
            first = cleaned.get(f"first_day_{number}")
            last = cleaned.get(f"last_day_{number}")
            if first and last and last < first:
                self.add_error(
                    f"last_day_{number}",
                    _("The last day is before the first. Correct one of the two."),
                )
        return cleaned

    def posts(self) -> Iterable[tuple[Any, ...]]:
        """Yield the four fields of each specialist."""
        for n in range(self.post_count):
            names = ("name", "fte", "first_day", "last_day")
            yield tuple(self[f"{name}_{n}"] for name in names)

    def once(self) -> Iterable[Any]:
        """Yield the fields that are stated once, needs included."""
        names = [name for name in self.fields if name in STATED]
        names += [name for name in self.fields if name.startswith("need_")]
        return (self[name] for name in ("as_of", *names))

    def stated(self) -> dict[str, Any]:
        """Return the setup as JSON: what was there, with what was said now."""
        cleaned = self.cleaned_data
        setup = self.setup | {"as_of": cleaned["as_of"].isoformat()}
        for key in STATED:
            setup[key] = cleaned[key] or None
        lines = cleaned["treatment_teams"].splitlines()
        setup["treatment_teams"] = [line.strip() for line in lines if line.strip()]
        setup["specialists"] = list(self._posts_stated())
        setup["vocabulary"] = self._vocabulary()
        for number, need in enumerate(self.needs):
            said = cleaned.get(f"need_{number}")
            if said and "." not in need["key"]:
                setup[need["key"]] = said
        return {key: value for key, value in setup.items() if value not in (None, "")}

    def _posts_stated(self) -> Iterable[dict[str, Any]]:
        for n in range(self.post_count):
            name = self.cleaned_data[f"name_{n}"].strip()
            if not name:
                continue
            first = self.cleaned_data[f"first_day_{n}"]
            last = self.cleaned_data[f"last_day_{n}"]
            yield {
                "name": name,
                "fte": self.cleaned_data[f"fte_{n}"],
                "start": first.isoformat() if first else None,
                "end": last.isoformat() if last else None,
            }

    def _vocabulary(self) -> dict[str, dict[str, Any]]:
        words = {k: dict(v) for k, v in self.setup.get("vocabulary", {}).items()}
        for number, need in enumerate(self.needs):
            said = self.cleaned_data.get(f"need_{number}")
            if said and need["key"].startswith("vocabulary."):
                _prefix, name, word = need["key"].split(".", 2)
                words.setdefault(name, {})[word] = said
        return words


class AnswerForm(LaidOut, forms.Form):
    """The answer to one question: a value of the form that its field wants."""

    def __init__(self, question: Mapping[str, Any], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.shape = question["shape"] or {"keys": [], "form": "text", "choices": []}
        pressed = decisions(self.shape)
        keys = [key for key in self.shape["keys"] if key not in pressed]
        self.key = keys[0] if keys else ""
        if self.key:
            self.fields["value"] = self._field()

    def _field(self) -> forms.Field:
        label, form = self._label(), self.shape["form"]
        if form == "date":
            return forms.DateField(label=label, widget=DayInput())
        if form == "minutes":
            return forms.IntegerField(label=label, min_value=0, max_value=1440)
        if form in ("hours", "amount"):
            return forms.DecimalField(label=label, min_value=0, decimal_places=2)
        if self.shape["choices"]:
            words = [(word, word_label(word)) for word in self.shape["choices"]]
            return forms.ChoiceField(
                label=label,
                choices=[("", "…"), *words],
                widget=FilterSelect() if len(words) > 8 else forms.Select(),
            )
        return forms.CharField(label=label, max_length=200)

    def _label(self) -> str:
        if self.shape["form"] == "person":
            return _("Client number, or “Family name, Given name (date of birth)”")
        return field_label(self.key)

    def answer(self) -> dict[str, Any]:
        """Return the answer as JSON."""
        value = self.cleaned_data["value"]
        if isinstance(value, date):
            value = value.isoformat()
        elif not isinstance(value, int | str):
            value = float(value)
        return {self.key: value}
