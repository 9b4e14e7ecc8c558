"""A simulation in words: totals, months, groups, what each number moves, what it rewards.

Whoever is not of the unit is shown no small counts, and no money for fewer than may be
counted.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Context, Decimal
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from braid.facts import leaving
from braid.facts.leaving import Adds, Number
from braid.facts.presenters import NOTHING, number_or_mark, number_text
from braid.funding.contract_words.values import Values
from braid.funding.monitors import words
from braid.funding.simulating.summing import Paid, Sensitivity, Simulated, parity
from braid.web.pictures.lines import Line, Lines, Point
from braid.web.pictures.lines import draw as draw_lines

if TYPE_CHECKING:
    from braid.packs.suppression import Profile


BLUNT = Context(prec=3)


@dataclass(frozen=True, slots=True)
class SumRow:
    """So many outcomes of one kind, and the money for them."""

    name: str
    outcomes: str
    amount: str
    unbound: str


@dataclass(frozen=True, slots=True)
class SumTable:
    """Outcomes and money by month, milestone or group."""

    title: str
    column: str
    rows: tuple[SumRow, ...]


@dataclass(frozen=True, slots=True)
class Fact:
    """A number of a simulation and what it is."""

    value: str
    means: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """One contract over past facts, ready to be shown."""

    name: str
    facts: tuple[Fact, ...]
    tables: tuple[SumTable, ...]
    income: Lines | None
    cash: Lines | None
    cash_rows: tuple[Fact, ...]
    sensitivities: tuple[SumRow, ...]
    rewards: tuple[Fact, ...]
    unbound: str


def money_text(amount: Decimal, currency: str) -> str:
    """Return an amount in its currency, in the reader's language."""
    return Values(currency).money(amount)


def sheet(found: Simulated, group: str, profile: Profile | None) -> Sheet:
    """Return a simulation as a page shows it; without a profile exactly."""
    known = _Known(found, profile)
    tables = [
        known.table(_("By milestone"), _("Milestone"), "milestone", found.by_milestone),
        known.table(_("By month"), _("Month"), "month", found.by_month),
    ]
    if group not in ("", "none"):
        named = words.key_name(group)
        tables.append(known.table(named, named, "group", found.by_group, group=group))
    exact = profile is None
    return Sheet(
        name=f"{found.contract.called} {found.contract.version}",
        facts=tuple(known.facts()),
        tables=tuple(tables),
        income=known.picture(found.by_month) if exact else None,
        cash=_cash_picture(found) if exact else None,
        cash_rows=tuple(_cash_rows(found)) if exact else (),
        sensitivities=tuple(map(_Tried(found).row, found.sensitivities))
        if exact
        else (),
        rewards=tuple(_rewards(found)) if exact else (),
        unbound=_unbound_text(found.total),
    )


class _Known:
    """The counts of a simulation as they may be shown together."""

    def __init__(self, found: Simulated, profile: Profile | None) -> None:
        self.found = found
        self.is_exact = profile is None
        whole, of = ("", "whole"), {"milestone": found.by_milestone}
        of |= {"month": found.by_month, "group": found.by_group}
        counts = {whole: found.total.count}
        counts |= {(k, n): paid.count for k, by in of.items() for n, paid in by.items()}
        people = {("", "subjects"): found.subjects, ("", "without"): found.without}
        sums = [Adds(whole, tuple((k, n) for n in by)) for k, by in of.items() if by]
        rates = [(("", "without"), ("", "subjects"))]
        self.numbers: Mapping[tuple[str, str], Number] = leaving.counts(
            {**counts, **people}, profile, sums=sums, rates=rates
        )

    def row(self, key: str, name: str, label: str, paid: Paid) -> SumRow:
        number = self.numbers[key, name]
        is_small = number.is_hidden
        return SumRow(
            label,
            number_or_mark(number),
            number.mark if is_small else self._money_of(name, paid.amount),
            "" if is_small or not paid.unbound else number_text(paid.unbound, 0),
        )

    def _money_of(self, name: str, amount: Decimal) -> str:
        """Return money; outside, of all alone, and so that no count follows from it."""
        if self.is_exact:
            return self.money(amount)
        return self.money(BLUNT.plus(amount)) if name == "whole" else NOTHING

    def money(self, amount: Decimal) -> str:
        return money_text(amount, self.found.contract.currency)

    def table(
        self,
        title: str,
        column: str,
        key: str,
        by: Mapping[str, Paid],
        group: str = "",
    ) -> SumTable:
        return SumTable(
            title,
            column,
            tuple(
                self.row(
                    key,
                    name,
                    words.value_name(group, name) if group else name or NOTHING,
                    paid,
                )
                for name, paid in by.items()
            ),
        )

    def facts(self) -> Iterable[Fact]:
        total = self.row("", "whole", "", self.found.total)
        yield Fact(total.outcomes, _("outcomes that it would have paid"))
        yield Fact(total.amount, _("due for them"))
        people = self.found.contract.unit == "person"
        under = number_or_mark(self.numbers["", "subjects"])
        without = number_or_mark(self.numbers["", "without"])
        yield Fact(
            under,
            _("people who came under it")
            if people
            else _("episodes that came under it"),
        )
        yield Fact(without, _("of these, with nothing that it would have paid"))
        if self.found.spread and self.is_exact:
            least, lower, middle, upper, most = map(self.money, self.found.spread)
            yield Fact(
                middle,
                _(
                    "the middle of what it would have paid for one of them; from "
                    "%(least)s to %(most)s, half of them from %(lower)s to %(upper)s"
                )
                % {"least": least, "most": most, "lower": lower, "upper": upper},
            )

    def picture(self, by_month: Mapping[str, Paid]) -> Lines | None:
        return _picture(
            {month: paid.amount for month, paid in by_month.items()}, self.found
        )


def _picture(by_month: Mapping[str, Decimal], found: Simulated) -> Lines | None:
    """Return money by month as a line; None where none of it can be drawn."""
    points = tuple(
        Point(month, float(money), money_text(money, found.contract.currency))
        for month, money in by_month.items()
        if month
    )
    if len(points) < 2 or any((point.value or 0) < 0 for point in points):
        return None
    drawn = draw_lines([Line(found.contract.called, points)])
    return None if drawn.is_empty else drawn


def _running(found: Simulated) -> dict[str, Decimal]:
    total, by_month = Decimal(0), {}
    for month, money in found.cash.items():
        total += money
        by_month[month] = total
    return by_month


def _cash_picture(found: Simulated) -> Lines | None:
    return _picture(_running(found), found)


def _cash_rows(found: Simulated) -> Iterable[Fact]:
    for month, money in _running(found).items():
        yield Fact(money_text(money, found.contract.currency), month)


class _Tried:
    """What each number of a contract moves."""

    def __init__(self, found: Simulated) -> None:
        self._currency = found.contract.currency

    def row(self, one: Sensitivity) -> SumRow:
        varied = one.varied
        name = _("%(milestone)s: %(what)s %(after)s instead of %(before)s") % {
            "milestone": varied.milestone,
            "what": WHAT[varied.what](),
            "after": number_text(varied.after, 2),
            "before": number_text(varied.before, 2),
        }
        money = money_text(abs(one.amount), self._currency)
        signed = _signed(one.outcomes, number_text(abs(one.outcomes), 0))
        return SumRow(name, signed, _signed(one.amount, money), "")


def _signed(number: Decimal | int, text: str) -> str:
    return f"+{text}" if number > 0 else f"−{text}" if number < 0 else text


WHAT = {
    "hours": lambda: _("hours of"),
    "money": lambda: _("earnings of"),
    "level": lambda: _("an amount of the year of"),
    "window": lambda: _("lasting"),
    "days": lambda: _("days within which:"),
    "start_hours": lambda: _("hours from which a start counts:"),
}
"""What each number of a contract is called."""


def _rewards(found: Simulated) -> Iterable[Fact]:
    for paid, means in (
        (
            found.rewards.nudged,
            _(
                "outcomes that fail by less than one hour a week. So much would be paid "
                "for hours that are nudged over a threshold"
            ),
        ),
        (
            found.rewards.repeated,
            _(
                "second and later payments of one milestone for the same person or "
                "episode. So much is paid for short jobs that follow one another"
            ),
        ),
    ):
        money = money_text(paid.amount, found.contract.currency)
        yield Fact(f"{number_text(paid.count, 0)} · {money}", means)


def _unbound_text(total: Paid) -> str:
    if not total.unbound:
        return ""
    return _(
        "Some of these outcomes have an amount that is not filled in. They are counted "
        "and have no money here."
    )


def parity_text(found: Sequence[Simulated], *, inside: bool) -> str:
    """Return how the second contract compares with the first, empty for one alone."""
    if len(found) < 2:
        return ""
    held = parity(found[0], found[1])
    profile = leaving.usual(inside=inside)
    shown = leaving.counts(
        {"gain": held.gain, "lose": held.lose, "alike": held.alike}, profile
    )
    if any(number.is_hidden for number in shown.values()):
        return _("Too few gain or lose between the two contracts to be shown here.")
    said = _(
        "For %(gain)s of them the second contract pays more than the first, for %(lose)s "
        "less, for %(alike)s the same."
    ) % {name: number_or_mark(number) for name, number in shown.items()}
    if held.difference is None:
        return said
    money = money_text(abs(held.difference), found[0].contract.currency)
    if held.difference == 0:
        return said + " " + _("In all it pays the same.")
    in_all = (
        _("In all it pays %(money)s more.")
        if held.difference > 0
        else _("In all it pays %(money)s less.")
    )
    return said + " " + in_all % {"money": money}
