"""A milestone in words: every key of it has its sentence."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from braid.funding.contract_words.conditions import compared, condition_text
from braid.funding.contract_words.values import (
    Values,
    open_text,
    plain_number,
    rounding_text,
)
from braid.method.contracts import shape

Told = Iterator[str]


def milestone_sentences(milestone: shape.Milestone, values: Values) -> Told:
    """Yield what a milestone says, a sentence for each of its keys that is set."""
    for key, sentences in KEYS.items():
        value = getattr(milestone, key)
        if value not in (None, (), ""):
            yield from sentences(milestone, value, values)


def _reached(milestone: shape.Milestone, value: Any, values: Values) -> Told:
    yield _("Reached when %(condition)s.") % {
        "condition": condition_text(value, values)
    }


def _kind(milestone: shape.Milestone, value: Any, values: Values) -> Told:
    kinds = {
        "event": _("It is an event, on a day."),
        "sustained": _("It is work that lasts."),
        "earnings": _("It is earnings, month by month."),
        "periodic": _("It comes again and again while the condition holds."),
        "units": _("It is time, paid by the unit."),
        "settlement": _("It settles: what is due less what was paid before."),
    }
    yield kinds[value]


def _pays(milestone: shape.Milestone, value: Any, values: Values) -> Told:
    if not value:
        yield _("It is recorded and counted, and never paid.")


def _reached_on(milestone: shape.Milestone, value: Any, values: Values) -> Told:
    if value == "period_end":
        yield _("Its day is the last day of the period in which it is met.")


def _conditions(milestone: shape.Milestone, value: Any, values: Values) -> Told:
    for each in value:
        yield _("On that day this must hold as well: %(condition)s.") % {
            "condition": condition_text(each, values)
        }


def _requires(milestone: shape.Milestone, value: Any, values: Values) -> Told:
    yield ngettext(
        "Before it, this milestone must be reached: %(names)s.",
        "Before it, these milestones must be reached: %(names)s.",
        len(value),
    ) % {"names": ", ".join(value)}


def _order(milestone: shape.Milestone, value: Any, values: Values) -> Told:
    if value == "strict":
        yield _("They must be reached in this order, day by day.")


def _within(milestone: shape.Milestone, value: Any, values: Values) -> Told:
    conditions = "; ".join(condition_text(c, values) for c in milestone.since)
    yield ngettext(
        "It is in time up to %(count)s day after the first of these that exists: "
        "%(conditions)s.",
        "It is in time up to %(count)s days after the first of these that exists: "
        "%(conditions)s.",
        value,
    ) % {"count": value, "conditions": conditions}


def _group(milestone: shape.Milestone, value: Any, values: Values) -> Told:
    yield _("Of the milestones of the group “%(group)s” only one is paid.") % {
        "group": value
    }


def _profile(milestone: shape.Milestone, value: Any, values: Values) -> Told:
    if value == "as_coded":
        yield _("A job is competitive when the service has coded it so.")


def _start(milestone: shape.Milestone, value: Any, values: Values) -> Told:
    start: shape.StartMinimum = value
    if start.hours is not None:
        yield _("A start counts after %(hours)s hours of work.") % {
            "hours": values.number(start.hours)
        }
        return
    told = {
        name: values.number(number)
        for name, number in (
            ("below", start.part_time_below),
            ("part", start.part_time_hours),
            ("full", start.full_day_hours),
        )
        if number is not None
    }
    yield (
        _(
            "A start counts after a full day: the daily hours of the job, or %(full)s "
            "hours where they are not recorded. Under %(below)s hours a week, "
            "%(part)s hours are enough."
        )
        % told
    )
    yield _(
        "Where hours are not recorded, a job that lasts seven days or more counts, with "
        "a mark."
    )


def _window(milestone: shape.Milestone, value: Any, values: Values) -> Told:
    window: shape.Window = value
    told = {"n": plain_number(window.n), "of": _count(window.of, window.unit)}
    if window.n == window.of:
        yield _("It takes %(of)s.") % told
    else:
        yield _("It takes %(n)s of %(of)s.") % told
    if window.of > 1:
        yield {
            "start": _("They are counted from the start of the work."),
            "rolling": _("They may begin at any time."),
        }[window.anchor]
    if window.consecutive:
        yield _("They follow one another without a break.")
    if window.gap_tolerance_days != 0:
        yield _("Gaps of up to %(days)s days are allowed.") % {
            "days": values.number(window.gap_tolerance_days)
        }
    if milestone.kind == "sustained" and window.unit in ("day", "week"):
        yield _sickness(window)
    if window.unit == "week":
        yield {
            "iso": _("Weeks begin on Monday."),
            "job": _("Weeks begin on the weekday of the first day of the job."),
        }[window.week]
    if window.boundary == "elapsed":
        yield _(
            "So many days must have passed since the first, and the work must last."
        )


def _sickness(window: shape.Window) -> str:
    if window.sick_counts is None and window.unit == "week":
        return _("Weeks of sick leave count where they are paid.")
    if window.sick_counts is False:
        return _("Days of sick leave do not count.")
    return _("Days of sick leave count.")


def _count(number: int, unit: str) -> str:
    """Return so many days, weeks, months or pay periods."""
    counted = {
        "day": ngettext("%(count)s day", "%(count)s days", number),
        "week": ngettext("%(count)s week", "%(count)s weeks", number),
        "month": ngettext("%(count)s month", "%(count)s months", number),
        "pay_period": ngettext("%(count)s pay period", "%(count)s pay periods", number),
    }
    return counted[unit] % {"count": plain_number(number)}


def threshold_text(threshold: shape.Threshold, values: Values, unit: str) -> str:
    """Return a threshold: what is measured, how, and its limit."""
    measures = {
        "weekly_hours": (_("hours a week"), pgettext("unit", "hours")),
        "paid_hours": (_("paid hours"), pgettext("unit", "hours")),
        "gross": (_("gross pay"), values.currency),
        "net": (_("net pay"), values.currency),
    }
    measure, counted_in = measures[threshold.measure]
    is_level = any(
        isinstance(getattr(threshold, side), shape.Level) for side in shape.COMPARISONS
    )
    each = {
        "day": _("%(measure)s on each day: %(limit)s"),
        "week": _("%(measure)s in each week: %(limit)s"),
        "month": _("%(measure)s in each month: %(limit)s"),
        "pay_period": _("%(measure)s in each pay period: %(limit)s"),
    }
    return {
        "each": each[unit],
        "mean": _("%(measure)s on average: %(limit)s"),
        "sum": _("%(measure)s in all: %(limit)s"),
    }[threshold.statistic] % {
        "measure": measure,
        "limit": compared(threshold, values, "" if is_level else counted_in),
    }


def _unit(milestone: shape.Milestone) -> str:
    return milestone.window.unit if milestone.window else "day"


def _threshold(milestone: shape.Milestone, value: Any, values: Values) -> Told:
    yield _("What it takes: %(threshold)s. Jobs at the same time are added up.") % {
        "threshold": threshold_text(value, values, _unit(milestone))
    }


def _wage(milestone: shape.Milestone, value: Any, values: Values) -> Told:
    yield _("Work below the minimum wage, or of unknown wage, does not count.")


def _record_also(milestone: shape.Milestone, value: Any, values: Values) -> Told:
    for each in value:
        yield _("Recorded with it, and never paid: %(threshold)s.") % {
            "threshold": threshold_text(each, values, _unit(milestone))
        }


def _look_back(milestone: shape.Milestone, value: Any, values: Values) -> Told:
    yield _(
        "It is taken away where that was so %(n)s times or more in the %(of)s before the "
        "first entry."
    ) % {"n": plain_number(value.n), "of": _count(value.of, value.unit)}


def _amount(milestone: shape.Milestone, value: Any, values: Values) -> Told:
    yield _("It pays: %(amount)s.") % {"amount": values.amount(value)}
    if isinstance(value, shape.Known):
        yield _("Written in: %(source)s.") % {"source": value.source}


def _tiers(milestone: shape.Milestone, value: Any, values: Values) -> Told:
    for tier in value:
        told = {"amount": values.amount(tier.amount)}
        if tier.when is None:
            sentence = _("Else it pays: %(amount)s.")
        else:
            sentence = _("If %(condition)s, it pays: %(amount)s.")
            told["condition"] = condition_text(tier.when, values)
        yield sentence % told
        if tier.max_count is not None:
            yield ngettext(
                "That at most %(count)s time.",
                "That at most %(count)s times.",
                tier.max_count,
            ) % {"count": tier.max_count}
        if isinstance(tier.amount, shape.Known):
            yield _("Written in: %(source)s.") % {"source": tier.amount.source}


def _split(milestone: shape.Milestone, value: Any, values: Values) -> Told:
    for share in value:
        yield _("%(payer)s pays %(percent)s%% of it.") % {
            "payer": share.payer.replace("_", " ").capitalize(),
            "percent": plain_number(share.percent),
        }


def _retention(milestone: shape.Milestone, value: Any, values: Values) -> Told:
    yield _("%(percent)s%% of it is held back until the settlement.") % {
        "percent": plain_number(value)
    }


def _hold(milestone: shape.Milestone, value: Any, values: Values) -> Told:
    for each in value:
        yield _("Payment waits while %(condition)s.") % {
            "condition": condition_text(each, values)
        }


def _repeat(milestone: shape.Milestone, value: Any, values: Values) -> Told:
    if value.max_count is not None:
        yield ngettext(
            "It is paid at most %(count)s time.",
            "It is paid at most %(count)s times.",
            value.max_count,
        ) % {"count": value.max_count}
    if value.min_gap_days:
        yield _("Between two of them lie at least %(days)s days.") % {
            "days": value.min_gap_days
        }
    if value.new_employer:
        yield _("Each must be with another employer.")


def _every(milestone: shape.Milestone, value: Any, values: Values) -> Told:
    yield {"month": _("Once a month."), "quarter": _("Once a quarter.")}[value]


def _unit_minutes(milestone: shape.Milestone, value: Any, values: Values) -> Told:
    yield _("One unit is %(minutes)s minutes.") % {"minutes": value}


def _rounding(milestone: shape.Milestone, value: Any, values: Values) -> Told:
    if isinstance(value, shape.Open):
        bound = values.bound.get(value.parameter)
        way = rounding_text(bound) if isinstance(bound, str) else open_text(value)
    else:
        way = rounding_text(value)
    yield _("Units that are not whole: %(way)s.") % {"way": way}


def cap_sentences(cap: shape.Cap, values: Values) -> Told:
    """Yield what a cap says, of a milestone or of the whole contract."""
    if cap.person is not None:
        yield _(
            "At most %(count)s for one person or episode, as the contract counts."
        ) % {"count": values.number(cap.person)}
    if cap.contract is not None:
        yield _("At most %(count)s in the whole contract.") % {
            "count": values.number(cap.contract)
        }
    if cap.amount is not None:
        yield _("At most %(amount)s in all.") % {"amount": values.amount(cap.amount)}


def _cap(milestone: shape.Milestone, value: Any, values: Values) -> Told:
    yield from cap_sentences(value, values)
    yield _(
        "The last place goes by the day of the event, then by the id of its row, never "
        "by when it was sent."
    )


def _evidence(milestone: shape.Milestone, value: Any, values: Values) -> Told:
    sets = [
        _(" and ").join(proof_text(proof) for proof in each) for each in value.any_of
    ]
    yield _("Evidence: %(sets)s.") % {"sets": _("; or ").join(sets)}
    if value.deadline_days is not None:
        yield ngettext(
            "It must be there within %(count)s day of the day reached.",
            "It must be there within %(count)s days of the day reached.",
            value.deadline_days,
        ) % {"count": value.deadline_days}


def proof_text(proof: shape.Proof | str) -> str:
    """Return a kind of evidence; that of another kind by its label."""
    name = proof.other if isinstance(proof, shape.Other) else proof
    return {
        "payslip": _("a payslip"),
        "contract": _("the contract of employment"),
        "employer_letter": _("a letter of the employer"),
        "register_extract": _("an extract of a register"),
        "self_declaration": _("a declaration of the person"),
        "invoice": _("an invoice"),
        "bank_statement": _("a bank statement"),
        "tax_return": _("a tax return"),
        "employer_call": _("a call with the employer: by whom, number, day"),
        "appointment_record": _("a record of the appointment"),
        "profile_document": _("the career profile as a document"),
        "signed_form": _("a signed form"),
    }[name.removeprefix("other:")]


def _nothing(milestone: shape.Milestone, value: Any, values: Values) -> Told:
    """Say nothing: another sentence has it, or it is the title."""
    return iter(())


def _clause(milestone: shape.Milestone, value: Any, values: Values) -> Told:
    yield _("A line quotes it as “%(clause)s”.") % {"clause": value}


KEYS: Mapping[str, Callable[[shape.Milestone, Any, Values], Told]] = {
    "id": _nothing,
    "clause": _clause,
    "kind": _kind,
    "reached": _reached,
    "reached_on": _reached_on,
    "start_minimum": _start,
    "window": _window,
    "threshold": _threshold,
    "wage": _wage,
    "profile": _profile,
    "conditions": _conditions,
    "requires": _requires,
    "order": _order,
    "within_days": _within,
    "since": _nothing,
    "look_back": _look_back,
    "every": _every,
    "unit_minutes": _unit_minutes,
    "rounding": _rounding,
    "pays": _pays,
    "amount": _amount,
    "tiers": _tiers,
    "split": _split,
    "retention_percent": _retention,
    "exclusive_group": _group,
    "repeat": _repeat,
    "cap": _cap,
    "hold_if": _hold,
    "evidence": _evidence,
    "record_also": _record_also,
}
"""What each key of a milestone says, in the order of the sentences."""
