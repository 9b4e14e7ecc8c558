"""What the people of the demo told in their career profiles, and what they planned."""

from collections.abc import Iterable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from braid.access.models import Team
from braid.access.policy import Actor
from braid.people import commands as people
from braid.people.choices import AgreedHow, UpdateBecause
from braid.site.demo import tables
from braid.site.demo.agreed import Around
from braid.site.demo.cast import SIGNE
from braid.site.demo.days import workday_from
from braid.site.demo.dice import Dice
from braid.site.demo.keys import Keys
from braid.site.demo.own import key_of
from braid.site.demo.trades import trades
from braid.site.demo.values import Life

QUARTER = timedelta(days=90)
WARNED = timedelta(days=75)  # before the clock of the review warns
# Asked in the first meetings; the rest come up later, or never.
FIRST = (
    *("first_job", "good_day", "school", "travel_time", "hours_wanted"),
    *("benefit_list", "money_worries", "strengths"),
)
LATE = 0.12  # of those on the caseload some have no drafted profile or plan yet
HOURS = ((8, 15), (10, 20), (15, 25), (20, 37))


def write(
    actor: Actor,
    unit: Team,
    lives: Iterable[tuple[UUID, Life, Around]],
    keys: Keys,
    today: date,
) -> None:
    """Record profiles, plans, steps and step-downs of a unit in one go."""
    talks, told = people.Talks(), set[UUID]()
    for key, life, around in lives:
        if life.entered_on is not None and life.entered_on <= today:
            _Telling(talks, key, life, keys, today, around).tell(told)
    people.record_talks(actor=actor, unit=unit, talks=talks)


class _Telling:
    """What one life adds; the same seed tells the same."""

    def __init__(
        self,
        talks: people.Talks,
        key: UUID,
        life: Life,
        keys: Keys,
        today: date,
        around: Around,
    ) -> None:
        self.talks, self.key, self.life, self.today = talks, key, life, today
        self.keys, self.around = keys, around
        self.applicant = keys.people[life.person]
        self.entered: date = life.entered_on or today
        holder = next((one.staff for one in life.holders if one.staff), None)
        self.writer = keys.staff[holder] if holder else None
        self.dice = Dice(f"{key_of(life.person)} {life.referred_on} talks")
        self.words: Any = tables.load()["talks"]
        # Whose story is told has another thing that waits, and all this in time.
        self.is_told = life.quiet_from is not None

    def tell(self, told: set[UUID]) -> None:
        """Tell all; who came back, being among those `told`, has a profile already."""
        began = self.life.profile_started_on
        late = self.dice.chance(LATE) and not self.is_told
        drafted = (began is not None or self.is_told) and not late
        if drafted and self.applicant not in told:
            told.add(self.applicant)
            self._profile()
        if drafted and key_of(self.life.person) != SIGNE:  # hers is told on its own
            self._plans()
        self._step_down()

    def _profile(self) -> None:
        more = [name for name in self.words["answers"] if name not in FIRST]
        asked = [*FIRST, *self.dice.sample(more, self.dice.randint(1, len(more)))]
        self.talks.answers += [
            people.NewAnswer(
                self.applicant,
                name,
                self.dice.choice(self.words["answers"][name]),
                self.writer,
            )
            for name in asked
        ]
        last = self.entered.year - self.dice.randint(1, 6)
        for job in self.dice.sample(self.words["past_jobs"], self.dice.randint(1, 2)):
            first = last - self.dice.randint(1, 4)
            self.talks.past_jobs.append(
                people.NewPastJob(
                    self.applicant,
                    **job,
                    first_year=first,
                    last_year=last,
                    created_by_id=self.writer,
                )
            )
            last = first
        self._updates()

    def _updates(self) -> None:
        for job in self.life.jobs:
            events = (
                (job.first_day, UpdateBecause.NEW_JOB),
                (job.last_day, UpdateBecause.JOB_END),
            )
            for day, because in events:
                if day and self.entered <= day <= self.today and self.dice.chance(0.7):
                    self.talks.updates.append(
                        people.NewUpdate(self.applicant, day, because, job.end_words)
                    )

    def _plans(self) -> None:
        """Agree a plan some weeks after entry; look at it most quarters since."""
        within = 15 if self.is_told else 35
        agreed = self.entered + timedelta(self.dice.randint(5, within))
        until = min(self.life.exited_on or self.today, self.today)
        if agreed > until:
            return
        looked = agreed
        while looked + WARNED <= until and (self.is_told or not self.dice.chance(0.15)):
            looked += WARNED - timedelta(self.dice.randint(0, 14))
        # Some wait for it, by days or weeks; nobody is forgotten for long.
        looked = max(looked, until - QUARTER - timedelta(self.dice.randint(0, 21)))
        hours_from, hours_to = self.dice.choice(HOURS)
        codes = {code for _title, code in trades()[self.life.trade].titles}
        self.talks.plans.append(
            people.NewPlan(
                self.key,
                number=1,
                first_day=agreed,
                goal=self.life.goal or self.life.referral_words,
                hours_from=Decimal(hours_from),
                hours_to=Decimal(hours_to),
                times=self.dice.choice(self.words["times"]),
                travel_minutes=self.dice.choice((20, 30, 45, 60)),
                travel=self.dice.choice(self.words["travel"]),
                surroundings=self.dice.choice(self.words["surroundings"]),
                avoid=self.dice.choice(self.words["avoid"]),
                review_on=looked + QUARTER,
                reviewed_on=looked if looked > agreed else None,
                agreed_on=agreed,
                agreed_how=AgreedHow.SAID,
                occupations=tuple(sorted(codes)),
            )
        )
        self._seen(self.talks.plans[-1].id, agreed, until)
        self._steps(agreed, until)

    def _seen(self, plan_id: UUID, agreed: date, until: date) -> None:
        """Let the treatment team see the plan, where that is agreed; some see it late."""
        dice = Dice(f"{key_of(self.life.person)} {self.life.referred_on} plan seen")
        share = tables.load()["together"]["teams"][self.life.team]["sees"]
        is_seen = dice.chance(share)
        wait = dice.randint(1, 12) if is_seen else dice.randint(20, 70)
        day = workday_from(agreed + timedelta(wait))
        reads = "work_goals" in self.around.shares("treatment", day)
        if day < until and reads and (is_seen or dice.chance(share)):
            self.talks.plans_seen.append(
                people.NewPlanSeen(
                    plan_id,
                    self.keys.teams[self.life.team].pk,
                    day,
                    self.keys.staff.get(self.life.clinician or ""),
                )
            )

    def _steps(self, agreed: date, until: date) -> None:
        is_open = self.life.exited_on is None
        for owner, text in self.dice.sample(self.words["steps"], 2):
            due = self.today + timedelta(self.dice.randint(-4, 21))
            done = None if is_open and self.dice.chance(0.5) else until
            self.talks.steps.append(
                people.NewStep(self.key, text, owner, max(due, agreed), done)
            )

    def _step_down(self) -> None:
        for state, day in self.life.states:
            if state == "stepped_down" and day <= self.today:
                self.talks.step_downs.append(
                    people.NewStepDown(
                        self.key,
                        day,
                        self.dice.choice(self.words["supporter"]),
                        self.words["way_back"],
                        self.dice.choice(self.words["answers"]["early_signs"]),
                    )
                )
