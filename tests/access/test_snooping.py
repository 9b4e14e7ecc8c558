"""Fifty people who snoop among fifty thousand accesses: who is found, who is bothered.

The organisation is invented: 10,000 applicants, thirty teams of ten and their leaders,
surnames as unequal as in Denmark, where the twenty commonest are borne by two in five.
"""

import random
from collections import Counter
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import count
from uuid import UUID

import pytest

from braid.access import unusual
from braid.access.unusual import Access, Known, Person, Reader, Sign, Spell

MONDAY = date(2026, 10, 5)
SINCE = date(2025, 1, 6)
APPLICANTS, TEAMS, STAFF, ACCESSES = 10_000, 30, 10, 50_000
ENDED = MONDAY - timedelta(days=200)
COMMON = [4.5, 4.4, 3.7, 2.8, 2.7, 2.1, 2.0, 1.9, 1.8, 1.6, 1.5, 1.3, 1.0, 0.9, 0.9]
COMMON += [0.8, 0.8, 0.7, 0.7, 0.7]  # per cent of people with each name
RARE = 6000

keys = count(1)


def key() -> UUID:
    return UUID(int=next(keys))


class Organisation:
    """Everybody who reads and everybody who is read about."""

    def __init__(self, dice: random.Random) -> None:
        self.dice = dice
        self.teams = [key() for _ in range(TEAMS)]
        self.readers, self.people, self.blocks = {}, {}, set()
        self.staff = {
            team: [self.reader(team) for _ in range(STAFF)] for team in self.teams
        }
        self.leader = {team: self.reader(team, leads=True) for team in self.teams}
        self.own = {}
        self.closed, self.open = [], []
        for number in range(APPLICANTS):
            self.applicant(is_closed=number % 4 == 0)

    def surname(self) -> str:
        if self.dice.random() < sum(COMMON) / 100:
            (place,) = self.dice.choices(range(len(COMMON)), COMMON)
            return f"common {place}"
        return f"rare {int(RARE ** self.dice.random())}-{self.dice.randrange(4)}"

    def reader(self, team, **values):
        made = key()
        self.readers[made] = Reader(self.surname(), ((team, SINCE, None),), **values)
        return made

    def applicant(self, *, is_closed):
        made, team = key(), self.dice.choice(self.teams)
        holder = self.dice.choice(self.staff[team])
        last = ENDED if is_closed else None
        spells = (Spell(team, SINCE, last), Spell(team, SINCE, last, holder))
        self.people[made] = Person(self.surname(), f"street {made.int // 3}", spells)
        self.own[made] = (team, holder)
        (self.closed if is_closed else self.open).append(made)

    def known(self) -> Known:
        surnames = Counter(person.surname for person in self.people.values())
        return Known(self.readers, self.people, self.blocks, unusual.common(surnames))

    def colleague(self, applicant):
        team, holder = self.own[applicant]
        return self.dice.choice([one for one in self.staff[team] if one != holder])

    def stranger(self, applicant):
        team, _holder = self.own[applicant]
        return self.dice.choice(
            self.staff[self.dice.choice([one for one in self.teams if one != team])]
        )


def work_time(dice, day=None):
    """Return a moment of work: nearly always by day and in the week."""
    week = dice.randrange(4)
    if day is None:
        day = dice.randrange(5, 7) if dice.random() < 0.01 else dice.randrange(5)
    hour = dice.randrange(18, 24) if dice.random() < 0.02 else dice.randrange(7, 18)
    begin = datetime(MONDAY.year, MONDAY.month, MONDAY.day, hour, tzinfo=UTC)
    return begin + timedelta(weeks=week, days=day, minutes=dice.randrange(60))


def work(org: Organisation, dice: random.Random) -> list[Access]:
    """Return accesses as work makes them: own people, colleagues', and follow-ups."""
    made = []
    while len(made) < ACCESSES:
        kind = dice.random()
        if kind < 0.02:
            applicant = dice.choice(org.closed)
            reader = org.own[applicant][1]
            if dice.random() < 0.1:
                reader = org.leader[org.own[applicant][0]]
        else:
            applicant = dice.choice(org.open)
            reader = org.own[applicant][1]
            if kind < 0.15:
                reader = org.colleague(applicant)
            elif kind < 0.2:
                reader = org.leader[org.own[applicant][0]]
        made.append(Access(reader, applicant, work_time(dice)))
    for team in org.teams:  # a leader goes through the caseload of one specialist
        at = work_time(dice, 2)
        mine = [one for one in org.open if org.own[one][0] == team][:25]
        made += [
            Access(org.leader[team], one, at + timedelta(minutes=number))
            for number, one in enumerate(mine)
        ]
    return made


def snoop(org: Organisation, dice: random.Random) -> list[list[Access]]:
    """Return fifty patterns of snooping, each the accesses of one person on one day."""
    kinds = (own_record, family, family, family_at_night, neighbour)
    kinds += (no_relation, no_relation, after_the_end, at_night, crowd, blocked)
    return [kinds[number % len(kinds)](org, dice) for number in range(50)]


def looks(dice, reader, applicant, at=None, **values):
    first = at or work_time(dice)
    return [
        Access(reader, applicant, first + timedelta(minutes=number), **values)
        for number in range(dice.randrange(1, 4))
    ]


def own_record(org, dice):
    applicant = dice.choice(org.open)
    reader = org.own[applicant][1]
    org.readers[reader] = replace(org.readers[reader], own=applicant)
    return looks(dice, reader, applicant)


def family(org, dice):
    """Return a look at a relative with a surname that few people have."""
    applicant = dice.choice(
        [one for one in org.open if org.people[one].surname.startswith("rare")]
    )
    reader = org.colleague(applicant)
    surname = f"family {next(keys)}"
    org.readers[reader] = replace(org.readers[reader], surname=surname)
    org.people[applicant] = replace(org.people[applicant], surname=surname)
    return looks(dice, reader, applicant)


def family_at_night(org, dice):
    """Return a look, late, at a relative with a surname that many people have."""
    applicant = dice.choice(
        [one for one in org.open if org.people[one].surname.startswith("common")]
    )
    reader = org.colleague(applicant)
    surname = org.people[applicant].surname
    org.readers[reader] = replace(org.readers[reader], surname=surname)
    return looks(dice, reader, applicant, night(dice))


def neighbour(org, dice):
    applicant, itself = dice.sample(org.open, 2)
    reader = org.colleague(applicant)
    org.readers[reader] = replace(org.readers[reader], own=itself)
    street = org.people[itself].street
    org.people[applicant] = replace(org.people[applicant], street=street)
    return looks(dice, reader, applicant)


def no_relation(org, dice):
    applicant = dice.choice(org.open)
    return looks(dice, org.stranger(applicant), applicant)


def after_the_end(org, dice):
    applicant = dice.choice(org.closed)
    return looks(dice, org.colleague(applicant), applicant)


def at_night(org, dice):
    applicant = dice.choice(org.open)
    saturday = night(dice, 5)
    return looks(dice, org.colleague(applicant), applicant, saturday)


def crowd(org, dice):
    team = dice.choice(org.teams)
    reader, at = dice.choice(org.staff[team]), work_time(dice)
    people = [one for one in org.open if org.own[one][0] == team][:40]
    return [
        Access(reader, one, at + timedelta(minutes=number))
        for number, one in enumerate(people)
    ]


def blocked(org, dice):
    applicant = dice.choice(org.open)
    reader = org.colleague(applicant)
    org.blocks.add((reader, applicant))
    return looks(dice, reader, applicant, came_through=False)


def night(dice, day=None):
    day = dice.randrange(5) if day is None else day
    begin = datetime(MONDAY.year, MONDAY.month, MONDAY.day, 23, tzinfo=UTC)
    return begin + timedelta(
        weeks=dice.randrange(4), days=day, minutes=dice.randrange(50)
    )


@pytest.mark.parametrize("seed", [50_000, 1, 2])
def test_snooping_is_found_and_work_is_left_alone(seed):
    dice = random.Random(seed)
    org = Organisation(dice)
    patterns = snoop(org, dice)
    planted = [access for pattern in patterns for access in pattern]
    everything = work(org, dice) + planted
    dice.shuffle(everything)
    found = unusual.alerts(everything, org.known())
    asked = {(alert.user, alert.applicant, alert.day) for alert in found}
    caught = [pattern for pattern in patterns if is_caught(pattern, asked)]
    theirs = {(one.user, one.applicant) for one in planted}
    snoopers = {one.user for pattern in patterns if len(pattern) > 3 for one in pattern}
    false = [
        alert
        for alert in found
        if (alert.user, alert.applicant) not in theirs
        and not (alert.applicant is None and alert.user in snoopers)
    ]
    assert len(caught) >= 48, [one[0] for one in patterns if one not in caught]
    assert len(false) <= 20 * APPLICANTS / 10_000, false


def is_caught(pattern, asked):
    keys = {(one.user, one.applicant, one.at.date()) for one in pattern}
    keys |= {(one.user, None, one.at.date()) for one in pattern}
    return bool(keys & asked)


# One reader, one person, one Monday at ten: each sign for itself.

READER, COLLEAGUE, PAT, TEAM, OTHER = (UUID(int=number) for number in range(1, 6))
TEN = datetime(2026, 10, 5, 10, tzinfo=UTC)
OWN = Spell(TEAM, SINCE, None, READER)
OURS = Spell(TEAM, SINCE)


def signs(
    spells=(OWN,), at=TEN, surname="holm", person="lund", common=(), blocks=(), **given
):
    reader = {name: given.pop(name) for name in ("leads", "own") if name in given}
    known = Known(
        {READER: Reader(surname, ((TEAM, SINCE, None),), **reader)},
        {PAT: Person(person, "long street 8000", tuple(spells))},
        blocks,
        common,
    )
    return set(unusual.signs(Access(READER, PAT, at, **given), known))


@pytest.mark.parametrize(
    ("expected", "given"),
    [
        pytest.param(set(), {}, id="own people by day"),
        pytest.param({Sign.OWN_RECORD}, {"own": PAT}, id="own record"),
        pytest.param(
            {Sign.BLOCKED},
            {"blocks": {(READER, PAT)}, "came_through": False},
            id="blocked",
        ),
        pytest.param(set(), {"blocks": {(READER, PAT)}}, id="block set aside"),
        pytest.param({Sign.BROKEN_GLASS}, {"is_emergency": True}, id="broken glass"),
        pytest.param({Sign.SAME_SURNAME}, {"person": "holm"}, id="same surname"),
        pytest.param(
            {Sign.COMMON_SURNAME},
            {"person": "holm", "common": {"holm"}},
            id="same common surname",
        ),
        pytest.param(set(), {"surname": "", "person": ""}, id="no surname"),
        pytest.param({Sign.NOT_OWN_CASELOAD}, {"spells": [OURS]}, id="a colleague's"),
        pytest.param(set(), {"spells": [OURS], "leads": True}, id="the leader's team"),
        pytest.param({Sign.NO_RELATION}, {"spells": []}, id="nobody's"),
        pytest.param(
            {Sign.NO_RELATION}, {"spells": [Spell(OTHER, SINCE)]}, id="another team's"
        ),
        pytest.param(
            {Sign.OWN_AFTER_END},
            {"spells": [Spell(TEAM, SINCE, ENDED, READER)]},
            id="own person, long over",
        ),
        pytest.param(
            {Sign.AFTER_END},
            {"spells": [Spell(TEAM, SINCE, ENDED)]},
            id="a colleague's, long over",
        ),
        pytest.param(
            set(),
            {"spells": [Spell(TEAM, SINCE, MONDAY - timedelta(days=30), READER)]},
            id="written up within a month",
        ),
        pytest.param(
            {Sign.OWN_AFTER_END},
            {"spells": [Spell(TEAM, SINCE, MONDAY - timedelta(days=31), READER)]},
            id="after a month",
        ),
        pytest.param(
            {Sign.OWN_AFTER_END},
            {"spells": [Spell(TEAM, SINCE, ENDED)], "leads": True},
            id="the leader's team, long over",
        ),
        pytest.param(
            set(),
            {"spells": [Spell(TEAM, MONDAY + timedelta(days=7), None, READER)]},
            id="prepared a week before",
        ),
        pytest.param(
            {Sign.NO_RELATION},
            {"spells": [Spell(TEAM, MONDAY + timedelta(days=8), None, READER)]},
            id="more than a week before",
        ),
        pytest.param({Sign.NIGHT}, {"at": TEN.replace(hour=22)}, id="at ten at night"),
        pytest.param(set(), {"at": TEN.replace(hour=6)}, id="at six in the morning"),
        pytest.param({Sign.NIGHT}, {"at": TEN.replace(hour=5)}, id="before six"),
        pytest.param({Sign.WEEKEND}, {"at": TEN.replace(day=10)}, id="on a Saturday"),
    ],
)
def test_the_signs_of_an_access(expected, given):
    assert signs(**given) == expected


def test_a_team_that_the_reader_has_left_is_no_relation():
    reader = Reader("holm", ((TEAM, SINCE, MONDAY - timedelta(days=1)),))
    known = Known({READER: reader}, {PAT: Person("lund", "", (OURS,))})
    assert set(unusual.signs(Access(READER, PAT, TEN), known)) == {Sign.NO_RELATION}


def test_a_neighbour_is_told_by_the_reader_being_an_applicant():
    itself = UUID(int=77)
    street = "long street 8000"
    known = Known(
        {READER: Reader("holm", ((TEAM, SINCE, None),), own=itself)},
        {
            PAT: Person("lund", street, (OWN,)),
            itself: Person("holm", street),
        },
    )
    assert set(unusual.signs(Access(READER, PAT, TEN), known)) == {Sign.SAME_ADDRESS}


@pytest.mark.parametrize(("people", "is_told"), [(30, False), (31, True)])
def test_many_people_within_an_hour_are_a_burst(people, is_told):
    everybody = [UUID(int=1000 + number) for number in range(people)]
    known = Known(
        {READER: Reader("holm", ((TEAM, SINCE, None),))},
        {one: Person("lund", "", (OWN,)) for one in everybody},
    )
    step = timedelta(hours=1) / (people - 1)
    opened = [Access(READER, one, TEN + step * n) for n, one in enumerate(everybody)]
    told = [
        (one.applicant, one.signs, one.accesses)
        for one in unusual.alerts(opened, known)
    ]
    assert told == ([(None, {Sign.BURST}, people)] if is_told else [])
    slowly = [
        Access(READER, one, TEN + 2 * step * n) for n, one in enumerate(everybody)
    ]
    assert unusual.alerts(slowly, known) == []


def test_accesses_of_one_day_are_one_alert_and_the_heaviest_comes_first():
    other = UUID(int=88)
    known = Known(
        {READER: Reader("holm", ((TEAM, SINCE, None),), own=PAT)},
        {PAT: Person("lund", "", ()), other: Person("lund", "", ())},
    )
    opened = [
        Access(READER, other, TEN),
        Access(READER, PAT, TEN),
        Access(READER, PAT, TEN),
    ]
    first, second = unusual.alerts(opened, known)
    assert (first.applicant, first.accesses) == (PAT, 2)
    assert first.signs == {Sign.OWN_RECORD, Sign.NO_RELATION}
    assert (second.applicant, second.accesses) == (other, 1)


def test_what_nobody_knows_of_is_left_out():
    known = Known({}, {PAT: Person("lund")})
    assert unusual.alerts([Access(READER, PAT, TEN)], known) == []
    known = Known({READER: Reader("holm")}, {})
    assert unusual.alerts([Access(READER, PAT, TEN)], known) == []


def test_a_surname_is_common_from_three_people_and_three_in_a_thousand():
    assert unusual.common({"lund": 3, "holm": 2}) == {"lund"}
    assert unusual.common({"lund": 3, "holm": 2000}) == {"holm"}


def test_a_sign_of_an_earlier_version_weighs_nothing():
    assert unusual.weight(["night", "weekend", "in_the_news"]) == 2
