"""The support contacts of an episode: when, how, where, with whom, what for."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from braid.site.demo import cast, tables
from braid.site.demo.cast import Size, Specialist
from braid.site.demo.days import DAY, pace, workday_from
from braid.site.demo.dice import Deck, Dice
from braid.site.demo.values import Contact, Job, Life

FRIDAY = 4
# Days between two contacts, by what is going on.
GAP_PAUSED, GAP_STEPPED_DOWN = 17, 30
GAP_BEGINNING, GAP_SEARCH = 2.4, 2.6
GAP_IN_WORK = ((28, 2.8), (180, 4.4), (10_000, 6.4))
LONGEST_UNSEEN = 17  # after this many days the next contact is agreed face to face
# Some withdraw for a time: how often, how long, and whether it is now.
WITHDRAWS, AWAY_DAYS, AWAY_NOW = 1.2, (22, 46), 0.4
NOT_ANSWERED = {"phone": 0.6, "in_person": 0.25, "message": 0.15}
MODES = {"in_person": 0.66, "phone": 0.16, "message": 0.13, "video": 0.05}
MODES_IN_WORK = {"in_person": 0.54, "phone": 0.24, "message": 0.17, "video": 0.05}
KEPT = {"in_person": 0.87, "phone": 0.8, "video": 0.92}
MINUTES = {"in_person": (54, 0.35), "phone": (14, 0.5), "video": (32, 0.3)}
OUTSIDE = {"community": 0.66, "home": 0.16, "job_centre": 0.06, "employer_site": 0.12}
OUTSIDE_IN_WORK = {"employer_site": 0.55, "community": 0.37, "home": 0.08}
INSIDE = {"ips_office": 0.58, "treatment_office": 0.42}
INSIDE_BESIDE = {"ips_office": 0.95, "treatment_office": 0.05}
MEETS_RARELY = 0.5  # a team that is at fewer meetings works beside, not with


@dataclass(slots=True)
class _Course:
    """What the next contact leans on: when they last met, when all three will.

    `away` are the days in which the person does not answer.
    """

    last_met: date
    together_on: date
    away: tuple[date, date] | None


class Diary:
    """Draws the contacts of lives up to the day before `today`."""

    def __init__(
        self, size: Size, specialists: Mapping[str, Specialist], today: date, dice: Dice
    ) -> None:
        words = tables.load()["contacts"]
        self._size, self._specialists = size, specialists
        self._today, self._dice = today, dice
        self._beginnings = Dice(f"{today} beginnings")
        self._decks = {name: Deck(dice, cards) for name, cards in words.items()}

    def contacts(self, life: Life) -> tuple[Contact, ...]:
        """Draw the contacts of a life, one a day at most."""
        if life.entered_on is None:
            return ()
        entered = life.entered_on
        planned = dict.fromkeys(self._agreed(life, entered), True)
        for day in self._rhythm(life, entered):
            planned.setdefault(day, False)
        course = _Course(
            entered, self._first_together(life, entered), self._away(life, entered)
        )
        return tuple(
            self._contact(life, day, course, agreed=agreed)
            for day, agreed in sorted(planned.items())
            if entered <= day < self._end(life) and life.holder_on(day)
        )

    def _end(self, life: Life) -> date:
        return min(self._today, life.exited_on or date.max, life.quiet_from or date.max)

    def _first_together(self, life: Life, entered: date) -> date:
        days = self._dice.around(cast.teams()[life.team].together_days * 0.6, 0.5)
        return max(entered + days * DAY, life.together_from or entered)

    def _away(self, life: Life, entered: date) -> tuple[date, date] | None:
        """Draw a time in which somebody withdraws; it happens more where care is less."""
        dice = self._dice
        care = self._care(life, self._today)
        since = (self._today - entered).days
        if life.quiet_from or since < 60 or not dice.chance(WITHDRAWS * (1 - care)):
            return None
        days = dice.randint(*AWAY_DAYS)
        ago = days if dice.chance(AWAY_NOW) else dice.randrange(days, since)
        return self._today - ago * DAY, self._today - (ago - days) * DAY

    def _agreed(self, life: Life, entered: date) -> Iterator[date]:
        """Yield the days on which a start or an end of a job asks for a meeting."""
        yield entered
        dice = self._dice
        for job in life.jobs:
            if job.first_day > entered:
                for low, high in ((-6, -1), (0, 3), (7, 12), (14, 19), (21, 26)):
                    if dice.chance(self._care(life, job.first_day)):
                        yield workday_from(
                            job.first_day + dice.randint(low, high) * DAY
                        )
            if job.end_known_on and dice.chance(self._care(life, job.end_known_on)):
                yield workday_from(job.end_known_on + dice.randint(0, 2) * DAY)

    def _care(self, life: Life, day: date) -> float:
        holder = life.holder_on(day)
        return self._specialists[holder].care if holder else 0.0

    def _rhythm(self, life: Life, entered: date) -> Iterator[date]:
        day, end = entered, self._end(life)
        while day < end:
            gap = self._gap(life, day, entered) * self._size.gap
            day = workday_from(day + max(self._dice.around(gap, 0.4), 1) * DAY)
            if self._dice.chance(pace(day)):
                on_saturday = day.weekday() == FRIDAY and self._dice.chance(0.05)
                yield day + DAY if on_saturday else day

    def _gap(self, life: Life, day: date, entered: date) -> float:
        state = life.state_on(day)
        if state == "paused":
            return GAP_PAUSED
        if state == "stepped_down":
            return GAP_STEPPED_DOWN
        job = life.job_on(day)
        if job is not None:
            since = (day - max(job.first_day, entered)).days
            return next(gap for days, gap in GAP_IN_WORK if since < days)
        return GAP_BEGINNING if (day - entered).days < 30 else GAP_SEARCH

    def _contact(
        self, life: Life, day: date, course: _Course, *, agreed: bool
    ) -> Contact:
        dice = self._dice
        job = life.job_on(day)
        holder = life.holder_on(day) or ""
        specialist = self._specialists[holder]
        unseen = (day - course.last_met).days >= LONGEST_UNSEEN
        together = day >= course.together_on and dice.chance(0.8)
        sure = agreed or together or (unseen and dice.chance(specialist.care))
        lost = self._does_not_answer(life, day, course.away)
        mode = "in_person" if sure else dice.weighted(MODES_IN_WORK if job else MODES)
        if lost:
            mode = dice.weighted(NOT_ANSWERED)
        attended = self._attended(mode, sure=sure, lost=lost)
        met = mode == "in_person" and attended is True
        if met:
            course.last_met = day
        together = together and met
        if together:
            rhythm = cast.teams()[life.team].together_days
            course.together_on = day + max(dice.around(rhythm, 0.25), 5) * DAY
        caseworker = met and not together and dice.chance(0.045)
        place = self._place(life, mode, specialist, job, together, caseworker)
        phase = _phase(life, day, job)
        return Contact(
            day=day,
            staff=holder,
            mode=mode,
            place=place,
            minutes=self._minutes(mode, attended),
            phase=phase,
            attended=attended,
            with_clinician=together,
            with_caseworker=caseworker,
            with_family=met and dice.chance(0.02),
            place_words=self._place_words(place, met),
            note=self._note(phase, attended, together, caseworker),
            initiated_by=self._began(life) if together else "",
        )

    def _began(self, life: Life) -> str:
        """Draw who asked for a meeting of three; where teams work beside, never they."""
        starts = tables.load()["together"]["teams"][life.team]["starts"]
        return "clinician" if self._beginnings.chance(starts) else "specialist"

    def _does_not_answer(
        self, life: Life, day: date, away: tuple[date, date] | None
    ) -> bool:
        if away and away[0] <= day < away[1]:
            return True
        gone = life.exited_on if life.exit_reason == "lost_contact" else None
        return gone is not None and (gone - day).days < 42

    def _attended(self, mode: str, *, sure: bool, lost: bool) -> bool | None:
        if mode == "message":
            return None
        return not lost and (sure or self._dice.chance(KEPT[mode]))

    def _place(
        self,
        life: Life,
        mode: str,
        specialist: Specialist,
        job: Job | None,
        together: bool,
        caseworker: bool,
    ) -> str:
        dice = self._dice
        if mode != "in_person":
            return "remote"
        if caseworker:
            return "job_centre"
        if together and dice.chance(0.5):
            return "treatment_office"
        if dice.chance(specialist.outside + 0.08):
            return dice.weighted(OUTSIDE_IN_WORK if job else OUTSIDE)
        is_beside = cast.teams()[life.team].meets < MEETS_RARELY
        return dice.weighted(INSIDE_BESIDE if is_beside else INSIDE)

    def _minutes(self, mode: str, attended: bool | None) -> int | None:
        if mode not in MINUTES:
            return 5
        if not attended:
            return None
        return max(5, round(self._dice.around(*MINUTES[mode]) / 5) * 5)

    def _place_words(self, place: str, met: bool) -> str:
        told = met and place == "community" and self._dice.chance(0.3)
        return self._decks["places"].draw() if told else ""

    def _note(
        self, phase: str, attended: bool | None, together: bool, caseworker: bool
    ) -> str:
        if attended is False:
            return self._decks["missed"].draw() if self._dice.chance(0.6) else ""
        if together:
            return self._decks["joint"].draw() if self._dice.chance(0.8) else ""
        if caseworker:
            return self._decks["caseworker"].draw()
        told = attended and self._dice.chance(0.4)
        return self._decks[phase].draw() if told else ""


def _phase(life: Life, day: date, job: Job | None) -> str:
    """Return what a contact is for, from where in the course it stands."""
    if job is not None:
        return "coaching" if (day - job.first_day).days < 28 else "follow_along"
    days = (day - (life.entered_on or day)).days
    for last, phase in ((1, "intake"), (14, "engagement"), (35, "assessment")):
        if days < last:
            return phase
    return "job_search"
