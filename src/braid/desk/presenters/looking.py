"""What the log says, in words: who, from where, which kinds of information, and why."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from braid.access.choices import (
    GroundChoice,
    InformationChoice,
    PurposeChoice,
    RoleChoice,
)
from braid.access.looked import Look
from braid.access.policy import Information


@dataclass(frozen=True, slots=True)
class LookLine:
    """One line of "who looked": everything in words."""

    at: datetime
    who: str
    where: str
    what: str
    why: str
    is_attempt: bool


def look_lines(looks: Iterable[Look]) -> list[LookLine]:
    """Return looks as lines, in their order."""
    return [
        LookLine(
            at=one.at,
            who=_who(one),
            where=one.organisation,
            what=_what(one),
            why="" if one.is_attempt else why(one.ground, one.purpose),
            is_attempt=one.is_attempt,
        )
        for one in looks
    ]


def _who(one: Look) -> str:
    if one.is_program:
        return _("Braid itself, for the organisation")
    who = one.who or _("somebody who no longer has an account")
    role = dict(RoleChoice.choices).get(one.role, "")
    return f"{who}, {role}" if role else who


def _what(one: Look) -> str:
    if one.is_attempt:
        return _("tried to open your page and saw nothing")
    if one.classes:
        return _("saw: %(classes)s") % {"classes": classes(one.classes)}
    return _("wrote or changed something")


def classes(named: Iterable[Information]) -> str:
    """Return classes of information as words with commas."""
    return ", ".join(str(InformationChoice(one.value).label) for one in named)


def why(ground: str, purpose: str) -> str:
    """Return ground and purpose as words; what is not known is left out."""
    words = []
    if ground in GroundChoice.values:
        words.append(str(GroundChoice(ground).label))
    if purpose in PurposeChoice.values:
        words.append(str(PurposeChoice(purpose).label))
    return ", ".join(words)
