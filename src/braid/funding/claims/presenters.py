"""Runs, lines and claims as their pages show them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.formats import number_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from braid.funding.choices import ClaimState, LineKind, Reason
from braid.funding.contract_words.values import Values
from braid.funding.explaining import step_sentence
from braid.funding.rules import Side
from braid.funding.showing import Cell, Table, day_cell
from braid.funding.told import WHY_NOT
from braid.method.contracts.values import Step
from braid.web.days import day_text
from braid.web.presenters import Clock, State, TimelineEntry
from braid.work.choices import EvidenceKind

if TYPE_CHECKING:
    from braid.funding.models import (
        AnswerFile,
        Claim,
        ClaimEntry,
        ClaimEvidence,
        Run,
        RunLine,
    )
    from braid.funding.queries import Tally
    from braid.funding.rules import DecisionClock, Standing

NOT_BOUND = gettext_lazy("not bound")
PILLS: Mapping[str, State] = {
    ClaimState.DRAFT: State.INFO,
    ClaimState.RELEASED: State.INFO,
    ClaimState.SUBMITTED: State.INFO,
    ClaimState.QUERIED: State.SOON,
    ClaimState.ACCEPTED: State.OK,
    ClaimState.REJECTED: State.OVERDUE,
    ClaimState.PAID: State.OK,
    ClaimState.DISPUTED: State.DUE,
    ClaimState.ADJUSTED: State.OK,
    ClaimState.REVERSED: State.OVERDUE,
}
ACTS: Mapping[str, Promise] = {
    ClaimState.RELEASED: gettext_lazy("Release"),
    ClaimState.SUBMITTED: gettext_lazy("Send to the funder"),
    ClaimState.QUERIED: gettext_lazy("Ask back"),
    ClaimState.ACCEPTED: gettext_lazy("Accept"),
    ClaimState.REJECTED: gettext_lazy("Reject"),
    ClaimState.PAID: gettext_lazy("Note the payment"),
    ClaimState.DISPUTED: gettext_lazy("Dispute"),
    ClaimState.ADJUSTED: gettext_lazy("Agree to the difference"),
    ClaimState.REVERSED: gettext_lazy("Take it back"),
}
"""What the button of each step says."""
SLOTS: Mapping[str, Promise] = {
    "provider": gettext_lazy("the provider"),
    "funder": gettext_lazy("the funder"),
}
"""Slots that every contract has; others are names of payers in its file."""
STEPS: Mapping[str, Promise] = {
    "version": gettext_lazy("Version of the contract"),
    "population": gettext_lazy("Who is covered"),
    "entry": gettext_lazy("Entry"),
    "rules": gettext_lazy("Rules of the case file"),
    "prerequisites": gettext_lazy("Milestones that come first"),
    "window": gettext_lazy("What was measured, and in which time"),
    "look_back": gettext_lazy("What was earned before"),
    "evidence": gettext_lazy("Evidence"),
    "exclusive_group": gettext_lazy("One of a group"),
    "repeat": gettext_lazy("Paid before"),
    "caps": gettext_lazy("Most that is paid"),
    "duplicates": gettext_lazy("Other contracts"),
    "hold": gettext_lazy("Held back"),
    "amount": gettext_lazy("Amount"),
    "netting": gettext_lazy("Advances and earlier payments"),
    "split": gettext_lazy("Payers"),
}


def money_text(amount: Decimal | None, currency: str) -> str:
    """Return an amount with its currency, or that it is not bound."""
    if amount is None:
        return str(NOT_BOUND)
    return Values(currency).money(amount)


def milestone_text(name: str) -> str:
    """Return the id of a milestone as a reader takes it."""
    return name.replace("_", " ")


def slot_text(slot: str) -> str:
    """Return who stands on an invoice for a slot; a payer as the contract calls it."""
    return str(SLOTS.get(slot, milestone_text(slot)))


def reason_text(code: str) -> str:
    """Return why a line is not paid, in words."""
    return str(Reason(code).label) if code in Reason.values else str(WHY_NOT[code])


def evidence_text(code: str) -> str:
    """Return a kind of evidence in words; another by its label."""
    kind, _of, label = code.partition(":")
    if label:
        return milestone_text(label)
    return str(EvidenceKind(kind).label) if kind in EvidenceKind.values else kind


def claim_table(rows: Iterable[Claim]) -> Table:
    """Return claims as a table: case, milestone, day, amount, state, what stands against."""
    return Table(
        caption=_("Claims"),
        columns=[
            _("Number"),
            _("Case"),
            _("Milestone"),
            _("Reached"),
            _("Amount"),
            _("State"),
        ],
        rows=[_claim_row(row) for row in rows],
    )


def _claim_row(row: Claim) -> list[Cell]:
    what = milestone_text(row.milestone)
    if row.kind != LineKind.MILESTONE:
        what = f"{what} · {row.get_kind_display()}"
    why = ", ".join(reason_text(one) for one in row.reasons)
    return [
        Cell(f"{row.number}", reverse("funding:claim", args=[row.pk])),
        Cell(row.case, is_code=True),
        Cell(what),
        day_cell(row.reached_on),
        Cell(money_text(row.amount, row.currency), is_number=True),
        Cell(row.get_state_display(), sub=why, pill=PILLS[row.state]),
    ]


def line_table(run: Run, rows: Iterable[RunLine]) -> Table:
    """Return the lines of a run: why each is paid, or why not."""
    return Table(
        caption=_("Lines of the run"),
        columns=[
            _("Line"),
            _("Case"),
            _("Milestone"),
            _("Reached"),
            _("Amount"),
            _("Result"),
        ],
        rows=[_line_row(run, row) for row in rows],
    )


def _line_row(run: Run, row: RunLine) -> list[Cell]:
    found = row.document
    reasons = [reason_text(one) for one in found["reasons"]]
    reached = day_cell(row.reached_on) if row.reached_on else Cell(_("not reached"))
    amount = None if found["amount"] is None else Decimal(found["amount"])
    if not found["pays"]:
        told, pill = _("counted, never paid"), State.INFO
    elif reasons:
        told, pill = _("not paid, or not yet"), State.SOON
    else:
        told, pill = _("to be claimed"), State.OK
    paid = _("none") if not found["pays"] else money_text(amount, found["currency"])
    return [
        Cell(f"{row.number}", reverse("funding:run_line", args=[run.pk, row.number])),
        Cell(row.case, is_code=True),
        Cell(milestone_text(row.milestone)),
        reached,
        Cell(paid, is_number=True),
        Cell(told, sub=", ".join(reasons), pill=pill),
    ]


@dataclass(frozen=True, slots=True)
class StepLine:
    """One question that the contract was asked, its answer, and the sentence to it."""

    name: str
    pill: str
    state: State
    text: str


def step_lines(document: Mapping[str, Any]) -> list[StepLine]:
    """Return why a line is paid, or why not, question by question."""
    return [
        StepLine(
            name=str(STEPS.get(one["step"], one["step"])),
            pill=_("yes") if one["ok"] else _("no"),
            state=State.OK if one["ok"] else State.SOON,
            text=step_sentence(_step(one)),
        )
        for one in document["steps"]
    ]


def _step(one: Mapping[str, Any]) -> Step:
    return Step(one["step"], one["ok"], one.get("told", ""), one["values"])


def history(entries: Iterable[ClaimEntry]) -> list[TimelineEntry]:
    """Return what happened to a claim, the latest first."""
    return [_entry(one) for one in reversed(list(entries))]


def _entry(one: ClaimEntry) -> TimelineEntry:
    said = [one.text] if one.text else []
    if one.reason:
        said.insert(0, reason_text(one.reason))
    if one.proposed is not None:
        told = _("A difference of %(amount)s is proposed.")
        said.insert(0, told % {"amount": number_format(one.proposed, 2)})
    if one.payment_reference:
        told = _("Reference %(reference)s.")
        said.append(told % {"reference": one.payment_reference})
    if one.answer_file is not None:
        said.append(_file_text(one.answer_file))
    by = one.written_by.name if one.written_by else _("the system")
    if one.answer_file is not None:
        by = _("taken in by %(name)s") % {"name": by}
    return TimelineEntry(
        day=one.day, title=one.get_state_display(), text=" ".join(said), by=by
    )


def _file_text(file: AnswerFile) -> str:
    """Return by which file of the payer an entry was told, and who took it in."""
    told = (
        _("Told by the payer's file %(file)s, taken in at the funder's desk.")
        if file.side == Side.PAYS
        else _("Told by the payer's file %(file)s, taken in by the unit that is paid.")
    )
    digest = _("SHA-256 of the file: %(digest)s.") % {"digest": file.sha256}
    return f"{told % {'file': file.name}} {digest}"


def is_told_by_unit(entries: Sequence[ClaimEntry]) -> bool:
    """Say whether the present state is the payer's word by a file that the unit took in."""
    file = entries[-1].answer_file if entries else None
    return file is not None and file.side == Side.CLAIMS


def clocks(
    claim: Claim, clock: DecisionClock | None, claim_by: date | None, today: date
) -> list[Clock]:
    """Return the clocks of a claim: its evidence, its claim, the funder's decision."""
    found = []
    deadline = claim.document["evidence"].get("deadline")
    if claim.state == ClaimState.DRAFT and deadline:
        found.append(_due(_("Evidence is taken until"), deadline, today))
    if claim.state in (ClaimState.DRAFT, ClaimState.RELEASED) and claim_by:
        found.append(_due(_("It can be claimed until"), claim_by.isoformat(), today))
    if clock is not None and clock.due is not None:
        found.append(_due(_("The funder decides by"), clock.due.isoformat(), today))
    if clock is not None and clock.is_stopped:
        left = _("%(days)s days are left once it is answered.") % {"days": clock.left}
        found.append(Clock(_("The question stops the clock."), left, State.INFO))
    return found


def _due(text: str, day: str, today: date) -> Clock:
    due = date.fromisoformat(day)
    state = State.OVERDUE if due < today else State.INFO
    return Clock(text, day_text(due), state)


def found_of(standing: Standing) -> list[str]:
    """Return what was found of a claim since its run, in sentences."""
    return [str(WHY_NOT[one]) for one in standing.changed]


def evidence_table(rows: Sequence[ClaimEvidence], *, hides: bool) -> Table | None:
    """Return the papers of a claim; `hides` their days where consent was taken back."""
    if not rows:
        return None
    return Table(
        caption=_("Evidence"),
        columns=[_("What"), _("For the days"), _("Received"), _("Digest (SHA-256)")],
        rows=[_evidence_row(one, hides=hides) for one in rows],
    )


def _evidence_row(one: ClaimEvidence, *, hides: bool) -> list[Cell]:
    kind = f"{one.kind}:{one.label}" if one.label else one.kind
    days = ""
    if one.period_first and not hides:
        last = day_text(one.period_last) if one.period_last else _("open")
        days = f"{day_text(one.period_first)} – {last}"
    received = None if hides else one.received_on
    digest = (
        Cell(f"{one.sha256[:16]}…", is_code=True)
        if one.sha256
        else Cell(_("seen and given back"))
    )
    return [
        Cell(evidence_text(kind), reverse("funding:claim_evidence", args=[one.token])),
        Cell(days),
        day_cell(received) if received else Cell(""),
        digest,
    ]


def sums(tallies: Sequence[Tally], of: str) -> Table | None:
    """Return how many claims there are in each state, and what they come to.

    `of` is the agreement by name: on a page with several each table has its own.
    """
    if not tallies:
        return None
    name = _("Claims by state")
    return Table(
        caption=f"{name}: {of}",
        columns=[_("State"), _("Claims"), _("Amount")],
        rows=[
            [
                Cell(str(ClaimState(one.state).label), pill=PILLS[one.state]),
                Cell(f"{one.count}", is_number=True),
                Cell(_sum_text(one), is_number=True),
            ]
            for one in tallies
        ],
    )


def _sum_text(one: Tally) -> str:
    is_bound = one.count > one.unbound
    told = money_text(one.amount, one.currency) if is_bound else ""
    if not one.unbound:
        return told
    more = _("%(count)s not bound") % {"count": one.unbound}
    return f"{told}, {more}" if told else more
