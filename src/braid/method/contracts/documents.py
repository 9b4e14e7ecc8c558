"""Lines of a run as JSON documents, and back."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from braid.method.contracts.values import (
    Line,
    Preview,
    Proofs,
    Result,
    Step,
    Sum,
    Totals,
)

Document = dict[str, Any]


def line_document(line: Line) -> Document:
    """Return a line as JSON takes it; the keys of the interfaces come first."""
    return {
        "episode": line.episode,
        "milestone": line.milestone,
        "reached_on": _day(line.reached_on),
        "amount": _amount(line.amount),
        "currency": line.currency,
        "clause": line.clause,
        "state": line.state,
        "reasons": list(line.reasons),
        "evidence": proofs_document(line.evidence),
        "contract": line.contract,
        "version": line.version,
        "unit": line.unit_id,
        "person": line.person,
        "ordinal": line.ordinal,
        "event_key": line.event_key,
        "event_row": line.event_row,
        "kind": line.kind,
        "net": _amount(line.net),
        "vat": _amount(line.vat),
        "parts": [{"payer": p, "amount": _amount(a)} for p, a in line.parts],
        "payer": line.payer,
        "flags": list(line.flags),
        "counts": line.counts,
        "pays": line.pays,
        "unbound": list(line.unbound),
        "settles": line.settles,
        "first_day": _day(line.first_day),
        "payable_on": _day(line.payable_on),
        "steps": [step_document(step) for step in line.steps],
    }


def line_from_document(found: Mapping[str, Any]) -> Line:
    """Return the line that a document was made of. Raises KeyError, ValueError."""
    proofs = found.get("evidence") or {}
    return Line(
        contract=found["contract"],
        version=int(found["version"]),
        unit_id=found.get("unit", ""),
        episode=found["episode"],
        person=found["person"],
        milestone=found["milestone"],
        ordinal=int(found["ordinal"]),
        event_key=found["event_key"],
        reached_on=_as_day(found["reached_on"]),
        event_row=found.get("event_row", ""),
        kind=found.get("kind", "milestone"),
        amount=_as_amount(found["amount"]),
        currency=found["currency"],
        net=_as_amount(found.get("net")),
        vat=_as_amount(found.get("vat")),
        parts=tuple(
            (each["payer"], Decimal(each["amount"])) for each in found.get("parts", ())
        ),
        payer=found.get("payer", ""),
        clause=found.get("clause", ""),
        state=found.get("state", "draft"),
        reasons=tuple(found.get("reasons", ())),
        flags=tuple(found.get("flags", ())),
        steps=tuple(_step(each) for each in found.get("steps", ())),
        evidence=Proofs(
            tuple(tuple(each) for each in proofs.get("required", ())),
            tuple(proofs.get("present", ())),
            tuple(proofs.get("missing", ())),
            _as_day(proofs.get("deadline")),
        ),
        counts=bool(found.get("counts", False)),
        pays=bool(found.get("pays", True)),
        unbound=tuple(found.get("unbound", ())),
        settles=found.get("settles", ""),
        first_day=_as_day(found.get("first_day")),
        payable_on=_as_day(found.get("payable_on")),
    )


def proofs_document(proofs: Proofs) -> Document:
    """Return the evidence of a line or preview as JSON takes it."""
    return {
        "required": [list(each) for each in proofs.required],
        "present": list(proofs.present),
        "missing": list(proofs.missing),
        "deadline": _day(proofs.deadline),
    }


def step_document(step: Step) -> Document:
    """Return a step as JSON takes it."""
    values = {name: _plain(value) for name, value in step.values.items()}
    return {"step": step.step, "ok": step.ok, "told": step.told, "values": values}


def preview_document(preview: Preview) -> Document:
    """Return what lies ahead as JSON takes it."""
    return {
        "episode": preview.episode,
        "milestone": preview.milestone,
        "earliest": _day(preview.earliest),
        "reasons": list(preview.reasons),
        "missing": list(preview.missing),
        "evidence": proofs_document(preview.evidence),
        "clause": preview.clause,
        "contract": preview.contract,
        "version": preview.version,
        "unit": preview.unit_id,
        "person": preview.person,
        "steps": [step_document(step) for step in preview.steps],
    }


def totals_document(totals: Totals) -> Document:
    """Return the sums of a run as JSON takes them."""
    switch = totals.switch
    return {
        "currency": totals.currency,
        "due": _sum(totals.due),
        "counted": totals.counted,
        "held": totals.held,
        "unbound": totals.unbound,
        "unpaid": dict(totals.unpaid),
        "by_milestone": {
            name: {**_sum(each), "counted": totals.counted_by_milestone.get(name, 0)}
            for name, each in totals.by_milestone.items()
        },
        "by_payer": {payer: _amount(each) for payer, each in totals.by_payer.items()},
        "switch": switch
        and {
            "due": _amount(switch.due),
            "less_advances": _amount(switch.less_advances),
            "less_payments": _amount(switch.less_payments),
            "offset": _amount(switch.offset),
            "pay": _amount(switch.pay),
            "balance": _amount(switch.balance),
            "reclaimed": _amount(switch.reclaimed),
        },
    }


def result_document(result: Result) -> Document:
    """Return a whole run as JSON takes it."""
    return {
        "lines": [line_document(each) for each in result.lines],
        "totals": totals_document(result.totals),
        "previews": [preview_document(each) for each in result.previews],
        "ledger": [line_document(each) for each in result.ledger],
    }


def _sum(found: Sum) -> Document:
    return {"count": found.count, "amount": _amount(found.amount)}


def _step(found: Mapping[str, Any]) -> Step:
    return Step(found["step"], found["ok"], found.get("told", ""), found["values"])


def _plain(value: object) -> object:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, list | tuple):
        return [_plain(each) for each in value]
    return value


def _day(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _amount(amount: Decimal | None) -> str | None:
    return None if amount is None else f"{amount:f}"


def _as_day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)


def _as_amount(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)
