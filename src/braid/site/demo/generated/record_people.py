"""Writing the people of a unit, their episodes, refusals and the unit's meetings."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from typing import Any
from uuid import UUID

import numpy as np

from braid.facts.schema import CODES
from braid.people import commands, rules
from braid.people.choices import EpisodeState
from braid.site.demo.generated.calendar import day_of
from braid.site.demo.generated.chance import NONE
from braid.site.demo.generated.employers import trade_keys
from braid.site.demo.generated.writing import Writing
from braid.site.demo.people import telephone
from braid.teamwork import commands as teamwork

EPISODE = (
    "referred_on",
    "referral_source",
    "at_referral",
    "accepted_on",
    "entered_on",
    "profile_started_on",
    "exited_on",
    "exit_reason",
)
REFUSAL = ("day", "stage", "by_role", "reason")
GOAL_SEEN = 35  # days ago, in the middle
TOLD = 0.8  # share of those refused who were told


def write_people(writing: Writing) -> None:
    """Write the applicants, each with a client number of the unit."""
    system = rules.client_system(writing.team.pk)
    unit, names = writing.unit, writing.names
    columns = (unit.ids.people, unit.people.born, unit.people.gender)
    rows = []
    for number, (key, born, gender) in enumerate(
        zip(*(column.tolist() for column in columns), strict=True)
    ):
        code = "" if gender == NONE else CODES["gender"][gender]
        given, family = names.person(code)
        rows.append(
            commands.NewApplicant(
                given_name=given,
                family_name=family,
                birth_date=None if born == NONE else day_of(born),
                gender=code,
                phone=telephone(names.dice),
                identifiers=((system, f"{unit.service.number:03}-{number:05}"),),
                id=UUID(key),
            )
        )
    commands.record_applicants(**writing.as_actor, rows=rows)


def write_episodes(writing: Writing) -> None:
    """Write the episodes with all that is decided in them."""
    shares, states = _shares(writing), _states(writing)
    rows = [
        commands.NewEpisode(
            id=key,
            applicant_id=person,
            referred_by_id=sender,
            treatment_team_id=team,
            job_centre_id=centre,
            caseload=tuple(shares[key]),
            states=tuple(states[key]),
            **words,
            **row,
        )
        for key, person, sender, team, centre, words, row in zip(
            writing.own_ids("episodes", "episode_id"),
            writing.ids("episodes", "person_key"),
            writing.ids("episodes", "referred_by_staff"),
            writing.ids("treatment", "team_id"),
            writing.ids("casework", "team_id"),
            _words(writing),
            writing.rows("episodes", *EPISODE),
            strict=True,
        )
    ]
    commands.record_episodes(**writing.as_actor, rows=rows)


def _shares(writing: Writing) -> dict[UUID, list[commands.CaseloadShare]]:
    found: dict[UUID, list[commands.CaseloadShare]] = defaultdict(list)
    names = ("first_day", "last_day", "ended_because")
    for episode, staff, row in zip(
        writing.ids("caseload", "episode_id"),
        writing.ids("caseload", "staff_id"),
        writing.rows("caseload", *names),
        strict=True,
    ):
        found[episode].append(commands.CaseloadShare(staff, **row))
    return found


def _states(writing: Writing) -> dict[UUID, list[tuple[str, date]]]:
    """Return what was decided beside the acceptance, which follows from its day."""
    found: dict[UUID, list[tuple[str, date]]] = defaultdict(list)
    accepted = dict(
        zip(
            writing.own_ids("episodes", "episode_id"),
            writing.values("episodes", "accepted_on"),
            strict=True,
        )
    )
    for episode, state, day in zip(
        writing.ids("status", "episode_id"),
        writing.values("status", "state"),
        writing.values("status", "first_day"),
        strict=True,
    ):
        if state != EpisodeState.ACTIVE or day != accepted[episode]:
            found[episode].append((state, day))
    return found


def _words(writing: Writing) -> Iterator[dict[str, Any]]:
    """Yield what was said about work: at the referral, and by those who entered."""
    unit = writing.unit
    sources = writing.values("episodes", "referral_source")
    referrals = writing.sentences(sources, writing.deck("referrals"), 1)
    wishes = [trade_keys()[trade] for trade in unit.wish.tolist()]
    goals = writing.sentences(wishes, writing.deck("goals"), 1)
    number = len(unit.courses)
    ago = writing.stream.around(GOAL_SEEN, 0.6, number)
    seen = np.maximum(unit.courses.end(unit.calendar) - 1 - ago, unit.courses.entered)
    entered = (unit.courses.entered != NONE).tolist()
    for referral, goal, day, has_entered in zip(
        referrals, goals, seen.tolist(), entered, strict=True
    ):
        met = {"goal": goal, "goal_seen_on": day_of(day)} if has_entered else {}
        yield {"referral_words": referral, **met}


def write_refusals(writing: Writing) -> None:
    """Write why referrals went no further."""
    reasons = writing.values("refusals", "reason")
    words = writing.sentences(reasons, writing.deck("endings")["not_started"], 1)
    told = writing.stream.chance(TOLD, len(reasons)).tolist()
    rows = [
        commands.NewRefusal(
            id=key, episode_id=episode, words=said, person_informed=informed, **row
        )
        for key, episode, said, informed, row in zip(
            writing.own_ids("refusals", "refusal_id"),
            writing.ids("refusals", "episode_id"),
            words,
            told,
            writing.rows("refusals", *REFUSAL),
            strict=True,
        )
    ]
    commands.record_refusals(**writing.as_actor, rows=rows)


def write_meetings(writing: Writing) -> None:
    """Write the meetings with who was there."""
    present: dict[UUID, list[tuple[UUID, bool]]] = defaultdict(list)
    for meeting, staff, was_there in zip(
        writing.ids("attendance", "meeting_id"),
        writing.ids("attendance", "staff_id"),
        writing.values("attendance", "present"),
        strict=True,
    ):
        present[meeting].append((staff, was_there))
    rows = [
        teamwork.NewMeeting(kind, day, team, tuple(present[key]), id=key)
        for key, kind, day, team in zip(
            writing.own_ids("meetings", "meeting_id"),
            writing.values("meetings", "kind"),
            writing.values("meetings", "day"),
            writing.ids("meetings", "team_id"),
            strict=True,
        )
    ]
    teamwork.record_meetings(**writing.as_actor, rows=rows)
