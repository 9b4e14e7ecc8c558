"""A search plan in words: its lines, its steps, and where it stands."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from braid.packs import occupations
from braid.people.choices import AgreedHow, Owner
from braid.people.queries import PlanView, StepView, Target
from braid.web.presenters import State


@dataclass(frozen=True, slots=True)
class PlanWords:
    """A plan with its lines (label, words) and, where it is agreed, how."""

    plan: PlanView
    lines: list[tuple[str, str]]
    agreed_how: str = ""


@dataclass(frozen=True, slots=True)
class StepLine:
    """A step with its owner in words, and how urgent it is."""

    step: StepView
    owner: str
    pill: str = ""
    state: State = State.INFO


@dataclass(frozen=True, slots=True)
class Steps:
    """Open steps by their day, and those that are done."""

    open: list[StepLine] = field(default_factory=list)
    done: list[StepLine] = field(default_factory=list)


def target_words(found: Iterable[Target]) -> str:
    """Return occupations or industries in words, in the language in force."""
    language = get_language() or "en"
    return ", ".join(
        _of_list(one, language) if one.code else one.words for one in found
    )


def _of_list(one: Target, language: str) -> str:
    scheme: occupations.Scheme = (
        "occupation" if one.kind == "occupation" else "industry"
    )
    return occupations.label(scheme, one.code, language)


def plan_words(plan: PlanView) -> PlanWords:
    """Return a plan as it is read; what was not said has no line."""
    lines = [
        (_("Work"), target_words(plan.occupations)),
        (_("Kinds of places"), target_words(plan.industries)),
        (_("Hours a week"), hours_words(plan.hours_from, plan.hours_to)),
        (_("When"), plan.times),
        (_("On the way"), _travel(plan)),
        (_("What the place should be like"), plan.surroundings),
        (_("To avoid"), plan.avoid),
    ]
    how = str(AgreedHow(plan.agreed_how).label) if plan.agreed_how else ""
    return PlanWords(plan, [line for line in lines if line[1]], how)


def hours_words(least: Decimal | None, most: Decimal | None) -> str:
    """Return a range of hours as people say it."""
    if least is not None and most is not None:
        if least == most:
            return _plain(least)
        return _("%(least)s to %(most)s") % {
            "least": _plain(least),
            "most": _plain(most),
        }
    if least is not None:
        return _("at least %(hours)s") % {"hours": _plain(least)}
    if most is not None:
        return _("at most %(hours)s") % {"hours": _plain(most)}
    return ""


def _plain(hours: Decimal) -> str:
    return f"{hours.normalize():f}"


def _travel(plan: PlanView) -> str:
    minutes = ""
    if plan.travel_minutes is not None:
        minutes = ngettext(
            "at most %(n)d minute", "at most %(n)d minutes", plan.travel_minutes
        ) % {"n": plan.travel_minutes}
    return ", ".join(part for part in (minutes, plan.travel) if part)


def step_lines(found: Iterable[StepView], today: date) -> Steps:
    """Return the steps, open ones first, each with what its day says."""
    lines = Steps()
    for step in found:
        owner = str(Owner(step.owner).label)
        if step.done_on is not None:
            lines.done.append(StepLine(step, owner))
        elif step.due_on is not None and step.due_on < today:
            lines.open.append(StepLine(step, owner, _("late"), State.OVERDUE))
        elif step.due_on == today:
            lines.open.append(StepLine(step, owner, _("today"), State.DUE))
        else:
            lines.open.append(StepLine(step, owner))
    return lines


def is_due_for_review(plan: PlanView, today: date) -> bool:
    """Say whether the plan should have been looked at again by today."""
    return plan.review_on is not None and plan.review_on <= today
