"""The search and the working day of a unit around today: leads, diary, time, schools.

Kept to what stands near today: it is what the pages of the day show.
"""

from collections.abc import Iterator, Sequence
from datetime import date, time, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from braid.access.models import Team
from braid.access.policy import Actor
from braid.site.demo import tables, trades
from braid.site.demo.days import DAY, is_workday, workday_from, workday_until
from braid.site.demo.dice import Dice
from braid.site.demo.keys import Keys
from braid.site.demo.values import Employer, Life, UnitRecord
from braid.work import commands as work

Lives = Sequence[tuple[UUID, Life]]
LEADS = 9
BEGINS = (time(8, 30), time(9, 15), time(10, 30), time(12, 30), time(13, 45), time(15))
A_COURSE = timedelta(55)  # eight weeks; a school goes on
WEEKS_WRITTEN = range(5, 1, -1)  # weeks ago; last week waits for its specialist
# Minutes of a day by activity and place: the middle, and how much it varies.
A_DAY = (
    ("employment", "community", 120, 60),
    ("employment", "employer_site", 90, 60),
    ("employment", "ips_office", 60, 30),
    ("administration", "", 75, 30),
    ("travel", "", 45, 20),
)


def write(
    actor: Actor, unit: Team, record: UnitRecord, lives: Lives, keys: Keys, today: date
) -> None:
    """Write leads, applications, appointments, schools and time of one unit."""
    dice = Dice(f"{record.unit} working day")
    words: dict[str, list[Any]] = tables.load()["working_day"]
    searching = [
        (key, life, life.holder_on(today))
        for key, life in lives
        if life.exited_on is None and life.entered_on and life.holder_on(today)
    ]
    open_now = [(key, life, keys.staff[who]) for key, life, who in searching if who]
    staff = sorted({who for _key, _life, who in open_now})
    if not staff:
        return
    scene = _Scene(record.employers, open_now, staff, keys, today, dice, words)
    work.record_leads(actor=actor, unit=unit, rows=list(scene.leads()))
    work.record_applications(actor=actor, unit=unit, rows=list(scene.applications()))
    work.record_appointments(actor=actor, unit=unit, rows=list(scene.appointments()))
    work.record_education(actor=actor, unit=unit, rows=list(scene.schools()))
    work.record_time(actor=actor, unit=unit, rows=list(scene.times()))


class _Scene:
    """Draws the rows of one unit."""

    def __init__(
        self,
        employers: Sequence[Employer],
        lives: Sequence[tuple[UUID, Life, UUID]],
        staff: Sequence[UUID],
        keys: Keys,
        today: date,
        dice: Dice,
        words: dict[str, list[Any]],
    ) -> None:
        self._employers = [one for one in employers if one.trades]
        self._lives, self._staff, self._keys = lives, staff, keys
        self._today, self._dice, self._words = today, dice, words

    def leads(self) -> Iterator[work.NewLead]:
        """Yield leads of the last weeks, some of them taken or over."""
        dice = self._dice
        for number in range(LEADS):
            employer = dice.choice(self._employers)
            title, code = dice.choice(trades.trades()[employer.trades[0]].titles)
            heard = workday_until(self._today - timedelta(1 + number * 3))
            least = dice.choice((6, 8, 10, 15, None))
            yield work.NewLead(
                employer_id=self._keys.employers[employer.key],
                title=title,
                heard_on=heard,
                shared_by_id=dice.choice(self._staff),
                occupation=code if dice.chance(0.8) else "",
                hours_from=Decimal(least) if least else None,
                hours_to=Decimal(least + dice.choice((4, 10))) if least else None,
                times=dice.choice(self._words["times"]),
                must_haves=dice.choice(self._words["must_haves"]),
                words=dice.choice(self._words["lead_words"]),
                open_until=self._today + timedelta(14) if dice.chance(0.3) else None,
                state="open" if number < LEADS - 3 else ("taken", "closed")[number % 2],
            )

    def applications(self) -> Iterator[work.NewApplication]:
        """Yield applications of those who look for work."""
        dice = self._dice
        for key, life, _who in self._lives:
            if life.job_on(self._today) or not life.entered_on or dice.chance(0.4):
                continue
            days = min((self._today - life.entered_on).days, 60)
            if days < 10:
                continue
            sent = workday_from(self._today - timedelta(dice.randint(5, days)))
            result = dice.choice(("sent", "sent", "refused", "no_answer", "interview"))
            is_asked = result == "interview"
            trade = trades.trades()[life.trade]
            employer = self._with_trade(life.trade)
            yield work.NewApplication(
                episode_id=key,
                day=sent,
                employer_id=self._keys.employers[employer.key],
                title=dice.choice(trade.titles)[0],
                channel=dice.choice(("online", "in_person", "letter", "phone")),
                help_given=dice.choice(self._words["help"]),
                interview_on=workday_from(self._today + 3 * DAY) if is_asked else None,
                result=result,
                feedback=dice.choice(self._words["feedback"])
                if result == "refused"
                else "",
            )

    def _with_trade(self, trade: str) -> Employer:
        having = [one for one in self._employers if trade in one.trades]
        return self._dice.choice(having or self._employers)

    def appointments(self) -> Iterator[work.NewAppointment]:
        """Yield the next workdays of each specialist, beginning with today."""
        first = workday_from(self._today)
        second = workday_from(first + DAY)
        for who in self._staff:
            own = [(key, life) for key, life, holder in self._lives if holder == who]
            slots = [(day, at) for day in (first, second) for at in BEGINS]
            chosen = self._dice.sample(slots, min(5, len(slots)))
            people = self._dice.sample(own, min(3, len(own)))
            for (day, at), (key, _life) in zip(chosen, people, strict=False):
                yield self._meeting(who, day, at, key)
            employer = self._dice.choice(self._employers)
            yield work.NewAppointment(
                staff_id=who,
                with_whom="employer",
                day=chosen[3][0],
                employer_id=self._keys.employers[employer.key],
                begins_at=chosen[3][1],
                minutes=30,
                mode="in_person",
                place="employer_site",
            )
            yield work.NewAppointment(
                staff_id=who,
                with_whom="clinic",
                day=chosen[4][0],
                begins_at=chosen[4][1],
                minutes=60,
                mode="in_person",
                place="treatment_office",
            )

    def _meeting(
        self, who: UUID, day: date, at: time, key: UUID
    ) -> work.NewAppointment:
        by_phone = self._dice.chance(0.2)
        return work.NewAppointment(
            staff_id=who,
            with_whom="applicant",
            day=day,
            episode_id=key,
            begins_at=at,
            minutes=15 if by_phone else 45,
            mode="phone" if by_phone else "in_person",
            place="remote" if by_phone else "community",
            topic=self._dice.choice(self._words["topics"]),
        )

    def schools(self) -> Iterator[work.NewEducation]:
        """Yield the education of a few."""
        dice = self._dice
        for key, life, _who in self._lives:
            if not life.entered_on or not dice.chance(0.08):
                continue
            school = dice.choice(self._words["schools"])
            first_day = workday_from(life.entered_on + timedelta(30))
            last_day = first_day + A_COURSE if school["level"] == "course" else None
            yield work.NewEducation(
                episode_id=key,
                title=school["title"],
                first_day=first_day,
                last_day=last_day if last_day and last_day < self._today else None,
                school=school["school"],
                level=school["level"],
                weekly_hours=Decimal(school["hours"]),
            )

    def times(self) -> Iterator[work.NewTimeEntry]:
        """Yield four weeks of working time of everybody, up to the week before last."""
        monday = self._today - timedelta(self._today.weekday())
        for who in self._staff:
            for weeks in WEEKS_WRITTEN:
                for number in range(5):
                    day = monday - timedelta(weeks=weeks) + timedelta(number)
                    if is_workday(day):
                        yield from self._day(who, day)

    def _day(self, who: UUID, day: date) -> Iterator[work.NewTimeEntry]:
        if day.weekday() == 2:
            yield work.NewTimeEntry(who, day, "meeting", 60, "treatment_office")
        for activity, place, middle, varies in A_DAY:
            minutes = middle + self._dice.randint(-varies, varies)
            if minutes >= 15:
                yield work.NewTimeEntry(who, day, activity, minutes // 5 * 5, place)
