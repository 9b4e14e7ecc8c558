"""Figures in words: the value, what was divided by what, which days, what was left out.

Nothing heavy is imported here: a figure comes in as it was measured.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from babel.numbers import format_decimal
from django.utils.translation import get_language, ngettext, to_locale
from django.utils.translation import gettext as _

from braid.facts.leaving_figures import Number as LeftNumber
from braid.facts.leaving_figures import Shown, exact
from braid.kernel.dates import quarter_period
from braid.packs.jurisdictions import in_language
from braid.web.days import day_text

if TYPE_CHECKING:
    from braid.method.measures import Asked
    from braid.packs.measures import Measure
    from braid.packs.measures.figures import Figure

Number = Fraction | float | int
NOTHING = "–"
OF_SO_MANY = (100, 1000)


@dataclass(frozen=True, slots=True)
class Part:
    """One number of a figure and what it is."""

    value: str
    means: str


@dataclass(frozen=True, slots=True)
class FigureLine:
    """A figure with all that must be said beside it.

    `made_of` says what was divided by what, `others` what else was counted with it.
    """

    measure: str
    label: str
    value: str
    means: str
    made_of: str
    definition: str
    period: str
    rules: str
    left_out: tuple[str, ...]
    others: tuple[Part, ...]

    @property
    def source(self) -> str:
        """Return the line beneath a figure: what it is made of, and of which days."""
        return " · ".join(part for part in (self.made_of, self.period) if part)


def figure_line(measure: Measure, figure: Figure | Shown) -> FigureLine:
    """Return a figure as a page shows it, in the reader's language.

    A figure is shown exactly, to who belongs inside its unit.
    """
    shown = figure if isinstance(figure, Shown) else exact(figure)
    first, *others = _parts(measure, shown)
    return FigureLine(
        measure=measure.id,
        label=_said(measure.label),
        value=first.value,
        means=first.means,
        made_of=_made_of(measure, shown.figure),
        definition=_said(measure.about),
        period=period_text(shown.figure.period),
        rules=rules_text(measure),
        left_out=tuple(left_out_texts(shown.figure.left_out)),
        others=tuple(others),
    )


def _parts(measure: Measure, shown: Shown) -> Iterator[Part]:
    """Yield ratios, then statistics, then amounts; the first is the figure's value."""
    for key, ratio in measure.ratios.items():
        value = shown.ratios[key].value
        yield Part(number_or_mark(value, ratio.form), _said(ratio.means))
    for key, statistic in measure.statistics.items():
        value = shown.statistics[key]
        yield Part(number_or_mark(value, statistic.form), _said(statistic.means))
    for name, means in measure.amounts.items():
        yield Part(number_or_mark(shown.amounts[name]), _said(means))


def number_or_mark(number: LeftNumber, form: str = "") -> str:
    """Return a number as its form is written, or the mark that stands for it."""
    if number.is_hidden:
        return number.mark
    if form or number.value is None:
        return value_text(number.value, form)
    return number_text(number.value, 2)


def _made_of(measure: Measure, figure: Figure) -> str:
    if figure.numerator is None or figure.denominator is None:
        return ""
    if figure.left_out.get(figure.reason):
        return next(left_out_texts({figure.reason: figure.left_out[figure.reason]}))
    if not figure.denominator:
        return _("nothing to count in this period")
    ratio = next(iter(measure.ratios.values()))
    if ratio.per in OF_SO_MANY:  # 2 of 106 people, said as 1.9 per 100
        whole = figure.denominator * ratio.per
        return quotient_text(figure.numerator, whole, "share")
    return quotient_text(figure.numerator, figure.denominator, ratio.form)


def quotient_text(part: Number, whole: Number, form: str) -> str:
    """Return what is divided by what: 44 of 106 for a share, 99 ÷ 5.2 for the rest."""
    said = _("%(part)s of %(whole)s") if form == "share" else "%(part)s ÷ %(whole)s"
    return said % {"part": number_text(part, 2), "whole": number_text(whole, 2)}


def _said(names: Mapping[str, str]) -> str:
    return in_language(names, get_language() or "en")


def value_text(value: Number | None, form: str) -> str:
    """Return a value as its form is written: 46 %, 14.8, 170 days; a dash for none."""
    if value is None:
        return NOTHING
    if form == "share":
        return _("%(number)s %%") % {"number": number_text(100 * Fraction(value), 0)}
    if form == "days":
        days = _rounded(value, 0)
        text = ngettext("%(days)s day", "%(days)s days", int(days))
        return text % {"days": number_text(days, 0)}
    return number_text(value, 1)


def number_text(value: Number | Decimal, places: int) -> str:
    """Return a number with at most so many decimals, half up."""
    return format_decimal(_rounded(value, places), locale=_locale())


def _rounded(value: Number | Decimal, places: int) -> Decimal:
    exact = Fraction(value)
    decimal = Decimal(exact.numerator) / Decimal(exact.denominator)
    return decimal.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)


def _locale() -> str:
    return to_locale(get_language() or "en")


def period_text(asked: Asked) -> str:
    """Return the days of a period in words, both ends inside."""
    if asked.first_day == asked.last_day:
        return _("on %(day)s") % {"day": day_text(asked.last_day)}
    return _("%(first)s to %(last)s") % {
        "first": day_text(asked.first_day),
        "last": day_text(asked.last_day),
    }


def quarter_text(asked: Asked) -> str:
    """Return the id of a quarter, and that it is not over where it is not."""
    if asked.last_day == quarter_period(asked.period).last_day:
        return asked.period
    return _("%(quarter)s so far") % {"quarter": asked.period}


def as_of_text(day: date) -> str:
    """Return until when the facts know anything."""
    return _("as of %(day)s") % {"day": day_text(day)}


def rules_text(measure: Measure) -> str:
    """Return from which day people count, and how kinds of job are taken."""
    said = (BASIS.get(measure.basis or ""), PROFILE.get(measure.profile or ""))
    return " ".join(text() for text in said if text is not None)


def left_out_texts(left_out: Mapping[str, int]) -> Iterator[str]:
    """Yield a sentence for each reason for which rows were left out."""
    for reason, number in left_out.items():
        yield LEFT_OUT[reason](number) % {"n": number_text(number, 0)}


BASIS: Mapping[str, Callable[[], str]] = {
    "referred": lambda: _("On the caseload from the referral."),
    "accepted": lambda: _("On the caseload from the day of acceptance."),
    "entered": lambda: _("On the caseload from the first meaningful contact."),
    "profile": lambda: _("On the caseload from the career profile."),
}
PROFILE: Mapping[str, Callable[[], str]] = {
    "strict": lambda: _("A job counts when all its tests hold."),
    "as_coded": lambda: _("The kind of job is taken as the service has coded it."),
}
LEFT_OUT: Mapping[str, Callable[[int], str]] = {
    "paused": lambda n: ngettext("%(n)s paused episode", "%(n)s paused episodes", n),
    "stepped_down": lambda n: ngettext(
        "%(n)s stepped-down episode", "%(n)s stepped-down episodes", n
    ),
    "fte_unknown": lambda n: ngettext(
        "%(n)s post without a share of full time",
        "%(n)s posts without a share of full time",
        n,
    ),
    "minutes_unknown": lambda n: ngettext(
        "%(n)s contact without minutes", "%(n)s contacts without minutes", n
    ),
    "attendance_unknown": lambda n: ngettext(
        "%(n)s contact that may not have been kept",
        "%(n)s contacts that may not have been kept",
        n,
    ),
    "specialist_unknown": lambda n: ngettext(
        "%(n)s contact without a specialist", "%(n)s contacts without a specialist", n
    ),
    "mode_unknown": lambda n: ngettext(
        "%(n)s employer contact that may not have been face to face",
        "%(n)s employer contacts that may not have been face to face",
        n,
    ),
    "first_meeting_missing": lambda n: ngettext(
        "%(n)s person taken on without a first meaningful contact",
        "%(n)s people taken on without a first meaningful contact",
        n,
    ),
    "volunteering": lambda n: ngettext(
        "%(n)s spell of volunteering", "%(n)s spells of volunteering", n
    ),
    "meeting_attendance_unknown": lambda n: ngettext(
        "%(n)s week with a meeting of which nobody knows who was there",
        "%(n)s weeks with a meeting of which nobody knows who was there",
        n,
    ),
    "meeting_mode_unknown": lambda n: ngettext(
        "%(n)s meeting that may not have been in person",
        "%(n)s meetings that may not have been in person",
        n,
    ),
    "no_team": lambda n: ngettext(
        "%(n)s without a known treatment team",
        "%(n)s without a known treatment team",
        n,
    ),
    "no_due_day": lambda n: ngettext(
        "%(n)s decision without a day by which",
        "%(n)s decisions without a day by which",
        n,
    ),
    "question_too_young": lambda n: ngettext(
        "%(n)s open question asked less than 7 days ago",
        "%(n)s open questions asked less than 7 days ago",
        n,
    ),
    "plan_too_young": lambda n: ngettext(
        "%(n)s plan agreed less than 14 days ago",
        "%(n)s plans agreed less than 14 days ago",
        n,
    ),
    "initiator_unknown": lambda n: ngettext(
        "%(n)s contact of which nobody knows who took it",
        "%(n)s contacts of which nobody knows who took them",
        n,
    ),
    "office_unknown": lambda n: ngettext(
        "%(n)s time at the office of a team that is not known",
        "%(n)s times at the office of a team that is not known",
        n,
    ),
    "source_unknown": lambda n: ngettext(
        "%(n)s referral of which nobody knows who made it",
        "%(n)s referrals of which nobody knows who made them",
        n,
    ),
    "exit_reason_unknown": lambda n: ngettext(
        "%(n)s ended episode without a reason",
        "%(n)s ended episodes without a reason",
        n,
    ),
    "placement_unknown": lambda n: ngettext(
        "%(n)s job of a kind not known", "%(n)s jobs of a kind not known", n
    ),
    "tests_open": lambda n: ngettext(
        "%(n)s job with an open test", "%(n)s jobs with an open test", n
    ),
    "outside_caseload": lambda n: ngettext(
        "%(n)s job begun outside the time on the caseload",
        "%(n)s jobs begun outside the time on the caseload",
        n,
    ),
    "at_referral_unknown": lambda n: ngettext(
        "%(n)s person who may have been in work at referral",
        "%(n)s people who may have been in work at referral",
        n,
    ),
    "in_education": lambda n: ngettext(
        "%(n)s person in education at referral",
        "%(n)s people in education at referral",
        n,
    ),
    "too_short": lambda n: ngettext(
        "%(n)s job under a week whose paid hours are not known",
        "%(n)s jobs under a week whose paid hours are not known",
        n,
    ),
    "died": lambda n: ngettext(
        "%(n)s start of a person who died before it could be judged",
        "%(n)s starts of people who died before they could be judged",
        n,
    ),
    "supervisor_fte_unknown": lambda n: ngettext(
        "%(n)s supervisor without a share of full time",
        "%(n)s supervisors without a share of full time",
        n,
    ),
    "too_early": lambda n: ngettext(
        "%(n)s of which the time is not over", "%(n)s of which the time is not over", n
    ),
    "fit_unknown": lambda n: ngettext(
        "%(n)s employer contact that may not fit the plan",
        "%(n)s employer contacts that may not fit the plan",
        n,
    ),
    "person_unknown": lambda n: ngettext(
        "%(n)s employer contact that may have been for nobody in particular",
        "%(n)s employer contacts that may have been for nobody in particular",
        n,
    ),
    "kind_unknown": lambda n: ngettext(
        "%(n)s job without a known occupation or employer",
        "%(n)s jobs without a known occupation or employer",
        n,
    ),
    "undetermined": lambda n: ngettext(
        "%(n)s job that may not be competitive",
        "%(n)s jobs that may not be competitive",
        n,
    ),
    "hours_unknown": lambda n: ngettext(
        "%(n)s start whose hours are not known",
        "%(n)s starts whose hours are not known",
        n,
    ),
    "employer_unknown": lambda n: ngettext(
        "%(n)s start whose employer is not known",
        "%(n)s starts whose employer is not known",
        n,
    ),
    "known_day_unknown": lambda n: ngettext(
        "%(n)s end of which is not known when it became known",
        "%(n)s ends of which is not known when they became known",
        n,
    ),
    "place_unknown": lambda n: ngettext(
        "%(n)s time entry without a place", "%(n)s time entries without a place", n
    ),
}
"""What is said of each reason of the words; a test holds the list complete."""
