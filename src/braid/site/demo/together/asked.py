"""Questions between the sectors with their answers, and what was proposed instead of jobs."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

from braid.site.demo import cast
from braid.site.demo.days import workday_from
from braid.site.demo.dice import Deck, Dice
from braid.site.demo.together.scene import (
    OF_JOB_CENTRE,
    OF_TEAM,
    WEEK,
    Person,
    Scene,
)
from braid.teamwork.commands.bulk import NewProposal, NewQuestion, Together
from braid.teamwork.rules import PASSED_ON_AFTER

DAYS_BETWEEN = 11  # between two questions of one pair of sides, in the middle
IN_GENERAL = 0.12
OWN_ANSWERS = 0.85  # the unit answers what others ask
NEVER = 0.3  # share of the late ones that nobody answers
KINDS = {"internship": 0.5, "wage_subsidy": 0.2, "course": 0.2, "postpone": 0.1}
PLACED = {"unpaid_internship": "internship", "wage_subsidy": "wage_subsidy"}
IN_VAIN = 0.6  # of what a job centre presses for, proposed and come to nothing
CLINIC_WAITS = 0.3  # of the people of a team that works beside, asked to wait


def questions(scene: Scene, rows: Together) -> None:
    """Add what a unit and those around it asked each other; the last to it waits."""
    unit = cast.units()[scene.record.unit]
    asked = [
        question
        for team in (*unit.teams, *unit.job_centres)
        for to_them in (True, False)
        for question in _Pair(scene, team, to_them=to_them).asked()
    ]
    last = max(
        (place for place, one in enumerate(asked) if one.of_team_id == scene.unit.pk),
        key=lambda place: asked[place].asked_on,
        default=None,
    )
    if last is not None:
        asked[last] = replace(
            asked[last], answer="", answered_on=None, answered_by_id=None
        )
    rows.questions += asked


class _Pair:
    """One side that asks and one that answers."""

    def __init__(self, scene: Scene, team: str, *, to_them: bool) -> None:
        self._scene, self._team, self._to_them = scene, team, to_them
        self._dice: Dice = scene.dice(f"questions {team} {to_them}")
        self._is_clinic = cast.teams()[team].kind == "treatment_team"
        self._sector = "mental_health" if self._is_clinic else "employment"
        self._purpose = OF_TEAM if self._is_clinic else OF_JOB_CENTRE
        names = {
            (True, True): "to_health",
            (True, False): "to_employment",
            (False, True): "to_job_centre",
            (False, False): "of_job_centre",
        }
        words = scene.words["questions"][names[self._is_clinic, to_them]]
        self._words = {kind: Deck(self._dice, each) for kind, each in words.items()}
        self._answers = Deck(self._dice, scene.words["answers"])
        self._in_time = scene.habits(team)["answers"] if to_them else OWN_ANSWERS
        role = "clinician" if self._is_clinic else "caseworker"
        self._theirs = scene.colleagues(team, role)

    def asked(self) -> Iterator[NewQuestion]:
        day = self._scene.first_day
        while True:
            days = max(self._dice.around(DAYS_BETWEEN, 0.5), 2)
            day = workday_from(day + timedelta(days))
            if day >= self._scene.today:
                return
            found = self._one(day)
            if found is not None:
                yield found

    def _one(self, day: date) -> NewQuestion | None:
        dice = self._dice
        if dice.chance(IN_GENERAL) and "" in self._words:
            return self._question(day, None, "")
        known = [one for one in self._scene.people if self._knows(one, day)]
        if not known:
            return None
        person = dice.choice(known)
        read = person.shares(self._purpose, day)
        kinds = [kind for kind in self._words if kind in read]
        return self._question(day, person, dice.choice(kinds)) if kinds else None

    def _knows(self, one: Person, day: date) -> bool:
        with_them = one.life.team if self._is_clinic else one.around.job_centre
        if with_them != self._team or not one.is_open(day):
            return False
        return bool(one.shares(self._purpose, day)) and bool(one.life.holder_on(day))

    def _question(self, day: date, person: Person | None, kind: str) -> NewQuestion:
        scene, dice = self._scene, self._dice
        ours, theirs = self._people(person, day)
        asks, answers = (ours, theirs) if self._to_them else (theirs, ours)
        unit = ("ips_provider", scene.unit.pk)
        other = (self._sector, scene.keys.teams[self._team].pk)
        by, of = (unit, other) if self._to_them else (other, unit)
        due, answered = day + WEEK, self._answered(day)
        is_late = answered is None or answered > due
        passed_on = due + timedelta(PASSED_ON_AFTER + 1)
        was_passed_on = is_late and passed_on < scene.today
        return NewQuestion(
            *by,
            *of,
            text=self._words[kind].draw(),
            asked_on=day,
            episode_id=person.episode_id if person else None,
            kind=kind,
            of_staff_id=answers if dice.chance(0.7) else None,
            due_on=due,
            answer=self._answers.draw() if answered else "",
            answered_on=answered,
            answered_by_id=answers if answered else None,
            escalated_on=passed_on if was_passed_on else None,
            created_by_id=asks,
        )

    def _people(self, person: Person | None, day: date) -> tuple[UUID, UUID]:
        theirs = self._dice.choice(self._theirs)
        if person is None:
            return self._scene.supervisor, theirs
        own = person.life.clinician if self._is_clinic else person.around.caseworker
        holder = self._scene.staff(person.life.holder_on(day))
        return holder or self._scene.supervisor, self._scene.staff(own) or theirs

    def _answered(self, day: date) -> date | None:
        dice = self._dice
        if dice.chance(self._in_time):
            found = day + timedelta(dice.randint(1, 6))
        elif dice.chance(NEVER) and (self._scene.today - day).days < 60:
            return None
        else:
            found = workday_from(day + timedelta(dice.randint(8, 35)))
        return found if found < self._scene.today else None


def proposals(scene: Scene, rows: Together) -> None:
    """Add what was proposed instead of a job: before each placement, and in vain."""
    dice: Dice = scene.dice("proposals")
    words = {
        kind: Deck(dice, cards) for kind, cards in scene.words["proposals"].items()
    }
    for person in scene.people:
        for day, kind, role, wanted in _proposed(person, dice, scene.today):
            team = (
                person.around.job_centre if role == "caseworker" else person.life.team
            )
            holder = scene.staff(person.life.holder_on(day))
            rows.proposals.append(
                NewProposal(
                    person.episode_id,
                    day,
                    kind,
                    role,
                    by_team_id=scene.keys.teams[team].pk,
                    wanted=wanted,
                    words="" if wanted else words[kind].draw(),
                    created_by_id=holder,
                )
            )


def _proposed(
    person: Person, dice: Dice, today: date
) -> Iterator[tuple[date, str, str, bool | None]]:
    life = person.life
    entered = life.entered_on
    if entered is None:
        return
    for job in life.jobs:
        kind = PLACED.get(job.placement)
        if kind and job.found_by == "job_centre":
            before = workday_from(job.first_day - timedelta(dice.randint(12, 30)))
            yield max(before, entered), kind, "caseworker", dice.chance(0.35)
    end = min(today, life.exited_on or today)
    presses = cast.teams()[person.around.job_centre].presses
    day = entered
    for _time in range(2):
        day = workday_from(day + timedelta(dice.randint(25, 190)))
        if dice.chance(presses * IN_VAIN) and day < end:
            wanted = dice.choice((False, False, False, True, None))
            yield day, dice.weighted(KINDS), "caseworker", wanted
    is_parallel = cast.teams()[life.team].together_days > 100
    day = workday_from(entered + timedelta(dice.randint(10, 90)))
    if dice.chance(CLINIC_WAITS if is_parallel else 0.02) and day < end:
        yield day, "postpone", "clinician", False
