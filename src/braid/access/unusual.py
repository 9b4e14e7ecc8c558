"""Which accesses somebody should ask about: signs that add up, each a rule with a name.

Pure: no Django, no database, no clock. A finding is no verdict. A sign alone is often
work: many colleagues look after one another's people, and share a common surname. So
each sign has a weight, and only what reaches `ENOUGH` is put before the steward.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum
from uuid import UUID


class Sign(StrEnum):
    """What can be unusual about an access; a closed list."""

    OWN_RECORD = "own_record"
    BLOCKED = "blocked"
    SAME_ADDRESS = "same_address"
    NO_RELATION = "no_relation"
    BROKEN_GLASS = "broken_glass"
    BURST = "burst"
    AFTER_END = "after_end"
    SAME_SURNAME = "same_surname"
    OWN_AFTER_END = "own_after_end"
    COMMON_SURNAME = "common_surname"
    NOT_OWN_CASELOAD = "not_own_caseload"
    NIGHT = "night"
    WEEKEND = "weekend"


WEIGHTS: Mapping[Sign, int] = {
    Sign.OWN_RECORD: 4,
    Sign.BLOCKED: 4,
    Sign.SAME_ADDRESS: 3,
    Sign.NO_RELATION: 3,
    Sign.BROKEN_GLASS: 3,
    Sign.BURST: 3,
    Sign.AFTER_END: 3,
    Sign.SAME_SURNAME: 2,
    Sign.OWN_AFTER_END: 1,
    Sign.COMMON_SURNAME: 1,
    Sign.NOT_OWN_CASELOAD: 1,
    Sign.NIGHT: 1,
    Sign.WEEKEND: 1,
}
ENOUGH = 3
BEFORE = timedelta(days=7)  # a relation is prepared before its first day
AFTER = timedelta(days=30)  # and written up after its last
MANY = 30  # people opened by one person within an hour
HOUR = timedelta(hours=1)
NIGHT_FROM, NIGHT_TO = 22, 6
SATURDAY = 5
COMMON_SHARE, COMMON_LEAST = 0.003, 3  # of all surnames of an organisation, and people


@dataclass(frozen=True, slots=True)
class Access:
    """One entry about one person, at a local time; without `came_through` an attempt."""

    user: UUID
    applicant: UUID
    at: datetime
    is_emergency: bool = False
    came_through: bool = True


@dataclass(frozen=True, slots=True)
class Reader:
    """Who reads: `own` is the applicant that they are themselves, where they are one.

    `teams` are those they belong to, with first and last day; `leads` says that the
    whole team's people are their work. Surname and place are folded.
    """

    surname: str
    teams: tuple[tuple[UUID, date, date | None], ...] = ()
    leads: bool = False
    own: UUID | None = None


@dataclass(frozen=True, slots=True)
class Spell:
    """A team, or one person of it, works with an applicant for a time."""

    team: UUID
    first_day: date
    last_day: date | None = None
    user: UUID | None = None


@dataclass(frozen=True, slots=True)
class Person:
    """An applicant, as far as the rules need to know: surname and street are folded."""

    surname: str
    street: str = ""
    spells: tuple[Spell, ...] = ()


@dataclass(frozen=True, slots=True)
class Known:
    """What stands around the accesses: readers, people, blocks, and common surnames."""

    readers: Mapping[UUID, Reader]
    people: Mapping[UUID, Person]
    blocks: Collection[tuple[UUID, UUID]] = frozenset()
    common: Collection[str] = frozenset()


@dataclass(slots=True)
class Alert:
    """Something to ask about: one reader, one applicant (None for a burst), one day."""

    user: UUID
    applicant: UUID | None
    day: date
    signs: set[Sign] = field(default_factory=set)
    accesses: int = 0

    @property
    def weight(self) -> int:
        return weight(self.signs)


def weight(signs: Iterable[str]) -> int:
    """Return what signs add up to; slugs of an earlier version weigh nothing."""
    known = {sign.value: heavy for sign, heavy in WEIGHTS.items()}
    return sum(known.get(sign, 0) for sign in set(signs))


def alerts(accesses: Iterable[Access], known: Known) -> list[Alert]:
    """Return what should be asked about, the heaviest first."""
    found: dict[tuple[UUID, UUID, date], Alert] = {}
    by_user: dict[UUID, list[Access]] = defaultdict(list)
    for access in accesses:
        if access.user not in known.readers or access.applicant not in known.people:
            continue
        day = access.at.date()
        key = (access.user, access.applicant, day)
        alert = found.setdefault(key, Alert(access.user, access.applicant, day))
        alert.signs.update(signs(access, known))
        alert.accesses += 1
        if access.came_through:
            by_user[access.user].append(access)
    heavy = [alert for alert in found.values() if alert.weight >= ENOUGH]
    heavy += [burst for mine in by_user.values() for burst in _bursts(mine)]
    return sorted(heavy, key=lambda alert: (-alert.weight, alert.day))


def signs(access: Access, known: Known) -> Iterator[Sign]:
    """Yield every sign of one access."""
    reader, person = known.readers[access.user], known.people[access.applicant]
    if reader.own == access.applicant:
        yield Sign.OWN_RECORD
    if not access.came_through and (access.user, access.applicant) in known.blocks:
        yield Sign.BLOCKED
    if access.is_emergency:
        yield Sign.BROKEN_GLASS
    yield from _alike(reader, person, known)
    yield from _relation(access, reader, person)
    if access.at.hour >= NIGHT_FROM or access.at.hour < NIGHT_TO:
        yield Sign.NIGHT
    if access.at.weekday() >= SATURDAY:
        yield Sign.WEEKEND


def _alike(reader: Reader, person: Person, known: Known) -> Iterator[Sign]:
    if reader.surname and reader.surname == person.surname:
        is_common = reader.surname in known.common
        yield Sign.COMMON_SURNAME if is_common else Sign.SAME_SURNAME
    itself = known.people.get(reader.own) if reader.own else None
    if itself and itself is not person and itself.street == person.street != "":
        yield Sign.SAME_ADDRESS


def _relation(access: Access, reader: Reader, person: Person) -> Iterator[Sign]:
    """Yield what is unusual about the relation of reader and person on that day."""
    day = access.at.date()
    teams = {
        team
        for team, first, last in reader.teams
        if first <= day and (last is None or day <= last)
    }
    mine = [spell for spell in person.spells if spell.user == access.user]
    ours = [spell for spell in person.spells if spell.team in teams]
    if any(_holds(spell, day) for spell in mine):
        return
    is_own = reader.leads or bool(mine)
    if any(_holds(spell, day) for spell in ours):
        if not reader.leads:
            yield Sign.NOT_OWN_CASELOAD
    elif any(spell.first_day <= day for spell in (*mine, *ours)):
        yield Sign.OWN_AFTER_END if is_own else Sign.AFTER_END
    else:
        yield Sign.NO_RELATION


def _holds(spell: Spell, day: date) -> bool:
    if day < spell.first_day - BEFORE:
        return False
    return spell.last_day is None or day <= spell.last_day + AFTER


def _bursts(mine: list[Access]) -> Iterator[Alert]:
    """Yield an alert for each day on which one reader opened many people in an hour."""
    mine.sort(key=lambda access: access.at)
    most: dict[date, int] = {}
    first, within = 0, defaultdict[UUID, int](int)
    for access in mine:
        within[access.applicant] += 1
        while access.at - mine[first].at > HOUR:
            gone = mine[first].applicant
            within[gone] -= 1
            if not within[gone]:
                del within[gone]
            first += 1
        day = access.at.date()
        most[day] = max(most.get(day, 0), len(within))
    for day, people in most.items():
        if people > MANY:
            yield Alert(mine[0].user, None, day, {Sign.BURST}, people)


def common(surnames: Mapping[str, int]) -> frozenset[str]:
    """Return the surnames that so many people have that sharing one says little."""
    least = max(COMMON_LEAST, COMMON_SHARE * sum(surnames.values()))
    return frozenset(name for name, number in surnames.items() if number >= least)
