"""What is due of what was reached: groups, repeats, caps, double funding, hold, money.

All cases of a run together, in the order of their events, never of their entry.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import Any

from braid.method.contracts.case import Case
from braid.method.contracts.conditions import Known, Unbound
from braid.method.contracts.doubling import Doubling
from braid.method.contracts.money import net_and_vat, nothing, rounded, split
from braid.method.contracts.pricing import Price, held_on, payer_on, priced, value_of
from braid.method.contracts.reaching import Reaching, Try
from braid.method.contracts.shape import Cap, Contract, Milestone, Open
from braid.method.contracts.values import Line, Step

ZERO = Decimal(0)


@dataclass(slots=True)
class Draft:
    """A try on its way to a line."""

    case: Case
    known: Known
    found: Try
    place: int
    price: Price = field(default_factory=Price)
    payer: str = ""
    held: str = ""
    payable_on: date | None = None
    amount: Decimal | None = None
    kind: str = "milestone"
    cut: bool = False

    @property
    def rank(self) -> tuple[date, str, str, int, int]:
        """By the day of the event, then the id of its row; never by when it was typed."""
        event = self.found.measured.event
        return (
            self.found.day,
            event.row,
            event.episode,
            self.place,
            self.found.ordinal,
        )

    @property
    def lives(self) -> bool:
        return self.found.reached_on is not None and not self.found.reason

    @property
    def group(self) -> str:
        return self.found.milestone.exclusive_group or self.found.milestone.id


def drafted(reaching: Reaching, place: int, found: Try) -> Draft:
    """Return a try with what one case knows of its price, payer and hold."""
    known = reaching.known(found.contract)
    draft = Draft(reaching.case, known, found, place, payable_on=found.reached_on)
    if found.reached_on is None:
        return draft
    if not found.milestone.pays:
        return draft
    try:
        draft.payer = payer_on(known, found.contract, found.reached_on)
        draft.held, draft.payable_on = held_on(known, found, reaching.as_of)
    except Unbound as error:
        found.unbound.append(error.parameter)
    draft.price = priced(known, found)
    found.unbound.extend(draft.price.unbound)
    return draft


class Settling:
    """The questions that look beyond one case, asked of all drafts in order."""

    def __init__(
        self,
        as_of: date,
        doubling: Doubling,
        used: Counter[tuple[str, ...]],
        settled: Collection[str],
    ) -> None:
        self.as_of = as_of
        self._doubling = doubling
        self._used = used
        self._settled = settled
        self._money: dict[tuple[str, ...], Decimal] = defaultdict(Decimal)
        self._paid: dict[tuple[str, str], list[Draft]] = defaultdict(list)
        self._group: dict[tuple[str, str, int], str] = {}
        self._hours: dict[str, int] = defaultdict(int)

    def settle(self, draft: Draft) -> None:
        """Ask the questions after the evidence, up to the first answered no."""
        if not draft.lives:
            return
        for question in (
            self._exclusive,
            self._repeat,
            self._caps,
            self._duplicates,
            self._hold,
            self._amount,
        ):
            if not question(draft):
                break
        if draft.found.reason not in ("superseded", "repeat", "over_cap"):
            self._take(draft)

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


def key_of(draft: Draft) -> str:
    """Return the event key: contract, person or episode, milestone, ordinal."""
    found = draft.found
    return event_key(
        found.contract.contract, draft.case.subject, found.milestone.id, found.ordinal
    )


def event_key(contract: str, subject: str, milestone: str, ordinal: int) -> str:
    """Return the key that one live claim at most may have."""
    return f"{contract}/{subject}/{milestone}/{ordinal}"


def line_of(draft: Draft, kind: str = "milestone") -> Line:
    """Return the line of a draft, with its money in parts."""
    found, contract = draft.found, draft.found.contract
    pays = found.milestone.pays
    amount = draft.amount if pays else None
    if pays and amount is None and found.reason != "amount_unbound":
        amount = nothing(contract.currency)
    if found.reason and found.reason != "amount_unbound" and pays:
        amount = nothing(contract.currency)
    reasons = [found.reason] if found.reason else []
    if draft.cut and "over_cap" not in reasons:
        reasons.append("over_cap")
    episode = draft.case.episode(found.measured.event.episode)
    steps = tuple(found.steps)
    net, vat, parts = money_of(
        amount, contract, found.milestone.id, draft.payer, draft.known
    )
    if not found.brief and parts and not reasons:
        steps = (*steps, _split_step(found.milestone))
    return Line(
        contract=contract.contract,
        version=contract.version,
        unit_id=episode["unit_id"],
        episode=episode["episode_id"],
        person=episode["person_key"],
        milestone=found.milestone.id,
        ordinal=found.ordinal,
        event_key=key_of(draft),
        reached_on=found.reached_on,
        event_row=found.measured.event.row,
        kind=kind,  # type: ignore[arg-type]
        amount=amount,
        currency=contract.currency,
        payer=draft.payer,
        clause=found.milestone.clause or found.milestone.id,
        reasons=tuple(reasons),
        flags=found.flags,
        steps=steps,
        evidence=found.proofs,
        counts=counts(found),
        pays=pays,
        unbound=tuple(dict.fromkeys(found.unbound)),
        first_day=found.measured.first_day,
        payable_on=draft.payable_on,
        net=net,
        vat=vat,
        parts=parts,
    )


def _split_step(milestone: Milestone) -> Step:
    return Step("split", True, "split" if milestone.split else "one_payer")


def counts(found: Try) -> bool:
    """Say whether a line is a counted outcome, paid or not."""
    not_counted = (
        "not_covered",
        "before_entry",
        "outside_period",
        "prerequisite",
        "superseded",
    )
    return found.reached_on is not None and found.reason not in not_counted


def with_money(line: Line, contract: Contract, known: Known | None) -> Line:
    """Return a line with net, VAT and the parts of its payers."""
    if not line.pays:
        return line
    net, vat, parts = money_of(line.amount, contract, line.milestone, line.payer, known)
    return replace(line, net=net, vat=vat, parts=parts)


def money_of(
    amount: Decimal | None,
    contract: Contract,
    milestone: str,
    payer: str,
    known: Known | None,
) -> tuple[Decimal | None, Decimal | None, tuple[tuple[str, Decimal], ...]]:
    """Return net, VAT, and the part of every payer."""
    if amount is None:
        return None, None, ()
    percent = contract.vat_percent
    rate: Decimal | None
    if isinstance(percent, Open):
        value = (
            known.bindings.get(percent.parameter) if known and known.bindings else None
        )
        rate = value if isinstance(value, Decimal) else None
    else:
        rate = percent
    net, vat = net_and_vat(amount, contract.vat, rate, contract.currency)
    if not amount:
        return net, vat, ()
    shares = contract.milestone(milestone).split if contract.has(milestone) else ()
    if shares:
        return net, vat, split(amount, shares, contract.currency)
    return net, vat, ((payer, amount),)
