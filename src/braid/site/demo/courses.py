"""The course of an episode: referral, entry, jobs, pauses, exit. Drawn, not written."""

from dataclasses import replace
from datetime import date, timedelta

from braid.site.demo import cast, jobs, tables
from braid.site.demo.cast import Size, Unit
from braid.site.demo.days import DAY, weekday_ago, workday_from
from braid.site.demo.dice import Deck, Dice
from braid.site.demo.employers import Directory
from braid.site.demo.trades import trades, wished
from braid.site.demo.values import Job, Life, Person, Refusal

# Shares and medians (days) are calibrated with published IPS services: about four in
# ten of those served work in a quarter, starters wait about 200 days for the first job.
STARTERS, TO_FIRST_JOB, TO_FIRST_SPREAD = 0.8, 245, 0.7
NEXT_JOB, TO_NEXT_JOB = 0.62, 65
NOT_STARTED, STILL_WAITING = 0.055, 0.6
BACKLOG, BACKLOG_DAYS = 0.3, 100  # who had waited for the unit to open
SOURCES = {
    "clinician": 0.62,
    "self": 0.17,
    "caseworker": 0.13,
    "family": 0.04,
    "other": 0.04,
}
# A team that works beside sends few; most of its people find the way themselves.
INSTEAD = {"clinician": 0.3, "self": 0.5, "caseworker": 0.2}
AT_REFERRAL = {
    "out_of_work": 0.87,
    "employed_seeking": 0.03,
    "employed_retention": 0.05,
    "education": 0.03,
    "unknown": 0.02,
}
REFUSALS = {
    "changed_mind": 0.4,
    "not_reached": 0.2,
    "outside_area": 0.15,
    "already_employed": 0.15,
    "no_capacity": 0.1,
}
EXITS = {
    "own_wish": 0.38,
    "moved": 0.17,
    "lost_contact": 0.24,
    "transferred": 0.08,
    "missed_appointments": 0.04,
    "other": 0.09,
}


class Courses:
    """Draws episodes of one unit up to `today`."""

    def __init__(
        self, size: Size, unit: Unit, directory: Directory, today: date, dice: Dice
    ) -> None:
        words = tables.load()
        self._size, self._unit, self._directory = size, unit, directory
        self._today, self._dice = today, dice
        self._ways = Dice(f"{unit.key} ways")
        self._first_day = today - timedelta(days=size.days)
        self._goals = {key: Deck(dice, words["goals"][key]) for key in trades()}
        self._referrals = {key: Deck(dice, words["referrals"][key]) for key in SOURCES}
        self._endings = words["endings"]["not_started"]

    def referral_days(self, number: int) -> list[date]:
        """Draw the days of referral: many when the unit opens, then evenly."""
        days = []
        for _ in range(number):
            span = BACKLOG_DAYS if self._dice.chance(BACKLOG) else self._size.days - 2
            day = self._first_day + timedelta(days=self._dice.randrange(span))
            days.append(min(workday_from(day), weekday_ago(self._today, 1, 2, 3)))
        return sorted(days)

    def draw(self, person: Person, referred_on: date) -> Life:
        """Draw the whole course of one referral, without who has the episode."""
        life = self._referred(person, referred_on)
        if self._dice.chance(self._not_started(life.team)):
            return self._refused(life)
        if self._still_waits(referred_on):
            return replace(life, states=(("waiting", referred_on + 2 * DAY),))
        life = self._entered(life)
        if life.entered_on is None:
            return life
        return self._decided(self._with_jobs(self._perhaps_exited(life)))

    def _referred(self, person: Person, day: date) -> Life:
        dice = self._dice
        source = dice.weighted(SOURCES)
        team = dice.weighted(self._unit.teams)
        if source == "clinician" and _beside(team):
            source = self._ways.weighted(INSTEAD)
        trade = wished(dice)
        return Life(
            person=person,
            unit=self._unit.key,
            team=team,
            trade=trade,
            referred_on=day,
            referral_source=source,
            referral_words=self._referrals[source].draw(),
            clinician=dice.choice(cast.clinicians()[team])
            if dice.chance(0.85)
            else None,
            at_referral=dice.weighted(AT_REFERRAL),
        )

    def _not_started(self, team: str) -> float:
        return NOT_STARTED * (2.6 if _beside(team) else 0.7)

    def _refused(self, life: Life) -> Life:
        """A referral that went no further; a parallel team finds people not ready."""
        dice = self._dice
        day = min(
            workday_from(life.referred_on + dice.randrange(3, 30) * DAY), self._today
        )
        readiness = {"not_ready": 1.6} if _beside(life.team) else {}
        reason = dice.weighted(REFUSALS | readiness)
        by_clinic = reason == "not_ready"
        refusal = Refusal(
            day=day,
            by_role="clinician" if by_clinic else "specialist",
            reason=reason,
            words=dice.choice(self._endings[reason]),
            person_informed=dice.chance(0.8),
        )
        return replace(life, exited_on=day, refusals=(refusal,))

    def _still_waits(self, referred_on: date) -> bool:
        recent = (self._today - referred_on).days < 60
        return recent and self._dice.chance(STILL_WAITING)

    def _entered(self, life: Life) -> Life:
        """Taken on after some days, met after some more; as far as that is past."""
        dice = self._dice
        median = 30 if life.referred_on < self._first_day + BACKLOG_DAYS * DAY else 8
        accepted = workday_from(life.referred_on + dice.around(median, 0.6) * DAY)
        if accepted >= self._today:
            return life
        life = replace(life, accepted_on=accepted)
        entered = workday_from(accepted + dice.around(5, 0.6) * DAY)
        if entered >= self._today:
            return life
        profile = workday_from(entered + dice.around(9, 0.8) * DAY)
        seen = self._today - dice.around(35, 0.6) * DAY
        return replace(
            life,
            entered_on=entered,
            profile_started_on=profile if profile < self._today else None,
            goal=self._goals[life.trade].draw(),
            goal_seen_on=max(entered, seen),
        )

    def _perhaps_exited(self, life: Life) -> Life:
        stay = 60 + self._dice.expovariate(1 / self._size.stay)
        day = workday_from((life.entered_on or self._today) + round(stay) * DAY)
        if day >= self._today:
            return life
        return replace(life, exited_on=day, exit_reason=self._dice.weighted(EXITS))

    def _with_jobs(self, life: Life) -> Life:
        until = min(self._today, life.exited_on or self._today) - DAY
        held = self._held(life, until)
        found = [*held, *self._placements(life, until)]
        if self._dice.chance(STARTERS):
            found += self._ordinary_jobs(life, found, until)
        life = replace(life, jobs=tuple(sorted(found, key=lambda job: job.first_day)))
        job = life.job_on(until)
        if life.exited_on and job and (until - job.first_day).days > 180:
            return replace(life, exit_reason="working_no_support_needed")
        return life

    def _held(self, life: Life, until: date) -> list[Job]:
        """Return the job that somebody in work had when referred."""
        if not life.at_referral.startswith("employed"):
            return []
        first = life.referred_on - timedelta(days=self._dice.randrange(150, 2500))
        job = jobs.ordinary(self._dice, self._directory, life.trade, first, first)
        stays = self._dice.chance(0.6)
        lost = life.referred_on + self._dice.around(120, 0.5) * DAY
        job = replace(
            job,
            held_at_referral=True,
            placement="competitive",
            permanence="permanent",
            time_limit_origin="",
            open_to_all=True,
            employer_of_record="employer",
            found_by="applicant",
        )
        if stays or lost > until:
            return [job]
        terms = tuple(replace(each, last_day=lost) for each in job.terms)
        return [
            replace(
                job, last_day=lost, end_known_on=lost, end_reason="health", terms=terms
            )
        ]

    def _placements(self, life: Life, until: date) -> list[Job]:
        """Return the internship or wage subsidy that a job centre pressed for, if any."""
        dice = self._dice
        centre = cast.teams()[dice.weighted(self._unit.job_centres)]
        begins = workday_from(
            (life.entered_on or until) + dice.randrange(45, 170) * DAY
        )
        weeks = dice.choice((4, 8, 13, 13, 26))
        if not dice.chance(centre.presses) or begins + weeks * 7 * DAY >= until:
            return []
        make = jobs.internship if weeks < 26 else jobs.subsidised
        placement = make(dice, self._directory, life.trade, begins, weeks)
        if dice.chance(0.3):
            return [placement, jobs.turned_ordinary(dice, placement, until)]
        return [placement]

    def _ordinary_jobs(self, life: Life, before: list[Job], until: date) -> list[Job]:
        dice = self._dice
        if any(job.last_day is None for job in before):
            return []
        waited = dice.around(TO_FIRST_JOB, TO_FIRST_SPREAD) * DAY
        day = (life.entered_on or until) + waited
        ends = [job.last_day for job in before if job.last_day]
        day = workday_from(max([day, *(end + 7 * DAY for end in ends)]))
        found: list[Job] = []
        while day <= until:
            job = jobs.ordinary(dice, self._directory, life.trade, day, until)
            found.append(job)
            if job.last_day is None or not dice.chance(NEXT_JOB):
                break
            day = workday_from(
                job.last_day + max(dice.around(TO_NEXT_JOB, 0.8), 2) * DAY
            )
        return found

    def _decided(self, life: Life) -> Life:
        """Add pauses, and step-downs of those who have worked for a year."""
        if life.exited_on or life.entered_on is None:
            return life
        dice, today = self._dice, self._today
        job = life.job_on(today)
        worked = (today - job.first_day).days if job else 0
        if worked > 390 and dice.chance(0.4):
            day = workday_from(today - dice.randrange(10, worked - 360) * DAY)
            offered = day - 14 * DAY
            return replace(
                life,
                states=(("stepped_down", min(day, today)),),
                step_down_offered_on=offered,
            )
        if worked > 370 and dice.chance(0.5):
            return replace(
                life, step_down_offered_on=today - dice.randrange(2, 30) * DAY
            )
        since = (today - life.entered_on).days
        if not job and since > 90 and dice.chance(0.07):
            return replace(
                life, states=(("paused", today - dice.randrange(4, 50) * DAY),)
            )
        if since > 200 and dice.chance(0.07):
            first = life.entered_on + dice.randrange(60, since - 100) * DAY
            again = first + dice.randrange(20, 60) * DAY
            return replace(life, states=(("paused", first), ("active", again)))
        return life


def _beside(team: str) -> bool:
    """Say whether a treatment team treats IPS as a parallel service."""
    return cast.teams()[team].together_days > 100
