"""The JSON documents of `braid roster`, as the reference of interfaces says."""

from collections.abc import Iterable
from typing import Any

from braid.exchange.commands import Held
from braid.exchange.presenters import sentence
from braid.exchange.preview import PERSONAL_FIELDS, outcome, plain
from braid.exchange.roster.plan import AnswerFault, Finding, Plan
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
    *,
    committed: bool,
    identify: bool,
    figures: bool,
) -> Document:
    """Return what an import does, or did when `committed`."""
    did = outcome(plan)
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
        "vanished": len(plan.vanished),
        "needs": [
            {"key": need.key, "message": sentence(need.sentence)} for need in plan.needs
        ],
        "answers_refused": [_answer_fault(fault) for fault in plan.answer_faults],
    }
    if figures:
        document["figures"] = {"counts": plain(plan.counts)}
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
