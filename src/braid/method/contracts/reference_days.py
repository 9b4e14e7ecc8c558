"""A contract read day by day, plainly and slowly: what holds on one day of one case.

Written from the contract language, not from the engine, which must agree with it. Every
question is asked of the rows of facts anew for every day.
"""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any

from braid.method.competitive import competitive
from braid.method.contracts.case import Case
from braid.method.contracts.shape import (
    AllOf,
    AnyOf,
    Bindings,
    Condition,
    Contract,
    Level,
    NoneOf,
    Open,
    Reached,
    Word,
)
from braid.method.measures.reference.in_work import facts_of
from braid.method.measures.words import Row

DAY = timedelta(1)
BASIS = {
    "referred": "referred_on",
    "accepted": "accepted_on",
    "entered": "entered_on",
    "profile": "profile_started_on",
}


class NotBound(Exception):
    """A parameter has no value."""


def compared(rule: Any, amount: Any, edge_of: Any) -> bool:
    """Say whether an amount keeps the one comparison of a rule."""
    if rule.at_least is not None:
        return bool(amount >= edge_of(rule.at_least))
    if rule.above is not None:
        return bool(amount > edge_of(rule.above))
    if rule.at_most is not None:
        return bool(amount <= edge_of(rule.at_most))
    return bool(amount < edge_of(rule.below))


class Days:
    """One case, one version of a contract, and what was known on the last day."""

    def __init__(
        self, case: Case, contract: Contract, bindings: Bindings | None, as_of: date
    ) -> None:
        self.case = case
        self.contract = contract
        self.bindings = bindings
        self.as_of = as_of
        self.entry: date | None = None
        self.entry_episode = case.episodes[0]
        self.reached: dict[str, date | None] = {}
        self.profile = "strict"

    def calendar(self, first: date, last: date) -> Iterator[date]:
        """Yield every day from one to another."""
        day = first
        while day <= last:
            yield day
            day += DAY

    @property
    def first_day(self) -> date:
        """Return the first day of which anything is told."""
        days = [
            value
            for table in self.case.rows.values()
            for row in table
            for value in row.values()
            if isinstance(value, date) and value.year > 1990
        ]
        return min(days, default=self.as_of)

    def value(self, given: Any) -> Any:
        """Return a number or what is bound to its parameter. Raises NotBound."""
        if isinstance(given, Open):
            found = self.bindings.get(given.parameter) if self.bindings else None
            if found is None:
                raise NotBound(given.parameter)
            return found
        return given

    # What holds on a day

    def holds(self, condition: Condition, day: date) -> bool:
        """Say whether a condition holds on a day."""
        if isinstance(condition, Open):
            rule = self.value(condition)
            return rule == "none" or self.holds(rule, day)
        if isinstance(condition, AnyOf):
            return True in [self.holds(each, day) for each in condition.any_of]
        if isinstance(condition, AllOf):
            return False not in [self.holds(each, day) for each in condition.all_of]
        if isinstance(condition, NoneOf):
            return True not in [self.holds(each, day) for each in condition.none_of]
        if isinstance(condition, Reached):
            on = self.reached.get(condition.milestone)
            return on is not None and on <= day
        return bool(getattr(self, f"_{condition.word}")(condition, day))

    def happens(self, condition: Condition, day: date) -> list[str]:
        """Return the ids of what happens on a day and brings a condition about."""
        if isinstance(condition, Open):
            rule = self.value(condition)
            return [] if rule == "none" else self.happens(rule, day)
        if isinstance(condition, AnyOf | AllOf):
            parts = (
                condition.any_of if isinstance(condition, AnyOf) else condition.all_of
            )
            found = [name for part in parts for name in self.happens(part, day)]
            return found if self.holds(condition, day) else []
        if isinstance(condition, Reached):
            on = self.reached.get(condition.milestone)
            return [condition.milestone] if on == day else []
        if isinstance(condition, NoneOf):
            return []
        return self._rows_on(condition, day)

    def _rows_on(self, word: Word, day: date) -> list[str]:
        if word.word in ("accepted", "on_caseload"):
            column = BASIS[word.basis or "accepted"]
            rows = [row for row in self.case.episodes if row[column] == day]
            return [row["episode_id"] for row in rows]
        if word.word == "funder_event":
            return [
                row["episode_id"] for row in self._funder(word) if row["day"] == day
            ]
        if word.word == "plan_event":
            rows = [row for row in self._plan(word) if row["day"] == day]
            return [row["event_id"] for row in rows]
        if word.word == "appointments":
            if self._appointments(word, day) and not self._appointments(
                word, day - DAY
            ):
                return sorted(r["contact_id"] for r in self._kept() if r["day"] == day)
            return []
        if word.word == "contact_minutes":
            rows = [
                row
                for row in self.case.of("contacts")
                if row["attended"] and row["minutes"] and row["day"] == day
            ]
            return sorted(row["contact_id"] for row in rows)
        if word.word == "job_start":
            return [
                spell[0]["job_id"] for spell in self.spells() if _began(spell) == day
            ]
        raise KeyError(word.word)

    # Words

    def _accepted(self, word: Word, day: date) -> bool:
        return any(
            row["accepted_on"] is not None and row["accepted_on"] <= day
            for row in self.case.episodes
        )

    def _on_caseload(self, word: Word, day: date) -> bool:
        column = BASIS[word.basis or "accepted"]
        return any(
            row[column] is not None
            and row[column] <= day
            and (row["exited_on"] is None or day < row["exited_on"])
            for row in self.case.episodes
        )

    def _funder(self, word: Word) -> list[Row]:
        return [
            row
            for row in self.case.of("funder_events")
            if row["contract_id"] == self.contract.contract and row["kind"] == word.kind
        ]

    def _funder_event(self, word: Word, day: date) -> bool:
        return any(row["day"] <= day for row in self._funder(word))

    def _plan(self, word: Word) -> list[Row]:
        return [row for row in self.case.of("plan_events") if row["kind"] == word.kind]

    def _plan_event(self, word: Word, day: date) -> bool:
        return any(row["day"] <= day for row in self._plan(word))

    def _kept(self) -> list[Row]:
        return [
            row
            for row in self.case.of("contacts")
            if row["attended"]
            and row["with_applicant"]
            and (self.entry is None or row["day"] >= self.entry)
        ]

    def _appointments(self, word: Word, day: date) -> bool:
        number = len([row for row in self._kept() if row["day"] <= day])
        return compared(word, Decimal(number), self.value)

    def _resident_in(self, word: Word, day: date) -> bool:
        rows = self.case.of("residence")
        return any(_covers(row, day) and row["area"] in word.among for row in rows)

    def _in_treatment(self, word: Word, day: date) -> bool:
        return any(_covers(row, day) for row in self.case.of("treatment"))

    def _diagnosis_group(self, word: Word, day: date) -> bool:
        return any(
            row["key"] == "diagnosis_group"
            and row["value"] in word.among
            and row["episode_id"] == self.entry_episode["episode_id"]
            for row in self.case.of("groups")
        )

    def _at_referral(self, word: Word, day: date) -> bool:
        return self.entry_episode["at_referral"] in word.among

    def _statement(self, word: Word, day: date) -> bool:
        return any(
            row["kind"] in ("other", "self_declaration")
            and row.get("label") == word.label
            and row["received_on"] <= self.as_of
            and (row["period_first"] is None or row["period_first"] <= day)
            and (row["period_last"] is None or day <= row["period_last"])
            for row in self.case.of("evidence")
        )

    def _benefit(self, word: Word, day: date) -> bool:
        if word.at == "entry" and self.entry is None:
            return False
        days = [self.entry if word.at == "entry" and self.entry else day]
        if word.at == "month":
            days = [
                each
                for each in self.calendar(day.replace(day=1), day + 31 * DAY)
                if each.month == day.month
            ]
        return any(
            row["benefit"] in word.among and _covers(row, each)
            for row in self.case.of("benefit_spells")
            for each in days
        )

    def _job_start(self, word: Word, day: date) -> bool:
        return any(_began(spell) <= day for spell in self.spells())

    def _in_work(self, word: Word, day: date) -> bool:
        return self.works(day, [row for spell in self.spells() for row in spell])

    def _job_problem_open(self, word: Word, day: date) -> bool:
        return any(_covers(row, day) for row in self.case.of("job_problems"))

    def _weekly_hours(self, word: Word, day: date) -> bool:
        rates = [self._rate(row, day) for row in self.jobs() if self.held(row, day)]
        known = [rate for rate in rates if rate is not None]
        falls = word.at_most is not None or word.below is not None
        if falls and len(known) < len(rates):
            return False
        return compared(word, sum(known, Fraction(0)), self.value)

    def _days_since(self, word: Word, day: date) -> bool:
        origin = self.origin(word.since)
        if origin is None or day < origin:
            return False
        return compared(word, Decimal((day - origin).days), self.value)

    def origin(self, conditions: Sequence[Condition]) -> date | None:
        """Return the first day of the first of some conditions that exists."""
        for each in conditions:
            for day in self.calendar(self.first_day, self.as_of):
                if self.happens(each, day):
                    return day
        return None

    # Work

    def jobs(self) -> list[Row]:
        """Return the jobs that count as competitive, by their first day."""
        rows = [
            row
            for row in self.case.of("jobs")
            if row["first_day"] <= self.as_of
            and competitive(facts_of(row), None, self.profile).counts  # type: ignore[arg-type]
        ]
        return sorted(rows, key=lambda row: (row["first_day"], row["job_id"]))

    def spells(self) -> list[list[Row]]:
        """Return jobs that carry one another on with one employer, retention left out."""
        found: list[list[Row]] = []
        for row in self.jobs():
            before = [
                spell
                for spell in found
                if row["employer_id"]
                and spell[-1]["employer_id"] == row["employer_id"]
                and spell[-1]["last_day"] is not None
                and spell[-1]["last_day"] + DAY == row["first_day"]
            ]
            if before:
                before[0].append(row)
            else:
                found.append([row])
        exits = {row["episode_id"]: row["exited_on"] for row in self.case.episodes}
        return [
            spell
            for spell in found
            if not spell[0]["held_at_referral"]
            and (
                exits[spell[0]["episode_id"]] is None
                or _began(spell) < exits[spell[0]["episode_id"]]
            )
        ]

    def held(self, job: Row, day: date) -> bool:
        """Say whether a job is known to be held on a day that has come."""
        return day <= self.as_of and _covers(job, day)

    def works(self, day: date, jobs: Sequence[Row]) -> bool:
        """Say whether somebody is in one of these jobs on a day."""
        return any(self.held(job, day) for job in jobs)

    def amount_on(self, job: Row, column: str, day: date) -> Fraction:
        """Return the share of a day in what was paid for the days of its period."""
        total = Fraction(0)
        for row in self.case.of("paid_work"):
            known = row["job_id"] == job["job_id"] and row["last_day"] <= self.as_of
            if not known or row[column] is None or not _covers(row, day):
                continue
            days = [
                each
                for each in self.calendar(row["first_day"], row["last_day"])
                if _covers(job, each)
            ]
            if day in days:
                total += Fraction(row[column]) / len(days)
        return total

    def hours_on(self, job: Row, day: date) -> Fraction | None:
        """Return the hours of a day: paid where recorded, else agreed, else not known."""
        if not self.held(job, day):
            return Fraction(0)
        rows = [
            row
            for row in self.case.of("paid_work")
            if row["job_id"] == job["job_id"] and row["last_day"] <= self.as_of
        ]
        recorded = [row for row in rows if row["hours"] is not None]
        if any(_covers(row, day) for row in recorded):
            return self.amount_on(job, "hours", day)
        blank = any(_covers(row, day) for row in rows if row["hours"] is None)
        between = (
            recorded
            and min(row["first_day"] for row in recorded) <= day
            and day <= max(row["last_day"] for row in recorded)
        )
        if between and not blank:
            return Fraction(0)
        return self._agreed(job, day)

    def _agreed(self, job: Row, day: date) -> Fraction | None:
        rows = [
            row
            for row in self.case.of("job_terms")
            if row["job_id"] == job["job_id"]
            and _covers(row, day)
            and row["weekly_hours"] is not None
        ]
        return Fraction(rows[-1]["weekly_hours"]) * Fraction(1, 7) if rows else None

    def _rate(self, job: Row, day: date) -> Fraction | None:
        for row in self.case.of("paid_work"):
            mine = row["job_id"] == job["job_id"] and row["last_day"] <= self.as_of
            if mine and row["hours"] is not None and _covers(row, day):
                length = (row["last_day"] - row["first_day"]).days + 1
                return Fraction(row["hours"]) * Fraction(7, length)
        agreed = self._agreed(job, day)
        return None if agreed is None else agreed * 7

    def level(self, given: Any, day: date) -> Any:
        """Return the edge of a comparison on a day; None where its year has no level."""
        if not isinstance(given, Level):
            return self.value(given)
        for each in self.contract.levels:
            if each.name == given.level and each.year == day.year:
                if each.when is None:
                    return each.value
                if self.holds(each.when, day):
                    return each.value
        return None


def _covers(row: Row, day: date) -> bool:
    return bool(
        row["first_day"] <= day and (row["last_day"] is None or day <= row["last_day"])
    )


def _began(spell: Sequence[Row]) -> date:
    first: date = spell[0]["first_day"]
    return first
