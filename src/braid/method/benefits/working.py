"""Work out rules for every number of hours, and say what cannot be worked out.

Order: pay and other incomes, benefits in their order (each may count those before it as
income), taxes, then what is left. All arithmetic is exact; amounts are rounded to cents
when they leave. Weeks become months by 52/12, four weeks by 13/12, years by 1/12.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from typing import Generic

from braid.kernel.errors import InputFault
from braid.method.benefits.amounts import Q, paid, taxed, total
from braid.method.benefits.cliffs import (
    LONGEST_WEEK,
    TENTH,
    cliffs,
    dips,
    exact,
    segments,
)
from braid.method.benefits.curves import ZERO, Curve, Point
from braid.method.benefits.rules import A_MONTH, Benefit, RuleSet
from braid.method.benefits.selection import Selected, select
from braid.method.benefits.values import Cliff, Dip, Inputs, Result, Row, Segment

MOST_ROWS = 200
WEEKS = 53


def evaluate(rules: RuleSet, inputs: Inputs) -> Result:
    """Return what is left of pay for every number of hours asked for.

    Unit: the rules' own (a month or a year). Missing: a benefit or tax whose rule has
    an open value, or whose inputs are not known, is None in every row and so is net.
    Raises: InputFault for a wage, hours or weeks that cannot be.
    """
    check(inputs)
    day = inputs.day or rules.rules_date
    chosen = select(rules, inputs, day)
    work = _Work(rules, inputs, chosen)
    hours = sorted(set(inputs.hours))
    today = work.row("today", inputs.today_hours, today_wage(inputs))
    rows = tuple(compared(work.rows(hours), today))
    falls, stretches, shares = work.curve(Fraction(max(hours)))
    return Result(
        rows=rows,
        cliffs=falls,
        dips=stretches,
        segments=shares,
        unknown=tuple(chosen.unknown.values()),
        not_covered=rules.not_covered,
        duties=rules.duties,
        transitions=tuple(
            each for each in rules.transitions if each.benefit in rows[0].benefits
        ),
        questions=rules.questions,
        rules_date=rules.rules_date,
        pack_id=rules.id,
        pack_version=rules.version,
        engine="pack",
        engine_version="",
        currency=rules.currency,
        unit=rules.unit,
        today=today,
        labels={each.id: each.label for each in chosen.benefits},
        warnings=tuple(_warnings(rules, inputs, chosen)),
    )


_Shape = tuple[tuple[Cliff, ...], tuple[Dip, ...], tuple[Segment, ...]]


@dataclass(frozen=True, slots=True)
class _Left(Generic[Q]):
    """What comes in a month: None for what is not known."""

    gross: Q
    other: Q
    tax: Q | None
    benefits: Mapping[str, Q | None]


@dataclass(frozen=True, slots=True)
class _Work:
    rules: RuleSet
    inputs: Inputs
    chosen: Selected

    def rows(self, hours: Sequence[Decimal]) -> list[Row]:
        return [self.row(row_id(each), each, self.inputs.wage) for each in hours]

    def row(self, name: str, hours: Decimal, wage: Decimal) -> Row:
        """Return one row in the unit of the rules, rounded to cents."""
        gross = Fraction(hours) * _month_of_an_hour(wage, self.inputs)
        left = self._left(Point(gross), Point(Fraction(hours)))
        benefits = {
            benefit: None if amount is None else self._told(amount)
            for benefit, amount in left.benefits.items()
        }
        row = Row(
            id=name,
            hours=hours,
            gross=self._told(left.gross),
            tax=None if left.tax is None else self._told(left.tax),
            benefits=benefits,
            net=None,
            other=self._told(left.other),
        )
        return replace(row, net=net_of(row))

    def curve(self, longest: Fraction) -> _Shape:
        """Return cliffs, dips and segments; none where anything is not known."""
        hours = Curve.straight(Fraction(1))
        gross = Curve.straight(_month_of_an_hour(self.inputs.wage, self.inputs))
        left = self._left(gross, hours)
        known = {name: each for name, each in left.benefits.items() if each is not None}
        if left.tax is None or len(known) < len(left.benefits):
            return (), (), ()
        net = total(known.values(), gross.plus(left.other).minus(left.tax))
        scale = Fraction(self._months)
        net, gross = net.times(scale), gross.times(scale)
        scaled = {name: each.times(scale) for name, each in known.items()}
        return (
            cliffs(net, gross, scaled, longest),
            dips(net, gross, longest),
            segments(net, gross, longest),
        )

    def _left(self, gross: Q, hours: Q) -> _Left[Q]:
        before, without_tax = self._incomes(gross)
        unknown = self.chosen.unknown
        benefits: dict[str, Q] = {}
        for benefit in self.chosen.benefits:
            if benefit.id in unknown:
                continue
            benefits[benefit.id] = paid(
                benefit,
                self.chosen.bases[benefit.id],
                self.chosen.months_left[benefit.id],
                self._counted(benefit, before, without_tax, benefits),
                hours,
                benefits,
            )
        tax = None
        if not any(each.is_tax for each in unknown.values()):
            taxable = (benefits[b.id] for b in self.chosen.benefits if b.taxable)
            tax = self._tax(total(taxable, before))
        columns = (*(b.id for b in self.chosen.benefits), *self._not_in_rules())
        return _Left(
            gross,
            before.minus(gross).plus(without_tax),
            tax,
            {each: benefits.get(each) for each in columns},
        )

    def _incomes(self, gross: Q) -> tuple[Q, Q]:
        """Return all income before tax, and what comes without tax, in a month."""
        found = {"gross": gross, "net": gross.constant(ZERO)}
        for income in self.rules.incomes:
            amount = self.inputs.incomes.get(income.id)
            if amount is not None:
                a_month = Fraction(amount) * A_MONTH[income.period]
                found[income.basis] = found[income.basis].plus(gross.constant(a_month))
        return found["gross"], found["net"]

    def _counted(
        self, benefit: Benefit, before: Q, without_tax: Q, earlier: Mapping[str, Q]
    ) -> Q:
        """Return the income that the withdrawal of a benefit applies to, in a month."""
        income = before
        if benefit.withdrawal.applies_to == "net":
            income = before.minus(self._tax(before)).plus(without_tax)
        after = benefit.withdrawal.after
        return total((earlier[each] for each in after if each in earlier), income)

    def _tax(self, income: Q) -> Q:
        return total(
            (taxed(tax, income) for tax in self.chosen.taxes), income.constant(ZERO)
        )

    def _not_in_rules(self) -> Iterator[str]:
        chosen = {benefit.id for benefit in self.chosen.benefits}
        for name, found in self.chosen.unknown.items():
            if not found.is_tax and name not in chosen:
                yield name

    @property
    def _months(self) -> int:
        return 12 if self.rules.unit == "year" else 1

    def _told(self, amount: Point) -> Decimal:
        return exact(amount.value * self._months)


def row_id(hours: Decimal) -> str:
    """Return the id of the row of some hours a week, as `h7.5`."""
    return f"h{hours.normalize():f}"


def net_of(row: Row) -> Decimal | None:
    """Return gross + other + benefits − tax; None when a part is not known."""
    amounts = list(row.benefits.values())
    if row.tax is None or None in amounts:
        return None
    known = (amount for amount in amounts if amount is not None)
    return row.gross + row.other + sum(known, Decimal(0)) - row.tax


def compared(rows: Sequence[Row], today: Row) -> Iterator[Row]:
    """Yield each row with its change from today and what is kept since the one above."""
    above: Row | None = None
    for row in rows:
        change, marginal = None, None
        if row.net is not None and today.net is not None:
            change = row.net - today.net
        if above and row.net is not None and above.net is not None:
            earned = Fraction(row.gross - above.gross)
            if earned:
                lost = 1 - Fraction(row.net - above.net) / earned
                marginal = exact(lost * 100, TENTH)
        yield replace(
            row,
            change=change,
            marginal=marginal,
            kept=None if marginal is None else 100 - marginal,
        )
        above = row


def _warnings(rules: RuleSet, inputs: Inputs, chosen: Selected) -> Iterator[str]:
    counted = {benefit.id for benefit in chosen.benefits}
    if rules.status == "draft":
        yield "draft"
    if rules.is_expired(inputs.day or rules.rules_date):
        yield "expired"
    for known in inputs.benefits:
        if known.benefit in chosen.unknown and known.benefit not in counted:
            yield f"not_in_pack:{known.benefit}"
        elif known.benefit not in counted:
            yield f"not_for_household:{known.benefit}"
        elif not known.verified:
            yield f"assumed:{known.benefit}"
    for income in rules.incomes:
        if income.id not in inputs.incomes:
            yield f"not_given:{income.id}"
    for name in inputs.incomes:
        if name not in {income.id for income in rules.incomes}:
            yield f"not_counted:{name}"
    if inputs.weeks_per_year < 52:
        for benefit in chosen.benefits:
            if benefit.withdrawal.averaging in {"month", "quarter"}:
                yield f"averaging:{benefit.id}"


def _month_of_an_hour(wage: Decimal, inputs: Inputs) -> Fraction:
    """Return what one hour a week earns in a month, before tax."""
    return Fraction(wage) * Fraction(inputs.weeks_per_year) / 12


def today_wage(inputs: Inputs) -> Decimal:
    """Return the wage of the present job; the offered one when it is not said."""
    return inputs.wage if inputs.today_wage is None else inputs.today_wage


def check(inputs: Inputs) -> None:
    """Raise InputFault, naming the field, for a wage, hours or weeks that cannot be."""
    for name, amount in (("wage", inputs.wage), ("today_wage", today_wage(inputs))):
        if not amount.is_finite() or amount < 0:
            raise InputFault(
                "The pay for an hour is not an amount. Give it as a number, 0 or more.",
                field=name,
                reason="wage_wrong",
            )
    if not inputs.hours or len(inputs.hours) > MOST_ROWS:
        raise InputFault(
            f"Hours a week are missing, or are too many to compare. Give 1 to {MOST_ROWS}.",
            field="hours",
            reason="hours_missing",
        )
    for name, hours in (
        *(("hours", each) for each in inputs.hours),
        ("today_hours", inputs.today_hours),
    ):
        if not hours.is_finite() or not 0 <= hours <= LONGEST_WEEK:
            raise InputFault(
                f"A week has from 0 to {LONGEST_WEEK} hours of work. Correct the hours.",
                field=name,
                reason="hours_wrong",
            )
    if not 0 < inputs.weeks_per_year <= WEEKS:
        raise InputFault(
            f"A year has at most {WEEKS} weeks of work. Correct the number of weeks.",
            field="weeks_per_year",
            reason="weeks_wrong",
        )
