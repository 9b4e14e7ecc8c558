"""What a contract reads of the facts: tables, kinds of events, and how many contacts."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from braid.method.contracts.shape import (
    Bindings,
    Condition,
    Contract,
    Milestone,
    Open,
    Word,
    conditions_in,
)
from braid.method.contracts.vocabulary import WORDS

BASIS_COLUMNS = {
    "referred": "referred_on",
    "accepted": "accepted_on",
    "entered": "entered_on",
    "profile": "profile_started_on",
}


@dataclass(frozen=True, slots=True)
class Needs:
    """The rows of facts that the words of a contract can be answered from.

    `most_contacts`: no more attended contacts of a subject are counted than so many
    from the first day in the column `entered` on; None: all are looked at. `minutes`:
    contacts are paid by their time, with or without the applicant.
    """

    tables: frozenset[str]
    plan_kinds: frozenset[str]
    most_contacts: int | None
    entered: str
    minutes: bool


def needs_of(versions: Sequence[Contract], bindings: Sequence[Bindings]) -> Needs:
    """Return what the versions of a contract read."""
    words = [
        word
        for contract in versions
        for condition in (*_conditions(contract), *_bound(bindings))
        for word in _words(condition)
    ]
    names = {word.word for word in words}
    tables = {table for name in names for table in WORDS[name].tables}
    tables |= {"episodes", "evidence", "claims"}
    milestones = [each for contract in versions for each in contract.milestones]
    if any(each.kind in ("sustained", "earnings") for each in milestones):
        tables |= {"jobs", "job_terms", "paid_work", "absences"}
    if {"jobs", "paid_work", "job_problems"} & tables:
        tables |= {"jobs", "job_terms", "paid_work", "absences"}
    if any(contract.rules for contract in versions):
        tables.add("residence")
    if any(_extends(contract) for contract in versions):
        tables.add("funder_events")
    kinds = {w.kind for w in words if w.word == "plan_event" and w.kind is not None}
    entered = _entered(versions)
    return Needs(
        frozenset(tables - {"caseload"}),
        frozenset(kinds),
        _most(words) if entered else None,
        entered,
        "contact_minutes" in names,
    )


def _conditions(contract: Contract) -> Iterator[Condition]:
    yield contract.entry
    yield from contract.population
    for level in contract.levels:
        if level.when is not None:
            yield level.when
    if contract.advance is not None:
        yield contract.advance.due
    for period in contract.payer_periods:
        yield from (each for each in (period.since, period.until) if each is not None)
    for milestone in contract.milestones:
        yield from _of_milestone(milestone)


def _of_milestone(milestone: Milestone) -> Iterator[Condition]:
    yield milestone.reached
    yield from milestone.conditions
    yield from milestone.since
    yield from milestone.hold_if
    yield from (tier.when for tier in milestone.tiers if tier.when is not None)


def _bound(bindings: Sequence[Bindings]) -> Iterator[Condition]:
    """Yield the rules that parameters are bound to."""
    for each in bindings:
        for one in each.bindings:
            if not isinstance(one.value, int | str) and hasattr(
                one.value, "__dataclass_fields__"
            ):
                yield one.value  # type: ignore[misc]


def _words(condition: Condition) -> Iterator[Word]:
    for each in conditions_in(condition):
        if isinstance(each, Word):
            yield each


def _extends(contract: Contract) -> bool:
    return contract.extension_months is not None or contract.authorisation is not None


def _entered(versions: Sequence[Contract]) -> str:
    """Return the column of the day of entry, where all versions have the same one."""
    found = set()
    for contract in versions:
        entry = contract.entry
        if not isinstance(entry, Word):
            return ""
        if entry.word == "accepted":
            found.add("accepted_on")
        elif entry.word == "on_caseload":
            found.add(BASIS_COLUMNS[entry.basis or "accepted"])
        else:
            return ""
    return found.pop() if len(found) == 1 else ""


def _most(words: Sequence[Word]) -> int | None:
    """Return how many contacts settle every comparison; None where one is open."""
    most = 0
    for word in words:
        if word.word == "contact_minutes":
            return None
        if word.word != "appointments":
            continue
        for value in (word.at_least, word.above, word.at_most, word.below):
            if isinstance(value, Open) or (value is not None and not _is_number(value)):
                return None
            if value is not None:
                most = max(most, int(value) + 1)  # type: ignore[arg-type]
    return most


def _is_number(value: object) -> bool:
    return hasattr(value, "as_tuple") or isinstance(value, int)
