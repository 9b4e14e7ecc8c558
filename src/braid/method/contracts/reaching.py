"""What one case reaches of the milestones of a contract, question by question.

From the version to the evidence, in the order of the contract language. What depends on
other cases (caps, double funding) or on money comes after, in `settling`.
"""

from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta

from braid.kernel.dates import add_months
from braid.method.contracts.case import Case
from braid.method.contracts.case_rules import RULES
from braid.method.contracts.conditions import Event, Known, Unbound
from braid.method.contracts.limits import too_late, trajectory_end
from braid.method.contracts.looking_back import met_before
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
from braid.method.contracts.starting import enough
from braid.method.contracts.tries import Try
from braid.method.contracts.values import STEPS
from braid.method.contracts.versions import Versions
from braid.method.contracts.windows import Measured, earned, from_event, in_work

ONE_DAY = timedelta(1)
GATES = STEPS[:8]
"""The questions that one case answers by itself."""


class Reaching:
    """One case against the versions of a contract that are in force on a day."""

    def __init__(
        self, case: Case, versions: Versions, as_of: date, brief: bool = False
    ) -> None:
        self.brief = brief
        self.case = case
        self.versions = versions
        self.as_of = as_of
        self._known: dict[int, Known] = {}
        self._tries: dict[str, list[Try]] = {}
        self._open_tries: dict[str, list[Try]] = {}
        self._asking: set[str] = set()

    def known(self, contract: Contract) -> Known:
        """Return what is known of the case in the words of one version."""
        found = self._known.get(contract.version)
        if found is None:
            bindings = self.versions.bindings_of(contract)
            found = Known(self.case, contract, self.as_of, bindings, self.reached_on)
            self._known[contract.version] = found
            try:
                found.entry = found.first_event(contract.entry)
            except Unbound:
                found.entry = None
        return found

    def reached_on(self, milestone: str) -> date | None:
        """Return the day on which a milestone is reached, paid or not."""
        if milestone in self._asking:
            return None
        return next(
            (
                each.reached_on
                for each in self.tries(milestone)
                if each.counts and each.reached_on is not None
            ),
            None,
        )

    def tries(self, name: str) -> list[Try]:
        """Return the tries at a milestone that make lines, in order.

        Once, unless the file says how often: the first that is reached and covered, else
        the one that came furthest.
        """
        if name not in self._tries:
            self._asking.add(name)
            found = [
                each
                for contract in self.versions.with_milestone(name)
                for each in self._of_version(contract, contract.milestone(name))
            ]
            self._asking.discard(name)
            found.sort(key=lambda each: (each.day, each.measured.event.row))
            self._open_tries[name] = [e for e in found if e.reason == "window_open"]
            self._tries[name] = _numbered(_chosen(found))
        return self._tries[name]

    def still_open(self, name: str) -> Try | None:
        """Return the try at a milestone that may still be reached, the soonest."""
        self.tries(name)
        found = self._open_tries[name]
        return min(found, key=lambda e: e.measured.earliest or date.max, default=None)

    # One version

    def _of_version(self, contract: Contract, milestone: Milestone) -> Iterator[Try]:
        known = self.known(contract)
        if known.entry is None:
            return
        try:
            measured = self._measured(known, milestone)
        except Unbound as error:
            yield self._open(known, milestone, error.parameter)
            return
        for each in measured:
            found = Try(contract, milestone, each, flags=each.flags, brief=self.brief)
            version = self.versions.of(contract, self._anchor(known, each))
            if version is not contract and version is not None:
                if version.has(milestone.id):
                    continue
                found.ask("version", False, "superseded", "superseded")
            self._ask(known, found, version is None)
            yield found

    def _open(self, known: Known, milestone: Milestone, parameter: str) -> Try:
        """Return a try of which nothing can be said before a parameter is bound."""
        event = known.entry or Event(self.as_of, "", "")
        found = Try(known.contract, milestone, Measured(event.day, None, event))
        found.unbound.append(parameter)
        found.ask(
            "window", False, "rule_unbound", "amount_unbound", parameter=parameter
        )
        return found

    def _anchor(self, known: Known, measured: Measured) -> date:
        match known.contract.anchor:
            case "entry":
                return known.entry.day if known.entry else self.as_of
            case "claim":
                return self.as_of
            case _:
                return measured.reached_on or measured.earliest or measured.first_day

    # The measure

    def _measured(self, known: Known, milestone: Milestone) -> list[Measured]:
        floor = known.entry.day if known.entry else self.as_of

        def conditions(day: date) -> bool:
            return all(
                known.holds(each, day, profile=milestone.profile)
                for each in milestone.conditions
            )

        match milestone.kind:
            case "earnings":
                return earned(
                    known, milestone, floor, conditions, is_repeated(milestone)
                )
            case "periodic":
                return list(_periods(known, milestone, floor))
            case "units":
                return [
                    Measured(each.day, each.day, each)
                    for each in known.events(milestone.reached)
                ]
            case "sustained":
                return self._sustained(known, milestone, floor, conditions)
            case _:
                return self._events(known, milestone, conditions)

    def _sustained(
        self,
        known: Known,
        milestone: Milestone,
        floor: date,
        conditions: Callable[[date], bool],
    ) -> list[Measured]:
        reached = milestone.reached
        if isinstance(reached, Open):
            reached = known.bound(reached.parameter)
        repeated = is_repeated(milestone)
        if isinstance(reached, Word) and reached.word == "in_work":
            return in_work(known, milestone, floor, conditions, repeated)
        if isinstance(reached, Word) and reached.word == "earnings":
            return earned(known, milestone, floor, conditions, repeated)
        found = known.events(reached, milestone.profile)
        if isinstance(reached, Word) and reached.word == "work_resumed":
            found = found[:1] if found and found[0].day >= floor else found
        return [
            each
            for event in found
            for each in from_event(known, milestone, event, conditions)
        ]

    def _events(
        self, known: Known, milestone: Milestone, conditions: Callable[[date], bool]
    ) -> list[Measured]:
        found = []
        for event in known.events(milestone.reached, milestone.profile):
            if event.day > self.as_of:
                continue
            day = event.day
            if milestone.reached_on == "period_end":
                day = add_months(day.replace(day=1), 1) - ONE_DAY
            if day > self.as_of:
                found.append(Measured(event.day, None, event, "window_open", day))
                continue
            if milestone.start_minimum is not None and event.rows:
                found.append(enough(known, milestone, event, day))
            else:
                found.append(Measured(event.day, day, event))
        return found

    # The questions

    def _ask(self, known: Known, found: Try, outside: bool) -> None:
        """Ask one question after another, up to the first that is answered no."""
        contract = known.contract
        if not found.reason and not found.ask(
            "version",
            not outside,
            "version" if not outside else "outside_period",
            "outside_period",
            version=contract.version,
            valid_from=contract.valid_from,
            valid_to=contract.valid_to,
        ):
            return
        try:
            for question in _QUESTIONS:
                if not question(self, known, found):
                    self._taken_away(known, found)
                    return
        except Unbound as error:
            found.unbound.append(error.parameter)
            found.measured = Measured(
                found.measured.first_day, None, found.measured.event
            )
            found.ask(
                "window",
                False,
                "rule_unbound",
                "amount_unbound",
                parameter=error.parameter,
            )
            return

    def _population(self, known: Known, found: Try) -> bool:
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

    def _entry(self, known: Known, found: Try) -> bool:
        entry = known.entry.day if known.entry else None
        first = found.measured.first_day
        ok = entry is not None and (
            first >= entry
            or found.milestone.kind == "earnings"
            or (found.reached_on is not None and _is_state(known, found, entry))
        )
        told = "entered" if ok else "before_entry"
        return found.ask("entry", ok, told, "before_entry", entry=entry, day=first)

    def _rules(self, known: Known, found: Try) -> bool:
        for rule in known.contract.rules:
            fault = RULES[rule](self.case, known)
            if fault:
                found.flags = (*found.flags, rule)
                return found.ask("rules", False, fault, "not_covered", rule=rule)
        return found.ask("rules", True, "rules_kept")

    def _prerequisites(self, known: Known, found: Try) -> bool:
        milestone, before = found.milestone, date.min
        for name in milestone.requires:
            day = self.reached_on(name)
            if day is None:
                return found.ask(
                    "prerequisites",
                    False,
                    "not_reached",
                    "prerequisite",
                    milestone=name,
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

    def _window(self, known: Known, found: Try) -> bool:
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
        told = f"reached_{found.milestone.kind}"
        return found.ask(
            "window", True, told, **{"on": measured.reached_on, **measured.values}
        )

    def _look_back(self, known: Known, found: Try) -> bool:
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

    def _taken_away(self, known: Known, found: Try) -> None:
        """Say of what is not reached that it never can be, where look-back took it."""
        open_ = found.reason in ("window_open", "window_failed")
        if open_ and found.milestone.look_back and not self._look_back(known, found):
            found.reason = "look_back"

    def _evidence(self, known: Known, found: Try) -> bool:
        asked = found.milestone.evidence
        if asked is None:
            return found.ask("evidence", True, "no_evidence_asked")
        found.proofs = proofs_of(self.case, asked, found.measured, self.as_of)
        reason = proved(self.case, asked, found.measured, self.as_of)
        return found.ask(
            "evidence",
            not reason,
            reason or "evidence_seen",
            reason,
            present=found.proofs.present,
            missing=found.proofs.missing,
            deadline=found.proofs.deadline,
        )


_QUESTIONS = (
    Reaching._population,
    Reaching._entry,
    Reaching._rules,
    Reaching._prerequisites,
    Reaching._window,
    Reaching._look_back,
    Reaching._evidence,
)


def is_repeated(milestone: Milestone) -> bool:
    """Say whether the file lets a milestone be reached more than once."""
    counts = [tier.max_count for tier in milestone.tiers if tier.max_count is not None]
    person = milestone.cap.person if milestone.cap else None
    return (
        milestone.kind in ("periodic", "units")
        or milestone.repeat is not None
        or bool(counts)
        or (person is not None and person != 1)
        or (person == 1 and _is_one_word(milestone))
    )


def _is_one_word(milestone: Milestone) -> bool:
    """Say whether each row is an event of its own: a start, a consent, a plan.

    Of several conditions, and of a number of appointments, only the first day counts.
    """
    reached = milestone.reached
    return (
        milestone.kind == "event"
        and isinstance(reached, Word)
        and reached.word in ("job_start", "funder_event", "plan_event", "accepted")
    )


def _chosen(found: Sequence[Try]) -> list[Try]:
    if not found:
        return []
    if is_repeated(found[-1].milestone):
        reached = [each for each in found if each.reached_on is not None]
        return reached or [max(found, key=_how_far)]
    first = next((each for each in found if each.counts), None)
    return [first or max(found, key=_how_far)]


def _how_far(found: Try) -> tuple[bool, int, bool, int]:
    reached = found.reached_on is not None
    is_open = found.reason == "window_open"
    return reached, found.passed, is_open, -found.day.toordinal()


def _numbered(found: list[Try]) -> list[Try]:
    for number, each in enumerate(found, start=1):
        each.ordinal = number
    return found


def _is_state(known: Known, found: Try, entry: date) -> bool:
    """Say whether what was reached before entry is a state that lasts beyond it."""
    return found.milestone.kind == "periodic"


def _periods(known: Known, milestone: Milestone, floor: date) -> Iterator[Measured]:
    """Yield the calendar months or quarters in which the condition holds on a day."""
    days = known.spans(milestone.reached, milestone.profile)
    events = known.events(milestone.reached, milestone.profile)
    length = 3 if milestone.every == "quarter" else 1
    first = floor.replace(month=(floor.month - 1) // length * length + 1, day=1)
    while first <= known.as_of:
        after = add_months(first, length)
        begins = max(first, floor)
        day = next((max(a, begins) for a, b in days if b >= begins and a < after), None)
        reached = after - ONE_DAY if milestone.reached_on == "period_end" else day
        if day is not None and reached is not None and reached <= known.as_of:
            source = [each for each in events if each.day <= day]
            event = source[-1] if source else known.entry
            if event is not None:
                yield Measured(day, reached, Event(reached, event.row, event.episode))
        first = after


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


__all__ = ["Reaching", "Try", "is_repeated", "trajectory_end"]
