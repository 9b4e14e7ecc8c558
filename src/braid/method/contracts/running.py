"""A run of a contract over cases: lines, what lies ahead, and totals. Pure.

The same facts and files give the same lines, in whatever order they were entered.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal

from braid.method.contracts.ahead import previews_of
from braid.method.contracts.case import Case, cases
from braid.method.contracts.conditions import Known
from braid.method.contracts.correcting import corrected
from braid.method.contracts.documents import line_document, line_from_document
from braid.method.contracts.doubling import Doubling
from braid.method.contracts.drafts import Draft, drafted
from braid.method.contracts.lines import line_of
from braid.method.contracts.making_good import made_good, retained, settled_up
from braid.method.contracts.reaching import Reaching
from braid.method.contracts.settling import Places, Settling
from braid.method.contracts.shape import Bindings, Contract
from braid.method.contracts.summing import totals_of
from braid.method.contracts.switching import (
    Before,
    advance_of,
    from_previous,
    netted,
    paid_before,
)
from braid.method.contracts.values import (
    Line,
    Preview,
    Result,
    SwitchTotals,
    Totals,
)
from braid.method.contracts.versions import Versions

__all__ = ["Result", "cases", "line_document", "line_from_document", "run"]
ZERO = Decimal(0)
HELD = ("accepted", "paid", "disputed", "adjusted")
"""States of claims that hold a place under a cap."""


def run(
    contract: Contract,
    cases: Iterable[Case],
    as_of: date,
    *,
    bindings: Bindings | Sequence[Bindings] | None = None,
    versions: Sequence[Contract] = (),
    previous: Sequence[Line] = (),
    others: Sequence[Line] = (),
    beside: Sequence[Contract] = (),
    settled: Collection[str] = (),
) -> Result:
    """Return the lines of a contract as of a day.

    `versions`: all versions of the contract, which are chosen from by the date that
    anchors a line. `previous`: the ledger of earlier runs; only what is new is returned.
    `others`: lines of other contracts, for double funding, with the files of those in
    `beside`; `settled`: event keys that a steward has decided to pay. Amounts are exact
    decimals, rounded half up once a line.
    """
    chosen = Versions.in_force((contract, *versions), as_of, bindings)
    looked = [looked_at(case, chosen, as_of) for case in cases]
    return concluded(
        chosen,
        looked,
        as_of,
        previous=previous,
        others=others,
        beside=beside,
        settled=settled,
    )


@dataclass(slots=True)
class Looked:
    """One case with its drafts, before it is looked at beside others."""

    case: Case
    reaching: Reaching
    drafts: list[Draft]
    previews: list[Preview]
    advances: list[Line]

    def let_go(self) -> None:
        """Loose what refers to itself, so that its memory is free at once."""
        self.reaching.let_go()

    def slim(self, shared: Mapping[int, Known]) -> None:
        """Keep what other cases are settled beside, and let go of the rest.

        `shared` is what is known of every case, by version: what is bound.
        """
        self.let_go()
        rows = {name: self.case.of(name) for name in ("claims", "jobs")}
        self.case = replace(self.case, rows=rows)
        self.reaching = Reaching(
            self.case, self.reaching.versions, self.reaching.as_of, True
        )
        for draft in self.drafts:
            draft.case = self.case
            draft.known = shared[draft.found.contract.version]


def can_slim(chosen: Versions) -> bool:
    """Say whether no line asks once more what is known of its case."""
    return all(
        each.switch is None and each.reconcile is None for each in chosen.contracts
    )


def known_of_all(chosen: Versions, as_of: date) -> dict[int, Known]:
    """Return what is known of every case, by version: what is bound."""
    nobody = Case("", "", (), {})
    return {
        each.version: Known(
            nobody, each, as_of, chosen.bindings_of(each), lambda _name: None
        )
        for each in chosen.contracts
    }


def looked_at(
    case: Case, chosen: Versions, as_of: date, *, brief: bool = False
) -> Looked:
    """Return what one case reaches, with its prices. Depends on no other case.

    `brief` leaves out the steps of lines, and what lies ahead.
    """
    reaching = Reaching(case, chosen, as_of, brief)
    drafts, previews = [], []
    for place, name in enumerate(chosen.names()):
        tries = reaching.tries(name)
        drafts += [drafted(reaching, place, each) for each in tries]
        if not brief:
            previews += previews_of(reaching, name, tries)
    advances = []
    for each in chosen.contracts:
        if each.advance is not None:
            line = advance_of(reaching.known(each), case, as_of)
            advances += [line] if line else []
    return Looked(case, reaching, drafts, previews, advances)


def concluded(
    chosen: Versions,
    looked: Sequence[Looked],
    as_of: date,
    *,
    previous: Sequence[Line] = (),
    others: Sequence[Line] = (),
    beside: Sequence[Contract] = (),
    settled: Collection[str] = (),
) -> Result:
    """Return the run of cases that were looked at: caps, netting, corrections."""
    if not chosen.contracts:
        return Result((), Totals(), (), tuple(previous))
    doubling = Doubling(others, beside, as_of)
    lines, _ = _lines(chosen, looked, as_of, doubling, settled)
    lines, switch = _switched(chosen, looked, lines, previous, as_of)
    if previous:
        lines = corrected(
            lines,
            previous,
            chosen.contracts,
            {case["person_key"] for each in looked for case in each.case.episodes},
            _kept(chosen),
        )
    _sort(lines, chosen)
    previews = tuple(preview for each in looked for preview in each.previews)
    currency = chosen.contracts[-1].currency
    return Result(
        tuple(lines), totals_of(lines, currency, switch), previews, (*previous, *lines)
    )


def concluded_part(
    chosen: Versions, looked: Sequence[Looked], as_of: date
) -> tuple[list[Line], Places]:
    """Return the lines of a part of all cases, and what they take of the whole.

    They are those of a run over all cases where the places of all parts fit, and where
    nothing is netted (`in_parts`).
    """
    doubling = Doubling((), (), as_of)
    lines, places = _lines(chosen, looked, as_of, doubling, (), whole=False)
    lines += [line for each in looked for line in each.advances]
    _sort(lines, chosen)
    return lines, places


def in_parts(chosen: Versions) -> bool:
    """Say whether the cases of a contract can be concluded in parts."""
    return bool(chosen.contracts) and all(e.switch is None for e in chosen.contracts)


def _lines(
    chosen: Versions,
    looked: Sequence[Looked],
    as_of: date,
    doubling: Doubling,
    settled: Collection[str],
    *,
    whole: bool = True,
) -> tuple[list[Line], Places]:
    drafts = sorted((d for each in looked for d in each.drafts), key=lambda d: d.rank)
    _banded(drafts)
    used = _held_places(chosen, looked, drafts, as_of)
    settling = Settling(chosen.contracts, as_of, doubling, used, settled, whole)
    by_subject = _by_subject(drafts)
    made: list[Draft] = []
    for draft in drafts:
        settling.settle(draft)
        made += made_good(draft, settling, by_subject, as_of)
    lines = [line_of(d, d.kind) for d in (*drafts, *made) if _is_told(d)]
    lines += retained(lines, chosen)
    return settled_up(lines, looked, chosen), settling.places()


def _sort(lines: list[Line], chosen: Versions) -> None:
    places = {name: number for number, name in enumerate(chosen.names())}
    lines.sort(key=lambda line: _in_order(line, places))


def _kept(chosen: Versions) -> set[int]:
    """Return the versions that a later one nets instead of correcting."""
    switches = [each.version for each in chosen.contracts if each.switch is not None]
    last = max(switches, default=0)
    return {each.version for each in chosen.contracts if each.version < last}


def _is_told(draft: Draft) -> bool:
    """Say whether a draft makes a line: not where its group told it already."""
    return draft.found.reason != "told_by_group"


def _banded(drafts: Sequence[Draft]) -> None:
    """Of a group with bands, tell once what lies in none of them.

    Where another member is reached, or the time is not over, the others are silent.
    """
    groups: dict[tuple[str, str], list[Draft]] = defaultdict(list)
    for draft in drafts:
        group = draft.found.milestone.exclusive_group
        if group is not None:
            groups[draft.case.subject, group].append(draft)
    for members in groups.values():
        short = [d for d in members if d.found.reason == "below_threshold"]
        reached = any(d.found.counts for d in members)
        for number, draft in enumerate(sorted(short, key=lambda d: d.place)):
            if reached or number or len(short) < len(members):
                draft.found.reason = "told_by_group"
            else:
                draft.found.reason = "band_undefined"


def _by_subject(drafts: Sequence[Draft]) -> dict[str, list[Draft]]:
    found: dict[str, list[Draft]] = defaultdict(list)
    for draft in drafts:
        found[draft.case.subject].append(draft)
    return found


def _held_places(
    chosen: Versions, looked: Sequence[Looked], drafts: Sequence[Draft], as_of: date
) -> Counter[tuple[str, ...]]:
    """Return the places that accepted claims hold, of which no event is told here."""
    used: Counter[tuple[str, ...]] = Counter()
    looked = [each for each in looked if each.case.of("claims")]
    if not looked:
        return used
    told = {
        (d.found.measured.event.episode, d.found.milestone.id)
        for d in drafts
        if d.lives
    }
    names = {each.contract for each in chosen.contracts}
    for each in looked:
        for row in each.case.of("claims"):
            key = row["episode_id"], row["milestone"]
            if row["contract_id"] not in names or row["state"] not in HELD:
                continue
            if key in told or row["reached_on"] > as_of:
                continue
            subject = each.case.subject
            used["person", row["milestone"], subject] += 1
            used["contract", row["milestone"]] += 1
            used["person", "", subject] += 1
            used["contract", ""] += 1
    return used


def _switched(
    chosen: Versions,
    looked: Sequence[Looked],
    lines: list[Line],
    previous: Sequence[Line],
    as_of: date,
) -> tuple[list[Line], SwitchTotals | None]:
    """Return all lines with advances, and with what a change of regime takes off."""
    switching = [each for each in chosen.contracts if each.switch is not None]
    if not switching:
        return [*lines, *(line for each in looked for line in each.advances)], None
    new = switching[-1]
    old = [each for each in chosen.contracts if each.version < new.version]
    before = _before(new, old, chosen, looked, previous)
    kept = {each.version for each in old}
    lines = [line for line in lines if line.version not in kept or not line.is_due]
    subject_of = _subjects(looked)
    due = [
        (subject_of[line.episode], line)
        for line in lines
        if line.version == new.version and line.is_due and line.kind == "milestone"
    ]
    due.sort(key=lambda each: (each[1].reached_on, each[1].event_row, each[1].episode))
    more, totals = netted(new, due, before, as_of)
    advances = [
        line for each in looked for line in each.advances if line.version >= new.version
    ]
    return [*lines, *more, *advances], totals


def _subjects(looked: Sequence[Looked]) -> dict[str, str]:
    return {
        row["episode_id"]: each.case.subject
        for each in looked
        for row in each.case.episodes
    }


def _before(
    new: Contract,
    old: Sequence[Contract],
    chosen: Versions,
    looked: Sequence[Looked],
    previous: Sequence[Line],
) -> Before:
    """Return what the old regime paid: as earlier runs say, else claims, else facts."""
    eve = new.valid_from - timedelta(1)
    versions = {each.version: each for each in old}
    known = from_previous(previous, versions, _subjects(looked))
    if known.advances or known.payments:
        return known
    found = Before()
    replayed = _replayed(old, chosen, looked, eve)
    for each in looked:
        subject = each.case.subject
        advances, payments = paid_before(each.case, new, old, eve)
        own = [line for line in each.advances if line.version in versions]
        own = [line for line in own if line.is_due]
        if advances and own:
            own = [replace(own[0], amount=sum(advances, ZERO))]
        if own:
            found.advances[subject] = own
        amount = payments or replayed.get(subject, ZERO)
        if amount:
            found.payments[subject] = amount
    return found


def _replayed(
    old: Sequence[Contract], chosen: Versions, looked: Sequence[Looked], eve: date
) -> dict[str, Decimal]:
    """Return what the old versions would have paid for results by the last day."""
    if not old:
        return {}
    before = run(
        old[-1],
        [each.case for each in looked],
        eve,
        bindings=chosen.bindings,
        versions=old[:-1],
    )
    subject_of = _subjects(looked)
    found: dict[str, Decimal] = defaultdict(Decimal)
    for line in before.lines:
        if line.is_due and line.kind != "advance":
            found[subject_of[line.episode]] += line.amount or ZERO
    return found


def _in_order(
    line: Line, places: dict[str, int]
) -> tuple[date, str, int, int, int, str]:
    kinds = ("advance", "milestone", "reconciliation", "difference", "reversal")
    return (
        line.reached_on or line.first_day or date.max,
        line.episode,
        places.get(line.milestone, len(places)),
        line.ordinal,
        kinds.index(line.kind) if line.kind in kinds else len(kinds),
        line.event_key,
    )
