"""Histories that a seed makes: invented people with jobs, pay, plans and papers."""

from datetime import date, timedelta
from decimal import Decimal
from random import Random

from tests.method.contracts.histories import (
    contact,
    episode,
    evidence,
    funder_event,
    job,
    month,
    paid,
    plan_event,
    row,
    terms,
)

KINDS = ("payslip", "employer_letter", "self_declaration", "other")


class Made:
    """What happened to a few people from a day on, for a contract."""

    def __init__(self, seed, contract, begins=date(2024, 1, 1), length=420):
        self.random = Random(seed)
        self.contract = contract.contract
        self.begins = begins
        self.as_of = begins + timedelta(self.random.randint(60, length))
        self.length = (self.as_of - begins).days
        self._number = 0

    def name(self, what):
        self._number += 1
        return f"{what}-{self._number:03}"

    def day(self, first=0, last=None):
        return self.begins + timedelta(
            self.random.randint(first, max(first, last or self.length))
        )

    def chance(self, share):
        return self.random.random() < share

    def people(self, number=1):
        """Return the rows of so many people."""
        return [each for n in range(number) for each in self.person(f"p{n}")]

    def person(self, who):
        accepted = self.day(0, 60)
        exited = self.day(90) if self.chance(0.15) else None
        reason = self.random.choice(["own_wish", "moved"]) if exited else None
        if exited and exited <= accepted:
            exited = None
        found = [
            episode(
                who,
                accepted=accepted,
                exited=exited,
                exit_reason=reason,
                at_referral=self.random.choice(["out_of_work", "employed_seeking"]),
            )
        ]
        for kind in ("consent", "assignment", "purchase_order", "decision", "grant"):
            for _ in range(self.random.choice([0, 1, 1, 1, 2])):
                on = accepted + timedelta(self.random.randint(-10, 40))
                found.append(funder_event(kind, on, who, self.contract))
        found += self._plans(who)
        found += self._contacts(who)
        found += self._states(who)
        for _ in range(self.random.choice([0, 1, 1, 2, 2, 3])):
            found += self._job(who)
        found += self._papers(who)
        return found

    def _plans(self, who):
        kinds = ("profile_started", "search_plan", "job_support_plan")
        return [
            plan_event(kind, self.day(0, 150), who, self.name("pe"))
            for kind in kinds
            for _ in range(self.random.choice([0, 1, 1, 2]))
        ]

    def _contacts(self, who):
        return [
            contact(
                self.name("c"),
                self.day(0, 120),
                who,
                minutes=self.random.choice([10, 15, 22, 23, 50, 60, None]),
                attended=self.random.choice([True, True, False, None]),
                with_applicant=self.random.choice([True, True, False]),
            )
            for _ in range(self.random.randint(0, 6))
        ]

    def _states(self, who):
        found = []
        if self.chance(0.7):
            last = self.day(60) if self.chance(0.3) else None
            kind = self.random.choice(["ssdi", "ssi"])
            found.append(
                row("benefit_spells", episode_id=who, benefit=kind, last_day=last,
                    first_day=self.begins - timedelta(400))
            )  # fmt: skip
        if self.chance(0.8):
            found.append(
                row("treatment", episode_id=who, team_id="t", first_day=self.begins)
            )
        found.append(
            row("groups", episode_id=who, key="diagnosis_group",
                value=self.random.choice(["common_mental_disorder", "psychosis"]))
        )  # fmt: skip
        found.append(
            row("residence", episode_id=who, area=self.random.choice("AB"),
                first_day=self.begins)
        )  # fmt: skip
        return found

    def _job(self, who):
        first = self.day(-40, self.length)
        last = first + timedelta(self.random.choice([3, 5, 6, 10, 40, 89, 90, 91, 200]))
        if self.chance(0.4):
            last = None
        name, values = self.name("j"), {}
        values["employer_id"] = self.random.choice(["e1", "e2", None])
        if self.chance(0.15):
            values["placement"] = self.random.choice(["wage_subsidy", None])
        if self.chance(0.1):
            values["at_least_minimum"] = self.random.choice([False, None])
        if self.chance(0.2):
            values["contracted_daily_hours"] = Decimal("7.4")
        values["held_at_referral"] = self.chance(0.1)
        found = job(name, first, last, who, **values)
        hours = self.random.choice([None, "5", "7", "8", "16", "16", "20", "35", "37"])
        found += self._paid(name, first, last or self.as_of, hours)
        if last is not None and self.chance(0.3):
            more = self.name("j")
            gap = self.random.choice([1, 1, 2, 15, 16])
            again = last + timedelta(gap)
            found += job(more, again, None, who, **values)
            found += self._paid(more, again, self.as_of, hours)
        if self.chance(0.2):
            begins = first + timedelta(self.random.randint(0, 100))
            ends = begins + timedelta(self.random.choice([3, 20]))
            found.append(
                row("job_problems", job_id=name, first_day=begins,
                    last_day=ends if self.chance(0.6) else None)
            )  # fmt: skip
        return found

    def _paid(self, name, first, last, hours):
        found = []
        if hours is not None:
            found.append(terms(name, first, None, hours))
        way = self.random.choice(["none", "none", "weeks", "months", "days"])
        if way == "weeks":
            for n in range(min(30, (last - first).days // 7)):
                if self.chance(0.93):
                    begun = first + timedelta(7 * n)
                    amount = self.random.choice(
                        ["0", "6.5", "7", "8", "16", "20", None]
                    )
                    found.append(paid(name, begun, begun + timedelta(6), amount))
        if way == "months":
            day = first.replace(day=1)
            while day <= last:
                gross = self.random.choice(
                    ["0", "900", "1159.99", "1160", "1700", None]
                )
                net = self.random.choice(["1500", "1620", "1700", None])
                found.append(
                    month(name, day.isoformat()[:7], gross=gross, net=net,
                          hours=self.random.choice([None, "30", "69.5", "80"]))
                )  # fmt: skip
                day = (day + timedelta(32)).replace(day=1)
        if way == "days":
            found.append(
                paid(name, first, first, self.random.choice(["3", "3.5", "4", "8"]))
            )
        return found

    def _papers(self, who):
        return [
            evidence(
                self.random.choice(KINDS),
                self.day(),
                who,
                self.name("ev"),
                label=self.random.choice(["employer_call", "blind", None]),
            )
            for _ in range(self.random.randint(0, 4))
        ]
