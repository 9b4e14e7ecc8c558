"""Why a line is paid, or why not, in sentences; and what lies ahead. Never an amount."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from django.utils.formats import number_format
from django.utils.functional import Promise
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from braid.funding.contract_words.milestones import proof_text
from braid.method.contracts.proving import OTHER
from braid.method.contracts.shape import Other
from braid.method.contracts.values import Line, Preview, Step
from braid.web.days import day_text

Values = Mapping[str, Any]

SENTENCES: Mapping[str, Promise] = {
    "version": _("Version %(version)s of the contract holds."),
    "outside_period": _("The day lies outside the days of every version."),
    "superseded": _("A later version of the contract has no such milestone any more."),
    "in_population": _("The person is among those the contract covers."),
    "not_in_population": _("The contract does not cover the person: %(word)s."),
    "entered": _("Entered on %(entry)s."),
    "before_entry": _("This began on %(day)s, before the entry on %(entry)s."),
    "rules_kept": _("Nothing in the case file speaks against it."),
    "requester_is_joint_body": _(
        "Another than the municipality of residence asked for it."
    ),
    "prerequisites": _("What comes first is reached."),
    "not_reached": _("%(milestone)s comes first and is not reached."),
    "wrong_order": _("%(milestone)s was reached on %(on)s, in another order."),
    "reached_event": _("Reached on %(on)s."),
    "reached_settlement": _("Reached on %(on)s."),
    "reached_units": _("A contact on %(on)s."),
    "reached_periodic": _("A period that is paid for, on %(on)s."),
    "no_origin": _("The event that the days are counted from has not happened."),
    "too_late": _("%(days)s days had passed; at most %(within)s are allowed."),
    "after_trajectory": _(
        "The first day worked was %(day)s; the trajectory ended on %(last_day)s."
    ),
    "after_authorisation": _("The authorisation ended on %(last_day)s."),
    "condition_failed": _("A further condition does not hold: %(word)s."),
    "rule_unbound": _("%(parameter)s is not filled in, so nothing can be counted."),
    "no_look_back": _("Nothing before the entry takes it away."),
    "look_back_clear": _(
        "Before the entry the level was met in %(met)s of %(of)s; %(n)s take it away."
    ),
    "look_back": _(
        "Taken away: before the entry the level was met in %(met)s of %(of)s."
    ),
    "no_evidence_asked": _("No evidence is asked for."),
    "no_group": _("No other milestone stands in for this one."),
    "group_free": _("No other milestone of its group is paid."),
    "group_taken": _("%(milestone)s of the same group is paid."),
    "first": _("Not paid before."),
    "repeat_free": _("It may be paid again."),
    "repeat_count": _("It is paid %(most)s times at most."),
    "repeat_gap": _(
        "It came %(days)s days after the one before; %(least)s are asked for."
    ),
    "repeat_employer": _("It is with an employer that was paid for before."),
    "within_caps": _("Within what the contract pays."),
    "reconciled_before": _("It was made good before it was reached."),
    "funded_once": _("No other contract pays for it."),
    "funded_elsewhere": _(
        "%(contract)s would pay for it as well; a steward decides which one does."
    ),
    "free": _("Nothing holds the payment back."),
    "held": _("The payment is held back while this lasts: %(word)s."),
    "never_money": _("It is counted and never paid."),
    "no_tier": _("It lies in no tier of the contract."),
    "amount_known": _("The amount is known."),
    "cut_by_cap": _("The cap of the contract leaves a part of the amount."),
    "split": _("Several payers share it."),
    "one_payer": _("One payer pays it."),
    "advance": _("An advance is due from %(on)s."),
    "netted_advances": _("The advance that was paid is taken off."),
    "netted_payments": _("What was paid under the earlier rules is taken off."),
    "netted_offset": _("Advances of trajectories that never started are set off."),
    "reclaimed": _("What is left of the advance is asked back from %(from)s."),
    "reconciled": _("Made good after enough payments of %(after)s."),
    "retained": _("A part is held back until the settlement."),
    "settled_up": _("All that was due, less what was paid."),
    "difference": _("Another amount than was claimed: this is the difference."),
    "reversal": _("It does not hold any more, and is taken back."),
}
"""What each answer of a step says; those that need more stand in `_TOLD`."""


def step_sentence(step: Step) -> str:
    """Return the answer of one step as a sentence."""
    tell = _TOLD.get(step.told)
    if tell is not None:
        return tell(step.values)
    return str(SENTENCES[step.told]) % _Shown(step.values)


def told_codes() -> set[str]:
    """Return the codes that there is a sentence for."""
    return {*SENTENCES, *_TOLD}


def line_sentence(line: Line) -> str:
    """Return a line in one sentence: what was reached, and what was seen of it.

    As in “91 days in work reached on 4 May 2026; gap of 9 days allowed; payslip seen”.
    """
    parts = []
    for step in line.steps:
        if step.step == "window" or not step.ok or step.told == "evidence_seen":
            parts.append(step_sentence(step).rstrip("."))
    return "; ".join(parts) + "." if parts else ""


def preview_sentence(preview: Preview) -> str:
    """Return what lies ahead: the next day, and what is missing for it."""
    missing = ", ".join(missing_text(each) for each in preview.missing)
    if preview.earliest is None:
        if not missing:
            return gettext("Nothing has happened yet that leads to it.")
        return gettext("Missing: %(missing)s.") % {"missing": missing}
    values = {"day": _day(preview.earliest), "missing": missing}
    if missing:
        return gettext("On %(day)s at the earliest; missing: %(missing)s.") % values
    return gettext("On %(day)s at the earliest.") % values


def missing_text(code: str) -> str:
    """Return what is missing in words: a kind of evidence, or another milestone."""
    kind, _sep, name = code.partition(":")
    if kind == "milestone":
        return gettext("the milestone %(name)s") % {"name": name}
    return proof_text(Other(other=name) if code.startswith(OTHER) else code)


class _Shown(dict[str, str]):
    """The values of a step as a sentence shows them."""

    def __init__(self, values: Values) -> None:
        super().__init__({name: _text(value) for name, value in values.items()})

    def __missing__(self, name: str) -> str:
        return "–"


def _text(value: Any) -> str:
    if value is None:
        return "–"
    if isinstance(value, date):
        return _day(value)
    if isinstance(value, bool | int):
        return str(value)
    if isinstance(value, list | tuple):
        return ", ".join(_text(each) for each in value)
    text = str(value)
    try:
        return _day(date.fromisoformat(text))
    except ValueError:
        return text.replace("_", " ")


def _day(day: date) -> str:
    return day_text(day)


def _number(value: Any) -> str:
    return number_format(value, use_l10n=True) if value is not None else "–"


def _sustained(values: Values) -> str:
    """Return how long work lasted, or in how many periods it was enough."""
    shown = _Shown(values)
    if "days" in values:
        told = gettext("%(days)s days in work reached on %(on)s") % shown
        gap = int(values.get("gap") or 0)
        if gap:
            allowed = ngettext(
                "gap of %(gap)s day allowed", "gap of %(gap)s days allowed", gap
            )
            told = f"{told}; {allowed % {'gap': gap}}"
        if "value" in values:
            hours = gettext("%(value)s hours a week") % {
                "value": _number(values["value"])
            }
            told = f"{told}; {hours}"
        return f"{told}."
    if "unit" not in values:
        return gettext("Reached on %(on)s.") % shown
    named = {**shown, "unit": _units(values["unit"])}
    return gettext("Enough in %(good)s of %(of)s %(unit)s, reached on %(on)s.") % named


def _open(values: Values) -> str:
    shown = _Shown(values)
    if "days" in values:
        told = gettext("%(days)s of %(of)s days in work since %(since)s so far.")
        return told % shown
    if "unit" not in values:
        return gettext("Its time has not come yet.")
    named = {**shown, "unit": _units(values["unit"])}
    return gettext("Enough in %(good)s of %(n)s %(unit)s so far.") % named


def _failed(values: Values) -> str:
    shown = _Shown(values)
    if "days" in values:
        told = gettext(
            "Work since %(since)s ended after %(days)s days; %(of)s are asked for."
        )
        return told % shown
    if "unit" not in values:
        return gettext("It was not reached in the time that it has.")
    named = {**shown, "unit": _units(values["unit"])}
    return gettext("Enough in %(good)s %(unit)s; %(n)s are asked for.") % named


def _below(values: Values) -> str:
    if "needed" in values:
        told = gettext("%(hours)s hours are recorded; %(needed)s make a start.")
        numbers = {"hours": values.get("hours"), "needed": values["needed"]}
        return told % {name: _number(value) for name, value in numbers.items()}
    value = _number(values.get("value"))
    return gettext("%(value)s is not what the threshold asks for.") % {"value": value}


def _units(unit: str) -> str:
    return {
        "week": gettext("weeks"),
        "month": gettext("months"),
        "pay_period": gettext("pay periods"),
    }.get(unit, unit)


def _evidence_seen(values: Values) -> str:
    present = ", ".join(missing_text(each) for each in values.get("present", ()))
    return gettext("%(present)s seen.") % {"present": present}


def _evidence_missing(values: Values) -> str:
    missing = ", ".join(missing_text(each) for each in values.get("missing", ()))
    told = gettext("Missing: %(missing)s.") % {"missing": missing}
    if values.get("deadline"):
        until = gettext("It counts until %(day)s.") % {"day": _text(values["deadline"])}
        told = f"{told} {until}"
    return told


def _evidence_late(values: Values) -> str:
    day = _text(values.get("deadline"))
    return gettext("Evidence came after %(day)s, its last day.") % {"day": day}


def _over_cap(values: Values) -> str:
    return {
        "contract": gettext("The contract pays for no more of these: %(most)s."),
        "contract_in_all": gettext("The contract pays for no more: %(most)s in all."),
        "person": gettext("No more are paid for one person: %(most)s."),
        "person_in_all": gettext("No more is paid for one person: %(most)s in all."),
        "tier": gettext("No more are paid at this tier: %(most)s."),
        "hours": gettext("The authorised hours are used up."),
        "amount": gettext("What the contract pays in all is used up."),
    }[str(values.get("of", "amount"))] % _Shown(values)


def _unbound(values: Values) -> str:
    names = values.get("parameters") or ()
    if not names:
        return gettext("The amount is not filled in.")
    told = gettext("Not filled in: %(names)s.")
    return told % {"names": ", ".join(str(each) for each in names)}


_TOLD: Mapping[str, Callable[[Values], str]] = {
    "reached_sustained": _sustained,
    "reached_earnings": _sustained,
    "window_open": _open,
    "window_failed": _failed,
    "below_threshold": _below,
    "evidence_seen": _evidence_seen,
    "evidence_missing": _evidence_missing,
    "evidence_late": _evidence_late,
    "over_cap": _over_cap,
    "amount_unbound": _unbound,
}
