"""Who pays what from when to when, and where two would pay for the same: pure decisions.

Six rules. D1: one activity has at most one payer; whose it is, its day
says. D2: one outcome is paid by one contract, unless both files name each other. D3: a
grant of costs and a tariff never pay for the same. D4: contracts that exclude one another
never cover one person on the same days. D5: a placement that one contract paid takes away
what another pays for new work only. D6: counselling that something else pays for is not
charged. What meets a rule is paid by nobody until a steward has decided.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import combinations, product
from typing import Literal

COST_GRANT = "cost_grant"
COUNSELLING = "benefits_counselling"
JOB_START = "job_start"
Rule = Literal["D1", "D2", "D3", "D4", "D5", "D6"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """What a contract file says about itself beside others."""

    contract: str
    kind: str = "tariff"
    exclusive_with: frozenset[str] = frozenset()
    complementary_with: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """That a contract pays for the support of somebody; both days inside, None is open."""

    contract: str
    payer: str
    person: str
    case: str
    first_day: date
    last_day: date | None = None

    def holds(self, day: date) -> bool:
        return self.first_day <= day and (self.last_day is None or day <= self.last_day)

    def meets(self, other: "Span") -> bool:
        """Say whether the days of two spans overlap."""
        first = max(self.first_day, other.first_day)
        return self.holds(first) and other.holds(first)


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One line of the ledger: an activity or an outcome, who pays it, by which contract.

    `event` is the row that it rests on (a contact, a job), `natures` what it is, in words
    that do not depend on the contract: job_start, sustained:13. `is_for_new_work` marks a
    milestone that earlier work takes away. `paid_elsewhere` names whatever else pays.
    """

    key: str
    what: Literal["activity", "outcome"]
    natures: frozenset[str]
    event: str
    person: str
    case: str
    day: date
    payer: str
    contract: str
    amount: Decimal | None = None
    currency: str = ""
    is_for_new_work: bool = False
    paid_elsewhere: str = ""

    def is_same_as(self, other: "Entry") -> bool:
        """Say whether two lines are about one activity or outcome of one person."""
        if (self.person, self.what) != (other.person, other.what):
            return False
        if self.what == "activity":
            return self.event == other.event
        if not self.natures & other.natures:
            return False
        return (self.event == other.event and self.event != "") or self.day == other.day


@dataclass(frozen=True, slots=True, kw_only=True)
class Conflict:
    """Two lines that a rule forbids side by side, or one, and `against` what it stands.

    Without lines it is a warning: nothing was claimed yet.
    """

    rule: Rule
    person: str
    entries: tuple[str, ...]
    contracts: tuple[str, ...]
    against: str = ""


def conflicts(
    entries: Iterable[Entry], spans: Iterable[Span], terms: Mapping[str, Terms]
) -> tuple[Conflict, ...]:
    """Return every conflict, each pair of lines under the first rule that forbids it.

    The order of what is given does not matter.
    """
    people: dict[str, tuple[list[Entry], list[Span]]] = defaultdict(lambda: ([], []))
    for entry in entries:
        people[entry.person][0].append(entry)
    for span in spans:
        people[span.person][1].append(span)
    found = {
        conflict
        for lines, covers in people.values()
        for conflict in _of_person(
            sorted(lines, key=lambda each: each.key), covers, terms
        )
    }
    return tuple(
        sorted(
            found,
            key=lambda each: (
                each.person,
                each.rule,
                each.entries,
                each.contracts,
                each.against,
            ),
        )
    )


def _of_person(
    lines: Sequence[Entry], covers: Sequence[Span], terms: Mapping[str, Terms]
) -> Iterator[Conflict]:
    for first, second in combinations(lines, 2):
        rule = _pair_rule(first, second, terms)
        if rule is not None:
            yield _between(rule, first, second)
    yield from _granted(lines, covers, terms)
    yield from _exclusive(lines, covers, terms)
    for line in lines:
        if line.paid_elsewhere:
            yield Conflict(
                rule="D6",
                person=line.person,
                entries=(line.key,),
                contracts=(line.contract,),
                against=line.paid_elsewhere,
            )


def _pair_rule(first: Entry, second: Entry, terms: Mapping[str, Terms]) -> Rule | None:
    """Return the rule that forbids two lines of one person, None where they may stand."""
    if first.contract == second.contract:
        twice = first.what == "activity" and first.is_same_as(second)
        return "D1" if twice and first.payer != second.payer else None
    if first.is_same_as(second):
        if _is_grant_and_tariff(first.contract, second.contract, terms):
            return "D3"
        if first.what == "activity":
            return "D1"
        if not _complementary(first.contract, second.contract, terms):
            return "D2"
    if _takes_placement(first, second) or _takes_placement(second, first):
        named = _complementary(first.contract, second.contract, terms)
        return None if named else "D5"
    return None


def _between(rule: Rule, first: Entry, second: Entry) -> Conflict:
    return Conflict(
        rule=rule,
        person=first.person,
        entries=tuple(sorted((first.key, second.key))),
        contracts=tuple(sorted({first.contract, second.contract})),
    )


def _takes_placement(placement: Entry, later: Entry) -> bool:
    return (
        placement.what == "outcome"
        and JOB_START in placement.natures
        and later.is_for_new_work
        and placement.day <= later.day
    )


def _granted(
    lines: Sequence[Entry], covers: Sequence[Span], terms: Mapping[str, Terms]
) -> Iterator[Conflict]:
    """Yield activities that are charged on a day whose costs a grant carries (D3)."""
    grants = [span for span in covers if _kind(span.contract, terms) == COST_GRANT]
    for line in lines:
        if line.what != "activity" or _kind(line.contract, terms) == COST_GRANT:
            continue
        for span in grants:
            if span.holds(line.day):
                yield Conflict(
                    rule="D3",
                    person=line.person,
                    entries=(line.key,),
                    contracts=tuple(sorted((line.contract, span.contract))),
                    against=span.contract,
                )


def _exclusive(
    lines: Sequence[Entry], covers: Sequence[Span], terms: Mapping[str, Terms]
) -> Iterator[Conflict]:
    """Yield what contracts that exclude one another pay for on the same days (D4).

    Each line of the one against each of the other; a line that has none against it
    stands against the other contract itself, and so do contracts without any line.
    """
    for first, second in combinations(covers, 2):
        excluded = _exclude(first.contract, second.contract, terms)
        if not (excluded and first.meets(second)):
            continue
        ours, theirs = (
            [
                line
                for line in lines
                if line.contract == span.contract
                and first.holds(line.day)
                and second.holds(line.day)
            ]
            for span in (first, second)
        )
        for one, other in product(ours, theirs):
            yield _between("D4", one, other)
        if not (ours and theirs):
            yield from _one_sided(first, second, ours or theirs)


def _one_sided(first: Span, second: Span, lines: Sequence[Entry]) -> Iterator[Conflict]:
    both = tuple(sorted((first.contract, second.contract)))
    if not lines:
        yield Conflict(rule="D4", person=first.person, entries=(), contracts=both)
    for line in lines:
        (other,) = {first.contract, second.contract} - {line.contract}
        yield Conflict(
            rule="D4",
            person=first.person,
            entries=(line.key,),
            contracts=both,
            against=other,
        )


def _kind(contract: str, terms: Mapping[str, Terms]) -> str:
    return terms[contract].kind if contract in terms else "tariff"


def _is_grant_and_tariff(one: str, other: str, terms: Mapping[str, Terms]) -> bool:
    return (_kind(one, terms) == COST_GRANT) != (_kind(other, terms) == COST_GRANT)


def _complementary(one: str, other: str, terms: Mapping[str, Terms]) -> bool:
    """Say whether both files name each other as standing side by side."""
    return (
        one in terms
        and other in terms
        and other in terms[one].complementary_with
        and one in terms[other].complementary_with
    )


def _exclude(one: str, other: str, terms: Mapping[str, Terms]) -> bool:
    """Say whether either file excludes the other."""
    return (one in terms and other in terms[one].exclusive_with) or (
        other in terms and one in terms[other].exclusive_with
    )


# What a steward decided.


@dataclass(frozen=True, slots=True, kw_only=True)
class Settled:
    """What a steward decided on lines that met a rule; `pays` None is neither.

    `against` is what a line alone stood against, as the conflict says it.
    """

    rule: Rule
    entries: frozenset[str]
    pays: str | None
    against: str = ""


def barred(
    found: Iterable[Conflict], decisions: Iterable[Settled]
) -> Mapping[str, tuple[Rule, ...]]:
    """Return the lines that nobody pays, with the rules that they meet.

    A decision frees the line that it names, and only against the lines that it names.
    """
    made: dict[tuple[str, frozenset[str], str], str | None] = {}
    for each in decisions:
        made[each.rule, each.entries, each.against] = each.pays
    stopped: dict[str, list[Rule]] = defaultdict(list)
    for conflict in found:
        asked = conflict.rule, frozenset(conflict.entries), conflict.against
        pays = made.get(asked)
        for key in conflict.entries:
            if key != pays and conflict.rule not in stopped[key]:
                stopped[key].append(conflict.rule)
    return {key: tuple(sorted(rules)) for key, rules in stopped.items() if rules}
