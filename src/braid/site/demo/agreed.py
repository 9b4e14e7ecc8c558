"""What the people of the region agreed to share, with whom, and what they took back.

Most share with their treatment team, fewer with the job centre; where a team treats IPS
as a parallel service nobody asks them. Pure: no database, no clock.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from braid.site.demo import cast
from braid.site.demo.days import DAY, workday_from
from braid.site.demo.dice import Dice
from braid.site.demo.values import Life

YEAR = timedelta(days=364)
WITH_TEAM, WITH_PARALLEL_TEAM, WITH_JOB_CENTRE = 0.78, 0.3, 0.5
TAKEN_BACK, RENEWED, ALSO_HEALTH = 0.07, 0.85, 0.6
MEETS_RARELY = 0.5  # a team that is at fewer meetings works beside, not with
SEEN = ("identity", "work_goals", "jobs", "attendance")


@dataclass(frozen=True, slots=True)
class Agreed:
    """One step of an agreement on a day: given, or without classes taken back.

    `receiver` is the key of an organisation.
    """

    day: date
    receiver: str
    purpose: str
    information: tuple[str, ...] = ()
    last_day: date | None = None

    @property
    def is_given(self) -> bool:
        return bool(self.information)


@dataclass(frozen=True, slots=True)
class Around:
    """The job centre of one person, and what was agreed, in the order of the days."""

    job_centre: str
    caseworker: str
    agreed: tuple[Agreed, ...]


def around(life: Life, dice: Dice, today: date) -> Around:
    """Draw who is around one person at the job centre, and what is shared."""
    centre = dice.weighted(cast.units()[life.unit].job_centres)
    caseworker = dice.choice(_caseworkers(centre))
    steps = [
        *_with_team(life, dice, today),
        *_with_job_centre(life, centre, dice, today),
    ]
    return Around(centre, caseworker, tuple(sorted(steps, key=lambda step: step.day)))


def _caseworkers(centre: str) -> list[str]:
    return [
        each.key
        for each in cast.colleagues()
        if each.works_as == "caseworker" and each.team == centre
    ]


def _with_team(life: Life, dice: Dice, today: date) -> Iterable[Agreed]:
    team = cast.teams()[life.team]
    share = WITH_TEAM if team.meets >= MEETS_RARELY else WITH_PARALLEL_TEAM
    if life.together_from is not None:
        share = 1.0  # nobody meets about somebody who did not agree to it
    seen = (*SEEN, "health_at_work") if dice.chance(ALSO_HEALTH) else SEEN
    return _course(life, dice, today, share, team.organisation, "treatment", seen)


def _with_job_centre(
    life: Life, centre: str, dice: Dice, today: date
) -> Iterable[Agreed]:
    seen = (*SEEN, "benefits")
    receiver = cast.teams()[centre].organisation
    purpose = "job_search_support"
    return _course(life, dice, today, WITH_JOB_CENTRE, receiver, purpose, seen)


def _course(
    life: Life,
    dice: Dice,
    today: date,
    share: float,
    receiver: str,
    purpose: str,
    seen: tuple[str, ...],
) -> Iterable[Agreed]:
    """Yield what was given, given again a year later, and perhaps taken back."""
    if life.accepted_on is None or not dice.chance(share):
        return
    day = workday_from(life.accepted_on + timedelta(days=dice.randint(2, 20)))
    end = min(life.exited_on or today, today)
    while day < end:
        last = day + YEAR
        yield Agreed(day, receiver, purpose, seen, last)
        if dice.chance(TAKEN_BACK):
            back = workday_from(day + timedelta(days=dice.randint(20, 200)))
            if back < end:
                yield Agreed(back, receiver, purpose)
            return
        if not dice.chance(RENEWED):
            return
        day = workday_from(last + DAY)
