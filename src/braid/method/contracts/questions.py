"""The questions that one case answers by itself, from its population to its evidence.

Each takes a try, notes the answer on it, and says whether it is yes.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

from braid.method.contracts.case_rules import RULES
from braid.method.contracts.limits import too_late
from braid.method.contracts.looking_back import met_before
from braid.method.contracts.measured import Measured
from braid.method.contracts.proving import proofs_of, proved
from braid.method.contracts.shape import (
    AllOf,
    AnyOf,
    Condition,
    Contract,
    Milestone,
    Open,
    Word,
)

if TYPE_CHECKING:
    from braid.method.contracts.conditions import Known
    from braid.method.contracts.reaching import Reaching
    from braid.method.contracts.tries import Try

Question = Callable[["Reaching", "Known", "Try"], bool]


def population(reaching: Reaching, known: Known, found: Try) -> bool:
    """Ask whether all conditions of the population held on the day of entry."""
    entry = known.entry
    for each in known.contract.population:
        if entry is None or not known.holds(each, entry.day):
            return found.ask(
                "population",
                False,
                "not_in_population",
                "not_covered",
                word=named(each),
            )
    return found.ask("population", True, "in_population")


def entered(reaching: Reaching, known: Known, found: Try) -> bool:
    """Ask whether it began on the day of entry or later.

    Earnings count from the month of entry on; a state that lasts beyond entry counts.
    """
    entry = known.entry.day if known.entry else None
    first = found.measured.first_day
    kind = found.milestone.kind
    ok = entry is not None and (
        first >= entry
        or kind == "earnings"
        or (kind == "periodic" and found.measured.reached_on is not None)
    )
    if ok and found.brief:
        found.passed += 1
        return True
    told = "entered" if ok else "before_entry"
    return found.ask("entry", ok, told, "before_entry", entry=entry, day=first)


def rules(reaching: Reaching, known: Known, found: Try) -> bool:
    """Ask the named checks of the case file."""
    for rule in known.contract.rules:
        fault = RULES[rule](reaching.case, known)
        if fault:
            found.flags = (*found.flags, rule)
            return found.ask("rules", False, fault, "not_covered", rule=rule)
    return found.ask("rules", True, "rules_kept")


def prerequisites(reaching: Reaching, known: Known, found: Try) -> bool:
    """Ask whether the milestones before it are reached, in order where that is said."""
    milestone, before = found.milestone, date.min
    for name in milestone.requires:
        day = reaching.reached_on(name)
        if day is None:
            return found.ask(
                "prerequisites", False, "not_reached", "prerequisite", milestone=name
            )
        if milestone.order == "strict":
            own = found.reached_on
            if day < before or (own is not None and own < day):
                return found.ask(
                    "prerequisites",
                    False,
                    "wrong_order",
                    "prerequisite",
                    milestone=name,
                    on=day,
                )
            before = day
    names = milestone.requires
    return found.ask("prerequisites", True, "prerequisites", milestones=names)


def window(reaching: Reaching, known: Known, found: Try) -> bool:
    """Ask whether it was reached, in time, and on a day on which all else held."""
    measured = found.measured
    if measured.reached_on is None:
        return found.ask(
            "window", False, measured.reason, measured.reason, **measured.values
        )
    late = too_late(known, found)
    if late:
        reason = late[1]
        values = late[2]
        found.measured = Measured(
            measured.first_day, None, measured.event, reason, flags=measured.flags
        )
        return found.ask("window", False, late[0], reason, **values)
    for each in found.milestone.conditions:
        profile = found.milestone.profile
        if not known.holds(each, measured.reached_on, profile=profile):
            return found.ask(
                "window", False, "condition_failed", "not_covered", word=named(each)
            )
    if found.brief:
        found.passed += 1
        return True
    told = f"reached_{found.milestone.kind}"
    return found.ask(
        "window", True, told, **{"on": measured.reached_on, **measured.values}
    )


def look_back(reaching: Reaching, known: Known, found: Try) -> bool:
    """Ask whether the threshold was met too often before entry."""
    rule = found.milestone.look_back
    if rule is None or known.entry is None:
        return found.ask("look_back", True, "no_look_back")
    met = met_before(known, found.milestone)
    return found.ask(
        "look_back",
        met < rule.n,
        "look_back_clear" if met < rule.n else "look_back",
        "look_back",
        met=met,
        n=rule.n,
        of=rule.of,
        unit=rule.unit,
        entry=known.entry.day,
    )


def evidence(reaching: Reaching, known: Known, found: Try) -> bool:
    """Ask whether the files that it asks for are there, in time."""
    asked = found.milestone.evidence
    if asked is None:
        return found.ask("evidence", True, "no_evidence_asked")
    found.proofs = proofs_of(reaching.case, asked, found.measured, reaching.as_of)
    reason = proved(reaching.case, asked, found.measured, reaching.as_of)
    return found.ask(
        "evidence",
        not reason,
        reason or "evidence_seen",
        reason,
        present=found.proofs.present,
        missing=found.proofs.missing,
        deadline=found.proofs.deadline,
    )


QUESTIONS: tuple[Question, ...] = (
    population,
    entered,
    rules,
    prerequisites,
    window,
    look_back,
    evidence,
)


def that_matter(
    contract: Contract, milestone: Milestone
) -> tuple[tuple[int, Question], ...]:
    """Return the questions that a file can answer with no, in order.

    Each with how many before it are yes for everybody, so that how far a try came is
    the same whether or not those are asked.
    """
    is_open: dict[Question, bool] = {
        population: bool(contract.population),
        rules: bool(contract.rules),
        prerequisites: bool(milestone.requires),
        look_back: milestone.look_back is not None,
        evidence: milestone.evidence is not None,
    }
    found, skipped = [], 0
    for question in QUESTIONS:
        if is_open.get(question, True):
            found.append((skipped, question))
            skipped = 0
        else:
            skipped += 1
    return (*found, (skipped, _yes))


def _yes(reaching: Reaching, known: Known, found: Try) -> bool:
    return True


def named(condition: Condition) -> str:
    """Return the word that a condition asks, for a reason."""
    match condition:
        case Word(word=name):
            return name
        case Open(parameter=name):
            return name
        case AnyOf(any_of=parts) | AllOf(all_of=parts):
            return named(parts[0])
        case _:
            return type(condition).__name__.lower()
