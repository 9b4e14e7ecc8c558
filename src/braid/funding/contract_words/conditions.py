"""Conditions of a contract in words, each a clause that a sentence ends with."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from braid.funding.contract_words.values import Values, open_text
from braid.method.contracts import shape
from braid.method.contracts.shape import Word


def condition_text(condition: shape.Condition, values: Values) -> str:
    """Return a condition as a clause, nested ones in brackets."""
    match condition:
        case shape.Word():
            return _WORDS[condition.word](condition, values)
        case shape.Reached(milestone=name):
            return _("the milestone “%(name)s” is reached") % {"name": name}
        case shape.AnyOf(any_of=parts):
            return _("any of these holds (%(parts)s)") % {"parts": _all(parts, values)}
        case shape.AllOf(all_of=parts):
            return _("all of these hold (%(parts)s)") % {"parts": _all(parts, values)}
        case shape.NoneOf(none_of=parts):
            return _("none of these holds (%(parts)s)") % {"parts": _all(parts, values)}
    return _open_rule(condition, values)


def _open_rule(rule: shape.Open, values: Values) -> str:
    bound = values.bound.get(rule.parameter)
    if bound is None:
        return _("a rule that is not bound (%(name)s)") % {"name": rule.parameter}
    if bound == "none":
        return _("nothing more, as was filled in for %(name)s") % {
            "name": rule.parameter
        }
    if isinstance(
        bound, shape.Word | shape.Reached | shape.AnyOf | shape.AllOf | shape.NoneOf
    ):
        return condition_text(bound, values)
    return open_text(rule)


def _all(parts: tuple[shape.Condition, ...], values: Values) -> str:
    return "; ".join(condition_text(each, values) for each in parts)


def compared(said: Word | shape.Threshold, values: Values, unit: str) -> str:
    """Return a comparison: whether the limit itself counts is always said."""
    sides = {
        "at_least": _("at least %(number)s%(unit)s"),
        "above": _("more than %(number)s%(unit)s"),
        "at_most": _("at most %(number)s%(unit)s"),
        "below": _("less than %(number)s%(unit)s"),
    }
    for side, sentence in sides.items():
        number = getattr(said, side)
        if number is not None:
            written = values.number(number)
            return sentence % {"number": written, "unit": f" {unit}" if unit else ""}
    return ""


def _list(names: tuple[str, ...]) -> str:
    return ", ".join(name.replace("_", " ") for name in names)


def _event(word: Word, values: Values) -> str:
    events = {
        "consent": _("the funder has consented in writing"),
        "request": _("the funder has been asked"),
        "decision": _("the funder has decided"),
        "grant": _("the funder has granted it"),
        "assignment": _("the funder has assigned the person"),
        "purchase_order": _("the funder has sent a purchase order"),
        "end_report": _("the end report has been sent"),
        "stop_notice": _("a stop notice has been sent"),
    }
    return events[word.kind or ""]


def _plan(word: Word, values: Values) -> str:
    events = {
        "profile_started": _("the career profile is begun"),
        "profile_updated": _("the career profile is updated"),
        "search_plan": _("there is a plan for the job search"),
        "search_plan_reviewed": _("the plan for the job search is reviewed"),
        "benefits_offered": _("benefits counselling is offered"),
        "benefits_declined": _("benefits counselling is declined"),
        "benefits_counselling": _("benefits counselling is given"),
        "disclosure_discussion": _("disclosure is talked about"),
        "disclosure_plan": _("there is a plan for disclosure"),
        "job_support_plan": _("there is a plan for support at the job"),
        "job_end_review": _("the end of a job is reviewed"),
        "step_down_plan": _("there is a plan for stepping down"),
        "handover": _("the case is handed over"),
        "plan_seen_by_treatment_team": _("the treatment team has seen the plan"),
        "document_to_health_record": _("a document is in the health record"),
    }
    return events[word.kind or ""]


def _caseload(word: Word, values: Values) -> str:
    return {
        "referred": _("the person is on the caseload, from the referral on"),
        "accepted": _("the person is on the caseload, from acceptance on"),
        "entered": _("the person is on the caseload, from the first meeting on"),
        "profile": _("the person is on the caseload, from the career profile on"),
    }[word.basis or ""]


def _benefit(word: Word, values: Values) -> str:
    benefits = {"benefits": _list(word.among)}
    return {
        "entry": _("one of these benefits is paid on the day of entry: %(benefits)s"),
        "reached": _("one of these benefits is paid on the day reached: %(benefits)s"),
        "month": _("one of these benefits is paid in the month: %(benefits)s"),
    }[word.at or ""] % benefits


def _since(word: Word, values: Values) -> str:
    return _("%(days)s have passed since the first of these (%(parts)s)") % {
        "days": compared(word, values, pgettext("unit", "days")),
        "parts": _all(word.since, values),
    }


_WORDS: Mapping[str, Callable[[Word, Values], str]] = {
    "accepted": lambda word, values: _("the service has accepted the person"),
    "on_caseload": _caseload,
    "funder_event": _event,
    "plan_event": _plan,
    "appointments": lambda word, values: (
        _("the person came to %(appointments)s, counted from the entry")
        % {"appointments": compared(word, values, pgettext("unit", "appointments"))}
    ),
    "contact_minutes": lambda word, values: _("minutes of contact are worked"),
    "resident_in": lambda word, values: (
        _("the person lives in %(areas)s") % {"areas": _list(word.among)}
    ),
    "diagnosis_group": lambda word, values: (
        _("the diagnosis is in one of these groups: %(groups)s")
        % {"groups": _list(word.among)}
    ),
    "in_treatment": lambda word, values: _("a treatment team treats the person"),
    "at_referral": lambda word, values: (
        _("when referred, the person was: %(states)s") % {"states": _list(word.among)}
    ),
    "benefit": _benefit,
    "statement": lambda word, values: (
        _("there is a statement “%(label)s”")
        % {"label": (word.label or "").replace("_", " ")}
    ),
    "job_start": lambda word, values: _("a competitive job has begun"),
    "in_work": lambda word, values: _("the person is in competitive work"),
    "work_resumed": lambda word, values: _(
        "work is resumed, at the latest on the last day of the trajectory"
    ),
    "earnings": lambda word, values: _("there are earnings of a month"),
    "weekly_hours": lambda word, values: (
        _("the week has %(hours)s")
        % {"hours": compared(word, values, pgettext("unit", "hours"))}
    ),
    "job_problem_open": lambda word, values: _("a problem at the job is open"),
    "days_since": _since,
}
"""What each word of the vocabulary says; a test insists that every word is here."""
