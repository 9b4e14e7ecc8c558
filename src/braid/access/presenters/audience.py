"""Who sees what, in plain words."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby

from django.utils.translation import gettext as _

from braid.access.audience import Party, Share, never_reading, readers_of
from braid.access.choices import (
    GroundChoice,
    InformationChoice,
    PurposeChoice,
    RoleChoice,
)
from braid.access.policy import ABOUT_A_PERSON, Ground, Information


@dataclass(frozen=True, slots=True)
class ShareLine:
    """Some classes with the ground: own care, consent until a day, law, emergency."""

    what: str
    ground: Ground
    why: str
    last_day: date | None
    number: int | None


@dataclass(frozen=True, slots=True)
class PartyLine:
    """Who they are, for what, and what they see."""

    who: str
    team: str
    role: str
    names: str
    purposes: str
    shares: tuple[ShareLine, ...]


@dataclass(frozen=True, slots=True)
class ClassLine:
    """One class with all who read it."""

    what: str
    slug: str
    readers: tuple[PartyLine, ...]


def classes(found: Iterable[Information]) -> str:
    """Return classes in words, in the order of the house."""
    wanted = set(found)
    return " · ".join(
        str(InformationChoice(one).label) for one in ABOUT_A_PERSON if one in wanted
    )


def party_lines(found: Iterable[Party]) -> list[PartyLine]:
    """Return who sees something, in the order given."""
    return _merged((one, one.shares) for one in found if one.sees_whom)


def seeing_nothing(found: Iterable[Party]) -> list[str]:
    """Return who is around and sees nothing at all: nobody told them who it is."""
    listed = sorted(found, key=_who)
    return [
        who
        for who, of_one in groupby(listed, key=_who)
        if not any(one.sees_whom for one in of_one)
    ]


def class_lines(found: Iterable[Party]) -> list[ClassLine]:
    """Return every class with all who read it."""
    listed = list(found)
    return [
        ClassLine(
            what=str(InformationChoice(one).label),
            slug=one.value,
            readers=tuple(audience_lines(listed, one)),
        )
        for one in ABOUT_A_PERSON
    ]


def audience_lines(found: Iterable[Party], information: Information) -> list[PartyLine]:
    """Return who reads one class, each with the ground for that class alone."""
    shares = (
        (one, one.share_of(information)) for one in readers_of(found, information)
    )
    return _merged(
        (one, (replace(share, information=(information,)),))
        for one, share in shares
        if share is not None
    )


def never_words() -> str:
    """Return the roles that read nothing about a person, whatever is agreed."""
    return ", ".join(str(RoleChoice(role).label) for role in never_reading())


def _who(one: Party) -> str:
    place = ", ".join((*one.teams, one.organisation))
    return _("%(place)s (%(role)s)") % {
        "place": place,
        "role": RoleChoice(one.role).label,
    }


def share_lines(shares: Iterable[Share]) -> tuple[ShareLine, ...]:
    """Return what is seen on which ground, in words."""
    return tuple(
        ShareLine(
            what=classes(share.information),
            ground=share.ground,
            why=str(GroundChoice(share.ground).label),
            last_day=share.last_day,
            number=share.number,
        )
        for share in shares
    )


def _merged(found: Iterable[tuple[Party, tuple[Share, ...]]]) -> list[PartyLine]:
    """Return a line for those of the same teams who see the same, whatever their role."""
    alike: dict[tuple[object, ...], list[Party]] = {}
    shown: dict[tuple[object, ...], tuple[Share, ...]] = {}
    for one, shares in found:
        key = (one.organisation_id, one.teams, shares)
        alike.setdefault(key, []).append(one)
        shown[key] = shares
    return [_line(parties, shown[key]) for key, parties in alike.items()]


def _line(parties: list[Party], shares: tuple[Share, ...]) -> PartyLine:
    names = sorted({name for one in parties for name in one.names})
    purposes = dict.fromkeys(each for one in parties for each in one.purposes)
    roles = dict.fromkeys(one.role for one in parties)
    return PartyLine(
        who=", ".join((*parties[0].teams, parties[0].organisation)),
        team=", ".join(parties[0].teams) or parties[0].organisation,
        role=", ".join(str(RoleChoice(role).label) for role in roles),
        names=", ".join(names),
        purposes=", ".join(str(PurposeChoice(each).label) for each in purposes),
        shares=share_lines(shares),
    )
