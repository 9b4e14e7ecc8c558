"""What a contract would have paid for past facts, and what it would reward.

Imports no Django. Nothing here says what anybody will do: people act otherwise under
other rules.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from braid.funding.simulating.varying import Varied, varied
from braid.method.contracts.case import Case
from braid.method.contracts.running import run
from braid.method.contracts.shape import Bindings, Contract
from braid.method.contracts.values import Line, Preview, Result

NOT_UNDER = frozenset({"not_covered", "before_entry"})
"""Reasons of somebody who never came under the contract."""
QUARTERS = (0, 25, 50, 75, 100)


@dataclass(frozen=True, slots=True)
class Paid:
    """So many outcomes, what is due for them, and how many have no amount yet."""

    count: int = 0
    amount: Decimal = Decimal(0)
    unbound: int = 0


@dataclass(frozen=True, slots=True)
class Sensitivity:
    """What one number of the contract, one lower or higher, would have changed."""

    varied: Varied
    outcomes: int
    amount: Decimal


@dataclass(frozen=True, slots=True)
class Rewards:
    """What the contract would reward beside what it asks for.

    nudged: outcomes that fail by less than one hour a week, and their money. repeated:
    second and later payments of one milestone to one person or episode.
    """

    nudged: Paid
    repeated: Paid


@dataclass(frozen=True, slots=True)
class Simulated:
    """One contract over past facts.

    `subjects` are the people, or episodes, that came under it; `without` those of them
    with no payable event. `by_month` by the day reached, `cash` by the day on which money
    could come at the latest: after the funder's days to decide. `spread` is the least,
    the quartiles and the most for one of them. Amounts are in `currency`.
    """

    contract: Contract
    as_of: date
    subjects: int
    without: int
    total: Paid
    by_month: Mapping[str, Paid]
    by_milestone: Mapping[str, Paid]
    by_group: Mapping[str, Paid]
    cash: Mapping[str, Decimal]
    spread: tuple[Decimal, ...]
    by_subject: Mapping[str, Decimal]
    sensitivities: tuple[Sensitivity, ...] = ()
    rewards: Rewards = Rewards(Paid(), Paid())


@dataclass(frozen=True, slots=True)
class Parity:
    """How two contracts compare for the same people: how many gain, lose, stay alike.

    `difference` is the second less the first; None where the currencies differ.
    """

    gain: int
    lose: int
    alike: int
    difference: Decimal | None


def simulate(
    contract: Contract,
    cases: Sequence[Case],
    as_of: date,
    *,
    bindings: Bindings | None = None,
    group_of: Callable[[str], str] = lambda _episode: "",
    sensitivity: bool = True,
) -> Simulated:
    """Run a contract over cases as they were known on a day.

    `group_of` returns the group of an episode. `sensitivity`: run it again with each of
    its numbers one lower and one higher.
    """
    result = run(contract, cases, as_of, bindings=bindings)
    found = _summed(contract, result, as_of, group_of)
    if not sensitivity:
        return found
    tried = []
    for other in varied(contract, bindings):
        again = run(other.contract, cases, as_of, bindings=bindings)
        paid = _paid(_payable(again.lines))
        tried.append(
            Sensitivity(
                other, paid.count - found.total.count, paid.amount - found.total.amount
            )
        )
    return Simulated(
        **{name: getattr(found, name) for name in _OWN},
        sensitivities=tuple(tried),
        rewards=Rewards(_nudged(tried), _repeated(result.lines)),
    )


_OWN = (
    *("contract", "as_of", "subjects", "without", "total", "by_month"),
    *("by_milestone", "by_group", "cash", "spread", "by_subject"),
)


def parity(first: Simulated, second: Simulated) -> Parity:
    """Hold two contracts against each other, for the people of either of them."""
    changes: Counter[str] = Counter()
    for subject in {*first.by_subject, *second.by_subject}:
        one = first.by_subject.get(subject, Decimal(0))
        other = second.by_subject.get(subject, Decimal(0))
        changes["gain" if other > one else "lose" if other < one else "alike"] += 1
    is_same = first.contract.currency == second.contract.currency
    difference = second.total.amount - first.total.amount
    return Parity(
        changes["gain"],
        changes["lose"],
        changes["alike"],
        difference if is_same else None,
    )


def _summed(
    contract: Contract,
    result: Result,
    as_of: date,
    group_of: Callable[[str], str],
) -> Simulated:
    payable = _payable(result.lines)
    subjects = _under(contract, result)
    by_subject = dict.fromkeys(sorted(subjects), Decimal(0))
    for line in payable:
        subject = _subject(contract, line)
        by_subject[subject] = by_subject.get(subject, Decimal(0)) + _money(line)
    with_event = {_subject(contract, line) for line in payable if _is_outcome(line)}
    return Simulated(
        contract=contract,
        as_of=as_of,
        subjects=len(by_subject),
        without=len(set(by_subject) - with_event),
        total=_paid(payable),
        by_month=_by(payable, lambda line: _month(line.reached_on)),
        by_milestone=_by(payable, lambda line: line.milestone),
        by_group=_by(payable, lambda line: group_of(line.episode)),
        cash=_cash(contract, payable),
        spread=_spread(sorted(by_subject.values())),
        by_subject=by_subject,
    )


def _under(contract: Contract, result: Result) -> set[str]:
    """Return those who came under the contract: not kept out, and entered."""
    both: Iterable[Line | Preview] = (*result.lines, *result.previews)
    looked_at = [(_subject(contract, one), one.reasons) for one in both]
    return {subject for subject, reasons in looked_at if NOT_UNDER.isdisjoint(reasons)}


def _payable(lines: Iterable[Line]) -> list[Line]:
    """Return lines with money to claim or give back, and those that wait for an amount."""
    return [
        line
        for line in lines
        if line.is_due or (line.pays and line.reasons == ("amount_unbound",))
    ]


def _is_outcome(line: Line) -> bool:
    return line.kind == "milestone" and line.counts


def _paid(lines: Iterable[Line]) -> Paid:
    found = list(lines)
    return Paid(
        sum(_is_outcome(line) for line in found),
        sum(map(_money, found), Decimal(0)),
        sum(line.amount is None for line in found),
    )


def _money(line: Line) -> Decimal:
    return line.amount or Decimal(0)


def _by(lines: Iterable[Line], key: Callable[[Line], str]) -> dict[str, Paid]:
    found: dict[str, list[Line]] = defaultdict(list)
    for line in lines:
        found[key(line)].append(line)
    return {name: _paid(found[name]) for name in sorted(found)}


def _cash(contract: Contract, lines: Iterable[Line]) -> dict[str, Decimal]:
    """Return the money of each month, on the last day by which it is decided."""
    found: dict[str, Decimal] = defaultdict(Decimal)
    wait = timedelta(contract.decision_days or 0)
    for line in lines:
        day = line.payable_on or line.reached_on
        if day is not None:
            found[_month(day + wait)] += _money(line)
    return {month: found[month] for month in sorted(found)}


def _spread(amounts: Sequence[Decimal]) -> tuple[Decimal, ...]:
    """Return the least, the quartiles and the most; each is one that somebody has."""
    if not amounts:
        return ()
    last = len(amounts) - 1
    return tuple(amounts[(last * share + 50) // 100] for share in QUARTERS)


def _nudged(tried: Iterable[Sensitivity]) -> Paid:
    """Return what one hour less would add: those who stand just under a threshold."""
    near = [one for one in tried if one.varied.what == "hours" and one.varied.is_lower]
    gained = [one for one in near if one.outcomes > 0]
    return Paid(
        sum(one.outcomes for one in gained), sum((o.amount for o in gained), Decimal(0))
    )


def _repeated(lines: Iterable[Line]) -> Paid:
    return _paid(
        line for line in _payable(lines) if _is_outcome(line) and line.ordinal > 1
    )


def _subject(contract: Contract, one: Line | Preview) -> str:
    return one.person if contract.unit == "person" else one.episode


def _month(day: date | None) -> str:
    return "" if day is None else f"{day:%Y-%m}"
