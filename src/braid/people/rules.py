"""Decisions about people and episodes, pure."""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
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
    "waiting": frozenset({"waiting", "active", "not_started"}),
    "active": frozenset({"paused", "stepped_down", "exited"}),
    "paused": frozenset({"paused", "active", "stepped_down", "exited"}),
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


# Exits that need outreach before them; any other is the person's own affair, or a fact.
NEEDS_OUTREACH = frozenset({"lost_contact", "missed_appointments"})
ATTEMPTS, MODES, OVER_DAYS = 3, 2, 28  # practice of the house, mark H


@dataclass(frozen=True, slots=True)
class Attempt:
    """One try to reach somebody: when, how, and whether out in the community."""

    day: date
    mode: str
    in_community: bool


def may_exit(
    reason: str,
    attempts: Collection[Attempt],
    team_asked_on: date | None,
    day: date,
) -> Finding:
    """Say whether an episode may end on `day`, its first day off; reasons are slugs.

    Lost contact and missed appointments need assertive outreach: three attempts by two
    modes, one of them in the community, over four weeks or more, and the treatment team
    asked. What comes after `day` does not count. All that is missing is said at once.
    """
    if reason not in NEEDS_OUTREACH:
        return Finding(True)
    made = [one for one in attempts if one.day <= day]
    days = [one.day for one in made]
    long_enough = bool(days) and (max(days) - min(days)).days >= OVER_DAYS
    asked = team_asked_on is not None and team_asked_on <= day
    tests = (
        ("too_few_attempts", len(made) >= ATTEMPTS),
        ("one_mode_only", len({one.mode for one in made if one.mode}) >= MODES),
        ("none_in_community", any(one.in_community for one in made)),
        ("too_short", long_enough),
        ("team_not_asked", asked),
    )
    missing = tuple(slug for slug, met in tests if not met)
    return Finding(not missing, missing)


@dataclass(frozen=True, slots=True)
class Queued:
    """An episode on its way in; `ended_on` is set where it ended without an entry."""

    episode_id: UUID
    referred_on: date
    entered_on: date | None = None
    ended_on: date | None = None

    @property
    def waited_until(self) -> date:
        """The day the waiting was over; the end of time while it goes on."""
        return self.entered_on or self.ended_on or date.max


def skips(queue: Sequence[Queued]) -> dict[UUID, tuple[UUID, ...]]:
    """Return who was overtaken, and by whom: referred later, entered earlier.

    `queue` is of one unit. Waiting is no exclusion; being overtaken asks why.
    """
    found = {}
    for one in queue:
        earlier = tuple(
            other.episode_id
            for other in sorted(queue, key=lambda other: other.referred_on)
            if other.referred_on > one.referred_on
            and other.entered_on is not None
            and other.entered_on < one.waited_until
        )
        if earlier:
            found[one.episode_id] = earlier
    return found


@dataclass(frozen=True, slots=True)
class No:
    """A refusal, a delay or a “not yet”, as the report counts it.

    `entered_on` is when the person was met after all; None where they were not.
    """

    kind: str
    reason: str
    by_role: str
    day: date
    entered_on: date | None = None

    @property
    def was_met_later(self) -> bool:
        return self.entered_on is not None and self.entered_on >= self.day


@dataclass(frozen=True, slots=True)
class Counted:
    """How often one reason was given: in all, by kind and by role, and met after all."""

    reason: str
    number: int
    by_kind: tuple[tuple[str, int], ...]
    by_role: tuple[tuple[str, int], ...]
    met_later: int


def counted(noes: Iterable[No]) -> list[Counted]:
    """Count refusals by reason, the most frequent first."""
    by_reason: dict[str, list[No]] = {}
    for one in noes:
        by_reason.setdefault(one.reason, []).append(one)
    lines = [
        Counted(
            reason,
            len(given),
            _tally(one.kind for one in given),
            _tally(one.by_role for one in given),
            sum(one.was_met_later for one in given),
        )
        for reason, given in by_reason.items()
    ]
    return sorted(lines, key=lambda line: (-line.number, line.reason))


def _tally(words: Iterable[str]) -> tuple[tuple[str, int], ...]:
    return tuple(sorted(Counter(words).items(), key=lambda pair: (-pair[1], pair[0])))


def check_no(
    *, kind: str, reason: str, day: date, until_on: date | None, funder_rule: str
) -> Finding:
    """Say whether a refusal is whole: a “not yet” says when to ask again, a rule is cited.

    The reasons begin with the name of the field that is wrong.
    """
    wrong = []
    if kind == "not_yet" and until_on is None:
        wrong.append("until_on_missing")
    if until_on is not None and until_on < day:
        wrong.append("until_on_before")
    if reason == "funder_rule" and not funder_rule.strip():
        wrong.append("funder_rule_missing")
    return Finding(not wrong, tuple(wrong))


def suggested_sections(
    touched: Collection[str], first: Sequence[str], order: Sequence[str], most: int = 4
) -> tuple[str, ...]:
    """Return what to talk about next: the first meetings' sections, then the others.

    Only what nobody has touched yet; empty when all has been.
    """
    missing = [one for one in (*first, *order) if one not in touched]
    begun = [one for one in missing if one in first]
    return tuple(dict.fromkeys(begun or missing))[:most]
