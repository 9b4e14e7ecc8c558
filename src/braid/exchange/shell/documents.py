"""The JSON documents of `braid roster`, as the reference of interfaces says."""

from collections.abc import Iterable, Iterator
from typing import Any

from braid.exchange.commands import Held
from braid.exchange.differences import Differences, Gone, RecordChange
from braid.exchange.fields import field_name, is_personal
from braid.exchange.presenters import sentence
from braid.exchange.preview import PERSONAL_FIELDS, outcome, plain
from braid.exchange.roster.plan import AnswerFault, Finding, Place, Plan
from braid.exchange.roster.records import EpisodeRecord
from braid.kernel.errors import InputFault

MASK = "•••"
CREATED = {
    "person": "applicants",
    "caseload": "referrals",
    "episode": "episodes",
    "contacts": "contacts",
    "employer_contacts": "employer_contacts",
    "jobs": "jobs",
    "meetings": "meetings",
    "employer": "employers",
    "staff": "specialists",
    "team": "treatment_teams",
}
Document = dict[str, Any]


def of_plan(
    plan: Plan,
    batch: str | None,
    new_names: dict[str, int],
    differences: Differences,
    *,
    committed: bool,
    identify: bool,
    figures: Document | None,
) -> Document:
    """Return what an import does, or did when `committed`; `figures` where asked for."""
    did = outcome(plan, differences.changed)
    created = {kind: does.get("create", 0) for kind, does in did.items()} | new_names
    created["episode"] = _accepted(plan)
    updated = {kind: does.get("update", 0) for kind, does in did.items()}
    document: Document = {
        "batch": batch,
        "committed": committed,
        "plan_hash": plan.plan_hash,
        "layout": plan.layout_id,
        "as_of": plan.as_of.isoformat(),
        "rows": plain(plan.totals),
        "findings": [_finding(finding, identify) for finding in plan.findings],
        "created": {name: created.get(kind, 0) for kind, name in CREATED.items()},
        "updated": {CREATED[kind]: n for kind, n in updated.items() if n},
        "changes": [
            line
            for change in differences.changes
            for line in _changes(change, identify)
        ],
        "vanished": [_gone(gone, identify) for gone in differences.gone],
        "needs": [
            {"key": need.key, "message": sentence(need.sentence)} for need in plan.needs
        ],
        "answers_refused": [_answer_fault(fault) for fault in plan.answer_faults],
    }
    if figures is not None:
        document["figures"] = figures
    return document


def _accepted(plan: Plan) -> int:
    """Return how many of the new referrals were taken on."""
    return sum(
        isinstance(row.record, EpisodeRecord)
        and row.does == "create"
        and row.record.accepted_on is not None
        for row in plan.rows
    )


def _finding(finding: Finding, identify: bool) -> Document:
    shown = finding.value
    personal = finding.field is None or finding.field in PERSONAL_FIELDS
    if shown and personal and not identify:
        shown = MASK
    return {
        "file": finding.place.file,
        "sheet": finding.place.sheet,
        "row": finding.place.row,
        "column": finding.column,
        "heading": finding.heading,
        "field": finding.field,
        "kind": finding.kind,
        "action": finding.action,
        "value": shown,
        "message": sentence(finding.sentence),
        "until_answered": finding.until_answered,
    }


def _place(place: Place | None) -> Document:
    if place is None:
        return {"file": None, "sheet": None, "row": None}
    return {"file": place.file, "sheet": place.sheet, "row": place.row}


def _changes(change: RecordChange, identify: bool) -> Iterator[Document]:
    """Yield the fields of a record that the file says otherwise than Braid."""
    for one in change.fields:
        shows = identify or not is_personal(one.of, one.field)
        yield {
            **_place(change.place),
            "kind": change.kind,
            "does": change.what,
            "field": field_name(one.of, one.field),
            "old": one.old if shows else _masked(one.old),
            "new": one.new if shows else _masked(one.new),
            "edited_since": change.edited_since,
        }


def _masked(value: object) -> object:
    return value if value in (None, "") else MASK


def _gone(gone: Gone, identify: bool) -> Document:
    """Return a record that the files no longer hold, where it stood and perhaps why."""
    return {
        **_place(gone.place),
        "kind": gone.kind,
        "person": gone.name if identify else _masked(gone.name),
        "told": {
            field_name(one.of, one.field): one.value
            for one in gone.told
            if identify or not is_personal(one.of, one.field)
        },
        "why": gone.why or None,
        "perhaps": plain(gone.perhaps),
    }


def _answer_fault(fault: AnswerFault) -> Document:
    return {
        "file": fault.place.file,
        "sheet": fault.place.sheet,
        "row": fault.place.row,
        "field": fault.field,
        "message": sentence(fault.sentence),
    }


def of_undo(batch: str, held: Iterable[Held]) -> Document:
    """Return whether an import was taken back, and what holds it."""
    rows = [
        {
            "kind": one.kind,
            "file": one.file,
            "sheet": one.sheet or None,
            "row": one.row,
            "why": one.why,
        }
        for one in held
    ]
    return {"batch": batch, "undone": not rows, "held": rows}


def of_fault(fault: InputFault) -> Document:
    """Return why nothing was done."""
    return {
        "error": {
            "code": fault.code,
            "reason": fault.reason,
            "message": sentence(fault.message),
        }
    }
