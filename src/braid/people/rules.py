"""Decisions about people and episodes, pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from braid.method import identifiers
from braid.method.identifiers import DOT, Checked

CLIENT = "client:"  # the number that a unit itself gives; the unit's id follows

# From which state to which; the present state is the last entry.
TRANSITIONS: dict[str, frozenset[str]] = {
    "": frozenset({"referred"}),
    "referred": frozenset({"waiting", "active", "not_started"}),
    "waiting": frozenset({"active", "not_started"}),
    "active": frozenset({"paused", "stepped_down", "exited"}),
    "paused": frozenset({"active", "stepped_down", "exited"}),
    "stepped_down": frozenset({"active", "exited"}),
    "exited": frozenset(),
    "not_started": frozenset(),
}


@dataclass(frozen=True, slots=True)
class Finding:
    """An answer with its reasons, each a slug that the page words."""

    ok: bool
    reasons: tuple[str, ...] = ()


def can_move(present: str, wanted: str) -> Finding:
    """Say whether an episode may go from one state to another.

    An episode that ended never opens again: who comes back gets a new one.
    """
    if wanted in TRANSITIONS[present]:
        return Finding(True)
    if present in {"exited", "not_started"}:
        return Finding(False, ("episode_ended",))
    return Finding(False, ("not_from_here",))


def check_dates(
    *,
    referred_on: date | None,
    accepted_on: date | None,
    entered_on: date | None,
    exited_on: date | None,
) -> tuple[str, ...]:
    """Return what looks odd about the dates of an episode; warnings, never a refusal."""
    odd = []
    if referred_on and accepted_on and accepted_on < referred_on:
        odd.append("accepted_before_referred")
    if referred_on and entered_on and entered_on < referred_on:
        odd.append("entered_before_referred")
    if accepted_on and exited_on and exited_on <= accepted_on:
        odd.append("exited_before_accepted")
    return tuple(odd)


def breaches_zero_exclusion(reason: str, breaches: Iterable[str]) -> bool:
    """Say whether a refusal's reason goes against zero exclusion, by the country pack."""
    return reason in set(breaches)


@dataclass(frozen=True, slots=True)
class Share:
    """Days on which a specialist, or nobody yet, has an episode; both ends inside."""

    specialist_id: UUID | None
    first_day: date
    last_day: date | None


def holder_on(shares: Iterable[Share], day: date) -> UUID | None:
    """Return who has the episode on `day`."""
    for share in shares:
        if share.first_day <= day and (share.last_day is None or day <= share.last_day):
            return share.specialist_id
    return None


def client_system(unit_id: UUID) -> str:
    """Return the system of a unit's own client numbers."""
    return f"{CLIENT}{unit_id}"


def check_number(system: str, value: str) -> Checked:
    """Check a number of a person; a unit's own client number may be any text.

    National numbers go by their registers' rules (`braid.method.identifiers`).
    """
    if not system.startswith(CLIENT):
        return identifiers.check(system, value)
    normalised = " ".join(value.split()).casefold()
    if not normalised:
        return Checked("impossible", reason="identifier_empty")
    shown = normalised[-2:] if len(normalised) > 3 else ""
    return Checked("ok", normalised, DOT * (len(normalised) - len(shown)) + shown)
