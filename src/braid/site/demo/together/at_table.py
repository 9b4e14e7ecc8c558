"""Treatment-team meetings: who was there, whom they talked about, what was decided."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date, time, timedelta
from uuid import UUID

from braid.site.demo import cast
from braid.site.demo.days import DAY, workday_from
from braid.site.demo.dice import Deck, Dice
from braid.site.demo.together.scene import OF_TEAM, WEEK, Person, Scene
from braid.teamwork.commands.bulk import (
    NewDecision,
    NewLine,
    NewMeetingNote,
    NewSeat,
    NewSitting,
    Together,
)

MINUTES = 60
SECTORS = {"mental_health": 0.4, "ips_provider": 0.5, "employment": 0.1}


def write(scene: Scene, rows: Together, not_yet: Mapping[str, list[UUID]]) -> None:
    """Add the weekly meetings of each team up to yesterday, and the one to come."""
    held: dict[tuple[str, date], dict[str, bool]] = defaultdict(dict)
    for each in scene.record.attendance:
        held[each.team, each.day][each.staff] = each.present
    for number, team in enumerate(cast.units()[scene.record.unit].teams):
        table = _Table(scene, rows, team, not_yet.get(team, []))
        for (of_team, day), seats in held.items():
            if of_team == team:
                table.hold(day, seats)
        table.prepare(number)


class _Table:
    """The meetings of a unit with one treatment team, one after another."""

    def __init__(
        self, scene: Scene, rows: Together, team: str, not_yet: list[UUID]
    ) -> None:
        self._scene, self._rows, self._team = scene, rows, team
        self._dice: Dice = scene.dice(f"table {team}")
        self._habits, words = scene.habits(team), scene.words
        self._team_id = scene.keys.teams[team].pk
        self._begins = time.fromisoformat(words["begins"][team])
        self._clinicians = scene.colleagues(team, "clinician")
        self._lines = {
            kind: Deck(self._dice, cards) for kind, cards in words["lines"].items()
        }
        self._asked = {
            side: Deck(self._dice, cards) for side, cards in words["asked"].items()
        }
        self._decided = {
            side: Deck(self._dice, cards) for side, cards in words["decisions"].items()
        }
        self._notes = Deck(self._dice, words["notes"])
        self._own_notes = Deck(self._dice, words["own_notes"])
        self._again: dict[UUID, date] = {}
        self._not_yet = not_yet

    def hold(self, day: date, seats: dict[str, bool]) -> None:
        """Add one meeting; where no specialist came, nobody of the unit was spoken of."""
        meeting = self._sitting(day, closed_on=day)
        staff = self._scene.keys.staff
        present = {key for key, there in seats.items() if there}
        for key, there in seats.items():
            self._rows.seats.append(NewSeat(meeting.id, there, staff[key]))
        for clinician in self._clinicians:
            there = self._dice.chance(0.85)
            self._rows.seats.append(NewSeat(meeting.id, there, clinician))
        if not present:
            return
        for person in self._spoken_of(day, present):
            self._line(meeting, person)
        self._named(meeting)
        if self._dice.chance(0.25):
            self._note(meeting, self._notes.draw(), None)
        if self._dice.chance(0.08):
            self._note(meeting, self._own_notes.draw(), self._scene.unit.pk)

    def prepare(self, number: int) -> None:
        """Add the next meeting: of the first team today, of the others soon after."""
        day = self._scene.next_workday
        if number:
            day = workday_from(day + DAY)
        meeting = self._sitting(day, closed_on=None)
        present = {
            one.life.holder_on(self._scene.today) or "" for one in self._open(day)
        }
        for person in list(self._spoken_of(day, present))[:4]:
            self._rows.lines.append(
                NewLine(
                    meeting.id,
                    person.episode_id,
                    discussed=False,
                    asked=self._asked[self._side()].draw(),
                    created_by_id=self._holder(person, self._scene.today),
                )
            )

    def _sitting(self, day: date, closed_on: date | None) -> NewSitting:
        meeting = NewSitting(
            "treatment_team",
            day,
            team_id=self._team_id,
            begins_at=self._begins,
            minutes=MINUTES if closed_on else None,
            mode=self._habits["mode"],
            closed_on=closed_on,
        )
        self._rows.sittings.append(meeting)
        return meeting

    def _open(self, day: date) -> list[Person]:
        found = self._scene.on_caseload(self._team, day)
        return [one for one in found if "attendance" in one.shares(OF_TEAM, day)]

    def _spoken_of(self, day: date, present: set[str]) -> Iterator[Person]:
        """Yield who is spoken of: when it is time again, or a job began this week."""
        for person in self._open(day):
            if person.life.holder_on(min(day, self._scene.today)) not in present:
                continue
            began = any(
                timedelta() <= day - job.first_day < WEEK for job in person.life.jobs
            )
            if began or day >= self._again.get(person.episode_id, date.min):
                again = timedelta(self._dice.randint(6, 24))
                self._again[person.episode_id] = day + again
                yield person

    def _line(self, meeting: NewSitting, person: Person) -> None:
        dice, day = self._dice, meeting.day
        asks, decides = dice.chance(0.25), dice.chance(0.16)
        kept = dice.chance(self._habits["keeps"])
        self._rows.lines.append(
            NewLine(
                meeting.id,
                person.episode_id,
                words=self._lines[_phase(person, day)].draw(),
                asked=self._asked[self._side()].draw() if asks else "",
                to_health_record_on=day if kept else None,
                created_by_id=self._holder(person, day),
            )
        )
        if decides:
            self._decide(meeting, person)

    def _side(self) -> str:
        return self._dice.choice(("mental_health", "ips_provider"))

    def _decide(self, meeting: NewSitting, person: Person) -> None:
        dice, day, today = self._dice, meeting.day, self._scene.today
        sector = dice.weighted(SECTORS)
        due = workday_from(day + timedelta(dice.randint(7, 21)))
        in_time = dice.chance(self._habits["carries"])
        late = timedelta(dice.randint(3, 40))
        done = workday_from(
            due - timedelta(dice.randint(0, 5)) if in_time else due + late
        )
        done = max(done, day)
        owner = {
            "mental_health": self._scene.staff(person.life.clinician),
            "ips_provider": self._holder(person, day),
        }
        self._rows.decisions.append(
            NewDecision(
                meeting.id,
                self._decided[sector].draw(),
                sector,
                episode_id=person.episode_id,
                staff_id=owner.get(sector),
                due_on=due,
                done_on=done if done < today else None,
            )
        )

    def _named(self, meeting: NewSitting) -> None:
        """Add a line about somebody who was not referred yet; it names nobody."""
        if not self._not_yet or not self._dice.chance(self._habits["refers"]):
            return
        self._rows.lines.append(
            NewLine(
                meeting.id,
                unreferred=True,
                not_yet_id=self._dice.choice(self._not_yet),
                created_by_id=self._dice.choice(self._clinicians),
            )
        )

    def _note(self, meeting: NewSitting, text: str, only: UUID | None) -> None:
        by = self._scene.supervisor if only else self._dice.choice(self._clinicians)
        self._rows.notes.append(NewMeetingNote(meeting.id, text, only, by))

    def _holder(self, person: Person, day: date) -> UUID | None:
        return self._scene.staff(person.life.holder_on(day))


def _phase(person: Person, day: date) -> str:
    if person.life.job_on(day) is not None:
        return "work"
    entered = person.life.entered_on
    is_new = entered is None or (day - entered).days < 35
    return "beginning" if is_new else "search"
