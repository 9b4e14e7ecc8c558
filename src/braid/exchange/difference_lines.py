"""What pages show of the differences that a preview holds, and to whom.

What Braid says is shown to those who may read that class of information about people
of the unit; of what the file says the rest see no names and no free words.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from braid.access.policy import Information
from braid.exchange.fields import field_label, information, is_personal, value_shown
from braid.exchange.labels import OUTCOMES, kind_label
from braid.exchange.presenters import question_key, where

MASK = "•••"
PERSON = "person"
PLAIN = frozenset(("day", "staff", "team", "employer", "title", "mode"))
"""Fields whose value alone says what it is."""
Reads = frozenset[Information]
Found = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class FieldLine:
    """A field with what stands in Braid and what the file says; "–" is blank."""

    label: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class ChangeLines:
    """A record that changes, or one to be decided about.

    `number` is its place in the preview; `choice` braid or file, where it was decided.
    """

    number: int
    title: str
    place: str
    is_edited: bool
    fields: Sequence[FieldLine]
    told: Sequence[tuple[str, str]] = ()
    choice: str = ""


@dataclass(frozen=True, slots=True)
class GoneLine:
    """A record that is no longer in the files, where it stood, and perhaps why."""

    title: str
    kind: str
    told: Sequence[tuple[str, str]]
    place: str
    why: str


@dataclass(frozen=True, slots=True)
class ExampleLine:
    """A row that becomes a new record."""

    title: str
    place: str
    told: Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class NewLines:
    """How many records of a kind are new, with the first of them."""

    kind: str
    count: int
    examples: Sequence[ExampleLine]

    @property
    def more(self) -> int:
        return self.count - len(self.examples)


def outcome_label(kind: str) -> str:
    """Return what records of a kind are called."""
    return str(dict(OUTCOMES).get(kind, kind_label(kind)))


def of_kind(changes: Iterable[Found], what: str) -> list[tuple[int, Found]]:
    """Return the changes that are done (update) or asked (ask), with their numbers."""
    return [(n, one) for n, one in enumerate(changes) if one["what"] == what]


def change_lines(
    number: int, change: Found, reads: Reads, choice: str = ""
) -> ChangeLines:
    """Return a change as its reader may see it."""
    name = change["name"] if Information.IDENTITY in reads else ""
    place = where(change["place"], None, None) if change["place"] else ""
    return ChangeLines(
        number=number,
        title=name or place or outcome_label(change["kind"]),
        place=place if name else "",
        is_edited=change["edited_since"],
        fields=[_field_line(one, reads) for one in change["fields"]],
        told=_told_to(change["told"], reads),
        choice=choice,
    )


def _field_line(one: Found, reads: Reads) -> FieldLine:
    of, name = one["of"], one["field"]
    label = field_label(of, name)
    if one["does"] == "make":
        label = _("%(field)s (new)") % {"field": label}
    if one["does"] == "remove":
        label = _("%(field)s (goes)") % {"field": label}
    old = value_shown(of, name, one["old"])
    new = value_shown(of, name, one["new"])
    if not _reads(of, name, reads):
        old = _masked(one["old"], old)
        new = _masked(one["new"], new) if is_personal(of, name) else new
    return FieldLine(label, old, new)


def _reads(of: str, name: str, reads: Reads) -> bool:
    wanted = information(of, name)
    return wanted is None or wanted in reads


def _masked(value: Any, shown: str) -> str:
    return shown if value in (None, "") else MASK


def of_question(
    question: Found, changes: Sequence[Found], reads: Reads
) -> list[ChangeLines]:
    """Return the record that a question is about, where both sides changed it."""
    return [
        change_lines(number, change, reads)
        for number, change in of_kind(changes, "ask")
        if question_of(change, (question,)) is not None
    ]


def question_of(change: Found, findings: Iterable[Found]) -> Found | None:
    """Return the question whether Braid or the file is right about a record."""
    kind = "person_edited_since" if change["kind"] == PERSON else "edited_since"
    return next(
        (f for f in findings if f["kind"] == kind and f["place"] == change["place"]),
        None,
    )


def choice_of(question: Found | None, answers: Mapping[tuple[Any, ...], Found]) -> str:
    """Return what was decided: braid, file, or '' where nothing was."""
    said = answers.get(question_key(question), {}) if question else {}
    return str(said.get("keep_person") or said.get("keep") or "")


def gone_line(gone: Found, reads: Reads) -> GoneLine:
    """Return a record that is no longer in the files."""
    name = gone["name"] if Information.IDENTITY in reads else ""
    kind = outcome_label(gone["kind"])
    told = _told_to(gone["told"], reads)
    place = where(gone["place"], None, None) if gone["place"] else ""
    return GoneLine(name or kind, kind if name else "", told, place, _why(gone))


def _told_to(some: Iterable[Found], reads: Reads) -> list[tuple[str, str]]:
    return _told(one for one in some if _reads(one["of"], one["field"], reads))


def _told(some: Iterable[Found]) -> list[tuple[str, str]]:
    return [_told_field(one["of"], one["field"], one["value"]) for one in some]


def _told_field(of: str, name: str, value: Any) -> tuple[str, str]:
    """Return label and value; no label where the value alone says what it is."""
    if name == "minutes" and isinstance(value, int):
        minutes = ngettext("%(number)d minute", "%(number)d minutes", value)
        return "", minutes % {"number": value}
    return "" if name in PLAIN else field_label(of, name), value_shown(of, name, value)


def _why(gone: Found) -> str:
    if gone["why"] == "became":
        place = where(gone["perhaps"], None, None)
        return _("Perhaps it was corrected: %(place)s is new and nearly the same.") % {
            "place": place
        }
    reasons = {
        "person_gone": _("The person is no longer on the caseload list."),
        "before_first": _("It is older than the first row of this list."),
    }
    return reasons.get(gone["why"], "")


def new_lines(new: Found, reads: Reads) -> NewLines:
    """Return how many of a kind are new, with examples."""
    examples = [_example(one, reads) for one in new["examples"]]
    return NewLines(outcome_label(new["kind"]), new["count"], examples)


def _example(one: Found, reads: Reads) -> ExampleLine:
    name = one["name"] if Information.IDENTITY in reads else ""
    place = where(one["place"], None, None)
    told = [t for t in one["told"] if not is_personal(t["of"], t["field"])]
    return ExampleLine(name or place, place if name else "", _told(told))
