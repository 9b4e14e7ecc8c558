"""The treatment teams' own lists of people who might want to work."""

from datetime import date, timedelta
from uuid import UUID

from braid.access.policy import Actor, Role
from braid.site.demo import cast, tables
from braid.site.demo.cast import COUNTRY
from braid.site.demo.days import workday_until
from braid.site.demo.dice import Dice
from braid.site.demo.keys import Keys
from braid.teamwork.choices import NotYetOutcome
from braid.teamwork.commands import not_yet

NAMED = {"team-vest": 1}
USUALLY = 6
OUTCOMES = (NotYetOutcome.REFERRED, NotYetOutcome.DOES_NOT_WANT)


def write(keys: Keys, seed: int, today: date) -> dict[str, list[UUID]]:
    """Let the clinicians put people on their lists; return them by team."""
    found: dict[str, list[UUID]] = {}
    labels = tables.load()["together"]["labels"]
    for team, clinicians in cast.clinicians().items():
        if team not in keys.teams:
            continue
        dice = Dice(f"{seed} {team} not yet")
        chosen = dice.sample(labels, NAMED.get(team, USUALLY))
        found[team] = [
            _add(keys, team, dice.choice(clinicians), label, number, dice, today)
            for number, label in enumerate(chosen)
        ]
    return found


def _add(
    keys: Keys,
    team: str,
    clinician: str,
    label: str,
    number: int,
    dice: Dice,
    today: date,
) -> UUID:
    held = keys.teams[team]
    day = workday_until(today - timedelta(dice.randint(2, 30) + 20 * number))
    actor = Actor(
        id=keys.staff[clinician],
        role=Role.CLINICIAN,
        organisation=held.organisation_id,
        teams=frozenset({held.pk}),
        country=COUNTRY,
        day=day,
    )
    person = not_yet.add(actor=actor, team=held, label=label, day=day)
    if number > USUALLY // 2:
        later = min(day + timedelta(14), today)
        outcome = dice.choice(OUTCOMES)
        not_yet.settle(actor=actor, person=person, outcome=outcome, day=later)
    return person.pk
