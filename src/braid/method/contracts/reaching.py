"""What one case reaches of the milestones of a contract, question by question.

From the version to the evidence, in the order of the contract language. What depends on
other cases (caps, double funding) or on money comes after, in `settling`.
"""

from collections.abc import Callable, Iterator
from datetime import date, timedelta

from braid.kernel.dates import add_months
from braid.method.contracts.case import Case
from braid.method.contracts.choosing import chosen, is_repeated
from braid.method.contracts.conditions import Event, Known, Unbound
from braid.method.contracts.limits import trajectory_end
from braid.method.contracts.periods import periods
from braid.method.contracts.questions import QUESTIONS, look_back
from braid.method.contracts.shape import Contract, Milestone, Open, Word
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

    def let_go(self) -> None:
        """Loose what is known, which asks this case in its turn."""
        self._known.clear()

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
            self._tries[name] = chosen(found)
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
                return list(periods(known, milestone, floor))
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
            if not self._answered(known, found):
                self._taken_away(known, found)
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

    def _answered(self, known: Known, found: Try) -> bool:
        """Ask all questions, or of a brief run those alone that can be answered no."""
        if not self.brief:
            return all(question(self, known, found) for question in QUESTIONS)
        for skipped, question in self.versions.asked(found.contract, found.milestone):
            found.passed += skipped
            if not question(self, known, found):
                return False
        return True

    def _taken_away(self, known: Known, found: Try) -> None:
        """Say of what is not reached that it never can be, where look-back took it."""
        open_ = found.reason in ("window_open", "window_failed")
        if open_ and found.milestone.look_back and not look_back(self, known, found):
            found.reason = "look_back"


__all__ = ["Reaching", "Try", "is_repeated", "trajectory_end"]
