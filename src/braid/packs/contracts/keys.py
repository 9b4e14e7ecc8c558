"""What each key of a contract file means, and what may stand there: for the reference."""

import dataclasses
import types
from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from braid.method.contracts import shape
from braid.packs.contracts.parts import key_of

OF_A_FILE: Mapping[str, str] = {
    "contract": "Id of the contract, the same in all its versions.",
    "title": "What people call it, in a few words; without it its id is shown.",
    "version": "Whole number; a file is one version and never changes.",
    "supersedes": "The version that it follows.",
    "kind": "Whether results, services or costs are paid.",
    "unit": "What caps count, and for what one claim is made.",
    "currency": "Code of ISO 4217.",
    "vat": "Whether VAT is in the amounts, comes on top, or is not there.",
    "vat_percent": "Rate of VAT.",
    "valid_from": "First day, inside.",
    "valid_to": "Last day, inside; without it the version goes on.",
    "anchor": "Which day picks the version.",
    "retroactive_to": "What is anchored from this day on falls under this version too.",
    "run_off_days": "So many days after the last one a milestone still pays.",
    "source": "Where the rules are written.",
    "parties": "Who applies, who asks, who pays.",
    "population": "All of these hold on entry, else nobody is covered.",
    "entry": "Its day starts the clocks.",
    "trajectory_months": "Lengths that are allowed; last day = entry + months − 1 day.",
    "extension_months": "The longest extension.",
    "rules": "Checks of the case file, by name.",
    "documents": "Documents that the scheme wants.",
    "levels": "Amounts of a year that earnings are compared with.",
    "application_windows": "Applications at certain times only; says it, changes nothing.",
    "advance": "Paid before results, netted later.",
    "switch": "How a new version takes what an earlier one paid into account.",
    "cap": "The most that is paid in all.",
    "exclusive_with": "Contracts that pay for nobody whom this one pays for.",
    "complementary_with": "Contracts that may pay for the same outcome.",
    "payer_periods": "Whose an activity is, by its day.",
    "authorisation": "For how long, and for how many hours, services are allowed.",
    "claim_deadline_days": "Days from the day reached until a claim is sent.",
    "decision_days": "Days that the funder has; a question stops the clock.",
    "reconcile": "What is made good once a milestone has been paid so often.",
    "milestones": "What is paid for.",
}
OF_A_MILESTONE: Mapping[str, str] = {
    "id": "Its name within the contract.",
    "clause": "The paragraph that a line quotes; without it the id.",
    "kind": "What it is; a settlement has no amount of its own.",
    "pays": "False: recorded and counted, never money.",
    "reached": "The condition whose day it is.",
    "reached_on": "The day of the event, or the last day of its period.",
    "conditions": "Hold on the day reached as well.",
    "requires": "Milestones that come first.",
    "order": "Whether they come in this order.",
    "within_days": "At most so many days since the first of `since` that exists.",
    "since": "Conditions from whose day is counted.",
    "exclusive_group": "Of the milestones of a group one is paid.",
    "profile": "Which jobs are competitive.",
    "start_minimum": "How long somebody works before a start counts.",
    "window": "n of so many days, weeks, months or pay periods.",
    "threshold": "The hours or the pay that it takes.",
    "wage": "Only weeks at the minimum wage or above count.",
    "record_also": "Thresholds that are recorded with it and never pay.",
    "look_back": "The threshold met so often before entry takes the milestone away.",
    "tiers": "Amounts by condition; the first that holds.",
    "amount": "What it pays.",
    "split": "Who pays which part; together 100 per cent.",
    "retention_percent": "Held back until the settlement.",
    "hold_if": "Payment waits while one of these holds.",
    "repeat": "When a start is paid again.",
    "every": "How often it comes.",
    "unit_minutes": "Minutes of one unit.",
    "rounding": "What happens to a part of a unit.",
    "cap": "The most that this milestone pays.",
    "evidence": "Files that show it: one of the sets whole, in time.",
}
_PLAIN: Mapping[Any, str] = {
    str: "text",
    int: "whole number",
    bool: "true or false",
    Decimal: "number",
    date: "day",
}
_CALLED: Mapping[type, str] = {
    shape.Known: "amount `{value, source}`",
    shape.Open: "`{parameter: NAME}`",
    shape.Level: "`{level: NAME}`",
    shape.Other: "`{other: LABEL}`",
}
_CONDITION = (shape.Word, shape.Reached, shape.AnyOf, shape.AllOf, shape.NoneOf)
PARTS: tuple[type, ...] = (
    shape.Window,
    shape.Threshold,
    shape.StartMinimum,
    shape.LookBack,
    shape.Evidence,
    shape.Tier,
    shape.Cap,
    shape.Repeat,
    shape.Share,
    shape.Advance,
    shape.Switch,
    shape.YearLevel,
    shape.PayerPeriod,
    shape.Authorisation,
    shape.Reconcile,
    shape.After,
    shape.Parties,
)
"""The parts of a file that have keys of their own."""


@dataclasses.dataclass(frozen=True, slots=True)
class Key:
    """A key of a part of a file: what may stand there, and what holds without it."""

    name: str
    stands: str
    is_required: bool
    default: str


def keys_of(part: type) -> Iterator[Key]:
    """Yield the keys of a part of a file."""
    hints = get_type_hints(part)
    for field in dataclasses.fields(part):
        if not field.init:
            continue
        missing = field.default is dataclasses.MISSING
        is_said = not missing and field.default not in (None, (), "")
        yield Key(
            key_of(part, field.name),
            stands(hints[field.name]),
            missing,
            str(field.default).lower() if is_said else "",
        )


def stands(kind: Any) -> str:
    """Return in words what an annotation of the shape lets stand there."""
    origin = get_origin(kind)
    if origin is tuple:
        return f"list of {stands(get_args(kind)[0])}"
    if origin is Literal:
        return ", ".join(f"`{each}`" for each in get_args(kind))
    if origin in (Union, types.UnionType):
        return _either(get_args(kind))
    if kind in _CALLED:
        return _CALLED[kind]
    return _PLAIN.get(kind) or f"mapping: {_part_name(kind)}"


def _either(kinds: tuple[Any, ...]) -> str:
    found = [kind for kind in kinds if kind is not type(None)]
    if set(_CONDITION) <= set(found):
        found = [kind for kind in found if kind not in _CONDITION]
        return " or ".join(["condition", *map(stands, found)])
    return " or ".join(map(stands, found))


def _part_name(part: type) -> str:
    """Return the name of a part as its heading in the reference has it."""
    return "".join(f" {c.lower()}" if c.isupper() else c for c in part.__name__).strip()
