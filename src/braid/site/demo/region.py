"""The whole region, drawn from a size, a seed and a day. Pure: no database, no clock."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date, timedelta

from braid.site.demo import cast, people, stories
from braid.site.demo.caseloads import Caseloads
from braid.site.demo.cast import ADA, Size, Specialist, Unit
from braid.site.demo.courses import Courses
from braid.site.demo.days import DAY, is_workday, pace, workday_until
from braid.site.demo.diary import Diary
from braid.site.demo.dice import Deck, Dice
from braid.site.demo.employers import Directory, directory
from braid.site.demo.rounds import Rounds, latest, tidied
from braid.site.demo.tables import load
from braid.site.demo.values import Attendance, Life, Note, Person, UnitRecord, Visit

# Who left comes back after a while: their share, and how long they stay away.
COME_BACK, AWAY = 0.16, 110
MEETS_RARELY, TOGETHER = 0.5, 0.8
NOTED = 0.4  # share of those on the caseload with a longer note


def draw(size: Size, seed: int, today: date) -> tuple[UnitRecord, ...]:
    """Draw what each unit of the region has recorded up to yesterday."""
    told = stories.tell(today)
    known = {life.person for life in told}
    strangers = people.draw(
        Dice(f"{seed} people"),
        size.applicants - len(known),
        today,
        taken={f"{person.given_name} {person.family_name}" for person in known},
    )
    shares = _shares(size, len(strangers), len(known))
    records = []
    for number, key in enumerate(size.units):
        first = sum(shares[:number])
        own = strangers[first : first + shares[number]]
        drawer = _UnitDrawer(size, cast.units()[key], seed, today)
        records.append(drawer.record(own, told if number == 0 else ()))
    return tuple(records)


def digest(records: Iterable[UnitRecord]) -> str:
    """Return a fingerprint of everything that was drawn."""
    return hashlib.sha256(repr(tuple(records)).encode()).hexdigest()


def _shares(size: Size, strangers: int, told: int) -> list[int]:
    """Return how many people are drawn for each unit, by its posts."""
    posts = [
        sum(float(each.fte) for each in _staff(size, key) if each.left is None)
        for key in size.units
    ]
    wanted = [round((strangers + told) * post / sum(posts)) for post in posts]
    wanted[0] -= told
    wanted[-1] = strangers - sum(wanted[:-1])
    return wanted


def _staff(size: Size, unit: str) -> list[Specialist]:
    return [each for each in cast.specialists(size).values() if each.unit == unit]


class _UnitDrawer:
    """Draws one unit, each part from its own stream of chance."""

    def __init__(self, size: Size, unit: Unit, seed: int, today: date) -> None:
        self._size, self._unit, self._today = size, unit, today
        self._stream = f"{seed} {unit.key}"
        self._first_day = today - timedelta(days=size.days)
        self._staff = _staff(size, unit.key)

    def _dice(self, purpose: str) -> Dice:
        return Dice(f"{self._stream} {purpose}")

    def record(self, own: list[Person], told: tuple[Life, ...]) -> UnitRecord:
        employers = directory(
            self._unit, self._dice("employers"), with_stories=bool(told)
        )
        caseloads = Caseloads(
            self._staff,
            self._first_day,
            self._today,
            reserved={ADA: sum(not life.exited_on for life in told)},
        )
        lives = caseloads.assign(self._courses(own, employers))
        lives = self._with_contacts([*told, *lives], employers)
        rounds = Rounds(employers, self._today, self._dice("rounds in general"))
        visits = [
            visit
            for each in self._staff
            for visit in self._general_visits(each, rounds, caseloads, lives)
        ]
        last = latest([*visits, *(v for life in lives for v in life.visits)])
        return UnitRecord(
            unit=self._unit.key,
            employers=employers.employers,
            lives=tuple(
                replace(life, visits=tuple(tidied(life.visits, last, self._today)))
                for life in lives
            ),
            visits=tuple(tidied(visits, last, self._today)),
            attendance=tuple(self._attendance(caseloads)),
        )

    def _courses(self, own: list[Person], employers: Directory) -> list[Life]:
        dice = self._dice("courses")
        courses = Courses(self._size, self._unit, employers, self._today, dice)
        days = courses.referral_days(len(own))
        lives = [courses.draw(*pair) for pair in zip(own, days, strict=True)]
        return lives + list(self._returns(lives, courses, dice))

    def _returns(
        self, lives: Iterable[Life], courses: Courses, dice: Dice
    ) -> Iterator[Life]:
        """Yield second episodes of people who had left."""
        for life in lives:
            if life.exited_on and life.entered_on and dice.chance(COME_BACK):
                back = life.exited_on + dice.around(AWAY, 0.4) * DAY
                if back < self._today - 10 * DAY:
                    again = courses.draw(life.person, back)
                    yield replace(again, referral_source="self")

    def _with_contacts(self, lives: Iterable[Life], employers: Directory) -> list[Life]:
        specialists = cast.specialists(self._size)
        diary = Diary(self._size, specialists, self._today, self._dice("diary"))
        rounds = Rounds(employers, self._today, self._dice("rounds"))
        notes = _Notes(self._today, self._dice("notes"))
        return [
            replace(
                life,
                contacts=(*diary.contacts(life), *life.contacts),
                visits=(*rounds.for_life(life, _care(life, specialists)), *life.visits),
                notes=life.notes or notes.for_life(life),
            )
            for life in lives
        ]

    def _general_visits(
        self,
        each: Specialist,
        rounds: Rounds,
        caseloads: Caseloads,
        lives: Iterable[Life],
    ) -> Iterator[Visit]:
        first, last = caseloads.in_post(each)
        made = [v for life in lives for v in life.visits if v.staff == each.key]
        yield from rounds.in_general(each, first, last or self._today - DAY, made)

    def _attendance(self, caseloads: Caseloads) -> Iterator[Attendance]:
        """Yield the weekly meetings of treatment teams, each on its own weekday."""
        dice = self._dice("meetings")
        for number, team in enumerate(self._unit.teams):
            day = self._first_day
            day += (number - day.weekday()) % 7 * DAY
            while day < self._today:
                if is_workday(day) and dice.chance(pace(day)):
                    yield from self._present(team, day, caseloads, dice)
                day += 7 * DAY

    def _present(
        self, team: str, day: date, caseloads: Caseloads, dice: Dice
    ) -> Iterator[Attendance]:
        # Where a team works beside, mostly nobody comes; elsewhere each for themselves.
        meets = cast.teams()[team].meets
        share = meets
        if meets < MEETS_RARELY:
            share = TOGETHER if dice.chance(meets / TOGETHER) else 0.0
        for each in self._staff:
            first, last = caseloads.in_post(each)
            if team in each.teams and first <= day and (last is None or day <= last):
                present = dice.chance(share)
                yield Attendance(day, team, each.key, present)


def _care(life: Life, specialists: Mapping[str, Specialist]) -> float:
    """Return how reliably the first specialist of a life keeps what was agreed."""
    staff = next((holder.staff for holder in life.holders if holder.staff), None)
    return specialists[staff].care if staff else 1.0


class _Notes:
    """Draws a longer note for some of the people on the caseload."""

    def __init__(self, today: date, dice: Dice) -> None:
        self._today, self._dice = today, dice
        self._decks = {
            kind: Deck(dice, cards) for kind, cards in load()["notes"].items()
        }

    def for_life(self, life: Life) -> tuple[Note, ...]:
        entered = life.entered_on
        if entered is None or life.exited_on or not self._dice.chance(NOTED):
            return ()
        days = (self._today - entered).days
        day = workday_until(entered + self._dice.randrange(max(days, 1)) * DAY)
        staff = life.holder_on(day)
        if staff is None or day < entered:
            return ()
        kind = self._dice.choice(sorted(self._decks))
        return (Note(day, staff, kind, self._decks[kind].draw()),)
