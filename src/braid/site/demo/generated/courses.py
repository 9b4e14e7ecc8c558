"""The course of every episode of a unit: referral, entry, exit, coming back."""

from dataclasses import dataclass

import numpy as np

from braid.facts.schema import CODES
from braid.site.demo.courses import AT_REFERRAL, EXITS, REFUSALS, SOURCES
from braid.site.demo.generated.calendar import HISTORY, Calendar
from braid.site.demo.generated.chance import (
    NONE,
    Stream,
    Truth,
    Whole,
    blank,
    every,
    places,
    where,
)
from braid.site.demo.generated.frames import joined, taken
from braid.site.demo.generated.service import (
    CLINICIANS,
    TREATMENT_TEAMS,
    Purpose,
    Service,
)

BACKLOG, BACKLOG_DAYS = 0.12, 100  # who had waited for the unit to open
TO_ACCEPTANCE, TO_ACCEPTANCE_AT_FIRST, TO_ENTRY, TO_PROFILE = 8, 30, 5, 9
STILL_WAITING, RECENT = 0.6, 60
NEVER_ENTERED = 0.03
SHORTEST_STAY, STAY = 60, 640
COME_BACK, AWAY, RETURNS = 0.22, 110, 3
WAITS_VISIBLY = 14  # days after which somebody who waits is on the caseload of nobody
TEAM_WEIGHTS = (0.4, 0.35, 0.25)
GENDERS = {"woman": 0.44, "man": 0.53, "other": 0.015, "undisclosed": 0.01, "": 0.005}
YOUNGEST, OLDEST, USUAL_AGE = 19, 61, 32
DAYS_A_YEAR = 365.25


@dataclass(frozen=True, slots=True)
class People:
    """Who wants to work; `born` is a day."""

    born: Whole
    gender: Whole


@dataclass(frozen=True, slots=True)
class Courses:
    """One row an episode, sorted by the day of referral. Days, codes and places.

    `waits_from` is the day from which somebody was decided to wait; `refused` says that
    the referral went no further, on `exited`.
    """

    person: Whole
    first_of_person: Truth
    team: Whole
    post: Whole
    referred: Whole
    source: Whole
    referred_by: Whole
    at_referral: Whole
    waits_from: Whole
    accepted: Whole
    entered: Whole
    profile: Whole
    exited: Whole
    exit_reason: Whole
    refused: Truth
    refusal_reason: Whole

    def __len__(self) -> int:
        return len(self.person)

    def end(self, calendar: Calendar) -> Whole:
        """Return the first day without the episode, at the latest today."""
        return where(self.exited == NONE, calendar.today, self.exited)


def people(stream: Stream, number: int, calendar: Calendar) -> People:
    """Draw people by age and gender."""
    ages = np.clip(stream.around(USUAL_AGE, 0.3, number), YOUNGEST, OLDEST)
    within = stream.below(DAYS_A_YEAR, number)
    unknown = stream.chance(0.01, number)
    born = calendar.today - np.rint(ages * DAYS_A_YEAR) - within
    return People(
        born=where(unknown, NONE, born),
        gender=stream.codes(CODES["gender"], GENDERS, number),
    )


def courses(seed: int, service: Service, calendar: Calendar) -> tuple[People, Courses]:
    """Draw the people of a unit with all their episodes."""
    stream = Stream(seed, service.number + 1, Purpose.COURSES)
    who = people(stream, service.people, calendar)
    drawn = [_first(stream, service, calendar)]
    for _ in range(RETURNS):
        drawn.append(_again(stream, service, calendar, drawn[-1]))
    found = joined(drawn)
    return who, taken(found, np.lexsort((found.person, found.referred)))


def _first(stream: Stream, service: Service, calendar: Calendar) -> Courses:
    number = service.people
    early = stream.chance(BACKLOG, number)
    span = where(early, BACKLOG_DAYS, HISTORY - 2)
    day = calendar.workday_from(calendar.opened + stream.below(span, number))
    person = np.arange(number, dtype=np.int32)
    return _drawn(
        stream, service, calendar, person, np.minimum(day, calendar.today - 1)
    )


def _again(
    stream: Stream, service: Service, calendar: Calendar, before: Courses
) -> Courses:
    """Draw the next episodes of some who had left."""
    left = (before.exited != NONE) & (before.entered != NONE)
    back = before.exited + 14 + stream.around(AWAY, 0.5, len(before))
    comes = left & stream.chance(COME_BACK, len(before)) & (back < calendar.today - 10)
    day = calendar.workday_from(back[comes])
    found = _drawn(stream, service, calendar, before.person[comes], day)
    source = every("referral_source", "self", len(found))
    return Courses(
        **{name: getattr(found, name) for name in Courses.__slots__}
        | {
            "first_of_person": np.zeros(len(found), dtype=bool),
            "source": source,
            "referred_by": blank(len(found)),
        }
    )


def _drawn(
    stream: Stream, service: Service, calendar: Calendar, person: Whole, referred: Whole
) -> Courses:
    number = len(person)
    team = 1 + stream.one_of(TEAM_WEIGHTS, number)
    source = stream.codes(CODES["referral_source"], SOURCES, number)
    refused = stream.chance(service.refuses[team - 1], number)
    refused_on = calendar.workday_from(referred + 3 + stream.below(27, number))
    refused &= refused_on < calendar.today
    dates = _Dates.draw(stream, calendar, referred, refused)
    return Courses(
        person=person,
        first_of_person=np.ones(number, dtype=bool),
        team=team,
        post=_posts(stream, service, team),
        referred=referred,
        source=source,
        referred_by=_senders(stream, service, team, source),
        at_referral=stream.codes(CODES["at_referral"], AT_REFERRAL, number),
        waits_from=dates.waits_from,
        accepted=dates.accepted,
        entered=dates.entered,
        profile=dates.profile,
        exited=where(refused, refused_on, dates.exited),
        exit_reason=where(
            (dates.exited != NONE) & ~refused,
            stream.codes(CODES["exit_reason"], EXITS, number),
        ),
        refused=refused,
        refusal_reason=_reasons(stream, service, team, refused),
    )


@dataclass(frozen=True, slots=True)
class _Dates:
    """The days of an episode that was not refused; NONE in the others."""

    waits_from: Whole
    accepted: Whole
    entered: Whole
    profile: Whole
    exited: Whole

    @classmethod
    def draw(
        cls, stream: Stream, calendar: Calendar, referred: Whole, refused: Truth
    ) -> "_Dates":
        number, today = len(referred), calendar.today
        early = referred < calendar.opened + BACKLOG_DAYS
        median = where(early, TO_ACCEPTANCE_AT_FIRST, TO_ACCEPTANCE)
        accepted = calendar.workday_from(referred + stream.around(median, 0.6, number))
        waiting = (referred > today - RECENT) & stream.chance(STILL_WAITING, number)
        accepted = where(refused | waiting | (accepted >= today), NONE, accepted)
        taken_on = accepted != NONE
        entered = calendar.workday_from(accepted + stream.around(TO_ENTRY, 0.6, number))
        never = stream.chance(NEVER_ENTERED, number)
        entered = where(~taken_on | never | (entered >= today), NONE, entered)
        profile = calendar.workday_from(
            entered + stream.around(TO_PROFILE, 0.8, number)
        )
        unknown = stream.chance(0.015, number)
        stay = SHORTEST_STAY + stream.waiting(STAY, number)
        exited = calendar.workday_from(np.maximum(entered, accepted) + stay)
        given_up = calendar.workday_from(accepted + 20 + stream.below(40, number))
        exited = where(taken_on & never, given_up, exited)
        exited = where(~taken_on | (exited >= today), NONE, exited)
        late = taken_on & (accepted - referred > WAITS_VISIBLY)
        waits_from = where(late | (~taken_on & ~refused), referred + 2)
        latest = where(exited == NONE, today, exited)
        begun = (entered != NONE) & ~unknown & (profile < latest)
        return cls(
            waits_from=where(waits_from < today, waits_from),
            accepted=accepted,
            entered=entered,
            profile=where(begun, profile),
            exited=exited,
        )


def _posts(stream: Stream, service: Service, team: Whole) -> Whole:
    """Return the post that takes on each person, by room among those of their team."""
    found = np.zeros(len(team), dtype=np.int32)
    for number in range(1, 1 + TREATMENT_TEAMS):
        of_team = places((service.team_a == number) | (service.team_b == number))
        here = team == number
        found[here] = of_team[stream.one_of(service.fte[of_team], int(here.sum()))]
    return found


def _senders(stream: Stream, service: Service, team: Whole, source: Whole) -> Whole:
    """Return who referred, where it was one of the staff and is known."""
    number = len(team)
    which = stream.below(CLINICIANS, number)
    known = stream.chance(0.85, number)
    sources = CODES["referral_source"]
    by_clinic = (source == sources.index("clinician")) & known
    by_job_centre = (source == sources.index("caseworker")) & known
    sender = where(by_clinic, service.clinician(team, which))
    return where(by_job_centre, service.caseworker, sender)


def _reasons(stream: Stream, service: Service, team: Whole, refused: Truth) -> Whole:
    """Return why referrals went no further; a parallel team finds people not ready."""
    codes, number = CODES["refusal_reason"], len(team)
    usual = stream.codes(codes, REFUSALS, number)
    strict = stream.chance(0.4, number) & (service.meets[team - 1] < 0.5)
    return where(refused, where(strict, codes.index("not_ready"), usual))
