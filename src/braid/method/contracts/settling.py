"""What is due of what was reached: groups, repeats, caps, double funding, hold, money.

All cases of a run together, in the order of their events, never of their entry.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from braid.method.contracts.conditions import Unbound
from braid.method.contracts.doubling import Doubling
from braid.method.contracts.drafts import Draft
from braid.method.contracts.lines import key_of
from braid.method.contracts.money import rounded
from braid.method.contracts.pricing import value_of
from braid.method.contracts.shape import Bindings, Cap, Contract, Open
from braid.method.contracts.shape import Known as Stated
from braid.method.contracts.versions import Versions

ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class Places:
    """What was taken under the caps of a whole contract: places and money, by key."""

    taken: Counter[tuple[str, ...]]
    money: dict[tuple[str, ...], Decimal]

    def fit(self, chosen: Versions) -> bool:
        """Say whether no cap of a whole contract was passed."""
        for contract in chosen.contracts:
            bindings = chosen.bindings_of(contract)
            whole: list[tuple[str, Cap | None]] = [
                (each.id, each.cap) for each in contract.milestones
            ]
            for name, cap in (*whole, ("", contract.cap)):
                if cap is None:
                    continue
                most = _bound(cap.contract, bindings)
                if most is not None and self.taken["contract", name] > int(most):
                    return False
                key = ("milestone", name) if name else ("all",)
                money = _bound(cap.amount, bindings)
                if money is not None and self.money.get(key, ZERO) > money:
                    return False
        return True


def _bound(value: Any, bindings: Bindings | None) -> Decimal | None:
    """Return a number or amount; None where there is none, or it is not bound."""
    if isinstance(value, Open):
        value = bindings.get(value.parameter) if bindings else None
    if isinstance(value, Stated):
        value = value.value
    return None if value is None else Decimal(value)


class Settling:
    """The questions that look beyond one case, asked of all drafts in order.

    `whole`: these are all drafts of a run, and the caps of the whole contract are held.
    Of a part of them the places are counted alone, for `Places.fit`.
    """

    def __init__(
        self,
        contracts: Sequence[Contract],
        as_of: date,
        doubling: Doubling,
        used: Counter[tuple[str, ...]],
        settled: Collection[str],
        whole: bool = True,
    ) -> None:
        self.as_of = as_of
        self._whole = whole
        self._doubling = doubling
        self._used = used
        self._settled = settled
        self._money: dict[tuple[str, ...], Decimal] = defaultdict(Decimal)
        self._paid: dict[tuple[str, str], list[Draft]] = defaultdict(list)
        self._group: dict[tuple[str, str, int], str] = {}
        self._hours: dict[str, int] = defaultdict(int)
        self._limited = any(_has_limits(each) for each in contracts)
        self._all = (
            self._exclusive,
            self._repeat,
            self._caps,
            self._duplicates,
            self._hold,
            self._amount,
        )
        self._asked: dict[tuple[int, str], Sequence[Callable[[Draft], bool]]] = {}

    def settle(self, draft: Draft) -> None:
        """Ask the questions after the evidence, up to the first answered no."""
        if not draft.lives:
            return
        for question in self._questions(draft):
            if not question(draft):
                break
        keeps = self._limited and draft.found.reason not in (
            "superseded",
            "repeat",
            "over_cap",
        )
        if keeps:
            self._take(draft)

    def _questions(self, draft: Draft) -> Sequence[Callable[[Draft], bool]]:
        """Return what is asked: of a brief run only what can be answered no."""
        if not draft.found.brief:
            return self._all
        milestone = draft.found.milestone
        key = draft.found.contract.version, milestone.id
        found = self._asked.get(key)
        if found is None:
            is_limited = {
                self._exclusive: milestone.exclusive_group is not None,
                self._repeat: milestone.repeat is not None,
                self._caps: self._limited,
                self._hold: bool(milestone.hold_if),
            }
            found = [each for each in self._all if is_limited.get(each, True)]
            self._asked[key] = found
        return found

    def places(self) -> Places:
        """Return what was taken of the places and money of the whole contract."""
        taken = {key: n for key, n in self._used.items() if key[0] == "contract"}
        return Places(Counter(taken), dict(self._money))

    def paid(self, subject: str, milestone: str) -> list[Draft]:
        """Return the drafts of a milestone that took a place."""
        return self._paid[subject, milestone]

    def take(self, draft: Draft) -> None:
        """Let a draft that was made elsewhere take its place."""
        self._take(draft)

    def _take(self, draft: Draft) -> None:
        milestone, subject = draft.found.milestone, draft.case.subject
        self._paid[subject, milestone.id].append(draft)
        if milestone.exclusive_group:
            place = subject, milestone.exclusive_group, draft.found.ordinal
            self._group[place] = milestone.id
        for key in _counted_keys(draft):
            self._used[key] += 1
        if draft.amount is not None and not draft.found.reason:
            for key in _money_keys(draft):
                self._money[key] += draft.amount
        if milestone.kind == "units":
            self._hours[subject] += draft.price.units * (milestone.unit_minutes or 1)

    def _exclusive(self, draft: Draft) -> bool:
        group = draft.found.milestone.exclusive_group
        if group is None:
            return draft.found.ask("exclusive_group", True, "no_group")
        taken = self._group.get((draft.case.subject, group, draft.found.ordinal))
        return draft.found.ask(
            "exclusive_group",
            taken is None,
            "group_free" if taken is None else "group_taken",
            "superseded",
            group=group,
            milestone=taken,
        )

    def _repeat(self, draft: Draft) -> bool:
        rule = draft.found.milestone.repeat
        before = self._paid[draft.case.subject, draft.found.milestone.id]
        if rule is None or not before:
            return draft.found.ask("repeat", True, "first")
        told, values = "", {}
        gap = (draft.found.day - before[-1].found.day).days
        if rule.max_count is not None and len(before) >= rule.max_count:
            told, values = "repeat_count", {"most": rule.max_count}
        elif gap < rule.min_gap_days:
            told, values = "repeat_gap", {"days": gap, "least": rule.min_gap_days}
        elif rule.new_employer and _employers([draft]) & _employers(before):
            told = "repeat_employer"
        return draft.found.ask(
            "repeat", not told, told or "repeat_free", "repeat", **values
        )

    def _caps(self, draft: Draft) -> bool:
        found, contract = draft.found, draft.found.contract
        for key, cap, value in _limits(draft):
            try:
                most = int(draft.known.number(value))
            except Unbound as error:
                found.unbound.append(error.parameter)
                continue
            if not self._whole and key[0] == "contract":
                continue
            if self._used[key] >= most:
                return found.ask(
                    "caps", False, "over_cap", "over_cap", of=cap, most=most
                )
        given = contract.authorisation
        if found.milestone.kind == "units" and given and given.hours is not None:
            try:
                most_minutes = draft.known.number(given.hours) * 60
            except Unbound as error:
                found.unbound.append(error.parameter)
            else:
                size = draft.price.units * (found.milestone.unit_minutes or 1)
                if self._hours[draft.case.subject] + size > most_minutes:
                    return found.ask("caps", False, "over_cap", "over_cap", of="hours")
        return found.ask("caps", True, "within_caps")

    def _duplicates(self, draft: Draft) -> bool:
        other = self._doubling.of(draft.case, draft.found)
        if other and key_of(draft) in self._settled:
            other = ""
        told = "funded_elsewhere" if other else "funded_once"
        return draft.found.ask(
            "duplicates", not other, told, "duplicate_funding", contract=other
        )

    def _hold(self, draft: Draft) -> bool:
        return draft.found.ask(
            "hold",
            not draft.held,
            "held" if draft.held else "free",
            "held",
            word=draft.held,
            on=draft.payable_on,
        )

    def _amount(self, draft: Draft) -> bool:
        found, price = draft.found, draft.price
        if not found.milestone.pays or found.milestone.kind == "settlement":
            return found.ask("amount", True, "never_money")
        if not price.has_tier:
            return found.ask("amount", False, "no_tier", "band_undefined")
        currency = found.contract.currency
        if price.amount is not None:
            draft.amount = rounded(price.amount, currency)
        if found.unbound or price.amount is None:
            return found.ask(
                "amount",
                False,
                "amount_unbound",
                "amount_unbound",
                parameters=tuple(found.unbound),
            )
        return self._cut(draft)

    def _cut(self, draft: Draft) -> bool:
        """Pay up to a cap of money: the line that meets it is paid in part."""
        amount, found = draft.amount or ZERO, draft.found
        for key, cap in zip(_money_keys(draft), _money_caps(draft), strict=True):
            if cap is None or cap.amount is None:
                continue
            try:
                most = value_of(draft.known, cap.amount)
            except Unbound as error:
                found.unbound.append(error.parameter)
                return found.ask(
                    "amount",
                    False,
                    "amount_unbound",
                    "amount_unbound",
                    parameters=tuple(found.unbound),
                )
            if not self._whole:
                continue
            left = max(ZERO, most - self._money[key])
            if amount > left:
                draft.cut = True
                amount = rounded(left, found.contract.currency)
        if draft.cut and not amount:
            draft.amount = amount
            return found.ask("amount", False, "over_cap", "over_cap", of="amount")
        draft.amount = amount
        told = "cut_by_cap" if draft.cut else "amount_known"
        return found.ask("amount", True, told)


def _has_limits(contract: Contract) -> bool:
    """Say whether one line can keep another from being paid."""
    return (
        contract.cap is not None
        or contract.reconcile is not None
        or contract.authorisation is not None
        or any(
            each.cap
            or each.repeat
            or each.exclusive_group
            or each.kind == "units"
            or any(tier.max_count is not None for tier in each.tiers)
            for each in contract.milestones
        )
    )


def _limits(draft: Draft) -> Iterable[tuple[tuple[str, ...], str, Any]]:
    """Yield what is counted, what it is called, and how often it may be at most."""
    found, subject = draft.found, draft.case.subject
    own, whole = found.milestone.cap, found.contract.cap
    name = found.milestone.id
    if draft.price.most is not None:
        yield ("tier", name, str(draft.price.tier), subject), "tier", draft.price.most
    if own is not None and own.person is not None:
        yield ("person", name, subject), "person", own.person
    if own is not None and own.contract is not None:
        yield ("contract", name), "contract", own.contract
    if whole is not None and whole.person is not None:
        yield ("person", "", subject), "person_in_all", whole.person
    if whole is not None and whole.contract is not None:
        yield ("contract", ""), "contract_in_all", whole.contract


def _counted_keys(draft: Draft) -> list[tuple[str, ...]]:
    found, subject = draft.found, draft.case.subject
    name = found.milestone.id
    keys: list[tuple[str, ...]] = [("person", name, subject), ("contract", name)]
    if draft.price.tier is not None:
        keys.append(("tier", name, str(draft.price.tier), subject))
    if found.milestone.pays:
        keys += [("person", "", subject), ("contract", "")]
    return keys


def _money_keys(draft: Draft) -> list[tuple[str, ...]]:
    return [("milestone", draft.found.milestone.id), ("all",)]


def _money_caps(draft: Draft) -> list[Cap | None]:
    return [draft.found.milestone.cap, draft.found.contract.cap]


def _employers(drafts: Iterable[Draft]) -> set[str]:
    jobs = {
        row["job_id"]: row["employer_id"]
        for draft in drafts
        for row in draft.case.of("jobs")
    }
    return {
        employer
        for draft in drafts
        for name in draft.found.measured.event.rows
        for employer in [jobs.get(name)]
        if employer
    }
