"""What would make more of the figures possible: the smallest step, and where to do it.

Everything here is counted: in the facts as they would stand, in the columns that were
found, in the questions and words that are still open.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from braid.exchange.figures.lacking import (
    GAPS,
    ITEM01,
    ITEM15,
    ITEM17,
    ITEM21,
    ITEM24,
    QUARTERS,
    WAIT,
    Gap,
)
from braid.exchange.labels import kind_label
from braid.exchange.models import ImportBatch
from braid.packs import measures

Preview = Mapping[str, Any]
Table = Mapping[str, Any]
Step = tuple[str, str]
"""What to do, and its address."""
KEPT_OUT = ("ignore", "unknown")
SHOWN_HEADINGS = 4
KINDS = {
    "contacts": ((ITEM24,), gettext_lazy("No contact with an applicant is recorded.")),
    "employer_contacts": (
        (ITEM17, ITEM15),
        gettext_lazy("No contact with an employer is recorded."),
    ),
    "jobs": ((QUARTERS, ITEM21, WAIT), gettext_lazy("No job is recorded.")),
}
"""What each kind of log is for, and what is said where nothing of it is there."""


@dataclass(frozen=True, slots=True)
class Reason:
    """Why figures are missing or weak, and the names of these figures."""

    why: str
    helps: str = ""


@dataclass(frozen=True, slots=True)
class StepAhead:
    """A smallest step, where it is done, and what it would mend."""

    step: str
    url: str
    reasons: Sequence[Reason]


def steps_ahead(batch: ImportBatch, preview: Preview) -> list[StepAhead]:
    """Return the steps that would make more of the figures possible, widest first."""
    found: dict[Step, list[Reason]] = {}
    for step, reason in _Ahead(batch, preview).steps():
        found.setdefault(step, []).append(reason)
    return [StepAhead(*step, reasons) for step, reasons in found.items()]


class _Ahead:
    """A preview looked at for what its figures lack."""

    def __init__(self, batch: ImportBatch, preview: Preview) -> None:
        self.batch, self.preview = batch, preview
        self.kept = preview["figures"]
        self.asked = [one for one in preview["findings"] if one["action"] == "ask"]

    def url(self, name: str, *more: int) -> str:
        return reverse(f"exchange:{name}", args=[self.batch.pk, *more])

    def steps(self) -> Iterator[tuple[Step, Reason]]:
        yield from self._questions()
        yield from self._needs()
        yield from self._posts()
        yield from self._tables()
        for name, gap in GAPS.items():
            counted = self.kept["gaps"][name]
            enough = counted["among"] if gap.only_all else 1
            if counted["missing"] >= max(enough, 1):
                yield self._gap(gap, counted)

    @property
    def _answer(self) -> Step:
        return _("Answer the questions"), self.url("questions")

    @property
    def _state(self) -> Step:
        return _("Say what no file says"), self.url("once")

    def _questions(self) -> Iterator[tuple[Step, Reason]]:
        if self.asked:
            why = ngettext(
                "%(number)d question is open. What it asks about is in no figure until "
                "then.",
                "%(number)d questions are open. What they ask about is in no figure "
                "until then.",
                len(self.asked),
            )
            yield self._answer, Reason(why % {"number": len(self.asked)})

    def _needs(self) -> Iterator[tuple[Step, Reason]]:
        needs = self.preview["needs"]
        if needs:
            why = ngettext(
                "%(number)d thing is guessed, or left open.",
                "%(number)d things are guessed, or left open.",
                len(needs),
            )
            yield self._state, Reason(why % {"number": len(needs)})

    def _posts(self) -> Iterator[tuple[Step, Reason]]:
        posts, helps = self.kept["gaps"]["fte"], _labels((ITEM01,))
        if not posts["among"]:
            why = _("Nobody is stated as a specialist in post on the day.")
            yield self._state, Reason(why, helps)
        elif posts["missing"]:
            why = ngettext(
                "State the share of full time of %(number)d specialist.",
                "State the share of full time of %(number)d specialists.",
                posts["missing"],
            )
            yield self._state, Reason(why % {"number": posts["missing"]}, helps)

    def _tables(self) -> Iterator[tuple[Step, Reason]]:
        (counts,) = self.kept["measures"]["counts"]
        for kind, (helped, said) in KINDS.items():
            if not counts["amounts"][kind]:
                step = _("Bring a list of %(what)s") % {"what": kind_label(kind)}
                reason = Reason(str(said), _labels(helped))
                yield (step, reverse("exchange:new")), reason
        out = [table for table in self.preview["tables"] if table["kind"] in KEPT_OUT]
        if out:
            why = ngettext(
                "%(number)d table is not imported.",
                "%(number)d tables are not imported.",
                len(out),
            )
            step = _("Look whether the tables are taken as what they are")
            yield (step, self.url("found")), Reason(why % {"number": len(out)})

    def _gap(self, gap: Gap, counted: Mapping[str, int]) -> tuple[Step, Reason]:
        mapped = any(
            column["field"] in gap.fields
            for table in self._of_kind(gap)
            for column in table["columns"]
        )
        nowhere = not mapped and counted["missing"] == counted["among"]
        why = gap.no_column if nowhere else gap.lacking % counted
        reason = Reason(str(why), _labels(gap.measures))
        return self._remedy(gap, nowhere=nowhere), reason

    def _of_kind(self, gap: Gap) -> list[Table]:
        return [table for table in self.preview["tables"] if table["kind"] == gap.kind]

    def _remedy(self, gap: Gap, *, nowhere: bool) -> Step:
        """Return the smallest step that would fill a gap."""
        if any(self._is_about(one, gap) for one in self.asked):
            return self._answer
        lists = {need["key"].split(".")[1] for need in self._words()}
        if lists & set(gap.lists):
            return self._state
        if nowhere:
            return self._column(gap)
        step = _("Fill it in in the files and bring them again, or later in Braid")
        return step, reverse("exchange:new")

    def _words(self) -> list[Mapping[str, Any]]:
        needs = self.preview["needs"]
        return [need for need in needs if need["key"].startswith("vocabulary.")]

    def _is_about(self, finding: Mapping[str, Any], gap: Gap) -> bool:
        place = finding["place"]
        return finding["field"] in gap.fields and any(
            (table["file"], table["sheet"]) == (place["file"], place["sheet"])
            and table["heading_row"]
            < place["row"]
            <= table["heading_row"] + _span(table)
            for table in self._of_kind(gap)
        )

    def _column(self, gap: Gap) -> Step:
        """Return where to say which column it is; a table with columns to spare first."""
        for number, table in enumerate(self.preview["tables"]):
            spare = _spare(table)
            if table["kind"] == gap.kind and spare:
                shown = ", ".join(f"“{heading}”" for heading in spare[:SHOWN_HEADINGS])
                step = _("Say whether it is one of %(headings)s") % {"headings": shown}
                return step, self.url("table", number)
        return _("Add a column, or say which one it is"), self.url("found")


def _span(table: Table) -> int:
    """Return how many rows below its headings a table can reach."""
    skipped = sum(one["last"] - one["first"] + 1 for one in table["skipped"])
    return int(table["rows"]) + skipped


def _spare(table: Table) -> list[str]:
    return [
        column["heading"]
        for column in table["columns"]
        if column["field"] is None and not column["elsewhere"] and column["samples"]
    ]


def _labels(ids: Iterable[str]) -> str:
    language = get_language() or "en"
    return " · ".join(measures.get(one).name(language) for one in ids)
