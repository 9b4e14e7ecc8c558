"""Talks in the corridor: what the unit and a clinician or caseworker said in passing."""

from collections.abc import Iterator
from datetime import date, timedelta

from braid.site.demo import cast
from braid.site.demo.days import workday_from
from braid.site.demo.dice import Deck
from braid.site.demo.together.scene import OF_JOB_CENTRE, OF_TEAM, Person, Scene
from braid.work.commands import NewContact

BETWEEN = 90  # days between two about the same person, where a team works together
MOSTLY_CLINIC = 0.8


def contacts(scene: Scene) -> Iterator[NewContact]:
    """Yield the talks about those who agreed to it, up to yesterday."""
    dice = scene.dice("corridor")
    words = Deck(dice, scene.words["corridor"])
    for person in scene.people:
        entered = person.life.entered_on
        if entered is None:
            continue
        team = cast.teams()[person.life.team]
        gap = BETWEEN if team.meets >= 0.5 else BETWEEN * 8
        end = min(scene.today, person.life.exited_on or scene.today)
        day = entered
        while True:
            day = workday_from(day + timedelta(max(dice.around(gap, 0.5), 5)))
            if day >= end:
                break
            with_clinic = dice.chance(MOSTLY_CLINIC)
            starts = scene.habits(person.life.team)["starts"]
            by_them = dice.chance(starts)
            if _shares(person, with_clinic, day) and person.life.holder_on(day):
                yield _contact(scene, person, day, with_clinic, by_them, words.draw())


def _shares(person: Person, with_clinic: bool, day: date) -> bool:
    purpose = OF_TEAM if with_clinic else OF_JOB_CENTRE
    return "attendance" in person.shares(purpose, day)


def _contact(
    scene: Scene, person: Person, day: date, with_clinic: bool, by_them: bool, said: str
) -> NewContact:
    them = "clinician" if with_clinic else "caseworker"
    return NewContact(
        episode_id=person.episode_id,
        day=day,
        staff_id=scene.staff(person.life.holder_on(day)),
        minutes=5,
        mode="in_person",
        place="treatment_office" if with_clinic else "job_centre",
        attended=True,
        with_applicant=False,
        with_clinician=with_clinic,
        with_caseworker=not with_clinic,
        initiated_by=them if by_them else "specialist",
        shared_note=said,
    )
