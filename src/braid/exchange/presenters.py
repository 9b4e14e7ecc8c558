"""What pages and the shell show of an import: sentences, labels, places."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from braid.exchange.choices import BatchState
from braid.exchange.labels import (
    NOTHING_TO_TYPE,
    OUTCOMES,
    decisions,
    field_label,
    kind_label,
    word_label,
)
from braid.exchange.models import ImportBatch
from braid.exchange.roster.wording import Sentence
from braid.web.days import day_text
from braid.web.presenters import State, Step

_iso_day = re.compile(r"\d{4}-\d{2}-\d{2}")

STATES = {
    BatchState.READING: State.INFO,
    BatchState.PLANNED: State.SOON,
    BatchState.COMMITTING: State.INFO,
    BatchState.COMMITTED: State.OK,
    BatchState.UNDONE: State.INFO,
    BatchState.FAILED: State.DUE,
}


def sentence(said: object) -> str:
    """Return a sentence in the reader's language: of the plan, or as it is."""
    if isinstance(said, Sentence):
        text, values = said.text, said.values
    elif isinstance(said, Mapping):
        text, values = said["text"], said["values"]
    else:
        return str(said)
    if not values:
        return _(text)
    return _(text) % {key: _part(value) for key, value in values.items()}


def _part(value: Any) -> Any:
    if isinstance(value, date):
        return day_text(value)
    if isinstance(value, Mapping) and "day" in value:
        return day_text(date.fromisoformat(value["day"]))
    if isinstance(value, Sentence | Mapping):
        return sentence(value)
    if isinstance(value, list | tuple):
        return ", ".join(str(_part(one)) for one in value)
    if isinstance(value, str) and _iso_day.fullmatch(value):
        return day_text(date.fromisoformat(value))
    return value


def where(place: Mapping[str, Any], column: str | None, heading: str | None) -> str:
    """Return where a finding stands: sheet or file, row, column with its heading."""
    values = {
        "table": place["sheet"] or place["file"],
        "row": place["row"],
        "column": column,
        "heading": heading,
    }
    if column is None:
        return _("%(table)s, row %(row)s") % values
    return _("%(table)s, row %(row)s, column %(column)s (%(heading)s)") % values


@dataclass(frozen=True, slots=True)
class FindingLine:
    """A finding as a line: where, what, the value as it stands in the file."""

    where: str
    sentence: str
    value: str
    url: str


def finding_line(finding: Mapping[str, Any], batch: ImportBatch) -> FindingLine:
    """Return a finding as a line; a question leads to its page."""
    number = finding["number"]
    asks = finding["action"] == "ask"
    return FindingLine(
        where(finding["place"], finding["column"], finding["heading"]),
        sentence(finding["sentence"]),
        finding["value"] or "",
        reverse("exchange:question", args=[batch.pk, number]) if asks else "",
    )


@dataclass(frozen=True, slots=True)
class OutcomeRow:
    """How many of a kind are new, changed, as they are, waiting, left out, gone."""

    label: str
    create: int
    update: int
    nothing: int
    wait: int
    reject: int
    vanished: int


def outcome_rows(outcome: Mapping[str, Mapping[str, int]]) -> list[OutcomeRow]:
    """Return what an import does, a row a kind that its files hold."""
    does = ("create", "update", "nothing", "wait", "reject", "vanished")
    return [
        OutcomeRow(capfirst(str(label)), *(outcome[kind].get(what, 0) for what in does))
        for kind, label in OUTCOMES
        if any(outcome.get(kind, {}).values())
    ]


@dataclass(frozen=True, slots=True)
class BatchLine:
    """An import in the list of imports."""

    title: str
    sub: str
    url: str
    pill: str
    state: State
    day: date


def batch_line(batch: ImportBatch, files: Sequence[str]) -> BatchLine:
    by = batch.created_by.name if batch.created_by else _("from the shell")
    read = ngettext("%(number)d row", "%(number)d rows", batch.rows_read)
    return BatchLine(
        title=", ".join(files),
        sub=" · ".join([batch.unit.name, read % {"number": batch.rows_read}, by]),
        url=batch.get_absolute_url(),
        pill=str(BatchState(batch.state).label),
        state=STATES[BatchState(batch.state)],
        day=timezone.localtime(batch.created_at).date(),
    )


STEPS = (
    ("found", gettext_lazy("What we found")),
    ("once", gettext_lazy("Said once")),
    ("questions", gettext_lazy("Questions")),
    ("preview", gettext_lazy("Preview")),
)


def steps(batch: ImportBatch, current: str, preview: Mapping[str, Any]) -> list[Step]:
    """Return the steps of an import, each with its address.

    A step before the current one is done where nothing was left to say there, or
    somebody said it.
    """
    names = [name for name, _label in STEPS]
    at, left = names.index(current), _left_to_say(batch, preview)
    return [
        Step(
            str(label),
            "current" if n == at else "done" if n < at and name not in left else "next",
            reverse(f"exchange:{name}", args=[batch.pk]) if n != at else "",
        )
        for n, (name, label) in enumerate(STEPS)
    ]


def _left_to_say(batch: ImportBatch, preview: Mapping[str, Any]) -> set[str]:
    """Return the steps where something is to be stated or answered, and was not."""
    said = {
        (one["file"], one.get("sheet"), one["row"], one.get("field"))
        for one in batch.answers
    }
    asked = (one for one in preview["findings"] if one["action"] == "ask")
    is_open = any(question_key(one) not in said for one in asked)
    is_guessed = bool(preview["needs"]) and batch.as_of is None  # saving states a day
    left = {"once": is_guessed, "questions": is_open}
    return {name for name, is_left in left.items() if is_left}


EDITED = "edited"
EDITED_KINDS = ("edited_since", "person_edited_since")
"""Questions about records that were changed on both sides."""


@dataclass(frozen=True, slots=True)
class QuestionView:
    """One question with its row, what may be answered at a press, and what was said."""

    number: int
    place: int
    where: str
    sentence: str
    cells: Sequence[Sequence[Any]]
    meanwhile: str
    proposal: str
    decisions: Sequence[tuple[str, str]]
    said: str

    @property
    def state(self) -> State:
        return State.OK if self.said else State.SOON


def question_view(
    finding: Mapping[str, Any], said: Mapping[str, Any] | None, place: int = 1
) -> QuestionView:
    """Return a question, the `place`-th of them, with what was answered so far."""
    meanwhile = {
        "row_out": _("Until it is answered the row stays out."),
        "field_blank": _("Until it is answered the row is in, without this value."),
        EDITED: _("Until it is answered Braid keeps what it says."),
    }
    until = EDITED if finding["kind"] in EDITED_KINDS else finding["until_answered"]
    return QuestionView(
        number=finding["number"],
        place=place,
        where=where(finding["place"], finding["column"], finding["heading"]),
        sentence=sentence(finding["sentence"]),
        cells=finding["cells"],
        meanwhile=meanwhile.get(until, ""),
        proposal=answer_text(finding["proposal"]),
        decisions=[
            (key, str(NOTHING_TO_TYPE[key])) for key in decisions(finding["shape"])
        ],
        said=answer_text(said),
    )


def answer_text(answer: Mapping[str, Any] | None) -> str:
    """Return an answer in words, or an empty text where there is none."""
    return "; ".join(_answer_part(key, value) for key, value in (answer or {}).items())


def _answer_part(key: str, value: Any) -> str:
    if value is True and key in NOTHING_TO_TYPE:
        return str(NOTHING_TO_TYPE[key])
    if key in ("keep", "keep_person"):
        return _("Right is %(which)s") % {"which": word_label(value)}
    if key == "merge_into":
        return _("The same person as %(person)s") % {"person": value}
    if key == "client":
        return _("This row is about %(person)s") % {"person": value}
    return f"{field_label(key)}: {word_label(_part(value))}"


def question_key(finding: Mapping[str, Any]) -> tuple[Any, ...]:
    """Return what a question is about, as its answer names it."""
    place = finding["place"]
    return place["file"], place["sheet"], place["row"], finding["field"]


@dataclass(frozen=True, slots=True)
class ColumnView:
    """A column: what it means, how sure that is, and what stands in it."""

    heading: str
    letter: str
    meaning: str
    is_unsure: bool
    samples: str


@dataclass(frozen=True, slots=True)
class TableView:
    """A table that was found, with its columns."""

    number: int
    title: str
    kind: str
    is_kept_out: bool
    note: str
    columns: Sequence[ColumnView]

    @property
    def unsure(self) -> int:
        return sum(column.is_unsure for column in self.columns)


SURE = 0.6
KEPT_OUT = ("ignore", "unknown")


def table_view(number: int, table: Mapping[str, Any]) -> TableView:
    parts = [table["sheet"] or table["file"], table["caption"]]
    rows = ngettext("%(number)d row", "%(number)d rows", table["rows"])
    heading = _("headings in row %(row)d") % {"row": table["heading_row"]}
    note = [rows % {"number": table["rows"]}, heading]
    if table["specialist"]:
        note.append(_("of %(name)s") % {"name": table["specialist"]})
    return TableView(
        number,
        " › ".join(part for part in parts if part),
        kind_label(table["kind"]),
        table["kind"] in KEPT_OUT,
        ", ".join(note),
        [column_view(column) for column in table["columns"]],
    )


def column_view(column: Mapping[str, Any]) -> ColumnView:
    name = column["field"]
    return ColumnView(
        heading=" › ".join(p for p in (column["group"], column["heading"]) if p),
        letter=column["letter"],
        meaning=field_label(name) if name else _("not imported"),
        is_unsure=bool(name) and column["confidence"] < SURE,
        samples=" · ".join(column["samples"][:3]),
    )


def file_view(file: Mapping[str, Any]) -> tuple[str, list[str]]:
    """Return a file's name with what is to be said of it."""
    return file["name"], [sentence(note) for note in file["notes"]]


def fault_line(fault: Mapping[str, Any]) -> str:
    """Return an answer that could not be used, with its place."""
    place = where(fault["place"], None, None)
    return f"{place}: {sentence(fault['sentence'])}"


def held_line(held: Any) -> str:
    """Return a row that holds an import, with the reason."""
    why = {
        "edited": _("changed since"),
        "used": _("something was added to it since"),
        "replaced": _("the import took parts of it away"),
    }
    place = {"sheet": held.sheet, "file": held.file, "row": held.row}
    return f"{kind_label(held.kind)} – {where(place, None, None)}: {why[held.why]}"


def said(entry: Mapping[str, Any] | None) -> str:
    """Return what an import said when it came into its state."""
    if not entry:
        return ""
    if "message" in entry:
        return sentence(entry["message"])
    return _(
        "Something is broken in Braid itself, and nothing was saved. Try again; if it "
        "stays so, tell whoever runs this installation."
    )


def new_names(new: Mapping[str, int]) -> str:
    """Return how many specialists, teams and employers are new to Braid."""
    counted = (
        ngettext("%(n)d specialist", "%(n)d specialists", new["staff"])
        % {"n": new["staff"]},
        ngettext("%(n)d treatment team", "%(n)d treatment teams", new["team"])
        % {"n": new["team"]},
        ngettext("%(n)d employer", "%(n)d employers", new["employer"])
        % {"n": new["employer"]},
    )
    if not any(new.values()):
        return ""
    return _("New to Braid: %(names)s.") % {"names": ", ".join(counted)}
