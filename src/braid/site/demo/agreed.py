"""What the people of the region agreed to share, with whom, and what they took back.

Most share with their treatment team, fewer with the job centre; where a team treats IPS
as a parallel service nobody asks them. Pure: no database, no clock.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from braid.site.demo import cast, tables
from braid.site.demo.days import DAY, workday_from
from braid.site.demo.dice import Dice
from braid.site.demo.values import Life

YEAR = timedelta(days=364)
WITH_TEAM, WITH_PARALLEL_TEAM, WITH_JOB_CENTRE = 0.78, 0.3, 0.5
TAKEN_BACK, RENEWED, ALSO_HEALTH = 0.07, 0.85, 0.6
MEETS_RARELY = 0.5  # a team that is at fewer meetings works beside, not with
# How referrals arrive, by who refers.
WAYS = {
    "clinician": {"live": 0.5, "meeting": 0.3, "phone": 0.15, "letter": 0.05},
    "caseworker": {"live": 0.4, "phone": 0.4, "letter": 0.2},
    "self": {"enquiry": 0.6, "phone": 0.4},
    "": {"phone": 0.7, "enquiry": 0.3},
}
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
class TeamNote:
    """What the treatment team wrote about one person, while it was agreed to share."""

    day: date
    clinician: str
    text: str


@dataclass(frozen=True, slots=True)
class Around:
    """The job centre of one person, what was agreed in order, what the team wrote."""

    job_centre: str
    caseworker: str
    agreed: tuple[Agreed, ...]
    notes: tuple[TeamNote, ...] = ()
    referral_way: str = ""

    def shares(self, purpose: str, day: date) -> frozenset[str]:
        """Return the classes that are agreed to be read on a day, for a purpose."""
        found: frozenset[str] = frozenset()
        for step in self.agreed:
            if step.purpose == purpose and step.day <= day:
                holds = step.last_day is None or day <= step.last_day
                found = frozenset(step.information) if holds else frozenset()
        return found


def around(life: Life, dice: Dice, today: date) -> Around:
    """Draw who is around one person at the job centre, and what is shared."""
    centre = _centre(life, dice)
    caseworker = dice.choice(_caseworkers(centre))
    with_team = list(_with_team(life, dice, today))
    steps = [*with_team, *_with_job_centre(life, centre, dice, today)]
    return Around(
        centre,
        caseworker,
        tuple(sorted(steps, key=lambda step: step.day)),
        tuple(_notes(life, with_team, dice, today)),
        Dice(f"{life.person} {life.referred_on} way").weighted(
            WAYS.get(life.referral_source, WAYS[""])
        ),
    )


def _centre(life: Life, dice: Dice) -> str:
    """Draw the job centre; a placement was likelier pressed for by one that presses."""
    shares = dict(cast.units()[life.unit].job_centres)
    for job in life.jobs:
        if job.found_by == "job_centre":
            shares = {
                key: share * cast.teams()[key].presses for key, share in shares.items()
            }
            break
    return dice.weighted(shares)


def _notes(
    life: Life, agreed: list[Agreed], dice: Dice, today: date
) -> Iterable[TeamNote]:
    """Yield what the team wrote in the first months of an agreement that still holds."""
    if not agreed or not agreed[-1].is_given or life.exited_on is not None:
        return
    clinician = life.clinician or dice.choice(cast.clinicians()[life.team])
    sentences = dice.sample(tables.load()["treatment"]["notes"], 2)
    for text in sentences[: dice.choice((0, 1, 1, 2))]:
        day = workday_from(agreed[-1].day + timedelta(days=dice.randint(5, 120)))
        if day < today:
            yield TeamNote(day, clinician, text)


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
