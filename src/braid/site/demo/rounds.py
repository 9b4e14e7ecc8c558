"""Employer contacts: for one person, or to know the employers of the town."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date

from braid.kernel.dates import iso_week_start
from braid.site.demo import tables
from braid.site.demo.cast import Specialist
from braid.site.demo.days import DAY, is_workday, pace, workday_from
from braid.site.demo.dice import Deck, Dice
from braid.site.demo.employers import Directory
from braid.site.demo.trades import trades
from braid.site.demo.values import Job, Life, Visit

TO_FIRST = 15  # days from entry to the first employer met for somebody, in the middle
BETWEEN = 11
MODES = {"in_person": 0.8, "phone": 0.15, "message": 0.05}
OUTCOMES = {"none": 0.34, "follow_up": 0.42, "interview": 0.09, "refused": 0.15}
OUTCOMES_GENERAL = {"none": 0.35, "follow_up": 0.5, "refused": 0.15}
STAGES = {"introduce": 0.42, "learn": 0.43, "match": 0.15}
MADE_BY = {"specialist": 0.78, "both": 0.17, "applicant": 0.05}


class Rounds:
    """Draws employer contacts up to the day before `today`."""

    def __init__(self, directory: Directory, today: date, dice: Dice) -> None:
        words = tables.load()["employers"]
        self._directory, self._today, self._dice = directory, today, dice
        self._learned = Deck(dice, words["learned"])
        self._next_step = Deck(dice, words["next_step"])
        self._open = [each.key for each in directory.employers if each.trades]

    def for_life(self, life: Life, care: float) -> tuple[Visit, ...]:
        """Draw the employer contacts made for one person."""
        if life.entered_on is None:
            return ()
        end = min(self._today, life.exited_on or date.max, life.quiet_from or date.max)
        found = [*self._search(life, life.entered_on, end, care)]
        for job in life.jobs:
            found_here = job.found_by == "specialist" and not life.quiet_from
            if found_here and job.first_day > life.entered_on:
                found += self._to_a_job(life, job)
        return tuple(
            sorted(
                (v for v in found if life.entered_on <= v.day < end),
                key=lambda visit: visit.day,
            )
        )

    def _search(
        self, life: Life, entered: date, end: date, care: float
    ) -> Iterator[Visit]:
        dice = self._dice
        day = workday_from(entered + dice.around(TO_FIRST / care**3, 0.55) * DAY)
        first, employer = True, ""
        while day < end:
            holder = life.holder_on(day)
            seeks = life.state_on(day) == "active" and _wants_another(life, day)
            if seeks and holder and (first or dice.chance(pace(day))):
                again = bool(employer) and dice.chance(0.35)
                employer = employer if again else self._employer(life)
                yield self._visit(day, holder, employer, first=first, again=again)
                first = False
            day = workday_from(day + max(dice.around(BETWEEN, 0.5), 1) * DAY)

    def _employer(self, life: Life) -> str:
        """Draw an employer with the work that is wished for, not one of a later job."""
        wish = life.trade if self._dice.chance(0.8) else trades()[life.trade].near
        later = {job.employer for job in life.jobs}
        others = [key for key in self._directory.by_trade[wish] if key not in later]
        return self._dice.choice(others or self._directory.by_trade[wish])

    def _visit(
        self, day: date, holder: str, employer: str, *, first: bool, again: bool
    ) -> Visit:
        dice = self._dice
        outcome = dice.weighted(OUTCOMES)
        mode = "in_person" if first else dice.weighted(MODES)
        next_step, next_on = self._next(day, outcome)
        return Visit(
            day=day,
            staff=holder,
            employer=employer,
            mode=mode,
            made_by=dice.weighted(MADE_BY),
            with_hiring_role=dice.chance(0.72),
            stage="match"
            if outcome == "interview"
            else "learn"
            if again
            else "introduce",
            fits_plan=dice.chance(0.9),
            outcome=outcome,
            learned=self._learned.draw() if dice.chance(0.3) else "",
            next_step=next_step,
            next_on=next_on,
        )

    def _next(self, day: date, outcome: str) -> tuple[str, date | None]:
        if outcome in ("none", "refused") or not self._dice.chance(0.7):
            return "", None
        next_on = workday_from(day + self._dice.randrange(4, 18) * DAY)
        return self._next_step.draw(), next_on

    def _to_a_job(self, life: Life, job: Job) -> Iterator[Visit]:
        """Yield the two visits in which an employer met somebody and made an offer."""
        for days, outcome in ((24, "interview"), (10, "offer")):
            day = workday_from(
                job.first_day - self._dice.randrange(days - 5, days) * DAY
            )
            holder = life.holder_on(day)
            if holder and day < job.first_day:
                yield Visit(
                    day=day,
                    staff=holder,
                    employer=job.employer,
                    made_by="both" if outcome == "interview" else "specialist",
                    with_hiring_role=True,
                    stage="match",
                    fits_plan=True,
                    outcome=outcome,
                    learned=self._learned.draw() if self._dice.chance(0.5) else "",
                )

    def in_general(
        self,
        specialist: Specialist,
        first_day: date,
        last_day: date,
        made: Iterable[Visit],
    ) -> Iterator[Visit]:
        """Yield visits for nobody in particular, up to what the specialist does a week."""
        weeks = Counter(iso_week_start(v.day) for v in made if v.mode == "in_person")
        monday = iso_week_start(first_day)
        while monday <= last_day:
            usual = specialist.visits * pace(monday)
            wanted = round(self._dice.gauss(usual, 1.3)) - weeks[monday]
            for _ in range(wanted):
                day = monday + self._dice.randrange(5) * DAY
                if is_workday(day) and first_day <= day <= last_day:
                    yield self._general(day, specialist.key)
            monday += 7 * DAY

    def _general(self, day: date, staff: str) -> Visit:
        dice = self._dice
        outcome = dice.weighted(OUTCOMES_GENERAL)
        next_step, next_on = self._next(day, outcome)
        return Visit(
            day=day,
            staff=staff,
            employer=dice.choice(self._open),
            mode="in_person" if dice.chance(0.86) else "phone",
            with_hiring_role=dice.chance(0.6),
            stage=dice.weighted(STAGES),
            outcome=outcome,
            learned=self._learned.draw() if dice.chance(0.25) else "",
            next_step=next_step,
            next_on=next_on,
        )


def _wants_another(life: Life, day: date) -> bool:
    """Say whether somebody looks for a job on `day`; who works mostly does not."""
    job = life.job_on(day)
    return job is None or (
        job.held_at_referral and life.at_referral == "employed_seeking"
    )


Latest = Mapping[tuple[str, str], date]


def latest(visits: Iterable[Visit]) -> Latest:
    """Return the day of the last visit of each specialist to each employer."""
    found: dict[tuple[str, str], date] = {}
    for visit in visits:
        pair = visit.staff, visit.employer
        found[pair] = max(visit.day, found.get(pair, visit.day))
    return found


def tidied(visits: Iterable[Visit], last: Latest, today: date) -> Iterator[Visit]:
    """Yield the visits without next steps that nobody took in time."""
    for visit in visits:
        overtaken = visit.next_on is not None and visit.next_on < today - DAY
        if overtaken and last[visit.staff, visit.employer] == visit.day:
            yield replace(visit, next_step="", next_on=None)
        else:
            yield visit
