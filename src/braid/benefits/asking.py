"""A question about pay: what is known beforehand, and what of it is asked of the rules."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from braid.benefits import rules, working_out
from braid.benefits.choices import Member, Verified
from braid.benefits.models import Benefit
from braid.benefits.presenters.page import benefit_line
from braid.benefits.presenters.words import labels
from braid.kernel.errors import InputFault
from braid.method.benefits import Household, Inputs, Known
from braid.work.queries.agreed_terms import AgreedTerms

PARTNER = {"yes": True, "no": False, "": None}


def counted(benefits: Iterable[Benefit], day: date) -> list[Benefit]:
    """Return the benefits that rules can count with on `day`: named by them, in force."""
    return [
        row
        for row in benefits
        if row.benefit
        and row.member == Member.APPLICANT
        and (row.first_day is None or row.first_day <= day)
        and (row.last_day is None or row.last_day >= day)
    ]


def benefit_choices(rows: Iterable[Benefit]) -> list[tuple[str, str]]:
    """Return the benefits as a form lists them: name, amount, verified or assumed."""
    lines = [benefit_line(row, labels()) for row in rows]
    return [
        (
            str(line.row.pk),
            " · ".join(
                part for part in (line.name, line.amount, str(line.pill)) if part
            ),
        )
        for line in lines
    ]


def initial(
    terms: Sequence[AgreedTerms], benefits: Iterable[Benefit], today: date
) -> dict[str, Any]:
    """Return what the form shows at first: the job to come, else the one of today."""
    to_come = [one for one in terms if one.first_day > today]
    running = [one for one in terms if one.first_day <= today]
    found: dict[str, Any] = {"benefits": [str(row.pk) for row in benefits]}
    for one in running[-1:]:
        found |= {"today_hours": one.weekly_hours, "today_pay": _an_hour(one)}
    for one in (to_come or running)[-1:]:
        found |= {
            "question": _("What happens to my income with %(job)s?")
            % {"job": one.label or _("this job")},
            "pay": one.pay,
            "pay_unit": one.pay_unit or "hour",
            "hours_offered": one.weekly_hours,
            "start_on": one.first_day if one in to_come else None,
        }
    return found


def _an_hour(one: AgreedTerms) -> Decimal | None:
    if one.pay is None or one.weekly_hours is None:
        return None
    return rules.hourly(one.pay, one.pay_unit, one.weekly_hours)


def kept(
    given: Mapping[str, Any], benefits: Iterable[Benefit], day: date
) -> working_out.Stored:
    """Return what a form gave as it is kept. Raises: InputFault."""
    wage = rules.hourly(given["pay"], given["pay_unit"], given["hours_offered"])
    if wage is None:
        raise InputFault(
            _("Pay for a week, month or year needs the hours it is for."),
            field="hours_offered",
        )
    using = working_out.rules_named(given["rules"])
    _enough(using, given)
    chosen = set(given.get("benefits") or ())
    asked = Inputs(
        wage=wage,
        hours=rules.hours_compared(given["hours_offered"]),
        weeks_per_year=Decimal(given["weeks_per_year"]),
        today_hours=given["today_hours"] or Decimal(0),
        today_wage=given["today_pay"],
        start_on=given["start_on"],
        day=max(day, using.rules_date or day),
        household=Household(
            age=given["age"],
            partner=PARTNER[given["partner"]],
            children=given["children"],
            rent=given["rent"],
            region=given.get("region") or "",
            flags=tuple(f for f in given.get("flags") or () if f in using.asks),
        ),
        benefits=tuple(_known(row) for row in benefits if str(row.pk) in chosen),
    )
    return working_out.store(
        asked,
        using=using,
        hours_offered=given["hours_offered"],
        household_verified=given["household_verified"],
    )


def _enough(using: working_out.Rules, given: Mapping[str, Any]) -> None:
    """Raise InputFault where an engine would have to make something up."""
    if using.engine == working_out.PACK:
        return
    if given["age"] is None:
        raise InputFault(_("These rules need the age. Give it in years."), field="age")
    if using.needs_region and not given.get("region"):
        raise InputFault(
            _("These rules differ by state. Give its two letters."), field="region"
        )


def _known(row: Benefit) -> Known:
    return Known(
        row.benefit,
        row.amount,
        row.period or "month",  # type: ignore[arg-type]  # the same closed list
        verified=row.verified != Verified.TOLD,
    )
