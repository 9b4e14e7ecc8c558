"""Fidelity reviews of the demo: one of half a year ago, and one that is being rated."""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from braid.access import queries as who
from braid.access import seating
from braid.access.models import Team
from braid.access.policy import Actor, Role
from braid.facts import queries as facts
from braid.fidelity import commands, queries
from braid.fidelity.commands.planning import Intent
from braid.fidelity.commands.rating import Said
from braid.fidelity.commands.reviews import Plan
from braid.fidelity.models import Review
from braid.site.demo import cast, tables
from braid.site.demo.cast import BEN, COUNTRY, MARGIT, RUI
from braid.site.demo.days import workday_from, workday_until
from braid.site.demo.keys import TASK, Keys

UNIT, SCALE, MODE = "ips-nord", "ips-25", "independent"
OTHER = "ida.brandt"
DRAWN = 20260908  # the seed of the sample
AGO = 190  # days since the earlier visit began
STEPS = {  # days after its first day
    "planned": -63,
    "rating": 1,
    "consensus": 2,
    "moderated": 24,
    "answered": 31,
    "final": 38,
}


def _words() -> Any:
    return tables.load()["reviewed"]


def write_earlier(keys: Keys, today: date) -> None:
    """Write the review of half a year ago, and what the unit does about it."""
    unit = keys.teams.get(UNIT)
    if unit is None or not {RUI, OTHER, BEN} <= keys.staff.keys():
        return
    ben, words = _staff(unit, keys.staff[BEN], Role.SUPERVISOR, today), _words()
    review = commands.record_review(
        actor=ben, unit=unit, held=_earlier(keys, today, words["earlier"])
    )
    for one in words["actions"]:
        intent = Intent(
            scale=SCALE,
            item=one["item"],
            target=one["target"],
            what=one["what"],
            owner=seating.user_of(keys.staff[BEN]),
            due_on=workday_from(today + timedelta(one["due"])),
        )
        commands.add_action(actor=ben, unit=unit, intent=intent, review=review)


def _earlier(keys: Keys, today: date, words: Any) -> commands.Held:
    first_day = workday_until(today - timedelta(AGO))
    items: Mapping[int, Any] = words["items"]
    raters = (keys.staff[RUI], keys.staff[OTHER])
    return commands.Held(
        scale=SCALE,
        mode=MODE,
        edition=_words()["edition"],
        facts_on=first_day - timedelta(14),
        first_day=first_day,
        last_day=workday_from(first_day + timedelta(1)),
        seats={raters[0]: "lead", raters[1]: "reviewer", keys.staff[BEN]: "contact"},
        steps={
            status: workday_from(first_day + timedelta(days))
            for status, days in STEPS.items()
        },
        alone={
            rater: [Said(no, one["alone"][place]) for no, one in items.items()]
            for place, rater in enumerate(raters)
        },
        agreed=[_said(no, one, one["agreed"], "reason") for no, one in items.items()],
        final=[
            _said(no, one, one.get("final", one["agreed"]), "final_reason")
            for no, one in items.items()
        ],
        answers=words["answers"],
        passages={
            part: words[part] for part in ("introduction", "strengths", "priorities")
        },
    )


def _said(no: int, one: Any, score: int, why: str) -> Said:
    return Said(
        no,
        score,
        seen=one["seen"],
        recommendation=one.get("recommendation", ""),
        reason=one.get(why, ""),
    )


def write_present(keys: Keys, today: date) -> None:
    """Write the review that is being rated; it rests on the facts frozen last."""
    unit = keys.teams.get(UNIT)
    everywhere = who.installation_actor(TASK)
    if unit is None or everywhere is None or OTHER not in keys.staff:
        return
    snapshot = facts.latest_snapshot(everywhere, unit)
    if snapshot is None:
        return
    ben = _staff(unit, keys.staff[BEN], Role.SUPERVISOR, today)
    review = _planned(ben, unit, keys, today)
    commands.attach(actor=ben, review=review, snapshot=snapshot, today=today)
    commands.ask_for_pieces(actor=ben, review=review, today=today)
    _bring(ben, review, today)
    commands.draw_from_facts(actor=ben, review=review)
    commands.open_rating(actor=ben, review=review, today=today)
    review.refresh_from_db()
    _rate(keys, review, today)


def _planned(ben: Actor, unit: Team, keys: Keys, today: date) -> Review:
    first_day = workday_until(today - timedelta(5))
    review = commands.plan(
        actor=ben,
        unit=unit,
        wish=Plan(
            scale=SCALE,
            mode=MODE,
            edition=_words()["edition"],
            facts_on=first_day - timedelta(14),
            first_day=first_day,
            last_day=workday_from(first_day + timedelta(1)),
        ),
        today=first_day + timedelta(STEPS["planned"]),
        seed=DRAWN,
    )
    parts = {BEN: "contact", RUI: "lead", OTHER: "reviewer", MARGIT: "executive"}
    for key, part in parts.items():
        user = seating.user_of(keys.staff[key])
        commands.give_seat(actor=ben, review=review, user=user, part=part)
    commands.lay_agenda(actor=ben, review=review)
    return review


def _bring(ben: Actor, review: Review, today: date) -> None:
    brought = set(_words()["present"]["brought"])
    for piece in queries.pieces(ben, review):
        if piece.code in brought:
            commands.bring(
                actor=ben,
                piece=piece,
                note="",
                is_here=True,
                today=today - timedelta(9),
                row_version=piece.row_version,
            )


def _rate(keys: Keys, review: Review, today: date) -> None:
    """Let the lead reviewer be half way, and the other have just begun."""
    words = _words()["present"]
    rui, other = (_reviewer(keys, key, today) for key in (RUI, OTHER))
    for one in words["evidence"]:
        commands.gather(actor=rui, review=review, **one)
    for actor, given in ((rui, words["rui"]), (other, words["other"])):
        for said in _alone(given, words["seen"]):
            commands.rate(actor=actor, review=review, said=said)


def _alone(given: Mapping[int, int], seen: str) -> Iterator[Said]:
    for item, score in given.items():
        yield Said(item, score, seen=seen)


def _reviewer(keys: Keys, key: str, today: date) -> Actor:
    (team,) = (one.team for one in cast.colleagues() if one.key == key)
    return _staff(keys.teams[team], keys.staff[key], Role.REVIEWER, today)


def _staff(team: Team, user: UUID, role: Role, today: date) -> Actor:
    return Actor(
        id=user,
        role=role,
        organisation=team.organisation_id,
        teams=frozenset({team.pk}),
        country=COUNTRY,
        day=today,
    )
